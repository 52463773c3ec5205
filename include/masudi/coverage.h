// coverage: how well the tables of events fit a corpus and each other.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "masudi/pipeline.h"

namespace masudi {

/// How often verbs stand with a political party as subject or object: lemma -> count.
using PredicateCounts = std::map<std::string, std::uint64_t>;

/// Adds the political predicates of an article: verbs with a dependent that is a party of government, law, arms or politics, or a country.
void count_predicates(const Reading& reading, PredicateCounts& counts);

struct Coverage {
  std::uint64_t lemmas = 0, covered_lemmas = 0;  ///< of the most frequent ones
  std::uint64_t uses = 0, covered_uses = 0;      ///< how often these stand in the corpus
  struct Missing {
    std::string lemma;
    std::uint64_t count = 0;
  };
  std::vector<Missing> missing;  ///< without an entry in events.tsv, most frequent first
};

/// Which of the `most` most frequent predicates have an entry in events.tsv. A verb that only says, seems or moves
/// (event_plain.tsv) and has no entry is no predicate of an event: it is left out of the count.
Coverage coverage_of(const PredicateCounts& counts, const Lexicon& lexicon, std::size_t most);

/// Two rows of events.tsv that contradict, or of which one can never fire.
struct RowConflict {
  std::string path, first, second, reason;
  std::uint32_t line = 0;  ///< of the second
};

/// Rows of the same word with the same needs: they contradict where type or mode differ; otherwise the later one is unreachable.
std::vector<RowConflict> find_conflicts(const Lexicon& lexicon);

}  // namespace masudi
