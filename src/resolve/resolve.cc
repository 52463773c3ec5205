// resolve composed: actors, times and places, each in a file of its own.
#include "resolve_impl.h"

namespace masudi {

ResolveRules::ResolveRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ResolveRules::ResolveRules(ResolveRules&&) noexcept = default;
ResolveRules& ResolveRules::operator=(ResolveRules&&) noexcept = default;
ResolveRules::~ResolveRules() = default;

Result<ResolveRules> ResolveRules::build(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries) {
  auto impl = std::make_unique<Impl>();
  if (auto built = ActorRules::build(lexicon, gazetteer, dictionaries))
    impl->actors = std::move(*built);
  else
    return built.error();
  if (auto built = TimeRules::build(lexicon))
    impl->times = std::move(*built);
  else
    return built.error();
  if (auto built = PlaceRules::build(lexicon, gazetteer))
    impl->places = std::move(*built);
  else
    return built.error();
  return ResolveRules(std::move(impl));
}

Resolution resolve(const Article& article, const std::vector<Sentence>& sentences, const Mentions& mentions, const ResolveRules& rules) {
  Resolution out;
  resolve_times(article, sentences, *rules.impl().times, out);
  resolve_places(article, sentences, mentions, *rules.impl().places, out);
  resolve_actors(article, sentences, mentions, *rules.impl().actors, out);
  return out;
}

}  // namespace masudi
