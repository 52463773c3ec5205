// The best dependency tree under integer scores of arcs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace masudi {

/// Memory of the search, to be used again.
struct TreeSearch {
  std::vector<std::int64_t> weights, chosen;
  std::vector<std::int32_t> targets, top, parent, source, target, row, path, pending;
  std::vector<std::uint8_t> on_path;
  std::vector<std::vector<std::int32_t>> members;
};

/// True where every word leads to the one word whose head is -1.
bool is_tree(const std::int32_t* heads, std::size_t words);

/// Heads of the tree of greatest sum in which exactly one word depends on the root (head -1).
///
/// @param scores  scores[(1 + j) * stride + i]: of word j as head of word i; row 0: of the root as head. i = j is never looked at. Magnitudes < 2^30.
/// @param words   1..2^14. Time and memory: O(words^2).
/// Source: Edmonds's algorithm in the form of Tarjan (1977) for dense graphs with the correction of Camerini et al. (1979). Arcs of the root are
/// made so dear that a second one never pays; integers keep that exact.
void best_tree(const std::int32_t* scores, std::size_t stride, std::size_t words, std::int32_t* heads, TreeSearch& search);

/// What `break_cycles` asks for: the scores of the words `first`..`last` (not included) as heads of word `i`, in `scores`.
class ArcScores {
 public:
  virtual ~ArcScores() = default;
  virtual void of(std::size_t i, std::size_t& first, std::size_t& last, std::vector<std::int32_t>& scores) = 0;
};
/// Makes a tree of heads in which exactly one word, `root`, has head -1 but others may go in circles: each circle is opened at the arc that costs
/// least, to a head outside its part; where no word of the circle has one, its first word gets the root's word. O(words) calls of `arcs`.
void break_cycles(std::size_t root, std::size_t words, std::int32_t* heads, ArcScores& arcs);

}  // namespace masudi
