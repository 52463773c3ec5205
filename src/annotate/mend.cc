#include "mend.h"

#include <optional>

namespace masudi {

namespace {

bool is_nominal(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN"; }

/// The noun that is the root, if nothing about it makes a clause.
std::optional<std::size_t> bare_noun_root(const std::vector<Word>& words) {
  std::optional<std::size_t> root;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i].head < 0) root = i;
  if (!root || !is_nominal(words[*root])) return std::nullopt;
  for (const Word& word : words)
    if (word.head == static_cast<std::int32_t>(*root) &&
        (word.deprel.starts_with("nsubj") || word.deprel.starts_with("aux") || word.deprel == "cop" || word.deprel == "case"))
      return std::nullopt;
  return root;
}

}  // namespace

bool mend_verbless(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  const auto root = bare_noun_root(words);
  if (!root) return false;
  const auto head = static_cast<std::int32_t>(*root);
  std::size_t verb = 1;
  while (verb < *root && !(words[verb].head == head && words[verb].deprel == "amod" && (words[verb].xpos == "VBN" || words[verb].xpos == "VBD")))
    ++verb;
  if (verb >= *root) return false;
  const auto told = static_cast<std::int32_t>(verb);
  Word& subject = words[verb - 1];
  // "a newly hosted", "the Oman-hosted": no noun stands right before the participle
  if (!is_nominal(subject) || (subject.head != told && subject.head != head)) return false;

  const auto subject_at = told - 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    Word& word = words[i];
    if (word.head != head && word.head != told) continue;
    if (i < verb - 1)
      word.head = word.deprel == "advmod" || word.deprel == "obl" || word.deprel == "cc" ? told : subject_at;
    else if (i > verb && (word.deprel == "punct" || word.deprel.starts_with("obl") || word.deprel.starts_with("advcl") || word.deprel == "parataxis"))
      word.head = told;
    if (i == verb + 1 && word.xpos == "RP") {
      word.head = told;
      word.deprel = "compound:prt";
    }
  }
  subject.head = told;
  subject.deprel = "nsubj";
  words[*root].head = told;
  words[*root].deprel = "obj";
  words[verb].head = -1;
  words[verb].deprel = "root";
  words[verb].upos = "VERB";
  words[verb].xpos = "VBD";
  words[verb].feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
  return true;
}

void mend_opening_noun(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  if (words.size() < 3 || words[0].upos != "VERB" || words[0].xpos != "VBZ" || words[1].upos != "ADP" || words[1].head == 0) return;
  std::optional<std::size_t> verb;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].head == 0 && words[i].deprel.starts_with("nsubj")) return;
    if (!verb && words[i].head == 0 && words[i].deprel == "conj" && words[i].upos == "VERB") verb = i;
  }
  words[0].upos = "NOUN";
  words[0].xpos = "NNS";
  words[0].feats = "Number=Plur";
  for (std::size_t i = 1; i < words.size(); ++i) {
    Word& word = words[i];
    if (word.head != 0) continue;
    if (word.deprel == "obl" && (!verb || i < *verb))
      word.deprel = "nmod";
    else if (verb && i != *verb)
      word.head = static_cast<std::int32_t>(*verb);
  }
  if (!verb) return;
  words[*verb].head = words[0].head;
  words[*verb].deprel = words[0].deprel;
  words[0].head = static_cast<std::int32_t>(*verb);
  words[0].deprel = "nsubj";
}

void mend_participle_root(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    Word& root = words[i];
    if (root.head >= 0 || root.upos != "ADJ" || !root.form.ends_with("ed")) continue;
    bool subject = false;
    for (const Word& word : words) {
      if (word.head != static_cast<std::int32_t>(i)) continue;
      if (word.deprel == "cop" || word.deprel.starts_with("aux") || word.deprel == "det" || word.deprel == "case") return;
      subject = subject || word.deprel == "nsubj";
    }
    if (!subject) return;
    root.upos = "VERB";
    root.xpos = "VBD";
    root.feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
  }
}

void mend_addressee(Sentence& sentence) {
  std::vector<Word>& words = sentence.words;
  for (std::size_t c = 0; c < words.size(); ++c) {
    if (words[c].deprel != "ccomp" || words[c].head < 0 || static_cast<std::size_t>(words[c].head) >= c) continue;
    const auto verb = static_cast<std::size_t>(words[c].head);
    std::optional<std::size_t> first;
    bool second = false;
    for (std::size_t i = verb + 1; i < c; ++i) {
      if (words[i].head == static_cast<std::int32_t>(verb) && words[i].deprel.ends_with("obj")) return;  // somebody is told already
      if (words[i].upos == "PUNCT") break;                                                               // "a reflection (it) is needed"
      if (words[i].head != static_cast<std::int32_t>(c)) continue;
      const bool subject = words[i].deprel.starts_with("nsubj");
      if (!first && !subject) break;  // "told that the army": a conjunction, or another word of the clause, comes first
      if (!first)
        first = i;
      else if (subject)
        second = true;
    }
    if (!first || !second || !is_nominal(words[*first])) continue;
    words[*first].head = static_cast<std::int32_t>(verb);
    words[*first].deprel = "iobj";
  }
}

void mend_parallel(Sentence& sentence) {
  constexpr int deepest = 4;
  std::vector<Word>& words = sentence.words;
  for (Word& word : words) {
    if (word.deprel != "conj" || !is_nominal(word) || word.head < 0) continue;
    std::int32_t up = word.head;
    for (int step = 0; step < deepest && words[static_cast<std::size_t>(up)].lemma != word.lemma; ++step) {
      const Word& above = words[static_cast<std::size_t>(up)];
      if (above.head < 0 || !above.deprel.starts_with("nmod") || above.head > up) break;
      up = above.head;
    }
    if (words[static_cast<std::size_t>(up)].lemma == word.lemma) word.head = up;
  }
}

InfinitiveNouns InfinitiveNouns::build(const Lexicon& lexicon) {
  InfinitiveNouns out;
  const LexiconTable* table = lexicon.table("infinitive_nouns");
  if (table == nullptr) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) out.rows_.emplace(table->row(i)["lemma"], table->row(i).id());
  return out;
}

void InfinitiveNouns::mend(Sentence& sentence) const {
  std::vector<Word>& words = sentence.words;
  for (std::size_t i = 2; i < words.size(); ++i) {
    Word& verb = words[i];
    if (verb.xpos != "VB" || verb.deprel != "advcl" || words[i - 1].upos != "PART") continue;
    const Word& noun = words[i - 2];
    if (noun.upos != "NOUN" || noun.deprel != "obj" || noun.head != verb.head || !rows_.contains(noun.lemma)) continue;
    verb.head = static_cast<std::int32_t>(i - 2);
    verb.deprel = "acl";
  }
}

std::string_view InfinitiveNouns::rule(const Sentence& sentence, std::size_t word) const {
  const Word& verb = sentence.words[word];
  if (verb.xpos != "VB" || verb.deprel != "acl" || verb.head < 0 || static_cast<std::size_t>(verb.head) >= sentence.words.size()) return {};
  const auto row = rows_.find(sentence.words[static_cast<std::size_t>(verb.head)].lemma);
  return row == rows_.end() ? std::string_view() : std::string_view(row->second);
}

}  // namespace masudi
