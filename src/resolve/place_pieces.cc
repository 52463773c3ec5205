#include "place_pieces.h"

#include <algorithm>

namespace masudi::place_detail {

bool begins_with_capital(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return first >= 'A' && first <= 'Z';
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  if (first == 0xC3) return second >= 0x80 && second <= 0x9E;
  return (first == 0xC4 || first == 0xC5) && second % 2 == 0;  // Latin Extended-A: capitals are even, but for a few
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

bool all_capitals(std::string_view text) {
  return has_letter(text) && std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The bytes at which a dash stands between two parts of a word; 0: none.
std::size_t dash_at(std::string_view text, std::size_t at) {
  if (text[at] == '-' || text[at] == '/') return 1;
  if (text.size() - at >= 3 && text[at] == '\xE2' && text[at + 1] == '\x80' && text[at + 2] >= '\x90' && text[at + 2] <= '\x95') return 3;
  return 0;
}

// Where a possessive ending begins, or the size.
std::size_t possessive_at(std::string_view text) {
  if (text.empty() || (text.back() != 's' && text.back() != 'S')) return text.size();
  for (const std::string_view ending : {"'s", "'S", "\xE2\x80\x99s", "\xE2\x80\x99S"})
    if (text.size() > ending.size() && text.ends_with(ending)) return text.size() - ending.size();
  return text.size();
}

std::vector<Piece> cut(std::string_view text, const Tree& tree) {
  std::vector<Piece> pieces;
  pieces.reserve(tree.size() + 8);
  std::uint32_t reached = 0;
  const auto add = [&](std::uint32_t begin, std::uint32_t end, std::uint32_t word) {
    if (begin >= end) return;
    const std::string_view form = slice(text, {begin, end});
    const bool whole = form == tree.word(word).form, joined = !pieces.empty() && pieces.back().span.end == begin;
    pieces.push_back({{begin, end}, word, begins_with_capital(form), joined, whole ? std::string(tree.folded(word)) : fold(form)});
  };
  for (std::uint32_t w = 0; w < tree.size(); ++w) {
    const TextSpan span = tree.word(w).span;
    if (span.empty() || span.end > text.size() || (w > 0 && span.begin < reached)) continue;  // words of a token may share its bytes
    reached = span.end;
    const std::string_view form = slice(text, span);
    const std::size_t end = possessive_at(form);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < end;) {
      const std::size_t dash = dash_at(form, i);
      if (dash == 0) {
        ++i;
        continue;
      }
      add(span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(i), w);
      add(span.begin + static_cast<std::uint32_t>(i), span.begin + static_cast<std::uint32_t>(i + dash), w);
      i += dash;
      begin = i;
    }
    add(span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end), w);
    add(span.begin + static_cast<std::uint32_t>(end), span.end, w);
  }
  return pieces;
}

}  // namespace masudi::place_detail
