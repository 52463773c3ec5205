// What the tests of ingest share: the rules as they ship, and documents made in one line.
#pragma once

#include <gtest/gtest.h>

#include "masudi/ingest.h"

namespace masudi {

inline const Lexicon& shipped_lexicon() {
  static const Lexicon lexicon = [] {
    auto opened = Lexicon::open(std::string(MASUDI_DATA) + "/lexicon.pack");
    if (!opened) ADD_FAILURE() << to_string(opened.error());
    return *std::move(opened);
  }();
  return lexicon;
}

inline const IngestRules& shipped_rules() {
  static const IngestRules rules = [] {
    auto built = IngestRules::build(shipped_lexicon());
    if (!built) ADD_FAILURE() << to_string(built.error());
    return *std::move(built);
  }();
  return rules;
}

inline Document document_of(std::string bytes, Format format = Format::detect) {
  Document document;
  document.bytes = std::move(bytes);
  document.metadata.format = format;
  document.metadata.uri = "test/article.txt";
  return document;
}

inline Result<Article> ingest_bytes(std::string bytes, Format format = Format::detect) {
  return ingest(document_of(std::move(bytes), format), shipped_rules());
}

/// "code: message" of the refusal, or "accepted".
inline std::string refusal(const Result<Article>& article) {
  return article ? "accepted" : std::string(to_string(article.error().code)) + ": " + article.error().message;
}

}  // namespace masudi
