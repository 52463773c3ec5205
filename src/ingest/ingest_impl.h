// What the parts of ingest tell each other.
#pragma once

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <set>

#include "masudi/ingest.h"

namespace masudi {

/// A pattern of the lexicon, compiled.
struct IngestPattern {
  std::string id;
  std::unique_ptr<re2::RE2> pattern;
  int offset = 0;                                 ///< date rows: days from the date named to the day of publication
  int year = 0, month = 0, day = 0, weekday = 0;  ///< date rows: number of the capturing group; 0 is none
};

/// A name of a month or of a weekday, in lower case.
struct DateName {
  std::string name, id;
  unsigned value = 0;  ///< weekdays: Monday is 1
};

/// Patterns that are searched for, and what a text must have for any of them to match: few have, and searching is dear.
struct SearchedPatterns {
  std::vector<std::string> ids;    ///< of the rows
  re2::FilteredRE2 patterns{2};    ///< by the same number; asked for by strings of two bytes at least, as "©" has
  std::vector<std::string> atoms;  ///< strings in lower case, by their number for `patterns`
};

struct IngestRules::Impl {
  // lexicon/furniture.tsv, by column `where`
  std::vector<IngestPattern> line, tail, list;
  SearchedPatterns start, end;
  // lexicon/date_inference.tsv
  std::vector<IngestPattern> date_line, dateline, relative_date, page_date;
  std::vector<DateName> months, weekdays;
  // lexicon/page_parts.tsv
  std::vector<IngestPattern> unlikely, maybe, positive, negative, dropped, byline, article_type;
};

namespace ingest_detail {

// ---- decode.cc

/// Text and where each byte of it came from.
struct Decoded {
  std::string text;
  Alignment alignment;
  std::string encoding;          ///< WHATWG name in lower case: "utf-8", "windows-1252"
  std::uint64_t characters = 0;  ///< code points
  std::uint64_t replaced = 0;    ///< of them, made U+FFFD because the bytes fit no character
};
/// What the bytes are, where they are no text at all: "a PDF document", "a gzip archive"; empty where nothing is recognised.
std::string_view binary_kind(std::string_view bytes);
/// True where bytes hold a page: by the tag they begin with.
bool looks_like_html(std::string_view bytes);
bool looks_like_conllu(std::string_view bytes);
bool looks_like_json(std::string_view bytes);
bool is_valid_utf8(std::string_view bytes);
/// Bytes to UTF-8: byte order mark, `encoding`, what the page says of itself, valid UTF-8, ICU's detector, windows-1252.
Result<Decoded> decode(std::string_view bytes, const std::optional<std::string>& encoding, bool html);

/// Code point and size at `at` of valid UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 1;
};
CodePoint code_point_at(std::string_view text, std::size_t at);
void append_utf8(std::string& out, char32_t code);
/// White space that collapses: ASCII's, no-break space, and the blanks of General Punctuation.
bool is_blank(char32_t code);
std::string_view trim(std::string_view text);
/// Runs of white space made one blank, none at the ends.
std::string collapse(std::string_view text);

// ---- language.cc

/// Nothing where the text is in a language that masudi reads (its tag is in `language`); otherwise what was found.
std::optional<Error> check_language(std::string_view text, const std::optional<std::string>& declared, std::string& language);

// ---- dates.cc

/// The day of a machine-made or written date: "2018-04-05T10:00Z", "Thu, 5 Apr 2018", "April 5, 2018".
std::optional<Day> parse_date(std::string_view text, const IngestRules::Impl& rules, std::set<std::string>* used = nullptr);
/// The day of publication that the text itself fixes, and the rows that read it.
std::optional<Day> infer_published(std::string_view text, const IngestRules::Impl& rules, std::set<std::string>& used);
Result<void> build_dates(const Lexicon& lexicon, IngestRules::Impl& rules);

// ---- furniture.cc

void find_furniture(Article& article, const IngestRules::Impl& rules);
Result<void> build_furniture(const Lexicon& lexicon, IngestRules::Impl& rules);
/// Compiles a row's `pattern`. malformed_input names file and line.
Result<IngestPattern> compile_pattern(const LexiconRow& row, const std::string& pattern);

// ---- page.cc

/// An article found in a page, with metadata that the page gives. Alignment is to the decoded page.
struct Page {
  std::string text;
  Alignment alignment;
  std::optional<std::string> title, byline, outlet, language;
  std::optional<Day> published;
};
Result<Page> read_page(std::string_view html, const IngestRules::Impl& rules, std::set<std::string>& used);
Result<void> build_page_parts(const Lexicon& lexicon, IngestRules::Impl& rules);

// ---- json.cc

/// An article out of one JSON object: its text or page as bytes, its fields as metadata over `defaults`.
Result<Document> document_of_json(std::string_view json, const Metadata& defaults);
/// The day that JSON-LD gives, and other fields. Empty where the script is not JSON.
struct LinkedData {
  std::optional<std::string> published, author, headline, publisher;
};
LinkedData read_linked_data(std::string_view json, const IngestRules::Impl& rules, std::set<std::string>& used);

}  // namespace ingest_detail

}  // namespace masudi
