// Words that commit, and whether what they say is an undertaking at all: not a forecast, a wish, a demand or a refusal.
#include <algorithm>

#include "commitments_reader.h"
#include "stems.h"

namespace masudi {

void CommitmentReader::read_word(Index s, Index i, std::vector<Draft>& drafts) {
  auto found = knowledge_.by_lemma.find(tree(s).lemma(i));
  if (found == knowledge_.by_lemma.end()) found = knowledge_.by_lemma.find(lower(s, i));
  // A lemma that the model got wrong ("pledge" of "pledges" is right, "vowe" of "vowed" is not): the stem of the form that the lexicon has.
  if (found == knowledge_.by_lemma.end() && word(s, i).upos == "VERB")
    for (const auto& stem : stems_of(lower(s, i)))
      if (found = knowledge_.by_lemma.find(stem); found != knowledge_.by_lemma.end()) break;
  if (found == knowledge_.by_lemma.end()) return;
  for (const CommitmentRow& row : found->second) {
    if (!pos_fits(row, s, i)) continue;
    Draft draft;
    draft.anchor = i;
    draft.sentence = s;
    if (agreement_) draft.clause = agreement_->clause_at(s, i);
    draft.record.anchor = word(s, i).span;
    draft.trace.sentence = s;
    draft.trace.words.push_back(i);
    if (take(row, s, draft)) {
      drafts.push_back(std::move(draft));
      return;
    }
  }
}

bool CommitmentReader::pos_fits(const CommitmentRow& row, Index s, Index i) const {
  const Word& w = word(s, i);
  if (row.pos == "verb") return is_verb(w) && w.deprel != "amod";
  if (row.pos == "noun") return w.upos == "NOUN" || w.upos == "PROPN";
  // "Set to", "scheduled to"; not "scheduling the talks to", "set the table to".
  if (row.pos == "adj") return w.upos == "ADJ" || (w.upos == "VERB" && w.xpos != "VBG" && !tree(s).child(i, "obj"));
  if (row.pos == "part") return w.upos == "PART" || w.upos == "ADP" || w.upos == "SCONJ";
  return w.upos == "AUX" || w.upos == "VERB";
}

bool CommitmentReader::blocked(std::string_view slot, Index s, Index i, TextSpan span, const std::string& reason) {
  const Entry* entry = knowledge_.blocks.find(slot, tree(s).lemma(i));
  if (!entry) entry = knowledge_.blocks.find(slot, lower(s, i));
  if (entry) reject(entry->id, span, reason + " (" + word(s, i).form + ")");
  return entry != nullptr;
}

bool CommitmentReader::unreal(Index s, Index i) {
  const Tree& t = tree(s);
  const TextSpan span = word(s, i).span;
  Index at = i;
  for (int step = 0; step < 3; ++step) {
    for (const auto c : t.children(at)) {
      if (c > i && c != at + 1) continue;
      if (t.has_relation(c, "advmod") && blocked("degree", s, c, span, "a habit, not an undertaking")) return true;
      if (t.has_relation(c, "aux") && blocked("modal", s, c, span, "only possible")) return true;
      if ((t.has_relation(c, "advmod") || t.has_relation(c, "det")) && blocked("negation", s, c, span, "negated")) return true;
      if (word(s, c).deprel == "mark" && blocked("mark", s, c, span, "only supposed")) return true;
    }
    const auto up = t.head(at);
    if (!up) return false;
    const bool complement = t.has_relation(at, "xcomp") || t.has_relation(at, "obj") || t.has_relation(at, "ccomp") || t.has_relation(at, "obl") ||
                            t.has_relation(at, "nsubj:pass") || t.has_relation(at, "nmod") || t.has_relation(at, "acl");
    if (!complement) return false;
    if (blocked("governor", s, *up, span, "asked of it, refused or only wished")) return true;
    if (!t.has_relation(at, "xcomp") && !t.has_relation(at, "obj")) return false;
    at = *up;
  }
  return false;
}

bool CommitmentReader::is_modal(const CommitmentRow& row) const {
  return row.frame == CommitmentFrame::modal || row.frame == CommitmentFrame::past || row.frame == CommitmentFrame::periphrasis;
}

bool CommitmentReader::forecast(Index s, Index head, TextSpan span) {
  const std::string reason = "a forecast or a state, not an undertaking";
  if (const auto particle = tree(s).child(head, "compound:prt"))
    if (const Entry* entry = knowledge_.blocks.find("verb", lemma_with_particle(tree(s), head))) {
      reject(entry->id, span, reason);
      return true;
    }
  if (blocked("verb", s, head, span, reason)) return true;
  return !tree(s).child(head, "obj") && !passive(s, head) && blocked("happens", s, head, span, reason);
}

bool CommitmentReader::take(const CommitmentRow& row, Index s, Draft& draft) {
  const Tree& t = tree(s);
  const Index i = draft.anchor;
  const auto complement = complement_of(row, s, i);
  if (!complement) return false;
  const TextSpan span = word(s, i).span;
  const Index head = complement->head;
  draft.complement = *complement;
  const Statement* inside = statement_at(word(s, head).span);
  if (is_modal(row)) {
    if (forecast(s, head, span)) return false;
    if (t.child(head, "csubj")) {
      reject("commitment.thing", span, "what a thing will do is a forecast");
      return false;
    }
    if (word(s, head).upos != "VERB" && !passive(s, head)) {
      reject("commitment.state", span, "a state, not an act");
      return false;
    }
    for (const auto c : t.children(head)) {
      if (c < head && t.has_relation(c, "advmod") && blocked("adverb", s, c, span, "only a forecast")) return false;
      if (c > i && c < head && t.has_relation(c, "aux") && blocked("perfect", s, c, span, "a past that did not come")) return false;
      if (c < i && word(s, c).deprel == "mark" && blocked("mark", s, c, span, "only supposed")) return false;
    }
    for (const auto c : t.children(i))
      if (c < i && word(s, c).deprel == "mark" && blocked("mark", s, c, span, "only supposed")) return false;
    for (Index k = i + 1; row.frame == CommitmentFrame::periphrasis && k < complement->first; ++k)
      if (word(s, k).upos == "ADV" && blocked("adverb", s, k, span, "not begun")) return false;
    if (row.frame == CommitmentFrame::periphrasis && word(s, i).upos == "AUX" && has_feature(word(s, i), "Tense=Past") && !inside) {
      reject("commitment.past-plan", span, "a plan of the past");
      return false;
    }
    if (question_or_relative(s, head, i)) {
      reject("commitment.relative", span, "a question, or words about a noun");
      return false;
    }
    if (const auto up = t.head(head); up && (t.has_relation(head, "ccomp") || t.has_relation(head, "advcl")))
      if (blocked("opinion", s, *up, span, "somebody's expectation")) return false;
    if (t.has_relation(head, "acl:relcl") || t.has_relation(head, "advcl")) {
      const auto subject = t.child(head, "nsubj");
      if (t.has_relation(head, "acl:relcl") && (!subject || word(s, *subject).upos == "PRON")) {
        reject("commitment.relative", span, "only describes a noun");
        return false;
      }
    }
    // "We thought we were going to win": of what is built with a verb of its own, that verb hangs under the opinion.
    if (const auto up = t.head(i); up && row.frame == CommitmentFrame::periphrasis && t.has_relation(i, "ccomp") && *up != head)
      if (blocked("opinion", s, *up, span, "somebody's expectation")) return false;
    if (inside && inside->cue && blocked_cue(*inside, span)) return false;
    if (inside && inside->stance == "denying") {
      reject("commitment.denied", span, "what the source denies");
      return false;
    }
    // "Won't voters come back?": a question, the auxiliary before its subject.
    if (const auto subject = t.child(head, "nsubj"); subject && row.frame == CommitmentFrame::modal && *subject > i && *subject < head) {
      reject("commitment.question", span, "asked, not said");
      return false;
    }
  } else if (unreal(s, i) && !ended(s, i)) {
    return false;
  } else if (row.frame == CommitmentFrame::headline && forecast(s, head, span)) {
    return false;
  } else if (row.pos == "adj" && blocked("verb", s, head, span, "a state or a feeling, not an undertaking")) {
    return false;
  } else if (row.pos == "noun" && only_welcomed(s, i)) {
    return false;
  } else if (only_a_fact(row, s, *complement)) {
    reject("commitment.fact", span, "told as a fact");
    return false;
  } else if (row.pos == "adj" && t.child(i, "compound:prt")) {
    reject("commitment.particle", span, "another verb: its particle");
    return false;
  } else if (row.frame == CommitmentFrame::object && row.force == "offer" && !measured(s, draft)) {
    reject("commitment.no-amount", span, "offers nothing that can be counted or given");
    return false;
  }
  if (row.frame == CommitmentFrame::past && !inside) {
    reject("commitment.unsaid", span, "no statement around it");
    return false;
  }
  if (!find_debtor(row, s, draft, inside)) return false;
  draft.record.polarity.assign(1, row.negative || negated(s, draft) ? '-' : '+');  // a character: g++ 12 at -O2 takes a literal here for an overlap
  fill_spans(row, s, draft);
  draft.record.force = row.force;
  find_quantity(s, draft);
  find_testable(s, draft);
  draft.record.confidence = row.confidence;
  draft.record.provenance.rule = row.id;
  draft.trace.fields.push_back({"anchor", row.id, row.force});
  return !draft.record.consequent.empty();
}

bool CommitmentReader::measured(Index s, Draft& draft) const {
  const Complement& complement = draft.complement;
  if (const Entry* offered = knowledge_.blocks.find("offered", tree(s).lemma(complement.head))) {
    draft.trace.fields.push_back({"consequent", offered->id, "can be given without an amount"});
    return true;
  }
  for (Index i = complement.first; i < complement.last; ++i)
    if (word(s, i).upos == "NUM" || word(s, i).upos == "SYM") return true;
  return false;
}

bool CommitmentReader::only_welcomed(Index s, Index noun) {
  const Tree& t = tree(s);
  const auto verb = t.head(noun);
  if (!verb || !t.has_relation(noun, "obj")) return false;
  for (const auto c : t.children(noun))  // "welcomed the plans of the government", "backs Labour plans": they are somebody's
    if (c < noun ? word(s, c).upos == "PROPN" || word(s, c).upos == "NOUN" || word(s, c).xpos == "PRP$" : t.has_relation(c, "nmod")) return false;
  return blocked("audience", s, *verb, word(s, noun).span, "what its subject only welcomes or fights");
}

bool CommitmentReader::question_or_relative(Index s, Index head, Index anchor) const {
  const Tree& t = tree(s);
  const auto is_wh = [&](Index i) {
    return word(s, i).xpos == "WDT" || word(s, i).xpos == "WP" || word(s, i).xpos == "WP$" || word(s, i).xpos == "WRB";
  };
  // "A government that did nothing and will set no limit": the relative pronoun is the first verb's.
  if (t.has_relation(head, "conj") && !t.child(head, "nsubj"))
    if (const auto up = t.head(head); up && t.has_relation(*up, "acl:relcl") && *up < anchor && question_or_relative(s, *up, *up)) return true;
  // "When the bill passes, ..." opens a clause of its own; here it stands inside the clause of the modal.
  for (const auto c : t.children(head)) {
    if (c >= anchor) continue;
    const bool subject = t.has_relation(c, "nsubj"), object = t.has_relation(c, "obj"),
               manner = t.has_relation(c, "advmod") || t.has_relation(c, "mark");
    if (is_wh(c) && (subject || object || manner)) return true;
    if (subject || object)
      for (const auto d : t.children(c))
        if (is_wh(d)) return true;
  }
  return false;
}

bool CommitmentReader::only_a_fact(const CommitmentRow& row, Index s, const Complement& complement) const {
  if (row.frame != CommitmentFrame::that) return false;
  const Tree& t = tree(s);
  bool modal_beside = false, past = has_feature(word(s, complement.head), "Tense=Past") && word(s, complement.head).xpos == "VBD";
  for (const auto c : t.children(complement.head)) {
    if (!t.has_relation(c, "aux") && !t.has_relation(c, "cop")) continue;
    modal_beside = modal_beside || word(s, c).xpos == "MD";
    past = past || word(s, c).xpos == "VBD";
  }
  if (modal_beside) return false;
  return past;
}

bool CommitmentReader::blocked_cue(const Statement& statement, TextSpan span) {
  for (Index s = 0; s < trees_.size(); ++s)
    if (analysis_.sentences[s].span.contains(*statement.cue))
      for (Index i = 0; i < tree(s).size(); ++i)
        if (statement.cue->contains(word(s, i).span) && blocked("opinion", s, i, span, "somebody's expectation")) return true;
  return false;
}

bool CommitmentReader::negated(Index s, Draft& draft) const {
  const Tree& t = tree(s);
  const auto says_no = [&](Index i) {
    const Entry* entry = knowledge_.blocks.find("negation", tree(s).lemma(i));
    if (!entry) entry = knowledge_.blocks.find("negation", lower(s, i));
    if (entry) draft.trace.fields.push_back({"polarity", entry->id, word(s, i).form});
    return entry != nullptr;
  };
  for (const auto c : t.children(draft.complement.head)) {
    if (c < draft.complement.head && t.has_relation(c, "advmod") && says_no(c)) return true;
    if (!t.has_relation(c, "nsubj")) continue;
    if (says_no(c)) return true;
    for (const auto d : t.children(c))
      if (t.has_relation(d, "det") && says_no(d)) return true;
  }
  // "We are not going to": the negation hangs on the word that commits.
  if (draft.anchor != none && draft.anchor != draft.complement.head && tree(s).lemma(draft.anchor) == "go")
    for (const auto c : t.children(draft.anchor))
      if (c < draft.anchor && t.has_relation(c, "advmod") && says_no(c)) return true;
  if (draft.anchor != none && draft.complement.first > 1 && draft.complement.first <= t.size())
    for (Index k = draft.complement.first; k-- > draft.anchor + 1;)
      if (says_no(k)) return true;
  const Entry* refrain = knowledge_.blocks.find("refrain", tree(s).lemma(draft.complement.head));
  if (refrain) draft.trace.fields.push_back({"polarity", refrain->id, word(s, draft.complement.head).form});
  return refrain != nullptr;
}

}  // namespace masudi
