// The one set of filters of every list and count. Values of one filter are alternatives; different filters all hold.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "columns.h"
#include "request.h"

namespace masudi::serve {

/// Sentences that hold the words of a search, by sentence_id. Kept by Service, since the same search is asked by every view.
using Sentences = std::vector<bool>;
using FindSentences = std::function<Result<std::shared_ptr<const Sentences>>(const std::string& words)>;

/// A row passes or does not; `facet` is the filter's name, so that a facet can be counted without its own filter.
struct Condition {
  std::string facet;
  std::function<bool(const Row&)> holds;
};

struct Filters {
  Kind kind = Kind::events;
  std::int32_t today = no_day;
  std::vector<Condition> conditions;
  std::vector<std::shared_ptr<const Sentences>> kept;  ///< what conditions look into
};

/// Names of all filters of a kind.
const std::vector<std::string>& filter_names(Kind kind);

/// usage: a filter that the kind does not have, a day or number that is none. `today` is the day where the request gives none.
Result<Filters> make_filters(const Request& request, Kind kind, const Columns& columns, const std::string& today, const FindSentences& find);

/// The column of the board in which a commitment stands: the verdict where there is one; what the article says of its end; else overdue, conditional,
/// due, undated.
std::string_view state_of(const Columns& columns, const Row& row, std::int32_t today);
/// Due before today, with an open verdict.
bool is_overdue(const Columns& columns, const Row& row, std::int32_t today);

/// Calls `row` for each row that passes; `but(row, facet)` for those that fail one condition alone, with its facet.
void scan(const Columns& columns, const Filters& filters, const std::function<void(const Row&)>& row,
          const std::function<void(const Row&, const std::string&)>& but = {});

}  // namespace masudi::serve
