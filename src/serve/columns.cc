#include "columns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <nlohmann/json.hpp>

namespace masudi::serve {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kind_names[] = {"events", "statements", "commitments", "articles"};
constexpr char kind_letters[] = {'e', 's', 'c', 'a'};
constexpr std::string_view role_names[] = {"actor", "recipient", "source", "debtor", "creditor", "party"};
constexpr std::size_t percent_a_pass = 16;  // of six passes that take time
constexpr std::size_t most_words = 65535;   // of a vocabulary that is a closed list in every ledger of ours

/// The strings of a JSON list, remembered: most lists of a ledger are the same few.
class Lists {
 public:
  const std::vector<std::string>& operator()(const std::string& json) {
    const auto [at, fresh] = known_.try_emplace(json);
    if (fresh) {
      const Json list = Json::parse(json, nullptr, false);
      if (list.is_array())
        for (const Json& item : list)
          if (item.is_string()) at->second.push_back(item.get<std::string>());
    }
    return at->second;
  }

 private:
  std::unordered_map<std::string, std::vector<std::string>> known_;
};

struct PlaceAt {
  std::uint32_t article, begin, point;
};

class Loader {
 public:
  Loader(sqlite3* db, const std::string& path, const Lexicon& lexicon, LoadWatch& watch)
      : db_(db), path_(path), watch_(watch), out_(std::make_unique<Columns>()) {
    out_->points.emplace_back();
    for (const char* word : {"none", "accept", "reject", "change", "open"}) out_->word(word);
    if (const auto* table = lexicon.table("plover"))
      for (std::uint32_t i = 0; i < table->size(); ++i) out_->quads.emplace(table->row(i)["type"], table->row(i)["quad"]);
  }

  Result<std::unique_ptr<Columns>> load() {
    const bool good = articles() && sentences() && parties() && places() && statements() && events() && commitments() && rejects();
    if (watch_.stop) return Error{ErrorCode::io, "stopped", path_, {}};
    if (!good) return sqlite_error(db_, path_);
    if (out_->words.size() > most_words) return Error{ErrorCode::corrupt_store, "not a ledger of news: too many types, codes and stances", path_, {}};
    out_->fold_new();
    return std::move(out_);
  }

 private:
  /// Calls `row` for each answer, with the index of its article (column 0 is the reading).
  template <class Take>
  bool each(const std::string& text, Take take) {
    Sql sql(db_, text);
    std::size_t at = 0;
    const auto& articles = out_->articles;
    const unsigned before = watch_.percent;
    int code = sql.step();
    for (; code == SQLITE_ROW && !watch_.stop; code = sql.step()) {
      const std::int64_t reading = sql.integer(0);
      while (at < articles.size() && articles[at].reading < reading) {
        ++at;
        watch_.percent = before + static_cast<unsigned>(at * percent_a_pass / articles.size());
      }
      if (at == articles.size()) break;
      if (articles[at].reading == reading) take(static_cast<std::uint32_t>(at), sql);  // others are superseded
    }
    return code == SQLITE_DONE || code == SQLITE_ROW;
  }

  bool articles() {
    Sql sql(db_,
            "SELECT r.reading_id, substr(a.article_id, 1, 12), a.outlet, a.published FROM reading r CROSS JOIN article a USING (article_id) WHERE "
            "r.superseded_by IS NULL ORDER BY r.reading_id");
    int code = sql.step();
    for (; code == SQLITE_ROW; code = sql.step()) {
      ArticleKey key;
      key.reading = sql.integer(0);
      const std::string id = sql.text(1);
      std::memcpy(static_cast<char*>(key.id), id.data(), std::min<std::size_t>(id.size(), 12));
      key.outlet = out_->outlets.add(sql.text(2));
      key.published = day_number(sql.text(3));
      out_->articles.push_back(key);
    }
    Sql all(db_, "SELECT max(reading_id), count(superseded_by) FROM reading");
    if (all.step() == SQLITE_ROW) {
      out_->last_reading = static_cast<std::uint64_t>(all.integer(0));
      out_->superseded = static_cast<std::uint64_t>(all.integer(1));
    }
    return code == SQLITE_DONE;
  }

