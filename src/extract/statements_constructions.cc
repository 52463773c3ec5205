// Attributions without a word of saying: "according to", a headline's colon, the turns of an interview, a quotation with its author after a dash.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::read_according(Index s) {
  for (const auto& construction : knowledge_.constructions) {
    if (construction.kind != "according_to") continue;
    for (const auto& words : construction.words)
      for (Index i = 0; i < size(s); ++i)
        if (words_stand(s, i, words)) according(s, i, static_cast<Index>(words.size()), construction);
  }
}

void StatementReader::according(Index s, Index i, Index count, const CueConstruction& construction) {
  const Tree& t = tree(s);
  Index first = i + count;
  if (first >= size(s)) return;
  // Who: the noun phrase after the words, its head as the parse has it, else its last noun before punctuation or a verb.
  Index head = none;
  for (Index k = first; k < std::min(size(s), first + 12); ++k) {
    const Word& w = word(s, k);
    if (is_nominal(w) && !t.has_relation(k, "compound") && w.deprel != "nmod:poss" && !t.has_relation(k, "nmod") && w.deprel != "flat") {
      head = k;
      break;
    }
    if (w.upos == "VERB" || (comma(s, k) && k > first)) break;
  }
  if (head == none)
    for (Index k = first; k < std::min(size(s), first + 12) && (is_nominal(word(s, k)) || word(s, k).upos == "DET" || word(s, k).upos == "ADJ"); ++k)
      if (is_nominal(word(s, k))) head = k;
  if (head == none && starts_upper(word(s, first).form)) head = first;
  if (head == none) return;
  Draft draft;
  draft.sentence = s;
  draft.word = i;
  draft.cue = {word(s, i).span.begin, word(s, i + count - 1).span.end};
  draft.rule = construction.rule;
  draft.confidence = construction.confidence;
  draft.source = {s, head};
  draft.according = true;
  for (Index k = i; k < i + count; ++k) draft.words.push_back(k);
  draft.words.push_back(head);
  // Where the phrase ends: the subtree, unless the parse hung the sentence's main clause on it.
  const TextSpan own = noun_phrase(tree(s), head);
  Index own_last = word_from(s, own.end);
  Index last = std::max(t.extent(head).last, own_last);
  for (Index k = own_last; k < last; ++k)
    if (is_finite(word(s, k)) && !relative_between(s, own_last, k)) {
      last = own_last;
      break;
    }
  // "quoting B": B is the source, A the way it came.
  for (Index k = own_last; k < std::min(size(s), own_last + 3); ++k)
    if (const auto* relay = knowledge_.construction_with("relay", lemma(s, k)); relay && is_participle(word(s, k))) {
      Index quoted = none;
      for (const auto c : t.children(k))
        if (c > k && (t.has_relation(c, "obj") || t.has_relation(c, "obl"))) quoted = c;
      if (quoted == none)
        for (Index m = k + 1; m < std::min(size(s), k + 8) && quoted == none; ++m)
          if (is_nominal(word(s, m)) && !t.has_relation(m, "compound") && word(s, m).deprel != "nmod:poss") quoted = m;
      if (quoted == none) break;
      draft.via = own;
      draft.source = {s, quoted};
      draft.cue = word(s, k).span;
      draft.fields.push_back({"via", relay->rule, "the outlet that quotes"});
      last = std::max(word_from(s, noun_phrase(tree(s), quoted).end), t.extent(quoted).last);
      const Index stop = next_comma(s, quoted);
      if (stop < last || has_finite(s, quoted, last)) last = std::min(last, stop);
      break;
    }
  draft.clause = {word(s, i).span.begin, word(s, std::min(last, size(s)) - 1).span.end};
  const Index begin = lead(s);
  if (i <= begin + 1 && begin <= i) {
    Index from = last;
    if (from < size(s) && !comma(s, from) && last < size(s)) {
      // No comma after the phrase: as it stands.
    }
    const TextSpan span = content_of(s, from, size(s));
    if (span.empty() || (!has_finite(s, from, size(s)) && !(comma(s, from) && size(s) >= from + 6))) return;
    draft.content.push_back(span);
  } else if (i > 0 && comma(s, i - 1) && i >= 2 && is_relative(s, i - 2)) {
    // "which, according to A, C": the rest of the relative clause.
    Index from = last;
    while (from < size(s) && is_punctuation(word(s, from))) ++from;
    const TextSpan span = content_of(s, from, size(s));
    if (span.empty()) return;
    draft.content.push_back(span);
  } else {
    Index until = i;
    while (until > begin && comma(s, until - 1)) --until;
    if (until <= begin) return;
    // A subject before it, the predicate after it.
    // At the end of its sentence it belongs to all of it, whatever the parse makes of the verb.
    const bool at_end = last >= size(s) || (is_punctuation(word(s, last)) && !comma(s, last) && last + 1 >= size(s));
    const bool whole = has_finite(s, begin, until) || (at_end && until >= begin + 5);
    const TextSpan before = content_of(s, begin, until);
    if (!before.empty()) draft.content.push_back(before);
    if (!whole && last < size(s) && has_finite(s, last, size(s))) {
      const TextSpan after = content_of(s, last, size(s));
      if (!after.empty()) draft.content.push_back(after);
    } else if (!whole) {
      return;
    }
    draft.inverted = true;
    // Quotation that ends right before: its whole.
    for (auto& piece : draft.content)
      for (const auto& q : quotations_)
        if (q.depth == 0 && q.span.end == piece.end && q.span.begin < piece.begin) piece.begin = q.span.begin;
  }
  drafts_.push_back(std::move(draft));
}

