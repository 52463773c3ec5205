// Who acts and who is acted on: slots of a frame to parties.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

// How far into a noun phrase a party is looked for: "the sites of Iranian-backed factions".
constexpr int party_depth = 3;

}  // namespace

void EventReader::add_parties(std::uint32_t i, bool descend, int depth, std::vector<Entity>& out) const {
  const auto here = parties_at(article_, analysis_, index_, i);
  for (const auto& entity : here)
    if (std::none_of(out.begin(), out.end(), [&](const auto& e) { return e.text == entity.text && e.name == entity.name; })) out.push_back(entity);
  if (!here.empty() || !descend || depth >= party_depth) return;
  const std::size_t before = out.size();
  for (const auto c : tree_.children(i)) {
    const bool inside = tree_.has_relation(c, "nmod") || tree_.has_relation(c, "compound") || word(c).deprel == "amod";
    if (inside) add_parties(c, true, depth + 1, out);
    if (out.size() > before) return;
  }
}

std::vector<Entity> EventReader::role(const EventRole& slots, const EventCandidate& candidate, bool descend,
                                      std::vector<std::uint32_t>& words) const {
  std::vector<Entity> out;
  for (const auto& alternatives : slots)
    for (const auto& slot : alternatives) {
      const std::size_t before = out.size();
      const auto& arguments = candidate.arguments;
      std::vector<std::uint32_t> heads;
      // parties_at splits coordinations, so only the first conjunct is asked.
      if (slot == "source") {
        if (const auto* statement = innermost_statement(word(candidate.anchor).span)) out.push_back(statement->source);
      } else if (slot == "subj")
        heads = arguments.subjects;
      else if (slot == "obj")
        heads = arguments.objects;
      else if (slot == "iobj" && arguments.indirect)
        heads = {*arguments.indirect};
      else
        for (const auto& oblique : obliques(candidate))
          if (ascii_lower(word(oblique.preposition).form) == slot) heads.push_back(oblique.word);
      for (const auto i : heads) {
        const std::size_t had = out.size();
        add_parties(i, descend, 0, out);
        if (out.size() > had) words.push_back(i);
      }
      if (out.size() > before) break;
    }
  return out;
}

}  // namespace masudi
