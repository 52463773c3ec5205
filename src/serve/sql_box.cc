#include "sql_box.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "csv.h"
#include "routes.h"

namespace masudi::serve {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int steps_between_looks = 1000;  // of SQLite's virtual machine
constexpr int longest_sql = 100000, longest_cell = 16 << 20, most_columns = 200, deepest_expression = 100, most_unions = 50, most_steps = 100000;

/// What a statement may do. FTS5 asks for data_version of its own when it searches.
int may(void*, int action, const char* first, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
      return SQLITE_OK;
    case SQLITE_FUNCTION: {
      constexpr std::string_view refused[] = {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer", "zeroblob", "randomblob"};
      const std::string_view name = second == nullptr ? "" : second;
      return std::find(std::begin(refused), std::end(refused), name) == std::end(refused) ? SQLITE_OK : SQLITE_DENY;
    }
    case SQLITE_PRAGMA:
      return first != nullptr && std::string_view(first) == "data_version" && second == nullptr ? SQLITE_OK : SQLITE_DENY;
    default:
      return SQLITE_DENY;
  }
}

int too_late(void* deadline) { return Clock::now() > *static_cast<const Clock::time_point*>(deadline) ? 1 : 0; }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

Cell cell_of(const Sql& sql, int column) {
  switch (sql.type(column)) {
    case SQLITE_NULL:
      return nullptr;
    case SQLITE_INTEGER:
      return sql.integer(column);
    case SQLITE_FLOAT:
      return sql.real(column);
    default:
      return sql.text(column);
  }
}

std::size_t size_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? sizeof(double) : text->size();
}

Json cell_json(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  if (const auto* real = std::get_if<double>(&cell); real != nullptr && std::isfinite(*real)) return *real;
  return nullptr;
}

std::string cell_text(const Cell& cell) {
  const Json json = cell_json(cell);
  return json.is_string() ? json.get<std::string>() : json.is_null() ? "" : json.dump();
}

Result<SqlAnswer> ask(Service& service, const Request& request) {
  const auto body = body_of(request, {"sql", "?limit"});
  if (!body) return body.error();
  const ServeLimits& limits = service.options().limits;
  std::uint64_t rows = 1000;
  if (const auto limit = body->find("limit"); limit != body->end()) {
    if (!limit->is_number_unsigned()) return Error{ErrorCode::usage, "limit is not a whole number", "", {}};
    rows = limit->get<std::uint64_t>();
  }
  return ask_sql(service.options().ledger, (*body)["sql"].get_ref<const std::string&>(), std::min<std::uint64_t>(rows, limits.sql_rows), limits);
}

Reply busy() { return error_reply(429, "too_many", "other questions in SQL are being answered; ask again in a moment"); }

}  // namespace

Result<SqlAnswer> ask_sql(const std::string& ledger, std::string_view sql, std::size_t rows, const ServeLimits& limits) {
  const auto opened = open_reader(ledger);
  if (!opened) return opened.error();
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> db(*opened, sqlite3_close);
  for (const auto& [what, most] :
       {std::pair{SQLITE_LIMIT_SQL_LENGTH, longest_sql}, std::pair{SQLITE_LIMIT_LENGTH, longest_cell}, std::pair{SQLITE_LIMIT_COLUMN, most_columns},
        std::pair{SQLITE_LIMIT_EXPR_DEPTH, deepest_expression}, std::pair{SQLITE_LIMIT_COMPOUND_SELECT, most_unions},
        std::pair{SQLITE_LIMIT_VDBE_OP, most_steps}, std::pair{SQLITE_LIMIT_ATTACHED, 0}, std::pair{SQLITE_LIMIT_WORKER_THREADS, 0}})
    sqlite3_limit(db.get(), what, most);
  // FTS5 declares its table when it is first named, which the rules below would refuse.
  { const Sql warm(db.get(), "SELECT rowid FROM sentence_fts LIMIT 0"); }
  const auto start = Clock::now();
  auto deadline = start + std::chrono::milliseconds(limits.sql_ms);
  sqlite3_progress_handler(db.get(), steps_between_looks, too_late, &deadline);
  sqlite3_set_authorizer(db.get(), may, nullptr);

  sqlite3_stmt* probe = nullptr;
  const char* rest = nullptr;
  const int prepared = sqlite3_prepare_v2(db.get(), sql.data(), static_cast<int>(std::min<std::size_t>(sql.size(), INT32_MAX)), &probe, &rest);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> closer(probe, sqlite3_finalize);
  if (prepared == SQLITE_AUTH)
    return Error{
        ErrorCode::usage, std::string("refused: this box reads the ledger and does nothing else (") + sqlite3_errmsg(db.get()) + ")", "", {}};
  if (prepared != SQLITE_OK) return Error{ErrorCode::usage, std::string("SQL: ") + sqlite3_errmsg(db.get()), "", {}};
  if (probe == nullptr) return Error{ErrorCode::usage, "no SQL; expected one SELECT", "", {}};
  if (!is_blank(std::string_view(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest))))
    return Error{ErrorCode::usage, "more than one statement; expected one SELECT", "", {}};
  if (sqlite3_stmt_readonly(probe) == 0) return Error{ErrorCode::usage, "refused: this box reads the ledger and does nothing else", "", {}};

  SqlAnswer out;
  Sql statement(db.get(), sql);
  for (int c = 0; c < statement.columns(); ++c) out.columns.emplace_back(statement.name(c));
  std::size_t bytes = 0;
  int code = statement.step();
  for (; code == SQLITE_ROW; code = statement.step()) {
    if (out.rows.size() == rows || bytes > limits.sql_bytes) {
      out.truncated = true;
      break;
    }
    auto& row = out.rows.emplace_back();
    for (int c = 0; c < statement.columns(); ++c) {
      row.push_back(cell_of(statement, c));
      bytes += size_of(row.back());
    }
  }
  out.elapsed_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  if (code == SQLITE_INTERRUPT)
    return Error{
        ErrorCode::too_large, "stopped after " + std::to_string(limits.sql_ms) + " ms; ask for less, or query the file with sqlite3", "", {}};
  if (code != SQLITE_ROW && code != SQLITE_DONE) return Error{ErrorCode::usage, std::string("SQL: ") + sqlite3_errmsg(db.get()), "", {}};
  return out;
}

Reply sql_json(Service& service, const Request& request) {
  const auto room = service.heavy(1);
  if (!room) return busy();
  const auto answer = ask(service, request);
  if (!answer) return error_reply(answer.error());
  Json rows = Json::array();
  for (const auto& row : answer->rows) {
    Json cells = Json::array();
    for (const Cell& cell : row) cells.push_back(cell_json(cell));
    rows.push_back(std::move(cells));
  }
  return json_reply({{"columns", answer->columns}, {"rows", std::move(rows)}, {"truncated", answer->truncated}, {"elapsed_ms", answer->elapsed_ms}});
}

Reply sql_csv(Service& service, const Request& request) {
  const auto room = service.heavy(1);
  if (!room) return busy();
  const auto answer = ask(service, request);
  if (!answer) return error_reply(answer.error());
  Csv csv(answer->columns);
  for (const auto& row : answer->rows) {
    std::vector<std::string> cells;
    for (const Cell& cell : row) cells.push_back(cell_text(cell));
    csv.row(cells);
  }
  return csv_reply(csv.take(), "sql");
}

}  // namespace masudi::serve
