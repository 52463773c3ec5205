#include "irregular_forms.h"

#include <algorithm>

namespace masudi {

namespace {

std::string key_of(std::string_view tag, std::string_view form, bool ending) { return std::string(tag) + (ending ? " -" : " ") + std::string(form); }

}  // namespace

Result<IrregularForms> IrregularForms::build(const Lexicon& lexicon) {
  IrregularForms out;
  const LexiconTable* table = lexicon.table("irregular_forms");
  if (table == nullptr) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const auto tags = split_cell(row["tags"]), forms = split_cell(row["forms"]);
    if (tags.empty() || forms.empty() || row["lemma"].empty())
      return Error{ErrorCode::malformed_input,
                   std::string(row.id()) + " lacks a cell; expected tags, forms and lemma",
                   std::string(table->path()) + ":" + std::to_string(row.line()),
                   {}};
    for (const std::string_view tag : tags) {
      out.tags_.emplace_back(tag);
      for (std::string_view form : forms) {
        const bool ending = form.starts_with('-');
        if (ending) form.remove_prefix(1);
        if (ending) out.endings_.push_back(form.size());
        out.keys_.emplace(key_of(tag, form, ending), static_cast<std::uint32_t>(out.rows_.size()));
      }
    }
    out.rows_.push_back({std::string(row.id()), std::string(row["lemma"])});
  }
  const auto distinct = [](auto& list, auto before) {
    std::sort(list.begin(), list.end(), before);
    list.erase(std::unique(list.begin(), list.end()), list.end());
  };
  distinct(out.tags_, std::less<>());
  distinct(out.endings_, std::greater<>());
  return out;
}

std::optional<IrregularForms::Hit> IrregularForms::find(const Word& word) const {
  if (!std::binary_search(tags_.begin(), tags_.end(), word.xpos)) return std::nullopt;
  const std::string lower = ascii_lower(word.form);
  if (const auto found = keys_.find(key_of(word.xpos, lower, false)); found != keys_.end()) {
    const Row& row = rows_[found->second];
    return Hit{row.lemma, row.id};
  }
  for (const std::size_t size : endings_) {
    if (size >= lower.size()) continue;
    const auto found = keys_.find(key_of(word.xpos, std::string_view(lower).substr(lower.size() - size), true));
    if (found == keys_.end()) continue;
    const Row& row = rows_[found->second];
    return Hit{lower.substr(0, lower.size() - size) + row.lemma, row.id};
  }
  return std::nullopt;
}

}  // namespace masudi
