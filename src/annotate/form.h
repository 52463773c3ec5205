// What the network sees of a word's form. docs/inference.md, "Word vectors".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace masudi {

/// Simple lower case of each code point; bytes that are not UTF-8 stay as they are. U+0130, whose lower case is two code points, stays too.
std::string lower_form(std::string_view form);

/// X upper or title case, x lower case, d decimal digit, c other letter or mark, ASCII punctuation itself, o the rest; runs cut to 2, 12 symbols at
/// most: "McDonald's" -> "XxXxx'x".
std::string form_shape(std::string_view form);
/// Four of 0 and 1: the first letter is upper (or title) case; two letters or more, all upper; a decimal digit; an ASCII hyphen.
std::string form_flags(std::string_view form);

/// Hashes of the hashed features of a form: itself in lower case, its suffixes of 1 to 5 and prefixes of 1 to 4 code points, its shape, its flags.
struct FormFeatures {
  std::array<std::uint64_t, 12> hash{};
  std::size_t count = 0;
};
FormFeatures form_features(std::string_view form, std::string_view lower);
/// The row, among `rows`, of a feature.
constexpr std::uint32_t feature_row(std::uint64_t hash, std::uint32_t rows) { return static_cast<std::uint32_t>((hash >> 32U) % rows); }

}  // namespace masudi
