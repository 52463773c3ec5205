// The dependency tree of a sentence, walked: children, subtrees, contiguous bytes; and its words as tables are asked for them, in lower case.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/segment.h"

namespace masudi {

/// A view of one sentence with its children lists. Keep it no longer than the sentence, which must not change or move (a vector of sentences may be
/// moved as a whole). It is made once, when the parse is final: trees_of. Building it is O(words).
class Tree {
 public:
  explicit Tree(const Sentence& sentence);
  Tree(Tree&&) noexcept = default;
  Tree& operator=(Tree&&) noexcept = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;
  ~Tree() = default;

  const Sentence& sentence() const { return *sentence_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(sentence_->words.size()); }
  const Word& word(std::uint32_t i) const { return sentence_->words[i]; }
  /// The form of a word in lower case (ASCII).
  std::string_view lower(std::uint32_t i) const { return view(nodes_[i].lower); }
  /// The lemma of a word in lower case (ASCII); its form where it has none.
  std::string_view lemma(std::uint32_t i) const { return view(nodes_[i].lemma); }
  /// The form as names are compared: fold().
  std::string_view folded(std::uint32_t i) const { return view(nodes_[i].folded); }

  /// Dependents of a word, in text order.
  std::span<const std::uint32_t> children(std::uint32_t i) const {
    return {children_.data() + nodes_[i].children, nodes_[i + 1].children - nodes_[i].children};
  }
  std::optional<std::uint32_t> head(std::uint32_t i) const { return nodes_[i].head == no_head ? std::nullopt : std::optional(nodes_[i].head); }
  /// The first child with that relation; `nsubj` matches nsubj:pass too, `nsubj:pass` only itself.
  std::optional<std::uint32_t> child(std::uint32_t i, std::string_view relation) const {
    for (const auto c : children(i))
      if (has_relation(c, relation)) return c;
    return std::nullopt;
  }
  std::vector<std::uint32_t> children_of(std::uint32_t i, std::string_view relation) const;
  bool has_relation(std::uint32_t i, std::string_view relation) const { return matches(word(i).deprel, relation); }
  /// True where `deprel` is the relation or a subtype of it.
  static bool matches(std::string_view deprel, std::string_view relation) {
    return deprel.starts_with(relation) && (deprel.size() == relation.size() || deprel[relation.size()] == ':');
  }
  /// Is `below` in the subtree of `above` (itself included)?
  bool dominates(std::uint32_t above, std::uint32_t below) const;
  /// First and one past the last word of the subtree.
  struct Extent {
    std::uint32_t first = 0, last = 0;
  };
  Extent extent(std::uint32_t i) const { return nodes_[i].extent; }
  /// Bytes from the first to the last word of the subtree, without punctuation at its ends.
  TextSpan span(std::uint32_t i) const { return span(extent(i).first, extent(i).last); }
  /// Bytes of words [first, last), without punctuation at the ends (quotation marks count as punctuation).
  TextSpan span(std::uint32_t first, std::uint32_t last) const;
  /// The word itself and what is coordinated with it (conj), in text order.
  std::vector<std::uint32_t> conjuncts(std::uint32_t i) const;

 private:
  static constexpr std::uint32_t no_head = UINT32_MAX;
  struct Piece {
    std::uint32_t begin = 0, size = 0;  ///< of letters_
  };
  struct Node {
    std::uint32_t head = no_head;
    std::uint32_t children = 0;  ///< where they begin in children_
    Extent extent;
    Piece lower, lemma, folded;
  };
  std::string_view view(Piece piece) const { return std::string_view(letters_).substr(piece.begin, piece.size); }
  Piece add_lower(std::string_view text);
  void spell();

  const Sentence* sentence_;
  std::vector<Node> nodes_;  ///< one a word, and the end
  std::vector<std::uint32_t> children_;
  std::string letters_;
};

/// The trees of an article's sentences, in their order.
std::vector<Tree> trees_of(const std::vector<Sentence>& sentences);
std::vector<Tree> trees_of(std::vector<Sentence>&& sentences) = delete;  // views of temporaries

}  // namespace masudi