  bool sentences() {
    auto& rows = out_->of(Kind::articles);
    rows.resize(out_->articles.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
      rows[i].article = i;
      rows[i].begin = rows[i].end = out_->articles[i].published;
      rows[i].sentences = 0;
      review(Kind::articles, rows[i]);
    }
    return each("SELECT reading_id, min(sentence_id), count(*) FROM sentence GROUP BY reading_id", [&](std::uint32_t article, const Sql& sql) {
      rows[article].sentence = static_cast<std::uint32_t>(sql.integer(1));
      rows[article].sentences = static_cast<std::uint32_t>(sql.integer(2));
      out_->last_sentence = std::max(out_->last_sentence, rows[article].sentence + rows[article].sentences);
    });
  }

  bool parties() {
    party_record_.clear();
    auto& rows = out_->of(Kind::articles);
    return each(
        "SELECT reading_id, record, role, coalesce(name, text), name IS NOT NULL, country, sector FROM participant ORDER BY reading_id, record",
        [&](std::uint32_t article, const Sql& sql) {
          const std::string record = sql.text(1), role = sql.text(2);
          RowParty party;
          party.name = out_->names.add(sql.text(3));
          party.named = sql.integer(4) != 0;
          party.country = out_->word(sql.text(5));
          party.sector = out_->word(sql.text(6));
          const auto known = parse_role(role);
          if (!known) return;
          party.role = *known;
          const auto at = static_cast<std::uint32_t>(out_->parties.size());
          if (rows[article].party_end == 0) rows[article].party = at;
          rows[article].party_end = at + 1;
          out_->parties.push_back(party);
          party_record_.push_back({record.empty() ? ' ' : record[0], number_of(record)});
        });
  }

  bool places() {
    std::unordered_map<std::string, std::uint32_t> known;
    return each("SELECT reading_id, begin, name, country, kind, lat, lon, precision FROM place_row ORDER BY reading_id",
                [&](std::uint32_t article, const Sql& sql) {
                  std::string key;
                  for (int c = 2; c < 8; ++c) key += sql.text(c) + '\x1f';
                  const auto [at, fresh] = known.try_emplace(std::move(key), static_cast<std::uint32_t>(out_->points.size()));
                  if (fresh) {
                    PlacePoint point;
                    point.name = out_->places.add(sql.text(2));
                    point.country = out_->word(sql.text(3));
                    point.kind = out_->word(sql.text(4));
                    point.has_point = sql.type(5) != SQLITE_NULL && sql.type(6) != SQLITE_NULL;
                    if (point.has_point) {
                      point.lat = sql.real(5);
                      point.lon = sql.real(6);
                    }
                    point.precision = out_->word(sql.text(7));
                    out_->points.push_back(point);
                  }
                  places_.push_back({article, static_cast<std::uint32_t>(sql.integer(1)), at->second});
                });
  }

  /// The parties of a record of an article: they stand together.
  void take_parties(std::uint32_t article, char letter, std::uint32_t number, Row& row) const {
    const Row& whole = out_->of(Kind::articles)[article];
    auto at = whole.party;
    const auto is_own = [&](std::uint32_t i) { return party_record_[i].first == letter && party_record_[i].second == number; };
    while (at < whole.party_end && !is_own(at)) ++at;
    row.party = row.party_end = at;
    while (row.party_end < whole.party_end && is_own(row.party_end)) ++row.party_end;
  }

  void take_sources(std::uint32_t article, const std::string& json, Row& row) {
    row.source = row.source_end = static_cast<std::uint32_t>(out_->sources.size());
    for (const std::string& id : lists_(json)) {
      Row said;
      take_parties(article, 's', number_of(id), said);
      for (auto i = said.party; i < said.party_end; ++i) {
        out_->sources.push_back(out_->parties[i]);
        ++row.source_end;
      }
    }
  }

  Row& start(Kind kind, std::uint32_t article, const Sql& sql) {
    Row& row = out_->of(kind).emplace_back();
    row.article = article;
    row.sentence = out_->of(Kind::articles)[article].sentence + static_cast<std::uint32_t>(sql.integer(1));
    row.number = number_of(sql.text(2));
    row.confidence = static_cast<float>(sql.real(3));
    row.begin = row.end = out_->articles[article].published;
    take_parties(article, kind_letters[static_cast<std::size_t>(kind)], row.number, row);
    review(kind, row);
    return row;
  }

  void review(Kind kind, Row& row) {
    if (none_ == 0) none_ = out_->word("none");
    row.value[slot_of(kind, Attribute::review)] = none_;
  }

