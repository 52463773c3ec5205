#include "masudi/evaluate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <numbers>
#include <set>
#include <sstream>
#include <tuple>

#include "gold.h"

namespace masudi {

namespace {

using gold::as_list;
using gold::File;
using gold::get;
using gold::given;
using gold::Json;
using gold::name_key;
using gold::Place;
using gold::Range;

constexpr std::size_t longest_source = 25;  // words; a longer "source" is not one
constexpr double enough_content = 0.5;      // overlap from which two contents are the same statement
constexpr double enough_consequent = 0.4;   // the same of consequents
constexpr double enough_anchor = 0.3;       // of anchors
constexpr double enough_phrase = 0.5;       // of antecedents and exclusions
constexpr double near_enough_kilometres = 161;

std::int64_t overlap(const Place& a, const Place& b) {
  if (!a || !b) return 0;
  return std::max<std::int64_t>(0, std::min(a->end, b->end) - std::max(a->begin, b->begin));
}

std::vector<Range> merged(const std::vector<Place>& pieces) {
  std::vector<Range> sorted, out;
  for (const Place& piece : pieces)
    if (piece) sorted.push_back(*piece);
  std::sort(sorted.begin(), sorted.end());
  for (const Range& piece : sorted) {
    if (!out.empty() && piece.begin <= out.back().end)
      out.back().end = std::max(out.back().end, piece.end);
    else
      out.push_back(piece);
  }
  return out;
}

/// Dice overlap of two lists of ranges, in characters: 0 to 1.
double ratio(const std::vector<Place>& pieces_a, const std::vector<Place>& pieces_b) {
  const auto a = merged(pieces_a), b = merged(pieces_b);
  std::int64_t total = 0, both = 0;
  for (const auto* side : {&a, &b})
    for (const Range& range : *side) total += range.end - range.begin;
  for (const Range& x : a)
    for (const Range& y : b) both += overlap(x, y);
  return total != 0 ? static_cast<double>(2 * both) / static_cast<double>(total) : 0.0;
}

double at_least(double threshold, double value) { return value >= threshold ? value : 0; }

std::string code_part(const Json& value) { return given(value) ? gold::show_plain(value) : "---"; }

/// Country and sector of an entity: what arguments are compared by.
using Code = std::pair<std::string, std::string>;
Code code(const Json& entity) { return {code_part(get(entity, "country")), code_part(get(entity, "sector"))}; }

/// Begin and end of a date range, or null.
Json interval(const Json& value) {
  const Json &begin = get(value, "begin"), &end = get(value, "end");
  if (!given(begin) && !given(end)) return nullptr;
  return Json::array({begin, end});
}

double radians(double degrees) { return degrees * (std::numbers::pi / 180.0); }

double number(const Json& value) { return value.is_number() ? value.get<double>() : 0; }

double kilometres(const Json& a, const Json& b) {
  const double p = radians(number(get(a, "lat"))), q = radians(number(get(b, "lat")));
  const double d = radians(number(get(b, "lon")) - number(get(a, "lon")));
  return 6371 * std::acos(std::max(-1.0, std::min(1.0, std::sin(p) * std::sin(q) + std::cos(p) * std::cos(q) * std::cos(d))));
}

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

/// One-to-one pairs, best first; of equal ones the first in gold, then the first in the system's output.
template <class T, class Score>
Pairs greedy(const std::vector<T>& in_gold, const std::vector<T>& in_system, Score&& score) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> candidates;
  for (std::size_t i = 0; i < in_gold.size(); ++i)
    for (std::size_t j = 0; j < in_system.size(); ++j)
      if (const double value = score(in_gold[i], in_system[j]); value > 0) candidates.emplace_back(-value, i, j);
  std::sort(candidates.begin(), candidates.end());
  std::vector<bool> used_gold(in_gold.size()), used_system(in_system.size());
  Pairs out;
  for (const auto& [value, i, j] : candidates) {
    if (used_gold[i] || used_system[j]) continue;
    used_gold[i] = used_system[j] = true;
    out.emplace_back(i, j);
  }
  return out;
}

class Tally {
 public:
  explicit Tally(std::vector<ScoreRow>& rows) : rows_(&rows) {}
  void add(std::string_view name, std::size_t right, std::size_t in_gold, std::size_t in_system) {
    auto row = std::find_if(rows_->begin(), rows_->end(), [&](const ScoreRow& r) { return r.name == name; });
    if (row == rows_->end()) row = rows_->insert(row, ScoreRow{std::string(name), 0, 0, 0});
    row->right += static_cast<std::int64_t>(right);
    row->gold += static_cast<std::int64_t>(in_gold);
    row->system += static_cast<std::int64_t>(in_system);
  }
  void same(std::string_view name, bool equal) { add(name, equal ? 1 : 0, 1, 1); }
  template <class T>
  void sets(std::string_view name, const std::set<T>& in_gold, const std::set<T>& in_system) {
    add(name, static_cast<std::size_t>(std::count_if(in_gold.begin(), in_gold.end(), [&](const T& x) { return in_system.count(x) > 0; })),
        in_gold.size(), in_system.size());
  }
  /// Over the items where gold, or the system, has a value at all.
  void of_given(std::string_view name, bool in_gold, bool in_system, bool equal) {
    add(name, in_gold && in_system && equal ? 1 : 0, in_gold ? 1 : 0, in_system ? 1 : 0);
  }

