// extract composed: statements first, since events and commitments stand inside them.
#include <set>
#include <string>
#include <vector>

#include "confidence.h"

namespace masudi {

ExtractRules::Impl::Impl() = default;
ExtractRules::Impl::~Impl() = default;
ExtractRules::ExtractRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ExtractRules::ExtractRules(ExtractRules&&) noexcept = default;
ExtractRules& ExtractRules::operator=(ExtractRules&&) noexcept = default;
ExtractRules::~ExtractRules() = default;

Result<ExtractRules> ExtractRules::build(const Lexicon& lexicon) {
  auto impl = std::make_unique<Impl>();
  if (auto built = StatementRules::build(lexicon))
    impl->statements = std::move(*built);
  else
    return built.error();
  if (auto built = EventRules::build(lexicon))
    impl->events = std::move(*built);
  else
    return built.error();
  if (auto built = SettingRules::build(lexicon))
    impl->settings = std::move(*built);
  else
    return built.error();
  if (auto built = CommitmentRules::build(lexicon))
    impl->commitments = std::move(*built);
  else
    return built.error();
  if (auto built = ConfidenceRules::build(lexicon))
    impl->confidence = std::make_unique<ConfidenceRules>(std::move(*built));
  else
    return built.error();
  return ExtractRules(std::move(impl));
}

Extraction extract(const Article& article, const Analysis& analysis, const ExtractRules& rules) {
  Extraction out;
  extract_statements(article, analysis, *rules.impl().statements, out);
  extract_events(article, analysis, *rules.impl().events, out);
  settle_events(article, analysis, *rules.impl().settings, out);
  extract_commitments(article, analysis, *rules.impl().commitments, out);
  weigh_records(analysis, *rules.impl().confidence, out);
  return out;
}

void leave_out_below(Extraction& records, double confidence) {
  std::set<std::string> gone;
  const auto leave_out = [&](auto& list) {
    std::erase_if(list, [&](const auto& record) {
      if (record.confidence >= confidence) return false;
      gone.insert(record.id);
      return true;
    });
    for (auto& record : list)
      if (record.same_as && gone.count(*record.same_as)) record.same_as.reset();
  };
  leave_out(records.events);
  leave_out(records.commitments);
  std::erase_if(records.traces, [&](const Trace& trace) { return gone.count(trace.record) != 0; });
}

}  // namespace masudi
