// masudi query: records out of a ledger.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "masudi/icalendar.h"
#include "masudi/store.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  Query query;
  std::string ledger, format = "table", fields;
};

std::string cell_text(const Cell& cell) {
  if (std::holds_alternative<std::nullptr_t>(cell)) return "";
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&cell)) return Json(*real).dump();
  return std::get<std::string>(cell);
}

Json cell_json(const Cell& cell) {
  return std::visit([](const auto& value) { return Json(value); }, cell);
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    out += c;
    if (c == '"') out += '"';
  }
  return out + "\"";
}

/// Characters of UTF-8, counted by lead bytes.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// At most `most` characters on one line.
std::string shortened(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U && ++count > most) return out + "…";
    out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  }
  return out;
}

/// Columns shown in a table when --fields does not say.
std::string table_fields(const std::string& kind) {
  if (kind == "events") return "id,date_begin,type,mode,actors,actor_codes,recipients,recipient_codes,place,aux,confidence";
  if (kind == "statements") return "id,published,source_country,source_sector,cue,content,chain";
  return "id,published,debtors,polarity,consequent,deadline_end,overdue,antecedent,excludes,status,verdict,confidence";
}

/// Prints rows in one of the formats. A table is held until its widths are known.
class Printer {
 public:
  Printer(const Options& options) : options_(options) {}

  bool header(const std::vector<std::string>& names) {
    if (options_.format == "ics") {
      all_names_ = names;
      put(icalendar_begin());
      return true;
    }
    std::string wanted = options_.fields;
    if (wanted.empty() && options_.format == "table") wanted = table_fields(options_.query.kind);
    for (const auto field : split_cell(wanted, ',')) {
      const auto at = std::find(names.begin(), names.end(), field);
      if (at == names.end()) {
        std::string known;
        for (const auto& name : names) known += (known.empty() ? "" : ", ") + name;
        bad_field_ = "no field \"" + std::string(field) + "\"; there are " + known;
        return false;
      }
      columns_.push_back(static_cast<std::size_t>(at - names.begin()));
    }
    if (columns_.empty())
      for (std::size_t i = 0; i < names.size(); ++i) columns_.push_back(i);
    for (const auto column : columns_) names_.push_back(names[column]);
    if (options_.format == "csv") put_csv(names_);
    if (options_.format == "json") put("[");
    if (options_.format == "table") table_.push_back(names_);
    return true;
  }

  void row(const std::vector<Cell>& cells) {
    if (!bad_field_.empty()) return;
    if (options_.format == "ics") return put_due(cells);
    if (options_.format == "json" || options_.format == "jsonl") {
      Json object = Json::object();
      for (std::size_t i = 0; i < columns_.size(); ++i) object[names_[i]] = cell_json(cells[columns_[i]]);
      const std::string text = object.dump(-1, ' ', false, Json::error_handler_t::replace);
      put(options_.format == "jsonl" ? text + "\n" : (rows_ > 0 ? ",\n " : "\n ") + text);
    } else {
      std::vector<std::string> texts;
      for (const auto column : columns_) texts.push_back(cell_text(cells[column]));
      if (options_.format == "csv")
        put_csv(texts);
      else
        table_.push_back(std::move(texts));
    }
    ++rows_;
  }

  void finish() {
    if (options_.format == "json") put(rows_ > 0 ? "\n]\n" : "]\n");
    if (options_.format == "table") put_table();
    if (options_.format == "ics") put(icalendar_end());
  }

  const std::string& bad_field() const { return bad_field_; }

  std::uint64_t rows() const { return rows_; }

 private:
  /// One entry of a calendar, where the commitment has a deadline.
  void put_due(const std::vector<Cell>& cells) {
    const auto field = [&](std::string_view name) {
      const auto at = std::find(all_names_.begin(), all_names_.end(), name);
      return at == all_names_.end() ? std::string() : cell_text(cells[static_cast<std::size_t>(at - all_names_.begin())]);
    };
    const auto due = parse_iso_day(field("deadline_end"));
    if (!due) return;
    DueDate out;
    out.id = field("id");
    out.due = *due;
    out.published = parse_iso_day(field("published"));
    const std::string debtors = field("debtors");
    out.summary =
        (debtors.empty() ? "(debtor not said)" : debtors) + (field("polarity") == "-" ? " not to: " : ": ") + shortened(field("consequent"), 140);
    const auto line = [&](std::string_view label, const std::string& text) {
      if (!text.empty()) out.description += (out.description.empty() ? "" : "\n") + std::string(label) + text;
    };
    line("", field("consequent"));
    line("If: ", field("antecedent"));
    line("Left out: ", field("excludes"));
    line("Clause: ", field("clause"));
    line("Verdict: ", field("verdict"));
    line("Said: ", field("published") + (field("outlet").empty() ? "" : ", " + field("outlet")));
    line("Sentence: ", field("sentence_text"));
    if (const std::string uri = field("uri"); uri.find("://") != std::string::npos) out.address = uri;
    put(icalendar_entry(out));
    ++rows_;
  }

  static void put_csv(const std::vector<std::string>& texts) {
    std::string line;
    for (std::size_t i = 0; i < texts.size(); ++i) line += (i > 0 ? "," : "") + csv_cell(texts[i]);
    put(line + "\r\n");  // RFC 4180
  }

