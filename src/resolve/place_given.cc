// Toponyms that the caller marked (Article::toponyms): no search, each span is looked up under the names that it may hold and told apart as ever.
#include <algorithm>

#include "place_resolver.h"

namespace masudi::place_detail {

namespace {

constexpr std::int64_t well_known = 100000;  // inhabitants

/// A name without what may stand around it in a span: an article, a possessive ending.
std::string_view bare(std::string_view name) {
  for (const std::string_view article : {"the ", "The ", "THE "})
    if (name.starts_with(article)) name.remove_prefix(article.size());
  return name.substr(0, possessive_at(name));
}

}  // namespace

// Makes a match of the span if the gazetteer knows `name`. A name that is only a part of the span must be one that news knows by itself:
// "University of California", not the village of Street in "Royal Street".
bool Resolver::look_up(std::string_view name, TextSpan span, std::uint32_t s, std::uint32_t first, std::uint32_t last, bool part) {
  if (name.empty()) return false;
  Match match;
  match.key = fold(name);
  rules_.index.find(match.key, name, match.hits);
  const auto known = [&](SiteRef hit) {
    if (hit.table == SiteTable::cities) return !hit.alternate && rules_.index.site(hit).population >= well_known;
    return hit.table != SiteTable::admin2 && hit.table != SiteTable::facilities;
  };
  const bool prominent = std::any_of(match.hits.begin(), match.hits.end(), known);
  if (const auto* row = Rules::in(rules_.abbreviations, std::string(name)); row != nullptr && !prominent) {
    match.hits = {row->ref};
    match.rule = std::string(row->id);
  } else if (const auto* codes = Rules::in(rules_.demonyms, match.key); codes != nullptr && !prominent) {
    if (const auto country = rules_.index.country(codes->front())) match.hits = {*country};
    match.rule = "place.demonym";
  } else if (const auto* region = Rules::in(rules_.region_adjectives, match.key); region != nullptr && !prominent) {
    match.hits = {*region};
    match.rule = "place.demonym";
  } else if (part && (!prominent || rules_.about(match.key).word)) {
    return false;
  } else if (part) {
    std::erase_if(match.hits, [&](SiteRef hit) { return !known(hit); });
  }
  if (match.hits.empty()) return false;
  match.sentence = s;
  match.first = first;
  match.last = last;
  match.span = span;
  match.certain = true;
  match.inside = part;
  matches_.push_back(std::move(match));
  return true;
}

// Puts the given spans in the place of the names that were found where they overlap; the other names stay, to tell them apart by.
void Resolver::take_given() {
  for (const TextSpan span : *article_.toponyms) {
    for (std::uint32_t s = 0; s < lines_.size(); ++s) {
      const auto& pieces = lines_[s].pieces;
      std::uint32_t first = 0, last = 0;
      for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].span.overlaps(span)) continue;
        if (last == 0) first = i;
        last = i + 1;
      }
      if (last == 0) continue;
      std::erase_if(matches_, [&](const Match& match) { return match.span.overlaps(span); });
      for (std::uint32_t i = first; i < last; ++i) lines_[s].taken[i] = true;
      const std::string_view whole = bare(slice(text_, span));
      bool known = look_up(whole, span, s, first, last, false);
      // "Idlib province", "northern Syria", "University of California": the longest name inside, the last one first.
      for (std::uint32_t size = last - first - 1; !known && size > 0; --size)
        for (std::uint32_t begin = last - size + 1; !known && begin-- > first;) {
          const TextSpan part{pieces[begin].span.begin, pieces[begin + size - 1].span.end};
          if (pieces[begin].capital && has_letter(slice(text_, part))) known = look_up(bare(slice(text_, part)), span, s, first, last, true);
        }
      break;
    }
  }
  std::stable_sort(matches_.begin(), matches_.end(),
                   [](const Match& a, const Match& b) { return std::pair(a.sentence, a.first) < std::pair(b.sentence, b.first); });
}

// Only the given spans become places. What no name of the gazetteer tells lies near the closest place that was named.
void Resolver::keep_given() {
  for (const TextSpan span : *article_.toponyms) {
    const auto at = std::find_if(matches_.begin(), matches_.end(), [&](const Match& match) { return match.span == span && match.best; });
    if (at != matches_.end()) {
      found_.push_back(found_of(*at));
      if (at->inside && found_.back().place.precision == "exact") found_.back().place.precision = "near";
      continue;
    }
    std::uint32_t s = 0;
    while (s + 1 < trees_.size() && trees_[s + 1].sentence().span.begin <= span.begin) ++s;
    emit_unknown(span, "facility", "place.given", nullptr, s, 30);
  }
}

}  // namespace masudi::place_detail
