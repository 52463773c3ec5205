// masudi code: lines in, PETRARCH columns and PLOVER JSON out.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "masudi/code.h"
#include "masudi/coverage.h"

namespace {

const masudi::Engine& engine() {
  static const auto opened = masudi::Engine::open({MASUDI_DATA});
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
  return *opened;
}

TEST(CodeLine, IdDateSentence) {
  const auto line = masudi::parse_code_line("a7\t20240305\tKenya\tmet Uganda.\r", 3, "f");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->id, "a7");
  EXPECT_EQ(masudi::to_iso(line->date), "2024-03-05");
  EXPECT_EQ(line->text, "Kenya\tmet Uganda.");
}

TEST(CodeLine, WhatIsWrongIsSaid) {
  for (const auto& [text, found] : {std::pair{"no tabs", "two tabs"}, {"a\t2024-02-30\tx", "2024-02-30"}, {"a\t2024-02-03\t ", "no sentence"}}) {
    const auto line = masudi::parse_code_line(text, 9, "f");
    ASSERT_FALSE(line) << text;
    EXPECT_NE(line.error().message.find("line 9"), std::string::npos);
    EXPECT_NE(line.error().message.find(found), std::string::npos) << line.error().message;
  }
}

TEST(CodeFormats, DyadsAndSymmetricPairs) {
  masudi::Reading reading;
  reading.article.text = "Kenya blamed Uganda";
  masudi::Event event;
  event.id = "e1", event.type = "ACCUSE", event.mode = "allege", event.cameo = "112", event.anchor = {6, 12}, event.aux = {"future"};
  event.actor.push_back({{0, 5}, "Kenya", "KEN", "GOV"});
  event.recipient.push_back({{13, 19}, std::nullopt, std::nullopt, "REB"});
  reading.records.events.push_back(event);
  event.type = "CONSULT", event.mode.reset(), event.cameo = "040", event.aux.clear();
  event.actor.push_back(event.recipient[0]);
  event.recipient.clear();
  reading.records.events.push_back(event);
  const masudi::CodeLine line{"a1", *masudi::parse_iso_day("2024-03-05"), reading.article.text};
  EXPECT_EQ(masudi::to_petrarch(reading, line),
            "20240305\tKENGOV\t---REB\t112\ta1\tACCUSE\tallege\tfuture\tblamed\n"
            "20240305\tKENGOV\t---REB\t040\ta1\tCONSULT\t\t\tblamed\n"
            "20240305\t---REB\tKENGOV\t040\ta1\tCONSULT\t\t\tblamed\n");
  const auto json = nlohmann::json::parse(
      masudi::to_plover(reading, line, engine().lexicon()).substr(0, masudi::to_plover(reading, line, engine().lexicon()).find('\n')));
  EXPECT_EQ(json["event"], "ACCUSE");
  EXPECT_EQ(json["quad_code"], 3);
  EXPECT_EQ(json["actor"][0]["entity_text"], "Kenya");
  EXPECT_TRUE(json["recipient"][0]["code"].is_null());
}

TEST(LeaveOut, BelowAConfidence) {
  masudi::Extraction records;
  masudi::Event low, high;
  low.id = "e1", low.confidence = 0.5;
  high.id = "e2", high.confidence = 0.8, high.same_as = "e1";
  records.events = {low, high};
  records.traces.resize(2);
  records.traces[0].record = "e1";
  records.traces[1].record = "e2";
  masudi::leave_out_below(records, 0.7);
  ASSERT_EQ(records.events.size(), 1U);
  EXPECT_FALSE(records.events[0].same_as);
  ASSERT_EQ(records.traces.size(), 1U);
  EXPECT_EQ(records.traces[0].record, "e2");
}

TEST(Coverage, FrequentVerbsWithAndWithoutARow) {
  const masudi::PredicateCounts counts{{"accuse", 5}, {"zibbet", 3}, {"say", 90}, {"arrest", 1}};
  const auto found = masudi::coverage_of(counts, engine().lexicon(), 2);
  EXPECT_EQ(found.lemmas, 2U);
  EXPECT_EQ(found.covered_lemmas, 1U);
  EXPECT_EQ(found.covered_uses, 5U);
  ASSERT_EQ(found.missing.size(), 1U);
  EXPECT_EQ(found.missing[0].lemma, "zibbet");
}

TEST(Conflicts, SameWordSameNeeds) {
  const auto pack = masudi::Lexicon::compile({{"events.tsv",
                                               "id\tlemma\tpos\tframe\tneeds\ttype\tmode\n"
                                               "a\thit\tverb\tsubj>obj\tobj=x subj=y\tASSAULT\t\n"
                                               "b\thit\tverb\tsubj>obj\tsubj=y obj=x\tACCUSE\t\n"
                                               "c\thit\tnoun\tsubj>\t\tACCUSE\t\n"
                                               "d\thit\tnoun\tsubj>\t\tACCUSE\t\n"}});
  ASSERT_TRUE(pack) << pack.error().message;
  const auto lexicon = masudi::Lexicon::from_bytes(*pack);
  ASSERT_TRUE(lexicon) << lexicon.error().message;
  const auto found = masudi::find_conflicts(*lexicon);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].second, "b");
  EXPECT_NE(found[0].reason.find("another type"), std::string::npos);
  EXPECT_EQ(found[1].second, "d");
}

}  // namespace
