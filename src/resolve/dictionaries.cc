// Reading PETRARCH dictionaries. A file of thousands of lines that others wrote has bad ones: each is told with its place, the rest is used.
#include "masudi/dictionaries.h"

#include <algorithm>
#include <unordered_map>

namespace masudi {

namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;
constexpr std::size_t longest_name = 300;
constexpr std::size_t most_set_words = 200;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

/// "HAMID_KARZAI_" -> "HAMID KARZAI".
std::string spelled(std::string_view name) {
  std::string out;
  for (const char c : trimmed(name)) {
    const char k = c == '_' || c == '\t' ? ' ' : c;
    if (k == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += k;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_code(std::string_view code) {
  if (code.size() < 3 || code.size() > 60) return false;
  return std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '/';
  });
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// YYYYMMDD, or YYMMDD of the years 1930 to 2029.
std::optional<Day> read_day(std::string_view text) {
  if ((text.size() != 6 && text.size() != 8) || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::string digits(text);
  if (digits.size() == 6) digits = (digits[0] < '3' ? "20" : "19") + digits;
  // The first or last day of a month that a dictionary writes as 00 or 31 of a short month.
  std::string iso = digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
  if (auto day = parse_iso_day(iso)) return day;
  for (const char* last : {"30", "29", "28"})
    if (digits.substr(6, 2) > last)
      if (auto day = parse_iso_day(iso.substr(0, 8) + last)) return day;
  return std::nullopt;
}

/// Walks the lines of a file without comments, with their places.
class Lines {
 public:
  explicit Lines(const LexiconFile& file) : file_(file) {}

  bool next() {
    while (at_ < file_.text.size()) {
      const std::size_t end = std::min(file_.text.find('\n', at_), file_.text.size());
      std::string_view text(file_.text.data() + at_, end - at_);
      begin_ = at_;
      at_ = end + 1;
      ++number_;
      if (number_ == 1 && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
      if (comment_) {
        const std::size_t close = text.find("-->");
        if (close == std::string_view::npos) continue;
        comment_ = false;
        text.remove_prefix(close + 3);
      }
      if (const std::size_t open = text.find("<!"); open != std::string_view::npos) {
        comment_ = text.find("-->", open) == std::string_view::npos && text.find("- ->", open) == std::string_view::npos;
        text = text.substr(0, open);
      }
      text = text.substr(0, text.find_first_of("#;"));
      if (trimmed(text).empty()) continue;
      line_ = text;
      return true;
    }
    return false;
  }
  std::string_view line() const { return line_; }
  std::uint32_t number() const { return number_; }
  Error problem(const char* at, const std::string& message) const {
    const std::size_t column = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - (file_.text.data() + begin_)));
    return Error{ErrorCode::malformed_input,
                 file_.path + ":" + std::to_string(number_) + ":" + std::to_string(column + 1) + ": " + message,
                 "",
                 {begin_ + column, begin_ + column}};
  }

 private:
  const LexiconFile& file_;
  std::size_t at_ = 0, begin_ = 0;
  std::uint32_t number_ = 0;
  bool comment_ = false;
  std::string_view line_;
};

std::string quoted(std::string_view text) { return "\"" + std::string(text.substr(0, 60)) + "\""; }

/// "AFGGOV >20011222", "GBRGOV 19970502-20070627", "USA".
std::optional<DictionaryActor::Code> read_code(const Lines& lines, std::string_view inside, std::vector<Error>& problems) {
  const std::string_view text = trimmed(inside);
  const std::size_t blank = text.find_first_of(" \t");
  const std::string_view code = text.substr(0, blank);
  DictionaryActor::Code out;
  if (!is_code(code)) {
    problems.push_back(lines.problem(text.data(), "expected a code such as [USAGOV]; found " + quoted(text)));
    return std::nullopt;
  }
  out.code = upper(code);
  if (blank == std::string_view::npos) return out;
  const std::string_view when = trimmed(text.substr(blank));
  const auto wrong = [&](std::string_view found) {
    problems.push_back(
        lines.problem(found.data(), "expected a day as YYYYMMDD or YYMMDD, a range with \"-\", or one after \">\" or \"<\"; found " + quoted(found)));
    return std::nullopt;
  };
  if (when.empty()) return out;
  if (when[0] == '>' || when[0] == '<') {
    const std::string_view digits = trimmed(when.substr(1));
    const auto day = read_day(digits);
    if (!day) return wrong(when);
    (when[0] == '>' ? out.begin : out.end) = *day;
    return out;
  }
  const std::size_t dash = when.find('-');
  const auto begin = read_day(trimmed(when.substr(0, dash)));
  if (!begin) return wrong(when);
  out.begin = begin;
  const std::string_view last = dash == std::string_view::npos ? std::string_view() : trimmed(when.substr(dash + 1));
  const auto end = dash == std::string_view::npos ? begin : read_day(last);
  if (!end) return wrong(last.empty() ? when : last);
  if (*end < *begin) {
    problems.push_back(lines.problem(when.data(), "the range ends before it begins: " + quoted(when)));
    return std::nullopt;
  }
  out.end = end;
  return out;
}

}  // namespace

Result<ActorDictionary> read_actor_dictionary(const LexiconFile& file) {
  if (file.text.size() > largest_file)
    return Error{ErrorCode::too_large, "an actor dictionary may have 64 MiB; found " + std::to_string(file.text.size()) + " bytes", file.path, {}};
  ActorDictionary out;
  Lines lines(file);
  bool open = false;  // an actor to which codes and synonyms belong
  while (lines.next()) {
    std::string_view line = lines.line();
    const std::size_t bracket = line.find('[');
    const std::string_view name = trimmed(line.substr(0, bracket));
    if (!name.empty()) {
      const bool synonym = name[0] == '+';
      const std::string text = spelled(synonym ? name.substr(1) : name);
      if (text.empty() || text.size() > longest_name) {
        out.problems.push_back(lines.problem(name.data(), "expected a name of 1 to 300 bytes"));
        open = open && synonym;
        continue;
      }
      if (synonym && !open) {
        out.problems.push_back(lines.problem(name.data(), "a synonym (\"+\") without an actor before it: " + quoted(name)));
        continue;
      }
      if (synonym) {
        out.actors.back().names.push_back(text);
      } else {
        out.actors.push_back({{text}, {}, lines.number()});
        open = true;
      }
    } else if (!open) {
      out.problems.push_back(lines.problem(line.data(), "a code without an actor before it"));
      continue;
    }
    std::size_t at = bracket;
    while (at != std::string_view::npos) {
      const std::size_t close = line.find(']', at);
      if (close == std::string_view::npos) {
        out.problems.push_back(lines.problem(line.data() + at, "a \"[\" without its \"]\""));
        break;
      }
      if (auto code = read_code(lines, line.substr(at + 1, close - at - 1), out.problems)) out.actors.back().codes.push_back(*std::move(code));
      at = line.find('[', close);
    }
  }
  if (out.actors.empty() && !out.problems.empty())
    return Error{
        ErrorCode::malformed_input, "not an actor dictionary: no line could be read; the first: " + out.problems.front().message, file.path, {}};
  return out;
}

Result<AgentDictionary> read_agent_dictionary(const LexiconFile& file) {
  if (file.text.size() > largest_file)
    return Error{ErrorCode::too_large, "an agent dictionary may have 64 MiB; found " + std::to_string(file.text.size()) + " bytes", file.path, {}};
  AgentDictionary out;
  Lines lines(file);
  std::unordered_map<std::string, std::vector<std::string>> sets;
  while (lines.next()) {
    const std::string_view line = trimmed(lines.line());
    if (line[0] == '!' && line.find('=') != std::string_view::npos) {
      const std::size_t equals = line.find('=');
      auto& words = sets[std::string(trimmed(line.substr(0, equals)))];
      for (const auto word : split_cell(line.substr(equals + 1), ','))
        if (words.size() < most_set_words) words.push_back(spelled(word));
      continue;
    }
    const std::size_t bracket = line.find('['), close = line.find(']');
    if (bracket == std::string_view::npos || close == std::string_view::npos || close < bracket) {
      out.problems.push_back(lines.problem(line.data(), "expected NOUN {PLURAL} [~CODE]; found " + quoted(line)));
      continue;
    }
    std::string_view code = trimmed(line.substr(bracket + 1, close - bracket - 1));
    const std::size_t tilde = code.find('~');
    std::string letters;
    for (const char c : code)
      if (c != '~') letters += c;
    letters = upper(trimmed(letters));
    if (tilde == std::string_view::npos || letters.size() < 3 || !is_code(letters)) {
      out.problems.push_back(lines.problem(code.data(), "expected a code with \"~\" for the actor, such as [~GOV]; found " + quoted(code)));
      continue;
    }
    std::string_view before = trimmed(line.substr(0, bracket));
    std::string plural;
    if (const std::size_t brace = before.find('{'); brace != std::string_view::npos) {
      const std::size_t end = before.find('}', brace);
      if (end == std::string_view::npos) {
        out.problems.push_back(lines.problem(before.data() + brace, "a \"{\" without its \"}\""));
        continue;
      }
      plural = spelled(before.substr(brace + 1, end - brace - 1));
      before = trimmed(before.substr(0, brace));
    }
    DictionaryAgent agent{{}, letters, lines.number(), line.substr(0, bracket).find('{') == std::string_view::npos};
    std::vector<std::string> nouns{spelled(before)};
    if (!plural.empty()) nouns.push_back(plural);
    for (const std::string& noun : nouns) {
      const std::size_t mark = noun.find('!');
      const std::size_t end = mark == std::string::npos ? mark : noun.find('!', mark + 1);
      if (end == std::string::npos) {
        if (!noun.empty() && noun.size() <= longest_name) agent.names.push_back(ascii_lower(noun));
        continue;
      }
      const auto set = sets.find(noun.substr(mark, end - mark + 1));
      if (set == sets.end()) {
        out.problems.push_back(lines.problem(before.data(), "no set " + noun.substr(mark, end - mark + 1) + " stands before this line"));
        continue;
      }
      for (const auto& word : set->second) agent.names.push_back(ascii_lower(noun.substr(0, mark) + word + noun.substr(end + 1)));
    }
    if (!agent.names.empty()) out.agents.push_back(std::move(agent));
  }
  if (out.agents.empty() && !out.problems.empty())
    return Error{
        ErrorCode::malformed_input, "not an agent dictionary: no line could be read; the first: " + out.problems.front().message, file.path, {}};
  return out;
}

std::vector<Error> dictionary_problems(const ActorDictionaries& dictionaries) {
  std::vector<Error> out;
  const auto take = [&](const auto& read) {
    if (read) out.insert(out.end(), (*read).problems.begin(), (*read).problems.end());
  };
  for (const LexiconFile& file : dictionaries.actors) take(read_actor_dictionary(file));
  for (const LexiconFile& file : dictionaries.agents) take(read_agent_dictionary(file));
  return out;
}

}  // namespace masudi
