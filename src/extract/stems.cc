#include "stems.h"

namespace masudi {

std::vector<std::string> stems_of(std::string_view form) {
  std::vector<std::string> out;
  out.reserve(6);
  const auto cut = [&](std::size_t n, const char* add) {
    if (form.size() > n + 2) out.push_back(std::string(form.substr(0, form.size() - n)) + add);
  };
  const auto doubled = [&](std::size_t n) {
    const std::size_t k = form.size() - n;
    if (form.size() > n + 3 && form[k - 1] == form[k - 2]) cut(n + 1, "");
  };
  if (form.ends_with("ied")) cut(3, "y");
  if (form.ends_with("ies")) cut(3, "y");
  if (form.ends_with("ed")) {
    cut(1, "");
    cut(2, "");
    doubled(2);
  }
  if (form.ends_with("ing")) {
    cut(3, "e");
    cut(3, "");
    doubled(3);
  }
  if (form.ends_with("es")) cut(2, "");
  if (form.ends_with("s")) cut(1, "");
  out.emplace_back(form);
  return out;
}

}  // namespace masudi
