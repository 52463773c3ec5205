#include "place_rules.h"

#include <algorithm>
#include <array>
#include <memory>

namespace masudi {

namespace place_detail {

namespace {

std::optional<SiteRef> named(const PlaceIndex& index, std::string_view name, std::string_view country) {
  std::vector<SiteRef> hits;
  index.find(fold(name), "", hits);
  for (const SiteRef hit : hits)
    if (hit.table != SiteTable::cities && hit.table != SiteTable::admin2 && (country.empty() || index.site(hit).country == country)) return hit;
  return std::nullopt;
}

void read_evidence(const LexiconTable& table, Rules& rules) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    const std::string_view kind = row["kind"];
    Evidence& entry = rules.evidence[fold(row["text"])];
    const std::array<std::pair<std::string_view, bool Evidence::*>, 10> kinds = {{{"name", &Evidence::name},
                                                                                  {"word", &Evidence::word},
                                                                                  {"before", &Evidence::before},
                                                                                  {"title", &Evidence::title},
                                                                                  {"locative", &Evidence::locative},
                                                                                  {"movement", &Evidence::movement},
                                                                                  {"media", &Evidence::media},
                                                                                  {"company", &Evidence::company},
                                                                                  {"team", &Evidence::team},
                                                                                  {"title_of_thing", &Evidence::thing}}};
    for (const auto& [name, member] : kinds)
      if (kind == name) entry.*member = true;
  }
}

void read_countries(const LexiconTable& table, Rules& rules) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    const std::string_view code = row["alpha3"];
    for (const std::string_view column : {"adjectives", "people"})
      for (const std::string_view name : split_cell(row[column])) {
        auto& codes = rules.demonyms[fold(name)];
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
      }
    rules.neighbours[code] = split_cell(row["neighbours"]);
  }
}

Result<void> read_lexicon(const Lexicon& lexicon, Rules& rules) {
  const auto unknown = [](const LexiconRow& row, std::string_view what) {
    return Error{ErrorCode::malformed_input,
                 "the gazetteer has no \"" + std::string(what) + "\"; expected the name of one of its rows",
                 std::string(row.table().path()) + ":" + std::to_string(row.line()),
                 {}};
  };
  if (const LexiconTable* table = lexicon.table("place_heads"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const std::string_view word : split_cell(table->row(i)["words"])) {
        const bool after = table->row(i)["position"] == "after";
        rules.heads[(after ? "" : "<") + fold(word)] = {table->row(i).id(), table->row(i)["kind"], after};
      }
  if (const LexiconTable* table = lexicon.table("place_directions"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const std::string_view word : split_cell(table->row(i)["words"]))
        rules.directions[fold(word)] = {table->row(i).id(), table->row(i)["name"]};
  if (const LexiconTable* table = lexicon.table("place_short"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      const auto ref = named(rules.index, row["name"], "");
      if (!ref) return unknown(row, row["name"]);
      rules.shorts[fold(row["form"])] = {row.id(), row["before"], split_cell(row["needs"]), *ref};
    }
  if (const LexiconTable* table = lexicon.table("place_abbreviations"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      const auto ref = named(rules.index, row["name"], row["country"]);
      if (!ref) return unknown(row, row["name"]);
      rules.abbreviations[std::string(row["form"])] = {row.id(), *ref};
    }
  return {};
}

}  // namespace

}  // namespace place_detail

Result<std::unique_ptr<PlaceRules>> PlaceRules::build(const Lexicon& lexicon, const Lexicon& gazetteer) {
  using namespace place_detail;
  auto rules = std::make_unique<Rules>();
  auto index = PlaceIndex::build(gazetteer);
  if (!index) return index.error();
  rules->index = *std::move(index);
  if (const LexiconTable* table = gazetteer.table("evidence")) read_evidence(*table, *rules);
  if (const LexiconTable* table = gazetteer.table("countries")) read_countries(*table, *rules);
  if (const LexiconTable* table = gazetteer.table("regions"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const std::string_view word : split_cell(table->row(i)["adjectives"]))
        rules->region_adjectives[fold(word)] = SiteRef{SiteTable::regions, i, true, false};
  if (const auto read = read_lexicon(lexicon, *rules); !read) return read.error();
  auto roles = RoleRules::build(lexicon);
  if (!roles) return roles.error();
  rules->roles = *std::move(roles);
  return std::unique_ptr<PlaceRules>(std::move(rules));
}

}  // namespace masudi