 private:
  std::vector<ScoreRow>* rows_;
};

struct Argument {
  std::string role;
  Code who;
  Place place;
  std::string name;
};
struct EventItem {
  const Json* raw;
  Place place;
  std::vector<Argument> arguments;
};
struct StatementItem {
  const Json* raw;
  Place cue, source, via;
  std::vector<Place> content;
};
struct CommitmentItem {
  const Json* raw;
  std::vector<Place> consequent, excludes;
  Place antecedent;
};
struct SpanItem {
  const Json* raw;
  Place place;
};
struct Prepared {
  std::vector<EventItem> events;
  std::vector<StatementItem> statements;
  std::vector<CommitmentItem> commitments;
  std::vector<SpanItem> timexes, places;
};

std::size_t count_words(const gold::Characters& text, Range range) {
  std::size_t out = 0;
  bool inside = false;
  for (auto i = range.begin; i < range.end && static_cast<std::size_t>(i) < text.size(); ++i) {
    const bool word = !gold::is_space(text[static_cast<std::size_t>(i)]);
    if (word && !inside) ++out;
    inside = word;
  }
  return out;
}

std::vector<Place> places_of(File& file, const Json& list, const Json& item, const std::string& what) {
  std::vector<Place> out;
  for (const Json* value : as_list(list)) out.push_back(file.place(*value, item, what));
  return out;
}

Prepared prepare(File& file) {
  Prepared out;
  for (const Json* e : file.items("events")) {
    EventItem item{e, file.place(get(*e, "anchor"), *e, "anchor"), {}};
    for (const char* role : {"actor", "recipient"})
      for (const Json* n : as_list(get(*e, role)))
        item.arguments.push_back({role, code(*n), file.place(get(*n, "text"), *e, role), name_key(get(*n, "name"))});
    out.events.push_back(std::move(item));
  }
  for (const Json* s : file.items("statements")) {
    Place source = file.place(get(get(*s, "source"), "text"), *s, "source");
    if (source && count_words(file.text(), *source) > longest_source) source.reset();
    const Place cue = file.place(get(*s, "cue"), *s, "cue"), via = file.place(get(*s, "via"), *s, "via");
    out.statements.push_back({s, cue, source, via, places_of(file, get(*s, "content"), *s, "content")});
  }
  for (const Json* c : file.items("commitments")) {
    for (const char* role : {"debtor", "creditor"})
      for (const Json* n : as_list(get(*c, role))) file.place(get(*n, "text"), *c, role);
    file.place(get(*c, "anchor"), *c, "anchor");
    out.commitments.push_back({c,
                               {file.place(get(*c, "consequent"), *c, "consequent")},
                               places_of(file, get(*c, "excludes"), *c, "excludes"),
                               file.place(get(*c, "antecedent"), *c, "antecedent")});
  }
  for (const auto& [layer, items] : {std::pair{"timexes", &out.timexes}, std::pair{"places", &out.places}})
    for (const Json* t : file.items(layer)) {
      const bool offsets = get(*t, "begin").is_number_integer();
      items->push_back({t, file.place(offsets ? *t : get(*t, "text"), *t, layer)});
    }
  return out;
}

/// Which statement of gold a statement's id means: of gold itself, and of the system by way of the pairs.
struct StatementIds {
  std::map<std::string, std::string> in_gold, in_system;
};

std::string lookup(const std::map<std::string, std::string>& ids, const Json& id) {
  const auto found = ids.find(gold::show(id));
  return found == ids.end() ? "none" : found->second;
}

std::optional<std::size_t> parent_of(const std::vector<StatementItem>& items, const StatementItem& item) {
  for (std::size_t k = 0; k < items.size(); ++k)
    if (get(*items[k].raw, "id") == get(*item.raw, "parent")) return k;
  return std::nullopt;
}

struct Sides {
  const File& gold;
  const File& system;
  const Prepared& G;
  const Prepared& S;
  Tally& tally;
  std::vector<std::string>& misses;
};

std::map<std::size_t, std::size_t> by_gold(const Pairs& pairs) { return {pairs.begin(), pairs.end()}; }
std::map<std::size_t, std::size_t> by_system(const Pairs& pairs) {
  std::map<std::size_t, std::size_t> out;
  for (const auto& [i, j] : pairs) out[j] = i;
  return out;
}

StatementIds score_statements(const Sides& sides) {
  const auto &in_gold = sides.G.statements, &in_system = sides.S.statements;
  Tally& tally = sides.tally;
  const Pairs pairs = greedy(in_gold, in_system,
                             [](const StatementItem& g, const StatementItem& s) { return at_least(enough_content, ratio(g.content, s.content)); });
  const auto gold_paired = by_gold(pairs), system_paired = by_system(pairs);
  tally.add("statement: content", pairs.size(), in_gold.size(), in_system.size());
  std::size_t right = 0;
  for (const auto& [i, j] : pairs) {
    const StatementItem &g = in_gold[i], &s = in_system[j];
    const Json &gold_source = get(*g.raw, "source"), &system_source = get(*s.raw, "source");
    const std::string name = name_key(get(gold_source, "name"));
    const bool same_name = !name.empty() && name == name_key(get(system_source, "name"));
    if (overlap(g.source, s.source) > 0 || same_name || (!g.source && !s.source)) ++right;
    tally.same("statement: source country and sector, of those matched", code(gold_source) == code(system_source));
    tally.same("statement: kind, of those matched", get(*g.raw, "kind") == get(*s.raw, "kind"));
    tally.same("statement: anonymity, of those matched", get(*g.raw, "anonymity") == get(*s.raw, "anonymity"));
    tally.of_given("statement: cue", g.cue.has_value(), s.cue.has_value(), overlap(g.cue, s.cue) > 0);
    tally.of_given("statement: via", g.via.has_value(), s.via.has_value(), overlap(g.via, s.via) > 0);
    const auto gold_parent = parent_of(in_gold, g), system_parent = parent_of(in_system, s);
    const auto meant = system_parent ? system_paired.find(*system_parent) : system_paired.end();
    const bool equal = system_parent && (meant == system_paired.end() ? !gold_parent : gold_parent && meant->second == *gold_parent);
    tally.of_given("statement: parent", gold_parent.has_value(), system_parent.has_value(), equal);
  }
  tally.add("statement: content and source", right, in_gold.size(), in_system.size());
  for (std::size_t i = 0; i < in_gold.size(); ++i)
    if (gold_paired.count(i) == 0) sides.misses.push_back("missed    statement  " + gold::cut(gold::show_plain(get(*in_gold[i].raw, "content")), 90));
  for (std::size_t j = 0; j < in_system.size(); ++j)
    if (const auto& content = in_system[j].content; system_paired.count(j) == 0 && !content.empty() && content.front())
      sides.misses.push_back("spurious  statement  " +
                             gold::show(gold::cut(gold::encode(sides.system.text(), content.front()->begin, content.front()->end), 90)));
  StatementIds ids;
  for (std::size_t k = 0; k < in_gold.size(); ++k) ids.in_gold[gold::show(get(*in_gold[k].raw, "id"))] = std::to_string(k);
  for (std::size_t k = 0; k < in_system.size(); ++k) {
    const auto meant = system_paired.find(k);
    ids.in_system[gold::show(get(*in_system[k].raw, "id"))] =
        meant == system_paired.end() ? "spurious " + std::to_string(k) : std::to_string(meant->second);
  }
  return ids;
}

std::set<std::pair<std::string, Code>> role_codes(const EventItem& event) {
  std::set<std::pair<std::string, Code>> out;
  for (const Argument& a : event.arguments) out.emplace(a.role, a.who);
  return out;
}

double event_nearness(const File& gold_file, const EventItem& g, const EventItem& s) {
  if (!g.place || !s.place || get(*g.raw, "type") != get(*s.raw, "type")) return 0;
  if (gold_file.sentence_of(g.place->begin) != gold_file.sentence_of(s.place->begin)) return 0;
  const auto a = role_codes(g), b = role_codes(s);
  const auto shared = std::count_if(a.begin(), a.end(), [&](const auto& x) { return b.count(x) > 0; });
  return 1 + (ratio({g.place}, {s.place}) >= enough_anchor ? 2 : 0) + static_cast<double>(std::min<std::ptrdiff_t>(shared, 9)) / 10;
}

using Key = std::vector<std::string>;

/// What an event contributes to the sets that are compared over the whole article. `key` names the event on the gold side.
void add_arguments(const EventItem& event, const std::string& key, std::set<Key>& countries, std::set<Key>& codes, std::set<Key>& dyads) {
  std::vector<Code> sides[2];
  for (const Argument& a : event.arguments) {
    countries.insert({key, a.role, a.who.first});
    codes.insert({key, a.role, a.who.first, a.who.second});
    sides[a.role == "actor" ? 0 : 1].push_back(a.who);
  }
  for (auto& side : sides)
    if (side.empty()) side.emplace_back("", "");
  for (const Code& x : sides[0])
    for (const Code& y : sides[1]) dyads.insert({key, x.first, x.second, y.first, y.second});
}

std::set<std::string> texts(const Json& list) {
  std::set<std::string> out;
  for (const Json* value : as_list(list)) out.insert(gold::show(*value));
  return out;
}

void score_event_pair(const Sides& sides, const EventItem& g, const EventItem& s, const StatementIds& ids) {
  Tally& tally = sides.tally;
  const Pairs words = greedy(g.arguments, s.arguments, [](const Argument& x, const Argument& y) {
    return x.role == y.role ? static_cast<double>(overlap(x.place, y.place)) : 0.0;
  });
  tally.add("event: argument words overlap, of those matched", words.size(), g.arguments.size(), s.arguments.size());
  const auto named = [](const EventItem& event) {
    std::set<Key> out;
    for (const Argument& a : event.arguments)
      if (!a.name.empty()) out.insert({a.role, a.name});
    return out;
  };
  tally.sets("event: argument identity (name), of those matched", named(g), named(s));
  const Json &a = *g.raw, &b = *s.raw;
  if (given(get(a, "mode")) || given(get(b, "mode"))) tally.same("event: mode, of those matched", get(a, "mode") == get(b, "mode"));
  tally.sets("event: contexts, of those matched", texts(get(a, "contexts")), texts(get(b, "contexts")));
  const Json gold_date = interval(get(a, "date")), system_date = interval(get(b, "date"));
  tally.of_given("event: date, of those that have one", given(gold_date), given(system_date), gold_date == system_date);
  const Json &gold_country = get(get(a, "place"), "country"), &system_country = get(get(b, "place"), "country");
  tally.of_given("event: place country, of those that have one", given(gold_country), given(system_country), gold_country == system_country);
  tally.sets("event: auxiliary mode, of those matched", texts(get(a, "aux")), texts(get(b, "aux")));
  std::set<std::string> gold_sources, system_sources;
  for (const Json* id : as_list(get(a, "sources"))) gold_sources.insert(lookup(ids.in_gold, *id));
  for (const Json* id : as_list(get(b, "sources"))) system_sources.insert(lookup(ids.in_system, *id));
  tally.sets("event: vouched for by (statements of the chain), of those matched", gold_sources, system_sources);
}

void score_events(const Sides& sides, const StatementIds& ids) {
  const auto &in_gold = sides.G.events, &in_system = sides.S.events;
  Tally& tally = sides.tally;
  const Pairs pairs = greedy(in_gold, in_system, [&](const EventItem& g, const EventItem& s) { return event_nearness(sides.gold, g, s); });
  const auto gold_paired = by_gold(pairs), system_paired = by_system(pairs);
  tally.add("event: type in its sentence", pairs.size(), in_gold.size(), in_system.size());
  const auto padded = [](const Json& type) {
    std::string out = gold::show_plain(type);
    out.resize(std::max<std::size_t>(out.size(), 10), ' ');
    return out;
  };
  for (std::size_t i = 0; i < in_gold.size(); ++i)
    if (gold_paired.count(i) == 0) {
      const Json& raw = *in_gold[i].raw;
      sides.misses.push_back("missed    " + padded(get(raw, "type")) + " " + gold::show(get(raw, "anchor")) + " in " +
                             gold::show(gold::cut(gold::show_plain(get(raw, "sentence")), 70)));
    }
  for (std::size_t j = 0; j < in_system.size(); ++j)
    if (system_paired.count(j) == 0) {
      const Range at = in_system[j].place.value_or(Range{});
      sides.misses.push_back("spurious  " + padded(get(*in_system[j].raw, "type")) + " " +
                             gold::show(gold::encode(sides.system.text(), std::max<std::int64_t>(0, at.begin - 40), at.end + 30)));
    }
  // Arguments are (event, role, country, sector): an unmatched event's arguments count against, but for the rows of those matched.
  std::set<Key> countries[2], codes[2], dyads[2], matched[2], unused;
  for (std::size_t i = 0; i < in_gold.size(); ++i) {
    add_arguments(in_gold[i], std::to_string(i), countries[0], codes[0], dyads[0]);
    if (gold_paired.count(i) > 0) add_arguments(in_gold[i], std::to_string(i), unused, matched[0], unused);
  }
  for (std::size_t j = 0; j < in_system.size(); ++j) {
    const auto pair = system_paired.find(j);
    const std::string key = pair == system_paired.end() ? "spurious " + std::to_string(j) : std::to_string(pair->second);
    add_arguments(in_system[j], key, countries[1], codes[1], dyads[1]);
    if (pair != system_paired.end()) add_arguments(in_system[j], key, unused, matched[1], unused);
  }
  tally.sets("event: argument (country)", countries[0], countries[1]);
  tally.sets("event: argument (country and sector)", codes[0], codes[1]);
  tally.sets("event: dyad (actor, type, recipient)", dyads[0], dyads[1]);
  tally.sets("event: argument (country and sector), of those matched", matched[0], matched[1]);
  for (const auto& [i, j] : pairs) score_event_pair(sides, in_gold[i], in_system[j], ids);
}

std::set<Code> codes_of(const Json& parties) {
  std::set<Code> out;
  for (const Json* party : as_list(parties)) out.insert(code(*party));
  return out;
}

void score_commitments(const Sides& sides) {
  const auto &in_gold = sides.G.commitments, &in_system = sides.S.commitments;
  Tally& tally = sides.tally;
  const Pairs pairs = greedy(in_gold, in_system, [](const CommitmentItem& g, const CommitmentItem& s) {
    return at_least(enough_consequent, ratio(g.consequent, s.consequent));
  });
  tally.add("commitment: consequent", pairs.size(), in_gold.size(), in_system.size());
  const auto gold_paired = by_gold(pairs), system_paired = by_system(pairs);
  for (std::size_t i = 0; i < in_gold.size(); ++i)
    if (gold_paired.count(i) == 0)
      sides.misses.push_back("missed    commitment " + gold::show(gold::cut(gold::show_plain(get(*in_gold[i].raw, "consequent")), 90)));
  for (std::size_t j = 0; j < in_system.size(); ++j)
    if (const Place& at = in_system[j].consequent.front(); system_paired.count(j) == 0 && at)
      sides.misses.push_back("spurious  commitment " + gold::show(gold::cut(gold::encode(sides.system.text(), at->begin, at->end), 90)));
  std::size_t full = 0;
  for (const auto& [i, j] : pairs) {
    const CommitmentItem &g = in_gold[i], &s = in_system[j];
    const Json &a = *g.raw, &b = *s.raw;
    const bool debtor = codes_of(get(a, "debtor")) == codes_of(get(b, "debtor"));
    const Json gold_due = interval(get(a, "deadline")), system_due = interval(get(b, "deadline"));
    const Json gold_end = given(gold_due) ? gold_due[1] : Json(), system_end = given(system_due) ? system_due[1] : Json();
    if (debtor && gold_end == system_end) ++full;
    tally.same("commitment: debtor country and sector, of those matched", debtor);
    tally.sets("commitment: creditor", codes_of(get(a, "creditor")), codes_of(get(b, "creditor")));
    tally.of_given("commitment: deadline (its end), of those that have one", given(gold_due), given(system_due), gold_end == system_end);
    tally.of_given("commitment: deadline (begin and end), of those that have one", given(gold_due), given(system_due), gold_due == system_due);
    tally.of_given("commitment: antecedent, of those that have one", g.antecedent.has_value(), s.antecedent.has_value(),
                   ratio({g.antecedent}, {s.antecedent}) >= enough_phrase);
    tally.same("commitment: polarity, of those matched", get(a, "polarity") == get(b, "polarity"));
    tally.same("commitment: status, of those matched", get(a, "status") == get(b, "status"));
    const Pairs excludes = greedy(g.excludes, s.excludes, [](const Place& x, const Place& y) { return at_least(enough_phrase, ratio({x}, {y})); });
    tally.add("commitment: exclusion, of those matched", excludes.size(), g.excludes.size(), s.excludes.size());
  }
  tally.add("commitment: consequent, debtor and deadline", full, in_gold.size(), in_system.size());
}

/// Spans first, then whether `value` is equal too. Gives the pairs.
Pairs score_spans(Tally& tally, const std::vector<SpanItem>& g, const std::vector<SpanItem>& s, const std::string& layer, const char* value) {
  const Pairs pairs = greedy(g, s, [](const SpanItem& a, const SpanItem& b) { return ratio({a.place}, {b.place}); });
  tally.add(layer + ": span (relaxed)", pairs.size(), g.size(), s.size());
  const auto equal =
      std::count_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return get(*g[pair.first].raw, value) == get(*s[pair.second].raw, value); });
  tally.add(layer + ": span and " + value, static_cast<std::size_t>(equal), g.size(), s.size());
  return pairs;
}

