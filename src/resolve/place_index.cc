#include "place_index.h"

#include <xxhash.h>

#include <algorithm>
#include <charconv>

namespace masudi {

namespace {

constexpr std::array<std::string_view, site_tables> table_names = {"countries", "regions", "facilities", "admin1", "admin2", "cities"};
constexpr unsigned table_shift = 28;
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::uint64_t hash_of(std::string_view key, bool exact) { return XXH3_64bits_withSeed(key.data(), key.size(), exact ? 1 : 0); }

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// The keys of a big table are folded when it is made; those of a table that people write are folded here.
bool folded_already(SiteTable table) { return table >= SiteTable::admin1; }

// An ASCII name's key is its lower case: no need to fold. The buffer spares an allocation for each of some 70,000 names.
std::string_view name_key(std::string_view name, std::string& buffer) {
  if (!is_ascii(name) || name.find('`') != std::string_view::npos) {  // fold() makes a grave accent an apostrophe
    buffer = fold(name);
    return buffer;
  }
  buffer.assign(name);
  for (char& c : buffer)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return buffer;
}

// Calls visit(key, exact) for each further name of a cell; stops where it returns true.
template <class Visitor>
bool any_key(std::string_view cell, bool folded, std::string& buffer, Visitor&& visit) {
  while (!cell.empty()) {
    const auto at = cell.find('|');
    std::string_view key = cell.substr(0, at);
    cell.remove_prefix(at == std::string_view::npos ? cell.size() : at + 1);
    if (key.empty()) continue;
    const bool exact = key.front() == '=';
    if (exact) {
      key.remove_prefix(1);
    } else if (!folded) {
      buffer = fold(key);
      key = buffer;
    }
    if (visit(key, exact)) return true;
  }
  return false;
}

}  // namespace

Result<PlaceIndex> PlaceIndex::build(const Lexicon& gazetteer) {
  PlaceIndex index;
  std::size_t names = 0;
  for (std::size_t t = 0; t < site_tables; ++t) {
    Columns& columns = index.tables_.at(t);
    columns.table = gazetteer.table(table_names.at(t));
    if (columns.table == nullptr) continue;
    const auto column = [&](std::string_view name) { return columns.table->column(name).value_or(none); };
    columns.name = column("name");
    columns.keys = t < 3 ? column("names") : column("keys");
    columns.country = column(t == 0 ? "alpha3" : "country");
    columns.admin = column("admin");
    columns.kind = column("kind");
    columns.point = column("point");
    columns.population = column("population");
    columns.geonames = column("geonames");
    // An empty table (one with nothing but its id column) is one that has not been written yet.
    if (columns.table->size() > 0 && (columns.name == none || columns.keys == none || columns.country == none))
      return Error{ErrorCode::malformed_input,
                   "lacks a column; expected name, " + std::string(t < 3 ? "names" : "keys") + (t == 0 ? ", alpha3" : ", country"),
                   std::string(columns.table->path()),
                   {}};
    if (columns.table->size() >= (1U << table_shift) - 1) return Error{ErrorCode::too_large, "too many rows", std::string(columns.table->path()), {}};
    names += columns.table->size();
  }
  std::size_t capacity = 1024;
  while (capacity < names * 6) capacity *= 2;  // some two names a row: less than half full
  index.slots_.resize(capacity);

  std::string buffer;
  std::vector<Filed> filed;
  filed.reserve(names * 3);
  for (std::size_t t = 0; t < site_tables; ++t) {
    const Columns& columns = index.tables_.at(t);
    if (columns.table == nullptr || columns.name == none) continue;
    const bool folded = folded_already(static_cast<SiteTable>(t));
    for (std::uint32_t r = 0; r < columns.table->size(); ++r) {
      const LexiconRow row = columns.table->row(r);
      const std::uint32_t ref = static_cast<std::uint32_t>(t) << table_shift | (r + 1);
      filed.push_back({hash_of(name_key(row.cell(columns.name), buffer), false), ref});
      any_key(row.cell(columns.keys), folded, buffer, [&](std::string_view key, bool exact) {
        filed.push_back({hash_of(key, exact), ref});
        return false;
      });
    }
  }
  const std::size_t used = filed.size();
  if (used * 2 >= index.slots_.size()) return Error{ErrorCode::too_large, "more than six names a row; expected fewer", "gazetteer", {}};
  index.fill(filed);

  if (const LexiconTable* countries = index.tables_[0].table) {
    for (std::uint32_t r = 0; r < countries->size(); ++r) index.by_code_.emplace(std::string(countries->row(r).cell(index.tables_[0].country)), r);
    index.capitals_.resize(countries->size());
    const auto capital = countries->column("capital");
    std::vector<SiteRef> hits;
    for (std::uint32_t r = 0; capital && r < countries->size(); ++r) {
      hits.clear();
      index.find(name_key(countries->row(r).cell(*capital), buffer), "", hits);
      std::int64_t most = -1;
      for (const SiteRef hit : hits) {
        if (hit.table != SiteTable::cities) continue;
        const Site site = index.site(hit);
        if (site.country != countries->row(r).cell(index.tables_[0].country) || site.population <= most) continue;
        most = site.population;
        index.capitals_[r] = hit.row + 1;
      }
    }
  }
  return index;
}

void PlaceIndex::fill(const std::vector<Filed>& filed) {
  // Places in the table are anywhere: each is asked for some names ahead, so that none is waited for.
  constexpr std::size_t ahead = 16;
  const std::size_t mask = slots_.size() - 1;
  present_.assign(std::max<std::size_t>(slots_.size() / 4, 64) / 64 * 8, 0);
  for (std::size_t i = 0; i < filed.size(); ++i) {
    const std::uint64_t bit = filed[i].hash >> 32U & (present_.size() * 64 - 1);
    present_[bit / 64] |= std::uint64_t{1} << bit % 64;
    if (i + ahead < filed.size()) __builtin_prefetch(&slots_[static_cast<std::size_t>(filed[i + ahead].hash) & mask], 1);
    std::size_t at = static_cast<std::size_t>(filed[i].hash) & mask;
    while (slots_[at].ref != 0) at = (at + 1) & mask;
    slots_[at] = {static_cast<std::uint32_t>(filed[i].hash >> 32U), filed[i].ref};
  }
}

bool PlaceIndex::goes_by(SiteRef& ref, std::string_view key, bool exact) const {
  const Columns& columns = tables_.at(static_cast<std::size_t>(ref.table));
  std::string buffer;
  ref.alternate = exact || name_key(row(ref).cell(columns.name), buffer) != key;
  return !ref.alternate || any_key(row(ref).cell(columns.keys), folded_already(ref.table), buffer,
                                   [&](std::string_view other, bool how) { return how == exact && other == key; });
}

void PlaceIndex::probe(std::string_view key, bool exact, std::vector<SiteRef>& out) const {
  if (slots_.empty() || key.empty()) return;
  const std::uint64_t hash = hash_of(key, exact);
  const std::uint64_t bit = hash >> 32U & (present_.size() * 64 - 1);
  if ((present_[bit / 64] >> bit % 64 & 1U) == 0) return;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = static_cast<std::size_t>(hash) & mask; slots_[at].ref != 0; at = (at + 1) & mask) {
    if (slots_[at].mark != static_cast<std::uint32_t>(hash >> 32U)) continue;
    SiteRef ref{static_cast<SiteTable>(slots_[at].ref >> table_shift), (slots_[at].ref & ((1U << table_shift) - 1)) - 1, false, exact};
    if (std::find(out.begin(), out.end(), ref) == out.end() && goes_by(ref, key, exact)) out.push_back(ref);
  }
}

