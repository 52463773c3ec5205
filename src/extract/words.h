// What one word is, by its tags and form: the questions that every reader of a parse asks.
#pragma once

#include <algorithm>
#include <string_view>

#include "masudi/segment.h"

namespace masudi {

/// Is a feature among a word's ("Polarity=Neg")?
inline bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }
/// Punctuation by its tag, or because nothing in it is a letter, a digit or a sign that is read aloud.
inline bool is_punctuation(const Word& word) {
  if (word.upos == "PUNCT") return true;
  return !word.form.empty() && std::all_of(word.form.begin(), word.form.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x80 && (u < '0' || (u > '9' && u < 'A') || (u > 'Z' && u < 'a') || u > 'z') && c != '$' && c != '%' && c != '&';
  });
}
inline bool is_nominal(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "PRON"; }
/// A present participle ("saying").
inline bool is_participle(const Word& word) { return word.xpos == "VBG"; }
/// A verb form that can carry a clause by itself.
inline bool is_finite(const Word& word) {
  return (word.upos == "VERB" || word.upos == "AUX") && (word.xpos == "VBD" || word.xpos == "VBZ" || word.xpos == "VBP" || word.xpos == "MD");
}
inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
/// Begins with an upper-case letter; of letters beyond ASCII all from U+00C0 on count.
inline bool starts_upper(std::string_view form) {
  return !form.empty() && ((form[0] >= 'A' && form[0] <= 'Z') || static_cast<unsigned char>(form[0]) >= 0xc3);
}
/// Three or more letters, all capitals ("WASHINGTON").
inline bool is_capital(std::string_view form) {
  return form.size() >= 3 && std::all_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace masudi
