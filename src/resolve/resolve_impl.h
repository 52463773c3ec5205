// The three parts of resolve. Each has its knowledge (built once from the lexicon) and one function that fills its part of Resolution.
#pragma once

#include "masudi/resolve.h"

namespace masudi {

struct ActorRules {
  static Result<std::unique_ptr<ActorRules>> build(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries);
  virtual ~ActorRules() = default;
};
struct TimeRules {
  static Result<std::unique_ptr<TimeRules>> build(const Lexicon& lexicon);
  virtual ~TimeRules() = default;
};
struct PlaceRules {
  static Result<std::unique_ptr<PlaceRules>> build(const Lexicon& lexicon, const Lexicon& gazetteer);
  virtual ~PlaceRules() = default;
};

/// Fills Resolution::actors; reads places (a capital that acts is its government).
void resolve_actors(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const ActorRules& rules, Resolution& out);
/// Fills Resolution::timexes and intervals.
void resolve_times(const Article& article, const std::vector<Tree>& trees, const TimeRules& rules, Resolution& out);
/// Fills Resolution::places and place_candidates.
void resolve_places(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const PlaceRules& rules, Resolution& out);

struct ResolveRules::Impl {
  std::unique_ptr<ActorRules> actors;
  std::unique_ptr<TimeRules> times;
  std::unique_ptr<PlaceRules> places;
};

}  // namespace masudi
