#include "records_sql.h"

#include "masudi/records.h"

namespace masudi::serve {

namespace {

/// Writes the columns of a record, in the order of the schema, as its JSON. The columns are those that scripts/generate wrote.
class Fields {
 public:
  Fields(const Sql& sql, int first) : sql_(sql), at_(first) {}
  Json take() { return std::move(out_); }

  void operator()(std::string_view name, const TextSpan&) { span(name, false); }
  void operator()(std::string_view name, const std::optional<TextSpan>&) { span(name, true); }
  void operator()(std::string_view name, const std::optional<DateRange>&) {
    Json& out = out_[std::string(name)];
    if (sql_.type(at_) != SQLITE_NULL) out = {{"begin", sql_.text(at_)}, {"end", sql_.text(at_ + 1)}};
    at_ += 2;
  }
  void operator()(std::string_view name, const std::string&) { out_[std::string(name)] = sql_.text(at_++); }
  void operator()(std::string_view name, const std::optional<std::string>&) { out_[std::string(name)] = or_null(sql_.optional_text(at_++)); }
  void operator()(std::string_view name, double) { number(name); }
  void operator()(std::string_view name, const std::optional<double>&) { number(name); }
  void operator()(std::string_view name, const std::optional<std::int64_t>&) {
    Json& out = out_[std::string(name)];
    if (sql_.type(at_) != SQLITE_NULL) out = sql_.integer(at_);
    ++at_;
  }
  template <class Compound>  // entities, lists, places, provenance: JSON text
  void operator()(std::string_view name, const Compound&) {
    Json& out = out_[std::string(name)];
    if (sql_.type(at_) != SQLITE_NULL) out = Json::parse(sql_.text(at_), nullptr, false);
    ++at_;
  }

 private:
  void number(std::string_view name) {
    Json& out = out_[std::string(name)];
    if (sql_.type(at_) != SQLITE_NULL) out = sql_.real(at_);
    ++at_;
  }
  void span(std::string_view name, bool optional) {
    const bool present = !optional || sql_.type(at_) != SQLITE_NULL;
    if (name == "span") {  // a timex or place has its bytes at its own top level
      out_["begin"] = sql_.integer(at_);
      out_["end"] = sql_.integer(at_ + 1);
      out_["text"] = sql_.text(at_ + 2);
    } else if (present) {
      out_[std::string(name)] = {{"begin", sql_.integer(at_)}, {"end", sql_.integer(at_ + 1)}, {"text", sql_.text(at_ + 2)}};
    } else {
      out_[std::string(name)] = nullptr;
    }
    at_ += 3;
  }

  const Sql& sql_;
  int at_;
  Json out_ = Json::object();
};

template <class Record>
Json fields_of(const Sql& sql, int first) {
  Fields fields(sql, first);
  visit_fields(Record{}, fields);
  return fields.take();
}

/// A row of number, begin, end, text.
Json sentence_json(const Sql& sql) { return {{"number", sql.integer(0)}, {"begin", sql.integer(1)}, {"end", sql.integer(2)}, {"text", sql.text(3)}}; }

constexpr const char* select_head = "SELECT a.article_id, a.title, a.outlet, a.published, a.uri";
constexpr const char* of_reading = " FROM reading r JOIN article a USING (article_id) WHERE r.reading_id = ?";
constexpr const char* last_of_record =
    " WHERE reading_id = ?1 AND record = ?2 AND undone_at IS NULL AND article_id = ?3 ORDER BY correction_id DESC LIMIT 1";

constexpr const char* tables[] = {"event_row", "statement_row", "commitment_row"};

template <class Record>
Json all_records(sqlite3* db, const char* table, std::int64_t reading, int first) {
  Sql sql(db, "SELECT * FROM " + std::string(table) + " WHERE reading_id = ? ORDER BY length(id), id");
  sql.bind(1, reading);
  Json out = Json::array();
  while (sql.step() == SQLITE_ROW) out.push_back(fields_of<Record>(sql, first));
  return out;
}

/// What is asked for each row of a list: statements prepared once.
class Lister {
 public:
  Lister(sqlite3* db, const Columns& columns, Kind kind, std::int32_t today)
      : columns_(columns),
        kind_(kind),
        today_(today),
        article_(db, std::string(select_head) + ", a.byline, a.language, a.published_inferred" + of_reading),
        sentence_(db, "SELECT number, begin, end, text FROM sentence WHERE sentence_id = ?"),
        record_(db, kind == Kind::articles
                        ? std::string("SELECT 1")
                        : "SELECT * FROM " + std::string(tables[static_cast<std::size_t>(kind)]) + " WHERE reading_id = ? AND id = ?"),
        correction_(db, std::string(select_corrections) + last_of_record),
        verdict_(db, std::string(select_verdicts) +
                         " WHERE reading_id = ?1 AND record = ?2 AND undone_at IS NULL AND article_id = ?3 ORDER BY verdict_id DESC LIMIT 1"),
        tellings_(db, "SELECT id FROM commitment_row WHERE reading_id = ?1 AND id <> ?2 AND (same_as = ?2 OR id = ?3 OR same_as = ?3)"),
        counts_(db,
                "SELECT (SELECT count(*) FROM event_row WHERE reading_id = ?1), (SELECT count(*) FROM statement_row WHERE reading_id = ?1), (SELECT "
                "count(*) FROM commitment_row WHERE reading_id = ?1), (SELECT count(DISTINCT record) FROM corrections WHERE article_id = ?2 AND "
                "undone_at IS "
                "NULL), (SELECT substr(text, 1, 400) FROM sentence WHERE sentence_id = ?3)") {}

