// The source of a statement: who can say a thing, what class of source that is, and how the record names it.
#pragma once

#include <optional>
#include <set>

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

/// Words that say why somebody is not named.
struct Reticence {
  Index sentence = 0;
  TextSpan span;
  std::string rule;
};

class StatementSources : public StatementText {
 public:
  StatementSources(const Article& article, const Analysis& analysis, const StatementKnowledge& knowledge);

 protected:
  TextSpan phrase(Speaker speaker) const;
  const Mention* mention_at(Speaker speaker) const { return analysis_.mentions.at(speaker.sentence, speaker.word); }
  const SourceNoun* source_noun(Speaker speaker) const;
  bool is_document(Speaker speaker) const;
  bool is_outlet(Speaker speaker) const;
  /// Can it say something at all? Names, pronouns of persons, mentions and nouns that the lexicon knows can.
  bool is_party(Speaker speaker) const;
  bool fits(const Cue& cue, Speaker speaker, bool quoted, std::string& why) const;
  Entity entity_of(Speaker speaker, SourceClass& known) const;

  // Named or not (statements_anonymity.cc).
  SourceClass anonymity_of(Speaker speaker, const std::optional<std::string>& name) const;
  /// The title before a name in the noun phrase ("Interior Minister Anna Moll"), or with the name in apposition ("the president, Jan Moll").
  const SourceNoun* title_of_name(Speaker speaker) const;
  /// Is the name known as a person's: by another mention, by he or she, or as the last word of a person's full name?
  bool is_person_elsewhere(Speaker speaker, const Mention* mention) const;
  /// "hundreds of supporters": supporters; the word itself otherwise.
  Speaker counted(Speaker speaker) const;
  bool is_plural(Speaker speaker) const;
  bool is_definite(Speaker speaker) const;
  bool is_he_or_she(const Word& word) const;
  /// What is told of a source that is not named; without the reason.
  Unnamed unnamed_of(Speaker speaker) const;
  /// For whom a spokesman speaks.
  std::optional<Entity> principal_of(Speaker speaker, std::string& rule) const;
  /// Every place where the article says why somebody is not named, in text order.
  std::vector<Reticence> reticences() const;

 private:
  void collect_names();
  const SourceNoun* person_noun(Index s, Index i) const;
  std::set<std::string_view> named_titles_;  ///< dictionary forms of titles that stand before a name in the article
  std::set<std::string_view> surnames_;      ///< last words of persons' names
};

}  // namespace masudi
