// The referee at work: what is seen of a word that several senses may have, and what is made of its points.
#include <algorithm>
#include <cstdlib>

#include "event_reader.h"

namespace masudi {

namespace {

// Thousandths of log odds by which an answer must lead. Rows are right more often than not, so the referee speaks against them only when it is sure,
// and surer still where the row that it would take has a need that does not hold.
constexpr int lead_over_rows = 600, lead_over_needs = 2000, lead_of_none = 1100;
// The specificity of a row of which a need names the very word that stands there: only rows that hold may take its place.
constexpr int plain_words = 6;
// What its margin does to the confidence of the row that stays, in percent.
constexpr int margin_a_percent = 150, most_lowered = 20, most_raised = 10;
constexpr std::size_t reasons_told = 4, fillers_seen = 4;
constexpr int near = 4, far = 1;  // quarters: what stands in a slot of the word, what stands anywhere in its sentence

std::string in_points(int thousandths) {
  const int tenths = (std::abs(thousandths) + 50) / 100;
  return (thousandths < 0 ? "-" : "+") + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace

/// What is seen of a word: who and what stands in its slots, by lemma, by class and by sector; its form; the words of its sentence.
std::vector<RefereeFeature> EventReader::referee_features(std::uint32_t anchor, const Arguments& arguments) const {
  std::vector<RefereeFeature> out;
  std::vector<std::uint64_t> seen_features;  // their hashes: each is told once
  const auto add = [&](std::string name, int weight) {
    const std::uint64_t hash = word_hash(name);
    if (std::find(seen_features.begin(), seen_features.end(), hash) != seen_features.end()) return;
    seen_features.push_back(hash);
    out.push_back({std::move(name), weight});
  };
  const auto add_word = [&](std::string_view slot, std::string_view word, int weight) { add(std::string(slot).append(word), weight); };
  const auto add_classes = [&](const std::string& slot, std::string_view lemma, int weight) {
    const auto found = knowledge_.classes_of.find(lemma);
    if (found == knowledge_.classes_of.end()) return;
    for (const auto c : found->second) add(slot + "@" + knowledge_.classes[c].name, weight);
  };
  // Whom the word's mention stands for. Not parties_at: what a phrase with all its parts may stand for costs more than everything else here.
  const auto add_party = [&](const std::string& slot, std::uint32_t i, int weight) {
    const Mention* mention = analysis_.mentions.at(index_, i);
    const Actor* actor =
        mention != nullptr && mention->cluster < analysis_.resolution.actors.size() ? &analysis_.resolution.actors[mention->cluster] : nullptr;
    const std::string& ner = word(i).ner;
    bool political = ner.ends_with("GPE") || ner.ends_with("NORP");
    if (actor != nullptr && actor->sector) {
      add(slot + "#" + *actor->sector, weight);
      political = political || (knowledge_.political && knowledge_.classes[*knowledge_.political].lemmas.count(*actor->sector) != 0);
    } else if (actor != nullptr && actor->country) {
      add(slot + "#country", weight);
      political = true;
    } else {
      add(slot + (is_named(i) ? "#name" : word(i).upos == "PRON" ? "#pronoun" : "#thing"), weight);
    }
    if (political) add(slot + "#political", weight);
  };
  const auto add_slot = [&](const std::string& slot, std::uint32_t first) {
    std::size_t seen = 0;
    for (const auto i : tree_.conjuncts(first)) {
      if (++seen > fillers_seen) break;
      const std::string_view lemma = tree_.lemma(i);
      if (word(i).upos != "PROPN") add_word(slot + "=", lemma, near);
      add_classes(slot, lemma, near);
      if (is_noun(word(i))) add_party(slot, i, near);
      if (word(i).ner.ends_with("GPE") || word(i).ner.ends_with("LOC") || word(i).ner.ends_with("FAC")) add(slot + "#place", near);
    }
  };
  const Word& w = word(anchor);
  add("bias", near);
  for (const auto i : arguments.subjects) add_slot("subj", i);
  for (const auto i : arguments.objects) add_slot("obj", i);
  if (arguments.subjects.empty()) add("no-subj", near);
  if (arguments.objects.empty()) add("no-obj", near);
  if (arguments.indirect) add("iobj", near);
  if (arguments.passive) add("passive", near);
  if (arguments.clause) {
    add("clause", near);
    add_word("clause=", tree_.lemma(*arguments.clause), near);
    if (const auto mark = tree_.child(*arguments.clause, "mark")) add_word("mark=", tree_.lower(*mark), near);
  }
  for (const auto& oblique : arguments.obliques) {
    if (oblique.preposition == oblique.word) continue;
    const std::string preposition(tree_.lower(oblique.preposition));
    add(preposition, near);
    add_slot(preposition, oblique.word);
  }
  for (const auto c : tree_.children(anchor)) {
    const Word& child = word(c);
    if (tree_.has_relation(c, "compound") || child.deprel == "amod" || tree_.has_relation(c, "flat")) {
      add_word("mod=", tree_.lemma(c), near);
      add_classes("mod", tree_.lemma(c), near);
      if (is_noun(child)) add_party("mod", c, near);
    } else if (child.deprel == "advmod") {
      add_word("adv=", tree_.lemma(c), near);
    } else if (tree_.has_relation(c, "aux") || child.deprel == "cop") {
      add_word("aux=", tree_.lemma(c), near);
    } else if (child.deprel == "det") {
      add_word("det=", tree_.lemma(c), near);
    } else if (child.deprel == "nmod:poss") {
      add("det=poss", near);
    } else if (child.deprel == "nummod") {
      add("det=number", near);
    }
  }
  add("tag=" + w.xpos, near);
  add("as=" + w.deprel, near);
  if (const auto head = tree_.head(anchor)) {
    add_word("under=", tree_.lemma(*head), near);
    add_classes("under", tree_.lemma(*head), near);
  }
  if (const auto preposition = case_of(tree_, anchor)) add_word("case=", tree_.lower(*preposition), near);
  for (std::uint32_t i = 0; i < tree_.size(); ++i) {
    if (i == anchor) continue;
    const std::string& upos = word(i).upos;
    if (upos == "NOUN" || upos == "VERB" || upos == "ADJ") {
      const std::string_view lemma = tree_.lemma(i);
      add_word("near=", lemma, far);
      add_classes("near", lemma, far);
    }
    if (upos == "NOUN" || upos == "PROPN") add_party("near", i, far);
  }
  return out;
}

/// What the rows and the referee make of a word: one of the proposals, the first of them being the rows' own answer. Where it tells no event, that
/// one comes back refused; where the referee decides otherwise than the rows, the loser's row is told beside the event.
EventCandidate EventReader::judged(std::vector<EventProposal> proposals) {
  if (proposals.front().candidate.specificity >= plain_words) std::erase_if(proposals, [](const auto& proposal) { return !proposal.holds; });
  const EventRow& own = *proposals.front().candidate.row;
  const std::uint32_t anchor = proposals.front().candidate.anchor;
  std::vector<RefereeFeature> features = referee_features(anchor, arguments_of(tree_, anchor));
  features.push_back({"rows=" + own.type, near});
  std::vector<std::string> options{std::string(Referee::none)};
  for (const auto& proposal : proposals)
    if (std::find(options.begin(), options.end(), proposal.candidate.row->type) == options.end()) options.push_back(proposal.candidate.row->type);
  const std::vector<int> scores = knowledge_.referee.scores(own.referee, features, options);
  const auto score = [&](const std::string& type) {
    return scores[static_cast<std::size_t>(std::find(options.begin(), options.end(), type) - options.begin())];
  };
  EventProposal* best = &proposals.front();
  for (auto& proposal : proposals) {
    const std::string& type = proposal.candidate.row->type;
    if (type == own.type || type == best->candidate.row->type) continue;
    if (score(type) - score(own.type) >= (proposal.holds ? lead_over_rows : lead_over_needs) && score(type) > score(best->candidate.row->type))
      best = &proposal;
  }
  EventCandidate& chosen = best->candidate;
  const auto why = [&](const std::string& winner, const std::string& loser, auto&& tell) {
    for (const auto& reason : knowledge_.referee.reasons(own.referee, features, winner, loser, reasons_told)) tell(reason);
  };
  const int none = scores.front(), margin = score(chosen.row->type) - none;
  if (-margin >= lead_of_none) {
    std::string reason = "the referee: no event " + in_points(none) + ", " + chosen.row->type + " " + in_points(score(chosen.row->type)) + ":";
    why(options.front(), chosen.row->type, [&](const auto& r) { reason += " " + r.feature + " " + in_points(r.points); });
    refused_.push_back({own.id, word(anchor).span, std::move(reason)});
    EventCandidate refused = std::move(proposals.front().candidate);
    refused.refused = refused.dropped = true;
    return refused;
  }
  int rival = none;
  std::string other(Referee::none);
  for (std::size_t i = 1; i < options.size(); ++i)
    if (options[i] != chosen.row->type && scores[i] > rival) {
      rival = scores[i];
      other = options[i];
    }
  if (best != &proposals.front()) {
    chosen.rejected.push_back({own.id, word(anchor).span, "the referee: " + own.type + " " + in_points(score(own.type))});
    other = own.type;
  }
  chosen.evidence.push_back(
      {"referee", "event.referee", chosen.row->type + " " + in_points(score(chosen.row->type)) + ", " + other + " " + in_points(score(other))});
  why(chosen.row->type, other, [&](const auto& r) { chosen.evidence.push_back({"referee", r.row, in_points(r.points)}); });
  chosen.doubt = std::clamp((score(chosen.row->type) - rival) / margin_a_percent, -most_lowered, most_raised);
  return std::move(chosen);
}

/// Words that the referee refused are told beside the first event of the sentence, if it has one.
void EventReader::tell_refused() {
  const auto first = std::find_if(candidates_.begin(), candidates_.end(), [](const auto& candidate) { return !candidate.dropped; });
  if (first != candidates_.end()) first->rejected.insert(first->rejected.end(), refused_.begin(), refused_.end());
}

}  // namespace masudi
