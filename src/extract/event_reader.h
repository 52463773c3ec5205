// The reader that makes the events of one sentence. Its parts, by subject:
//
//   event_match.cc       which words are events           event_time_place.cc  when, where, what these make of the type
//   event_arguments.cc   who acts, who is acted on        event_contexts.cc    PLOVER contexts
//   event_modes.cc       auxiliary modes                  event_sources.cc     who vouches
//   event_same.cc        one record an event, same_as     event_tree.cc        clauses and closeness in the parse
//   event_domain.cc      articles that borrow the words of politics
//   event_referee.cc     which sense of a word it is, where the referee has learned of it
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events_rules.h"
#include "predicate.h"

namespace masudi {

inline constexpr std::uint32_t no_word = 0xFFFFFFFFU;

struct EventEvidence {
  std::string field, rule, note;
};

/// A word read as an event by one row.
struct EventCandidate {
  std::uint32_t anchor = 0, particle = no_word;
  const EventRow* row = nullptr;
  Arguments arguments;
  std::vector<std::uint32_t> verbs;     ///< for a noun: the light verb that governs it, if any
  std::vector<std::uint32_t> consumed;  ///< words that satisfied a constraint: they are part of this event
  std::vector<EventEvidence> evidence;
  std::vector<Rejection> rejected;
  int specificity = 0;
  int doubt = 0;  ///< percent that the referee adds to the confidence of the row
  bool dropped = false;
  bool refused = false;  ///< by the referee, and dropped: what it is about and what it consists of are no events all the same

  /// Does it still speak of other words: kept, or refused?
  bool counts() const { return !dropped || refused; }
};

/// A row that the referee may choose: it holds, or it fits the word though a need fails.
struct EventProposal {
  EventCandidate candidate;
  bool holds = false;
};

/// A word that rows of events.tsv know, for the referee's trainer: the words that it may be ("give/verb", "give_in/verb"), the type that the rows
/// give it ("" for none) and what the referee sees.
struct RefereeCase {
  std::uint32_t sentence = 0, word = 0;
  std::vector<std::string> words;
  std::string rows;
  std::vector<RefereeFeature> features;
};

inline bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }
inline bool is_noun(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "PRON" || word.upos == "NUM"; }

/// The day of the article's news: the first single day within a week before publication that its opening names, else the publication date.
std::optional<DateRange> day_of_the_news(const Article& article, const Analysis& analysis);

/// By sentence: is it of the article's part whose author speaks in the first person, outside what others say ("I think our government")? Such a
/// part runs to the end of the article: a comment, or letters of readers, whose deeds nobody reports.
std::vector<bool> told_by_author(const Article& article, const Analysis& analysis, const EventKnowledge& knowledge, const Extraction& out);

/// The subject of an article that borrows political words, or null.
const EventKnowledge::Domain* domain_of(const Analysis& analysis, const EventKnowledge& knowledge);
/// Is an event of such an article political all the same?
bool is_kept(const Event& event, const EventKnowledge::Domain& domain);

/// Which contexts the sentences of an article speak of, and which the article as a whole is about; by row of contexts.tsv.
struct ArticleContexts {
  std::vector<std::vector<std::uint32_t>> words;  ///< for each context and sentence: the word that brings it, or no_word
  std::vector<bool> about;
};
ArticleContexts contexts_of(const Analysis& analysis, const EventKnowledge& knowledge);

/// Gives all tellings of an event the mode that one of them says.
void settle_modes(Extraction& out);

/// Builds the events of one sentence.
class EventReader {
 public:
  EventReader(const Article& article, const Analysis& analysis, std::uint32_t sentence, const EventKnowledge& knowledge, Extraction& out,
              std::optional<DateRange> news_day, const ArticleContexts& contexts, const EventKnowledge::Domain* domain,
              std::vector<RefereeCase>* cases = nullptr)
      : article_(article),
        analysis_(analysis),
        index_(sentence),
        sentence_(analysis.sentences[sentence]),
        tree_(analysis.trees[sentence]),
        knowledge_(knowledge),
        out_(out),
        news_day_(news_day),
        article_contexts_(contexts),
        domain_(domain),
        cases_(cases) {}

