// A page of rows under filters, in an order, from where the last page ended.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "filters.h"

namespace masudi::serve {

struct Page {
  std::uint64_t total = 0;       ///< rows under the filters
  std::vector<const Row*> rows;  ///< of this page, in order
  std::string next;              ///< cursor; "" at the end
};

/// One pass; the page's rows are kept in a heap on the way. `sort`: date, published, confidence, due or type, "-" before it turns it round; rows
/// without the value come last either way. usage: an unknown order, a cursor that is none.
Result<Page> take_page(const Columns& columns, const Filters& filters, const std::string& sort, const std::string& cursor, std::size_t limit);

}  // namespace masudi::serve
