// Auxiliary modes of an event: future, hypothetical, negated, historical.
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

void EventReader::set_modes(const EventCandidate& candidate, Event& event, Trace& trace, bool& own_modal) const {
  std::set<std::string> aux;
  for (const auto& mode : candidate.row->aux) {
    aux.insert(mode);
    trace.fields.push_back({"aux", candidate.row->id, mode});
  }
  for (const auto& mark : modes_of(tree_, candidate.anchor, knowledge_.modality)) {
    if (mark.own_modal && mark.aux == "future") own_modal = true;
    trace.fields.push_back({"aux", mark.rule, mark.aux + ": " + word(mark.word).form});
    aux.insert(mark.aux);
    trace.words.push_back(mark.word);
  }
  if (event.date && article_.published && event.date->end < *article_.published - std::chrono::days(history_days)) {
    aux.insert("historical");
    trace.fields.push_back({"aux", "date.over-a-year", "historical"});
  }
  for (const char* mode : {"historical", "future", "hypothetical", "negated"})
    if (aux.count(mode)) event.aux.emplace_back(mode);
}

}  // namespace masudi
