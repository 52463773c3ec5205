// What the gazetteer's names alone do not give: borders, parts of countries, short names, and names that it lacks.
#include <algorithm>

#include "place_resolver.h"

namespace masudi::place_detail {

namespace {

std::uint32_t distance(TextSpan a, TextSpan b) { return a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin; }
std::string fold_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace

// "the North" in an article about Korea.
void Resolver::find_short_names() {
  for (std::uint32_t s = 0; s < lines_.size(); ++s) {
    const auto& pieces = lines_[s].pieces;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
      if (!pieces[i].capital) continue;
      const auto* row = Rules::in(rules_.shorts, pieces[i].key);
      if (row == nullptr) continue;
      const bool wanted = std::any_of(row->needs.begin(), row->needs.end(), [&](std::string_view code) { return mentions(code) >= 3; });
      const bool article = i > 0 && pieces[i - 1].key == row->before;
      const bool pair = i + 2 < pieces.size() && pieces[i + 1].key == "and" && rules_.directions.contains(pieces[i + 2].key) && pieces[i + 2].capital;
      const bool alone = i + 1 >= pieces.size() || !pieces[i + 1].capital || pieces[i + 1].joined;
      if (!wanted || !alone || !(article || pair)) continue;
      for (Match& match : matches_)
        if (match.sentence == s && match.first <= i && i < match.last) match.best.reset();
      Match match;
      match.sentence = s;
      match.first = i;
      match.last = i + 1;
      match.span = pieces[i].span;
      match.hits = {row->ref};
      match.scores = {100};
      match.containing = {0};
      match.support = 60;
      match.best = 0;
      match.rule = std::string(row->id);
      found_.push_back(found_of(match));
    }
  }
}

// "the Kharkiv region": a division is called after its main town, and the gazetteer may have it under another form of the name ("Kharkivs'ka").
void Resolver::widen_to_division(const Match& match, Found& found) const {
  constexpr std::size_t stem = 4;  // letters that both names begin with
  const Site town = rules_.index.site(match.hits[*match.best]);
  const auto division = rules_.index.division(town.country, town.admin);
  if (!division) return;
  const Site site = rules_.index.site(*division);
  if (fold(site.name).substr(0, stem) != fold(town.name).substr(0, stem)) return;
  Place& place = found.place;
  place.name = std::string(site.name);
  place.kind = std::string(site.kind);
  const SitePoint point = rules_.index.point(*division);
  place.lat = point.lat;
  place.lon = point.lon;
  place.geonames = rules_.index.geonames(*division);
  place.precision = place.lat ? "area" : "none";
  place.provenance.rule = std::string(site.id) + " " + std::string(match.head->id);
}

// Adds what belongs to the name: "Idlib province", "northwestern Syria".
void Resolver::extend() {
  for (const Match& match : matches_) {
    if (!match.best) continue;
    Found found = found_of(match);
    const auto& pieces = lines_[match.sentence].pieces;
    const Head* noun = match.head;
    // "the Corinth canal" is not the town.
    if (noun != nullptr && noun->after && !pieces[match.last].joined && (noun->kind == "water" || noun->kind == "region") &&
        (found.place.kind == "city" || found.place.kind == "admin")) {
      emit_unknown({match.span.begin, pieces[match.last].span.end}, noun->kind, noun->id, &match, match.sentence, 50);
      continue;
    }
    if (noun != nullptr && noun->after && noun->kind == "admin" && found.place.kind == "city") widen_to_division(match, found);
    const std::string_view kind = found.place.kind;
    if (match.last < pieces.size() && !pieces[match.last].joined) {
      const auto* head = Rules::in(rules_.heads, pieces[match.last].key);
      if (head != nullptr && head->after && head->kind == kind && kind != "region" && kind != "facility")
        found.place.span.end = pieces[match.last].span.end;
    }
    if (match.first > 0 && (kind == "country" || kind == "admin" || kind == "region") && match.rule.empty()) {
      std::uint32_t first = match.first - 1;
      const Direction* direction = nullptr;
      if (first >= 2 && pieces[first].joined && pieces[first - 1].joined)
        direction = Rules::in(rules_.directions, pieces[first - 2].key + "-" + pieces[first].key);
      if (direction != nullptr)
        first -= 2;
      else
        direction = Rules::in(rules_.directions, pieces[first].key);
      if (direction != nullptr && !pieces[match.first].joined && !lines_[match.sentence].taken[first]) {
        found.place.span.begin = pieces[first].span.begin;
        found.place.name = std::string(direction->name) + " " + found.place.name;
        found.place.kind = "region";
        found.place.geonames.reset();
        if (kind == "country") found.place.lat = found.place.lon = std::nullopt;
        found.place.precision = found.place.lat ? "area" : "none";
        found.place.provenance.rule = std::string(direction->id);
      }
    }
    found_.push_back(std::move(found));
  }
}

std::string_view Resolver::demonym_at(const Piece& piece) const {
  const auto* codes = piece.capital ? Rules::in(rules_.demonyms, piece.key) : nullptr;
  return codes == nullptr ? std::string_view{} : codes->front();
}

// "Iraqi border", "Syrian-Iraqi border".
void Resolver::find_borders() {
  for (std::uint32_t s = 0; s < lines_.size(); ++s) {
    const auto& pieces = lines_[s].pieces;
    for (std::uint32_t i = 1; i < pieces.size(); ++i) {
      const auto* head = Rules::in(rules_.heads, pieces[i].key);
      if (head == nullptr || head->kind != "border" || !head->after) continue;
      const std::string_view near = demonym_at(pieces[i - 1]);
      if (near.empty()) continue;
      std::string_view far;
      std::uint32_t first = i - 1;
      if (i >= 3 && (pieces[i - 2].key == "and" || (pieces[i - 1].joined && pieces[i - 2].joined))) far = demonym_at(pieces[i - 3]);
      if (!far.empty())
        first = i - 3;
      else
        far = other_side(s, near);
      const auto here = rules_.index.country(near);
      if (!here) continue;
      std::string a(rules_.index.site(*here).name), name = a + " border";
      if (const auto there = far.empty() ? std::nullopt : rules_.index.country(far)) {
        std::string b(rules_.index.site(*there).name);
        if (b < a) std::swap(a, b);
        name = a + "\xE2\x80\x93" + b + " border";
      }
      Found found;
      found.place.span = {pieces[first].span.begin, pieces[i].span.end};
      found.place.name = std::move(name);
      found.place.country = std::string(near);
      found.place.kind = "border";
      found.place.confidence = far.empty() ? 0.5 : 0.8;
      found.place.precision = "none";
      found.place.provenance.rule = std::string(head->id);
      found_.push_back(std::move(found));
    }
  }
}

// The neighbour that the article speaks of most.
std::string_view Resolver::other_side(std::uint32_t, std::string_view near) const {
  const auto at = rules_.neighbours.find(near);
  std::string_view best;
  int most = 0;
  if (at != rules_.neighbours.end())
    for (const std::string_view code : at->second)
      if (mentions(code) > most) {
        most = mentions(code);
        best = code;
      }
  return best;
}

// Names that the gazetteer lacks: told by their head noun or by the entity recogniser; their country by the company they keep.
void Resolver::find_unknown() {
  for (std::uint32_t s = 0; s < lines_.size(); ++s) {
    const Line& line = lines_[s];
    const auto& pieces = line.pieces;
    const auto count = static_cast<std::uint32_t>(pieces.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!pieces[i].capital || i + 1 > count) continue;
      if (pieces[i].key == "the") continue;
      const Entity* entity = this->entity(line, i);
      std::uint32_t last = i + 1;
      while (last < count && pieces[last].word < trees_[s].size() &&
             ((pieces[last].capital && has_letter(form(pieces[last]))) ||
              (pieces[last].joined && last + 1 < count && pieces[last + 1].joined && pieces[last + 1].capital)))
        ++last;
      const std::uint32_t run = last;
      unknown_run(s, i, run, entity);
      i = run - 1;
    }
  }
}

