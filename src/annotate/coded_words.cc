#include "coded_words.h"

#include <cstring>

#include "../segment/linear_model.h"

namespace masudi {

void CodedWords::add(std::string_view lower, std::int32_t* sums) const {
  constexpr unsigned coded_word_template = 13;  // the trainer's number
  const std::uint64_t hash = mix(feature(coded_word_template), hash_text(lower));
  const auto low = static_cast<std::uint32_t>(hash);
  const std::uint32_t wanted = low == 0 ? 1 : low;
  std::uint64_t at = (hash >> 32U) % (slots == 0 ? 1 : slots);
  for (std::uint64_t looked = 0; looked < slots; ++looked, at = at + 1 == slots ? 0 : at + 1) {
    std::uint32_t key = 0;
    std::memcpy(&key, keys.data() + at * sizeof key, sizeof key);
    if (key == 0) return;
    if (key != wanted) continue;
    for (std::uint64_t book = 0; book < books; ++book) {
      const std::int8_t* row = rows + (book * 256 + static_cast<unsigned char>(codes[at * books + book])) * size;
      for (std::uint64_t i = 0; i < size; ++i) sums[i] += row[i];
    }
    return;
  }
}

}  // namespace masudi
