// Toponyms: found by the gazetteer's names in the text, weighed against what else the word could be, and told apart by the company they keep.
#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <memory>
#include <tuple>
#include <unordered_map>

#include "place_index.h"
#include "resolve_impl.h"

namespace masudi {

namespace {

// --- Knowledge, built once ------------------------------------------------------------------------------------------------------------

struct Evidence {
  bool name = false, word = false, before = false, title = false, locative = false, movement = false;
  bool media = false, company = false, team = false, thing = false;
};

struct Head {
  std::string_view id, kind;
  bool after = false;
};

struct Direction {
  std::string_view id, name;
};

struct ShortName {
  std::string_view id, before;
  std::vector<std::string_view> needs;
  SiteRef ref;
};

struct Abbreviation {
  std::string_view id;
  SiteRef ref;
};

class Rules : public PlaceRules {
 public:
  PlaceIndex index;
  std::unordered_map<std::string, Evidence> evidence;
  std::unordered_map<std::string, Head> heads;
  std::unordered_map<std::string, Direction> directions;
  std::unordered_map<std::string, ShortName> shorts;
  std::unordered_map<std::string, Abbreviation> abbreviations;
  std::unordered_map<std::string, std::vector<std::string_view>> demonyms;  // folded -> alpha-3, the first is the likeliest
  std::unordered_map<std::string_view, std::vector<std::string_view>> neighbours;

  const Evidence& about(const std::string& key) const {
    static const Evidence nothing;
    const auto at = evidence.find(key);
    return at == evidence.end() ? nothing : at->second;
  }
  template <class Map>
  static const typename Map::mapped_type* in(const Map& map, const std::string& key) {
    const auto at = map.find(key);
    return at == map.end() ? nullptr : &at->second;
  }
};

std::optional<SiteRef> named(const PlaceIndex& index, std::string_view name, std::string_view country) {
  std::vector<SiteRef> hits;
  index.find(fold(name), "", hits);
  for (const SiteRef hit : hits)
    if (hit.table != SiteTable::cities && hit.table != SiteTable::admin2 && (country.empty() || index.site(hit).country == country)) return hit;
  return std::nullopt;
}

void read_evidence(const LexiconTable& table, Rules& rules) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    const std::string_view kind = row["kind"];
    Evidence& entry = rules.evidence[fold(row["text"])];
    const std::array<std::pair<std::string_view, bool Evidence::*>, 10> kinds = {{{"name", &Evidence::name},
                                                                                  {"word", &Evidence::word},
                                                                                  {"before", &Evidence::before},
                                                                                  {"title", &Evidence::title},
                                                                                  {"locative", &Evidence::locative},
                                                                                  {"movement", &Evidence::movement},
                                                                                  {"media", &Evidence::media},
                                                                                  {"company", &Evidence::company},
                                                                                  {"team", &Evidence::team},
                                                                                  {"title_of_thing", &Evidence::thing}}};
    for (const auto& [name, member] : kinds)
      if (kind == name) entry.*member = true;
  }
}

void read_countries(const LexiconTable& table, Rules& rules) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    const std::string_view code = row["alpha3"];
    for (const std::string_view column : {"adjectives", "people"})
      for (const std::string_view name : split_cell(row[column])) {
        auto& codes = rules.demonyms[fold(name)];
        if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
      }
    rules.neighbours[code] = split_cell(row["neighbours"]);
  }
}

