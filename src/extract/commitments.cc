#include "extract_impl.h"
namespace masudi {
Result<std::unique_ptr<CommitmentRules>> CommitmentRules::build(const Lexicon&) { return std::make_unique<CommitmentRules>(); }
void extract_commitments(const Article&, const Analysis&, const CommitmentRules&, Extraction&) {}
}  // namespace masudi
