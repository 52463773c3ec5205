// Does a place's name stand for the territory or for who acts there? "Moscow said" against "in Moscow".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/string_map.h"
#include "masudi/tree.h"

namespace masudi::place_detail {

/// What was decided, and the row of lexicon/place_roles.tsv that decided ("place.role" where none did).
struct Role {
  std::string role = "place";  ///< place or actor
  std::string rule;
};

/// Rows of lexicon/place_roles.tsv: the first that fits decides. Immutable, thread-safe.
class RoleRules {
 public:
  /// malformed_input names the row and the slot or role that is unknown.
  static Result<RoleRules> build(const Lexicon& lexicon);
  /// What the name at words [first, last) stands for. Without a parse only the words beside it are asked.
  Role role_of(const Tree& tree, std::uint32_t first, std::uint32_t last) const;

 private:
  struct Row {
    std::string id, slot, role;
    StringSet governors, prepositions, besides, company;
  };
  struct Site;
  bool fits(const Row& row, const Tree& tree, const Site& site) const;

  std::vector<Row> rows_;
};

}  // namespace masudi::place_detail
