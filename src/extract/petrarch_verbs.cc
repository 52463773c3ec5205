// Reading PETRARCH's verb dictionaries.
#include <algorithm>

#include "masudi/petrarch.h"

namespace masudi {

namespace {

constexpr std::size_t largest = 64U << 20U;

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Code in the last [...] of a line, and the line without it.
std::pair<std::optional<std::string>, std::string_view> take_code(std::string_view line) {
  const auto close = line.rfind(']');
  const auto open = close == std::string_view::npos ? close : line.rfind('[', close);
  if (open == std::string_view::npos) return {std::nullopt, line};
  return {std::string(trim(line.substr(open + 1, close - open - 1))), trim(line.substr(0, open))};
}

std::pair<std::string, std::string> directions(const std::string& code) {
  const auto colon = code.find(':');
  if (colon == std::string::npos) return {code, ""};
  return {code.substr(0, colon), code.substr(colon + 1)};
}

/// Regular forms of a verb in capitals, as PETRARCH makes them.
std::vector<std::string> forms_of(const std::string& verb) {
  std::vector<std::string> out{verb};
  if (verb.size() < 2) return out;
  const char last = verb.back();
  const char before = verb[verb.size() - 2];
  const std::string stem = verb.substr(0, verb.size() - 1);
  const bool consonant = std::string_view("AEIOU").find(before) == std::string_view::npos;
  if (last == 'E') {
    out.push_back(verb + "S"), out.push_back(verb + "D"), out.push_back(stem + "ING");
  } else if (last == 'Y' && consonant) {
    out.push_back(stem + "IES"), out.push_back(stem + "IED"), out.push_back(verb + "ING");
  } else if (last == 'S' || last == 'X' || last == 'Z' || verb.ends_with("SH") || verb.ends_with("CH")) {
    out.push_back(verb + "ES"), out.push_back(verb + "ED"), out.push_back(verb + "ING");
  } else {
    out.push_back(verb + "S"), out.push_back(verb + "ED"), out.push_back(verb + "ING");
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const LexiconFile& file) : file_(file) { out_.path = file.path; }

  Result<VerbDictionary> read() {
    if (file_.text.size() > largest) return Error{ErrorCode::too_large, "a dictionary of over 64 MiB", file_.path, {}};
    bool comment = false;
    std::string_view rest = file_.text;
    for (line_ = 1; !rest.empty(); ++line_) {
      const auto end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
      if (comment || line.find("<!") != std::string_view::npos) {
        comment = line.find("-->") == std::string_view::npos;
        continue;
      }
      line = trim(line.substr(0, line.find('#')));
      if (!line.empty()) read_line(line);
    }
    if (out_.verbs.empty())
      return Error{ErrorCode::malformed_input, "no verb found; expected lines such as \"--- ACCUSE [112] ---\"", file_.path, {}};
    for (auto& patterns : out_.blocks)
      std::stable_sort(patterns.begin(), patterns.end(), [](const VerbPattern& a, const VerbPattern& b) {
        return a.before.size() + a.after.size() > b.before.size() + b.after.size();
      });
    return std::move(out_);
  }

 private:
  void wrong(const std::string& message) {
    out_.problems.push_back({ErrorCode::malformed_input, file_.path + ":" + std::to_string(line_) + ": " + message, file_.path, {}});
  }

  void read_line(std::string_view line) {
    if (line[0] == '&') {
      const auto words = words_of(line.substr(1));
      if (words.empty()) return wrong("a synset without a name; expected &NAME");
      synset_ = words[0];
      out_.synsets[synset_];
    } else if (line.starts_with("---")) {
      synset_.clear();
      const auto [code, name] = take_code(line);
      std::tie(code_, reverse_) = directions(code.value_or("---"));
      out_.blocks.emplace_back();
    } else if (line[0] == '~' || line[0] == '@' || line[0] == '%') {
      return;  // rules of later programs that rewrite codes
    } else if (!synset_.empty() && line[0] == '+') {
      out_.synsets[synset_].push_back(words_of(line.substr(1)));
    } else if (line[0] == '-') {
      read_pattern(line.substr(1));
    } else {
      synset_.clear();
      read_verb(line);
    }
  }

  static std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    for (const char c : text) {
      if (c == ' ' || c == '_' || c == '\t') {
        if (!word.empty()) out.push_back(std::move(word));
        word.clear();
      } else {
        word += c;
      }
    }
    if (!word.empty()) out.push_back(std::move(word));
    for (auto& each : out) each = upper(each);
    return out;
  }

