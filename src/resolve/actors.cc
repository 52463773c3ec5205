#include "resolve_impl.h"
namespace masudi {
Result<std::unique_ptr<ActorRules>> ActorRules::build(const Lexicon&, const Lexicon&) { return std::make_unique<ActorRules>(); }
void resolve_actors(const Article&, const std::vector<Sentence>&, const Mentions& mentions, const ActorRules&, Resolution& out) {
  out.actors.resize(mentions.clusters.size());
}
}  // namespace masudi
