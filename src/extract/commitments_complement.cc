// What an anchor commits to: its complement, by the frame of its lexicon row.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

namespace {
constexpr std::uint32_t infinitive_reach = 8;  // words between the anchor and its "to" ("promised the people of Kenya to")
}

std::optional<CommitmentReader::Complement> CommitmentReader::complement_of(const CommitmentRow& row, Index s, Index i) const {
  switch (row.frame) {
    case CommitmentFrame::to:
      return infinitive(s, i);
    case CommitmentFrame::gerund:
      return gerund(s, i);
    case CommitmentFrame::that:
      return finite_clause(s, i);
    case CommitmentFrame::object:
      return noun_object(s, i);
    case CommitmentFrame::modal:
    case CommitmentFrame::past:
      return beside_modal(s, i);
    case CommitmentFrame::headline:
      return headline(s, i);
    case CommitmentFrame::periphrasis:
      // "is going to contest", "is to begin"; not "went to see", "the aim was to end".
      if (tree(s).lemma(i) != "be" && word(s, i).xpos != "VBG") return std::nullopt;
      // "Are enough students to take": not what anybody is to do.
      if (tree(s).lemma(i) == "be")
        for (Index k = i + 1; k < tree(s).size() && word(s, k).xpos != "TO"; ++k)
          if (word(s, k).upos != "ADV" && word(s, k).upos != "PART") return std::nullopt;
      return infinitive(s, i);
  }
  return std::nullopt;
}

CommitmentReader::Index CommitmentReader::end_of(Index s, Index head, Index first) const {
  const Tree& t = tree(s);
  Index last = t.extent(head).last;
  std::vector<Index> chain{head};
  for (std::size_t at = 0; at < chain.size() && chain.size() <= t.size(); ++at)
    for (const auto c : t.children(chain[at])) {
      if (c < head) continue;
      const bool conjunct = t.has_relation(c, "conj");
      const bool apart = conjunct && (t.child(c, "nsubj") || (t.child(c, "aux") && is_verb(word(s, c))));
      if (apart || t.has_relation(c, "parataxis")) {
        last = std::min(last, std::max(t.extent(c).first, first));
        // ", and it will": the conjunction hangs on the conjunct, but a parse may put it before.
        while (last > first && (word(s, last - 1).upos == "CCONJ" || word(s, last - 1).upos == "PUNCT")) --last;
      } else if (conjunct) {
        chain.push_back(c);
      }
    }
  const std::uint32_t begin = word(s, first).span.begin;
  for (const auto& q : quotations_)
    if (q.inside.begin <= begin && begin < q.inside.end)
      while (last > first + 1 && word(s, last - 1).span.begin >= q.inside.end) --last;
  while (last > first && word(s, last - 1).upos == "PUNCT" && !closes_inside(word(s, last - 1).span, begin)) --last;
  return last;
}

bool CommitmentReader::closes_inside(TextSpan mark, std::uint32_t from) const {
  return std::any_of(quotations_.begin(), quotations_.end(),
                     [&](const Quotation& q) { return q.closed && q.span.begin >= from && q.span.end == mark.end; });
}

std::optional<CommitmentReader::Complement> CommitmentReader::below(Index s, Index head, Index first) const {
  Complement out{head, first, end_of(s, head, first), false};
  if (out.first >= out.last) return std::nullopt;
  return out;
}

