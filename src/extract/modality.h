// Auxiliary modes: is what a word names future, hypothetical, negated or history? Read from the words around it and above it in the tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/string_map.h"
#include "masudi/tree.h"

namespace masudi {

/// The rows of lexicon/modality.tsv, by cue and lemma.
class ModalityRules {
 public:
  struct Row {
    std::string id, aux;
  };
  static Result<ModalityRules> build(const Lexicon& lexicon);
  /// The row of a lemma under a cue ("modal", "governor", ...), or null. The last row wins where two list the lemma.
  const Row* find(std::string_view cue, std::string_view lemma) const;

 private:
  std::vector<Row> rows_;
  StringMaps<std::size_t> by_cue_;  ///< row by lemma
};

/// One reason for an auxiliary mode.
struct ModeMark {
  std::string aux, rule;
  std::uint32_t word = 0;
  bool own_modal = false;  ///< will or shall beside the anchor itself
};

/// All reasons found, nearest first; a mode may stand more than once. Pure; O(words), cyclic trees end.
std::vector<ModeMark> modes_of(const Tree& tree, std::uint32_t anchor, const ModalityRules& rules);

}  // namespace masudi
