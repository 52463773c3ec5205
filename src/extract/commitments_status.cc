// How an undertaking stands: status, who reports it, what restates it.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

namespace {
constexpr double restatement_share = 0.5;  // content words in common
}

const CommitmentReader::Entry* CommitmentReader::ended(Index s, Index i) const {
  const Tree& t = tree(s);
  const auto up = t.head(i);
  if (up && (t.has_relation(i, "obj") || t.has_relation(i, "nsubj:pass") || t.has_relation(i, "obl") || t.has_relation(i, "nmod")))
    if (const Entry* found = knowledge_.status.find("governor", tree(s).lemma(*up))) {
      for (const auto c : t.children(*up))  // "if it drops its plan": nobody has
        if (word(s, c).deprel == "mark" && knowledge_.blocks.find("mark", lower(s, c))) return nullptr;
      // "will keep its promise" has not kept it; "is abandoning plans" has dropped them.
      const bool past = (word(s, *up).xpos == "VBD" || word(s, *up).xpos == "VBN") && !modal(s, *up);
      if (past || found->value == "cancelled") return found;
    }
  return nullptr;
}

void CommitmentReader::set_status(Index s, Draft& draft) const {
  draft.record.status = draft.record.antecedent ? "conditional" : "active";
  if (draft.anchor == none) return;
  if (const Entry* end = ended(s, draft.anchor)) {
    draft.record.status = end->value;
    draft.trace.fields.push_back({"status", end->id, "the verb above it"});
  }
}

std::vector<std::string> CommitmentReader::sources_of(TextSpan at) const {
  std::vector<const Statement*> around;
  const auto size = [](const Statement& statement) {
    std::uint32_t bytes = 0;
    for (const auto piece : statement.content) bytes += piece.size();
    return bytes;
  };
  for (const auto& statement : out_.statements)
    if (std::any_of(statement.content.begin(), statement.content.end(), [&](TextSpan piece) { return piece.contains(at); }))
      around.push_back(&statement);
  std::stable_sort(around.begin(), around.end(), [&](const auto* a, const auto* b) { return size(*a) > size(*b); });
  std::vector<std::string> out;
  for (const auto* statement : around) out.push_back(statement->id);
  return out;
}

std::optional<std::string> CommitmentReader::earlier(const Commitment& commitment) const {
  const auto words = content_lemmas(commitment.consequent);
  for (const auto& old : out_.commitments) {
    const bool same_debtor = old.debtor.empty() || commitment.debtor.empty() || same_party(old.debtor.front(), commitment.debtor.front());
    if (!same_debtor || old.polarity != commitment.polarity) continue;
    const auto known_words = content_lemmas(old.consequent);
    std::size_t shared = 0;
    for (const auto& w : words) shared += known_words.count(w);
    const auto smaller = static_cast<double>(std::min(words.size(), known_words.size()));
    if (shared >= 2 && static_cast<double>(shared) >= restatement_share * smaller) return old.same_as ? old.same_as : std::optional(old.id);
  }
  return std::nullopt;
}

void CommitmentReader::drop_inner(std::vector<Draft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i)
    for (std::size_t j = 0; j < drafts.size(); ++j) {
      if (i == j || drafts[j].complement.head == none || drafts[i].complement.head == none) continue;
      Draft &outer = drafts[i], &inner = drafts[j];
      const bool same_deed = outer.complement.head == inner.complement.head;
      const bool chained = outer.complement.head == inner.anchor;
      if (!(same_deed ? outer.anchor < inner.anchor : chained)) continue;
      outer.trace.rejected.push_back({inner.record.provenance.rule, inner.record.anchor, "part of another undertaking"});
      if (outer.record.creditor.empty()) outer.record.creditor = inner.record.creditor;
      inner.complement.head = none;
    }
  std::erase_if(drafts, [](const Draft& draft) { return draft.complement.head == none; });
}

/// "If they close the strait, we will expel their envoys": an undertaking whose deed is read as a threat is one.
void CommitmentReader::find_threat(Index s, Draft& draft) const {
  if (draft.complement.head == none || draft.record.force == "threat") return;
  const TextSpan deed = word(s, draft.complement.head).span;
  for (const Event& event : out_.events)
    if (event.type == "THREATEN" && event.anchor.overlaps(deed)) {
      draft.record.force = "threat";
      draft.trace.fields.push_back({"force", event.provenance.rule, "threat"});
      return;
    }
}

void CommitmentReader::finish(Index s, Draft& draft) {
  Commitment& record = draft.record;
  record.id = "c" + std::to_string(out_.commitments.size() + 1);
  find_threat(s, draft);
  find_excludes(s, draft);
  set_status(s, draft);
  record.sources = sources_of(record.anchor);
  if (record.sources.empty()) record.sources = sources_of(record.consequent);
  record.same_as = agreement_ ? std::nullopt : earlier(record);  // stipulations of one text are distinct
  if (draft.clause) {
    record.agreement = "g1";
    record.clause = clause_name(*draft.clause);
  }
  Trace& trace = draft.trace;
  trace.record = record.id;
  trace.fields.push_back({"status", record.antecedent ? "commitment.condition" : "commitment.open", record.status});
  if (record.same_as) trace.fields.push_back({"same_as", "commitment.shared-words", *record.same_as});
  trace.rejected.insert(trace.rejected.end(), rejected_.begin(), rejected_.end());
  std::sort(trace.words.begin(), trace.words.end());
  trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
  out_.commitments.push_back(std::move(record));
  out_.traces.push_back(std::move(trace));
}

}  // namespace masudi
