// What an article is about, where that is a subject which borrows the words of politics and war (event_domains.tsv).
#include <algorithm>
#include <set>

#include "event_reader.h"

namespace masudi {

namespace {

// An article is of a subject when at least one word in `share` is its word, with as many different ones as its row asks.
constexpr std::size_t share = 55;

}  // namespace

const EventKnowledge::Domain* domain_of(const Analysis& analysis, const EventKnowledge& knowledge) {
  const EventKnowledge::Domain* best = nullptr;
  std::size_t most = 0;
  for (const auto& domain : knowledge.domains) {
    std::size_t words = 0, hits = 0;
    std::set<std::string_view> kinds;
    for (const Tree& tree : analysis.trees)
      for (std::uint32_t i = 0; i < tree.size(); ++i) {
        if (tree.word(i).upos == "PUNCT") continue;
        ++words;
        if (!domain.lemmas.count(tree.lemma(i))) continue;
        ++hits;
        kinds.insert(tree.lemma(i));
      }
    if (kinds.size() < domain.different || hits * share < words || hits <= most) continue;
    most = hits;
    best = &domain;
  }
  return best;
}

bool is_kept(const Event& event, const EventKnowledge::Domain& domain) {
  if (domain.types.count({event.type, ""}) || domain.types.count({event.type, event.mode.value_or("")})) return true;
  const auto political = [&](const Entity& entity) { return entity.sector && domain.keep.count(*entity.sector); };
  const bool acts = std::any_of(event.actor.begin(), event.actor.end(), political);
  const bool acted_on = std::any_of(event.recipient.begin(), event.recipient.end(), political);
  if (!domain.pairs.count(event.type)) return acts || acted_on;
  // Friendly dealings of one such party with a firm or a crowd are the subject's own: "the airline struck a deal".
  const auto count = std::count_if(event.actor.begin(), event.actor.end(), political);
  return (acts && acted_on) || count > 1;
}

}  // namespace masudi
