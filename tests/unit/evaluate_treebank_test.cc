// The measures of the CoNLL 2018 task, on sentences small enough to count by hand.
#include <gtest/gtest.h>

#include "masudi/evaluate.h"

namespace masudi {
namespace {

/// Lines "id form lemma upos feats head deprel [misc]" to CoNLL-U; "" ends a sentence.
std::string conllu(const std::vector<std::vector<std::string>>& lines) {
  std::string out;
  for (const auto& line : lines) {
    if (line.size() >= 7)
      out += line[0] + "\t" + line[1] + "\t" + line[2] + "\t" + line[3] + "\tX\t" + line[4] + "\t" + line[5] + "\t" + line[6] + "\t_\t" +
             (line.size() > 7 ? line[7] : "_") + "\n";
    else if (line.size() == 2)
      out += line[0] + "\t" + line[1] + "\t_\t_\t_\t_\t_\t_\t_\t_\n";  // a multiword token
    else
      out += line[0] + "\n";
  }
  return out;
}

const std::vector<std::vector<std::string>> did_not_go = {
    {"1", "He", "he", "PRON", "Case=Nom|Number=Sing", "4", "nsubj"},
    {"2-3", "didn't"},
    {"2", "did", "do", "AUX", "Tense=Past", "4", "aux"},
    {"3", "n't", "not", "PART", "_", "4", "advmod"},
    {"4", "go", "go", "VERB", "VerbForm=Inf", "0", "root", "SpaceAfter=No"},
    {"5", ".", ".", "PUNCT", "_", "4", "punct"},
    {""},
};

void expect(const Evaluation& evaluation, const std::string& name, std::int64_t right, std::int64_t gold, std::int64_t system) {
  for (const ScoreRow& row : evaluation.rows)
    if (row.name == name) {
      EXPECT_EQ(row.right, right) << name;
      EXPECT_EQ(row.gold, gold) << name;
      EXPECT_EQ(row.system, system) << name;
      return;
    }
  ADD_FAILURE() << "no row " << name;
}

Evaluation score(const std::string& gold, const std::string& system) {
  const auto out = evaluate_conllu({"gold", gold}, {"system", system});
  EXPECT_TRUE(out) << to_string(out.error());
  return out ? *out : Evaluation{};
}

TEST(Treebank, GoldAgreesWithItselfInTheOrderOfTheTask) {
  const std::string gold = conllu(did_not_go);
  const Evaluation out = score(gold, gold);
  const std::vector<std::string> names = {"Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "AllTags",
                                          "Lemmas", "UAS",       "LAS",   "CLAS", "MLAS", "BLEX"};
  ASSERT_EQ(out.rows.size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(out.rows[i].name, names[i]);
    EXPECT_EQ(out.rows[i].f1(), 1.0) << names[i];
  }
  expect(out, "Tokens", 4, 4, 4);
  expect(out, "Words", 5, 5, 5);
  expect(out, "CLAS", 3, 3, 3);  // nsubj, advmod, root; aux is functional, punct neither
  EXPECT_NE(to_percent_table(out).find("LAS            100.00   100.00   100.00   5/5/5"), std::string::npos) << to_percent_table(out);
}

TEST(Treebank, AMultiwordTokenThatIsNotSplit) {
  const Evaluation out = score(conllu(did_not_go), conllu({
                                                       {"1", "He", "he", "PRON", "Case=Nom|Number=Sing", "3", "nsubj"},
                                                       {"2", "didn't", "do", "AUX", "Tense=Past", "3", "aux"},
                                                       {"3", "go", "go", "VERB", "VerbForm=Inf", "0", "root", "SpaceAfter=No"},
                                                       {"4", ".", ".", "PUNCT", "_", "3", "punct"},
                                                       {""},
                                                   }));
  expect(out, "Tokens", 4, 4, 4);
  expect(out, "Words", 3, 5, 4);  // neither did nor n't is "didn't"
  expect(out, "LAS", 3, 5, 4);
  expect(out, "CLAS", 2, 3, 2);
  expect(out, "MLAS", 1, 3, 2);  // go has lost its auxiliary
  expect(out, "BLEX", 2, 3, 2);
}

TEST(Treebank, AMultiwordTokenWrittenAsTwoTokens) {
  auto apart = did_not_go;
  apart.erase(apart.begin() + 1);  // the line of the range
  apart[1].push_back("SpaceAfter=No");
  const Evaluation out = score(conllu(did_not_go), conllu(apart));
  expect(out, "Tokens", 3, 4, 5);
  expect(out, "Words", 5, 5, 5);  // by their forms
  expect(out, "LAS", 5, 5, 5);
  // The other way round it is the system that has the multiword token.
  const Evaluation back = score(conllu(apart), conllu(did_not_go));
  expect(back, "Tokens", 3, 5, 4);
  expect(back, "Words", 5, 5, 5);
}

TEST(Treebank, FormsInAMultiwordTokenAreAlignedByALongestCommonSubsequence) {
  const std::string gold = conllu({{"1-3", "wouldn'ta"},
                                   {"1", "Would", "will", "AUX", "_", "0", "root"},
                                   {"2", "n't", "not", "PART", "_", "1", "advmod"},
                                   {"3", "a", "have", "AUX", "_", "1", "aux"},
                                   {""}});
  const Evaluation out =
      score(gold, conllu({{"1-2", "wouldn'ta"}, {"1", "would", "will", "AUX", "_", "0", "root"}, {"2", "a", "have", "AUX", "_", "1", "aux"}, {""}}));
  expect(out, "Words", 2, 3, 2);  // case does not matter; n't is skipped
  expect(out, "Lemmas", 2, 3, 2);
}

TEST(Treebank, TwoSentencesTakenForOne) {
  const std::string gold = conllu({{"1", "Rain", "rain", "NOUN", "_", "2", "nsubj"},
                                   {"2", "fell", "fall", "VERB", "_", "0", "root", "SpaceAfter=No"},
                                   {"3", ".", ".", "PUNCT", "_", "2", "punct"},
                                   {""},
                                   {"1", "Rivers", "river", "NOUN", "_", "2", "nsubj"},
                                   {"2", "rose", "rise", "VERB", "_", "0", "root", "SpaceAfter=No"},
                                   {"3", ".", ".", "PUNCT", "_", "2", "punct"},
                                   {""}});
  const Evaluation out = score(gold, conllu({{"1", "Rain", "rain", "NOUN", "_", "2", "nsubj"},
                                             {"2", "fell", "fall", "VERB", "_", "0", "root", "SpaceAfter=No"},
                                             {"3", ".", ".", "PUNCT", "_", "2", "punct"},
                                             {"4", "Rivers", "river", "NOUN", "_", "5", "nsubj"},
                                             {"5", "rose", "rise", "VERB", "_", "2", "parataxis", "SpaceAfter=No"},
                                             {"6", ".", ".", "PUNCT", "_", "5", "punct"},
                                             {""}}));
  expect(out, "Sentences", 0, 2, 1);
  expect(out, "Tokens", 6, 6, 6);
  expect(out, "UAS", 5, 6, 6);
  expect(out, "CLAS", 3, 4, 4);
}

TEST(Treebank, WordsCutElsewhere) {
  const std::string gold = conllu({{"1", "We", "we", "PRON", "_", "2", "nsubj"},
                                   {"2", "e-mail", "e-mail", "VERB", "_", "0", "root"},
                                   {"3", "you", "you", "PRON", "_", "2", "obj"},
                                   {""}});
  const Evaluation out = score(gold, conllu({{"1", "We", "we", "PRON", "_", "4", "nsubj"},
                                             {"2", "e", "e", "NOUN", "_", "4", "compound", "SpaceAfter=No"},
                                             {"3", "-", "-", "PUNCT", "_", "2", "punct", "SpaceAfter=No"},
                                             {"4", "mail", "mail", "VERB", "_", "0", "root"},
                                             {"5", "you", "you", "PRON", "_", "4", "obj"},
                                             {""}}));
  expect(out, "Tokens", 2, 3, 5);
  expect(out, "Words", 2, 3, 5);
  expect(out, "UPOS", 2, 3, 5);
  expect(out, "UAS", 0, 3, 5);  // their head is no word of gold
  expect(out, "Sentences", 1, 1, 1);
}

TEST(Treebank, SubtypesOtherFeaturesAndMissingLemmasAreNotCompared) {
  const std::string gold = conllu({{"1", "Talks", "_", "NOUN", "Number=Plur|Typo=Yes", "3", "nsubj:pass"},
                                   {"2", "were", "be", "AUX", "_", "3", "aux:pass"},
                                   {"3", "held", "hold", "VERB", "_", "0", "root"},
                                   {""}});
  const std::string system = conllu({{"1", "Talks", "talk", "NOUN", "Number=Plur", "3", "nsubj"},
                                     {"2", "were", "be", "AUX", "_", "3", "aux"},
                                     {"3", "held", "hold", "VERB", "_", "0", "root"},
                                     {""}});
  const Evaluation out = score(gold, system);
  for (const ScoreRow& row : out.rows) EXPECT_EQ(row.f1(), 1.0) << row.name;
  expect(score(system, gold), "Lemmas", 2, 3, 3);  // a lemma that gold has is asked for
}

TEST(Treebank, OtherTextAndOtherDocumentsAreErrors) {
  const std::string gold = "# newdoc id = news_1\n" + conllu(did_not_go);
  auto other = did_not_go;
  other[0][1] = "She";
  const auto spelt = evaluate_conllu({"gold.conllu", gold}, {"system.conllu", conllu(other)});
  ASSERT_FALSE(spelt);
  EXPECT_EQ(spelt.error().path, "system.conllu");
  EXPECT_NE(spelt.error().message.find("byte 0"), std::string::npos) << spelt.error().message;
  const auto absent = evaluate_conllu({"gold.conllu", gold}, {"system.conllu", gold}, {"fiction_"});
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().message.find("news_1"), std::string::npos) << absent.error().message;
  const std::string two = gold + "# newdoc id = fiction_2\n" + conllu(did_not_go);
  const auto one = evaluate_conllu({"gold", two}, {"system", two}, {"fiction_"});
  ASSERT_TRUE(one);
  expect(*one, "Words", 5, 5, 5);
}

TEST(Treebank, TheRawTextHasABlankLineBeforeAParagraphAndNoBlankWhereNoneIs) {
  const auto document = from_conllu(
      "# newdoc id = a\n# newpar\n1\tRain\t_\t_\t_\t_\t0\troot\t_\tSpaceAfter=No\n2\t.\t_\t_\t_\t_\t1\tpunct\t_\tSpaceAfter=No\n\n"
      "1\tMore\t_\t_\t_\t_\t0\troot\t_\t_\n\n1\train\t_\t_\t_\t_\t0\troot\t_\t_\n\n# newpar\n1\tSun\t_\t_\t_\t_\t0\troot\t_\t_\n",
      {});
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(document->article.text, "Rain.More rain\n\nSun");
}

TEST(Treebank, TheEngineKeepsGoldTokensWhenAsked) {
  const auto engine = Engine::open({MASUDI_DATA});
  ASSERT_TRUE(engine) << to_string(engine.error());
  // Nobody would cut these words so: kept as they are only because gold says so.
  const std::string gold = "# newdoc id = a\n" + conllu({{"1", "The", "the", "DET", "_", "2", "det", "SpaceAfter=No"},
                                                         {"2", "minister", "minister", "NOUN", "_", "3", "nsubj"},
                                                         {"3", "resigned", "resign", "VERB", "_", "0", "root"},
                                                         {""}});
  const auto kept = evaluate_treebank({"gold", gold}, *engine, {true, {}});
  ASSERT_TRUE(kept) << to_string(kept.error());
  expect(*kept, "Words", 3, 3, 3);
  expect(*kept, "Sentences", 1, 1, 1);
  std::string written;
  const auto raw = evaluate_treebank({"gold", gold}, *engine, {false, {}}, &written);
  ASSERT_TRUE(raw) << to_string(raw.error());
  expect(*raw, "Words", 1, 3, 2);
  EXPECT_NE(written.find("# text = Theminister resigned"), std::string::npos) << written;
}

TEST(Entities, AreRightWithTheSameWordsAndTheSameLabel) {
  const std::string map = "GPE=LOC,Person=PER,Money=";
  const auto out = score_entities({{"B-Person", "I-Person", "O", "B-LOC", "B-Money"}, {"B-ORG", "I-ORG"}},
                                  {{"B-PER", "I-PER", "O", "B-GPE", "O"}, {"B-ORG", "B-ORG"}}, map);
  ASSERT_TRUE(out) << to_string(out.error());
  expect(*out, "entities", 2, 3, 4);
  expect(*out, "PER", 1, 1, 1);
  expect(*out, "LOC", 1, 1, 1);
  expect(*out, "ORG", 0, 1, 2);
  EXPECT_EQ(out->rows.size(), 4U);
}

TEST(Entities, LabelsThatGoldDoesNotHaveAreNotCounted) {
  const auto out = score_entities({{"O", "I-LOC", "I-LOC"}}, {{"B-NORP", "B-LOC", "I-LOC"}}, "");
  ASSERT_TRUE(out);
  expect(*out, "entities", 1, 1, 1);  // I- without a beginning begins one
  ASSERT_EQ(out->warnings.size(), 1U);
  EXPECT_NE(out->warnings[0].find("NORP"), std::string::npos);
  const auto bad = score_entities({}, {}, "GPE");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, ErrorCode::usage);
}