void StatementReader::read_headline(Index s) {
  const bool title = article_.title && trimmed(between(sentences_[s].span.begin, sentences_[s].span.end)).size() >= 8 &&
                     article_.title->find(trimmed(between(sentences_[s].span.begin, sentences_[s].span.end))) != std::string::npos;
  Index paragraph = 0;
  for (Index k = 0; k <= s; ++k)
    if (sentences_[k].starts_paragraph) ++paragraph;
  if (paragraph > 1 && !title) return;
  if (sentences_[s].span.end - sentences_[s].span.begin > 300) return;
  Index colon = none, last_colon = none;
  for (Index i = 1; i + 1 < size(s); ++i)
    if (word(s, i).form == ":") {
      if (colon == none) colon = i;
      last_colon = i;
    }
  if (colon == none) return;
  const auto* first_kind = knowledge_.construction("headline_first");
  const auto* last_kind = knowledge_.construction("headline_last");
  const auto name_of = [&](Index from, Index to) -> Index {
    Index head = none;
    for (Index i = from; i < to; ++i) {
      const Word& w = word(s, i);
      if (w.upos == "VERB" || w.upos == "AUX" || w.upos == "NUM") {
        if (!starts_upper(w.form) && !is_capital(w.form)) return none;
      }
      if (is_punctuation(w) && w.form != "." && w.form != "-") return none;
      if (is_nominal(w) || starts_upper(w.form)) head = i;
    }
    if (head == none) return none;
    const Mention* mention = analysis_.mentions.at(s, head);
    const Speaker speaker{s, head};
    if (source_noun(speaker)) return head;
    if (mention)
      return mention->type == "PER" || mention->type == "ORG" || is_outlet(speaker) ? head : (mention->kind == MentionKind::nominal ? head : none);
    if (word(s, head).ner == "B-PER" || word(s, head).ner == "I-PER" || word(s, head).ner == "B-ORG" || word(s, head).ner == "I-ORG") return head;
    return none;
  };
  const auto make = [&](Index head, Index from, Index to, Index mark, const CueConstruction& construction) {
    const TextSpan span = content_of(s, from, to);
    if (span.empty()) return;
    Draft draft;
    draft.sentence = s;
    draft.word = mark;
    draft.cue = word(s, mark).span;
    draft.clause = draft.cue;
    draft.rule = construction.rule;
    draft.confidence = construction.confidence;
    draft.source = {s, head};
    draft.content.push_back(span);
    draft.words = {mark, head};
    draft.inverted = from < mark;
    drafts_.push_back(std::move(draft));
  };
  const bool spoken = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.sentence == s && d.word < colon; });
  // "Miller on the dam: ‘It is safe’": who it is stands before the topic.
  Index named = colon;
  const CueConstruction* topic = nullptr;
  if (first_kind && colon + 1 < size(s) && mark_begins(word(s, colon + 1).span.begin))
    for (Index i = 1; i < colon && named == colon; ++i)
      if ((topic = knowledge_.construction_with("headline_topic", lower(s, i)))) named = i;
  if (first_kind && (named <= 5 || named < colon) && size(s) - colon > 3 && !spoken)
    if (const Index head = name_of(0, named); head != none) {
      make(head, colon + 1, size(s), colon, *first_kind);
      if (topic && !drafts_.empty()) drafts_.back().fields.push_back({"source", topic->rule, "who it is stands before the topic"});
      return;
    }
  if (last_kind && size(s) - last_colon <= 5 && last_colon >= 3)
    if (const Index head = name_of(last_colon + 1, size(s)); head != none) make(head, 0, last_colon, last_colon, *last_kind);
}

std::string_view StatementReader::turn_label(Index s, Index& colon) const {
  if (!sentences_[s].starts_paragraph) return {};
  for (Index i = 1; i < std::min<Index>(size(s), 5); ++i) {
    if (word(s, i).form != ":") {
      if (is_punctuation(word(s, i)) && word(s, i).form != ".") return {};
      continue;
    }
    // The sentence model may end a sentence at the colon: the turn's words are then the rest of the paragraph.
    const bool alone = i + 1 == size(s) && s + 1 < sentences_.size() && !sentences_[s + 1].starts_paragraph;
    if (!starts_upper(word(s, 0).form) || (i + 2 >= size(s) && !alone)) return {};
    colon = i;
    return between(word(s, 0).span.begin, word(s, i - 1).span.end);
  }
  return {};
}

