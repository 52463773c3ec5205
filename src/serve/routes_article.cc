// One article: its text and records, its words and trees, why a record is there; and an article that was not stored, read now.
#include <algorithm>

#include "explanation.h"
#include "masudi/json.h"
#include "records_sql.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::size_t shortest_id = 6;  // fewer characters of an article's id would be a guess

/// The current reading of an article, by its id or the beginning of it.
struct Current {
  std::int64_t reading = 0;
  std::string article;
};

Result<Current> current(Service& service, sqlite3* db, const std::string& id) {
  if (id.size() < shortest_id || id.find_first_not_of("0123456789abcdef") != std::string::npos)
    return Error{ErrorCode::usage, "\"" + id + "\" is not an article's id; expected 12 or more hexadecimal digits", "", {}};
  Sql sql(db,
          "SELECT r.reading_id, a.article_id FROM article a CROSS JOIN reading r USING (article_id) WHERE r.superseded_by IS NULL AND a.article_id "
          ">= ?1 AND "
          "a.article_id < ?1 || 'g' LIMIT 2");
  sql.bind(1, id);
  Current out;
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step()) {
    if (!out.article.empty()) return Error{ErrorCode::usage, "\"" + id + "\" begins several article ids; give more of it", "", {}};
    out = {sql.integer(0), sql.text(1)};
  }
  if (code != SQLITE_DONE) return service.error(db);
  if (out.article.empty()) return Error{ErrorCode::not_found, "no article \"" + id + "\" in the ledger", "", {}};
  return out;
}

Json engine_json(const EngineInfo& engine) {
  return {{"version", engine.version}, {"lexicon", engine.lexicon}, {"gazetteer", engine.gazetteer}, {"model", engine.model}};
}

/// An article of the ledger, read again by this engine: a reading is a function of both, so that words and traces need not be stored.
struct Again {
  Reading reading;
  std::string article;
  bool same_engine = false;
};

Result<Again> read_again(Service& service, const std::string& id) {
  std::string article;
  {
    const auto db = service.reader();
    const auto found = current(service, db, id);
    if (!found) return found.error();
    article = found->article;
  }
  const auto ledger = Ledger::open(service.options().ledger, Ledger::Mode::read_only);
  if (!ledger) return ledger.error();
  auto stored = ledger->article(article);
  if (!stored) return stored.error();
  const bool same = engine_key(service.engine().info()) == engine_key(stored->engine);
  return Again{read_article(std::move(stored->article), service.engine()), article, same};
}

Reply busy() { return error_reply(429, "too_many", "other articles are being read; ask again in a moment"); }

/// What a record's letter stands for.
struct RecordKind {
  char letter;
  const char* name;
  std::optional<Kind> listed;  ///< nothing for what has no list of its own
};
constexpr RecordKind record_kinds[] = {{'e', "event", Kind::events},     {'s', "statement", Kind::statements}, {'c', "commitment", Kind::commitments},
                                       {'g', "agreement", std::nullopt}, {'t', "timex", std::nullopt},         {'p', "place", std::nullopt}};

Json all_of(sqlite3* db, const char* select, const std::string& where, const std::string& article, const std::string& record,
            Json (*make)(const Sql&)) {
  Sql sql(db, std::string(select) + " WHERE article_id = ?1 AND (?2 = '' OR record = ?2)" + where);
  sql.bind(1, article);
  sql.bind(2, record);
  Json out = Json::array();
  while (sql.step() == SQLITE_ROW) out.push_back(make(sql));
  return out;
}

}  // namespace

