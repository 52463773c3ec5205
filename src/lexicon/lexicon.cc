#include "masudi/lexicon.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unordered_map>

#include "masudi/file_hash.h"

namespace masudi {

namespace {

// The layout is in docs/lexicon-format.md. All numbers are little-endian 32-bit words, so that a pack is the same bytes everywhere.
constexpr std::string_view magic = "MASUDIPK";
constexpr std::uint32_t pack_version = 1;
constexpr std::size_t header_size = 8 + 4 + 4 + 8;  // magic, version, table count, checksum of all that follows

std::uint32_t word_at(const unsigned char* at) {
  return static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8U | static_cast<std::uint32_t>(at[2]) << 16U |
         static_cast<std::uint32_t>(at[3]) << 24U;
}

void put_word(std::string& out, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((value >> shift) & 255U);
}

Error at_line(const LexiconFile& file, std::size_t line, std::string message) {
  return {ErrorCode::malformed_input, std::move(message), file.path + ":" + std::to_string(line), {}};
}

struct ParsedTable {
  std::string name;
  std::vector<std::string_view> columns;
  std::vector<std::uint32_t> lines;
  std::vector<std::vector<std::string_view>> rows;
};

std::vector<std::string_view> split_tabs(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const auto tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

Result<ParsedTable> parse(const LexiconFile& file) {
  ParsedTable table;
  table.name = std::filesystem::path(file.path).stem().string();
  std::string_view rest = file.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
    const auto end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (line.find('\0') != std::string_view::npos) return at_line(file, line_number, "a NUL byte; expected text in UTF-8");
    auto cells = split_tabs(line);
    if (table.columns.empty()) {
      if (cells.front() != "id")
        return at_line(file, line_number,
                       "the first column is \"" + std::string(cells.front()) + "\"; expected a header line that begins with \"id\"");
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty()) return at_line(file, line_number, "column " + std::to_string(i + 1) + " has no name");
        if (std::find(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(i), cells[i]) != cells.begin() + static_cast<std::ptrdiff_t>(i))
          return at_line(file, line_number, "the column \"" + std::string(cells[i]) + "\" stands twice");
      }
      table.columns = std::move(cells);
      continue;
    }
    if (cells.size() > table.columns.size())
      return at_line(file, line_number,
                     std::to_string(cells.size()) + " cells; expected at most " + std::to_string(table.columns.size()) + ", as in the header line");
    if (cells.front().empty()) return at_line(file, line_number, "the id is empty; expected one such as \"cue.017\"");
    if (cells.front().find(' ') != std::string_view::npos)
      return at_line(file, line_number, "the id \"" + std::string(cells.front()) + "\" has a blank in it");
    table.lines.push_back(static_cast<std::uint32_t>(line_number));
    table.rows.push_back(std::move(cells));
  }
  if (table.columns.empty()) return Error{ErrorCode::malformed_input, "no header line; expected one that begins with \"id\"", file.path, {}};
  return table;
}

