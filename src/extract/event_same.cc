// One record for each event of a sentence, and links to its earlier tellings in the article.
#include <algorithm>
#include <map>
#include <set>
#include <type_traits>

#include "event_reader.h"

namespace masudi {

void EventReader::drop(EventCandidate& loser, EventCandidate& winner, const std::string& reason) {
  loser.dropped = true;
  loser.refused = false;
  winner.rejected.push_back({loser.row->id, word(loser.anchor).span, reason});
}

/// "an evacuation deal", "the protest movement": an event noun in front of another noun only says of what kind that is.
void EventReader::drop_modifiers() {
  for (auto& candidate : candidates_)
    if (is_noun(word(candidate.anchor)) && tree_.has_relation(candidate.anchor, "compound")) candidate.dropped = true;
}

void EventReader::drop_consumed() {
  for (const bool verbs : {true, false})
    for (auto& winner : candidates_) {
      if (!winner.counts() || is_verb(word(winner.anchor)) != verbs) continue;
      for (auto& loser : candidates_)
        if (&loser != &winner && loser.counts() && std::find(winner.consumed.begin(), winner.consumed.end(), loser.anchor) != winner.consumed.end())
          drop(loser, winner, "part of the event " + std::string(slice(article_.text, word(winner.anchor).span)));
    }
}

/// What a demand, refusal, agreement or threat is about is not a second event.
void EventReader::drop_topics() {
  for (auto& winner : candidates_) {
    if (!winner.counts()) continue;
    const std::string& type = winner.row->type;
    const bool charge = type == "ACCUSE";  // what it charges with may be an event, but no second charge
    // "forced them to surrender": what somebody is made to do.
    const bool forced = type == "COERCE" && std::any_of(winner.row->needs.begin(), winner.row->needs.end(),
                                                        [](const auto& need) { return need.slot == "clause" && !need.negated; });
    if (!charge && !forced && type != "REQUEST" && type != "AGREE" && type != "REJECT" && type != "THREATEN" && type != "CONCEDE") continue;
    for (auto& loser : candidates_)
      if ((!charge || loser.row->type == type) && &loser != &winner && loser.counts() && is_topic(winner.anchor, loser.anchor))
        drop(loser, winner, "what the " + type + " is about");
  }
}

/// An event noun that is only the object or adjunct of another event is told again, not told: dropped when its type has been coded before.
void EventReader::drop_retold() {
  for (auto& loser : candidates_) {
    if (loser.dropped || !is_noun(word(loser.anchor))) continue;
    // A noun that stands twice in a sentence tells its event once.
    for (auto& winner : candidates_)
      if (winner.anchor < loser.anchor && !winner.dropped && winner.row->type == loser.row->type && is_definite(loser.anchor) &&
          tree_.lemma(winner.anchor) == tree_.lemma(loser.anchor)) {
        drop(loser, winner, "named before in the sentence");
        break;
      }
    if (loser.dropped) continue;
    const bool adjunct =
        tree_.has_relation(loser.anchor, "obl") || tree_.has_relation(loser.anchor, "nmod") || tree_.has_relation(loser.anchor, "obj");
    if (!adjunct) continue;
    // "during the visit", "prior to the ruling": named only to place something else in time.
    const bool known = (tree_.has_relation(loser.anchor, "obl") || tree_.has_relation(loser.anchor, "nmod")) && is_definite(loser.anchor);
    const bool told = std::any_of(out_.events.begin(), out_.events.end(), [&](const auto& event) { return event.type == loser.row->type; });
    if (!told) continue;
    if (known) {
      loser.dropped = true;
      continue;
    }
    for (auto& winner : candidates_)
      if (&winner != &loser && !winner.dropped && tree_.dominates(winner.anchor, loser.anchor) && is_topic(winner.anchor, loser.anchor)) {
        drop(loser, winner, "told before, here only the object or adjunct of another event");
        break;
      }
  }
}

bool EventReader::compatible(const std::vector<Entity>& a, const std::vector<Entity>& b) {
  if (a.empty() || b.empty()) return true;
  for (const auto& x : a)
    for (const auto& y : b)
      if (x.text.overlaps(y.text) || (x.name && x.name == y.name) || (!x.name && !y.name && x.country == y.country && x.sector == y.sector))
        return true;
  return false;
}

/// Could two words name one event? A noun with a word of its clause or of the clause that it completes; two verbs each tell something.
bool EventReader::may_be_one(std::uint32_t a, std::uint32_t b) const {
  // "retaliated by firing": the means and the act are one.
  const auto is_means = [&](std::uint32_t above, std::uint32_t below) {
    const auto mark = tree_.child(below, "mark");
    return tree_.head(below) == above && mark && tree_.lower(*mark) == "by";
  };
  // "found her guilty and sentenced her": a verdict and its penalty are one conviction.
  const auto is_verdict = [&](std::uint32_t i) {
    return std::any_of(candidates_.begin(), candidates_.end(), [&](const auto& c) { return c.anchor == i && c.row->mode == "convict"; });
  };
  // "accused him of theft, alleging that he took the money": how the act is done.
  const auto is_manner = [&](std::uint32_t above, std::uint32_t below) {
    return tree_.head(below) == above && tree_.has_relation(below, "advcl") && word(below).xpos == "VBG" && !tree_.child(below, "mark");
  };
  if (is_verb(word(a)) && is_verb(word(b)))
    return is_means(a, b) || is_means(b, a) || is_manner(a, b) || is_manner(b, a) || (is_verdict(a) && is_verdict(b));
  return clause_of(a) == clause_of(b) || is_topic(a, b) || is_topic(b, a);
}

void EventReader::drop_doubles(std::vector<std::pair<Event, Trace>>& made, const std::vector<std::uint32_t>& anchors) const {
  for (std::size_t i = 0; i < made.size(); ++i)
    for (std::size_t j = i + 1; j < made.size(); ++j) {
      Event &a = made[i].first, &b = made[j].first;
      if (a.type.empty() || b.type.empty() || a.type != b.type || a.aux != b.aux || !may_be_one(anchors[i], anchors[j])) continue;
      // "discussed the matter in talks with Iran": the verb's parties and the noun's are all parties of one event.
      const bool all_act = a.recipient.empty() && b.recipient.empty() && (a.type == "CONSULT" || a.type == "AGREE") &&
                           (tree_.head(anchors[i]) == anchors[j] || tree_.head(anchors[j]) == anchors[i]);
      if (!all_act && (!compatible(a.actor, b.actor) || !compatible(a.recipient, b.recipient))) continue;
      if (all_act)
        for (auto* event : {&a, &b})
          for (const auto& entity : (event == &a ? b : a).actor)
            if (!compatible(event->actor, {entity}) || event->actor.empty()) event->actor.push_back(entity);
      const auto weight = [](const Event& event) { return event.actor.size() + event.recipient.size() + (event.mode ? 1U : 0U); };
      const bool keep_first = weight(a) >= weight(b);
      Event& loser = keep_first ? b : a;
      Event& kept = keep_first ? a : b;
      Trace& winner = made[keep_first ? i : j].second;
      winner.rejected.push_back({loser.provenance.rule, loser.anchor, "the same event as another word of the sentence"});
      // What only the other word says belongs to the event too: "[strikes] by Israel [killed] six fighters".
      const auto take = [&](auto& field, auto& other, const char* name) {
        if (field != std::decay_t<decltype(field)>{} || other == std::decay_t<decltype(field)>{}) return;
        field = std::move(other);
        winner.fields.push_back({name, loser.provenance.rule, "from " + std::string(slice(article_.text, loser.anchor))});
      };
      const auto apart = [&](const std::vector<Entity>& x, const std::vector<Entity>& y) { return x.empty() || y.empty() || !compatible(x, y); };
      if (apart(loser.actor, kept.recipient)) take(kept.actor, loser.actor, "actor");
      if (apart(loser.recipient, kept.actor)) take(kept.recipient, loser.recipient, "recipient");
      take(kept.mode, loser.mode, "mode");
      take(kept.date, loser.date, "date");
      take(kept.place, loser.place, "place");
      for (const auto& context : loser.contexts)
        if (std::find(kept.contexts.begin(), kept.contexts.end(), context) == kept.contexts.end()) kept.contexts.push_back(context);
      loser.type.clear();
    }
}

/// The first event of the article that this one tells again.
std::optional<std::string> EventReader::earlier(const Event& event) const {
  for (const auto& old : out_.events) {
    if (old.type != event.type || sentence_.span.contains(old.anchor)) continue;
    if (old.mode && event.mode && old.mode != event.mode) continue;
    if (!compatible(old.actor, event.actor) || !compatible(old.recipient, event.recipient)) continue;
    const bool shares = (!event.actor.empty() && !old.actor.empty()) || (!event.recipient.empty() && !old.recipient.empty());
    if (!shares && ascii_lower(slice(article_.text, old.anchor)) != ascii_lower(slice(article_.text, event.anchor))) continue;
    if (old.date && event.date && old.date != event.date) continue;
    return old.same_as ? old.same_as : std::optional(old.id);
  }
  return std::nullopt;
}

/// The mode of an event stays the same through an article: a telling that says less takes it from the others, if these agree.
namespace {

/// The host of a visit receives, also in a telling that speaks of a meeting only.
void take_hosts(Event& event, const std::vector<Event>& events) {
  if (!event.recipient.empty() || event.actor.size() < 2) return;
  const std::string& told = event.same_as ? *event.same_as : event.id;
  for (const auto& other : events) {
    if ((other.same_as ? *other.same_as : other.id) != told || other.mode != event.mode || other.recipient.empty()) continue;
    const auto host = [&](const Entity& entity) {
      return std::any_of(other.recipient.begin(), other.recipient.end(), [&](const Entity& e) { return e.country && e.country == entity.country; });
    };
    std::vector<Entity> visitors;
    for (auto& entity : event.actor) (host(entity) ? event.recipient : visitors).push_back(entity);
    event.actor = std::move(visitors);
    return;
  }
}

}  // namespace

void settle_modes(Extraction& out) {
  std::map<std::string, std::set<std::string>> modes;
  for (const auto& event : out.events)
    if (event.mode) modes[event.same_as.value_or(event.id)].insert(*event.mode);
  for (auto& event : out.events) {
    const auto found = modes.find(event.same_as.value_or(event.id));
    if (event.mode || found == modes.end() || found->second.size() != 1) continue;
    event.mode = *found->second.begin();
    if (event.mode == "visit") take_hosts(event, out.events);
    for (auto& trace : out.traces)
      if (trace.record == event.id) trace.fields.push_back({"mode", "same-event.mode", "as another telling of the event says"});
  }
}

}  // namespace masudi
