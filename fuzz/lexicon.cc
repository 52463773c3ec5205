// Hostile lexicons: TSV bytes compile to a pack that opens again with the same cells, or are refused; pack bytes open or are refused.
#include "masudi/lexicon.h"

#include <cstdint>
#include <cstdlib>

namespace {

void touch_every_cell(const masudi::Lexicon& lexicon) {
  std::size_t sum = 0;
  for (const auto& table : lexicon.tables())
    for (std::uint32_t r = 0; r < table.size(); ++r)
      for (std::size_t c = 0; c < table.columns().size(); ++c)
        for (const char byte : table.row(r).cell(c)) sum += static_cast<unsigned char>(byte);
  if (sum == SIZE_MAX) std::abort();  // never: keeps the reads
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (auto pack = masudi::Lexicon::compile({{"lexicon/fuzz.tsv", bytes}})) {
    const auto opened = masudi::Lexicon::from_bytes(*pack);
    if (!opened) std::abort();  // what compile writes, open reads
    touch_every_cell(*opened);
    std::string damaged = *pack;
    damaged[size % damaged.size()] = static_cast<char>(damaged[size % damaged.size()] ^ 1);
    if (masudi::Lexicon::from_bytes(damaged)) std::abort();  // a flipped bit never opens
  }
  if (const auto opened = masudi::Lexicon::from_bytes(bytes)) touch_every_cell(*opened);
  return 0;
}
