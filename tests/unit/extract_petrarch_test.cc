// PETRARCH verb dictionaries: reading, patterns, who is source and target.
#include <gtest/gtest.h>

#include <tuple>

#include "masudi/petrarch.h"

namespace {

using masudi::CodedPhrase;
using masudi::Sentence;
using masudi::VerbDictionary;
using Triple = std::tuple<std::string, std::string, std::string>;

constexpr const char* dictionary = R"(<!-- made up -->
&PEACE
+TRUCE
+PEACE DEAL

--- BLAME [112] ---
BLAME
CHIDE {CHID CHIDDEN}
- * FOR &PEACE [113]
- NOT * [020]
--- MEET [040:040] ---
MEET { MET }
- * NEVER_AGAIN [---]
--- CORDON [171] ---
+CORDON_OFF {+CORDONED_OFF}
this line belongs to CORDON [x
)";

VerbDictionary read() {
  auto out = masudi::read_verb_dictionary({"verbs.txt", dictionary});
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return std::move(*out);
}

/// Words as "form/lemma/upos/head/deprel", heads from 1.
Sentence parse(const std::vector<std::vector<std::string>>& rows) {
  Sentence out;
  std::uint32_t at = 0;
  for (const auto& row : rows) {
    masudi::Word word;
    word.form = row[0], word.lemma = row[1], word.upos = row[2], word.head = std::stoi(row[3]) - 1, word.deprel = row[4];
    if (row.size() > 5) word.xpos = row[5];
    word.span = {at, at + static_cast<std::uint32_t>(row[0].size())};
    at = word.span.end + 1;
    out.words.push_back(word);
  }
  out.span = {0, at};
  return out;
}

std::vector<Triple> code(const Sentence& sentence, const std::vector<CodedPhrase>& phrases) {
  std::vector<Triple> out;
  const auto verbs = read();
  for (const auto& event : masudi::code_with_verbs(sentence, phrases, verbs)) out.emplace_back(event.source, event.target, event.code);
  return out;
}

TEST(PetrarchVerbs, FormsPatternsSynsetsAndFixedWords) {
  const auto verbs = read();
  EXPECT_EQ(verbs.blocks.size(), 3U);
  EXPECT_TRUE(verbs.by_form.contains("BLAMING"));
  EXPECT_TRUE(verbs.by_form.contains("CHIDDEN"));
  EXPECT_TRUE(verbs.by_form.contains("CORDONED"));
  ASSERT_EQ(verbs.synsets.at("PEACE").size(), 2U);
  EXPECT_EQ(verbs.synsets.at("PEACE")[1], (std::vector<std::string>{"PEACE", "DEAL"}));
  ASSERT_EQ(verbs.blocks[0].size(), 2U);
  EXPECT_EQ(verbs.blocks[0][0].code, "113");
  EXPECT_EQ(verbs.blocks[1][0].after[1].adjacent, true);
}

TEST(PetrarchVerbs, NoVerbIsRefused) {
  const auto empty = masudi::read_verb_dictionary({"verbs.txt", "# nothing\n"});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, masudi::ErrorCode::malformed_input);
}

TEST(PetrarchVerbs, PatternWithoutVerbIsTold) {
  const auto out = masudi::read_verb_dictionary({"v.txt", "--- SEE [010] ---\nSEE\n- NO STAR [020]\n"});
  ASSERT_TRUE(out);
  ASSERT_EQ(out->problems.size(), 1U);
  EXPECT_NE(out->problems[0].message.find("v.txt:3"), std::string::npos) << out->problems[0].message;
}

TEST(PetrarchCoder, ActivePatternAndPassive) {
  const auto active =
      parse({{"Arda", "Arda", "PROPN", "2", "nsubj"}, {"blamed", "blame", "VERB", "0", "root", "VBD"}, {"Beria", "Beria", "PROPN", "2", "obj"}});
  EXPECT_EQ(code(active, {{0, 1, "ARD"}, {2, 3, "BER"}}), (std::vector<Triple>{{"ARD", "BER", "112"}}));
  const auto pattern = parse({{"Arda", "Arda", "PROPN", "2", "nsubj"},
                              {"blamed", "blame", "VERB", "0", "root", "VBD"},
                              {"Beria", "Beria", "PROPN", "2", "obj"},
                              {"for", "for", "ADP", "6", "case"},
                              {"the", "the", "DET", "6", "det"},
                              {"truce", "truce", "NOUN", "2", "obl"}});
  EXPECT_EQ(code(pattern, {{0, 1, "ARD"}, {2, 3, "BER"}}), (std::vector<Triple>{{"ARD", "BER", "113"}}));
  const auto passive = parse({{"Beria", "Beria", "PROPN", "3", "nsubj:pass"},
                              {"was", "be", "AUX", "3", "aux:pass"},
                              {"blamed", "blame", "VERB", "0", "root", "VBN"},
                              {"by", "by", "ADP", "5", "case"},
                              {"Arda", "Arda", "PROPN", "3", "obl"}});
  EXPECT_EQ(code(passive, {{0, 1, "BER"}, {4, 5, "ARD"}}), (std::vector<Triple>{{"ARD", "BER", "112"}}));
}

TEST(PetrarchCoder, PairsBothWaysNullCodeAndLostSide) {
  const auto met =
      parse({{"Arda", "Arda", "PROPN", "2", "nsubj"}, {"met", "meet", "VERB", "0", "root", "VBD"}, {"Beria", "Beria", "PROPN", "2", "obj"}});
  EXPECT_EQ(code(met, {{0, 1, "ARD"}, {2, 3, "BER"}}), (std::vector<Triple>{{"ARD", "BER", "040"}, {"BER", "ARD", "040"}}));
  const auto never = parse({{"Arda", "Arda", "PROPN", "2", "nsubj"},
                            {"met", "meet", "VERB", "0", "root", "VBD"},
                            {"Beria", "Beria", "PROPN", "2", "obj"},
                            {"never", "never", "ADV", "5", "advmod"},
                            {"again", "again", "ADV", "2", "advmod"}});
  EXPECT_TRUE(code(never, {{0, 1, "ARD"}, {2, 3, "BER"}}).empty());
  EXPECT_TRUE(code(met, {{0, 1, "ARD"}}).empty());
}

TEST(PetrarchCoder, CompoundsGiveAllPairs) {
  const auto both = parse({{"Arda", "Arda", "PROPN", "4", "nsubj"},
                           {"and", "and", "CCONJ", "3", "cc"},
                           {"Cora", "Cora", "PROPN", "1", "conj"},
                           {"blamed", "blame", "VERB", "0", "root", "VBD"},
                           {"Beria", "Beria", "PROPN", "4", "obj"}});
  EXPECT_EQ(code(both, {{0, 1, "ARD"}, {2, 3, "COR"}, {4, 5, "BER"}}), (std::vector<Triple>{{"ARD", "BER", "112"}, {"COR", "BER", "112"}}));
  const auto one = parse({{"Fellowship", "Fellowship", "PROPN", "2", "nsubj"},
                          {"blamed", "blame", "VERB", "0", "root", "VBD"},
                          {"Beria", "Beria", "PROPN", "2", "obj"}});
  EXPECT_EQ(code(one, {{0, 1, "ELF/DWA"}, {2, 3, "BER"}}), (std::vector<Triple>{{"ELF", "BER", "112"}, {"DWA", "BER", "112"}}));
}

}  // namespace