Reply article_json(Service& service, const Request& request) {
  const auto db = service.reader();
  const auto found = current(service, db, request.id);
  if (!found) return error_reply(found.error());
  Sql sql(db,
          "SELECT a.article_id, a.title, a.outlet, a.published, a.uri, a.name, a.published_inferred, a.byline, a.language, a.text_id, a.raw_sha256, "
          "a.text, "
          "a.excluded, a.other, u.version, u.lexicon, u.gazetteer, u.model FROM reading r JOIN article a USING (article_id) JOIN run u USING "
          "(run_id) WHERE "
          "r.reading_id = ?");
  sql.bind(1, found->reading);
  if (sql.step() != SQLITE_ROW) return error_reply(service.error(db));
  Json article{{"id", sql.text(5)},
               {"uri", sql.text(4)},
               {"title", or_null(sql.optional_text(1))},
               {"published", or_null(sql.optional_text(3))},
               {"published_inferred", sql.integer(6) != 0},
               {"outlet", or_null(sql.optional_text(2))},
               {"byline", or_null(sql.optional_text(7))},
               {"language", sql.text(8)},
               {"text_id", sql.text(9)},
               {"raw_sha256", sql.text(10)},
               {"text", sql.text(11)},
               {"excluded", Json::parse(sql.text(12), nullptr, false)}};
  if (Json other = Json::parse(sql.text(13), nullptr, false); other.is_object() && !other.empty()) article["other"] = std::move(other);
  Json out{{"schema_version", schema_version},
           {"engine", engine_json({sql.text(14), sql.text(15), sql.text(16), sql.text(17), {}})},
           {"article_id", found->article},
           {"head", article_head(sql, 0)},
           {"article", std::move(article)}};
  Json sentences = Json::array();
  Sql rows(db, "SELECT number, begin, end, text FROM sentence WHERE reading_id = ? ORDER BY number");
  rows.bind(1, found->reading);
  while (rows.step() == SQLITE_ROW)
    sentences.push_back({{"number", rows.integer(0)}, {"begin", rows.integer(1)}, {"end", rows.integer(2)}, {"text", rows.text(3)}});
  out["sentences"] = std::move(sentences);
  out.update(reading_records(db, found->reading));
  out["verdicts"] = all_of(db, select_verdicts,
                           " AND verdict_id IN (SELECT max(verdict_id) FROM verdicts WHERE article_id = ?1 AND undone_at IS NULL GROUP BY record)",
                           found->article, "", verdict_json);
  out["corrections"] =
      all_of(db, select_corrections,
             " AND correction_id IN (SELECT max(correction_id) FROM corrections WHERE article_id = ?1 AND undone_at IS NULL GROUP BY record)",
             found->article, "", correction_json);
  return json_reply(out);
}

Reply annotation_json(Service& service, const Request& request) {
  const auto room = service.heavy(0);
  if (!room) return busy();
  const auto again = read_again(service, request.id);
  if (!again) return error_reply(again.error());
  const Json annotation = Json::parse(annotation_to_json(again->reading));
  Json entities = Json::array();
  for (const Party& party : parties(again->reading.analysis)) entities.push_back(record_to_json(party, again->reading.article.text));
  return json_reply({{"schema_version", schema_version},
                     {"engine", annotation["engine"]},
                     {"same_engine", again->same_engine},
                     {"sentences", annotation["sentences"]},
                     {"entities", std::move(entities)}});
}

Reply record_detail_json(Service& service, const Request& request) {
  const auto colon = request.id.find(':');
  const std::string record = colon == std::string::npos ? "" : request.id.substr(colon + 1);
  const auto* kind =
      std::find_if(std::begin(record_kinds), std::end(record_kinds), [&](const RecordKind& one) { return record.starts_with(one.letter); });
  if (kind == std::end(record_kinds))
    return error_reply({ErrorCode::usage, "\"" + request.id + "\" is not the id of a record; expected ARTICLE:RECORD", "", {}});
  const auto view = service.view();
  const auto db = service.reader();
  const auto found = current(service, db, request.id.substr(0, colon));
  if (!found) return error_reply(found.error());
  Json item;
  if (kind->listed) {
    const Row* row = view->find(*kind->listed, found->reading, number_of(record));
    if (row != nullptr && view->id(*kind->listed, *row).substr(13) == record) {
      auto items = list_items(db, service.options().ledger, *view, *kind->listed, {row}, day_number(service.today()));
      if (!items) return error_reply(items.error());
      item = std::move((*items)[0]);
    }
  } else {
    item = part_item(db, found->reading, record);
  }
  if (item.is_null()) return error_reply({ErrorCode::not_found, "no record \"" + request.id + "\" in the ledger", "", {}});
  return json_reply({{"id", found->article.substr(0, 12) + ":" + record},
                     {"kind", kind->name},
                     {"item", std::move(item)},
                     {"verdicts", all_of(db, select_verdicts, " ORDER BY verdict_id", found->article, record, verdict_json)},
                     {"corrections", all_of(db, select_corrections, " ORDER BY correction_id", found->article, record, correction_json)}});
}

