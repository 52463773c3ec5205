// What was read: the session, the corpus, run manifests, rejects.
#include <charconv>
#include <filesystem>
#include <map>

#include "csv.h"
#include "records_sql.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_rejects = 100;

Json day_or_null(std::int32_t day) { return day == no_day ? Json(nullptr) : Json(day_text(day)); }

Json engine_json(const EngineInfo& engine) {
  Json out{{"version", engine.version}, {"lexicon", engine.lexicon}, {"gazetteer", engine.gazetteer}, {"model", engine.model}};
  if (!engine.dictionaries.empty()) out["dictionaries"] = engine.dictionaries;
  return out;
}

struct Days {
  std::int32_t first = no_day, last = no_day;
  void add(std::int32_t begin, std::int32_t end) {
    if (begin == no_day) return;
    first = first == no_day ? begin : std::min(first, begin);
    last = std::max(last, end);
  }
  Json json() const { return {{"first", day_or_null(first)}, {"last", day_or_null(last)}}; }
};

struct Outlet {
  std::uint64_t articles = 0;
  Days published;
};

std::map<std::string, Outlet> outlets_of(const Columns& columns) {
  std::map<std::string, Outlet> out;
  for (const ArticleKey& article : columns.articles) {
    Outlet& outlet = out[columns.outlets[article.outlet]];
    ++outlet.articles;
    outlet.published.add(article.published, article.published);
  }
  return out;
}

constexpr const char* select_runs =
    "SELECT run_id, version, lexicon, gazetteer, model, settings, inputs, started, finished, articles, known, rejects FROM run ORDER BY run_id";

struct Rejects {
  std::uint64_t total = 0;
  std::vector<std::vector<std::string>> rows;  ///< path, begin, end, code, message, run, started
  std::string next;
};

Result<Rejects> make_rejects(Service& service, const Request& request) {
  const auto limit = whole_number(request, "limit", usual_rejects, service.options().limits.page);
  if (!limit) return limit.error();
  const auto after = whole_number(request, "cursor", 0, std::numeric_limits<std::int64_t>::max());
  if (!after) return after.error();
  const auto codes = request.all("code");
  std::string where;
  for (std::size_t i = 0; i < codes.size(); ++i) where += i == 0 ? "j.code IN (?" : ", ?";
  if (!where.empty()) where += ")";
  const auto db = service.reader();
  Rejects out;
  Sql count(db, "SELECT count(*) FROM reject j" + (where.empty() ? "" : " WHERE " + where));
  Sql rows(db, "SELECT j.reject_id, j.path, j.begin, j.end, j.code, j.message, j.run_id, u.started FROM reject j JOIN run u USING (run_id) WHERE " +
                   where + (where.empty() ? "" : " AND ") + "j.reject_id > ? ORDER BY j.reject_id LIMIT ?");
  int at = 1;
  for (const std::string& code : codes) {
    count.bind(at, code);
    rows.bind(at++, code);
  }
  rows.bind(at++, static_cast<std::int64_t>(*after));
  rows.bind(at, static_cast<std::int64_t>(*limit) + 1);
  if (count.step() != SQLITE_ROW) return service.error(db);
  out.total = static_cast<std::uint64_t>(count.integer(0));
  std::string last;
  int code = rows.step();
  for (; code == SQLITE_ROW; code = rows.step()) {
    if (out.rows.size() == *limit) {
      out.next = last;
      return out;
    }
    last = rows.text(0);
    auto& row = out.rows.emplace_back();
    for (int c = 1; c < 8; ++c) row.push_back(rows.text(c));
  }
  if (code != SQLITE_DONE) return service.error(db);
  return out;
}

}  // namespace

Reply session_json(Service& service, const Request&) {
  const auto view = service.view();
  const ServeOptions& options = service.options();
  Days published, dates;
  std::uint64_t undated = 0;
  for (const ArticleKey& article : view->articles) {
    published.add(article.published, article.published);
    if (article.published == no_day) ++undated;
  }
  for (const Row& row : view->of(Kind::events)) dates.add(row.begin, row.end);
  Json verdicts = Json::array(), quads = Json::object();
  for (const auto verdict : verdict_words) verdicts.push_back(verdict);
  const std::map<std::string, std::string> sorted(view->quads.begin(), view->quads.end());
  for (const auto& [type, quad] : sorted) quads[type] = quad;
  return json_reply({{"program", "masudi"},
                     {"version", service.engine().info().version},
                     {"schema_version", schema_version},
                     {"ledger", options.demo ? std::string("examples") : std::filesystem::path(options.ledger).filename().string()},
                     {"demo", options.demo},
                     {"read_only", options.read_only},
                     {"today", service.today()},
                     {"token", service.write_token()},
                     {"data_version", view.version},
                     {"engine", engine_json(service.engine().info())},
                     {"counts",
                      {{"articles", view->articles.size()},
                       {"undated", undated},
                       {"events", view->of(Kind::events).size()},
                       {"statements", view->of(Kind::statements).size()},
                       {"commitments", view->of(Kind::commitments).size()},
                       {"rejects", view->rejects}}},
                     {"published", published.json()},
                     {"dates", dates.json()},
                     {"limits",
                      {{"body_bytes", options.limits.body_bytes},
                       {"page", options.limits.page},
                       {"sql_rows", options.limits.sql_rows},
                       {"sql_ms", options.limits.sql_ms}}},
                     {"quads", std::move(quads)},
                     {"verdicts", std::move(verdicts)}});
}

