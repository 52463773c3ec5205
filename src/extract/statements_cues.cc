// Cues: words of lexicon/cues.tsv, each read with the frames of its row; who the speaker of a verb is.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::read_cues(Index s) {
  for (Index v = 0; v < size(s); ++v) {
    const auto found = knowledge_.cues_by_lemma.find(lemma(s, v));
    const auto by_form = knowledge_.cues_by_lemma.find(lower(s, v));  // "concerned", whatever the lemma
    std::vector<Index> rows;
    if (by_form != knowledge_.cues_by_lemma.end() && by_form != found) rows = by_form->second;
    if (found != knowledge_.cues_by_lemma.end()) rows.insert(rows.end(), found->second.begin(), found->second.end());
    // A verb that the lexicon does not have may still have a quotation beside it: "“…,” she fumed".
    if (rows.empty() && word(s, v).upos == "VERB" && is_finite(word(s, v)))
      if (const auto any = knowledge_.cues_by_lemma.find("*"); any != knowledge_.cues_by_lemma.end()) rows = any->second;
    std::vector<Rejection> rejected;
    for (const auto row : rows) {
      const Cue& cue = knowledge_.cues[row];
      if (!same_class(cue, word(s, v))) continue;
      Index rest = none;
      if (!cue.rest.empty() && (rest = rest_of(s, v, cue.rest)) == none) continue;
      Draft draft;
      draft.sentence = s;
      draft.word = v;
      draft.row = &cue;
      draft.rule = cue.rule;
      draft.confidence = cue.confidence;
      draft.cue = word(s, v).span;
      if (rest != none) {
        draft.cue.end = std::max(draft.cue.end, word(s, rest).span.end);
        draft.words.push_back(rest);
      }
      draft.words.push_back(v);
      std::string why;
      const bool taken = cue.pos == "NOUN" ? read_noun(draft, why) : read_verb(draft, rest, why);
      if (taken) {
        draft.rejected = rejected;
        drafts_.push_back(std::move(draft));
        break;
      }
      if (cue.lemma != "*") rejected.push_back({cue.rule, draft.cue, why});
    }
    if (!rejected.empty()) not_taken_.insert(not_taken_.end(), rejected.begin(), rejected.end());
  }
}

