// Which language an article is in, and whether masudi reads it.
#include <cstdio>  // CLD2 names FILE without it

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#include <cld2/internal/lang_script.h>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <array>

#include "ingest_impl.h"

namespace masudi::ingest_detail {

namespace {

/// The languages that every later stage has rules and models for. The one place to add another.
constexpr std::array<std::string_view, 1> read_languages{"en"};

constexpr std::size_t sample_bytes = 1U << 17U;  ///< of the text, for identification
constexpr int sure_percent = 60;                 ///< of the text in a language, to refuse it
constexpr int enough_letters = 40;               ///< bytes of letters, to refuse a text

bool is_read(std::string_view tag) {
  const std::string primary = ascii_lower(tag.substr(0, tag.find_first_of("-_")));
  return std::find(read_languages.begin(), read_languages.end(), primary) != read_languages.end();
}

Error refuse(const std::string& found) {
  std::string known;
  for (const std::string_view tag : read_languages) known += (known.empty() ? "" : ", ") + std::string(tag);
  return {ErrorCode::unsupported_language, found + "; masudi reads: " + known, "", {}};
}

std::string title_case(std::string_view name) {
  std::string out = ascii_lower(name);
  if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() = static_cast<char>(out.front() - 'a' + 'A');
  return out;
}

}  // namespace

std::optional<Error> check_language(std::string_view text, const std::optional<std::string>& declared, std::string& language) {
  // CLD2 wants interchange-valid UTF-8: no control bytes, no noncharacters.
  std::string sample;
  std::size_t ascii_letters = 0, letters = 0;
  for (std::size_t at = 0; at < text.size() && sample.size() < sample_bytes;) {
    const CodePoint point = code_point_at(text, at);
    const bool plain = point.value >= 0x20 && !(point.value >= 0x7F && point.value < 0xA0) && (point.value & 0xFFFEU) != 0xFFFEU &&
                       !(point.value >= 0xFDD0 && point.value <= 0xFDEF) && point.value != 0xFFFD;
    if (plain)
      sample.append(text.substr(at, point.size));
    else
      sample += ' ';
    const char32_t folded = point.value | 0x20U;
    if (folded >= 'a' && folded <= 'z') ++ascii_letters, ++letters;
    if (point.value >= 0xC0 && !(point.value >= 0x2000 && point.value <= 0x303F) && plain) ++letters;
    at += point.size;
  }
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> found{CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE, CLD2::UNKNOWN_LANGUAGE};
  std::array<int, 3> percent{};
  std::array<double, 3> score{};
  int letter_bytes = 0;
  bool reliable = false;
  const CLD2::Language best = CLD2::ExtDetectLanguageSummary(sample.data(), static_cast<int>(sample.size()), true, &hints, 0, found.data(),
                                                             percent.data(), score.data(), nullptr, &letter_bytes, &reliable);
  const std::string tag = CLD2::LanguageCode(best);
  language = "en";
  if (best != CLD2::UNKNOWN_LANGUAGE && is_read(tag)) return std::nullopt;
  // what is in the text beats what is said about it, where it is clear
  if (best != CLD2::UNKNOWN_LANGUAGE && reliable && percent[0] >= sure_percent && letter_bytes >= enough_letters && found[0] == best)
    return refuse(title_case(CLD2::LanguageName(best)) + " (" + tag + "), " + std::to_string(percent[0]) + " %");
  if (declared && !declared->empty()) {
    if (is_read(*declared)) return std::nullopt;
    return refuse("said to be in the language \"" + *declared + "\", and the text does not say otherwise");
  }
  if (ascii_letters * 10 >= letters * 9 && letters > 0) return std::nullopt;  // too short to tell: taken for what is read
  if (best != CLD2::UNKNOWN_LANGUAGE)
    return refuse("probably " + title_case(CLD2::LanguageName(best)) + " (" + tag + "), " + std::to_string(percent[0]) + " %");
  return refuse(letters == 0 ? "no letters, so no language" : "unknown language (und)");
}

}  // namespace masudi::ingest_detail
