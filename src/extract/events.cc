// Events: words of the lexicon whose arguments fit, made into PLOVER records. The order of work in a sentence: match each word's rows;
// drop what is only the topic of another event; fill parties, auxiliary modes, date, place, contexts and sources; drop what says the same twice.
#include <algorithm>
#include <set>

#include "events_rules.h"
#include "predicate.h"

namespace masudi {

namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFFU;
// An event more than a year before publication is told as history (record.md).
constexpr int history_days = 365;
// How far below a complement's head a word still is what the complement is about: "agreed to order the withdrawal".
constexpr int topic_depth = 3;
// How far into a noun phrase a party is looked for: "the sites of Iranian-backed factions".
constexpr int party_depth = 3;

struct Evidence {
  std::string field, rule, note;
};

/// A word read as an event by one row.
struct Candidate {
  std::uint32_t anchor = 0, particle = nothing;
  const EventRow* row = nullptr;
  Arguments arguments;
  std::vector<std::uint32_t> verbs;     ///< for a noun: the light verb that governs it, if any
  std::vector<std::uint32_t> consumed;  ///< words that satisfied a constraint: they are part of this event
  std::vector<Evidence> evidence;
  std::vector<Rejection> rejected;
  int specificity = 0;
  bool dropped = false;
};

bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }
bool is_noun(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "PRON" || word.upos == "NUM"; }
std::string lower_lemma(const Word& word) { return ascii_lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma); }

/// Builds the events of one sentence.
class SentenceReader {
 public:
  SentenceReader(const Article& article, const Analysis& analysis, std::uint32_t sentence, const EventKnowledge& knowledge, Extraction& out,
                 std::optional<DateRange> news_day)
      : article_(article),
        analysis_(analysis),
        index_(sentence),
        sentence_(analysis.sentences[sentence]),
        tree_(sentence_),
        knowledge_(knowledge),
        out_(out),
        news_day_(news_day) {}

  void read() {
    match(false);
    match(true);
    drop_consumed();
    drop_topics();
    drop_retold();
    std::vector<std::pair<Event, Trace>> made;
    std::vector<std::uint32_t> anchors;
    for (auto& candidate : candidates_) {
      if (candidate.dropped) continue;
      anchors.push_back(candidate.anchor);
      made.push_back(make(candidate));
    }
    drop_doubles(made, anchors);
    for (auto& [event, trace] : made) {
      if (event.type.empty()) continue;
      event.id = "e" + std::to_string(out_.events.size() + 1);
      event.same_as = earlier(event);
      trace.record = event.id;
      out_.events.push_back(std::move(event));
      out_.traces.push_back(std::move(trace));
    }
  }

 private:
  const Word& word(std::uint32_t i) const { return sentence_.words[i]; }

  // --- matching -------------------------------------------------------------------------------------------------------------------

  /// Lemmas under which a word is looked up. A headline's "Talks" is often tagged as a name: its plural is tried too.
  std::vector<std::string> keys_of(std::uint32_t i) const {
    std::vector<std::string> keys{lower_lemma(word(i))};
    // "cease-fire" may be three words.
    if (i >= 2 && word(i - 1).span.begin == word(i - 2).span.end && word(i - 1).span.end == word(i).span.begin && word(i - 1).upos == "PUNCT")
      keys.insert(keys.begin(), ascii_lower(word(i - 2).form) + "-" + keys[0]);
    if (word(i).upos == "PROPN" && keys[0].size() > 4 && keys[0].back() == 's') keys.push_back(keys[0].substr(0, keys[0].size() - 1));
    return keys;
  }

  bool pos_fits(const EventRow& row, const Word& w) const {
    if (row.pos == "verb") return w.upos == "VERB" && w.deprel != "amod";
    if (row.pos == "adj") return w.upos == "ADJ" || w.upos == "VERB";
    return w.upos == "NOUN" || (w.upos == "PROPN" && w.ner == "O") ||
           (w.upos == "VERB" && w.xpos == "VBG" && (w.deprel == "obj" || w.deprel == "nsubj"));
  }

