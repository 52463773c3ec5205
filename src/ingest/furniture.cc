// Page furniture that stands in text: found by the rows of lexicon/furniture.tsv, listed, never cut.
#include <algorithm>

#include "ingest_impl.h"

namespace masudi::ingest_detail {

namespace {

struct Line {
  std::uint32_t begin = 0, end = 0;  ///< without white space at its ends; empty lines have begin == end
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view inner = trim(text.substr(at, end - at));
    const auto begin = inner.empty() ? at : static_cast<std::size_t>(inner.data() - text.data());
    at = std::min(end + 1, text.size());
    lines.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + inner.size())});
  }
  return lines;
}

constexpr std::size_t longest_furniture = 400;  ///< bytes; a longer line is prose
constexpr std::size_t longest_teaser = 160;     ///< a line of a list of other articles

const IngestPattern* first_match(const std::vector<IngestPattern>& rows, std::string_view line) {
  if (line.empty() || line.size() > longest_furniture) return nullptr;
  for (const IngestPattern& row : rows)
    if (re2::RE2::FullMatch(re2::StringPiece(line.data(), line.size()), *row.pattern)) return &row;
  return nullptr;
}

/// A headline of another article rather than prose of this one.
bool is_teaser(std::string_view line) {
  if (line.empty() || line.size() > longest_teaser) return false;
  const char last = line.back();
  return last != '.' && last != '"' && !line.ends_with("\xE2\x80\x9D");
}

/// What a row found, without white space at its ends.
struct Hit {
  std::size_t begin = 0, end = 0;
  const std::string* id = nullptr;
};

/// The first of the rows that matches in the text.
std::optional<Hit> first_hit(const SearchedPatterns& rows, std::string_view text) {
  const std::string lower = ascii_lower(text);
  std::vector<int> atoms, possible;
  for (std::size_t i = 0; i < rows.atoms.size(); ++i)
    if (lower.find(rows.atoms[i]) != std::string::npos) atoms.push_back(static_cast<int>(i));
  if (!rows.ids.empty()) rows.patterns.AllPotentials(atoms, &possible);
  std::sort(possible.begin(), possible.end());
  for (const int i : possible) {
    re2::StringPiece match;
    if (!rows.patterns.GetRE2(i).Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), re2::RE2::UNANCHORED, &match, 1)) continue;
    const std::string_view inner = trim(text.substr(match.empty() ? 0 : static_cast<std::size_t>(match.data() - text.data()), match.size()));
    if (inner.empty()) continue;
    const auto begin = static_cast<std::size_t>(inner.data() - text.data());
    return Hit{begin, begin + inner.size(), &rows.ids[static_cast<std::size_t>(i)]};
  }
  return std::nullopt;
}