  bool statements() {
    return each("SELECT reading_id, sentence, id, confidence, anonymity, stance, certainty, kind, via FROM statement_row ORDER BY reading_id",
                [&](std::uint32_t article, const Sql& sql) {
                  Row& row = start(Kind::statements, article, sql);
                  for (int c = 0; c < 4; ++c) row.value[c] = out_->word(sql.text(4 + c));
                  row.via = out_->vias.add(sql.text(8));
                });
  }

  bool events() {
    std::unordered_map<std::uint16_t, std::uint16_t> quads;
    auto at = places_.cbegin();
    return each(
        "SELECT reading_id, sentence, id, confidence, type, mode, contexts, date_begin, date_end, aux, sources, score, json_extract(place, "
        "'$.country'), json_extract(place, '$.text.begin'), json_extract(place, '$.name') FROM event_row ORDER BY reading_id",
        [&](std::uint32_t article, const Sql& sql) {
          Row& row = start(Kind::events, article, sql);
          row.value[0] = out_->word(sql.text(4));
          row.value[1] = out_->word(sql.text(5));
          const auto [quad, fresh] = quads.try_emplace(row.value[0]);
          if (fresh) {
            const auto found = out_->quads.find(sql.text(4));
            quad->second = found == out_->quads.end() ? std::uint16_t{0} : out_->word(found->second);
          }
          row.value[2] = quad->second;
          row.value[3] = out_->word(sql.text(12));
          row.contexts = Columns::bits(out_->contexts, lists_(sql.text(6)), Columns::most_contexts);
          row.aux = static_cast<std::uint8_t>(Columns::bits(out_->aux, lists_(sql.text(9)), Columns::most_aux));
          if (const auto begin = day_number(sql.text(7)), end = day_number(sql.text(8)); begin != no_day && end != no_day) {
            row.begin = begin;
            row.end = end;
          }
          take_sources(article, sql.text(10), row);
          row.score = static_cast<float>(sql.real(11));
          if (sql.type(13) == SQLITE_NULL) return;
          const auto begin = static_cast<std::uint32_t>(sql.integer(13));
          while (at != places_.cend() && at->article < article) ++at;
          for (auto place = at; place != places_.cend() && place->article == article; ++place)
            if (place->begin == begin) {
              row.point = place->point;
              return;
            }
          PlacePoint nowhere;  // a place that no place record stands for
          nowhere.name = out_->places.add(sql.text(14));
          nowhere.country = row.value[3];
          nowhere.precision = out_->word("none");
          const auto [known, is_new] = nowhere_.try_emplace({nowhere.name, nowhere.country}, static_cast<std::uint32_t>(out_->points.size()));
          if (is_new) out_->points.push_back(nowhere);
          row.point = known->second;
        });
  }

  bool commitments() {
    const auto open = out_->word("open");
    return each(
        "SELECT reading_id, sentence, id, confidence, status, force, polarity, deadline_end, sources, same_as FROM commitment_row ORDER BY "
        "reading_id",
        [&](std::uint32_t article, const Sql& sql) {
          Row& row = start(Kind::commitments, article, sql);
          row.value[0] = out_->word(sql.text(4));
          row.value[1] = open;
          row.value[2] = out_->word(sql.text(5));
          row.value[3] = out_->word(sql.text(6));
          row.due = day_number(sql.text(7));
          take_sources(article, sql.text(8), row);
          row.same_as = number_of(sql.text(9));
        });
  }

  bool rejects() {
    Sql sql(db_, "SELECT count(*) FROM reject");
    if (sql.step() != SQLITE_ROW) return false;
    out_->rejects = static_cast<std::uint64_t>(sql.integer(0));
    return true;
  }

  struct PairHash {
    std::size_t operator()(const std::pair<std::uint32_t, std::uint16_t>& pair) const {
      return std::hash<std::uint64_t>()((std::uint64_t{pair.first} << 16U) | pair.second);
    }
  };

  sqlite3* db_;
  std::string path_;
  LoadWatch& watch_;
  std::unique_ptr<Columns> out_;
  Lists lists_;
  std::uint16_t none_ = 0;
  std::vector<std::pair<char, std::uint32_t>> party_record_;  // of each party: kind and number of its record
  std::vector<PlaceAt> places_;
  std::unordered_map<std::pair<std::uint32_t, std::uint16_t>, std::uint32_t, PairHash> nowhere_;
};

}  // namespace

