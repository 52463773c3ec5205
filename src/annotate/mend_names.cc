// Names that the network gets wrong: where they end, what kind they are, and the same name read elsewhere in the article.
#include <algorithm>

#include "masudi/lexicon.h"
#include "masudi/word_shape.h"
#include "mend.h"

namespace masudi {

namespace {

bool touches(const Word& left, const Word& right) { return left.span.end == right.span.begin; }

std::string_view kind_of(const Word& word) { return word.ner.size() > 2 ? std::string_view(word.ner).substr(2) : std::string_view(); }

void clear(std::vector<Word>& words, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) words[i].ner = "O";
}

/// A capital and a small letter: "Boeing", not "US" or "the".
bool is_capitalised(std::string_view form) {
  return form.size() > 2 && form[0] >= 'A' && form[0] <= 'Z' && std::any_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

}  // namespace

void mend_name_bounds(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t first = 0, last = 0; first < words.size(); first = std::max(first + 1, last)) {
    last = first + 1;
    if (!words[first].ner.starts_with("B-")) continue;
    while (last < words.size() && words[last].ner.starts_with("I-") && kind_of(words[last]) == kind_of(words[first])) ++last;
    // "US$16 million", cut before its sign or behind it.
    if (words[last - 1].form.ends_with('$') || (last < words.size() && words[last].form == "$" && touches(words[last - 1], words[last]))) {
      clear(words, first, last);
      words[last - 1].upos = "SYM", words[last - 1].xpos = "$", words[last - 1].feats.clear();
      continue;
    }
    // "Q:": one letter alone names nobody.
    if (last - first == 1 && words[first].form.size() == 1) {
      clear(words, first, last);
      continue;
    }
    // "Apple's iPods": common nouns behind a possessive are what is possessed.
    if (words[last - 1].upos == "NOUN")
      for (std::size_t i = first + 1; i + 1 < last; ++i)
        if (words[i].xpos == "POS") {
          clear(words, i, last);
          last = i;
          break;
        }
    // "Airbus A380": what ends in a model's number is what a body makes.
    const std::string_view kind = kind_of(words[first]);
    if (last - first > 1 && (kind == "ORG" || kind == "PER" || kind == "GPE") && is_model(words[last - 1].form))
      for (std::size_t i = first; i < last; ++i) words[i].ner = i == first ? "B-MISC" : "I-MISC";
  }
}

DayNames DayNames::build(const Lexicon& lexicon) {
  DayNames out;
  if (const LexiconTable* table = lexicon.table("timex_words"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      const bool month = row["class"].starts_with("MONTH");
      if (!month && row["class"] != "WEEKDAY") continue;
      for (const auto form : split_cell(row["form"])) (month ? out.months_ : out.days_).insert(ascii_lower(form));
    }
  return out;
}

void DayNames::mend(Sentence& sentence) const {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    Word& word = words[i];
    if (!word.ner.starts_with("I-")) continue;
    const bool verb = (word.xpos == "VBD" || word.xpos == "VBZ") && word.upos == "VERB";
    const bool day = word.upos == "PROPN" && word.ner == "I-PER" && days_.count(ascii_lower(word.form)) > 0;
    if (!verb && !day) continue;
    word.ner = "O";
    if (i + 1 < words.size() && words[i + 1].ner.starts_with("I-")) words[i + 1].ner[0] = 'B';
    // The day hangs on the name: it belongs to the name's verb.
    if (day && word.deprel == "flat" && word.head >= 0) {
      const Word& name = words[static_cast<std::size_t>(word.head)];
      if (name.head < 0) continue;
      word.head = name.head;
      word.deprel = "obl:unmarked";
    }
  }
}

void DayNames::mend_repeated(std::vector<Sentence>& sentences) const {
  // What stands alone as a name, and the last words of the names of persons; a word that is two kinds of name tells nothing.
  std::unordered_map<std::string_view, std::string_view> kinds;
  for (const Sentence& sentence : sentences) {
    const std::vector<Word>& words = sentence.words;
    for (std::size_t i = 1; i < words.size(); ++i) {
      const Word& word = words[i];
      const std::string_view kind = kind_of(word);
      const bool ends = i + 1 == words.size() || !words[i + 1].ner.starts_with("I-");
      if (!ends || (kind != "PER" && kind != "ORG" && kind != "GPE") || (word.ner[0] == 'I' && kind != "PER")) continue;
      if (word.upos != "PROPN" || !is_capitalised(word.form)) continue;
      const auto [at, added] = kinds.emplace(word.form, kind);
      if (!added && at->second != kind) at->second = "";
    }
  }
  if (kinds.empty()) return;
  std::vector<std::pair<Word*, std::string_view>> found;
  for (Sentence& sentence : sentences) {
    std::vector<Word>& words = sentence.words;
    for (std::size_t i = 0; i < words.size(); ++i) {
      Word& word = words[i];
      if (word.ner != "O" || !is_capitalised(word.form)) continue;
      const bool noun = word.upos == "PROPN" || word.upos == "NOUN" || word.xpos == "VBG";
      const std::string lower = ascii_lower(word.form);
      if (!noun || days_.count(lower) > 0 || months_.count(lower) > 0) continue;
      // A part of a longer name is no name.
      const auto beside = [&](std::size_t k) { return words[k].ner != "O" || (words[k].upos == "PROPN" && is_capitalised(words[k].form)); };
      if ((i > 0 && beside(i - 1)) || (i + 1 < words.size() && beside(i + 1))) continue;
      const auto at = kinds.find(word.form);
      if (at != kinds.end() && !at->second.empty()) found.emplace_back(&word, at->second);
    }
  }
  for (auto& [word, kind] : found) {
    word->ner = "B-" + std::string(kind);
    if (word->upos == "PROPN") continue;
    word->upos = "PROPN", word->xpos = "NNP", word->feats = "Number=Sing", word->lemma = word->form;
  }
}

}  // namespace masudi
