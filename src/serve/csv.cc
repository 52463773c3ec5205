#include "csv.h"

#include <algorithm>

namespace masudi::serve {

namespace {

/// A number may begin with a sign.
bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin() + 1, text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; }) && text.size() > 1;
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string out;
  const char first = text.empty() ? ' ' : text.front();
  const bool signed_text = (first == '+' || first == '-') && !is_number(text) && text.size() > 1;
  if (first == '=' || first == '@' || first == '\t' || first == '\r' || signed_text) out = '\'';
  out += text;
  if (out.find_first_of("\",\r\n'") == std::string::npos) return out;
  std::string quoted(1, '"');
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

void Csv::row(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text_ += ',';
    text_ += csv_cell(cells[i]);
  }
  text_ += "\r\n";
}

}  // namespace masudi::serve
