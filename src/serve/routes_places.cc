// The map: places of events with their counts. A place without a point stays without one.
#include <algorithm>

#include "csv.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_places = 500, most_places = 5000;

struct Places {
  std::uint64_t total = 0, placed = 0, more = 0;
  struct Place {
    std::uint32_t point = 0;
    std::uint64_t count = 0;
    std::vector<std::uint64_t> by;
  };
  std::vector<Place> places;
  std::vector<std::uint16_t> groups;  ///< quads, as numbers of words
};

Result<Places> make_places(Service& service, const Service::View& view, const Request& request) {
  const auto filters = filters_of(service, view, request, Kind::events);
  if (!filters) return filters.error();
  const auto top = whole_number(request, "top", usual_places, most_places);
  if (!top) return top.error();
  Places out;
  const int quad = slot_of(Kind::events, Attribute::quad);
  std::vector<std::vector<std::uint32_t>> counts;  // by group, then point
  scan(*view, *filters, [&](const Row& row) {
    ++out.total;
    if (row.point == 0) return;
    ++out.placed;
    auto group = static_cast<std::size_t>(std::find(out.groups.begin(), out.groups.end(), row.value[quad]) - out.groups.begin());
    if (group == out.groups.size()) {
      out.groups.push_back(row.value[quad]);
      counts.emplace_back(view->points.size());
    }
    ++counts[group][row.point];
  });
  for (std::uint32_t point = 1; point < view->points.size(); ++point) {
    Places::Place place;
    place.point = point;
    for (const auto& group : counts) {
      place.by.push_back(group[point]);
      place.count += group[point];
    }
    if (place.count > 0) out.places.push_back(std::move(place));
  }
  std::sort(out.places.begin(), out.places.end(),
            [](const Places::Place& a, const Places::Place& b) { return a.count != b.count ? a.count > b.count : a.point < b.point; });
  if (out.places.size() > *top) {
    out.more = out.places.size() - *top;
    out.places.resize(*top);
  }
  return out;
}

}  // namespace

Reply map_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto places = make_places(service, view, request);
  if (!places) return error_reply(places.error());
  Json list = Json::array();
  const auto text = [&](std::uint16_t number) { return number == 0 ? Json(nullptr) : Json(view->words[number]); };
  for (const auto& place : places->places) {
    const PlacePoint& at = view->points[place.point];
    Json by = Json::object();
    for (std::size_t g = 0; g < place.by.size(); ++g)
      if (place.by[g] > 0) by[view->words[places->groups[g]]] = place.by[g];
    list.push_back({{"name", view->places[at.name]},
                    {"country", text(at.country)},
                    {"kind", text(at.kind)},
                    {"lat", at.has_point ? Json(at.lat) : Json(nullptr)},
                    {"lon", at.has_point ? Json(at.lon) : Json(nullptr)},
                    {"precision", view->words[at.precision]},
                    {"count", place.count},
                    {"by", std::move(by)}});
  }
  return json_reply({{"total", places->total}, {"placed", places->placed}, {"places", std::move(list)}, {"more", places->more}});
}

Reply map_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto places = make_places(service, view, request);
  if (!places) return error_reply(places.error());
  Csv csv({"name", "country", "kind", "lat", "lon", "precision", "count"});
  for (const auto& place : places->places) {
    const PlacePoint& at = view->points[place.point];
    csv.row({view->places[at.name], view->words[at.country], view->words[at.kind], at.has_point ? Json(at.lat).dump() : "",
             at.has_point ? Json(at.lon).dump() : "", view->words[at.precision], std::to_string(place.count)});
  }
  return csv_reply(csv.take(), "map");
}

}  // namespace masudi::serve
