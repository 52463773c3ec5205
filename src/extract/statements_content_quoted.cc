// Quotations that stand right after or right before the clause of a cue.
#include <algorithm>

#include "statements_content.h"

namespace masudi {

bool StatementContents::take_quotation_after(Draft& draft, const CueClause& clause) const {
  const Index s = draft.sentence, v = draft.word;
  const std::uint32_t from = word(s, std::min(clause.right, size(s)) - 1).span.end;
  std::uint32_t until = sentences_[s].span.end;
  bool next_sentence = false;
  const Quotation* q = quotation_between(from, until);
  if (!q && s + 1 < sentences_.size()) {
    const auto rest = trimmed(between(from, until));
    const char last = rest.empty() ? ' ' : rest.back();
    if (last == ':' || last == ',') {
      q = quotation_from(next_text(until));
      next_sentence = q != nullptr;
    }
  }
  if (!q) return false;
  const auto mid = trimmed(between(from, q->span.begin));
  const bool sign = !mid.empty() && (mid.back() == ',' || mid.back() == ':');
  if (!mid.empty() && !sign) return false;
  if (mid.empty() && is_name(*q)) return false;  // an outlet's or a thing's name in quotation marks
  const Index begin = word_from(s, from), end = next_sentence ? size(s) : word_from(s, q->span.begin);
  if (end > begin + 16) return false;
  for (Index i = begin; i < end; ++i) {
    const auto other = knowledge_.cues_by_lemma.find(lemma(s, i));
    if (other != knowledge_.cues_by_lemma.end() && word(s, i).upos == "VERB" && i != v && is_speech(s, i)) return false;
  }
  // "said the engineer, who grew up here, “…”": a relative clause may stand between.
  bool relative = false;
  for (Index i = begin; sign && i < end; ++i) {
    relative = relative || is_relative(s, i);
    if (is_finite(word(s, i)) && !relative) return false;
  }
  // Words go on after it: part of a longer clause, unless another cue's clause takes over.
  const auto sentence_end = sentence_end_at(q->span.end);
  const auto tail = between(q->span.end, sentence_end);
  if (mid.empty() && !no_words(tail) && !starts_with_comma(tail)) return false;
  take(draft, q->span);
  draft.quoted = true;
  draft.fields.push_back({"content", knowledge_.marks[q->mark].rule, "the quotation after the cue"});
  return true;
}

bool StatementContents::take_quotation_before(Draft& draft, const CueClause& clause) const {
  const Index s = draft.sentence;
  const std::uint32_t to = word(s, clause.left).span.begin;
  const std::uint32_t floor = s > 0 ? sentences_[s - 1].span.begin : 0;
  const Quotation* q = quotation_ending(floor, to);
  if (!q) return false;
  auto mid = trimmed(between(q->span.end, to));
  // "“…,” campaign manager Anna Moll said": what stands before the name is a title, wherever the parse has it.
  const Index beside = word_from(s, q->span.end);
  bool title = beside < clause.left && clause.left <= beside + 6;
  for (Index i = beside; title && i < clause.left; ++i) {
    const Word& w = word(s, i);
    title = is_nominal(w) || w.upos == "ADJ" || w.upos == "DET" || w.upos == "NUM" || w.xpos == "POS" || w.form == "-" || w.form == ".";
  }
  if (title) mid = {};
  if (!mid.empty() && mid != "," && mid != "-" && mid != "\u2014" && mid != "\u2013" && mid != "," && !no_words(mid)) return false;
  if (mid.find('.') != std::string_view::npos) return false;
  const auto inside = trimmed(between(q->inside.begin, q->inside.end));
  if (inside.empty()) return false;
  const char last = inside.back();
  const bool comma_sign =
      last == ',' || last == '?' || last == '!' || starts_with_comma(mid) || inside.ends_with("\u2026") || inside.ends_with("\u2014");
  const bool same_sentence = q->span.end > sentences_[s].span.begin;
  if (!same_sentence) {
    // The segmenter may have cut after the closing mark.
    const bool lower_start = clause.left == 0 && !starts_upper(word(s, 0).form);
    if (clause.left != 0) return false;
    if (last == '.' && !lower_start) return false;
    if (!comma_sign && !lower_start) return false;
    // "“Never!” The judge said in court that ...": the cue has a content of its own.
    if (last != ',' && !lower_start && clause.right < size(s) && has_finite(s, clause.right, size(s))) return false;
  } else if (!comma_sign && !q->runs_on && last != '.') {
    // A short quotation inside a clause ("called it "bad" and said ...") is no speech of this cue.
    if (word_from(s, to) > word_from(s, q->span.begin) && !starts_clause(*q)) return false;
    if (!mid.empty() || draft.source.word == none) return false;
  }
  // The words before it in its own sentence belong to the content too ("The plan was "a disaster," he said").
  TextSpan span = q->span;
  const Index first_sentence = sentence_at(q->span.begin);
  if (first_sentence != none && !starts_clause(*q)) {
    const Index begin = lead(first_sentence);
    const Index quoted = word_from(first_sentence, q->span.begin);
    if (begin < quoted && !speech_in(first_sentence, begin, quoted) && first_sentence == s) span.begin = word(first_sentence, begin).span.begin;
  }
  take(draft, stripped(span));
  draft.quoted = true;
  draft.inverted = true;
  draft.fields.push_back({"content", knowledge_.marks[q->mark].rule, "the quotation before the cue"});
  return true;
}

}  // namespace masudi
