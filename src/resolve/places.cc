// Toponyms: found by the gazetteer's names in the text, weighed against what else the word could be, and told apart by the company they keep.
#include <algorithm>
#include <bit>
#include <tuple>

#include "place_resolver.h"

namespace masudi {

namespace place_detail {

namespace {

constexpr std::uint32_t longest_name = 6;  // pieces
constexpr int threshold = 30;
// From this many inhabitants on another name of a city is as good as its own: "New York" is New York City.
constexpr std::int64_t metropolis = 5000000;

int base(SiteRef ref, const Site& site) {
  switch (ref.table) {
    case SiteTable::countries:
      return 100;
    case SiteTable::regions:
      return 88;
    case SiteTable::facilities:
      return 82;
    case SiteTable::admin1:
      return 58;
    case SiteTable::admin2:
      return 25;
    case SiteTable::cities:
      break;
  }
  const int bits = site.population > 0 ? static_cast<int>(std::bit_width(static_cast<std::uint64_t>(site.population))) : 8;
  return 3 * bits + (site.capital ? 25 : 0);
}

int trust(SiteRef ref, const Site& site) {
  int score = 0;
  switch (ref.table) {
    case SiteTable::countries:
      return 65;
    case SiteTable::regions:
      return 55;
    case SiteTable::facilities:
      return 55;
    case SiteTable::admin1:
      score = 32;
      break;
    case SiteTable::admin2:
      score = 0;
      break;
    case SiteTable::cities:
      score = site.capital                 ? 45
              : site.population >= 1000000 ? 40
              : site.population >= 300000  ? 30
              : site.population >= 100000  ? 20
              : site.population >= 30000   ? 10
              : site.population >= 5000    ? 0
                                           : -10;
      if (ref.alternate && !site.capital && site.population < 1000000) score -= 10;
      break;
  }
  return score;
}

}  // namespace

void Resolver::run() {
  lines_.reserve(trees_.size());
  for (const Tree& tree : trees_) lines_.push_back(line_of(tree));
  for (std::uint32_t s = 0; s < lines_.size(); ++s) find_names(s);
  if (article_.toponyms) take_given();
  count_countries();
  for (Match& match : matches_) weigh(match);
  agree();
  for (Match& match : matches_) choose(match);
  // What was no place after all may be a part of a longer name: "Qasr" of "Qasr al-Nil Bridge".
  for (const Match& match : matches_)
    if (!match.best)
      for (std::uint32_t k = match.first; k < match.last; ++k) lines_[match.sentence].taken[k] = false;
  if (article_.toponyms) {
    keep_given();
  } else {
    find_short_names();
    extend();
    find_borders();
    find_unknown();
  }
  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.place.span < b.place.span; });
  for (Found& found : found_) {
    if (!out_.places.empty() && out_.places.back().span.overlaps(found.place.span)) continue;
    out_.places.push_back(std::move(found.place));
    out_.place_candidates.push_back(std::move(found.beaten));
  }
  give_roles();
}

Line Resolver::line_of(const Tree& tree) {
  const Sentence& sentence = tree.sentence();
  Line line;
  line.pieces = cut(text_, tree);
  line.taken.resize(line.pieces.size());
  line.entity_of.resize(sentence.words.size());
  for (std::uint32_t w = 0; w < sentence.words.size(); ++w) {
    const std::string_view tag = sentence.words[w].ner;
    if (tag.size() < 3 || tag == "O") continue;
    recognised_ = true;
    const bool goes_on =
        tag.starts_with("I-") && !line.entities.empty() && line.entities.back().last == w && line.entities.back().type == tag.substr(2);
    if (goes_on) {
      line.entities.back().last = w + 1;
    } else {
      line.entities.push_back({w, w + 1, tag.substr(2)});
    }
    line.entity_of[w] = static_cast<std::uint32_t>(line.entities.size());
  }
  std::size_t words = 0, shouted = 0;
  for (const Piece& piece : line.pieces) {
    const std::string_view form = slice(text_, piece.span);
    if (!has_letter(form)) continue;
    ++words;
    if (all_capitals(form)) ++shouted;
  }
  line.shouted = words >= 4 && shouted * 10 > words * 7;
  return line;
}

const Entity* Resolver::entity(const Line& line, std::uint32_t piece) const {
  const std::uint32_t word = line.pieces[piece].word;
  return word < line.entity_of.size() && line.entity_of[word] != 0 ? &line.entities[line.entity_of[word] - 1] : nullptr;
}

