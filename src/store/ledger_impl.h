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

}  // namespace masudi
