// Who vouches for an event: the statements in whose content it stands; or only the author, who speaks of himself.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

// Fewer paragraphs in the first person are quotations whose marks are missing.
constexpr std::size_t author_paragraphs = 3;

}  // namespace

std::vector<bool> told_by_author(const Article& article, const Analysis& analysis, const EventKnowledge& knowledge, const Extraction& out) {
  const auto quotations = find_quotations(article, analysis.sentences, knowledge.marks);
  const auto is_said = [&](TextSpan word) {
    if (std::any_of(quotations.begin(), quotations.end(), [&](const Quotation& q) { return q.span.contains(word); })) return true;
    return std::any_of(out.statements.begin(), out.statements.end(), [&](const Statement& statement) {
      return std::any_of(statement.content.begin(), statement.content.end(), [&](TextSpan piece) { return piece.contains(word); });
    });
  };
  std::size_t first = 0, begin = 0, paragraphs = 0;
  bool counted = false;
  for (std::size_t s = 0; s < analysis.sentences.size(); ++s) {
    if (analysis.sentences[s].starts_paragraph) first = s, counted = false;
    for (const Word& word : analysis.sentences[s].words) {
      if (counted || word.form != "I" || word.deprel != "nsubj" || is_said(word.span)) continue;
      counted = true;
      if (paragraphs++ == 0) begin = first;
    }
  }
  std::vector<bool> told(analysis.sentences.size(), false);
  if (paragraphs >= author_paragraphs) std::fill(told.begin() + static_cast<std::ptrdiff_t>(begin), told.end(), true);
  return told;
}

const Statement* EventReader::innermost_statement(TextSpan anchor) const {
  const Statement* best = nullptr;
  std::uint32_t least = 0;
  for (const auto& statement : out_.statements) {
    if (statement.cue && statement.cue->overlaps(anchor)) continue;
    std::uint32_t bytes = 0;
    bool inside = false;
    for (const auto piece : statement.content) {
      bytes += piece.size();
      inside = inside || piece.contains(anchor);
    }
    if (inside && (!best || bytes < least)) {
      best = &statement;
      least = bytes;
    }
  }
  return best;
}

std::vector<const Statement*> EventReader::statements_around(TextSpan anchor) const {
  std::vector<const Statement*> around;
  const auto size = [](const Statement& statement) {
    std::uint32_t bytes = 0;
    for (const auto piece : statement.content) bytes += piece.size();
    return bytes;
  };
  for (const auto& statement : out_.statements) {
    if (statement.cue && statement.cue->overlaps(anchor)) continue;
    if (std::any_of(statement.content.begin(), statement.content.end(), [&](TextSpan piece) { return piece.contains(anchor); }))
      around.push_back(&statement);
  }
  std::stable_sort(around.begin(), around.end(), [&](const auto* a, const auto* b) {
    if (b->parent == a->id) return true;
    if (a->parent == b->id) return false;
    return size(*a) > size(*b);
  });
  return around;
}

const Statement* EventReader::nearest_voice(TextSpan anchor) const {
  const auto around = statements_around(anchor);
  for (auto statement = around.rbegin(); statement != around.rend(); ++statement)
    if ((*statement)->source.sector) return *statement;
  return around.empty() ? nullptr : around.back();
}

/// Statements in whose content the anchor stands, outermost first, without the one that the event itself makes.
std::vector<std::string> EventReader::sources_of(TextSpan anchor) const {
  std::vector<std::string> out;
  for (const auto* statement : statements_around(anchor)) out.push_back(statement->id);
  return out;
}

}  // namespace masudi
