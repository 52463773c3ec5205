// evaluate: how well records agree with gold articles that people annotated. docs/evaluation.md says what each row measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/pipeline.h"

namespace masudi {

/// One measure: how many were right, of how many in gold, of how many in the system's output.
struct ScoreRow {
  std::string name;
  std::int64_t right = 0, gold = 0, system = 0;
  double precision() const { return system != 0 ? static_cast<double>(right) / static_cast<double>(system) : 0; }
  double recall() const { return gold != 0 ? static_cast<double>(right) / static_cast<double>(gold) : 0; }
  /// Harmonic mean of precision and recall.
  double f1() const;
};

struct Evaluation {
  std::size_t articles = 0;
  std::vector<ScoreRow> rows;         ///< in the order in which they were first counted
  std::string misses;                 ///< what was missed and what was spurious, article by article
  std::vector<std::string> warnings;  ///< "file: message": records of the system that could not be placed, articles that have none
};

/// Scores one system file (JSON) against one gold file (JSON) and adds to `out`. `name` is the file's name, for messages.
/// malformed_input: JSON that does not parse (with its byte), no text, gold strings that are not in the text, or two different texts.
Result<void> evaluate_article(std::string_view gold_json, std::string_view system_json, const std::string& name, Evaluation& out);

/// Scores a folder of system files against a folder of gold files of the same names; a file that is not there is scored as empty.
Result<Evaluation> evaluate_folder(const std::string& gold_folder, const std::string& system_folder);

/// Reads each gold article (its text, title, publication date and outlet, nothing else) and scores what comes out.
/// Where `write_folder` is not empty the readings are written there as JSON files of the same names.
Result<Evaluation> evaluate_engine(const std::string& gold_folder, const Engine& engine, const std::string& write_folder = "");

/// The rows as a table with precision, recall and F1.
std::string to_table(const Evaluation& evaluation);
/// {"row": [right, in gold, in system], ...}
std::string to_json(const Evaluation& evaluation);

}  // namespace masudi
