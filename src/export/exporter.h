// What a format is made of: an Exporter that is given one reading after another. A new format is one file that defines a make_… function
// and a line in the table of export.cc.
#pragma once

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "masudi/export.h"

namespace masudi {

/// Where the bytes of one file go. A file is written as PATH.part and takes its name at commit(); without a commit it is removed.
class Output {
 public:
  /// "-" writes to `output`.
  static Result<std::unique_ptr<Output>> open(const std::string& path, std::function<void(std::string_view)> output = {});
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output();
  /// Failures are kept and given by commit().
  void write(std::string_view bytes);
  Result<void> commit();

 private:
  Output() = default;
  std::string path_;
  std::ofstream file_;
  std::function<void(std::string_view)> output_;
};

class Exporter {
 public:
  virtual ~Exporter() = default;
  virtual Result<void> add(const Ledger::StoredReading& reading) = 0;
  /// Writes the end and moves the files to their places.
  virtual Result<void> finish() = 0;
  ExportCounts counts;
};

Result<std::unique_ptr<Exporter>> make_web_annotation(const ExportOptions& options);
Result<std::unique_ptr<Exporter>> make_claims(const ExportOptions& options);
Result<std::unique_ptr<Exporter>> make_icalendar(const ExportOptions& options);
Result<std::unique_ptr<Exporter>> make_gold(const ExportOptions& options);
Result<std::unique_ptr<Exporter>> make_label_studio(const ExportOptions& options);
Result<std::unique_ptr<Exporter>> make_brat(const ExportOptions& options);

/// Characters (code points) before each byte offset that is asked for, of a UTF-8 text. Offsets must not go down; bytes that begin no
/// character belong to the one before.
class CharacterCounter {
 public:
  explicit CharacterCounter(std::string_view text) : text_(text) {}
  /// O(bytes since the last call); a smaller offset than the last starts again.
  std::uint64_t at(std::uint32_t byte);

 private:
  std::string_view text_;
  std::uint32_t byte_ = 0;
  std::uint64_t characters_ = 0;
};

/// "urn:masudi:ARTICLE" and "urn:masudi:ARTICLE:RECORD": names that stay the same as long as the article and the engine do.
std::string article_iri(const Ledger::StoredReading& reading);
std::string record_iri(const Ledger::StoredReading& reading, std::string_view record);
/// The article's own address where it has one, else a name made of the hash of its text.
std::string source_iri(const Article& article);
/// The parts that are not empty, with a separator between them.
std::string joined(const std::vector<std::string>& parts, std::string_view between = "; ");
/// "2024-03-05", "2024-03-05/2024-03-09"; "" for none.
std::string iso_days(const std::optional<DateRange>& days);
/// JSON on one line, broken bytes replaced.
std::string json_line(const nlohmann::ordered_json& json);

}  // namespace masudi
