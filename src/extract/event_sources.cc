// Who vouches for an event: the statements in whose content it stands.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

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
