#include "masudi/coverage.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "masudi/tree.h"

namespace masudi {

namespace {

bool is_political(const Entity& entity, const std::set<std::string, std::less<>>& sectors) {
  if (!entity.sector) return entity.country.has_value();
  return sectors.count(*entity.sector) != 0;
}

std::set<std::string, std::less<>> cell_set(const Lexicon& lexicon, const char* table_name, const char* key, std::string_view wanted,
                                            const char* column) {
  std::set<std::string, std::less<>> out;
  if (const auto* table = lexicon.table(table_name))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      if (wanted.empty() || table->row(i)[key] == wanted)
        for (const auto part : split_cell(table->row(i)[column])) out.emplace(part);
  return out;
}

}  // namespace

void count_predicates(const Reading& reading, PredicateCounts& counts) {
  static const std::set<std::string, std::less<>> sectors{"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PTY", "OPP", "REB", "UAF", "IGO", "ELI"};
  for (std::uint32_t s = 0; s < reading.analysis.sentences.size(); ++s) {
    const Sentence& sentence = reading.analysis.sentences[s];
    const Tree tree(sentence);
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      if (tree.word(i).upos != "VERB") continue;
      bool political = false;
      for (const auto c : tree.children(i)) {
        if (!tree.has_relation(c, "nsubj") && !tree.has_relation(c, "obj") && !tree.has_relation(c, "iobj")) continue;
        for (const auto& entity : parties_at(reading.article, reading.analysis, s, c)) political = political || is_political(entity, sectors);
      }
      if (!political) continue;
      const std::string lemma = ascii_lower(tree.word(i).lemma);
      if (lemma.size() > 1 && std::all_of(lemma.begin(), lemma.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; })) ++counts[lemma];
    }
  }
}

Coverage coverage_of(const PredicateCounts& counts, const Lexicon& lexicon, std::size_t most) {
  std::set<std::string, std::less<>> known;
  if (const auto* table = lexicon.table("events"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      if (row["pos"] == "verb") known.emplace(row["lemma"].substr(0, row["lemma"].find('_')));
    }
  const auto plain = cell_set(lexicon, "event_plain", "id", "", "lemmas");
  std::vector<std::pair<std::uint64_t, std::string>> ranked;
  for (const auto& [lemma, count] : counts)
    if (!plain.count(lemma) || known.count(lemma)) ranked.emplace_back(count, lemma);
  std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return std::tie(b.first, a.second) < std::tie(a.first, b.second); });
  if (ranked.size() > most) ranked.resize(most);
  Coverage out;
  for (const auto& [count, lemma] : ranked) {
    ++out.lemmas;
    out.uses += count;
    if (known.count(lemma)) {
      ++out.covered_lemmas;
      out.covered_uses += count;
    } else {
      out.missing.push_back({lemma, count});
    }
  }
  return out;
}

std::vector<RowConflict> find_conflicts(const Lexicon& lexicon) {
  std::vector<RowConflict> out;
  const auto* table = lexicon.table("events");
  if (table == nullptr) return out;
  std::map<std::string, std::uint32_t> seen;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const auto row = table->row(i);
    auto needs = split_cell(row["needs"], ' ');
    std::sort(needs.begin(), needs.end());
    std::string key = std::string(row["lemma"]) + "\t" + std::string(row["pos"]);
    for (const auto need : needs) key += "\t" + std::string(need);
    const auto [at, fresh] = seen.emplace(key, i);
    if (fresh) continue;
    const auto first = table->row(at->second);
    const bool same = first["type"] == row["type"] && first["mode"] == row["mode"];
    out.push_back(
        {std::string(table->path()), std::string(first.id()), std::string(row.id()),
         same ? "the same word with the same needs and type: it never fires" : "the same word with the same needs, but another type or mode",
         row.line()});
  }
  return out;
}

}  // namespace masudi
