// Trees and names that break a rule of English or of Universal Dependencies, put right: what arguments are read from.
#include <algorithm>

#include "mend.h"

namespace masudi {

namespace {

bool is_nominal(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN"; }

bool is_all_capitals(const std::string& form) {
  return form.size() > 2 && std::none_of(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Where the word's part of the sentence begins. A cyclic tree ends the walk.
std::size_t first_of(const std::vector<Word>& words, std::size_t i) {
  std::size_t first = i;
  for (std::size_t k = i; k-- > 0;) {
    std::int32_t up = static_cast<std::int32_t>(k);
    for (std::size_t step = 0; step < words.size() && up >= 0 && up != static_cast<std::int32_t>(i); ++step)
      up = words[static_cast<std::size_t>(up)].head;
    if (up != static_cast<std::int32_t>(i)) break;
    first = k;
  }
  return first;
}

bool has_child(const std::vector<Word>& words, std::size_t i, std::string_view relation) {
  return std::any_of(words.begin(), words.end(), [&](const Word& w) { return w.head == static_cast<std::int32_t>(i) && w.deprel == relation; });
}

/// Two subjects before one verb: coordinated, a broken name, an apposition or a dateline. What it is none of stays.
void mend_pair(std::vector<Word>& words, std::size_t first, std::size_t second) {
  Word& later = words[second];
  const auto over = static_cast<std::int32_t>(first);
  const std::size_t begin = first_of(words, second);
  if (has_child(words, second, "cc")) {
    later.head = over;
    later.deprel = "conj";
  } else if (std::all_of(words.begin() + over, words.begin() + static_cast<std::ptrdiff_t>(second) + 1,
                         [](const Word& w) { return w.upos == "PROPN"; })) {
    for (std::size_t i = first + 1; i <= second; ++i) words[i].head = over, words[i].deprel = "flat";
  } else if (begin > 0 && words[begin - 1].form == "," && words[begin].upos == "DET" && words[first].upos == "PROPN" && later.upos == "NOUN") {
    later.head = over;
    later.deprel = "appos";
  } else if (second == first + 1 && words[first].upos == "NOUN" && later.upos == "PROPN" && has_child(words, first, "det")) {
    later.head = over;
    later.deprel = "appos";
  } else if (second == first + 1 && words[first].upos == "NOUN" && later.upos == "PROPN") {
    words[first].head = static_cast<std::int32_t>(second);
    words[first].deprel = "nmod:desc";
  } else if (is_all_capitals(words[first].form) && first_of(words, first) == 0) {
    words[first].deprel = "dep";
  }
}

}  // namespace

void mend_subjects(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t before = none;  // the subject met last
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].deprel != "nsubj" && words[i].deprel != "nsubj:pass") continue;
    if (before != none && words[before].head == words[i].head && static_cast<std::int32_t>(i) < words[i].head) {
      mend_pair(words, before, i);
      if (words[i].deprel != "nsubj" && words[i].deprel != "nsubj:pass") continue;
    }
    before = i;
  }
}

void mend_headline_subjects(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 2; i + 1 < words.size(); ++i) {
    if (words[i].upos != "PROPN" || words[i + 1].upos != "VERB") continue;
    std::size_t comma = i - 1;
    while (comma > 0 && words[comma].upos == "PROPN") --comma;
    if (words[comma].form != ",") continue;
    const auto verb = static_cast<std::int32_t>(i) + 1;
    const auto subject = std::find_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(comma),
                                      [&](const Word& w) { return w.head == verb && w.deprel == "nsubj" && w.upos == "PROPN"; });
    if (subject == words.begin() + static_cast<std::ptrdiff_t>(comma)) continue;
    const auto over = static_cast<std::int32_t>(subject - words.begin());
    Word& name = words[i];
    const bool plural = words[i + 1].xpos == "VBP" || words[i + 1].xpos == "VB";  // a headline's verb may be read as a bare one
    const bool loose = name.head == verb && plural && (name.deprel == "nsubj" || name.deprel == "compound");
    if (!loose && !(name.head == over && name.deprel == "appos")) continue;
    name.head = over;
    name.deprel = "conj";
    words[comma].head = static_cast<std::int32_t>(i);
  }
}

