// Sources: who says what, named or not, through which outlet.
#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "csv.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_sources = 50;

/// What a line of the answer stands for.
enum class By : std::uint8_t { source, via, outlet };

struct Source {
  std::uint32_t name = 0;  ///< of Columns::names, ::vias or ::outlets
  std::uint64_t count = 0;
  std::uint16_t country = 0, sector = 0;
  std::map<std::string, std::uint64_t> anonymity, stance, certainty, outlets, vias;
  std::int32_t first = no_day, last = no_day;
};

struct Sources {
  By by = By::source;
  std::uint64_t total = 0, sources = 0;
  std::vector<Source> items;
  std::string next;
};

const Words& words_of(const Columns& columns, By by) { return by == By::via ? columns.vias : by == By::outlet ? columns.outlets : columns.names; }

Result<Sources> make_sources(Service& service, const Service::View& view, const Request& request) {
  const auto filters = filters_of(service, view, request, Kind::statements);
  if (!filters) return filters.error();
  const auto limit = whole_number(request, "limit", usual_sources, service.options().limits.page);
  if (!limit) return limit.error();
  Sources out;
  if (const std::string by = request.parameter("by"); by == "via" || by == "outlet")
    out.by = by == "via" ? By::via : By::outlet;
  else if (!by.empty() && by != "source")
    return Error{ErrorCode::usage, "by=" + by + "; expected source, via or outlet", "", {}};
  const auto source_of = [&view, by = out.by](const Row& row) {
    if (by == By::via) return row.via;
    if (by == By::outlet) return view->articles[row.article].outlet;
    return row.party < row.party_end ? view->parties[row.party].name : 0U;
  };
  std::vector<std::uint32_t> counts(words_of(*view, out.by).size());
  scan(*view, *filters, [&](const Row& row) {
    ++out.total;
    ++counts[source_of(row)];
  });
  std::vector<std::uint32_t> order;
  for (std::uint32_t name = 1; name < counts.size(); ++name)
    if (counts[name] > 0) order.push_back(name);
  out.sources = order.size();
  // Most first; the cursor is the last source of the page before: COUNT.NUMBER.
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return counts[a] != counts[b] ? counts[a] > counts[b] : a < b; };
  if (const std::string cursor = request.parameter("cursor"); !cursor.empty()) {
    std::uint32_t count = 0, name = 0;
    const char* end = cursor.data() + cursor.size();
    const auto [dot, failed] = std::from_chars(cursor.data(), end, count);
    const bool good = failed == std::errc() && dot != end && *dot == '.' && std::from_chars(dot + 1, end, name).ptr == end;
    if (!good) return Error{ErrorCode::usage, "cursor=" + cursor + " is not the `next` of a page", "", {}};
    std::erase_if(order, [&](std::uint32_t other) { return counts[other] > count || (counts[other] == count && other <= name); });
  }
  const auto shown = std::min<std::size_t>(order.size(), *limit);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown), order.end(), before);
  if (order.size() > shown && shown > 0) out.next = std::to_string(counts[order[shown - 1]]) + "." + std::to_string(order[shown - 1]);
  order.resize(shown);

  std::unordered_map<std::uint32_t, std::size_t> slots;
  for (const std::uint32_t name : order) {
    slots.emplace(name, out.items.size());
    out.items.emplace_back().name = name;
  }
  scan(*view, *filters, [&](const Row& row) {
    const auto slot = slots.find(source_of(row));
    if (slot == slots.end()) return;
    Source& source = out.items[slot->second];
    if (source.count++ == 0 && out.by == By::source) {
      source.country = view->parties[row.party].country;
      source.sector = view->parties[row.party].sector;
    }
    const auto word = [&](Attribute attribute) { return view->words[row.value[slot_of(Kind::statements, attribute)]]; };
    ++source.anonymity[word(Attribute::anonymity)];
    ++source.stance[word(Attribute::stance)];
    ++source.certainty[word(Attribute::certainty)];
    ++source.outlets[view->outlets[view->articles[row.article].outlet]];
    if (row.via != 0) ++source.vias[view->vias[row.via]];
    if (row.begin == no_day) return;
    source.first = source.first == no_day ? row.begin : std::min(source.first, row.begin);
    source.last = std::max(source.last, row.begin);
  });
  return out;
}

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
  std::string out;
  for (const auto& [name, count] : counts) out += (out.empty() ? "" : "; ") + name + " " + std::to_string(count);
  return out;
}

}  // namespace

Reply sources_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto sources = make_sources(service, view, request);
  if (!sources) return error_reply(sources.error());
  Json items = Json::array();
  const auto text = [&](std::uint16_t number) { return number == 0 ? Json(nullptr) : Json(view->words[number]); };
  const auto day = [](std::int32_t number) { return number == no_day ? Json(nullptr) : Json(day_text(number)); };
  const Words& words = words_of(*view, sources->by);
  for (const Source& source : sources->items)
    items.push_back({{"source", "=" + words[source.name]},
                     {"label", words[source.name]},
                     {"country", text(source.country)},
                     {"sector", text(source.sector)},
                     {"count", source.count},
                     {"anonymity", source.anonymity},
                     {"stance", source.stance},
                     {"certainty", source.certainty},
                     {"outlets", source.outlets},
                     {"vias", source.vias},
                     {"first", day(source.first)},
                     {"last", day(source.last)}});
  constexpr const char* names[] = {"source", "via", "outlet"};
  return json_reply({{"by", names[static_cast<std::size_t>(sources->by)]},
                     {"total", sources->total},
                     {"sources", sources->sources},
                     {"items", std::move(items)},
                     {"next", sources->next.empty() ? Json(nullptr) : Json(sources->next)}});
}

Reply sources_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto sources = make_sources(service, view, request);
  if (!sources) return error_reply(sources.error());
  Csv csv({"source", "country", "sector", "count", "anonymity", "stance", "certainty", "outlets", "vias", "first", "last"});
  const Words& words = words_of(*view, sources->by);
  for (const Source& source : sources->items)
    csv.row({words[source.name], view->words[source.country], view->words[source.sector], std::to_string(source.count), listed(source.anonymity),
             listed(source.stance), listed(source.certainty), listed(source.outlets), listed(source.vias), day_text(source.first),
             day_text(source.last)});
  return csv_reply(csv.take(), "sources");
}

}  // namespace masudi::serve
