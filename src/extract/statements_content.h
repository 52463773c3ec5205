// Where what was said stands: beside the cue in quotation marks, in the clause, infinitive, object or complement under it, before its comma,
// or in the rest of the sentence.
#pragma once

#include <optional>

#include "predicate.h"
#include "statements_source.h"

namespace masudi {

/// An attribution being put together.
struct Draft {
  Index sentence = 0;
  Index word = none;  // head word of the cue
  TextSpan cue;
  TextSpan clause;  // cue with its own words: subject, cue, addressee
  const Cue* row = nullptr;
  std::string rule;
  Speaker source;
  std::vector<TextSpan> content;
  std::optional<TextSpan> via;
  double confidence = 0;
  bool inverted = false;  // content stands before the cue
  bool quoted = false;    // a piece is a whole quotation
  bool dead = false;
  bool according = false;  // made by the according_to construction
  std::vector<Index> words;
  std::vector<Trace::Field> fields;
  std::vector<Rejection> rejected;
};

/// The words of a clause that are not its content: [left, right).
struct CueClause {
  Index left = 0, right = 0;  // words [left, right)
};

/// Each take_… adds the content that it finds to the draft, with the reason, and says whether there was one.
class StatementContents : public StatementSources {
 public:
  using StatementSources::StatementSources;

 protected:
  /// Where the rest of a cue of several words stands, or `none`.
  Index rest_of(Index s, Index v, const std::string& rest) const;
  bool is_speech(Index s, Index i) const;
  bool speech_in(Index s, Index first, Index last) const;
  bool is_additive(Index s, Index i) const;
  bool content_follows(Index s, Index i) const;
  CueClause clause_words(Index s, Index v, Index rest, Speaker speaker) const;
  /// One past the last word that can belong to a content that begins at `from` under the cue `v`.
  /// `whole`: to the end of the sentence whatever the parse says.
  Index content_end(Index s, Index v, Index from, bool whole = false) const;
  Index content_end_capped(Index s, Index v, Index first, Index last) const { return std::min(last, std::max(content_end(s, v, first), first + 1)); }
  Index skip_complementiser(Index s, Index first, Index last, std::vector<Trace::Field>& fields) const;

  // Quotations beside the cue (statements_content_quoted.cc).
  /// A quotation that begins right after the cue's clause.
  bool take_quotation_after(Draft& draft, const CueClause& clause) const;
  /// A quotation that ends right before the cue's clause.
  bool take_quotation_before(Draft& draft, const CueClause& clause) const;

  // Clauses and other words (statements_content.cc).
  void take(Draft& draft, TextSpan span) const;
  bool take_words(Draft& draft, Index first, Index last, Index head) const;
  bool take_clause(Draft& draft, const CueClause& clause, const Arguments& arguments) const;
  /// Do the words begin a clause: a noun phrase, then a finite verb?
  bool is_clause(Index s, Index first, Index last) const;
  /// "a message that it agreed", taken for a relative clause: the subordinator stands before a subject of its own.
  bool that_clause(Index s, Index head) const;
  bool has_that(Index s, Index head) const;
  /// "The wall, the engineer said, was old": the subject before the cue's clause, the predicate after it.
  bool take_interrupted(Draft& draft, const CueClause& clause) const;
  /// A clause before the cue's own: "C, the minister said".
  bool take_clause_before(Draft& draft, const CueClause& clause) const;
  /// The rest of the sentence, where the subject stands right before the cue and the parse shows no clause.
  bool take_rest(Draft& draft, const CueClause& clause) const;
  bool take_rest_from(Draft& draft, Index first) const;
  bool take_after_colon(Draft& draft, Index i) const;
  bool take_next_sentence(Draft& draft, Index s) const;
  /// "urged both sides to stop": from "to" (or "not to") on.
  bool take_infinitive(Draft& draft, const Arguments& arguments) const;
  Index infinitive_end(Index s, Index v, Index head) const;
  /// "expect Najib to win": the object belongs to the content.
  bool take_infinitive_with_object(Draft& draft, const Arguments& arguments) const;
  /// Where the words of an object end at the latest.
  Index object_end(Index s, Index first, Index last) const;
  bool take_object(Draft& draft, const Arguments& arguments) const;
  bool as_phrase(Index s, Index c) const;
  std::vector<Index> oblique_under(Index s, Index v, Index object, std::string_view preposition) const;
  bool take_preposition(Draft& draft) const;
};

}  // namespace masudi