std::uint32_t Words::add(std::string_view text) {
  if (const auto found = numbers_.find(text); found != numbers_.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(&numbers_.emplace(std::string(text), number).first->first);
  return number;
}

std::optional<std::uint32_t> Words::find(std::string_view text) const {
  const auto found = numbers_.find(text);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::string_view to_string(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view text) {
  for (std::size_t i = 0; i < kind_count; ++i)
    if (text == kind_names[i]) return static_cast<Kind>(i);
  return std::nullopt;
}

int slot_of(Kind kind, Attribute attribute) {
  using enum Attribute;
  constexpr std::array<std::array<Attribute, 6>, 3> slots = {{{type, mode, quad, place_country, review, review},
                                                              {anonymity, stance, certainty, kind_of, review, review},
                                                              {status, verdict, force, polarity, review, review}}};
  if (kind == Kind::articles) return attribute == review ? 4 : -1;
  const auto& own = slots[static_cast<std::size_t>(kind)];
  const auto* at = std::find(own.begin(), own.end(), attribute);
  return at == own.end() ? -1 : static_cast<int>(at - own.begin());
}

std::string Columns::id(Kind kind, const Row& row) const {
  const std::string article = static_cast<const char*>(articles[row.article].id);
  return kind == Kind::articles ? article : article + ":" + letter_of(kind) + std::to_string(row.number);
}

std::optional<std::uint32_t> Columns::article_of(std::int64_t reading) const {
  const auto found =
      std::lower_bound(articles.begin(), articles.end(), reading, [](const ArticleKey& key, std::int64_t id) { return key.reading < id; });
  if (found == articles.end() || found->reading != reading) return std::nullopt;
  return static_cast<std::uint32_t>(found - articles.begin());
}

const Row* Columns::find(Kind kind, std::int64_t reading, std::uint32_t number) const {
  const auto article = article_of(reading);
  if (!article) return nullptr;
  for (const Row& row : of_article(kind, *article))
    if (row.number == number) return &row;
  return nullptr;
}

std::span<const Row> Columns::of_article(Kind kind, std::uint32_t article) const {
  const auto& all = of(kind);
  const auto begin = std::lower_bound(all.begin(), all.end(), article, [](const Row& row, std::uint32_t wanted) { return row.article < wanted; });
  auto end = begin;
  while (end != all.end() && end->article == article) ++end;
  return {begin, end};
}

std::uint16_t Columns::word(std::string_view text) {
  const auto number = words.add(text);
  return number <= most_words ? static_cast<std::uint16_t>(number) : std::uint16_t{0};
}

std::uint64_t Columns::bits(std::vector<std::string>& words, const std::vector<std::string>& wanted, std::size_t most) {
  std::uint64_t out = 0;
  for (const std::string& word : wanted) {
    auto at = std::find(words.begin(), words.end(), word);
    if (at == words.end()) {
      if (words.size() == most) continue;
      at = words.insert(words.end(), word);
    }
    out |= std::uint64_t{1} << static_cast<std::size_t>(at - words.begin());
  }
  return out;
}

void Columns::fold_new() {
  const auto fold_all = [](const Words& all, std::vector<std::string>& folded) {
    while (folded.size() < all.size()) folded.push_back(fold(all[static_cast<std::uint32_t>(folded.size())]));
  };
  fold_all(names, folded_names);
  fold_all(outlets, folded_outlets);
  fold_all(places, folded_places);
  fold_all(vias, folded_vias);
}

char letter_of(Kind kind) { return kind_letters[static_cast<std::size_t>(kind)]; }

std::optional<Role> parse_role(std::string_view text) {
  const auto* found = std::find(std::begin(role_names), std::end(role_names), text);
  return found == std::end(role_names) ? std::nullopt : std::optional(static_cast<Role>(found - std::begin(role_names)));
}

std::uint32_t number_of(std::string_view record) {
  std::uint32_t out = 0;
  if (record.size() > 1) std::from_chars(record.data() + 1, record.data() + record.size(), out);
  return out;
}

Result<std::unique_ptr<Columns>> load_columns(sqlite3* db, const std::string& path, const Lexicon& lexicon, LoadWatch& watch) {
  return Loader(db, path, lexicon, watch).load();
}

std::int32_t day_number(std::string_view iso) {
  const auto day = parse_iso_day(iso);
  return day ? static_cast<std::int32_t>(day->time_since_epoch().count()) : no_day;
}

std::string day_text(std::int32_t day) { return day == no_day ? "" : to_iso(Day(std::chrono::days(day))); }

}  // namespace masudi::serve
