// Records as JSON: written and read through visit_fields, so that the schema is the only place that names the fields.
#pragma once

#include <nlohmann/json_fwd.hpp>

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

/// {"begin", "end", "text"}.
nlohmann::ordered_json span_to_json(TextSpan span, std::string_view text);

}  // namespace masudi
