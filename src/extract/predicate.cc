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

/// The word itself, or for a relative pronoun the noun that its clause modifies: "the group with which Israel fought".
std::uint32_t referent(const Tree& tree, std::uint32_t clause, std::uint32_t i) {
  if (is_relative_pronoun(tree, i) && tree.has_relation(clause, "acl"))
    if (const auto noun = tree.head(clause)) return *noun;
  return i;
}

bool by_agent(const Tree& tree, const Oblique& oblique) { return tree.lower(oblique.preposition) == "by"; }

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
  // "took over the airport": behind a particle the parser may leave the object an oblique, but one without a preposition.
  if (const auto particle = tree.child(predicate, "compound:prt"); particle && out.empty() && !passive)
    for (const auto c : tree.children(predicate))
      if (c > *particle && tree.word(c).deprel == "obl" && !tree.child(c, "case")) {
        out.push_back(c);
        break;
      }
  return with_antecedent(tree, predicate, out);
}

/// What stands in the place of the surface subject ("the general was asked to leave": the general).
std::vector<std::uint32_t> surface_subjects(const Tree& tree, std::uint32_t predicate, int depth);

/// Whoever a noun belongs to.
std::vector<std::uint32_t> holders(const Tree& tree, std::uint32_t noun);

/// The subject that a clause without its own borrows from the words around it.
std::vector<std::uint32_t> borrowed_subjects(const Tree& tree, std::uint32_t predicate, int depth) {
  if (depth > deepest) return {};
  const auto up = tree.head(predicate);
  if (!up) return {};
  const Word& word = tree.word(predicate);
  if (tree.has_relation(predicate, "acl")) {
    if (is_verb(tree, predicate) && word.xpos == "VBN") return {};  // "houses bombed by": the noun is the object
    const auto mark = tree.child(predicate, "mark");
    const bool infinitive = mark && word.xpos == "VB";
    // "won the elections by jailing rivals", "after leaving": whoever acts in the clause of the noun.
    if (mark && word.xpos == "VBG")
      if (const auto verb = governing_verb(tree, *up)) return surface_subjects(tree, *verb, depth + 1);
    if (!infinitive) return {*up};  // "a man carrying", "the group that"
    // "its plan to send", "a Russian plan to send", "reached an agreement to end": whoever has the noun
    std::vector<std::uint32_t> out = holders(tree, *up);
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

/// "arrested and tortured the activist": coordinated verbs side by side share the object that only one of them has.
std::vector<std::uint32_t> shared_objects(const Tree& tree, std::uint32_t predicate) {
  const auto beside = [&](std::uint32_t first, std::uint32_t second) {
    for (std::uint32_t i = first + 1; i < second; ++i)
      if (tree.word(i).upos != "CCONJ" && tree.word(i).upos != "ADV" && tree.word(i).upos != "AUX" && tree.word(i).upos != "PUNCT" &&
          tree.word(i).upos != "ADP")
        return false;
    return true;
  };
  if (tree.word(predicate).deprel == "conj")
    if (const auto up = tree.head(predicate); up && *up < predicate && is_verb(tree, *up) && beside(*up, predicate)) {
      std::vector<std::uint32_t> out = own_objects(tree, *up, false);
      std::erase_if(out, [&](std::uint32_t i) { return i < predicate; });
      return out;
    }
  for (const auto c : tree.children(predicate))
    if (c > predicate && tree.word(c).deprel == "conj" && is_verb(tree, c) && !tree.child(c, "nsubj") && !is_passive(tree, c) && beside(predicate, c))
      return own_objects(tree, c, false);
  return {};
}

std::vector<std::uint32_t> surface_subjects(const Tree& tree, std::uint32_t predicate, int depth) {
  std::vector<std::uint32_t> out = tree.children_of(predicate, "nsubj");
  if (!out.empty()) return with_antecedent(tree, predicate, out);
  return borrowed_subjects(tree, predicate, depth);
}

/// Is it a name or an adjective of nationality, by its spelling?
bool names(const Tree& tree, std::uint32_t i) {
  const Word& word = tree.word(i);
  return word.upos == "PROPN" || (word.deprel == "amod" && !word.form.empty() && word.form[0] >= 'A' && word.form[0] <= 'Z');
}

/// Names in front of a noun: "US strikes", "the Trump-Erdogan meeting", "Franco-German talks", "Saudi-led strikes".
void name_modifiers(const Tree& tree, std::uint32_t noun, std::vector<std::uint32_t>& out) {
  for (const auto c : tree.children(noun)) {
    const Word& child = tree.word(c);
    const bool modifier = tree.has_relation(c, "compound") || child.deprel == "amod" || child.deprel == "nmod" || child.deprel == "nummod";
    if (c > noun || !modifier || case_of(tree, c)) continue;
    const bool led = tree.lower(c) == "led" || tree.lower(c) == "sponsored";
    for (const auto inner : tree.children(c)) {
      const bool hyphen =
          inner + 1 < tree.size() && tree.word(inner + 1).upos == "PUNCT" && tree.word(inner).span.end == tree.word(inner + 1).span.begin;
      if (inner < c && hyphen && names(tree, inner)) append(out, {inner});
    }
    if (!led && (names(tree, c) || tree.has_relation(c, "compound"))) append(out, {c});
  }
}

/// Whoever a noun belongs to: its by-phrase and possessor, else the names in front of it.
std::vector<std::uint32_t> holders(const Tree& tree, std::uint32_t noun) {
  std::vector<std::uint32_t> out;
  for (const auto c : tree.children(noun)) {
    if (tree.word(c).deprel == "nmod:poss") append(out, {c});
    if (tree.has_relation(c, "nmod") || tree.has_relation(c, "obl"))
      if (const auto preposition = case_of(tree, c); preposition && by_agent(tree, {c, *preposition})) append(out, {c});
  }
  if (out.empty()) name_modifiers(tree, noun, out);
  return out;
}

/// The first of coordinated nouns, or the noun itself: "the arrest and torture of activists".
std::uint32_t first_conjunct(const Tree& tree, std::uint32_t i) {
  for (int step = 0; step < deepest && tree.word(i).deprel == "conj"; ++step) {
    const auto up = tree.head(i);
    if (!up) break;
    i = *up;
  }
  return i;
}

void noun_obliques(const Tree& tree, std::uint32_t noun, Arguments& out) {
  for (const auto c : tree.children(noun)) {
    if (!tree.has_relation(c, "nmod") || tree.word(c).deprel == "nmod:poss") continue;
    const auto preposition = case_of(tree, c);
    if (!preposition) continue;
    out.obliques.push_back({c, *preposition});
    const std::string_view form = tree.lower(*preposition);
    if (form == "of" || form == "on" || form == "against" || form == "to" || form == "at") out.objects.push_back(c);
  }
}

void noun_arguments(const Tree& tree, std::uint32_t noun, Arguments& out) {
  out.subjects = holders(tree, noun);
  noun_obliques(tree, noun, out);
  // Coordinated acts share what only one of them carries: the possessor of the first, the of-phrase of the last.
  const std::uint32_t first = first_conjunct(tree, noun);
  if (first != noun && out.subjects.empty()) out.subjects = holders(tree, first);
  if (out.obliques.empty())
    for (const auto other : tree.conjuncts(first))
      if (other != noun && out.obliques.empty() && (other > noun || other == first)) noun_obliques(tree, other, out);
  // "an attack was carried out": the verb's own dependents are read by the event. "Forces are under attack": the subject is acted on.
  if (const auto subject = tree.child(noun, "nsubj")) {
    const auto preposition = case_of(tree, noun);
    if (preposition && tree.lower(*preposition) == "under") append(out.objects, with_antecedent(tree, noun, {*subject}));
  }
  out.subject_is_local = !out.subjects.empty();
  if (!out.subjects.empty()) return;
  // A light verb lends its subject: "reached an agreement", "is carrying out strikes", "entered into talks".
  const std::uint32_t hung = first;
  const auto verb = tree.head(hung);
  if (!verb) return;
  if (tree.has_relation(hung, "obj") && is_verb(tree, *verb)) append(out.subjects, surface_subjects(tree, *verb, 0));
  if (tree.has_relation(hung, "obl") && is_verb(tree, *verb))
    if (const auto preposition = case_of(tree, hung)) {
      const std::string_view form = tree.lower(*preposition);
      if (form == "into" || form == "in" || form == "at" || form == "during" || form == "after" || form == "for") {
        // "executed by [engineers] in collaboration with": of a passive its agent, where it has one.
        if (is_passive(tree, *verb)) out.lent = own_subjects(tree, *verb, true);
        if (out.lent.empty()) out.lent = surface_subjects(tree, *verb, 0);
      }
      if (form == "under") append(out.objects, surface_subjects(tree, *verb, 0));
    }
  if (tree.has_relation(hung, "nsubj") && is_passive(tree, *verb)) append(out.subjects, own_subjects(tree, *verb, true));
}

}  // namespace

std::optional<std::uint32_t> case_of(const Tree& tree, std::uint32_t word) { return tree.child(word, "case"); }

bool is_purpose_infinitive(const Tree& tree, std::uint32_t word) {
  if (tree.word(word).deprel != "advcl" || tree.word(word).xpos != "VB") return false;
  const auto mark = tree.child(word, "mark");
  return mark && tree.word(*mark).upos == "PART";
}

bool is_passive(const Tree& tree, std::uint32_t predicate) {
  for (const auto c : tree.children(predicate))
    if (tree.word(c).deprel == "aux:pass" || tree.word(c).deprel == "nsubj:pass") return true;
  const Word& word = tree.word(predicate);
  if (word.upos != "VERB" || (word.xpos != "VBN" && word.xpos != "VBD")) return false;
  for (const auto c : tree.children(predicate))
    if (tree.has_relation(c, "aux")) return false;
  // "was questioned by police and then arrested": the second participle shares the auxiliary of the first; the tagger may take it for a past tense.
  if (word.deprel == "conj" && !tree.child(predicate, "nsubj") && !tree.child(predicate, "obj"))
    if (const auto up = tree.head(predicate); up && *up < predicate && tree.word(*up).xpos == "VBN" && tree.word(*up).deprel != "conj")
      return is_passive(tree, *up);
  if (word.xpos != "VBN") return false;
  return word.deprel == "acl" || word.deprel == "advcl" || word.deprel == "amod" ||
         (tree.has_relation(predicate, "acl") && !tree.child(predicate, "nsubj"));
}

namespace {

/// Who is lent to a clause that modifies a noun which acts for somebody: "a resolution of [the Senate] asking", "[the union] launched a petition
/// that asks".
std::vector<std::uint32_t> lent_by_noun(const Tree& tree, std::uint32_t noun) {
  std::vector<std::uint32_t> out = holders(tree, noun);
  for (const auto c : tree.children(noun))
    if (c > noun && tree.has_relation(c, "nmod"))
      if (const auto preposition = case_of(tree, c); preposition && tree.lower(*preposition) == "of") append(out, {c});
  if (!out.empty()) return out;
  const auto verb = tree.head(noun);
  if (verb && is_verb(tree, *verb) && tree.has_relation(noun, "obj")) return surface_subjects(tree, *verb, 0);
  return {};
}

/// The by-phrase of a passive that the parser hung on a noun between: "banned from worship at sites by the Ministry".
std::vector<std::uint32_t> strayed_agents(const Tree& tree, std::uint32_t predicate) {
  std::vector<std::uint32_t> nouns, out;
  for (const auto c : tree.children(predicate))
    if (c > predicate &&
        (tree.has_relation(c, "obl") || tree.has_relation(c, "obj") || (tree.has_relation(c, "advcl") && tree.word(c).xpos == "VBG")))
      nouns.push_back(c);
  for (std::size_t k = 0; k < nouns.size() && k < 16; ++k)
    for (const auto c : tree.children(nouns[k])) {
      if (c < nouns[k] || !(tree.has_relation(c, "nmod") || tree.has_relation(c, "obl") || tree.has_relation(c, "obj"))) continue;
      if (const auto preposition = case_of(tree, c); preposition && by_agent(tree, {c, *preposition})) out.push_back(c);
      nouns.push_back(c);
    }
  return out;
}

}  // namespace

Arguments arguments_of(const Tree& tree, std::uint32_t predicate) {
  Arguments out;
  if (predicate >= tree.size()) return out;
  const bool noun = !is_verb(tree, predicate) && tree.word(predicate).upos != "ADJ";
  if (noun) noun_arguments(tree, predicate, out);
  // A noun as predicate ("this was a betrayal", "it is an invasion by Russia") has a subject beside what stands around the noun.
  if (noun && (out.subject_is_local || case_of(tree, predicate) || !tree.child(predicate, "nsubj"))) return out;
  if (noun) {
    out.subjects = with_antecedent(tree, predicate, tree.children_of(predicate, "nsubj"));
    out.subject_is_local = true;
    for (const auto c : tree.children(predicate))
      if ((tree.word(c).deprel == "ccomp" || tree.word(c).deprel == "xcomp") && !out.clause) out.clause = c;
    return out;
  }
  out.passive = is_passive(tree, predicate);
  out.subjects = own_subjects(tree, predicate, out.passive);
  out.objects = own_objects(tree, predicate, out.passive);
  out.subject_is_local = !out.subjects.empty();
  for (const auto c : tree.children(predicate)) {
    const Word& child = tree.word(c);
    if (tree.has_relation(c, "obl") || tree.has_relation(c, "nmod"))
      out.obliques.push_back({referent(tree, predicate, c), case_of(tree, c).value_or(c)});
    if (child.deprel == "iobj" && !out.indirect) out.indirect = c;
    // "the rebels were granted amnesty": who is given something is the subject of the passive.
    if (out.passive && child.deprel == "nsubj:pass" && tree.child(predicate, "obj")) out.indirect = with_antecedent(tree, predicate, {c})[0];
    if ((child.deprel == "ccomp" || child.deprel == "xcomp") && !out.clause) out.clause = c;
  }
  // "allowed the protesters to march": beside an infinitive the one addressed is all that is acted on.
  if (!out.passive && out.objects.empty() && out.indirect) out.objects.push_back(*out.indirect);
  // "ordered the ministry to publish": the parser may take what is asked for a purpose.
  if (!out.clause)
    for (const auto c : tree.children(predicate))
      if (c > predicate && is_purpose_infinitive(tree, c)) {
        out.clause = c;
        break;
      }
  if (!out.passive && out.subjects.empty()) out.subjects = borrowed_subjects(tree, predicate, 0);
  if (out.passive && out.subjects.empty()) out.lent = strayed_agents(tree, predicate);
  if (!out.passive && tree.has_relation(predicate, "acl"))
    if (const auto over = tree.head(predicate); over && std::find(out.subjects.begin(), out.subjects.end(), *over) != out.subjects.end())
      out.lent = lent_by_noun(tree, *over);
  if (!out.passive && out.objects.empty()) out.objects = shared_objects(tree, predicate);
  if (out.passive && out.objects.empty()) {
    const auto up = tree.head(predicate);
    if (up && (tree.has_relation(predicate, "acl") || tree.word(predicate).deprel == "amod"))
      out.objects.push_back(*up);
    else
      out.objects = borrowed_subjects(tree, predicate, 0);
  }
  // The gap of a relative clause: "the deal that Iran signed".
  if (!out.passive && out.objects.empty() && tree.word(predicate).deprel == "acl:relcl" && out.subject_is_local)
    if (const auto gap = tree.head(predicate); gap && std::find(out.subjects.begin(), out.subjects.end(), *gap) == out.subjects.end())
      out.objects.push_back(*gap);
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

bool has_definite_determiner(const Tree& tree, std::uint32_t noun) {
  const auto& children = tree.children(noun);
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
    const std::string& feats = tree.word(c).feats;
    return feats.find("Definite=Def") != std::string::npos || feats.find("PronType=Dem") != std::string::npos;
  });
}

std::string lemma_with_particle(const Tree& tree, std::uint32_t predicate) {
  std::string out(tree.lemma(predicate));
  if (const auto particle = tree.child(predicate, "compound:prt")) (out += '_') += tree.lower(*particle);
  return out;
}

}  // namespace masudi
