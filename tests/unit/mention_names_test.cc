// Spellings of names: particles, rewrites, who is told apart; and the scores over eval/names/pairs.tsv.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <set>

#include "masudi/names.h"

namespace masudi {
namespace {

const Lexicon& pack(const char* name) {
  static const Lexicon lexicon = *Lexicon::open(std::string(MASUDI_DATA) + "/lexicon.pack");
  static const Lexicon gazetteer = *Lexicon::open(std::string(MASUDI_DATA) + "/gazetteer.pack");
  return std::string_view(name) == "lexicon" ? lexicon : gazetteer;
}

const NameSpellings& spellings() {
  static const NameSpellings built = *NameSpellings::build(pack("lexicon"));
  return built;
}

bool alike(const std::string& a, const std::string& b) {
  return spellings().similarity(spellings().form(a), spellings().form(b)) >= NameSpellings::alike;
}

TEST(Names, TransliterationsAreOneName) {
  EXPECT_TRUE(alike("Mustafa al-Kadhimi", "Mustafa Al-Kazemi"));
  EXPECT_TRUE(alike("Muammar Gaddafi", "Moammar Qadhafi"));
  EXPECT_TRUE(alike("Volodymyr Zelensky", "Volodymyr Zelenskyy"));
  EXPECT_TRUE(alike("Mahmoud Ahmadinejad", "Mahmoud Ahmadi-Nejad"));
}

TEST(Names, PeopleAreToldApart) {
  EXPECT_FALSE(alike("Kim Jong-il", "Kim Jong-un"));
  EXPECT_FALSE(alike("George W. Bush", "George H. W. Bush"));
  EXPECT_FALSE(alike("Ferdinand Marcos", "Ferdinand Marcos Jr."));
  EXPECT_FALSE(alike("Mohammed bin Salman", "Mohammed bin Nayef"));
  EXPECT_FALSE(alike("Mahmoud Abbas", "Mohammed Abbas"));
  EXPECT_FALSE(alike("Clarence House", "H. C. Hansen"));  // only initials meet
  EXPECT_EQ(spellings().similarity(spellings().form("Akihito"), spellings().form("A Goode"), true), 0);
}

TEST(Names, PartsAreCutAndParticlesLeftOut) {
  EXPECT_EQ(spellings().form("Mustafa Al-Kadhimi's").parts.size(), 2U);
  EXPECT_EQ(spellings().form("Mohammed bin Salman").parts.size(), 2U);
  EXPECT_EQ(spellings().form("Mohammed VI").generation, "vi");
  EXPECT_TRUE(spellings().form("").parts.empty());
  EXPECT_TRUE(spellings().form(" - . ").parts.empty());
}

TEST(Names, SimilarityIsSymmetric) {
  for (const auto& [a, b] :
       {std::pair{"Kadhimi", "Kazemi"}, std::pair{"Rouhani", "Rohani"}, std::pair{"Abdel Fattah el-Sisi", "Abdelfattah Sissi"}}) {
    const NameForm x = spellings().form(a), y = spellings().form(b);
    EXPECT_DOUBLE_EQ(spellings().similarity(x, y), spellings().similarity(y, x)) << a << " " << b;
  }
}

TEST(Names, HostileNamesCostLittle) {
  const std::string endless(100000, 'a');
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "ab ";
  EXPECT_EQ(spellings().similarity(spellings().form(endless), spellings().form(endless + "b")), 0);
  EXPECT_EQ(spellings().similarity(spellings().form(many), spellings().form(many + "c")), 0);
  EXPECT_NO_FATAL_FAILURE((void)spellings().form("\xff\xfe\x00 \xf0\x9f"));
}

TEST(Names, AnIndexFindsByEitherEndAndLeavesWhatOnlySoundsAlike) {
  NameIndex index(&spellings());
  index.add("Mustafa al-Kadhimi", 0);
  index.add("Al Gore", 1);
  index.add("Brian Kovar", 2);
  const auto first = [&](const char* name) {
    const auto hits = index.find(name);
    return hits.empty() ? -1 : static_cast<int>(hits.front().value);
  };
  EXPECT_EQ(first("Mustafa Al-Kazemi"), 0);
  EXPECT_EQ(first("Kadhimi"), 0);
  EXPECT_EQ(first("Kovar Brian"), 2);
  EXPECT_EQ(first("G Kerr"), -1);
  EXPECT_EQ(first("Bruno Kovar"), -1);  // the skeleton of Brian, another name
}

/// The table of pairs against the persons of the gazetteer: who a variant is found to be, and which different people fall together.
TEST(Names, VariantsAndPairs) {
  NameIndex index(&spellings());
  std::vector<std::string> names;
  std::set<std::string> known;
  const auto add = [&](const std::string& name) {
    if (!known.insert(name).second) return;
    index.add(name, static_cast<std::uint32_t>(names.size()));
    names.push_back(name);
  };
  for (const char* table : {"actor_people", "actor_wikidata", "actor_archigos", "actor_congress"}) {
    const LexiconTable* rows = pack("gazetteer").table(table);
    ASSERT_NE(rows, nullptr) << table;
    for (std::uint32_t i = 0; i < rows->size(); ++i) add(std::string(rows->row(i)["name"]));
  }
  std::ifstream file(std::string(MASUDI_SOURCE) + "/eval/names/pairs.tsv");
  ASSERT_TRUE(file);
  struct Count {
    int right = 0, all = 0;
  };
  Count same[2], other[2];
  std::vector<std::array<std::string, 4>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#' || line.starts_with("kind")) continue;
    const auto cells = split_cell(line, '\t');
    ASSERT_EQ(cells.size(), 4U) << line;
    rows.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3])});
    if (cells[0] == "same") add(rows.back()[2]);
  }
  std::string misses;
  for (const auto& [kind, half, a, b] : rows) {
    const int h = half == "unseen" ? 1 : 0;
    if (kind == "same") {
      const auto hits = index.find(b);
      // Two tables may write one person's name differently: that is the same person.
      const bool right = !hits.empty() && (names[hits.front().value] == a || alike(names[hits.front().value], a));
      ++same[h].all;
      same[h].right += right ? 1 : 0;
      if (!right && h == 0) misses += "\n  not found: " + b + " for " + a + (hits.empty() ? "" : "; found " + names[hits.front().value]);
    } else {
      ++other[h].all;
      other[h].right += alike(a, b) ? 1 : 0;
      if (alike(a, b) && h == 0) misses += "\n  fell together: " + a + " and " + b;
    }
  }
  std::printf("right identity: %d of %d seen, %d of %d unseen; false merges: %d of %d seen, %d of %d unseen%s\n", same[0].right, same[0].all,
              same[1].right, same[1].all, other[0].right, other[0].all, other[1].right, other[1].all, misses.c_str());
  EXPECT_GE(same[0].all + same[1].all, 300);
  EXPECT_GE(other[0].all + other[1].all, 300);
  EXPECT_GE(same[1].right, same[1].all * 85 / 100);
  EXPECT_LE(other[1].right, other[1].all * 5 / 100);
}

}  // namespace
}  // namespace masudi