std::optional<CommitmentReader::Complement> CommitmentReader::infinitive(Index s, Index i) const {
  const Tree& t = tree(s);
  const auto opens = [&](Index verb) -> std::optional<Index> {
    for (const auto c : t.children(verb))
      if (c < verb && (word(s, c).deprel == "mark" || word(s, c).upos == "PART") && word(s, c).xpos == "TO") return c;
    return std::nullopt;
  };
  for (const auto c : t.children(i)) {
    if (c <= i) continue;
    const bool clause = t.has_relation(c, "xcomp") || t.has_relation(c, "acl") || t.has_relation(c, "ccomp") || t.has_relation(c, "advcl");
    if (!clause) continue;
    const auto to = opens(c);
    if (!to || *to <= i || *to > i + infinitive_reach) continue;
    // "Decided how to react", "whether to accept": what is decided is not said.
    const Word& before = word(s, *to - 1);
    if (before.xpos == "WRB" || before.xpos == "WP" || (before.upos == "SCONJ" && before.xpos == "IN" && *to - 1 > i)) continue;
    return below(s, c, *to + 1);
  }
  // "Its promise to Nepal to send doctors": the parse hangs the infinitive on the verb above, right behind the phrase of the noun.
  if (const auto up = t.head(i); up && word(s, i).upos == "NOUN" && t.has_relation(i, "obj"))
    for (const auto c : t.children(*up)) {
      if (c <= i || (!t.has_relation(c, "advcl") && !t.has_relation(c, "xcomp"))) continue;
      const auto to = opens(c);
      if (to && *to > i + 1 && *to == t.extent(i).last && *to <= i + infinitive_reach && word(s, i + 1).upos == "ADP") return below(s, c, *to + 1);
    }
  Index next = i + 1;
  while (next < t.size() && word(s, next).upos == "ADV" && word(s, next).xpos != "WRB") ++next;
  if (next < t.size() && word(s, next).upos == "PART" && has_feature(word(s, next), "Polarity=Neg")) ++next;
  if (next + 1 >= t.size() || word(s, next).xpos != "TO") return std::nullopt;
  Index verb = next + 1;
  while (verb < t.size() && (word(s, verb).upos == "ADV" || word(s, verb).upos == "AUX") && verb < next + 4) ++verb;
  if (verb >= t.size() || word(s, verb).upos != "VERB") return std::nullopt;
  return below(s, verb, next + 1);
}

std::optional<CommitmentReader::Complement> CommitmentReader::gerund(Index s, Index i) const {
  const Tree& t = tree(s);
  Index to = i + 1;
  while (to < t.size() && (word(s, to).upos == "ADV" || word(s, to).xpos == "PRP")) ++to;  // "commits itself to"
  if (to >= t.size() || lower(s, to) != "to") return std::nullopt;
  Index verb = to + 1;
  while (verb < t.size() && word(s, verb).upos == "ADV") ++verb;
  if (verb >= t.size() || word(s, verb).xpos != "VBG") return std::nullopt;
  return below(s, verb, to + 1);
}

std::optional<CommitmentReader::Complement> CommitmentReader::finite_clause(Index s, Index i) const {
  const Tree& t = tree(s);
  for (const auto c : t.children(i)) {
    if (c <= i || !(t.has_relation(c, "ccomp") || t.has_relation(c, "acl"))) continue;
    if (!t.child(c, "nsubj") || t.has_relation(c, "acl:relcl")) continue;
    Index first = std::max(t.extent(c).first, i + 1);
    while (first < c && (word(s, first).upos == "SCONJ" || word(s, first).upos == "PUNCT")) ++first;
    auto out = below(s, c, first);
    if (out) out->whole_clause = true;
    return out;
  }
  return std::nullopt;
}

std::optional<CommitmentReader::Complement> CommitmentReader::noun_object(Index s, Index i) const {
  const Tree& t = tree(s);
  if (t.child(i, "xcomp") || t.child(i, "ccomp")) return std::nullopt;
  const auto object = t.child(i, "obj");
  if (!object || *object < i || word(s, *object).upos == "PRON") return std::nullopt;
  return below(s, *object, t.extent(*object).first);
}

std::optional<CommitmentReader::Complement> CommitmentReader::beside_modal(Index s, Index i) const {
  const Tree& t = tree(s);
  const auto up = t.head(i);
  Index head = none;
  if (up && t.has_relation(i, "aux")) {
    if (*up < i) return std::nullopt;  // a tag: "will it"
    head = *up;
  } else {
    return std::nullopt;
  }
  Index first = i + 1;
  while (first < head && word(s, first).upos == "PART") ++first;
  if (word(s, first).xpos == "TO" && first + 1 < t.size()) ++first;
  return below(s, head, std::min(first, head));
}

std::optional<CommitmentReader::Complement> CommitmentReader::headline(Index s, Index i) const {
  const auto& sentence = analysis_.sentences[s];
  const Tree& t = tree(s);
  if (i == 0 || i + 1 >= t.size() || s > 1 || word(s, i).xpos != "TO" || text(sentence.words.back().span) == ".") return std::nullopt;
  for (Index k = 0; k < i; ++k)
    if (is_verb(word(s, k))) return std::nullopt;
  if (word(s, i + 1).upos != "VERB") return std::nullopt;
  Complement out{i + 1, i + 1, t.size(), false};
  while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
  return out;
}

}  // namespace masudi
