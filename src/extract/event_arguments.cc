// Who acts and who is acted on: slots of a frame to parties.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

// How far into a noun phrase a party is looked for: "the sites of Iranian-backed factions".
constexpr int party_depth = 3;

}  // namespace

/// A pronoun of the first person inside what somebody says is the speaker: "We reject this", said the minister.
std::optional<Entity> EventReader::speaker(std::uint32_t i) const {
  if (word(i).feats.find("Person=1") == std::string::npos) return std::nullopt;
  const auto* statement = innermost_statement(word(i).span);
  if (statement == nullptr || statement->source.text == word(i).span) return std::nullopt;
  Entity out = statement->source;
  out.text = word(i).span;
  return out;
}

void EventReader::add_parties(std::uint32_t i, bool descend, int depth, std::vector<Entity>& out) const {
  std::vector<Entity> here;
  const bool personal = word(i).upos == "PRON" && word(i).feats.find("PronType=Prs") != std::string::npos;
  here = parties_at(article_, analysis_, index_, i);
  if (auto who = personal ? speaker(i) : std::nullopt) {
    // "We" of somebody who speaks for a state is the state, as the coreference has it, where it heard the same speaker.
    const bool state = here.size() == 1 && here[0].country == who->country && here[0].sector == who->sector &&
                       word(i).feats.find("Number=Plur") != std::string::npos;
    if (!state) here = {std::move(*who)};
  }
  // "She was released": somebody acts or is acted on, also where nobody says who that is. "You" may be anybody.
  if (here.empty() && personal && depth == 0 && word(i).feats.find("Gender=Neut") == std::string::npos && tree_.lemma(i) != "it" &&
      word(i).feats.find("Person=2") == std::string::npos) {
    Entity somebody;
    somebody.text = word(i).span;
    here.push_back(std::move(somebody));
  }
  for (const auto& entity : here)
    if (std::none_of(out.begin(), out.end(), [&](const auto& e) { return e.text == entity.text && e.name == entity.name; })) out.push_back(entity);
  if (!here.empty() || !descend || depth >= party_depth) return;
  const std::size_t before = out.size();
  for (const auto c : tree_.children(i)) {
    const bool inside = tree_.has_relation(c, "nmod") || tree_.has_relation(c, "compound") || word(c).deprel == "amod" || word(c).deprel == "appos";
    // "[rebel]-held suburbs", "a scheme backed by [the Red Cross]"
    const bool participle = is_verb(word(c)) && word(c).xpos == "VBN" && (word(c).deprel == "amod" || word(c).deprel == "acl");
    if (participle) {
      for (const auto holder : tree_.children(c))
        if (holder < c || word(holder).deprel == "obl:agent") add_parties(holder, true, depth + 1, out);
    } else if (inside) {
      add_parties(c, true, depth + 1, out);
    }
    if (out.size() > before) return;
  }
}

/// "Russian jets", "a drone of the army": what is sent acts for whoever has it.
bool EventReader::stands_for_owner(std::uint32_t i) const {
  for (const auto c : knowledge_.instruments)
    if (knowledge_.classes[c].lemmas.count(tree_.lemma(i))) return true;
  return false;
}

/// Who acts and who is acted on with a noun that is done to somebody: "[police] arrest of [the editor]", "[his] arrest by [police]", "the
/// [Lindh] murder". Its possessor acts only where an of-phrase says who is acted on.
std::vector<std::uint32_t> EventReader::nominal(bool agent, const EventCandidate& candidate) const {
  std::vector<std::uint32_t> by, of, owners, kinds;
  for (const auto& oblique : obliques(candidate)) {
    if (is_under(oblique, "by")) by.push_back(oblique.word);
    if (is_under(oblique, "of")) of.push_back(oblique.word);
  }
  for (const auto c : tree_.children(candidate.anchor)) {
    const bool name = word(c).upos == "PROPN";
    if (word(c).deprel == "nmod:poss" || (tree_.has_relation(c, "compound") && name)) owners.push_back(c);
    if ((tree_.has_relation(c, "compound") && !name) || word(c).deprel == "amod") kinds.push_back(c);
  }
  if (!agent) return of.empty() ? owners : of;
  if (!by.empty()) return by;
  if (!candidate.arguments.subject_is_local) return candidate.arguments.subjects;
  return of.empty() ? kinds : candidate.arguments.subjects;
}

/// "Slovenia endorsed the invasion": who does one thing about an event does not do that event too. A light verb ("launched an invasion") is no
/// event of its own and lends its subject.
void EventReader::forget_lenders(EventCandidate& candidate) const {
  if (!is_noun(word(candidate.anchor)) || candidate.arguments.subject_is_local) return;
  for (const auto verb : candidate.verbs)
    if (std::any_of(candidates_.begin(), candidates_.end(),
                    [&](const EventCandidate& other) { return other.anchor == verb && !other.dropped && other.row->type != candidate.row->type; }))
      candidate.arguments.subjects.clear();
}

/// "Strikes on [Aleppo]", "relief for [Aleppo]": below a country, a place that is acted on is its people.
void EventReader::turn_to_people(std::vector<Entity>& entities) const {
  for (auto& entity : entities) {
    if (entity.sector != "GOV") continue;
    for (const auto& place : analysis_.resolution.places)
      if (place.span.overlaps(entity.text) && place.role == "place" && (place.kind == "city" || place.kind == "admin" || place.kind == "region") &&
          entity.name == place.name)
        entity.sector = "CVL";
  }
}

std::vector<Entity> EventReader::role(const EventRole& slots, const EventCandidate& candidate, bool descend,
                                      std::vector<std::uint32_t>& words) const {
  std::vector<Entity> out;
  for (const auto& alternatives : slots)
    for (const auto& slot : alternatives) {
      const std::size_t before = out.size();
      const auto& arguments = candidate.arguments;
      std::vector<std::uint32_t> heads;
      // parties_at splits coordinations, so only the first conjunct is asked.
      if (slot == "source") {
        if (const auto* statement = nearest_voice(word(candidate.anchor).span)) out.push_back(statement->source);
      } else if (slot == "subj")
        heads = arguments.subjects;
      else if (slot == "obj")
        heads = arguments.objects;
      else if (slot == "iobj" && arguments.indirect)
        heads = {*arguments.indirect};
      else if (slot == "csubj" || slot == "cobj")
        heads = complement(slot, candidate);
      else if (slot == "agent" || slot == "patient")
        heads = nominal(slot == "agent", candidate);
      else
        for (const auto& oblique : obliques(candidate))
          if (is_under(oblique, slot)) heads.push_back(oblique.word);
      const auto take = [&] {
        for (const auto i : heads) {
          const std::size_t had = out.size();
          add_parties(i, descend || stands_for_owner(i), 0, out);
          if (out.size() > had) words.push_back(i);
        }
      };
      take();
      if (slot == "subj" && out.size() == before && !arguments.lent.empty()) {
        heads = arguments.lent;
        take();
      }
      if (out.size() > before) break;
    }
  return out;
}

}  // namespace masudi