void Resolver::unknown_run(std::uint32_t s, std::uint32_t first, std::uint32_t last, const Entity* entity) {
  const Line& line = lines_[s];
  const auto& pieces = line.pieces;
  std::uint32_t before = first;
  while (before > 0 && pieces[before - 1].key == "the") --before;
  const bool locative = before > 0 && rules_.about(pieces[before - 1].key).locative && !pieces[before - 1].capital;
  const bool facility = entity != nullptr && entity->type == "FAC";
  const Head* head = last - first >= 2 ? Rules::in(rules_.heads, pieces[last - 1].key) : nullptr;
  std::uint32_t end = last;
  if ((head == nullptr || !head->after) && last < pieces.size() && !pieces[last].joined) {
    // "Mitiga airport": the noun is small.
    head = Rules::in(rules_.heads, pieces[last].key);
    if (head != nullptr && head->after && (head->kind == "facility" || head->kind == "border")) head = nullptr;
    if (head != nullptr) end = last + 1;
  }
  std::string_view rule;
  std::string_view kind;
  if (head != nullptr && head->after && head->kind != "border") {
    rule = head->id;
    kind = head->kind;
  }
  // "Lake Bosomtwi"
  if (kind.empty() && last - first >= 2)
    if (const auto* noun = Rules::in(rules_.heads, "<" + pieces[first].key); noun != nullptr) {
      rule = noun->id;
      kind = noun->kind;
    }
  // A name that the gazetteer knows keeps its own reading, but for a building called after a town: "Seoul Central District Court".
  bool known = false;
  const Match* inside = nullptr;
  for (std::uint32_t k = first; k < last; ++k) {
    if (const Match* match = match_at(s, k); match != nullptr && match->best) {
      known = true;
      if (inside == nullptr) inside = match;
    } else if (line.taken[k]) {
      known = true;
    }
  }
  if (kind == "facility" && (locative || facility) && last - first >= 2) {
    if (inside != nullptr && rules_.index.site(inside->hits[*inside->best]).kind == "country") return;
    if (inside != nullptr && rules_.index.site(inside->hits[*inside->best]).kind == "facility") return;
    if (inside == nullptr && (known || !facility)) return;
    emit_unknown({pieces[first].span.begin, pieces[end - 1].span.end}, kind, rule, inside, s, 50);
    return;
  }
  if (known) return;
  for (std::uint32_t k = first; k < last; ++k)
    if (rules_.demonyms.contains(pieces[k].key)) return;
  const bool place = entity != nullptr && (entity->type == "GPE" || entity->type == "LOC");
  if (kind.empty() && first > 1) {
    const auto* of = Rules::in(rules_.heads, "<" + pieces[first - 2].key + " " + pieces[first - 1].key);
    if (of != nullptr) {
      rule = of->id;
      kind = of->kind;
    }
  }
  if (kind.empty() && place && locative) kind = "city";
  // A noun in capitals is as likely part of a body's name ("Environmental Protection Agency").
  if (kind.empty() || (!place && (rule.empty() || (head != nullptr && end == last)))) return;
  emit_unknown({pieces[first].span.begin, pieces[end - 1].span.end}, kind, rule, inside, s, place ? 55 : 40);
}