bool StatementReader::read_verb(Draft& draft, Index rest, std::string& why) {
  const Index s = draft.sentence, v = draft.word;
  const Cue& cue = *draft.row;
  const Tree& t = tree(s);
  if (negated(s, v)) {
    why = "negated";
    return false;
  }
  if (!bare_infinitive(draft, why, draft.fields)) return false;
  Arguments arguments;
  std::optional<Speaker> speaker;
  if (cue.pos == "ADJ") {
    arguments = arguments_of(t, v);
    for (const auto c : t.children(v))
      if (t.has_relation(c, "nsubj")) speaker = Speaker{s, c};
  } else {
    speaker = speaker_of(s, v, arguments);
  }
  if (!speaker) {
    why = arguments.passive ? "passive without an agent: nobody is named" : "no source";
    return false;
  }
  // An auxiliary verb or title of the subject is no speaker of itself.
  if (speaker->word >= size(s)) return false;
  draft.source = *speaker;
  std::string unfit;
  const CueClause clause = clause_words(s, v, rest, *speaker);
  draft.clause = {word(s, clause.left).span.begin, word(s, std::min(clause.right, size(s)) - 1).span.end};
  const bool possible = fits(cue, *speaker, true, unfit);
  if (!possible) {
    why = unfit;
    return false;
  }
  if (cue.has(Frame::quoting)) return read_quoting(draft, arguments, why);

  const bool takes_quote = cue.has(Frame::quote);
  bool found = false;
  if (takes_quote) {
    const bool any_verb = cue.lemma == "*";
    // "The wall, she said, “was built badly”": the quotation is only the predicate.
    if (!any_verb && !arguments.passive && is_finite(word(s, v)) && comma(s, clause.right) && clause.right + 2 < size(s) &&
        mark_begins(word(s, clause.right + 1).span.begin) && is_finite(word(s, clause.right + 2)) && take_interrupted(draft, clause)) {
      draft.quoted = true;
      draft.words.push_back(speaker->word);
      find_via(draft, arguments);
      return true;
    }
    const bool after = !any_verb && take_quotation_after(draft, clause);
    const bool before = !is_participle(word(s, v)) && !arguments.passive && word(s, v).xpos != "VB" && take_quotation_before(draft, clause);
    found = after || before;
    // Three words at least, between marks: a name or a term in marks is said by nobody.
    if (any_verb) {
      const auto words = found ? between(draft.content.front().begin, draft.content.front().end) : std::string_view();
      const Quotation* quotation = found ? quotation_from(draft.content.front().begin) : nullptr;
      if (!quotation || is_name(*quotation) || std::count(words.begin(), words.end(), ' ') < 2 || words.size() < 16) {
        why = "no quotation";
        return false;
      }
    }
    std::sort(draft.content.begin(), draft.content.end());
  }
  if (!found && conditional(s, v)) {
    why = "conditional";
    return false;
  }
  if (!found && !fits(cue, *speaker, false, unfit)) {
    why = unfit;
    return false;
  }
  if (!found && cue.has(Frame::clause) && !arguments.passive && is_finite(word(s, v))) found = take_interrupted(draft, clause);
  if (!found && cue.has(Frame::clause)) found = take_clause(draft, clause, arguments);
  const bool purpose = word(s, v).xpos == "VB" && word(s, v).deprel.starts_with("advcl");
  const bool gerund = is_participle(word(s, v)) && under_preposition(s, v);
  if (!found && cue.has(Frame::infinitive) && !purpose) found = take_infinitive(draft, arguments);
  if (!found && cue.has(Frame::infinitive_object)) found = take_infinitive_with_object(draft, arguments);
  if (!found && !gerund) found = take_object(draft, arguments);
  if (!found && !gerund) found = take_preposition(draft);
  if (!found && (cue.has(Frame::clause) || takes_quote) && !arguments.passive && is_finite(word(s, v))) found = take_clause_before(draft, clause);
  if (!found && cue.has(Frame::bare)) found = take_rest(draft, clause);
  if (!found) {
    why = "no content";
    return false;
  }
  draft.words.push_back(speaker->word);
  find_via(draft, arguments);
  return true;
}

bool StatementReader::read_noun(Draft& draft, std::string& why) {
  const Index s = draft.sentence, n = draft.word;
  const Cue& cue = *draft.row;
  const Tree& t = tree(s);
  Index head = none, first = none;
  if (cue.has(Frame::clause))
    for (const auto c : t.children(n)) {
      if (c <= n || (word(s, c).deprel == "acl:relcl" ? !that_clause(s, c) : !has_that(s, c))) continue;
      if (t.has_relation(c, "acl") || t.has_relation(c, "ccomp") || t.has_relation(c, "advcl")) head = c;
    }
  if (head != none) first = t.extent(head).first;
  if (head == none && cue.has(Frame::infinitive))
    for (const auto c : t.children(n)) {
      if (c <= n || !t.has_relation(c, "acl") || word(s, c).xpos != "VB") continue;
      const auto to = t.child(c, "mark");
      if (to && *to > n && lower(s, *to) == "to") {
        head = c;
        first = *to;
      }
    }
  if (head == none && !cue.prepositions.empty() && t.child(n, "nmod:poss"))
    for (const auto c : t.children(n)) {
      if (c <= n || !t.has_relation(c, "nmod")) continue;
      const auto preposition = case_of(t, c);
      if (!preposition || std::find(cue.prepositions.begin(), cue.prepositions.end(), lower(s, *preposition)) == cue.prepositions.end()) continue;
      head = c;
      first = *preposition + 1;
    }
  if (head == none) {
    why = "no content";
    return false;
  }
  if (first <= n) first = n + 1;
  const auto arguments = arguments_of(t, n);
  std::optional<Speaker> speaker;
  for (const auto i : arguments.subjects)
    if (i != head && is_nominal(word(s, i))) {
      speaker = Speaker{s, i};
      break;
    }
  if (!speaker) {
    // "under the pretext that", "read a statement that": whoever does it.
    const auto verb = t.head(n);
    if (verb && word(s, *verb).upos == "VERB" && !t.child(n, "nmod:poss")) {
      const CueConstruction* light = nullptr;
      if (t.has_relation(n, "obj")) light = knowledge_.construction_with("light_verb", lemma(s, *verb));
      if (t.has_relation(n, "obl"))
        if (const auto preposition = case_of(t, n)) light = knowledge_.construction_with("light_preposition", lower(s, *preposition));
      const auto doer = arguments_of(t, *verb);
      if (light && !doer.passive && !doer.subjects.empty()) {
        speaker = Speaker{s, doer.subjects.front()};
        draft.fields.push_back({"source", light->rule, "whoever does it"});
      }
    }
  } else if (t.has_relation(n, "obj") && !t.child(n, "nmod:poss") && !arguments.subject_is_local) {
    const auto verb = t.head(n);
    const auto* light = verb ? knowledge_.construction_with("light_verb", lemma(s, *verb)) : nullptr;
    if (!light) {
      why = "the verb does not say that the subject says it";
      return false;
    }
    draft.fields.push_back({"source", light->rule, "whoever does it"});
  }
  if (!speaker) {
    why = "no source";
    return false;
  }
  if (!fits(cue, *speaker, false, why)) return false;
  draft.source = *speaker;
  draft.clause = word(s, n).span;
  const Index end = std::min(t.extent(head).last, content_end(s, n, first));
  const Index begin = skip_complementiser(s, first, end, draft.fields);
  if (!take_words(draft, begin, end, head)) {
    why = "no content";
    return false;
  }
  return true;
}

