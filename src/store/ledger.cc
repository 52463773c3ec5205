#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "ledger_impl.h"
#include "masudi/json.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Number of the sentence that holds a byte.
std::int64_t sentence_of(const Reading& reading, std::uint32_t byte) {
  const auto& sentences = reading.analysis.sentences;
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), byte, [](std::uint32_t at, const Sentence& s) { return at < s.span.begin; });
  return after == sentences.begin() ? 0 : after - sentences.begin() - 1;
}

/// Where a record stands: its anchor, its cue (or source, or content), its own words.
TextSpan place_of(const Event& event) { return event.anchor; }
TextSpan place_of(const Commitment& commitment) { return commitment.anchor; }
TextSpan place_of(const Agreement& agreement) { return agreement.title; }
TextSpan place_of(const Timex& timex) { return timex.span; }
TextSpan place_of(const Place& place) { return place.span; }
TextSpan place_of(const Statement& statement) {
  if (statement.cue) return *statement.cue;
  if (!statement.content.empty()) return statement.content.front();
  return statement.source.text;
}

/// Binds the fields of a record in the order of the columns that scripts/generate wrote.
class Binder {
 public:
  Binder(Sql& sql, int first, std::string_view text) : sql_(sql), at_(first), text_(text) {}

  void operator()(std::string_view, const TextSpan& span) { put(span); }
  void operator()(std::string_view, const std::optional<TextSpan>& span) {
    if (span)
      put(*span);
    else
      skip(3);
  }
  void operator()(std::string_view, const std::optional<DateRange>& range) {
    if (!range) return skip(2);
    sql_.bind(at_++, to_iso(range->begin));
    sql_.bind(at_++, to_iso(range->end));
  }
  void operator()(std::string_view, const std::string& value) { sql_.bind(at_++, value); }
  void operator()(std::string_view, double value) { sql_.bind(at_++, value); }
  void operator()(std::string_view, const std::optional<std::string>& value) { sql_.bind(at_++, value); }
  void operator()(std::string_view, const std::optional<double>& value) { sql_.bind(at_++, value); }
  void operator()(std::string_view, const std::optional<std::int64_t>& value) { sql_.bind(at_++, value); }
  template <class Compound>  // entities, lists, places, provenance: JSON text
  void operator()(std::string_view, const std::optional<Compound>& value) {
    if (value)
      sql_.bind(at_++, dump(value_to_json(*value, text_)));
    else
      sql_.bind_null(at_++);
  }
  template <class Compound>
  void operator()(std::string_view, const Compound& value) {
    sql_.bind(at_++, dump(value_to_json(value, text_)));
  }

 private:
  void put(TextSpan span) {
    sql_.bind(at_++, static_cast<std::int64_t>(span.begin));
    sql_.bind(at_++, static_cast<std::int64_t>(span.end));
    sql_.bind(at_++, slice(text_, span));
  }
  void skip(int columns) {
    for (int i = 0; i < columns; ++i) sql_.bind_null(at_++);
  }

  Sql& sql_;
  int at_;
  std::string_view text_;
};

/// How many columns a record's fields fill.
template <class Record>
int column_count() {
  int count = 0;
  const auto add = [&](std::string_view, const auto& value) {
    using T = std::decay_t<decltype(value)>;
    constexpr bool is_span = std::is_same_v<T, TextSpan> || std::is_same_v<T, std::optional<TextSpan>>;
    constexpr bool is_range = std::is_same_v<T, std::optional<DateRange>>;
    count += is_span ? 3 : is_range ? 2 : 1;
  };
  visit_fields(Record{}, add);
  return count;
}

template <class Record>
std::string insertion(std::string_view table, bool own_id) {
  const int columns = column_count<Record>() + (own_id ? 2 : 3);
  std::string sql = "INSERT INTO " + std::string(table) + " VALUES (?";
  for (int i = 1; i < columns; ++i) sql += ", ?";
  return sql + ")";
}

