// The SQL box: questions in SQL over the documented views, on a connection of their own that can read and nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masudi/serve.h"
#include "masudi/store.h"

namespace masudi::serve {

struct SqlAnswer {
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  bool truncated = false;  ///< there were more rows than asked for, or more bytes than `limits.sql_bytes`
  double elapsed_ms = 0;
};

/// Runs one statement that reads. Every other statement (writes, ATTACH, PRAGMA, transactions, temporary tables) is refused before it runs, the file
/// is open for reading only, and what runs longer than `limits.sql_ms` is stopped.
/// usage: not one statement, refused, or SQLite's own message; too_large: stopped.
Result<SqlAnswer> ask_sql(const std::string& ledger, std::string_view sql, std::size_t rows, const ServeLimits& limits);

}  // namespace masudi::serve
