// Corrections: what people said of records. Rows are only ever added; the machine's records stay as they are.
#include <algorithm>

#include "find_row.h"
#include "json_record.h"
#include "ledger_impl.h"
#include "undo.h"

namespace masudi {

namespace {

constexpr std::string_view decisions[] = {"accept", "reject", "change"};

/// A record of the current reading and the bytes that it stands in.
struct Found {
  RecordName name;
  std::int64_t begin = 0, end = 0, nth = 0;
  std::uint64_t text_size = 0;
};

/// Where the records of a kind stand: the columns that the view `corrections` looks at.
struct Kind {
  char letter;
  const char *table, *begin, *end;
};
constexpr Kind kinds[] = {
    {'e', "event_row", "anchor_begin", "anchor_end"},
    {'s', "statement_row", "coalesce(cue_begin, json_extract(content, '$[0].begin'), json_extract(source, '$.text.begin'))",
     "coalesce(cue_end, json_extract(content, '$[0].end'), json_extract(source, '$.text.end'))"},
    {'c', "commitment_row", "consequent_begin", "consequent_end"},
    {'g', "agreement_row", "title_begin", "title_end"},
    {'t', "timex_row", "begin", "end"},
    {'p', "place_row", "begin", "end"},
};

Result<Found> find_record(sqlite3* db, const std::string& path, const std::string& id) {
  const auto colon = id.find(':');
  const auto* kind = std::end(kinds);
  if (colon != std::string::npos && colon > 0 && colon + 1 < id.size())
    kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& k) { return k.letter == id[colon + 1]; });
  if (kind == std::end(kinds))
    return Error{ErrorCode::usage, "\"" + id + "\" is not a record's id; expected ARTICLE:RECORD as `masudi query` prints it", "", {}};
  const std::string begin = kind->begin, end = kind->end;
  Found out;
  std::int64_t reading = 0;
  auto name = find_row(db, path, id, kind->table, "r.reading_id, " + begin + ", " + end + ", length(CAST(a.text AS BLOB))", "record",
                       [&](Sql& row, int column) {
                         reading = row.integer(column);
                         out.begin = row.integer(column + 1);
                         out.end = row.integer(column + 2);
                         out.text_size = static_cast<std::uint64_t>(row.integer(column + 3));
                       });
  if (!name) return name.error();
  out.name = *std::move(name);
  Sql earlier(db, "SELECT count(*) FROM " + std::string(kind->table) + " WHERE reading_id = ? AND " + begin + " = ? AND " + end +
                      " = ? AND (length(id), id) < (length(?4), ?4)");
  earlier.bind(1, reading);
  earlier.bind(2, out.begin);
  earlier.bind(3, out.end);
  earlier.bind(4, out.name.record);
  if (earlier.step() != SQLITE_ROW) return sqlite_error(db, path);
  out.nth = earlier.integer(0);
  return out;
}

/// Does a value have the shape of a field? Spans must lie in a text of so many bytes.
class Shape {
 public:
  explicit Shape(std::uint64_t text_size) : text_size_(text_size) {}
  bool fits(const Json& json, const std::string&) const { return json.is_string() && !json.get_ref<const std::string&>().empty(); }
  bool fits(const Json& json, double) const { return json.is_number(); }
  bool fits(const Json& json, std::int64_t) const { return json.is_number_integer(); }
  bool fits(const Json& json, const TextSpan&) const {
    if (!json.is_object() || !json.contains("begin") || !json.contains("end")) return false;
    const Json &begin = json["begin"], &end = json["end"];
    return begin.is_number_unsigned() && end.is_number_unsigned() && begin.get<std::uint64_t>() < end.get<std::uint64_t>() &&
           end.get<std::uint64_t>() <= text_size_;
  }
  bool fits(const Json& json, const DateRange&) const {
    if (!json.is_object() || !json.contains("begin") || !json.contains("end") || !json["begin"].is_string() || !json["end"].is_string()) return false;
    const auto begin = parse_iso_day(json["begin"].get_ref<const std::string&>()), end = parse_iso_day(json["end"].get_ref<const std::string&>());
    return begin && end && *begin <= *end;
  }
  bool fits(const Json&, const Provenance&) const { return false; }  // who made a record is no matter of opinion
  template <class T>
  bool fits(const Json& json, const std::optional<T>&) const {
    return json.is_null() || fits(json, T{});
  }
  template <class T>
  bool fits(const Json& json, const std::vector<T>&) const {
    return json.is_array() && std::all_of(json.begin(), json.end(), [&](const Json& item) { return fits(item, T{}); });
  }
  template <class Compound>
  bool fits(const Json& json, const Compound& value) const {
    if (!json.is_object()) return false;
    bool good = true;
    visit_fields(value, [&](std::string_view name, const auto& field) {
      const auto at = json.find(std::string(name));
      good = good && fits(at == json.end() ? Json(nullptr) : *at, field);
    });
    return good;
  }

