// Due dates as a calendar that any calendar program opens.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "masudi/core.h"

namespace masudi {

/// One due date. Only `id` and `due` must be there.
struct DueDate {
  std::string id;  ///< stable and unique: the UID of its entry
  Day due;
  std::string summary;           ///< one line: who owes what
  std::string description;       ///< conditions, exclusions, sources: lines
  std::string address;           ///< of the article
  std::optional<Day> published;  ///< when it was said: the entry's time stamp
};

/// Writes a calendar piece by piece: header, entries, end. The same due dates give the same bytes.
/// Source: RFC 5545: lines end in CR LF, no line is longer than 75 octets, text escapes \ ; , and line breaks.
std::string icalendar_begin();
std::string icalendar_entry(const DueDate& due);
std::string icalendar_end();

}  // namespace masudi
