// Counts under the filters: facets, and counts in time.
#include <algorithm>
#include <bit>
#include <map>

#include "csv.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_values = 20, most_values = 1000;
constexpr std::int64_t most_buckets = 120;
constexpr std::size_t block = 2048;  // rows

Result<Kind> kind_asked(const Request& request) {
  const std::string text = request.parameter("kind");
  if (text.empty()) return Kind::events;
  const auto kind = parse_kind(text);
  if (!kind) return Error{ErrorCode::usage, "kind=" + text + "; expected events, statements, commitments or articles", "", {}};
  return *kind;
}

using Counts = std::vector<std::uint64_t>;

/// One facet: what rows add to, and what a number stands for. Rows come in blocks that stay in the cache while each facet counts them.
struct Counter {
  std::string name;
  Counts counts;
  std::function<void(const std::vector<const Row*>&, Counts&)> add;
  std::function<std::string(std::uint32_t)> value, label;
  std::vector<std::string> texts;  ///< where values are not numbers of the columns
};

class Counters {
 public:
  Counters(const Columns& columns, Kind kind, std::int32_t today) : columns_(columns), kind_(kind), today_(today) {
    switch (kind) {
      case Kind::events:
        for (const auto& [name, attribute] :
             {std::pair{"type", Attribute::type}, std::pair{"quad", Attribute::quad}, std::pair{"mode", Attribute::mode}})
          word(name, attribute);
        bits("context", columns.contexts, [](const Row& row) { return row.contexts; });
        aux();
        party("party", [](Role) { return true; });
        party("actor", [](Role role) { return role == Role::actor; });
        party("recipient", [](Role role) { return role == Role::recipient; });
        code("country", &RowParty::country);
        code("sector", &RowParty::sector);
        place();
        word("place_country", Attribute::place_country);
        source();
        break;
      case Kind::statements:
        party("source", [](Role) { return true; });
        code("country", &RowParty::country);
        code("sector", &RowParty::sector);
        for (const auto& [name, attribute] : {std::pair{"anonymity", Attribute::anonymity}, std::pair{"stance", Attribute::stance},
                                              std::pair{"certainty", Attribute::certainty}, std::pair{"kind_of", Attribute::kind_of}})
          word(name, attribute);
        via();
        break;
      case Kind::commitments:
        state();
        for (const auto& [name, attribute] : {std::pair{"status", Attribute::status}, std::pair{"verdict", Attribute::verdict},
                                              std::pair{"force", Attribute::force}, std::pair{"polarity", Attribute::polarity}})
          word(name, attribute);
        party("party", [](Role) { return true; });
        party("actor", [](Role role) { return role == Role::debtor; });
        party("recipient", [](Role role) { return role == Role::creditor; });
        code("country", &RowParty::country);
        code("sector", &RowParty::sector);
        source();
        break;
      case Kind::articles:
        party("party", [](Role) { return true; });
        code("country", &RowParty::country);
        code("sector", &RowParty::sector);
        break;
    }
    outlet();
    if (kind != Kind::articles) word("review", Attribute::review);
  }

  std::vector<Counter>& all() { return all_; }

 private:
  /// A loop over a block, with the counting of one row inlined.
  template <class One>
  static auto each(One one) {
    return [one](const std::vector<const Row*>& rows, Counts& counts) {
      for (const Row* row : rows) one(*row, counts);
    };
  }

  Counter& start(std::string name, std::size_t values) {
    Counter& out = all_.emplace_back();
    out.name = std::move(name);
    out.counts.resize(values);
    return out;
  }

  void word(const char* name, Attribute attribute) {
    Counter& out = start(name, columns_.words.size());
    out.add = each([slot = slot_of(kind_, attribute)](const Row& row, Counts& counts) { ++counts[row.value[slot]]; });
    out.value = out.label = [this](std::uint32_t i) { return columns_.words[i]; };
  }

  /// Names of parties, each counted once a row. A name's filter is "=Name".
  template <class HasRole>
  void party(const char* name, HasRole has_role) {
    Counter& out = start(name, columns_.names.size());
    out.add = each([this, has_role](const Row& row, Counts& counts) { once(columns_.parties, row.party, row.party_end, has_role, counts); });
    out.value = [this](std::uint32_t i) { return "=" + columns_.names[i]; };
    out.label = [this](std::uint32_t i) { return columns_.names[i]; };
  }

  template <class HasRole>
  static void once(const std::vector<RowParty>& parties, std::uint32_t begin, std::uint32_t end, HasRole has_role, Counts& counts) {
    for (auto i = begin; i < end; ++i) {
      if (!parties[i].named || !has_role(parties[i].role)) continue;
      bool first = true;
      for (auto j = begin; j < i && first; ++j) first = parties[j].name != parties[i].name || !parties[j].named || !has_role(parties[j].role);
      if (first) ++counts[parties[i].name];
    }
  }

