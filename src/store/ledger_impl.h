// What the parts of the ledger share: the connection.
#pragma once

#include "masudi/store.h"
#include "sqlite.h"

namespace masudi {

struct Ledger::Impl {
  std::string path;
  sqlite3* db = nullptr;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { sqlite3_close(db); }
  Error error() const { return sqlite_error(db, path); }
  bool execute(const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }
};

/// Columns of `article a` and `run u` from which stored_article reads, from column 0.
std::string stored_article_columns();
Ledger::StoredArticle stored_article(const Sql& sql);

/// What a ledger is made of: tables, record tables, views.
extern const char* const ledger_sql;
extern const char* const records_sql;
extern const char* const views_sql;

/// Does the ledger have the tables of corrections? One that was made before there were any gets them when it is next opened for writing.
bool has_corrections(sqlite3* db);

/// A schema version as a number, or nothing where it is none.
std::optional<int> schema_number(std::string_view version);

/// Brings a ledger of an older schema version to the present one, in one transaction: record tables get the columns that they lack (null, or
/// empty where a column may not be null), new tables are made, views are made anew. What was stored stays.
Result<void> migrate_ledger(sqlite3* db, const std::string& path);

}  // namespace masudi
