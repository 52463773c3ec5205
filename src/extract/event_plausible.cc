// Words that a row of events.tsv fits and that tell no event all the same: what somebody may do by law, what a thing does, a verb that its particle
// makes another. The words are those of lexicon/event_blocks.tsv.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

/// "The power to detain suspects": a law, not an act.
const EventKnowledge::Block* EventReader::capability_of(std::uint32_t anchor) const {
  if (!is_verb(word(anchor)) || !tree_.has_relation(anchor, "acl")) return nullptr;
  const auto noun = tree_.head(anchor);
  return noun ? knowledge_.block("capability", tree_.lemma(*noun)) : nullptr;
}

/// A party, or a noun of a person or body of which no more is known ("the commission").
bool EventReader::means_somebody(std::uint32_t i) const {
  if (!parties_at(article_, analysis_, index_, i).empty()) return true;
  const Mention* mention = analysis_.mentions.at(index_, i);
  if (mention == nullptr || mention->cluster >= analysis_.resolution.actors.size()) return false;
  const std::string& type = analysis_.resolution.actors[mention->cluster].type;
  return type == "PER" || type == "ORG";
}

/// Does only a thing do it, where only somebody could: "the bill proposes", "the lists ban calls"?
const EventKnowledge::Block* EventReader::done_by_a_thing(const EventCandidate& candidate) const {
  const EventKnowledge::Block* block = knowledge_.block("intent", candidate.row->type + "/" + candidate.row->mode);
  if (!block) block = knowledge_.block("intent", candidate.row->type);
  if (!block || candidate.row->pos != "verb" || candidate.arguments.passive || candidate.arguments.subjects.empty()) return nullptr;
  for (const auto i : candidate.arguments.subjects) {
    const Word& w = word(i);
    if (w.upos == "NOUN" && !means_somebody(i))
      if (const auto* text = knowledge_.block("text", tree_.lemma(i))) return text;
    if (w.upos != "NOUN" || is_named(i) || means_somebody(i)) return nullptr;
    for (const auto c : tree_.children(i))  // "the decision of the court", "a group of states", "Iran's decision" stand for theirs
      if ((tree_.has_relation(c, "nmod") || tree_.has_relation(c, "compound")) && !parties_at(article_, analysis_, index_, c).empty()) return nullptr;
  }
  return block;
}

/// "Prices shot up": a particle that the row does not know.
const EventKnowledge::Block* EventReader::other_verb(const EventCandidate& candidate) const {
  if (candidate.row->pos != "verb" || !candidate.row->particle.empty()) return nullptr;
  const auto particle = tree_.child(candidate.anchor, "compound:prt");
  return particle ? knowledge_.block("particle", lemma_with_particle(tree_, candidate.anchor)) : nullptr;
}

/// "Said at a meeting": of a meeting that names none who meet only the place or the time matters.
const EventKnowledge::Block* EventReader::occasion_of(const EventCandidate& candidate) const {
  if (candidate.row->type != "CONSULT" || !candidate.row->mode.empty() || !is_noun(word(candidate.anchor))) return nullptr;
  const auto preposition = case_of(tree_, candidate.anchor);
  if (!preposition) return nullptr;
  // "A Green Party meeting" is its members', whoever speaks there.
  const auto names = [&](std::uint32_t i) {
    const auto parties = parties_at(article_, analysis_, index_, i);
    return std::any_of(parties.begin(), parties.end(), [](const Entity& party) { return party.sector != "PTY"; });
  };
  if (candidate.arguments.subject_is_local && std::any_of(candidate.arguments.subjects.begin(), candidate.arguments.subjects.end(), names))
    return nullptr;
  for (const auto& oblique : obliques(candidate))
    if (names(oblique.word)) return nullptr;
  return knowledge_.block("occasion", tree_.lower(*preposition));
}

/// "Defended his plan" tells nothing of others. Persons are others, also his own: "defended his chancellor".
const EventKnowledge::Block* EventReader::own_of(const EventCandidate& candidate) const {
  const EventKnowledge::Block* block = knowledge_.block("own", candidate.row->lemma);
  if (!block || !is_verb(word(candidate.anchor))) return nullptr;
  for (const auto i : candidate.arguments.objects) {
    const auto owner = tree_.child(i, "nmod:poss");
    if (!owner || *owner < candidate.anchor || means_somebody(i)) return nullptr;
    const auto whose = word(*owner).upos == "PRON" ? owner : tree_.child(*owner, "nmod:poss");  // "his party's plan"
    if (!whose || word(*whose).upos != "PRON") return nullptr;
  }
  return candidate.arguments.objects.empty() ? nullptr : block;
}

