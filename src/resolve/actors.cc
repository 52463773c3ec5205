// Actors: what a phrase says of its party (name, office, country), gathered over the mentions of a cluster.
#include <algorithm>
#include <unordered_map>

#include "masudi/tree.h"
#include "resolve_impl.h"

namespace masudi {

namespace {

struct Known {
  std::string name, country, sector, rule;
};

struct Tables final : ActorRules {
  std::unordered_map<std::string, Known> names;      ///< folded name -> body, country, person
  std::unordered_map<std::string, Known> countries;  ///< folded country name, adjective, people -> country
  std::unordered_map<std::string, Known> offices;    ///< lemma -> sector
};

std::string optional_cell(std::string_view cell) { return std::string(cell); }

/// What one mention says.
struct Evidence {
  std::string name, country, sector, rule;
};

const Known* find(const std::unordered_map<std::string, Known>& table, const std::string& key) {
  const auto at = table.find(key);
  return at == table.end() ? nullptr : &at->second;
}

Evidence evidence_of(const Sentence& sentence, const Mention& mention, const Tables& tables) {
  const Tree tree(sentence);
  const TextSpan phrase = noun_phrase(sentence, mention.head);
  Evidence out;
  std::string longest, personal;
  std::vector<std::uint32_t> words;
  for (std::uint32_t i = mention.first; i < mention.last && i < tree.size(); ++i)
    if (phrase.contains(tree.word(i).span) || (i > mention.head && tree.has_relation(i, "appos") && tree.head(i) == mention.head)) words.push_back(i);
  const auto office = [&](std::uint32_t i) { return find(tables.offices, ascii_lower(tree.word(i).lemma)); };
  for (const auto i : words) {
    const bool own = i == mention.head || tree.has_relation(i, "flat") || tree.has_relation(i, "compound") || tree.has_relation(i, "nmod:desc");
    if (own && tree.word(i).upos == "PROPN" && office(i) == nullptr && find(tables.countries, fold(tree.word(i).form)) == nullptr)
      personal += (personal.empty() ? "" : " ") + tree.word(i).form;
  }
  // A name of the tables: runs of words of the phrase, the longest first.
  for (std::size_t size = std::min<std::size_t>(words.size(), 5); size > 0 && longest.empty(); --size)
    for (std::size_t i = 0; i + size <= words.size(); ++i) {
      if (words[i + size - 1] - words[i] + 1 != size || words[i] > mention.head || words[i + size - 1] < mention.head) continue;
      std::string run;
      for (std::size_t k = i; k < i + size; ++k) run += (k > i ? " " : "") + tree.word(words[k]).form;
      const Known* known = find(tables.names, fold(run));
      const bool place = known == nullptr;
      if (place) known = find(tables.countries, fold(run));
      if (known == nullptr || tree.word(mention.head).upos == "ADJ") continue;
      longest = run;
      out = {known->name, known->country, known->sector, known->rule};
      break;
    }
  // An office: the head, its title, or what stands in apposition.
  if (out.sector.empty()) {
    const Known* best = office(mention.head);
    for (const auto i : words)
      if (best == nullptr && i != mention.head && tree.head(i) == mention.head && !tree.has_relation(i, "nmod:poss") && !tree.has_relation(i, "case"))
        best = office(i);
    for (const auto i : words)  // "an army spokesman", "the police chief"
      if (best == nullptr && tree.has_relation(i, "compound")) best = office(i);
    if (best != nullptr) {
      out.sector = best->sector;
      out.rule = best->rule;
    }
  }
  // A country: any adjective, compound or name of the phrase.
  if (longest.empty())
    for (const auto i : words) {
      const Known* known = find(tables.countries, fold(tree.word(i).form));
      if (known == nullptr) continue;
      out.country = known->country;
      if (out.rule.empty()) out.rule = known->rule;
      break;
    }
  if (out.name.empty() && mention.kind == MentionKind::name && (mention.type == "PER" || mention.type == "ORG")) out.name = personal;
  return out;
}

}  // namespace

Result<std::unique_ptr<ActorRules>> ActorRules::build(const Lexicon& lexicon, const Lexicon& gazetteer) {
  auto out = std::make_unique<Tables>();
  const auto put = [](auto& table, std::string_view key, const Known& known) {
    if (!key.empty()) table.emplace(fold(key), known);
  };
  if (const auto* actors = lexicon.table("actors"))
    for (std::uint32_t i = 0; i < actors->size(); ++i) {
      const auto row = actors->row(i);
      const Known known{optional_cell(row["name"]), optional_cell(row["country"]), optional_cell(row["sector"]), std::string(row.id())};
      put(out->names, row["name"], known);
      for (const auto alias : split_cell(row["aliases"])) put(out->names, alias, known);
    }
  if (const auto* countries = gazetteer.table("countries"))
    for (std::uint32_t i = 0; i < countries->size(); ++i) {
      const auto row = countries->row(i);
      const Known known{std::string(row["name"]), std::string(row["alpha3"]), "GOV", std::string(row.id())};
      put(out->countries, row["name"], known);
      put(out->countries, row["capital"], known);
      for (const char* column : {"names", "adjectives", "people"})
        for (const auto name : split_cell(row[column])) put(out->countries, name, known);
    }
  if (const auto* facilities = gazetteer.table("facilities"))
    for (std::uint32_t i = 0; i < facilities->size(); ++i) {
      const auto row = facilities->row(i);
      if (row["sector"].empty()) continue;
      put(out->countries, row["name"], {std::string(row["name"]), std::string(row["country"]), std::string(row["sector"]), std::string(row.id())});
    }
  if (const auto* offices = lexicon.table("offices"))
    for (std::uint32_t i = 0; i < offices->size(); ++i) {
      const auto row = offices->row(i);
      out->offices.emplace(std::string(row["lemma"]), Known{"", "", std::string(row["sector"]), std::string(row.id())});
    }
  return std::unique_ptr<ActorRules>(std::move(out));
}

void resolve_actors(const Article&, const std::vector<Sentence>& sentences, const Mentions& mentions, const ActorRules& rules, Resolution& out) {
  const auto& tables = static_cast<const Tables&>(rules);
  out.actors.resize(mentions.clusters.size());
  const auto fill = [](std::optional<std::string>& field, const std::string& value) {
    if (!field && !value.empty()) field = value;
  };
  for (const Mention& mention : mentions.mentions) {
    if (mention.kind == MentionKind::pronoun || mention.cluster >= out.actors.size() || mention.sentence >= sentences.size()) continue;
    const Evidence evidence = evidence_of(sentences[mention.sentence], mention, tables);
    Actor& actor = out.actors[mention.cluster];
    fill(actor.country, evidence.country);
    fill(actor.sector, evidence.sector);
    if (!evidence.name.empty() && (!actor.name || evidence.name.size() > actor.name->size())) actor.name = evidence.name;
    if (actor.rule.empty()) actor.rule = evidence.rule;
  }
}

}  // namespace masudi
