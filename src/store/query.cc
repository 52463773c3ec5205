#include <vector>

#include "ledger_impl.h"

namespace masudi {

namespace {

struct Condition {
  std::string sql;
  std::vector<Cell> values;
};

/// Words of a search; a "quoted phrase" stays together.
std::vector<std::string> terms(std::string_view words) {
  std::vector<std::string> out;
  bool in_phrase = false;
  std::string term;
  const auto finish = [&] {
    if (!term.empty()) out.push_back(std::move(term));
    term.clear();
  };
  for (const char c : words) {
    if (c == '"') {
      finish();
      in_phrase = !in_phrase;
    } else if (!in_phrase && (c == ' ' || c == '\t')) {
      finish();
    } else {
      term += c;
    }
  }
  finish();
  return out;
}

/// The same as FTS5 terms: each quoted, so that no word is an operator.
std::string match_expression(std::string_view words) {
  std::string out;
  for (const auto& term : terms(words)) out += (out.empty() ? "\"" : " \"") + term + "\"";
  return out;
}

bool is_letter(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// masudi_holds(text, term): does the term stand in the text as whole words? Case and diacritics do not count.
void holds(sqlite3_context* context, int, sqlite3_value** values) {
  const auto text_of = [](sqlite3_value* value) {
    const auto* bytes = sqlite3_value_text(value);
    if (bytes == nullptr) return std::string();
    return fold(std::string_view(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))));
  };
  const std::string text = text_of(values[0]), term = text_of(values[1]);
  int found = 0;
  for (auto at = text.find(term); at != std::string::npos && !term.empty(); at = text.find(term, at + 1)) {
    const auto end = at + term.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) {
      found = 1;
      break;
    }
  }
  sqlite3_result_int(context, found);
}

bool is_upper(std::string_view text) {
  for (const char c : text)
    if (c < 'A' || c > 'Z') return false;
  return !text.empty();
}

/// A party is a country code ("IRQ"), a code with a sector ("IRQ GOV"), or part of a name or of the words.
Condition party(std::string_view role, const std::string& wanted) {
  Condition out;
  out.sql = "EXISTS (SELECT 1 FROM participant p WHERE p.reading_id = v.reading_id AND p.record = v.record";
  if (!role.empty()) {
    out.sql += " AND p.role = ?";
    out.values.emplace_back(std::string(role));
  }
  const auto blank = wanted.find(' ');
  const std::string first = wanted.substr(0, blank), second = blank == std::string::npos ? "" : wanted.substr(blank + 1);
  if (first.size() == 3 && is_upper(first) && (second.empty() || (second.size() == 3 && is_upper(second)))) {
    out.sql += " AND p.country = ?";
    out.values.emplace_back(first);
    if (!second.empty()) {
      out.sql += " AND p.sector = ?";
      out.values.emplace_back(second);
    }
  } else {
    out.sql += " AND (instr(lower(coalesce(p.name, '')), lower(?)) > 0 OR instr(lower(p.text), lower(?)) > 0)";
    out.values.emplace_back(wanted);
    out.values.emplace_back(wanted);
  }
  out.sql += ")";
  return out;
}

struct Filter {
  const char* option;
  const std::string Query::*value;
  const char* kinds;  ///< letters of the kinds that have it: e, s, c
};
constexpr Filter filters[] = {{"--type", &Query::type, "e"},
                              {"--mode", &Query::mode, "e"},
                              {"--actor", &Query::actor, "e"},
                              {"--recipient", &Query::recipient, "e"},
                              {"--source", &Query::source, "s"},
                              {"--anonymity", &Query::anonymity, "s"},
                              {"--via", &Query::via, "s"},
                              {"--stance", &Query::stance, "s"},
                              {"--about", &Query::about, "s"},
                              {"--debtor", &Query::debtor, "c"},
                              {"--creditor", &Query::creditor, "c"},
                              {"--status", &Query::status, "c"},
                              {"--due-before", &Query::due_before, "c"},
                              {"--today", &Query::today, "c"},
                              {"--verdict", &Query::verdict, "c"}};

