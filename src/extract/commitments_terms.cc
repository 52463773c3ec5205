// The terms of an undertaking: what exactly, on what condition, by when.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

std::optional<CommitmentReader::Condition> CommitmentReader::find_condition(Index s, Index head) const {
  const Tree& t = tree(s);
  std::vector<Index> places{head};
  for (Index at = head; places.size() < 4;) {
    const auto up = t.head(at);
    if (!up || !(t.has_relation(at, "xcomp") || (t.has_relation(at, "conj") && !t.child(at, "nsubj")) || t.has_relation(at, "acl"))) break;
    places.push_back(at = *up);
  }
  for (const auto c : t.children(head))
    if ((t.has_relation(c, "conj") && !t.child(c, "nsubj") && !t.child(c, "aux")) || t.has_relation(c, "xcomp")) places.push_back(c);
  for (const auto place : places)
    for (const auto c : t.children(place)) {
      if (!t.has_relation(c, "advcl") && !t.has_relation(c, "obl") && !t.has_relation(c, "advmod") && !t.has_relation(c, "ccomp") &&
          !t.has_relation(c, "parataxis"))
        continue;
      const auto extent = t.extent(c);
      if (extent.first <= head && head < extent.last) continue;
      // The conjunction is one of the clause's first words: "if", "just as soon as", "provided that".
      std::string phrase;
      const Entry* entry = nullptr;
      Index after = extent.first;
      for (Index k = extent.first; k < std::min(extent.last, extent.first + 5); ++k) {
        for (Index from = extent.first; from <= k && !entry; ++from) {
          phrase.clear();
          for (Index m = from; m <= k; ++m) phrase += (phrase.empty() ? "" : "_") + lower(s, m);
          const auto found = knowledge_.conditions.find(phrase);
          if (found != knowledge_.conditions.end()) entry = &found->second, after = found->second.value == "keep" ? from : k + 1;
        }
        if (entry) break;
      }
      if (!entry || after >= extent.last) continue;
      Condition out{c, after, extent.last, entry->id};
      while (out.first < out.last && word(s, out.first).upos == "PUNCT") ++out.first;
      while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
      if (out.first < out.last) return out;
    }
  return std::nullopt;
}

TextSpan CommitmentReader::words_span(Index s, Index first, Index last) const {
  if (first >= last) return {};
  return {word(s, first).span.begin, word(s, last - 1).span.end};
}

void CommitmentReader::fill_spans(const CommitmentRow& row, Index s, Draft& draft) {
  const Tree& t = tree(s);
  Complement& c = draft.complement;
  if (c.whole_clause && is_modal(row)) {
    const auto subject = t.child(c.head, "nsubj");
    if (subject && t.extent(*subject).first < c.first) c.first = t.extent(*subject).first;
    while (c.first < c.last && (word(s, c.first).upos == "PUNCT" || word(s, c.first).upos == "CCONJ")) ++c.first;
  }
  const auto condition = find_condition(s, c.head);
  if (condition) {
    draft.record.antecedent = words_span(s, condition->first, condition->last);
    draft.trace.fields.push_back({"antecedent", condition->rule, std::string(text(*draft.record.antecedent))});
    const auto extent = t.extent(condition->head);
    if (extent.first > c.head && extent.first < c.last) c.last = extent.first;
    if (extent.last <= c.head && extent.first <= c.first && extent.last > c.first) c.first = extent.last;
    while (c.last > c.first && word(s, c.last - 1).upos == "PUNCT") --c.last;
    while (c.first < c.last && word(s, c.first).upos == "PUNCT") ++c.first;
  }
  draft.record.consequent = words_span(s, c.first, c.last);
  draft.trace.words.push_back(c.head);
  find_deadline(s, draft, condition);
}

void CommitmentReader::find_deadline(Index s, Draft& draft, const std::optional<Condition>& condition) const {
  const Tree& t = tree(s);
  const Complement& c = draft.complement;
  int best = 0;
  for (const auto& interval : analysis_.resolution.intervals) {
    if (interval.sentence != s || interval.first >= t.size()) continue;
    if (condition && interval.first >= condition->first && interval.first < condition->last) continue;
    int close = 0;
    Index at = interval.first;
    for (Index steps = 0; steps < t.size(); ++steps) {
      if (at == c.head) {
        close = 3;
        break;
      }
      if (t.has_relation(at, "acl:relcl")) break;
      const auto up = t.head(at);
      if (!up) break;
      if (at == draft.anchor || *up == draft.anchor) {
        // A past verb's own time is when it was promised, not when it is due.
        if (*up == draft.anchor && interval.first > draft.anchor && interval.first < c.first) break;
        close = word(s, draft.anchor).upos == "AUX" || interval.first > c.head ? 2 : 0;
        break;
      }
      at = *up;
    }
    if (close == 0 && interval.first >= c.first && interval.first < c.last) close = 1;
    if (close <= best) continue;
    const auto deadline = deadline_for(article_, analysis_, s, interval.timex);
    if (!deadline) continue;
    best = close;
    draft.record.deadline = deadline->range;
    std::erase_if(draft.trace.fields, [](const auto& field) { return field.field == "deadline"; });
    draft.trace.fields.push_back({"deadline", deadline->rule, to_iso(deadline->range.end)});
  }
}

}  // namespace masudi
