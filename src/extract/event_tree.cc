// Where an event stands in its sentence: its clause, what it is about, how close a time or a place is to it.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

// How far below a complement's head a word still is what the complement is about: "agreed to order the withdrawal".
constexpr int topic_depth = 3;

}  // namespace

/// Is `below` what the complement of `above` is about: reached through a clausal complement, object or oblique within a few steps?
bool EventReader::is_topic(std::uint32_t above, std::uint32_t below) const {
  std::uint32_t i = below;
  for (int step = 0; step <= topic_depth; ++step) {
    const auto up = tree_.head(i);
    if (!up) return false;
    const std::string& relation = word(i).deprel;
    // "pressed Hamas to release": the parser may take what is asked for a purpose.
    const bool asked = is_purpose_infinitive(tree_, i);
    if (relation == "parataxis" || relation == "acl:relcl" || (relation == "advcl" && !asked) || relation == "appos") return false;
    // "the agreement concluded in 2015": a fact told in passing, not what is agreed.
    if (relation == "acl" && word(i).xpos == "VBN") return false;
    if (*up == above) return relation != "nsubj" && relation != "conj" && relation != "nmod:poss" && relation != "amod";
    i = *up;
  }
  return false;
}

/// The verb whose clause the anchor belongs to: itself, or for a noun the verb that it depends on.
std::uint32_t EventReader::clause_of(std::uint32_t i) const {
  std::uint32_t at = i;
  for (std::uint32_t steps = 0; steps < tree_.size(); ++steps) {
    if (is_verb(word(at)) || word(at).deprel == "root") return at;
    const auto up = tree_.head(at);
    if (!up) return at;
    at = *up;
  }
  return at;
}

/// The word of [first, last) that the rest hangs on.
std::uint32_t EventReader::head_of(std::uint32_t first, std::uint32_t last) const {
  last = std::min(last, tree_.size());
  for (std::uint32_t i = first; i < last; ++i) {
    const auto up = tree_.head(i);
    if (!up || *up < first || *up >= last) return i;
  }
  return first;
}

/// How closely a dependent (a time, a place) belongs to the anchor: 3 its own, 2 of its clause's verb, 1 of a verb that it completes, 0 not.
int EventReader::closeness(std::uint32_t dependent, std::uint32_t anchor) const {
  std::uint32_t at = dependent;
  for (std::uint32_t steps = 0; steps < tree_.size(); ++steps) {
    const auto up = tree_.head(at);
    if (!up) break;
    at = *up;
    if (at == anchor) return 3;
    if (is_verb(word(at))) break;
  }
  if (at == dependent) return 0;
  const std::uint32_t clause = clause_of(anchor);
  if (at == clause) return 2;
  std::uint32_t above = clause;
  for (int step = 0; step < topic_depth && word(above).deprel == "xcomp"; ++step) {
    const auto up = tree_.head(above);
    if (!up) break;
    above = *up;
    if (above == at) return 1;
  }
  return 0;
}

bool EventReader::is_definite(std::uint32_t i) const { return has_definite_determiner(tree_, i) || tree_.child(i, "nmod:poss"); }

bool EventReader::is_infinitive(std::uint32_t i) const {
  if (!is_verb(word(i))) return false;
  for (const auto c : tree_.children(i))
    if (word(c).deprel == "mark" && word(c).upos == "PART") return true;
  return false;
}

}  // namespace masudi
