// The outlet through which a statement came: "told Reuters", "a letter seen by Reuters", "in an interview with the BBC".
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::find_via(Draft& draft, const Arguments& arguments) const {
  const Index s = draft.sentence, v = draft.word;
  const Tree& t = tree(s);
  const auto quoted_name = [&](Index i) -> std::optional<TextSpan> {
    for (const auto& q : quotations_) {
      if (q.span.begin > word(s, i).span.begin) break;
      if (q.closed && q.span.begin < word(s, i).span.begin && word(s, i).span.end <= q.inside.end && q.span.size() < 40 &&
          starts_upper(between(q.inside.begin, q.inside.end)))
        return q.span;
    }
    return std::nullopt;
  };
  const auto outlet = [&](Index i, std::string_view rule) {
    if (draft.via || i >= size(s) || i == draft.source.word) return;
    const auto mark = quoted_name(i);
    const bool in_content = std::any_of(draft.content.begin(), draft.content.end(), [&](TextSpan c) { return c.contains(word(s, i).span); });
    if (in_content) return;
    const TextSpan name = noun_phrase(tree(s), i);
    const OutletName* known = word(s, i).upos == "PROPN" ? knowledge_.outlet(article_.slice(name)) : nullptr;
    if (mark && word(s, i).upos == "PROPN") {
      draft.via = *mark;
    } else if (known || is_outlet({s, i})) {
      draft.via = name;
    }
    if (draft.via) draft.fields.push_back({"via", std::string(rule), "the outlet that has the words"});
    if (draft.via && known) draft.fields.push_back({"via", known->rule, "its name says that it is one"});
  };
  // "told Radio Free Europe", "said to France 24": a name right after the cue, whatever the parse makes of it.
  const auto named_after = [&](Index first) {
    Index last = first;
    while (last < size(s) && last < first + 6 &&
           (starts_upper(word(s, last).form) || word(s, last).upos == "NUM" || (last == first && word(s, last).upos == "DET") ||
            (word(s, last).form == "-" && last > first && last + 1 < size(s) && word(s, last - 1).span.end == word(s, last + 1).span.begin - 1)))
      ++last;
    for (; last > first; --last) {
      const TextSpan name{word(s, first).span.begin, word(s, last - 1).span.end};
      const bool in_content = std::any_of(draft.content.begin(), draft.content.end(), [&](TextSpan c) { return c.overlaps(name); });
      if (in_content) continue;
      if (const OutletName* known = knowledge_.outlet(article_.slice(name))) {
        const bool article = word(s, first).upos == "DET" && !starts_upper(word(s, first).form);
        draft.via = article ? noun_phrase(tree(s), last - 1) : name;
        if (draft.via->begin > name.begin || draft.via->end < name.end) draft.via = name;
        if (const auto* to = knowledge_.construction_with("outlet_to", lower(s, first - 1)))
          draft.fields.push_back({"via", to->rule, "the outlet to which it was said"});
        draft.fields.push_back({"via", known->rule, "its name says that it is one"});
        return;
      }
    }
  };
  if (draft.row && draft.row->has(Frame::addressee)) named_after(v + 1);
  if (!draft.via && v + 2 < size(s) && knowledge_.construction_with("outlet_to", lower(s, v + 1))) named_after(v + 2);
  if (arguments.indirect) outlet(*arguments.indirect, draft.rule);
  for (const auto i : arguments.objects) outlet(i, draft.rule);
  for (const auto& oblique : arguments.obliques)
    if (const auto* to = knowledge_.construction_with("outlet_to", lower(s, oblique.preposition))) outlet(oblique.word, to->rule);
  for (const auto c : t.children(v))
    if (c > v && t.has_relation(c, "obl"))
      for (const auto n : t.children(c))
        if (const auto preposition = case_of(t, n))
          if (const auto* to = knowledge_.construction_with("outlet_to", lower(s, *preposition))) outlet(n, to->rule);
  // "as quoted by Reuters", "a letter seen by Reuters"
  for (Index i = 0; i + 1 < size(s); ++i) {
    if (lower(s, i) != "by" || i == 0) continue;
    const auto* by = knowledge_.construction_with("outlet_by", lemma(s, i - 1));
    if (!by) continue;
    for (Index k = i + 1; k < std::min(size(s), i + 6); ++k)
      if (is_nominal(word(s, k)) && !t.has_relation(k, "compound") && t.head(k) && !t.has_relation(k, "flat")) {
        outlet(k, by->rule);
        break;
      }
  }
  // "told Reuters ..., adding that": the words of one speech come the same way.
  if (!draft.via)
    for (auto earlier = drafts_.rbegin(); earlier != drafts_.rend() && earlier->sentence == s; ++earlier)
      if (earlier->via && earlier->row && earlier->source.sentence == s && earlier->source.word == draft.source.word && earlier->word < v) {
        draft.via = earlier->via;
        draft.fields.push_back({"via", earlier->rule, "the same speech"});
        break;
      }
  // "It quoted critics, with Y stating": the teller of the clause above.
  auto up = t.head(v);
  for (int steps = 0; up && steps < 6 && !draft.via; ++steps) {
    const auto found = knowledge_.cues_by_lemma.find(lemma(s, *up));
    if (found != knowledge_.cues_by_lemma.end() && word(s, *up).upos == "VERB")
      for (const auto row : found->second)
        if (knowledge_.cues[row].has(Frame::quoting) && *up != draft.word) {
          const auto teller = arguments_of(t, *up);
          if (!teller.passive && !teller.subjects.empty() && teller.subjects.front() != draft.source.word) {
            draft.via = noun_phrase(tree(s), teller.subjects.front());
            draft.fields.push_back({"via", knowledge_.cues[row].rule, "who quotes"});
          }
          break;
        }
    up = t.head(*up);
  }
}

}  // namespace masudi
