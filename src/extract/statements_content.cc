#include "statements_content.h"

#include <algorithm>

namespace masudi {

bool StatementContents::is_speech(Index s, Index i) const {
  const auto found = knowledge_.cues_by_lemma.find(lemma(s, i));
  if (found == knowledge_.cues_by_lemma.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(),
                     [&](Index row) { return knowledge_.cues[row].pos == "VERB" && knowledge_.cues[row].has(Frame::quote); });
}

bool StatementContents::speech_in(Index s, Index first, Index last) const {
  for (Index i = first; i < last; ++i)
    if (word(s, i).upos == "VERB" && is_speech(s, i)) return true;
  return false;
}

Index StatementContents::rest_of(Index s, Index v, const std::string& rest) const {
  for (const auto c : tree(s).children(v))
    if (tree(s).has_relation(c, "compound") && lower(s, c) == rest) return c;
  for (Index i = v + 1; i < std::min(size(s), v + 4); ++i)
    if (lower(s, i) == rest) return i;
  return none;
}

bool StatementContents::is_additive(Index s, Index i) const {
  const auto found = knowledge_.cues_by_lemma.find(lemma(s, i));
  if (found == knowledge_.cues_by_lemma.end()) return false;
  for (const auto row : found->second) {
    const Cue& cue = knowledge_.cues[row];
    if (cue.pos == "VERB" && (cue.has(Frame::additive) || (is_participle(word(s, i)) && cue.has(Frame::bare))) &&
        (cue.rest.empty() || rest_of(s, i, cue.rest) != none))
      return true;
  }
  return false;
}

bool StatementContents::content_follows(Index s, Index i) const {
  for (Index k = i + 1; k < std::min(size(s), i + 4); ++k)
    if (knowledge_.construction_with("complementiser", lower(s, k)) || word(s, k).form == ":" || mark_begins(word(s, k).span.begin)) return true;
  return tree(s).child(i, "ccomp").has_value();
}

CueClause StatementContents::clause_words(Index s, Index v, Index rest, Speaker speaker) const {
  CueClause out{v, v + 1};
  const Tree& t = tree(s);
  if (rest != none) out.right = std::max(out.right, rest + 1);
  for (const auto c : t.children(v)) {
    const Word& child = word(s, c);
    const bool helper = t.has_relation(c, "aux") || child.deprel.starts_with("advmod");
    // An adverb beyond a sign is of what is said, whatever the parse hung it on ("Now it is safe, he said").
    if (helper && c < v && std::none_of(sentences_[s].words.begin() + c, sentences_[s].words.begin() + v, is_punctuation))
      out.left = std::min(out.left, t.extent(c).first);
  }
  if (speaker.sentence == s && speaker.word != none) {
    const auto all = t.conjuncts(speaker.word);
    bool apart = false;  // another verb stands between: the speaker belongs to that one
    for (Index i = speaker.word + 1; i < v; ++i)
      if (is_finite(word(s, i)) && word(s, i).upos == "VERB" && !(i < t.extent(speaker.word).last)) apart = true;
    if (speaker.word < v && speaker.word + 12 >= out.left && !apart) {
      Index first = t.extent(speaker.word).first;
      // The subject's own words, not a clause that the parse hung on them.
      const TextSpan own = noun_phrase(tree(s), speaker.word);
      Index own_first = speaker.word;
      while (own_first > 0 && word(s, own_first - 1).span.begin >= own.begin) --own_first;
      if (first < own_first && !(first == 0 || comma(s, first - 1) || closing_mark_before(s, first))) first = own_first;
      for (Index i = first; i < own_first; ++i)
        if (is_finite(word(s, i))) first = own_first;
      out.left = std::min(out.left, first);
    } else if (speaker.word > v && speaker.word <= v + 12) {
      out.right = std::max(out.right, t.extent(speaker.word).last);
    }
  }
  return out;
}

Index StatementContents::content_end(Index s, Index v, Index from, bool whole) const {
  const Tree& t = tree(s);
  Index last = whole ? size(s) : std::max(t.extent(v).last, std::min(size(s), from + 1));
  const auto inside_quotation = [&](Index i) {
    const Quotation* q = quotation_over(word(s, i).span.begin);
    return q && from < size(s) && q->span.begin >= word(s, from).span.begin && q->span.begin < word(s, i).span.begin;
  };
  for (const auto c : t.children(v)) {
    if (c <= from || !t.has_relation(c, "conj")) continue;
    const Index first = t.extent(c).first;
    // A verb coordinated with the cue: its own clause, not what was said. ("not a law, but a wish" coordinates nouns.)
    const Word& head = word(s, c);
    const bool clause = head.upos == "VERB" || head.upos == "AUX" || t.child(c, "cop");
    const bool joined =
        word(s, first).upos == "CCONJ" || comma(s, first) || (first > 0 && (comma(s, first - 1) || word(s, first - 1).upos == "CCONJ"));
    // "that the dam was safe but that the wall was old": a second clause with "that" is what was said.
    bool goes_on = false;
    for (Index i = from + 1; i + 1 < c && !goes_on; ++i)
      goes_on = word(s, i).upos == "CCONJ" && i + 1 >= first && knowledge_.construction_with("complementiser", lower(s, i + 1)) && !is_speech(s, c);
    if (clause && joined && first > from && !goes_on && !inside_quotation(first)) last = std::min(last, first);
  }
  // A parse that lost the end of the clause: on to the next sign, as long as no other clause begins.
  if (last < size(s) && !is_punctuation(word(s, last)) && last > from) {
    Index more = last;
    while (more < size(s) && !is_punctuation(word(s, more)) && !is_finite(word(s, more)) && !is_relative(s, more)) ++more;
    if (more == size(s) || (is_punctuation(word(s, more)) && !(more > last && is_finite(word(s, more - 1))))) last = more;
  }
  for (Index i = from + 1; i < last; ++i) {
    if (inside_quotation(i)) continue;
    const Word& w = word(s, i);
    // A quotation after a colon is a piece of its own.
    if (w.form == ":" && i + 1 <= size(s)) {
      const std::uint32_t next = next_text(w.span.end);
      if (quotation_from(next)) last = std::min(last, i);
    }
    if (lower(s, i) == "according" && i + 1 < size(s) && lower(s, i + 1) == "to" && (comma(s, i - 1) || i + 8 > size(s))) last = std::min(last, i);
    const bool additive = w.upos == "VERB" && is_additive(s, i);
    if (!additive) continue;
    Index before = i;
    while (before > from && word(s, before - 1).upos == "ADV") --before;
    if (is_participle(w) && before > from && comma(s, before - 1)) last = std::min(last, before - 1);
    // "adding that C and noting that D": the second cue has the form of the first.
    if (is_participle(w) && is_participle(word(s, v)) && before > from + 1 && word(s, before - 1).upos == "CCONJ") last = std::min(last, before - 1);
    // ", with Y saying that"
    if (is_participle(w)) {
      Index k = i;
      while (k > from && k + 7 > i && !comma(s, k)) --k;
      if (k > from && comma(s, k) && k + 1 < i && lower(s, k + 1) == "with") last = std::min(last, k);
    }
    // "and added that", "but he pointed out that": the same speaker goes on.
    if (is_finite(w)) {
      if (before > from && word(s, before - 1).upos == "PRON") --before;
      // ", though she noted that"
      if (before > from + 1 && word(s, before - 1).upos == "SCONJ" && comma(s, before - 2)) last = std::min(last, before - 2);
      if (before > from && word(s, before - 1).upos == "CCONJ" && content_follows(s, i)) last = std::min(last, before - 1);
    }
  }
  // "deny they are leaving and say the talks go on": a second cue in the form of the first.
  for (Index i = from + 1; i < last; ++i) {
    const Word& w = word(s, i);
    if (inside_quotation(i) || w.upos != "VERB" || !is_finite(w) || w.xpos != word(s, v).xpos || !is_speech(s, i)) continue;
    Index before = i;
    while (before > from && word(s, before - 1).upos == "ADV") --before;
    if (before > from + 1 && word(s, before - 1).upos == "CCONJ") {
      last = std::min(last, before - 1);
      break;
    }
  }
  return last;
}

Index StatementContents::skip_complementiser(Index s, Index first, Index last, std::vector<Trace::Field>& fields) const {
  while (first < last && (is_punctuation(word(s, first)) && !mark_begins(word(s, first).span.begin))) ++first;
  // "said that was a natural part": a pronoun is the subject of what is said.
  if (first < last && word(s, first).upos != "PRON" && word(s, first).upos != "DET")
    if (const auto* c = knowledge_.construction_with("complementiser", lower(s, first))) {
      fields.push_back({"content", c->rule, "left out before the content"});
      ++first;
    }
  return first;
}

void StatementContents::take(Draft& draft, TextSpan span) const {
  if (!span.empty()) draft.content.push_back(span);
}

bool StatementContents::take_words(Draft& draft, Index first, Index last, Index head) const {
  const TextSpan span = content_of(draft.sentence, first, last);
  if (span.empty()) return false;
  take(draft, span);
  draft.words.push_back(head);
  return true;
}

bool StatementContents::is_clause(Index s, Index first, Index last) const {
  for (Index i = first; i < last; ++i) {
    if (comma(s, i) || is_relative(s, i)) return false;
    if (is_finite(word(s, i))) return i > first && is_nominal(word(s, i - 1));
  }
  return false;
}

bool StatementContents::take_clause(Draft& draft, const CueClause& clause, const Arguments& arguments) const {
  const Index s = draft.sentence, v = draft.word;
  const Tree& t = tree(s);
  const auto from_clause = [&](Index head) {
    Index first = t.extent(head).first;
    if (first <= v) first = v + 1;
    // The parse took the end of what was said for all of it: a clause of its own stands between the cue and there.
    if (first > clause.right && !has_that(s, head) && clause.right < size(s) && !is_punctuation(word(s, clause.right)) &&
        is_clause(s, clause.right, first))
      first = clause.right;
    const Index end = content_end(s, v, first);
    Index begin = skip_complementiser(s, first, end, draft.fields);
    const TextSpan span = content_of(s, begin, end);
    if (span.empty()) return false;
    take(draft, span);
    draft.words.push_back(head);
    return true;
  };
  for (const auto c : t.children(v)) {
    if (c <= v) continue;
    const bool finite_complement = t.has_relation(c, "ccomp") || (word(s, c).deprel == "xcomp" && has_that(s, c));
    if (!finite_complement) continue;
    if (t.extent(c).first < v && t.extent(c).first < clause.left) continue;
    const auto mark = t.child(c, "mark");
    if (has_that(s, c)) return from_clause(c);
    if (mark && lower(s, *mark) == "to" && draft.row->has(Frame::infinitive)) continue;
    // Neither a verb nor a copula: no clause, whatever the parse says.
    if (!has_finite(s, t.extent(c).first, size(s)) && word(s, c).upos != "VERB") continue;
    if (!has_finite(s, t.extent(c).first, t.extent(c).last) && !mark && word(s, c).upos != "VERB" && word(s, c).upos != "AUX") continue;
    return from_clause(c);
  }
  // "agreed with accusations that", "reminded them of the fact that": the clause of a noun under the cue.
  for (const auto c : t.children(v)) {
    if (c <= v || !(t.has_relation(c, "obj") || t.has_relation(c, "obl"))) continue;
    for (const auto a : t.children(c))
      if ((t.has_relation(a, "acl") || t.has_relation(a, "ccomp")) && word(s, a).deprel != "acl:relcl" && has_that(s, a)) return from_clause(a);
  }
  // "that" itself, where the parse shows no clause.
  for (Index i = clause.right; i < std::min(size(s), clause.right + 14); ++i) {
    if (word(s, i).upos == "VERB" || word(s, i).form == ";") break;
    if (comma(s, i) && i + 1 < size(s) && !knowledge_.construction_with("complementiser", lower(s, i + 1)) && i > clause.right) break;
    if (word(s, i).upos != "SCONJ" && word(s, i).deprel != "mark") continue;
    if (!knowledge_.construction_with("complementiser", lower(s, i))) continue;
    const Index end = content_end(s, v, i + 1);
    const TextSpan span = content_of(s, i + 1, std::max(end, i + 2));
    if (span.empty() || !has_verb(s, i + 1, size(s))) continue;
    take(draft, span);
    draft.confidence *= 0.95;
    draft.fields.push_back(
        {"content", knowledge_.construction_with("complementiser", lower(s, i))->rule, "what follows it, without a clause in the parse"});
    return true;
  }
  (void)arguments;
  return false;
}

bool StatementContents::that_clause(Index s, Index head) const {
  const auto extent = tree(s).extent(head);
  if (extent.first >= head || !knowledge_.construction_with("complementiser", lower(s, extent.first))) return false;
  // "The promise that taxes would fall": where the parse takes the word for a second subject it stands for none.
  const Word& that = word(s, extent.first);
  if (that.upos != "SCONJ" && that.deprel != "mark" && that.deprel != "nsubj") return false;
  for (const auto c : tree(s).children(head))
    if (tree(s).has_relation(c, "nsubj") && c > extent.first) return true;
  return false;
}

bool StatementContents::has_that(Index s, Index head) const {
  for (const auto c : tree(s).children(head))
    if (word(s, c).deprel == "mark" && knowledge_.construction_with("complementiser", lower(s, c))) return true;
  return false;
}

bool StatementContents::take_interrupted(Draft& draft, const CueClause& clause) const {
  const Index s = draft.sentence, v = draft.word;
  if (clause.left < 2 || !comma(s, clause.left - 1) || !comma(s, clause.right)) return false;
  const Index first = lead(s), last = clause.left - 1, from = clause.right + 1;
  if (from >= size(s) || is_participle(word(s, from)) || is_relative(s, from)) return false;
  if (knowledge_.construction_with("complementiser", lower(s, from))) return false;
  // A subject before it whose predicate comes after it. Inside a longer clause the words before are that clause's.
  if (first >= last || has_finite(s, first, last)) return false;
  for (Index i = first; i < last; ++i)
    if (comma(s, i)) return false;
  const Index end = content_end(s, v, from, true);
  if (!has_finite(s, from, end)) return false;
  // "In a speech, the minister said, the dam is safe": the circumstance is of the saying.
  if (word(s, first).upos != "ADP") take(draft, content_of(s, first, last));
  take(draft, content_of(s, from, end));
  if (draft.content.empty()) return false;
  draft.inverted = true;
  draft.fields.push_back({"content", "statement.interrupted", "the sentence around the cue's clause"});
  return true;
}

bool StatementContents::take_clause_before(Draft& draft, const CueClause& clause) const {
  const Index s = draft.sentence;
  for (Index i = 0; i < lead(s); ++i)
    if (const auto* lead_in = knowledge_.construction_with("lead_in", lower(s, i)))
      draft.fields.push_back({"content", lead_in->rule, "left out before it"});
  Index edge = clause.left;
  if (edge > 2 && word(s, edge - 1).deprel == "mark" && knowledge_.construction_with("as_said", lower(s, edge - 1))) {
    draft.fields.push_back({"content", knowledge_.construction_with("as_said", lower(s, edge - 1))->rule, "left out after it"});
    --edge;
  }
  if (edge < 2 || !comma(s, edge - 1)) return false;
  const Index first = lead(s);
  const Index last = edge - 1;
  if (first >= last) return false;
  // What follows must not be a content of its own.
  const Index next = clause.right;
  if (next < size(s) && !is_punctuation(word(s, next)) && has_finite(s, next, next_comma(s, next))) return false;
  Index begin = first;
  if (!has_finite(s, begin, last)) return false;
  // Inside a relative clause or after another attribution the content is not the whole sentence.
  const TextSpan span = content_of(s, begin, last);
  if (span.empty()) return false;
  take(draft, span);
  // "C, the minister said, and D": no other speech follows.
  if (comma(s, next) && next + 1 < size(s) && word(s, next + 1).upos == "CCONJ" && has_finite(s, next + 1, size(s)) &&
      !speech_in(s, next + 1, size(s)))
    take(draft, content_of(s, next + 1, size(s)));
  draft.inverted = true;
  draft.fields.push_back({"content", "statement.before_cue", "the clause before the cue"});
  return true;
}

bool StatementContents::take_rest(Draft& draft, const CueClause& clause) const {
  const Index s = draft.sentence, v = draft.word;
  if (draft.source.sentence != s || draft.source.word > v) return false;
  Index first = clause.right;
  if (first >= size(s) || is_punctuation(word(s, first))) return false;
  // An addressee ("told reporters") is no content.
  const Tree& t = tree(s);
  for (const auto c : t.children(v))
    if (c > v && ((draft.row->has(Frame::addressee) && t.has_relation(c, "obj")) || t.has_relation(c, "iobj") || t.has_relation(c, "obl")) &&
        t.extent(c).first <= first && !has_finite(s, t.extent(c).first, t.extent(c).last))
      first = std::max(first, t.extent(c).last);
  if (first >= size(s)) return false;
  Index last = content_end(s, v, first);
  if (!has_finite(s, first, last)) last = content_end(s, v, first, true);
  if (!has_finite(s, first, last)) return false;
  const Index begin = skip_complementiser(s, first, last, draft.fields);
  const TextSpan span = content_of(s, begin, last);
  if (span.empty()) return false;
  take(draft, span);
  draft.confidence *= 0.85;
  draft.fields.push_back({"content", "rest of the sentence", "no clause in the parse"});
  return true;
}

bool StatementContents::take_rest_from(Draft& draft, Index first) const {
  const Index s = draft.sentence;
  if (first >= size(s)) return false;
  const Index begin = skip_complementiser(s, first, size(s), draft.fields);
  if (!has_finite(s, begin, size(s))) return false;
  const TextSpan span = content_of(s, begin, size(s));
  if (span.empty()) return false;
  take(draft, span);
  return true;
}

bool StatementContents::take_after_colon(Draft& draft, Index i) const {
  const Index s = draft.sentence;
  if (i + 1 >= size(s) || word(s, i + 1).form != ":") return false;
  if (i + 2 < size(s)) {
    const TextSpan span = content_of(s, i + 2, size(s));
    if (span.empty()) return false;
    take(draft, span);
    return true;
  }
  return take_next_sentence(draft, s + 1);
}

bool StatementContents::take_next_sentence(Draft& draft, Index s) const {
  if (s >= sentences_.size() || sentences_[s].words.empty()) return false;
  const TextSpan span = content_of(s, 0, size(s));
  if (span.empty()) return false;
  take(draft, span);
  return true;
}

bool StatementContents::take_infinitive(Draft& draft, const Arguments& arguments) const {
  const Index s = draft.sentence, v = draft.word;
  const Tree& t = tree(s);
  if (arguments.passive) return false;
  for (const auto c : t.children(v)) {
    if (c <= v || !(t.has_relation(c, "xcomp") || t.has_relation(c, "advcl") || t.has_relation(c, "ccomp"))) continue;
    Index to = none;
    for (const auto m : t.children(c))
      if (word(s, m).deprel == "mark" && lower(s, m) == "to") to = m;
    if (to == none || to <= v) continue;
    Index first = to;
    while (first > v + 1 && (has_feature(word(s, first - 1), "Polarity=Neg") || lower(s, first - 1) == "not" || lower(s, first - 1) == "never"))
      --first;
    return take_words(draft, first, std::min(infinitive_end(s, v, c), content_end(s, v, first)), c);
  }
  // An object with the infinitive hung on it, or nothing in the parse: the next "to" before a verb.
  for (Index i = v + 1; i + 1 < std::min(size(s), v + 14); ++i) {
    if (word(s, i).upos == "VERB" || word(s, i).form == "." || word(s, i).form == ";") break;
    if (lower(s, i) != "to" || word(s, i + 1).xpos != "VB") continue;
    Index first = i;
    if (first > v + 1 && lower(s, first - 1) == "not") --first;
    draft.confidence *= 0.9;
    return take_words(draft, first, std::min(t.extent(i + 1).last, content_end(s, v, first)), i + 1);
  }
  return false;
}

Index StatementContents::infinitive_end(Index s, Index v, Index head) const {
  (void)v;
  return tree(s).extent(head).last;
}

bool StatementContents::take_infinitive_with_object(Draft& draft, const Arguments& arguments) const {
  const Index s = draft.sentence, v = draft.word;
  const Tree& t = tree(s);
  if (arguments.passive) return false;
  for (const auto c : t.children(v)) {
    if (c <= v || !(t.has_relation(c, "xcomp") || t.has_relation(c, "ccomp"))) continue;
    Index first = t.extent(c).first;
    for (const auto o : arguments.objects)
      if (o > v && o < c) first = std::min(first, t.extent(o).first);
    if (first <= v) first = v + 1;
    const auto to = t.child(c, "mark");
    if (!to || first >= *to) continue;  // "expects to win": the party's own plan
    return take_words(draft, first, content_end(s, v, first), c);
  }
  return false;
}

bool StatementContents::take_object(Draft& draft, const Arguments& arguments) const {
  const Index s = draft.sentence, v = draft.word;
  const Cue& cue = *draft.row;
  const Tree& t = tree(s);
  if (arguments.passive) return false;
  Index object = none;
  for (const auto c : t.children(v))
    if (c > v && (t.has_relation(c, "obj") || (t.has_relation(c, "ccomp") && is_nominal(word(s, c))))) {
      object = c;
      break;
    }
  const Tree::Extent extent = object == none ? Tree::Extent{0, 0} : t.extent(object);
  if (object != none && extent.first <= v) return false;
  if (object != none && word(s, object).upos == "PRON" && has_feature(word(s, object), "Reflex=Yes")) return false;
  if (cue.has(Frame::object_as)) {
    // "called the plan “a disgrace”": the object and the quotation after it, whatever the parse makes of them.
    if (const Quotation* q = quotation_between(word(s, v).span.end, sentences_[s].span.end); q && !is_name(*q)) {
      const Index quoted = word_from(s, q->span.begin);
      bool beside = quoted <= v + 14;
      for (Index i = v + 1; i < quoted && beside; ++i)
        beside = word(s, i).upos != "VERB" && !is_finite(word(s, i)) && word(s, i).form != ":" && word(s, i).form != ";" &&
                 !(comma(s, i) && i + 1 == quoted);
      if (beside) {
        // "“tyranny” and unconstitutional": what is joined to it.
        Index last = word_from(s, q->span.end);
        if (last + 1 < size(s) && word(s, last).upos == "CCONJ" && !has_finite(s, last, t.extent(v).last))
          last = std::max(last, content_end_capped(s, v, last + 1, t.extent(v).last));
        take(draft, content_of(s, v + 1, last));
        draft.words.push_back(object == none ? v : object);
        return !draft.content.empty();
      }
    }
    Index last = 0, first = object == none ? v + 1 : extent.first;
    for (const auto c : t.children(v)) {
      if (c <= v || c == object) continue;
      const bool complement = t.has_relation(c, "xcomp") || as_phrase(s, c) || (word(s, c).deprel == "advcl" && as_phrase(s, c)) ||
                              word(s, c).deprel == "ccomp" || (object != none && c > object && word(s, c).deprel == "obj");
      if (complement) last = std::max(last, t.extent(c).last);
    }
    if (last == 0 && object != none && extent.last < size(s) && lower(s, extent.last) == "as") last = content_end(s, v, extent.last);
    // The complement may hang on the object ("described him as").
    if (last == 0 && object != none)
      for (const auto c : t.children(object))
        if (as_phrase(s, c) || mark_begins(word(s, t.extent(c).first).span.begin) ||
            (word(s, c).deprel == "appos" && c > object && has_feature(word(s, t.extent(c).first), "Definite=Ind")))  // "called the plan a disaster"
          last = std::max(last, t.extent(c).last);
    if (last > first && (object != none || quotation_between(word(s, first).span.begin, sentences_[s].span.end)))
      return take_words(draft, first, content_end_capped(s, v, first, last), object == none ? v : object);
    // "called it "a disgrace"": a quotation after the object.
    if (object != none && extent.last < size(s) && mark_begins(word(s, extent.last).span.begin)) {
      const Quotation* q = quotation_from(word(s, extent.last).span.begin);
      if (q) {
        take(draft, stripped({word(s, extent.first).span.begin, q->span.end}));
        return true;
      }
    }
    if (object != none && quotation_between(word(s, extent.first).span.begin, word(s, extent.last - 1).span.end))
      return take_words(draft, extent.first, extent.last, object);
  }
  if (object != none)
    for (const auto& preposition : cue.object_prepositions)
      for (const auto c : oblique_under(s, v, object, preposition))
        return take_words(draft, extent.first, content_end_capped(s, v, extent.first, t.extent(c).last), object);
  if (object == none) return false;
  if (word(s, object).upos == "PRON" && !cue.has(Frame::object)) return false;
  const Index words = extent.last - extent.first;
  if (cue.has(Frame::object) || (cue.has(Frame::object_long) && words >= 4) || cue.has(Frame::object_short)) {
    if (word(s, object).upos == "PRON") return false;
    return take_words(draft, extent.first, content_end_capped(s, v, extent.first, object_end(s, extent.first, extent.last)), object);
  }
  if (cue.has(Frame::object_report) && knowledge_.cues_by_lemma.count(lemma(s, object)) > 0)
    return take_words(draft, extent.first, content_end_capped(s, v, extent.first, extent.last), object);
  return false;
}

bool StatementContents::as_phrase(Index s, Index c) const {
  for (const auto m : tree(s).children(c))
    if ((word(s, m).deprel == "case" || word(s, m).deprel == "mark" || word(s, m).deprel.starts_with("advmod")) && lower(s, m) == "as") return true;
  return false;
}

Index StatementContents::object_end(Index s, Index first, Index last) const {
  // ", has fired his critics": the next predicate of the clause, whatever the parse hung it on.
  for (Index i = first + 1; i + 1 < last; ++i)
    if (comma(s, i) && is_finite(word(s, i + 1)) && !relative_between(s, first, i)) return i;
  return last;
}

std::vector<Index> StatementContents::oblique_under(Index s, Index v, Index object, std::string_view preposition) const {
  std::vector<Index> out;
  const Tree& t = tree(s);
  for (const Index owner : {v, object})
    for (const auto c : t.children(owner)) {
      if (c <= v) continue;
      for (const auto m : t.children(c))
        if ((word(s, m).deprel == "case" || word(s, m).deprel == "mark") && lower(s, m) == preposition && m > v) out.push_back(c);
    }
  return out;
}

bool StatementContents::take_preposition(Draft& draft) const {
  const Index s = draft.sentence, v = draft.word;
  const Cue& cue = *draft.row;
  const Tree& t = tree(s);
  for (const auto& preposition : cue.prepositions) {
    std::vector<Index> owners{v};
    for (const auto c : t.children(v))
      if (t.has_relation(c, "obj")) owners.push_back(c);
    for (const auto owner : owners)
      for (const auto c : t.children(owner)) {
        if (c <= v) continue;
        for (const auto m : t.children(c)) {
          const bool marks = word(s, m).deprel == "case" || word(s, m).deprel == "mark";
          if (!marks || m <= v || lower(s, m) != preposition) continue;
          return take_words(draft, m + 1, content_end_capped(s, v, m + 1, t.extent(c).last), c);
        }
      }
  }
  if (cue.has(Frame::for_clause)) {
    // "asked for Park to receive": with the "for".
    for (Index i = v + 1; i < std::min(size(s), v + 4); ++i) {
      if (lower(s, i) != "for") continue;
      for (Index k = i + 1; k + 1 < std::min(size(s), i + 10); ++k)
        if (lower(s, k) == "to" && word(s, k + 1).xpos == "VB") return take_words(draft, i, content_end(s, v, i), i);
    }
  }
  return false;
}

}  // namespace masudi