bool StatementReader::read_quoting(Draft& draft, const Arguments& arguments, std::string& why) {
  const Index s = draft.sentence, v = draft.word;
  const Tree& t = tree(s);
  Index object = none;
  for (const auto o : arguments.objects)
    if (o > v && !arguments.passive) object = o;
  if (object == none) {
    why = "nobody is quoted";
    return false;
  }
  // "as saying": the participle is the cue.
  for (Index i = v + 1; i < size(s); ++i) {
    if (word(s, i).upos != "VERB" || !is_participle(word(s, i)) || !is_speech(s, i)) continue;
    if (i == 0 || (lower(s, i - 1) != "as" && i > object + 12)) continue;
    Draft inner = draft;
    inner.word = i;
    inner.cue = word(s, i).span;
    inner.source = {s, object};
    CueClause clause{i, i + 1};
    inner.clause = {word(s, v).span.begin, word(s, i).span.end};
    inner.words = {v, i, object};
    const bool as = lower(s, i - 1) == "as";
    if (!as) continue;
    bool found = take_quotation_after(inner, clause) || take_after_colon(inner, i) || take_clause(inner, clause, arguments_of(t, i));
    if (!found) found = take_rest_from(inner, i + 1);
    if (!found) continue;
    inner.via = phrase(draft.source);
    taken_participles_.insert({s, i});
    draft = inner;
    return true;
  }
  Draft inner = draft;
  const CueClause clause{v, t.extent(object).last};
  if (word(s, v).xpos != "VBN" && is_party({s, object}) && !is_document({s, object}) && take_quotation_after(inner, clause)) {
    inner.source = {s, object};
    inner.via = phrase(draft.source);
    draft = inner;
    return true;
  }
  if (draft.row->has(Frame::object)) return take_object(draft, arguments);
  why = "no words are quoted";
  return false;
}

