// explain: why a record is there, for a person: sentence, marked spans, arcs, rule with file and line, what was rejected.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masudi/pipeline.h"

namespace masudi {

/// Ids that a reading can explain, in text order: e1, s1, c1, t1 (timexes), p1 (places), a1 (actors).
std::vector<std::string> record_ids(const Reading& reading);

/// Several lines of plain text. not_found lists the ids that there are.
Result<std::string> explain(const Reading& reading, std::string_view record, const Lexicon& lexicon, const Lexicon& gazetteer);

/// The chain that vouches for a record (Statement::chain of its innermost source): "AP <- high-ranking US official (anonymous: spoke on
/// condition of anonymity)"; the outlet alone where nobody else says it.
std::string source_chain(const Reading& reading, const std::vector<std::string>& sources);

}  // namespace masudi
