#include "masudi/export.h"

#include <algorithm>
#include <filesystem>

#include "exporter.h"

namespace masudi {

namespace {

struct Entry {
  ExportFormat about;
  Result<std::unique_ptr<Exporter>> (*make)(const ExportOptions&);
};

const Entry formats[] = {
    {{"brat", "all records as brat standoff: a folder with texts, their annotations and the configuration", true}, make_brat},
    {{"claims", "statements of fact as schema.org Claim, JSON-LD", false}, make_claims},
    {{"gold", "all records as gold files for `masudi eval`: a folder with one JSON file an article", true}, make_gold},
    {{"icalendar", "due dates of commitments as a calendar (.ics)", false}, make_icalendar},
    {{"labelstudio", "all records as Label Studio tasks with one annotation each, JSON", false}, make_label_studio},
    {{"webannotation", "statements as W3C Web Annotations, JSON-LD", false}, make_web_annotation},
};

}  // namespace

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> all = [] {
    std::vector<ExportFormat> out;
    for (const Entry& format : formats) out.push_back(format.about);
    return out;
  }();
  return all;
}

Result<ExportCounts> export_ledger(const Ledger& ledger, const ExportOptions& options) {
  const auto* format = std::find_if(std::begin(formats), std::end(formats), [&](const Entry& f) { return f.about.name == options.format; });
  if (format == std::end(formats)) {
    std::string known;
    for (const Entry& f : formats) known += (known.empty() ? "" : ", ") + std::string(f.about.name);
    return Error{ErrorCode::usage, "unknown format \"" + options.format + "\"; expected " + known, "", {}};
  }
  if (options.path == "-" && format->about.folder)
    return Error{ErrorCode::usage, std::string(format->about.name) + " writes a folder; expected its path instead of \"-\"", "", {}};
  auto exporter = format->make(options);
  if (!exporter) return exporter.error();
  std::vector<Ledger::Correction> corrections;
  if (options.corrected) {
    auto found = ledger.corrections({"", options.article, options.author, false});
    if (!found) return found.error();
    corrections = std::move(*found);
  }
  const auto read = ledger.readings([&](const Ledger::StoredReading& stored) -> Result<void> {
    if (!options.corrected && options.min_confidence <= 0) {
      ++(*exporter)->counts.articles;
      return (*exporter)->add(stored);
    }
    Ledger::StoredReading reading = stored;
    if (options.corrected) {
      if (apply_corrections(reading, corrections, options.unreviewed).empty()) return {};
    }
    ++(*exporter)->counts.articles;
    if (options.min_confidence > 0) leave_out_below(reading.records, options.min_confidence);
    return (*exporter)->add(reading);
  });
  if (!read) return read.error();
  if (const auto finished = (*exporter)->finish(); !finished) return finished.error();
  return (*exporter)->counts;
}

Result<std::unique_ptr<Output>> Output::open(const std::string& path, std::function<void(std::string_view)> output) {
  std::unique_ptr<Output> out(new Output);
  out->path_ = path;
  if (path == "-") {
    out->output_ = std::move(output);
    return out;
  }
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return Error{ErrorCode::io, "a folder; expected a file to write", path, {}};
  out->file_.open(path + ".part", std::ios::binary | std::ios::trunc);
  if (!out->file_) return Error{ErrorCode::io, "could not be opened for writing", path, {}};
  return out;
}

Output::~Output() {
  if (!file_.is_open()) return;
  file_.close();
  std::error_code ignored;
  std::filesystem::remove(path_ + ".part", ignored);
}

void Output::write(std::string_view bytes) {
  if (output_)
    output_(bytes);
  else
    file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

Result<void> Output::commit() {
  if (path_ == "-") return {};
  file_.flush();
  if (!file_) return Error{ErrorCode::io, "could not be written", path_, {}};
  file_.close();
  std::error_code failed;
  std::filesystem::rename(path_ + ".part", path_, failed);
  if (failed) return Error{ErrorCode::io, "could not be put in its place: " + failed.message(), path_, {}};
  return {};
}

std::uint64_t CharacterCounter::at(std::uint32_t byte) {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  if (byte < byte_) {
    byte_ = 0;
    characters_ = 0;
  }
  for (; byte_ < byte; ++byte_)
    if ((static_cast<unsigned char>(text_[byte_]) & 0xC0U) != 0x80U) ++characters_;
  return characters_;
}

std::string article_iri(const Ledger::StoredReading& reading) { return "urn:masudi:" + reading.article_id; }

std::string record_iri(const Ledger::StoredReading& reading, std::string_view record) { return article_iri(reading) + ":" + std::string(record); }

std::string source_iri(const Article& article) {
  return article.uri.find("://") != std::string::npos ? article.uri : "urn:sha256:" + article.text_id;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts)
    if (!part.empty()) out.append(out.empty() ? "" : between).append(part);
  return out;
}

std::string iso_days(const std::optional<DateRange>& days) {
  return days ? to_iso(days->begin) + (days->end != days->begin ? "/" + to_iso(days->end) : "") : "";
}

std::string json_line(const nlohmann::ordered_json& json) { return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace); }

}  // namespace masudi
