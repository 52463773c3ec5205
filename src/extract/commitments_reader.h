// Reads the undertakings of one article: finds words that commit, takes the complement as the consequent, asks who owes it and whether it is
// an undertaking at all, then conditions, deadline, exclusions and status. One class; its members are spread over files by subject.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commitments_rules.h"
#include "masudi/resolve.h"
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
    Index anchor = 0;    ///< `none` where the complement stands in another clause than the word that commits
    Index sentence = 0;  ///< of the complement
    Complement complement;
    const Clause* clause = nullptr;  ///< of an agreement
  };
  /// Who speaks in a text in the first person, such as an address or a manifesto.
  struct Voice {
    Entity speaker;
    std::string rule;
    bool items = false;  ///< a manifesto: sentences without a subject ("Build ten schools") are what it promises
  };

  static bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }
  static bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }
  const Tree& tree(Index s) const { return trees_[s]; }
  const Word& word(Index s, Index i) const { return analysis_.sentences[s].words[i]; }
  std::string_view text(TextSpan span) const { return slice(article_.text, span); }
  std::string_view lower(Index s, Index i) const { return tree(s).lower(i); }
  /// Words [first, last) as tables list them: in lower case, '_' between them.
  std::string joined(Index s, Index first, Index last) const;
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
  /// "to" and a gerund straight after the anchor.
  std::optional<Complement> gerund(Index s, Index i) const;
  std::optional<Complement> finite_clause(Index s, Index i) const;
  std::optional<Complement> noun_object(Index s, Index i) const;
  /// The verb that a modal stands beside, with what depends on it.
  std::optional<Complement> beside_modal(Index s, Index i) const;
  /// "US to end mission": a headline without a finite verb.
  std::optional<Complement> headline(Index s, Index i) const;

  // commitments_anchor.cc
  /// "how the election would be run", "that will make a difference": a question inside a sentence, or words about a noun.
  bool question_or_relative(Index s, Index head, Index anchor) const;
  /// "Welcomed efforts to": nobody's own, where no owner stands beside the noun.
  bool only_welcomed(Index s, Index noun);
  /// Can what is offered be counted or given? A row that says so is noted.
  bool measured(Index s, Draft& draft) const;
  /// "agreed that there is cause": what is agreed, promised or guaranteed is told as a fact.
  bool only_a_fact(const CommitmentRow& row, Index s, const Complement& complement) const;
  void read_word(Index s, Index i, std::vector<Draft>& drafts);
  bool pos_fits(const CommitmentRow& row, Index s, Index i) const;
  bool blocked(std::string_view slot, Index s, Index i, TextSpan span, const std::string& reason);
  /// Words around the anchor that take the undertaking back: "did not promise", "could agree", "urged them to pledge".
  bool unreal(Index s, Index i);
  bool is_modal(const CommitmentRow& row) const;
  /// A deed that nobody undertakes: "will know"; "will increase", but "will increase the tax" is done.
  bool forecast(Index s, Index head, TextSpan span);
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
  /// Known, and more than a crowd ("people", "voters").
  static bool can_undertake(const Entity& entity) { return entity.name || entity.country || (entity.sector && *entity.sector != "CVL"); }
  void add(std::vector<Entity>& out, const std::vector<Entity>& more) const;
  std::optional<Voice> find_voice() const;
  /// The entity that a pronoun of the first person stands for outside quotations.
  Entity voice_entity(const Word& pronoun) const;
  /// The first person in the subject of a verb: "we", or "our" in "our role".
  std::optional<Index> speaker_pronoun(Index s, Index head) const;
  bool possessed_by_speaker(Index s, Index head) const;
  /// "He said he would": a third person in what somebody says, outside quotation marks, is whoever says it, where the two agree and what is
  /// said names nobody nearer.
  std::optional<Entity> speaker_again(Index s, Index pronoun, const Statement& inside) const;
  /// Does the pronoun stand for something that its sentence names before it?
  bool named_before(Index s, Index pronoun, std::uint32_t from) const;
  /// "Farmers would burn the fields": said of people that nobody speaks for.
  bool crowd(Index s, Index subject, const std::vector<Entity>& found, TextSpan span);
  bool find_debtor(const CommitmentRow& row, Index s, Draft& draft, const Statement* inside);
  /// "Broke its promise": a possessive of the third person that nobody resolved is the subject of the verb, where number agrees.
  std::vector<Entity> owner_of(Index s, Index noun, Index pronoun) const;
  /// A pronoun that stands for somebody, even where nobody knows for whom.
  static bool has_person(const Word& w) { return w.upos == "PRON" && w.xpos == "PRP"; }
  void find_creditor(Index s, Draft& draft);

  // commitments_terms.cc
  struct Condition {
    Index head = 0, first = 0, last = 0;
    std::string rule;
    TextSpan span;  ///< of another sentence, where `elsewhere`
    bool elsewhere = false;
  };
  /// A row whose words begin at `from`, the longest; `length` is how many words.
  const CommitmentKnowledge::ConditionRow* condition_row(Index s, Index from, Index last, Index& length) const;
  /// A clause that says on what condition, hung on the head, on a verb that governs it, or on its conjunct.
  std::optional<Condition> find_condition(Index s, const Complement& complement, bool negative) const;
  /// The same by the order of words alone: "If X, ..." at the beginning, "... provided that X" after the verb.
  std::optional<Condition> condition_by_order(Index s, const Complement& complement, bool negative) const;
  /// "In that case": the condition of the sentence before.
  std::optional<Condition> condition_before(Index s) const;
  TextSpan words_span(Index s, Index first, Index last) const;
  void fill_spans(const CommitmentRow& row, Index s, Draft& draft);
  /// The time that binds the act: in its words or hung on its verb or on the anchor, not inside the condition or a relative clause.
  /// The deadline that a time gives, with "within N days of" counted from signature or entry into force.
  std::optional<Deadline> deadline_of(Index s, const TimeInterval& interval) const;
  void find_quantity(Index s, Draft& draft) const;
  void find_testable(Index s, Draft& draft) const;
  void find_deadline(Index s, Draft& draft, const std::optional<Condition>& condition) const;

  // commitments_exclusions.cc
  std::set<std::string_view> content_lemmas(TextSpan span) const;
  void exclude(Draft& draft, TextSpan span, const std::string& rule) const;
  /// The clause of a verb, without what introduces it.
  TextSpan clause_span(Index s, Index verb) const;
  void find_excludes(Index s, Draft& draft);
  /// "Paragraph 2(c) does not apply to vehicles": what other clauses of an agreement leave out.
  void find_referring_excludes(Draft& draft) const;
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
  void find_threat(Index s, Draft& draft) const;
  void finish(Index s, Draft& draft);

  // commitments_clauses.cc
  /// The parties that a noun stands for in an agreement: a defined term, "the Parties", "neither Party". `rule` is the row that says so.
  std::vector<Entity> agreement_party(Index s, Index i, std::string& rule) const;
  /// Reads "Togo shall: (a) ...; (b) ...": one undertaking an item.
  void read_items(std::size_t lead, std::vector<Draft>& drafts);
  bool is_lead_in(Index s, Index i) const;
  /// "Build ten schools" in a manifesto: an undertaking of its party.
  void read_manifesto_item(Index s, std::vector<Draft>& drafts);
  /// A body of an agreement, or nothing.
  std::optional<Entity> agreement_body(Index s, Index i, std::string& rule) const;
  std::string clause_name(const Clause& clause) const;
  void add_agreement();

  const Article& article_;
  const Analysis& analysis_;
  const CommitmentKnowledge& knowledge_;
  Extraction& out_;
  std::vector<Quotation> quotations_;
  const std::vector<Tree>& trees_;
  std::optional<AgreementText> agreement_;
  std::optional<Voice> voice_;
  std::vector<Rejection> rejected_;  ///< of the sentence being read
};

}  // namespace masudi
