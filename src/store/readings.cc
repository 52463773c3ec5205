// Readings out of a ledger: the columns that scripts/generate wrote, back into records. A ledger is a file that somebody may have been sent:
// what does not have the shape of a field is left at its default, and a span that does not fit its text quotes nothing.
#include "json_record.h"
#include "ledger_impl.h"

namespace masudi {

namespace {

/// Takes the fields of a record from the columns in which ledger.cc's Binder put them.
class Loader {
 public:
  Loader(const Sql& sql, int first) : sql_(sql), at_(first) {}

  void operator()(std::string_view, TextSpan& span) { take(span); }
  void operator()(std::string_view, std::optional<TextSpan>& span) {
    if (present())
      take(span.emplace());
    else
      at_ += 3;
  }
  void operator()(std::string_view, std::optional<DateRange>& range) {
    const auto begin = sql_.optional_text(at_), end = sql_.optional_text(at_ + 1);
    at_ += 2;
    if (!begin || !end) return;
    if (const auto first = parse_iso_day(*begin), last = parse_iso_day(*end); first && last) range = DateRange{*first, *last};
  }
  void operator()(std::string_view, std::string& value) { value = sql_.text(at_++); }
  void operator()(std::string_view, double& value) { value = sql_.real(at_++); }
  void operator()(std::string_view, std::optional<std::string>& value) { value = sql_.optional_text(at_++); }
  void operator()(std::string_view, std::optional<double>& value) {
    if (present()) value = sql_.real(at_);
    ++at_;
  }
  void operator()(std::string_view, std::optional<std::int64_t>& value) {
    if (present()) value = sql_.integer(at_);
    ++at_;
  }
  template <class Compound>  // entities, lists, places, provenance: JSON text
  void operator()(std::string_view, Compound& value) {
    if (present()) load(Json::parse(sql_.text(at_), nullptr, false), value);
    ++at_;
  }

 private:
  bool present() const { return sql_.type(at_) != SQLITE_NULL; }
  void take(TextSpan& span) {
    const auto offset = [&](int column) {
      const auto value = sql_.integer(column);
      return value < 0 || value > UINT32_MAX ? 0U : static_cast<std::uint32_t>(value);
    };
    span = {offset(at_), offset(at_ + 1)};
    at_ += 3;
  }

  const Sql& sql_;
  int at_;
};

/// The records of one reading, in the order of the text. `skipped`: columns before the first field.
template <class Record>
bool load_records(Sql& sql, std::int64_t reading, int skipped, std::vector<Record>& out) {
  sql.bind(1, reading);
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step()) visit_fields(out.emplace_back(), Loader(sql, skipped));
  sql.reset();
  return code == SQLITE_DONE;
}

std::string select_records(std::string_view table) { return "SELECT * FROM " + std::string(table) + " WHERE reading_id = ? ORDER BY length(id), id"; }

}  // namespace

std::string stored_article_columns() {
  return "a.article_id, a.name, a.uri, a.title, a.outlet, a.byline, a.published, a.published_inferred, a.language, a.text, a.excluded, a.other, "
         "a.text_id, a.raw_sha256, u.version, u.lexicon, u.gazetteer, u.model";
}

Ledger::StoredArticle stored_article(const Sql& sql) {
  Ledger::StoredArticle out;
  out.article_id = sql.text(0);
  Article& article = out.article;
  article.id = sql.text(1);
  article.uri = sql.text(2);
  article.title = sql.optional_text(3);
  article.outlet = sql.optional_text(4);
  article.byline = sql.optional_text(5);
  if (const auto published = sql.optional_text(6)) article.published = parse_iso_day(*published);
  article.published_inferred = sql.integer(7) != 0;
  article.language = sql.text(8);
  article.text = sql.text(9);
  load(Json::parse(sql.text(10), nullptr, false), article.excluded);
  const Json other = Json::parse(sql.text(11), nullptr, false);
  for (const auto& [name, value] : other.items()) article.other[name] = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  article.text_id = sql.text(12);
  article.raw_sha256 = sql.text(13);
  out.engine = {sql.text(14), sql.text(15), sql.text(16), sql.text(17), {}};
  return out;
}

Result<void> Ledger::readings(const std::function<Result<void>(const StoredReading&)>& reading) const {
  Sql articles(impl_->db, "SELECT " + stored_article_columns() +
                              ", r.reading_id FROM reading r JOIN article a USING (article_id) JOIN run u USING (run_id) WHERE r.superseded_by IS "
                              "NULL ORDER BY a.article_id");
  constexpr int reading_column = 18;
  Sql events(impl_->db, select_records("event_row")), statements(impl_->db, select_records("statement_row")),
      commitments(impl_->db, select_records("commitment_row")), agreements(impl_->db, select_records("agreement_row")),
      timexes(impl_->db, select_records("timex_row")), places(impl_->db, select_records("place_row"));
  Sql sentences(impl_->db, "SELECT begin, end FROM sentence WHERE reading_id = ? ORDER BY number");
  int code = articles.step();
  for (; code == SQLITE_ROW; code = articles.step()) {
    StoredReading out{stored_article(articles), {}, {}, {}, {}};
    const std::int64_t id = articles.integer(reading_column);
    // A table begins with reading and sentence, and with an id where the record has none of its own.
    if (!load_records(events, id, 2, out.records.events) || !load_records(statements, id, 2, out.records.statements) ||
        !load_records(commitments, id, 2, out.records.commitments) || !load_records(agreements, id, 2, out.records.agreements) ||
        !load_records(timexes, id, 3, out.timexes) || !load_records(places, id, 3, out.places))
      return impl_->error();
    sentences.bind(1, id);
    int found = sentences.step();
    for (; found == SQLITE_ROW; found = sentences.step())
      out.sentences.push_back({static_cast<std::uint32_t>(sentences.integer(0)), static_cast<std::uint32_t>(sentences.integer(1))});
    if (found != SQLITE_DONE) return impl_->error();
    sentences.reset();
    if (const auto taken = reading(out); !taken) return taken.error();
  }
  if (code != SQLITE_DONE) return impl_->error();
  return {};
}

}  // namespace masudi
