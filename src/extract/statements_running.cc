// Quotations without a cue of their own: after a colon, or going on with the words of the last speaker.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

bool StatementReader::used(const Quotation& q) const {
  return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) {
    if (q.span.contains(d.cue)) return false;  // an attribution within the quotation
    return std::any_of(d.content.begin(), d.content.end(), [&](TextSpan c) { return c.overlaps(q.span); });
  });
}

void StatementReader::attach_colon_quotations() {
  const auto* construction = knowledge_.construction("colon");
  if (!construction) return;
  for (const auto& q : quotations_) {
    if (q.depth != 0 || used(q)) continue;
    std::uint32_t at = q.span.begin;
    while (at > 0 && is_blank(article_.text[at - 1])) --at;
    if (at == 0 || article_.text[at - 1] != ':') continue;
    const Index s = sentence_at(at - 1);
    if (s == none || s == headline()) continue;
    Draft* best = nullptr;
    Index best_depth = 0;
    for (auto& draft : drafts_) {
      if (draft.sentence != s || draft.cue.end > at || !draft.row) continue;
      Index depth = 0;
      auto up = tree(s).head(draft.word);
      for (; up && depth < size(s); ++depth) up = tree(s).head(*up);
      if (!best || depth < best_depth) {
        best = &draft;
        best_depth = depth;
      }
    }
    // A cue that had no content before the colon.
    if (!best || best_depth > 0) {
      for (Index v = 0; v < size(s) && word(s, v).span.end <= at; ++v) {
        if (word(s, v).upos != "VERB" || tree(s).head(v)) continue;
        const auto rows = knowledge_.cues_by_lemma.find(lemma(s, v));
        if (rows == knowledge_.cues_by_lemma.end()) continue;
        Arguments arguments;
        const auto speaker = speaker_of(s, v, arguments);
        if (!speaker) continue;
        for (const auto row : rows->second) {
          const Cue& cue = knowledge_.cues[row];
          if (cue.pos != "VERB" || !cue.has(Frame::quote) || !cue.rest.empty()) continue;
          Draft draft;
          draft.sentence = s;
          draft.word = v;
          draft.row = &cue;
          draft.rule = cue.rule;
          draft.confidence = cue.confidence * construction->confidence;
          draft.cue = draft.clause = word(s, v).span;
          draft.source = *speaker;
          draft.words = {v, speaker->word};
          drafts_.push_back(std::move(draft));
          best = &drafts_.back();
          break;
        }
        break;
      }
    }
    if (!best) continue;
    best->content.push_back(q.span);
    best->quoted = true;
    best->fields.push_back({"content", construction->rule, "the quotation after the colon"});
  }
}

bool StatementReader::outermost(const Draft& draft) const {
  return std::none_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return &d != &draft && covers(d, draft.cue); });
}

void StatementReader::attach_running_quotations() {
  const auto* construction = knowledge_.construction("runs_on");
  if (!construction) return;
  for (const auto& q : quotations_) {
    if (q.depth != 0 || used(q)) continue;
    const Index s = sentence_at(q.span.begin);
    if (s == none) continue;
    const auto before = trimmed(between(sentences_[s].span.begin, q.span.begin));
    if (!before.empty()) continue;
    const auto inside = trimmed(between(q.inside.begin, q.inside.end));
    if (std::count(inside.begin(), inside.end(), ' ') < 2) continue;
    // Nothing but the quotation stands in its sentences.
    if (!no_words(between(q.span.end, sentence_end_at(q.span.end)))) continue;
    Draft* last = nullptr;
    std::uint32_t last_end = 0;
    for (auto& draft : drafts_) {
      std::uint32_t end = draft.cue.end;
      for (const auto& piece : draft.content) end = std::max(end, piece.end);
      if (end > q.span.begin) continue;
      // After words that are told, not quoted: those of the main clause, right before, in the same paragraph.
      if (!draft.quoted &&
          !(draft.row && draft.row->has(Frame::quote) && draft.sentence + 1 == s && !sentences_[s].starts_paragraph && outermost(draft)))
        continue;
      if (end >= last_end) {
        last_end = end;
        last = &draft;
      }
    }
    if (!last) continue;
    // Only the sentence or paragraph right before it.
    const Index previous = sentence_at(last_end - 1);
    if (previous == none || s > previous + 1) continue;
    const bool new_paragraph = sentences_[s].starts_paragraph && s != previous;
    if (new_paragraph) {
      // The mark that opens each paragraph says that it goes on; so does a paragraph that is nothing but a quotation, right after one that was
      // spoken.
      const Quotation* open = quotation_ending(0, q.span.begin);
      const bool runs_on =
          open && open->runs_on && std::any_of(last->content.begin(), last->content.end(), [&](TextSpan c) { return c.end >= open->inside.end; });
      Index end = s;
      while (end + 1 < sentences_.size() && !sentences_[end + 1].starts_paragraph) ++end;
      const bool alone = last->quoted && last->row && last->row->has(Frame::quote) && no_words(between(q.span.end, sentences_[end].span.end)) &&
                         q.span.size() > 40 && turns_.empty();
      if (!runs_on && !alone) continue;
    }
    last->content.push_back(q.span);
    last->fields.push_back({"content", construction->rule, "a quotation that goes on without a cue"});
  }
  // "A." "B," X said: a quotation right before another belongs to whoever speaks that.
  for (auto q = quotations_.rbegin(); q != quotations_.rend(); ++q) {
    if (q->depth != 0 || used(*q) || q->span.size() < 30) continue;
    const Index s = sentence_at(q->span.begin);
    if (s == none || s == headline() || !trimmed(between(sentences_[s].span.begin, q->span.begin)).empty()) continue;
    for (auto& draft : drafts_) {
      if (!draft.quoted || !draft.inverted || draft.content.empty() || draft.content.front().begin <= q->span.end) continue;
      if (!no_words(between(q->span.end, draft.content.front().begin))) continue;
      draft.content.insert(draft.content.begin(), q->span);
      draft.fields.push_back({"content", construction->rule, "a quotation that goes on to the one with the cue"});
      break;
    }
  }
}

}  // namespace masudi
