#include "routes.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace masudi::serve {

namespace {

Reply contract(Service&, const Request&) {
  Reply out;
  out.body = openapi_document();
  return out;
}

/// Parameters of each GET of the contract, by path.
const std::unordered_map<std::string, std::set<std::string>>& known_parameters() {
  static const auto known = [] {
    std::unordered_map<std::string, std::set<std::string>> out;
    const Json document = Json::parse(openapi_document());
    for (const auto& [path, methods] : document["paths"].items()) {
      auto& names = out[path];
      if (!methods.contains("get") || !methods["get"].contains("parameters")) continue;
      for (const Json& parameter : methods["get"]["parameters"]) {
        const std::string reference = parameter.value("$ref", "");
        names.insert(reference.empty() ? parameter.value("name", "") : reference.substr(reference.rfind('/') + 1));
      }
    }
    return out;
  }();
  return known;
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = {
      {"GET", "/openapi.json", contract},
      {"GET", "/api/v1/session.json", session_json},
      {"GET", "/api/v1/articles.json", articles_json, true},
      {"GET", "/api/v1/articles.csv", articles_csv},
      {"GET", "/api/v1/articles/{id}.json", article_json},
      {"GET", "/api/v1/articles/{id}/annotation.json", annotation_json},
      {"GET", "/api/v1/events.json", events_json, true},
      {"GET", "/api/v1/events.csv", events_csv},
      {"GET", "/api/v1/statements.json", statements_json, true},
      {"GET", "/api/v1/statements.csv", statements_csv},
      {"GET", "/api/v1/commitments.json", commitments_json, true},
      {"GET", "/api/v1/commitments.csv", commitments_csv},
      {"GET", "/api/v1/records/{id}.json", record_detail_json},
      {"GET", "/api/v1/explain/{id}.json", explain_json},
      {"GET", "/api/v1/facets.json", facets_json, true},
      {"GET", "/api/v1/facets.csv", facets_csv},
      {"GET", "/api/v1/timeline.json", timeline_json, true},
      {"GET", "/api/v1/timeline.csv", timeline_csv},
      {"GET", "/api/v1/map.json", map_json, true},
      {"GET", "/api/v1/map.csv", map_csv},
      {"GET", "/api/v1/network.json", network_json, true},
      {"GET", "/api/v1/network.csv", network_csv},
      {"GET", "/api/v1/board.json", board_json, true},
      {"GET", "/api/v1/board.csv", board_csv},
      {"GET", "/api/v1/sources.json", sources_json, true},
      {"GET", "/api/v1/sources.csv", sources_csv},
      {"GET", "/api/v1/corpus.json", corpus_json, true},
      {"GET", "/api/v1/corpus.csv", corpus_csv},
      {"GET", "/api/v1/runs.json", runs_json},
      {"GET", "/api/v1/runs.csv", runs_csv},
      {"GET", "/api/v1/rejects.json", rejects_json},
      {"GET", "/api/v1/rejects.csv", rejects_csv},
      {"GET", "/api/v1/verdicts.json", verdicts_json},
      {"GET", "/api/v1/verdicts.csv", verdicts_csv},
      {"GET", "/api/v1/corrections.json", corrections_json},
      {"GET", "/api/v1/corrections.csv", corrections_csv},
      {"GET", "/api/v1/corrections/gold.tar", corrections_gold},
      {"GET", "/api/v1/corrections/brat.tar", corrections_brat},
      {"GET", "/api/v1/corrections/labelstudio.json", corrections_label_studio},
      {"POST", "/api/v1/read", read_now},
      {"POST", "/api/v1/sql.json", sql_json},
      {"POST", "/api/v1/sql.csv", sql_csv},
      {"POST", "/api/v1/verdicts", set_verdict},
      {"POST", "/api/v1/verdicts/undo", undo_verdict},
      {"POST", "/api/v1/corrections", set_correction},
      {"POST", "/api/v1/corrections/undo", undo_correction},
  };
  return all;
}

const Route* find_route(Request& request, int& status) {
  status = 404;
  for (const Route& route : routes()) {
    const auto hole = route.pattern.find("{id}");
    if (hole == std::string_view::npos) {
      if (request.path != route.pattern) continue;
    } else {
      const auto before = route.pattern.substr(0, hole), after = route.pattern.substr(hole + 4);
      if (request.path.size() <= before.size() + after.size() || !request.path.starts_with(before) || !request.path.ends_with(after)) continue;
      const std::string id = request.path.substr(before.size(), request.path.size() - before.size() - after.size());
      if (id.find_first_of("/.") != std::string::npos) continue;
      request.id = id;
    }
    if (request.method == route.method) return &route;
    status = 405;
  }
  return nullptr;
}

std::string unknown_parameter(const Route& route, const Request& request) {
  const auto known = known_parameters().find(std::string(route.pattern));
  if (known == known_parameters().end()) return "";
  for (const auto& [name, value] : request.parameters) {
    if (known->second.contains(name)) continue;
    std::string names;
    for (const std::string& expected : known->second) names += (names.empty() ? "" : ", ") + expected;
    return "no parameter \"" + name + "\"; expected " + (names.empty() ? std::string("none") : names);
  }
  return "";
}

Result<Filters> filters_of(Service& service, const Service::View& view, const Request& request, Kind kind) {
  return make_filters(request, kind, *view, service.today(),
                      [&](const std::string& words) { return service.find_sentences(words, view.version, view->last_sentence); });
}

Result<Json> body_of(const Request& request, const std::vector<std::string_view>& fields) {
  Json body = Json::parse(request.body, nullptr, false);
  std::string expected;
  for (const auto field : fields) expected += (expected.empty() ? "" : ", ") + std::string(field.substr(field.starts_with('?') ? 1 : 0));
  if (!body.is_object()) return Error{ErrorCode::malformed_input, "expected a JSON object with " + expected, "", {}};
  for (const auto& entry : body.items())
    if (std::none_of(fields.begin(), fields.end(),
                     [&](std::string_view field) { return field.substr(field.starts_with('?') ? 1 : 0) == entry.key(); }))
      return Error{ErrorCode::usage, "no field \"" + entry.key() + "\"; expected " + expected, "", {}};
  for (const auto field : fields)
    if (!field.starts_with('?') && (!body.contains(field) || !body[std::string(field)].is_string()))
      return Error{ErrorCode::usage, "the field \"" + std::string(field) + "\" is missing, or is no text", "", {}};
  return body;
}

}  // namespace masudi::serve

namespace masudi {

std::string_view openapi_document() {
  static constexpr std::string_view document =
#include "openapi.json.inc"
      ;
  return document;
}

std::vector<std::string> served_routes() {
  std::vector<std::string> out;
  for (const auto& route : serve::routes()) out.push_back(std::string(route.method) + " " + std::string(route.pattern));
  return out;
}

}  // namespace masudi
