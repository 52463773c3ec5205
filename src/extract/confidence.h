// How sure records are, by what can be seen of them: lexicon/confidence.tsv.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "extract_impl.h"

namespace masudi {

class ConfidenceRules {
 public:
  struct Weight {
    std::string id;
    int points = 0;  ///< thousandths of log odds
  };
  /// A lexicon without the table has none.
  static Result<ConfidenceRules> build(const Lexicon& lexicon);
  const Weight* find(std::string_view kind, std::string_view feature) const;

 private:
  std::unordered_map<std::string, Weight> weights_;  // "kind:feature"; looked up only
};

/// Sets the confidence of every event, commitment and statement, and notes in its trace what decided.
void weigh_records(const Analysis& analysis, const ConfidenceRules& rules, Extraction& out);

}  // namespace masudi
