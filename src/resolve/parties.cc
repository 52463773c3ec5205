// Noun phrases and the parties that they stand for.
#include <algorithm>

#include "masudi/resolve.h"
#include "masudi/tree.h"

namespace masudi {

namespace {

/// Does the dependent belong to the words that name its head, rather than tell more about it?
bool names_head(const Tree& tree, std::uint32_t head, std::uint32_t child) {
  const std::string& relation = tree.word(child).deprel;
  if (child < head) {
    for (const char* kept : {"det", "amod", "compound", "nummod", "nmod", "advmod", "flat", "appos"})
      if (Tree::matches(relation, kept)) return true;
    return false;
  }
  if (Tree::matches(relation, "flat") || Tree::matches(relation, "compound") || relation == "nummod") return true;
  // "father of X", "an official in the administration": the phrase that follows at once.
  return relation == "nmod" && tree.extent(child).first == head + 1;
}

}  // namespace

TextSpan noun_phrase(const Sentence& sentence, std::uint32_t word) {
  if (word >= sentence.words.size()) return {};
  const Tree tree(sentence);
  std::uint32_t first = word, last = word + 1;
  const auto& children = tree.children(word);
  for (const auto c : children)
    if (c < word && names_head(tree, word, c)) first = std::min(first, tree.extent(c).first);
  for (const auto c : children)
    if (c > word && names_head(tree, word, c)) {
      std::uint32_t end = c + 1;
      for (const auto g : tree.children(c))
        if (!tree.has_relation(g, "conj") && !tree.has_relation(g, "acl") && !tree.has_relation(g, "punct") && !tree.has_relation(g, "appos"))
          end = std::max(end, tree.extent(g).last);
      last = std::max(last, end);
    }
  return tree.span(first, last);
}

std::vector<Entity> parties_at(const Article&, const Analysis& analysis, std::uint32_t sentence, std::uint32_t word) {
  std::vector<Entity> out;
  if (sentence >= analysis.sentences.size() || word >= analysis.sentences[sentence].words.size()) return out;
  const Tree tree(analysis.sentences[sentence]);
  for (const auto conjunct : tree.conjuncts(word)) {
    const Mention* mention = analysis.mentions.at(sentence, conjunct);
    if (mention == nullptr || mention->cluster >= analysis.resolution.actors.size()) continue;
    const Actor& actor = analysis.resolution.actors[mention->cluster];
    const bool party = actor.country || actor.sector || mention->type == "PER" || mention->type == "ORG";
    if (party) out.push_back({noun_phrase(analysis.sentences[sentence], conjunct), actor.name, actor.country, actor.sector});
  }
  return out;
}

}  // namespace masudi