std::optional<Speaker> StatementReader::speaker_of(Index s, Index v, Arguments& arguments) const {
  const Tree& t = tree(s);
  arguments = arguments_of(t, v);
  const Word& verb = word(s, v);
  // "An official who declined to be named said": the parse takes the subject of a verb without an auxiliary for that of a passive.
  if (arguments.passive && (is_finite(verb) || verb.xpos == "VBN") && !t.child(v, "aux") && content_follows(s, v))
    for (const auto c : t.children(v))
      if (word(s, c).deprel == "nsubj:pass" && c < v) {
        arguments.passive = false;
        arguments.objects.clear();
        arguments.subjects = {c};
        arguments.subject_is_local = true;
        break;
      }
  const bool told = verb.xpos == "VBD" || verb.xpos == "VBZ" || verb.xpos == "VBP" || verb.xpos == "VBN";
  // ", said the minister": the parse may take what follows the verb for an object or lose it.
  if (told && v > 0 && (closing_mark_before(s, v) || (comma(s, v - 1) && (arguments.subjects.empty() || arguments.subjects.front() > v))))
    if (const Index i = nominal_after(s, v); i != none) return Speaker{s, i};
  // "and added that": the speaker of the verb before it, not the subject of what was said.
  if (is_finite(verb) && !arguments.passive)
    if (const Draft* earlier = coordinated_with(s, v)) return earlier->source;
  // The parse may reach into a quotation for the subject of the cue after it: what follows the closing mark is the subject.
  if (is_finite(verb) && !arguments.subjects.empty() && arguments.subjects.front() < v) {
    const Quotation* q = quotation_ending(word(s, arguments.subjects.front()).span.begin, verb.span.begin);
    if (q && !is_name(*q) && q->span.size() > 30 && q->span.begin <= word(s, arguments.subjects.front()).span.begin) {
      const Index after = word_from(s, q->span.end);
      if (after > 0 && after < v)
        if (const Index i = nominal_after(s, after - 1); i != none && i < v) return Speaker{s, i};
    }
  }
  // ", adding that": the speaker of the cue before it, where the parse has no subject of its own.
  if (is_participle(verb) && !arguments.subject_is_local && is_additive(s, v)) {
    Index before = v;
    while (before > 0 && word(s, before - 1).upos == "ADV") --before;
    if (before > 0 && (comma(s, before - 1) || word(s, before - 1).upos == "CCONJ"))
      for (auto draft = drafts_.rbegin(); draft != drafts_.rend() && draft->sentence == s; ++draft)
        if (draft->row && draft->row->pos == "VERB" && draft->word < v) return draft->source;
  }
  // Of several subjects (the parse may give the cue that of its content too) the one that stands nearest.
  Index nearest = none;
  for (const auto i : arguments.subjects) {
    if (i == v || is_punctuation(word(s, i)) || is_time(s, i) || (!is_nominal(word(s, i)) && is_participle(verb))) continue;
    const auto distance = [&](Index at) { return at < v ? v - at : at - v; };
    if (nearest == none || distance(i) < distance(nearest)) nearest = i;
  }
  if (nearest != none) return is_participle(verb) ? issuer({s, nearest}) : Speaker{s, nearest};
  if (arguments.passive) return std::nullopt;
  // "People briefed on the move said": a clause right before the cue, with no sign between them, is about the subject.
  if (is_finite(verb))
    for (const auto c : t.children(v)) {
      if (c > v || !t.has_relation(c, "ccomp")) continue;
      if (!std::none_of(sentences_[s].words.begin() + c, sentences_[s].words.begin() + v, is_punctuation)) continue;
      for (const auto subject : t.children(c))
        if (t.has_relation(subject, "nsubj") && subject < c && is_nominal(word(s, subject)) && !is_time(s, subject)) return Speaker{s, subject};
    }
  // The word before the verb, over adverbs and auxiliaries.
  if (is_finite(verb) || verb.xpos == "VBN") {
    Index i = v;
    while (i > 0 && (word(s, i - 1).upos == "ADV" || word(s, i - 1).upos == "AUX")) --i;
    if (i > 0 && is_nominal(word(s, i - 1)) && word(s, i - 1).deprel != "obl" && !is_time(s, i - 1)) return Speaker{s, i - 1};
  }
  const auto main_subject = [&](Index before) -> std::optional<Speaker> {
    for (Index i = 0; i < before; ++i)
      if (!t.head(i))
        for (const auto c : t.children(i))
          if (t.has_relation(c, "nsubj") && is_nominal(word(s, c))) return Speaker{s, c};
    return std::nullopt;
  };
  if (verb.xpos == "VB") return main_subject(v);
  // ", adding that": the speaker of the clause before it.
  if (is_participle(verb)) {
    Index before = v;
    while (before > 0 && word(s, before - 1).upos == "ADV") --before;
    if (before == 0 || !comma(s, before - 1)) return std::nullopt;
    for (auto draft = drafts_.rbegin(); draft != drafts_.rend() && draft->sentence == s; ++draft)
      if (draft->row && draft->row->pos == "VERB" && draft->word < v) return draft->source;
    return main_subject(before);
  }
  return std::nullopt;
}

