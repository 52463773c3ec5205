// The dependency tree of a sentence, walked: children, subtrees, contiguous bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/segment.h"

namespace masudi {

/// The lemma of a word in lower case (ASCII); its form where it has none.
std::string lower_lemma(const Word& word);

/// A view of one sentence with its children lists. Keep it no longer than the sentence. Building it is O(words).
class Tree {
 public:
  explicit Tree(const Sentence& sentence);

  const Sentence& sentence() const { return *sentence_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(sentence_->words.size()); }
  const Word& word(std::uint32_t i) const { return sentence_->words[i]; }
  /// Dependents of a word, in text order.
  const std::vector<std::uint32_t>& children(std::uint32_t i) const { return children_[i]; }
  std::optional<std::uint32_t> head(std::uint32_t i) const;
  /// The first child with that relation; `nsubj` matches nsubj:pass too, `nsubj:pass` only itself.
  std::optional<std::uint32_t> child(std::uint32_t i, std::string_view relation) const;
  std::vector<std::uint32_t> children_of(std::uint32_t i, std::string_view relation) const;
  bool has_relation(std::uint32_t i, std::string_view relation) const { return matches(word(i).deprel, relation); }
  /// True where `deprel` is the relation or a subtype of it.
  static bool matches(std::string_view deprel, std::string_view relation);
  /// Is `below` in the subtree of `above` (itself included)?
  bool dominates(std::uint32_t above, std::uint32_t below) const;
  /// First and one past the last word of the subtree.
  struct Extent {
    std::uint32_t first = 0, last = 0;
  };
  Extent extent(std::uint32_t i) const { return extents_[i]; }
  /// Bytes from the first to the last word of the subtree, without punctuation at its ends.
  TextSpan span(std::uint32_t i) const;
  /// Bytes of words [first, last), without punctuation at the ends (quotation marks count as punctuation).
  TextSpan span(std::uint32_t first, std::uint32_t last) const;
  /// The word itself and what is coordinated with it (conj), in text order.
  std::vector<std::uint32_t> conjuncts(std::uint32_t i) const;

 private:
  const Sentence* sentence_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<Extent> extents_;
};

}  // namespace masudi
