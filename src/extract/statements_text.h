// An article as the readers of statements see it: words, trees, quotations, and the bytes between them. Questions only, nothing is decided here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "statements_rules.h"
#include "words.h"

namespace masudi {

using Index = std::uint32_t;  ///< of a sentence, or of a word in its sentence
inline constexpr Index none = UINT32_MAX;

/// Views of one article and its analysis. Keep it no longer than them.
class StatementText {
 public:
  StatementText(const Article& article, const Analysis& analysis, const StatementKnowledge& knowledge);

 protected:
  // Words.
  const Tree& tree(Index s) const { return trees_[s]; }
  const Word& word(Index s, Index i) const { return sentences_[s].words[i]; }
  Index size(Index s) const { return static_cast<Index>(sentences_[s].words.size()); }
  std::string_view lower(Index s, Index i) const { return tree(s).lower(i); }
  /// The lemma in lower case. Of a verb that is no cue by its lemma, the stem of its form that is one: the model may write "insiste" for "insisted".
  std::string_view lemma(Index s, Index i) const;
  bool comma(Index s, Index i) const { return i < size(s) && word(s, i).form == ","; }
  Index next_comma(Index s, Index i) const;
  bool words_stand(Index s, Index i, const std::vector<std::string>& words) const;
  bool has_verb(Index s, Index first, Index last) const;
  bool has_finite(Index s, Index first, Index last) const;
  bool is_relative(Index s, Index i) const;
  /// Is the word part of a time expression ("said Tuesday")?
  bool is_time(Index s, Index i) const;
  bool relative_between(Index s, Index first, Index last) const;

  // Quotations.
  const Quotation* quotation_over(std::uint32_t byte) const;
  const Quotation* quotation_from(std::uint32_t byte) const;
  /// The first outermost quotation that begins in [begin, end).
  const Quotation* quotation_between(std::uint32_t begin, std::uint32_t end) const;
  /// The last outermost quotation that ends in (begin, end].
  const Quotation* quotation_ending(std::uint32_t begin, std::uint32_t end) const;
  bool mark_begins(std::uint32_t byte) const;
  bool closing_mark_before(Index s, Index i) const;
  bool ends_quotation_inside(TextSpan mark, std::uint32_t from) const;
  /// Does the quotation begin a sentence, or stand after a colon or comma?
  bool starts_clause(const Quotation& q) const;
  /// Marks around a mere name ("ISIS" in quotation marks) quote nobody.
  bool is_name(const Quotation& q) const;

  // Bytes, and the way between them and words.
  std::string_view between(std::uint32_t begin, std::uint32_t end) const;
  static std::string_view trimmed(std::string_view text);
  /// No words: nothing but punctuation, blanks and what stands in brackets.
  static bool no_words(std::string_view text);
  static bool starts_with_comma(std::string_view text);
  std::uint32_t next_text(std::uint32_t at) const;
  Index sentence_at(std::uint32_t byte) const;
  std::uint32_t sentence_end_at(std::uint32_t byte) const;
  /// The word at or after a byte; size(s) past the end.
  Index word_from(Index s, std::uint32_t byte) const;
  /// The headline: the first sentence, where the text goes on in another paragraph.
  Index headline() const { return sentences_.size() > 1 && sentences_[1].starts_paragraph ? 0 : none; }
  /// The first word of a sentence's own clause: without "but", "however," or a dateline ("WASHINGTON (AP) -").
  Index lead(Index s) const;

  // Contents.
  /// Words [first, last) as a content: punctuation at the ends is dropped, but for the marks of a quotation that belongs to it; a quotation
  /// that begins inside goes on to its own end; inside a quotation it stays inside.
  TextSpan content_of(Index s, Index first, Index last) const;
  /// Without blanks, commas and stops at the end.
  TextSpan stripped(TextSpan span) const;
  /// Pieces in order, joined where they touch, cut around excluded bytes.
  std::vector<TextSpan> pieces_of(std::vector<TextSpan> content) const;

  const Article& article_;
  const Analysis& analysis_;
  const std::vector<Sentence>& sentences_;
  const StatementKnowledge& knowledge_;
  const std::vector<Tree>& trees_;
  std::vector<Quotation> quotations_;
};

}  // namespace masudi
