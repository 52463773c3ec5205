// What people say through the API: verdicts, corrections with their history, and corrections as files; what the SQL box refuses; filters and pages.
#include <chrono>
#include <cstdlib>
#include <set>
#include <utility>

#include "masudi/evaluate.h"
#include "masudi/export.h"
#include "serve_client.h"

namespace masudi {
namespace {

class ServeReviewTest : public ServeTest {
 protected:
  Json list(const std::string& target) const { return get("/api/v1/" + target).json(); }
  Json correct(const std::string& record, const std::string& decision, const Json& changes = nullptr) const {
    Json body{{"record", record}, {"decision", decision}, {"author", "Ana"}};
    if (!changes.is_null()) body["changes"] = changes;
    return post("/api/v1/corrections", body).json();
  }
  Json sql(const std::string& text) const { return post("/api/v1/sql.json", Json{{"sql", text}}).json(); }
};

TEST_F(ServeReviewTest, AVerdictMovesACommitmentOnTheBoardAndCanBeTakenBack) {
  start();
  const std::string id = first("commitments", "state=overdue");
  ASSERT_FALSE(id.empty());
  const auto state = [&] { return list("records/" + id + ".json")["item"]["state"].get<std::string>(); };
  const Json board = list("board.json");
  EXPECT_EQ(board["columns"][0]["state"], "overdue");
  const int overdue = board["columns"][0]["count"].get<int>();
  EXPECT_EQ(post("/api/v1/verdicts", Json{{"commitment", id}, {"verdict", "kept"}, {"evidence", ""}, {"author", "Ana"}}).status, 400);
  EXPECT_EQ(post("/api/v1/verdicts", Json{{"commitment", id}, {"verdict", "kept"}, {"evidence", "opened"}, {"author", "Ana"}}).json()["set_at"],
            "2024-07-15T12:00:00Z");
  EXPECT_EQ(state(), "kept");
  EXPECT_LT(list("board.json")["columns"][0]["count"].get<int>(), overdue);
  EXPECT_EQ(list("commitments.json?verdict=kept")["items"][0]["verdict"]["evidence"], "opened");
  EXPECT_EQ(post("/api/v1/verdicts/undo", Json{{"commitment", id}, {"author", "Ben"}}).json()["undone_by"], "Ben");
  EXPECT_EQ(state(), "overdue");
  EXPECT_EQ(list("verdicts.json")["total"], 0);
  EXPECT_EQ(list("verdicts.json?all=1")["total"], 1);
  EXPECT_EQ(list("records/" + id + ".json")["verdicts"].size(), 1U);
  EXPECT_EQ(list("commitments.json?today=2024-01-01&overdue=1")["total"], 0);
}

TEST_F(ServeReviewTest, ACorrectionIsALayerWithAHistory) {
  start();
  const std::string id = first("events", "type=COERCE");
  ASSERT_FALSE(id.empty());
  const auto total = [&](const std::string& filters) { return list("events.json?" + filters)["total"].get<int>(); };
  EXPECT_EQ(correct(id, "change", {{"type", "ASSAULT"}, {"date", {{"begin", "2024-02-01"}, {"end", "2024-02-02"}}}})["author"], "Ana");
  EXPECT_EQ(total("type=COERCE"), 0);
  EXPECT_EQ(total("type=ASSAULT&quad=material-conflict&from=2024-02-01&to=2024-02-02&review=change"), 1);
  const Json item = list("records/" + id + ".json")["item"];
  EXPECT_EQ(item["record"]["type"], "COERCE");  // the machine's stays
  EXPECT_EQ(item["correction"]["changes"]["type"], "ASSAULT");
  EXPECT_EQ(sql("SELECT type FROM events WHERE id = '" + id + "'")["rows"][0][0], "COERCE");
  EXPECT_EQ(correct(id, "reject")["decision"], "reject");
  EXPECT_EQ(total("review=reject"), 1);
  EXPECT_EQ(list("corrections.json")["total"], 1);
  EXPECT_EQ(list("corrections.json?all=1&record=" + id)["total"], 2);
  EXPECT_EQ(post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ben"}}).json()["undone_by"], "Ben");
  EXPECT_EQ(total("review=change"), 1);
  post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ben"}});
  EXPECT_EQ(total("type=COERCE&review=none"), 1);
  EXPECT_EQ(post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ben"}}).status, 404);
}

TEST_F(ServeReviewTest, RejectedRecordsLeaveListsAndCountsAndAreFoundWhenAskedFor) {
  start();
  const std::string id = first("events", "type=COERCE");
  ASSERT_FALSE(id.empty());
  const auto total = [&](const std::string& target) { return list(target)["total"].get<int>(); };
  const auto facet = [&](const std::string& kind, const std::string& name, const std::string& value) {
    const Json facets = list("facets.json?kind=" + kind + "&facets=" + name);
    for (const Json& one : facets["facets"][0]["values"])
      if (one["value"] == value) return one["count"].get<int>();
    return 0;
  };
  const int events = total("events.json"), coerce = facet("events", "type", "COERCE"), network = total("network.json"), map = total("map.json");
  correct(id, "reject");
  EXPECT_EQ(total("events.json"), events - 1);
  EXPECT_EQ(total("timeline.json?kind=events"), events - 1);
  EXPECT_EQ(total("network.json"), network - 1);
  EXPECT_EQ(total("map.json"), map - 1);
  EXPECT_EQ(facet("events", "type", "COERCE"), coerce - 1);
  EXPECT_EQ(facet("events", "review", "reject"), 1);
  EXPECT_EQ(total("events.json?review=reject"), 1);
  EXPECT_EQ(total("events.json?review=reject&review=none"), events);
  EXPECT_NE(get("/api/v1/events.csv?review=reject").body.find(",reject,"), std::string::npos);
  EXPECT_EQ(list("records/" + id + ".json")["item"]["correction"]["decision"], "reject");
  const std::string promise = first("commitments", "state=overdue");
  const int promises = total("board.json");
  correct(promise, "reject");
  EXPECT_EQ(total("board.json"), promises - 1);
  post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ana"}});
  EXPECT_EQ(total("events.json"), events);
  EXPECT_EQ(facet("events", "type", "COERCE"), coerce);
}

TEST_F(ServeReviewTest, ChangedPartiesPlacesAndSourcesAreFoundUnderTheirNewValue) {
  start();
  const auto total = [&](const std::string& target) { return list(target)["total"].get<int>(); };
  const std::string id = first("events", "type=COERCE");
  const Json event = list("records/" + id + ".json")["item"]["record"];
  const Json words = event["anchor"];
  const int kenya = total("events.json?actor=KEN");
  const int articles = total("articles.json?party=%3DGuards");
  EXPECT_EQ(articles, 0);
  correct(id, "change",
          {{"actor", {{{"text", words}, {"name", "Guards"}, {"country", "UGA"}, {"sector", "MIL"}}}},
           {"place", {{"text", words}, {"name", "Kampala"}, {"country", "UGA"}}},
           {"contexts", {"election"}},
           {"aux", {"hypothetical"}}});
  EXPECT_EQ(total("events.json?actor=%3DGuards"), 1);
  EXPECT_EQ(total("events.json?actor=UGA+MIL"), 1);
  EXPECT_EQ(total("events.json?party=guard"), 1);  // a part of the name, in small letters
  EXPECT_LT(total("events.json?actor=KEN"), std::max(kenya, 1));
  EXPECT_EQ(total("events.json?place=%3DKampala&place_country=UGA&context=election&aux=hypothetical"), 1);
  EXPECT_EQ(total("articles.json?party=%3DGuards"), 1);
  bool pinned = true, listed = false;
  const Json map = list("map.json"), promises = list("commitments.json");
  for (const Json& place : map["places"])
    if (place["name"] == "Kampala") listed = true, pinned = !place["lat"].is_null();
  EXPECT_TRUE(listed);
  EXPECT_FALSE(pinned);  // no place of the ledger tells where that is: no pin
  const Json network = list("network.json?level=actor");
  EXPECT_NE(network.dump().find("=Guards"), std::string::npos);
  // Back as it was, however often.
  for (int i = 0; i < 3; ++i) correct(id, "change", {{"actor", Json::array()}});
  EXPECT_EQ(total("events.json?actor=%3DGuards"), 0);
  EXPECT_EQ(total("articles.json?party=%3DGuards"), 0);
  post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ana"}});
  // Who vouches for a promise is who says so now.
  Json told;
  for (const Json& item : promises["items"])
    if (!item["record"]["sources"].empty()) told = item;
  ASSERT_FALSE(told.is_null());
  const std::string statement = told["article"]["id"].get<std::string>() + ":" + told["record"]["sources"].back().get<std::string>();
  EXPECT_EQ(total("commitments.json?source=%3DBen+Okoro"), 0);
  correct(statement, "change", {{"source", {{"text", told["record"]["anchor"]}, {"name", "Ben Okoro"}, {"country", "KEN"}}}, {"stance", "denying"}});
  EXPECT_EQ(total("commitments.json?source=%3DBen+Okoro"), 1);
  EXPECT_EQ(total("statements.json?source=%3DBen+Okoro&stance=denying&country=KEN"), 1);
  EXPECT_EQ(list("sources.json?source=%3DBen+Okoro")["items"][0]["label"], "Ben Okoro");
  correct(statement, "reject");
  EXPECT_EQ(total("commitments.json?source=%3DBen+Okoro"), 0);
}

TEST_F(ServeReviewTest, AgreementsDatesAndPlacesAreJudgedToo) {
  start();
  const auto stored =
      post("/api/v1/read",
           Json{{"text",
                 "Agreement between the Republic of Kenya and the Republic of Uganda on the Malaba railway\n\nThe Republic "
                 "of Kenya (hereinafter \"Kenya\") and the Republic of Uganda (hereinafter \"Uganda\"), together \"the "
                 "Parties\", have agreed as follows:\n\nArticle 1\n\n1. The Parties shall repair the line by 31 December "
                 "2025.\n\n2. This Agreement shall enter into force on 1 May 2024.\n\nRebels attacked a convoy near Kampala on Monday.\n"},
                {"published", "2024-05-06"},
                {"store", true}})
          .json();
  const std::string article = stored["stored"].get<std::string>().substr(0, 12);
  ASSERT_FALSE(stored["agreements"].empty());
  const std::string agreement = article + ":" + stored["agreements"][0]["id"].get<std::string>();
  for (const auto& [id, kind] : {std::pair{agreement, "agreement"}, std::pair{article + ":t1", "timex"}, std::pair{article + ":p1", "place"}}) {
    const Json before = list("records/" + id + ".json");
    EXPECT_EQ(before["kind"], kind);
    EXPECT_EQ(before["item"]["correction"], nullptr);
    EXPECT_EQ(before["item"]["article"]["id"], article);
    EXPECT_EQ(correct(id, "accept")["decision"], "accept");
    EXPECT_EQ(correct(id, "reject")["decision"], "reject");
    EXPECT_EQ(list("records/" + id + ".json")["item"]["correction"]["decision"], "reject");
    EXPECT_EQ(post("/api/v1/corrections/undo", Json{{"record", id}, {"author", "Ben"}}).json()["undone_by"], "Ben");
    EXPECT_EQ(list("records/" + id + ".json")["item"]["correction"]["decision"], "accept");
    EXPECT_EQ(list("records/" + id + ".json")["corrections"].size(), 2U);
  }
  correct(agreement, "change", {{"in_force", {{"begin", "2024-06-01"}, {"end", "2024-06-01"}}}, {"parties", Json::array()}});
  EXPECT_EQ(list("records/" + agreement + ".json")["item"]["correction"]["changes"]["parties"], Json::array());
  correct(article + ":t1", "change", {{"value", "2026-01"}, {"mod", "APPROX"}});
  for (const char* none : {":g9", ":t99", ":p99", ":x1", ":a1", ":t01"})
    EXPECT_GE(get("/api/v1/records/" + article + none + ".json").status, 400) << none;

  // A place that a person moved or rejected moves its events on the map.
  const Json events = list("events.json?placed=yes&article=" + article)["items"];
  ASSERT_FALSE(events.empty());
  const Json place = events[0]["record"]["place"];
  std::string id;
  const Json places = list("articles/" + article + ".json")["places"];
  for (std::size_t i = 0; i < places.size(); ++i)
    if (places[i]["begin"] == place["text"]["begin"]) id = article + ":p" + std::to_string(i + 1);
  ASSERT_FALSE(id.empty());
  const auto point = [&] { return list("records/" + events[0]["id"].get<std::string>() + ".json")["item"]["point"]; };
  correct(id, "change", {{"lat", 10.5}, {"lon", -3.25}, {"precision", "near"}, {"name", "Elsewhere"}});
  EXPECT_EQ(point()["lat"], 10.5);
  EXPECT_EQ(point()["precision"], "near");
  EXPECT_EQ(list("events.json?place=%3DElsewhere")["total"], 1);
  correct(id, "reject");
  EXPECT_EQ(point(), nullptr);
  EXPECT_EQ(list("events.json?placed=no&article=" + article)["total"].get<int>(),
            list("events.json?article=" + article)["total"].get<int>() - static_cast<int>(events.size()) + 1);
}

TEST_F(ServeReviewTest, SourcesAreGroupedByTheOutletThroughWhichTheyCame) {
  start();
  for (const char* day : {"2024-05-06", ""})
    post("/api/v1/read", Json{{"text",
                               "The wall is old\n\nA senior official told Harbour News that the wall was old. The mayor, Ana Silva, told Harbour "
                               "News that the wall would be repaired. The engineer said the dam was safe. Rebels attacked a convoy.\n"},
                              {"published", day},
                              {"uri", "https://example.org/" + std::string(day)},
                              {"store", true}});
  const Json all = list("statements.json");
  const Json grouped = list("sources.json?by=via");
  EXPECT_EQ(grouped["by"], "via");
  ASSERT_EQ(grouped["items"].size(), 1U) << grouped.dump();
  const Json& outlet = grouped["items"][0];
  EXPECT_EQ(outlet["label"], "Harbour News");
  EXPECT_EQ(outlet["source"], "=Harbour News");
  EXPECT_EQ(outlet["count"], list("statements.json?via=%3DHarbour+News")["total"]);
  EXPECT_EQ(outlet["count"], list("statements.json?via=harbour")["total"]);
  EXPECT_GT(outlet["anonymity"]["anonymous"].get<int>(), 0);
  EXPECT_GT(outlet["anonymity"]["named"].get<int>(), 0);
  EXPECT_EQ(list("sources.json?by=via&anonymity=anonymous")["items"][0]["count"], outlet["anonymity"]["anonymous"]);
  EXPECT_EQ(list("facets.json?kind=statements&facets=via")["facets"][0]["values"][0]["label"], "Harbour News");
  EXPECT_NE(list("sources.json")["items"].dump().find("\"vias\":{\"Harbour News\""), std::string::npos);
  EXPECT_EQ(list("sources.json?by=outlet")["items"][0]["vias"], Json::object());
  EXPECT_EQ(get("/api/v1/sources.json?by=mood").status, 400);
  // A person says that it came through another one.
  const std::string id = first("statements", "via=harbour");
  correct(id, "change", {{"via", list("records/" + id + ".json")["item"]["record"]["source"]["text"]}});
  EXPECT_EQ(list("sources.json?by=via")["items"].size(), 2U);
  correct(id, "change", {{"via", nullptr}});
  EXPECT_EQ(list("statements.json?via=harbour")["total"].get<int>() + 1, outlet["count"].get<int>());
  // What has no date can be asked for.
  EXPECT_EQ(list("articles.json?dated=no")["total"], 1);
  EXPECT_EQ(list("articles.json?dated=yes")["total"].get<int>() + 1, list("articles.json")["total"].get<int>());
  EXPECT_EQ(list("events.json?dated=no")["total"], list("timeline.json?kind=events")["undated"]);
  EXPECT_EQ(list("events.json?placed=no")["total"].get<int>() + list("map.json")["placed"].get<int>(), list("map.json")["total"].get<int>());
  EXPECT_EQ(get("/api/v1/events.json?dated=perhaps").status, 400);
}

TEST_F(ServeReviewTest, ACorrectionThatCannotBeIsRefused) {
  start();
  const std::string id = first("events");
  const auto refused = [&](const Json& body) { return post("/api/v1/corrections", body).status; };
  EXPECT_EQ(refused({{"record", id}, {"decision", "perhaps"}, {"author", "Ana"}}), 400);
  EXPECT_EQ(refused({{"record", id}, {"decision", "accept"}, {"author", ""}}), 400);
  EXPECT_EQ(refused({{"record", id}, {"decision", "change"}, {"author", "Ana"}}), 400);
  EXPECT_EQ(refused({{"record", id}, {"decision", "accept"}, {"author", "Ana"}, {"changes", {{"type", "AID"}}}}), 400);
  EXPECT_EQ(refused({{"record", id.substr(0, 13) + "e99"}, {"decision", "accept"}, {"author", "Ana"}}), 404);
  for (const Json& changes : std::vector<Json>{{{"typ", "AID"}},
                                               {{"type", 7}},
                                               {{"type", nullptr}},
                                               {{"id", "e9"}},
                                               {{"provenance", {{"rule", "x"}}}},
                                               {{"anchor", {{"begin", 5}, {"end", 5000000}}}},
                                               {{"anchor", {{"begin", 7}, {"end", 5}}}},
                                               {{"date", {{"begin", "2024-02-30"}, {"end", "2024-03-01"}}}},
                                               {{"actor", {{{"name", "X"}}}}},
                                               {{"aux", "future"}}})
    EXPECT_EQ(refused({{"record", id}, {"decision", "change"}, {"author", "Ana"}, {"changes", changes}}), 400) << changes.dump();
  EXPECT_EQ(list("corrections.json?all=1")["total"], 0);
  EXPECT_EQ(refused({{"record", id}, {"decision", "change"}, {"author", "Ana"}, {"changes", {{"actor", Json::array()}, {"mode", nullptr}}}}), 200);
}

TEST_F(ServeReviewTest, CorrectionsStayWhenANewerEngineReadsTheArticle) {
  start();
  const std::string id = first("events", "type=COERCE");
  correct(id, "reject");
  // The same records under another engine: a new reading that supersedes the old.
  auto ledger = Ledger::open(path(), Ledger::Mode::read_write);
  ASSERT_TRUE(ledger);
  auto stored = ledger->article(id.substr(0, 12));
  ASSERT_TRUE(stored);
  Reading reading = read_article(stored->article, test_engine());
  reading.engine.version = "later";
  const auto run = ledger->begin_run({reading.engine, "{}", {}, "2024-03-07T00:00:00Z"});
  ASSERT_TRUE(run);
  std::vector<ArchiveItem> items;
  items.push_back({file("a.txt"), {0, std::filesystem::file_size(file("a.txt"))}, std::move(reading)});
  ASSERT_TRUE(ledger->add(*run, items));
  EXPECT_EQ(list("corrections.json")["items"][0]["record"], id);
  usleep(300000);  // the server looks at the ledger four times a second
  EXPECT_EQ(list("events.json?review=reject")["total"], 1);
}

TEST_F(ServeReviewTest, CorrectedArticlesAreGoldThatTheEngineScoresAgainst) {
  start();
  const std::string id = first("events", "type=COERCE");
  correct(id, "accept");
  const auto unpack = [&](const std::string& query) {
    const Answer tar = get("/api/v1/corrections/gold.tar" + query);
    EXPECT_EQ(tar.status, 200) << tar.body;
    std::filesystem::remove_all(folder_ / "gold");
    write("gold.tar", tar.body);
    EXPECT_EQ(std::system(("tar -xf " + file("gold.tar") + " -C " + folder_.string()).c_str()), 0);
    const auto scored = evaluate_engine(file("gold"), test_engine());
    EXPECT_TRUE(scored) << to_string(scored.error());
    return *scored;
  };
  const auto f1 = [](const Evaluation& evaluation, std::string_view name) {
    for (const ScoreRow& row : evaluation.rows)
      if (row.name.starts_with(name)) return row.f1();
    return -1.0;
  };
  Evaluation all = unpack("");
  EXPECT_EQ(all.articles, 1U);
  EXPECT_DOUBLE_EQ(f1(all, "event: type in its sentence"), 1) << to_table(all);  // accepted: as the machine has it
  EXPECT_DOUBLE_EQ(f1(all, "statement: content"), 1) << to_table(all);
  EXPECT_DOUBLE_EQ(f1(all, "commitment: consequent"), 1) << to_table(all);
  correct(id, "change", {{"type", "ASSAULT"}});
  EXPECT_LT(f1(unpack(""), "event: type in its sentence"), 1);  // the machine has one wrong now
  const Json tasks = get("/api/v1/corrections/labelstudio.json").json();
  ASSERT_EQ(tasks.size(), 1U);
  for (const Json& region : tasks[0]["annotations"][0]["result"]) {
    if (region["type"] != "labels") continue;  // the article is ASCII: characters are bytes
    const auto begin = region["value"]["start"].get<std::size_t>(), end = region["value"]["end"].get<std::size_t>();
    EXPECT_EQ(tasks[0]["data"]["text"].get<std::string>().substr(begin, end - begin), region["value"]["text"]);
  }
  EXPECT_NE(get("/api/v1/corrections/brat.tar").body.find("annotation.conf"), std::string::npos);
}

TEST_F(ServeReviewTest, ReadNowStoresOnlyWhenAsked) {
  start();
  const Json body{{"text", "Kenya promised on Monday to open a road by 30 June 2024. Police in Nairobi arrested two men."},
                  {"published", "2024-03-05"}};
  const Json read = post("/api/v1/read", body).json();
  EXPECT_GT(read["events"].size(), 0U);
  EXPECT_EQ(read["stored"], nullptr);
  EXPECT_EQ(list("articles.json")["total"], 2);
  Json kept = body;
  kept["store"] = true;
  const std::string id = post("/api/v1/read", kept).json()["stored"].get<std::string>();
  EXPECT_EQ(list("articles.json")["total"], 3);
  EXPECT_EQ(list("articles/" + id.substr(0, 12) + ".json")["article_id"], id);
  EXPECT_EQ(post("/api/v1/read", Json{{"text", ""}}).status, 400);
  EXPECT_EQ(post("/api/v1/read", Json{{"text", "x"}, {"published", "yesterday"}}).status, 400);
  EXPECT_EQ(post("/api/v1/read", "not json", "Content-Type: application/json\r\nX-Masudi-Token: " + token_ + "\r\n").status, 400);
}

TEST_F(ServeReviewTest, TheSqlBoxReadsAndNothingElse) {
  options_.limits.sql_ms = 300;
  start();
  EXPECT_EQ(sql("SELECT count(*) FROM articles")["rows"][0][0], 2);
  EXPECT_EQ(sql("WITH x AS (SELECT 1 AS one) SELECT one FROM x;")["rows"][0][0], 1);
  EXPECT_GT(sql("SELECT count(*) FROM sentence_fts WHERE sentence_fts MATCH 'schools'")["rows"][0][0].get<int>(), 0);
  const std::string other = file("other.db");
  for (const std::string& text : std::vector<std::string>{"DELETE FROM article",
                                                          "UPDATE meta SET value = 1",
                                                          "INSERT INTO meta VALUES ('a', 'b')",
                                                          "DROP TABLE article",
                                                          "CREATE TABLE x (y)",
                                                          "CREATE TEMP TABLE x (y)",
                                                          "CREATE VIEW x AS SELECT 1",
                                                          "PRAGMA journal_mode = DELETE",
                                                          "PRAGMA query_only = 0",
                                                          "PRAGMA table_info(article)",
                                                          "BEGIN",
                                                          "COMMIT",
                                                          "VACUUM",
                                                          "REINDEX",
                                                          "ANALYZE",
                                                          "SELECT load_extension('x')",
                                                          "SELECT zeroblob(1000000000)",
                                                          "SELECT 1; DELETE FROM article",
                                                          "EXPLAIN DELETE FROM article",
                                                          "WITH x AS (SELECT 1) DELETE FROM article",
                                                          "INSERT INTO sentence_fts(sentence_fts) VALUES ('rebuild')",
                                                          "",
                                                          "   ",
                                                          "nonsense",
                                                          "SELECT nothing FROM nowhere"})
    EXPECT_TRUE(sql(text).contains("error")) << text;
  EXPECT_TRUE(sql("ATTACH '" + other + "' AS other").contains("error"));
  EXPECT_TRUE(sql("VACUUM INTO '" + other + "'").contains("error"));
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_EQ(list("articles.json")["total"], 2);
  // What runs away is stopped; what is long is cut.
  const auto start_of = std::chrono::steady_clock::now();
  EXPECT_EQ(sql("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c")["error"]["code"], "too_large");
  EXPECT_TRUE(sql("SELECT count(*) FROM sentence a, sentence b, sentence c, sentence d, sentence e, sentence f, sentence g, sentence h, sentence i, "
                  "sentence j, "
                  "sentence k, sentence l, sentence m, sentence n")
                  .contains("error"));
  EXPECT_LT(std::chrono::steady_clock::now() - start_of, std::chrono::seconds(5));
  const Json cut = sql("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 5000) SELECT x FROM c");
  EXPECT_EQ(cut["rows"].size(), 1000U);
  EXPECT_EQ(cut["truncated"], true);
}

TEST_F(ServeReviewTest, FiltersPagesAndFacetsAgree) {
  start();
  for (const std::string& kind : std::vector<std::string>{"events", "statements", "commitments", "articles"}) {
    const Json all = list(kind + std::string(".json?limit=500"));
    const auto total = all["total"].get<std::size_t>();
    ASSERT_EQ(all["items"].size(), total) << kind;
    // One row a page, in every order, gives each row once.
    for (const std::string& sort : std::vector<std::string>{"date", "-date", "published", "confidence", "-confidence", "due", "type"}) {
      std::set<std::string> seen;
      std::string cursor;
      for (std::size_t i = 0; i <= total; ++i) {
        const Json page = list(kind + ".json?limit=1&sort=" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
        if (!page["items"].empty()) seen.insert(page["items"][0].dump());
        if (page["next"].is_null()) break;
        cursor = page["next"].get<std::string>();
      }
      EXPECT_EQ(seen.size(), total) << kind << " " << sort;
    }
    // A facet's count is what its filter gives.
    const Json facets = list("facets.json?kind=" + kind);
    for (const Json& facet : facets["facets"])
      for (const Json& value : facet["values"]) {
        std::string encoded;
        for (const char c : value["value"].get<std::string>()) {
          char buffer[4];
          std::snprintf(static_cast<char*>(buffer), sizeof buffer, "%%%02X", static_cast<unsigned char>(c));
          encoded += static_cast<const char*>(buffer);
        }
        EXPECT_EQ(list(kind + ".json?limit=0&" + facet["name"].get<std::string>() + "=" + encoded)["total"], value["count"])
            << kind << " " << facet["name"] << " " << value["value"];
      }
  }
  // What `masudi query` finds, the list finds.
  auto ledger = Ledger::open(path(), Ledger::Mode::read_only);
  ASSERT_TRUE(ledger);
  const auto queried = [&](Query query) {
    return *ledger->query(
        query, [](const auto&) {}, [](const auto&) {});
  };
  Query query;
  query.party = "Norway";
  EXPECT_EQ(list("events.json?party=Norway")["total"], queried(query));
  query = {};
  query.text = "three men";
  EXPECT_EQ(list("events.json?text=three+men")["total"], queried(query));
  query = {};
  query.kind = "statements";
  query.anonymity = "anonymous";
  EXPECT_EQ(list("statements.json?anonymity=anonymous")["total"], queried(query));
  query = {};
  query.kind = "commitments";
  query.overdue = true;
  query.today = "2024-07-15";
  EXPECT_EQ(list("commitments.json?overdue=1")["total"], queried(query));
  // Wrong values get a word; words that are operators do not.
  for (const char* target : {"events.json?from=yesterday", "events.json?status=active", "events.json?sort=size", "events.json?cursor=x",
                             "events.json?limit=-1", "events.json?min_confidence=high", "facets.json?kind=people", "facets.json?facets=stance",
                             "timeline.json?bucket=hour", "network.json?level=x", "sources.json?cursor=1"})
    EXPECT_EQ(get("/api/v1/" + std::string(target)).status, 400) << target;
  EXPECT_EQ(get("/api/v1/events.json?text=NEAR(%22a*%20AND%20OR").status, 200);
}

}  // namespace
}  // namespace masudi
