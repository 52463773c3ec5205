// Stipulations of an agreement text: who its parties are, items under a common lead-in, the agreement as a parent record.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

std::vector<Entity> CommitmentReader::agreement_party(Index s, Index i, std::string& rule) const {
  std::vector<Entity> out;
  if (!agreement_) return out;
  rule = agreement_->rule;
  const Tree& t = tree(s);
  const auto& words = knowledge_.agreements;
  for (const auto conjunct : t.conjuncts(i)) {
    const std::string_view lemma = t.lemma(conjunct), form = t.lower(conjunct);
    const TextSpan phrase = noun_phrase(tree(s), conjunct);
    const bool plural = word(s, conjunct).xpos == "NNS" || word(s, conjunct).xpos == "NNPS" || has_feature(word(s, conjunct), "Number=Plur");
    const auto with_words = [&](const std::vector<Entity>& parties) {
      for (Entity party : parties) {
        party.text = phrase;
        add(out, {party});
      }
    };
    // A defined term: its last word is the noun. Of several with that word ("the Kenyan Side", "the Ugandan Side") the one whose words stand here.
    const std::vector<Entity>* defined = nullptr;
    bool whole = false;
    const std::string here = ascii_lower(text(phrase));
    for (const auto& [term, parties] : agreement_->terms) {
      const auto blank = term.rfind(' ');
      const std::string_view last = blank == std::string::npos ? std::string_view(term) : std::string_view(term).substr(blank + 1);
      if (last != form && last != lemma) continue;
      const bool stands = here.find(term) != std::string::npos;
      if (defined && !stands) continue;
      if (!defined || !whole) defined = &parties;
      whole = whole || stands;
    }
    // "Each Side", where a term ends in that word, is all of them.
    if (defined && !whole && (words.find("collective", lemma) || words.find("collective", form))) defined = nullptr;
    if (defined) {
      with_words(*defined);
      continue;
    }
    // "Third countries", "any party to the conflict" are others; "the Parties to this Agreement" are not.
    const bool other = std::any_of(t.children(conjunct).begin(), t.children(conjunct).end(), [&](Index c) {
      return word(s, c).upos == "ADJ" || (t.has_relation(c, "nmod") && c > conjunct && !words.find("title", tree(s).lemma(c)));
    });
    const std::string* all = other ? nullptr : words.find("collective", lemma);
    if (!other && !all && plural) all = words.find("collective_plural", lemma);
    if (all) {
      rule = *all;
      with_words(agreement_->parties);
      continue;
    }
    for (const auto c : t.children(conjunct))  // "members of the Federation"
      if (t.has_relation(c, "nmod") && c > conjunct)
        for (const auto& [term, parties] : agreement_->terms)
          if (term == lower(s, c)) with_words(parties);
  }
  return out;
}

std::optional<Entity> CommitmentReader::agreement_body(Index s, Index i, std::string& rule) const {
  const std::string* row = knowledge_.agreements.find("body", tree(s).lemma(i));
  if (!row) return std::nullopt;
  rule = *row;
  const auto found = parties_at(article_, analysis_, s, i);
  if (!found.empty() && (found.front().country || found.front().sector)) return found.front();
  Entity out;
  out.text = noun_phrase(tree(s), i);
  // A body that several states set up between them is of none of them.
  std::set<std::string> countries;
  for (const Entity& party : agreement_->parties)
    if (party.country) countries.insert(*party.country);
  if (countries.size() > 1) out.sector = "IGO";
  return out;
}

bool CommitmentReader::is_lead_in(Index s, Index i) const {
  if (!agreement_) return false;
  const Clause* clause = agreement_->clause_at(s, i);
  if (!clause || (!clause->lead_in && !clause->item)) return false;
  if (!clause->item) return true;
  // An item with a subject and modal of its own is read as a sentence.
  const Clause& lead = agreement_->clauses[clause->lead];
  return lead.sentence == clause->sentence;
}