  std::uint32_t particle_of(std::uint32_t verb, const std::string& particle) const {
    // The parser reads "pulled out of Syria" as particle, adverb or preposition: any of them will do, close to the verb.
    const std::uint32_t end = std::min(tree_.size(), verb + 6);
    for (std::uint32_t i = verb + 1; i < end; ++i) {
      if (ascii_lower(word(i).form) != particle) continue;
      const auto up = tree_.head(i);
      if (up == verb || i == verb + 1) return i;
      if (up && tree_.head(*up) == verb && word(i).deprel == "case") return i;
    }
    return nothing;
  }

  /// Runs the rows over every word: first those without `about`, then those that ask what the complement is about.
  void match(bool about) {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      std::optional<Arguments> arguments;
      Candidate best;
      std::vector<Rejection> rejected;
      for (const auto& key : keys_of(i)) {
        const auto found = knowledge_.by_lemma.find(key);
        if (found == knowledge_.by_lemma.end()) continue;
        for (const auto r : found->second) {
          const EventRow& row = knowledge_.rows[r];
          if (!pos_fits(row, word(i))) continue;
          const bool asks = std::any_of(row.needs.begin(), row.needs.end(), [](const auto& need) { return need.slot == "about"; });
          if (asks != about) continue;
          Candidate candidate;
          candidate.anchor = i;
          candidate.row = &row;
          if (!row.particle.empty()) {
            candidate.particle = particle_of(i, row.particle);
            if (candidate.particle == nothing) continue;
            candidate.specificity += 4;
          }
          if (!arguments) arguments = arguments_of(tree_, i);
          candidate.arguments = *arguments;
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
            continue;
          }
          if (!best.row || candidate.specificity > best.specificity ||
              (candidate.specificity == best.specificity && candidate.row->confidence > best.row->confidence)) {
            if (best.row) rejected.push_back({best.row->id, word(i).span, "a more specific row holds: " + row.id});
            best = std::move(candidate);
          } else {
            rejected.push_back({row.id, word(i).span, "a more specific row holds: " + best.row->id});
          }
        }
      }
      if (!best.row) continue;
      best.rejected = std::move(rejected);
      const auto old = std::find_if(candidates_.begin(), candidates_.end(), [&](const auto& c) { return c.anchor == i; });
      if (old == candidates_.end()) {
        candidates_.push_back(std::move(best));
      } else if (best.specificity >= old->specificity) {
        best.rejected.insert(best.rejected.end(), old->rejected.begin(), old->rejected.end());
        *old = std::move(best);
      }
    }
    std::stable_sort(candidates_.begin(), candidates_.end(), [](const auto& a, const auto& b) { return a.anchor < b.anchor; });
  }

  /// Words that stand in a slot of a candidate. Coordinated fillers are all listed.
  std::vector<std::uint32_t> fillers(const std::string& slot, const Candidate& candidate) const {
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
    } else if (slot == "verb") {
      out = candidate.verbs;
    } else if (slot == "case") {
      if (const auto preposition = case_of(tree_, candidate.anchor)) out.push_back(*preposition);
    } else {
      for (const auto& oblique : obliques(candidate))
        if (ascii_lower(word(oblique.preposition).form) == slot) add(oblique.word);
    }
    return out;
  }

  /// Prepositional dependents of the anchor; for an event noun also those of the light verb ("carried out strikes on the base").
  std::vector<Oblique> obliques(const Candidate& candidate) const {
    std::vector<Oblique> out = candidate.arguments.obliques;
    for (const auto verb : candidate.verbs)
      if (tree_.has_relation(candidate.anchor, "obj") || tree_.has_relation(candidate.anchor, "nsubj"))
        for (const auto c : tree_.children(verb))
          if (tree_.has_relation(c, "obl") && c != candidate.anchor)
            if (const auto preposition = case_of(tree_, c)) out.push_back({c, *preposition});
    // A preposition may hang on the object that the parser preferred: "called for talks on Monday", "launched rockets at Israel".
    if (is_verb(word(candidate.anchor)))
      for (const auto object : candidate.arguments.objects)
        if (tree_.head(object) == candidate.anchor && word(object).deprel == "obj")
          for (const auto c : tree_.children(object))
            if (word(c).deprel == "nmod")
              if (const auto preposition = case_of(tree_, c)) out.push_back({c, *preposition});
    return out;
  }

  bool holds(const EventConstraint& need, Candidate& candidate) const {
    if (need.slot == "future") return has_own_modal(candidate.anchor) != need.negated;
    if (need.slot == "source") {
      const bool found = innermost_statement(word(candidate.anchor).span) != nullptr;
      if (found && !need.negated) candidate.specificity += 2;
      return found != need.negated;
    }
    if (need.slot == "about") {
      bool found = false;
      for (const auto& other : candidates_) {
        if (other.anchor == candidate.anchor || std::find(need.types.begin(), need.types.end(), other.row->type) == need.types.end()) continue;
        if (!is_topic(candidate.anchor, other.anchor)) continue;
        found = true;
        candidate.evidence.push_back({"about", other.row->id, "the complement is an event of type " + other.row->type});
      }
      if (found && !need.negated) candidate.specificity += 5;
      return found != need.negated;
    }
    bool found = false, literal = false;
    for (const auto i : fillers(need.slot, candidate)) {
      std::string rule;
      if (!value_fits(need, i, rule)) continue;
      found = true;
      literal = literal || (rule.empty() && !need.anything && !need.party);
      if (need.negated) break;
      if (need.slot != "subj") candidate.consumed.push_back(i);
      if (!rule.empty()) candidate.evidence.push_back({need.slot, rule, std::string(slice(article_.text, word(i).span))});
    }
    if (need.negated && !found)
      for (const auto c : need.classes) candidate.evidence.push_back({need.slot, knowledge_.classes[c].id, "absent, as the row asks"});
    if (!need.negated && found) candidate.specificity += need.anything ? 2 : literal ? 6 : 4;  // a word says more than a class
    return found != need.negated;
  }

  bool value_fits(const EventConstraint& need, std::uint32_t i, std::string& rule) const {
    if (need.anything) return true;
    if (need.party && (is_named(i) || !parties_at(article_, analysis_, index_, i).empty())) return true;
    if (need.location && is_location(i)) return true;
    // A name is known by any of its words: "the African Union", "the Security Council".
    std::vector<std::string> lemmas{lower_lemma(word(i)), ascii_lower(word(i).form)};
    if (word(i).upos == "PROPN")
      for (const auto c : tree_.children(i))
        if (tree_.has_relation(c, "flat") || tree_.has_relation(c, "compound")) lemmas.push_back(lower_lemma(word(c)));
    // "most of the town", "hundreds of rebels", "20 million dollars": the amount stands for what it measures.
    for (const auto c : tree_.children(i))
      if (word(c).deprel == "nmod" && (word(i).upos != "NOUN" || tree_.child(c, "case"))) {
        const auto preposition = case_of(tree_, c);
        if (!preposition || ascii_lower(word(*preposition).lemma) == "of") lemmas.push_back(lower_lemma(word(c)));
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

  bool is_named(std::uint32_t i) const {
    const std::string& ner = word(i).ner;
    return ner.size() > 2 && (ner.ends_with("PER") || ner.ends_with("ORG") || ner.ends_with("GPE") || ner.ends_with("NORP"));
  }

  bool is_location(std::uint32_t i) const {
    const std::string& ner = word(i).ner;
    if (ner.ends_with("GPE") || ner.ends_with("LOC") || ner.ends_with("FAC")) return true;
    return std::any_of(analysis_.resolution.places.begin(), analysis_.resolution.places.end(),
                       [&](const Place& place) { return place.span.overlaps(word(i).span); });
  }

  const Statement* innermost_statement(TextSpan anchor) const {
    const Statement* best = nullptr;
    std::uint32_t least = 0;
    for (const auto& statement : out_.statements) {
      if (statement.cue && statement.cue->overlaps(anchor)) continue;
      std::uint32_t bytes = 0;
      bool inside = false;
      for (const auto piece : statement.content) {
        bytes += piece.size();
        inside = inside || piece.contains(anchor);
      }
      if (inside && (!best || bytes < least)) {
        best = &statement;
        least = bytes;
      }
    }
    return best;
  }

  bool has_own_modal(std::uint32_t i) const {
    for (const auto& mark : modes_of(tree_, i, knowledge_.modality))
      if (mark.own_modal && mark.aux == "future") return true;
    return false;
  }

  /// Is `below` what the complement of `above` is about: reached through a clausal complement, object or oblique within a few steps?
  bool is_topic(std::uint32_t above, std::uint32_t below) const {
    std::uint32_t i = below;
    for (int step = 0; step <= topic_depth; ++step) {
      const auto up = tree_.head(i);
      if (!up) return false;
      const std::string& relation = word(i).deprel;
      if (relation == "parataxis" || relation == "acl:relcl" || relation == "advcl" || relation == "appos") return false;
      // "the agreement concluded in 2015": a fact told in passing, not what is agreed.
      if (relation == "acl" && word(i).xpos == "VBN") return false;
      if (*up == above) return relation != "nsubj" && relation != "conj" && relation != "nmod:poss" && relation != "compound" && relation != "amod";
      i = *up;
    }
    return false;
  }

  // --- what is not an event of its own ---------------------------------------------------------------------------------------------

  void drop(Candidate& loser, Candidate& winner, const std::string& reason) {
    loser.dropped = true;
    winner.rejected.push_back({loser.row->id, word(loser.anchor).span, reason});
  }

  void drop_consumed() {
    for (const bool verbs : {true, false})
      for (auto& winner : candidates_) {
        if (winner.dropped || is_verb(word(winner.anchor)) != verbs) continue;
        for (auto& loser : candidates_)
          if (&loser != &winner && !loser.dropped && std::find(winner.consumed.begin(), winner.consumed.end(), loser.anchor) != winner.consumed.end())
            drop(loser, winner, "part of the event " + std::string(slice(article_.text, word(winner.anchor).span)));
      }
  }

  /// What a demand, refusal, agreement or threat is about is not a second event.
  void drop_topics() {
    for (auto& winner : candidates_) {
      if (winner.dropped) continue;
      const std::string& type = winner.row->type;
      if (type != "REQUEST" && type != "AGREE" && type != "REJECT" && type != "THREATEN" && type != "CONCEDE") continue;
      for (auto& loser : candidates_)
        if (&loser != &winner && !loser.dropped && is_topic(winner.anchor, loser.anchor)) drop(loser, winner, "what the " + type + " is about");
    }
  }

  /// An event noun that is only the object or adjunct of another event is told again, not told: dropped when its type has been coded before.
  void drop_retold() {
    for (auto& loser : candidates_) {
      if (loser.dropped || !is_noun(word(loser.anchor))) continue;
      const bool adjunct =
          tree_.has_relation(loser.anchor, "obl") || tree_.has_relation(loser.anchor, "nmod") || tree_.has_relation(loser.anchor, "obj");
      if (!adjunct) continue;
      // "during the visit", "prior to the ruling": named only to place something else in time.
      const bool known = tree_.has_relation(loser.anchor, "obl") && is_definite(loser.anchor);
      const bool told = std::any_of(out_.events.begin(), out_.events.end(), [&](const auto& event) { return event.type == loser.row->type; });
      if (!told) continue;
      if (known) {
        loser.dropped = true;
        continue;
      }
      for (auto& winner : candidates_)
        if (&winner != &loser && !winner.dropped && tree_.dominates(winner.anchor, loser.anchor) && is_topic(winner.anchor, loser.anchor)) {
          drop(loser, winner, "told before, here only the object or adjunct of another event");
          break;
        }
    }
  }

  bool is_definite(std::uint32_t i) const {
    for (const auto c : tree_.children(i)) {
      const std::string& feats = word(c).feats;
      if (feats.find("Definite=Def") != std::string::npos || feats.find("PronType=Dem") != std::string::npos || word(c).deprel == "nmod:poss")
        return true;
    }
    return false;
  }

  // --- fields ---------------------------------------------------------------------------------------------------------------------

  void add_parties(std::uint32_t i, bool descend, int depth, std::vector<Entity>& out) const {
    const auto here = parties_at(article_, analysis_, index_, i);
    for (const auto& entity : here)
      if (std::none_of(out.begin(), out.end(), [&](const auto& e) { return e.text == entity.text && e.name == entity.name; })) out.push_back(entity);
    if (!here.empty() || !descend || depth >= party_depth) return;
    const std::size_t before = out.size();
    for (const auto c : tree_.children(i)) {
      const bool inside = tree_.has_relation(c, "nmod") || tree_.has_relation(c, "compound") || word(c).deprel == "amod";
      if (inside) add_parties(c, true, depth + 1, out);
      if (out.size() > before) return;
    }
  }

  std::vector<Entity> role(const EventRole& slots, const Candidate& candidate, bool descend, std::vector<std::uint32_t>& words) const {
    std::vector<Entity> out;
    for (const auto& alternatives : slots)
      for (const auto& slot : alternatives) {
        const std::size_t before = out.size();
        const auto& arguments = candidate.arguments;
        std::vector<std::uint32_t> heads;
        // parties_at splits coordinations, so only the first conjunct is asked.
        if (slot == "source") {
          if (const auto* statement = innermost_statement(word(candidate.anchor).span)) out.push_back(statement->source);
        } else if (slot == "subj")
          heads = arguments.subjects;
        else if (slot == "obj")
          heads = arguments.objects;
        else if (slot == "iobj" && arguments.indirect)
          heads = {*arguments.indirect};
        else
          for (const auto& oblique : obliques(candidate))
            if (ascii_lower(word(oblique.preposition).form) == slot) heads.push_back(oblique.word);
        for (const auto i : heads) {
          const std::size_t had = out.size();
          add_parties(i, descend, 0, out);
          if (out.size() > had) words.push_back(i);
        }
        if (out.size() > before) break;
      }
    return out;
  }

  /// The verb whose clause the anchor belongs to: itself, or for a noun the verb that it depends on.
  std::uint32_t clause_of(std::uint32_t i) const {
    std::uint32_t at = i;
    for (std::uint32_t steps = 0; steps < tree_.size(); ++steps) {
      if (is_verb(word(at)) || word(at).deprel == "root") return at;
      const auto up = tree_.head(at);
      if (!up) return at;
      at = *up;
    }
    return at;
  }

  /// The word of [first, last) that the rest hangs on.
  std::uint32_t head_of(std::uint32_t first, std::uint32_t last) const {
    last = std::min(last, tree_.size());
    for (std::uint32_t i = first; i < last; ++i) {
      const auto up = tree_.head(i);
      if (!up || *up < first || *up >= last) return i;
    }
    return first;
  }

  /// How closely a dependent (a time, a place) belongs to the anchor: 3 its own, 2 of its clause's verb, 1 of a verb that it completes, 0 not.
  int closeness(std::uint32_t dependent, std::uint32_t anchor) const {
    std::uint32_t at = dependent;
    for (std::uint32_t steps = 0; steps < tree_.size(); ++steps) {
      const auto up = tree_.head(at);
      if (!up) break;
      at = *up;
      if (at == anchor) return 3;
      if (is_verb(word(at))) break;
    }
    if (at == dependent) return 0;
    const std::uint32_t clause = clause_of(anchor);
    if (at == clause) return 2;
    std::uint32_t above = clause;
    for (int step = 0; step < topic_depth && word(above).deprel == "xcomp"; ++step) {
      const auto up = tree_.head(above);
      if (!up) break;
      above = *up;
      if (above == at) return 1;
    }
    return 0;
  }

  std::optional<DateRange> date_of(const Candidate& candidate, Trace& trace) const {
    int best = 0;
    std::optional<DateRange> out;
    for (const auto& interval : analysis_.resolution.intervals) {
      if (interval.sentence != index_ || !interval.range || interval.first >= tree_.size()) continue;
      const int close = closeness(head_of(interval.first, interval.last), candidate.anchor);
      if (close <= best) continue;
      best = close;
      out = interval.range;
      const std::string rule =
          interval.timex < analysis_.resolution.timexes.size() ? analysis_.resolution.timexes[interval.timex].provenance.rule : "";
      trace.fields.push_back({"date", rule, "the time in its clause"});
    }
    return out;
  }

  std::optional<EventPlace> place_of(const Candidate& candidate, const std::string& mode, Trace& trace) const {
    int best = 0;
    std::optional<EventPlace> out;
    for (const auto& place : analysis_.resolution.places) {
      if (!sentence_.span.contains(place.span)) continue;
      std::uint32_t first = nothing, last = 0;
      for (std::uint32_t i = 0; i < tree_.size(); ++i)
        if (word(i).span.overlaps(place.span)) {
          first = std::min(first, i);
          last = i + 1;
        }
      if (first == nothing) continue;
      std::uint32_t head = head_of(first, last);
      auto preposition = case_of(tree_, head);
      // "in the town of Yeoncheon", "in the Iraqi capital Baghdad": the phrase around the name carries the preposition.
      for (int step = 0; step < 2; ++step) {
        const auto up = tree_.head(head);
        const bool inside = tree_.has_relation(head, "nmod") || tree_.has_relation(head, "appos") || tree_.has_relation(head, "compound");
        if (!up || !is_noun(word(*up)) || !inside || *up == candidate.anchor) break;
        if (preposition && place_row(ascii_lower(word(*preposition).form), mode)) break;
        head = *up;
        preposition = case_of(tree_, head);
      }
      if (!preposition) continue;
      const auto* row = place_row(ascii_lower(word(*preposition).form), mode);
      if (!row) continue;
      const int close = closeness(head, candidate.anchor);
      if (close <= best) continue;
      best = close;
      out = EventPlace{place.span, place.name, place.country};
      trace.fields.push_back({"place", row->id, std::string(word(*preposition).form)});
    }
    return out;
  }

  const EventKnowledge::PlaceRow* place_row(const std::string& preposition, const std::string& mode) const {
    for (const auto& row : knowledge_.places)
      if ((row.mode.empty() || row.mode == mode) && row.prepositions.count(preposition)) return &row;
    return nullptr;
  }

  void add_contexts(Event& event, Trace& trace) const {
    for (const auto& context : knowledge_.contexts) {
      const bool there = std::find(event.contexts.begin(), event.contexts.end(), context.context) != event.contexts.end();
      for (const auto& run : context.words) {
        const auto at = find_run(run);
        if (at == nothing) continue;
        if (!there) event.contexts.push_back(context.context);
        trace.fields.push_back({"contexts", context.id, context.context + ": " + word(at).form});
        break;
      }
    }
  }

  std::uint32_t find_run(const std::vector<std::string>& run) const {
    for (std::uint32_t i = 0; i + run.size() <= tree_.size(); ++i) {
      bool all = !run.empty();
      for (std::uint32_t k = 0; all && k < run.size(); ++k) all = lower_lemma(word(i + k)) == run[k] || ascii_lower(word(i + k).form) == run[k];
      if (all) return i;
    }
    return nothing;
  }

  /// Statements in whose content the anchor stands, outermost first, without the one that the event itself makes.
  std::vector<std::string> sources_of(TextSpan anchor) const {
    std::vector<const Statement*> around;
    const auto size = [](const Statement& statement) {
      std::uint32_t bytes = 0;
      for (const auto piece : statement.content) bytes += piece.size();
      return bytes;
    };
    for (const auto& statement : out_.statements) {
      if (statement.cue && statement.cue->overlaps(anchor)) continue;
      if (std::any_of(statement.content.begin(), statement.content.end(), [&](TextSpan piece) { return piece.contains(anchor); }))
        around.push_back(&statement);
    }
    std::stable_sort(around.begin(), around.end(), [&](const auto* a, const auto* b) {
      if (b->parent == a->id) return true;
      if (a->parent == b->id) return false;
      return size(*a) > size(*b);
    });
    std::vector<std::string> out;
    for (const auto* statement : around) out.push_back(statement->id);
    return out;
  }

  TextSpan anchor_span(const Candidate& candidate) const {
    TextSpan span = word(candidate.anchor).span;
    if (candidate.particle != nothing && candidate.particle == candidate.anchor + 1) span.end = std::max(span.end, word(candidate.particle).span.end);
    return span;
  }

  void set_modes(const Candidate& candidate, Event& event, Trace& trace, bool& own_modal) const {
    std::set<std::string> aux;
    for (const auto& mode : candidate.row->aux) {
      aux.insert(mode);
      trace.fields.push_back({"aux", candidate.row->id, mode});
    }
    for (const auto& mark : modes_of(tree_, candidate.anchor, knowledge_.modality)) {
      if (mark.own_modal && mark.aux == "future") own_modal = true;
      trace.fields.push_back({"aux", mark.rule, mark.aux + ": " + word(mark.word).form});
      aux.insert(mark.aux);
      trace.words.push_back(mark.word);
    }
    if (event.date && article_.published && event.date->end < *article_.published - std::chrono::days(history_days)) {
      aux.insert("historical");
      trace.fields.push_back({"aux", "date.over-a-year", "historical"});
    }
    for (const char* mode : {"historical", "future", "hypothetical", "negated"})
      if (aux.count(mode)) event.aux.emplace_back(mode);
  }

  static std::set<std::string> countries(const std::vector<Entity>& entities) {
    std::set<std::string> out;
    for (const auto& entity : entities)
      if (entity.country) out.insert(*entity.country);
    return out;
  }

  bool is_infinitive(std::uint32_t i) const {
    if (!is_verb(word(i))) return false;
    for (const auto c : tree_.children(i))
      if (word(c).deprel == "mark" && word(c).upos == "PART") return true;
    return false;
  }

  void shift(std::uint32_t anchor, Event& event, Trace& trace, bool own_modal) const {
    for (const auto& row : knowledge_.shifts) {
      if (row.type != event.type || (!row.mode.empty() && row.mode != event.mode.value_or(""))) continue;
      if (!row.aux.empty() && std::find(event.aux.begin(), event.aux.end(), row.aux) == event.aux.end()) continue;
      if (row.when == "modal" && !own_modal) continue;
      if (row.when == "infinitive" && !is_infinitive(anchor)) continue;
      if (row.when == "one_host" || row.when == "many_countries") {
        if (event.mode) continue;
        auto all = countries(event.actor);
        all.merge(countries(event.recipient));
        if (row.when == "many_countries" && all.size() < 3) continue;
        if (row.when == "one_host") {
          const auto host = event.place ? event.place->country : std::nullopt;
          if (all.size() != 2 || !host || !all.count(*host) || event.actor.size() < 2) continue;
          // The visitor acts, the host receives.
          std::vector<Entity> visitors;
          for (auto& entity : event.actor) (entity.country == host ? event.recipient : visitors).push_back(entity);
          event.actor = std::move(visitors);
        }
      }
      event.type = row.to_type;
      event.mode = row.to_mode.empty() ? std::nullopt : std::optional(row.to_mode);
      if (!row.cameo.empty()) event.cameo = row.cameo;
      std::erase_if(event.aux, [&](const auto& aux) { return std::find(row.drops.begin(), row.drops.end(), aux) != row.drops.end(); });
      for (const auto& aux : row.adds)
        if (std::find(event.aux.begin(), event.aux.end(), aux) == event.aux.end()) event.aux.push_back(aux);
      trace.fields.push_back({"type", row.id, "now " + event.type + (event.mode ? " " + *event.mode : "")});
      return;
    }
  }

  std::pair<Event, Trace> make(Candidate& candidate) {
    const EventRow& row = *candidate.row;
    Event event;
    Trace trace;
    trace.sentence = index_;
    trace.words.push_back(candidate.anchor);
    event.anchor = anchor_span(candidate);
    event.type = row.type;
    if (!row.mode.empty()) event.mode = row.mode;
    if (!row.cameo.empty()) event.cameo = row.cameo;
    event.confidence = row.confidence;
    event.provenance.rule = row.id;
    trace.fields.push_back({"type", row.id, row.type + (row.mode.empty() ? "" : " " + row.mode)});
    for (auto& evidence : candidate.evidence) trace.fields.push_back({evidence.field, evidence.rule, evidence.note});
    event.actor = role(row.actor, candidate, false, trace.words);
    event.recipient = role(row.recipient, candidate, true, trace.words);
    std::erase_if(event.recipient, [&](const Entity& entity) {
      return std::any_of(event.actor.begin(), event.actor.end(), [&](const Entity& actor) { return actor.text == entity.text; });
    });
    event.place = place_of(candidate, row.mode, trace);
    event.date = date_of(candidate, trace);
    bool own_modal = false;
    set_modes(candidate, event, trace, own_modal);
    shift(candidate.anchor, event, trace, own_modal);
    default_date(candidate, event, trace);
    event.contexts = row.contexts;
    add_contexts(event, trace);
    event.sources = sources_of(event.anchor);
    const auto score = knowledge_.scores.find({event.type, event.mode.value_or("")});
    if (score != knowledge_.scores.end()) {
      event.score = score->second.score;
      trace.fields.push_back({"score", score->second.id, ""});
    }
    for (const auto& entity : event.actor) trace.fields.push_back({"actor", row.id, std::string(slice(article_.text, entity.text))});
    for (const auto& entity : event.recipient) trace.fields.push_back({"recipient", row.id, std::string(slice(article_.text, entity.text))});
    trace.rejected = std::move(candidate.rejected);
    std::sort(trace.words.begin(), trace.words.end());
    trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
    return {std::move(event), std::move(trace)};
  }

  /// News of the day takes the day of the news; a past report without a date of its own has none.
  void default_date(const Candidate& candidate, Event& event, Trace& trace) const {
    if (event.date || !news_day_) return;
    const bool unsure = !event.aux.empty();
    const bool speech =
        event.type == "REQUEST" || event.type == "ACCUSE" || event.type == "REJECT" || event.type == "THREATEN" || event.type == "SUPPORT";
    if (unsure || !speech || !is_verb(word(candidate.anchor))) return;
    event.date = news_day_;
    trace.fields.push_back({"date", "date.news-of-the-day", "a speech act that is the news of the article"});
  }

  // --- one record for each event of a sentence -------------------------------------------------------------------------------------

  static bool compatible(const std::vector<Entity>& a, const std::vector<Entity>& b) {
    if (a.empty() || b.empty()) return true;
    for (const auto& x : a)
      for (const auto& y : b)
        if (x.text.overlaps(y.text) || (x.name && x.name == y.name) || (!x.name && !y.name && x.country == y.country && x.sector == y.sector))
          return true;
    return false;
  }

  /// Could two words name one event? A noun with a word of its clause or of the clause that it completes; two verbs each tell something.
  bool may_be_one(std::uint32_t a, std::uint32_t b) const {
    if (is_verb(word(a)) && is_verb(word(b))) return false;
    return clause_of(a) == clause_of(b) || is_topic(a, b) || is_topic(b, a);
  }

  void drop_doubles(std::vector<std::pair<Event, Trace>>& made, const std::vector<std::uint32_t>& anchors) const {
    for (std::size_t i = 0; i < made.size(); ++i)
      for (std::size_t j = i + 1; j < made.size(); ++j) {
        Event &a = made[i].first, &b = made[j].first;
        if (a.type.empty() || b.type.empty() || a.type != b.type || a.aux != b.aux || !may_be_one(anchors[i], anchors[j])) continue;
        if (!compatible(a.actor, b.actor) || !compatible(a.recipient, b.recipient)) continue;
        const auto weight = [](const Event& event) { return event.actor.size() + event.recipient.size() + (event.mode ? 1U : 0U); };
        const bool keep_first = weight(a) >= weight(b);
        Event& loser = keep_first ? b : a;
        Trace& winner = made[keep_first ? i : j].second;
        winner.rejected.push_back({loser.provenance.rule, loser.anchor, "the same event as another word of the sentence"});
        loser.type.clear();
      }
  }

  /// The first event of the article that this one tells again.
  std::optional<std::string> earlier(const Event& event) const {
    for (const auto& old : out_.events) {
      if (old.type != event.type || sentence_.span.contains(old.anchor)) continue;
      if (old.mode && event.mode && old.mode != event.mode) continue;
      if (!compatible(old.actor, event.actor) || !compatible(old.recipient, event.recipient)) continue;
      const bool shares = (!event.actor.empty() && !old.actor.empty()) || (!event.recipient.empty() && !old.recipient.empty());
      if (!shares && ascii_lower(slice(article_.text, old.anchor)) != ascii_lower(slice(article_.text, event.anchor))) continue;
      if (old.date && event.date && old.date != event.date) continue;
      return old.same_as ? old.same_as : std::optional(old.id);
    }
    return std::nullopt;
  }

  const Article& article_;
  const Analysis& analysis_;
  std::uint32_t index_;
  const Sentence& sentence_;
  Tree tree_;
  const EventKnowledge& knowledge_;
  Extraction& out_;
  std::optional<DateRange> news_day_;
  std::vector<Candidate> candidates_;
};

/// The day of the article's news: the first single day within a week before publication that its opening names, else the publication date.
std::optional<DateRange> day_of_the_news(const Article& article, const Analysis& analysis) {
  constexpr std::uint32_t opening = 4;
  constexpr int week = 7;
  if (!article.published) return std::nullopt;
  for (const auto& interval : analysis.resolution.intervals) {
    if (interval.sentence >= opening || !interval.range || interval.range->begin != interval.range->end) continue;
    const auto age = *article.published - interval.range->begin;
    if (age >= std::chrono::days(0) && age <= std::chrono::days(week)) return interval.range;
  }
  return DateRange{*article.published, *article.published};
}

}  // namespace

void extract_events(const Article& article, const Analysis& analysis, const EventRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const EventKnowledge*>(&rules);
  if (!knowledge) return;
  const auto news_day = day_of_the_news(article, analysis);
  for (std::uint32_t s = 0; s < analysis.sentences.size(); ++s) SentenceReader(article, analysis, s, *knowledge, out, news_day).read();
}

}  // namespace masudi
