// Verdicts: judgements of commitments by people, with evidence. Rows are only ever added.
#include <algorithm>

#include "find_row.h"
#include "ledger_impl.h"
#include "undo.h"

namespace masudi {

namespace {

/// A commitment of the current reading, and the bytes by which later readings know it again.
struct Found {
  RecordName name;
  std::string consequent;
  std::int64_t anchor_begin = 0, begin = 0, end = 0;
};

Result<Found> find_commitment(sqlite3* db, const std::string& path, const std::string& id) {
  const auto colon = id.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == id.size())
    return Error{ErrorCode::usage, "\"" + id + "\" is not a commitment; expected ARTICLE:RECORD as `masudi query commitments` prints it", "", {}};
  Found out;
  auto name = find_row(db, path, id, "commitment_row", "x.anchor_begin, x.consequent_begin, x.consequent_end, x.consequent", "commitment",
                       [&](Sql& row, int column) {
                         out.anchor_begin = row.integer(column);
                         out.begin = row.integer(column + 1);
                         out.end = row.integer(column + 2);
                         out.consequent = row.text(column + 3);
                       });
  if (!name) return name.error();
  out.name = *std::move(name);
  return out;
}

}  // namespace

Result<Ledger::Verdict> Ledger::set_verdict(const Verdict& verdict) {
  if (std::find(std::begin(verdict_words), std::end(verdict_words), verdict.verdict) == std::end(verdict_words)) {
    std::string words;
    for (const auto word : verdict_words) words += (words.empty() ? "" : ", ") + std::string(word);
    return Error{ErrorCode::usage, "no verdict \"" + verdict.verdict + "\"; expected " + words, "", {}};
  }
  if (verdict.evidence.empty()) return Error{ErrorCode::usage, "a verdict needs evidence: a text or an address", "", {}};
  if (verdict.author.empty()) return Error{ErrorCode::usage, "a verdict needs the name of who sets it", "", {}};
  const auto found = find_commitment(impl_->db, impl_->path, verdict.commitment);
  if (!found) return found.error();
  Sql sql(
      impl_->db,
      "INSERT INTO verdict_row (article_id, record, anchor_begin, consequent_begin, consequent_end, consequent, verdict, evidence, author, set_at) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sql.bind(1, found->name.article);
  sql.bind(2, found->name.record);
  sql.bind(3, found->anchor_begin);
  sql.bind(4, found->begin);
  sql.bind(5, found->end);
  sql.bind(6, found->consequent);
  sql.bind(7, verdict.verdict);
  sql.bind(8, verdict.evidence);
  sql.bind(9, verdict.author);
  sql.bind(10, verdict.at);
  if (!sql.run()) return impl_->error();
  Verdict out = verdict;
  out.id = sqlite3_last_insert_rowid(impl_->db);
  out.commitment = found->name.id;
  return out;
}

Result<std::vector<Ledger::Verdict>> Ledger::verdicts(const std::string& commitment) const {
  const auto found = find_commitment(impl_->db, impl_->path, commitment);
  if (!found) return found.error();
  Sql sql(
      impl_->db,
      "SELECT verdict_id, verdict, evidence, author, set_at, coalesce(undone_by, ''), coalesce(undone_at, '') FROM verdicts WHERE article_id = ? AND "
      "record = ? ORDER BY verdict_id");
  sql.bind(1, found->name.article);
  sql.bind(2, found->name.record);
  std::vector<Verdict> out;
  int code = sql.step();
  for (; code == SQLITE_ROW; code = sql.step())
    out.push_back({sql.integer(0), found->name.id, sql.text(1), sql.text(2), sql.text(3), sql.text(4), sql.text(5), sql.text(6)});
  if (code != SQLITE_DONE) return impl_->error();
  return out;
}

Result<Ledger::Verdict> Ledger::undo_verdict(const std::string& commitment, const std::string& author, const std::string& at) {
  return take_back_last(impl_->db, impl_->path, verdicts(commitment), {"verdict_undo", "verdict", "on \"" + commitment + "\""}, author, at);
}

}  // namespace masudi