void Resolver::find_names(std::uint32_t s) {
  Line& line = lines_[s];
  const auto count = static_cast<std::uint32_t>(line.pieces.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    if (line.taken[i]) continue;
    const Piece& piece = line.pieces[i];
    const bool digit = piece.key.size() <= 4 && !piece.key.empty() && piece.key[0] >= '0' && piece.key[0] <= '9';
    // "al-Tanf": small, but hyphenated to a capital.
    const bool particle = !piece.capital && i + 2 < count && line.pieces[i + 1].joined && line.pieces[i + 2].joined && line.pieces[i + 2].capital &&
                          piece.key.size() <= 3;
    if (!piece.capital && !digit && !particle) continue;
    const std::uint32_t most = std::min(longest_name, count - i);
    // Folding seldom moves a byte: then one serves all the runs that begin here.
    const std::string_view all = slice(text_, {piece.span.begin, line.pieces[i + most - 1].span.end});
    const std::string folded = folds_as_ascii(all) ? ascii_lower(all) : std::string();
    for (std::uint32_t n = most; n > 0; --n) {
      const TextSpan span{piece.span.begin, line.pieces[i + n - 1].span.end};
      if (span.size() > 80 || (n > 1 && !has_letter(form(line.pieces[i + n - 1])) && form(line.pieces[i + n - 1]) != ".")) continue;
      if (n == 1 && (digit || particle)) continue;
      std::string key = n == 1 ? piece.key : folded.empty() ? fold(slice(text_, span)) : folded.substr(0, span.size());
      if (rules_.about(key).name && n >= 1 && !(n == 1 && line.shouted)) {
        for (std::uint32_t k = i; k < i + n; ++k) line.taken[k] = true;
        i += n - 1;
        break;
      }
      std::vector<SiteRef> hits;
      rules_.index.find(key, slice(text_, span), hits);
      if (hits.empty()) continue;
      for (std::uint32_t k = i; k < i + n; ++k) line.taken[k] = true;
      Match match;
      match.sentence = s;
      match.first = i;
      match.last = i + n;
      match.span = span;
      match.key = std::move(key);
      match.hits = std::move(hits);
      matches_.push_back(std::move(match));
      find_abbreviation(s, i + n);
      i += n - 1;
      break;
    }
  }
}

// "Fresno, Calif.": an abbreviation that counts only here.
void Resolver::find_abbreviation(std::uint32_t s, std::uint32_t comma) {
  Line& line = lines_[s];
  if (comma + 1 >= line.pieces.size() || line.pieces[comma].key != ",") return;
  for (std::uint32_t n = std::min<std::uint32_t>(4, static_cast<std::uint32_t>(line.pieces.size()) - comma - 1); n > 0; --n) {
    const TextSpan span{line.pieces[comma + 1].span.begin, line.pieces[comma + n].span.end};
    const auto* row = Rules::in(rules_.abbreviations, std::string(slice(text_, span)));
    if (row == nullptr) continue;
    Match match;
    match.sentence = s;
    match.first = comma + 1;
    match.last = comma + 1 + n;
    match.span = span;
    match.key = std::string(row->id);
    match.hits = {row->ref};
    match.certain = true;
    match.rule = std::string(row->id);
    matches_.push_back(std::move(match));
    for (std::uint32_t k = comma + 1; k < comma + 1 + n; ++k) line.taken[k] = true;
    return;
  }
}

// What countries the article speaks of, by names that can mean but one and by demonyms.
void Resolver::count_countries() {
  for (const Match& match : matches_) {
    const Site first = rules_.index.site(match.hits.front());
    if (match.hits.front().table == SiteTable::countries) {
      const bool other = std::any_of(match.hits.begin(), match.hits.end(), [](SiteRef hit) { return hit.table == SiteTable::admin1; });
      if (!other || !rules_.about(match.key).word) mentioned_[first.country] += 3;
      continue;
    }
    for (const SiteRef hit : match.hits) {
      const Site site = rules_.index.site(hit);
      const bool large = site.capital || site.population >= 1000000 || hit.table == SiteTable::facilities || hit.table == SiteTable::regions;
      if (large && !site.country.empty() && !rules_.about(match.key).word) {
        mentioned_[site.country] += 2;
        break;
      }
    }
  }
  for (const Line& line : lines_)
    for (std::size_t i = 0; i < line.pieces.size(); ++i) {
      if (!line.pieces[i].capital) continue;
      const std::vector<std::string_view>* codes = nullptr;
      if (i + 1 < line.pieces.size() && line.pieces[i + 1].capital)
        codes = Rules::in(rules_.demonyms, line.pieces[i].key + " " + line.pieces[i + 1].key);
      if (codes == nullptr) codes = Rules::in(rules_.demonyms, line.pieces[i].key);
      if (codes != nullptr) mentioned_[codes->front()] += 1;
    }
  for (const auto& [code, count] : mentioned_)
    if (count > story_count_) {
      story_count_ = count;
      story_ = code;
    }
}

