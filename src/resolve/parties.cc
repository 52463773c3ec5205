// Noun phrases and the parties that they stand for.
#include <algorithm>

#include "masudi/resolve.h"

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

namespace {

bool is_place(const Word& word) { return word.ner.ends_with("GPE") || word.ner.ends_with("LOC"); }

/// "Everett, Washington": the division or country behind a place belongs to its name.
bool completes_place(const Tree& tree, std::uint32_t head, std::uint32_t child) {
  const std::string& relation = tree.word(child).deprel;
  return is_place(tree.word(head)) && is_place(tree.word(child)) && tree.word(child).upos == "PROPN" && !tree.child(child, "case") &&
         (relation == "appos" || Tree::matches(relation, "nmod")) && tree.extent(child).first <= head + 2;
}

/// A clause behind a noun that says what it does, not which it is: "Apple [to give cases away]", "the board [stating]".
bool tells(const Tree& tree, std::uint32_t child) {
  return tree.has_relation(child, "acl") && (tree.word(child).xpos == "VB" || tree.word(child).xpos == "VBG" || tree.child(child, "mark"));
}

/// May the dependent before its head be a word of its phrase? No clause, nor a word of the clause that the phrase stands in.
bool stands_in_phrase(const Tree& tree, std::uint32_t child) {
  for (const char* kept : {"det", "amod", "compound", "nummod", "nmod", "flat", "advmod", "appos", "goeswith"})
    if (tree.has_relation(child, kept)) return true;
  return false;
}

/// "General Motors [for 33 years]": behind a name, a phrase that is no part of it tells when or how much, but for "of" ("the government of Canada").
bool follows_name(const Tree& tree, const Mention& mention, std::uint32_t child) {
  if (mention.name_last <= mention.name_first || tree.extent(child).first < mention.name_last) return true;
  const auto preposition = tree.child(child, "case");
  return preposition && tree.lemma(*preposition) == "of";
}

}  // namespace

TextSpan mention_span(const Tree& tree, const Mention& mention) {
  const std::uint32_t head = mention.head;
  if (head >= tree.size()) return mention.span;
  std::uint32_t first = head, last = head + 1;
  for (const auto c : tree.children(head)) {
    const auto extent = tree.extent(c);
    if (c < head) {
      if (stands_in_phrase(tree, c)) first = std::min(first, extent.first);
      continue;
    }
    if (completes_place(tree, head, c)) {
      last = std::max(last, c + 1);
      continue;
    }
    if (tree.has_relation(c, "conj") || tree.has_relation(c, "cc") || tree.has_relation(c, "punct") || tree.has_relation(c, "appos") ||
        tree.has_relation(c, "parataxis") || tree.has_relation(c, "acl:relcl") || tree.has_relation(c, "case") || tree.has_relation(c, "obl") ||
        tree.has_relation(c, "advcl") || tree.has_relation(c, "ccomp") || tells(tree, c) || !follows_name(tree, mention, c))
      continue;
    last = std::max(last, extent.last);
  }
  // "[the US carmaker] Ford": the article and the modifiers hang on the name.
  if (const auto name = tree.head(head); name && *name > head && tree.has_relation(head, "compound") && tree.word(*name).upos == "PROPN")
    for (const auto c : tree.children(*name))
      if (c < head) first = std::min(first, tree.extent(c).first);
  // "just over 50,000 people", "also banks": a word of the clause that hangs in the phrase is none of it.
  while (first < head && (tree.word(first).upos == "ADV" || tree.word(first).upos == "ADP" || tree.word(first).upos == "CCONJ" ||
                          tree.word(first).upos == "SCONJ" || tree.word(first).upos == "PUNCT" || tree.word(first).upos == "PART"))
    ++first;
  return tree.span(first, last);
}

