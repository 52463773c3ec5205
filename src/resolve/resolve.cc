// resolve composed: actors, times and places, each in a file of its own.
#include <future>

#include "resolve_impl.h"

namespace masudi {

ResolveRules::ResolveRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResolveRules::ResolveRules(ResolveRules&&) noexcept = default;
ResolveRules& ResolveRules::operator=(ResolveRules&&) noexcept = default;
ResolveRules::~ResolveRules() = default;

Result<ResolveRules> ResolveRules::build(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries) {
  auto impl = std::make_unique<Impl>();
  // The tables of actors are the most work; times and places are made ready beside them.
  auto timing = std::async(std::launch::async, [&] {
    auto times = TimeRules::build(lexicon);
    return std::pair(std::move(times), PlaceRules::build(lexicon, gazetteer));
  });
  if (auto built = ActorRules::build(lexicon, gazetteer, dictionaries))
    impl->actors = std::move(*built);
  else
    return built.error();
  auto [times, places] = timing.get();
  if (times)
    impl->times = std::move(*times);
  else
    return times.error();
  if (places)
    impl->places = std::move(*places);
  else
    return places.error();
  return ResolveRules(std::move(impl));
}

Resolution resolve(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const ResolveRules& rules) {
  Resolution out;
  resolve_times(article, trees, *rules.impl().times, out);
  resolve_places(article, trees, mentions, *rules.impl().places, out);
  resolve_actors(article, trees, mentions, *rules.impl().actors, out);
  return out;
}

}  // namespace masudi
