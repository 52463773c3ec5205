// The lexicon's self-test: every row has a sample sentence, and the row must fire on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/names.h"
#include "masudi/pipeline.h"

namespace masudi {

/// A row that did not fire on its own sample.
struct SampleFailure {
  std::string path;  ///< of the table
  std::uint32_t line = 0;
  std::string id, sample;
  std::vector<std::string> fired;  ///< rules that did
  std::string problem;             ///< why the sample could not be read, if so
};

struct TableCheck {
  std::string name;
  std::size_t rows = 0, samples = 0, failed = 0;
};

struct SelfTest {
  std::vector<TableCheck> tables;  ///< in the order of the lexicon
  std::vector<SampleFailure> failures;
};

/// The ids of all rules that show in a reading, sorted, each once: of the article's day, page and excluded ranges, of lemmas, of
/// mentions and actors, of records and their fields, and of what was rejected; with `spellings` also those that rewrite its names when they
/// are compared.
std::vector<std::string> rules_of(const Reading& reading, const Engine& engine, const NameSpellings* spellings = nullptr);

/// Reads the sample of every row of the lexicon as an article published on 2024-03-06, a Wednesday. Where `tables` is not empty,
/// only of the tables of these names.
SelfTest check_samples(const Engine& engine, const std::vector<std::string>& tables = {});

}  // namespace masudi
