#include "modality.h"

#include <algorithm>

#include "predicate.h"

namespace masudi {

namespace {

// Chains of governors are short; the limit ends cyclic trees.
constexpr int deepest = 8;

bool is_verb(const Tree& tree, std::uint32_t i) { return tree.word(i).upos == "VERB" || tree.word(i).upos == "AUX"; }
bool is_noun(const Tree& tree, std::uint32_t i) { return tree.word(i).upos == "NOUN" || tree.word(i).upos == "PROPN" || tree.word(i).upos == "PRON"; }

class Reader {
 public:
  Reader(const Tree& tree, const ModalityRules& rules) : tree_(tree), rules_(rules) {}

  std::vector<ModeMark> read(std::uint32_t anchor) {
    anchor_ = anchor;
    reported_ = is_reported(anchor);
    beside(anchor, true);
    climb(anchor, 0);
    return std::move(out_);
  }

 private:
  const ModalityRules::Row* row(std::string_view cue, std::uint32_t i) const {
    if (tree_.child(i, "compound:prt"))
      if (const auto* found = rules_.find(cue, lemma_with_particle(tree_, i))) return found;
    if (const auto* found = rules_.find(cue, tree_.lemma(i))) return found;
    return rules_.find(cue, tree_.lower(i));
  }

  /// Does the word stand in a clause that somebody says?
  bool is_reported(std::uint32_t i) const {
    for (std::uint32_t steps = 0; steps < tree_.size(); ++steps) {
      const std::string& relation = tree_.word(i).deprel;
      if (relation == "ccomp" || relation == "parataxis") return true;
      for (const auto c : tree_.children(i))
        if (tree_.word(c).deprel == "parataxis") return true;
      const auto up = tree_.head(i);
      if (!up) return false;
      i = *up;
    }
    return false;
  }

  /// Does "have" stand beside a modal: "should have", "would have"?
  bool is_perfect(std::uint32_t modal) const {
    const auto verb = tree_.head(modal);
    if (!verb) return false;
    const auto others = tree_.children_of(*verb, "aux");
    return std::any_of(others.begin(), others.end(), [&](std::uint32_t i) { return i != modal && tree_.lemma(i) == "have"; });
  }

  bool add(std::string_view cue, std::uint32_t i) {
    // "said they should have acted" blames; what should happen is still to come.
    const bool reported = cue == "modal" && reported_ && !is_perfect(i);
    const auto* found = reported ? row("reported_modal", i) : nullptr;
    if (!found) found = row(cue, i);
    if (found) out_.push_back({found->aux, found->id, i, cue == "modal" && i != anchor_ && tree_.head(i) == anchor_});
    return found != nullptr;
  }

  /// Words that depend on the anchor, or on the word that carries its tense.
  void beside(std::uint32_t i, bool own) {
    const bool infinitive = [&] {
      for (const auto c : tree_.children(i))
        if (tree_.word(c).deprel == "mark" && tree_.word(c).upos == "PART") return true;
      return false;
    }();
    for (const auto c : tree_.children(i)) {
      const std::string& relation = tree_.word(c).deprel;
      if (relation == "aux" || relation == "aux:pass") {
        add("modal", c);
        if (infinitive) add("infinitive", c);
      } else if (relation == "cop" && infinitive) {
        add("infinitive", c);  // "are to meet": the parser may take the auxiliary for a copula
      } else if (relation == "advmod") {
        if (row("advmod", c)) {
          // "Not investigated [only] by Britain" says that it is, by others too.
          if (const auto only = restrictor(i, c))
            add("restrictor", *only);
          else
            add("advmod", c);
        } else if (const auto* found = row("adverb", c); found && !(found->aux == "future" && is_past(i))) {
          add("adverb", c);
        }
      } else if (relation == "det" || relation == "neg") {
        add("determiner", c);
      } else if (relation == "amod" && own) {
        add("modifier", c);
      } else if (relation == "mark") {
        // "even if they still plan to" grants a fact.
        if (c > 0 && tree_.lower(c - 1) == "even") continue;
        if (own && tells_headline(i, c)) add("root_infinitive", c);
        if (!add("mark", c)) add("preposition", c);
      } else if (relation == "case" && own) {
        add("preposition", c);
      } else if (tree_.has_relation(c, "advcl")) {
        for (const auto mark : tree_.children_of(c, "mark")) add("condition", mark);
      }
    }
  }

