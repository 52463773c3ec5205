// JSON into the fields of records, by the schema. What does not have the shape of a field is left at its default: a ledger is a file that somebody
// may have been sent.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "masudi/records.h"

namespace masudi {

using Json = nlohmann::ordered_json;

inline void load(const Json& json, std::string& out) {
  if (json.is_string()) out = json.get<std::string>();
}
inline void load(const Json& json, double& out) {
  if (json.is_number()) out = json.get<double>();
}
inline void load(const Json& json, std::int64_t& out) {
  if (json.is_number_integer()) out = json.get<std::int64_t>();
}
inline void load(const Json& json, DateRange& out) {
  if (!json.is_object()) return;
  const auto day = [&](const char* name, Day& value) {
    if (const auto at = json.find(name); at != json.end() && at->is_string())
      if (const auto found = parse_iso_day(at->get_ref<const std::string&>())) value = *found;
  };
  day("begin", out.begin);
  day("end", out.end);
}
inline void load(const Json& json, TextSpan& out) {
  const auto offset = [&](const char* name, std::uint32_t& value) {
    if (const auto at = json.find(name); at != json.end() && at->is_number_unsigned()) value = at->get<std::uint32_t>();
  };
  if (!json.is_object()) return;
  offset("begin", out.begin);
  offset("end", out.end);
}
template <class T>
void load(const Json& json, std::vector<T>& out);
template <class T>
void load(const Json& json, std::optional<T>& out);
template <class Record>
void load(const Json& json, Record& out) {
  if (!json.is_object()) return;
  visit_fields(out, [&](std::string_view name, auto& field) {
    if (const auto at = json.find(std::string(name)); at != json.end()) load(*at, field);
  });
}
template <class T>
void load(const Json& json, std::optional<T>& out) {
  if (!json.is_null()) load(json, out.emplace());
}
template <class T>
void load(const Json& json, std::vector<T>& out) {
  if (!json.is_array()) return;
  for (const auto& item : json) load(item, out.emplace_back());
}

}  // namespace masudi
