#include "boundaries.h"

#include <algorithm>
#include <array>
#include <optional>

namespace masudi {

namespace {

// Letters, digits and each mark are kinds of their own; bytes of other scripts count as letters, typographic marks as the plain marks they stand for,
// other marks, pictures and emoji as one kind.
char kind_at(std::string_view text, std::size_t i) {
  if (i >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte >= 'A' && byte <= 'Z') return 'A';
  if (byte >= 'a' && byte <= 'z') return 'a';
  if (byte >= '0' && byte <= '9') return '0';
  if (byte < 0x80) return static_cast<char>(byte);
  const auto second = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
  if (byte == 0xE2 && second == 0x80 && i + 2 < text.size()) {  // U+2000..U+203F
    const auto last = static_cast<unsigned char>(text[i + 2]);
    if (last == 0x98 || last == 0x99) return '\'';
    if (last >= 0x9A && last <= 0x9F) return '"';
    if (last >= 0x90 && last <= 0x95) return '-';
    if (last == 0xA6) return '.';
    return '*';
  }
  if (byte == 0xE2)
    return second == 0x82 ? '$' : second >= 0x81 && second <= 0xAF ? '*' : 'a';  // currencies; U+2040..U+2BFF: signs, arrows, pictures
  if (byte == 0xC2) return second >= 0xA2 && second <= 0xA5 ? '$' : '*';         // marks of Latin-1, its currencies
  return byte == 0xF0 && second == 0x9F ? '*' : 'a';                             // emoji
}

bool is_continuation(std::string_view text, std::size_t i) { return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U; }

std::size_t next_character(std::string_view text, std::size_t i) {
  ++i;
  while (is_continuation(text, i)) ++i;
  return i;
}

std::size_t previous_character(std::string_view text, std::size_t i) {
  --i;
  while (i > 0 && is_continuation(text, i)) --i;
  return i;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Bytes of the white space character at i (no-break and typographic blanks too), or 0.
std::size_t blank_size(std::string_view text, std::size_t i) {
  if (is_blank(text[i])) return 1;
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xA0) return 2;
  if (byte == 0xE2 && i + 2 < text.size()) {
    const auto b1 = static_cast<unsigned char>(text[i + 1]), b2 = static_cast<unsigned char>(text[i + 2]);
    if (b1 == 0x80 && (b2 <= 0x8B || b2 == 0xA8 || b2 == 0xA9 || b2 == 0xAF)) return 3;
  }
  if (byte == 0xE3 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80 && static_cast<unsigned char>(text[i + 2]) == 0x80)
    return 3;
  return 0;
}

bool is_letter(char kind) { return kind == 'A' || kind == 'a'; }

/// Do the characters before and behind byte i make one sign: an accent on a letter, an emoji with its joiner, tone or variant?
bool is_one_sign(std::string_view text, std::size_t i) {
  const std::string_view behind = text.substr(i, 4), before = text.substr(0, i);
  const auto byte = [](char c) { return static_cast<unsigned char>(c); };
  constexpr std::string_view joiner = "\xE2\x80\x8D", keycap = "\xE2\x83\xA3", variants = "\xEF\xB8";  // U+200D, U+20E3, U+FE00..U+FE3F
  if (before.ends_with(joiner) || behind.starts_with(joiner) || behind.starts_with(keycap)) return true;
  if (behind.starts_with(variants) && behind.size() > 2) return byte(behind[2]) <= 0x8F;
  if (behind.size() > 1 && (byte(behind[0]) == 0xCC || (byte(behind[0]) == 0xCD && byte(behind[1]) <= 0xAF))) return true;  // U+0300..U+036F
  return behind.size() == 4 && behind.starts_with("\xF0\x9F\x8F") && byte(behind[3]) >= 0xBB;                               // U+1F3FB..U+1F3FF
}

/// The byte at i, in lower case; typographic quotation marks, dashes and ellipses as their plain forms.
unsigned char plain_at(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte >= 'A' && byte <= 'Z') return static_cast<unsigned char>(byte - 'A' + 'a');
  if (byte != 0xE2 && byte != 0xC2) return byte;
  const char kind = kind_at(text, i);
  return is_letter(kind) ? byte : static_cast<unsigned char>(kind);
}

/// Hash of the text in lower case with plain marks: "Don’t" as "don't". Text of any length costs no more than its first bytes.
Feature lower_hash(std::string_view text) {
  constexpr std::size_t looked_at = 48;  // bytes; longer runs are addresses and rules, told apart by their size
  Feature h = 0xCBF29CE484222325ULL;
  const std::size_t end = std::min(text.size(), looked_at);
  for (std::size_t i = 0; i < end;) {
    const unsigned char plain = plain_at(text, i);
    h = (h ^ plain) * 0x100000001B3ULL;
    i = plain < 0x80 ? next_character(text, i) : i + 1;
  }
  return text.size() > looked_at ? mix(h, text.size() / 16) : h;
}

Feature shape_of(std::string_view word) {
  constexpr std::size_t looked_at = 48;
  Feature h = 9;
  char last = 0;
  for (std::size_t b = 0; b < std::min(word.size(), looked_at); b = next_character(word, b)) {
    const char kind = kind_at(word, b);
    if (kind != last) h = mix(h, static_cast<unsigned char>(kind));
    last = kind;
  }
  return mix(h, std::min<std::size_t>(word.size(), 3));
}

/// Is there a bullet, a dash, or a number with a dot or a bracket, and then a blank?
bool starts_item(std::string_view text, std::size_t i) {
  const char kind = kind_at(text, i);
  std::size_t end = i;
  if (kind == '-' || kind == '*') {
    end = next_character(text, i);
  } else {
    while (end < text.size() && end - i < 2 && kind_at(text, end) == '0') ++end;
    if (end == i || end == text.size() || (text[end] != '.' && text[end] != ')')) return false;
    ++end;
  }
  return end < text.size() && blank_size(text, end) > 0;
}

/// feature() of the templates' numbers.
constexpr auto templates = [] {
  std::array<Feature, 64> out{};
  for (unsigned number = 0; number < out.size(); ++number) out[number] = feature(number);
  return out;
}();

// The templates of a token boundary are numbered as the model was trained: those that look at the chunks around stand between the others.
constexpr unsigned first_outer_number = 40, first_number_behind_outer = 46;

/// 0, 1, 2, 3, 4, 5-6, 7-10, 11-20, 21-40, more.
Feature bucket(std::uint64_t n) { return n < 5 ? n : n < 7 ? 5 : n < 11 ? 6 : n < 21 ? 7 : n < 41 ? 8 : 9; }

}  // namespace