  void code(const char* name, std::uint16_t RowParty::*field) {
    Counter& out = start(name, columns_.words.size());
    out.add = each([this, field](const Row& row, Counts& counts) {
      for (auto i = row.party; i < row.party_end; ++i) {
        bool first = true;
        for (auto j = row.party; j < i && first; ++j) first = columns_.parties[j].*field != columns_.parties[i].*field;
        if (first) ++counts[columns_.parties[i].*field];
      }
    });
    out.value = out.label = [this](std::uint32_t i) { return columns_.words[i]; };
  }

  void source() {
    Counter& out = start("source", columns_.names.size());
    out.add = each([this](const Row& row, Counts& counts) {
      once(
          columns_.sources, row.source, row.source_end, [](Role) { return true; }, counts);
    });
    out.value = [this](std::uint32_t i) { return "=" + columns_.names[i]; };
    out.label = [this](std::uint32_t i) { return columns_.names[i]; };
  }

  template <class Mask>
  void bits(const char* name, const std::vector<std::string>& words, Mask mask) {
    Counter& out = start(name, words.size());
    out.texts = words;
    out.add = each([mask](const Row& row, Counts& counts) {
      for (std::uint64_t found = mask(row); found != 0; found &= found - 1) ++counts[static_cast<std::size_t>(std::countr_zero(found))];
    });
  }

  void aux() {
    std::vector<std::string> words = columns_.aux;
    words.emplace_back("none");
    const std::size_t none = columns_.aux.size();
    bits("aux", words, [none](const Row& row) { return row.aux == 0 ? std::uint64_t{1} << none : std::uint64_t{row.aux}; });
  }

  void place() {
    Counter& out = start("place", columns_.places.size());
    out.add = each([this](const Row& row, Counts& counts) {
      if (row.point != 0) ++counts[columns_.points[row.point].name];
    });
    out.value = [this](std::uint32_t i) { return "=" + columns_.places[i]; };
    out.label = [this](std::uint32_t i) { return columns_.places[i]; };
  }

  void outlet() {
    Counter& out = start("outlet", columns_.outlets.size());
    out.add = each([this](const Row& row, Counts& counts) { ++counts[columns_.articles[row.article].outlet]; });
    out.value = [this](std::uint32_t i) { return "=" + columns_.outlets[i]; };
    out.label = [this](std::uint32_t i) { return columns_.outlets[i]; };
  }

  void via() {
    Counter& out = start("via", columns_.vias.size());
    out.add = each([](const Row& row, Counts& counts) { ++counts[row.via]; });
    out.value = [this](std::uint32_t i) { return "=" + columns_.vias[i]; };
    out.label = [this](std::uint32_t i) { return columns_.vias[i]; };
  }

  void state() {
    Counter& out = start("state", columns_.words.size() + 4);
    states_ = {"overdue", "due", "conditional", "undated"};
    out.add = each([this](const Row& row, Counts& counts) {
      const auto text = state_of(columns_, row, today_);
      const auto at = std::find(states_.begin(), states_.end(), text);
      if (at != states_.end())
        ++counts[static_cast<std::size_t>(at - states_.begin())];
      else if (const auto number = columns_.words.find(text))
        ++counts[*number + 4];
    });
    out.value = out.label = [this](std::uint32_t i) { return i < 4 ? states_[i] : columns_.words[i - 4]; };
  }

  const Columns& columns_;
  Kind kind_;
  std::int32_t today_;
  std::vector<Counter> all_;
  std::vector<std::string> states_;
};

struct FacetValue {
  std::string value, label;
  std::uint64_t count;
};

struct Facets {
  std::uint64_t total = 0;
  struct Facet {
    std::string name;
    std::vector<FacetValue> values;
    std::uint64_t more = 0;
  };
  std::vector<Facet> facets;
};

