// resolve: mentions -> who that is in the world (name, country, sector), where (places), when (TIMEX3).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "masudi/mention.h"
#include "masudi/records.h"

namespace masudi {

/// One candidate that lost, for `explain`.
struct Candidate {
  std::string what;  ///< "Tripoli, LBN (GeoNames 266826)"
  double score = 0;
  std::string reason;  ///< why it lost
};

/// Why an actor has one of its fields, for `explain`.
struct ActorEvidence {
  std::string field;  ///< name, country, sector
  std::string value, rule;
  TextSpan words;  ///< what said so; empty where no words did
};

/// Who a cluster of mentions is. Absent is absent.
struct Actor {
  std::string id;    ///< the row that it is ("people.joe-biden", "act.hamas", "cc.USA"), else made of its name, country and sector; "" nobody
  std::string type;  ///< PER, ORG, GPE, LOC, NORP, ... ; of nouns PER or ORG by what they mean; "" unknown
  std::optional<std::string> name, country, sector;
  std::string rule;  ///< what decided: rows and rules, blanks between
  std::vector<ActorEvidence> evidence;
  std::vector<Candidate> candidates;  ///< whom the name might also have meant
};

/// A calendar interval that a time expression stands for: what events and deadlines use.
struct TimeInterval {
  std::uint32_t timex = 0;                          ///< index into Resolution::timexes
  std::uint32_t sentence = 0, first = 0, last = 0;  ///< words [first, last)
  std::optional<DateRange> range;                   ///< days; absent where unresolved
  std::string anchor;                               ///< what it was counted from: "published", "timex 3", ""
  std::string relation;       ///< how the words before it place things: by, before, until, within, on, in, since, after, from, to; "" none
  std::string relation_rule;  ///< lexicon row of that, "" none
};

struct Resolution {
  std::vector<Actor> actors;                             ///< by cluster
  std::vector<Timex> timexes;                            ///< in text order
  std::vector<TimeInterval> intervals;                   ///< one a timex
  std::vector<Place> places;                             ///< in text order
  std::vector<std::vector<Candidate>> place_candidates;  ///< one list a place: those that it beat
};

/// Actor and agent dictionaries of the user's own, in PETRARCH's format (docs/dictionaries.md): paths for messages, and bytes.
struct ActorDictionaries {
  std::vector<LexiconFile> actors, agents;
};

class ResolveRules {
 public:
  /// malformed_input names file, line and column of what a dictionary has wrong.
  static Result<ResolveRules> build(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries = {});
  ResolveRules(ResolveRules&&) noexcept;
  ResolveRules& operator=(ResolveRules&&) noexcept;
  ~ResolveRules();
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit ResolveRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// All that is known below the records: what extract reads.
struct Analysis {
  std::vector<Sentence> sentences;
  std::vector<Tree> trees;  ///< of the sentences; empty where no more than those was asked for
  Mentions mentions;
  Resolution resolution;
};

/// Resolves actors, times and places. Pure.
Resolution resolve(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const ResolveRules& rules);

/// The parties that the noun phrase headed by a word stands for: coordinations are split, plurals with known members
/// ("the two leaders") give one entity a member with the same words, a pronoun gives its antecedent's name.
/// Empty where the phrase is not a party that acts (a thing, an event, a time).
std::vector<Entity> parties_at(const Article& article, const Analysis& analysis, std::uint32_t sentence, std::uint32_t word);

/// The persons, bodies, groups and places that the article speaks of, with all their mentions, in order of the first.
std::vector<Party> parties(const Analysis& analysis);
/// For each of `parties`, whom its name might also have meant, and why it was not taken: for `explain`.
std::vector<std::vector<Candidate>> party_candidates(const Analysis& analysis);
/// For each of `parties`, what said so.
std::vector<std::vector<ActorEvidence>> party_evidence(const Analysis& analysis);

/// The bytes of the noun phrase headed by a word: determiner, modifiers and appositive title, without relative clauses,
/// trailing prepositional phrases that are not part of the name, or punctuation at its ends.
TextSpan noun_phrase(const Tree& tree, std::uint32_t word);

/// The bytes of a mention: its phrase with what belongs to it, without coordinated and appositive phrases, relative clauses and prepositions before
/// it.
TextSpan mention_span(const Tree& tree, const Mention& mention);

/// The days in which a promise bound to a time is kept.
struct Deadline {
  DateRange range;   ///< first and last day that keep it, both included
  std::string rule;  ///< what decided: "deadline.by txr.001"
  std::uint32_t timex = 0;
};

/// Reads a time expression as the deadline of a promise in that sentence.
///
///   by, until, within   from publication to the last day: "by the end of the year" -> 2021-07-27 .. 2021-12-31
///   before              the same to the day before ("before Friday"), or to the last day of an end ("before the end of this year")
///   on, none            that day twice; a month or year: what is left of it
///
/// Nothing where the words bind nothing (since, after, from; plain durations; sets; vague times; what was over at publication).
std::optional<Deadline> deadline_for(const Article& article, const Analysis& analysis, std::uint32_t sentence, std::uint32_t timex);

}  // namespace masudi
