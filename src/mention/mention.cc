// Mentions: one for each noun or pronoun that heads a phrase; clusters by name, surname, head noun and pronoun agreement.
#include "masudi/mention.h"

#include <algorithm>

#include "masudi/tree.h"

namespace masudi {
const Mention* Mentions::at(std::uint32_t sentence, std::uint32_t word) const {
  const auto before = [](const Mention& m, std::pair<std::uint32_t, std::uint32_t> key) { return std::pair(m.sentence, m.head) < key; };
  const auto at = std::lower_bound(mentions.begin(), mentions.end(), std::pair(sentence, word), before);
  return at != mentions.end() && at->sentence == sentence && at->head == word ? &*at : nullptr;
}

struct MentionRules::Impl {};
MentionRules::MentionRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MentionRules::MentionRules(MentionRules&&) noexcept = default;
MentionRules& MentionRules::operator=(MentionRules&&) noexcept = default;
MentionRules::~MentionRules() = default;
Result<MentionRules> MentionRules::build(const Lexicon&) { return MentionRules(std::make_unique<Impl>()); }
namespace {

bool has(const std::string& feats, std::string_view feature) { return feats.find(feature) != std::string::npos; }

/// Words of the name that a proper noun heads.
std::string full_name(const Tree& tree, std::uint32_t head) {
  std::string out;
  for (std::uint32_t i = tree.extent(head).first; i < tree.extent(head).last; ++i) {
    const bool part = i == head || (tree.word(i).head == static_cast<std::int32_t>(head) && tree.word(i).upos == "PROPN" &&
                                    (tree.has_relation(i, "flat") || tree.has_relation(i, "compound")));
    if (part) out += (out.empty() ? "" : " ") + tree.word(i).form;
  }
  return fold(out);
}

std::string last_token(const std::string& name) { return name.substr(name.rfind(' ') == std::string::npos ? 0 : name.rfind(' ') + 1); }

/// What clustering needs to know of a mention beside what it says of itself.
struct Key {
  std::string name, noun;
  bool plural = false, person = false, definite = false;
};

}  // namespace

Mentions find_mentions(const Article&, const std::vector<Sentence>& sentences, const MentionRules&) {
  Mentions out;
  std::vector<Key> keys;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    const Tree tree(sentences[s]);
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      const Word& word = tree.word(i);
      const bool noun = word.upos == "NOUN" || word.upos == "PROPN";
      if ((!noun && word.upos != "PRON") || tree.has_relation(i, "flat") || tree.has_relation(i, "goeswith")) continue;
      Mention mention;
      mention.sentence = s;
      mention.first = tree.extent(i).first;
      mention.last = tree.extent(i).last;
      mention.head = i;
      mention.span = tree.span(i);
      mention.kind = word.upos == "PROPN" ? MentionKind::name : word.upos == "PRON" ? MentionKind::pronoun : MentionKind::nominal;
      if (word.ner.size() > 2) mention.type = word.ner.substr(2);
      mention.rule = "mention.head";
      Key key;
      key.name = mention.kind == MentionKind::name ? full_name(tree, i) : "";
      key.noun = mention.kind == MentionKind::nominal ? ascii_lower(word.lemma) : "";
      key.plural = has(word.feats, "Number=Plur");
      key.person = mention.type == "PER" || has(word.feats, "Gender=Masc") || has(word.feats, "Gender=Fem");
      for (const auto c : tree.children(i))
        key.definite = key.definite || has(tree.word(c).feats, "Definite=Def") || has(tree.word(c).feats, "Poss=Yes");

      // The nearest earlier mention that fits, or a cluster of its own.
      for (std::size_t k = out.mentions.size(); k-- > 0;) {
        const Mention& earlier = out.mentions[k];
        const Key& other = keys[k];
        if (mention.kind == MentionKind::name) {
          const bool same = !key.name.empty() && key.name == other.name;
          const bool surname = earlier.type == "PER" && other.name.find(' ') != std::string::npos && last_token(other.name) == key.name;
          if (!same && !surname) continue;
          mention.coref_rule = same ? "mention.same_name" : "mention.surname";
        } else if (mention.kind == MentionKind::nominal) {
          if (!key.definite || other.noun != key.noun || other.plural != key.plural) continue;
          mention.coref_rule = "mention.same_noun";
        } else {
          if (s - earlier.sentence > 3 || !has(word.feats, "PronType=Prs") || !has(word.feats, "Person=3")) break;
          if (earlier.kind == MentionKind::pronoun && earlier.coref_rule.empty()) continue;
          const bool neuter = has(word.feats, "Gender=Neut");
          const bool fits = key.person   ? other.person
                            : key.plural ? other.plural
                                         : neuter && (earlier.type == "ORG" || earlier.type == "GPE" || earlier.type == "LOC");
          if (!fits) continue;
          mention.coref_rule = "mention.pronoun";
        }
        mention.cluster = earlier.cluster;
        break;
      }
      if (mention.coref_rule.empty()) {
        mention.cluster = static_cast<std::uint32_t>(out.clusters.size());
        out.clusters.emplace_back();
        out.clusters.back().best = static_cast<std::uint32_t>(out.mentions.size());
      }
      out.clusters[mention.cluster].mentions.push_back(static_cast<std::uint32_t>(out.mentions.size()));
      out.mentions.push_back(std::move(mention));
      keys.push_back(std::move(key));
    }
  }
  return out;
}

}  // namespace masudi
