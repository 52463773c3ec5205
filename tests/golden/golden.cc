// Golden cases: an article above the line, the records that a person finds in it below.
//
//   golden CASE            says what differs; exit 1 if anything does
//   golden --regold CASE   rewrites what is below the line; nothing that a person wrote is lost
//
// Lines below the line: a plain line is right and read by the engine; "miss" before it marks one that is right and not yet read;
// "extra" one that is read and is wrong. So the file always holds the truth and what the engine does with it, and a change of
// either shows. docs/evaluation.md tells more.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "masudi/pipeline.h"

namespace {

using masudi::Reading;

struct Case {
  std::string head;  ///< everything above the line, as it stands
  masudi::Document document;
  std::vector<std::string> lines;
};

/// Splits "article file=x published=2024-03-04" into its fields.
std::map<std::string, std::string> fields_of(const std::string& line) {
  std::map<std::string, std::string> out;
  std::istringstream in(line);
  for (std::string part; in >> part;)
    if (const auto at = part.find('='); at != std::string::npos) out[part.substr(0, at)] = part.substr(at + 1);
  return out;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) std::fprintf(stderr, "%s: could not be read\n", path.c_str());
  return out.str();
}

bool load(const std::filesystem::path& path, Case& out) {
  std::istringstream in(read_file(path));
  std::string line, body;
  bool below = false, in_article = false;
  std::map<std::string, std::string> fields;
  while (std::getline(in, line)) {
    if (below) {
      if (!line.empty()) out.lines.push_back(line);
      continue;
    }
    out.head += line + "\n";
    if (line == "----") {
      below = true;
    } else if (in_article) {
      body += line + "\n";
    } else if (line.starts_with("article")) {
      fields = fields_of(line);
      in_article = true;
    }
  }
  if (!below || !in_article) {
    std::fprintf(stderr, "%s: expected a line \"article ...\" and later a line \"----\"\n", path.c_str());
    return false;
  }
  const std::filesystem::path source(MASUDI_SOURCE);
  out.document.bytes = fields.contains("file") ? read_file(source / fields["file"]) : body;
  out.document.metadata.uri = fields.contains("file") ? fields["file"] : path.filename().string();
  out.document.metadata.published = masudi::parse_iso_day(fields["published"]);
  if (fields.contains("outlet")) out.document.metadata.outlet = fields["outlet"];
  return true;
}

std::string quote(const Reading& reading, masudi::TextSpan span) {
  std::string words(reading.article.slice(span));
  for (char& c : words)
    if (c == '\n') c = ' ';
  return std::to_string(span.begin) + ".." + std::to_string(span.end) + " \"" + words + "\"";
}

std::string entities(const Reading& reading, const std::vector<masudi::Entity>& list, const char* role) {
  std::string out;
  for (const auto& entity : list)
    out += std::string("  ") + role + "=" + quote(reading, entity.text) + "=" + entity.name.value_or("-") + "(" + entity.country.value_or("---") +
           " " + entity.sector.value_or("---") + ")";
  return out;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ",") + value;
  return out;
}

/// Statements are named by the byte of their cue: ids change when a statement before them is found or lost.
std::string chain(const Reading& reading, const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids)
    for (const auto& statement : reading.records.statements)
      if (statement.id == id)
        out += (out.empty() ? "  by=" : ",") + std::to_string(statement.cue ? statement.cue->begin : statement.source.text.begin);
  return out;
}