int Resolver::mentions(std::string_view country) const {
  const auto at = mentioned_.find(country);
  return at == mentioned_.end() ? 0 : at->second;
}

// The match that begins at that piece, or null.
const Match* Resolver::match_at(std::uint32_t sentence, std::uint32_t piece) const {
  const auto at =
      std::lower_bound(matches_.begin(), matches_.end(), std::pair(sentence, piece),
                       [](const Match& m, const std::pair<std::uint32_t, std::uint32_t>& key) { return std::pair(m.sentence, m.first) < key; });
  return at != matches_.end() && at->sentence == sentence && at->first == piece ? &*at : nullptr;
}

// A place named right after this one that says where it lies: "Douma, Syria", "Douma in Syria", "Douma (Syria)".
const Match* Resolver::container(const Match& match) const {
  const auto& pieces = lines_[match.sentence].pieces;
  std::uint32_t at = match.last;
  if (at >= pieces.size()) return nullptr;
  if (const auto* head = Rules::in(rules_.heads, pieces[at].key); head != nullptr && head->after) ++at;
  if (at >= pieces.size()) return nullptr;
  const std::string& link = pieces[at].key;
  if (link != "," && link != "(" && !(rules_.about(link).locative && !pieces[at].capital)) return nullptr;
  for (++at; at < pieces.size() && at < match.last + 5; ++at) {
    if (const Match* found = match_at(match.sentence, at)) return found;
    if (pieces[at].capital ||
        !(pieces[at].key == "the" || rules_.directions.contains(pieces[at].key) || rules_.heads.contains("<" + pieces[at].key + " of") ||
          pieces[at].key == "of" || rules_.heads.contains(pieces[at].key)))
      return nullptr;
  }
  return nullptr;
}

int Resolver::holds(const Site& inner, const Match& outer) const {
  int best = 0;
  for (const SiteRef ref : outer.hits) {
    const Site site = rules_.index.site(ref);
    if (site.country != inner.country || site.country.empty() || site.id == inner.id) continue;
    if (ref.table == SiteTable::countries) best = std::max(best, 60);
    if (ref.table == SiteTable::regions) best = std::max(best, 45);
    if (ref.table == SiteTable::admin1) best = std::max(best, site.id.ends_with("." + std::string(inner.admin)) && !inner.admin.empty() ? 80 : 25);
    if (ref.table == SiteTable::cities || ref.table == SiteTable::admin2) best = std::max(best, site.population >= 300000 ? 30 : 15);
  }
  return best;
}

// The noun beside a name that says what kind of place it is; one before the name is the closer one: "the town of Tikrit district".
const Head* Resolver::head_of(const std::vector<Piece>& pieces, std::uint32_t first, std::uint32_t last) const {
  if (first > 1)
    if (const auto* head = Rules::in(rules_.heads, "<" + pieces[first - 2].key + " " + pieces[first - 1].key)) return head;
  if (first > 0)
    if (const auto* head = Rules::in(rules_.heads, "<" + pieces[first - 1].key); head != nullptr && pieces[first - 1].capital) return head;
  if (last < pieces.size())
    if (const auto* head = Rules::in(rules_.heads, pieces[last].key); head != nullptr && head->after) return head;
  return nullptr;
}

void Resolver::weigh(Match& match) {
  const Line& line = lines_[match.sentence];
  const auto& pieces = line.pieces;
  match.scores.resize(match.hits.size());
  match.containing.resize(match.hits.size());
  const Match* outer = container(match);
  match.head = head_of(pieces, match.first, match.last);
  const std::string_view head_kind = match.head == nullptr ? std::string_view() : match.head->kind;
  for (std::size_t i = 0; i < match.hits.size(); ++i) {
    const Site site = rules_.index.site(match.hits[i]);
    int score = base(match.hits[i], site);
    if (match.hits[i].alternate && match.hits[i].table == SiteTable::cities && site.population < metropolis) score -= 15;
    const int around = mentions(site.country) - (match.hits[i].table == SiteTable::countries ? 3 : 0);
    if (around > 0) score += 14;
    if (around > 0 && site.country == story_) score += 10;
    if (!head_kind.empty() && site.kind == head_kind) score += 45;
    match.scores[i] = score;
    if (outer != nullptr) match.containing[i] = holds(site, *outer);
  }
  match.support = support(match, outer != nullptr, head_kind);
}

