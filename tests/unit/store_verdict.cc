// Commitments in the ledger: overdue as arithmetic, verdicts as judgements with a history, older ledgers.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "masudi/store.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;

const Engine& engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return *opened;
}

class VerdictTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ("masudi_verdict_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
    const std::string file = (folder_ / "a.txt").string();
    std::ofstream(file) << "Norway and Kenya agree\n\nNorway promised on Monday to build two schools in Kenya by 30 June 2024.\n";
    auto ledger = Ledger::open(path(), Ledger::Mode::read_write);
    ASSERT_TRUE(ledger) << to_string(ledger.error());
    LoadOptions options;
    options.archive.source.metadata.published = parse_iso_day("2024-03-06");
    options.now = [] { return std::string("2024-03-06T00:00:00Z"); };
    const auto counts = load_archive({file}, options, engine(), *ledger);
    ASSERT_TRUE(counts) << to_string(counts.error());
    ASSERT_EQ(counts->articles, 1U);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "news.db").string(); }
  Ledger open(Ledger::Mode mode = Ledger::Mode::read_write) const {
    auto ledger = Ledger::open(path(), mode);
    if (!ledger) throw std::runtime_error(to_string(ledger.error()));
    return std::move(*ledger);
  }
  /// Rows as field -> text.
  static std::vector<std::map<std::string, std::string>> rows(const Ledger& ledger, const Query& query) {
    std::vector<std::map<std::string, std::string>> out;
    std::vector<std::string> names;
    const auto count = ledger.query(
        query, [&](const auto& found) { names = found; },
        [&](const auto& cells) {
          auto& row = out.emplace_back();
          for (std::size_t i = 0; i < cells.size(); ++i) {
            if (const auto* text = std::get_if<std::string>(&cells[i])) row[names[i]] = *text;
            if (const auto* number = std::get_if<std::int64_t>(&cells[i])) row[names[i]] = std::to_string(*number);
          }
        });
    EXPECT_TRUE(count) << to_string(count.error());
    return out;
  }
  static Query commitments(const std::string& today, bool overdue = false) {
    Query query;
    query.kind = "commitments";
    query.today = today;
    query.overdue = overdue;
    return query;
  }
  void sql(const std::string& text) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  fs::path folder_;
};

TEST_F(VerdictTest, OverdueIsArithmeticAndShown) {
  const Ledger ledger = open(Ledger::Mode::read_only);
  const auto on_the_day = rows(ledger, commitments("2024-06-30"));
  ASSERT_EQ(on_the_day.size(), 1U);
  EXPECT_EQ(on_the_day[0].at("overdue"), "0");
  EXPECT_EQ(on_the_day[0].at("overdue_rule"), "due 2024-06-30, 0 days after 2024-06-30");
  const auto later = rows(ledger, commitments("2024-07-05"));
  EXPECT_EQ(later[0].at("overdue"), "1");
  EXPECT_EQ(later[0].at("overdue_rule"), "due 2024-06-30, 5 days before 2024-07-05");
  EXPECT_EQ(later[0].at("verdict"), "open");
  EXPECT_EQ(rows(ledger, commitments("2024-06-30", true)).size(), 0U);
  EXPECT_EQ(rows(ledger, commitments("2024-07-01", true)).size(), 1U);
  Query no_day = commitments("", true);
  const auto refused = ledger.query(
      no_day, [](const auto&) {}, [](const auto&) {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::usage);
}

TEST_F(VerdictTest, AVerdictNeedsEvidenceAndKeepsItsHistory) {
  Ledger ledger = open();
  const std::string id = rows(ledger, commitments("2024-07-05"))[0].at("id");
  Ledger::Verdict verdict;
  verdict.commitment = id;
  verdict.verdict = "kept";
  verdict.author = "Ana";
  verdict.at = "2024-07-06T10:00:00Z";
  ASSERT_FALSE(ledger.set_verdict(verdict));  // no evidence
  verdict.evidence = "both schools opened in May";
  verdict.verdict = "fulfilled";
  const auto unknown = ledger.set_verdict(verdict);
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("kept_partly"), std::string::npos);
  verdict.verdict = "kept";
  ASSERT_TRUE(ledger.set_verdict(verdict));
  auto row = rows(ledger, commitments("2024-07-05"))[0];
  EXPECT_EQ(row.at("verdict"), "kept");
  EXPECT_EQ(row.at("verdict_evidence"), "both schools opened in May");
  EXPECT_EQ(row.at("overdue"), "0");
  EXPECT_EQ(row.at("overdue_rule"), "verdict kept");
  EXPECT_EQ(rows(ledger, commitments("2024-07-05", true)).size(), 0U);

  verdict.verdict = "broken";
  verdict.evidence = "https://example.org/closed";
  ASSERT_TRUE(ledger.set_verdict(verdict));
  EXPECT_EQ(rows(ledger, commitments("2024-07-05"))[0].at("verdict"), "broken");
  const auto undone = ledger.undo_verdict(id, "Ben", "2024-07-07T10:00:00Z");
  ASSERT_TRUE(undone) << to_string(undone.error());
  EXPECT_EQ(undone->verdict, "broken");
  EXPECT_EQ(rows(ledger, commitments("2024-07-05"))[0].at("verdict"), "kept");
  const auto history = ledger.verdicts(id);
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 2U);
  EXPECT_EQ((*history)[0].undone_at, "");
  EXPECT_EQ((*history)[1].undone_by, "Ben");
  ASSERT_TRUE(ledger.undo_verdict(id, "Ben", "2024-07-08T10:00:00Z"));
  EXPECT_EQ(rows(ledger, commitments("2024-07-05"))[0].at("verdict"), "open");
  const auto none = ledger.undo_verdict(id, "Ben", "2024-07-09T10:00:00Z");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
  EXPECT_FALSE(ledger.verdicts("nonsense"));
  EXPECT_FALSE(ledger.verdicts("ffffffffffff:c1"));
}