 private:
  std::uint64_t text_size_;
};

/// The first change that cannot be made, as a message; "" where all can.
template <class Record>
std::string wrong_change(const Json& changes, std::uint64_t text_size) {
  std::string fields, wrong;
  const Record empty{};
  const Shape shape(text_size);
  visit_fields(empty, [&](std::string_view name, const auto& field) {
    if (name == "id" || name == "provenance" || name == "confidence") return;
    fields += (fields.empty() ? "" : ", ") + std::string(name);
    if (const auto at = changes.find(std::string(name)); wrong.empty() && at != changes.end() && !shape.fits(*at, field))
      wrong = "the value of " + std::string(name) +
              " does not have its shape (docs/record.md): " + at->dump(-1, ' ', false, Json::error_handler_t::replace);
  });
  for (const auto& [name, value] : changes.items()) {
    const std::string wanted = ", " + fields + ",";
    if (wanted.find(", " + name + ",") == std::string::npos) return "no field \"" + name + "\" to change; expected " + fields;
  }
  return wrong;
}

std::string wrong_change(char kind, const Json& changes, std::uint64_t text_size) {
  switch (kind) {
    case 'e':
      return wrong_change<Event>(changes, text_size);
    case 's':
      return wrong_change<Statement>(changes, text_size);
    case 'c':
      return wrong_change<Commitment>(changes, text_size);
    case 'g':
      return wrong_change<Agreement>(changes, text_size);
    case 't':
      return wrong_change<Timex>(changes, text_size);
    default:
      return wrong_change<Place>(changes, text_size);
  }
}

constexpr const char* correction_columns =
    "SELECT correction_id, id, decision, changes, note, author, set_at, coalesce(undone_by, ''), coalesce(undone_at, '') FROM corrections";

Ledger::Correction correction_of(const Sql& sql) {
  return {sql.integer(0), sql.text(1), sql.text(2), sql.text(3), sql.text(4), sql.text(5), sql.text(6), sql.text(7), sql.text(8)};
}

template <class Record>
void change(Record& record, const Json& changes) {
  visit_fields(record, [&](std::string_view name, auto& field) {
    const auto at = changes.find(std::string(name));
    if (at == changes.end()) return;
    field = {};
    load(*at, field);
  });
}

void forget(std::optional<std::string>& reference, const std::string& record) {
  if (reference == record) reference.reset();
}
void forget(std::vector<std::string>& references, const std::string& record) {
  references.erase(std::remove(references.begin(), references.end(), record), references.end());
}

/// Nothing points to a record any more.
void forget(Extraction& records, const std::string& record) {
  for (Event& event : records.events) {
    forget(event.same_as, record);
    forget(event.sources, record);
  }
  for (Statement& statement : records.statements) forget(statement.parent, record);
  for (Commitment& commitment : records.commitments) {
    forget(commitment.same_as, record);
    forget(commitment.sources, record);
    forget(commitment.agreement, record);
  }
  for (Agreement& agreement : records.agreements) forget(agreement.stipulations, record);
}

/// Changes the record of that id, or marks it as rejected. `id_of(record, position)`.
template <class Record, class IdOf>
bool correct(std::vector<Record>& records, const std::string& id, const Ledger::Correction& correction, IdOf id_of,
             std::vector<std::string>& rejected) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (id_of(records[i], i) != id) continue;
    if (correction.decision == "reject") rejected.push_back(id);
    if (correction.decision == "change") change(records[i], Json::parse(correction.changes, nullptr, false));
    return true;
  }
  return false;
}

template <class Record, class IdOf>
void leave_out(std::vector<Record>& records, const std::vector<std::string>& rejected, IdOf id_of) {
  std::vector<Record> kept;
  for (std::size_t i = 0; i < records.size(); ++i)
    if (std::find(rejected.begin(), rejected.end(), id_of(records[i], i)) == rejected.end()) kept.push_back(std::move(records[i]));
  records = std::move(kept);
}

}  // namespace

Result<Ledger::Correction> Ledger::set_correction(const Correction& correction) {
  if (std::find(std::begin(decisions), std::end(decisions), correction.decision) == std::end(decisions))
    return Error{ErrorCode::usage, "no decision \"" + correction.decision + "\"; expected accept, reject or change", "", {}};
  if (correction.author.empty()) return Error{ErrorCode::usage, "a correction needs the name of who makes it", "", {}};
  const auto found = find_record(impl_->db, impl_->path, correction.record);
  if (!found) return found.error();
  const Json changes = Json::parse(correction.changes, nullptr, false);
  if (!changes.is_object()) return Error{ErrorCode::usage, "changes are not a JSON object of fields and values", "", {}};
  if ((correction.decision == "change") == changes.empty())
    return Error{ErrorCode::usage, changes.empty() ? "a change needs the fields to change" : "only the decision change takes changes", "", {}};
  if (const std::string wrong = wrong_change(found->name.record[0], changes, found->text_size); !wrong.empty())
    return Error{ErrorCode::usage, wrong, "", {}};
  Sql sql(
      impl_->db,
      "INSERT INTO correction_row (article_id, record, kind, begin, end, nth, decision, changes, note, author, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?)");
  sql.bind(1, found->name.article);
  sql.bind(2, found->name.record);
  sql.bind(3, std::string_view(found->name.record).substr(0, 1));
  sql.bind(4, found->begin);
  sql.bind(5, found->end);
  sql.bind(6, found->nth);
  sql.bind(7, correction.decision);
  sql.bind(8, changes.dump(-1, ' ', false, Json::error_handler_t::replace));
  sql.bind(9, correction.note);
  sql.bind(10, correction.author);
  sql.bind(11, correction.at);
  if (!sql.run()) return impl_->error();
  Correction out = correction;
  out.id = sqlite3_last_insert_rowid(impl_->db);
  out.record = found->name.id;
  return out;
}