re2::RE2::Options options_for(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(16 << 20);
  // A pattern of ASCII alone is matched byte by byte: its program is a fraction of the size, and compiling them all is much of the time to start.
  // What it counts (".{0,60}") are then bytes.
  if (std::all_of(pattern.begin(), pattern.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
  return options;
}

Error no_pattern(const LexiconRow& row, const std::string& why) {
  return Error{ErrorCode::malformed_input,
               "the pattern of " + std::string(row.id()) + " is no regular expression of RE2: " + why,
               std::string(row.table().path()) + ":" + std::to_string(row.line()),
               {}};
}

Result<void> add_searched(const LexiconRow& row, const std::string& pattern, SearchedPatterns& rows) {
  int number = 0;
  if (rows.patterns.Add(pattern, options_for(pattern), &number) != re2::RE2::NoError)
    return no_pattern(row, re2::RE2(pattern, options_for(pattern)).error());
  rows.ids.emplace_back(row.id());
  return {};
}

}  // namespace

Result<IngestPattern> compile_pattern(const LexiconRow& row, const std::string& pattern) {
  IngestPattern out;
  out.id = std::string(row.id());
  out.pattern = std::make_unique<re2::RE2>(pattern, options_for(pattern));
  if (!out.pattern->ok()) return no_pattern(row, out.pattern->error());
  return out;
}

Result<void> build_furniture(const Lexicon& lexicon, IngestRules::Impl& rules) {
  const LexiconTable* table = lexicon.table("furniture");
  if (table == nullptr) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const std::string_view where = row["where"];
    const std::string pattern(row["pattern"]);
    if (where == "start" || where == "end") {
      const std::string placed = where == "start" ? "\\A\\s*(?:" + pattern + ")" : "(?:" + pattern + ")\\s*\\z";
      if (auto added = add_searched(row, placed, where == "start" ? rules.start : rules.end); !added) return added.error();
      continue;
    }
    std::vector<IngestPattern>* rows = where == "line" ? &rules.line : where == "tail" ? &rules.tail : where == "list" ? &rules.list : nullptr;
    if (rows == nullptr)
      return Error{ErrorCode::malformed_input,
                   "where is \"" + std::string(where) + "\"; expected line, tail, list, start or end",
                   std::string(table->path()) + ":" + std::to_string(row.line()),
                   {}};
    auto compiled = compile_pattern(row, pattern);
    if (!compiled) return compiled.error();
    rows->push_back(*std::move(compiled));
  }
  for (SearchedPatterns* rows : {&rules.start, &rules.end})
    if (!rows->ids.empty()) rows->patterns.Compile(&rows->atoms);
  return {};
}

void find_furniture(Article& article, const IngestRules::Impl& rules) {
  const std::string_view text = article.text;
  std::vector<std::pair<TextSpan, std::string>> found;
  const auto add = [&](std::size_t begin, std::size_t end, const std::string& id) {
    if (begin < end) found.push_back({{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}, id});
  };
  const auto lines = lines_of(text);
  std::size_t body_end = trim(text).empty() ? 0 : static_cast<std::size_t>(trim(text).data() + trim(text).size() - text.data());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    if (const auto* row = first_match(rules.tail, line)) {  // from the form to the end of the article
      add(lines[i].begin, body_end, row->id);
      body_end = lines[i].begin;
      break;
    }
    if (const auto* row = first_match(rules.list, line)) {
      const std::size_t begin = lines[i].begin;
      while (i + 1 < lines.size() && is_teaser(text.substr(lines[i + 1].begin, lines[i + 1].end - lines[i + 1].begin))) ++i;
      add(begin, lines[i].end, row->id);
      continue;
    }
    if (const auto* row = first_match(rules.line, line)) add(lines[i].begin, lines[i].end, row->id);
  }
  // what stands at the very end (or beginning) of a paragraph without a line of its own, layer by layer
  for (bool again = true; again;) {
    again = false;
    while (!found.empty() && trim(text.substr(0, body_end)).size() > 0) {
      const std::string_view body = trim(text.substr(0, body_end));
      body_end = static_cast<std::size_t>(body.data() + body.size() - text.data());
      const auto covers = std::find_if(found.begin(), found.end(), [&](const auto& range) { return range.first.end == body_end; });
      if (covers == found.end()) break;
      body_end = covers->first.begin;
    }
    const std::size_t from = body_end > longest_furniture ? body_end - longest_furniture : 0;
    std::size_t start = from;
    while (start < body_end && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) ++start;
    if (const auto hit = first_hit(rules.end, text.substr(start, body_end - start))) {
      add(start + hit->begin, start + hit->end, *hit->id);
      body_end = start + hit->begin;
      again = true;
    }
  }
  if (const auto hit = first_hit(rules.start, text.substr(0, std::min(body_end, longest_furniture)))) add(hit->begin, hit->end, *hit->id);
  std::sort(found.begin(), found.end());
  for (auto& [span, id] : found) {
    if (!article.excluded.empty() && span.begin < article.excluded.back().end) continue;
    article.excluded.push_back(span);
    article.excluded_rules.push_back(std::move(id));
  }
}

}  // namespace masudi::ingest_detail
