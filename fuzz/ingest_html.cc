// Hostile html: any bytes become an article that holds together, or are refused.
#include "ingest_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  masudi::fuzz::check(masudi::fuzz::document_of(data, size, masudi::Format::html));
  return 0;
}
