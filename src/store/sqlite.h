// SQLite behind values: statements that finalise themselves and errors as masudi::Error.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "masudi/core.h"

namespace masudi {

/// The Error for the last failure of a connection. A full disk, a damaged file and a locked one each say so.
Error sqlite_error(sqlite3* db, const std::string& path);

/// A prepared statement. Bind from 1; a failed bind or step is kept and given by the next step.
class Sql {
 public:
  Sql(sqlite3* db, std::string_view text);
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql();

  bool prepared() const { return statement_ != nullptr; }
  void bind(int at, std::string_view text);
  void bind(int at, std::int64_t value);
  void bind(int at, double value);
  void bind_null(int at);
  template <class T>
  void bind(int at, const std::optional<T>& value) {
    if (value)
      bind(at, *value);
    else
      bind_null(at);
  }
  /// SQLITE_ROW, SQLITE_DONE or an error code.
  int step();
  /// Runs to the end and makes ready for the next values; true when it went well.
  bool run();
  void reset();

  int columns() const { return sqlite3_column_count(statement_); }
  std::string_view name(int column) const { return sqlite3_column_name(statement_, column); }
  int type(int column) const { return sqlite3_column_type(statement_, column); }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  int failed_ = SQLITE_OK;
};

}  // namespace masudi
