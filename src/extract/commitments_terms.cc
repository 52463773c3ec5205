// The terms of an undertaking: what exactly, on what condition, by when.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

std::string CommitmentReader::joined(Index s, Index first, Index last) const {
  std::string out(lower(s, first));
  for (Index i = first + 1; i < last; ++i) (out += '_') += lower(s, i);
  return out;
}

const CommitmentKnowledge::ConditionRow* CommitmentReader::condition_row(Index s, Index from, Index last, Index& length) const {
  constexpr Index longest = 6;
  const CommitmentKnowledge::ConditionRow* out = nullptr;
  for (Index k = from; k < std::min(last, from + longest); ++k) {
    const auto found = knowledge_.conditions.find(joined(s, from, k + 1));
    if (found != knowledge_.conditions.end()) out = &found->second, length = k + 1 - from;
  }
  return out;
}

std::optional<CommitmentReader::Condition> CommitmentReader::find_condition(Index s, const Complement& complement, bool negative) const {
  constexpr Index opening = 5;  // words in which the conjunction stands: "just as soon as"
  const Tree& t = tree(s);
  const Index head = complement.head;
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
      if (t.has_relation(c, "nsubj") || t.has_relation(c, "obj") || t.has_relation(c, "conj") || t.has_relation(c, "aux")) continue;
      const auto extent = t.extent(c);
      if (extent.first <= head && head < extent.last) continue;
      const CommitmentKnowledge::ConditionRow* row = nullptr;
      Index length = 0, from = extent.first;
      for (; from < std::min(extent.last, extent.first + opening) && !row; ++from) row = condition_row(s, from, extent.last, length);
      if (!row) continue;
      --from;
      if (row->kept == "previous" || (row->kept == "negative" && !negative)) continue;
      if (row->kept == "inverted" && (from != extent.first || word(s, from).upos != "AUX")) continue;
      if (!row->heads.empty() && std::find(row->heads.begin(), row->heads.end(), tree(s).lemma(c)) == row->heads.end()) continue;
      const bool keep = row->kept == "keep" || row->kept == "negative";
      Condition out{c, keep ? from : from + length, extent.last, row->id, {}, false};
      while (out.first < out.last && word(s, out.first).upos == "PUNCT") ++out.first;
      while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
      if (out.first < out.last) return out;
    }
  return condition_by_order(s, complement, negative);
}

std::optional<CommitmentReader::Condition> CommitmentReader::condition_by_order(Index s, const Complement& complement, bool negative) const {
  const Tree& t = tree(s);
  const auto take = [&](Index from, Index last) -> std::optional<Condition> {
    Index length = 0;
    const auto* row = condition_row(s, from, last, length);
    if (!row || row->kept == "previous" || (row->kept == "negative" && !negative)) return std::nullopt;
    if (row->kept == "inverted" && word(s, from).upos != "AUX") return std::nullopt;
    const bool keep = row->kept == "keep" || row->kept == "negative";
    Condition out{none, keep ? from : from + length, last, row->id, {}, false};
    if (!row->heads.empty()) {
      const bool named = std::any_of(row->heads.begin(), row->heads.end(), [&](const std::string& lemma) {
        for (Index k = out.first; k < last; ++k)
          if (tree(s).lemma(k) == lemma) return true;
        return false;
      });
      if (!named) return std::nullopt;
    }
    while (out.first < out.last && word(s, out.first).upos == "PUNCT") ++out.first;
    while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
    return out.first < out.last ? std::optional(out) : std::nullopt;
  };
  // "If X, (somebody) will": up to the last comma before the subject of the deed.
  Index begin = 0, subject_first = complement.first;
  if (const auto subject = t.child(complement.head, "nsubj")) subject_first = std::min(subject_first, t.extent(*subject).first);
  if (agreement_)
    if (const Clause* clause = agreement_->clause_at(s, complement.head)) begin = clause->first;
  while (begin < subject_first && (word(s, begin).upos == "PUNCT" || word(s, begin).upos == "CCONJ")) ++begin;
  for (Index comma = subject_first; comma-- > begin + 1;)
    if (word(s, comma).form == ",")
      if (auto out = take(begin, comma)) return out;
  // "... unless X": behind the verb, to the end of what belongs to it.
  for (Index k = complement.head + 1; k < complement.last; ++k) {
    if (word(s, k).upos != "SCONJ" && word(s, k).upos != "ADP" && word(s, k).upos != "VERB") continue;
    if (auto out = take(k, complement.last)) {
      const auto up = t.head(k);  // "whether", an inner clause of a noun: only what hangs on the deed
      if (up && t.has_relation(k, "mark")) {
        const auto above = t.head(*up);
        if (above && *above != complement.head && !t.has_relation(*above, "xcomp") && !t.has_relation(*above, "conj") &&
            !t.has_relation(*above, "obj"))
          continue;
        out->last = std::min(out->last, std::max(t.extent(*up).last, out->first + 1));
      }
      return out;
    }
  }
  // "Norway will send soldiers, she said on Tuesday, provided that ...": behind the words of who says it.
  if (const auto says = t.head(complement.head); says && *says >= complement.last && t.has_relation(complement.head, "ccomp"))
    for (Index comma = *says + 1; comma + 1 < t.size(); ++comma)
      if (word(s, comma).form == ",")
        if (auto out = take(comma + 1, t.size())) return out;
  return std::nullopt;
}

