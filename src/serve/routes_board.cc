// The commitments board: a column a state, overdue first.
#include <algorithm>
#include <map>

#include "csv.h"
#include "masudi/store.h"
#include "records_sql.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_column = 50;

/// Columns in order: what wants looking at first; then how things stand; then how they ended.
const std::vector<std::string>& states() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out = {"overdue", "due", "conditional", "undated"};
    for (const auto verdict : verdict_words)
      if (verdict != "open") out.emplace_back(verdict);
    for (const char* status : {"satisfied", "violated", "cancelled", "expired"}) out.emplace_back(status);
    return out;
  }();
  return all;
}

struct Column {
  std::uint64_t count = 0;
  std::vector<const Row*> rows;  ///< the first by due date
};

struct Board {
  std::int32_t today = no_day;
  std::uint64_t total = 0;
  std::map<std::string, Column, std::less<>> columns;
};

Result<Board> make_board(Service& service, const Service::View& view, const Request& request) {
  const auto filters = filters_of(service, view, request, Kind::commitments);
  if (!filters) return filters.error();
  const auto limit = whole_number(request, "limit", usual_column, service.options().limits.page);
  if (!limit) return limit.error();
  Board out;
  out.today = filters->today;
  const auto earlier = [](const Row* a, const Row* b) {
    const auto day = [](const Row* row) { return row->due == no_day ? std::numeric_limits<std::int32_t>::max() : row->due; };
    return day(a) != day(b) ? day(a) < day(b) : a < b;
  };
  scan(*view, *filters, [&](const Row& row) {
    ++out.total;
    const auto state = state_of(*view, row, out.today);
    auto found = out.columns.find(state);
    if (found == out.columns.end()) found = out.columns.emplace(std::string(state), Column{}).first;
    Column& column = found->second;
    ++column.count;
    if (*limit == 0) return;
    if (column.rows.size() == *limit) {
      if (!earlier(&row, column.rows.front())) return;
      std::pop_heap(column.rows.begin(), column.rows.end(), earlier);
      column.rows.back() = &row;
    } else {
      column.rows.push_back(&row);
    }
    std::push_heap(column.rows.begin(), column.rows.end(), earlier);
  });
  for (auto& [state, column] : out.columns) std::sort_heap(column.rows.begin(), column.rows.end(), earlier);
  return out;
}

}  // namespace

Reply board_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto board = make_board(service, view, request);
  if (!board) return error_reply(board.error());
  const auto db = service.reader();
  Json columns = Json::array();
  for (const std::string& state : states()) {
    const auto found = board->columns.find(state);
    const Column column = found == board->columns.end() ? Column{} : found->second;
    auto items = list_items(db, service.options().ledger, *view, Kind::commitments, column.rows, board->today);
    if (!items) return error_reply(items.error());
    columns.push_back({{"state", state}, {"count", column.count}, {"items", std::move(*items)}});
  }
  return json_reply({{"today", day_text(board->today)}, {"total", board->total}, {"columns", std::move(columns)}});
}

Reply board_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto board = make_board(service, view, request);
  if (!board) return error_reply(board.error());
  const auto db = service.reader();
  Sql sql(db,
          "SELECT id, debtors, creditors, consequent, antecedent, excludes, deadline_end, status, verdict, verdict_evidence, verdict_by, outlet, "
          "published, "
          "title, sentence_text FROM commitments WHERE reading_id = ? AND record = ?");
  if (!sql.prepared()) return error_reply(service.error(db));
  std::vector<std::string> cells = {"state", "overdue_rule"};
  for (int c = 0; c < sql.columns(); ++c) cells.emplace_back(sql.name(c));
  Csv csv(cells);
  for (const std::string& state : states()) {
    const auto found = board->columns.find(state);
    if (found == board->columns.end()) continue;
    for (const Row* row : found->second.rows) {
      sql.bind(1, view->articles[row->article].reading);
      sql.bind(2, view->id(Kind::commitments, *row).substr(13));
      if (sql.step() == SQLITE_ROW) {
        cells = {state, overdue_rule(row->due, board->today, view->words[row->value[slot_of(Kind::commitments, Attribute::verdict)]])};
        for (int c = 0; c < sql.columns(); ++c) cells.push_back(sql.text(c));
        csv.row(cells);
      }
      sql.reset();
    }
  }
  return csv_reply(csv.take(), "board");
}

}  // namespace masudi::serve