void score_timexes_and_places(const Sides& sides) {
  Tally& tally = sides.tally;
  for (const auto& [i, j] : score_spans(tally, sides.G.timexes, sides.S.timexes, "timex", "value")) {
    const Json &a = *sides.G.timexes[i].raw, &b = *sides.S.timexes[j].raw;
    tally.same("timex: type, of those matched", get(a, "type") == get(b, "type"));
    tally.of_given("timex: mod", given(get(a, "mod")), given(get(b, "mod")), get(a, "mod") == get(b, "mod"));
  }
  for (const auto& [i, j] : score_spans(tally, sides.G.places, sides.S.places, "place", "country")) {
    const Json &a = *sides.G.places[i].raw, &b = *sides.S.places[j].raw;
    tally.same("place: name, of those matched", name_key(get(a, "name")) == name_key(get(b, "name")));
    tally.same("place: kind, of those matched", get(a, "kind") == get(b, "kind"));
    if (!get(a, "lat").is_null())
      tally.same("place: within 161 km, of those with a point in gold", !get(b, "lat").is_null() && kilometres(a, b) <= near_enough_kilometres);
  }
}

Result<void> score_files(File& in_gold, File& in_system, const std::string& name, Evaluation& out) {
  const Prepared G = prepare(in_gold), S = prepare(in_system);
  if (!in_gold.problems().empty()) return Error{ErrorCode::malformed_input, "gold does not fit its text: " + in_gold.problems().front(), name, {}};
  Tally tally(out.rows);
  std::vector<std::string> misses;
  const Sides sides{in_gold, in_system, G, S, tally, misses};
  const StatementIds ids = score_statements(sides);
  score_events(sides, ids);
  score_commitments(sides);
  score_timexes_and_places(sides);
  for (std::size_t k = 0; k < std::min<std::size_t>(5, in_system.problems().size()); ++k)
    out.warnings.push_back(name + ": " + in_system.problems()[k]);
  out.misses += "== " + name + "\n";
  for (const std::string& miss : misses) out.misses += "   " + miss + "\n";
  if (misses.empty()) out.misses += "\n";
  ++out.articles;
  return {};
}

