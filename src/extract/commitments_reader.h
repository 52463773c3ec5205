// Reads the undertakings of one article: finds words that commit, takes the complement as the consequent, asks who owes it and whether it is
// an undertaking at all, then conditions, deadline, exclusions and status. One class; its members are spread over files by subject.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commitments_rules.h"
#include "predicate.h"

namespace masudi {

class CommitmentReader {
 public:
  CommitmentReader(const Article& article, const Analysis& analysis, const CommitmentKnowledge& knowledge, Extraction& out);

  /// Adds the commitments of the article and their traces to `out`, in text order.
  void read();

 private:
  using Index = std::uint32_t;
  using Entry = CommitmentKnowledge::Entry;
  static constexpr Index none = UINT32_MAX;

  /// What is undertaken: words [first, last) under a head.
  struct Complement {
    Index head = none, first = 0, last = 0;
    bool whole_clause = false;  ///< with its subject
  };
  struct Draft {
    Commitment record;
    Trace trace;
    Index anchor = 0;
    Complement complement;
  };

  static bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }
  static std::string lemma_of(const Word& word) { return ascii_lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma); }
  static bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }
  const Tree& tree(Index s) const { return trees_[s]; }
  const Word& word(Index s, Index i) const { return analysis_.sentences[s].words[i]; }
  std::string_view text(TextSpan span) const { return slice(article_.text, span); }
  std::string lower(Index s, Index i) const { return ascii_lower(word(s, i).form); }
  void reject(const std::string& rule, TextSpan span, std::string reason) { rejected_.push_back({rule, span, std::move(reason)}); }

  // commitments_complement.cc
  std::optional<Complement> complement_of(const CommitmentRow& row, Index s, Index i) const;
  /// One word past the end of what hangs on `head`: without conjuncts that have a subject or an auxiliary of their own, what is said
  /// beside it, and what stands outside the quotation that it began in.
  Index end_of(Index s, Index head, Index first) const;
  /// Is it the closing mark of a quotation that begins after `from`?
  bool closes_inside(TextSpan mark, std::uint32_t from) const;
  std::optional<Complement> below(Index s, Index head, Index first) const;
  /// "to" before a verb that the anchor governs, in the tree or straight after it.
  std::optional<Complement> infinitive(Index s, Index i) const;
  std::optional<Complement> finite_clause(Index s, Index i) const;
  std::optional<Complement> noun_object(Index s, Index i) const;
  /// The verb that a modal stands beside, with what depends on it.
  std::optional<Complement> beside_modal(Index s, Index i) const;
  /// "US to end mission": a headline without a finite verb.
  std::optional<Complement> headline(Index s, Index i) const;

  // commitments_anchor.cc
  void read_word(Index s, Index i, std::vector<Draft>& drafts);
  bool pos_fits(const CommitmentRow& row, Index s, Index i) const;
  bool blocked(std::string_view slot, Index s, Index i, TextSpan span, const std::string& reason);
  /// Words around the anchor that take the undertaking back: "did not promise", "could agree", "urged them to pledge".
  bool unreal(Index s, Index i);
  bool is_modal(const CommitmentRow& row) const;
  bool take(const CommitmentRow& row, Index s, Draft& draft);
  bool blocked_cue(const Statement& statement, TextSpan span);
  bool passive(Index s, Index head) const { return tree(s).child(head, "aux:pass").has_value() || tree(s).child(head, "nsubj:pass").has_value(); }
  bool negated(Index s, Draft& draft) const;

  // commitments_parties.cc
  /// The innermost statement in whose content the bytes stand.
  const Statement* statement_at(TextSpan at) const;
  bool quoted(TextSpan at) const;
  std::vector<Entity> parties(Index s, Index i, int depth = 0) const;
  static bool same_party(const Entity& a, const Entity& b);
  static bool known(const Entity& entity) { return entity.name || entity.country || entity.sector; }
  void add(std::vector<Entity>& out, const std::vector<Entity>& more) const;
  bool find_debtor(const CommitmentRow& row, Index s, Draft& draft, const Statement* inside);
  /// A pronoun that stands for somebody, even where nobody knows for whom.
  static bool has_person(const Word& w) { return w.upos == "PRON" && w.xpos == "PRP"; }
  void find_creditor(Index s, Draft& draft);

  // commitments_terms.cc
  struct Condition {
    Index head = 0, first = 0, last = 0;
    std::string rule;
  };
  /// A clause that says on what condition, hung on the head, on a verb that governs it, or on its conjunct.
  std::optional<Condition> find_condition(Index s, Index head) const;
  TextSpan words_span(Index s, Index first, Index last) const;
  void fill_spans(const CommitmentRow& row, Index s, Draft& draft);
  /// The time that binds the act: in its words or hung on its verb or on the anchor, not inside the condition or a relative clause.
  void find_deadline(Index s, Draft& draft, const std::optional<Condition>& condition) const;

  // commitments_exclusions.cc
  std::set<std::string> content_lemmas(TextSpan span) const;
  void exclude(Draft& draft, TextSpan span, const std::string& rule) const;
  /// The clause of a verb, without what introduces it.
  TextSpan clause_span(Index s, Index verb) const;
  void find_excludes(Index s, Draft& draft);
  Index exception_end(Index s, Index marker, Index first) const;
  bool denies(Index s, Index v) const;
  bool modal(Index s, Index v) const;

  // commitments_status.cc
  /// The row of a verb that governs the anchor and says how the undertaking ended: "abandoning plans to".
  const Entry* ended(Index s, Index i) const;
  void set_status(Index s, Draft& draft) const;
  std::vector<std::string> sources_of(TextSpan at) const;
  std::optional<std::string> earlier(const Commitment& commitment) const;
  /// "promised that it will send": one undertaking, said by the outer word.
  void drop_inner(std::vector<Draft>& drafts);
  void finish(Index s, Draft& draft);

  const Article& article_;
  const Analysis& analysis_;
  const CommitmentKnowledge& knowledge_;
  Extraction& out_;
  std::vector<Quotation> quotations_;
  std::vector<Tree> trees_;
  std::vector<Rejection> rejected_;  ///< of the sentence being read
};

}  // namespace masudi
