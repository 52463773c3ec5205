#include "lemma_rule.h"

#include <algorithm>
#include <utility>

#include "masudi/core.h"

namespace masudi {

std::string lemma_rule(std::string_view form, std::string_view lemma) {
  // The edit that keeps most of the form: as it is, in lower case, or with a capital first letter only.
  const std::string lower = ascii_lower(form);
  std::string title = lower;
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
  char best_case = 0;
  std::size_t best = 0;
  for (const auto& [kind, base] : {std::pair<char, std::string_view>{'l', lower}, {'k', form}, {'t', title}}) {
    std::size_t same = 0;
    while (same < base.size() && same < lemma.size() && base[same] == lemma[same]) ++same;
    if (best_case == 0 || same > best) {
      best_case = kind;
      best = same;
    }
  }
  if (best == 0 || (form.size() - best > 6)) return "=" + std::string(lemma);
  return std::string(1, best_case) + std::to_string(form.size() - best) + std::string(lemma.substr(best));
}

std::string apply_lemma_rule(std::string_view form, std::string_view rule) {
  if (rule.size() < 2) return std::string(form);
  if (rule[0] == '=') return std::string(rule.substr(1));
  std::string out = rule[0] == 'k' ? std::string(form) : ascii_lower(form);
  if (rule[0] == 't' && !out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  const std::size_t cut = static_cast<std::size_t>(rule[1] - '0');
  if (cut >= out.size() && rule.size() == 2) return out;  // a rule learned on longer words
  const std::size_t kept = out.size() - std::min(cut, out.size());
  if (kept < out.size() && (static_cast<unsigned char>(out[kept]) & 0xC0U) == 0x80U) return out;
  out.resize(kept);
  return out += rule.substr(2);
}

bool is_lemma_rule(std::string_view rule) {
  if (rule.size() >= 2 && rule[0] == '=') return true;
  return rule.size() >= 2 && (rule[0] == 'l' || rule[0] == 'k' || rule[0] == 't') && rule[1] >= '0' && rule[1] <= '9';
}

}  // namespace masudi
