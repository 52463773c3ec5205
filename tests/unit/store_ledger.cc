#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "masudi/store.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;

const Engine& engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return *opened;
}

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ("masudi_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  static Result<RunCounts> load(const std::vector<std::string>& files, Ledger& ledger, unsigned threads = 2, double min_confidence = 0) {
    LoadOptions options;
    options.min_confidence = min_confidence;
    options.archive.threads = threads;
    options.batch = 3;
    options.now = [] { return std::string("2024-03-06T00:00:00Z"); };
    return load_archive(files, options, engine(), ledger);
  }
  static std::vector<std::vector<Cell>> rows(const Ledger& ledger, const Query& query) {
    std::vector<std::vector<Cell>> out;
    const auto count = ledger.query(
        query, [](const auto&) {}, [&](const auto& cells) { out.push_back(cells); });
    EXPECT_TRUE(count) << to_string(count.error());
    return out;
  }
  std::string article(int number) const {
    return "Minister number " + std::to_string(number) +
           " speaks\n\nThe French minister accused Germany of spying on Monday. \"We will close the border,\" he said.\n";
  }

  fs::path folder_;
};

TEST_F(LedgerTest, LoadingTwiceChangesNothing) {
  std::vector<std::string> files;
  for (int i = 0; i < 8; ++i) files.push_back(write("a" + std::to_string(i) + ".txt", article(i)));
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger) << to_string(ledger.error());
  const auto first = load(files, *ledger);
  ASSERT_TRUE(first) << to_string(first.error());
  EXPECT_EQ(first->articles, 8U);
  const auto before = rows(*ledger, Query{});
  const auto second = load(files, *ledger);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->articles, 0U);
  EXPECT_EQ(second->known, 8U);
  EXPECT_EQ(rows(*ledger, Query{}), before);
}

TEST_F(LedgerTest, UnsureRecordsAreLeftOutAndComeInWhenLessIsAsked) {
  const auto file = write("a.txt",
                          "Norway pledged to pay for the school\n\nOslo, 6 March 2024. The French minister accused Germany of spying on Monday. "
                          "Norway pledged to pay for the school by 30 June. \"We will close the border,\" he said.\n");
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  const auto all = load({file}, *ledger);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->left_out, 0U);
  const auto asked = [&](const char* kind, double least = 0) {  // ids only: a reading's own numbers differ
    Query query;
    query.kind = kind;
    query.min_confidence = least;
    std::vector<std::string> ids;
    for (const auto& row : rows(*ledger, query)) ids.push_back(std::get<std::string>(row.at(0)));
    return ids;
  };
  const auto events = asked("events"), commitments = asked("commitments"), statements = asked("statements");
  ASSERT_FALSE(events.empty());
  ASSERT_FALSE(commitments.empty());

  // Nothing is that sure: the reading is another one, without events and commitments; statements stay.
  const auto none = load({file}, *ledger, 2, 1.0);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->articles, 1U);
  EXPECT_EQ(none->left_out, events.size() + commitments.size());
  EXPECT_TRUE(asked("events").empty());
  EXPECT_TRUE(asked("commitments").empty());
  EXPECT_EQ(asked("statements"), statements);
  EXPECT_EQ(load({file}, *ledger, 2, 1.0)->known, 1U);

  // Part of them, and exactly those that a filter of the whole would keep.
  const double least = 0.85;
  ASSERT_TRUE(load({file}, *ledger));
  EXPECT_EQ(asked("events"), events);
  const auto kept = asked("events", least);
  EXPECT_FALSE(kept.empty());
  EXPECT_LT(kept.size(), events.size());
  ASSERT_TRUE(load({file}, *ledger, 2, least));
  EXPECT_EQ(asked("events"), kept);
}

TEST_F(LedgerTest, RecordsAreTheSameWithOneThreadAndWithFour) {
  std::vector<std::string> files;
  for (int i = 0; i < 12; ++i) files.push_back(write("a" + std::to_string(i) + ".txt", article(i)));
  std::vector<std::vector<std::vector<Cell>>> answers;
  for (const unsigned threads : {1U, 4U}) {
    auto ledger = Ledger::open(path("news" + std::to_string(threads) + ".db"), Ledger::Mode::read_write);
    ASSERT_TRUE(ledger);
    ASSERT_TRUE(load(files, *ledger, threads));
    answers.push_back(rows(*ledger, Query{}));
  }
  EXPECT_EQ(answers[0], answers[1]);
}