Result<std::vector<std::string>> json_files(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> out;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    if (const std::string name = at->path().filename().string(); name.ends_with(".json")) out.push_back(name);
  if (failed) return Error{ErrorCode::not_found, "no such folder, or it cannot be read; expected a folder of gold articles (*.json)", folder, {}};
  if (out.empty()) return Error{ErrorCode::not_found, "no gold articles in it: expected *.json", folder, {}};
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::string> file_bytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in.peek() != std::ifstream::traits_type::eof()) bytes << in.rdbuf();
  if (!in.good() && !in.eof()) return Error{ErrorCode::io, "could not be read", path.string(), {}};
  return std::move(bytes).str();
}

/// `make` gives the system's JSON for a gold file, nothing where there is none.
using SystemFile = std::function<Result<std::optional<std::string>>(const std::string& name, const File& gold, Evaluation& out)>;

Result<Evaluation> evaluate_all(const std::string& gold_folder, const SystemFile& make) {
  const auto names = json_files(gold_folder);
  if (!names) return names.error();
  Evaluation out;
  for (const std::string& name : *names) {
    const std::string path = (std::filesystem::path(gold_folder) / name).string();
    const auto bytes = file_bytes(path);
    if (!bytes) return bytes.error();
    auto in_gold = File::parse(*bytes, path);
    if (!in_gold) return in_gold.error();
    auto made = make(name, *in_gold, out);
    if (!made) return made.error();
    if (*made) {
      if (auto scored = evaluate_article(*bytes, **made, name, out); !scored) return scored.error();
    } else {
      File nothing = File::empty(*in_gold);
      if (auto scored = score_files(*in_gold, nothing, name, out); !scored) return scored.error();
    }
  }
  return out;
}

