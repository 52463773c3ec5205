// Auxiliary modes of an event: future, hypothetical, negated, historical.
#include <algorithm>
#include <set>

#include "event_reader.h"

namespace masudi {

namespace {

// An event more than a year before publication is told as history (record.md).
constexpr int history_days = 365;

}  // namespace

bool EventReader::has_own_modal(std::uint32_t i) const {
  for (const auto& mark : modes_of(tree_, i, knowledge_.modality))
    if (mark.own_modal && mark.aux == "future") return true;
  return false;
}

/// A past form in a sentence all of whose dates lie more than a year back.
bool EventReader::is_told_of_the_past(std::uint32_t anchor) const {
  if (!article_.published) return false;
  const std::uint32_t verb = clause_of(anchor);
  const bool past = word(verb).feats.find("Tense=Past") != std::string::npos || word(verb).xpos == "VBD" || word(verb).xpos == "VBN";
  if (!past) return false;
  bool any = false;
  for (const auto& interval : analysis_.resolution.intervals) {
    if (interval.sentence != index_ || !interval.range || interval.relation == "since" || interval.relation == "until") continue;
    if (interval.range->end >= *article_.published - std::chrono::days(history_days)) return false;
    any = true;
  }
  return any;
}

void EventReader::set_modes(const EventCandidate& candidate, Event& event, Trace& trace, bool& own_modal) const {
  std::set<std::string> aux;
  for (const auto& mode : candidate.row->aux) {
    aux.insert(mode);
    trace.fields.push_back({"aux", candidate.row->id, mode});
  }
  for (const auto& mark : modes_of(tree_, candidate.anchor, knowledge_.modality)) {
    if (mark.aux.empty()) {  // only a step on the way up: "foiled [plots] to topple him"
      trace.fields.push_back({"aux", mark.rule, word(mark.word).form + ": asked what governs it"});
      continue;
    }
    // "pledged support": a verb that is part of the event says nothing about its mode, but that it is not.
    const bool light = std::find(candidate.consumed.begin(), candidate.consumed.end(), mark.word) != candidate.consumed.end();
    if (light && mark.aux != "negated") continue;
    if (mark.own_modal && mark.aux == "future") own_modal = true;
    trace.fields.push_back({"aux", mark.rule, mark.aux + ": " + word(mark.word).form});
    aux.insert(mark.aux);
    trace.words.push_back(mark.word);
  }
  if (event.date && article_.published && event.date->end < *article_.published - std::chrono::days(history_days)) {
    aux.insert("historical");
    trace.fields.push_back({"aux", "date.over-a-year", "historical"});
  } else if (!event.date && is_told_of_the_past(candidate.anchor)) {
    aux.insert("historical");
    trace.fields.push_back({"aux", "dates.over-a-year", "historical"});
  }
  // A threat says by itself that the act is still to come and may not.
  if (event.type == "THREATEN") {
    aux.erase("future");
    aux.erase("hypothetical");
  }
  for (const char* mode : {"historical", "future", "hypothetical", "negated"})
    if (aux.count(mode)) event.aux.emplace_back(mode);
}

}  // namespace masudi
