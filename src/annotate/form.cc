#include "form.h"

#include <utf8proc.h>

#include <vector>

#include "../segment/linear_model.h"

namespace masudi {

namespace {

struct Character {
  std::int32_t code = -1;  ///< -1: a byte that is not UTF-8
  std::size_t size = 1;
};

Character character_at(std::string_view text, std::size_t at) {
  utf8proc_int32_t code = -1;
  const auto size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  return size > 0 ? Character{code, static_cast<std::size_t>(size)} : Character{};
}

bool is_upper(utf8proc_category_t c) { return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT; }
bool is_letter(utf8proc_category_t c) { return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO; }
bool is_mark(utf8proc_category_t c) { return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME; }

utf8proc_category_t category(std::int32_t code) { return code < 0 ? UTF8PROC_CATEGORY_CN : utf8proc_category(code); }

bool is_ascii_punctuation(std::int32_t code) {
  return (code >= 33 && code <= 47) || (code >= 58 && code <= 64) || (code >= 91 && code <= 96) || (code >= 123 && code <= 126);
}

}  // namespace

std::string lower_form(std::string_view form) {
  std::string out;
  out.reserve(form.size());
  for (std::size_t i = 0; i < form.size();) {
    const auto byte = static_cast<unsigned char>(form[i]);
    if (byte < 0x80) {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : form[i];
      ++i;
      continue;
    }
    const Character c = character_at(form, i);
    const std::int32_t low = c.code < 0 || c.code == 0x130 ? c.code : utf8proc_tolower(c.code);
    if (low == c.code) {
      out += form.substr(i, c.size);
    } else {
      utf8proc_uint8_t bytes[4];
      const auto size = utf8proc_encode_char(low, bytes);
      out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }
    i += c.size;
  }
  return out;
}

std::string form_shape(std::string_view form) {
  std::string out;
  for (std::size_t i = 0; i < form.size() && out.size() < 12;) {
    const Character c = character_at(form, i);
    i += c.size;
    const auto kind = category(c.code);
    char symbol = 'o';
    if (is_upper(kind))
      symbol = 'X';
    else if (kind == UTF8PROC_CATEGORY_LL)
      symbol = 'x';
    else if (kind == UTF8PROC_CATEGORY_ND)
      symbol = 'd';
    else if (is_letter(kind) || is_mark(kind))
      symbol = 'c';
    else if (is_ascii_punctuation(c.code))
      symbol = static_cast<char>(c.code);
    const std::size_t n = out.size();
    if (n >= 2 && out[n - 1] == symbol && out[n - 2] == symbol) continue;
    out += symbol;
  }
  return out;
}

std::string form_flags(std::string_view form) {
  std::size_t letters = 0, upper = 0;
  bool first_upper = false, digit = false, hyphen = false;
  for (std::size_t i = 0; i < form.size();) {
    const Character c = character_at(form, i);
    i += c.size;
    const auto kind = category(c.code);
    if (is_letter(kind)) {
      if (letters == 0) first_upper = is_upper(kind);
      ++letters;
      if (is_upper(kind)) ++upper;
    }
    digit = digit || kind == UTF8PROC_CATEGORY_ND;
    hyphen = hyphen || c.code == '-';
  }
  const auto bit = [](bool value) { return value ? '1' : '0'; };
  return {bit(first_upper), bit(letters >= 2 && upper == letters), bit(digit), bit(hyphen)};
}

FormFeatures form_features(std::string_view form, std::string_view lower) {
  // Template numbers are the trainer's.
  constexpr unsigned lower_template = 1, suffix_template = 1, prefix_template = 6, shape_template = 11, flags_template = 12;
  FormFeatures out;
  const auto add = [&](unsigned number, std::string_view text) { out.hash[out.count++] = mix(feature(number), hash_text(text)); };
  add(lower_template, lower);
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < lower.size();) {
    starts.push_back(i);
    i += character_at(lower, i).size;
  }
  const std::size_t n = starts.size();
  for (std::size_t k = 1; k <= 5 && k <= n; ++k) add(suffix_template + static_cast<unsigned>(k), lower.substr(starts[n - k]));
  for (std::size_t k = 1; k <= 4 && k <= n; ++k) add(prefix_template + static_cast<unsigned>(k), lower.substr(0, k < n ? starts[k] : lower.size()));
  add(shape_template, form_shape(form));
  add(flags_template, form_flags(form));
  return out;
}

}  // namespace masudi
