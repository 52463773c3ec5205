// What people said, laid over the columns: what is filtered and counted is what they said, where they said something.
#pragma once

#include <unordered_map>

#include "columns.h"

namespace masudi::serve {

/// Everything that people's judgement changed in the columns, so that it can be taken out again.
struct Originals {
  std::unordered_map<Row*, Row> rows;                ///< as the machine made them
  std::size_t parties = 0, sources = 0, points = 0;  ///< how many the machine made
};

/// Puts verdicts and corrections into the columns, after taking the last ones out. A rejected record is marked as such; a changed one has its new
/// type, days, parties, place and so on. Who vouches for an event follows the statements, its point on the map follows its place.
Result<void> load_review(sqlite3* db, const std::string& path, Columns& columns, Originals& originals);

}  // namespace masudi::serve