Result<std::vector<Ledger::Correction>> Ledger::corrections(const CorrectionFilter& filter) const {
  if (!has_corrections(impl_->db)) return std::vector<Correction>();
  std::string record, article = filter.article;
  if (!filter.record.empty()) {
    const auto found = find_record(impl_->db, impl_->path, filter.record);
    if (!found) return found.error();
    record = found->name.record;
    article = found->name.article;
  }
  std::string sql = correction_columns;
  std::vector<std::string> values;
  const auto where = [&](const std::string& condition, const std::string& value) {
    if (value.empty()) return;
    sql += (values.empty() ? " WHERE " : " AND ") + condition;
    values.push_back(value);
  };
  where("article_id >= ?", article);
  where("article_id < ? || 'g'", article);
  where("record = ?", record);
  where("author = ?", filter.author);
  if (!filter.undone) {
    sql += values.empty() ? " WHERE " : " AND ";
    sql += "correction_id IN (SELECT correction_id FROM current_correction)";
  }
  Sql rows(impl_->db, sql + " ORDER BY correction_id");
  for (std::size_t i = 0; i < values.size(); ++i) rows.bind(static_cast<int>(i) + 1, values[i]);
  std::vector<Correction> out;
  int code = rows.step();
  for (; code == SQLITE_ROW; code = rows.step()) out.push_back(correction_of(rows));
  if (code != SQLITE_DONE) return impl_->error();
  return out;
}

Result<Ledger::Correction> Ledger::undo_correction(const std::string& record, const std::string& author, const std::string& at) {
  return take_back_last(impl_->db, impl_->path, corrections({record, "", "", true}), {"correction_undo", "correction", "of \"" + record + "\""},
                        author, at);
}

std::vector<std::string> apply_corrections(Ledger::StoredReading& reading, const std::vector<Ledger::Correction>& corrections, bool unreviewed) {
  const auto own_id = [](const auto& record, std::size_t) { return record.id; };
  const auto timex_id = [](const Timex&, std::size_t i) { return "t" + std::to_string(i + 1); };
  const auto place_id = [](const Place&, std::size_t i) { return "p" + std::to_string(i + 1); };
  std::vector<std::string> reviewed, rejected;
  Extraction& records = reading.records;
  for (const Ledger::Correction& correction : corrections) {
    const auto colon = correction.record.find(':');
    if (colon == std::string::npos || !reading.article_id.starts_with(std::string_view(correction.record).substr(0, colon))) continue;
    const std::string id = correction.record.substr(colon + 1);
    if (correct(records.events, id, correction, own_id, rejected) || correct(records.statements, id, correction, own_id, rejected) ||
        correct(records.commitments, id, correction, own_id, rejected) || correct(records.agreements, id, correction, own_id, rejected) ||
        correct(reading.timexes, id, correction, timex_id, rejected) || correct(reading.places, id, correction, place_id, rejected))
      reviewed.push_back(id);
  }
  if (!reviewed.empty() && !unreviewed) {
    const auto reject_rest = [&](const auto& all, auto id_of) {
      for (std::size_t i = 0; i < all.size(); ++i)
        if (std::find(reviewed.begin(), reviewed.end(), id_of(all[i], i)) == reviewed.end()) rejected.push_back(id_of(all[i], i));
    };
    reject_rest(records.events, own_id);
    reject_rest(records.statements, own_id);
    reject_rest(records.commitments, own_id);
    reject_rest(records.agreements, own_id);
    reject_rest(reading.timexes, timex_id);
    reject_rest(reading.places, place_id);
  }
  leave_out(records.events, rejected, own_id);
  leave_out(records.statements, rejected, own_id);
  leave_out(records.commitments, rejected, own_id);
  leave_out(records.agreements, rejected, own_id);
  leave_out(reading.timexes, rejected, timex_id);
  leave_out(reading.places, rejected, place_id);
  for (const std::string& id : rejected) forget(records, id);
  return reviewed;
}

}  // namespace masudi
