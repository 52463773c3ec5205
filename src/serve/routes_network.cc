// The network: who does what to whom, by quad.
#include <algorithm>
#include <unordered_map>

#include "csv.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::uint64_t usual_edges = 200, most_edges = 2000;

struct Edge {
  std::uint32_t from = 0, to = 0;
  std::uint16_t quad = 0;
  std::uint64_t count = 0;
  double score = 0;  ///< sum
};

struct Network {
  std::uint64_t total = 0, more = 0;
  bool by_actor = false;
  std::vector<Edge> edges;
};

/// Counts of edges by key, in a table that is grown by doubling: a node's number fits 28 bits, a quad's 8.
class EdgeTable {
 public:
  EdgeTable() : slots_(1U << 12U) {}
  void add(std::uint32_t from, std::uint32_t to, std::uint16_t quad, double score) {
    if (used_ * 2 > slots_.size()) grow();
    Edge& edge = find(from, to, quad);
    if (edge.count++ == 0) {
      edge.from = from;
      edge.to = to;
      edge.quad = quad;
      ++used_;
    }
    edge.score += score;
  }
  std::vector<Edge> take() {
    std::erase_if(slots_, [](const Edge& edge) { return edge.count == 0; });
    return std::move(slots_);
  }

 private:
  Edge& find(std::uint32_t from, std::uint32_t to, std::uint16_t quad) {
    const std::uint64_t key = ((std::uint64_t{from} << 32U) | to) * 0x9e3779b97f4a7c15U + quad * 0xff51afd7ed558ccdU;
    for (std::size_t at = (key >> 20U) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      Edge& edge = slots_[at];
      if (edge.count == 0 || (edge.from == from && edge.to == to && edge.quad == quad)) return edge;
    }
  }
  void grow() {
    std::vector<Edge> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Edge& edge : old)
      if (edge.count > 0) find(edge.from, edge.to, edge.quad) = edge;
  }
  std::vector<Edge> slots_;
  std::size_t used_ = 0;
};

Result<Network> make_network(Service& service, const Service::View& view, const Request& request) {
  const auto filters = filters_of(service, view, request, Kind::events);
  if (!filters) return filters.error();
  const auto top = whole_number(request, "top", usual_edges, most_edges);
  if (!top) return top.error();
  const std::string level = request.parameter("level");
  if (!level.empty() && level != "country" && level != "actor")
    return Error{ErrorCode::usage, "level=" + level + "; expected country or actor", "", {}};
  Network out;
  out.by_actor = level == "actor";
  const int quad = slot_of(Kind::events, Attribute::quad);
  const auto node = [&](const RowParty& party) { return out.by_actor ? (party.named ? party.name : 0) : std::uint32_t{party.country}; };
  EdgeTable table;
  scan(*view, *filters, [&](const Row& row) {
    ++out.total;
    for (auto i = row.party; i < row.party_end; ++i) {
      if (view->parties[i].role != Role::actor) continue;
      const std::uint32_t from = node(view->parties[i]);
      for (auto j = row.party; from != 0 && j < row.party_end; ++j) {
        const std::uint32_t to = view->parties[j].role == Role::recipient ? node(view->parties[j]) : 0;
        if (to != 0) table.add(from, to, row.value[quad], static_cast<double>(row.score));
      }
    }
  });
  out.edges = table.take();
  const auto more_first = [](const Edge& a, const Edge& b) {
    if (a.count != b.count) return a.count > b.count;
    return a.from != b.from ? a.from < b.from : a.to != b.to ? a.to < b.to : a.quad < b.quad;
  };
  const auto shown = std::min<std::size_t>(out.edges.size(), *top);
  std::partial_sort(out.edges.begin(), out.edges.begin() + static_cast<std::ptrdiff_t>(shown), out.edges.end(), more_first);
  out.more = out.edges.size() - shown;
  out.edges.resize(shown);
  return out;
}

std::string node_id(const Columns& columns, const Network& network, std::uint32_t node) {
  return network.by_actor ? "=" + columns.names[node] : columns.words[node];
}

Json rounded(double value) { return static_cast<double>(static_cast<std::int64_t>(value * 100 + (value < 0 ? -0.5 : 0.5))) / 100; }

}  // namespace

Reply network_json(Service& service, const Request& request) {
  const auto view = service.view();
  const auto network = make_network(service, view, request);
  if (!network) return error_reply(network.error());
  std::unordered_map<std::uint32_t, std::uint64_t> counts;
  std::vector<std::uint32_t> order;
  Json edges = Json::array(), nodes = Json::array();
  for (const Edge& edge : network->edges) {
    edges.push_back({{"from", node_id(*view, *network, edge.from)},
                     {"to", node_id(*view, *network, edge.to)},
                     {"quad", view->words[edge.quad]},
                     {"count", edge.count},
                     {"score", rounded(edge.score / static_cast<double>(edge.count))}});
    for (const std::uint32_t node : {edge.from, edge.to}) {
      if (counts[node] == 0) order.push_back(node);
      counts[node] += edge.count;
    }
  }
  // A person's country and sector: of the first party of that name.
  std::unordered_map<std::uint32_t, const RowParty*> who;
  if (network->by_actor)
    for (const RowParty& party : view->parties)
      if (party.named && counts.contains(party.name)) who.try_emplace(party.name, &party);
  for (const std::uint32_t node : order) {
    const auto known = who.find(node);
    const auto word = [&](std::uint16_t number) { return number == 0 ? Json(nullptr) : Json(view->words[number]); };
    nodes.push_back({{"id", node_id(*view, *network, node)},
                     {"label", network->by_actor ? view->names[node] : view->words[node]},
                     {"country", network->by_actor ? (known == who.end() ? Json(nullptr) : word(known->second->country)) : Json(view->words[node])},
                     {"sector", known == who.end() ? Json(nullptr) : word(known->second->sector)},
                     {"count", counts[node]}});
  }
  return json_reply({{"total", network->total},
                     {"level", network->by_actor ? "actor" : "country"},
                     {"nodes", std::move(nodes)},
                     {"edges", std::move(edges)},
                     {"more", network->more}});
}

Reply network_csv(Service& service, const Request& request) {
  const auto view = service.view();
  const auto network = make_network(service, view, request);
  if (!network) return error_reply(network.error());
  Csv csv({"from", "to", "quad", "count", "score"});
  for (const Edge& edge : network->edges)
    csv.row({network->by_actor ? view->names[edge.from] : view->words[edge.from], network->by_actor ? view->names[edge.to] : view->words[edge.to],
             view->words[edge.quad], std::to_string(edge.count), rounded(edge.score / static_cast<double>(edge.count)).dump()});
  return csv_reply(csv.take(), "network");
}

}  // namespace masudi::serve