std::optional<std::string> text_of(const Json& value) { return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt; }

}  // namespace

double ScoreRow::f1() const {
  const double p = precision(), q = recall();
  return p + q != 0 ? 2 * p * q / (p + q) : 0;
}

Result<void> evaluate_article(std::string_view gold_json, std::string_view system_json, const std::string& name, Evaluation& out) {
  auto in_gold = File::parse(gold_json, name);
  if (!in_gold) return in_gold.error();
  auto in_system = File::parse(system_json, name);
  if (!in_system) return in_system.error();
  in_system->demand_offsets_if_any();
  const auto &a = in_system->text(), &b = in_gold->text();
  if (a != b) {
    const auto at = std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin()).first - a.begin();
    return Error{ErrorCode::malformed_input,
                 "the system's text is not the gold text: they part at character " + std::to_string(at) + ": " +
                     gold::show(gold::encode(a, at, at + 30)) + ", gold " + gold::show(gold::encode(b, at, at + 30)),
                 name,
                 {}};
  }
  return score_files(*in_gold, *in_system, name, out);
}

Result<Evaluation> evaluate_folder(const std::string& gold_folder, const std::string& system_folder) {
  std::error_code failed;
  if (!std::filesystem::is_directory(system_folder, failed))
    return Error{ErrorCode::not_found, "no such folder; expected JSON files with the names of the gold articles", system_folder, {}};
  return evaluate_all(gold_folder, [&](const std::string& name, const File&, Evaluation& out) -> Result<std::optional<std::string>> {
    const auto path = std::filesystem::path(system_folder) / name;
    std::error_code absent;
    if (!std::filesystem::exists(path, absent)) {
      out.warnings.push_back(name + ": no system file, scored as empty");
      return std::optional<std::string>();
    }
    auto bytes = file_bytes(path);
    if (!bytes) return bytes.error();
    return std::optional(*std::move(bytes));
  });
}

