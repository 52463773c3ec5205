// Words that no training text had, each by a few codes instead of a row of its own. docs/inference.md, "Word vectors".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace masudi {

/// A table of words by their hashes: open addressing over `slots` keys, 0 for an empty slot. A word's vector is the sum of one row of each book, by
/// its codes. Words lie there as hashes alone, so of 2^32 words that are not in it about one a slot that is looked at is taken for one that is.
struct CodedWords {
  std::string_view keys;              ///< little-endian int32 [slots], as they lie in the file
  std::string_view codes;             ///< bytes [slots][books]
  const std::int8_t* rows = nullptr;  ///< [books][256][size]
  std::uint64_t slots = 0, books = 0, size = 0;

  /// Adds the word's rows to `size` sums; nothing is added for a word that is not in the table.
  void add(std::string_view lower, std::int32_t* sums) const;
};

}  // namespace masudi
