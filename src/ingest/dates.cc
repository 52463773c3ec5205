// Publication dates: those written by machines, and those that the text itself fixes. Patterns are rows of lexicon/date_inference.tsv.
#include <algorithm>
#include <array>

#include "ingest_impl.h"

namespace masudi::ingest_detail {

namespace {

/// A number of at most four digits; 0 where it is none.
unsigned number(std::string_view text) {
  unsigned value = 0;
  for (const char c : text.substr(0, 4)) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

/// The row of lexicon/date_inference.tsv that has this name of a month or weekday, or null.
const DateName* named(std::string_view text, const std::vector<DateName>& names) {
  std::string key = ascii_lower(text);
  if (key.ends_with('.')) key.pop_back();
  const auto found = std::find_if(names.begin(), names.end(), [&](const DateName& name) { return name.name == key; });
  return found == names.end() ? nullptr : &*found;
}

std::optional<Day> make_day(unsigned year, unsigned month, unsigned day) {
  if (year < 1800 || year > 2199) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

/// The day that a row reads in `text`, with its offset applied. A weekday that does not fit the date refuses it. The rows that
/// made the day go to `used`, where it is not null.
std::optional<Day> apply(const IngestPattern& row, std::string_view text, const IngestRules::Impl& rules, std::set<std::string>* used) {
  std::array<re2::StringPiece, 8> groups;
  const int count = std::min<int>(static_cast<int>(groups.size()), row.pattern->NumberOfCapturingGroups() + 1);
  if (!row.pattern->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(), re2::RE2::UNANCHORED, groups.data(), count))
    return std::nullopt;
  const auto group = [&](int index) -> std::string_view {
    if (index <= 0 || index >= count) return {};
    const auto& piece = groups[static_cast<std::size_t>(index)];
    return piece.data() == nullptr ? std::string_view{} : std::string_view{piece.data(), piece.size()};
  };
  const std::string_view month_text = group(row.month);
  const DateName* month = named(month_text, rules.months);
  const auto day = make_day(number(group(row.year)), month != nullptr ? month->value : number(month_text), number(group(row.day)));
  if (!day) return std::nullopt;
  const DateName* weekday = nullptr;
  if (const auto weekday_text = group(row.weekday); !weekday_text.empty()) {
    weekday = named(weekday_text, rules.weekdays);
    if (weekday == nullptr || weekday->value != std::chrono::weekday(*day).iso_encoding()) return std::nullopt;
  }
  if (used != nullptr) {
    used->insert(row.id);
    for (const DateName* name : {month, weekday})
      if (name != nullptr) used->insert(name->id);
  }
  return *day + std::chrono::days(row.offset);
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) text.replace(at, what.size(), with);
}

constexpr std::size_t top_lines = 6;          ///< lines with text in which a date line is looked for
constexpr std::size_t dateline_lines = 4;     ///< lines with text that may begin with a dateline
constexpr std::size_t relative_bytes = 1500;  ///< of the text in which "yesterday, July 26, 2021" is looked for

}  // namespace

std::optional<Day> parse_date(std::string_view text, const IngestRules::Impl& rules, std::set<std::string>* used) {
  text = trim(text);
  if (text.size() >= 10) {
    // ISO 8601: the day as it is written, for the article's "yesterday" is its writer's
    if (const auto day = parse_iso_day(text.substr(0, 10));
        day && (text.size() == 10 || std::string_view("Tt ,+Z").find(text[10]) != std::string_view::npos))
      return make_day(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
  }
  const std::string line = collapse(text.substr(0, 200));
  for (const auto* rows : {&rules.date_line, &rules.page_date})
    for (const IngestPattern& row : *rows)
      if (const auto day = apply(row, line, rules, used)) return day;
  return std::nullopt;
}

std::optional<Day> infer_published(std::string_view text, const IngestRules::Impl& rules, std::set<std::string>& used) {
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text.size() && lines < top_lines;) {
    auto end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = trim(text.substr(at, end - at));
    at = end + 1;
    if (line.empty()) continue;
    ++lines;
    if (line.size() <= 120)
      for (const IngestPattern& row : rules.date_line)
        if (const auto day = apply(row, line, rules, &used)) return day;
    if (lines <= dateline_lines)
      for (const IngestPattern& row : rules.dateline)
        if (const auto day = apply(row, line.substr(0, 200), rules, &used)) return day;
  }
  for (const IngestPattern& row : rules.relative_date)
    if (const auto day = apply(row, text.substr(0, relative_bytes), rules, &used)) return day;
  return std::nullopt;
}

Result<void> build_dates(const Lexicon& lexicon, IngestRules::Impl& rules) {
  const LexiconTable* table = lexicon.table("date_inference");
  if (table == nullptr) return {};
  std::string months, weekdays;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const bool month = row["where"] == "month";
    if (!month && row["where"] != "weekday") continue;
    std::string& names = month ? months : weekdays;
    for (const std::string_view name : split_cell(row["pattern"])) {
      names += (names.empty() ? "" : "|") + re2::RE2::QuoteMeta(re2::StringPiece(name.data(), name.size()));
      (month ? rules.months : rules.weekdays).push_back({ascii_lower(name), std::string(row.id()), number(row["value"])});
    }
  }
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const std::string_view where = row["where"];
    if (where == "month" || where == "weekday") continue;
    std::string pattern(row["pattern"]);
    replace_all(pattern, "{month}", "(?P<month>(?:" + months + ")\\.?)");
    replace_all(pattern, "{weekday}", "(?P<weekday>(?:" + weekdays + ")\\.?)");
    replace_all(pattern, "{day}", "(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?");
    replace_all(pattern, "{year}", "(?P<year>(?:18|19|20|21)[0-9][0-9])\\b");
    auto compiled = compile_pattern(row, "(?i)" + pattern);
    if (!compiled) return compiled.error();
    for (const auto& [name, index] : compiled->pattern->NamedCapturingGroups()) {
      if (name == "year") compiled->year = index;
      if (name == "month") compiled->month = index;
      if (name == "day") compiled->day = index;
      if (name == "weekday") compiled->weekday = index;
    }
    if (const auto value = row["value"]; value.starts_with('-'))
      compiled->offset = -static_cast<int>(number(value.substr(1)));
    else
      compiled->offset = static_cast<int>(number(value));
    auto* rows = where == "line" ? &rules.date_line : where == "dateline" ? &rules.dateline : where == "anywhere" ? &rules.relative_date : nullptr;
    if (where == "page") rows = &rules.page_date;
    if (rows == nullptr)
      return Error{ErrorCode::malformed_input,
                   "where is \"" + std::string(where) + "\"; expected line, dateline, anywhere, page, month or weekday",
                   std::string(table->path()) + ":" + std::to_string(row.line()),
                   {}};
    rows->push_back(*std::move(compiled));
  }
  return {};
}

}  // namespace masudi::ingest_detail