TEST_F(LedgerTest, StatementsAreAskedForByWhatTheySayAndHow) {
  const auto file =
      write("dam.txt",
            "The dam\n\nThe minister denied that the wall was weak. A guard, who spoke on condition of anonymity, told Harbour News that "
            "the Möhne dam was old.\n");
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  ASSERT_TRUE(load({file}, *ledger));
  const auto contents = [&](Query query) {
    query.kind = "statements";
    std::vector<std::string> out;
    std::size_t content = 0, chain = 0;
    const auto count = ledger->query(
        query,
        [&](const auto& names) {
          content = static_cast<std::size_t>(std::find(names.begin(), names.end(), "content") - names.begin());
          chain = static_cast<std::size_t>(std::find(names.begin(), names.end(), "chain") - names.begin());
        },
        [&](const auto& cells) { out.push_back(std::get<std::string>(cells.at(content)) + " | " + std::get<std::string>(cells.at(chain))); });
    EXPECT_TRUE(count) << to_string(count.error());
    return out;
  };
  using Strings = std::vector<std::string>;
  const Strings denied{"the wall was weak | the article <- minister (anonymous)"};
  const Strings told{"the Möhne dam was old | the article <- Harbour News <- guard (anonymous: spoke on condition of anonymity)"};
  Query query;
  query.stance = "denying";
  EXPECT_EQ(contents(query), denied);
  query = {};
  query.anonymity = "anonymous";
  query.via = "harbour";
  EXPECT_EQ(contents(query), told);
  query = {};
  query.about = "mohne DAM";  // case and diacritics do not count
  EXPECT_EQ(contents(query), told);
  query.about = "\"dam was old\"";
  EXPECT_EQ(contents(query), told);
  query.about = "\"was dam\"";
  EXPECT_EQ(contents(query), Strings{});
  query.about = "wal";  // whole words
  EXPECT_EQ(contents(query), Strings{});
  query.about = "%' OR 1=1 --";
  EXPECT_EQ(contents(query), Strings{});
  query = {};
  query.kind = "events";
  query.stance = "denying";
  const auto refused = ledger->query(
      query, [](const auto&) {}, [](const auto&) {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "--stance does not apply to events");
}

TEST_F(LedgerTest, AnEditedArticleSupersedesAndTheOldTextIsKept) {
  const auto file = write("a.txt", article(1));
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  ASSERT_TRUE(load({file}, *ledger));
  write("a.txt", "Minister number two speaks\n\nThe Spanish minister said on Monday that the talks would go on.\n");
  ASSERT_TRUE(load({file}, *ledger));
  for (const auto& row : rows(*ledger, Query{})) EXPECT_EQ(std::get<std::string>(row[0]).find("accused"), std::string::npos);

  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path("news.db").c_str(), &db), SQLITE_OK);
  const auto number = [&](const char* sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(db, sql, -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW);
    const int out = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return out;
  };
  EXPECT_EQ(number("SELECT count(*) FROM article"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM articles"), 1);
  // The first text comes back: its reading is current again, and still nothing was lost.
  write("a.txt", article(1));
  ASSERT_TRUE(load({file}, *ledger));
  EXPECT_EQ(number("SELECT count(*) FROM article"), 2);
  EXPECT_EQ(number("SELECT count(*) FROM articles"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM articles WHERE text LIKE 'Minister number 1%'"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM run WHERE finished IS NOT NULL"), 3);
  sqlite3_close(db);
}

TEST_F(LedgerTest, RejectsAreRowsAndTheRunGoesOn) {
  const auto lines =
      write("a.jsonl", "{\"text\": \"The French minister accused Germany of spying.\", \"published\": \"2024-03-04\"}\n{\"text\": broken\n" +
                           std::string("{\"text\": \"The Spanish minister accused Portugal of spying.\"}\n"));
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  const auto counts = load({lines, path("missing.txt")}, *ledger);
  ASSERT_TRUE(counts) << to_string(counts.error());
  EXPECT_EQ(counts->articles, 2U);
  EXPECT_EQ(counts->rejects, 2U);
}

TEST_F(LedgerTest, WhatIsNotALedgerIsRefusedWithAWordOnWhatWasExpected) {
  const auto text = write("text.db", std::string(8192, 'x'));
  for (const auto mode : {Ledger::Mode::read_only, Ledger::Mode::read_write}) {
    const auto opened = Ledger::open(text, mode);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt_store);
  }
  EXPECT_EQ(Ledger::open(path("missing.db"), Ledger::Mode::read_only).error().code, ErrorCode::not_found);
  EXPECT_EQ(Ledger::open(folder_.string(), Ledger::Mode::read_write).error().code, ErrorCode::io);

  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path("other.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "CREATE TABLE t (x)", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  EXPECT_EQ(Ledger::open(path("other.db"), Ledger::Mode::read_write).error().code, ErrorCode::corrupt_store);
}

TEST_F(LedgerTest, AFullDiskLosesNothingThatWasCommitted) {
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  const auto first = write("a.txt", article(1));
  ASSERT_TRUE(load({first}, *ledger));
  const auto before = rows(*ledger, Query{});
  ASSERT_TRUE(ledger->limit_pages(0));  // no page more than there are
  std::vector<std::string> files;
  for (int i = 2; i < 40; ++i) files.push_back(write("b" + std::to_string(i) + ".txt", article(i)));
  const auto full = load(files, *ledger);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::io);
  EXPECT_NE(full.error().message.find("no space left"), std::string::npos) << full.error().message;
  const auto after = rows(*ledger, Query{});
  EXPECT_GE(after.size(), before.size());
  ASSERT_TRUE(ledger->limit_pages(1U << 30U));
  const auto again = load(files, *ledger);
  ASSERT_TRUE(again) << to_string(again.error());
  EXPECT_EQ(again->articles + again->known, files.size());
}

TEST_F(LedgerTest, QueryRefusesWhatAKindDoesNotHave) {
  auto ledger = Ledger::open(path("news.db"), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  const auto message = [&](const Query& query) {
    const auto count = ledger->query(
        query, [](const auto&) {}, [](const auto&) {});
    return count ? std::string("accepted") : count.error().message;
  };
  Query query;
  query.kind = "statements";
  query.type = "CONSULT";
  EXPECT_EQ(message(query), "--type does not apply to statements");
  query = {};
  query.from = "yesterday";
  EXPECT_EQ(message(query), "\"yesterday\" is not a day; expected YYYY-MM-DD");
  query = {};
  query.kind = "wars";
  EXPECT_EQ(message(query), "cannot query \"wars\"; expected events, statements or commitments");
  query = {};
  for (const char* hostile : {"\"", "a OR b*", "NEAR(", "'; DROP TABLE article", "\"unclosed phrase", "*", "-"}) {
    query.text = hostile;
    EXPECT_EQ(message(query), "accepted") << hostile;
  }
}

}  // namespace
}  // namespace masudi
