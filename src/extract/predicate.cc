#include "predicate.h"

#include <algorithm>

namespace masudi {

namespace {

// Chains of control and coordination are short; a limit keeps a cyclic tree out of hostile CoNLL-U from looping.
constexpr int deepest = 8;

bool is_verb(const Tree& tree, std::uint32_t i) { return tree.word(i).upos == "VERB" || tree.word(i).upos == "AUX"; }

void append(std::vector<std::uint32_t>& out, const std::vector<std::uint32_t>& more) {
  for (const auto i : more)
    if (std::find(out.begin(), out.end(), i) == out.end()) out.push_back(i);
}

/// who, which, that as the subject or object of a relative clause: stands for the noun that the clause modifies.
bool is_relative_pronoun(const Tree& tree, std::uint32_t i) { return tree.word(i).xpos == "WP" || tree.word(i).xpos == "WDT"; }

std::vector<std::uint32_t> with_antecedent(const Tree& tree, std::uint32_t clause, std::vector<std::uint32_t> fillers) {
  for (auto& filler : fillers)
    if (is_relative_pronoun(tree, filler) && tree.has_relation(clause, "acl"))
      if (const auto noun = tree.head(clause)) filler = *noun;
  return fillers;
}

bool by_agent(const Tree& tree, const Oblique& oblique) { return ascii_lower(tree.word(oblique.preposition).form) == "by"; }

std::vector<std::uint32_t> own_subjects(const Tree& tree, std::uint32_t predicate, bool passive) {
  std::vector<std::uint32_t> out;
  for (const auto c : tree.children(predicate)) {
    const auto& relation = tree.word(c).deprel;
    if (!passive && (relation == "nsubj" || relation == "nsubj:outer")) out.push_back(c);
    if (passive && relation == "obl:agent") out.push_back(c);
    if (passive && relation == "obl")
      if (const auto preposition = case_of(tree, c); preposition && by_agent(tree, {c, *preposition})) out.push_back(c);
  }
  return with_antecedent(tree, predicate, out);
}

std::vector<std::uint32_t> own_objects(const Tree& tree, std::uint32_t predicate, bool passive) {
  std::vector<std::uint32_t> out;
  for (const auto c : tree.children(predicate)) {
    const auto& relation = tree.word(c).deprel;
    if (relation == "obj" || (passive && (relation == "nsubj:pass" || relation == "nsubj"))) out.push_back(c);
  }
  return with_antecedent(tree, predicate, out);
}

/// What stands in the place of the surface subject ("the general was asked to leave": the general).
std::vector<std::uint32_t> surface_subjects(const Tree& tree, std::uint32_t predicate, int depth);

/// The subject that a clause without its own borrows from the words around it.
std::vector<std::uint32_t> borrowed_subjects(const Tree& tree, std::uint32_t predicate, int depth) {
  if (depth > deepest) return {};
  const auto up = tree.head(predicate);
  if (!up) return {};
  const Word& word = tree.word(predicate);
  if (tree.has_relation(predicate, "acl")) {
    if (is_verb(tree, predicate) && word.xpos == "VBN") return {};  // "houses bombed by": the noun is the object
    const bool infinitive = tree.child(predicate, "mark").has_value() && word.xpos == "VB";
    if (!infinitive) return {*up};  // "a man carrying", "the group that"
    // "its plan to send", "reached an agreement to end": whoever has the noun
    std::vector<std::uint32_t> out = tree.children_of(*up, "nmod:poss");
    if (!out.empty()) return out;
    if (const auto verb = tree.head(*up); verb && (tree.has_relation(*up, "obj") || tree.has_relation(*up, "obl")))
      return surface_subjects(tree, *verb, depth + 1);
    return {};
  }
  if (word.deprel == "xcomp") {
    // Object control ("urged Iran to stop") before subject control ("agreed to stop").
    if (!is_passive(tree, *up)) {
      const auto controlled = own_objects(tree, *up, false);
      if (!controlled.empty() && is_verb(tree, *up)) return controlled;
      if (const auto told = tree.child(*up, "iobj")) return {*told};
    }
    return surface_subjects(tree, *up, depth + 1);
  }
  if (tree.has_relation(predicate, "conj") || tree.has_relation(predicate, "advcl") || word.deprel == "ccomp" || word.deprel == "csubj")
    return is_verb(tree, *up) || tree.child(*up, "nsubj") ? surface_subjects(tree, *up, depth + 1) : std::vector<std::uint32_t>{};
  return {};
}

std::vector<std::uint32_t> surface_subjects(const Tree& tree, std::uint32_t predicate, int depth) {
  std::vector<std::uint32_t> out = tree.children_of(predicate, "nsubj");
  if (!out.empty()) return with_antecedent(tree, predicate, out);
  return borrowed_subjects(tree, predicate, depth);
}

void noun_arguments(const Tree& tree, std::uint32_t noun, Arguments& out) {
  for (const auto c : tree.children(noun)) {
    const Word& child = tree.word(c);
    if (child.deprel == "nmod:poss") out.subjects.push_back(c);
    if (tree.has_relation(c, "nmod") && child.deprel != "nmod:poss") {
      const auto preposition = case_of(tree, c);
      if (!preposition) continue;
      out.obliques.push_back({c, *preposition});
      const std::string form = ascii_lower(tree.word(*preposition).form);
      if (form == "by") out.subjects.push_back(c);
      if (form == "of" || form == "on" || form == "against" || form == "to" || form == "at") out.objects.push_back(c);
    }
  }
  if (out.subjects.empty())
    for (const auto c : tree.children(noun)) {
      const Word& child = tree.word(c);
      const bool names = child.upos == "PROPN" || (child.deprel == "amod" && !child.form.empty() && child.form[0] >= 'A' && child.form[0] <= 'Z');
      if ((child.deprel == "compound" || child.deprel == "amod" || child.deprel == "nmod") && names) out.subjects.push_back(c);
    }
  out.subject_is_local = !out.subjects.empty();
  if (!out.subjects.empty()) return;
  // A light verb lends its subject: "reached an agreement", "is carrying out strikes", "US forces are under attack" lends an object instead.
  const auto verb = tree.head(noun);
  if (!verb) return;
  if (tree.has_relation(noun, "obj") && is_verb(tree, *verb)) append(out.subjects, surface_subjects(tree, *verb, 0));
  if (tree.has_relation(noun, "nsubj") && is_passive(tree, *verb)) append(out.subjects, own_subjects(tree, *verb, true));
}

}  // namespace

std::optional<std::uint32_t> case_of(const Tree& tree, std::uint32_t word) { return tree.child(word, "case"); }

bool is_passive(const Tree& tree, std::uint32_t predicate) {
  for (const auto c : tree.children(predicate))
    if (tree.word(c).deprel == "aux:pass" || tree.word(c).deprel == "nsubj:pass") return true;
  const Word& word = tree.word(predicate);
  if (word.upos != "VERB" || word.xpos != "VBN") return false;
  for (const auto c : tree.children(predicate))
    if (tree.has_relation(c, "aux")) return false;
  return word.deprel == "acl" || word.deprel == "advcl" || word.deprel == "amod" ||
         (tree.has_relation(predicate, "acl") && !tree.child(predicate, "nsubj"));
}

Arguments arguments_of(const Tree& tree, std::uint32_t predicate) {
  Arguments out;
  if (predicate >= tree.size()) return out;
  if (!is_verb(tree, predicate) && !tree.child(predicate, "nsubj")) {
    noun_arguments(tree, predicate, out);
    return out;
  }
  out.passive = is_passive(tree, predicate);
  out.subjects = own_subjects(tree, predicate, out.passive);
  out.objects = own_objects(tree, predicate, out.passive);
  out.subject_is_local = !out.subjects.empty();
  for (const auto c : tree.children(predicate)) {
    const Word& child = tree.word(c);
    if (tree.has_relation(c, "obl") || tree.has_relation(c, "nmod")) out.obliques.push_back({c, case_of(tree, c).value_or(c)});
    if (child.deprel == "iobj" && !out.indirect) out.indirect = c;
    if ((child.deprel == "ccomp" || child.deprel == "xcomp") && !out.clause) out.clause = c;
  }
  if (!out.passive && out.subjects.empty()) out.subjects = borrowed_subjects(tree, predicate, 0);
  if (out.passive && out.objects.empty()) {
    const auto up = tree.head(predicate);
    if (up && (tree.has_relation(predicate, "acl") || tree.word(predicate).deprel == "amod"))
      out.objects.push_back(*up);
    else
      out.objects = borrowed_subjects(tree, predicate, 0);
  }
  // The gap of a relative clause: "the deal that Iran signed".
  if (!out.passive && out.objects.empty() && tree.word(predicate).deprel == "acl:relcl" && out.subject_is_local)
    if (const auto noun = tree.head(predicate); noun && std::find(out.subjects.begin(), out.subjects.end(), *noun) == out.subjects.end())
      out.objects.push_back(*noun);
  return out;
}

std::optional<std::uint32_t> governing_verb(const Tree& tree, std::uint32_t predicate) {
  auto up = tree.head(predicate);
  for (std::uint32_t steps = 0; up && steps < tree.size(); ++steps) {
    if (is_verb(tree, *up)) return up;
    up = tree.head(*up);
  }
  return std::nullopt;
}

std::string lemma_with_particle(const Tree& tree, std::uint32_t predicate) {
  std::string out = ascii_lower(tree.word(predicate).lemma);
  if (const auto particle = tree.child(predicate, "compound:prt")) out += "_" + ascii_lower(tree.word(*particle).form);
  return out;
}

}  // namespace masudi
