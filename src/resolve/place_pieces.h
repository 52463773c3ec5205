// A sentence's words cut at hyphens and before a possessive: "pro-Beijing", "Syria's", so that a toponym is a run of whole pieces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masudi/tree.h"

namespace masudi::place_detail {

struct Piece {
  TextSpan span;
  std::uint32_t word = 0;
  bool capital = false;  // begins with a capital letter
  bool joined = false;   // no blank before it
  std::string key;       // folded
};

bool begins_with_capital(std::string_view text);
bool has_letter(std::string_view text);
bool all_capitals(std::string_view text);
/// Where a possessive ending begins, or the size.
std::size_t possessive_at(std::string_view text);
/// The pieces of a sentence, in text order. Words that share their bytes with the one before are skipped.
std::vector<Piece> cut(std::string_view text, const Tree& tree);

}  // namespace masudi::place_detail
