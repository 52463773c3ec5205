// The brief: what `masudi read` prints to a person.
#include <algorithm>

#include "masudi/explain.h"
#include "masudi/pipeline.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

constexpr std::size_t width = 100;  // columns before a line is broken

class Page {
 public:
  Page(const Reading& reading, bool colour) : reading_(reading), colour_(colour) {}

  void title(std::string_view text) { out_ += paint("1", text) + "\n"; }
  void plain(std::string_view text) { out_ += std::string(text) + "\n"; }
  void heading(std::string_view text) { out_ += "\n" + paint("1;34", text) + "\n"; }
  void record(std::string_view id, std::string_view text, double confidence) {
    std::string line = "  " + std::string(id);
    line.append(id.size() < 5 ? 5 - id.size() : 1, ' ');
    const int percent = static_cast<int>(confidence * 100 + 0.5);
    out_ += paint("33", line) + wrap(text, 7) + paint("2", "  " + std::to_string(percent) + " %") + "\n";
  }
  void detail(std::string_view label, std::string_view text) {
    std::string line = "         " + std::string(label);
    line.append(label.size() < 11 ? 11 - label.size() : 1, ' ');
    out_ += paint("2", line) + wrap(text, 20) + "\n";
  }
  std::string words(TextSpan span) const {
    std::string out;
    for (const char c : reading_.article.slice(span)) {  // a line break inside a quotation is a blank to the reader
      const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
      if (!blank)
        out += c;
      else if (!out.empty() && out.back() != ' ')
        out += ' ';
    }
    return out;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string paint(const char* code, std::string_view text) const {
    return colour_ ? "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m" : std::string(text);
  }
  /// Breaks at blanks; continuation lines stand under the first one.
  static std::string wrap(std::string_view text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    while (!text.empty()) {
      const auto blank = text.find(' ');
      const std::string_view word = text.substr(0, blank);
      text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
      if (word.empty()) continue;
      if (column > indent && column + 1 + word.size() > width) {
        out += "\n" + std::string(indent, ' ');
        column = indent;
      } else if (column > indent) {
        out += ' ';
        ++column;
      }
      out += word;
      column += word.size();
    }
    return out;
  }

  const Reading& reading_;
  bool colour_;
  std::string out_;
};

std::string code(const Entity& entity) { return "[" + entity.country.value_or("---") + " " + entity.sector.value_or("---") + "]"; }

std::string party(const Page& page, const Entity& entity) {
  const std::string words = page.words(entity.text);
  if (!entity.name || *entity.name == words) return words + " " + code(entity);
  return *entity.name + " (\"" + words + "\") " + code(entity);
}

std::string parties(const Page& page, const std::vector<Entity>& entities) {
  std::string out;
  for (const Entity& entity : entities) out += (out.empty() ? "" : "; ") + party(page, entity);
  return out;
}

std::string list(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::string days(const DateRange& range) { return range.begin == range.end ? to_iso(range.begin) : to_iso(range.begin) + " .. " + to_iso(range.end); }

void print_events(Page& page, const Reading& reading) {
  page.heading("What happened");
  if (reading.records.events.empty()) page.plain("  no political events found");
  for (const Event& event : reading.records.events) {
    std::string line = event.type + (event.mode ? " " + *event.mode : "") + " \"" + page.words(event.anchor) + "\"";
    if (!event.aux.empty()) line += " (" + list(event.aux) + ")";
    if (event.same_as) line += " = " + *event.same_as;
    page.record(event.id, line, event.confidence);
    if (!event.actor.empty()) page.detail("who", parties(page, event.actor));
    if (!event.recipient.empty()) page.detail("to whom", parties(page, event.recipient));
    if (event.date) page.detail("when", days(*event.date));
    if (event.place) page.detail("where", event.place->name + (event.place->country ? " [" + *event.place->country + "]" : ""));
    if (!event.sources.empty()) page.detail("says", source_chain(reading, event.sources));
  }
}

void print_statements(Page& page, const Reading& reading) {
  page.heading("Who says so");
  if (reading.records.statements.empty()) page.plain("  no statements found");
  for (const Statement& statement : reading.records.statements) {
    std::string line = party(page, statement.source);
    if (statement.anonymity != "named") line += " " + statement.anonymity;
    if (statement.cue) line += " " + page.words(*statement.cue) + ":";
    page.record(statement.id, line, statement.confidence);
    for (const TextSpan piece : statement.content) page.detail(statement.kind, page.words(piece));
    if (statement.via) page.detail("via", page.words(*statement.via));
    if (statement.unnamed && statement.unnamed->reason) page.detail("unnamed", page.words(*statement.unnamed->reason));
    if (statement.speaks_for) page.detail("for", party(page, *statement.speaks_for));
    if (statement.parent) page.detail("says", statement.chain);
  }
}

void print_commitments(Page& page, const Reading& reading) {
  page.heading("Who promised what, by when");
  if (reading.records.commitments.empty()) page.plain("  no commitments found");
  for (const Commitment& commitment : reading.records.commitments) {
    std::string line = commitment.debtor.empty() ? "(debtor not said)" : parties(page, commitment.debtor);
    line += " \"" + page.words(commitment.anchor) + "\"" + (commitment.polarity == "-" ? " not to:" : ":");
    if (commitment.same_as) line += " = " + *commitment.same_as;
    page.record(commitment.id, line, commitment.confidence);
    page.detail("what", page.words(commitment.consequent));
    if (!commitment.creditor.empty()) page.detail("to whom", parties(page, commitment.creditor));
    if (commitment.deadline) page.detail("by", days(*commitment.deadline));
    if (commitment.antecedent) page.detail("if", page.words(*commitment.antecedent));
    for (const TextSpan left_out : commitment.excludes) page.detail("not", page.words(left_out));
    if (commitment.status != "active") page.detail("status", commitment.status);
    if (!commitment.sources.empty()) page.detail("says", source_chain(reading, commitment.sources));
  }
}

}  // namespace

std::string brief(const Reading& reading, bool colour) {
  const Article& article = reading.article;
  Page page(reading, colour);
  page.title(article.title.value_or(article.id));
  std::string about = article.outlet.value_or("");
  if (article.published)
    about += (about.empty() ? "" : ", ") + to_iso(*article.published) + (article.published_inferred ? " (inferred from the text)" : "");
  if (!article.published)
    about += (about.empty() ? "" : ", ") + std::string("publication date not known: relative dates stay open (--published DATE)");
  if (!about.empty()) page.plain(about);
  print_events(page, reading);
  print_statements(page, reading);
  print_commitments(page, reading);
  return page.take();
}

}  // namespace masudi::cli
