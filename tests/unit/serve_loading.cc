// A large ledger: the server is there at once, says how far it is, and ends at once.
#include <sqlite3.h>

#include <chrono>

#include "serve_client.h"

namespace masudi {
namespace {

class ServeLoadingTest : public ServeTest {
 protected:
  /// Many sentences and events more, for the reading that is there first.
  void grow(int rows) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &db), SQLITE_OK);
    const std::string count = std::to_string(rows);
    const std::string sql =
        "BEGIN; WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < " + count +
        ") INSERT INTO sentence SELECT 1000 + value, (SELECT min(reading_id) FROM event_row), 1000 + value, 0, 1, 'x' FROM n; WITH RECURSIVE "
        "n(value) "
        "AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < " +
        count +
        "), e AS (SELECT * FROM event_row ORDER BY reading_id, id LIMIT 1) INSERT INTO event_row SELECT e.reading_id, e.sentence, 'e' || (1000 + "
        "value), "
        "e.anchor_begin, e.anchor_end, e.anchor, e.type, e.mode, e.contexts, e.actor, e.recipient, e.date_begin, e.date_end, e.date_precision, "
        "e.date_basis, e.place, e.aux, e.sources, e.same_as, e.cameo, e.score, e.confidence, e.provenance FROM n, e; COMMIT";
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << (message == nullptr ? "" : message);
    sqlite3_free(message);
    sqlite3_close(db);
  }
  void open() {
    auto opened = Server::open(options_, test_engine());
    ASSERT_TRUE(opened) << to_string(opened.error());
    server_ = std::make_unique<Server>(std::move(*opened));
    thread_ = std::thread([this] { (void)server_->run(); });
    host_ = "127.0.0.1:" + std::to_string(server_->port());
  }
};

TEST_F(ServeLoadingTest, AnswersThatItIsNotThereYetAndThenIs) {
  // As many that the loading outlasts the first request on a busy machine too.
  grow(300000);
  options_.limits.load_at_once = 0;
  open();
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    const Answer answer = get("/api/v1/session.json");
    if (answer.status == 200) break;
    ASSERT_EQ(answer.status, 503) << answer.body;
    EXPECT_EQ(answer.json()["error"]["code"], "loading");
    EXPECT_EQ(answer.header("Retry-After"), "1");
    if (refused++ == 0) {
      EXPECT_EQ(get("/").status, 200);
      EXPECT_EQ(get("/openapi.json").status, 200);
    }
    usleep(10000);
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(get("/api/v1/events.json?limit=1").json()["total"].get<int>(), 300000);
}

TEST_F(ServeLoadingTest, EndsWhileItLoads) {
  grow(120000);
  options_.limits.load_at_once = 0;
  open();
  server_->stop();
  thread_.join();
  server_.reset();  // waits for the loading, which has stopped
}

TEST_F(ServeLoadingTest, EndsBeforeItHasBegun) {
  auto opened = Server::open(options_, test_engine());
  ASSERT_TRUE(opened);
  opened->stop();
  EXPECT_TRUE(opened->run());
}

TEST_F(ServeLoadingTest, SaysWhyALargeLedgerCannotBeLoaded) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path().c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, "DROP TABLE participant", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(db);
  options_.limits.load_at_once = 0;
  options_.read_only = true;
  auto opened = Server::open(options_, test_engine());
  ASSERT_TRUE(opened) << to_string(opened.error());
  const auto served = opened->run();
  ASSERT_FALSE(served);
  EXPECT_FALSE(served.error().message.empty());
}

}  // namespace
}  // namespace masudi
