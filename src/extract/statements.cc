// Statements: who says what. One draft a cue (verb, noun, adjective or construction), from the tree where it shows the parts and from the
// surface (quotation marks, commas, colons beside the cue) where it does not; then drafts of one attribution are joined.
#include <algorithm>

#include "statements_reader.h"

namespace masudi {

void StatementReader::read(Extraction& out) {
  count_turns();
  for (Index s = 0; s < sentences_.size(); ++s) {
    read_cues(s);
    read_according(s);
    read_headline(s);
    read_turn(s);
  }
  read_captions();
  read_posts();
  join();
  attach_colon_quotations();
  attach_running_quotations();
  finish(out);
}

void extract_statements(const Article& article, const Analysis& analysis, const StatementRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const StatementKnowledge*>(&rules);
  if (!knowledge) return;
  StatementReader(article, analysis, *knowledge).read(out);
}

}  // namespace masudi