/// The statements of one transaction, prepared once.
class Writer {
 public:
  Writer(sqlite3* db, std::int64_t run, double min_confidence)
      : db_(db),
        run_(run),
        min_confidence_(min_confidence),
        article_(db, "INSERT OR IGNORE INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        has_reading_(db, "SELECT reading_id, superseded_by IS NOT NULL FROM reading WHERE article_id = ? AND engine_key = ?"),
        reading_(db, "INSERT INTO reading (article_id, engine_key, run_id) VALUES (?, ?, ?)"),
        restore_(db, "UPDATE reading SET superseded_by = NULL WHERE reading_id = ?"),
        supersede_(db,
                   "UPDATE reading SET superseded_by = ?1 WHERE reading_id <> ?1 AND superseded_by IS NULL AND article_id IN (SELECT article_id FROM "
                   "article WHERE source_key = ?2)"),
        sentence_(db, "INSERT INTO sentence (reading_id, number, begin, end, text) VALUES (?, ?, ?, ?, ?)"),
        participant_(db, "INSERT INTO participant VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        event_(db, insertion<Event>("event_row", true)),
        statement_(db, insertion<Statement>("statement_row", true)),
        commitment_(db, insertion<Commitment>("commitment_row", true)),
        agreement_(db, insertion<Agreement>("agreement_row", true)),
        timex_(db, insertion<Timex>("timex_row", false)),
        place_(db, insertion<Place>("place_row", false)),
        reject_(db, "INSERT OR IGNORE INTO reject (run_id, path, begin, end, code, message) VALUES (?, ?, ?, ?, ?, ?)") {}

  bool add(const ArchiveItem& item, RunCounts& counts) {
    if (const auto* reject = std::get_if<Reject>(&item.what)) {
      ++counts.rejects;
      return add(*reject);
    }
    if (std::holds_alternative<KnownArticle>(item.what)) {
      ++counts.known;
      return true;
    }
    return add(std::get<Reading>(item.what), item, counts);
  }

 private:
  bool add(const Reject& reject) {
    reject_.bind(1, run_);
    reject_.bind(2, reject.path);
    reject_.bind(3, static_cast<std::int64_t>(reject.at.begin));
    reject_.bind(4, static_cast<std::int64_t>(reject.at.end));
    reject_.bind(5, to_string(reject.code));
    reject_.bind(6, reject.message);
    return reject_.run();
  }

  bool add(const Reading& reading, const ArchiveItem& item, RunCounts& counts) {
    const Article& article = reading.article;
    const std::string id = article_id(article, item.path, item.at), key = reading_key(reading.engine, min_confidence_),
                      source = source_key(article, item.path, item.at);
    has_reading_.bind(1, id);
    has_reading_.bind(2, key);
    const bool known = has_reading_.step() == SQLITE_ROW;
    const std::int64_t earlier = known ? has_reading_.integer(0) : 0;
    const bool superseded = known && has_reading_.integer(1) != 0;
    has_reading_.reset();
    if (known) {  // twice in one batch, or a source that shows an old text again
      ++counts.known;
      return !superseded || (restore(earlier) && supersede_others(earlier, source));
    }
    if (!add_article(article, id, source)) return false;
    reading_.bind(1, id);
    reading_.bind(2, key);
    reading_.bind(3, run_);
    if (!reading_.run()) return false;
    const std::int64_t reading_id = sqlite3_last_insert_rowid(db_);
    if (!supersede_others(reading_id, source)) return false;

    const auto& sentences = reading.analysis.sentences;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
      sentence_.bind(1, reading_id);
      sentence_.bind(2, static_cast<std::int64_t>(i));
      sentence_.bind(3, static_cast<std::int64_t>(sentences[i].span.begin));
      sentence_.bind(4, static_cast<std::int64_t>(sentences[i].span.end));
      sentence_.bind(5, article.slice(sentences[i].span));
      if (!sentence_.run()) return false;
    }
    const auto add_all = [&](Sql& sql, const auto& records, const char* prefix) {
      std::size_t number = 0;
      for (const auto& record : records) {
        ++number;
        int at = 1;
        sql.bind(at++, reading_id);
        sql.bind(at++, sentence_of(reading, place_of(record).begin));
        if (prefix != nullptr) sql.bind(at++, prefix + std::to_string(number));
        visit_fields(record, Binder(sql, at, article.text));
        if (!sql.run()) return false;
      }
      return true;
    };
    std::optional<Extraction> kept;
    if (min_confidence_ > 0) {
      leave_out_below(kept.emplace(reading.records), min_confidence_);
      counts.left_out += reading.records.events.size() - kept->events.size() + reading.records.commitments.size() - kept->commitments.size();
    }
    const Extraction& records = kept ? *kept : reading.records;
    bool good = add_all(event_, records.events, nullptr) && add_all(statement_, records.statements, nullptr) &&
                add_all(commitment_, records.commitments, nullptr) && add_all(agreement_, records.agreements, nullptr) &&
                add_all(timex_, reading.analysis.resolution.timexes, "t") && add_all(place_, reading.analysis.resolution.places, "p");
    for (const Event& event : records.events)
      good = good && add_parties(reading_id, event.id, "actor", event.actor, article) &&
             add_parties(reading_id, event.id, "recipient", event.recipient, article);
    for (const Statement& statement : records.statements) good = good && add_parties(reading_id, statement.id, "source", {statement.source}, article);
    for (const Commitment& commitment : records.commitments)
      good = good && add_parties(reading_id, commitment.id, "debtor", commitment.debtor, article) &&
             add_parties(reading_id, commitment.id, "creditor", commitment.creditor, article);
    for (const Agreement& agreement : records.agreements) good = good && add_parties(reading_id, agreement.id, "party", agreement.parties, article);
    ++counts.articles;
    counts.text_bytes += article.text.size();
    counts.events += records.events.size();
    counts.statements += records.statements.size();
    counts.commitments += records.commitments.size();
    return good;
  }

  bool restore(std::int64_t reading_id) {
    restore_.bind(1, reading_id);
    return restore_.run();
  }

  bool supersede_others(std::int64_t reading_id, const std::string& source) {
    supersede_.bind(1, reading_id);
    supersede_.bind(2, source);
    return supersede_.run();
  }

  bool add_article(const Article& article, const std::string& id, const std::string& source) {
    Json excluded = Json::array(), other = Json::object();
    for (const TextSpan span : article.excluded) excluded.push_back({{"begin", span.begin}, {"end", span.end}});
    for (const auto& [name, value] : article.other) other[name] = Json::parse(value, nullptr, false);
    int at = 1;
    article_.bind(at++, id);
    article_.bind(at++, source);
    article_.bind(at++, article.text_id);
    article_.bind(at++, article.raw_sha256);
    article_.bind(at++, article.id);
    article_.bind(at++, article.uri);
    article_.bind(at++, article.title);
    article_.bind(at++, article.outlet);
    article_.bind(at++, article.byline);
    article_.bind(at++, article.published ? std::optional(to_iso(*article.published)) : std::nullopt);
    article_.bind(at++, static_cast<std::int64_t>(article.published_inferred));
    article_.bind(at++, article.language);
    article_.bind(at++, article.text);
    article_.bind(at++, dump(excluded));
    article_.bind(at++, dump(other));
    return article_.run();
  }

  bool add_parties(std::int64_t reading_id, const std::string& record, std::string_view role, const std::vector<Entity>& parties,
                   const Article& article) {
    std::int64_t position = 0;
    for (const Entity& party : parties) {
      participant_.bind(1, reading_id);
      participant_.bind(2, record);
      participant_.bind(3, role);
      participant_.bind(4, position++);
      participant_.bind(5, static_cast<std::int64_t>(party.text.begin));
      participant_.bind(6, static_cast<std::int64_t>(party.text.end));
      participant_.bind(7, article.slice(party.text));
      participant_.bind(8, party.name);
      participant_.bind(9, party.country);
      participant_.bind(10, party.sector);
      if (!participant_.run()) return false;
    }
    return true;
  }

  sqlite3* db_;
  std::int64_t run_;
  double min_confidence_;
  Sql article_, has_reading_, reading_, restore_, supersede_, sentence_, participant_, event_, statement_, commitment_, agreement_, timex_, place_,
      reject_;
};

}  // namespace

