// PLOVER contexts of an event, from words of its sentence (contexts.tsv).
#include <algorithm>

#include "event_reader.h"

namespace masudi {

void EventReader::add_contexts(Event& event, Trace& trace) const {
  for (const auto& context : knowledge_.contexts) {
    const bool there = std::find(event.contexts.begin(), event.contexts.end(), context.context) != event.contexts.end();
    for (const auto& run : context.words) {
      const auto at = find_run(run);
      if (at == no_word) continue;
      if (!there) event.contexts.push_back(context.context);
      trace.fields.push_back({"contexts", context.id, context.context + ": " + word(at).form});
      break;
    }
  }
}

std::uint32_t EventReader::find_run(const std::vector<std::string>& run) const {
  for (std::uint32_t i = 0; i + run.size() <= tree_.size(); ++i) {
    bool all = !run.empty();
    for (std::uint32_t k = 0; all && k < run.size(); ++k) all = lower_lemma(word(i + k)) == run[k] || ascii_lower(word(i + k).form) == run[k];
    if (all) return i;
  }
  return no_word;
}

}  // namespace masudi
