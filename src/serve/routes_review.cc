// What people say: verdicts on commitments, corrections of records, and corrections as files for others.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "csv.h"
#include "masudi/export.h"
#include "records_sql.h"
#include "routes.h"
#include "tar.h"

namespace masudi::serve {

namespace {

Json verdict_json(const Ledger::Verdict& verdict) {
  const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
  return {{"verdict_id", verdict.id},
          {"commitment", verdict.commitment},
          {"verdict", verdict.verdict},
          {"evidence", verdict.evidence},
          {"author", verdict.author},
          {"set_at", verdict.at},
          {"undone_by", text(verdict.undone_by)},
          {"undone_at", text(verdict.undone_at)}};
}

Json correction_json(const Ledger::Correction& correction) {
  const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
  return {{"correction_id", correction.id},
          {"record", correction.record},
          {"decision", correction.decision},
          {"changes", Json::parse(correction.changes, nullptr, false)},
          {"note", correction.note},
          {"author", correction.author},
          {"set_at", correction.at},
          {"undone_by", text(correction.undone_by)},
          {"undone_at", text(correction.undone_at)}};
}

Result<Ledger> open_to_write(Service& service) {
  if (const auto may = service.may_write(); !may) return may.error();
  return Ledger::open(service.options().ledger, Ledger::Mode::read_write);
}

/// Rows of verdicts, oldest first: id, commitment, verdict, evidence, author, set_at, undone_by, undone_at.
Result<Json> verdicts_of(Service& service, const Request& request) {
  const auto db = service.reader();
  std::string sql = std::string(select_verdicts) + " WHERE (?1 = '' OR id = ?1) AND (?2 = '' OR author = ?2)";
  if (request.parameter("all") != "1") sql += " AND verdict_id IN (SELECT verdict_id FROM current_verdict)";
  Sql rows(db, sql + " ORDER BY verdict_id");
  rows.bind(1, request.parameter("commitment"));
  rows.bind(2, request.parameter("author"));
  Json out = Json::array();
  int code = rows.step();
  for (; code == SQLITE_ROW; code = rows.step()) out.push_back(serve::verdict_json(rows));
  if (code != SQLITE_DONE) return service.error(db);
  return out;
}

Result<std::vector<Ledger::Correction>> corrections_of(Service& service, const Request& request) {
  const auto ledger = Ledger::open(service.options().ledger, Ledger::Mode::read_only);
  if (!ledger) return ledger.error();
  return ledger->corrections(
      {request.parameter("record"), request.parameter("article"), request.parameter("author"), request.parameter("all") == "1"});
}

std::string cell(const Json& value) { return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump(); }

Reply csv_of(const Json& items, const std::vector<std::string>& columns, std::string_view name) {
  Csv csv(columns);
  for (const Json& item : items) {
    std::vector<std::string> cells;
    for (const std::string& column : columns) cells.push_back(cell(item[column]));
    csv.row(cells);
  }
  return csv_reply(csv.take(), name);
}

/// A folder that goes away.
class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "masudi-export-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The corrected articles in a format of `masudi export`; a folder is packed as a tar.
Reply exported(Service& service, const Request& request, const char* format) {
  const auto room = service.heavy(0);
  if (!room) return error_reply(429, "too_many", "another export is being made; ask again in a moment");
  const Scratch scratch;
  if (scratch.path().empty()) return error_reply(500, "io", "no room for a temporary folder");
  const auto ledger = Ledger::open(service.options().ledger, Ledger::Mode::read_only);
  if (!ledger) return error_reply(ledger.error());
  ExportOptions options;
  options.format = format;
  options.path = scratch.path() + "/" + format;
  options.corrected = true;
  options.article = request.parameter("article");
  options.author = request.parameter("author");
  const std::string unreviewed = request.parameter("unreviewed");
  if (!unreviewed.empty() && unreviewed != "keep" && unreviewed != "drop")
    return error_reply({ErrorCode::usage, "unreviewed=" + unreviewed + "; expected keep or drop", "", {}});
  options.unreviewed = unreviewed != "drop";
  const auto counts = export_ledger(*ledger, options);
  if (!counts) return error_reply(counts.error());
  Reply out;
  if (std::filesystem::is_directory(options.path)) {
    out.type = "application/x-tar";
    out.body = tar_of_folder(options.path, format);
    out.headers.emplace_back("Content-Disposition", std::string("attachment; filename=\"") + format + ".tar\"");
  } else {
    std::ifstream file(options.path, std::ios::binary);
    out.body.assign(std::istreambuf_iterator<char>(file), {});
    out.headers.emplace_back("Content-Disposition", std::string("attachment; filename=\"") + format + ".json\"");
  }
  return out;
}

}  // namespace

Reply verdicts_json(Service& service, const Request& request) {
  auto items = verdicts_of(service, request);
  if (!items) return error_reply(items.error());
  const std::size_t total = items->size();
  return json_reply({{"total", total}, {"items", std::move(*items)}});
}

Reply verdicts_csv(Service& service, const Request& request) {
  const auto items = verdicts_of(service, request);
  if (!items) return error_reply(items.error());
  return csv_of(*items, {"verdict_id", "commitment", "verdict", "evidence", "author", "set_at", "undone_by", "undone_at"}, "verdicts");
}

Reply set_verdict(Service& service, const Request& request) {
  const auto body = body_of(request, {"commitment", "verdict", "evidence", "author"});
  if (!body) return error_reply(body.error());
  auto ledger = open_to_write(service);
  if (!ledger) return error_reply(ledger.error());
  Ledger::Verdict wanted;
  wanted.commitment = (*body)["commitment"].get<std::string>();
  wanted.verdict = (*body)["verdict"].get<std::string>();
  wanted.evidence = (*body)["evidence"].get<std::string>();
  wanted.author = (*body)["author"].get<std::string>();
  wanted.at = service.now();
  const auto verdict = ledger->set_verdict(wanted);
  if (!verdict) return error_reply(verdict.error());
  service.changed();
  return json_reply(verdict_json(*verdict));
}

Reply undo_verdict(Service& service, const Request& request) {
  const auto body = body_of(request, {"commitment", "author"});
  if (!body) return error_reply(body.error());
  auto ledger = open_to_write(service);
  if (!ledger) return error_reply(ledger.error());
  const auto verdict = ledger->undo_verdict((*body)["commitment"].get<std::string>(), (*body)["author"].get<std::string>(), service.now());
  if (!verdict) return error_reply(verdict.error());
  service.changed();
  return json_reply(verdict_json(*verdict));
}

Reply corrections_json(Service& service, const Request& request) {
  const auto corrections = corrections_of(service, request);
  if (!corrections) return error_reply(corrections.error());
  Json items = Json::array();
  for (const auto& correction : *corrections) items.push_back(correction_json(correction));
  return json_reply({{"total", corrections->size()}, {"items", std::move(items)}});
}

Reply corrections_csv(Service& service, const Request& request) {
  const auto corrections = corrections_of(service, request);
  if (!corrections) return error_reply(corrections.error());
  Json items = Json::array();
  for (const auto& correction : *corrections) items.push_back(correction_json(correction));
  return csv_of(items, {"correction_id", "record", "decision", "changes", "note", "author", "set_at", "undone_by", "undone_at"}, "corrections");
}

Reply set_correction(Service& service, const Request& request) {
  const auto body = body_of(request, {"record", "decision", "?changes", "?note", "author"});
  if (!body) return error_reply(body.error());
  auto ledger = open_to_write(service);
  if (!ledger) return error_reply(ledger.error());
  Ledger::Correction wanted;
  wanted.record = (*body)["record"].get<std::string>();
  wanted.decision = (*body)["decision"].get<std::string>();
  if (const auto changes = body->find("changes"); changes != body->end() && !changes->is_null())
    wanted.changes = changes->dump(-1, ' ', false, Json::error_handler_t::replace);
  if (const auto note = body->find("note"); note != body->end() && note->is_string()) wanted.note = note->get<std::string>();
  wanted.author = (*body)["author"].get<std::string>();
  wanted.at = service.now();
  const auto correction = ledger->set_correction(wanted);
  if (!correction) return error_reply(correction.error());
  service.changed();
  return json_reply(correction_json(*correction));
}

Reply undo_correction(Service& service, const Request& request) {
  const auto body = body_of(request, {"record", "author"});
  if (!body) return error_reply(body.error());
  auto ledger = open_to_write(service);
  if (!ledger) return error_reply(ledger.error());
  const auto correction = ledger->undo_correction((*body)["record"].get<std::string>(), (*body)["author"].get<std::string>(), service.now());
  if (!correction) return error_reply(correction.error());
  service.changed();
  return json_reply(correction_json(*correction));
}

Reply corrections_gold(Service& service, const Request& request) { return exported(service, request, "gold"); }
Reply corrections_brat(Service& service, const Request& request) { return exported(service, request, "brat"); }
Reply corrections_label_studio(Service& service, const Request& request) { return exported(service, request, "labelstudio"); }

}  // namespace masudi::serve
