// Phrases coded with PETRARCH's dictionaries of actors and agents: names, dates, agents, what belongs to a phrase and what does not.
#include <gtest/gtest.h>

#include "masudi/petrarch.h"

namespace masudi {
namespace {

constexpr const char* actors =
    "KENYA [KEN]\n"
    "RIVER_LEAGUE [KENNGO]\n"
    "OTTO_HABER ; \n"
    "\t[KENGOV 20100101-20141231]\n"
    "\t[KENOPP >20150101]\n"
    "NAIROBI_POST [---]\n";
constexpr const char* agents = "PRESIDENT [~GOV]\nPOLICE_OFFICER [~COP]\nGOVERNMENT [~GOV]\n";

/// An article and its only sentence, out of rows "form upos head deprel"; heads count from 1.
struct Read {
  Article article;
  Sentence sentence;
};

Read parse(const std::vector<std::vector<std::string>>& rows) {
  Read out;
  for (const auto& row : rows) {
    if (!out.article.text.empty()) out.article.text += ' ';
    Word word;
    word.form = row[0], word.lemma = ascii_lower(row[0]), word.upos = row[1], word.head = std::stoi(row[2]) - 1, word.deprel = row[3];
    word.span.begin = static_cast<std::uint32_t>(out.article.text.size());
    out.article.text += row[0];
    word.span.end = static_cast<std::uint32_t>(out.article.text.size());
    out.sentence.words.push_back(word);
  }
  out.sentence.span = {0, static_cast<std::uint32_t>(out.article.text.size())};
  return out;
}

Lexicon lexicon() {
  auto pack = Lexicon::compile({{"lexicon/actor_words.tsv", "id\tkind\twords\tsample\nacw.part-of\tpart_of\tof|from\t\n"}});
  EXPECT_TRUE(pack);
  auto out = Lexicon::from_bytes(*std::move(pack));
  EXPECT_TRUE(out);
  return *std::move(out);
}

/// The phrases as "words=CODE", in order.
std::vector<std::string> coded(const Read& read, const char* published = nullptr) {
  const auto coder = PhraseCoder::build({{{"my.actors", actors}}, {{"my.agents", agents}}}, lexicon());
  EXPECT_TRUE(coder) << (coder ? "" : coder.error().message);
  Article article = read.article;
  if (published != nullptr) article.published = parse_iso_day(published);
  std::vector<std::string> out;
  for (const CodedPhrase& phrase : coder->phrases(article, read.sentence)) {
    const TextSpan span{read.sentence.words[phrase.first].span.begin, read.sentence.words[phrase.last - 1].span.end};
    out.push_back(std::string(article.slice(span)) + "=" + phrase.code);
  }
  return out;
}

using Phrases = std::vector<std::string>;

TEST(PhraseCoder, AnAgentAddsToTheActorOfItsPhrase) {
  const Read read = parse({{"The", "DET", "3", "det"},
                           {"Kenyan", "ADJ", "3", "amod"},
                           {"president", "NOUN", "6", "nsubj"},
                           {"of", "ADP", "5", "case"},
                           {"Kenya", "PROPN", "3", "nmod"},
                           {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{"The Kenyan president of Kenya=KENGOV", "of Kenya=KEN"}));
}

TEST(PhraseCoder, AnAgentAloneHasNoCountryAndARegularPlural) {
  const Read read = parse({{"Police", "NOUN", "2", "compound"}, {"officers", "NOUN", "3", "nsubj"}, {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{"Police officers=---COP"}));
}

TEST(PhraseCoder, CodesAreThoseOfTheDay) {
  const Read read = parse({{"Otto", "PROPN", "3", "nsubj"}, {"Haber", "PROPN", "1", "flat"}, {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read, "2012-05-01"), (Phrases{"Otto Haber=KENGOV"}));
  EXPECT_EQ(coded(read, "2016-05-01"), (Phrases{"Otto Haber=KENOPP"}));
  EXPECT_EQ(coded(read, "2005-05-01"), (Phrases{}));  // no code holds on that day
}

TEST(PhraseCoder, TheFirstActorGivesThePhraseItsCode) {
  const Read read = parse(
      {{"Kenya", "PROPN", "2", "compound"}, {"River", "PROPN", "3", "compound"}, {"League", "PROPN", "4", "nsubj"}, {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{"Kenya River League=KEN"}));
}

TEST(PhraseCoder, ANameWithoutACodeIsNobody) {
  const Read read = parse({{"Nairobi", "PROPN", "2", "compound"}, {"Post", "PROPN", "3", "nsubj"}, {"closed", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{}));
}

TEST(PhraseCoder, APhraseOfPlaceAndASisterAreApart) {
  const Read read = parse({{"Haber", "PROPN", "6", "nsubj"},
                           {"in", "ADP", "3", "case"},
                           {"Kenya", "PROPN", "1", "nmod"},
                           {"and", "CCONJ", "5", "cc"},
                           {"government", "NOUN", "1", "conj"},
                           {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{"in Kenya=KEN", "government=---GOV"}));
}

TEST(PhraseCoder, WordsThatStandApartAreNoName) {
  const Read read =
      parse({{"River", "PROPN", "3", "compound"}, {",", "PUNCT", "3", "punct"}, {"League", "PROPN", "4", "nsubj"}, {"left", "VERB", "0", "root"}});
  EXPECT_EQ(coded(read), (Phrases{}));
}

}  // namespace
}  // namespace masudi