void PlaceIndex::find(std::string_view folded, std::string_view exact, std::vector<SiteRef>& out) const {
  probe(folded, false, out);
  probe(exact, true, out);
}

Site PlaceIndex::site(SiteRef ref) const {
  const Columns& columns = tables_.at(static_cast<std::size_t>(ref.table));
  const LexiconRow row = this->row(ref);
  Site site;
  site.id = row.id();
  site.name = row.cell(columns.name);
  site.country = row.cell(columns.country);
  if (columns.admin != none) site.admin = row.cell(columns.admin);
  if (columns.kind != none) site.kind = row.cell(columns.kind);
  if (ref.table == SiteTable::admin1 || ref.table == SiteTable::admin2) site.kind = "admin";
  if (ref.table == SiteTable::cities) site.kind = "city";
  if (site.kind.empty()) site.kind = ref.table == SiteTable::countries ? "country" : "region";
  if (columns.population != none) site.population = number<std::int64_t>(row.cell(columns.population)).value_or(0);
  if (ref.table == SiteTable::cities) {
    const auto country = this->country(site.country);
    site.capital = country && capitals_.at(country->row) == ref.row + 1;
  }
  return site;
}

SitePoint PlaceIndex::point(SiteRef ref) const {
  const Columns& columns = tables_.at(static_cast<std::size_t>(ref.table));
  const std::string_view cell = columns.point == none ? std::string_view() : row(ref).cell(columns.point);
  const auto comma = cell.find(',');
  if (comma == std::string_view::npos) return {};
  const SitePoint point{number<double>(cell.substr(0, comma)), number<double>(cell.substr(comma + 1))};
  return point.lat && point.lon ? point : SitePoint{};
}

std::optional<std::int64_t> PlaceIndex::geonames(SiteRef ref) const {
  const Columns& columns = tables_.at(static_cast<std::size_t>(ref.table));
  const std::string_view id = row(ref).id();
  if ((ref.table == SiteTable::cities || ref.table == SiteTable::admin2) && id.size() > 3) return number<std::int64_t>(id.substr(3));
  return columns.geonames == none ? std::nullopt : number<std::int64_t>(row(ref).cell(columns.geonames));
}

std::optional<SiteRef> PlaceIndex::country(std::string_view alpha3) const {
  const auto at = by_code_.find(alpha3);
  if (at == by_code_.end()) return std::nullopt;
  return SiteRef{SiteTable::countries, at->second};
}

std::optional<SiteRef> PlaceIndex::capital(std::string_view alpha3) const {
  const auto row = country(alpha3);
  if (!row || capitals_.at(row->row) == 0) return std::nullopt;
  return SiteRef{SiteTable::cities, capitals_.at(row->row) - 1};
}

std::optional<SiteRef> PlaceIndex::division(std::string_view alpha3, std::string_view admin) const {
  const Columns& columns = tables_.at(static_cast<std::size_t>(SiteTable::admin1));
  if (columns.table == nullptr || admin.empty()) return std::nullopt;
  const std::string id = "a1." + std::string(alpha3) + "." + std::string(admin);
  for (std::uint32_t r = 0; r < columns.table->size(); ++r)
    if (columns.table->row(r).id() == id) return SiteRef{SiteTable::admin1, r};
  return std::nullopt;
}

}  // namespace masudi