std::optional<CommitmentReader::Condition> CommitmentReader::condition_before(Index s) const {
  if (s == 0) return std::nullopt;
  Index begin = 0, length = 0;
  if (agreement_)
    if (const Clause* clause = agreement_->clause_at(s, 0)) begin = clause->first;
  const auto* row = condition_row(s, begin, tree(s).size(), length);
  if (!row || row->kept != "previous") return std::nullopt;
  const Index before = s - 1;
  Index first = 0;
  if (agreement_)
    for (const Clause& clause : agreement_->clauses)
      if (clause.sentence == before) first = clause.first;
  for (Index comma = first + 1; comma < tree(before).size(); ++comma) {
    if (word(before, comma).form != ",") continue;
    Index words = 0;
    const auto* opens = condition_row(before, first, comma, words);
    if (!opens || opens->kept == "previous") return std::nullopt;
    Condition out{none, 0, 0, row->id + " " + opens->id, words_span(before, opens->kept == "keep" ? first : first + words, comma), true};
    return out.span.empty() ? std::nullopt : std::optional(out);
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
  auto condition = find_condition(s, c, draft.record.polarity == "-");
  if (!condition) {
    if (const auto before = condition_before(s)) {
      draft.record.antecedent = before->span;
      draft.trace.fields.push_back({"antecedent", before->rule, std::string(text(before->span))});
    }
  } else {
    draft.record.antecedent = words_span(s, condition->first, condition->last);
    draft.trace.fields.push_back({"antecedent", condition->rule, std::string(text(*draft.record.antecedent))});
    const auto extent = condition->head == none ? Tree::Extent{condition->first, condition->last} : t.extent(condition->head);
    if (extent.first > c.head && extent.first < c.last) c.last = extent.first;
    if (extent.last <= c.head && extent.first <= c.first && extent.last > c.first) c.first = extent.last;
    // The conjunction that is not quoted with it.
    Index length = 0;
    for (Index k = c.first; k < c.last; ++k)
      if (const auto* opening = condition_row(s, k, c.last, length); opening && k + length == c.last) c.last = k;
    while (c.last > c.first && word(s, c.last - 1).upos == "PUNCT") --c.last;
    while (c.first < c.last && word(s, c.first).upos == "PUNCT") ++c.first;
  }
  draft.record.consequent = words_span(s, c.first, c.last);
  draft.trace.words.push_back(c.head);
  find_deadline(s, draft, condition);
}

std::optional<Deadline> CommitmentReader::deadline_of(Index s, const TimeInterval& interval) const {
  constexpr Index event_reach = 7;  // words between the preposition and the noun of the event
  const Timex& timex = analysis_.resolution.timexes[interval.timex];
  const auto& words = knowledge_.agreements;
  if (timex.type == "DURATION" && interval.last < tree(s).size() && words.find("counted_from", lower(s, interval.last)))
    for (Index k = interval.last + 1; k < std::min(tree(s).size(), interval.last + event_reach); ++k) {
      const Word& w = word(s, k);
      if (w.upos != "NOUN" && w.upos != "PROPN") continue;
      const std::string_view lemma = tree(s).lemma(k);
      const bool signature = words.find("signature", lemma) != nullptr, force = words.find("force", lemma) != nullptr;
      if (!agreement_ || (!signature && !force)) return std::nullopt;  // it counts from an event whose day nobody knows
      const auto from = signature ? agreement_->signed_on : agreement_->in_force;
      if (!from || !article_.published) return std::nullopt;
      const auto last = day_after(*from, timex.value);
      if (!last) return std::nullopt;
      return Deadline{{*article_.published, *last},
                      std::string(signature ? "deadline.after-signature " : "deadline.after-entry-into-force ") +
                          *words.find(signature ? "signature" : "force", lemma) + " " + *words.find("counted_from", lower(s, interval.last)),
                      interval.timex};
    }
  return deadline_for(article_, analysis_, s, interval.timex);
}

void CommitmentReader::find_quantity(Index s, Draft& draft) const {
  const Tree& t = tree(s);
  const TextSpan inside = draft.record.consequent;
  const auto in_time = [&](Index i) {
    return std::any_of(analysis_.resolution.timexes.begin(), analysis_.resolution.timexes.end(),
                       [&](const Timex& timex) { return timex.span.overlaps(word(s, i).span); });
  };
  for (Index i = 0; i < t.size(); ++i) {
    if (word(s, i).upos != "NUM" || !inside.contains(word(s, i).span) || in_time(i)) continue;
    Index first = i, last = i + 1;
    while (first > 0 && (word(s, first - 1).upos == "SYM" || word(s, first - 1).upos == "NUM")) --first;
    if (const auto up = t.head(i); up && t.has_relation(i, "nummod") && *up > i && *up < i + 6) last = *up + 1;
    while (last < t.size() && (word(s, last).upos == "NUM" || word(s, last).xpos == "NN%" || word(s, last).form == "%")) ++last;
    TextSpan span = words_span(s, first, last);
    if (!inside.contains(span)) span = words_span(s, i, i + 1);
    const bool counted = std::any_of(draft.record.quantity.begin(), draft.record.quantity.end(), [&](TextSpan old) { return old.overlaps(span); });
    if (!counted) draft.record.quantity.push_back(span);
  }
}

void CommitmentReader::find_testable(Index s, Draft& draft) const {
  const Tree& t = tree(s);
  const bool measured = !draft.record.quantity.empty() || draft.record.deadline;
  // "Review, revive and relaunch the service": one deed that can be told makes the whole one that can.
  std::vector<Index> deeds{draft.complement.head};
  for (std::size_t at = 0; at < deeds.size() && deeds.size() <= t.size(); ++at)
    for (const auto c : t.children(deeds[at]))
      if (c > deeds[at] && c < draft.complement.last && t.has_relation(c, "conj") && word(s, c).upos == "VERB" && !t.child(c, "nsubj"))
        deeds.push_back(c);
  const Entry* first = nullptr;
  for (const auto deed : deeds) {
    auto object = t.child(deed, "obj");
    if (!object) object = t.child(deed, "nsubj:pass");
    const std::string_view object_lemma = object ? t.lemma(*object) : std::string_view();
    const Entry* entry = nullptr;
    for (const std::string_view kind : {"effort", "vague", "endless", "object"}) {
      const Entry* found = knowledge_.vague.find(kind, kind == "object" ? object_lemma : t.lemma(deed));
      if (!found || (kind != "effort" && measured) || (kind == "endless" && draft.record.polarity == "-")) continue;
      if (kind == "object" &&
          std::any_of(t.children(*object).begin(), t.children(*object).end(), [&](Index c) { return word(s, c).upos == "PROPN"; }))
        continue;  // "the Clean Water Initiative"
      entry = found;
      break;
    }
    if (!entry) return;
    if (!first) first = entry;
  }
  draft.record.not_testable = first->value;
  draft.trace.fields.push_back({"not_testable", first->id, first->value});
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
    const auto deadline = deadline_of(s, interval);
    if (!deadline) continue;
    best = close;
    draft.record.deadline = deadline->range;
    draft.record.deadline_rule = deadline->rule;
    draft.record.deadline_words = analysis_.resolution.timexes[interval.timex].span;
    std::erase_if(draft.trace.fields, [](const auto& field) { return field.field == "deadline"; });
    draft.trace.fields.push_back({"deadline", deadline->rule, to_iso(deadline->range.end)});
  }
}

}  // namespace masudi
