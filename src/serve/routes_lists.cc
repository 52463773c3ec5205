// Lists: articles, events, statements, commitments.
#include "csv.h"
#include "page.h"
#include "records_sql.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_page = 50;

struct Asked {
  Filters filters;
  Page page;
};

Result<Asked> ask(Service& service, const Service::View& view, const Request& request, Kind kind) {
  auto filters = filters_of(service, view, request, kind);
  if (!filters) return filters.error();
  const auto limit = whole_number(request, "limit", usual_page, service.options().limits.page);
  if (!limit) return limit.error();
  auto page = take_page(*view, *filters, request.parameter("sort"), request.parameter("cursor"), *limit);
  if (!page) return page.error();
  return Asked{std::move(*filters), std::move(*page)};
}

Reply list_json(Service& service, const Request& request, Kind kind) {
  const auto view = service.view();
  auto asked = ask(service, view, request, kind);
  if (!asked) return error_reply(asked.error());
  const auto db = service.reader();
  auto items = list_items(db, service.options().ledger, *view, kind, asked->page.rows, asked->filters.today);
  if (!items) return error_reply(items.error());
  return json_reply({{"total", asked->page.total},
                     {"items", std::move(*items)},
                     {"next", asked->page.next.empty() ? Json(nullptr) : Json(asked->page.next)},
                     {"today", day_text(asked->filters.today)}});
}

/// The documented view of the kind, row by row: the columns of `masudi query --format csv`, which are the machine's, then what a person said instead.
Reply list_csv(Service& service, const Request& request, Kind kind) {
  const auto view = service.view();
  auto asked = ask(service, view, request, kind);
  if (!asked) return error_reply(asked.error());
  const auto db = service.reader();
  const bool articles = kind == Kind::articles;
  Sql sql(db, articles
                  ? std::string("SELECT article_id, name, uri, title, outlet, byline, published, published_inferred, language FROM articles WHERE "
                                "reading_id = ?1 AND ?2 <> ''")
                  : "SELECT * FROM " + std::string(to_string(kind)) + " WHERE reading_id = ? AND record = ?");
  if (!sql.prepared()) return error_reply(service.error(db));
  std::vector<std::string> cells;
  for (int c = 0; c < sql.columns(); ++c) cells.emplace_back(sql.name(c));
  if (kind == Kind::commitments)
    for (const char* more : {"today", "overdue", "overdue_rule", "state"}) cells.emplace_back(more);
  if (!articles)
    for (const char* more : {"review", "changes"}) cells.emplace_back(more);
  Csv csv(cells);
  const std::string select_changes =
      std::string(select_corrections) + " WHERE reading_id = ?1 AND record = ?2 AND undone_at IS NULL ORDER BY correction_id DESC LIMIT 1";
  const std::int32_t today = asked->filters.today;
  for (const Row* row : asked->page.rows) {
    const std::string id = view->id(kind, *row);
    sql.bind(1, view->articles[row->article].reading);
    sql.bind(2, articles ? id : id.substr(13));
    if (sql.step() == SQLITE_ROW) {
      cells.clear();
      for (int c = 0; c < sql.columns(); ++c) cells.push_back(sql.text(c));
      if (kind == Kind::commitments) {
        const std::string& verdict = view->words[row->value[slot_of(kind, Attribute::verdict)]];
        cells.push_back(day_text(today));
        cells.emplace_back(row->due == no_day ? "" : is_overdue(*view, *row, today) ? "1" : "0");
        cells.push_back(overdue_rule(row->due, today, verdict));
        cells.emplace_back(state_of(*view, *row, today));
      }
      if (!articles) {
        const std::string& review = view->words[row->value[slot_of(kind, Attribute::review)]];
        cells.push_back(review);
        cells.emplace_back();
        if (review == "change") {
          Sql changes(db, select_changes);
          changes.bind(1, view->articles[row->article].reading);
          changes.bind(2, id.substr(13));
          if (changes.step() == SQLITE_ROW) cells.back() = changes.text(3);
        }
      }
      csv.row(cells);
    }
    sql.reset();
  }
  Reply out = csv_reply(csv.take(), to_string(kind));
  if (!asked->page.next.empty()) out.headers.emplace_back("X-Masudi-Next", asked->page.next);
  out.headers.emplace_back("X-Masudi-Total", std::to_string(asked->page.total));
  return out;
}

}  // namespace

Reply articles_json(Service& service, const Request& request) { return list_json(service, request, Kind::articles); }
Reply articles_csv(Service& service, const Request& request) { return list_csv(service, request, Kind::articles); }
Reply events_json(Service& service, const Request& request) { return list_json(service, request, Kind::events); }
Reply events_csv(Service& service, const Request& request) { return list_csv(service, request, Kind::events); }
Reply statements_json(Service& service, const Request& request) { return list_json(service, request, Kind::statements); }
Reply statements_csv(Service& service, const Request& request) { return list_csv(service, request, Kind::statements); }
Reply commitments_json(Service& service, const Request& request) { return list_json(service, request, Kind::commitments); }
Reply commitments_csv(Service& service, const Request& request) { return list_csv(service, request, Kind::commitments); }

}  // namespace masudi::serve
