// What the three ingest fuzzers assert: an article that was accepted is whole, and a refusal is a fine answer.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "masudi/ingest.h"

namespace masudi::fuzz {

inline void require(bool good) {
  if (!good) std::abort();
}

/// The rules of the repository's own lexicon, compiled once.
inline const IngestRules& rules() {
  static const IngestRules built = [] {
    const auto files = Lexicon::read_folder(MASUDI_SOURCE "/lexicon", "lexicon");
    require(files.has_value());
    const auto pack = Lexicon::compile(*files);
    require(pack.has_value());
    static const auto lexicon = Lexicon::from_bytes(*pack);
    require(lexicon.has_value());
    auto out = IngestRules::build(*lexicon);
    require(out.has_value());
    return *std::move(out);
  }();
  return built;
}

inline void check(const Document& document) {
  const auto article = ingest(document, rules());
  if (!article) return;
  const auto size = static_cast<std::uint32_t>(article->text.size());
  std::uint32_t at = 0;
  for (const TextSpan span : article->excluded) {
    require(span.begin >= at && span.begin <= span.end && span.end <= size);
    at = span.end;
  }
  std::uint64_t raw = 0;
  for (const auto& run : article->alignment.runs()) {
    require(run.raw_begin >= raw && run.text_begin + run.text_size <= size);
    raw = run.raw_begin;
  }
  if (size > 0) {
    const RawSpan all = article->alignment.raw({0, size});
    require(all.begin <= all.end && all.end <= document.bytes.size());
  }
  const auto again = ingest(document, rules());
  require(again.has_value() && again->text == article->text && again->excluded == article->excluded);
}

inline Document document_of(const std::uint8_t* data, std::size_t size, Format format) {
  Document out;
  out.bytes.assign(reinterpret_cast<const char*>(data), size);
  out.metadata.uri = "fuzz";
  out.metadata.format = format;
  return out;
}

}  // namespace masudi::fuzz
