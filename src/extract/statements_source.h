// The source of a statement: who can say a thing, what class of source that is, and how the record names it.
#pragma once

#include "statements_text.h"

namespace masudi {

/// Somebody who says something: the head word of a noun phrase.
struct Speaker {
  Index sentence = 0, word = none;
};

/// The class of a source, and what decided.
struct SourceClass {
  std::string anonymity, rule;
  bool keeps_name = true;
};

class StatementSources : public StatementText {
 public:
  using StatementText::StatementText;

 protected:
  TextSpan phrase(Speaker speaker) const;
  const Mention* mention_at(Speaker speaker) const { return analysis_.mentions.at(speaker.sentence, speaker.word); }
  const SourceNoun* source_noun(Speaker speaker) const;
  bool is_document(Speaker speaker) const;
  bool is_outlet(Speaker speaker) const;
  /// Can it say something at all? Names, pronouns of persons, mentions and nouns that the lexicon knows can.
  bool is_party(Speaker speaker) const;
  bool fits(const Cue& cue, Speaker speaker, bool quoted, std::string& why) const;
  SourceClass anonymity_of(Speaker speaker, const std::optional<std::string>& name) const;
  Entity entity_of(Speaker speaker, SourceClass& known) const;
};

}  // namespace masudi
