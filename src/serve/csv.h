// CSV by RFC 4180. Spreadsheets run cells that begin with = + - @ as formulas: article text must not, so such cells get an apostrophe before them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace masudi::serve {

class Csv {
 public:
  explicit Csv(const std::vector<std::string>& header) { row(header); }
  void row(const std::vector<std::string>& cells);
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// One cell, quoted where it needs to be.
std::string csv_cell(std::string_view text);

}  // namespace masudi::serve