std::vector<Chunk> chunks_of(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::vector<Chunk> out;
  std::size_t i = begin;
  std::uint32_t breaks = 0;
  while (i < end) {
    if (const auto blank = blank_size(text, i)) {
      if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) ++breaks;
      if (blank == 3 && text[i + 1] == '\x80')
        breaks += text[i + 2] == '\xA8' ? 1U : text[i + 2] == '\xA9' ? 2U : 0U;  // line and paragraph separators
      i += blank;
      continue;
    }
    Chunk chunk{static_cast<std::uint32_t>(i), 0, breaks};
    while (i < end && blank_size(text, i) == 0) i = next_character(text, i);
    chunk.end = static_cast<std::uint32_t>(std::min<std::size_t>(i, end));
    out.push_back(chunk);
    breaks = 0;
  }
  return out;
}

std::vector<std::uint32_t> inner_candidates(std::string_view text, Chunk chunk) {
  std::vector<std::uint32_t> out;
  bool plain = true;
  for (std::size_t i = chunk.begin; i < chunk.end; i = next_character(text, i)) plain = plain && is_letter(kind_at(text, i));
  const bool contraction = plain && chunk.end - chunk.begin <= 7;
  for (std::size_t i = next_character(text, chunk.begin); i < chunk.end; i = next_character(text, i)) {
    const char before = kind_at(text, previous_character(text, i)), after = kind_at(text, i);
    const bool letters = is_letter(before) && is_letter(after), digits = before == '0' && after == '0';
    const bool apostrophe = letters && after == 'a' && (text[i] == 'n' || text[i] == 'N') && kind_at(text, i + 1) == '\'';
    if (((!letters && !digits) || contraction || apostrophe) && !is_one_sign(text, i)) out.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

ChunkLook look_of(std::string_view text, Chunk chunk) {
  const std::string_view own = text.substr(chunk.begin, chunk.end - chunk.begin);
  return {lower_hash(own), shape_of(own), kind_at(text, chunk.begin)};
}

BoundaryPlace inner_features(std::string_view text, Chunk whole, std::uint32_t at, std::vector<Feature>& out) {
  // A run of a megabyte without a blank is looked at through a window, so that its boundaries cost as much as those of a word.
  constexpr std::uint32_t reach = whole_chunk;
  Chunk chunk = whole;
  chunk.begin = std::max(chunk.begin, at > reach ? at - reach : 0);
  while (chunk.begin < at && is_continuation(text, chunk.begin)) ++chunk.begin;
  chunk.end = std::min(chunk.end, at + reach);
  while (chunk.end < whole.end && is_continuation(text, chunk.end)) ++chunk.end;
  out.clear();
  unsigned number = 0;
  const auto add = [&](Feature a, Feature b = 0, Feature d = 0) { out.push_back(mix(mix(mix(templates[number++], a), b), d)); };
  std::size_t left = at, right = at;
  Feature kinds_left = 3, kinds_right = 3, bytes_left = 5, bytes_right = 5;
  add(0);
  for (int n = 0; n < 4; ++n) {
    const bool inside_left = left > chunk.begin, inside_right = right < chunk.end;
    left = inside_left ? previous_character(text, left) : left;
    kinds_left = mix(kinds_left, inside_left ? static_cast<unsigned char>(kind_at(text, left)) : 1);
    kinds_right = mix(kinds_right, inside_right ? static_cast<unsigned char>(kind_at(text, right)) : 1);
    bytes_left = mix(bytes_left, inside_left ? plain_at(text, left) : 1);
    bytes_right = mix(bytes_right, inside_right ? plain_at(text, right) : 1);
    if (inside_right) right = std::min<std::size_t>(next_character(text, right), chunk.end);
    add(kinds_left);
    add(kinds_right);
    add(kinds_left, kinds_right);
    add(bytes_left);
    add(bytes_right);
    add(bytes_left, bytes_right);
    add(bytes_left, kinds_right);
    add(kinds_left, bytes_right);
  }
  const Feature left_part = lower_hash(text.substr(chunk.begin, at - chunk.begin)), right_part = lower_hash(text.substr(at, chunk.end - at));
  add(left_part);
  add(right_part);
  add(left_part, right_part);
  add(left_part, static_cast<unsigned char>(kind_at(text, at)));
  add(right_part, static_cast<unsigned char>(kind_at(text, previous_character(text, at))));
  Feature shape = 7;
  char last = 0;
  for (std::size_t i = chunk.begin; i < chunk.end; i = next_character(text, i)) {
    const char kind = kind_at(text, i);
    if (kind != last) shape = mix(shape, static_cast<unsigned char>(kind));
    if (i == at) shape = mix(shape, 77);
    last = kind;
  }
  add(shape);
  // The whole shape with the place of this boundary: "U.S." against "end.".
  add(shape, at - chunk.begin == 1, chunk.end - at == 1);
  // What stands around the chunk tells a full stop from the dot of an initial.
  const Feature place =
      mix(mix(static_cast<unsigned char>(kind_at(text, previous_character(text, at))), static_cast<unsigned char>(kind_at(text, at))),
          chunk.end - at == 1);
  number = first_number_behind_outer;
  // Addresses keep their dots and slashes.
  const std::string_view own = text.substr(chunk.begin, chunk.end - chunk.begin);
  const bool at_sign = own.find('@') != std::string_view::npos, address = own.find("://") != std::string_view::npos || own.starts_with("www.");
  add(place, at_sign, address);
  add(kinds_left, kinds_right, static_cast<Feature>(at_sign) * 2 + (address ? 1 : 0));
  return {place, left_part, shape};
}

void outer_features(const BoundaryPlace& at, const ChunkLook* before, const ChunkLook* behind, std::uint32_t breaks_behind,
                    std::vector<Feature>& out) {
  static constexpr ChunkLook none;
  const ChunkLook &previous = before != nullptr ? *before : none, &next = behind != nullptr ? *behind : none;
  const Feature next_kind = static_cast<unsigned char>(next.first), breaks = behind != nullptr ? std::min(breaks_behind, 2U) : 3;
  unsigned number = first_outer_number;
  const auto add = [&](Feature a, Feature b = 0, Feature d = 0) { out.push_back(mix(mix(mix(templates[number++], a), b), d)); };
  add(at.place, next_kind, breaks);
  add(at.left_part, next_kind, breaks);
  add(at.place, next.word);
  add(at.shape, next_kind);
  add(at.place, previous.word);
  add(at.place, previous.shape);
}

void token_features(std::string_view text, const std::vector<Chunk>& chunks, std::size_t c, std::uint32_t at, std::vector<Feature>& out) {
  const BoundaryPlace place = inner_features(text, chunks[c], at, out);
  const auto inner = static_cast<std::ptrdiff_t>(out.size());
  std::optional<ChunkLook> before, behind;
  if (c > 0) before = look_of(text, chunks[c - 1]);
  if (c + 1 < chunks.size()) behind = look_of(text, chunks[c + 1]);
  outer_features(place, before ? &*before : nullptr, behind ? &*behind : nullptr, behind ? chunks[c + 1].breaks_before : 0, out);
  std::rotate(out.begin() + first_outer_number, out.begin() + inner, out.end());
}

SentenceView::SentenceView(std::string_view text, const std::vector<RawToken>& tokens) : raw_(tokens), tokens_(tokens.size()) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view word = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    Token& t = tokens_[i];
    t.word = lower_hash(word);
    t.shape = shape_of(word);
    t.first = kind_at(word, 0);
    t.last = kind_at(word, previous_character(word, word.size()));
    t.final = t.last == '.' || t.last == '!' || t.last == '?';
    const bool starts = i == 0 || tokens[i].breaks_before >= 2;
    t.small = (i == 0 ? 0 : tokens_[i - 1].small) + (t.first == 'a' ? 1 : 0);
    t.quotes = (starts ? 0 : tokens_[i - 1].quotes) + (t.first == '"' ? 1 : 0);
    t.brackets = starts ? 0 : tokens_[i - 1].brackets;
    if (t.first == '(' || t.first == '[') ++t.brackets;
    if ((t.first == ')' || t.first == ']') && t.brackets > 0) --t.brackets;
    t.before_final = starts ? 100 : tokens_[i - 1].final ? 0 : tokens_[i - 1].before_final + 1;
  }
  for (std::size_t i = tokens.size(); i-- > 0;) {
    const bool stops = i + 1 == tokens.size() || tokens[i + 1].breaks_before >= 2;
    tokens_[i].next_final = stops ? 100 : tokens_[i + 1].final ? 0 : tokens_[i + 1].next_final + 1;
  }
  measure_lines(text);
}

