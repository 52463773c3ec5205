// Who does what in a clause: the arguments of a verb or of a noun that names an act, over Universal Dependencies, followed through
// passives, control, relative and participial clauses, coordination and light verbs. Statements, events and commitments all read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/tree.h"

namespace masudi {

/// A dependent under a preposition: "with Iran" is {word: Iran, preposition: with}.
struct Oblique {
  std::uint32_t word = 0;         ///< head word of the dependent
  std::uint32_t preposition = 0;  ///< its case word; equal to `word` where there is none ("yesterday")
};

/// Words that fill the roles of one predicate. Coordinated fillers are listed once, by their first word: parties_at splits them.
struct Arguments {
  std::vector<std::uint32_t> subjects;  ///< who acts
  std::vector<std::uint32_t> objects;   ///< who or what is acted on
  std::vector<Oblique> obliques;
  std::vector<std::uint32_t> lent;  ///< who acts where the subjects name no party: of a noun, in the clause that it is an adjunct of ("said after
                                    ///< talks with Iran"); of a clause about a noun, whose that is ("a law of the Senate banning"); of a passive, a
                                    ///< by-phrase that the parser hung elsewhere
  std::optional<std::uint32_t> indirect;  ///< iobj: "told reporters"
  std::optional<std::uint32_t> clause;    ///< head of the clausal complement (ccomp, xcomp, or the content's root under parataxis)
  bool passive = false;
  bool subject_is_local = false;  ///< the subject stands in the predicate's own clause (not reached by control or coordination)
};

/// Arguments of the verb or noun at `predicate`. Pure; O(words). A noun's subject is its by-phrase, possessor, nationality or name
/// modifier, or the subject of the light verb whose object it is; its object is its of-, on-, against- or to-phrase.
Arguments arguments_of(const Tree& tree, std::uint32_t predicate);

/// The case word of a dependent ("to" in "to Ankara"), or nothing.
std::optional<std::uint32_t> case_of(const Tree& tree, std::uint32_t word);

/// "to release" in "pressed Hamas to release": an infinitive that the parser hung on its verb as a purpose; it may be what is asked, agreed or
/// refused.
bool is_purpose_infinitive(const Tree& tree, std::uint32_t word);

/// Is the predicate passive: an aux:pass or nsubj:pass child, or a bare past participle that modifies a noun?
bool is_passive(const Tree& tree, std::uint32_t predicate);

/// The verb to which an auxiliary-like or light construction points upward: "agreed [to send]" gives "agreed" for "send". Nothing at a root.
std::optional<std::uint32_t> governing_verb(const Tree& tree, std::uint32_t predicate);

/// "the deployment", "this deal": does a definite article or a demonstrative stand with the noun?
bool has_definite_determiner(const Tree& tree, std::uint32_t noun);

/// Lemma of a verb with its particle joined by '_' ("carry_out"), or the bare lemma. Lower case.
std::string lemma_with_particle(const Tree& tree, std::uint32_t predicate);

}  // namespace masudi
