// What tells places from other words and from each other: the tables of gazetteer/ and lexicon/ that resolve_places reads, built once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "masudi/string_map.h"
#include "place_index.h"
#include "place_roles.h"
#include "resolve_impl.h"

namespace masudi::place_detail {

struct Evidence {
  bool name = false, word = false, before = false, title = false, locative = false, movement = false;
  bool media = false, company = false, team = false, thing = false;
};

struct Head {
  std::string_view id, kind;
  bool after = false;
};

struct Direction {
  std::string_view id, name;
};

struct ShortName {
  std::string_view id, before;
  std::vector<std::string_view> needs;
  SiteRef ref;
};

struct Abbreviation {
  std::string_view id;
  SiteRef ref;
};

class Rules final : public PlaceRules {
 public:
  PlaceIndex index;
  StringMap<Evidence> evidence;
  StringMap<Head> heads;
  StringMap<Direction> directions;
  StringMap<ShortName> shorts;
  StringMap<Abbreviation> abbreviations;
  StringMap<std::vector<std::string_view>> demonyms;  // folded -> alpha-3, the first is the likeliest
  std::unordered_map<std::string_view, std::vector<std::string_view>> neighbours;
  StringMap<SiteRef> region_adjectives;  // "european": read only where the caller marked the word
  RoleRules roles;

  const Evidence& about(std::string_view key) const {
    static const Evidence nothing;
    const auto at = evidence.find(key);
    return at == evidence.end() ? nothing : at->second;
  }
  template <class Map>
  static const typename Map::mapped_type* in(const Map& map, std::string_view key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
  }
};

}  // namespace masudi::place_detail
