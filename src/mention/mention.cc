#include "masudi/mention.h"
namespace masudi {
const Mention* Mentions::at(std::uint32_t sentence, std::uint32_t word) const {
  for (const Mention& m : mentions)
    if (m.sentence == sentence && m.head == word) return &m;
  return nullptr;
}
struct MentionRules::Impl {};
MentionRules::MentionRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MentionRules::MentionRules(MentionRules&&) noexcept = default;
MentionRules& MentionRules::operator=(MentionRules&&) noexcept = default;
MentionRules::~MentionRules() = default;
Result<MentionRules> MentionRules::build(const Lexicon&) { return MentionRules(std::make_unique<Impl>()); }
Mentions find_mentions(const Article&, const std::vector<Sentence>&, const MentionRules&) { return {}; }
}  // namespace masudi