int Resolver::support(Match& match, bool contained, std::string_view head_kind) {
  const Line& line = lines_[match.sentence];
  const auto& pieces = line.pieces;
  const bool one = match.last - match.first == 1;
  int score = 0;

  // Named entity.
  if (recognised_ && !line.shouted) {
    const Entity* entity = this->entity(line, match.first);
    const std::uint32_t first = pieces[match.first].word, last = pieces[match.last - 1].word + 1;
    if (entity == nullptr) {
      score -= 12;
    } else {
      const bool whole = entity->first >= first && entity->last <= last;
      // "Turkey agreed", "Chad expelled": a model takes a country that acts for a body or a person.
      const bool country = whole && match.hits.front().table == SiteTable::countries;
      if (entity->type == "GPE" || entity->type == "LOC" || entity->type == "FAC")
        score += whole ? 45 : 25;
      else if (entity->type == "PER")
        score -= country ? 25 : whole ? 50 : 90;
      else if (entity->type == "ORG")
        score -= country ? 0 : whole ? 20 : 12;
      else if (entity->type != "NORP")
        score -= 12;
    }
  }

  // What stands before.
  std::uint32_t before = match.first;
  while (before > 0 && (pieces[before - 1].key == "the" || rules_.directions.contains(pieces[before - 1].key))) --before;
  if (before > 0) {
    const Piece& previous = pieces[before - 1];
    const Evidence& evidence = rules_.about(previous.key);
    if (!previous.capital || before == 1) {
      if (evidence.locative)
        score += 20;
      else if (evidence.movement)
        score += 10;
    }
    if (evidence.title && previous.capital) score -= 40;
    const bool of = before > 1 && rules_.about(pieces[before - 2].key + " " + previous.key).before;
    if (of || (evidence.before && previous.capital && before == match.first)) match.barred = true;
  }

  // What stands after.
  if (match.last < pieces.size()) {
    const Piece& next = pieces[match.last];
    const Evidence& evidence = rules_.about(next.key);
    const bool ends = match.last + 1 >= pieces.size() || !pieces[match.last + 1].capital;
    const bool country = match.hits.front().table == SiteTable::countries;
    if (next.capital && !next.joined && ends && (evidence.media || evidence.team || (evidence.thing && !country) || (evidence.company && !country)))
      match.barred = true;
    const bool beside = next.capital && !next.joined && !line.taken[match.last] && !rules_.heads.contains(next.key) && !line.shouted;
    if (beside && !country) score -= 15;
  }
  if (match.first > 0) {
    const Piece& previous = pieces[match.first - 1];
    const bool beside = previous.capital && !pieces[match.first].joined && match.first > 1 && !line.taken[match.first - 1] && !line.shouted &&
                        !rules_.heads.contains("<" + previous.key) && !rules_.directions.contains(previous.key);
    if (beside && match.hits.front().table != SiteTable::countries) score -= 15;
  }
  if (contained) score += 20;
  if (!head_kind.empty()) score += 25;
  if (match.first == 0 && trees_[match.sentence].sentence().starts_paragraph && all_capitals(slice(text_, match.span)) && match.span.size() > 4)
    score += 20;
  if (one && match.key.size() <= 3 && !all_capitals(slice(text_, match.span))) score -= 15;
  if (line.shouted) score -= 10;
  return score;
}

// One name means one place in an article: what the text around one occurrence says of it holds for the others.
void Resolver::agree() {
  std::unordered_map<std::string_view, std::vector<int>> held;
  for (const Match& match : matches_) {
    auto& best = held[match.key];
    best.resize(match.hits.size());
    for (std::size_t i = 0; i < match.hits.size(); ++i) best[i] = std::max(best[i], match.containing[i]);
  }
  for (Match& match : matches_) {
    const auto& best = held[match.key];
    const bool own = std::any_of(match.containing.begin(), match.containing.end(), [](int c) { return c > 0; });
    for (std::size_t i = 0; i < match.hits.size(); ++i) match.scores[i] += own ? match.containing[i] : best[i];
  }
  // People of that name elsewhere in the article ("Michael Jordan ... Jordan").
  for (const Line& line : lines_)
    for (const Entity& entity : line.entities)
      if (entity.type == "PER" && entity.last - entity.first > 1)
        for (const Piece& piece : line.pieces)
          if (piece.word == entity.last - 1 && piece.capital) surnames_[piece.key] = true;
}

