// What an undertaking does not cover, in its sentence and in later ones.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

namespace {
constexpr std::uint32_t exclusion_reach = 4;  // sentences after the anchor's in which an exclusion of its theme still counts
bool is_content_word(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "VERB" || word.upos == "NUM"; }
}  // namespace

std::set<std::string_view> CommitmentReader::content_lemmas(TextSpan span) const {
  std::set<std::string_view> out;
  for (const Tree& t : trees_) {
    if (!t.sentence().span.overlaps(span)) continue;
    for (Index i = 0; i < t.size(); ++i)
      if (span.contains(t.word(i).span) && is_content_word(t.word(i))) out.insert(t.lemma(i));
  }
  return out;
}

void CommitmentReader::exclude(Draft& draft, TextSpan span, const std::string& rule) const {
  if (span.empty()) return;
  for (const auto old : draft.record.excludes)
    if (old.overlaps(span)) return;
  draft.record.excludes.push_back(span);
  draft.trace.fields.push_back({"excludes", rule, std::string(text(span))});
}

TextSpan CommitmentReader::clause_span(Index s, Index verb) const {
  const Tree& t = tree(s);
  const auto subject = t.child(verb, "nsubj");
  const Index first = subject ? std::min(t.extent(*subject).first, verb) : verb;
  return words_span(s, first, end_of(s, verb, first));
}

void CommitmentReader::find_referring_excludes(Draft& draft) const {
  if (!agreement_ || !draft.clause) return;
  const auto& words = knowledge_.agreements;
  const auto paragraph = [](std::string_view label) { return label.substr(0, label.find('(')); };
  for (Index k = 0; k < trees_.size(); ++k)
    for (Index v = 0; v < tree(k).size(); ++v) {
      if (!is_verb(word(k, v))) continue;
      const Clause* clause = agreement_->clause_at(k, v);
      if (!clause) continue;
      const Entry* cover = knowledge_.excludes.find("cover", tree(k).lemma(v));
      if (cover && !denies(k, v)) cover = nullptr;
      const std::string* left_out = words.find("left_out", tree(k).lemma(v));
      if (!cover && !left_out) continue;
      for (Index r = 0; r < tree(k).size(); ++r) {
        const std::string* row = words.find("reference", tree(k).lemma(r));
        if (!row || (cover && r > v)) continue;
        const std::string label = clause_reference(std::string_view(article_.text).substr(word(k, r).span.end, 24));
        const bool named = !label.empty() && draft.clause->label == label && (clause->division == draft.clause->division || clause->division.empty());
        const bool own = label.empty() && k > draft.sentence && clause->division == draft.clause->division &&
                         paragraph(clause->label) == paragraph(draft.clause->label);
        if (!named && !own) continue;
        exclude(draft, clause_span(k, v), *row + " " + (cover ? cover->id : *left_out));
        break;
      }
    }
}

void CommitmentReader::find_excludes(Index s, Draft& draft) {
  find_referring_excludes(draft);
  const Tree& t = tree(s);
  const Complement& c = draft.complement;
  for (Index i = c.first; i < t.size(); ++i) {
    if (i < c.last)
      if (const Entry* only = knowledge_.excludes.find("limit", lower(s, i))) {
        const auto up = t.head(i);
        TextSpan span = word(s, i).span;
        if (up && *up > i && !is_verb(word(s, *up))) span.end = std::max(span.end, noun_phrase(tree(s), *up).end);
        exclude(draft, span, only->id);
      }
    for (Index length = 1; length <= 2 && i < c.last && i + length < t.size(); ++length) {
      if (const Entry* bound = knowledge_.excludes.find("bound", joined(s, i, i + length)))
        exclude(draft, words_span(s, i, std::max(exception_end(s, i, i + length), i + length)), bound->id);
    }
    for (Index length = 1; length <= 4 && i + length < t.size(); ++length) {
      const Entry* except = knowledge_.excludes.find("phrase", joined(s, i, i + length));
      if (!except || !t.dominates(c.head, i)) continue;
      const Index last = exception_end(s, i, i + length);
      if (last > i + length) exclude(draft, words_span(s, i + length, last), except->id);
    }
  }
  const Entry* ending = knowledge_.excludes.find("ending", tree(s).lemma(c.head));
  auto theme = content_lemmas(draft.record.consequent);
  if (!ending)
    for (const auto& lemma : theme)
      if (const Entry* found = knowledge_.excludes.find("ending", lemma)) ending = found;
  for (Index k = s; k < std::min<Index>(static_cast<Index>(trees_.size()), s + exclusion_reach); ++k)
    for (Index v = 0; v < tree(k).size(); ++v) {
      if (!is_verb(word(k, v)) || (k == s && v >= c.first && v < c.last)) continue;
      const auto subject = tree(k).child(v, "nsubj");
      if (!subject) continue;
      if (const Entry* cover = knowledge_.excludes.find("cover", tree(k).lemma(v)); cover && denies(k, v)) {
        const std::string_view about = tree(k).lemma(*subject);
        const bool kin = knowledge_.excludes.find("ending", about) != nullptr && ending != nullptr;
        const bool named = knowledge_.by_lemma.count(about) > 0;
        // In an agreement other paragraphs are other stipulations, and references are read by their number.
        const Clause* clause = agreement_ ? agreement_->clause_at(k, v) : nullptr;
        if (clause && (knowledge_.agreements.find("reference", about) || (draft.clause && clause->label != draft.clause->label))) continue;
        // "The deployment does not include": right behind the undertaking, what is spoken of as known is what was undertaken.
        const bool other = knowledge_.excludes.find("ending", about) != nullptr;
        const bool next = k == s + 1 && !clause && !other && has_definite_determiner(tree(k), *subject) && word(k, *subject).upos == "NOUN";
        if (theme.count(about) > 0 || kin || named || next) exclude(draft, clause_span(k, v), cover->id);
      }
      if (const Entry* kept = knowledge_.excludes.find("kept", tree(k).lemma(v)); kept && ending && modal(k, v)) {
        draft.trace.fields.push_back({"excludes", ending->id, "something ends, so what stays is left out"});
        exclude(draft, clause_span(k, v), kept->id);
      }
    }
}

CommitmentReader::Index CommitmentReader::exception_end(Index s, Index marker, Index first) const {
  const Tree& t = tree(s);
  Index last = first;
  for (Index i = first; i < std::min(t.size(), first + 3); ++i) {
    const auto extent = t.extent(i);
    const auto up = t.head(i);
    if (up && *up >= first && *up < extent.last + 8 && *up > i && !is_verb(word(s, *up))) continue;
    last = std::max(last, extent.last);
    break;
  }
  if (last <= first && marker < t.size()) last = t.extent(marker).last;
  while (last > first && word(s, last - 1).upos == "PUNCT") --last;
  return last;
}

bool CommitmentReader::denies(Index s, Index v) const {
  for (const auto c : tree(s).children(v))
    if (c < v && tree(s).has_relation(c, "advmod") && knowledge_.blocks.find("negation", lower(s, c))) return true;
  return false;
}

bool CommitmentReader::modal(Index s, Index v) const {
  for (const auto c : tree(s).children(v)) {
    if (!tree(s).has_relation(c, "aux")) continue;
    const auto found = knowledge_.by_lemma.find(tree(s).lemma(c));
    if (found != knowledge_.by_lemma.end() && is_modal(found->second.front())) return true;
  }
  return false;
}

}  // namespace masudi
