// ingest: bytes as received (plain text, HTML, JSON lines, CoNLL-U) -> Article, or an Error that says why not.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "masudi/core.h"
#include "masudi/lexicon.h"

namespace masudi {

/// What a source's bytes are. `detect` looks at the name and the first bytes.
enum class Format : std::uint8_t { detect, text, html, json, conllu };

/// What the caller knows about an article beside its bytes. Everything may be absent.
struct Metadata {
  std::string id;   ///< name in the output; made from uri and content where empty
  std::string uri;  ///< path or URL
  std::optional<std::string> title;
  std::optional<Day> published;
  std::optional<std::string> outlet;
  std::optional<std::string> language;  ///< BCP 47 primary tag; identified from the text where absent
  std::optional<std::string> encoding;  ///< of the transport (Content-Type); detected where absent
  Format format = Format::detect;
  std::optional<std::vector<TextSpan>> toponyms;  ///< see Article::toponyms; only beside plain text
  std::map<std::string, std::string> other;       ///< fields of a JSON line that masudi does not use: name -> JSON text, kept
};

/// Maps bytes of Article::text to the bytes received. Runs of equal length are one entry.
class Alignment {
 public:
  /// `text` bytes from text_begin stand for raw bytes from raw_begin; both advance together until the next entry.
  struct Run {
    std::uint32_t text_begin = 0;
    std::uint64_t raw_begin = 0;
    std::uint32_t text_size = 0;
    std::uint64_t raw_size = 0;  ///< equal to text_size where bytes correspond one to one; otherwise the run is atomic
  };
  /// Adds a run after those before it. A run that continues the last one byte for byte is merged with it; one that would go
  /// backwards is left out, so that both sides only ever grow.
  void add(Run run);
  /// The smallest raw range that covers the span. Text that stands for no raw bytes (the blank line between two paragraphs
  /// of a page) takes the edge of its neighbour. O(log runs).
  RawSpan raw(TextSpan span) const;
  const std::vector<Run>& runs() const { return runs_; }

 private:
  std::vector<Run> runs_;
};

/// One article, decoded. Immutable after ingest.
struct Article {
  std::string id, uri;
  std::string raw_sha256;  ///< of the bytes received
  std::string text;        ///< UTF-8; every TextSpan points into it
  std::string text_id;     ///< SHA-256 of text
  Alignment alignment;
  std::optional<std::string> title, outlet, byline;
  std::optional<Day> published;
  bool published_inferred = false;  ///< from the text ("Yesterday, Monday"), not from metadata
  std::string language = "en";
  std::vector<TextSpan> excluded;                 ///< page furniture that stands in text; sorted, disjoint
  std::vector<std::string> excluded_rules;        ///< the lexicon row of each range in `excluded`, in the same order
  std::vector<std::string> rules;                 ///< other rows that shaped the article (date lines, parts of a page left out); sorted, each once
  std::optional<std::vector<TextSpan>> toponyms;  ///< names of places that the caller marked: resolve takes these and looks for no others
  std::map<std::string, std::string> other;

  std::string_view slice(TextSpan span) const& { return masudi::slice(text, span); }
  std::string_view slice(TextSpan) const&& = delete;
  bool is_excluded(TextSpan span) const;
};

/// The bytes of one article inside a source (a JSON-lines file has many). Of a JSON value, `bytes` are the article's own field, unescaped.
struct Document {
  std::string bytes;
  Metadata metadata;
  RawSpan at;  ///< where in the source it stands
};

struct SourceOptions {
  Metadata metadata;                             ///< defaults for every article of the source
  std::uint64_t max_article_bytes = 64U << 20U;  ///< a larger article is a too_large reject; bytes
};

/// Reads the articles of one file, or of standard input ("-"), one at a time: memory is bounded by one article.
class SourceReader {
 public:
  static Result<SourceReader> open(const std::string& path, SourceOptions options);
  SourceReader(SourceReader&&) noexcept;
  SourceReader& operator=(SourceReader&&) noexcept;
  ~SourceReader();
  /// The next document, a Reject for one that could not be cut out (the reader goes on after it), or nothing at the end.
  std::optional<std::variant<Document, Reject>> next();

 private:
  struct Impl;
  explicit SourceReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Knowledge that ingest uses: page furniture, date words. Immutable, thread-safe.
class IngestRules {
 public:
  static Result<IngestRules> build(const Lexicon& lexicon);
  IngestRules(IngestRules&&) noexcept;
  IngestRules& operator=(IngestRules&&) noexcept;
  ~IngestRules();
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit IngestRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Decodes one document: encoding, article in the page, metadata, furniture, language, publication date.
/// @return the article; or malformed_input (empty, binary), bad_encoding, unsupported_language, too_large.
Result<Article> ingest(const Document& document, const IngestRules& rules);

}  // namespace masudi