void Resolver::choose(Match& match) {
  if (match.barred && !match.certain) return;
  std::size_t best = 0;
  for (std::size_t i = 1; i < match.hits.size(); ++i) {
    const Site a = rules_.index.site(match.hits[i]), b = rules_.index.site(match.hits[best]);
    if (std::tuple(match.scores[i], a.population, b.id) > std::tuple(match.scores[best], b.population, a.id)) best = i;
  }
  const Site site = rules_.index.site(match.hits[best]);
  int evidence = match.support + trust(match.hits[best], site);
  if (match.hits[best].table != SiteTable::countries && mentions(site.country) > 0) evidence += 12;
  if (rules_.about(match.key).word && !match.hits[best].exact && match.containing[best] == 0) {
    const bool prominent = match.hits[best].table == SiteTable::countries || site.capital || site.population >= 2000000;
    evidence -= prominent ? 20 : 50;
  }
  const auto* entity = this->entity(lines_[match.sentence], match.first);
  if (match.last - match.first == 1 && surnames_.contains(match.key) && !(entity != nullptr && (entity->type == "GPE" || entity->type == "LOC")))
    evidence -= 45;
  if (!match.certain && evidence < threshold) {
    if (evidence + 25 < threshold || !seen_.contains(match.key)) return;
  }
  if (evidence >= threshold + 15) seen_[match.key] = true;
  match.best = best;
  match.support = evidence;
}

Found Resolver::found_of(const Match& match) const {
  const SiteRef ref = match.hits[*match.best];
  const Site site = rules_.index.site(ref);
  Found found;
  Place& place = found.place;
  place.span = match.span;
  place.name = std::string(site.name);
  if (!site.country.empty()) place.country = std::string(site.country);
  place.kind = std::string(site.kind);
  const SitePoint point = rules_.index.point(ref);
  place.lat = point.lat;
  place.lon = point.lon;
  place.geonames = rules_.index.geonames(ref);
  if (ref.table == SiteTable::countries && site.kind == "admin")
    if (const auto capital = rules_.index.capital(site.country)) {
      const SitePoint seat = rules_.index.point(*capital);
      place.lat = seat.lat;
      place.lon = seat.lon;
    }
  place.precision = !place.lat ? "none" : place.kind == "city" || place.kind == "facility" ? "exact" : "area";
  place.provenance.rule = match.rule.empty() ? std::string(site.id) : match.rule;
  if (match.head != nullptr && match.head->kind == site.kind) place.provenance.rule += " " + std::string(match.head->id);
  int second = 0;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < match.hits.size(); ++i)
    if (i != *match.best) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return match.scores[a] > match.scores[b]; });
  const int winner = match.scores.empty() ? 100 : match.scores[*match.best];
  for (const std::size_t i : order) {
    if (found.beaten.size() >= 5) break;
    const Site other = rules_.index.site(match.hits[i]);
    second = std::max(second, match.scores[i]);
    const char* reason = "smaller or less prominent";
    if (match.containing[*match.best] > match.containing[i])
      reason = "does not lie in the place named with it";
    else if (mentions(other.country) == 0 && mentions(site.country) > 0)
      reason = "the article does not speak of its country";
    else if (other.kind != site.kind)
      reason = "less likely kind of place";
    found.beaten.push_back(
        {std::string(other.name) + ", " + std::string(other.country) + " (" + std::string(other.id) + ")", match.scores[i] / 100.0, reason});
  }
  const int margin = second == 0 ? 60 : std::clamp(winner - second, 0, 60);
  place.confidence = std::clamp((45 + std::min(match.support, 90) / 3 + margin / 3) / 100.0, 0.05, 0.99);
  return found;
}

// Place or actor, by where the name stands in its clause.
void Resolver::give_roles() {
  std::uint32_t s = 0;
  for (Place& place : out_.places) {
    while (s + 1 < trees_.size() && trees_[s + 1].sentence().span.begin <= place.span.begin) ++s;
    if (s >= trees_.size()) break;
    const auto& words = trees_[s].sentence().words;
    std::uint32_t first = 0, last = 0;
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (!words[i].span.overlaps(place.span)) continue;
      if (last == 0) first = i;
      last = i + 1;
    }
    const Role role = rules_.roles.role_of(trees_[s], first, last);
    place.role = role.role;
    if (!role.rule.empty()) place.provenance.rule += " " + role.rule;
  }
}

}  // namespace place_detail

void resolve_places(const Article& article, const std::vector<Tree>& trees, const Mentions&, const PlaceRules& rules, Resolution& out) {
  place_detail::Resolver(article, trees, static_cast<const place_detail::Rules&>(rules), out).run();
}

}  // namespace masudi