  void read();

 private:
  const Word& word(std::uint32_t i) const { return sentence_.words[i]; }

  // --- matching: event_match.cc
  /// The rows of the keys under which a word is looked up. A headline's "Talks" is often tagged as a name: its plural is tried too.
  std::vector<std::uint32_t> rows_of(std::uint32_t i) const;
  bool pos_fits(const EventRow& row, const Word& w) const;
  std::uint32_t particle_of(std::uint32_t verb, const std::string& particle) const;
  /// Runs the rows over every word: first those without `about`, then those that ask what the complement is about.
  void match(bool about);
  /// Words that stand in a slot of a candidate. Coordinated fillers are all listed.
  std::vector<std::uint32_t> fillers(const std::string& slot, const EventCandidate& candidate) const;
  /// Prepositional dependents of the anchor; for an event noun also those of the light verb ("carried out strikes on the base").
  std::vector<Oblique> obliques(const EventCandidate& candidate) const;
  bool holds(const EventConstraint& need, EventCandidate& candidate) const;
  bool value_fits(const EventConstraint& need, std::uint32_t i, std::string& rule) const;
  bool is_named(std::uint32_t i) const;
  bool is_somebody(std::uint32_t i) const;
  bool is_political(std::uint32_t i) const;
  bool is_location(std::uint32_t i) const;
  bool has_other_case(std::uint32_t i, std::uint32_t preposition) const;
  bool is_under(const Oblique& oblique, const std::string& preposition) const;
  bool is_headline_passive(const EventRow& row, const EventCandidate& candidate) const;
  std::vector<std::uint32_t> governors(std::uint32_t anchor) const;
  std::vector<std::uint32_t> complement(const std::string& slot, const EventCandidate& candidate) const;

  // --- which sense of a word: event_referee.cc
  std::vector<RefereeFeature> referee_features(std::uint32_t anchor, const Arguments& arguments) const;
  EventCandidate judged(std::vector<EventProposal> proposals);
  void tell_refused();

  // --- what is no event though a row fits: event_plausible.cc
  const EventKnowledge::Block* capability_of(std::uint32_t anchor) const;
  const EventKnowledge::Block* done_by_a_thing(const EventCandidate& candidate) const;
  bool means_somebody(std::uint32_t i) const;
  const EventKnowledge::Block* other_verb(const EventCandidate& candidate) const;
  const EventKnowledge::Block* occasion_of(const EventCandidate& candidate) const;
  const EventKnowledge::Block* own_of(const EventCandidate& candidate) const;
  const EventKnowledge::Block* anybody(std::uint32_t anchor, const Arguments& arguments) const;
  const EventKnowledge::Block* wished(std::uint32_t anchor) const;
  const EventKnowledge::Block* duty_of(std::uint32_t verb) const;
  bool is_duty(std::uint32_t verb) const { return duty_of(verb) != nullptr; }
  void drop_implausible();

  // --- the parse: event_tree.cc
  /// Is `below` what the complement of `above` is about: reached through a clausal complement, object or oblique within a few steps?
  bool is_topic(std::uint32_t above, std::uint32_t below) const;
  /// The verb whose clause the anchor belongs to: itself, or for a noun the verb that it depends on.
  std::uint32_t clause_of(std::uint32_t i) const;
  /// The word of [first, last) that the rest hangs on.
  std::uint32_t head_of(std::uint32_t first, std::uint32_t last) const;
  /// How closely a dependent (a time, a place) belongs to the anchor: 3 its own, 2 of its clause's verb, 1 of a verb that it completes, 0 not.
  int closeness(std::uint32_t dependent, std::uint32_t anchor) const;
  bool is_definite(std::uint32_t i) const;
  bool is_infinitive(std::uint32_t i) const;