void mend_possessors(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 1; i + 2 < words.size(); ++i) {
    Word& owner = words[i];
    if (owner.deprel != "nmod:poss" || owner.head >= static_cast<std::int32_t>(i) || words[i + 1].upos != "PART" ||
        words[i + 1].head != static_cast<std::int32_t>(i))
      continue;
    for (std::size_t k = i + 2; k < words.size() && (is_nominal(words[k]) || words[k].upos == "ADJ"); ++k)
      if (is_nominal(words[k]) && words[k].head < static_cast<std::int32_t>(i)) {
        owner.head = static_cast<std::int32_t>(k);
        break;
      }
  }
}

void mend_bare_obliques(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    Word& noun = words[i];
    if (noun.deprel != "obl" || !is_nominal(noun) || noun.head < 0 || noun.head >= static_cast<std::int32_t>(i)) continue;
    const auto verb = static_cast<std::size_t>(noun.head);
    if (words[verb].upos != "VERB" || has_child(words, i, "case") || has_child(words, verb, "obj") || has_child(words, verb, "aux:pass") ||
        has_child(words, verb, "ccomp"))
      continue;
    noun.deprel = "obj";
  }
}

void mend_behind_times(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 2; i < words.size(); ++i) {
    Word& noun = words[i];
    if (noun.deprel != "nmod" || noun.head < 0 || noun.head >= static_cast<std::int32_t>(i)) continue;
    const Word& time = words[static_cast<std::size_t>(noun.head)];
    if ((time.deprel != "obl:unmarked" && time.deprel != "obl:tmod") || time.head < 0 || time.head >= noun.head) continue;
    const auto preposition = std::find_if(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i),
                                          [&](const Word& w) { return w.head == static_cast<std::int32_t>(i) && w.deprel == "case"; });
    if (preposition == words.begin() + static_cast<std::ptrdiff_t>(i) || preposition->upos != "ADP" || preposition->lemma == "of") continue;
    if (words[static_cast<std::size_t>(time.head)].upos != "VERB") continue;
    noun.head = time.head;
    noun.deprel = "obl";
  }
}

void mend_flat_objects(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    Word& word = words[i];
    if (word.deprel != "flat" || word.upos != "PROPN" || word.head < 0 || word.head >= static_cast<std::int32_t>(i)) continue;
    const auto verb = static_cast<std::size_t>(word.head);
    if (words[verb].upos != "VERB" || has_child(words, verb, "obj")) continue;
    word.deprel = "obj";
  }
}

AmountWords AmountWords::build(const Lexicon& lexicon) {
  AmountWords out;
  if (const LexiconTable* table = lexicon.table("amount_words"))
    for (std::uint32_t i = 0; i < table->size(); ++i) out.rows_.emplace(table->row(i)["word"], table->row(i).id());
  return out;
}

void AmountWords::mend(Sentence& sentence) const {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 1; i + 2 < words.size(); ++i) {
    Word& about = words[i];
    const Word& number = words[i + 1];
    if (about.deprel != "case" || number.upos != "NUM" || number.deprel != "nummod") continue;
    if (about.head != number.head && about.head != static_cast<std::int32_t>(i) + 1) continue;
    if (number.head < static_cast<std::int32_t>(i) || !rows_.contains(ascii_lower(about.form))) continue;
    Word& noun = words[static_cast<std::size_t>(number.head)];
    if (noun.deprel != "obl" || noun.head != static_cast<std::int32_t>(i) - 1) continue;
    const auto verb = static_cast<std::size_t>(noun.head);
    if (words[verb].upos != "VERB" || has_child(words, verb, "obj") || has_child(words, verb, "aux:pass")) continue;
    about.head = static_cast<std::int32_t>(i) + 1;
    about.deprel = "advmod";
    noun.deprel = "obj";
  }
}

std::string_view AmountWords::rule(const Sentence& sentence, std::size_t word) const {
  const Word& about = sentence.words[word];
  if (about.deprel != "advmod" || word + 1 >= sentence.words.size() || about.head != static_cast<std::int32_t>(word) + 1) return {};
  const auto row = rows_.find(ascii_lower(about.form));
  return row == rows_.end() ? std::string_view() : std::string_view(row->second);
}

}  // namespace masudi