void Resolver::emit_unknown(TextSpan span, std::string_view kind, std::string_view rule, const Match* inside, std::uint32_t s, int percent) {
  Found found;
  found.place.span = span;
  found.place.name = fold_blanks(slice(text_, span));
  found.place.kind = std::string(kind);
  found.place.precision = "none";
  found.place.confidence = percent / 100.0;
  found.place.provenance.rule = rule.empty() ? "place.unknown" : std::string(rule);
  // Its country is that of the closest place of its sentence; it lies near the closest one with a point (for a span that the caller
  // gave, of the whole article).
  const Match* near = inside;
  const Match* around = inside;
  const auto closer = [&](const Match& match, const Match* than) {
    return than == nullptr || distance(match.span, span) < distance(than->span, span);
  };
  if (inside == nullptr)
    for (const Match& match : matches_) {
      if (!match.best || match.span == span) continue;
      const Site site = rules_.index.site(match.hits[*match.best]);
      if (match.sentence == s && !site.country.empty() && closer(match, near)) near = &match;
      const bool within = match.sentence == s || article_.toponyms;
      if (within && (site.kind == "city" || site.kind == "facility" || site.kind == "admin") && closer(match, around) &&
          rules_.index.point(match.hits[*match.best]).lat)
        around = &match;
    }
  if (near == nullptr && article_.toponyms) near = around;
  std::string_view country = near != nullptr ? rules_.index.site(near->hits[*near->best]).country : story_;
  if (country.empty()) country = story_;
  if (!country.empty()) found.place.country = std::string(country);
  if (around != nullptr) {
    const SitePoint point = rules_.index.point(around->hits[*around->best]);
    found.place.lat = point.lat;
    found.place.lon = point.lon;
    if (point.lat) found.place.precision = "near";
  }
  if (inside != nullptr) std::erase_if(found_, [&](const Found& other) { return span.contains(other.place.span); });
  found_.push_back(std::move(found));
}

}  // namespace masudi::place_detail