std::string engine_key(const EngineInfo& engine) {
  return sha256_hex(engine.version + "\n" + engine.lexicon + "\n" + engine.gazetteer + "\n" + engine.model +
                    (engine.dictionaries.empty() ? "" : "\n" + engine.dictionaries));
}

std::string reading_key(const EngineInfo& engine, double min_confidence) {
  if (min_confidence <= 0) return engine_key(engine);
  char number[32];
  const auto written = std::to_chars(std::begin(number), std::end(number), min_confidence);
  return sha256_hex(engine_key(engine) + "\nmin_confidence " + std::string(number, written.ptr));
}

std::string source_key(const Article& article, const std::string& path, RawSpan at) {
  if (article.uri.find("://") != std::string::npos) return article.uri;
  return std::filesystem::path(path).lexically_normal().string() + "@" + std::to_string(at.begin);
}

std::string article_id(const Article& article, const std::string& path, RawSpan at) {
  return sha256_hex(source_key(article, path, at) + "\n" + (article.published ? to_iso(*article.published) : "") + "\n" + article.text_id);
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

bool has_corrections(sqlite3* db) {
  Sql sql(db, "SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = 'current_correction'");
  return sql.step() == SQLITE_ROW;
}

Result<Ledger> Ledger::open(const std::string& path, Mode mode) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  std::error_code unknown;
  if (mode == Mode::read_only && !std::filesystem::exists(path, unknown))
    return Error{ErrorCode::not_found, "no such ledger; make one with `masudi ingest PATH... --ledger " + path + "`", path, {}};
  if (std::filesystem::is_directory(path, unknown)) return Error{ErrorCode::io, "a folder; expected a ledger file", path, {}};
  const int flags = mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &impl->db, flags, nullptr) != SQLITE_OK) return impl->error();
  sqlite3_busy_timeout(impl->db, 5000);
  // A ledger is a file that somebody may have been sent: no functions with side effects out of its schema.
  sqlite3_db_config(impl->db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(impl->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, nullptr);  // json_valid in CHECK and FTS5 need it
  std::optional<std::string> version;
  {
    Sql tables(impl->db, "SELECT count(*), sum(name = 'meta') FROM sqlite_master WHERE type = 'table'");
    if (tables.step() != SQLITE_ROW) return impl->error();
    const bool empty = tables.integer(0) == 0;
    if (!empty && tables.integer(1) == 0)
      return Error{ErrorCode::corrupt_store, "a database, but not a masudi ledger (it has no table meta)", path, {}};
    if (empty && mode == Mode::read_only)
      return Error{ErrorCode::corrupt_store, "an empty database; expected a file made by `masudi ingest --ledger`", path, {}};
    if (!empty) {
      Sql meta(impl->db, "SELECT value FROM meta WHERE key = 'schema_version'");
      if (meta.step() == SQLITE_ROW) version = meta.text(0);
    }
  }
  const auto made_by = version ? schema_number(*version) : std::optional<int>();
  if (version && (!made_by || *made_by > *schema_number(schema_version)))
    return Error{
        ErrorCode::corrupt_store, "a ledger of schema version " + *version + "; this program reads version " + std::string(schema_version), path, {}};
  const bool older = made_by && *made_by < *schema_number(schema_version);
  if (older && mode == Mode::read_only)
    return Error{
        ErrorCode::corrupt_store,
        "a ledger of schema version " + *version + "; `masudi doctor --upgrade " + path + "` brings it to version " + std::string(schema_version),
        path,
        {}};
  if (mode == Mode::read_write) {
    if (!impl->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")) return impl->error();
    if (older) {
      if (auto migrated = migrate_ledger(impl->db, path); !migrated) return migrated.error();
    }
    // Corrections were added to a ledger without a change of its other tables: one that has none gets the tables for them.
    if (version && !older && !has_corrections(impl->db) && !(impl->execute(ledger_sql) && impl->execute(views_sql))) return impl->error();
    if (!version) {
      const std::string stamp = "INSERT OR REPLACE INTO meta VALUES ('schema_version', '" + std::string(schema_version) + "'); COMMIT";
      if (!impl->execute("BEGIN IMMEDIATE") || !impl->execute(ledger_sql) || !impl->execute(records_sql) || !impl->execute(views_sql) ||
          !impl->execute(stamp.c_str())) {
        const Error error = impl->error();
        impl->execute("ROLLBACK");
        return error;
      }
    }
  }
  return Ledger(std::move(impl));
}

Result<std::int64_t> Ledger::begin_run(const RunManifest& manifest) {
  Sql sql(impl_->db, "INSERT INTO run (engine_key, version, lexicon, gazetteer, model, settings, inputs, started) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  sql.bind(1, engine_key(manifest.engine));
  sql.bind(2, manifest.engine.version);
  sql.bind(3, manifest.engine.lexicon);
  sql.bind(4, manifest.engine.gazetteer);
  sql.bind(5, manifest.engine.model);
  sql.bind(6, manifest.settings);
  sql.bind(7, dump(Json(manifest.inputs)));
  sql.bind(8, manifest.started);
  if (!sql.run()) return impl_->error();
  return static_cast<std::int64_t>(sqlite3_last_insert_rowid(impl_->db));
}

Result<std::unordered_set<std::string>> Ledger::known_articles(const std::string& key) const {
  std::unordered_set<std::string> out;
  // An article that was superseded is not known: when its source shows the old text again, that is news.
  Sql sql(impl_->db, "SELECT article_id FROM reading WHERE engine_key = ? AND superseded_by IS NULL");
  sql.bind(1, key);
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step()) out.insert(sql.text(0));
  if (code != SQLITE_DONE) return impl_->error();
  return out;
}

Result<RunCounts> Ledger::add(std::int64_t run, const std::vector<ArchiveItem>& items, double min_confidence) {
  RunCounts counts;
  if (!impl_->execute("BEGIN IMMEDIATE")) return impl_->error();
  Writer writer(impl_->db, run, min_confidence);
  for (const ArchiveItem& item : items) {
    if (writer.add(item, counts)) continue;
    const Error error = impl_->error();
    impl_->execute("ROLLBACK");
    return error;
  }
  if (!impl_->execute("COMMIT")) {
    const Error error = impl_->error();
    impl_->execute("ROLLBACK");
    return error;
  }
  return counts;
}

Result<void> Ledger::finish_run(std::int64_t run, const RunCounts& counts, const std::string& finished) {
  Sql sql(impl_->db, "UPDATE run SET finished = ?, articles = ?, known = ?, rejects = ? WHERE run_id = ?");
  sql.bind(1, finished);
  sql.bind(2, static_cast<std::int64_t>(counts.articles));
  sql.bind(3, static_cast<std::int64_t>(counts.known));
  sql.bind(4, static_cast<std::int64_t>(counts.rejects));
  sql.bind(5, run);
  if (!sql.run()) return impl_->error();
  return {};
}

Result<void> Ledger::limit_pages(std::uint32_t pages) {
  // SQLite does not go below the present size.
  if (!impl_->execute(("PRAGMA max_page_count = " + std::to_string(std::max(pages, 1U))).c_str())) return impl_->error();
  return {};
}

Result<Ledger::StoredArticle> Ledger::article(std::string_view id) const {
  Sql sql(impl_->db, "SELECT " + stored_article_columns() +
                         " FROM article a JOIN reading r USING (article_id) JOIN run u USING (run_id) WHERE substr(a.article_id, 1, length(?1)) = ?1 "
                         "ORDER BY r.superseded_by IS NOT NULL, r.reading_id DESC");
  sql.bind(1, id);
  StoredArticle out;
  int code = sql.step();
  if (code == SQLITE_ROW) out = stored_article(sql);
  while (code == SQLITE_ROW) {
    code = sql.step();
    if (code == SQLITE_ROW && sql.text(0) != out.article_id)
      return Error{ErrorCode::usage, "\"" + std::string(id) + "\" begins several article ids; give more of it", impl_->path, {}};
  }
  if (code != SQLITE_DONE) return impl_->error();
  if (out.article_id.empty()) return Error{ErrorCode::not_found, "no article \"" + std::string(id) + "\" in the ledger", impl_->path, {}};
  return out;
}

Result<RunCounts> load_archive(const std::vector<std::string>& files, const LoadOptions& options, const Engine& engine, Ledger& ledger) {
  const auto known = ledger.known_articles(reading_key(engine.info(), options.min_confidence));
  if (!known) return known.error();
  const auto run = ledger.begin_run({engine.info(), options.settings, files, options.now()});
  if (!run) return run.error();

  RunCounts total;
  std::vector<ArchiveItem> batch;
  const auto flush = [&]() -> Result<void> {
    if (batch.empty()) return {};
    const auto counts = ledger.add(*run, batch, options.min_confidence);
    if (!counts) return counts.error();
    batch.clear();
    total.articles += counts->articles;
    total.known += counts->known;
    total.rejects += counts->rejects;
    total.events += counts->events;
    total.statements += counts->statements;
    total.commitments += counts->commitments;
    total.left_out += counts->left_out;
    total.text_bytes += counts->text_bytes;
    if (options.progress) options.progress(total);
    return {};
  };
  ArchiveOptions archive = options.archive;
  archive.known = [&](const Article& article, const std::string& path, RawSpan at) { return known->contains(article_id(article, path, at)); };
  const auto read = read_archive(files, archive, engine, [&](ArchiveItem&& item) -> Result<void> {
    if (const auto* reject = std::get_if<Reject>(&item.what); reject != nullptr && options.rejected) options.rejected(*reject);
    batch.push_back(std::move(item));
    return batch.size() >= options.batch ? flush() : Result<void>{};
  });
  if (!read) return read.error();
  if (auto flushed = flush(); !flushed) return flushed.error();
  if (auto finished = ledger.finish_run(*run, total, options.now()); !finished) return finished.error();
  return total;
}

}  // namespace masudi
