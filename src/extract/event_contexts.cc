// PLOVER contexts of an event, from words of its sentence, of its paragraph and of what its article is about (contexts.tsv).
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

// An article is about a context when at least this share of its sentences, and no fewer than two, speak of it.
constexpr std::size_t share_numerator = 1, share_denominator = 3;
// The sentences that say what an article is about: its headline and lead.
constexpr std::uint32_t opening = 2;

/// Rows are written in lower case; one in capitals ("IS", "UN") is that form only.
bool is_word(const Tree& tree, std::uint32_t i, const std::string& wanted) {
  const bool capitals = wanted.size() > 1 && wanted[0] >= 'A' && wanted[0] <= 'Z';
  if (capitals) return tree.word(i).form == wanted;
  return tree.lemma(i) == wanted || tree.lower(i) == wanted;
}

/// By row of contexts.tsv the word at which the sentence speaks of it, or no_word: of the runs of a row the first that is there decides.
std::vector<std::uint32_t> words_of_contexts(const Tree& tree, const EventKnowledge& knowledge) {
  const auto size = tree.size();
  std::vector<std::uint32_t> words(knowledge.contexts.size(), no_word), run_of(knowledge.contexts.size(), no_word);
  const auto look_up = [&](std::uint32_t i, std::string_view key) {
    const auto found = knowledge.context_runs.find(key);
    if (found == knowledge.context_runs.end()) return;
    for (const auto& [context, run] : found->second) {
      if (run >= run_of[context]) continue;
      const auto& wanted = knowledge.contexts[context].words[run];
      bool all = i + wanted.size() <= size;
      for (std::uint32_t k = 0; all && k < wanted.size(); ++k) all = is_word(tree, i + k, wanted[k]);
      if (!all) continue;
      run_of[context] = run;
      words[context] = i;
    }
  };
  for (std::uint32_t i = 0; i < size; ++i) {
    look_up(i, tree.lemma(i));
    if (tree.lower(i) != tree.lemma(i)) look_up(i, tree.lower(i));
    if (tree.word(i).form != tree.lower(i)) look_up(i, tree.word(i).form);
  }
  return words;
}

}  // namespace

ArticleContexts contexts_of(const Analysis& analysis, const EventKnowledge& knowledge) {
  ArticleContexts out;
  const std::size_t sentences = analysis.sentences.size();
  std::vector<std::vector<std::uint32_t>> by_sentence;
  for (const Tree& tree : analysis.trees) by_sentence.push_back(words_of_contexts(tree, knowledge));
  for (std::size_t c = 0; c < knowledge.contexts.size(); ++c) {
    const auto& context = knowledge.contexts[c];
    std::vector<std::uint32_t> words(sentences, no_word);
    std::size_t hits = 0, early = 0;
    for (std::size_t s = 0; s < sentences; ++s) {
      words[s] = by_sentence[s][c];
      if (words[s] == no_word) continue;
      ++hits;
      if (s < opening) ++early;
    }
    const bool many = hits >= 2 && hits * share_denominator >= sentences * share_numerator;
    out.about.push_back(context.reach == "article" && (many || (early > 0 && hits >= 2)));
    out.words.push_back(std::move(words));
  }
  return out;
}

/// May a row's own context stand? "diplomatic" asks for parties of two countries, "military" for somebody armed, or for their words.
bool EventReader::context_holds(const EventKnowledge::Context& context, const Event& event) const {
  if (context.asks.empty()) return true;
  std::vector<const Entity*> parties;
  for (const auto& entity : event.actor) parties.push_back(&entity);
  for (const auto& entity : event.recipient) parties.push_back(&entity);
  const auto has = [](const Entity* entity, const char* sector) { return entity->sector && *entity->sector == sector; };
  if (context.asks == "armed")
    return std::any_of(parties.begin(), parties.end(), [&](const Entity* e) { return has(e, "MIL") || has(e, "REB") || has(e, "UAF"); });
  for (const auto* one : parties)
    for (const auto* other : parties)
      if ((one->country && other->country && one->country != other->country) || has(one, "IGO")) return true;
  return false;
}

void EventReader::add_contexts(Event& event, Trace& trace) const {
  const std::vector<std::string> brought = std::move(event.contexts);
  event.contexts.clear();
  for (std::size_t c = 0; c < knowledge_.contexts.size(); ++c) {
    const auto& context = knowledge_.contexts[c];
    const auto at = article_contexts_.words[c][index_];
    if (at != no_word) {
      event.contexts.push_back(context.context);
      trace.fields.push_back({"contexts", context.id, context.context + ": " + word(at).form});
    } else if (article_contexts_.about[c]) {
      event.contexts.push_back(context.context);
      trace.fields.push_back({"contexts", context.id, context.context + ": what the article is about"});
    } else if (std::find(brought.begin(), brought.end(), context.context) != brought.end() && context_holds(context, event)) {
      event.contexts.push_back(context.context);
    }
  }
}

}  // namespace masudi
