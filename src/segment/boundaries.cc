#include "boundaries.h"

#include <algorithm>

namespace masudi {

namespace {

// Letters, digits and each mark are kinds of their own; bytes of other scripts count as letters, typographic marks (U+2000..U+206F) as marks.
char kind_at(std::string_view text, std::size_t i) {
  if (i >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte >= 'A' && byte <= 'Z') return 'A';
  if (byte >= 'a' && byte <= 'z') return 'a';
  if (byte >= '0' && byte <= '9') return '0';
  if (byte < 0x80) return static_cast<char>(byte);
  if (byte == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80) {
    const auto last = static_cast<unsigned char>(text[i + 2]);
    if (last == 0x98 || last == 0x99) return '\'';
    if (last >= 0x9A && last <= 0x9F) return '"';
    if (last >= 0x90 && last <= 0x95) return '-';
    if (last == 0xA6) return '.';
    return '*';
  }
  if (byte == 0xC2) return '*';  // marks of Latin-1
  return 'a';
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

Feature lower_hash(std::string_view text) { return hash_text(ascii_lower(text)); }

}  // namespace

std::vector<Chunk> chunks_of(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  std::vector<Chunk> out;
  std::size_t i = begin;
  std::uint32_t breaks = 0;
  while (i < end) {
    if (const auto blank = blank_size(text, i)) {
      if (text[i] == '\n') ++breaks;
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
    if ((!letters && !digits) || contraction || apostrophe) out.push_back(static_cast<std::uint32_t>(i));
  }
  return out;
}

void token_features(std::string_view text, Chunk chunk, std::uint32_t at, std::vector<Feature>& out) {
  out.clear();
  unsigned number = 0;
  const auto add = [&](Feature a, Feature b = 0, Feature c = 0) { out.push_back(mix(mix(mix(feature(number++), a), b), c)); };
  std::size_t left = at, right = at;
  Feature kinds_left = 3, kinds_right = 3, bytes_left = 5, bytes_right = 5;
  add(0);
  for (int n = 0; n < 4; ++n) {
    left = left > chunk.begin ? previous_character(text, left) : chunk.begin;
    const bool inside_left = left < at, inside_right = right < chunk.end;
    kinds_left = mix(kinds_left, inside_left ? static_cast<unsigned char>(kind_at(text, left)) : 1);
    kinds_right = mix(kinds_right, inside_right ? static_cast<unsigned char>(kind_at(text, right)) : 1);
    bytes_left = mix(bytes_left, inside_left ? static_cast<unsigned char>(ascii_lower(text.substr(left, 1))[0]) : 1);
    bytes_right = mix(bytes_right, inside_right ? static_cast<unsigned char>(ascii_lower(text.substr(right, 1))[0]) : 1);
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
}

bool sentence_candidate(std::string_view text, const std::vector<RawToken>& tokens, std::size_t i) {
  if (i + 1 >= tokens.size()) return true;
  const RawToken &here = tokens[i], &next = tokens[i + 1];
  if (next.breaks_before > 0) return true;
  const char last = kind_at(text, previous_character(text, here.end));
  const bool final = last == '.' || last == '!' || last == '?' || last == ':' || last == ';';
  if (!next.space_before) return final && last != ':' && last != ';';
  if (final) return true;
  const bool closes = last == '"' || last == '\'' || last == ')' || last == ']' || last == '*' || last == '-' || last == ',';
  return closes && kind_at(text, next.begin) != 'a';
}

void sentence_features(std::string_view text, const std::vector<RawToken>& tokens, std::size_t i, std::vector<Feature>& out) {
  out.clear();
  unsigned number = 0;
  const auto add = [&](Feature a, Feature b = 0, Feature c = 0) { out.push_back(mix(mix(mix(feature(number++), a), b), c)); };
  const auto word = [&](std::ptrdiff_t k) -> std::string_view {
    if (k < 0 || k >= static_cast<std::ptrdiff_t>(tokens.size())) return "\n";
    const RawToken& t = tokens[static_cast<std::size_t>(k)];
    return text.substr(t.begin, t.end - t.begin);
  };
  const auto shape = [&](std::ptrdiff_t k) {
    const std::string_view w = word(k);
    Feature h = 9;
    char last = 0;
    for (std::size_t b = 0; b < w.size(); b = next_character(w, b)) {
      const char kind = kind_at(w, b);
      if (kind != last) h = mix(h, static_cast<unsigned char>(kind));
      last = kind;
    }
    return mix(h, std::min<std::size_t>(w.size(), 3));
  };
  const auto n = static_cast<std::ptrdiff_t>(i);
  const Feature breaks = i + 1 < tokens.size() ? std::min(tokens[i + 1].breaks_before, 2U) : 3,
                space = i + 1 < tokens.size() && tokens[i + 1].space_before ? 1 : 0;
  const Feature w0 = lower_hash(word(n)), p1 = lower_hash(word(n - 1)), f1 = lower_hash(word(n + 1)), f2 = lower_hash(word(n + 2));
  const Feature s0 = shape(n), sp = shape(n - 1), sf = shape(n + 1), sf2 = shape(n + 2);
  add(breaks, space);
  add(w0, breaks);
  add(p1, w0);
  add(sp, w0);
  add(f1, w0);
  add(sf, w0);
  add(s0, sf);
  add(sp, s0, sf);
  add(p1, sf, w0);
  add(f1, sf2);
  add(f1, f2);
  add(w0, sf, sf2);
  add(sf, breaks);
  add(s0, breaks);
  add(f1, breaks);
  // Is a quotation or a bracket open? Counted back to the last break of a line.
  int open = 0;
  for (std::ptrdiff_t k = n; k >= 0 && n - k < 60; --k) {
    const char kind = word(k).size() <= 3 ? kind_at(word(k), 0) : 'a';
    if (kind == '"') ++open;
    if (tokens[static_cast<std::size_t>(k)].breaks_before > 0) break;
  }
  add(static_cast<Feature>(open % 2), w0, sf);
  // How long since the last break: short lines are headings.
  std::ptrdiff_t since = n;
  while (since > 0 && n - since < 30 && tokens[static_cast<std::size_t>(since)].breaks_before == 0) --since;
  add(static_cast<Feature>(std::min<std::ptrdiff_t>(n - since, 12)), breaks, s0);
}

}  // namespace masudi
