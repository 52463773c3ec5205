// Joining: "according to OUTLET, B says C" and "B said C, OUTLET reported" are one statement of B.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::join() {
  // "quoted X as saying": the participle was read with its verb.
  for (auto& draft : drafts_)
    if (draft.row && !draft.row->has(Frame::quoting) && taken_participles_.count({draft.sentence, draft.word}) > 0) draft.dead = true;
  for (auto& outer : drafts_) {
    if (outer.dead) continue;
    for (auto& inner : drafts_) {
      if (&inner == &outer || inner.dead || outer.dead || inner.sentence != outer.sentence || !covers(outer, inner.cue)) continue;
      // "According to A, B says C" and "B says C, A reported": one statement of B, which came through A.
      const bool relays = is_outlet(outer.source) || (outer.inverted && is_document(outer.source));
      if ((outer.according || outer.inverted) && !outer.quoted && relays && !is_outlet(inner.source) && main_of(outer, inner)) {
        if (!inner.via) {
          inner.via = phrase(outer.source);
          inner.fields.push_back({"via", outer.rule, "who passes it on"});
        }
        clip(inner, outer);
        outer.dead = true;
        break;
      }
      if (outer.inverted || inner.inverted) clip(inner, outer);
      // "According to A, C, B said": B passes on what A says.
      if (outer.inverted && inner.according && inner.sentence == outer.sentence && (is_outlet(outer.source) || is_document(outer.source))) {
        inner.via = phrase(outer.source);
        inner.fields.push_back({"via", outer.rule, "who passes it on"});
        clip(inner, outer);
        outer.dead = true;
        break;
      }
    }
  }
  // Two drafts with one content and one source: the surer one.
  for (std::size_t a = 0; a < drafts_.size(); ++a)
    for (std::size_t b = a + 1; b < drafts_.size(); ++b) {
      Draft &x = drafts_[a], &y = drafts_[b];
      if (x.dead || y.dead || x.content != y.content || x.sentence != y.sentence) continue;
      if (x.source.sentence == y.source.sentence && x.source.word == y.source.word) (x.confidence >= y.confidence ? y : x).dead = true;
    }
  drafts_.erase(std::remove_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.dead || d.content.empty(); }), drafts_.end());
  std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) { return first_of(a) < first_of(b); });
}

bool StatementReader::main_of(const Draft& outer, const Draft& inner) const {
  for (const auto& piece : outer.content)
    if (piece.contains(inner.cue)) {
      const auto lead_bytes = between(piece.begin, inner.cue.begin);
      return lead_bytes.size() < 120 && inner.clause.begin <= piece.begin + 40;
    }
  return false;
}

void StatementReader::clip(Draft& inner, const Draft& outer) {
  if (inner.cue.begin >= outer.cue.begin && !outer.according) return;
  for (auto& piece : inner.content)
    for (const auto& limit : outer.content)
      if (limit.contains({piece.begin, piece.begin + 1}) && piece.end > limit.end) piece.end = limit.end;
}

bool StatementReader::covers(const Draft& outer, TextSpan span) {
  return std::any_of(outer.content.begin(), outer.content.end(), [&](TextSpan piece) { return piece.contains(span); });
}

std::uint32_t StatementReader::first_of(const Draft& draft) {
  std::uint32_t out = draft.cue.empty() ? UINT32_MAX : draft.cue.begin;
  for (const auto& piece : draft.content) out = std::min(out, piece.begin);
  return out;
}

}  // namespace masudi
