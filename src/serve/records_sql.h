// Records out of the ledger's tables as JSON, by key: the fields of docs/record.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "filters.h"
#include "request.h"

namespace masudi::serve {

/// The fields of a record of a row of its table (SELECT *), from the first column of its own.
Json record_json(Kind kind, const Sql& sql);
/// All records of a reading: events, statements, commitments, agreements, timexes, places.
Json reading_records(sqlite3* db, std::int64_t reading);

/// An agreement, a date or a place by its id (g1, t1, p1) with its article, sentence and correction; null where there is none.
Json part_item(sqlite3* db, std::int64_t reading, const std::string& record);

/// Items of a list with their article, sentence and what people said of them.
Result<Json> list_items(sqlite3* db, const std::string& path, const Columns& columns, Kind kind, const std::vector<const Row*>& rows,
                        std::int32_t today);

/// {"id", "title", "outlet", "published", "uri"} of a row that selects article_id, title, outlet, published, uri from column `first`.
Json article_head(const Sql& sql, int first);

/// The SQL of corrections and verdicts, and a row of either as JSON.
extern const char* const select_corrections;
Json correction_json(const Sql& sql);
extern const char* const select_verdicts;
Json verdict_json(const Sql& sql);

/// A text or null.
Json or_null(const std::optional<std::string>& text);

/// The arithmetic of `overdue`, in words: "due 2024-06-30, 12 days before 2024-07-12".
std::string overdue_rule(std::int32_t due, std::int32_t today, const std::string& verdict);

}  // namespace masudi::serve
