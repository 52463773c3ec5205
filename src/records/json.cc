#include "masudi/json.h"

#include <nlohmann/json.hpp>
#include <type_traits>

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json to_value(const T& value, std::string_view text);

template <class T>
Json to_value(const std::optional<T>& value, std::string_view text) {
  return value ? to_value(*value, text) : Json(nullptr);
}

template <class T>
Json to_value(const std::vector<T>& values, std::string_view text) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(to_value(value, text));
  return out;
}

template <class T>
Json to_value(const T& value, std::string_view text) {
  if constexpr (std::is_same_v<T, TextSpan>) {
    return span_to_json(value, text);
  } else if constexpr (std::is_same_v<T, DateRange>) {
    return {{"begin", to_iso(value.begin)}, {"end", to_iso(value.end)}};
  } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return value;
  } else {
    return record_to_json(value, text);
  }
}

}  // namespace

Json span_to_json(TextSpan span, std::string_view text) { return {{"begin", span.begin}, {"end", span.end}, {"text", slice(text, span)}}; }

template <class Record>
Json record_to_json(const Record& record, std::string_view text) {
  Json out = Json::object();
  visit_fields(record, [&](std::string_view name, const auto& value) {
    if (name == "span")  // a timex or a place has its offsets at its top level
      out.update(to_value(value, text));
    else
      out[std::string(name)] = to_value(value, text);
  });
  return out;
}

template Json record_to_json(const Event&, std::string_view);
template Json record_to_json(const Statement&, std::string_view);
template Json record_to_json(const Commitment&, std::string_view);
template Json record_to_json(const Agreement&, std::string_view);
template Json record_to_json(const Timex&, std::string_view);
template Json record_to_json(const Place&, std::string_view);
template Json record_to_json(const Entity&, std::string_view);
template Json record_to_json(const Party&, std::string_view);

Json value_to_json(const Entity& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const Unnamed& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const EventPlace& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const Provenance& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const std::vector<Entity>& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const std::vector<TextSpan>& value, std::string_view text) { return to_value(value, text); }
Json value_to_json(const std::vector<std::string>& value, std::string_view text) { return to_value(value, text); }

}  // namespace masudi
