// Events: words of the lexicon whose arguments fit, made into PLOVER records. The order of work in a sentence: match each word's rows;
// drop what is only the topic of another event; fill parties, auxiliary modes, date, place, contexts and sources; drop what says the same twice.
#include <algorithm>

#include "event_reader.h"

namespace masudi {

namespace {

bool says(const Event& event, std::string_view mode) { return std::find(event.aux.begin(), event.aux.end(), mode) != event.aux.end(); }

}  // namespace

void EventReader::read() {
  for (std::uint32_t i = 0; i < tree_.size(); ++i)
    if (auto rows = rows_of(i); !rows.empty()) rows_.emplace_back(i, std::move(rows));
  match(false);
  match(true);
  drop_implausible();
  drop_modifiers();
  drop_consumed();
  drop_topics();
  drop_retold();
  tell_refused();
  std::vector<std::pair<Event, Trace>> made;
  std::vector<std::uint32_t> anchors;
  for (auto& candidate : candidates_) {
    if (candidate.dropped) continue;
    anchors.push_back(candidate.anchor);
    made.push_back(make(candidate));
  }
  drop_doubles(made, anchors);
  for (auto& [event, trace] : made) {
    if (event.type.empty()) continue;
    if (is_generic(event, anchor_of(event))) continue;
    if (domain_ != nullptr) {
      if (!is_kept(event, *domain_)) continue;
      trace.fields.push_back({"type", domain_->id, "an article about " + domain_->domain + ", but a political party or act"});
    }
    event.id = "e" + std::to_string(out_.events.size() + 1);
    event.same_as = earlier(event);
    trace.record = event.id;
    out_.events.push_back(std::move(event));
    out_.traces.push_back(std::move(trace));
  }
}

std::uint32_t EventReader::anchor_of(const Event& event) const {
  for (std::uint32_t i = 0; i < tree_.size(); ++i)
    if (word(i).span.begin == event.anchor.begin) return i;
  return no_word;
}

/// "without detention", "murder is an offence", "fears of violence", "if suspects are arrested", "the chance of convicting": a word that names no
/// party and no occasion speaks of a kind of act.
bool EventReader::is_generic(const Event& event, std::uint32_t anchor) const {
  if (anchor == no_word || !event.actor.empty() || !event.recipient.empty()) return false;
  if (event.date || event.place) return false;
  if (is_verb(word(anchor))) {
    // "Buyers were asked to bring their passports": nobody of the news asks, nobody of it is asked. A headline leaves parties out.
    if (event.type == "REQUEST" && index_ > 0 && is_passive(tree_, anchor)) return true;
    const auto mark = tree_.child(anchor, "mark");
    return mark && word(*mark).upos != "PART" && (says(event, "hypothetical") || word(anchor).xpos == "VBG");
  }
  if (says(event, "hypothetical") || says(event, "negated")) return true;
  if (!is_noun(word(anchor)) || word(anchor).deprel == "root") return false;
  // "Imprisonment is anathema", "murder must be treated": what is said of a kind of act.
  if (tree_.has_relation(anchor, "nsubj")) {
    const auto up = tree_.head(anchor);
    if (!up || !(tree_.child(*up, "cop") || is_duty(*up))) return false;
  }
  for (const auto c : tree_.children(anchor)) {
    const std::string& relation = word(c).deprel;
    const bool tells_which = relation == "amod" && !tree_.has_relation(anchor, "nsubj");
    if (relation == "det" || relation == "nummod" || relation == "nmod:poss" || tells_which || relation == "acl:relcl") return false;
  }
  return word(anchor).xpos == "NN";
}

TextSpan EventReader::anchor_span(const EventCandidate& candidate) const {
  TextSpan span = word(candidate.anchor).span;
  if (candidate.particle != no_word && candidate.particle == candidate.anchor + 1) span.end = std::max(span.end, word(candidate.particle).span.end);
  return span;
}

std::pair<Event, Trace> EventReader::make(EventCandidate& candidate) {
  const EventRow& row = *candidate.row;
  Event event;
  Trace trace;
  trace.sentence = index_;
  trace.words.push_back(candidate.anchor);
  event.anchor = anchor_span(candidate);
  event.type = row.type;
  if (!row.mode.empty()) event.mode = row.mode;
  if (!row.cameo.empty()) event.cameo = row.cameo;
  event.confidence = row.confidence + candidate.doubt / 100.0;
  event.provenance.rule = row.id;
  trace.fields.push_back({"type", row.id, row.type + (row.mode.empty() ? "" : " " + row.mode)});
  for (auto& evidence : candidate.evidence) trace.fields.push_back({evidence.field, evidence.rule, evidence.note});
  forget_lenders(candidate);
  event.actor = role(row.actor, candidate, false, trace.words);
  event.recipient = role(row.recipient, candidate, true, trace.words);
  if (row.type == "ASSAULT" || row.type == "COERCE" || row.type == "AID") turn_to_people(event.recipient);
  std::erase_if(event.recipient, [&](const Entity& entity) {
    // Nobody does it to himself: "lifted its ban" is not acted on its holder.
    return std::any_of(event.actor.begin(), event.actor.end(), [&](const Entity& actor) {
      return actor.text == entity.text ||
             (actor.sector && actor.name == entity.name && actor.country == entity.country && actor.sector == entity.sector);
    });
  });
  event.place = place_of(candidate, row.mode, trace);
  event.date = date_of(candidate, trace);
  bool own_modal = false;
  set_modes(candidate, event, trace, own_modal);
  // "Denied that he stole", "whether it will break the law": what nobody asserts accuses nobody.
  if (row.type == "ACCUSE" && row.actor == EventRole{{"source"}} && (row.pos == "verb" ? !event.aux.empty() : says(event, "hypothetical"))) {
    event.type.clear();
    return {std::move(event), std::move(trace)};
  }
  shift(candidate.anchor, event, trace, own_modal);
  default_date(candidate, event, trace);
  event.contexts = row.contexts;
  add_contexts(event, trace);
  event.sources = sources_of(event.anchor);
  const auto score = knowledge_.scores.find({event.type, event.mode.value_or("")});
  if (score != knowledge_.scores.end()) {
    event.score = score->second.score;
    trace.fields.push_back({"score", score->second.id, ""});
  }
  for (const auto& entity : event.actor) trace.fields.push_back({"actor", row.id, std::string(slice(article_.text, entity.text))});
  for (const auto& entity : event.recipient) trace.fields.push_back({"recipient", row.id, std::string(slice(article_.text, entity.text))});
  trace.rejected = std::move(candidate.rejected);
  std::sort(trace.words.begin(), trace.words.end());
  trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
  return {std::move(event), std::move(trace)};
}

void extract_events(const Article& article, const Analysis& analysis, const EventRules& rules, Extraction& out) {
  extract_events(article, analysis, rules, out, nullptr);
}

void extract_events(const Article& article, const Analysis& analysis, const EventRules& rules, Extraction& out, std::vector<RefereeCase>* cases) {
  const auto* knowledge = dynamic_cast<const EventKnowledge*>(&rules);
  if (!knowledge) return;
  const auto news_day = day_of_the_news(article, analysis);
  const auto contexts = contexts_of(analysis, *knowledge);
  const auto* domain = domain_of(analysis, *knowledge);
  const auto by_author = told_by_author(article, analysis, *knowledge, out);
  for (std::uint32_t s = 0; s < analysis.sentences.size(); ++s)
    if (!by_author[s]) EventReader(article, analysis, s, *knowledge, out, news_day, contexts, domain, cases).read();
  settle_modes(out);
}

}  // namespace masudi
