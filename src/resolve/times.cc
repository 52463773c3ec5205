// Times of an article: found by the grammar of the time tables, then given a calendar by publication, story and tense.
#include <algorithm>

#include "resolve_impl.h"
#include "time_grammar.h"

namespace masudi {

namespace {

using times::Atom;
using times::Condition;
using times::Direction;
using times::Found;
using times::Frame;
using times::Slot;
using times::TimeContext;

/// A preposition (or the like) in front of a time: lexicon/timex_relations.tsv.
struct Relation {
  std::vector<std::uint32_t> forms;
  std::string relation, id;
  std::string direction;  ///< future, nearest, future_unless_past; "" leaves it to the verb
};

/// A word of the verb group that tells past from future: lexicon/timex_tense.tsv.
struct TenseCue {
  std::string kind, id;
  Direction direction = Direction::past;
};

struct TimeTables final : TimeRules {
  times::Grammar grammar;
  std::vector<Relation> relations;                 // longest first
  std::unordered_map<std::string, TenseCue> cues;  // key: kind + " " + lemma or form

  const TenseCue* cue(std::string_view kind, std::string_view word) const {
    const auto at = cues.find(std::string(kind) + " " + ascii_lower(word));
    return at == cues.end() ? nullptr : &at->second;
  }
};

struct Verdict {
  Direction direction = Direction::past;
  std::string rule;  ///< row that decided, "" where the form of the verb did
  bool present = false, found = false, perfect = false;
};

bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }

/// Past or future, by the verb that governs words [first, last).
class Tense {
 public:
  Tense(const Tree& tree, const TimeTables& tables) : tree_(tree), sentence_(tree.sentence()), tables_(tables) {}

  Verdict of(std::uint32_t first, std::uint32_t last) {
    if (sentence_.words.empty()) return {};
    if (!parsed()) return by_surface(first, last);
    bool through_noun = false;
    const auto verb = governor(first, last, through_noun);
    if (!verb) return {Direction::nearest, "", false, false, false};
    auto verdict = of_verb(*verb, 0);
    // "to look at the June agreement": the verb's time is not the agreement's
    if (through_noun && verdict.direction == Direction::future) verdict.direction = Direction::nearest;
    return verdict;
  }

 private:
  bool parsed() const {
    return std::any_of(sentence_.words.begin(), sentence_.words.end(), [](const Word& word) { return word.head >= 0; });
  }

  bool is_verbal(std::uint32_t i) const {
    const Word& word = sentence_.words[i];
    return word.upos == "VERB" || word.upos == "AUX" || tree_.child(i, "cop").has_value();
  }

  std::optional<std::uint32_t> governor(std::uint32_t first, std::uint32_t last, bool& through_noun) const {
    std::optional<std::uint32_t> at;
    for (std::uint32_t i = first; i < last && i < tree_.size(); ++i) {
      const auto up = tree_.head(i);
      if (!up || *up < first || *up >= last) at = i;
    }
    for (std::uint32_t steps = 0; at && steps <= tree_.size(); ++steps) {
      if (*at < first || *at >= last) {
        if (is_verbal(*at)) return at;
        through_noun = true;
      }
      at = tree_.head(*at);
    }
    return std::nullopt;
  }

  std::string_view lemma(std::uint32_t i) const {
    const Word& word = sentence_.words[i];
    return word.lemma.empty() ? std::string_view(word.form) : std::string_view(word.lemma);
  }

  bool past_form(std::uint32_t i) const {
    const Word& word = sentence_.words[i];
    return word.xpos == "VBD" || has_feature(word, "Tense=Past");
  }