class Mapping {
 public:
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (data_ != nullptr) munmap(data_, size_);
  }
  bool open(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    struct stat info {};
    const bool known = fstat(file, &info) == 0 && S_ISREG(info.st_mode);
    if (known && info.st_size > 0) {
      void* at = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
      if (at != MAP_FAILED) {
        data_ = at;
        size_ = static_cast<std::size_t>(info.st_size);
      }
    }
    ::close(file);
    return known;
  }
  std::string_view bytes() const { return data_ == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace

struct Lexicon::Impl {
  Mapping mapping;
  std::string owned;
  std::vector<LexiconTable> tables;
  std::string version;

  std::string_view bytes() const { return owned.empty() ? mapping.bytes() : std::string_view(owned); }
};

std::string_view LexiconRow::cell(std::size_t column) const {
  if (column >= table_->columns_.size()) return {};
  const std::size_t stride = 4 * (1 + 2 * table_->columns_.size());
  const unsigned char* at = table_->cells_ + stride * index_ + 4 + 8 * column;
  return {table_->heap_ + word_at(at), word_at(at + 4)};
}

std::string_view LexiconRow::operator[](std::string_view column) const {
  const auto at = table_->column(column);
  return at ? cell(*at) : std::string_view{};
}

std::uint32_t LexiconRow::line() const { return word_at(table_->cells_ + 4 * (1 + 2 * table_->columns_.size()) * index_); }

std::optional<std::size_t> LexiconTable::column(std::string_view name) const {
  const auto at = std::find(columns_.begin(), columns_.end(), name);
  if (at == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - columns_.begin());
}

Result<std::string> Lexicon::compile(const std::vector<LexiconFile>& files) {
  std::unordered_map<std::string, std::string> seen_ids;
  std::vector<ParsedTable> tables;
  for (const LexiconFile& file : files) {
    auto parsed = parse(file);
    if (!parsed) return parsed.error();
    for (std::size_t i = 0; i < parsed->rows.size(); ++i) {
      const std::string here = file.path + ":" + std::to_string(parsed->lines[i]);
      const auto [at, fresh] = seen_ids.emplace(parsed->rows[i].front(), here);
      if (!fresh)
        return at_line(
            file, parsed->lines[i],
            "the id \"" + std::string(parsed->rows[i].front()) + "\" stands already at " + at->second + "; ids are unique over all tables");
    }
    tables.push_back(std::move(*parsed));
  }

  std::string heap;
  std::unordered_map<std::string_view, std::uint32_t> offsets;
  const auto put_text = [&](std::string& out, std::string_view text) {
    const auto [at, fresh] = offsets.emplace(text, static_cast<std::uint32_t>(heap.size()));
    if (fresh) heap += text;
    put_word(out, at->second);
    put_word(out, static_cast<std::uint32_t>(text.size()));
  };
  std::string body;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    put_text(body, tables[t].name);
    put_text(body, files[t].path);
    put_word(body, static_cast<std::uint32_t>(tables[t].columns.size()));
    put_word(body, static_cast<std::uint32_t>(tables[t].rows.size()));
    for (const auto column : tables[t].columns) put_text(body, column);
    for (std::size_t r = 0; r < tables[t].rows.size(); ++r) {
      put_word(body, tables[t].lines[r]);
      for (std::size_t c = 0; c < tables[t].columns.size(); ++c)
        put_text(body, c < tables[t].rows[r].size() ? tables[t].rows[r][c] : std::string_view{});
    }
  }
  std::string sized;
  put_word(sized, static_cast<std::uint32_t>(body.size()));
  sized += body;
  put_word(sized, static_cast<std::uint32_t>(heap.size()));
  sized += heap;
  if (heap.size() > UINT32_MAX || body.size() > UINT32_MAX) return Error{ErrorCode::too_large, "the pack would be over 4 GiB", "", {}};

  std::string out(magic);
  put_word(out, pack_version);
  put_word(out, static_cast<std::uint32_t>(tables.size()));
  const std::uint64_t checksum = XXH3_64bits(sized.data(), sized.size());
  put_word(out, static_cast<std::uint32_t>(checksum));
  put_word(out, static_cast<std::uint32_t>(checksum >> 32U));
  return out + sized;
}

Result<std::vector<LexiconFile>> Lexicon::read_folder(const std::string& folder, const std::string& label) {
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
  if (failed) return Error{ErrorCode::not_found, failed.message() + "; expected a folder of .tsv files", folder, {}};
  std::sort(paths.begin(), paths.end());
  std::vector<LexiconFile> files;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return Error{ErrorCode::io, "could not be read", path.string(), {}};
    files.push_back({label + "/" + path.filename().string(), std::move(text).str()});
  }
  return files;
}

namespace {

/// Walks the words of a pack's body and refuses any that would point outside it.
class Cursor {
 public:
  Cursor(std::string_view body, std::string_view heap) : body_(body), heap_(heap) {}
  bool word(std::uint32_t& value) {
    if (body_.size() - at_ < 4) return false;
    value = word_at(reinterpret_cast<const unsigned char*>(body_.data()) + at_);
    at_ += 4;
    return true;
  }
  bool text(std::string_view& value) {
    std::uint32_t offset = 0, size = 0;
    if (!word(offset) || !word(size) || offset > heap_.size() || size > heap_.size() - offset) return false;
    value = heap_.substr(offset, size);
    return true;
  }
  bool done() const { return at_ == body_.size(); }
  const unsigned char* here() const { return reinterpret_cast<const unsigned char*>(body_.data()) + at_; }

