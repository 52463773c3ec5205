// Hostile JSON lines: every line becomes an article or a reject, and the reader always comes to the end.
#include <unistd.h>

#include <filesystem>

#include "ingest_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path = (std::filesystem::temp_directory_path() / ("masudi_fuzz_" + std::to_string(::getpid()) + ".jsonl")).string();
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  masudi::SourceOptions options;
  options.metadata.format = masudi::Format::json;
  auto source = masudi::SourceReader::open(path, options);
  if (!source) return 0;
  std::size_t items = 0;
  while (const auto item = source->next()) {
    masudi::fuzz::require(++items <= size + 1);
    if (const auto* document = std::get_if<masudi::Document>(&*item)) {
      masudi::fuzz::require(document->at.begin <= document->at.end && document->at.end <= size);
      masudi::fuzz::check(*document);
    }
  }
  std::filesystem::remove(path);
  return 0;
}