TEST(Entities, FilesOfBothKindsAreRead) {
  const auto engine = Engine::open({MASUDI_DATA});
  ASSERT_TRUE(engine) << to_string(engine.error());
  const GoldFile uner{
      "a.iob2",
      "# newdoc id = d1\n# text = Leila Haddad spoke .\n1\tLeila\tB-PER\t-\t-\n2\tHaddad\tI-PER\t-\t-\n3\tspoke\tO\t-\t-\n4\t.\tO\t-\t-\n\n"
      "# newdoc id = d2\n1\tBerlin\tB-LOC\t-\t-\n\n"};
  const auto all = evaluate_entities({uner}, *engine, {"GPE=LOC", {}});
  ASSERT_TRUE(all) << to_string(all.error());
  EXPECT_EQ(all->rows.front().gold, 2);
  const auto one = evaluate_entities({uner}, *engine, {"GPE=LOC", {"d2"}});
  ASSERT_TRUE(one) << to_string(one.error());
  EXPECT_EQ(one->rows.front().gold, 1);
  const auto plain =
      evaluate_entities({{"folder/plain.conll", "Leila B-PER\nHaddad I-PER\n# O\n\nBerlin\tB-LOC\r\n"}}, *engine, {"GPE=LOC", {"plain"}});
  ASSERT_TRUE(plain) << to_string(plain.error());
  EXPECT_EQ(plain->rows.front().gold, 2);
  const auto broken = evaluate_entities({{"x.conll", "Leila B-PER\nHaddad\n"}}, *engine, {});
  ASSERT_FALSE(broken);
  EXPECT_NE(broken.error().message.find("line 2"), std::string::npos) << broken.error().message;
  EXPECT_FALSE(evaluate_entities({uner}, *engine, {"", {"d3"}}));
}

}  // namespace
}  // namespace masudi
