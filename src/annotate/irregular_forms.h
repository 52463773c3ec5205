// Lemmas of forms whose ending does not tell them: lexicon/irregular_forms.tsv.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/segment.h"

namespace masudi {

/// Immutable, thread-safe.
class IrregularForms {
 public:
  /// malformed_input names the line of a row without tags, forms or lemma. A lexicon without the table has no such forms.
  static Result<IrregularForms> build(const Lexicon& lexicon);

  /// What a row says of a word.
  struct Hit {
    std::string lemma;
    std::string_view rule;  ///< id of the row
  };
  /// Of a tagged word; nothing where no row speaks of its form and tag.
  std::optional<Hit> find(const Word& word) const;

 private:
  struct Row {
    std::string id, lemma;
  };
  /// "tag form" or "tag -ending" -> row
  std::unordered_map<std::string, std::uint32_t> keys_;
  std::vector<std::string> tags_;     ///< those that any row names, sorted
  std::vector<std::size_t> endings_;  ///< lengths of the endings, the longest first
  std::vector<Row> rows_;
};

}  // namespace masudi
