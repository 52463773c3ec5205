// PETRARCH's dictionaries: what is read, what is left out and where, and what they make of an article.
#include <gtest/gtest.h>

#include "masudi/dictionaries.h"
#include "masudi/pipeline.h"

namespace masudi {
namespace {

ActorDictionary actors(const std::string& text) {
  auto read = read_actor_dictionary({"my.actors.txt", text});
  EXPECT_TRUE(read) << to_string(read.error());
  return read ? *std::move(read) : ActorDictionary{};
}

Day day(const char* iso) { return *parse_iso_day(iso); }

TEST(ActorDictionary, NamesSynonymsCodesAndDates) {
  const auto read = actors(
      "<!-- a header\nof two lines -->\n"
      "# a comment\n"
      "OTTO_HABER_ ; \n"
      "+OTTO VON_HABER_  # by another name\n"
      "\t[KENGOV 20100101-20141231]\n"
      "\t[KENOPP >20150101]\n"
      "\t[KENREB <091231]\n"
      "RIVER_LEAGUE [kenngo] [KENGOV 20200101]\n");
  ASSERT_EQ(read.actors.size(), 2U);
  EXPECT_EQ(read.actors[0].names[1], "OTTO VON HABER");
  ASSERT_EQ(read.actors[0].codes.size(), 3U);
  EXPECT_EQ(read.actors[0].codes[0], (DictionaryActor::Code{"KENGOV", day("2010-01-01"), day("2014-12-31")}));
  EXPECT_EQ(read.actors[0].codes[1], (DictionaryActor::Code{"KENOPP", day("2015-01-01"), {}}));
  EXPECT_EQ(read.actors[0].codes[2], (DictionaryActor::Code{"KENREB", {}, day("2009-12-31")}));
  EXPECT_EQ(read.actors[1].codes[0].code, "KENNGO");
  EXPECT_EQ(read.actors[1].codes[1].begin, read.actors[1].codes[1].end);
  EXPECT_TRUE(read.problems.empty());
}

TEST(ActorDictionary, BadLinesAreToldWithLineAndColumn) {
  const auto read = actors(
      "GOOD_ [KENGOV]\n"
      "\t[KENGOV 2010-13-01]\n"
      "\t[KENGOV 20150101-20100101]\n"
      "OPEN_ [KENGOV\n"
      "WORSE_ [K!]\n");
  EXPECT_EQ(read.actors.size(), 3U);
  ASSERT_EQ(read.problems.size(), 4U);
  EXPECT_TRUE(read.problems[0].message.starts_with("my.actors.txt:2:10: expected a day")) << read.problems[0].message;
  EXPECT_TRUE(read.problems[1].message.starts_with("my.actors.txt:3:10: the range ends before it begins")) << read.problems[1].message;
  EXPECT_TRUE(read.problems[2].message.starts_with("my.actors.txt:4:7: a \"[\" without")) << read.problems[2].message;
  EXPECT_TRUE(read.problems[3].message.starts_with("my.actors.txt:5:9: expected a code")) << read.problems[3].message;
  const auto orphan = read_actor_dictionary({"o.txt", "+NOBODY_\n"});
  ASSERT_FALSE(orphan);
  EXPECT_NE(orphan.error().message.find("o.txt:1:1: a synonym"), std::string::npos) << orphan.error().message;
}

TEST(AgentDictionary, PluralsSetsAndCodes) {
  const auto read = read_agent_dictionary({"my.agents.txt",
                                           "!PERSON! = MAN, WOMAN\n"
                                           "RIVER_WARDEN [~GOV]\n"
                                           "GOLDEN_GOOSE {GOLDEN_GEESE} [~BUS]\n"
                                           "MEDIA {} [~MED] # no plural\n"
                                           "FISHER!PERSON! [~CVL]\n"
                                           "BODY [NGO~]\n"
                                           "LOST [GOV]\n"
                                           "TORN [~ENV}\n"
                                           "BAIT!NONE! [~BUS]\n"});
  ASSERT_TRUE(read);
  ASSERT_EQ(read->agents.size(), 5U);
  EXPECT_EQ(read->agents[0].names, std::vector<std::string>{"river warden"});
  EXPECT_EQ(read->agents[1].names, (std::vector<std::string>{"golden goose", "golden geese"}));
  EXPECT_EQ(read->agents[3].names, (std::vector<std::string>{"fisherman", "fisherwoman"}));
  EXPECT_EQ(read->agents[4].code, "NGO");
  ASSERT_EQ(read->problems.size(), 3U);
  EXPECT_TRUE(read->problems[0].message.starts_with("my.agents.txt:7:7: expected a code with \"~\"")) << read->problems[0].message;
  EXPECT_TRUE(read->problems[1].message.starts_with("my.agents.txt:8:1: expected NOUN")) << read->problems[1].message;
  EXPECT_TRUE(read->problems[2].message.starts_with("my.agents.txt:9:1: no set !NONE!")) << read->problems[2].message;
}

TEST(ActorDictionary, HostileBytes) {
  EXPECT_TRUE(actors("").actors.empty());
  EXPECT_TRUE(actors("<!--\nnever closed").actors.empty());
  EXPECT_EQ(actors(std::string("\xEF\xBB\xBF") + "A_B [KENGOV]\r\n").actors.size(), 1U);
  EXPECT_EQ(actors("N\xc3\x8dN\xff_ [KENGOV]\n").actors.size(), 1U);
  EXPECT_FALSE(read_actor_dictionary({"x", std::string(5000, '[')}));
  EXPECT_FALSE(read_agent_dictionary({"x", std::string(5000, '{')}));
  EXPECT_EQ(read_actor_dictionary({"x", std::string((std::size_t{64} << 20) + 1, ' ')}).error().code, ErrorCode::too_large);
}

/// The first actor of an article read with dictionaries.
std::optional<Entity> actor_of(const std::string& text, const char* published, const ActorDictionaries& dictionaries) {
  const auto engine = Engine::open({MASUDI_DATA, dictionaries});
  EXPECT_TRUE(engine) << to_string(engine.error());
  if (!engine) return std::nullopt;
  Document document;
  document.bytes = text;
  document.metadata.format = Format::text;
  document.metadata.language = "en";
  document.metadata.published = parse_iso_day(published);
  const auto reading = read(document, *engine);
  EXPECT_TRUE(reading);
  if (!reading) return std::nullopt;
  for (const auto& party : parties(reading->analysis))
    if (party.actor) return Entity{{}, party.name, party.country, party.sector};
  return std::nullopt;
}

TEST(ActorDictionary, DatesAreRespectedInAReading) {
  const ActorDictionaries dictionaries{{{"my.actors.txt", "RIVER_LEAGUE_\n+THE_LEAGUE_OF_RIVERS\n\t[KENOPP <20141231]\n\t[KENGOV >20150101]\n"}}, {}};
  const std::string text = "The River League accused Uganda on Monday of closing the border.";
  const auto before = actor_of(text, "2014-06-02", dictionaries), after = actor_of(text, "2016-06-06", dictionaries);
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->name, "River League");
  EXPECT_EQ(before->country, "KEN");
  EXPECT_EQ(before->sector, "OPP");
  EXPECT_EQ(after->sector, "GOV");
}

TEST(AgentDictionary, ANounOfTheUsersGivesTheSector) {
  const ActorDictionaries dictionaries{{}, {{"my.agents.txt", "LOCKKEEPER [~LAB]\n"}}};
  const auto actor = actor_of("The lockkeepers of Kenya accused Uganda on Monday of closing the border.", "2016-06-06", dictionaries);
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->sector, "LAB");
  EXPECT_EQ(actor->country, "KEN");
}

}  // namespace
}  // namespace masudi