Speaker StatementReader::issuer(Speaker speaker) const {
  const Index s = speaker.sentence;
  if (!is_document(speaker) || !tree(s).has_relation(speaker.word, "obj")) return speaker;
  const auto verb = tree(s).head(speaker.word);
  if (!verb || !knowledge_.construction_with("light_verb", lemma(s, *verb))) return speaker;
  const auto doer = arguments_of(tree(s), *verb);
  return doer.passive || doer.subjects.empty() || is_punctuation(word(s, doer.subjects.front())) ? speaker : Speaker{s, doer.subjects.front()};
}

Index StatementReader::nominal_after(Index s, Index v) const {
  Index head = none;
  for (Index i = v + 1; i < std::min(size(s), v + 10); ++i) {
    const Word& w = word(s, i);
    if (w.upos == "PRON" && (w.xpos == "PRP" || w.xpos == "NN")) return head == none ? i : head;
    if (w.upos == "PROPN" || w.upos == "NOUN") {
      head = i;
      continue;
    }
    if (is_punctuation(w) && w.form != "." && w.form != "-") break;
    const bool inside =
        w.upos == "DET" || w.upos == "ADJ" || w.upos == "NUM" || w.form == "." || w.form == "-" || w.xpos == "POS" || w.xpos == "PRP$";
    const bool mistaken = head == none && i == v + 1 && w.upos == "VERB" && !is_finite(w);  // "said advocate J. G."
    if (!inside && !mistaken) break;
  }
  return head != none && is_time(s, head) ? none : head;
}

const Draft* StatementReader::coordinated_with(Index s, Index v) const {
  Index before = v;
  while (before > 0 && word(s, before - 1).upos == "ADV") --before;
  if (before == 0 || word(s, before - 1).upos != "CCONJ") return nullptr;
  for (auto draft = drafts_.rbegin(); draft != drafts_.rend() && draft->sentence == s; ++draft)
    if (draft->row && draft->row->pos == "VERB" && draft->word < v && word(s, draft->word).xpos == word(s, v).xpos) return &*draft;
  return nullptr;
}

bool StatementReader::same_class(const Cue& cue, const Word& word) {
  if (cue.pos == "VERB") return word.upos == "VERB";
  if (cue.pos == "NOUN") return word.upos == "NOUN";
  return word.upos == "ADJ" || (word.upos == "VERB" && word.xpos == "VBN");
}

bool StatementReader::negated(Index s, Index v) const {
  for (const auto c : tree(s).children(v)) {
    const Word& child = word(s, c);
    const bool no = child.deprel.starts_with("advmod") && (has_feature(child, "Polarity=Neg") || child.lemma == "not");
    // "Not today, he said": beyond a sign it is of what is said.
    if (no && (c > v || std::none_of(sentences_[s].words.begin() + c, sentences_[s].words.begin() + v, is_punctuation))) return true;
  }
  return false;
}

bool StatementReader::conditional(Index s, Index v) const {
  for (const auto c : tree(s).children(v)) {
    const Word& child = word(s, c);
    if (child.deprel == "mark" && (lower(s, c) == "if" || lower(s, c) == "whether")) return true;
    if (child.upos == "AUX" && child.xpos == "MD" && tree(s).lemma(c) != "will") return true;
  }
  return false;
}

bool StatementReader::bare_infinitive(const Draft& draft, std::string& why, std::vector<Trace::Field>& fields) const {
  const Index s = draft.sentence, v = draft.word;
  const Word& w = word(s, v);
  if (w.xpos != "VB") return true;
  const Tree& t = tree(s);
  bool to = false;
  for (const auto c : t.children(v))
    if (word(s, c).deprel == "mark" && lower(s, c) == "to") to = true;
  if (!to) return true;
  const auto up = t.head(v);
  if (!up || (w.deprel != "xcomp" && w.deprel != "advcl")) return true;
  if (const auto* goes_on = knowledge_.construction_with("goes_on", lemma(s, *up))) {
    fields.push_back({"cue", goes_on->rule, "the verb before it says that it was said"});
    return true;
  }
  if (w.deprel == "advcl" || word(s, *up).upos != "VERB") return true;  // "took to the stage to say", "other than to say"
  why = "an infinitive: not said that it was said";
  return false;
}

bool StatementReader::under_preposition(Index s, Index v) const {
  for (const auto c : tree(s).children(v))
    if (c < v && (word(s, c).deprel == "mark" || word(s, c).deprel == "case") && word(s, c).upos == "ADP") return true;
  return false;
}

}  // namespace masudi