Result<void> read_lexicon(const Lexicon& lexicon, Rules& rules) {
  const auto unknown = [](const LexiconRow& row, std::string_view what) {
    return Error{ErrorCode::malformed_input,
                 "the gazetteer has no \"" + std::string(what) + "\"; expected the name of one of its rows",
                 std::string(row.table().path()) + ":" + std::to_string(row.line()),
                 {}};
  };
  if (const LexiconTable* table = lexicon.table("place_heads"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const std::string_view word : split_cell(table->row(i)["words"])) {
        const bool after = table->row(i)["position"] == "after";
        rules.heads[(after ? "" : "<") + fold(word)] = {table->row(i).id(), table->row(i)["kind"], after};
      }
  if (const LexiconTable* table = lexicon.table("place_directions"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const std::string_view word : split_cell(table->row(i)["words"]))
        rules.directions[fold(word)] = {table->row(i).id(), table->row(i)["name"]};
  if (const LexiconTable* table = lexicon.table("place_short"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      const auto ref = named(rules.index, row["name"], "");
      if (!ref) return unknown(row, row["name"]);
      rules.shorts[fold(row["form"])] = {row.id(), row["before"], split_cell(row["needs"]), *ref};
    }
  if (const LexiconTable* table = lexicon.table("place_abbreviations"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      const auto ref = named(rules.index, row["name"], row["country"]);
      if (!ref) return unknown(row, row["name"]);
      rules.abbreviations[std::string(row["form"])] = {row.id(), *ref};
    }
  return {};
}

// --- Pieces: words cut at hyphens and before a possessive -----------------------------------------------------------------------------

struct Piece {
  TextSpan span;
  std::uint32_t word = 0;
  bool capital = false;  // begins with a capital letter
  bool joined = false;   // no blank before it
  std::string key;       // folded
};

bool begins_with_capital(std::string_view text) {
  if (text.empty()) return false;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return first >= 'A' && first <= 'Z';
  const auto second = text.size() > 1 ? static_cast<unsigned char>(text[1]) : 0U;
  if (first == 0xC3) return second >= 0x80 && second <= 0x9E;
  return (first == 0xC4 || first == 0xC5) && second % 2 == 0;  // Latin Extended-A: capitals are even, but for a few
}

bool has_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; });
}

bool all_capitals(std::string_view text) {
  return has_letter(text) && std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The bytes at which a dash stands between two parts of a word; 0: none.
std::size_t dash_at(std::string_view text, std::size_t at) {
  if (text[at] == '-' || text[at] == '/') return 1;
  if (text.size() - at >= 3 && text[at] == '\xE2' && text[at + 1] == '\x80' && text[at + 2] >= '\x90' && text[at + 2] <= '\x95') return 3;
  return 0;
}

// Where a possessive ending begins, or the size.
std::size_t possessive_at(std::string_view text) {
  for (const std::string_view ending : {"'s", "'S", "\xE2\x80\x99s", "\xE2\x80\x99S"})
    if (text.size() > ending.size() && text.ends_with(ending)) return text.size() - ending.size();
  return text.size();
}

std::vector<Piece> cut(std::string_view text, const Sentence& sentence) {
  std::vector<Piece> pieces;
  std::uint32_t reached = 0;
  const auto add = [&](std::uint32_t begin, std::uint32_t end, std::uint32_t word) {
    if (begin >= end) return;
    const std::string_view form = slice(text, {begin, end});
    pieces.push_back({{begin, end}, word, begins_with_capital(form), !pieces.empty() && pieces.back().span.end == begin, fold(form)});
  };
  for (std::uint32_t w = 0; w < sentence.words.size(); ++w) {
    const TextSpan span = sentence.words[w].span;
    if (span.empty() || span.end > text.size() || (w > 0 && span.begin < reached)) continue;  // words of a token may share its bytes
    reached = span.end;
    const std::string_view form = slice(text, span);
    const std::size_t end = possessive_at(form);
    std::size_t begin = 0;
    for (std::size_t i = 0; i < end;) {
      const std::size_t dash = dash_at(form, i);
      if (dash == 0) {
        ++i;
        continue;
      }
      add(span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(i), w);
      add(span.begin + static_cast<std::uint32_t>(i), span.begin + static_cast<std::uint32_t>(i + dash), w);
      i += dash;
      begin = i;
    }
    add(span.begin + static_cast<std::uint32_t>(begin), span.begin + static_cast<std::uint32_t>(end), w);
    add(span.begin + static_cast<std::uint32_t>(end), span.end, w);
  }
  return pieces;
}

// --- Matches --------------------------------------------------------------------------------------------------------------------------

struct Match {
  std::uint32_t sentence = 0, first = 0, last = 0;  // pieces [first, last)
  TextSpan span;
  std::string key;
  std::vector<SiteRef> hits;
  std::vector<int> scores;      // by hit
  std::vector<int> containing;  // by hit: how well the places named around it hold it
  int support = 0;              // evidence that it is a place at all, whichever
  bool certain = false;         // nothing can talk it out: an abbreviation or a short name in its place
  bool barred = false;
  std::string rule;  // what found it, where not the row
  std::optional<std::size_t> best;
};

struct Entity {
  std::uint32_t first = 0, last = 0;  // words
  std::string_view type;
};

struct Line {
  std::vector<Piece> pieces;
  std::vector<Entity> entities;
  std::vector<std::uint32_t> entity_of;  // by word: 1 + index; 0: none
  std::vector<bool> taken;               // by piece
  bool shouted = false;                  // all in capitals
};

constexpr std::uint32_t longest_name = 6;  // pieces
constexpr int threshold = 30;

class Resolver {
 public:
  Resolver(const Article& article, const std::vector<Sentence>& sentences, const Rules& rules, Resolution& out)
      : text_(article.text), sentences_(sentences), rules_(rules), out_(out) {}

  void run() {
    for (const Sentence& sentence : sentences_) lines_.push_back(line_of(sentence));
    for (std::uint32_t s = 0; s < lines_.size(); ++s) find_names(s);
    count_countries();
    for (Match& match : matches_) weigh(match);
    agree();
    for (Match& match : matches_) choose(match);
    find_short_names();
    extend();
    find_borders();
    find_unknown();
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.place.span < b.place.span; });
    for (Found& found : found_) {
      if (!out_.places.empty() && out_.places.back().span.overlaps(found.place.span)) continue;
      out_.places.push_back(std::move(found.place));
      out_.place_candidates.push_back(std::move(found.beaten));
    }
  }

 private:
  struct Found {
    Place place;
    std::vector<Candidate> beaten;
  };

  Line line_of(const Sentence& sentence) {
    Line line;
    line.pieces = cut(text_, sentence);
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

  std::string_view form(const Piece& piece) const { return slice(text_, piece.span); }
  const Entity* entity(const Line& line, std::uint32_t piece) const {
    const std::uint32_t word = line.pieces[piece].word;
    return word < line.entity_of.size() && line.entity_of[word] != 0 ? &line.entities[line.entity_of[word] - 1] : nullptr;
  }

  void find_names(std::uint32_t s) {
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
      for (std::uint32_t n = std::min(longest_name, count - i); n > 0; --n) {
        const TextSpan span{piece.span.begin, line.pieces[i + n - 1].span.end};
        if (span.size() > 80 || (n > 1 && !has_letter(form(line.pieces[i + n - 1])) && form(line.pieces[i + n - 1]) != ".")) continue;
        if (n == 1 && (digit || particle)) continue;
        std::string key = n == 1 ? piece.key : fold(slice(text_, span));
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
  void find_abbreviation(std::uint32_t s, std::uint32_t comma) {
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
  void count_countries() {
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

  int mentions(std::string_view country) const {
    const auto at = mentioned_.find(country);
    return at == mentioned_.end() ? 0 : at->second;
  }

  static int base(SiteRef ref, const Site& site) {
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

  // The match that begins at that piece, or null.
  const Match* match_at(std::uint32_t sentence, std::uint32_t piece) const {
    const auto at =
        std::lower_bound(matches_.begin(), matches_.end(), std::pair(sentence, piece),
                         [](const Match& m, const std::pair<std::uint32_t, std::uint32_t>& key) { return std::pair(m.sentence, m.first) < key; });
    return at != matches_.end() && at->sentence == sentence && at->first == piece ? &*at : nullptr;
  }

  // A place named right after this one that says where it lies: "Douma, Syria", "Douma in Syria", "Douma (Syria)".
  const Match* container(const Match& match) const {
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

  int holds(const Site& inner, const Match& outer) const {
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

  void weigh(Match& match) {
    const Line& line = lines_[match.sentence];
    const auto& pieces = line.pieces;
    match.scores.resize(match.hits.size());
    match.containing.resize(match.hits.size());
    const Match* outer = container(match);
    std::string_view head_kind;
    if (match.last < pieces.size())
      if (const auto* head = Rules::in(rules_.heads, pieces[match.last].key); head != nullptr && head->after) head_kind = head->kind;
    if (match.first > 0)
      if (const auto* head = Rules::in(rules_.heads, "<" + pieces[match.first - 1].key); head != nullptr && pieces[match.first - 1].capital)
        head_kind = head->kind;
    if (match.first > 1)
      if (const auto* head = Rules::in(rules_.heads, "<" + pieces[match.first - 2].key + " " + pieces[match.first - 1].key)) head_kind = head->kind;
    for (std::size_t i = 0; i < match.hits.size(); ++i) {
      const Site site = rules_.index.site(match.hits[i]);
      int score = base(match.hits[i], site);
      if (match.hits[i].alternate && match.hits[i].table == SiteTable::cities) score -= 15;
      const int around = mentions(site.country) - (match.hits[i].table == SiteTable::countries ? 3 : 0);
      if (around > 0) score += 14;
      if (around > 0 && site.country == story_) score += 10;
      if (!head_kind.empty() && site.kind == head_kind) score += 45;
      match.scores[i] = score;
      if (outer != nullptr) match.containing[i] = holds(site, *outer);
    }
    match.support = support(match, outer != nullptr, head_kind);
  }

  int support(Match& match, bool contained, std::string_view head_kind) {
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
        if (entity->type == "GPE" || entity->type == "LOC" || entity->type == "FAC")
          score += whole ? 45 : 25;
        else if (entity->type == "PER")
          score -= whole ? 50 : 90;
        else if (entity->type == "ORG")
          score -= whole ? 20 : 12;
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
    if (match.first == 0 && sentences_[match.sentence].starts_paragraph && all_capitals(slice(text_, match.span)) && match.span.size() > 4)
      score += 20;
    if (one && match.key.size() <= 3 && !all_capitals(slice(text_, match.span))) score -= 15;
    if (line.shouted) score -= 10;
    return score;
  }

  static int trust(SiteRef ref, const Site& site) {
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
                                             : 0;
        if (ref.alternate && !site.capital && site.population < 1000000) score -= 10;
        break;
    }
    return score;
  }

  // One name means one place in an article: what the text around one occurrence says of it holds for the others.
  void agree() {
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

  void choose(Match& match) {
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

  Found found_of(const Match& match) const {
    const SiteRef ref = match.hits[*match.best];
    const Site site = rules_.index.site(ref);
    Found found;
    Place& place = found.place;
    place.span = match.span;
    place.name = std::string(site.name);
    if (!site.country.empty()) place.country = std::string(site.country);
    place.kind = std::string(site.kind);
    place.lat = site.lat;
    place.lon = site.lon;
    place.geonames = site.geonames;
    if (ref.table == SiteTable::countries && site.kind == "admin")
      if (const auto capital = rules_.index.capital(site.country)) {
        const Site seat = rules_.index.site(*capital);
        place.lat = seat.lat;
        place.lon = seat.lon;
      }
    place.provenance.rule = match.rule.empty() ? std::string(site.id) : match.rule;
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

  // "the North" in an article about Korea.
  void find_short_names() {
    for (std::uint32_t s = 0; s < lines_.size(); ++s) {
      const auto& pieces = lines_[s].pieces;
      for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].capital) continue;
        const auto* row = Rules::in(rules_.shorts, pieces[i].key);
        if (row == nullptr) continue;
        const bool wanted = std::any_of(row->needs.begin(), row->needs.end(), [&](std::string_view code) { return mentions(code) >= 3; });
        const bool article = i > 0 && pieces[i - 1].key == row->before;
        const bool pair =
            i + 2 < pieces.size() && pieces[i + 1].key == "and" && rules_.directions.contains(pieces[i + 2].key) && pieces[i + 2].capital;
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

  // Adds what belongs to the name: "Idlib province", "northwestern Syria".
  void extend() {
    for (const Match& match : matches_) {
      if (!match.best) continue;
      Found found = found_of(match);
      const auto& pieces = lines_[match.sentence].pieces;
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
          found.place.provenance.rule = std::string(direction->id);
        }
      }
      found_.push_back(std::move(found));
    }
  }

  std::string_view demonym_at(const Piece& piece) const {
    const auto* codes = piece.capital ? Rules::in(rules_.demonyms, piece.key) : nullptr;
    return codes == nullptr ? std::string_view{} : codes->front();
  }

  // "Iraqi border", "Syrian-Iraqi border".
  void find_borders() {
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
        found.place.provenance.rule = std::string(head->id);
        found_.push_back(std::move(found));
      }
    }
  }

  // The neighbour that the article speaks of most.
  std::string_view other_side(std::uint32_t, std::string_view near) const {
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
  void find_unknown() {
    for (std::uint32_t s = 0; s < lines_.size(); ++s) {
      const Line& line = lines_[s];
      const auto& pieces = line.pieces;
      const auto count = static_cast<std::uint32_t>(pieces.size());
      for (std::uint32_t i = 0; i < count; ++i) {
        if (!pieces[i].capital || i + 1 > count) continue;
        if (pieces[i].key == "the") continue;
        const Entity* entity = this->entity(line, i);
        std::uint32_t last = i + 1;
        while (last < count && pieces[last].word < sentences_[s].words.size() &&
               ((pieces[last].capital && has_letter(form(pieces[last]))) ||
                (pieces[last].joined && last + 1 < count && pieces[last + 1].joined && pieces[last + 1].capital)))
          ++last;
        const std::uint32_t run = last;
        unknown_run(s, i, run, entity);
        i = run - 1;
      }
    }
  }

  void unknown_run(std::uint32_t s, std::uint32_t first, std::uint32_t last, const Entity* entity) {
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

  void emit_unknown(TextSpan span, std::string_view kind, std::string_view rule, const Match* inside, std::uint32_t s, int percent) {
    Found found;
    found.place.span = span;
    found.place.name = fold_blanks(slice(text_, span));
    found.place.kind = std::string(kind);
    found.place.confidence = percent / 100.0;
    found.place.provenance.rule = rule.empty() ? "place.unknown" : std::string(rule);
    const Match* near = inside;
    if (near == nullptr)
      for (const Match& match : matches_)
        if (match.best && match.sentence == s && !rules_.index.site(match.hits[*match.best]).country.empty())
          if (near == nullptr || distance(match.span, span) < distance(near->span, span)) near = &match;
    std::string_view country = near != nullptr ? rules_.index.site(near->hits[*near->best]).country : story_;
    if (country.empty()) country = story_;
    if (!country.empty()) found.place.country = std::string(country);
    if (inside != nullptr) {
      const Site site = rules_.index.site(inside->hits[*inside->best]);
      found.place.lat = site.lat;
      found.place.lon = site.lon;
      std::erase_if(found_, [&](const Found& other) { return span.contains(other.place.span); });
    }
    found_.push_back(std::move(found));
  }

  static std::uint32_t distance(TextSpan a, TextSpan b) { return a.begin > b.begin ? a.begin - b.begin : b.begin - a.begin; }
  static std::string fold_blanks(std::string_view text) {
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

  std::string_view text_;
  const std::vector<Sentence>& sentences_;
  const Rules& rules_;
  Resolution& out_;
  std::vector<Line> lines_;
  std::vector<Match> matches_;
  std::vector<Found> found_;
  std::map<std::string_view, int> mentioned_;
  std::string_view story_;
  int story_count_ = 0;
  bool recognised_ = false;
  std::unordered_map<std::string, bool> surnames_, seen_;
};

}  // namespace

Result<std::unique_ptr<PlaceRules>> PlaceRules::build(const Lexicon& lexicon, const Lexicon& gazetteer) {
  auto rules = std::make_unique<Rules>();
  auto index = PlaceIndex::build(gazetteer);
  if (!index) return index.error();
  rules->index = *std::move(index);
  if (const LexiconTable* table = gazetteer.table("evidence")) read_evidence(*table, *rules);
  if (const LexiconTable* table = gazetteer.table("countries")) read_countries(*table, *rules);
  if (const auto read = read_lexicon(lexicon, *rules); !read) return read.error();
  return std::unique_ptr<PlaceRules>(std::move(rules));
}

void resolve_places(const Article& article, const std::vector<Sentence>& sentences, const Mentions&, const PlaceRules& rules, Resolution& out) {
  Resolver(article, sentences, static_cast<const Rules&>(rules), out).run();
}

}  // namespace masudi