  void read_verb(std::string_view line) {
    if (out_.blocks.empty()) return wrong("a verb before the first block; expected a line \"--- NAME [code] ---\"");
    const auto [own, plain] = take_code(line);
    std::string_view words = plain;
    std::vector<std::string> irregular;
    if (const auto open = words.find('{'); open != std::string_view::npos) {
      const auto close = words.find('}', open);
      std::string_view list = words.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
      words = trim(words.substr(0, open));
      for (std::size_t at = 0; at < list.size();) {
        const auto next = std::min(list.find(' ', at), list.size());
        if (next > at) irregular.emplace_back(list.substr(at, next - at));
        at = next + 1;
      }
    }
    add_verb(words, own, true);
    for (const auto& form : irregular) add_verb(form, own, false);
  }

  void add_verb(std::string_view text, const std::optional<std::string>& own, bool regular) {
    DictionaryVerb entry;
    entry.line = line_;
    entry.block = static_cast<std::uint32_t>(out_.blocks.size() - 1);
    entry.code = code_, entry.reverse = reverse_;
    if (own) std::tie(entry.code, entry.reverse) = directions(*own);
    const auto words = words_of(text);
    if (words.empty()) return wrong("no word");
    std::size_t main = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
      if (words[i][0] == '+') main = i;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string word = words[i][0] == '+' ? words[i].substr(1) : words[i];
      if (i == main)
        entry.verb = word;
      else
        (i < main ? entry.before : entry.after).push_back(word);
    }
    if (entry.verb.empty()) return wrong("no word after '+'");
    const auto index = static_cast<std::uint32_t>(out_.verbs.size());
    for (const auto& form : regular ? forms_of(entry.verb) : std::vector{entry.verb}) out_.by_form[form].push_back(index);
    out_.verbs.push_back(std::move(entry));
  }

  void read_pattern(std::string_view line) {
    if (out_.blocks.empty()) return wrong("a pattern before the first block");
    const auto [code, words] = take_code(line);
    if (!code) return wrong("a pattern without a code; expected [code] at its end");
    VerbPattern pattern;
    std::tie(pattern.code, pattern.reverse) = directions(*code);
    pattern.line = line_;
    // Tokens are divided by blanks (anything may stand between) and by '_' (nothing may).
    std::vector<VerbToken> tokens;
    std::optional<std::size_t> verb;
    bool tight = false;
    std::size_t tight_to_verb = 0;
    std::string token;
    bool inside = false;
    const auto flush = [&](bool next_tight) {
      if (!token.empty()) {
        if (token == "*") {
          verb = tokens.size();
          if (tight && !tokens.empty()) tight_to_verb = 1;
        } else {
          VerbToken out;
          out.kind = token[0] == '&' ? VerbToken::Kind::synset
                     : token == "$"  ? VerbToken::Kind::source
                     : token == "+"  ? VerbToken::Kind::target
                     : token == "%"  ? VerbToken::Kind::both
                     : token == "^"  ? VerbToken::Kind::skip
                                     : VerbToken::Kind::word;
          out.text = upper(token[0] == '&' ? token.substr(1) : token);
          out.adjacent = tight;
          tokens.push_back(std::move(out));
        }
        token.clear();
        tight = next_tight;
      } else if (next_tight) {
        tight = true;
      }
    };
    for (const char c : words) {
      if (c == ' ' || c == '\t')
        flush(inside);
      else if (c == '_')
        flush(true);
      else if (c == '{' || c == '}') {
        flush(false);
        inside = c == '{';
      } else if (c == '(' || c == ')')
        flush(false);
      else
        token += c;
    }
    flush(false);
    if (!verb) return wrong("a pattern without '*', which stands for the verb");
    pattern.after.assign(tokens.begin() + static_cast<std::ptrdiff_t>(*verb), tokens.end());
    // Reading away from the verb, a word before it is adjacent where the next one to the right was.
    for (std::size_t i = *verb; i-- > 0;) {
      VerbToken out = tokens[i];
      out.adjacent = i + 1 < *verb ? tokens[i + 1].adjacent : tight_to_verb != 0;
      pattern.before.push_back(std::move(out));
    }
    out_.blocks.back().push_back(std::move(pattern));
  }

  const LexiconFile& file_;
  VerbDictionary out_;
  std::uint32_t line_ = 0;
  std::string synset_, code_ = "---", reverse_;
};

}  // namespace

Result<VerbDictionary> read_verb_dictionary(const LexiconFile& file) { return Reader(file).read(); }

}  // namespace masudi
