#include "review.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace masudi::serve {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : std::string(); }

std::string text_of(const Json& object, const char* name) {
  const auto at = object.find(name);
  return at == object.end() ? std::string() : text_of(*at);
}

std::vector<std::string> texts_of(const Json& list) {
  std::vector<std::string> out;
  if (list.is_array())
    for (const Json& item : list)
      if (item.is_string()) out.push_back(item.get<std::string>());
  return out;
}

std::optional<std::uint32_t> begin_of(const Json& span) {
  const auto at = span.is_object() ? span.find("begin") : span.end();
  return span.is_object() && at != span.end() && at->is_number_unsigned() ? std::optional(at->get<std::uint32_t>()) : std::nullopt;
}

/// A correction that counts.
struct Said {
  std::string decision;
  Json changes;
};

class Reviewer {
 public:
  Reviewer(sqlite3* db, const std::string& path, Columns& columns, Originals& originals)
      : db_(db), path_(path), columns_(columns), originals_(originals) {}

  Result<void> run() {
    take_out();
    const bool good = verdicts() && corrections();
    if (!good) return sqlite_error(db_, path_);
    for (const auto& [reading, said] : said_) {
      article_ = columns_.article_of(reading);
      if (!article_) continue;
      records(reading, said);
      if (changed(said, 's', "source") || changed(said, 'e', "sources") || changed(said, 'c', "sources")) vouchers(reading, said);
      if (changed(said, 'p', "")) points(reading, said);
      whole_article(said);
    }
    columns_.fold_new();
    return {};
  }

 private:
  using Records = std::map<std::string, Said>;

  void take_out() {
    for (auto& [row, original] : originals_.rows) *row = original;
    originals_.rows.clear();
    if (originals_.parties == 0 && originals_.points == 0) {
      originals_.parties = columns_.parties.size();
      originals_.sources = columns_.sources.size();
      originals_.points = columns_.points.size();
    }
    columns_.parties.resize(originals_.parties);
    columns_.sources.resize(originals_.sources);
    columns_.points.resize(originals_.points);
  }

  /// The row of a record, to be changed; the row as it was is kept, once.
  Row* touch(Row* row) {
    if (row != nullptr) originals_.rows.try_emplace(row, *row);
    return row;
  }

  bool verdicts() {
    Sql sql(db_,
            "SELECT c.reading_id, c.record, v.verdict FROM current_verdict c JOIN verdict_row v USING (verdict_id) ORDER BY c.reading_id, c.record");
    const int slot = slot_of(Kind::commitments, Attribute::verdict);
    int code = sql.step();
    for (; code == SQLITE_ROW; code = sql.step()) {
      Row* row = touch(columns_.find(Kind::commitments, sql.integer(0), number_of(sql.text(1))));
      if (row == nullptr) continue;
      row->value[slot] = columns_.word(sql.text(2));
      // Other tellings of it in the article share it, unless they have one of their own.
      for (Row& other : columns_.of_article(Kind::commitments, row->article)) {
        if (other.same_as != row->number) continue;
        Row* telling = touch(&other);
        if (columns_.words[telling->value[slot]] == "open") telling->value[slot] = row->value[slot];
      }
    }
    return code == SQLITE_DONE;
  }

  bool corrections() {
    Sql sql(db_, "SELECT c.reading_id, c.record, k.decision, k.changes FROM current_correction c JOIN correction_row k USING (correction_id)");
    int code = sql.step();
    for (; code == SQLITE_ROW; code = sql.step()) {
      Json changes = Json::parse(sql.text(3), nullptr, false);
      if (!changes.is_object()) changes = Json::object();
      said_[sql.integer(0)].insert_or_assign(sql.text(1), Said{sql.text(2), std::move(changes)});
    }
    return code == SQLITE_DONE;
  }

  /// Was a field of a kind's records changed ("" for any), or one of them rejected?
  static bool changed(const Records& said, char letter, const char* field) {
    return std::any_of(said.begin(), said.end(), [&](const auto& entry) {
      if (entry.first[0] != letter) return false;
      const Said& one = entry.second;
      return one.decision == "reject" || (*field == '\0' ? !one.changes.empty() : one.changes.contains(field));
    });
  }

  void records(std::int64_t reading, const Records& said) {
    for (const auto& [record, one] : said)
      for (const Kind kind : {Kind::events, Kind::statements, Kind::commitments}) {
        if (record.empty() || record[0] != letter_of(kind)) continue;
        Row* row = touch(columns_.find(kind, reading, number_of(record)));
        if (row == nullptr) continue;
        row->value[slot_of(kind, Attribute::review)] = columns_.word(one.decision);
        change(kind, *row, one.changes);
      }
  }