Result<Facets> make_facets(Service& service, const Service::View& view, const Request& request) {
  const auto kind = kind_asked(request);
  if (!kind) return kind.error();
  const auto filters = filters_of(service, view, request, *kind);
  if (!filters) return filters.error();
  const auto top = whole_number(request, "top", usual_values, most_values);
  if (!top) return top.error();
  Counters counters(*view, *kind, filters->today);
  auto& all = counters.all();
  if (const std::string wanted = request.parameter("facets"); !wanted.empty()) {
    const auto names = split_cell(wanted, ',');
    for (const auto name : names)
      if (std::none_of(all.begin(), all.end(), [&](const Counter& counter) { return counter.name == name; })) {
        std::string known;
        for (const Counter& counter : all) known += (known.empty() ? "" : ", ") + counter.name;
        return Error{ErrorCode::usage, "no facet \"" + std::string(name) + "\" of " + std::string(to_string(*kind)) + "; expected " + known, "", {}};
      }
    std::erase_if(all, [&](const Counter& counter) { return std::find(names.begin(), names.end(), counter.name) == names.end(); });
  }
  Facets out;
  std::vector<const Row*> rows;
  std::map<std::string, std::vector<const Row*>, std::less<>> others;  // facet -> rows that only its own filter keeps out
  const auto count = [&](std::vector<const Row*>& found, std::string_view facet) {
    for (Counter& counter : all)
      if (facet.empty() || counter.name == facet) counter.add(found, counter.counts);
    found.clear();
  };
  scan(
      *view, *filters,
      [&](const Row& row) {
        ++out.total;
        rows.push_back(&row);
        if (rows.size() == block) count(rows, "");
      },
      [&](const Row& row, const std::string& facet) {
        auto found = others.find(facet);
        if (found == others.end()) found = others.emplace(facet, std::vector<const Row*>()).first;
        found->second.push_back(&row);
        if (found->second.size() == block) count(found->second, facet);
      });
  count(rows, "");
  for (auto& [facet, found] : others) count(found, facet);
  for (Counter& counter : all) {
    std::vector<std::uint32_t> order;
    const auto label = [&](std::uint32_t i) { return counter.texts.empty() ? counter.label(i) : counter.texts[i]; };
    for (std::uint32_t i = 0; i < counter.counts.size(); ++i)
      if (counter.counts[i] > 0 && (!counter.texts.empty() || !label(i).empty())) order.push_back(i);
    const auto more_first = [&](std::uint32_t a, std::uint32_t b) {
      return counter.counts[a] != counter.counts[b] ? counter.counts[a] > counter.counts[b] : label(a) < label(b);
    };
    const auto shown = std::min<std::size_t>(order.size(), *top);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(), more_first);
    auto& facet = out.facets.emplace_back();
    facet.name = counter.name;
    facet.more = order.size() - shown;
    for (std::size_t i = 0; i < shown; ++i)
      facet.values.push_back({counter.texts.empty() ? counter.value(order[i]) : label(order[i]), label(order[i]), counter.counts[order[i]]});
  }
  return out;
}

/// First day of the bucket that a day lies in.
std::int32_t bucket_begin(std::int32_t day, std::string_view size) {
  if (size == "day") return day;
  if (size == "week") {  // Monday; day 0 of the epoch was a Thursday
    const std::int32_t since = day + 3;
    return day - ((since % 7) + 7) % 7;
  }
  const std::chrono::year_month_day date{Day(std::chrono::days(day))};
  const auto month = size == "year" ? std::chrono::January : date.month();
  return static_cast<std::int32_t>(Day(date.year() / month / 1).time_since_epoch().count());
}

std::int32_t next_bucket(std::int32_t begin, std::string_view size) {
  if (size == "day") return begin + 1;
  if (size == "week") return begin + 7;
  return bucket_begin(begin + (size == "year" ? 366 : 31), size);
}

std::string_view bucket_size(std::int64_t days) {
  if (days <= most_buckets) return "day";
  if (days <= most_buckets * 7) return "week";
  return days <= most_buckets * 31 ? "month" : "year";
}

struct Timeline {
  std::string bucket = "day";
  std::uint64_t total = 0, undated = 0;
  std::vector<std::string> groups;
  struct Bucket {
    std::uint64_t count = 0;
    std::vector<std::uint64_t> by;
  };
  std::map<std::int32_t, Bucket> buckets;
};

constexpr std::int32_t widest = 366 * 3000;  // days that are counted one by one: about three thousand years

