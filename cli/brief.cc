// The brief: what `masudi read` prints to a person.
#include <algorithm>

#include "masudi/explain.h"
#include "masudi/pipeline.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

constexpr std::size_t width = 100;            // columns before a line is broken
constexpr std::size_t most_events = 8;        // of a brief
constexpr std::size_t longest_content = 280;  // bytes of a statement that a brief shows
constexpr std::size_t deepest = 8;            // statements inside statements

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

/// At most `longest` bytes of words, cut at a blank.
std::string shortened(std::string text, std::size_t longest) {
  if (text.size() <= longest) return text;
  const auto blank = text.rfind(' ', longest);
  text.resize(blank == std::string::npos ? longest : blank);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
  return text + " …";
}

/// The events that the article is about: those told first, each once. The others are counted.
std::vector<const Event*> lead_events(const Reading& reading, bool all) {
  std::vector<const Event*> out;
  for (const Event& event : reading.records.events) {
    const bool background = std::find(event.aux.begin(), event.aux.end(), "historical") != event.aux.end();
    if (all || (!event.same_as && !background && out.size() < most_events)) out.push_back(&event);
  }
  return out;
}

void print_events(Page& page, const Reading& reading, bool all) {
  page.heading("What happened");
  if (reading.records.events.empty()) page.plain("  no political events found");
  const auto lead = lead_events(reading, all);
  for (const Event* shown : lead) {
    const Event& event = *shown;
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
  if (const std::size_t left = reading.records.events.size() - lead.size(); left > 0)
    page.plain("  and " + std::to_string(left) + (left == 1 ? " more: background, or told" : " more: background, told") + " again or later (--all)");
}

void print_statement(Page& page, const Reading& reading, const Statement& statement, std::size_t depth, bool all) {
  std::string line = std::string(2 * depth, ' ') + party(page, statement.source);
  if (statement.anonymity != "named") line += ", " + statement.anonymity;
  if (statement.cue) line += ", " + page.words(*statement.cue);
  if (statement.via) line += ", through " + page.words(*statement.via);
  page.record(statement.id, line, statement.confidence);
  std::string said;
  for (const TextSpan piece : statement.content) said += (said.empty() ? "" : " [...] ") + page.words(piece);
  page.detail(statement.kind, all ? said : shortened(said, longest_content));
  if (statement.unnamed && statement.unnamed->reason) page.detail("unnamed", page.words(*statement.unnamed->reason));
  if (statement.speaks_for) page.detail("for", party(page, *statement.speaks_for));
  if (statement.parent) page.detail("says", statement.chain);
  for (const Statement& inner : reading.records.statements)
    if (inner.parent == statement.id && depth < deepest) print_statement(page, reading, inner, depth + 1, all);
}

void print_statements(Page& page, const Reading& reading, bool all) {
  page.heading("Who says so");
  if (reading.records.statements.empty()) page.plain("  no statements found");
  for (const Statement& statement : reading.records.statements)
    if (!statement.parent) print_statement(page, reading, statement, 0, all);
}

void print_commitment(Page& page, const Reading& reading, const Commitment& commitment) {
  std::string line = commitment.debtor.empty() ? "(debtor not said)" : parties(page, commitment.debtor);
  line += " \"" + page.words(commitment.anchor) + "\"" + (commitment.polarity == "-" ? " not to:" : ":");
  if (commitment.same_as) line += " = " + *commitment.same_as;
  page.record(commitment.id, line, commitment.confidence);
  page.detail("what", page.words(commitment.consequent));
  if (commitment.clause && !commitment.clause->empty()) page.detail("clause", *commitment.clause);
  if (!commitment.creditor.empty()) page.detail("to whom", parties(page, commitment.creditor));
  if (commitment.deadline)
    page.detail("by", days(*commitment.deadline) + (commitment.deadline_words ? " (\"" + page.words(*commitment.deadline_words) + "\")" : ""));
  if (commitment.antecedent) page.detail("if", page.words(*commitment.antecedent));
  for (const TextSpan left_out : commitment.excludes) page.detail("not", page.words(left_out));
  if (commitment.status != "active") page.detail("status", commitment.status);
  if (commitment.not_testable) page.detail("untestable", *commitment.not_testable);
  if (!commitment.sources.empty()) page.detail("says", source_chain(reading, commitment.sources));
}

void print_commitments(Page& page, const Reading& reading) {
  page.heading("Who promised what, by when");
  for (const Agreement& agreement : reading.records.agreements) {
    page.record(agreement.id, "an agreement of " + std::to_string(agreement.stipulations.size()) + " stipulations", agreement.confidence);
    if (!agreement.parties.empty()) page.detail("between", parties(page, agreement.parties));
    if (agreement.in_force) page.detail("in force", to_iso(agreement.in_force->begin));
    if (agreement.lapses) page.detail("lapses", to_iso(agreement.lapses->end));
  }
  if (reading.records.commitments.empty()) page.plain("  no commitments found");
  // Another account of an undertaking stands right under the first one.
  for (const Commitment& commitment : reading.records.commitments) {
    if (commitment.same_as) continue;
    print_commitment(page, reading, commitment);
    for (const Commitment& again : reading.records.commitments)
      if (again.same_as == commitment.id) print_commitment(page, reading, again);
  }
}

}  // namespace

std::string brief(const Reading& reading, bool colour, bool all) {
  const Article& article = reading.article;
  Page page(reading, colour);
  page.title(article.title.value_or(article.id));
  std::string about = article.outlet.value_or("");
  if (article.published)
    about += (about.empty() ? "" : ", ") + to_iso(*article.published) + (article.published_inferred ? " (inferred from the text)" : "");
  if (!article.published)
    about += (about.empty() ? "" : ", ") + std::string("publication date not known: relative dates stay open (--published DATE)");
  if (!about.empty()) page.plain(about);
  print_events(page, reading, all);
  print_statements(page, reading, all);
  print_commitments(page, reading);
  return page.take();
}

}  // namespace masudi::cli