Result<Evaluation> evaluate_engine(const std::string& gold_folder, const Engine& engine, const std::string& write_folder, double min_confidence) {
  if (!write_folder.empty()) {
    std::error_code failed;
    std::filesystem::create_directories(write_folder, failed);
    if (failed) return Error{ErrorCode::io, "could not be made: " + failed.message(), write_folder, {}};
  }
  return evaluate_all(gold_folder, [&](const std::string& name, const File& in_gold, Evaluation& out) -> Result<std::optional<std::string>> {
    Document document;
    document.bytes = gold::encode(in_gold.text(), 0, static_cast<std::int64_t>(in_gold.text().size()));
    document.metadata.format = Format::text;
    document.metadata.encoding = "UTF-8";
    document.metadata.title = text_of(get(in_gold.meta(), "title"));
    document.metadata.outlet = text_of(get(in_gold.meta(), "outlet"));
    if (const auto day = text_of(get(in_gold.meta(), "published"))) document.metadata.published = parse_iso_day(*day);
    auto reading = read(document, engine);
    if (!reading) {
      out.warnings.push_back(name + ": rejected, scored as empty: " + to_string(reading.error()));
      return std::optional<std::string>();
    }
    if (min_confidence > 0) leave_out_below(reading->records, min_confidence);
    std::string json = to_json(*reading, true);
    if (!write_folder.empty()) {
      const auto path = std::filesystem::path(write_folder) / name;
      std::ofstream file(path, std::ios::binary);
      file << json << '\n';
      file.close();
      if (!file) return Error{ErrorCode::io, "could not be written", path.string(), {}};
    }
    return std::optional(std::move(json));
  });
}

std::string to_table(const Evaluation& evaluation) {
  char line[256];
  std::string out = std::to_string(evaluation.articles) + " articles\n";
  std::snprintf(line, sizeof line, "%-68s%7s%7s%7s   right/gold/system\n", "", "P", "R", "F1");
  out += line;
  for (const ScoreRow& row : evaluation.rows) {
    std::snprintf(line, sizeof line, "%-68s%7.3f%7.3f%7.3f   ", row.name.c_str(), row.precision(), row.recall(), row.f1());
    out += line + std::to_string(row.right) + "/" + std::to_string(row.gold) + "/" + std::to_string(row.system) + "\n";
  }
  return out;
}

std::string to_json(const Evaluation& evaluation) {
  std::string out;
  for (const ScoreRow& row : evaluation.rows)
    out += (out.empty() ? "{" : ", ") + Json(row.name).dump() + ": [" + std::to_string(row.right) + ", " + std::to_string(row.gold) + ", " +
           std::to_string(row.system) + "]";
  return (out.empty() ? "{" : out) + "}\n";
}

}  // namespace masudi
