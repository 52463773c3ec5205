// The reader of statements: drafts from cues and constructions, joined, given their running quotations, and written down as records.
#pragma once

#include <map>
#include <set>
#include <utility>

#include "statements_content.h"

namespace masudi {

class StatementReader : public StatementContents {
 public:
  using StatementContents::StatementContents;
  /// Adds the article's statements and their traces.
  void read(Extraction& out);

 private:
  // Verbs, nouns and adjectives that attribute (statements_cues.cc).
  void read_cues(Index s);
  bool read_verb(Draft& draft, Index rest, std::string& why);
  bool read_noun(Draft& draft, std::string& why);
  /// "quoted X as saying C", "quoted X: C": the source is whom it quotes; the teller is the outlet.
  bool read_quoting(Draft& draft, const Arguments& arguments, std::string& why);
  std::optional<Speaker> speaker_of(Index s, Index v, Arguments& arguments) const;
  /// "issued a statement saying": whoever issued it; the speaker itself otherwise.
  Speaker issuer(Speaker speaker) const;
  /// The head of the noun phrase that begins right after a verb, or `none`.
  Index nominal_after(Index s, Index v) const;
  /// A cue verb before this one whose speaker goes on ("said ... and added"): no subject between the conjunction and the verb, the same form
  /// of the verb.
  const Draft* coordinated_with(Index s, Index v) const;
  static bool same_class(const Cue& cue, const Word& word);
  bool negated(Index s, Index v) const;
  bool conditional(Index s, Index v) const;
  /// "To say": saying only under a verb of beginning ("went on to say"); otherwise wanted, refused, asked for.
  bool bare_infinitive(const Draft& draft, std::string& why, std::vector<Trace::Field>& fields) const;
  /// "from claiming asylum", "by proposing": no act of saying of its own.
  bool under_preposition(Index s, Index v) const;

  // Constructions: "according to", headlines, turns of an interview, captions (statements_constructions.cc).
  void read_according(Index s);
  void according(Index s, Index i, Index count, const CueConstruction& construction);
  /// "Minister: bridge is safe", "Bridge is safe: minister". Only in the headline, where a colon stands for a verb of saying.
  void read_headline(Index s);
  /// The label of an interview's turn ("MILLER: …"): the words before the colon at the start of a paragraph; empty for none.
  std::string_view turn_label(Index s, Index& colon) const;
  void count_turns();
  /// A turn of an interview: its label stands at least twice in the article.
  void read_turn(Index s);
  /// The nominal of words [first, last) that hangs on nothing among them; the last nominal where the parse shows none; `none`.
  Index head_of_words(Index s, Index first, Index last) const;
  /// A quotation and, after a dash, whose it is.
  void read_captions();
  /// A post with its author and the author's handle: "The dam is safe — Anna Moll (@annamoll) March 5, 2024".
  void read_posts();

  // The outlet through which it came (statements_via.cc).
  void find_via(Draft& draft, const Arguments& arguments) const;

  // Drafts of one attribution become one (statements_join.cc).
  void join();
  /// Is the inner cue the main verb of what the outer one says?
  bool main_of(const Draft& outer, const Draft& inner) const;
  /// What an inner statement says ends where the outer cue's own clause begins.
  static void clip(Draft& inner, const Draft& outer);
  static bool covers(const Draft& outer, TextSpan span);
  static std::uint32_t first_of(const Draft& draft);

  // Quotations without a cue of their own (statements_running.cc).
  bool used(const Quotation& q) const;
  /// A quotation after a colon, with a cue in the clause before it.
  void attach_colon_quotations();
  /// "…," X said. "…": the second quotation has no cue; it goes on with the words of the last speaker.
  void attach_running_quotations();
  /// Its cue stands in no other draft's content.
  bool outermost(const Draft& draft) const;

  // Records (statements_records.cc).
  std::string kind_of(const Draft& draft, std::string& rule) const;
  /// The innermost other draft whose content holds each draft's cue; SIZE_MAX for none.
  std::vector<std::size_t> parents() const;
  /// Why each statement's source is not named, or null.
  std::vector<const Reticence*> reasons(const std::vector<Reticence>& all, const std::vector<Statement>& statements) const;
  /// A source as the chain prints it: "high-ranking US official (anonymous: spoke on condition of anonymity)".
  std::string label(const Statement& statement) const;
  void finish(Extraction& out);

  std::vector<Draft> drafts_;
  std::vector<Rejection> not_taken_;
  std::map<std::string_view, Index> turns_;              ///< labels of an interview's turns, with how often they stand
  std::set<std::pair<Index, Index>> taken_participles_;  ///< "saying" of "quoted X as saying": read with its verb
};

}  // namespace masudi