std::vector<std::string> lines_of(const Reading& reading) {
  std::vector<std::string> out;
  const auto range = [](const char* name, const std::optional<masudi::DateRange>& days) {
    return days ? std::string("  ") + name + "=" + masudi::to_iso(days->begin) + ".." + masudi::to_iso(days->end) : std::string();
  };
  const auto& article = reading.article;
  out.push_back("article  title=\"" + article.title.value_or("-") +
                "\"  published=" + (article.published ? masudi::to_iso(*article.published) : "-") + "  outlet=\"" + article.outlet.value_or("-") +
                "\"  byline=\"" + article.byline.value_or("-") + "\"");
  for (const auto span : article.excluded) out.push_back("excluded  " + quote(reading, span));
  for (const auto& e : reading.records.events) {
    std::string line = "event  " + quote(reading, e.anchor) + "  " + e.type + (e.mode ? "/" + *e.mode : "") + entities(reading, e.actor, "actor") +
                       entities(reading, e.recipient, "recipient") + range("date", e.date);
    if (e.place) line += "  place=" + e.place->name + "(" + e.place->country.value_or("---") + ")";
    if (!e.aux.empty()) line += "  aux=" + joined(e.aux);
    out.push_back(line + chain(reading, e.sources));
  }
  for (const auto& s : reading.records.statements) {
    std::string line = "statement  " + (s.cue ? quote(reading, *s.cue) : std::string("-")) + entities(reading, {s.source}, "source") + "  " +
                       s.anonymity + "  " + s.kind;
    for (const auto piece : s.content) line += "  content=" + quote(reading, piece);
    if (s.via) line += "  via=" + quote(reading, *s.via);
    if (s.unnamed && s.unnamed->reason) line += "  because=" + quote(reading, *s.unnamed->reason);
    if (s.speaks_for) line += entities(reading, {*s.speaks_for}, "for");
    if (s.parent) line += chain(reading, {*s.parent});
    out.push_back(line);
  }
  for (const auto& c : reading.records.commitments) {
    std::string line = "commitment  " + quote(reading, c.anchor) + entities(reading, c.debtor, "debtor") + entities(reading, c.creditor, "creditor") +
                       "  consequent=" + quote(reading, c.consequent) + range("deadline", c.deadline);
    if (c.antecedent) line += "  if=" + quote(reading, *c.antecedent);
    for (const auto span : c.excludes) line += "  not=" + quote(reading, span);
    if (c.clause) line += "  clause=\"" + *c.clause + "\"";
    out.push_back(line + "  " + c.polarity + " " + c.status + chain(reading, c.sources));
  }
  for (const auto& a : reading.records.agreements)
    out.push_back("agreement  " + quote(reading, a.title) + entities(reading, a.parties, "party") + range("dated", a.dated) +
                  range("in_force", a.in_force) + range("lapses", a.lapses));
  for (const auto& t : reading.analysis.resolution.timexes)
    out.push_back("timex  " + quote(reading, t.span) + "  " + t.type + " " + t.value + (t.mod ? " " + *t.mod : ""));
  for (const auto& p : reading.analysis.resolution.places)
    out.push_back("place  " + quote(reading, p.span) + "  " + p.name + "(" + p.country.value_or("---") + ") " + p.kind);
  return out;
}

/// The part of a line after its marker, and the marker.
std::pair<std::string, std::string> split_marker(const std::string& line) {
  for (const std::string marker : {"miss ", "extra "})
    if (line.starts_with(marker)) return {marker, line.substr(marker.size())};
  return {"", line};
}

}  // namespace

int main(int argc, char** argv) {
  const bool regold = argc > 2 && std::string(argv[1]) == "--regold";
  if (argc < 2 || (argc > 1 && std::string(argv[1]).starts_with("--") && !regold)) {
    std::fprintf(stderr, "usage: golden [--regold] CASE...\n");
    return 2;
  }
  const auto engine = masudi::Engine::open({MASUDI_DATA});
  if (!engine) {
    std::fprintf(stderr, "%s\n", to_string(engine.error()).c_str());
    return 3;
  }
  int failed = 0;
  for (int i = regold ? 2 : 1; i < argc; ++i) {
    Case golden;
    if (!load(argv[i], golden)) return 3;
    const auto reading = read(golden.document, *engine);
    if (!reading) {
      std::printf("%s: %s\n", argv[i], to_string(reading.error()).c_str());
      failed = 1;
      continue;
    }
    const std::vector<std::string> read_lines = lines_of(*reading);
    std::multimap<std::string, std::string> written;  // line -> marker
    for (const auto& line : golden.lines) {
      const auto [marker, rest] = split_marker(line);
      written.emplace(rest, marker);
    }
    std::vector<std::string> fresh, differences;
    for (const auto& line : read_lines) {
      const auto at = written.find(line);
      if (at == written.end()) {
        fresh.push_back("extra " + line);
        differences.push_back("now read, not in the case:  " + line);
        continue;
      }
      if (at->second == "miss ") differences.push_back("now read, marked miss:  " + line);
      fresh.push_back((at->second == "miss " ? "" : at->second) + line);
      written.erase(at);
    }
    for (const auto& [line, marker] : written) {
      if (marker == "extra ") {
        differences.push_back("no longer read (good), marked extra:  " + line);
        continue;
      }
      fresh.push_back("miss " + line);
      if (marker.empty()) differences.push_back("no longer read:  " + line);
    }
    if (regold) {
      std::ofstream out(argv[i], std::ios::binary);
      out << golden.head;
      for (const auto& line : fresh) out << line << "\n";
    } else if (!differences.empty()) {
      std::printf("%s\n", argv[i]);
      for (const auto& difference : differences) std::printf("  %s\n", difference.c_str());
      std::printf("look at each; then: scripts/regold %s\n", argv[i]);
      failed = 1;
    }
  }
  return failed;
}
