// Statements: who says what. One draft a cue (verb, noun, adjective or construction), from the tree where it shows the parts and from the
// surface (quotation marks, commas, colons beside the cue) where it does not; then drafts of one attribution are joined.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::read(Extraction& out) {
  count_turns();
  for (Index s = 0; s < sentences_.size(); ++s) {
    read_cues(s);
    read_according(s);
    read_headline(s);
    read_turn(s);
  }
  read_captions();
  join();
  attach_colon_quotations();
  attach_running_quotations();
  finish(out);
}

std::string StatementReader::kind_of(const Draft& draft, std::string& rule) const {
  bool any = false, outside = false;
  for (const auto& piece : draft.content) {
    std::uint32_t at = piece.begin;
    for (const auto& q : quotations_) {
      if (q.depth != 0 || q.span.end <= piece.begin || q.span.begin >= piece.end) continue;
      const bool inside_all = q.span.begin <= piece.begin && q.span.end >= piece.end && q.inside.contains(piece) && q.span.begin < piece.begin;
      if (inside_all && draft.cue.begin >= q.span.begin && draft.cue.end <= q.span.end) continue;  // an attribution within a quotation
      if (is_name(q)) continue;
      any = true;
      if (rule.empty()) rule = knowledge_.marks[q.mark].rule;
      if (!no_words(between(at, std::max(at, q.span.begin)))) outside = true;
      at = std::max(at, q.span.end);
    }
    // Inner quotations of an attribution that itself stands in a quotation.
    for (const auto& q : quotations_)
      if (q.depth > 0 && piece.contains(q.span) && !is_name(q) && quotation_over(piece.begin) &&
          quotation_over(draft.cue.begin) == quotation_over(piece.begin) && !any) {
        any = outside = true;
        rule = knowledge_.marks[q.mark].rule;
      }
    if (!no_words(between(at, piece.end))) outside = true;
  }
  if (!any) return "indirect";
  return outside ? "mixed" : "direct";
}

void StatementReader::finish(Extraction& out) {
  for (auto& draft : drafts_) draft.content = pieces_of(draft.content);
  drafts_.erase(std::remove_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.content.empty(); }), drafts_.end());
  std::stable_sort(drafts_.begin(), drafts_.end(),
                   [](const Draft& a, const Draft& b) { return first_of(a) != first_of(b) ? first_of(a) < first_of(b) : a.cue.begin < b.cue.begin; });
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    Statement statement;
    statement.id = "s" + std::to_string(i + 1);
    SourceClass known;
    statement.source = entity_of(draft.source, known);
    statement.anonymity = known.anonymity;
    if (!draft.cue.empty()) statement.cue = draft.cue;
    statement.content = draft.content;
    std::string mark;
    statement.kind = kind_of(draft, mark);
    statement.via = draft.via;
    statement.confidence = draft.confidence;
    statement.provenance.rule = draft.rule;
    // The innermost other statement whose content holds this cue.
    std::uint32_t smallest = UINT32_MAX;
    for (std::size_t k = 0; k < drafts_.size(); ++k) {
      if (k == i || !covers(drafts_[k], draft.cue)) continue;
      if (covers(draft, drafts_[k].cue) && k > i) continue;
      std::uint32_t bytes = 0;
      for (const auto& piece : drafts_[k].content) bytes += piece.size();
      if (bytes < smallest) {
        smallest = bytes;
        statement.parent = "s" + std::to_string(k + 1);
      }
    }
    Trace trace;
    trace.record = statement.id;
    trace.sentence = draft.sentence;
    trace.words = draft.words;
    std::sort(trace.words.begin(), trace.words.end());
    trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
    trace.fields.push_back({"cue", draft.rule, draft.row ? draft.row->stance : std::string()});
    trace.fields.push_back({"anonymity", known.rule, known.anonymity});
    if (!mark.empty()) trace.fields.push_back({"kind", mark, statement.kind});
    for (const auto& field : draft.fields) trace.fields.push_back(field);
    trace.rejected = draft.rejected;
    for (const auto& rejection : not_taken_)
      if (sentences_[draft.sentence].span.contains(rejection.span) && rejection.span != draft.cue) trace.rejected.push_back(rejection);
    out.statements.push_back(std::move(statement));
    out.traces.push_back(std::move(trace));
  }
}

void extract_statements(const Article& article, const Analysis& analysis, const StatementRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const StatementKnowledge*>(&rules);
  if (!knowledge) return;
  StatementReader(article, analysis, *knowledge).read(out);
}

}  // namespace masudi