  void put_table() {
    constexpr std::size_t widest = 44, widest_chain = 100;  // a chain is read whole or not at all
    std::vector<std::size_t> widths(names_.size(), 0);
    for (auto& row : table_)
      for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = shortened(row[i], names_[i] == "chain" ? widest_chain : widest);
        widths[i] = std::max(widths[i], characters(row[i]));
      }
    for (std::size_t r = 0; r < table_.size(); ++r) {
      std::string line;
      for (std::size_t i = 0; i < table_[r].size(); ++i) {
        line += table_[r][i];
        if (i + 1 < table_[r].size()) line.append(widths[i] - characters(table_[r][i]) + 2, ' ');
      }
      put(line + "\n");
      if (r == 0) {
        std::string rule;
        for (std::size_t i = 0; i < widths.size(); ++i) rule += std::string(widths[i], '-') + (i + 1 < widths.size() ? "  " : "");
        put(rule + "\n");
      }
    }
  }

  const Options& options_;
  std::vector<std::size_t> columns_;
  std::vector<std::string> names_, all_names_;
  std::vector<std::vector<std::string>> table_;
  std::string bad_field_;
  std::uint64_t rows_ = 0;
};

int run(Options options) {
  if (options.query.kind == "commitments" && options.query.today.empty()) {
    options.query.today = now().substr(0, 10);
    std::fputs(("masudi: overdue is computed for today, " + options.query.today + " (--today DATE for another day)\n").c_str(), stderr);
  }
  if (options.format == "ics" && options.query.kind != "commitments")
    return report(Error{ErrorCode::usage, "--format ics is a calendar of due dates: it does not apply to " + options.query.kind, "", {}});
  const auto ledger = Ledger::open(options.ledger, Ledger::Mode::read_only);
  if (!ledger) return report(ledger.error());
  Printer printer(options);
  const auto rows = ledger->query(
      options.query, [&](const auto& names) { printer.header(names); }, [&](const auto& cells) { printer.row(cells); });
  if (!rows) return report(rows.error());
  if (!printer.bad_field().empty()) return report(Error{ErrorCode::usage, printer.bad_field(), "", {}});
  printer.finish();
  return (options.format == "ics" ? printer.rows() : *rows) > 0 ? done : rejects;
}

}  // namespace

void add_query(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("query", "Ask a ledger for events, statements or commitments");
  auto options = std::make_shared<Options>();
  Query& query = options->query;
  verb->add_option("KIND", query.kind, "what to ask for")->required()->check(CLI::IsMember({"events", "statements", "commitments"}));
  verb->add_option("--ledger", options->ledger, "the ledger")->required()->type_name("FILE");
  verb->add_option("--from", query.from, "first day: of the event, or of publication")->type_name("DATE");
  verb->add_option("--to", query.to, "last day")->type_name("DATE");
  verb->add_option("--party", query.party, "any party: part of a name, a country (IRQ), or a country and sector (\"IRQ GOV\")");
  verb->add_option("--text", query.text, "words that the sentence holds; \"a phrase\" in quotation marks stays together");
  verb->add_option("--outlet", query.outlet, "part of the outlet's name");
  verb->add_option("--min-confidence", query.min_confidence, "leave out records below it")->check(CLI::Range(0.0, 1.0));
  verb->add_option("--type", query.type, "events: PLOVER type");
  verb->add_option("--mode", query.mode, "events: PLOVER mode");
  verb->add_option("--actor", query.actor, "events: who acts, as --party");
  verb->add_option("--recipient", query.recipient, "events: who is acted on, as --party");
  verb->add_option("--source", query.source, "statements: who says it, as --party");
  verb->add_option("--anonymity", query.anonymity, "statements")->check(CLI::IsMember({"named", "anonymous", "organisation", "document"}));
  verb->add_flag_callback(
      "--anonymous", [&query] { query.anonymity = "anonymous"; }, "statements: the same as --anonymity anonymous");
  verb->add_option("--via", query.via, "statements: part of the relaying outlet's name");
  verb->add_option("--about", query.about, "statements: words that what is said holds; \"a phrase\" in quotation marks stays together");
  verb->add_option("--stance", query.stance, "statements: of the cue")
      ->check(CLI::IsMember({"neutral", "factive", "doubting", "denying", "promising", "threatening", "ordering"}));
  verb->add_option("--debtor", query.debtor, "commitments: who owes it, as --party");
  verb->add_option("--creditor", query.creditor, "commitments: who is owed it, as --party");
  verb->add_option("--status", query.status, "commitments")
      ->check(CLI::IsMember({"conditional", "active", "satisfied", "violated", "cancelled", "expired"}));
  verb->add_option("--due-before", query.due_before, "commitments: deadline ends before that day")->type_name("DATE");
  verb->add_flag("--overdue", query.overdue, "commitments: due before --today, and no verdict yet");
  verb->add_option("--today", query.today, "commitments: the day for which overdue is computed; the system's date when not given")->type_name("DATE");
  verb->add_option("--verdict", query.verdict, "commitments: open, or what was judged: kept, broken, ...");
  verb->add_option("--limit", query.limit, "at most so many rows; 0 is all")->capture_default_str();
  verb->add_option("--format", options->format, "how to print; ics is a calendar of the due dates of commitments")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "ics"}))
      ->capture_default_str();
  verb->add_option("--fields", options->fields, "columns to print, separated by commas");
  verb->footer(
      "Examples: masudi query events --ledger news.db --type CONSULT --party IRQ --format csv\n"
      "          masudi query statements --ledger news.db --anonymous --about \"combat forces\" --fields chain,content");
  verb->callback([=, &context] { context.exit = run(*options); });
}

}  // namespace masudi::cli
