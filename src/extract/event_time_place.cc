// When and where an event happens, and what the mode and the parties make of its type (event_place.tsv, event_shift.tsv).
#include <algorithm>
#include <set>

#include "event_reader.h"

namespace masudi {

namespace {

std::set<std::string> countries(const std::vector<Entity>& entities) {
  std::set<std::string> out;
  for (const auto& entity : entities)
    if (entity.country) out.insert(*entity.country);
  return out;
}

}  // namespace

std::optional<DateRange> EventReader::date_of(const EventCandidate& candidate, Trace& trace) const {
  int best = 0;
  std::optional<DateRange> out;
  for (const auto& interval : analysis_.resolution.intervals) {
    if (interval.sentence != index_ || !interval.range || interval.first >= tree_.size()) continue;
    const int close = closeness(head_of(interval.first, interval.last), candidate.anchor);
    if (close <= best) continue;
    best = close;
    out = interval.range;
    const std::string rule = interval.timex < analysis_.resolution.timexes.size() ? analysis_.resolution.timexes[interval.timex].provenance.rule : "";
    trace.fields.push_back({"date", rule, "the time in its clause"});
  }
  return out;
}

std::optional<EventPlace> EventReader::place_of(const EventCandidate& candidate, const std::string& mode, Trace& trace) const {
  int best = 0;
  std::optional<EventPlace> out;
  for (const auto& place : analysis_.resolution.places) {
    if (!sentence_.span.contains(place.span)) continue;
    std::uint32_t first = no_word, last = 0;
    for (std::uint32_t i = 0; i < tree_.size(); ++i)
      if (word(i).span.overlaps(place.span)) {
        first = std::min(first, i);
        last = i + 1;
      }
    if (first == no_word) continue;
    std::uint32_t head = head_of(first, last);
    auto preposition = case_of(tree_, head);
    // "in the town of Yeoncheon", "in the Iraqi capital Baghdad": the phrase around the name carries the preposition.
    for (int step = 0; step < 2; ++step) {
      const auto up = tree_.head(head);
      const bool inside = tree_.has_relation(head, "nmod") || tree_.has_relation(head, "appos") || tree_.has_relation(head, "compound");
      if (!up || !is_noun(word(*up)) || !inside || *up == candidate.anchor) break;
      if (preposition && place_row(tree_.lower(*preposition), mode)) break;
      head = *up;
      preposition = case_of(tree_, head);
    }
    if (!preposition) continue;
    const auto* row = place_row(tree_.lower(*preposition), mode);
    if (!row) continue;
    const int close = closeness(head, candidate.anchor);
    if (close <= best) continue;
    best = close;
    out = EventPlace{place.span, place.name, place.country};
    trace.fields.push_back({"place", row->id, std::string(word(*preposition).form)});
  }
  return out;
}

const EventKnowledge::PlaceRow* EventReader::place_row(std::string_view preposition, const std::string& mode) const {
  for (const auto& row : knowledge_.places)
    if ((row.mode.empty() || row.mode == mode) && row.prepositions.count(preposition)) return &row;
  return nullptr;
}

/// News of the day takes the day of the news; a past report without a date of its own has none.
void EventReader::default_date(const EventCandidate& candidate, Event& event, Trace& trace) const {
  if (event.date || !news_day_) return;
  const bool unsure = !event.aux.empty();
  const bool speech =
      event.type == "REQUEST" || event.type == "ACCUSE" || event.type == "REJECT" || event.type == "THREATEN" || event.type == "SUPPORT";
  if (unsure || !speech || !is_verb(word(candidate.anchor))) return;
  event.date = news_day_;
  trace.fields.push_back({"date", "date.news-of-the-day", "a speech act that is the news of the article"});
}

void EventReader::shift(std::uint32_t anchor, Event& event, Trace& trace, bool own_modal) const {
  for (const auto& row : knowledge_.shifts) {
    if (row.type != event.type || (!row.mode.empty() && row.mode != event.mode.value_or(""))) continue;
    if (!row.aux.empty() && std::find(event.aux.begin(), event.aux.end(), row.aux) == event.aux.end()) continue;
    if (row.when == "modal" && !own_modal) continue;
    if (row.when == "infinitive" && !is_infinitive(anchor)) continue;
    if (row.when == "one_host" || row.when == "many_countries") {
      if (event.mode) continue;
      auto all = countries(event.actor);
      all.merge(countries(event.recipient));
      if (row.when == "many_countries" && all.size() < 3) continue;
      if (row.when == "one_host") {
        const auto host = event.place ? event.place->country : std::nullopt;
        if (all.size() != 2 || !host || !all.count(*host) || event.actor.size() < 2) continue;
        // The visitor acts, the host receives.
        std::vector<Entity> visitors;
        for (auto& entity : event.actor) (entity.country == host ? event.recipient : visitors).push_back(entity);
        event.actor = std::move(visitors);
      }
    }
    event.type = row.to_type;
    event.mode = row.to_mode.empty() ? std::nullopt : std::optional(row.to_mode);
    if (!row.cameo.empty()) event.cameo = row.cameo;
    std::erase_if(event.aux, [&](const auto& aux) { return std::find(row.drops.begin(), row.drops.end(), aux) != row.drops.end(); });
    for (const auto& aux : row.adds)
      if (std::find(event.aux.begin(), event.aux.end(), aux) == event.aux.end()) event.aux.push_back(aux);
    trace.fields.push_back({"type", row.id, "now " + event.type + (event.mode ? " " + *event.mode : "")});
    return;
  }
}

/// The day of the article's news: the first single day within a week before publication that its opening names, else the publication date.
std::optional<DateRange> day_of_the_news(const Article& article, const Analysis& analysis) {
  constexpr std::uint32_t opening = 4;
  constexpr int week = 7;
  if (!article.published) return std::nullopt;
  for (const auto& interval : analysis.resolution.intervals) {
    if (interval.sentence >= opening || !interval.range || interval.range->begin != interval.range->end) continue;
    const auto age = *article.published - interval.range->begin;
    if (age >= std::chrono::days(0) && age <= std::chrono::days(week)) return interval.range;
  }
  return DateRange{*article.published, *article.published};
}

}  // namespace masudi
