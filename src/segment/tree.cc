#include "masudi/tree.h"

#include <algorithm>

namespace masudi {

std::string lower_lemma(const Word& word) { return ascii_lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma); }

Tree::Tree(const Sentence& sentence) : sentence_(&sentence), children_(sentence.words.size()), extents_(sentence.words.size()) {
  const auto n = size();
  for (std::uint32_t i = 0; i < n; ++i) {
    extents_[i] = {i, i + 1};
    if (const auto up = head(i)) children_[*up].push_back(i);
  }
  // From the roots down, then each word widens its head, from the leaves up. Words of a cycle, which hostile CoNLL-U could hold, are not reached.
  std::vector<std::uint32_t> order;
  order.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i)
    if (!head(i)) order.push_back(i);
  for (std::size_t at = 0; at < order.size(); ++at) order.insert(order.end(), children_[order[at]].begin(), children_[order[at]].end());
  for (std::size_t at = order.size(); at-- > 0;)
    if (const auto up = head(order[at])) {
      extents_[*up].first = std::min(extents_[*up].first, extents_[order[at]].first);
      extents_[*up].last = std::max(extents_[*up].last, extents_[order[at]].last);
    }
}

std::optional<std::uint32_t> Tree::head(std::uint32_t i) const {
  const auto up = word(i).head;
  if (up < 0 || static_cast<std::uint32_t>(up) >= size() || static_cast<std::uint32_t>(up) == i) return std::nullopt;
  return static_cast<std::uint32_t>(up);
}

bool Tree::matches(std::string_view deprel, std::string_view relation) {
  return deprel == relation || (deprel.size() > relation.size() && deprel.starts_with(relation) && deprel[relation.size()] == ':');
}

std::optional<std::uint32_t> Tree::child(std::uint32_t i, std::string_view relation) const {
  for (const auto c : children_[i])
    if (has_relation(c, relation)) return c;
  return std::nullopt;
}

std::vector<std::uint32_t> Tree::children_of(std::uint32_t i, std::string_view relation) const {
  std::vector<std::uint32_t> out;
  for (const auto c : children_[i])
    if (has_relation(c, relation)) out.push_back(c);
  return out;
}

bool Tree::dominates(std::uint32_t above, std::uint32_t below) const {
  std::optional<std::uint32_t> at = below;
  for (std::uint32_t steps = 0; at && steps <= size(); ++steps) {
    if (*at == above) return true;
    at = head(*at);
  }
  return false;
}

TextSpan Tree::span(std::uint32_t i) const { return span(extents_[i].first, extents_[i].last); }

TextSpan Tree::span(std::uint32_t first, std::uint32_t last) const {
  while (first < last && word(first).upos == "PUNCT") ++first;
  while (last > first && word(last - 1).upos == "PUNCT") --last;
  if (first >= last) return {};
  return {word(first).span.begin, word(last - 1).span.end};
}

std::vector<std::uint32_t> Tree::conjuncts(std::uint32_t i) const {
  std::vector<std::uint32_t> out{i};
  for (std::size_t at = 0; at < out.size() && out.size() <= size(); ++at)
    for (const auto c : children_[out[at]])
      if (has_relation(c, "conj")) out.push_back(c);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace masudi
