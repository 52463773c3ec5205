#include "sqlite.h"

namespace masudi {

Error sqlite_error(sqlite3* db, const std::string& path) {
  const int code = db == nullptr ? SQLITE_NOMEM : sqlite3_errcode(db);
  const std::string found = db == nullptr ? "out of memory" : sqlite3_errmsg(db);
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return {ErrorCode::corrupt_store, "not a ledger (" + found + "); expected a file made by `masudi ingest --ledger`", path, {}};
    case SQLITE_CORRUPT:
      return {ErrorCode::corrupt_store, "the ledger is damaged (" + found + ")", path, {}};
    case SQLITE_FULL:
      return {ErrorCode::io, "no space left to write; the last transaction was rolled back and nothing before it is lost", path, {}};
    case SQLITE_READONLY:
      return {ErrorCode::io, "may not be written (" + found + ")", path, {}};
    case SQLITE_CANTOPEN:
      return {ErrorCode::not_found, "could not be opened (" + found + ")", path, {}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::io, "another program is writing to the ledger; try again when it is done", path, {}};
    default:
      return {ErrorCode::io, found, path, {}};
  }
}

Sql::Sql(sqlite3* db, std::string_view text) { failed_ = sqlite3_prepare_v2(db, text.data(), static_cast<int>(text.size()), &statement_, nullptr); }

Sql::~Sql() { sqlite3_finalize(statement_); }

void Sql::bind(int at, std::string_view text) {
  const int code = sqlite3_bind_text64(statement_, at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) failed_ = code;
}

void Sql::bind(int at, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_, at, value); code != SQLITE_OK) failed_ = code;
}

void Sql::bind(int at, double value) {
  if (const int code = sqlite3_bind_double(statement_, at, value); code != SQLITE_OK) failed_ = code;
}

void Sql::bind_null(int at) {
  if (const int code = sqlite3_bind_null(statement_, at); code != SQLITE_OK) failed_ = code;
}

int Sql::step() { return failed_ != SQLITE_OK ? failed_ : sqlite3_step(statement_); }

bool Sql::run() {
  int code = step();
  while (code == SQLITE_ROW) code = step();
  reset();
  return code == SQLITE_DONE;
}

void Sql::reset() {
  if (statement_ != nullptr) {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
}

std::string Sql::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::optional<std::string> Sql::optional_text(int column) const {
  if (type(column) == SQLITE_NULL) return std::nullopt;
  return text(column);
}

}  // namespace masudi