void CommitmentReader::read_items(std::size_t lead, std::vector<Draft>& drafts) {
  const Clause& head = agreement_->clauses[lead];
  const Index s = head.sentence;
  // The word that commits: the last one of the lead-in.
  const CommitmentRow* row = nullptr;
  Index anchor = none;
  for (Index i = head.last; i-- > head.first && !row;) {
    auto found = knowledge_.by_lemma.find(tree(s).lemma(i));
    if (found == knowledge_.by_lemma.end()) found = knowledge_.by_lemma.find(lower(s, i));
    if (found == knowledge_.by_lemma.end()) continue;
    for (const CommitmentRow& candidate : found->second)
      if (candidate.frame == CommitmentFrame::to || candidate.frame == CommitmentFrame::modal) {
        const bool auxiliary = candidate.frame == CommitmentFrame::modal;
        if (!auxiliary && !is_verb(word(s, i))) continue;
        row = &candidate;
        anchor = i;
        break;
      }
  }
  if (!row) return;
  bool lead_negative = false;
  for (Index i = anchor + 1; i < head.last; ++i) lead_negative = lead_negative || knowledge_.blocks.find("negation", lower(s, i));
  std::vector<Entity> debtor;
  std::string rule;
  for (Index i = anchor; i-- > head.first && debtor.empty();) {
    if (word(s, i).upos != "NOUN" && word(s, i).upos != "PROPN" && word(s, i).upos != "PRON") continue;
    debtor = agreement_party(s, i, rule);
    if (debtor.empty())
      if (const auto body = agreement_body(s, i, rule)) debtor.push_back(*body);
    if (debtor.empty()) debtor = parties_at(article_, analysis_, s, i);
  }
  if (debtor.empty()) {
    reject("commitment.no-party", word(s, anchor).span, "nobody who could owe it");
    return;
  }
  for (const Clause& item : agreement_->clauses) {
    if (!item.item || item.lead != lead || item.first >= item.last) continue;
    Draft draft;
    draft.anchor = none;
    draft.sentence = item.sentence;
    draft.clause = &item;
    draft.record.anchor = word(s, anchor).span;
    draft.record.debtor = debtor;
    draft.trace.sentence = item.sentence;
    Index first = item.first, last = item.last;
    bool negative = lead_negative;
    while (first < last && (word(item.sentence, first).xpos == "TO" || word(item.sentence, first).upos == "PUNCT" ||
                            knowledge_.blocks.find("negation", lower(item.sentence, first)))) {
      negative = negative || knowledge_.blocks.find("negation", lower(item.sentence, first));
      ++first;
    }
    while (last > first && (word(item.sentence, last - 1).upos == "PUNCT" || word(item.sentence, last - 1).upos == "CCONJ")) --last;
    Index verb = first;
    while (verb < last && word(item.sentence, verb).upos != "VERB") ++verb;
    if (first >= last) continue;
    if (verb >= last) verb = first;
    draft.complement = {verb, first, last, false};
    const Entry* refrain = knowledge_.blocks.find("refrain", tree(item.sentence).lemma(verb));
    draft.record.polarity.assign(1, negative || refrain ? '-' : '+');  // a character: see take()
    draft.record.force = row->force;
    draft.record.confidence = row->confidence;
    draft.record.provenance.rule = row->id;
    draft.trace.fields.push_back({"anchor", row->id, row->force});
    draft.trace.fields.push_back({"debtor", rule, "the party of the lead-in"});
    fill_spans(*row, item.sentence, draft);
    find_creditor(item.sentence, draft);
    find_quantity(item.sentence, draft);
    find_testable(item.sentence, draft);
    if (!draft.record.consequent.empty()) drafts.push_back(std::move(draft));
  }
}

namespace {
bool is_stop(std::string_view form) { return form == "." || form == ";" || form == "!"; }
}  // namespace

