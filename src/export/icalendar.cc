#include "masudi/icalendar.h"

#include "exporter.h"

namespace masudi {

namespace {

constexpr std::size_t longest_line = 75;  // octets without the line end (RFC 5545, section 3.1)

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += ' ';  // control characters have no place in TEXT (section 3.3.11)
    } else {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

/// Folds a content line: continuation lines begin with a blank, and no character is cut in two.
std::string folded(const std::string& line) {
  std::string out;
  std::size_t at = 0, room = longest_line;
  while (line.size() - at > room) {
    std::size_t end = at + room;
    while (end > at + 1 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out += line.substr(at, end - at) + "\r\n ";
    at = end;
    room = longest_line - 1;
  }
  return out + line.substr(at) + "\r\n";
}

std::string basic_date(Day day) {
  std::string out;
  for (const char c : to_iso(day))
    if (c != '-') out += c;
  return out;
}

}  // namespace

std::string icalendar_begin() {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//masudi//commitments//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nX-WR-CALNAME:Commitments "
         "due\r\n";
}

std::string icalendar_entry(const DueDate& due) {
  std::string out = "BEGIN:VEVENT\r\n";
  out += folded("UID:" + escaped(due.id) + "@masudi");
  out += "DTSTAMP:" + basic_date(due.published.value_or(due.due)) + "T000000Z\r\n";
  out += "DTSTART;VALUE=DATE:" + basic_date(due.due) + "\r\n";
  out += "DTEND;VALUE=DATE:" + basic_date(due.due + std::chrono::days{1}) + "\r\n";  // the day after: the end is not included
  if (!due.summary.empty()) out += folded("SUMMARY:" + escaped(due.summary));
  if (!due.description.empty()) out += folded("DESCRIPTION:" + escaped(due.description));
  if (!due.address.empty() && due.address.find_first_of(" \r\n\t\"") == std::string::npos) out += folded("URL:" + due.address);
  return out + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
}

std::string icalendar_end() { return "END:VCALENDAR\r\n"; }

namespace {

/// Commitments that have a deadline, as entries of one calendar.
class Calendar final : public Exporter {
 public:
  explicit Calendar(std::unique_ptr<Output> output) : output_(std::move(output)) { output_->write(icalendar_begin()); }

  Result<void> add(const Ledger::StoredReading& reading) override {
    const Article& article = reading.article;
    const auto words = [&](TextSpan span) {
      std::string out;
      for (const char c : article.slice(span)) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
      return out;
    };
    for (const Commitment& commitment : reading.records.commitments) {
      if (!commitment.deadline || commitment.same_as) continue;
      DueDate due;
      due.id = reading.article_id.substr(0, 12) + ":" + commitment.id;
      due.due = commitment.deadline->end;
      due.published = article.published;
      for (const Entity& debtor : commitment.debtor) due.summary += (due.summary.empty() ? "" : "; ") + debtor.name.value_or(words(debtor.text));
      if (due.summary.empty()) due.summary = "(debtor not said)";
      due.summary += (commitment.polarity == "-" ? " not to: " : ": ") + words(commitment.consequent);
      if (commitment.antecedent) due.description += "If: " + words(*commitment.antecedent) + "\n";
      for (const TextSpan left_out : commitment.excludes) due.description += "Left out: " + words(left_out) + "\n";
      if (commitment.clause && !commitment.clause->empty()) due.description += "Clause: " + *commitment.clause + "\n";
      if (commitment.deadline_words) due.description += "Due: \"" + words(*commitment.deadline_words) + "\"\n";
      due.description += "Said: " + (article.published ? to_iso(*article.published) : std::string("day not known")) +
                         (article.outlet ? ", " + *article.outlet : "") + (article.title ? ", " + *article.title : "");
      if (article.uri.find("://") != std::string::npos) due.address = article.uri;
      output_->write(icalendar_entry(due));
      ++counts.records;
    }
    return {};
  }

  Result<void> finish() override {
    output_->write(icalendar_end());
    ++counts.files;
    return output_->commit();
  }

 private:
  std::unique_ptr<Output> output_;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_icalendar(const ExportOptions& options) {
  auto output = Output::open(options.path, options.output);
  if (!output) return output.error();
  return std::unique_ptr<Exporter>(new Calendar(*std::move(output)));
}

}  // namespace masudi
