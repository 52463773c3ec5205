// Records as JSON: written and read through visit_fields, so that the schema is the only place that names the fields.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/records.h"

namespace masudi {

/// A record with its spans quoted from `text`. Keys keep the order of the schema.
template <class Record>
nlohmann::ordered_json record_to_json(const Record& record, std::string_view text);

extern template nlohmann::ordered_json record_to_json(const Event&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Statement&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Commitment&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Timex&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Place&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Entity&, std::string_view);
extern template nlohmann::ordered_json record_to_json(const Party&, std::string_view);

/// {"begin", "end", "text"}.
nlohmann::ordered_json span_to_json(TextSpan span, std::string_view text);

/// A field of a record: an entity, a place, a provenance, a list.
nlohmann::ordered_json value_to_json(const Entity& value, std::string_view text);
nlohmann::ordered_json value_to_json(const Unnamed& value, std::string_view text);
nlohmann::ordered_json value_to_json(const EventPlace& value, std::string_view text);
nlohmann::ordered_json value_to_json(const Provenance& value, std::string_view text);
nlohmann::ordered_json value_to_json(const std::vector<Entity>& value, std::string_view text);
nlohmann::ordered_json value_to_json(const std::vector<TextSpan>& value, std::string_view text);
nlohmann::ordered_json value_to_json(const std::vector<std::string>& value, std::string_view text);

}  // namespace masudi
