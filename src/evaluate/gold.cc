#include "gold.h"

#include <utf8proc.h>

#include <algorithm>

namespace masudi::gold {

namespace {

constexpr std::string_view abbreviations[] = {"Mr", "Ms", "Dr", "St", "Mrs", "Gen", "Sen", "Gov", "Rep"};
constexpr int deepest_value = 64;

bool one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_capital(char32_t c) { return c >= U'A' && c <= U'Z'; }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_printable(char32_t c) {
  if (c == U' ') return true;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

void append_utf8(std::string& out, char32_t c) {
  utf8proc_uint8_t buffer[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer);
  if (size > 0) out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(size));
}

std::string hexadecimal(char32_t c, int digits) {
  std::string out;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[(c >> shift) & 15U];
  return out;
}

std::string quote(const std::string& utf8) {
  const Characters text = decode(utf8);
  const bool has_single = text.find(U'\'') != Characters::npos, has_double = text.find(U'"') != Characters::npos;
  const char32_t mark = has_single && !has_double ? U'"' : U'\'';
  std::string out;
  append_utf8(out, mark);
  for (const char32_t c : text) {
    if (c == mark || c == U'\\') {
      out += '\\';
      append_utf8(out, c);
    } else if (c == U'\n') {
      out += "\\n";
    } else if (c == U'\r') {
      out += "\\r";
    } else if (c == U'\t') {
      out += "\\t";
    } else if (is_printable(c)) {
      append_utf8(out, c);
    } else if (c < 0x100) {
      out += "\\x" + hexadecimal(c, 2);
    } else if (c < 0x10000) {
      out += "\\u" + hexadecimal(c, 4);
    } else {
      out += "\\U" + hexadecimal(c, 8);
    }
  }
  append_utf8(out, mark);
  return out;
}

}  // namespace

bool is_alphanumeric(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool is_word(char32_t c) { return c == U'_' || is_alphanumeric(c); }

bool is_space(char32_t c) {
  if ((c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85) return true;
  if (c < 0x80) return false;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return false;
  }
}

Characters decode(std::string_view utf8) {
  Characters out;
  out.reserve(utf8.size());
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(utf8.data());
  auto left = static_cast<utf8proc_ssize_t>(utf8.size());
  while (left > 0) {
    utf8proc_int32_t c = -1;
    const auto size = utf8proc_iterate(at, left, &c);
    if (size <= 0) {  // cannot come out of the JSON parser, which checks UTF-8
      out.push_back(U'\ufffd');
      ++at, --left;
      continue;
    }
    out.push_back(static_cast<char32_t>(c));
    at += size, left -= size;
  }
  return out;
}

std::string encode(const Characters& text, std::int64_t begin, std::int64_t end) {
  std::string out;
  const auto size = static_cast<std::int64_t>(text.size());
  for (auto i = std::clamp<std::int64_t>(begin, 0, size); i < std::min(end, size); ++i) append_utf8(out, text[static_cast<std::size_t>(i)]);
  return out;
}

std::string name_key(const Json& name) {
  if (!name.is_string()) return "";
  std::string out;
  bool blank = false;
  const auto add = [&](char c) {
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += c;
  };
  for (const char32_t c : decode(name.get_ref<const std::string&>())) {
    if (is_capital(c))
      add(static_cast<char>(c - U'A' + U'a'));
    else if ((c >= U'a' && c <= U'z') || is_digit(c))
      add(static_cast<char>(c));
    else if (c == 0x212a)  // the Kelvin sign is a k
      add('k');
    else if (c == 0x130)  // a dotted capital I is an i and a mark
      add('i'), blank = true;
    else
      blank = true;
  }
  return out;
}

std::string show(const Json& value, int depth) {
  if (depth > deepest_value) return "...";
  if (value.is_null()) return "None";
  if (value.is_string()) return quote(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  std::string out;
  if (value.is_array()) {
    for (const Json& element : value) out += (out.empty() ? "" : ", ") + show(element, depth + 1);
    return "[" + out + "]";
  }
  if (value.is_object()) {
    for (const auto& [key, element] : value.items()) out += (out.empty() ? "" : ", ") + quote(key) + ": " + show(element, depth + 1);
    return "{" + out + "}";
  }
  return value.dump();
}

std::string show_plain(const Json& value) { return value.is_string() ? value.get<std::string>() : show(value); }

std::string cut(const std::string& text, std::size_t characters) { return encode(decode(text), 0, static_cast<std::int64_t>(characters)); }

const Json& get(const Json& value, const char* name) {
  static const Json nothing;
  if (!value.is_object()) return nothing;
  const auto found = value.find(name);
  return found == value.end() ? nothing : *found;
}

std::vector<const Json*> as_list(const Json& value) {
  std::vector<const Json*> out;
  if (value.is_array())
    for (const Json& element : value) out.push_back(&element);
  else if (!value.is_null())
    out.push_back(&value);
  return out;
}

bool given(const Json& value) {
  if (value.is_null()) return false;
  if (value.is_string() || value.is_array() || value.is_object())
    return value.is_string() ? !value.get_ref<const std::string&>().empty() : !value.empty();
  if (value.is_boolean()) return value.get<bool>();
  return value != 0;
}

const Json& File::meta() const {
  const Json& article = get(root_, "article");
  return article.is_null() ? root_ : article;
}

Result<File> File::parse(std::string_view bytes, const std::string& name) {
  File out;
  try {
    out.root_ = Json::parse(bytes);
  } catch (const Json::parse_error& problem) {
    const std::uint64_t at = problem.byte > 0 ? problem.byte - 1 : 0;
    return Error{ErrorCode::malformed_input, std::string("not JSON: ") + problem.what(), name, {at, at}};
  }
  if (!out.root_.is_object()) return Error{ErrorCode::malformed_input, "expected one JSON object, an article with its records", name, {}};
  const Json& inside = get(out.meta(), "text");
  const Json& text = given(inside) ? inside : get(out.root_, "text");
  if (!text.is_string()) return Error{ErrorCode::malformed_input, "no text: expected article.text", name, {}};
  out.text_ = decode(text.get_ref<const std::string&>());
  std::int64_t byte = 0;
  for (const char32_t c : out.text_) out.byte_ends_.push_back(byte += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
  out.find_sentences();
  return out;
}

File File::empty(const File& other) {
  File out;
  out.root_ = Json::object();
  out.text_ = other.text_;
  out.byte_ends_ = other.byte_ends_;
  return out;
}

void File::demand_offsets_if_any() {
  std::vector<const Json*> todo{&root_};
  while (!todo.empty() && strings_) {
    const Json& value = *todo.back();
    todo.pop_back();
    if (value.is_object()) {
      const Json& begin = get(value, "begin");
      if (begin.is_number() && begin >= 0) strings_ = false;
    }
    if (value.is_structured())
      for (const Json& element : value) todo.push_back(&element);
  }
}

std::int64_t File::character(std::int64_t byte) const {
  if (byte < 0) byte += byte_ends_.empty() ? 0 : byte_ends_.back();  // counted from the end
  return std::upper_bound(byte_ends_.begin(), byte_ends_.end(), byte) - byte_ends_.begin();
}

std::int64_t File::find(const Characters& value, std::int64_t from) const {
  const bool opens = is_alphanumeric(value.front()), closes = is_alphanumeric(value.back());
  std::size_t at = text_.find(value, static_cast<std::size_t>(from));
  const std::size_t anywhere = at;
  while (at != Characters::npos) {
    const std::size_t end = at + value.size();
    if (!(opens && at > 0 && is_word(text_[at - 1])) && !(closes && end < text_.size() && is_word(text_[end]))) return static_cast<std::int64_t>(at);
    at = text_.find(value, at + 1);
  }
  return anywhere == Characters::npos ? -1 : static_cast<std::int64_t>(anywhere);
}

Place File::place(const Json& value, const Json& item, const std::string& what) {
  const Json* words = &value;
  if (value.is_object()) {
    const Json &begin = get(value, "begin"), &end = get(value, "end");
    if (begin.is_number_integer()) {
      if (!end.is_number_integer()) {
        problems_.push_back(show_plain(get(item, "id")) + ": " + what + " has a begin and no end");
        return std::nullopt;
      }
      return Range{character(begin.get<std::int64_t>()), character(end.get<std::int64_t>())};
    }
    words = &get(value, "text");
  }
  if (!words->is_string() || words->get_ref<const std::string&>().empty()) return std::nullopt;
  const std::string id = show_plain(get(item, "id"));
  if (!strings_) {
    problems_.push_back(id + ": " + what + " is a bare string, not {begin, end, text}");
    return std::nullopt;
  }
  const Characters wanted = decode(words->get_ref<const std::string&>());
  std::int64_t from = 0;
  if (const Json& sentence = get(item, "sentence"); sentence.is_string() && !sentence.empty() && given(sentence)) {
    const auto found = text_.find(decode(sentence.get_ref<const std::string&>()));
    if (found == Characters::npos)
      problems_.push_back(id + ": sentence not in the text: " + show(sentence));
    else
      from = static_cast<std::int64_t>(found);
  }
  auto at = find(wanted, from);
  if (at < 0) at = find(wanted, 0);
  if (at < 0) {
    problems_.push_back(id + ": " + what + " not in the text: " + show(*words));
    return std::nullopt;
  }
  return Range{at, at + static_cast<std::int64_t>(wanted.size())};
}

std::size_t File::sentence_of(std::int64_t position) const {
  return static_cast<std::size_t>(std::upper_bound(sentences_.begin(), sentences_.end(), position) - sentences_.begin());
}

void File::find_sentences() {
  for (const Json* start : as_list(get(meta(), "sentence_starts")))
    if (start->is_number_integer()) sentences_.push_back(character(start->get<std::int64_t>()));
  if (!sentences_.empty()) return;
  // Where gold does not say: a sentence ends at . ! ? before a capital or digit, but not after a title or an initial; and at an empty line.
  sentences_.push_back(0);
  const std::size_t size = text_.size();
  const auto ends_with_title = [&](std::size_t at) {
    if (at > 0 && is_capital(text_[at - 1]) && (at == 1 || !is_word(text_[at - 2]))) return true;
    for (const auto title : abbreviations)
      if (at >= title.size() && std::equal(title.begin(), title.end(), text_.begin() + static_cast<std::ptrdiff_t>(at - title.size())) &&
          (at == title.size() || !is_word(text_[at - title.size() - 1])))
        return true;
    return false;
  };
  for (std::size_t i = 0; i < size;) {
    std::size_t end = 0;
    if (one_of(text_[i], U".!?") && !ends_with_title(i)) {
      std::size_t k = i + 1;
      while (k < size && one_of(text_[k], U"\"\u201d\u2019)]")) ++k;
      const std::size_t blanks = k;
      while (k < size && is_space(text_[k])) ++k;
      const std::size_t first = k < size && one_of(text_[k], U"\"\u201c\u2018([") ? k + 1 : k;
      if (k > blanks && first < size && (is_capital(text_[first]) || is_digit(text_[first]))) end = k;
    } else if (text_[i] == U'\n') {
      for (std::size_t k = i + 1; k < size && is_space(text_[k]); ++k)
        if (text_[k] == U'\n') end = k + 1;
    }
    if (end > 0) sentences_.push_back(static_cast<std::int64_t>(end));
    i = end > 0 ? end : i + 1;
  }
}

}  // namespace masudi::gold
