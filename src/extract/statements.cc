#include "extract_impl.h"
namespace masudi {
Result<std::unique_ptr<StatementRules>> StatementRules::build(const Lexicon&) { return std::make_unique<StatementRules>(); }
void extract_statements(const Article&, const Analysis&, const StatementRules&, Extraction&) {}
}  // namespace masudi