  Verdict of_verb(std::uint32_t verb, std::uint32_t depth) const {
    Verdict out;
    out.found = true;
    const Word& word = sentence_.words[verb];
    bool past_aux = false, present_aux = false, to = false;
    const TenseCue *modal = nullptr, *perfect = nullptr;
    for (const auto child : tree_.children(verb)) {
      const bool aux = tree_.has_relation(child, "aux") || tree_.has_relation(child, "cop");
      if (tree_.has_relation(child, "mark") && child < verb && sentence_.words[child].upos == "PART") to = true;
      if (!aux) continue;
      if (const auto* cue = tables_.cue("auxiliary", lemma(child))) modal = cue;
      if (const auto* cue = tables_.cue("perfect", lemma(child))) perfect = cue;
      if (past_form(child))
        past_aux = true;
      else
        present_aux = true;
    }
    const bool have = perfect != nullptr;
    out.perfect = have;
    if (modal != nullptr) {
      // "would have met" is over
      out.direction = have ? Direction::past : modal->direction;
      out.rule = modal->id;
      return out;
    }
    const bool infinitive = to || word.xpos == "VB" || has_feature(word, "VerbForm=Inf");
    const auto up = tree_.head(verb);
    if (infinitive && !have) {
      if (up && depth < 8) {
        const TenseCue* implied = tables_.cue("implies", lemma(*up));  // managed to leave: left
        if (implied != nullptr) {
          auto verdict = of_verb(*up, depth + 1);
          verdict.rule = implied->id;
          return verdict;
        }
      }
      out.direction = Direction::future;
      return out;
    }
    if (have) out.rule = perfect->id;
    if (have || past_aux) return out;
    const bool participle =
        word.xpos == "VBG" || has_feature(word, "VerbForm=Ger") || (has_feature(word, "VerbForm=Part") && has_feature(word, "Tense=Pres"));
    if (participle && !present_aux && up && depth < 8) {
      if (const auto* cue = tables_.cue("scheduled", lemma(verb))) return {cue->direction, cue->id, false, true, false};
      for (auto at = up; at && depth < 8; at = tree_.head(*at), ++depth)
        if (is_verbal(*at)) return of_verb(*at, depth + 1);
      return out;
    }
    if (present_aux) {
      // "is meeting Friday", "is expected Friday", "are due Friday" look ahead; "has met" was answered above
      out.present = true;
      if (word.upos == "VERB") out.direction = Direction::future;
      if (const auto* cue = tables_.cue("scheduled", lemma(verb))) {
        out.direction = cue->direction;
        out.rule = cue->id;
      }
      return out;
    }
    if (past_form(verb) || word.xpos == "VBN") return out;
    out.present = true;
    if (const auto* cue = tables_.cue("scheduled", lemma(verb))) {
      out.direction = cue->direction;
      out.rule = cue->id;
    }
    return out;
  }

  /// Without a parse: a telling word to the left (one of the future first), then to the right.
  Verdict by_surface(std::uint32_t first, std::uint32_t last) const {
    const auto& words = sentence_.words;
    const auto look = [&](std::uint32_t i) { return tables_.cue("surface", words[i].form); };
    const TenseCue* past = nullptr;
    for (std::uint32_t i = first, steps = 0; i > 0 && steps < 15; --i, ++steps) {
      const auto* cue = look(i - 1);
      if (cue != nullptr && cue->direction == Direction::future) return {cue->direction, cue->id, false, true, false};
      if (past == nullptr) past = cue;
    }
    for (std::uint32_t i = last, steps = 0; past == nullptr && i < words.size() && steps < 10; ++i, ++steps)
      if (const auto* cue = look(i)) return {cue->direction, cue->id, false, true, false};
    if (past != nullptr) return {past->direction, past->id, false, true, false};
    return {Direction::nearest, "", false, false, false};
  }

  const Tree& tree_;
  const Sentence& sentence_;
  const TimeTables& tables_;
};

class Judge final : public times::ConditionJudge {
 public:
  Judge(const Sentence& sentence, const std::vector<Atom>& atoms, Tense& tense) : sentence_(sentence), atoms_(atoms), tense_(tense) {}

  bool holds(Condition condition, std::uint32_t first, std::uint32_t last) const override {
    switch (condition) {
      case Condition::sentence_start:
        return first == 0;
      case Condition::capital:
        return atoms_[first].capital;
      case Condition::lower:
        return !atoms_[first].capital || first == 0 || atoms_[first - 1].kind == Atom::Kind::mark;
      case Condition::present:
        return tense_.of(atoms_[first].word, atoms_[last - 1].word + 1).present;
      case Condition::not_name:
        return !sentence_.words[atoms_[first].word].ner.ends_with("-PER");  // "Theresa May", "April Ryan"
      case Condition::not_count:
        return !counts(first, last);
    }
    return false;
  }