Result<std::vector<Condition>> conditions(const Query& query) {
  const char kind = query.kind == "events" ? 'e' : query.kind == "statements" ? 's' : query.kind == "commitments" ? 'c' : '?';
  if (kind == '?') return Error{ErrorCode::usage, "cannot query \"" + query.kind + "\"; expected events, statements or commitments", "", {}};
  for (const Filter& filter : filters)
    if (!(query.*filter.value).empty() && std::string_view(filter.kinds).find(kind) == std::string_view::npos)
      return Error{ErrorCode::usage, std::string(filter.option) + " does not apply to " + query.kind, "", {}};
  if (query.overdue && kind != 'c') return Error{ErrorCode::usage, "--overdue does not apply to " + query.kind, "", {}};
  if (query.overdue && query.today.empty()) return Error{ErrorCode::usage, "overdue on which day? give --today", "", {}};
  for (const auto* day : {&query.from, &query.to, &query.due_before, &query.today})
    if (!day->empty() && !parse_iso_day(*day)) return Error{ErrorCode::usage, "\"" + *day + "\" is not a day; expected YYYY-MM-DD", "", {}};

  std::vector<Condition> out;
  const auto equal = [&](const std::string& wanted, const std::string& sql) {
    if (!wanted.empty()) out.push_back({sql, {wanted}});
  };
  const std::string day = kind == 'e' ? "coalesce(v.date_begin, v.published)" : "v.published";
  const std::string last_day = kind == 'e' ? "coalesce(v.date_end, v.published)" : "v.published";
  equal(query.from, last_day + " >= ?");
  equal(query.to, day + " <= ?");
  equal(query.type, "v.type = upper(?)");
  equal(query.mode, "v.mode = ?");
  equal(query.anonymity, "v.anonymity = ?");
  equal(query.via, "instr(lower(coalesce(v.via, '')), lower(?)) > 0");
  equal(query.stance, "v.stance = ?");
  equal(query.status, "v.status = ?");
  for (const auto& term : terms(query.about)) out.push_back({"masudi_holds(v.content, ?)", {term}});
  equal(query.due_before, "v.deadline_end < ?");
  equal(query.verdict, "v.verdict = ?");
  if (query.overdue) out.push_back({"v.deadline_end < ? AND v.verdict = 'open'", {query.today}});
  equal(query.outlet, "instr(lower(coalesce(v.outlet, '')), lower(?)) > 0");
  const auto with_party = [&](std::string_view role, const std::string& wanted) {
    if (!wanted.empty()) out.push_back(party(role, wanted));
  };
  with_party("", query.party);
  with_party("actor", query.actor);
  with_party("recipient", query.recipient);
  with_party("source", query.source);
  with_party("debtor", query.debtor);
  with_party("creditor", query.creditor);
  if (const std::string match = match_expression(query.text); !match.empty())
    out.push_back({"v.sentence_id IN (SELECT rowid FROM sentence_fts WHERE sentence_fts MATCH ?)", {match}});
  if (query.min_confidence > 0) out.push_back({"v.confidence >= ?", {query.min_confidence}});
  return out;
}

/// Overdue is arithmetic, shown: columns today, overdue (1 or 0; null without a deadline or a day) and overdue_rule.
std::string overdue_columns(const std::string& today) {
  if (today.empty()) return "NULL AS today, NULL AS overdue, NULL AS overdue_rule";
  const std::string day = "'" + today + "'";  // conditions() has checked that it is a day
  const std::string days = "CAST(julianday(" + day + ") - julianday(v.deadline_end) AS INTEGER)";
  return day + " AS today, CASE WHEN v.deadline_end IS NULL THEN NULL ELSE v.deadline_end < " + day +
         " AND v.verdict = 'open' END AS overdue, CASE WHEN "
         "v.deadline_end IS NULL THEN 'no deadline' WHEN v.verdict <> 'open' THEN 'verdict ' || v.verdict WHEN v.deadline_end < " +
         day + " THEN 'due ' || v.deadline_end || ', ' || " + days + " || ' days before " + today + "' ELSE 'due ' || v.deadline_end || ', ' || -" +
         days + " || ' days after " + today + "' END AS overdue_rule";
}

}  // namespace

Result<std::uint64_t> Ledger::query(const Query& query, const std::function<void(const std::vector<std::string>&)>& header,
                                    const std::function<void(const std::vector<Cell>&)>& row) const {
  const auto wanted = conditions(query);
  if (!wanted) return wanted.error();
  std::string sql = "SELECT * FROM " + query.kind + " v";
  if (query.kind == "commitments") sql = "SELECT v.*, " + overdue_columns(query.today) + " FROM commitments v";
  for (std::size_t i = 0; i < wanted->size(); ++i) sql += (i == 0 ? " WHERE " : " AND ") + (*wanted)[i].sql;
  // Article ids are digests: the order is the same in every ledger that holds the same articles.
  sql += " ORDER BY v.published, v.article_id, v.sentence_id, length(v.record), v.record";
  if (query.limit > 0) sql += " LIMIT " + std::to_string(query.limit);

  if (!query.about.empty())
    sqlite3_create_function_v2(impl_->db, "masudi_holds", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, holds, nullptr, nullptr,
                               nullptr);
  Sql statement(impl_->db, sql);
  if (!statement.prepared()) return impl_->error();
  int at = 1;
  for (const Condition& condition : *wanted)
    for (const Cell& value : condition.values) {
      if (const auto* number = std::get_if<double>(&value))
        statement.bind(at++, *number);
      else
        statement.bind(at++, std::get<std::string>(value));
    }
  std::vector<std::string> names;
  for (int c = 0; c < statement.columns(); ++c) names.emplace_back(statement.name(c));
  header(names);
  std::uint64_t rows = 0;
  std::vector<Cell> cells(names.size());
  int code = statement.step();
  for (; code == SQLITE_ROW; code = statement.step()) {
    for (int c = 0; c < statement.columns(); ++c) {
      auto& cell = cells[static_cast<std::size_t>(c)];
      switch (statement.type(c)) {
        case SQLITE_NULL:
          cell = nullptr;
          break;
        case SQLITE_INTEGER:
          cell = statement.integer(c);
          break;
        case SQLITE_FLOAT:
          cell = statement.real(c);
          break;
        default:
          cell = statement.text(c);
      }
    }
    row(cells);
    ++rows;
  }
  if (code != SQLITE_DONE) return impl_->error();
  return rows;
}

}  // namespace masudi