Reply corpus_json(Service& service, const Request&) {
  const auto view = service.view();
  const auto db = service.reader();
  std::uint64_t sentences = 0;
  for (const Row& row : view->of(Kind::articles)) sentences += row.sentences;
  Json codes = Json::object();
  std::uint64_t rejects = 0, runs = 0;
  Sql by_code(db, "SELECT code, count(*) FROM reject GROUP BY code ORDER BY code");
  while (by_code.step() == SQLITE_ROW) {
    codes[by_code.text(0)] = by_code.integer(1);
    rejects += static_cast<std::uint64_t>(by_code.integer(1));
  }
  Sql all_runs(db, "SELECT count(*) FROM run");
  if (all_runs.step() != SQLITE_ROW) return error_reply(service.error(db));
  runs = static_cast<std::uint64_t>(all_runs.integer(0));
  Json outlets = Json::array(), months = Json::array();
  for (const auto& [name, outlet] : outlets_of(*view))
    outlets.push_back({{"outlet", name.empty() ? Json(nullptr) : Json(name)},
                       {"articles", outlet.articles},
                       {"first", day_or_null(outlet.published.first)},
                       {"last", day_or_null(outlet.published.last)}});
  std::map<std::string, std::uint64_t> by_month;
  for (const ArticleKey& article : view->articles)
    if (article.published != no_day) ++by_month[day_text(article.published).substr(0, 7)];
  for (const auto& [month, count] : by_month) months.push_back({{"month", month}, {"articles", count}});
  return json_reply({{"articles", view->articles.size()},
                     {"superseded", view->superseded},
                     {"sentences", sentences},
                     {"rejects", rejects},
                     {"reject_codes", std::move(codes)},
                     {"runs", runs},
                     {"outlets", std::move(outlets)},
                     {"months", std::move(months)}});
}

Reply corpus_csv(Service& service, const Request&) {
  const auto view = service.view();
  Csv csv({"outlet", "articles", "first", "last"});
  for (const auto& [name, outlet] : outlets_of(*view))
    csv.row({name, std::to_string(outlet.articles), day_text(outlet.published.first), day_text(outlet.published.last)});
  return csv_reply(csv.take(), "corpus");
}

Reply runs_json(Service& service, const Request&) {
  const auto db = service.reader();
  Sql sql(db, select_runs);
  Json items = Json::array();
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step())
    items.push_back({{"run_id", sql.integer(0)},
                     {"version", sql.text(1)},
                     {"lexicon", sql.text(2)},
                     {"gazetteer", sql.text(3)},
                     {"model", sql.text(4)},
                     {"settings", Json::parse(sql.text(5), nullptr, false)},
                     {"inputs", Json::parse(sql.text(6), nullptr, false)},
                     {"started", sql.text(7)},
                     {"finished", or_null(sql.optional_text(8))},
                     {"articles", sql.integer(9)},
                     {"known", sql.integer(10)},
                     {"rejects", sql.integer(11)}});
  if (code != SQLITE_DONE) return error_reply(service.error(db));
  const std::size_t total = items.size();
  return json_reply({{"total", total}, {"items", std::move(items)}});
}

Reply runs_csv(Service& service, const Request&) {
  const auto db = service.reader();
  Sql sql(db, select_runs);
  if (!sql.prepared()) return error_reply(service.error(db));
  std::vector<std::string> cells;
  for (int c = 0; c < sql.columns(); ++c) cells.emplace_back(sql.name(c));
  Csv csv(cells);
  while (sql.step() == SQLITE_ROW) {
    cells.clear();
    for (int c = 0; c < sql.columns(); ++c) cells.push_back(sql.text(c));
    csv.row(cells);
  }
  return csv_reply(csv.take(), "runs");
}

Reply rejects_json(Service& service, const Request& request) {
  const auto rejects = make_rejects(service, request);
  if (!rejects) return error_reply(rejects.error());
  const auto number = [](const std::string& text) {
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
  };
  Json items = Json::array();
  for (const auto& row : rejects->rows)
    items.push_back({{"path", row[0]},
                     {"begin", number(row[1])},
                     {"end", number(row[2])},
                     {"code", row[3]},
                     {"message", row[4]},
                     {"run_id", number(row[5])},
                     {"started", row[6]}});
  return json_reply({{"total", rejects->total}, {"items", std::move(items)}, {"next", rejects->next.empty() ? Json(nullptr) : Json(rejects->next)}});
}

Reply rejects_csv(Service& service, const Request& request) {
  const auto rejects = make_rejects(service, request);
  if (!rejects) return error_reply(rejects.error());
  Csv csv({"path", "begin", "end", "code", "message", "run_id", "started"});
  for (const auto& row : rejects->rows) csv.row(row);
  return csv_reply(csv.take(), "rejects");
}

}  // namespace masudi::serve