void StatementReader::count_turns() {
  for (Index s = 0; s < sentences_.size(); ++s) {
    Index colon = none;
    const auto label = turn_label(s, colon);
    if (!label.empty()) ++turns_[label];
  }
}

void StatementReader::read_turn(Index s) {
  const auto* construction = knowledge_.construction("transcript");
  Index colon = none;
  const auto label = turn_label(s, colon);
  if (!construction || label.empty() || turns_[label] < 2) return;
  const auto other = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.sentence == s && d.word <= colon; });
  if (other) return;
  Draft draft;
  draft.sentence = s;
  draft.word = colon;
  draft.cue = draft.clause = word(s, colon).span;
  draft.rule = construction->rule;
  draft.confidence = construction->confidence;
  draft.source = {s, colon - 1};
  draft.words = {colon - 1, colon};
  Index last = s;
  while (last + 1 < sentences_.size() && !sentences_[last + 1].starts_paragraph) ++last;
  const TextSpan first = colon + 1 < size(s) ? word(s, colon + 1).span : sentences_[s + 1].span;
  draft.content.push_back(stripped({first.begin, sentences_[last].span.end}));
  drafts_.push_back(std::move(draft));
}

Index StatementReader::head_of_words(Index s, Index first, Index last) const {
  Index head = none;
  for (Index i = first; i < last; ++i) {
    if (!is_nominal(word(s, i))) continue;
    const auto up = tree(s).head(i);
    if (!up || *up < first || *up >= last) return i;
    head = i;
  }
  return head;
}

void StatementReader::read_captions() {
  const auto* construction = knowledge_.construction("caption");
  if (!construction) return;
  for (const auto& q : quotations_) {
    if (q.depth != 0 || !q.closed || q.span.size() < 20 || !starts_clause(q)) continue;
    const Index s = sentence_at(next_text(q.span.end));
    if (s == none) continue;
    const Index dash = word_from(s, q.span.end);
    if (dash + 1 >= size(s) || word(s, dash).span.begin != next_text(q.span.end)) continue;
    if (!knowledge_.construction_with("caption", word(s, dash).form) || !starts_upper(word(s, dash + 1).form)) continue;
    if (has_finite(s, dash + 1, size(s)) || size(s) - dash > 16) continue;
    Index end = dash + 1;
    while (end < size(s) && !is_punctuation(word(s, end))) ++end;
    const Index head = head_of_words(s, dash + 1, end);
    if (head == none || used(q)) continue;
    Draft draft;
    draft.sentence = s;
    draft.word = dash;
    draft.cue = draft.clause = word(s, dash).span;
    draft.rule = construction->rule;
    draft.confidence = construction->confidence;
    draft.source = {s, head};
    draft.words = {dash, head};
    draft.content.push_back(q.span);
    draft.quoted = true;
    drafts_.push_back(std::move(draft));
  }
}

void StatementReader::read_posts() {
  const auto* construction = knowledge_.construction("post");
  if (!construction) return;
  const std::string_view text = article_.text;
  for (auto handle = text.find("(@"); handle != std::string_view::npos; handle = text.find("(@", handle + 2)) {
    const Index s = sentence_at(static_cast<std::uint32_t>(handle));
    if (s == none) continue;
    // The dash before the name, in the same sentence; no finite verb between them.
    const Index last = word_from(s, static_cast<std::uint32_t>(handle));
    Index dash = none;
    for (Index i = last; i > 0 && i + 8 > last; --i)
      if (knowledge_.construction_with("post", word(s, i - 1).form)) {
        dash = i - 1;
        break;
      }
    if (dash == none || dash + 1 >= last || has_finite(s, dash + 1, last)) continue;
    const Index head = head_of_words(s, dash + 1, last);
    if (head == none) continue;
    Index paragraph = s;
    while (paragraph > 0 && !sentences_[paragraph].starts_paragraph) --paragraph;
    const TextSpan content = stripped({sentences_[paragraph].span.begin, word(s, dash).span.begin});
    const auto words = between(content.begin, content.end);
    if (std::count(words.begin(), words.end(), ' ') < 2 || words.find("(@") != std::string_view::npos) continue;
    Draft draft;
    draft.sentence = s;
    draft.word = dash;
    draft.cue = draft.clause = word(s, dash).span;
    draft.rule = construction->rule;
    draft.confidence = construction->confidence;
    draft.source = {s, head};
    draft.words = {dash, head};
    draft.content.push_back(content);
    draft.inverted = true;
    drafts_.push_back(std::move(draft));
  }
}

}  // namespace masudi
