#include "masudi/lexicon.h"

#include <gtest/gtest.h>

namespace masudi {
namespace {

TEST(Lexicon, RoundTripsCellsWithTheirLines) {
  const auto pack = Lexicon::compile({{"lexicon/cues.tsv", "# about\nid\tlemma\tsample\ncue.1\tsay\tHe said so.\n\ncue.2\ttell\n"}});
  ASSERT_TRUE(pack) << to_string(pack.error());
  const auto lexicon = Lexicon::from_bytes(*pack);
  ASSERT_TRUE(lexicon) << to_string(lexicon.error());
  const LexiconTable* table = lexicon->table("cues");
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->size(), 2U);
  EXPECT_EQ(table->row(0)["sample"], "He said so.");
  EXPECT_EQ(table->row(0).line(), 3U);
  EXPECT_EQ(table->row(1).line(), 5U);
  EXPECT_EQ(table->row(1)["sample"], "");
  EXPECT_EQ(lexicon->find("cue.2")->cell(1), "tell");
  EXPECT_FALSE(lexicon->find("cue.3"));
}

TEST(Lexicon, RefusesWhatItCannotReadAndSaysWhere) {
  const auto message = [](std::string text) {
    const auto pack = Lexicon::compile({{"lexicon/a.tsv", std::move(text)}});
    return pack ? std::string("accepted") : to_string(pack.error());
  };
  EXPECT_EQ(message("lemma\tid\n"), "lexicon/a.tsv:1: the first column is \"lemma\"; expected a header line that begins with \"id\"");
  EXPECT_EQ(message("id\ta\nx.1\t1\nx.1\t2\n"), "lexicon/a.tsv:3: the id \"x.1\" stands already at lexicon/a.tsv:2; ids are unique over all tables");
  EXPECT_EQ(message("id\ta\nx.1\t1\t2\n"), "lexicon/a.tsv:2: 3 cells; expected at most 2, as in the header line");
  EXPECT_EQ(message("# nothing\n"), "lexicon/a.tsv: no header line; expected one that begins with \"id\"");
}

TEST(Lexicon, EveryFlippedByteIsNoticed) {
  const auto pack = Lexicon::compile({{"lexicon/a.tsv", "id\ta\nx.1\tone\n"}});
  ASSERT_TRUE(pack);
  for (std::size_t i = 0; i < pack->size(); ++i) {
    std::string damaged = *pack;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    const auto opened = Lexicon::from_bytes(damaged);
    ASSERT_FALSE(opened) << "byte " << i;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt_store);
  }
  for (std::size_t size = 0; size < pack->size(); ++size) EXPECT_FALSE(Lexicon::from_bytes(pack->substr(0, size))) << size;
}

}  // namespace
}  // namespace masudi
