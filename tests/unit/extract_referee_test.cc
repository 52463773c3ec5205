// The referee's table and arithmetic, and what it makes of words whose rows do not tell their senses apart.
#include <gtest/gtest.h>

#include "../../src/extract/referee.h"
#include "masudi/explain.h"
#include "masudi/pipeline.h"

namespace masudi {
namespace {

Result<Referee> built(const std::string& rows) {
  auto pack = Lexicon::compile({{"lexicon/referee.tsv", "id\tword\tfeature\tpoints\tsample\n" + rows}});
  if (!pack) return pack.error();
  const auto lexicon = Lexicon::from_bytes(*std::move(pack));
  if (!lexicon) return lexicon.error();
  return Referee::build(*lexicon);
}

using Ints = std::vector<int>;

TEST(Referee, OwnAndSharedPointsAddUpAndFarThingsCountAQuarter) {
  const auto referee = built(
      "r1\tstrike/verb\tobj@base\tASSAULT=1200|PROTEST=-300\n"
      "r2\t*\tobj@base\tASSAULT=500\n"
      "r3\thit/verb\tobj@base\tASSAULT=9000\n"
      "r4\tstrike/verb\tnear=pay\tPROTEST=1000\n");
  ASSERT_TRUE(referee) << to_string(referee.error());
  EXPECT_EQ(referee->word("fire/verb"), -1);
  EXPECT_EQ(referee->word("*"), -1);
  const int strike = referee->word("strike/verb");
  ASSERT_GT(strike, 0);
  const std::vector<RefereeFeature> seen{{"obj@base", 4}, {"near=pay", 1}, {"unheard", 4}};
  EXPECT_EQ(referee->scores(strike, seen, {"none", "ASSAULT", "PROTEST", "AID"}), (Ints{0, 1700, -50, 0}));
  EXPECT_EQ(referee->scores(strike, {}, {"none", "ASSAULT"}), (Ints{0, 0}));
  const auto why = referee->reasons(strike, seen, "ASSAULT", "PROTEST", 3);
  ASSERT_EQ(why.size(), 3U);
  EXPECT_EQ(why[0].row + " " + std::to_string(why[0].points), "r1 1200");
  EXPECT_EQ(why[1].row + " " + std::to_string(why[1].points), "r2 500");
  EXPECT_EQ(why[2].row + " " + std::to_string(why[2].points), "r1 300");
  // Against none, only what is said of the type counts; the other way round the signs turn.
  EXPECT_EQ(referee->reasons(strike, seen, "none", "ASSAULT", 1).at(0).points, -1200);
}

TEST(Referee, ASumStaysWithinBoundsHoweverManyRowsATableHas) {
  std::string rows;
  for (int i = 0; i < 2000; ++i) rows += "r" + std::to_string(i) + "\thit/verb\tbias\tASSAULT=99999\n";
  const auto referee = built(rows);
  ASSERT_TRUE(referee);
  const std::vector<RefereeFeature> seen(300, {"bias", 4});
  EXPECT_EQ(referee->scores(referee->word("hit/verb"), seen, {"ASSAULT"}), Ints{99'999'999});
}

TEST(Referee, MistakesAreToldWithTheirPlace) {
  const auto expect = [](const std::string& cells, const std::string& words) {
    const auto referee = built("r1\t" + cells + "\n");
    ASSERT_FALSE(referee) << cells;
    EXPECT_NE(to_string(referee.error()).find("line 2, row r1"), std::string::npos) << to_string(referee.error());
    EXPECT_NE(to_string(referee.error()).find(words), std::string::npos) << to_string(referee.error());
  };
  expect("hit/verb\tbias\tASSAULT=many", "points \"ASSAULT=many\"; expected TYPE=N");
  expect("hit/verb\tbias\tASSAULT=1.5", "expected TYPE=N");
  expect("hit/verb\tbias\tASSAULT=100000", "from -99999 to 99999");
  expect("hit/verb\tbias\tASSAULT=99999999999999999999", "from -99999 to 99999");
  expect("hit/verb\tbias\tASSAULT", "expected TYPE=N");
  expect("hit/verb\tbias\t=5", "expected TYPE=N");
  expect("hit/verb\tbias\tnone=5", "counted from there");
  expect("hit/verb\tbias\t", "no points");
  expect("hit/verb\t\tASSAULT=5", "no word or no feature");
}

TEST(Referee, ALexiconWithoutTheTableKnowsNoWord) {
  const auto pack = Lexicon::compile({{"lexicon/other.tsv", "id\tname\nx\ty\n"}});
  ASSERT_TRUE(pack);
  const auto lexicon = Lexicon::from_bytes(*pack);
  ASSERT_TRUE(lexicon);
  const auto referee = Referee::build(*lexicon);
  ASSERT_TRUE(referee);
  EXPECT_EQ(referee->word("hit/verb"), -1);
}

class RefereeAtWork : public ::testing::Test {
 protected:
  static const Engine& engine() {
    static const auto opened = Engine::open({MASUDI_DATA});
    if (!opened) throw std::runtime_error(to_string(opened.error()));
    return *opened;
  }
  static Reading read_text(const std::string& text) {
    Document document;
    document.bytes = text;
    document.metadata.language = "en";
    document.metadata.published = parse_iso_day("2024-03-06");
    auto reading = read(document, engine());
    if (!reading) throw std::runtime_error(to_string(reading.error()));
    return *std::move(reading);
  }
  /// "TYPE word" of each event.
  static std::string events(const std::string& text) {
    const Reading reading = read_text(text);
    std::string out;
    for (const auto& event : reading.records.events)
      out += (out.empty() ? "" : "; ") + event.type + " " + std::string(reading.article.slice(event.anchor));
    return out;
  }
};

TEST_F(RefereeAtWork, OneVerbHasThreeSenses) {
  EXPECT_EQ(events("The rebels attacked a police post near the border at dawn."), "ASSAULT attacked");
  EXPECT_EQ(events("The treasurer attacked the privatisation of the harbour as a gift to the rich."), "ACCUSE attacked");
  EXPECT_EQ(events("The virus attacks the liver of older patients."), "");
}

TEST_F(RefereeAtWork, TalksOfFirmsAreNoConsultations) {
  EXPECT_EQ(events("Talks between Chad and Niger on the desert border began on Monday."), "CONSULT Talks");
  EXPECT_EQ(events("The two breweries are in talks about a merger."), "");
}

TEST_F(RefereeAtWork, ExplainTellsWhatDecided) {
  const Reading reading = read_text("The treasurer attacked the privatisation of the harbour as a gift to the rich.");
  ASSERT_EQ(reading.records.events.size(), 1U);
  const auto why = explain(reading, reading.records.events[0].id, engine().lexicon(), engine().gazetteer());
  ASSERT_TRUE(why);
  EXPECT_NE(why->find("event.referee"), std::string::npos) << *why;
  EXPECT_NE(why->find("lexicon/referee.tsv:"), std::string::npos) << *why;
  EXPECT_NE(why->find("ACCUSE +"), std::string::npos) << *why;
}

TEST_F(RefereeAtWork, ARefusedWordIsToldBesideTheNextEvent) {
  const Reading reading = read_text("The two breweries are in talks about a merger, and the rebels attacked a police post near the border.");
  ASSERT_EQ(reading.records.events.size(), 1U);
  const auto why = explain(reading, reading.records.events[0].id, engine().lexicon(), engine().gazetteer());
  ASSERT_TRUE(why);
  EXPECT_NE(why->find("at \"talks\": the referee: no event"), std::string::npos) << *why;
}

}  // namespace
}  // namespace masudi