  void change(Kind kind, Row& row, const Json& changes) {
    constexpr std::pair<const char*, Attribute> fields[] = {
        {"type", Attribute::type},     {"mode", Attribute::mode},           {"anonymity", Attribute::anonymity},
        {"stance", Attribute::stance}, {"certainty", Attribute::certainty}, {"kind", Attribute::kind_of},
        {"status", Attribute::status}, {"force", Attribute::force},         {"polarity", Attribute::polarity},
    };
    for (const auto& [name, value] : changes.items()) {
      for (const auto& [field, attribute] : fields)
        if (const int slot = slot_of(kind, attribute); slot >= 0 && name == field) row.value[slot] = columns_.word(text_of(value));
      if (parse_role(name)) parties(row, *parse_role(name), value);
      if (kind == Kind::events) change_event(row, name, value);
      if (kind == Kind::statements && name == "via") row.via = value.is_null() ? 0 : columns_.vias.add(words_of(value));
      if (kind == Kind::commitments && name == "deadline") row.due = value.is_object() ? day_number(text_of(value, "end")) : no_day;
      if (kind == Kind::commitments && name == "same_as") row.same_as = number_of(text_of(value));
    }
  }

  void change_event(Row& row, const std::string& name, const Json& value) {
    if (name == "type") {
      const auto quad = columns_.quads.find(text_of(value));
      row.value[slot_of(Kind::events, Attribute::quad)] = quad == columns_.quads.end() ? std::uint16_t{0} : columns_.word(quad->second);
    }
    if (name == "date") {
      const std::int32_t published = columns_.articles[row.article].published;
      row.begin = value.is_object() ? day_number(text_of(value, "begin")) : published;
      row.end = value.is_object() ? day_number(text_of(value, "end")) : published;
    }
    if (name == "contexts") row.contexts = Columns::bits(columns_.contexts, texts_of(value), Columns::most_contexts);
    if (name == "aux") row.aux = static_cast<std::uint8_t>(Columns::bits(columns_.aux, texts_of(value), Columns::most_aux));
    if (name == "place") {
      const std::string country = value.is_object() ? text_of(value, "country") : "";
      row.value[slot_of(Kind::events, Attribute::place_country)] = columns_.word(country);
      row.point = value.is_object() ? known_point(text_of(value, "name"), country) : 0;
    }
  }

  /// A place of the ledger of that name, the most exact one; else a place without a point.
  std::uint32_t known_point(const std::string& name, const std::string& country) {
    PlacePoint wanted;
    wanted.name = columns_.places.add(name);
    wanted.country = columns_.word(country);
    wanted.precision = columns_.word("none");
    std::uint32_t found = 0;
    for (std::uint32_t i = 1; i < columns_.points.size(); ++i) {
      const PlacePoint& point = columns_.points[i];
      if (point.name != wanted.name || point.country != wanted.country) continue;
      if (found == 0 || (point.has_point && !columns_.points[found].has_point)) found = i;
    }
    return found != 0 ? found : add_point(wanted);
  }

  std::uint32_t add_point(const PlacePoint& point) {
    columns_.points.push_back(point);
    return static_cast<std::uint32_t>(columns_.points.size() - 1);
  }

  /// The parties of a row again, with those of one role as a person gave them.
  void parties(Row& row, Role role, const Json& given) {
    const auto begin = static_cast<std::uint32_t>(columns_.parties.size());
    for (auto i = row.party; i < row.party_end; ++i)
      if (const RowParty kept = columns_.parties[i]; kept.role != role) columns_.parties.push_back(kept);
    for (const Json& entity : given.is_array() ? given : Json::array({given})) {
      if (!entity.is_object()) continue;
      RowParty party;
      const std::string name = text_of(entity, "name");
      party.named = !name.empty();
      party.name = columns_.names.add(party.named ? name : words_of(entity.value("text", Json::object())));
      party.country = columns_.word(text_of(entity, "country"));
      party.sector = columns_.word(text_of(entity, "sector"));
      party.role = role;
      columns_.parties.push_back(party);
    }
    row.party = begin;
    row.party_end = static_cast<std::uint32_t>(columns_.parties.size());
  }

  /// The words of a span of the article: changes hold its bytes.
  std::string words_of(const Json& span) const {
    const auto begin = begin_of(span);
    if (!begin || !span.contains("end") || !span["end"].is_number_unsigned() || span["end"].get<std::uint64_t>() <= *begin) return "";
    Sql sql(db_,
            "SELECT CAST(substr(CAST(a.text AS BLOB), ?2, ?3) AS TEXT) FROM reading r JOIN article a USING (article_id) WHERE r.reading_id = ?1");
    sql.bind(1, columns_.articles[*article_].reading);
    sql.bind(2, static_cast<std::int64_t>(*begin) + 1);
    sql.bind(3, static_cast<std::int64_t>(span["end"].get<std::uint64_t>() - *begin));
    return sql.step() == SQLITE_ROW ? sql.text(0) : "";
  }

