#include "extract_impl.h"
namespace masudi {
Result<std::unique_ptr<EventRules>> EventRules::build(const Lexicon&) { return std::make_unique<EventRules>(); }
void extract_events(const Article&, const Analysis&, const EventRules&, Extraction&) {}
}  // namespace masudi
