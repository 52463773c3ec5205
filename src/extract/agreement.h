// The form of an agreement text: numbered and lettered clauses, who "the Parties" are, when it enters into force and lapses. Commitments
// read it to tell whose stipulation a clause is and from which day its time limits count.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/extract.h"

namespace masudi {

/// The rows of lexicon/commitment_agreements.tsv: kind -> lemma -> id of the row.
struct AgreementWords {
  std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> kinds;

  static AgreementWords build(const Lexicon& lexicon);
  /// The row that lists a lemma under a kind, or null.
  const std::string* find(std::string_view kind, std::string_view lemma) const;
};

/// Words [first, last) of a sentence that stand behind one label.
struct Clause {
  std::uint32_t sentence = 0, first = 0, last = 0;
  std::string division;  ///< "Article 2", "Annex A"; "" outside any
  std::string label;     ///< as other clauses refer to it: "2", "2(c)", "3.1(ii)"
  bool item = false;     ///< lettered: it completes the words of `lead`
  bool lead_in = false;  ///< its words end in ":" and items follow
  std::size_t lead = 0;  ///< index of the clause that it completes, where `item`
};

/// What an agreement text says of itself.
struct AgreementText {
  TextSpan title;
  std::string rule;                                               ///< lexicon row of the noun that names it
  std::vector<Entity> parties;                                    ///< in the order of the text
  std::map<std::string, std::vector<Entity>, std::less<>> terms;  ///< defined term, lower case ("government") -> parties
  std::vector<Clause> clauses;                                    ///< in text order
  std::optional<Day> signed_on, in_force, expires;
  std::set<std::string> form_rules;  ///< lexicon rows by which its form was read: divisions, words that bind, entry into force, end

  /// The clause that a word stands in, or null.
  const Clause* clause_at(std::uint32_t sentence, std::uint32_t word) const;
};

/// Reads the form. Nothing where the article is no agreement: no noun of such a text in its first sentences, fewer than two clauses that
/// bind. Pure; O(bytes + clauses x mentions).
std::optional<AgreementText> read_agreement(const Article& article, const Analysis& analysis, const AgreementWords& words);

/// A reference such as "2(c)", "2 (c)" or "3.1" at the beginning of `text`; "" where there is none.
std::string clause_reference(std::string_view text);

/// A label at the beginning of a clause: "1.", "(a)", "3.2", "A.1", "ii)". `bytes` counts what it takes with the blank behind it.
struct ClauseLabel {
  std::string text;  ///< without brackets and full stop
  bool item = false;
  std::size_t bytes = 0;
};
std::optional<ClauseLabel> clause_label(std::string_view text);

/// A day and a TIMEX3 duration in whole days, weeks, months or years ("P90D", "P2Y") after it; nothing for another value.
std::optional<Day> day_after(Day day, std::string_view duration);

}  // namespace masudi
