#include "place_roles.h"

#include <algorithm>
#include <array>
#include <optional>

namespace masudi::place_detail {

namespace {

constexpr std::array<std::string_view, 12> slots = {"subject", "passive", "predicate", "object",   "indirect", "oblique",
                                                    "noun",    "owner",   "modifier",  "vocative", "other",    "any"};
// "agreements with Iran, Syria and Turkey", "its ally, Iran": how far up the name's own phrase the place of the whole in its clause is looked for.
constexpr int most_steps = 6;

StringSet words_of(std::string_view cell) {
  StringSet out;
  for (const auto word : split_cell(cell)) out.insert(ascii_lower(word));
  return out;
}

}  // namespace

/// Where the name stands in its sentence.
struct RoleRules::Site {
  std::string_view slot = "other";
  std::uint32_t first = 0, last = 0;
  std::string governor;                 // lemma of the verb or noun that it belongs to; "" none
  std::string preposition;              // in front of it
  std::vector<std::string> companions;  // dependents of the governor: objects, predicates, particles
};

namespace {

/// The preposition of a phrase, by its case words joined: "out of" is "out_of".
std::string preposition_of(const Tree& tree, std::uint32_t head) {
  std::string out;
  for (const auto child : tree.children(head))
    if (tree.has_relation(child, "case") && tree.word(child).xpos != "POS" && child < head) {
      out = tree.lemma(child);
      for (const auto fixed : tree.children_of(child, "fixed")) (out += '_') += tree.lemma(fixed);
    }
  return out;
}

}  // namespace

Result<RoleRules> RoleRules::build(const Lexicon& lexicon) {
  RoleRules out;
  const LexiconTable* table = lexicon.table("place_roles");
  if (table == nullptr) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const auto bad = [&](std::string message) {
      return Error{ErrorCode::malformed_input,
                   "line " + std::to_string(row.line()) + ": " + std::string(row.id()) + ": " + std::move(message),
                   std::string(table->path()),
                   {}};
    };
    Row made;
    made.id = row.id();
    made.slot = row["slot"];
    made.role = row["role"];
    if (std::find(slots.begin(), slots.end(), made.slot) == slots.end()) {
      std::string known;
      for (const auto slot : slots) known += (known.empty() ? "" : ", ") + std::string(slot);
      return bad("unknown slot \"" + made.slot + "\"; expected one of " + known);
    }
    if (made.role != "place" && made.role != "actor") return bad("unknown role \"" + made.role + "\"; expected place or actor");
    made.governors = words_of(row["governors"]);
    made.prepositions = words_of(row["prepositions"]);
    made.besides = words_of(row["with"]);
    made.company = words_of(row["sentence"]);
    out.rows_.push_back(std::move(made));
  }
  return out;
}

bool RoleRules::fits(const Row& row, const Tree& tree, const Site& site) const {
  if (row.slot != "any" && row.slot != site.slot) return false;
  if (!row.governors.empty() && !row.governors.contains(site.governor)) return false;
  if (!row.prepositions.empty() && !row.prepositions.contains(site.preposition)) return false;
  if (!row.besides.empty() &&
      std::none_of(site.companions.begin(), site.companions.end(), [&](const std::string& word) { return row.besides.contains(word); }))
    return false;
  if (!row.company.empty()) {
    bool found = false;
    for (std::uint32_t i = 0; i < tree.size() && !found; ++i)
      found = (i < site.first || i >= site.last) && (row.company.contains(tree.lemma(i)) || row.company.contains(tree.lower(i)));
    if (!found) return false;
  }
  return true;
}

Role RoleRules::role_of(const Tree& tree, std::uint32_t first, std::uint32_t last) const {
  last = std::min(last, tree.size());
  if (first >= last) return {};
  Site site;
  site.first = first;
  site.last = last;

  // The head of the name, then the head of the phrase whose place in the clause it shares: of a coordination or an apposition the first.
  std::uint32_t at = first;
  for (std::uint32_t i = first; i < last; ++i) {
    const auto up = tree.head(i);
    if (!up || *up < first || *up >= last) {
      at = i;
      break;
    }
  }
  const bool parsed = tree.head(at).has_value() || !tree.children(at).empty();
  std::string own = preposition_of(tree, at);
  for (int step = 0; step < most_steps; ++step) {
    const auto up = tree.head(at);
    if (!up) break;
    const bool shares = tree.has_relation(at, "conj") || tree.has_relation(at, "flat") ||
                        (tree.has_relation(at, "appos") && own.empty() && tree.word(*up).upos != "VERB");
    if (!shares || !own.empty()) break;
    // a clause coordinated with another is no list of names
    if (tree.word(*up).upos == "VERB" || tree.word(*up).upos == "AUX" || tree.child(at, "nsubj")) break;
    at = *up;
    own = preposition_of(tree, at);
  }
  site.preposition = own;

  const auto up = tree.head(at);
  if (up) {
    const Word& governor = tree.word(*up);
    site.governor = tree.lemma(*up);
    for (const auto child : tree.children(*up))
      if (child != at && !tree.has_relation(child, "nsubj") && !tree.has_relation(child, "conj")) {
        site.companions.emplace_back(tree.lemma(child));
        const std::string preposition = preposition_of(tree, child);
        if (!preposition.empty()) site.companions.push_back(preposition);
      }
    const bool nominal = governor.upos != "VERB" && governor.upos != "AUX";
    const std::string_view relation = tree.word(at).deprel;
    if (relation == "nsubj:pass" || (Tree::matches(relation, "nsubj") && tree.child(*up, "aux:pass")))
      site.slot = "passive";
    else if (Tree::matches(relation, "nsubj"))
      site.slot = nominal || tree.child(*up, "cop") ? "predicate" : "subject";
    else if (relation == "obj")
      site.slot = site.preposition.empty() ? "object" : "oblique";
    else if (relation == "iobj")
      site.slot = "indirect";
    else if (relation == "nmod:poss")
      site.slot = "owner";
    else if (Tree::matches(relation, "obl"))
      site.slot = site.preposition.empty() ? "other" : "oblique";
    else if (Tree::matches(relation, "nmod"))
      site.slot = site.preposition.empty() ? "modifier" : nominal ? "noun" : "oblique";
    else if (relation == "compound" || relation == "amod" || relation == "nmod")
      site.slot = "modifier";
    else if (relation == "vocative")
      site.slot = "vocative";
  } else if (!parsed) {
    // no parse: the words on either side
    if (first > 0) site.preposition = tree.lower(first - 1);
    if (!site.preposition.empty()) site.slot = "oblique";
    if (last < tree.size()) site.governor = tree.lemma(last);
  }
  for (const Row& row : rows_)
    if (fits(row, tree, site)) return {row.role, row.id};
  return {"place", "place.role"};
}

}  // namespace masudi::place_detail
