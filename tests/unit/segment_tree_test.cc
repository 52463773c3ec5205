#include <gtest/gtest.h>

#include <sstream>

#include "masudi/tree.h"

namespace masudi {
namespace {

/// Words of "form lemma head deprel", heads from 1, 0 for the root.
Sentence parsed(const std::string& words) {
  Sentence out;
  std::istringstream cells(words);
  Word word;
  std::uint32_t at = 0;
  while (cells >> word.form >> word.lemma >> word.head >> word.deprel) {
    --word.head;
    word.upos = word.deprel == "punct" ? "PUNCT" : "X";
    word.span = {at, at + static_cast<std::uint32_t>(word.form.size())};
    at = word.span.end + 1;
    out.words.push_back(word);
  }
  return out;
}

std::string list(std::span<const std::uint32_t> words) {
  std::string out;
  for (const auto i : words) out += std::to_string(i) + " ";
  return out;
}

TEST(Tree, ChildrenSubtreesAndConjuncts) {
  const Sentence sentence = parsed("The the 2 det men man 6 nsubj , , 4 punct women woman 2 conj too too 4 advmod left leave 0 root . . 6 punct");
  const Tree tree(sentence);
  EXPECT_EQ(list(tree.children(5)), "1 6 ");
  EXPECT_EQ(list(tree.children(1)), "0 3 ");
  EXPECT_EQ(list(tree.children(0)), "");
  EXPECT_EQ(tree.head(1), 5U);
  EXPECT_FALSE(tree.head(5));
  EXPECT_EQ(tree.extent(1).first, 0U);
  EXPECT_EQ(tree.extent(1).last, 5U);
  EXPECT_EQ(tree.span(5), (TextSpan{0, sentence.words[5].span.end}));  // without the full stop
  EXPECT_EQ(list(tree.conjuncts(1)), "1 3 ");
  EXPECT_EQ(tree.child(5, "nsubj"), 1U);
  EXPECT_FALSE(tree.child(5, "obj"));
  EXPECT_TRUE(tree.dominates(5, 4));
  EXPECT_FALSE(tree.dominates(3, 0));
}

TEST(Tree, RelationsMatchTheirSubtypes) {
  EXPECT_TRUE(Tree::matches("nsubj", "nsubj"));
  EXPECT_TRUE(Tree::matches("nsubj:pass", "nsubj"));
  EXPECT_FALSE(Tree::matches("nsubj", "nsubj:pass"));
  EXPECT_FALSE(Tree::matches("nsubjx", "nsubj"));
  EXPECT_FALSE(Tree::matches("", "nsubj"));
}

TEST(Tree, WordsAsTablesAreAskedForThem) {
  const Tree tree = [] {
    static const Sentence sentence = parsed("Vowed VOW 0 root MÜNCHEN _ 1 obj It’s it 1 obj plain plain 1 obj");
    Tree made(sentence);
    return made;  // moved or not, its words stay
  }();
  EXPECT_EQ(tree.lower(0), "vowed");
  EXPECT_EQ(tree.lemma(0), "vow");
  EXPECT_EQ(tree.folded(0), "vowed");
  EXPECT_EQ(tree.lower(1), "mÜnchen");  // ASCII only
  EXPECT_EQ(tree.lemma(1), "mÜnchen");  // no lemma
  EXPECT_EQ(tree.folded(1), "munchen");
  EXPECT_EQ(tree.folded(2), "it's");
  EXPECT_EQ(tree.lemma(3), "plain");
}

TEST(Tree, BrokenTreesEnd) {
  Sentence sentence = parsed("a a 2 x b b 1 x c c 3 x d d 900 x");  // a circle, a word under itself, a head that is not there
  const Tree tree(sentence);
  EXPECT_EQ(list(tree.children(0)), "1 ");
  EXPECT_EQ(list(tree.children(2)), "");
  EXPECT_FALSE(tree.head(2));
  EXPECT_FALSE(tree.head(3));
  EXPECT_TRUE(tree.dominates(0, 1));
  EXPECT_FALSE(tree.dominates(2, 0));
  sentence.words.clear();
  EXPECT_EQ(Tree(sentence).size(), 0U);
}

TEST(Tree, OneForEachSentenceEvenWhenBothMove) {
  std::vector<Sentence> sentences = {parsed("Go go 0 root"), parsed("Stay stay 0 root")};
  std::vector<Tree> trees = trees_of(sentences);
  const std::vector<Sentence> moved = std::move(sentences);
  const std::vector<Tree> moved_trees = std::move(trees);
  ASSERT_EQ(moved_trees.size(), 2U);
  EXPECT_EQ(&moved_trees[1].sentence(), &moved[1]);
  EXPECT_EQ(moved_trees[1].lemma(0), "stay");
}

}  // namespace
}  // namespace masudi