void SentenceView::measure_lines(std::string_view text) {
  for (std::size_t begin = 0; begin < tokens_.size();) {  // a paragraph, up to a blank line
    std::size_t end = begin;
    std::uint32_t longest = 0;
    std::vector<std::size_t> items;  // tokens that a bullet or a number stands for
    bool announced = false;          // by a colon at the end of a line
    do {
      const std::size_t line = end;
      if (starts_item(text, raw_[line].begin)) items.push_back(line);
      do ++end;
      while (end < tokens_.size() && raw_[end].breaks_before == 0);
      const std::uint32_t size = raw_[end - 1].end - raw_[line].begin;
      longest = std::max(longest, size);
      for (std::size_t i = line; i < end; ++i) {
        tokens_[i].line = size;
        tokens_[i].line_begin = static_cast<std::uint32_t>(line);
      }
      announced = announced || tokens_[end - 1].last == ':';
    } while (end < tokens_.size() && raw_[end].breaks_before == 1);
    // One such line alone may be a dash that a narrow column put there.
    if (items.size() > 1 || announced)
      for (const std::size_t i : items) tokens_[i].item = true;
    for (; begin < end; ++begin) tokens_[begin].block = longest;
  }
}

bool SentenceView::candidate(std::size_t i) const { return i + 1 >= tokens_.size() || raw_[i + 1].space_before || tokens_[i].final; }

