// The SQL that a ledger is made of, and the way from an older schema to the present one.
#include <charconv>
#include <vector>

#include "ledger_impl.h"

namespace masudi {

const char* const ledger_sql =
#include "ledger.sql.inc"
    ;
const char* const records_sql =
#include "records.sql.inc"
    ;
const char* const views_sql =
#include "views.sql.inc"
    ;

namespace {

struct Column {
  std::string name, type;
  bool required = false;
};

std::vector<Column> columns_of(sqlite3* db, const std::string& table) {
  std::vector<Column> out;
  Sql sql(db, "SELECT name, type, \"notnull\" FROM pragma_table_info(?)");
  sql.bind(1, table);
  while (sql.step() == SQLITE_ROW) out.push_back({sql.text(0), sql.text(1), sql.integer(2) != 0});
  return out;
}

std::string quoted_name(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// What a row that was written before the column was there has in it.
std::string missing_value(const Column& column, bool is_list) {
  if (!column.required) return "NULL";
  if (column.type == "TEXT") return is_list ? "'[]'" : "''";
  return "0";
}

struct Closer {
  void operator()(sqlite3* db) const { sqlite3_close(db); }
};

}  // namespace

std::optional<int> schema_number(std::string_view version) {
  int out = 0;
  const auto [end, failed] = std::from_chars(version.data(), version.data() + version.size(), out);
  if (failed != std::errc() || end != version.data() + version.size() || out < 1) return std::nullopt;
  return out;
}

Result<void> migrate_ledger(sqlite3* db, const std::string& path) {
  // The present schema, made in memory, says which columns there should be.
  sqlite3* opened = nullptr;
  if (sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) != SQLITE_OK) {
    const Error error = sqlite_error(opened, ":memory:");
    sqlite3_close(opened);
    return error;
  }
  const std::unique_ptr<sqlite3, Closer> model(opened);
  if (sqlite3_exec(model.get(), ledger_sql, nullptr, nullptr, nullptr) != SQLITE_OK ||
      sqlite3_exec(model.get(), records_sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return sqlite_error(model.get(), ":memory:");

  std::string script = "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;";
  {
    Sql views(db, "SELECT name FROM sqlite_master WHERE type = 'view'");
    while (views.step() == SQLITE_ROW) script += "DROP VIEW " + quoted_name(views.text(0)) + ";";
  }
  Sql tables(model.get(), "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_row' ESCAPE '\\' ORDER BY name");
  while (tables.step() == SQLITE_ROW) {
    const std::string table = tables.text(0), create = tables.text(1);
    const auto wanted = columns_of(model.get(), table), present = columns_of(db, table);
    if (present.empty()) continue;  // a new table: made below
    std::string names, values;
    bool same = wanted.size() == present.size();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      bool found = false;
      for (const Column& column : present) found = found || column.name == wanted[i].name;
      same = same && i < present.size() && present[i].name == wanted[i].name;
      const bool is_list = create.find("json_valid(" + wanted[i].name + ")") != std::string::npos;
      names += (names.empty() ? "" : ", ") + quoted_name(wanted[i].name);
      values += (values.empty() ? "" : ", ") + (found ? quoted_name(wanted[i].name) : missing_value(wanted[i], is_list));
    }
    if (same) continue;
    const std::string old = quoted_name(table + "_before");
    script += "ALTER TABLE " + quoted_name(table) + " RENAME TO " + old + ";" + create + ";INSERT INTO " + quoted_name(table) + " (" + names +
              ") SELECT " + values + " FROM " + old + ";DROP TABLE " + old + ";";
  }
  script += std::string(ledger_sql) + records_sql + views_sql;
  script += "UPDATE meta SET value = '" + std::string(schema_version) + "' WHERE key = 'schema_version'; COMMIT; PRAGMA foreign_keys = ON";
  if (sqlite3_exec(db, script.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  Error error = sqlite_error(db, path);
  error.message = "the ledger could not be brought to schema version " + std::string(schema_version) + ": " + error.message;
  sqlite3_exec(db, "ROLLBACK; PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
  return error;
}

}  // namespace masudi
