// export: the current records of a ledger in the formats of others. docs/export.md says what each format holds and what it cannot hold.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/store.h"

namespace masudi {

struct ExportFormat {
  std::string_view name;   ///< as `--format` takes it
  std::string_view about;  ///< one line for a person
  bool folder = false;     ///< writes a folder of files instead of one file
};
/// All formats, by name.
const std::vector<ExportFormat>& export_formats();

struct ExportOptions {
  std::string format;                            ///< name of one of export_formats()
  std::string path;                              ///< the file or folder to write; "-" gives the bytes of one file to `output`
  std::function<void(std::string_view)> output;  ///< called for "-" only
  double min_confidence = 0;                     ///< leaves out events and commitments below it
  bool corrected = false;                        ///< only articles that people corrected, with their corrections in place of the machine's records
  bool unreviewed = true;                        ///< of those: also the machine's records of which nobody said anything
  std::string article = {}, author = {};         ///< of those: only corrections of that article, by that author; "" for all
};

struct ExportCounts {
  std::uint64_t articles = 0;  ///< current readings looked at
  std::uint64_t records = 0;   ///< records written
  std::uint64_t files = 0;
};

/// Writes every current reading, in the order of article ids: the same ledger gives the same bytes. A file is written beside its place and
/// moved there when it is whole, so that a full disk leaves the earlier one.
/// usage: an unknown format, or "-" for one that writes a folder; io: what could not be written.
Result<ExportCounts> export_ledger(const Ledger& ledger, const ExportOptions& options);

}  // namespace masudi
