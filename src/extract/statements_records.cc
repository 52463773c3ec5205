// Drafts written down as records: kind, parent, what is told of an unnamed source, the chain, and the trace of each field.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

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
    const Quotation* around = quotation_over(piece.begin);
    if (around && around->span.begin < piece.begin && around == quotation_over(draft.cue.begin))
      for (const auto& q : quotations_) {
        if (q.depth != around->depth + 1 || !piece.contains(q.span) || is_name(q)) continue;
        any = true;
        if (rule.empty()) rule = knowledge_.marks[q.mark].rule;
        if (!no_words(between(at, std::max(at, q.span.begin)))) outside = true;
        at = std::max(at, q.span.end);
      }
    if (!no_words(between(at, piece.end))) outside = true;
  }
  if (!any) return "indirect";
  return outside ? "mixed" : "direct";
}

std::vector<std::size_t> StatementReader::parents() const {
  constexpr auto root = SIZE_MAX;
  std::vector<std::size_t> out(drafts_.size(), root);
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    std::uint32_t smallest = UINT32_MAX;
    for (std::size_t k = 0; k < drafts_.size(); ++k) {
      if (k == i || !covers(drafts_[k], drafts_[i].cue)) continue;
      if (covers(drafts_[i], drafts_[k].cue) && k > i) continue;
      std::uint32_t bytes = 0;
      for (const auto& piece : drafts_[k].content) bytes += piece.size();
      if (bytes >= smallest) continue;
      smallest = bytes;
      out[i] = k;
    }
  }
  // A ring of statements that stand in one another has no outermost one: it is cut where it is entered.
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::size_t at = out[i];
    for (std::size_t steps = 0; at != root && steps <= out.size(); ++steps) {
      if (at == i || steps == out.size()) {
        out[i] = root;
        break;
      }
      at = out[at];
    }
  }
  return out;
}

std::vector<const Reticence*> StatementReader::reasons(const std::vector<Reticence>& all, const std::vector<Statement>& statements) const {
  std::vector<const Reticence*> out(drafts_.size(), nullptr);
  const auto same_source = [&](std::size_t a, std::size_t b) {
    const Speaker x = drafts_[a].source, y = drafts_[b].source;
    if (x.sentence == y.sentence && x.word == y.word) return true;
    const Mention *first = mention_at(x), *second = mention_at(y);
    if (first && second && first->cluster == second->cluster) return true;
    // "The official" is the official before.
    return y.sentence > x.sentence && is_definite(y) && !is_plural(y) && lemma(x.sentence, x.word) == lemma(y.sentence, y.word);
  };
  for (const auto& reticence : all) {
    // The unnamed source of the same sentence that stands nearest before the words; else the last one of the two sentences before.
    std::size_t nearest = SIZE_MAX;
    std::uint64_t best = UINT64_MAX;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (statements[i].anonymity != "anonymous") continue;
      const Speaker source = drafts_[i].source;
      if (source.sentence > reticence.sentence || source.sentence + 2 < reticence.sentence) continue;
      const std::uint32_t at = word(source.sentence, source.word).span.begin;
      const std::uint64_t behind = source.sentence == reticence.sentence ? 0 : (reticence.sentence - source.sentence) * 100000ULL;
      const std::uint64_t distance = behind + (at < reticence.span.begin ? reticence.span.begin - at : 2ULL * (at - reticence.span.begin));
      if (distance < best) {
        best = distance;
        nearest = i;
      }
    }
    if (nearest == SIZE_MAX) continue;
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      if (!out[i] && statements[i].anonymity == "anonymous" && same_source(nearest, i)) out[i] = &reticence;
  }
  return out;
}

std::string StatementReader::label(const Statement& statement) const {
  const auto words = [&](TextSpan span) {
    std::string out(article_.slice(span));
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  };
  std::string out = statement.source.name.value_or(words(statement.source.text));
  if (!statement.source.name)
    for (const std::string_view article : {"a ", "an ", "the ", "A ", "An ", "The "})
      if (out.starts_with(article)) {
        out.erase(0, article.size());
        break;
      }
  if (statement.speaks_for) {
    const std::string principal = statement.speaks_for->name.value_or(words(statement.speaks_for->text));
    if (out.find(principal) == std::string::npos) out += " for " + principal;
  }
  if (statement.anonymity == "anonymous")
    out += statement.unnamed && statement.unnamed->reason ? " (anonymous: " + words(*statement.unnamed->reason) + ")" : " (anonymous)";
  if (statement.via) out = words(*statement.via) + " <- " + out;
  return out;
}