 private:
  std::string_view body_, heap_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Lexicon> Lexicon::from_bytes(std::string pack) {
  auto impl = std::make_unique<Impl>();
  impl->owned = std::move(pack);
  return finish(std::move(impl), "");
}

Result<Lexicon> Lexicon::open(const std::string& pack_path) {
  auto impl = std::make_unique<Impl>();
  if (!impl->mapping.open(pack_path))
    return Error{ErrorCode::not_found, std::string(std::strerror(errno)) + "; expected a pack made by `masudi lexicon build`", pack_path, {}};
  return finish(std::move(impl), pack_path);
}

Result<Lexicon> Lexicon::finish(std::unique_ptr<Impl> impl, const std::string& path) {
  const auto corrupt = [&](std::string message) { return Error{ErrorCode::corrupt_store, std::move(message), path, {}}; };
  const std::string_view bytes = impl->bytes();
  if (bytes.size() < header_size || !bytes.starts_with(magic)) return corrupt("not a masudi pack; expected one made by `masudi lexicon build`");
  const auto* base = reinterpret_cast<const unsigned char*>(bytes.data());
  if (const auto found = word_at(base + 8); found != pack_version)
    return corrupt("a pack of version " + std::to_string(found) + "; expected version " + std::to_string(pack_version) + ": build it again");
  const std::uint32_t table_count = word_at(base + 12);
  const std::uint64_t checksum = word_at(base + 16) | static_cast<std::uint64_t>(word_at(base + 20)) << 32U;
  const std::string_view sized = bytes.substr(header_size);
  if (XXH3_64bits(sized.data(), sized.size()) != checksum) return corrupt("the checksum does not match: the file is damaged; build it again");

  if (sized.size() < 8) return corrupt("the pack ends early");
  const std::size_t body_size = word_at(base + header_size);
  if (body_size > sized.size() - 8) return corrupt("the table of contents ends outside the file");
  const std::string_view body = sized.substr(4, body_size);
  const std::size_t heap_size = word_at(base + header_size + 4 + body_size);
  if (heap_size != sized.size() - 8 - body_size) return corrupt("the text of the tables ends outside the file");
  const std::string_view heap = sized.substr(8 + body_size);

  Cursor cursor(body, heap);
  for (std::uint32_t t = 0; t < table_count; ++t) {
    LexiconTable table;
    std::uint32_t columns = 0;
    if (!cursor.text(table.name_) || !cursor.text(table.path_) || !cursor.word(columns) || !cursor.word(table.rows_) || columns == 0 ||
        columns > 1000)
      return corrupt("table " + std::to_string(t) + " is damaged");
    table.columns_.resize(columns);
    for (auto& column : table.columns_)
      if (!cursor.text(column)) return corrupt("table " + std::to_string(t) + " is damaged");
    table.cells_ = cursor.here();
    table.heap_ = heap.data();
    for (std::uint32_t r = 0; r < table.rows_; ++r) {
      std::uint32_t line = 0;
      std::string_view cell;
      bool good = cursor.word(line);
      for (std::uint32_t c = 0; good && c < columns; ++c) good = cursor.text(cell);
      if (!good) return corrupt("row " + std::to_string(r) + " of table " + std::to_string(t) + " is damaged");
    }
    impl->tables.push_back(std::move(table));
  }
  if (!cursor.done()) return corrupt("bytes after the last table");
  impl->version = path.empty() ? sha256_hex(bytes) : sha256_of_file(path, bytes);
  return Lexicon(std::move(impl));
}

Lexicon::Lexicon(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

const std::vector<LexiconTable>& Lexicon::tables() const { return impl_->tables; }

const LexiconTable* Lexicon::table(std::string_view name) const {
  for (const LexiconTable& table : impl_->tables)
    if (table.name() == name) return &table;
  return nullptr;
}

std::optional<LexiconRow> Lexicon::find(std::string_view id) const {
  for (const LexiconTable& table : impl_->tables)
    for (std::uint32_t i = 0; i < table.size(); ++i)
      if (table.row(i).id() == id) return table.row(i);
  return std::nullopt;
}

const std::string& Lexicon::version() const { return impl_->version; }

std::vector<std::string_view> split_cell(std::string_view cell, char separator) {
  std::vector<std::string_view> parts;
  while (!cell.empty()) {
    const auto at = cell.find(separator);
    std::string_view part = cell.substr(0, at);
    cell.remove_prefix(at == std::string_view::npos ? cell.size() : at + 1);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

}  // namespace masudi
