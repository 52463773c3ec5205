// What the letters and digits of a word tell by themselves.
#pragma once

#include <algorithm>
#include <string_view>

namespace masudi {

/// Is it a model's number: two digits at least, and no small letter but in an ending ("A380", "737s")?
inline bool is_model(std::string_view form) {
  const auto digits = std::count_if(form.begin(), form.end(), [](char c) { return c >= '0' && c <= '9'; });
  const auto small = std::count_if(form.begin(), form.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return digits >= 2 && small <= 1;
}

}  // namespace masudi
