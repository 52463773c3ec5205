// The gazetteer's rows by name: one hash table over the mapped pack, built at start without copying a name.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/string_map.h"

namespace masudi {

enum class SiteTable : std::uint8_t { countries, regions, facilities, admin1, admin2, cities };
inline constexpr std::size_t site_tables = 6;

/// A row that goes by a name. `alternate`: the name is not the row's first one; `exact`: it is one that counts only in its exact spelling.
struct SiteRef {
  SiteTable table = SiteTable::countries;
  std::uint32_t row = 0;
  bool alternate = false, exact = false;
  bool operator==(const SiteRef& other) const { return table == other.table && row == other.row; }
};

/// What a row says. Views into the gazetteer.
struct Site {
  std::string_view id, name, country, admin, kind;
  std::int64_t population = 0;
  bool capital = false;
};

/// Where a row lies: both coordinates or none.
struct SitePoint {
  std::optional<double> lat, lon;
};

class PlaceIndex {
 public:
  /// Reads the tables countries, regions, facilities, admin1, admin2 and cities; a table that is missing is empty.
  static Result<PlaceIndex> build(const Lexicon& gazetteer);

  /// Appends the rows whose name folds to `folded`, or has exactly the spelling `exact` where the row demands one ("US").
  void find(std::string_view folded, std::string_view exact, std::vector<SiteRef>& out) const;
  Site site(SiteRef ref) const;
  SitePoint point(SiteRef ref) const;
  std::optional<std::int64_t> geonames(SiteRef ref) const;
  /// The row of a country by its alpha-3 code, or nothing.
  std::optional<SiteRef> country(std::string_view alpha3) const;
  /// The city that is a country's capital, or nothing.
  std::optional<SiteRef> capital(std::string_view alpha3) const;
  /// The first-level division of a country by its code in the gazetteer ("07"), or nothing.
  std::optional<SiteRef> division(std::string_view alpha3, std::string_view admin) const;
  const LexiconTable* countries() const { return tables_[0].table; }

 private:
  struct Columns {
    const LexiconTable* table = nullptr;
    std::size_t name = 0, keys = 0, country = 0, admin = 0, kind = 0, point = 0, population = 0, geonames = 0;
  };
  struct Slot {
    std::uint32_t mark = 0;  // upper half of the key's hash
    std::uint32_t ref = 0;   // 1 + row, with the table in the upper bits; 0: free
  };
  struct Filed {
    std::uint64_t hash = 0;
    std::uint32_t ref = 0;
  };
  void fill(const std::vector<Filed>& filed);
  void probe(std::string_view key, bool exact, std::vector<SiteRef>& out) const;
  bool goes_by(SiteRef& ref, std::string_view key, bool exact) const;
  LexiconRow row(SiteRef ref) const { return tables_[static_cast<std::size_t>(ref.table)].table->row(ref.row); }

  std::array<Columns, site_tables> tables_{};
  std::vector<Slot> slots_;
  /// A bit for each name, in a place that its hash gives: most runs of words that are asked for are no place, and the table is larger than the cache.
  std::vector<std::uint64_t> present_;
  StringMap<std::uint32_t> by_code_;     // alpha-3 -> row of countries
  std::vector<std::uint32_t> capitals_;  // by row of countries: 1 + row of cities; 0: none
};

}  // namespace masudi
