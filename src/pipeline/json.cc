#include "masudi/json.h"

#include <nlohmann/json.hpp>

#include "masudi/pipeline.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

template <class Record>
Json list(const std::vector<Record>& records, std::string_view text) {
  Json out = Json::array();
  for (const Record& record : records) out.push_back(record_to_json(record, text));
  return out;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json article_to_json(const Article& article) {
  Json excluded = Json::array();
  for (const TextSpan span : article.excluded) excluded.push_back({{"begin", span.begin}, {"end", span.end}});
  Json other = Json::object();
  for (const auto& [name, value] : article.other) other[name] = Json::parse(value, nullptr, false);
  Json out{{"id", article.id},
           {"uri", article.uri},
           {"title", or_null(article.title)},
           {"published", article.published ? Json(to_iso(*article.published)) : Json(nullptr)},
           {"published_inferred", article.published_inferred},
           {"outlet", or_null(article.outlet)},
           {"byline", or_null(article.byline)},
           {"language", article.language},
           {"text_id", article.text_id},
           {"raw_sha256", article.raw_sha256},
           {"text", article.text},
           {"excluded", std::move(excluded)}};
  if (!other.empty()) out["other"] = std::move(other);
  return out;
}

}  // namespace

std::string to_json(const Reading& reading, bool pretty) {
  const std::string_view text = reading.article.text;
  const Json out{{"schema_version", schema_version},
                 {"engine",
                  {{"version", reading.engine.version},
                   {"lexicon", reading.engine.lexicon},
                   {"gazetteer", reading.engine.gazetteer},
                   {"model", reading.engine.model}}},
                 {"article", article_to_json(reading.article)},
                 {"events", list(reading.records.events, text)},
                 {"statements", list(reading.records.statements, text)},
                 {"commitments", list(reading.records.commitments, text)},
                 {"timexes", list(reading.analysis.resolution.timexes, text)},
                 {"places", list(reading.analysis.resolution.places, text)}};
  return out.dump(pretty ? 1 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace masudi