  Json item(const Row& row) {
    const std::int64_t reading = columns_.articles[row.article].reading;
    Json out = Json::object();
    article_.bind(1, reading);
    std::string article;
    if (article_.step() == SQLITE_ROW) {
      article = article_.text(0);
      if (kind_ != Kind::articles) out["id"] = columns_.id(kind_, row);
      out["article"] = article_head(article_, 0);
      if (kind_ == Kind::articles) describe(out, reading, article, row);
    }
    article_.reset();
    if (kind_ == Kind::articles || article.empty()) return out;
    sentence_.bind(1, static_cast<std::int64_t>(row.sentence));
    if (sentence_.step() == SQLITE_ROW) out["sentence"] = sentence_json(sentence_);
    sentence_.reset();
    const std::string id = out["id"].get_ref<const std::string&>().substr(13);
    record_.bind(1, reading);
    record_.bind(2, id);
    if (record_.step() == SQLITE_ROW) out["record"] = record_json(kind_, record_);
    record_.reset();
    if (kind_ == Kind::events) out["quad"] = or_null(word(row, Attribute::quad)), out["point"] = point(row);
    if (kind_ == Kind::commitments) judge(out, row, reading, id, article);
    out["correction"] = one(correction_, reading, id, article, correction_json);
    return out;
  }

 private:
  std::optional<std::string> word(const Row& row, Attribute attribute) const {
    const std::string& text = columns_.words[row.value[slot_of(kind_, attribute)]];
    return text.empty() ? std::nullopt : std::optional(text);
  }

  static Json one(Sql& sql, std::int64_t reading, const std::string& record, const std::string& article, Json (*make)(const Sql&)) {
    sql.bind(1, reading);
    sql.bind(2, record);
    sql.bind(3, article);
    Json out = sql.step() == SQLITE_ROW ? make(sql) : Json(nullptr);
    sql.reset();
    return out;
  }

  void describe(Json& out, std::int64_t reading, const std::string& article, const Row& row) {
    out["article_id"] = article;
    out["byline"] = or_null(article_.optional_text(5));
    out["language"] = article_.text(6);
    out["published_inferred"] = article_.integer(7) != 0;
    counts_.bind(1, reading);
    counts_.bind(2, article);
    counts_.bind(3, static_cast<std::int64_t>(row.sentence + (row.sentences > 1 ? 1 : 0)));
    if (counts_.step() == SQLITE_ROW) {
      out["start"] = counts_.text(4);
      out["events"] = counts_.integer(0);
      out["statements"] = counts_.integer(1);
      out["commitments"] = counts_.integer(2);
      out["reviewed"] = counts_.integer(3);
    }
    counts_.reset();
  }

  Json point(const Row& row) const {
    if (row.point == 0) return nullptr;
    const PlacePoint& at = columns_.points[row.point];
    const auto text = [&](std::uint16_t number) { return number == 0 ? Json(nullptr) : Json(columns_.words[number]); };
    return {{"name", columns_.places[at.name]},
            {"country", text(at.country)},
            {"kind", text(at.kind)},
            {"lat", at.has_point ? Json(at.lat) : Json(nullptr)},
            {"lon", at.has_point ? Json(at.lon) : Json(nullptr)},
            {"precision", columns_.words[at.precision]}};
  }

  void judge(Json& out, const Row& row, std::int64_t reading, const std::string& id, const std::string& article) {
    const std::string verdict = columns_.words[row.value[slot_of(Kind::commitments, Attribute::verdict)]];
    Json judged = one(verdict_, reading, id, article, verdict_json);
    const std::string first = row.same_as != 0 ? "c" + std::to_string(row.same_as) : "";
    if (judged.is_null() && !first.empty()) judged = one(verdict_, reading, first, article, verdict_json);
    out["verdict"] = std::move(judged);
    out["state"] = state_of(columns_, row, today_);
    out["overdue"] = row.due == no_day ? Json(nullptr) : Json(is_overdue(columns_, row, today_));
    out["overdue_rule"] = overdue_rule(row.due, today_, verdict);
    Json tellings = Json::array();
    tellings_.bind(1, reading);
    tellings_.bind(2, id);
    tellings_.bind(3, first);
    while (tellings_.step() == SQLITE_ROW) tellings.push_back(article.substr(0, 12) + ":" + tellings_.text(0));
    tellings_.reset();
    out["accounts"] = std::move(tellings);
  }

