// A sentence's dependency tree as lines of text: one word a line, dependents before and behind their head where they stand.
#include <algorithm>

#include "masudi/pipeline.h"
#include "masudi/tree.h"

namespace masudi {

namespace {

constexpr std::size_t deepest = 40;  // levels that are drawn; words below stand at the last

/// Columns that a text takes on a terminal, near enough: one a character.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string out(text);
  for (std::size_t at = width(text); at < columns; ++at) out += ' ';
  return out;
}

/// Control characters would move the cursor.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return out;
}

/// A word and the lines that lead to it from its head.
struct Line {
  std::uint32_t word = 0;
  std::string drawing;
};

/// The words with dependents before and behind their head, as they stand: for a projective tree, the order of the sentence.
/// Not recursive: the depth of a tree that was read from CoNLL-U has no limit.
std::vector<Line> lines_of(const Tree& tree) {
  struct Visit {
    std::uint32_t word = 0;
    std::size_t depth = 0;
    std::string bars;                      ///< of the levels above its head, the same for all lines below it
    std::string_view branch, over, under;  ///< at its head's level: on its own line, on the lines of its dependents before and behind it
    bool expanded = false;
  };
  std::vector<Line> out;
  std::vector<Visit> stack;
  for (std::uint32_t w = tree.size(); w-- > 0;)
    if (!tree.head(w)) stack.push_back({w, 0, "", "", "", "", false});
  while (!stack.empty()) {
    Visit visit = std::move(stack.back());
    stack.pop_back();
    const auto& children = tree.children(visit.word);
    if (visit.expanded || children.empty()) {
      out.push_back({visit.word, visit.bars + std::string(visit.branch)});
      continue;
    }
    // The last pushed comes first: so dependents behind the word, the word, dependents before it, each from the right.
    const auto first_behind = std::partition_point(children.begin(), children.end(), [&](std::uint32_t c) { return c < visit.word; });
    const std::string over = visit.depth < deepest ? visit.bars + std::string(visit.over) : visit.bars;
    const std::string under = visit.depth < deepest ? visit.bars + std::string(visit.under) : visit.bars;
    for (auto child = children.end(); child != first_behind;) {
      const bool last = child == children.end();
      --child;
      stack.push_back({*child, visit.depth + 1, under, last ? "└─" : "├─", "│ ", last ? "  " : "│ ", false});
    }
    const std::size_t depth = visit.depth + 1;
    visit.expanded = true;
    stack.push_back(std::move(visit));
    for (auto child = first_behind; child != children.begin();) {
      --child;
      const bool outermost = child == children.begin();
      stack.push_back({*child, depth, over, outermost ? "┌─" : "├─", outermost ? "  " : "│ ", "│ ", false});
    }
  }
  return out;
}

}  // namespace

std::string annotation_to_tree(const Reading& reading) {
  const Article& article = reading.article;
  std::string out = printable(article.title.value_or(article.id)) + "\n";
  std::size_t number = 0;
  for (const Sentence& sentence : reading.analysis.sentences) {
    out += "\n" + std::to_string(++number) + "  " + printable(article.slice(sentence.span)) + "\n\n";
    std::vector<std::string> names(sentence.words.size());
    for (const NamedEntity& entity : named_entities(sentence)) names[entity.first] = entity.label + " " + printable(article.slice(entity.span));
    const Tree tree(sentence);
    const std::vector<Line> lines = lines_of(tree);
    std::size_t widest = 0;
    for (const Line& line : lines) widest = std::max(widest, width(line.drawing) + width(tree.word(line.word).form));
    for (const Line& line : lines) {
      const Word& word = tree.word(line.word);
      const std::string id = std::to_string(line.word + 1);
      std::string text = std::string(id.size() < 4 ? 4 - id.size() : 0, ' ') + id + "  " +
                         padded(line.drawing + printable(word.form), std::min<std::size_t>(widest, 60));
      text += "  " + padded(word.upos, 5) + "  " + padded(word.deprel, names[line.word].empty() ? 0 : 12);
      if (!names[line.word].empty()) text += "  " + names[line.word];
      while (text.ends_with(' ')) text.pop_back();
      out += text + "\n";
    }
  }
  return out;
}

}  // namespace masudi