 private:
  /// "2000 troops": a round number before a plural counts it, unless a determiner makes it a year ("the 2000 elections").
  bool counts(std::uint32_t first, std::uint32_t last) const {
    if (atoms_[first].number % 50 != 0 || last >= atoms_.size() || atoms_[last].kind != Atom::Kind::letters) return false;
    const Word& next = sentence_.words[atoms_[last].word];
    const bool plural =
        next.upos.empty() ? next.form.size() > 3 && next.form.ends_with('s') : next.upos == "NOUN" && has_feature(next, "Number=Plur");
    if (!plural) return false;
    if (first == 0) return true;
    return sentence_.words[atoms_[first - 1].word].upos != "DET";
  }

  const Sentence& sentence_;
  const std::vector<Atom>& atoms_;
  Tense& tense_;
};

Error bad_row(const LexiconRow& row, std::string message) {
  return Error{ErrorCode::malformed_input,
               "line " + std::to_string(row.line()) + ": " + std::string(row.id()) + ": " + std::move(message),
               std::string(row.table().path()),
               {}};
}

const Relation* relation_before(const std::vector<Atom>& atoms, std::uint32_t first, const TimeTables& tables) {
  for (const Relation& relation : tables.relations) {
    const auto size = relation.forms.size();
    if (size > first) continue;
    bool same = true;
    for (std::size_t k = 0; same && k < size; ++k) same = atoms[first - size + k].form == relation.forms[k];
    if (same) return &relation;
  }
  return nullptr;
}

/// The day, month or year to which "the next day" and "a year earlier" are tied moves along as the article tells.
void follow(TimeContext& context, const times::ResolvedTime& resolved, std::uint32_t timex, bool quarter) {
  if (resolved.day) {
    context.discourse_day = resolved.day;
    context.discourse_day_timex = timex;
  }
  if (resolved.range) {
    context.discourse_period = resolved.range->begin;
    context.discourse_period_timex = timex;
    context.discourse_is_quarter = quarter;
  }
}

/// Days of a duration that is tied to publication: "within 48 hours", "in the past two weeks", "over the next month".
std::optional<DateRange> anchored_stretch(const Frame& frame, const TimeContext& context, const Relation* relation, Direction direction) {
  if (!context.published) return std::nullopt;
  const Day today = *context.published;
  const std::int64_t reach = frame.get(Slot::reach);
  const bool within = relation != nullptr && (relation->relation == "within" || (relation->relation == "in" && direction == Direction::future));
  if (reach < 0) {
    if (const auto begin = times::first_day_of(today, frame)) return DateRange{*begin, today};
  } else if (reach > 0 || within) {
    if (const auto end = times::last_day_of(today, frame)) return DateRange{today, *end};
  }
  return std::nullopt;
}

}  // namespace

Result<std::unique_ptr<TimeRules>> TimeRules::build(const Lexicon& lexicon) {
  auto tables = std::make_unique<TimeTables>();
  auto grammar = times::Grammar::build(lexicon);
  if (!grammar) return grammar.error();
  tables->grammar = std::move(*grammar);
  auto& vocabulary = tables->grammar.vocabulary();
  if (const LexiconTable* table = lexicon.table("timex_relations")) {
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      for (const auto form : split_cell(row["form"])) {
        Relation relation;
        relation.id = row.id();
        relation.relation = row["relation"];
        relation.direction = row["direction"];
        if (!relation.direction.empty() && relation.direction != "future" && relation.direction != "nearest" &&
            relation.direction != "future_unless_past")
          return bad_row(row, "unknown direction \"" + relation.direction + "\"; expected future, nearest, future_unless_past or nothing");
        for (const auto word : split_cell(form, ' ')) relation.forms.push_back(vocabulary.add(word));
        tables->relations.push_back(std::move(relation));
      }
    }
    std::stable_sort(tables->relations.begin(), tables->relations.end(),
                     [](const Relation& a, const Relation& b) { return a.forms.size() > b.forms.size(); });
  }
  if (const LexiconTable* table = lexicon.table("timex_tense")) {
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      TenseCue cue;
      cue.id = row.id();
      cue.kind = row["kind"];
      if (row["direction"] != "past" && row["direction"] != "future") return bad_row(row, "unknown direction; expected past or future");
      cue.direction = row["direction"] == "future" ? Direction::future : Direction::past;
      for (const auto form : split_cell(row["form"])) tables->cues.emplace(cue.kind + " " + ascii_lower(form), cue);
    }
  }
  return std::unique_ptr<TimeRules>(std::move(tables));
}

