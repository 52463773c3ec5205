// Plain sentences for tests of time expressions: words are cut at blanks and marks, sentences at full stops. No parse.
#pragma once

#include <string>
#include <vector>

#include "masudi/segment.h"

namespace masudi::testing {

inline std::vector<Sentence> plain_sentences(const std::string& text) {
  std::vector<Sentence> out;
  Sentence sentence;
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  };
  const auto finish = [&] {
    if (sentence.words.empty()) return;
    sentence.span = {sentence.words.front().span.begin, sentence.words.back().span.end};
    out.push_back(std::move(sentence));
    sentence = {};
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (letter(text[at]))
      while (at < text.size() && letter(text[at])) ++at;
    else
      ++at;
    const std::string form = text.substr(begin, at - begin);
    if (form == "\n" && at < text.size() && text[at] == '\n') finish();
    if (form == " " || form == "\n" || form == "\t" || form == "\r") continue;
    Word word;
    word.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at)};
    word.form = form;
    sentence.words.push_back(std::move(word));
    // a full stop after four small letters, before a blank, ends a sentence: "Sept." and "p.m." do not
    const bool stop = form == "." && (at == text.size() || text[at] == ' ' || text[at] == '\n') && sentence.words.size() > 1;
    if (stop) {
      const std::string& last = sentence.words[sentence.words.size() - 2].form;
      if (last.size() > 4 || (last.front() >= '0' && last.front() <= '9')) finish();
    }
  }
  finish();
  return out;
}

}  // namespace masudi::testing
