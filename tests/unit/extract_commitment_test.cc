// Commitments over hand-built parses: what is undertaken, on what condition, with what left out, and what is no undertaking. Every text is
// one statement of a minister, so that somebody owes it without the earlier stages; those are tested end to end.
#include <gtest/gtest.h>

#include <sstream>

#include "../../src/extract/commitments_rules.h"
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
  Extraction out;
};

/// Sentences of lines "form lemma UPOS XPOS head deprel" (head from 1, 0 for the root), one string a sentence; read as one statement.
Parsed read(const std::vector<std::string>& sentences) {
  Parsed in;
  for (const auto& text : sentences) {
    Sentence sentence;
    sentence.span.begin = static_cast<std::uint32_t>(in.article.text.size());
    std::istringstream lines(text);
    std::string form, lemma, upos, xpos, deprel;
    int head = 0;
    while (lines >> form >> lemma >> upos >> xpos >> head >> deprel) {
      Word word;
      word.span.begin = static_cast<std::uint32_t>(in.article.text.size());
      in.article.text += form;
      word.span.end = static_cast<std::uint32_t>(in.article.text.size());
      in.article.text += ' ';
      word.form = form, word.lemma = lemma, word.upos = upos, word.xpos = xpos, word.deprel = deprel;
      word.head = head - 1;
      sentence.words.push_back(std::move(word));
    }
    sentence.span.end = static_cast<std::uint32_t>(in.article.text.size());
    in.analysis.sentences.push_back(std::move(sentence));
  }
  in.article.published = parse_iso_day("2024-03-06");
  Statement statement;
  statement.id = "s1";
  statement.source.name = "Ana Minister";
  statement.source.country = "POL";
  statement.source.sector = "GOV";
  statement.anonymity = "named";
  statement.content = {{0, static_cast<std::uint32_t>(in.article.text.size())}};
  in.out.statements.push_back(statement);
  in.analysis.trees = trees_of(in.analysis.sentences);
  const auto rules = CommitmentRules::build(lexicon());
  EXPECT_TRUE(rules) << to_string(rules.error());
  if (rules) extract_commitments(in.article, in.analysis, **rules, in.out);
  return in;
}

/// "anchor: consequent polarity status", with " if: antecedent" and " not: exclusion", joined by "; ".
std::string summary(const Parsed& in) {
  std::string out;
  for (const auto& c : in.out.commitments) {
    if (!out.empty()) out += "; ";
    out +=
        std::string(slice(in.article.text, c.anchor)) + ": " + std::string(slice(in.article.text, c.consequent)) + " " + c.polarity + " " + c.status;
    if (c.antecedent) out += " if: " + std::string(slice(in.article.text, *c.antecedent));
    for (const auto span : c.excludes) out += " not: " + std::string(slice(in.article.text, span));
  }
  return out;
}
std::string summary_of(const std::vector<std::string>& sentences) { return summary(read(sentences)); }

TEST(Commitments, InfinitiveOfAVerb) {
  const auto in =
      read({"We we PRON PRP 2 nsubj agreed agree VERB VBD 0 root to to PART TO 4 mark close close VERB VB 2 xcomp the the DET DT 6 det camp camp "
            "NOUN NN 4 "
            "obj . . PUNCT . 2 punct"});
  EXPECT_EQ(summary(in), "agreed: close the camp + active");
  ASSERT_EQ(in.out.commitments.size(), 1U);
  const auto& record = in.out.commitments[0];
  ASSERT_EQ(record.debtor.size(), 1U);
  EXPECT_EQ(record.debtor[0].country, "POL");
  EXPECT_EQ(record.sources, std::vector<std::string>{"s1"});
  EXPECT_EQ(record.provenance.rule, "com.agree");
  ASSERT_EQ(in.out.traces.size(), 1U);
  EXPECT_EQ(in.out.traces[0].record, "c1");
}

TEST(Commitments, InfinitiveOfANoun) {
  EXPECT_EQ(
      summary_of({"They they PRON PRP 2 nsubj reached reach VERB VBD 0 root an a DET DT 4 det agreement agreement NOUN NN 2 obj to to PART TO 6 mark "
                  "end end VERB VB 4 acl the the DET DT 8 det mission mission NOUN NN 6 obj"}),
      "agreement: end the mission + active");
}

