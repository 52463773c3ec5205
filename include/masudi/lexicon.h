// The lexicon: tables of rows that people edit as TSV, compiled to one checksummed pack that is memory-mapped at start.
//
// A table is a file `lexicon/NAME.tsv`: lines that begin with '#' are comments, the first other line names the columns
// (the first is `id`), every further line is a row. Ids are unique over all tables. docs/lexicon-format.md has the details
// and the byte layout of the pack. The gazetteer is a pack of the same layout, built from `gazetteer/`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi {

/// One TSV file as read: its path for messages, and its bytes.
struct LexiconFile {
  std::string path, text;
};

class LexiconTable;

/// One row. Views stay valid as long as the Lexicon lives.
class LexiconRow {
 public:
  LexiconRow(const LexiconTable* table, std::uint32_t index) : table_(table), index_(index) {}
  /// The cell of a column by position (0 is the id); empty where the row is shorter.
  std::string_view cell(std::size_t column) const;
  /// The cell of a named column; empty where the table has no such column.
  std::string_view operator[](std::string_view column) const;
  std::string_view id() const { return cell(0); }
  std::uint32_t line() const;  ///< line of the TSV file, from 1
  const LexiconTable& table() const { return *table_; }

 private:
  const LexiconTable* table_;
  std::uint32_t index_;
};

class LexiconTable {
 public:
  std::string_view name() const { return name_; }  ///< the file's stem
  std::string_view path() const { return path_; }  ///< as it was given when the pack was built: lexicon/NAME.tsv
  const std::vector<std::string_view>& columns() const { return columns_; }
  std::optional<std::size_t> column(std::string_view name) const;
  std::uint32_t size() const { return rows_; }
  LexiconRow row(std::uint32_t index) const { return {this, index}; }

 private:
  friend class Lexicon;
  friend class LexiconRow;
  std::string_view name_, path_;
  std::vector<std::string_view> columns_;
  std::uint32_t rows_ = 0;
  const unsigned char* cells_ = nullptr;  // rows x (1 line + columns x (offset, size)), little-endian 32-bit words
  const char* heap_ = nullptr;
};

/// An immutable set of tables. Thread-safe.
class Lexicon {
 public:
  /// Compiles TSV files into the bytes of a pack. malformed_input names file, line, column, what was found and what was expected.
  static Result<std::string> compile(const std::vector<LexiconFile>& files);
  /// Every *.tsv of a folder (sorted by name), with paths as `label/NAME.tsv`.
  static Result<std::vector<LexiconFile>> read_folder(const std::string& folder, const std::string& label);
  /// Opens a pack by memory-mapping it. Checks magic, version, checksum and every offset: corrupt_store otherwise.
  static Result<Lexicon> open(const std::string& pack_path);
  /// The same from bytes in memory.
  static Result<Lexicon> from_bytes(std::string pack);

  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  const std::vector<LexiconTable>& tables() const;
  /// The table of that name, or null.
  const LexiconTable* table(std::string_view name) const;
  /// Where an id stands, or nothing.
  std::optional<LexiconRow> find(std::string_view id) const;
  /// SHA-256 of the pack's content: it names everything in the lexicon that could change a record.
  const std::string& version() const;

 private:
  struct Impl;
  explicit Lexicon(std::unique_ptr<Impl> impl);
  static Result<Lexicon> finish(std::unique_ptr<Impl> impl, const std::string& path);
  std::unique_ptr<Impl> impl_;
};

/// Splits a cell on a separator, without blanks around the parts, skipping empty ones: "to_demand| to_urge" -> 2 parts.
std::vector<std::string_view> split_cell(std::string_view cell, char separator = '|');

}  // namespace masudi