TextSpan noun_phrase(const Tree& tree, std::uint32_t word) {
  if (word >= tree.size()) return {};
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

namespace {

/// May the cluster act? A country's adjective alone does ("the Saudi side"), a thing or a time does not.
bool acts(const Actor& actor, const Mention& mention) { return actor.sector || mention.type == "PER" || mention.type == "ORG"; }

}  // namespace

std::vector<Entity> parties_at(const Article&, const Analysis& analysis, std::uint32_t sentence, std::uint32_t word) {
  std::vector<Entity> out;
  if (sentence >= analysis.trees.size() || word >= analysis.trees[sentence].size()) return out;
  const Tree& tree = analysis.trees[sentence];
  const auto& actors = analysis.resolution.actors;
  const auto& clusters = analysis.mentions.clusters;
  for (const auto conjunct : tree.conjuncts(word)) {
    const Mention* mention = analysis.mentions.at(sentence, conjunct);
    if (mention == nullptr || mention->cluster >= actors.size()) continue;
    TextSpan phrase = noun_phrase(tree, conjunct);
    if (mention->name_last > mention->name_first) {
      // All of the name, where the parser broke it.
      const TextSpan name = tree.span(mention->name_first, mention->name_last);
      phrase = {std::min(phrase.begin, name.begin), std::max(phrase.end, name.end)};
    }
    // A plural that stands for several gives one entity each, with the same words.
    const Actor& actor = actors[mention->cluster];
    bool members = false;
    if (clusters[mention->cluster].members.size() > 1)
      for (const auto member : clusters[mention->cluster].members) {
        if (member >= actors.size() || !actors[member].sector) continue;
        out.push_back({phrase, actors[member].name, actors[member].country, actors[member].sector});
        members = true;
      }
    if (!members && acts(actor, *mention)) out.push_back({phrase, actor.name, actor.country, actor.sector});
  }
  return out;
}

namespace {

/// Is it somebody or somewhere, rather than a thing?
bool is_party(const Actor& actor) {
  if (actor.sector) return true;
  if (!actor.name) return false;
  for (const char* type : {"PER", "ORG", "GPE", "LOC", "FAC", "NORP"})
    if (actor.type == type) return true;
  return false;
}

/// A mention that refers by itself: no noun that only says of what kind another is ("[government] plan"), but one that a name follows ("[carmaker]
/// Ford").
bool refers(const Analysis& analysis, const Mention& mention) {
  const auto& words = analysis.sentences[mention.sentence].words;
  const Word& word = words[mention.head];
  if (mention.kind != MentionKind::nominal || word.deprel != "compound" || word.head < 0) return true;
  return words[static_cast<std::size_t>(word.head)].upos == "PROPN";
}

/// The parts of "[Kenyan army chief] [Otto Haber]" by themselves: what somebody is, where those words speak of another party too and are no
/// mention already, and the name.
std::vector<TextSpan> role_and_name(const Analysis& analysis, const Mention& mention, TextSpan whole) {
  if (mention.kind != MentionKind::name || mention.name_last <= mention.name_first) return {};
  const Tree& tree = analysis.trees[mention.sentence];
  std::uint32_t first = mention.name_first;
  while (first > 0 && tree.word(first - 1).span.begin >= whole.begin) --first;
  if (first == mention.name_first || (tree.word(mention.name_first - 1).upos != "NOUN" && tree.word(mention.name_first - 1).upos != "PROPN"))
    return {};
  bool another = false, own = false;
  const auto& mentions = analysis.mentions.mentions;
  const auto before = [](const Mention& m, std::pair<std::uint32_t, std::uint32_t> key) { return std::pair(m.sentence, m.head) < key; };
  for (auto at = std::lower_bound(mentions.begin(), mentions.end(), std::pair(mention.sentence, first), before);
       at != mentions.end() && at->sentence == mention.sentence && at->head < mention.name_first; ++at)
    (at->cluster == mention.cluster ? own : another) = true;
  if (!another) return {};
  std::vector<TextSpan> out;
  if (!own) out.push_back(tree.span(first, mention.name_first));
  out.push_back(tree.span(mention.name_first, mention.name_last));
  return out;
}

template <class Visit>
void each_party(const Analysis& analysis, Visit&& visit) {
  const auto& clusters = analysis.mentions.clusters;
  std::vector<std::uint32_t> order;
  for (std::uint32_t c = 0; c < clusters.size() && c < analysis.resolution.actors.size(); ++c)
    if (is_party(analysis.resolution.actors[c]) && std::any_of(clusters[c].mentions.begin(), clusters[c].mentions.end(),
                                                               [&](auto m) { return refers(analysis, analysis.mentions.mentions[m]); }))
      order.push_back(c);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return clusters[a].mentions.front() < clusters[b].mentions.front(); });
  for (const auto c : order) visit(c);
}

}  // namespace

std::vector<Party> parties(const Analysis& analysis) {
  std::vector<Party> out;
  const auto given = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
  each_party(analysis, [&](std::uint32_t c) {
    const Actor& actor = analysis.resolution.actors[c];
    Party party{
        "a" + std::to_string(out.size() + 1), given(actor.id), given(actor.type), actor.name, actor.country, actor.sector, {}, {actor.rule, {}}};
    for (const auto m : analysis.mentions.clusters[c].mentions) {
      const Mention& mention = analysis.mentions.mentions[m];
      if (!refers(analysis, mention)) continue;
      const TextSpan whole = mention_span(analysis.trees[mention.sentence], mention);
      party.mentions.push_back(whole);
      for (const TextSpan part : role_and_name(analysis, mention, whole)) party.mentions.push_back(part);
    }
    out.push_back(std::move(party));
  });
  return out;
}

std::vector<std::vector<Candidate>> party_candidates(const Analysis& analysis) {
  std::vector<std::vector<Candidate>> out;
  each_party(analysis, [&](std::uint32_t c) { out.push_back(analysis.resolution.actors[c].candidates); });
  return out;
}

std::vector<std::vector<ActorEvidence>> party_evidence(const Analysis& analysis) {
  std::vector<std::vector<ActorEvidence>> out;
  each_party(analysis, [&](std::uint32_t c) { out.push_back(analysis.resolution.actors[c].evidence); });
  return out;
}

}  // namespace masudi