/// "Anyone convicted of theft", "every murder": whatever happens to anybody.
const EventKnowledge::Block* EventReader::anybody(std::uint32_t anchor, const Arguments& arguments) const {
  if (is_noun(word(anchor))) {
    for (const auto c : tree_.children_of(anchor, "det"))
      if (const auto* block = knowledge_.block("kind", tree_.lemma(c))) return block;
    return nullptr;
  }
  // "Any foreigner can opt to be deported": whoever it is.
  if (arguments.passive)
    for (const auto i : arguments.objects)
      for (const auto c : tree_.children_of(i, "det"))
        if (const auto* block = word(i).upos == "NOUN" ? knowledge_.block("kind", tree_.lemma(c)) : nullptr) return block;
  const auto whom = tree_.has_relation(anchor, "acl") ? tree_.head(anchor) : tree_.child(anchor, "nsubj:pass");
  return whom && word(*whom).upos == "PRON" ? knowledge_.block("whoever", tree_.lemma(*whom)) : nullptr;
}

/// "The police should arrest him", "judges can jail him": what somebody ought to do, or can, is at most demanded. "I must thank you" thanks; "as soon
/// as they can be released" does not speak of what is allowed.
const EventKnowledge::Block* EventReader::duty_of(std::uint32_t verb) const {
  // "Must give their backing"
  if (!is_verb(word(verb))) {
    const auto up = tree_.has_relation(verb, "obj") || word(verb).deprel == "nsubj:pass" ? tree_.head(verb) : std::nullopt;
    return up && is_verb(word(*up)) ? duty_of(*up) : nullptr;
  }
  if (tree_.has_relation(verb, "advcl")) return nullptr;
  if (const auto able = tree_.head(verb); able && word(verb).deprel == "xcomp" && word(*able).upos == "ADJ")
    if (const auto* block = knowledge_.block("ability", tree_.lemma(*able))) return block;
  const auto subject = tree_.child(verb, "nsubj");
  const bool first_person = subject && word(*subject).feats.find("Person=1") != std::string::npos;
  // "Can tax or seize": the second verb shares the modal of the first.
  std::vector<std::uint32_t> modals = tree_.children_of(verb, "aux");
  const auto up = tree_.head(verb);
  if (modals.empty() && !subject && up && tree_.has_relation(verb, "conj") && word(verb).xpos == "VB") modals = tree_.children_of(*up, "aux");
  for (const auto c : modals) {
    if (const auto* block = knowledge_.block("ability", tree_.lemma(c))) return block;
    if (const auto* block = first_person ? nullptr : knowledge_.block("duty", tree_.lemma(c))) return block;
  }
  return nullptr;
}

/// "They want the government to leave", "hopes that they will be freed": what somebody else is wanted to do.
const EventKnowledge::Block* EventReader::wished(std::uint32_t anchor) const {
  const std::string& relation = word(anchor).deprel;
  const auto up = relation == "ccomp" || relation == "xcomp" ? tree_.head(anchor) : std::nullopt;
  if (!up || !is_verb(word(anchor)) || !is_verb(word(*up))) return nullptr;
  const bool another = tree_.child(anchor, "nsubj") || tree_.child(anchor, "nsubj:pass") || tree_.child(*up, "obj");
  return another ? knowledge_.block("wish", tree_.lemma(*up)) : nullptr;
}

void EventReader::drop_implausible() {
  std::vector<Rejection> rejected;
  for (auto& candidate : candidates_) {
    const EventKnowledge::Block* block = capability_of(candidate.anchor);
    if (!block) block = done_by_a_thing(candidate);
    if (!block) block = other_verb(candidate);
    if (!block) block = occasion_of(candidate);
    if (!block) block = own_of(candidate);
    if (!block) block = anybody(candidate.anchor, candidate.arguments);
    if (!block && candidate.row->lemma != "*") block = duty_of(candidate.anchor);
    if (!block) block = wished(candidate.anchor);
    if (!block) continue;
    candidate.dropped = true;
    rejected.push_back({block->id, word(candidate.anchor).span, block->reason});
  }
  for (auto& candidate : candidates_)
    if (!candidate.dropped) {
      candidate.rejected.insert(candidate.rejected.end(), rejected.begin(), rejected.end());
      break;
    }
}

}  // namespace masudi
