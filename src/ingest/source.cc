// SourceReader: files and standard input cut into documents, one at a time.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "ingest_impl.h"

namespace masudi {

using namespace ingest_detail;

namespace {

constexpr std::size_t chunk_size = 1U << 18U;

/// A descriptor read in chunks, with a look ahead.
class Input {
 public:
  explicit Input(int descriptor, bool close) : descriptor_(descriptor), close_(close) {}
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input() {
    if (close_) ::close(descriptor_);
  }
  /// Bytes not taken yet; at least one unless the end is reached or reading failed.
  std::string_view peek() {
    if (at_ == buffer_.size() && !ended_) {
      buffer_.clear();
      at_ = 0;
      fill();
    }
    return std::string_view(buffer_).substr(at_);
  }
  /// At least `size` bytes unless the input is shorter. Only before anything is taken.
  std::string_view peek_first(std::size_t size) {
    while (buffer_.size() < size && !ended_) fill();
    return buffer_;
  }
  void take(std::size_t size) {
    at_ += size;
    offset_ += size;
  }
  std::uint64_t offset() const { return offset_; }
  int failed() const { return failed_; }

 private:
  void fill() {
    const std::size_t had = buffer_.size();
    buffer_.resize(had + chunk_size);
    ssize_t got = 0;
    do {
      got = ::read(descriptor_, buffer_.data() + had, chunk_size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) failed_ = errno;
    if (got <= 0) ended_ = true;
    buffer_.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }

  int descriptor_;
  bool close_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
  int failed_ = 0;
};

std::string size_message(const std::string& found, std::uint64_t limit) {
  return found + " bytes; an article has at most " + std::to_string(limit) + " (--max-bytes)";
}

/// How a source is cut.
enum class Cut : std::uint8_t { whole, lines, values };

}  // namespace

struct SourceReader::Impl {
  Impl(int descriptor, bool close) : input(descriptor, close) {}

  std::string path;
  SourceOptions options;
  Input input;
  Cut cut = Cut::whole;
  Format format = Format::detect;
  std::optional<std::uint64_t> known_size;
  std::uint64_t count = 0;  ///< values handed out
  bool in_array = false, done = false;

  using Item = std::variant<Document, Reject>;

  Reject reject(RawSpan at, ErrorCode code, std::string message) const { return {path, at, code, std::move(message)}; }

  Metadata metadata_of_value() const {
    Metadata metadata = options.metadata;
    if (metadata.uri.empty()) metadata.uri = path;
    return metadata;
  }

  std::optional<Item> failure() {
    done = true;
    if (input.failed() == 0) return std::nullopt;
    return reject({input.offset(), input.offset()}, ErrorCode::io, std::string("reading failed: ") + std::strerror(input.failed()));
  }

  Item whole() {
    done = true;
    const std::uint64_t limit = options.max_article_bytes;
    if (const auto kind = binary_kind(input.peek_first(512)); !kind.empty())
      return reject({0, known_size.value_or(0)}, ErrorCode::malformed_input,
                    "binary: " + std::string(kind) + "; expected text, HTML, JSON or CoNLL-U");
    if (known_size && *known_size > limit) return reject({0, *known_size}, ErrorCode::too_large, size_message(std::to_string(*known_size), limit));
    Document document;
    for (auto bytes = input.peek(); !bytes.empty(); bytes = input.peek()) {
      if (document.bytes.size() + bytes.size() > limit)
        return reject({0, input.offset() + bytes.size()}, ErrorCode::too_large, size_message("more than " + std::to_string(limit), limit));
      document.bytes += bytes;
      input.take(bytes.size());
    }
    if (input.failed() != 0) return reject({0, input.offset()}, ErrorCode::io, std::string("reading failed: ") + std::strerror(input.failed()));
    if (document.bytes.empty()) return reject({0, 0}, ErrorCode::malformed_input, "empty; expected an article");
    document.metadata = metadata_of_value();
    document.metadata.format = format;
    document.at = {0, document.bytes.size()};
    return document;
  }

  /// Bytes of one JSON value to a document.
  Item value(const std::string& bytes, RawSpan at) {
    ++count;
    Metadata metadata = metadata_of_value();
    // ids of one file must differ: the place in the file is part of a made one
    const std::string stem = path == "-" ? std::string("stdin") : std::filesystem::path(path).stem().string();
    const bool made = metadata.id.empty();
    auto document = document_of_json(bytes, metadata);
    if (!document) return reject(at, document.error().code, document.error().message);
    if (made && document->metadata.id.empty() && is_valid_utf8(stem)) document->metadata.id = stem + "-" + std::to_string(count);
    document->at = at;
    return *std::move(document);
  }

  std::optional<Item> next_line() {
    const std::uint64_t limit = options.max_article_bytes;
    for (;;) {
      std::string line;
      const std::uint64_t begin = input.offset();
      bool over = false, ended = false;
      while (!ended) {
        const auto bytes = input.peek();
        if (bytes.empty()) break;
        const auto end = bytes.find('\n');
        const auto part = bytes.substr(0, end);
        over = over || line.size() + part.size() > limit;
        if (over)
          std::string().swap(line);  // skipped without being held
        else
          line += part;
        ended = end != std::string_view::npos;
        input.take(part.size() + (ended ? 1 : 0));
      }
      const std::uint64_t end = input.offset() - (ended ? 1 : 0);
      if (over) return reject({begin, end}, ErrorCode::too_large, size_message(std::to_string(end - begin), limit));
      if (!trim(line).empty()) return value(line, {begin, end});
      if (!ended) return failure();
    }
  }

