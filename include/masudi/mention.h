// mention: the people, organisations, places, groups and pronouns that an article speaks of, and which of them are the same.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "masudi/annotate.h"
#include "masudi/lexicon.h"
#include "masudi/tree.h"

namespace masudi {

enum class MentionKind : std::uint8_t {
  name,         ///< "Mustafa Al-Kazemi", "Iraq", "ISIS"
  nominal,      ///< "the two leaders", "an Iraqi source", "the agency"
  pronoun,      ///< "he", "they", "it", "we"
  nationality,  ///< the adjective "Iraqi" in "Iraqi forces"
};

/// Words [first, last) of a sentence that speak of somebody or something.
struct Mention {
  std::uint32_t sentence = 0, first = 0, last = 0, head = 0;  ///< head: index of the head word
  std::uint32_t name_first = 0, name_last = 0;                ///< words of the name, titles left out; of a name only
  TextSpan span;
  MentionKind kind = MentionKind::name;
  std::string type;           ///< PER, ORG, GPE, LOC, NORP, FAC, EVT, MISC; "" unknown
  std::uint32_t cluster = 0;  ///< index into Mentions::clusters
  std::string rule;           ///< lexicon row or rule that found it
  std::string coref_rule;     ///< rule that put it into its cluster with an earlier mention; "" for the first
};

/// Mentions of one person, body or group. A plural ("the two leaders") lists its members.
struct Cluster {
  std::vector<std::uint32_t> mentions;  ///< in text order
  std::uint32_t best = 0;               ///< the mention that names it best
  std::vector<std::uint32_t> members;   ///< clusters that a plural mention stands for; empty for a single party
};

struct Mentions {
  std::vector<Mention> mentions;  ///< in text order
  std::vector<Cluster> clusters;
  /// The mention whose head is that word, or null.
  const Mention* at(std::uint32_t sentence, std::uint32_t word) const;
};

class MentionRules {
 public:
  static Result<MentionRules> build(const Lexicon& lexicon, const Lexicon& gazetteer);
  MentionRules(MentionRules&&) noexcept;
  MentionRules& operator=(MentionRules&&) noexcept;
  ~MentionRules();
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit MentionRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Finds mentions and joins those that speak of the same party, in the trees of the article's sentences. Pure; O(words + mentions squared within an
/// article).
Mentions find_mentions(const Article& article, const std::vector<Tree>& trees, const MentionRules& rules);

}  // namespace masudi
