#include "masudi/core.h"

#include <openssl/evp.h>
#include <utf8proc.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace masudi {

std::string_view slice(std::string_view text, TextSpan span) {
  if (span.begin > span.end || span.end > text.size()) return {};
  return text.substr(span.begin, span.end - span.begin);
}

std::string to_iso(Day day) {
  const std::chrono::year_month_day date{day};
  std::array<char, 32> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                              static_cast<unsigned>(date.day()));
  return {buffer.data(), static_cast<std::size_t>(n)};
}

std::optional<Day> parse_iso_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t at, std::size_t size) -> std::optional<int> {
    int value = 0;
    const char* end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
    return value;
  };
  const auto year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::malformed_input:
      return "malformed_input";
    case ErrorCode::bad_encoding:
      return "bad_encoding";
    case ErrorCode::unsupported_language:
      return "unsupported_language";
    case ErrorCode::too_large:
      return "too_large";
    case ErrorCode::corrupt_store:
      return "corrupt_store";
    case ErrorCode::io:
      return "io";
  }
  return "io";
}

std::string to_string(const Error& error) {
  std::string out;
  if (!error.path.empty()) out += error.path + ": ";
  if (error.at.end > 0) out += "byte " + std::to_string(error.at.begin) + ": ";
  return out + error.message;
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  static constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  out.reserve(2 * static_cast<std::size_t>(size));
  for (unsigned int i = 0; i < size; ++i) {
    out += hex[digest.at(i) >> 4U];
    out += hex[digest.at(i) & 15U];
  }
  return out;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
  return out;
}

namespace {

// Apostrophes, quotation marks used as apostrophes, and dashes that print alike are one key.
char plain_form(utf8proc_int32_t code) {
  if (code == 0x2018 || code == 0x2019 || code == 0x02BC || code == 0x02BB || code == 0x0060 || code == 0x00B4) return '\'';
  if (code >= 0x2010 && code <= 0x2015) return '-';
  if (code == 0x2212) return '-';
  return 0;
}

bool is_blank(utf8proc_int32_t code) {
  if (code == ' ' || (code >= 9 && code <= 13)) return true;
  return utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
}

}  // namespace

bool folds_as_ascii(std::string_view text) {
  if (text.starts_with(' ') || text.ends_with(' ')) return false;
  char before = 0;
  for (const char c : text) {
    if (c < ' ' || c == '`' || c == 0x7F || (c == ' ' && before == ' ')) return false;
    before = c;
  }
  return true;
}

std::string fold(std::string_view text) {
  if (folds_as_ascii(text)) return ascii_lower(text);  // no table needed
  std::string out;
  out.reserve(text.size());
  const auto put = [&](utf8proc_int32_t code) {
    if (const char plain = plain_form(code)) {
      out += plain;
    } else if (is_blank(code)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      std::array<utf8proc_uint8_t, 4> bytes{};
      const auto n = utf8proc_encode_char(code, bytes.data());
      for (utf8proc_ssize_t i = 0; i < n; ++i) out += static_cast<char>(bytes.at(static_cast<std::size_t>(i)));
    }
  };
  std::size_t at = 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {  // most of it: no table needed
      put(byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte);
      ++at;
      continue;
    }
    utf8proc_int32_t code = 0;
    const auto used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at), static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    if (used <= 0) {
      ++at;
      continue;
    }
    at += static_cast<std::size_t>(used);
    if (plain_form(code) != 0) {
      put(code);
      continue;
    }
    std::array<utf8proc_int32_t, 16> parts{};
    int boundary = 0;
    const auto n = utf8proc_decompose_char(
        code, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE), &boundary);
    for (utf8proc_ssize_t i = 0; i < n && i < static_cast<utf8proc_ssize_t>(parts.size()); ++i) put(parts.at(static_cast<std::size_t>(i)));
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace masudi
