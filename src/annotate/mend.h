// Trees that the network gets wrong and English, or the lexicon, knows better.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "masudi/lexicon.h"
#include "masudi/segment.h"

namespace masudi {

/// "Oman hosted talks with Iran." read as a noun with a participle in front of it becomes a clause: the participle is its verb, the noun before it
/// the subject, the noun behind it the object. English writes a hyphen where a noun and a participle modify together ("Oman-hosted talks"), so a
/// sentence whose root is such a noun, with no subject, copula or auxiliary of its own, is told by the participle. Changes nothing else.
/// @return whether the tree was changed.
bool mend_verbless(Sentence& sentence);

/// "Clashes between police and protesters broke out.": a sentence that opens with a verb in -s, no subject and a preposition behind it opens with a
/// plural noun, the subject of the verb that was coordinated with it.
void mend_opening_noun(Sentence& sentence);

/// "The army advanced on the city." read as an adjective without a copula: a form in -ed that is the root and has a subject is a verb.
void mend_participle_root(Sentence& sentence);

/// "Told the ministry the road was closed", read as a clause with two subjects: English has one, so the first is who is told.
void mend_addressee(Sentence& sentence);

/// "The government of the republic of A and the government of the republic of B", read as one republic and a government: of two nouns that can be
/// what "and" joins, it joins equal ones.
void mend_parallel(Sentence& sentence);

/// A verb has one subject: a second one before it is coordinated with the first where it has a conjunction, part of one name where only names stand
/// between, an apposition behind a comma ("Choi, the daughter of a leader, is"), or the first is a dateline in capitals.
void mend_subjects(Sentence& sentence);

/// "Georgia, Armenia agree": a name behind a comma and right before the verb whose subject stands before that comma is coordinated with it; an
/// apposition would end in a comma of its own.
void mend_headline_subjects(Sentence& sentence);

/// "detained Lebanon's Prime Minister Saad Hariri": a possessor stands before what it possesses.
void mend_possessors(Sentence& sentence);

/// "freed on bail two ministers": a noun without a preposition behind a verb that has no object is that.
void mend_bare_obliques(Sentence& sentence);

/// "strikes Friday evening against targets": a time without a preposition has none of its own behind it but "of"; it is the verb's.
void mend_behind_times(Sentence& sentence);

/// "detained Saad Hariri": a name hung on a verb as if it were a part of its name is the verb's object.
void mend_flat_objects(Sentence& sentence);

/// Words before a number that tell how many: lexicon/amount_words.tsv. Immutable, thread-safe.
class AmountWords {
 public:
  /// A lexicon without the table has none.
  static AmountWords build(const Lexicon& lexicon);
  /// "rescued over 700 migrants": read as a preposition behind its verb, the word tells how many, and what is counted is the verb's object.
  void mend(Sentence& sentence) const;
  /// The row of a word before its number, or nothing.
  std::string_view rule(const Sentence& sentence, std::size_t word) const;

 private:
  std::unordered_map<std::string, std::string> rows_;  // lower-case form -> id
};

/// Where names end and what they are of: "US" in "US$16" is no country, "Apple's iPods" ends before the possessive, an "Airbus A380" is no body.
void mend_name_bounds(Sentence& sentence);

/// What is no part of a name though the network takes it for one: a finite verb ("the Registrar said the Party"), a day of the week behind a person
/// ("General Sato Thursday"). The days are those of lexicon/timex_words.tsv. Immutable, thread-safe.
class DayNames {
 public:
  static DayNames build(const Lexicon& lexicon);
  void mend(Sentence& sentence) const;
  /// "Boeing unveils its jet", read without a name: the article has the word as a name of one kind elsewhere, so it is that name here. Not a day or
  /// month, nor a word beside other names.
  void mend_repeated(std::vector<Sentence>& sentences) const;

 private:
  std::unordered_set<std::string> days_, months_;  // lower case
};

/// Nouns that an infinitive completes: lexicon/infinitive_nouns.tsv. Immutable, thread-safe.
class InfinitiveNouns {
 public:
  /// A lexicon without the table has none.
  static InfinitiveNouns build(const Lexicon& lexicon);

  /// "foiled a plot to attack": an infinitive right behind the object that was taken for the verb's purpose becomes the noun's.
  void mend(Sentence& sentence) const;
  /// The row that speaks of an infinitive behind its noun, or nothing.
  std::string_view rule(const Sentence& sentence, std::size_t word) const;

 private:
  std::unordered_map<std::string, std::string> rows_;  // lemma -> id
};

}  // namespace masudi