  /// A word behind the negation, beside the verb or one of its dependents, that takes only a part of what is said out of the negation.
  std::optional<std::uint32_t> restrictor(std::uint32_t verb, std::uint32_t negation) const {
    for (const auto c : tree_.children(verb)) {
      if (c > negation && row("restrictor", c)) return c;
      for (const auto inner : tree_.children(c))
        if (inner > negation && tree_.word(inner).deprel == "advmod" && row("restrictor", inner)) return inner;
    }
    return std::nullopt;
  }

  /// "[Shortly] after she was stripped": told in the past.
  bool is_past(std::uint32_t verb) const {
    if (tree_.word(verb).xpos == "VBD") return true;
    for (const auto c : tree_.children(verb))
      if (tree_.has_relation(c, "aux") && tree_.word(c).xpos == "VBD") return true;
    return false;
  }

  /// "France to send troops": the infinitive is all that the headline tells; the parser may hang it on the name before it.
  bool tells_headline(std::uint32_t verb, std::uint32_t mark) const {
    if (tree_.child(verb, "aux") || tree_.child(verb, "cop")) return false;
    if (tree_.word(verb).deprel == "root") return true;
    const auto up = tree_.head(verb);
    return up && *up + 1 == mark && tree_.word(verb).deprel == "acl" && tree_.word(*up).deprel == "root" && tree_.word(*up).upos == "PROPN";
  }

  void climb(std::uint32_t i, int depth) {
    if (depth > deepest) return;
    const auto up = tree_.head(i);
    if (!up) return;
    const std::string& relation = tree_.word(i).deprel;
    if (relation == "conj") {
      // "will meet and discuss": the second verb borrows what the first carries, unless it has a subject or auxiliary of its own.
      if (tree_.child(i, "nsubj") || tree_.child(i, "aux")) return climb(*up, depth + 1);
      // "will stay, and praised": beside a base form, one with a tense of its own borrows none.
      if (tree_.word(*up).xpos == "VB" && is_verb(tree_, i) && tree_.word(i).xpos != "VB" && tree_.word(i).xpos != "VBG")
        return climb(*up, depth + 1);
      for (const auto c : tree_.children(*up))
        if (tree_.word(c).deprel == "aux") {
          add("modal", c);
          if (!out_.empty() && i == anchor_ && out_.back().word == c) out_.back().own_modal = true;
        }
      return climb(*up, depth + 1);
    }
    if (is_noun(tree_, i) && is_verb(tree_, *up)) {
      const bool object = relation == "obj" || relation == "nsubj:pass";
      if (!object && relation != "nsubj") return;
      if (object) add("governor", *up);
      beside(*up, false);
      return climb(*up, depth + 1);
    }
    if (is_noun(tree_, *up)) {
      if (relation == "acl" || relation == "nmod" || relation == "obl") {
        add("noun", *up);
        if (row("noun", *up)) {
          beside(*up, false);
          climb(*up, depth + 1);
        }
      }
      return;
    }
    if (relation == "xcomp" || relation == "ccomp" || relation == "csubj" || relation == "advcl") {
      if (tree_.word(*up).upos == "ADJ") {
        add("adjective", *up);
        if (relation != "advcl") beside(*up, false);
        return;
      }
      if (relation == "advcl") return;
      add("governor", *up);
      if (tree_.word(*up).upos == "AUX") add("infinitive", *up);
      if (relation == "xcomp") {
        beside(*up, false);
        climb(*up, depth + 1);
      }
    }
  }

  const Tree& tree_;
  const ModalityRules& rules_;
  std::uint32_t anchor_ = 0;
  bool reported_ = false;
  std::vector<ModeMark> out_;
};

}  // namespace

Result<ModalityRules> ModalityRules::build(const Lexicon& lexicon) {
  ModalityRules out;
  const auto* table = lexicon.table("modality");
  if (!table) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const auto row = table->row(i);
    out.rows_.push_back({std::string(row.id()), std::string(row["aux"])});
    for (const auto lemma : split_cell(row["lemmas"])) out.by_cue_[row["cue"]][std::string(lemma)] = out.rows_.size() - 1;
  }
  return out;
}

const ModalityRules::Row* ModalityRules::find(std::string_view cue, std::string_view lemma) const {
  const auto* found = by_cue_.find(cue, lemma);
  return found ? &rows_[*found] : nullptr;
}

std::vector<ModeMark> modes_of(const Tree& tree, std::uint32_t anchor, const ModalityRules& rules) {
  if (anchor >= tree.size()) return {};
  return Reader(tree, rules).read(anchor);
}

}  // namespace masudi
