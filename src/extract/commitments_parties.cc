// Who owes an undertaking, and to whom.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

namespace {
constexpr int party_depth = 2;  // how far into a noun phrase a party is looked for
}

const Statement* CommitmentReader::statement_at(TextSpan at) const {
  const Statement* best = nullptr;
  std::uint32_t smallest = UINT32_MAX;
  for (const auto& statement : out_.statements) {
    std::uint32_t size = 0;
    bool holds = false;
    for (const auto piece : statement.content) {
      size += piece.size();
      holds = holds || piece.contains(at);
    }
    if (holds && size < smallest) smallest = size, best = &statement;
  }
  return best;
}

bool CommitmentReader::quoted(TextSpan at) const {
  return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.span.contains(at); });
}

std::vector<Entity> CommitmentReader::parties(Index s, Index i, int depth) const {
  auto out = parties_at(article_, analysis_, s, i);
  if (!out.empty() || depth >= party_depth) return out;
  const Tree& t = tree(s);
  for (const auto c : t.children(i)) {
    const bool inside = t.has_relation(c, "nmod") || t.has_relation(c, "compound") || word(s, c).deprel == "amod";
    if (!inside) continue;
    out = parties(s, c, depth + 1);
    if (!out.empty()) return out;
  }
  return out;
}

bool CommitmentReader::same_party(const Entity& a, const Entity& b) {
  if (a.name && b.name && *a.name == *b.name) return true;
  return a.country && b.country && *a.country == *b.country;
}

void CommitmentReader::add(std::vector<Entity>& out, const std::vector<Entity>& more) const {
  for (const auto& entity : more)
    if (std::none_of(out.begin(), out.end(), [&](const Entity& e) { return e.text == entity.text && e.name == entity.name; })) out.push_back(entity);
}

bool CommitmentReader::find_debtor(const CommitmentRow& row, Index s, Draft& draft, const Statement* inside) {
  const Tree& t = tree(s);
  const Index i = draft.anchor;
  const TextSpan span = word(s, i).span;
  std::vector<Index> subjects;
  bool is_passive = false;
  if (row.frame == CommitmentFrame::headline) {
    subjects.push_back(i - 1);
  } else {
    const Index predicate = is_modal(row) && row.frame != CommitmentFrame::periphrasis ? draft.complement.head : i;
    const Arguments arguments = arguments_of(t, predicate);
    is_passive = is_modal(row) && arguments.passive;
    subjects = arguments.passive && !is_modal(row) && row.pos != "noun" ? t.children_of(i, "nsubj") : arguments.subjects;
    if (row.pos == "adj" && subjects.empty()) subjects = t.children_of(i, "nsubj");
    if (row.mutual)
      for (const auto& oblique : arguments.obliques)
        if (lower(s, oblique.preposition) == "with") subjects.push_back(oblique.word);
  }
  std::vector<Entity>& debtor = draft.record.debtor;
  bool whole = draft.complement.whole_clause;
  for (const auto subject : subjects) {
    const Word& w = word(s, subject);
    draft.trace.words.push_back(subject);
    if (inside && w.upos == "PRON" && has_feature(w, "Person=1")) {
      Entity speaker = inside->source;
      speaker.text = w.span;
      add(debtor, {speaker});
      draft.trace.fields.push_back({"debtor", "commitment.speaker", "the first person of a quotation is its source"});
      continue;
    }
    auto found = parties_at(article_, analysis_, s, subject);
    if (found.empty() && !is_modal(row)) found = parties(s, subject);
    add(debtor, found);
  }
  if (!debtor.empty()) draft.trace.fields.push_back({"debtor", row.id, "who does it"});
  if (is_modal(row)) {
    const bool person = !subjects.empty() && has_person(word(s, subjects.front()));
    whole = is_passive || (debtor.empty() && !person);
    if (debtor.empty()) {
      if (!inside || !known(inside->source) || inside->source.sector == "MED") {
        reject("commitment.no-party", span, "nobody who could owe it");
        return false;
      }
      debtor.push_back(inside->source);
      draft.trace.fields.push_back({"debtor", "commitment.source", "what the source says will be done is its own to do"});
    } else if (inside && known(inside->source) && inside->source.sector != "MED" && inside->anonymity != "anonymous") {
      // What one party says another will do is a forecast or a demand, unless they are of one country.
      const bool own = std::any_of(debtor.begin(), debtor.end(), [&](const Entity& e) { return same_party(e, inside->source) || !known(e); });
      if (!own && inside->source.country && debtor.front().country) {
        reject("commitment.other-party", span, "said of another party");
        return false;
      }
    } else if (!inside && std::none_of(debtor.begin(), debtor.end(), known)) {
      reject("commitment.no-party", span, "nobody known who could owe it");
      return false;
    }
    if (quoted(span) && row.frame == CommitmentFrame::past && !find_condition(s, draft.complement.head)) {
      reject("commitment.wish", span, "would in a quotation is a wish or a supposition");
      return false;
    }
  } else if (debtor.empty() && row.pos != "noun") {
    if (!inside || !known(inside->source)) {
      reject("commitment.no-party", span, "nobody who could owe it");
      return false;
    }
    debtor.push_back(inside->source);
    draft.trace.fields.push_back({"debtor", "commitment.source", "the source of the statement"});
  }
  draft.complement.whole_clause = whole;
  find_creditor(s, draft);
  return true;
}

void CommitmentReader::find_creditor(Index s, Draft& draft) {
  const Tree& t = tree(s);
  const auto take_slot = [&](std::string_view slot, Index predicate, Index filler) {
    const Entry* entry = CommitmentKnowledge::find(knowledge_.creditors, slot, lemma_of(word(s, predicate)));
    if (!entry) return;
    if (!entry->value.empty()) {
      const auto preposition = case_of(t, filler);
      const auto allowed = split_cell(entry->value);
      if (!preposition || std::find(allowed.begin(), allowed.end(), lower(s, *preposition)) == allowed.end()) return;
    }
    const auto found = parties_at(article_, analysis_, s, filler);
    if (found.empty()) return;
    add(draft.record.creditor, found);
    draft.trace.words.push_back(filler);
    draft.trace.fields.push_back({"creditor", entry->id, word(s, filler).form});
  };
  for (const auto c : t.children(draft.anchor)) {
    if (t.has_relation(c, "iobj") || t.has_relation(c, "obj")) take_slot("anchor_object", draft.anchor, c);
    if (t.has_relation(c, "obl") || t.has_relation(c, "nmod")) take_slot("anchor_oblique", draft.anchor, c);
  }
  const Index head = draft.complement.head;
  for (const auto c : t.children(head)) {
    if (word(s, c).deprel == "iobj") take_slot("deed_indirect", head, c);
    if (word(s, c).deprel == "obj" && !t.child(head, "iobj")) take_slot("deed_object", head, c);
    if (t.has_relation(c, "obl")) take_slot("deed_oblique", head, c);
  }
  std::erase_if(draft.record.creditor, [&](const Entity& entity) {
    return std::any_of(draft.record.debtor.begin(), draft.record.debtor.end(), [&](const Entity& e) { return e.text == entity.text; });
  });
}

}  // namespace masudi