  std::optional<Item> next_value() {
    const std::uint64_t limit = options.max_article_bytes;
    // blanks, commas and the array's brackets between values
    for (;;) {
      const auto bytes = input.peek();
      if (bytes.empty()) return failure();
      const auto at = bytes.find_first_not_of(" \t\r\n,");
      if (at == std::string_view::npos) {
        input.take(bytes.size());
        continue;
      }
      input.take(at);
      const char first = bytes[at];
      if ((first == '[' && !in_array && count == 0) || first == ']') {
        in_array = first == '[';
        input.take(1);
        continue;
      }
      break;
    }
    std::string text;
    const std::uint64_t begin = input.offset();
    std::uint64_t depth = 0;
    bool quoted = false, escaped = false, over = false, closed = false;
    while (!closed) {
      const auto bytes = input.peek();
      if (bytes.empty()) break;
      std::size_t used = 0;
      for (; used < bytes.size() && !closed; ++used) {
        const char c = bytes[used];
        if (escaped) {
          escaped = false;
        } else if (quoted) {
          if (c == '\\') escaped = true;
          if (c == '"') quoted = false;
        } else if (c == '"') {
          quoted = true;
        } else if (c == '{' || c == '[') {
          ++depth;
        } else if (c == '}' || c == ']') {
          if (depth == 0) break;  // the array's end after a scalar
          if (--depth == 0) closed = true;
        } else if (depth == 0 && (c == ',' || c == '\n')) {
          break;
        }
      }
      const bool stopped = used < bytes.size();
      over = over || text.size() + used > limit;
      if (over)
        std::string().swap(text);
      else
        text += bytes.substr(0, used);
      input.take(used);
      if (stopped && !closed) {
        if (input.offset() == begin) input.take(1);  // a stray bracket: taken, so that the reader gets on
        break;
      }
    }
    const RawSpan at{begin, input.offset()};
    if (over) return reject(at, ErrorCode::too_large, size_message(std::to_string(at.end - at.begin), limit));
    return value(text, at);
  }
};

SourceReader::SourceReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SourceReader::SourceReader(SourceReader&&) noexcept = default;
SourceReader& SourceReader::operator=(SourceReader&&) noexcept = default;
SourceReader::~SourceReader() = default;

Result<SourceReader> SourceReader::open(const std::string& path, SourceOptions options) {
  const bool standard = path == "-";
  int descriptor = STDIN_FILENO;
  if (!standard) {
    if (path.find('\0') != std::string::npos) return Error{ErrorCode::not_found, "a file name with a NUL byte", "", {}};
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
      const bool missing = errno == ENOENT || errno == ENOTDIR;
      return Error{missing ? ErrorCode::not_found : ErrorCode::io,
                   missing ? "no such file" : std::string("could not be opened: ") + std::strerror(errno),
                   path,
                   {}};
    }
  }
  auto impl = std::make_unique<Impl>(descriptor, !standard);
  struct stat info {};
  if (fstat(descriptor, &info) == 0) {
    if (S_ISDIR(info.st_mode)) return Error{ErrorCode::io, "a directory; expected a file", path, {}};
    if (S_ISREG(info.st_mode) && !standard) impl->known_size = static_cast<std::uint64_t>(info.st_size);
  }
  impl->path = path;
  impl->options = std::move(options);

  const std::string_view first = impl->input.peek_first(4096);
  Format format = impl->options.metadata.format;
  if (format == Format::detect) {
    const std::string extension = ascii_lower(std::filesystem::path(path).extension().string());
    if (extension == ".conllu" || looks_like_conllu(first))
      format = Format::conllu;
    else if (looks_like_html(first) || extension == ".html" || extension == ".htm" || extension == ".xhtml")
      format = Format::html;
    else if (extension == ".json" || extension == ".jsonl" || extension == ".ndjson" || (extension != ".txt" && looks_like_json(first)))
      format = Format::json;
    else if (extension == ".txt")
      format = Format::text;
    if (!binary_kind(first).empty()) format = Format::detect;
  }
  impl->format = format;
  if (format == Format::json) {
    impl->cut = Cut::lines;
    std::string_view rest = first;
    if (rest.starts_with("\xEF\xBB\xBF")) {
      impl->input.take(3);
      rest.remove_prefix(3);
    }
    rest = trim(rest);
    const std::string_view line = trim(rest.substr(0, rest.find('\n')));
    // a list, or an object written over several lines
    if (rest.starts_with('[') ||
        (line.starts_with('{') && line.size() < rest.size() && std::string_view("{[,").find(line.back()) != std::string_view::npos))
      impl->cut = Cut::values;
  }
  return SourceReader(std::move(impl));
}

std::optional<std::variant<Document, Reject>> SourceReader::next() {
  Impl& impl = *impl_;
  if (impl.done) return std::nullopt;
  if (impl.cut == Cut::whole) return impl.whole();
  auto item = impl.cut == Cut::lines ? impl.next_line() : impl.next_value();
  if (!item && impl.count == 0 && impl.input.failed() == 0) {
    ++impl.count;
    return impl.reject({0, 0}, ErrorCode::malformed_input, "empty; expected an article");
  }
  return item;
}

}  // namespace masudi
