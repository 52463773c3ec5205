#include "masudi/tree.h"

#include <algorithm>

namespace masudi {

Tree::Tree(const Sentence& sentence) : sentence_(&sentence), nodes_(sentence.words.size() + 1) {
  const auto n = size();
  // Children side by side, those of the first word first: counted, then put behind where those of the words before end.
  for (std::uint32_t i = 0; i < n; ++i) {
    nodes_[i].extent = {i, i + 1};
    const auto up = word(i).head;
    if (up < 0 || static_cast<std::uint32_t>(up) >= n || static_cast<std::uint32_t>(up) == i) continue;
    nodes_[i].head = static_cast<std::uint32_t>(up);
    ++nodes_[nodes_[i].head + 1].children;
  }
  for (std::uint32_t i = 0; i < n; ++i) nodes_[i + 1].children += nodes_[i].children;
  children_.resize(nodes_[n].children);
  std::vector<std::uint32_t> order(n);  // first where the next child of each word goes, then the words from the roots down
  for (std::uint32_t i = 0; i < n; ++i) order[i] = nodes_[i].children;
  for (std::uint32_t i = 0; i < n; ++i)
    if (nodes_[i].head != no_head) children_[order[nodes_[i].head]++] = i;
  order.clear();
  for (std::uint32_t i = 0; i < n; ++i)
    if (nodes_[i].head == no_head) order.push_back(i);
  for (std::size_t at = 0; at < order.size(); ++at) {
    const auto below = children(order[at]);
    order.insert(order.end(), below.begin(), below.end());
  }
  // Each word widens its head, from the leaves up. Words of a cycle, which hostile CoNLL-U could hold, are not reached.
  for (std::size_t at = order.size(); at-- > 0;)
    if (const auto up = nodes_[order[at]].head; up != no_head) {
      const Extent own = nodes_[order[at]].extent;
      Extent& wider = nodes_[up].extent;
      wider = {std::min(wider.first, own.first), std::max(wider.last, own.last)};
    }
  spell();
}

Tree::Piece Tree::add_lower(std::string_view text) {
  const Piece piece{static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(text.size())};
  letters_ += text;
  for (std::size_t k = piece.begin; k < letters_.size(); ++k) {
    const char c = letters_[k];
    letters_[k] = static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  }
  return piece;
}

void Tree::spell() {
  std::size_t most = 0;
  for (const Word& word : sentence_->words) most += word.form.size() + word.lemma.size();
  letters_.reserve(most);
  for (std::uint32_t i = 0; i < size(); ++i) {
    const Word& word = sentence_->words[i];
    Node& node = nodes_[i];
    node.lower = node.lemma = node.folded = add_lower(word.form);
    if (!word.lemma.empty() && word.lemma != "_") {
      node.lemma = add_lower(word.lemma);
      if (view(node.lemma) == view(node.lower)) {
        letters_.resize(node.lemma.begin);
        node.lemma = node.lower;
      }
    }
    if (folds_as_ascii(word.form)) continue;
    const std::string folded = fold(word.form);
    node.folded = {static_cast<std::uint32_t>(letters_.size()), static_cast<std::uint32_t>(folded.size())};
    letters_ += folded;
  }
}

std::vector<std::uint32_t> Tree::children_of(std::uint32_t i, std::string_view relation) const {
  std::vector<std::uint32_t> out;
  for (const auto c : children(i))
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

TextSpan Tree::span(std::uint32_t first, std::uint32_t last) const {
  while (first < last && word(first).upos == "PUNCT") ++first;
  while (last > first && word(last - 1).upos == "PUNCT") --last;
  if (first >= last) return {};
  return {word(first).span.begin, word(last - 1).span.end};
}

std::vector<std::uint32_t> Tree::conjuncts(std::uint32_t i) const {
  std::vector<std::uint32_t> out{i};
  for (std::size_t at = 0; at < out.size() && out.size() <= size(); ++at)
    for (const auto c : children(out[at]))
      if (has_relation(c, "conj")) out.push_back(c);
  if (out.size() > 1) std::sort(out.begin(), out.end());
  return out;
}

std::vector<Tree> trees_of(const std::vector<Sentence>& sentences) {
  std::vector<Tree> out;
  out.reserve(sentences.size());
  for (const Sentence& sentence : sentences) out.emplace_back(sentence);
  return out;
}

}  // namespace masudi