void resolve_times(const Article& article, const std::vector<Tree>& trees, const TimeRules& rules, Resolution& out) {
  const auto* tables = dynamic_cast<const TimeTables*>(&rules);
  if (tables == nullptr) return;
  TimeContext context;
  context.published = article.published;
  for (std::uint32_t s = 0; s < trees.size(); ++s) {
    const Sentence& sentence = trees[s].sentence();
    const auto atoms = times::make_atoms(article.text, sentence, tables->grammar.vocabulary());
    if (atoms.empty()) continue;
    Tense tense(trees[s], *tables);
    const Judge judge(sentence, atoms, tense);
    times::Matcher matcher(tables->grammar, atoms, judge);
    for (const Found& found : matcher.find_all()) {
      if (found.type == "NONE") continue;
      const Frame& frame = found.match.frame;
      const std::uint32_t first = atoms[found.first].word, last = atoms[found.last - 1].word + 1;
      const auto index = static_cast<std::uint32_t>(out.timexes.size());
      const Relation* relation = relation_before(atoms, found.first, *tables);

      Verdict verdict = tense.of(first, last);
      context.direction = verdict.direction;
      std::string direction_rule = verdict.rule;
      if (relation != nullptr && !relation->direction.empty()) {
        const bool over = verdict.found && !verdict.present && verdict.direction == Direction::past;
        const bool weekday = frame.has(Slot::weekday) && !frame.has(Slot::month);
        if (relation->direction == "future" || (relation->direction == "nearest" && weekday))
          context.direction = Direction::future;  // "closed until Friday"
        else if (relation->direction == "nearest" && over)
          context.direction = Direction::nearest;
        else if (relation->direction != "nearest")
          context.direction = over ? Direction::past : Direction::future;
      }

      Timex timex;
      timex.span = {atoms[found.first].begin, atoms[found.last - 1].end};
      timex.type = found.type;
      TimeInterval interval;
      interval.timex = index;
      interval.sentence = s;
      interval.first = first;
      interval.last = last;
      const bool stretch = frame.has(Slot::unit) && !frame.has(Slot::shift);
      if ((timex.type == "DURATION" || timex.type == "SET") && stretch) {
        timex.value = times::duration_value(frame);
        if (timex.type == "DURATION") interval.range = anchored_stretch(frame, context, relation, context.direction);
        if (interval.range) interval.anchor = "published";
      } else {
        // what comes again ("every Friday") has no year of its own
        const auto resolved = times::resolve_point(frame, timex.type == "SET" ? TimeContext{} : context);
        timex.value = resolved.value;
        interval.range = resolved.range;
        interval.anchor = resolved.anchor;
        // "a year earlier" is looked back to, not gone to
        const bool aside = frame.get(Slot::shift) < 0 && (frame.is(Slot::base, "discourse") || frame.is(Slot::base, "quarter"));
        if (timex.type != "SET" && !aside) follow(context, resolved, index, frame.has(Slot::quarter));
      }
      if (timex.value.empty()) continue;  // no such day
      if (frame.has(Slot::mod)) timex.mod = std::string(times::symbol_name(frame.get(Slot::mod)));

      timex.provenance.rule = tables->grammar.rules()[found.match.rule];
      for (const auto part : found.match.parts)
        if (part != found.match.rule) timex.provenance.rule += " " + tables->grammar.rules()[part];
      if (relation != nullptr) {
        interval.relation = relation->relation;
        interval.relation_rule = relation->id;
        timex.provenance.rule += " " + relation->id;
      }
      if (!direction_rule.empty()) timex.provenance.rule += " " + direction_rule;
      const bool unresolved = timex.value.find('X') != std::string::npos || timex.value.ends_with("_REF");
      timex.confidence = unresolved ? 0.6 : interval.anchor.empty() ? 0.95 : interval.anchor == "published" ? 0.85 : 0.7;
      out.timexes.push_back(std::move(timex));
      out.intervals.push_back(std::move(interval));
    }
  }
}

}  // namespace masudi