Result<Timeline> make_timeline(Service& service, const Service::View& view, const Request& request) {
  const auto kind = kind_asked(request);
  if (!kind) return kind.error();
  const auto filters = filters_of(service, view, request, *kind);
  if (!filters) return filters.error();
  std::string bucket = request.parameter("bucket");
  if (bucket.empty()) bucket = "auto";
  constexpr std::string_view sizes[] = {"auto", "day", "week", "month", "year"};
  if (std::find(std::begin(sizes), std::end(sizes), bucket) == std::end(sizes))
    return Error{ErrorCode::usage, "bucket=" + bucket + "; expected auto, day, week, month or year", "", {}};

  Timeline out;
  const auto group_of = [&](const Row& row) -> std::string_view {
    switch (*kind) {
      case Kind::events:
        return view->words[row.value[slot_of(*kind, Attribute::quad)]];
      case Kind::statements:
        return view->words[row.value[slot_of(*kind, Attribute::stance)]];
      case Kind::commitments:
        return state_of(*view, row, filters->today);
      case Kind::articles:
        break;
    }
    return "articles";
  };
  // Days that are asked for bound the counting: an event may be dated centuries away.
  std::int32_t first = std::numeric_limits<std::int32_t>::max(), last = no_day;
  const auto at = [&](const Row& row) { return *kind == Kind::commitments && row.due != no_day ? row.due : row.begin; };
  struct Seen {
    std::int32_t day;
    std::uint16_t group;
  };
  std::vector<Seen> seen;
  scan(*view, *filters, [&](const Row& row) {
    ++out.total;
    const std::int32_t day = at(row);
    if (day == no_day) {
      ++out.undated;
      return;
    }
    const auto group = group_of(row);
    auto found = std::find(out.groups.begin(), out.groups.end(), group);
    if (found == out.groups.end()) found = out.groups.emplace(out.groups.end(), group);
    seen.push_back({day, static_cast<std::uint16_t>(found - out.groups.begin())});
    first = std::min(first, day);
    last = std::max(last, day);
  });
  if (seen.empty()) {
    out.bucket = bucket == "auto" ? "day" : bucket;
    return out;
  }
  // Counted day by day, then gathered: there are few days and many rows.
  const std::size_t groups = out.groups.size();
  const std::int32_t from = last - first > widest ? last - widest : first;
  std::vector<std::uint64_t> days((static_cast<std::size_t>(last - from) + 1) * groups);
  for (const Seen& one : seen) ++days[static_cast<std::size_t>(std::max(one.day, from) - from) * groups + one.group];
  out.bucket = bucket == "auto" ? bucket_size(last - from + 1) : std::string_view(bucket);
  std::vector<std::size_t> order(groups);
  for (std::size_t g = 0; g < groups; ++g) order[g] = g;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return out.groups[a] < out.groups[b]; });
  for (std::int32_t day = from; day <= last; ++day) {
    const auto* counts = &days[static_cast<std::size_t>(day - from) * groups];
    if (std::all_of(counts, counts + groups, [](std::uint64_t count) { return count == 0; })) continue;
    auto& entry = out.buckets[bucket_begin(day, out.bucket)];
    entry.by.resize(groups);
    for (std::size_t g = 0; g < groups; ++g) {
      entry.by[g] += counts[order[g]];
      entry.count += counts[order[g]];
    }
  }
  std::sort(out.groups.begin(), out.groups.end());
  return out;
}

}  // namespace

Reply facets_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto facets = make_facets(service, view, request);
  if (!facets) return error_reply(facets.error());
  Json list = Json::array();
  for (const auto& facet : facets->facets) {
    Json values = Json::array();
    for (const auto& value : facet.values) values.push_back({{"value", value.value}, {"label", value.label}, {"count", value.count}});
    list.push_back({{"name", facet.name}, {"values", std::move(values)}, {"more", facet.more}});
  }
  return json_reply({{"total", facets->total}, {"facets", std::move(list)}});
}

Reply facets_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto facets = make_facets(service, view, request);
  if (!facets) return error_reply(facets.error());
  Csv csv({"facet", "value", "label", "count"});
  for (const auto& facet : facets->facets)
    for (const auto& value : facet.values) csv.row({facet.name, value.value, value.label, std::to_string(value.count)});
  return csv_reply(csv.take(), "facets");
}

Reply timeline_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto timeline = make_timeline(service, view, request);
  if (!timeline) return error_reply(timeline.error());
  Json buckets = Json::array();
  for (const auto& [begin, bucket] : timeline->buckets) {
    Json by = Json::object();
    for (std::size_t g = 0; g < bucket.by.size(); ++g)
      if (bucket.by[g] > 0) by[timeline->groups[g]] = bucket.by[g];
    buckets.push_back(
        {{"begin", day_text(begin)}, {"end", day_text(next_bucket(begin, timeline->bucket) - 1)}, {"count", bucket.count}, {"by", std::move(by)}});
  }
  return json_reply({{"bucket", timeline->bucket},
                     {"total", timeline->total},
                     {"undated", timeline->undated},
                     {"groups", timeline->groups},
                     {"buckets", std::move(buckets)}});
}

Reply timeline_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto timeline = make_timeline(service, view, request);
  if (!timeline) return error_reply(timeline.error());
  Csv csv({"begin", "end", "group", "count"});
  for (const auto& [begin, bucket] : timeline->buckets)
    for (std::size_t g = 0; g < bucket.by.size(); ++g)
      if (bucket.by[g] > 0)
        csv.row({day_text(begin), day_text(next_bucket(begin, timeline->bucket) - 1), timeline->groups[g], std::to_string(bucket.by[g])});
  return csv_reply(csv.take(), "timeline");
}

}  // namespace masudi::serve