  /// Who vouches for the article's events and commitments: the statements as they are now, without rejected ones.
  void vouchers(std::int64_t reading, const Records& said) {
    for (const auto& [kind, table] : {std::pair{Kind::events, "event_row"}, std::pair{Kind::commitments, "commitment_row"}}) {
      Sql sql(db_, "SELECT id, sources FROM " + std::string(table) + " WHERE reading_id = ?");
      sql.bind(1, reading);
      while (sql.step() == SQLITE_ROW) {
        const std::string record = sql.text(0);
        Row* row = touch(columns_.find(kind, reading, number_of(record)));
        if (row == nullptr) continue;
        Json sources = Json::parse(sql.text(1), nullptr, false);
        if (const auto own = said.find(record); own != said.end() && own->second.changes.contains("sources"))
          sources = own->second.changes["sources"];
        row->source = static_cast<std::uint32_t>(columns_.sources.size());
        for (const std::string& id : texts_of(sources)) {
          const auto judged = said.find(id);
          if (judged != said.end() && judged->second.decision == "reject") continue;
          const Row* statement = columns_.find(Kind::statements, reading, number_of(id));
          for (auto i = statement == nullptr ? 0U : statement->party; statement != nullptr && i < statement->party_end; ++i)
            columns_.sources.push_back(columns_.parties[i]);
        }
        row->source_end = static_cast<std::uint32_t>(columns_.sources.size());
      }
    }
  }

  /// Events whose place record was changed or rejected: the mark on the map moves, or goes.
  void points(std::int64_t reading, const Records& said) {
    Sql places(db_, "SELECT id, begin, name, country, kind, lat, lon, precision FROM place_row WHERE reading_id = ?");
    places.bind(1, reading);
    std::map<std::uint32_t, std::optional<PlacePoint>> moved;  // by where the place stands; nothing where it was rejected
    while (places.step() == SQLITE_ROW) {
      const auto judged = said.find(places.text(0));
      if (judged == said.end() || judged->second.decision == "accept") continue;
      auto& point = moved[static_cast<std::uint32_t>(places.integer(1))];
      if (judged->second.decision == "reject") continue;
      const Json& changes = judged->second.changes;
      const auto text = [&](const char* name, int column) { return changes.contains(name) ? text_of(changes, name) : places.text(column); };
      const auto degrees = [&](const char* name, int column) -> std::optional<double> {
        if (changes.contains(name)) return changes[name].is_number() ? std::optional(changes[name].get<double>()) : std::nullopt;
        return places.type(column) == SQLITE_NULL ? std::nullopt : std::optional(places.real(column));
      };
      point.emplace();
      point->name = columns_.places.add(text("name", 2));
      point->country = columns_.word(text("country", 3));
      point->kind = columns_.word(text("kind", 4));
      point->precision = columns_.word(text("precision", 7));
      const auto lat = degrees("lat", 5), lon = degrees("lon", 6);
      point->has_point = lat && lon;
      if (point->has_point) point->lat = *lat, point->lon = *lon;
    }
    Sql events(db_, "SELECT id, place FROM event_row WHERE reading_id = ? AND place IS NOT NULL");
    events.bind(1, reading);
    while (events.step() == SQLITE_ROW) {
      const std::string record = events.text(0);
      if (const auto own = said.find(record); own != said.end() && own->second.changes.contains("place")) continue;
      const Json place = Json::parse(events.text(1), nullptr, false);
      const auto begin = place.is_object() ? begin_of(place.value("text", Json::object())) : std::nullopt;
      const auto found = begin ? moved.find(*begin) : moved.end();
      if (found == moved.end()) continue;
      Row* row = touch(columns_.find(Kind::events, reading, number_of(record)));
      if (row == nullptr) continue;
      row->point = found->second ? add_point(*found->second) : 0;
      row->value[slot_of(Kind::events, Attribute::place_country)] = found->second ? found->second->country : std::uint16_t{0};
    }
  }

  /// The article's own row has the parties of all its records, as they are now.
  void whole_article(const Records& said) {
    constexpr const char* fields[] = {"actor", "recipient", "source", "debtor", "creditor"};
    const bool others = std::any_of(said.begin(), said.end(), [&](const auto& entry) {
      return entry.second.decision == "reject" ||
             std::any_of(std::begin(fields), std::end(fields), [&](const char* field) { return entry.second.changes.contains(field); });
    });
    if (!others) return;
    Row& whole = *touch(&columns_.of(Kind::articles)[*article_]);
    const auto begin = static_cast<std::uint32_t>(columns_.parties.size());
    for (auto i = whole.party; i < whole.party_end; ++i)
      if (const RowParty bound = columns_.parties[i]; bound.role == Role::party) columns_.parties.push_back(bound);
    for (const Kind kind : {Kind::events, Kind::statements, Kind::commitments})
      for (const Row& row : columns_.of_article(kind, *article_)) {
        if (columns_.words[row.value[slot_of(kind, Attribute::review)]] == "reject") continue;
        for (auto i = row.party; i < row.party_end; ++i) {
          const RowParty party = columns_.parties[i];
          columns_.parties.push_back(party);
        }
      }
    whole.party = begin;
    whole.party_end = static_cast<std::uint32_t>(columns_.parties.size());
  }

  sqlite3* db_;
  const std::string& path_;
  Columns& columns_;
  Originals& originals_;
  std::map<std::int64_t, Records> said_;  // by reading
  std::optional<std::uint32_t> article_;  // the one in hand
};

}  // namespace

Result<void> load_review(sqlite3* db, const std::string& path, Columns& columns, Originals& originals) {
  return Reviewer(db, path, columns, originals).run();
}

}  // namespace masudi::serve
