// Who is who: mentions put together, and the name, country and sector of each party, read out of short articles.
#include <gtest/gtest.h>

#include <algorithm>

#include "masudi/explain.h"
#include "masudi/pipeline.h"

namespace masudi {
namespace {

const Engine& engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  EXPECT_TRUE(opened) << to_string(opened.error());
  return *opened;
}

Reading reading_of(const std::string& text, const char* published = "2024-03-06") {
  Document document;
  document.bytes = text;
  document.metadata.format = Format::text;
  document.metadata.language = "en";
  document.metadata.published = parse_iso_day(published);
  auto out = read(document, engine());
  EXPECT_TRUE(out) << to_string(out.error());
  return *std::move(out);
}

/// "name [country sector]" of the party that has a mention with these words, the first or the one that `last` asks for.
std::string who(const Reading& reading, const std::string& words) {
  for (const auto& party : parties(reading.analysis))
    for (const auto span : party.mentions)
      if (reading.article.slice(span) == words)
        return party.name.value_or("-") + " [" + party.country.value_or("---") + " " + party.sector.value_or("---") + "]";
  std::string all;
  for (const auto& party : parties(reading.analysis)) {
    all += party.id + ":";
    for (const auto span : party.mentions) all += " \"" + std::string(reading.article.slice(span)) + "\"";
    all += "; ";
  }
  return "no mention; there are " + all;
}

std::string who(const std::string& text, const std::string& words, const char* published = "2024-03-06") {
  return who(reading_of(text, published), words);
}

bool same(const Reading& reading, const std::string& a, const std::string& b) {
  for (const auto& party : parties(reading.analysis)) {
    const auto has = [&](const std::string& words) {
      return std::any_of(party.mentions.begin(), party.mentions.end(), [&](TextSpan span) { return reading.article.slice(span) == words; });
    };
    if (has(a) && has(b)) return true;
  }
  return false;
}

TEST(Actors, OfficesAreHeldOnDays) {
  const std::string text = "Donald Trump met reporters on Monday.";
  EXPECT_EQ(who(text, "Donald Trump", "2018-03-05"), "Donald Trump [USA GOV]");
  EXPECT_EQ(who(text, "Donald Trump", "2021-06-07"), "Donald Trump [USA ELI]");
  EXPECT_EQ(who("Mahathir Mohamad told the reporters on Monday that the government would not last.", "Mahathir Mohamad", "2018-04-05"),
            "Mahathir Mohamad [MYS OPP]");
}

TEST(Actors, SpellingsFindThePerson) {
  EXPECT_EQ(who("Iraqi Prime Minister Mustafa Al-Kazemi met reporters.", "Iraqi Prime Minister Mustafa Al-Kazemi", "2021-07-27"),
            "Mustafa al-Kadhimi [IRQ GOV]");
  // Another country's man of that name is another man.
  EXPECT_NE(who("The Kenyan farmer Mustafa Al-Kazemi met reporters.", "The Kenyan farmer Mustafa Al-Kazemi", "2021-07-27"),
            "Mustafa al-Kadhimi [IRQ GOV]");
}

TEST(Actors, ARoleGivesCountryAndSector) {
  const auto code = [](const std::string& text, const std::string& words) {
    const std::string all = who(text, words);
    return all.substr(all.rfind('[') == std::string::npos ? 0 : all.rfind('['));
  };
  EXPECT_EQ(code("A Turkish policeman fired at the crowd.", "A Turkish policeman"), "[TUR COP]");
  EXPECT_EQ(code("The Kenyan army shelled the village.", "The Kenyan army"), "[KEN MIL]");
  EXPECT_EQ(code("A Kenyan army spokesman accused Uganda.", "A Kenyan army spokesman"), "[KEN MIL]");
  EXPECT_EQ(code("A White House source said on Monday that the road was closed.", "A White House source"), "[USA GOV]");
  EXPECT_EQ(code("A Hamas spokesman accused Uganda.", "A Hamas spokesman"), "[PSE REB]");
  EXPECT_EQ(code("Hundreds of Kenyan rebels attacked the town.", "Hundreds of Kenyan rebels"), "[KEN REB]");
  EXPECT_EQ(code("Former Kenyan President Otto Haber said on Monday that the road was closed.", "Former Kenyan President Otto Haber"), "[KEN ELI]");
  EXPECT_EQ(code("The United Nations said on Monday that the road was closed.", "The United Nations"), "[--- IGO]");
}

TEST(Actors, CapitalsAndBuildingsActForGovernments) {
  EXPECT_EQ(who("Moscow accused Uganda on Monday of closing the border.", "Moscow"), "Russia [RUS GOV]");
  const std::string kremlin = who("The Kremlin accused Uganda on Monday of closing the border.", "The Kremlin");
  EXPECT_NE(kremlin.find("[RUS GOV]"), std::string::npos) << kremlin;
}

TEST(Actors, WhatTheStoryIsAboutGivesTheCountry) {
  const auto reading = reading_of("Kenya closed its border on Monday.\n\nThe police arrested a man in Nairobi. Analysts said Kenya was calm.");
  EXPECT_NE(who(reading, "The police").find("[KEN COP]"), std::string::npos) << who(reading, "The police");
  EXPECT_NE(who(reading, "Analysts").find("[--- OTH]"), std::string::npos) << who(reading, "Analysts");
}

TEST(Mentions, NamesAndPronouns) {
  const auto reading = reading_of("Otto Haber visited Kenya on Monday. He met reporters. Haber said that Kenya was calm.");
  EXPECT_TRUE(same(reading, "Otto Haber", "He"));
  EXPECT_TRUE(same(reading, "Otto Haber", "Haber"));
  EXPECT_FALSE(same(reading, "Kenya", "He"));
}

TEST(Mentions, GenderTellsPronounsApart) {
  const auto reading = reading_of("Otto Haber met Olga Novak on Monday. She accused him of lying.");
  EXPECT_TRUE(same(reading, "Olga Novak", "She"));
  EXPECT_TRUE(same(reading, "Otto Haber", "him"));
}

TEST(Mentions, AcronymsAndNouns) {
  const auto reading =
      reading_of("The River Workers Union called a strike on Monday. The RWU accused the company of lying. The union will call another one.");
  EXPECT_TRUE(same(reading, "The River Workers Union", "The RWU")) << who(reading, "The RWU");
  EXPECT_TRUE(same(reading, "The River Workers Union", "The union")) << who(reading, "The union");
}

TEST(Mentions, TheCountryIsTheOneSpokenOf) {
  const auto reading = reading_of("Kenya closed its border on Monday. The country will open it again in May.");
  EXPECT_TRUE(same(reading, "Kenya", "The country"));
}

TEST(Mentions, APluralStandsForTwo) {
  const auto reading = reading_of("Joe Biden met Emmanuel Macron on Monday. The two leaders discussed trade.");
  bool found = false;
  for (const Mention& mention : reading.analysis.mentions.mentions)
    if (reading.article.slice(mention.span) == "The two leaders") {
      const auto both = parties_at(reading.article, reading.analysis, mention.sentence, mention.head);
      ASSERT_EQ(both.size(), 2U);
      EXPECT_EQ(both[0].name, "Joe Biden");
      EXPECT_EQ(both[1].name, "Emmanuel Macron");
      EXPECT_EQ(both[0].text, both[1].text);
      found = true;
    }
  EXPECT_TRUE(found);
}

TEST(Mentions, IInAQuotationIsItsSpeaker) {
  const auto reading = reading_of("\"I will not resign,\" Otto Haber said on Monday.");
  EXPECT_TRUE(same(reading, "I", "Otto Haber")) << who(reading, "I");
}

TEST(Mentions, APronounMayComeFirst) {
  const auto reading = reading_of("In his first speech, Otto Haber promised the farmers a new bridge.");
  EXPECT_TRUE(same(reading, "his", "Otto Haber")) << who(reading, "his");
}

TEST(Mentions, ItMayStandForAClause) {
  EXPECT_TRUE(same(reading_of("The Kenyan government met on Monday. It accused Uganda of closing the border."), "The Kenyan government", "It"));
  EXPECT_FALSE(
      same(reading_of("The Kenyan government met on Monday. It was expected that Uganda would close the border."), "The Kenyan government", "It"));
}

TEST(Mentions, TheMakerOfAModelIsNoParty) {
  EXPECT_EQ(who("Airbus said on Monday that it was ready.", "Airbus"), "Airbus [--- BUS]");
  EXPECT_EQ(who("An Airbus A380 landed in Kenya on Monday.", "Airbus").substr(0, 10), "no mention");
}

TEST(Mentions, APhraseBehindANameIsNoPartOfIt) {
  const Reading reading = reading_of("Kenya sold the Kenya Commercial Bank for 20 million dollars on Monday. The Bank of Kenya bought it.");
  EXPECT_EQ(who(reading, "the Kenya Commercial Bank").find("no mention"), std::string::npos) << who(reading, "the Kenya Commercial Bank");
  EXPECT_EQ(who(reading, "The Bank of Kenya").find("no mention"), std::string::npos) << who(reading, "The Bank of Kenya");
}

TEST(Parties, ARoleThatNamesAnotherPartyIsAMentionBesideTheName) {
  const Reading reading = reading_of("Kenyan army chief Otto Haber met reporters. President Otto Haber left.");
  EXPECT_TRUE(same(reading, "Kenyan army chief Otto Haber", "Kenyan army chief"));
  EXPECT_TRUE(same(reading, "Kenyan army chief Otto Haber", "Otto Haber"));
  EXPECT_EQ(who(reading, "President").substr(0, 10), "no mention") << "a title by itself speaks of nobody else";
}

TEST(Parties, IdsAreTheSameInEveryArticle) {
  const auto id = [](const std::string& text) -> std::string {
    const auto reading = reading_of(text);
    for (const auto& party : parties(reading.analysis))
      if (party.name == "Otto Haber") return party.actor.value_or("");
    return "";
  };
  const std::string first = id("Kenyan President Otto Haber met reporters on Monday.");
  EXPECT_TRUE(first.starts_with("who.")) << first;
  EXPECT_EQ(first, id("On Friday Kenyan President Otto Haber went home."));
}

TEST(Parties, ExplainTellsFieldsMentionsAndCandidates) {
  const auto reading = reading_of("Emmanuel Macron met reporters on Monday. He accused Uganda of lying.");
  const auto why = explain(reading, "a1", engine().lexicon(), engine().gazetteer());
  ASSERT_TRUE(why) << to_string(why.error());
  for (const char* part : {"Emmanuel Macron [FRA GOV]", "people.emmanuel-macron", "mention.pronoun", "\"He\""})
    EXPECT_NE(why->find(part), std::string::npos) << part << "\n" << *why;
}

TEST(Parties, NothingOfAnEmptyArticle) { EXPECT_TRUE(parties(Analysis{}).empty()); }

}  // namespace
}  // namespace masudi
