// Events over hand-built parses: matching, what is dropped, auxiliary modes, sources. Parties, dates and places come from earlier stages and
// are tested end to end.
#include <gtest/gtest.h>

#include <sstream>

#include "../../src/extract/events_rules.h"
#include "../../src/extract/extract_impl.h"
#include "../../src/extract/modality.h"
#include "../../src/extract/predicate.h"
#include "masudi/extract.h"

namespace masudi {
namespace {

const Lexicon& lexicon() {
  static const Lexicon opened = [] {
    auto lexicon = Lexicon::open(MASUDI_DATA "/lexicon.pack");
    EXPECT_TRUE(lexicon) << to_string(lexicon.error());
    return *std::move(lexicon);
  }();
  return opened;
}

struct Parsed {
  Article article;
  Analysis analysis;
};

/// Sentences of lines "form lemma UPOS XPOS head deprel" (head from 1, 0 for the root), one list a sentence.
Parsed parsed(const std::vector<std::string>& sentences) {
  Parsed out;
  for (const auto& text : sentences) {
    Sentence sentence;
    sentence.span.begin = static_cast<std::uint32_t>(out.article.text.size());
    std::istringstream lines(text);
    std::string form, lemma, upos, xpos, deprel;
    int head = 0;
    while (lines >> form >> lemma >> upos >> xpos >> head >> deprel) {
      Word word;
      word.span.begin = static_cast<std::uint32_t>(out.article.text.size());
      out.article.text += form;
      word.span.end = static_cast<std::uint32_t>(out.article.text.size());
      out.article.text += ' ';
      word.form = form, word.lemma = lemma, word.upos = upos, word.xpos = xpos, word.deprel = deprel;
      word.head = head - 1;
      if (upos == "PROPN") word.ner = "B-GPE";
      sentence.words.push_back(std::move(word));
    }
    sentence.span.end = static_cast<std::uint32_t>(out.article.text.size());
    out.analysis.sentences.push_back(std::move(sentence));
  }
  out.article.published = parse_iso_day("2024-03-06");
  out.analysis.trees = trees_of(out.analysis.sentences);
  return out;
}

Extraction events_of(const Parsed& input) {
  const auto rules = EventRules::build(lexicon());
  EXPECT_TRUE(rules) << to_string(rules.error());
  Extraction out;
  if (rules) extract_events(input.article, input.analysis, **rules, out);
  return out;
}

/// "TYPE mode anchor [aux]" of each event, joined by "; ".
std::string summary(const Parsed& input, const Extraction& extraction) {
  std::string out;
  for (const auto& event : extraction.events) {
    if (!out.empty()) out += "; ";
    out += event.type + " " + event.mode.value_or("-") + " " + std::string(slice(input.article.text, event.anchor));
    for (const auto& aux : event.aux) out += " " + aux;
  }
  return out;
}

std::string summary(const std::vector<std::string>& sentences) {
  const auto input = parsed(sentences);
  return summary(input, events_of(input));
}

TEST(Events, ActiveAndPassive) {
  EXPECT_EQ(
      summary({"Iran Iran PROPN NNP 2 nsubj accused accuse VERB VBD 0 root Israel Israel PROPN NNP 2 obj of of ADP IN 5 case sabotage sabotage NOUN "
               "NN 2 obl"}),
      "ACCUSE allege accused");
  EXPECT_EQ(summary({"The the DET DT 2 det mayor mayor NOUN NN 4 nsubj:pass was be AUX VBD 4 aux:pass arrested arrest VERB VBN 0 root"}),
            "COERCE arrest arrested");
}

TEST(Events, TopicOfADemandIsNoSecondEvent) {
  const auto input = parsed(
      {"Kyiv Kyiv PROPN NNP 2 nsubj demanded demand VERB VBD 0 root the the DET DT 4 det withdrawal withdrawal NOUN NN 2 obj of of ADP IN 7 case "
       "Russian Russian ADJ JJ 7 amod troops troops NOUN NNS 4 nmod"});
  const auto extraction = events_of(input);
  EXPECT_EQ(summary(input, extraction), "REQUEST yield demanded");
  ASSERT_EQ(extraction.traces.size(), 1U);
  EXPECT_TRUE(std::any_of(extraction.traces[0].rejected.begin(), extraction.traces[0].rejected.end(),
                          [](const auto& rejected) { return rejected.reason.find("what the REQUEST is about") != std::string::npos; }));
}

TEST(Events, AgreeingToWithdrawIsConceding) {
  EXPECT_EQ(
      summary({"Ethiopia Ethiopia PROPN NNP 2 nsubj agreed agree VERB VBD 0 root to to PART TO 4 mark withdraw withdraw VERB VB 2 xcomp its its PRON "
               "PRP$ 6 nmod:poss troops troops NOUN NNS 4 obj"}),
      "CONCEDE - agreed");
}

TEST(Events, FutureMeetingIsAgreement) {
  EXPECT_EQ(summary({"Biden Biden PROPN NNP 3 nsubj will will AUX MD 3 aux visit visit VERB VB 0 root Poland Poland PROPN NNP 3 obj"}),
            "AGREE - visit future");
}

TEST(Events, HostilePromiseIsThreat) {
  EXPECT_EQ(summary({"Israel Israel PROPN NNP 3 nsubj will will AUX MD 3 aux attack attack VERB VB 0 root Hezbollah Hezbollah PROPN NNP 3 obj"}),
            "THREATEN violence attack");
}

TEST(Events, NegationOfTheVerbAndOfItsGovernor) {
  EXPECT_EQ(
      summary(
          {"The the DET DT 2 det rebels rebel NOUN NNS 5 nsubj did do AUX VBD 5 aux not not PART RB 5 advmod attack attack VERB VB 0 root the the "
           "DET DT 7 det base base NOUN NN 5 obj"}),
      "ASSAULT - attack negated");
  EXPECT_EQ(
      summary({"The the DET DT 2 det army army NOUN NN 3 nsubj failed fail VERB VBD 0 root to to PART TO 5 mark recapture recapture VERB VB 3 xcomp "
               "the the DET DT 7 det town town NOUN NN 5 obj"}),
      "COERCE seize recapture negated");
}

TEST(Events, LightVerbGivesTheNoun) {
  EXPECT_EQ(
      summary({"France France PROPN NNP 2 nsubj lifted lift VERB VBD 0 root sanctions sanction NOUN NNS 2 obj on on ADP IN 5 case Mali Mali PROPN "
               "NNP 3 nmod"}),
      "CONCEDE - lifted");
  EXPECT_EQ(
      summary({"France France PROPN NNP 2 nsubj imposed impose VERB VBD 0 root sanctions sanction NOUN NNS 2 obj on on ADP IN 5 case Mali Mali PROPN "
               "NNP 3 nmod"}),
      "SANCTION discontinue sanctions");
}

TEST(Events, ParticleIsPartOfTheAnchor) {
  EXPECT_EQ(summary({"The the DET DT 2 det minister minister NOUN NN 3 nsubj stepped step VERB VBD 0 root down down ADP RP 3 compound:prt"}),
            "RETREAT resign stepped down");
}

TEST(Events, WeatherAndSportAreNone) {
  EXPECT_EQ(
      summary({"An a DET DT 2 det earthquake earthquake NOUN NN 3 nsubj killed kill VERB VBD 0 root 40 40 NUM CD 5 nummod people people NOUN NNS 3 "
               "obj"}),
      "");
}

TEST(Events, ScoreCameoAndRule) {
  const auto input = parsed({"Iran Iran PROPN NNP 2 nsubj accused accuse VERB VBD 0 root Israel Israel PROPN NNP 2 obj"});
  const auto extraction = events_of(input);
  ASSERT_EQ(extraction.events.size(), 1U);
  const Event& event = extraction.events[0];
  EXPECT_EQ(event.score, -3.5);
  EXPECT_EQ(event.cameo, "112");
  EXPECT_TRUE(lexicon().find(event.provenance.rule).has_value());
  EXPECT_GT(event.confidence, 0);
  EXPECT_LE(event.confidence, 1);
}

TEST(Events, WhatIsGoingOnInTheLeadIsNewsOfTheDay) {
  const std::string lead =
      "Russia Russia PROPN NNP 3 nsubj is be AUX VBZ 3 aux withdrawing withdraw VERB VBG 0 root its its PRON PRP$ 5 nmod:poss troops troops NOUN NNS "
      "3 "
      "obj";
  const std::string other = "Rain Rain NOUN NN 2 nsubj fell fall VERB VBD 0 root";
  const auto settings = SettingRules::build(lexicon());
  ASSERT_TRUE(settings) << to_string(settings.error());
  const auto date = [&](const std::vector<std::string>& sentences) {
    const auto input = parsed(sentences);
    auto extraction = events_of(input);
    settle_events(input.article, input.analysis, **settings, extraction);
    EXPECT_EQ(extraction.events.size(), 1U);
    return extraction.events.empty() ? std::nullopt : extraction.events[0].date;
  };
  const auto first = date({lead, other});
  ASSERT_TRUE(first);
  EXPECT_EQ(to_iso(first->begin), "2024-03-06");
  EXPECT_FALSE(date({other, other, other, other, other, lead}));
}

TEST(Events, OwnStatementDoesNotVouchButTheOneAroundDoes) {
  const auto input =
      parsed({"Iran Iran PROPN NNP 2 nsubj accused accuse VERB VBD 0 root Israel Israel PROPN NNP 2 obj , , PUNCT , 2 punct officials official NOUN "
              "NNS 7 nsubj "
              "said say VERB VBD 2 parataxis"});
  Extraction out;
  Statement own, around;
  own.id = "s1", around.id = "s2";
  own.cue = input.analysis.sentences[0].words[1].span;
  own.content = {input.analysis.sentences[0].span};
  around.content = {{0, input.analysis.sentences[0].words[3].span.end}};
  out.statements = {own, around};
  const auto rules = EventRules::build(lexicon());
  ASSERT_TRUE(rules);
  extract_events(input.article, input.analysis, **rules, out);
  ASSERT_EQ(out.events.size(), 1U);
  EXPECT_EQ(out.events[0].sources, std::vector<std::string>{"s2"});
}

TEST(Events, CyclicAndBrokenTreesEnd) {
  auto input = parsed({"attack attack VERB VB 2 xcomp attack attack VERB VB 3 conj attacks attack NOUN NNS 1 obj agreed agree VERB VBD 3 xcomp"});
  const auto again = [&] {
    input.analysis.trees = trees_of(input.analysis.sentences);
    return events_of(input);
  };
  again();
  input.analysis.sentences[0].words[0].head = 0;
  again();
  for (auto& word : input.analysis.sentences[0].words) word.head = 900;
  again();
  input.analysis.sentences[0].words.clear();
  EXPECT_TRUE(again().events.empty());
}

TEST(Modality, CuesAroundAnchor) {
  const auto rules = ModalityRules::build(lexicon());
  ASSERT_TRUE(rules);
  const auto modes = [&](const std::string& text, std::uint32_t anchor) {
    const auto input = parsed({text});
    std::string out;
    for (const auto& mark : modes_of(input.analysis.trees[0], anchor, *rules)) out += mark.aux + " ";
    return out;
  };
  EXPECT_EQ(modes("Russia Russia PROPN NNP 3 nsubj could could AUX MD 3 aux attack attack VERB VB 0 root", 2), "hypothetical ");
  EXPECT_EQ(modes("The the DET DT 2 det threat threat NOUN NN 6 nsubj of of ADP IN 5 case war war NOUN NN 2 nmod grew grow VERB VBD 0 root", 3),
            "hypothetical ");
  EXPECT_EQ(modes("No no DET DT 2 det attack attack NOUN NN 3 nsubj came come VERB VBD 0 root", 1), "negated ");
}

TEST(EventKnowledge, RowsAreValidAndCoverEveryType) {
  const auto built = EventRules::build(lexicon());
  ASSERT_TRUE(built) << to_string(built.error());
  const auto& knowledge = dynamic_cast<const EventKnowledge&>(**built);
  EXPECT_GE(knowledge.rows.size(), 500U);
  std::set<std::string> types;
  for (const auto& row : knowledge.rows) types.insert(row.type);
  EXPECT_EQ(types.size(), 16U);
}

TEST(EventKnowledge, WrongTablesAreRefused) {
  const std::string plover = "id\ttype\tmode\tscore\nplv.1\tAID\t\t10\n";
  const std::string head = "id\tlemma\tpos\tframe\tneeds\ttype\tmode\tconfidence\n";
  const auto build = [&](const std::string& row) {
    const auto pack = Lexicon::compile({{"lexicon/events.tsv", head + row + "\n"}, {"lexicon/plover.tsv", plover}});
    EXPECT_TRUE(pack);
    const auto opened = Lexicon::from_bytes(*pack);
    EXPECT_TRUE(opened);
    return EventRules::build(*opened).has_value();
  };
  EXPECT_TRUE(build("ev.1\taid\tverb\tsubj>obj\tobj=*\tAID\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tverb\tsubj\t\tAID\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tverb\tsubj>obj\tobj=@nowhere\tAID\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tverb\tsubj>obj\tobj\tAID\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tverb\tsubj>obj\t\tHELP\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tadverb\tsubj>obj\t\tAID\t\t0.5"));
  EXPECT_FALSE(build("ev.1\taid\tverb\tsubj>obj\t\tAID\t\tmuch"));
}

}  // namespace
}  // namespace masudi