  const Columns& columns_;
  Kind kind_;
  std::int32_t today_;
  Sql article_, sentence_, record_, correction_, verdict_, tellings_, counts_;
};

}  // namespace

const char* const select_corrections =
    "SELECT correction_id, id, decision, changes, note, author, set_at, undone_by, undone_at, reading_id, record FROM corrections";
const char* const select_verdicts =
    "SELECT verdict_id, id, verdict, evidence, author, set_at, undone_by, undone_at, reading_id, record FROM verdicts";

Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json article_head(const Sql& sql, int first) {
  return {{"id", sql.text(first).substr(0, 12)},
          {"title", or_null(sql.optional_text(first + 1))},
          {"outlet", or_null(sql.optional_text(first + 2))},
          {"published", or_null(sql.optional_text(first + 3))},
          {"uri", sql.text(first + 4)}};
}

Json correction_json(const Sql& sql) {
  return {{"correction_id", sql.integer(0)},
          {"record", sql.text(1)},
          {"decision", sql.text(2)},
          {"changes", Json::parse(sql.text(3), nullptr, false)},
          {"note", sql.text(4)},
          {"author", sql.text(5)},
          {"set_at", sql.text(6)},
          {"undone_by", or_null(sql.optional_text(7))},
          {"undone_at", or_null(sql.optional_text(8))}};
}

Json verdict_json(const Sql& sql) {
  return {{"verdict_id", sql.integer(0)},
          {"commitment", sql.text(1)},
          {"verdict", sql.text(2)},
          {"evidence", sql.text(3)},
          {"author", sql.text(4)},
          {"set_at", sql.text(5)},
          {"undone_by", or_null(sql.optional_text(6))},
          {"undone_at", or_null(sql.optional_text(7))}};
}

Json record_json(Kind kind, const Sql& sql) {
  constexpr int first = 2;  // a table begins with reading and sentence
  switch (kind) {
    case Kind::events:
      return fields_of<Event>(sql, first);
    case Kind::statements:
      return fields_of<Statement>(sql, first);
    default:
      return fields_of<Commitment>(sql, first);
  }
}

Json reading_records(sqlite3* db, std::int64_t reading) {
  return {{"events", all_records<Event>(db, "event_row", reading, 2)},
          {"statements", all_records<Statement>(db, "statement_row", reading, 2)},
          {"commitments", all_records<Commitment>(db, "commitment_row", reading, 2)},
          {"agreements", all_records<Agreement>(db, "agreement_row", reading, 2)},
          {"timexes", all_records<Timex>(db, "timex_row", reading, 3)},
          {"places", all_records<Place>(db, "place_row", reading, 3)}};
}

Json part_item(sqlite3* db, std::int64_t reading, const std::string& record) {
  const char letter = record.empty() ? ' ' : record[0];
  const char* table = letter == 'g' ? "agreement_row" : letter == 't' ? "timex_row" : "place_row";
  Sql row(db, "SELECT * FROM " + std::string(table) + " WHERE reading_id = ? AND id = ?");
  row.bind(1, reading);
  row.bind(2, record);
  Sql article(db, std::string(select_head) + of_reading);
  article.bind(1, reading);
  if (row.step() != SQLITE_ROW || article.step() != SQLITE_ROW) return nullptr;
  Sql sentence(db, "SELECT number, begin, end, text FROM sentence WHERE reading_id = ? AND number = ?");
  sentence.bind(1, reading);
  sentence.bind(2, row.integer(1));
  Sql correction(db, std::string(select_corrections) + last_of_record);
  correction.bind(1, reading);
  correction.bind(2, record);
  correction.bind(3, article.text(0));
  Json out{{"id", article.text(0).substr(0, 12) + ":" + record}, {"article", article_head(article, 0)}};
  if (sentence.step() == SQLITE_ROW) out["sentence"] = sentence_json(sentence);
  out["record"] = letter == 'g' ? fields_of<Agreement>(row, 2) : letter == 't' ? fields_of<Timex>(row, 3) : fields_of<Place>(row, 3);
  out["correction"] = correction.step() == SQLITE_ROW ? correction_json(correction) : Json(nullptr);
  return out;
}

Result<Json> list_items(sqlite3* db, const std::string& path, const Columns& columns, Kind kind, const std::vector<const Row*>& rows,
                        std::int32_t today) {
  if (db == nullptr) return sqlite_error(db, path);
  Lister lister(db, columns, kind, today);
  Json out = Json::array();
  for (const Row* row : rows) out.push_back(lister.item(*row));
  return out;
}

std::string overdue_rule(std::int32_t due, std::int32_t today, const std::string& verdict) {
  if (due == no_day) return "no deadline";
  if (verdict != "open") return "verdict " + verdict;
  const std::int32_t days = today - due;
  const std::string what = "due " + day_text(due) + ", ";
  if (days > 0) return what + std::to_string(days) + " days before " + day_text(today);
  return what + std::to_string(-days) + " days after " + day_text(today);
}

}  // namespace masudi::serve