TEST_F(VerdictTest, VerdictsAndDebtorsAreAskedFor) {
  Ledger ledger = open();
  const std::string id = rows(ledger, commitments("2024-07-05"))[0].at("id");
  Query of_norway = commitments("2024-07-05");
  of_norway.debtor = "NOR";
  EXPECT_EQ(rows(ledger, of_norway).size(), 1U);
  of_norway.debtor = "KEN";
  EXPECT_EQ(rows(ledger, of_norway).size(), 0U);
  Query due = commitments("2024-07-05");
  due.due_before = "2024-06-30";
  EXPECT_EQ(rows(ledger, due).size(), 0U);
  due.due_before = "2024-07-01";
  EXPECT_EQ(rows(ledger, due).size(), 1U);
  ASSERT_TRUE(ledger.set_verdict({0, id, "kept_partly", "one school of two", "Ana", "2024-07-06T10:00:00Z", "", ""}));
  Query judged = commitments("2024-07-05");
  judged.verdict = "kept_partly";
  EXPECT_EQ(rows(ledger, judged).size(), 1U);
  judged.verdict = "open";
  EXPECT_EQ(rows(ledger, judged).size(), 0U);
  Query events;
  events.kind = "events";
  events.overdue = true;
  EXPECT_FALSE(ledger.query(
      events, [](const auto&) {}, [](const auto&) {}));
  Query no_day = commitments("5 July");
  EXPECT_FALSE(ledger.query(
      no_day, [](const auto&) {}, [](const auto&) {}));
}

TEST_F(VerdictTest, AVerdictThatNobodyGaveIsRefused) {
  Ledger ledger = open();
  const std::string id = rows(ledger, commitments("2024-07-05"))[0].at("id");
  EXPECT_FALSE(ledger.set_verdict({0, id, "kept", "both schools opened", "", "2024-07-06T10:00:00Z", "", ""}));
  EXPECT_FALSE(ledger.set_verdict({0, "nonsense", "kept", "both schools opened", "Ana", "2024-07-06T10:00:00Z", "", ""}));
  EXPECT_FALSE(ledger.undo_verdict(id, "", "2024-07-06T10:00:00Z"));
  const auto history = ledger.verdicts(id);
  ASSERT_TRUE(history);
  EXPECT_TRUE(history->empty());
}

/// A ledger as version 1 of the schema made it, from its SQL.
class OldLedgerTest : public VerdictTest {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ("masudi_old_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
    std::ifstream script(MASUDI_SOURCE "/tests/unit/ledger_schema_1.sql", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(script), {}};
    ASSERT_FALSE(text.empty());
    sql(text);
  }
};

