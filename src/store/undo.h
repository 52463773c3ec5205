// Taking back what a person said: a row beside it, never a row less. Verdicts and corrections do so in the same way.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "masudi/core.h"
#include "sqlite.h"

namespace masudi {

/// Where the takings back of a kind of saying are kept, and how a message names one: "verdict" "on \"1a2b:c1\"".
struct UndoTable {
  const char *table, *what;
  std::string about;
};

/// Takes back the last entry of a history (oldest first) that still counts. usage: no author; not_found: none that counts. @return it, taken back.
template <class Entry>
Result<Entry> take_back_last(sqlite3* db, const std::string& path, Result<std::vector<Entry>> history, const UndoTable& undo,
                             const std::string& author, const std::string& at) {
  const std::string what = undo.what;
  if (author.empty()) return Error{ErrorCode::usage, "taking a " + what + " back needs the name of who does it", "", {}};
  if (!history) return history.error();
  const auto last = std::find_if(history->rbegin(), history->rend(), [](const Entry& entry) { return entry.undone_at.empty(); });
  if (last == history->rend()) return Error{ErrorCode::not_found, "no " + what + " " + undo.about + " to take back", path, {}};
  Sql sql(db, "INSERT INTO " + std::string(undo.table) + " VALUES (?, ?, ?)");
  sql.bind(1, last->id);
  sql.bind(2, author);
  sql.bind(3, at);
  if (!sql.run()) return sqlite_error(db, path);
  last->undone_by = author;
  last->undone_at = at;
  return *last;
}

}  // namespace masudi