TEST(Commitments, ModalWithAThingAsSubjectTakesTheWholeClause) {
  EXPECT_EQ(
      summary_of({"A a DET DT 2 det table table NOUN NN 5 nsubj:pass will will AUX MD 5 aux be be AUX VB 5 aux:pass opened open VERB VBN 0 root soon "
                  "soon ADV RB 5 advmod"}),
      "will: A table will be opened soon + active");
}

TEST(Commitments, SecondClauseIsASecondUndertaking) {
  EXPECT_EQ(
      summary_of(
          {"We we PRON PRP 3 nsubj will will AUX MD 3 aux appeal appeal VERB VB 0 root , , PUNCT , 10 punct and and CCONJ CC 10 cc if if SCONJ IN 7 "
           "mark unsuccessful unsuccessful ADJ JJ 10 advcl we we PRON PRP 10 nsubj will will AUX MD 10 aux sue sue VERB VB 3 conj"}),
      "will: appeal + active; will: sue + conditional if: unsuccessful");
}

TEST(Commitments, NegationIsARefusalToDo) {
  EXPECT_EQ(summary_of({"We we PRON PRP 4 nsubj will will AUX MD 4 aux not not PART RB 4 advmod close close VERB VB 0 root it it PRON PRP 4 obj"}),
            "will: close it - active");
  EXPECT_EQ(
      summary_of({"No no DET DT 2 det one one NOUN NN 5 nsubj:pass will will AUX MD 5 aux be be AUX VB 5 aux:pass refused refuse VERB VBN 0 root"}),
      "will: No one will be refused - active");
}

TEST(Commitments, AbandonedPlanIsCancelled) {
  EXPECT_EQ(summary_of(
                {"We we PRON PRP 3 nsubj are be AUX VBP 3 aux abandoning abandon VERB VBG 0 root plans plan NOUN NNS 3 obj to to PART TO 6 mark stay "
                 "stay VERB VB 4 acl"}),
            "plans: stay + cancelled");
}

TEST(Commitments, ForecastsAndRefusalsAreNone) {
  EXPECT_EQ(summary_of({"We we PRON PRP 3 nsubj will will AUX MD 3 aux lose lose VERB VB 0 root"}), "");
  EXPECT_EQ(summary_of({"It it PRON PRP 4 nsubj will will AUX MD 4 aux be be AUX VB 4 cop hot hot ADJ JJ 0 root"}), "");
  EXPECT_EQ(
      summary_of({"We we PRON PRP 2 nsubj refused refuse VERB VBD 0 root to to PART TO 4 mark agree agree VERB VB 2 xcomp to to PART TO 6 mark leave "
                  "leave VERB VB 4 xcomp"}),
      "");
  EXPECT_EQ(
      summary_of({"We we PRON PRP 3 nsubj could could AUX MD 3 aux agree agree VERB VB 0 root to to PART TO 5 mark leave leave VERB VB 3 xcomp"}),
      "");
}

TEST(Commitments, WhatIsLeftOut) {
  EXPECT_EQ(
      summary_of(
          {"We we PRON PRP 2 nsubj agreed agree VERB VBD 0 root to to PART TO 4 mark withdraw withdraw VERB VB 2 xcomp soldiers soldier NOUN "
           "NNS 4 obj . . PUNCT . 2 punct",
           "The the DET DT 2 det withdrawal withdrawal NOUN NN 5 nsubj does do AUX VBZ 5 aux not not PART RB 5 advmod include include VERB VB 0 "
           "root pilots pilot NOUN NNS 5 obj . . PUNCT . 5 punct"}),
      "agreed: withdraw soldiers + active not: The withdrawal does not include pilots");
}

TEST(Commitments, ThreatUnless) {
  EXPECT_EQ(
      summary_of(
          {"We we PRON PRP 3 nsubj will will AUX MD 3 aux attack attack VERB VB 0 root unless unless SCONJ IN 6 mark they they PRON PRP 6 nsubj "
           "stop stop VERB VBP 3 advcl"}),
      "will: attack + conditional if: unless they stop");
}

TEST(Commitments, BrokenTreesEnd) {
  // Cycles, heads out of range, an anchor at either end.
  read({"will will AUX MD 2 aux agree agree VERB VB 1 xcomp to to PART TO 9 mark", "agreed agree VERB VBD 1 root to to PART TO 77 mark",
        "to to PART TO 0 root", "promised promise VERB VBD 2 xcomp will will AUX MD 1 aux going go VERB VBG 3 xcomp"});
  read({""});
}

}  // namespace
}  // namespace masudi