void StatementReader::finish(Extraction& out) {
  for (auto& draft : drafts_) draft.content = pieces_of(draft.content);
  drafts_.erase(std::remove_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.content.empty(); }), drafts_.end());
  std::stable_sort(drafts_.begin(), drafts_.end(),
                   [](const Draft& a, const Draft& b) { return first_of(a) != first_of(b) ? first_of(a) < first_of(b) : a.cue.begin < b.cue.begin; });
  const std::vector<std::size_t> above = parents();
  std::vector<Statement> statements(drafts_.size());
  std::vector<Trace> traces(drafts_.size());
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    Statement& statement = statements[i];
    Trace& trace = traces[i];
    const auto why = [&](const char* field, std::string rule, std::string note) {
      trace.fields.push_back({field, std::move(rule), std::move(note)});
    };
    const auto told = [&](const char* field) {
      return std::any_of(draft.fields.begin(), draft.fields.end(), [&](const Trace::Field& f) { return f.field == field; });
    };
    trace.record = statement.id = "s" + std::to_string(i + 1);
    trace.sentence = draft.sentence;
    trace.words = draft.words;
    std::sort(trace.words.begin(), trace.words.end());
    trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());

    SourceClass known;
    statement.source = entity_of(draft.source, known);
    statement.anonymity = known.anonymity;
    if (!draft.cue.empty()) statement.cue = draft.cue;
    statement.content = draft.content;
    std::string mark, principal;
    statement.kind = kind_of(draft, mark);
    statement.stance = draft.row ? draft.row->stance : "neutral";
    statement.certainty = draft.row ? draft.row->certainty : "stated";
    statement.via = draft.via;
    statement.speaks_for = principal_of(draft.source, principal);
    if (statement.anonymity == "anonymous") statement.unnamed = unnamed_of(draft.source);
    if (above[i] != SIZE_MAX) statement.parent = "s" + std::to_string(above[i] + 1);
    statement.confidence = draft.confidence;
    statement.provenance.rule = draft.rule;

    why("cue", draft.rule, "");
    if (!told("source")) why("source", "statement.subject", "who does what the cue says");
    why("anonymity", known.rule, known.anonymity);
    if (statement.speaks_for) why("speaks_for", principal, "whose or for whom such a person speaks");
    if (!told("content")) why("content", draft.rule, "where the cue's frame has it");
    why("kind", mark.empty() ? "statement.no_marks" : mark, statement.kind);
    why("stance", draft.rule, statement.stance);
    why("certainty", draft.rule, statement.certainty);
    if (statement.parent) why("parent", "statement.inside", "its cue stands in the content of " + *statement.parent);
    for (const auto& field : draft.fields) trace.fields.push_back(field);
    trace.rejected = draft.rejected;
    for (const auto& rejection : not_taken_)
      if (sentences_[draft.sentence].span.contains(rejection.span) && rejection.span != draft.cue) trace.rejected.push_back(rejection);
  }
  const std::vector<Reticence> reticent = reticences();
  const auto because = reasons(reticent, statements);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!because[i]) continue;
    statements[i].unnamed->reason = because[i]->span;
    traces[i].fields.push_back({"unnamed", because[i]->rule, "why they are not named"});
  }
  for (std::size_t i = 0; i < statements.size(); ++i) {
    std::string chain = label(statements[i]);
    for (std::size_t up = above[i]; up != SIZE_MAX; up = above[up]) chain = label(statements[up]) + " <- " + chain;
    statements[i].chain = article_.outlet.value_or("the article") + " <- " + chain;
  }
  std::move(statements.begin(), statements.end(), std::back_inserter(out.statements));
  std::move(traces.begin(), traces.end(), std::back_inserter(out.traces));
}

}  // namespace masudi
