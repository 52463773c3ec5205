// Which words of a sentence are events: rows of events.tsv whose word, particle and constraints fit.
#include <algorithm>

#include "event_reader.h"
#include "stems.h"

namespace masudi {

namespace {

// The lemma of rows that fit any verb with an auxiliary.
constexpr const char* any_lemma = "*";

/// "stop the fighting", "fighting broke out": a gerund in the place of a noun.
bool is_gerund_noun(const Word& w) { return w.upos == "VERB" && w.xpos == "VBG" && (w.deprel == "obj" || w.deprel == "nsubj"); }

}  // namespace

/// The rows of the keys under which a word is looked up. A headline's "Talks" is often tagged as a name: its plural is tried too.
std::vector<std::uint32_t> EventReader::rows_of(std::uint32_t i) const {
  std::vector<std::uint32_t> rows;
  const auto look_up = [&](std::string_view key) {
    const auto found = knowledge_.by_lemma.find(key);
    if (found == knowledge_.by_lemma.end()) return false;
    rows.insert(rows.end(), found->second.begin(), found->second.end());
    return true;
  };
  std::string_view key = tree_.lemma(i);
  // "cease-fire" may be three words.
  std::string parted;
  if (i >= 2 && word(i - 1).span.begin == word(i - 2).span.end && word(i - 1).span.end == word(i).span.begin && word(i - 1).upos == "PUNCT") {
    ((parted = tree_.lower(i - 2)) += '-') += key;
    look_up(parted);
  }
  look_up(key);
  if (!parted.empty()) key = parted;
  if (word(i).upos == "PROPN" && key.size() > 4 && key.back() == 's') look_up(key.substr(0, key.size() - 1));
  // "Fighting broke out": a gerund that stands as a noun goes by its form.
  if (is_gerund_noun(word(i))) look_up(tree_.lower(i));
  // A lemma that the tagger got wrong: of the forms that the ending may come from, those that the lexicon has.
  if (is_verb(word(i)) && !knowledge_.by_lemma.count(key))
    for (const auto& stem : stems_of(tree_.lower(i)))
      if (stem != key && look_up(stem)) break;
  // Rows of the lemma '*' ask for a modal: "Iran must stop".
  if (is_verb(word(i)) && tree_.child(i, "aux")) look_up(any_lemma);
  return rows;
}

bool EventReader::pos_fits(const EventRow& row, const Word& w) const {
  if (row.pos == "verb") return w.upos == "VERB" && w.deprel != "amod";
  if (row.pos == "adj") return w.upos == "ADJ" || w.upos == "VERB";
  return w.upos == "NOUN" || (w.upos == "PROPN" && w.ner == "O") || is_gerund_noun(w);
}

std::uint32_t EventReader::particle_of(std::uint32_t verb, const std::string& particle) const {
  // The parser reads "pulled out of Syria" as particle, adverb or preposition: any of them will do, close to the verb.
  const std::uint32_t end = std::min(tree_.size(), verb + 6);
  for (std::uint32_t i = verb + 1; i < end; ++i) {
    if (tree_.lower(i) != particle) continue;
    const auto up = tree_.head(i);
    if (up == verb || i == verb + 1) return i;
    if (up && tree_.head(*up) == verb && word(i).deprel == "case") return i;
  }
  return no_word;
}

/// Runs the rows over every word: first those without `about`, then those that ask what the complement is about.
void EventReader::match(bool about) {
  for (const auto& [i, rows] : rows_) {
    std::optional<Arguments> arguments;
    EventCandidate best;
    const bool duty = is_duty(i);
    std::vector<Rejection> rejected;
    std::vector<EventProposal> proposals;  // of words that the referee knows
    std::vector<std::string> fitting;      // of the trainer
    for (const auto r : rows) {
      const EventRow& row = knowledge_.rows[r];
      if (row.asks_about != about || !pos_fits(row, word(i))) continue;
      if (row.pos == "verb" && word(i).xpos != "VBG" && tree_.child(i, "det")) continue;  // "the accused"
      EventCandidate candidate;
      candidate.anchor = i;
      candidate.row = &row;
      if (!row.particle.empty()) {
        candidate.particle = particle_of(i, row.particle);
        if (candidate.particle == no_word) continue;
        candidate.specificity += 4;
      }
      if (!arguments) arguments = arguments_of(tree_, i);
      if (cases_ != nullptr && (fitting.empty() || fitting.back() != row.word())) fitting.push_back(row.word());
      candidate.arguments = *arguments;
      // "handed over [power]": read as a preposition, the particle leaves the object an oblique.
      if (candidate.particle != no_word && word(candidate.particle).deprel == "case" && candidate.arguments.objects.empty() &&
          !candidate.arguments.passive)
        if (const auto object = tree_.head(candidate.particle); object && tree_.head(*object) == i && !has_other_case(*object, candidate.particle))
          candidate.arguments.objects.push_back(*object);
      // "allowed [the protesters to march]": an infinitive beside the object may hang on either.
      if (!candidate.arguments.clause && !candidate.arguments.passive && row.pos == "verb")
        for (const auto object : candidate.arguments.objects)
          for (const auto c : tree_.children_of(object, "acl"))
            if (word(c).xpos == "VB" && tree_.child(c, "mark")) candidate.arguments.clause = c;
      if (is_headline_passive(row, candidate)) {
        candidate.arguments.objects = std::move(candidate.arguments.subjects);
        candidate.arguments.subjects.clear();
        for (const auto& oblique : candidate.arguments.obliques)
          if (tree_.lower(oblique.preposition) == "by") candidate.arguments.subjects.push_back(oblique.word);
        candidate.evidence.push_back({"actor", "headline.passive", "a participle without its auxiliary, as headlines have it"});
      }
      if (is_noun(word(i)))
        if (const auto up = tree_.head(i); up && is_verb(word(*up))) candidate.verbs.push_back(*up);
      const EventConstraint* failed = nullptr;
      for (const auto& need : row.needs)
        if (!holds(need, candidate)) {
          failed = &need;
          break;
        }
      if (failed) {
        rejected.push_back({row.id, word(i).span, "does not hold: " + failed->slot + (failed->negated ? " is not" : " is") + " as the row asks"});
        if (row.referee >= 0 && !about) proposals.push_back({std::move(candidate), false});
        continue;
      }
      if (row.referee >= 0 && !about) proposals.push_back({candidate, true});
      // "Iran must release them" is a demand, not a release.
      const bool demand = duty && best.row && (row.lemma == any_lemma) != (best.row->lemma == any_lemma);
      const bool better = demand ? row.lemma == any_lemma
                                 : !best.row || candidate.specificity > best.specificity ||
                                       (candidate.specificity == best.specificity && candidate.row->confidence > best.row->confidence);
      if (better) {
        if (best.row) rejected.push_back({best.row->id, word(i).span, "a more specific row holds: " + row.id});
        best = std::move(candidate);
      } else {
        rejected.push_back({row.id, word(i).span, "a more specific row holds: " + best.row->id});
      }
    }
    if (cases_ != nullptr && !about && !fitting.empty())
      cases_->push_back({index_, i, std::move(fitting), best.row ? best.row->type : "", referee_features(i, *arguments)});
    if (!best.row) continue;
    if (best.row->referee >= 0 && !about) {
      std::erase_if(proposals, [&](const auto& p) { return p.candidate.row->referee != best.row->referee || p.candidate.row == best.row; });
      proposals.insert(proposals.begin(), {std::move(best), true});
      best = judged(std::move(proposals));
      rejected.insert(rejected.begin(), best.rejected.begin(), best.rejected.end());
    }
    best.rejected = std::move(rejected);
    const auto old = std::find_if(candidates_.begin(), candidates_.end(), [anchor = i](const auto& c) { return c.anchor == anchor; });
    if (old == candidates_.end()) {
      candidates_.push_back(std::move(best));
    } else if ((best.specificity > old->specificity && !(duty && old->row->lemma == any_lemma)) || old->refused) {
      best.rejected.insert(best.rejected.end(), old->rejected.begin(), old->rejected.end());
      *old = std::move(best);
    }
  }
  std::stable_sort(candidates_.begin(), candidates_.end(), [](const auto& a, const auto& b) { return a.anchor < b.anchor; });
}

/// Does the word have a preposition beside that one: "walked out [of] the talks"?
bool EventReader::has_other_case(std::uint32_t i, std::uint32_t preposition) const {
  for (const auto c : tree_.children_of(i, "case"))
    if (c != preposition) return true;
  return false;
}

/// Is a prepositional dependent under that preposition, by any of its case words: "out of the talks"?
bool EventReader::is_under(const Oblique& oblique, const std::string& preposition) const {
  if (tree_.lower(oblique.preposition) == preposition) return true;
  for (const auto c : tree_.children_of(oblique.word, "case"))
    if (tree_.lower(c) == preposition) return true;
  return false;
}

/// "Editor arrested in Cairo": in a headline a past form with nobody acted on is a passive, if the row's acts are done to somebody.
bool EventReader::is_headline_passive(const EventRow& row, const EventCandidate& candidate) const {
  const Word& anchor = word(candidate.anchor);
  const Arguments& arguments = candidate.arguments;
  if (row.pos != "verb" || arguments.passive || !arguments.objects.empty() || arguments.clause || arguments.subjects.empty()) return false;
  if ((anchor.xpos != "VBN" && anchor.xpos != "VBD") || tree_.child(candidate.anchor, "aux") || !arguments.subject_is_local) return false;
  const bool transitive =
      std::any_of(row.recipient.begin(), row.recipient.end(), [](const auto& alternatives) { return alternatives.front() == "obj"; }) ||
      std::any_of(row.needs.begin(), row.needs.end(), [](const auto& need) { return need.slot == "obj" && !need.negated; });
  if (!transitive) return false;
  const std::string& last = word(tree_.size() - 1).form;
  return index_ < 2 && last != "." && last != "?" && last != "!" && word(tree_.size() - 1).upos != "PUNCT";
}

/// The verb whose purpose or complement an anchor is: "travelled to Rome [to meet]", "flew to Rome for [talks]".
std::vector<std::uint32_t> EventReader::governors(std::uint32_t anchor) const {
  std::vector<std::uint32_t> out;
  const auto up = tree_.head(anchor);
  if (!up) return out;
  const bool verbal = word(anchor).deprel == "xcomp" || word(anchor).deprel == "advcl" || word(anchor).deprel == "acl";
  const auto preposition = case_of(tree_, anchor);
  const bool purpose = preposition && tree_.lower(*preposition) == "for" && (word(anchor).deprel == "obl" || word(anchor).deprel == "nmod");
  if (!verbal && !purpose) return out;
  if (is_verb(word(*up))) out.push_back(*up);
  // The parser may hang the purpose on the place: "left for [Rome] to meet".
  else if (const auto verb = governing_verb(tree_, *up); verb && is_noun(word(*up)))
    out.push_back(*verb);
  return out;
}

/// Words that stand in a slot of a candidate. Coordinated fillers are all listed.
std::vector<std::uint32_t> EventReader::fillers(const std::string& slot, const EventCandidate& candidate) const {
  std::vector<std::uint32_t> out;
  const auto add = [&](std::uint32_t i) {
    for (const auto c : tree_.conjuncts(i))
      if (std::find(out.begin(), out.end(), c) == out.end()) out.push_back(c);
  };
  const Arguments& arguments = candidate.arguments;
  if (slot == "subj") {
    for (const auto i : arguments.subjects) add(i);
  } else if (slot == "obj") {
    for (const auto i : arguments.objects) add(i);
  } else if (slot == "iobj") {
    if (arguments.indirect) add(*arguments.indirect);
  } else if (slot == "clause") {
    if (arguments.clause) {
      out.push_back(*arguments.clause);
      for (const auto c : tree_.children(*arguments.clause))
        if (word(c).deprel == "mark" || word(c).deprel == "obj") out.push_back(c);
    }
  } else if (slot == "mod") {
    for (const auto c : tree_.children(candidate.anchor))
      if (tree_.has_relation(c, "compound") || word(c).deprel == "amod" || tree_.has_relation(c, "flat") ||
          (word(c).deprel == "nmod" && !case_of(tree_, c)))
        add(c);
  } else if (slot == "advmod") {
    for (const auto c : tree_.children_of(candidate.anchor, "advmod")) out.push_back(c);
  } else if (slot == "advcl") {
    for (const auto c : tree_.children_of(candidate.anchor, "advcl")) out.push_back(c);
  } else if (slot == "cmodal") {
    if (arguments.clause)
      for (const auto c : tree_.children_of(*arguments.clause, "aux")) out.push_back(c);
  } else if (slot == "modal") {
    for (const auto c : tree_.children_of(candidate.anchor, "aux")) out.push_back(c);
  } else if (slot == "under") {
    out = governors(candidate.anchor);
    for (const auto& oblique : obliques(candidate))
      if (is_under(oblique, slot)) add(oblique.word);
  } else if (slot == "csubj" || slot == "cobj") {
    out = complement(slot, candidate);
  } else if (slot == "verb") {
    out = candidate.verbs;
  } else if (slot == "case") {
    if (const auto preposition = case_of(tree_, candidate.anchor)) out.push_back(*preposition);
  } else {
    for (const auto& oblique : obliques(candidate))
      if (is_under(oblique, slot)) add(oblique.word);
  }
  return out;
}

/// Who acts (csubj) or is acted on (cobj) in what the anchor's complement says: "demanded that [Iran] stop", "a threat to attack [Iran]".
std::vector<std::uint32_t> EventReader::complement(const std::string& slot, const EventCandidate& candidate) const {
  auto clause = candidate.arguments.clause;
  if (!clause)
    for (const auto c : tree_.children_of(candidate.anchor, "acl"))
      if (tree_.child(c, "mark")) clause = c;
  if (!clause) return {};
  const Arguments inner = arguments_of(tree_, *clause);
  if (slot == "csubj")
    return inner.subject_is_local ? (inner.passive && inner.subjects.empty() ? inner.objects : inner.subjects) : std::vector<std::uint32_t>{};
  std::vector<std::uint32_t> out;
  if (inner.indirect) out.push_back(*inner.indirect);
  out.insert(out.end(), inner.objects.begin(), inner.objects.end());
  for (const auto& oblique : inner.obliques) {
    const std::string_view form = tree_.lower(oblique.preposition);
    if (form == "with" || form == "to" || form == "against" || form == "for" || form == "on" || form == "from") out.push_back(oblique.word);
  }
  return out;
}

/// Prepositional dependents of the anchor; for an event noun also those of the light verb ("carried out strikes on the base").
std::vector<Oblique> EventReader::obliques(const EventCandidate& candidate) const {
  std::vector<Oblique> out = candidate.arguments.obliques;
  for (const auto verb : candidate.verbs)
    if (tree_.has_relation(candidate.anchor, "obj") || tree_.has_relation(candidate.anchor, "nsubj"))
      for (const auto c : tree_.children(verb))
        if (tree_.has_relation(c, "obl") && c != candidate.anchor)
          if (const auto preposition = case_of(tree_, c)) out.push_back({c, *preposition});
  // A preposition may hang on the object that the parser preferred: "called for talks on Monday", "launched rockets at Israel".
  if (is_verb(word(candidate.anchor)))
    for (const auto object : candidate.arguments.objects)
      if (tree_.head(object) == candidate.anchor && (word(object).deprel == "obj" || word(object).deprel == "nsubj:pass"))
        for (const auto c : tree_.children(object))
          if (word(c).deprel == "nmod")
            if (const auto preposition = case_of(tree_, c)) out.push_back({c, *preposition});
  return out;
}

bool EventReader::holds(const EventConstraint& need, EventCandidate& candidate) const {
  if (need.slot == "future") return has_own_modal(candidate.anchor) != need.negated;
  if (need.slot == "source") {
    const bool found = innermost_statement(word(candidate.anchor).span) != nullptr;
    if (found && !need.negated) candidate.specificity += 2;
    return found != need.negated;
  }
  if (!need.types.empty()) {  // "about" with types of events; with words it is the preposition
    bool found = false;
    for (const auto& other : candidates_) {
      if (other.refused || other.anchor == candidate.anchor || std::find(need.types.begin(), need.types.end(), other.row->type) == need.types.end())
        continue;
      if (!is_topic(candidate.anchor, other.anchor)) continue;
      found = true;
      candidate.evidence.push_back({"about", other.row->id, "the complement is an event of type " + other.row->type});
    }
    if (found && !need.negated) candidate.specificity += 6;  // more than a party and any complement say
    return found != need.negated;
  }
  bool found = false, literal = false;
  for (const auto i : fillers(need.slot, candidate)) {
    std::string rule;
    if (!value_fits(need, i, rule)) continue;
    found = true;
    literal = literal || (rule.empty() && !need.anything && !need.party && !need.political);
    if (need.negated) break;
    if (need.slot != "subj") candidate.consumed.push_back(i);
    if (!rule.empty()) candidate.evidence.push_back({need.slot, rule, std::string(slice(article_.text, word(i).span))});
  }
  if (need.negated && !found)
    for (const auto c : need.classes) candidate.evidence.push_back({need.slot, knowledge_.classes[c].id, "absent, as the row asks"});
  if (!need.negated && found)
    candidate.specificity += need.anything ? (need.slot == "clause" ? 1 : 2) : literal ? 6 : 4;  // a word says more than a class
  return found != need.negated;
}

bool EventReader::value_fits(const EventConstraint& need, std::uint32_t i, std::string& rule) const {
  if (need.anything) return true;
  if (need.party && (is_named(i) || is_somebody(i) || !parties_at(article_, analysis_, index_, i).empty())) return true;
  if (need.political && is_political(i)) {
    if (knowledge_.political) rule = knowledge_.classes[*knowledge_.political].id;
    return true;
  }
  if (need.location && is_location(i)) return true;
  // A class of sectors: whoever is of one of them.
  for (const auto c : need.classes) {
    if (!knowledge_.classes[c].sectors) continue;
    for (const auto& entity : parties_at(article_, analysis_, index_, i))
      if (entity.sector && knowledge_.classes[c].lemmas.count(*entity.sector)) {
        rule = knowledge_.classes[c].id;
        return true;
      }
  }
  // A name is known by any of its words: "the African Union", "the Security Council".
  std::vector<std::string_view> lemmas{tree_.lemma(i), tree_.lower(i)};
  if (word(i).upos == "PROPN")
    for (const auto c : tree_.children(i))
      if (tree_.has_relation(c, "flat") || tree_.has_relation(c, "compound")) lemmas.push_back(tree_.lemma(c));
  // "the ceasefire agreement": an agreement is known by what it is about too.
  if (is_noun(word(i)) && knowledge_.document && knowledge_.classes[*knowledge_.document].lemmas.count(lemmas[0]))
    for (const auto c : tree_.children(i))
      if (tree_.has_relation(c, "compound")) lemmas.push_back(tree_.lemma(c));
  // "most of the town", "hundreds of rebels", "20 million dollars": the amount stands for what it measures.
  for (const auto c : tree_.children(i))
    if (word(c).deprel == "nmod" && (word(i).upos != "NOUN" || tree_.child(c, "case"))) {
      const auto preposition = case_of(tree_, c);
      if (!preposition || tree_.lemma(*preposition) == "of") lemmas.push_back(tree_.lemma(c));
    }
  for (const auto& lemma : lemmas) {
    if (std::find(need.lemmas.begin(), need.lemmas.end(), lemma) != need.lemmas.end()) return true;
    for (const auto c : need.classes)
      if (knowledge_.classes[c].lemmas.count(lemma)) {
        rule = knowledge_.classes[c].id;
        return true;
      }
  }
  if (is_verb(word(i))) {
    const std::string joined = lemma_with_particle(tree_, i);
    if (std::find(need.lemmas.begin(), need.lemmas.end(), joined) != need.lemmas.end()) return true;
    for (const auto c : need.classes)
      if (knowledge_.classes[c].lemmas.count(joined)) {
        rule = knowledge_.classes[c].id;
        return true;
      }
  }
  return false;
}

bool EventReader::is_named(std::uint32_t i) const {
  const std::string& ner = word(i).ner;
  return ner.size() > 2 && (ner.ends_with("PER") || ner.ends_with("ORG") || ner.ends_with("GPE") || ner.ends_with("NORP"));
}

/// A name whose kind nobody knows and that is no time ("on Saturday"), or a personal pronoun.
bool EventReader::is_somebody(std::uint32_t i) const {
  const Word& w = word(i);
  if (w.upos == "PRON") return w.feats.find("PronType=Prs") != std::string::npos;
  const auto& times = analysis_.resolution.timexes;
  return w.upos == "PROPN" && w.ner == "O" && std::none_of(times.begin(), times.end(), [&](const Timex& time) { return time.span.overlaps(w.span); });
}

bool EventReader::is_political(std::uint32_t i) const {
  const std::string& ner = word(i).ner;
  if (ner.ends_with("GPE") || ner.ends_with("NORP")) return true;
  for (const auto& entity : parties_at(article_, analysis_, index_, i)) {
    if (!entity.sector && entity.country) return true;
    if (entity.sector && knowledge_.political && knowledge_.classes[*knowledge_.political].lemmas.count(*entity.sector)) return true;
  }
  return false;
}

bool EventReader::is_location(std::uint32_t i) const {
  const std::string& ner = word(i).ner;
  if (ner.ends_with("GPE") || ner.ends_with("LOC") || ner.ends_with("FAC")) return true;
  return std::any_of(analysis_.resolution.places.begin(), analysis_.resolution.places.end(),
                     [&](const Place& place) { return place.span.overlaps(word(i).span); });
}

}  // namespace masudi