Reply explain_json(Service& service, const Request& request) {
  const auto colon = request.id.find(':');
  if (colon == std::string::npos)
    return error_reply({ErrorCode::usage, "\"" + request.id + "\" is not a record's id; expected ARTICLE:RECORD", "", {}});
  const auto room = service.heavy(0);
  if (!room) return busy();
  const auto again = read_again(service, request.id.substr(0, colon));
  if (!again) return error_reply(again.error());
  const auto explanation = explanation_json(again->reading, request.id.substr(colon + 1), service.engine());
  if (!explanation) return error_reply(explanation.error());
  Json out{{"id", again->article.substr(0, 12) + request.id.substr(colon)}, {"same_engine", again->same_engine}};
  out.update(*explanation);
  return json_reply(out);
}

Reply read_now(Service& service, const Request& request) {
  const auto body = body_of(request, {"text", "?title", "?published", "?outlet", "?uri", "?input", "?store"});
  if (!body) return error_reply(body.error());
  const auto text = [&](const char* name) {
    const auto found = body->find(name);
    return found != body->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const bool store = body->value("store", Json(false)) == Json(true);
  if (store)
    if (const auto may = service.may_write(); !may) return error_reply(may.error());
  const auto room = service.heavy(0);
  if (!room) return busy();

  Document document;
  document.bytes = text("text");
  Metadata& metadata = document.metadata;
  metadata.uri = text("uri");
  metadata.encoding = "utf-8";
  if (const std::string title = text("title"); !title.empty()) metadata.title = title;
  if (const std::string outlet = text("outlet"); !outlet.empty()) metadata.outlet = outlet;
  if (const std::string published = text("published"); !published.empty()) {
    metadata.published = parse_iso_day(published);
    if (!metadata.published) return error_reply({ErrorCode::usage, "\"" + published + "\" is not a day; expected YYYY-MM-DD", "", {}});
  }
  const std::string input = text("input");
  if (!input.empty() && input != "detect" && input != "text" && input != "html")
    return error_reply({ErrorCode::usage, "input=" + input + "; expected detect, text or html", "", {}});
  metadata.format = input == "text" ? Format::text : input == "html" ? Format::html : Format::detect;
  if (metadata.format == Format::detect) {
    const auto first = document.bytes.find_first_not_of(" \t\r\n");
    metadata.format = first != std::string::npos && document.bytes[first] == '<' ? Format::html : Format::text;
  }
  auto reading = read(document, service.engine());
  if (!reading) return error_reply(reading.error());
  Json out = Json::parse(to_json(*reading));
  out["sentences"] = Json::parse(annotation_to_json(*reading))["sentences"];
  out["stored"] = nullptr;
  if (!store) return json_reply(out);

  auto ledger = Ledger::open(service.options().ledger, Ledger::Mode::read_write);
  if (!ledger) return error_reply(ledger.error());
  // Pasted text has no place of its own: its words are its name.
  const std::string path = metadata.uri.empty() ? "pasted:" + reading->article.text_id.substr(0, 16) : metadata.uri;
  const RawSpan at{0, document.bytes.size()};
  const auto run = ledger->begin_run({service.engine().info(), R"({"by":"serve"})", {path}, service.now()});
  if (!run) return error_reply(run.error());
  const std::string id = article_id(reading->article, path, at);
  std::vector<ArchiveItem> items;
  items.push_back({path, at, std::move(*reading)});
  const auto counts = ledger->add(*run, items);
  if (!counts) return error_reply(counts.error());
  if (const auto finished = ledger->finish_run(*run, *counts, service.now()); !finished) return error_reply(finished.error());
  service.changed();
  out["stored"] = id;
  return json_reply(out);
}

}  // namespace masudi::serve