  // --- parties: event_arguments.cc
  std::optional<Entity> speaker(std::uint32_t i) const;
  std::vector<std::uint32_t> nominal(bool agent, const EventCandidate& candidate) const;
  bool stands_for_owner(std::uint32_t i) const;
  void forget_lenders(EventCandidate& candidate) const;
  void turn_to_people(std::vector<Entity>& entities) const;
  void add_parties(std::uint32_t i, bool descend, int depth, std::vector<Entity>& out) const;
  std::vector<Entity> role(const EventRole& slots, const EventCandidate& candidate, bool descend, std::vector<std::uint32_t>& words) const;

  // --- when and where: event_time_place.cc
  std::optional<DateRange> date_of(const EventCandidate& candidate, Trace& trace) const;
  std::optional<EventPlace> place_of(const EventCandidate& candidate, const std::string& mode, Trace& trace) const;
  const EventKnowledge::PlaceRow* place_row(std::string_view preposition, const std::string& mode) const;
  /// News of the day takes the day of the news; a past report without a date of its own has none.
  void default_date(const EventCandidate& candidate, Event& event, Trace& trace) const;
  void shift(std::uint32_t anchor, Event& event, Trace& trace, bool own_modal) const;

  // --- auxiliary modes: event_modes.cc
  bool has_own_modal(std::uint32_t i) const;
  bool is_told_of_the_past(std::uint32_t anchor) const;
  void set_modes(const EventCandidate& candidate, Event& event, Trace& trace, bool& own_modal) const;

  // --- contexts: event_contexts.cc
  bool context_holds(const EventKnowledge::Context& context, const Event& event) const;
  void add_contexts(Event& event, Trace& trace) const;

  // --- who vouches: event_sources.cc
  const Statement* innermost_statement(TextSpan anchor) const;
  /// The innermost statement around the anchor that somebody makes, not a thing ("the analysis shows"); else the innermost.
  const Statement* nearest_voice(TextSpan anchor) const;
  /// Statements around the anchor, outermost first.
  std::vector<const Statement*> statements_around(TextSpan anchor) const;
  /// Statements in whose content the anchor stands, outermost first, without the one that the event itself makes.
  std::vector<std::string> sources_of(TextSpan anchor) const;

  // --- one record for each event: event_same.cc
  void drop(EventCandidate& loser, EventCandidate& winner, const std::string& reason);
  void drop_modifiers();
  void drop_consumed();
  /// What a demand, refusal, agreement or threat is about is not a second event.
  void drop_topics();
  /// An event noun that is only the object or adjunct of another event is told again, not told: dropped when its type has been coded before.
  void drop_retold();
  static bool compatible(const std::vector<Entity>& a, const std::vector<Entity>& b);
  /// Could two words name one event? A noun with a word of its clause or of the clause that it completes; two verbs each tell something.
  bool may_be_one(std::uint32_t a, std::uint32_t b) const;
  void drop_doubles(std::vector<std::pair<Event, Trace>>& made, const std::vector<std::uint32_t>& anchors) const;
  /// The first event of the article that this one tells again.
  std::optional<std::string> earlier(const Event& event) const;

  // --- the record: events.cc
  std::uint32_t anchor_of(const Event& event) const;
  bool is_generic(const Event& event, std::uint32_t anchor) const;
  TextSpan anchor_span(const EventCandidate& candidate) const;
  std::pair<Event, Trace> make(EventCandidate& candidate);

  const Article& article_;
  const Analysis& analysis_;
  std::uint32_t index_;
  const Sentence& sentence_;
  const Tree& tree_;
  const EventKnowledge& knowledge_;
  Extraction& out_;
  std::optional<DateRange> news_day_;
  const ArticleContexts& article_contexts_;
  const EventKnowledge::Domain* domain_;
  std::vector<std::pair<std::uint32_t, std::vector<std::uint32_t>>> rows_;  ///< words that rows are looked up under, with those
  std::vector<EventCandidate> candidates_;
  std::vector<Rejection> refused_;  ///< by the referee
  std::vector<RefereeCase>* cases_;
};

/// extract_events, which also writes down every word that the referee could be asked of.
void extract_events(const Article& article, const Analysis& analysis, const EventRules& rules, Extraction& out, std::vector<RefereeCase>* cases);

}  // namespace masudi
