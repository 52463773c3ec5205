// A record found by the id that queries print: verdicts and corrections name records so.
#pragma once

#include <string>

#include "masudi/core.h"
#include "sqlite.h"

namespace masudi {

/// Which record an id names.
struct RecordName {
  std::string id;               ///< as it is printed: ARTICLE:RECORD with the first 12 letters of the article's id
  std::string article, record;  ///< whole
};

/// The row that ARTICLE:RECORD names in a table of the current readings; ARTICLE may be the beginning of an article's id. columns: what is wanted of
/// article a, reading r and the row x; read(sql, i) takes it from column i on. what: "commitment", for messages.
/// usage: ARTICLE begins several articles' ids; not_found: no such record.
template <class Read>
Result<RecordName> find_row(sqlite3* db, const std::string& path, const std::string& id, const std::string& table, const std::string& columns,
                            const std::string& what, Read&& read) {
  const auto colon = id.find(':');
  Sql sql(db, "SELECT a.article_id, x.id, " + columns + " FROM article a JOIN reading r USING (article_id) JOIN " + table +
                  " x USING (reading_id) WHERE r.superseded_by IS NULL AND x.id = ?1 AND a.article_id >= ?2 AND a.article_id < ?2 || 'g'");
  sql.bind(1, id.substr(colon + 1));
  sql.bind(2, id.substr(0, colon));
  RecordName out;
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step()) {
    if (!out.article.empty()) return Error{ErrorCode::usage, "\"" + id + "\" begins several article ids; give more of it", path, {}};
    out.article = sql.text(0);
    out.record = sql.text(1);
    read(sql, 2);
  }
  if (code != SQLITE_DONE) return sqlite_error(db, path);
  if (out.article.empty()) return Error{ErrorCode::not_found, "no " + what + " \"" + id + "\" in the ledger", path, {}};
  out.id = out.article.substr(0, 12) + ":" + out.record;
  return out;
}

}  // namespace masudi