TEST_F(OldLedgerTest, IsBroughtUpToDateAndKeepsWhatItHolds) {
  const auto reader = Ledger::open(path(), Ledger::Mode::read_only);
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().message.find("doctor --upgrade"), std::string::npos);
  Ledger ledger = open();
  const auto found = rows(ledger, commitments("2024-07-05"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at("debtors"), "Norway");
  EXPECT_EQ(found[0].at("consequent"), "build two schools in Kenya by 30 June 2024");
  EXPECT_EQ(found[0].at("deadline_end"), "2024-06-30");
  EXPECT_EQ(found[0].at("overdue"), "1");
  EXPECT_EQ(found[0].at("verdict"), "open");
  EXPECT_EQ(found[0].count("not_testable"), 0U);  // what was not known then is null now
  Query statements;
  statements.kind = "statements";
  const auto said = rows(ledger, statements);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].at("chain"), "the article <- Norway");
  Query events;
  events.kind = "events";
  EXPECT_EQ(rows(ledger, events).size(), 2U);
  EXPECT_TRUE(ledger.set_verdict({0, found[0].at("id"), "stalled", "no site found", "Ana", "2024-07-06T10:00:00Z", "", ""}));
  EXPECT_TRUE(Ledger::open(path(), Ledger::Mode::read_only));
}

TEST_F(OldLedgerTest, HasTheTablesOfANewOne) {
  { const Ledger migrated = open(); }
  const std::string fresh = (folder_ / "fresh.db").string();
  ASSERT_TRUE(Ledger::open(fresh, Ledger::Mode::read_write));
  const auto schema = [](const std::string& file) {
    std::map<std::string, std::string> out;
    sqlite3* db = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    const auto take = [](void* to, int, char** cells, char**) {
      auto& map = *static_cast<std::map<std::string, std::string>*>(to);
      map[cells[0]] = cells[1] ? cells[1] : "";
      return 0;
    };
    // Columns with their types, in order; a table's own SQL may differ in "IF NOT EXISTS".
    EXPECT_EQ(sqlite3_exec(db,
                           "SELECT m.type || ' ' || m.name, (SELECT group_concat(name || ' ' || type || ' ' || \"notnull\", ', ') FROM "
                           "pragma_table_info(m.name)) FROM sqlite_master m WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1",
                           take, &out, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
    return out;
  };
  EXPECT_EQ(schema(path()), schema(fresh));
}

TEST_F(OldLedgerTest, IsUpgradedOnce) {
  { const Ledger migrated = open(); }
  const Ledger again = open();
  EXPECT_EQ(rows(again, commitments("2024-07-05")).size(), 1U);
}

TEST_F(OldLedgerTest, WithColumnsOfAnEvenOlderOneIsFilledUp) {
  // Before statements told who is unnamed, a ledger had the same version and fewer columns.
  sql("DROP VIEW statements; ALTER TABLE statement_row DROP COLUMN chain; ALTER TABLE statement_row DROP COLUMN stance");
  Ledger ledger = open();
  Query statements;
  statements.kind = "statements";
  const auto said = rows(ledger, statements);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].at("cue"), "promised");
  EXPECT_EQ(said[0].at("chain"), "");
}

TEST_F(OldLedgerTest, ThatCannotBeChangedStaysAsItWas) {
  // A table in the way of the migration: all of it is taken back.
  sql("CREATE TABLE commitment_row_before (x)");
  const auto ledger = Ledger::open(path(), Ledger::Mode::read_write);
  ASSERT_FALSE(ledger);
  EXPECT_NE(ledger.error().message.find("schema version"), std::string::npos);
  sql("DROP TABLE commitment_row_before");
  EXPECT_EQ(rows(open(), commitments("2024-07-05")).size(), 1U);
}

TEST_F(VerdictTest, ALedgerOfALaterSchemaIsRefused) {
  sql("UPDATE meta SET value = '99' WHERE key = 'schema_version'");
  for (const auto mode : {Ledger::Mode::read_only, Ledger::Mode::read_write}) {
    const auto ledger = Ledger::open(path(), mode);
    ASSERT_FALSE(ledger);
    EXPECT_EQ(ledger.error().code, ErrorCode::corrupt_store);
  }
}

}  // namespace
}  // namespace masudi