void SentenceView::features(std::size_t i, std::size_t first, std::vector<Feature>& out) const {
  static const Token outside{10, 10, '\n', '\n', false, false, 0, 0, 0, 0, 0, 0, 100, 100};
  out.clear();
  unsigned number = 0;
  const auto add = [&](Feature a, Feature b = 0, Feature c = 0, Feature d = 0) {
    out.push_back(mix(mix(mix(mix(templates[number++], a), b), c), d));
  };
  const auto at = [&](std::size_t k, int by) -> const Token& {
    const auto n = static_cast<std::ptrdiff_t>(k) + by;
    return n < 0 || n >= static_cast<std::ptrdiff_t>(tokens_.size()) ? outside : tokens_[static_cast<std::size_t>(n)];
  };
  const Token &p2 = at(i, -2), &p1 = at(i, -1), &t = at(i, 0), &n1 = at(i, 1), &n2 = at(i, 2), &n3 = at(i, 3), &start = at(first, 0);
  const auto code = [](char kind) { return static_cast<Feature>(static_cast<unsigned char>(kind)); };
  const bool more = i + 1 < tokens_.size();
  const Feature breaks = more ? std::min(raw_[i + 1].breaks_before, 2U) : 3, space = more && raw_[i + 1].space_before ? 1 : 0;
  // A line that ends though the next word would have fitted was ended on purpose.
  const std::uint32_t next_size = more ? raw_[i + 1].end - raw_[i + 1].begin : 0;
  const Feature line = breaks == 1 ? 1 + static_cast<Feature>(t.line + 1 + next_size <= t.block) : 0;
  const Feature length = bucket(i + 1 - first);
  const Feature kind = mix(mix(code(t.last), space), line);  // of the place
  add(kind);
  add(t.word, line, space);
  add(n1.word, line, space);
  add(kind, t.shape, n1.shape);
  add(kind, p1.shape, t.shape, n1.shape);
  add(kind, p2.shape, p1.shape, t.shape);
  add(kind, n1.shape, n2.shape);
  add(kind, n1.shape, n2.shape, n3.shape);
  add(kind, t.shape, n1.shape, n2.shape);
  add(p1.word, t.word);
  add(kind, p1.word);
  add(p2.word, p1.word, t.word);
  add(t.word, n1.word);
  add(n1.word, n2.word, kind);
  add(kind, n2.word);
  add(p1.shape, t.word);
  add(n1.shape, t.word);
  add(n1.word, t.shape);
  add(p1.word, n1.shape, t.word);
  add(n1.word, n2.shape, kind);
  add(t.word, n1.shape, n2.shape);
  add(kind, length);
  add(kind, length, n1.shape);
  add(kind, length, start.shape);
  add(kind, start.word);
  add(kind, start.word, n1.word);
  add(kind, length, n1.shape, code(start.first));
  add(kind, t.quotes % 2, n1.shape);
  add(kind, t.brackets > 0, n1.shape);
  add(kind, bucket(t.next_final), code(n1.first));
  add(kind, bucket(t.next_final), bucket(t.before_final));
  add(kind, bucket(t.next_final), length, n1.shape);
  add(kind, bucket(i - t.line_begin), code(n1.first));
  // Names, headings and signatures have no small words; nor has what follows them.
  const std::size_t ahead = std::min(i + 6, tokens_.size() - 1);
  const Feature small_behind = bucket(t.small - start.small + (start.first == 'a' ? 1 : 0)), small_ahead = tokens_[ahead].small - t.small;
  add(kind, small_behind, length);
  add(kind, small_behind, n1.shape, n2.shape);
  add(kind, small_behind, small_ahead, code(n1.first));
  add(kind, t.shape, n1.shape, small_ahead);
  add(kind, p1.shape, n1.shape, n2.shape);
  add(kind, start.shape, n1.shape, small_behind);
  add(line, t.final, code(n1.first), bucket(i + 1 - t.line_begin));
}

}  // namespace masudi