void CommitmentReader::read_manifesto_item(Index s, std::vector<Draft>& drafts) {
  const Tree& t = tree(s);
  Index verb = none;
  for (Index i = 0; i < t.size(); ++i)
    if (!t.head(i)) verb = i;
  if (verb == none || word(s, verb).upos != "VERB") return;
  // "Build ten schools", "Building ten schools"; "Set up a bank", whose form may be taken for a participle; "Every village to be connected".
  Index to = none;
  for (const auto c : t.children(verb))
    if (c < verb && word(s, c).xpos == "TO") to = c;
  const bool has_subject = t.child(verb, "nsubj") || t.child(verb, "nsubj:pass");
  const bool finite = t.child(verb, "aux") || (to == none && t.child(verb, "aux:pass"));
  if (finite || has_subject != (to != none)) return;
  if (to == none && word(s, verb).xpos != "VBG" && lower(s, verb) != tree(s).lemma(verb)) return;
  // "Making Healthcare Accessible": a heading.
  if (to == none && word(s, verb).xpos == "VBG" && !is_stop(analysis_.sentences[s].words.back().form)) return;
  // What stands before it is a mark of the list, or hangs on it: "For workers, raise the minimum wage".
  for (Index i = 0; i < verb && to == none; ++i) {
    const Word& w = word(s, i);
    if (w.upos == "PUNCT" || w.upos == "ADV" || w.upos == "SYM" || w.upos == "NUM" || w.upos == "CCONJ" || w.upos == "X") continue;
    Index top = i;
    while (t.head(top) && *t.head(top) != verb) top = *t.head(top);
    if (!t.head(top) || !(t.has_relation(top, "obl") || t.has_relation(top, "advcl"))) return;
  }
  if (to == none && forecast(s, verb, word(s, verb).span)) return;
  Draft draft;
  draft.anchor = none;
  draft.sentence = s;
  draft.record.anchor = word(s, verb).span;
  Entity speaker = voice_->speaker;
  speaker.text = word(s, verb).span;
  draft.record.debtor.push_back(speaker);
  draft.trace.sentence = s;
  draft.trace.words.push_back(verb);
  const Index first = to == none ? verb : t.extent(verb).first;
  draft.complement = {verb, first, end_of(s, verb, first), to != none};
  draft.record.polarity.assign(1, '+');
  draft.record.force = "vow";
  draft.record.confidence = 0.5;
  draft.record.provenance.rule = voice_->rule;
  draft.trace.fields.push_back({"anchor", voice_->rule, "an item of a manifesto"});
  fill_spans(CommitmentRow{}, s, draft);
  find_creditor(s, draft);
  find_quantity(s, draft);
  find_testable(s, draft);
  if (!draft.record.consequent.empty()) drafts.push_back(std::move(draft));
}

std::string CommitmentReader::clause_name(const Clause& clause) const {
  if (clause.division.empty()) return clause.label;
  return clause.label.empty() ? clause.division : clause.division + ", " + clause.label;
}

void CommitmentReader::add_agreement() {
  Agreement out;
  out.id = "g1";
  out.title = agreement_->title;
  out.parties = agreement_->parties;
  const auto day = [](std::optional<Day> value) { return value ? std::optional(DateRange{*value, *value}) : std::nullopt; };
  out.dated = day(agreement_->signed_on);
  out.in_force = day(agreement_->in_force);
  out.lapses = day(agreement_->expires);
  for (const Commitment& commitment : out_.commitments)
    if (commitment.agreement) out.stipulations.push_back(commitment.id);
  if (out.stipulations.empty()) return;
  out.confidence = 0.9;
  out.provenance.rule = agreement_->rule;
  Trace trace;
  trace.record = out.id;
  trace.fields.push_back({"title", agreement_->rule, std::string(text(out.title))});
  for (const std::string& rule : agreement_->form_rules) trace.fields.push_back({"form", rule, "clauses and days"});
  out_.agreements.push_back(std::move(out));
  out_.traces.push_back(std::move(trace));
}

}  // namespace masudi
