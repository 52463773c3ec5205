// The routes: a pattern and what answers it. One file a subject; the table is in routes.cc.
#pragma once

#include <string_view>
#include <vector>

#include "service.h"

namespace masudi::serve {

struct Route {
  std::string_view method, pattern;  ///< "{id}" stands for one part of the path
  Reply (*answer)(Service&, const Request&);
  bool counted = false;  ///< depends on the ledger and the question alone: the answer may be kept
};

const std::vector<Route>& routes();
/// The route of a request, with its id taken out of the path; null with status 404 or 405.
const Route* find_route(Request& request, int& status);
/// The first parameter that the contract does not have for the route, as a message; "" where all are known.
std::string unknown_parameter(const Route& route, const Request& request);

// routes_lists.cc
Reply articles_json(Service& service, const Request& request);
Reply articles_csv(Service& service, const Request& request);
Reply events_json(Service& service, const Request& request);
Reply events_csv(Service& service, const Request& request);
Reply statements_json(Service& service, const Request& request);
Reply statements_csv(Service& service, const Request& request);
Reply commitments_json(Service& service, const Request& request);
Reply commitments_csv(Service& service, const Request& request);
// routes_board.cc
Reply board_json(Service& service, const Request& request);
Reply board_csv(Service& service, const Request& request);
// routes_counts.cc
Reply facets_json(Service& service, const Request& request);
Reply facets_csv(Service& service, const Request& request);
Reply timeline_json(Service& service, const Request& request);
Reply timeline_csv(Service& service, const Request& request);
// routes_places.cc
Reply map_json(Service& service, const Request& request);
Reply map_csv(Service& service, const Request& request);
// routes_network.cc
Reply network_json(Service& service, const Request& request);
Reply network_csv(Service& service, const Request& request);
// routes_sources.cc
Reply sources_json(Service& service, const Request& request);
Reply sources_csv(Service& service, const Request& request);
// routes_corpus.cc
Reply session_json(Service& service, const Request& request);
Reply corpus_json(Service& service, const Request& request);
Reply corpus_csv(Service& service, const Request& request);
Reply runs_json(Service& service, const Request& request);
Reply runs_csv(Service& service, const Request& request);
Reply rejects_json(Service& service, const Request& request);
Reply rejects_csv(Service& service, const Request& request);
// routes_article.cc
Reply article_json(Service& service, const Request& request);
Reply annotation_json(Service& service, const Request& request);
Reply record_detail_json(Service& service, const Request& request);
Reply explain_json(Service& service, const Request& request);
Reply read_now(Service& service, const Request& request);
// routes_review.cc
Reply verdicts_json(Service& service, const Request& request);
Reply verdicts_csv(Service& service, const Request& request);
Reply set_verdict(Service& service, const Request& request);
Reply undo_verdict(Service& service, const Request& request);
Reply corrections_json(Service& service, const Request& request);
Reply corrections_csv(Service& service, const Request& request);
Reply set_correction(Service& service, const Request& request);
Reply undo_correction(Service& service, const Request& request);
Reply corrections_gold(Service& service, const Request& request);
Reply corrections_brat(Service& service, const Request& request);
Reply corrections_label_studio(Service& service, const Request& request);
// sql_box.cc
Reply sql_json(Service& service, const Request& request);
Reply sql_csv(Service& service, const Request& request);

/// Filters of a request against a view of the columns.
Result<Filters> filters_of(Service& service, const Service::View& view, const Request& request, Kind kind);
/// The body of a POST as an object with nothing in it but these fields; usage otherwise. Fields that begin with '?' may be missing.
Result<Json> body_of(const Request& request, const std::vector<std::string_view>& fields);

}  // namespace masudi::serve
