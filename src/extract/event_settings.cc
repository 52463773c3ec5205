// When and where events happen, seen over the whole article: after each event has taken what its own clause says, times are widened
// ("since October"), handed down to clauses that complete another one, shared by tellings of one event, and, for what is the news of the
// day, taken from the day of the news. Places that the verb names without a preposition ("visited Riyadh") are added. Every date says how
// finely it is known and what it rests on.
#include <algorithm>
#include <set>

#include "extract_impl.h"
#include "masudi/string_map.h"
#include "predicate.h"
#include "words.h"

namespace masudi {

namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFFU;
constexpr int history_days = 365;
// How many clauses up a time still belongs to what completes them: "left on Monday to meet".
constexpr int most_clauses = 3;
// The news stands in the headline and the first sentences; what comes later is as often told as background.
constexpr std::uint32_t lead_sentences = 3;

/// A row of lexicon/event_scene.tsv: a place that a verb or noun takes without saying "in".
struct SceneRow {
  std::string id, slot;
  std::set<std::string, std::less<>> types, modes, kinds, prepositions, governors;
};

struct SettingTables final : SettingRules {
  std::vector<SceneRow> scenes;
  StringSet before;  ///< prepositions of what comes later, as the times have them: "before", "prior to"
};

std::set<std::string, std::less<>> words_of(std::string_view cell) {
  std::set<std::string, std::less<>> out;
  for (const auto word : split_cell(cell)) out.emplace(word);
  return out;
}

bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }

/// How finely a TIMEX3 value dates: day, week, month, quarter, season, year, decade, century or span.
std::string precision_of(std::string_view value) {
  if (value.find('/') != std::string_view::npos) return "span";
  value = value.substr(0, value.find('T'));
  if (value.size() == 10) return "day";
  if (value.size() == 2) return "century";
  if (value.size() == 3) return "decade";
  if (value.size() == 4) return "year";
  const auto dash = value.find('-');
  if (dash == std::string_view::npos || dash + 1 >= value.size()) return "span";
  const char unit = value[dash + 1];
  if (unit == 'W' && value.size() > dash + 2 && value[dash + 2] != 'I') return value.size() == 10 ? "day" : "week";
  if (unit == 'Q') return "quarter";
  if (unit >= '0' && unit <= '9') return "month";
  return unit == 'H' ? "span" : "season";
}

bool speaks(const Event& event) {
  return event.type == "REQUEST" || event.type == "ACCUSE" || event.type == "REJECT" || event.type == "THREATEN" || event.type == "SUPPORT" ||
         event.type == "AGREE" || event.type == "CONCEDE";
}
bool has_aux(const Event& event, std::string_view aux) { return std::find(event.aux.begin(), event.aux.end(), aux) != event.aux.end(); }

/// The time that an event takes, and why.
struct Taken {
  std::optional<DateRange> range;
  std::string precision, rule, note;
  int rank = 0;
};

class Settler {
 public:
  Settler(const Article& article, const Analysis& analysis, const SettingTables& tables, Extraction& out)
      : article_(article), analysis_(analysis), tables_(tables), out_(out) {}

  void run() {
    news_day_ = day_of_the_news();
    traces_.assign(out_.events.size(), nullptr);
    for (std::size_t i = 0; i < out_.events.size(); ++i)
      for (Trace& trace : out_.traces)
        if (trace.record == out_.events[i].id) traces_[i] = &trace;
    for (std::size_t i = 0; i < out_.events.size(); ++i)
      if (traces_[i] != nullptr) settle(i);
    share();
    for (std::size_t i = 0; i < out_.events.size(); ++i)
      if (traces_[i] != nullptr && !out_.events[i].date) take_news_day(i);
    share();
    for (std::size_t i = 0; i < out_.events.size(); ++i) tell_history(i);
  }

 private:
  /// The day of the article's news: the first single day within a week before publication that its opening names, else the publication date.
  std::optional<DateRange> day_of_the_news() const {
    constexpr int week = 7;
    if (!article_.published) return std::nullopt;
    for (const auto& interval : analysis_.resolution.intervals) {
      if (interval.sentence >= lead_sentences || !interval.range || interval.range->begin != interval.range->end) continue;
      if (interval.relation == "since" || interval.relation == "after" || interval.relation == "before") continue;
      const auto age = *article_.published - interval.range->begin;
      if (age >= std::chrono::days(0) && age <= std::chrono::days(week)) return interval.range;
    }
    return DateRange{*article_.published, *article_.published};
  }

  static std::uint32_t word_at(const Sentence& sentence, TextSpan span) {
    for (std::uint32_t i = 0; i < sentence.words.size(); ++i)
      if (sentence.words[i].span.overlaps(span)) return i;
    return nothing;
  }

  static std::uint32_t head_of(const Tree& tree, std::uint32_t first, std::uint32_t last) {
    last = std::min(last, tree.size());
    for (std::uint32_t i = first; i < last; ++i) {
      const auto up = tree.head(i);
      if (!up || *up < first || *up >= last) return i;
    }
    return first;
  }

  /// The verb (or clause head) that a word belongs to, itself included.
  static std::uint32_t clause_of(const Tree& tree, std::uint32_t at) {
    for (std::uint32_t steps = 0; steps < tree.size(); ++steps) {
      if (is_verb(tree.word(at)) || tree.child(at, "cop") || tree.child(at, "nsubj")) return at;
      const auto up = tree.head(at);
      if (!up) return at;
      at = *up;
    }
    return at;
  }

  static bool is_finite(const Tree& tree, std::uint32_t verb) {
    const Word& word = tree.word(verb);
    if (has_feature(word, "VerbForm=Inf") || word.xpos == "VB" || word.xpos == "VBG" || has_feature(word, "VerbForm=Ger")) {
      for (const auto child : tree.children(verb))
        if ((tree.has_relation(child, "aux") || tree.has_relation(child, "cop")) && tree.word(child).upos == "AUX" && tree.lemma(child) != "to")
          return true;
      return false;
    }
    if (word.xpos == "VBN" || has_feature(word, "VerbForm=Part")) return tree.child(verb, "aux").has_value();
    return is_verb(word) || tree.child(verb, "cop").has_value();
  }

  /// Above a clause that only completes another: "left to meet", "defended it, promising", "walked in and gave himself up".
  static std::optional<std::uint32_t> completed(const Tree& tree, std::uint32_t verb) {
    const auto up = tree.head(verb);
    if (!up) return std::nullopt;
    const std::string& relation = tree.word(verb).deprel;
    if (relation == "xcomp") return clause_of(tree, *up);
    if (relation == "advcl" && !is_finite(tree, verb)) return clause_of(tree, *up);
    if (relation == "conj" && is_verb(tree.word(verb)) && !tree.child(verb, "nsubj") && is_verb(tree.word(*up))) return *up;
    return std::nullopt;
  }

  /// In lower case.
  static std::string_view mark_of(const Tree& tree, std::uint32_t verb) {
    for (const auto child : tree.children(verb))
      if (tree.has_relation(child, "mark") || tree.has_relation(child, "case")) return tree.lower(child);
    return {};
  }

  /// What an event takes from one time of its sentence; rank 0: nothing.
  Taken taken_from(const Tree& tree, std::uint32_t anchor, const Event& event, const TimeInterval& interval) const {
    Taken out;
    const Timex& timex = analysis_.resolution.timexes[interval.timex];
    if (interval.first >= tree.size()) return out;
    std::optional<DateRange> range = interval.range;
    // "right now", "currently"; a bare "now" only says that things have changed
    if (!range && timex.value == "PRESENT_REF" && timex.span.size() > 3 && article_.published)
      range = DateRange{*article_.published, *article_.published};
    if (!range || timex.type == "SET" || timex.type == "DURATION") return out;
    const bool due = interval.relation == "by" || interval.relation == "within" || interval.relation == "until";
    if (due && (speaks(event) || interval.relation == "until")) return out;  // when it is to be kept, not when it was said
    if (interval.relation == "before" || interval.relation == "after") return out;
    out.precision = timex.value == "PRESENT_REF" ? "day" : precision_of(timex.value);
    out.rule = timex.provenance.rule;
    const std::uint32_t head = head_of(tree, interval.first, interval.last);
    const auto ongoing = [&](std::string_view note) {
      if (!article_.published || *article_.published < range->begin) return false;
      range = DateRange{range->begin, *article_.published};
      out.precision = "span";
      out.note = note;
      return true;
    };
    // Its own: on the way up from the time the anchor comes before any other verb.
    std::uint32_t at = head;
    for (std::uint32_t steps = 0; steps < tree.size() && out.rank == 0; ++steps) {
      const auto up = tree.head(at);
      if (!up) break;
      at = *up;
      if (at == anchor) out.rank = 5;
      if (is_verb(tree.word(at)) || tree.child(at, "cop")) break;
    }
    // "June 29, when it bombed": the clause hangs on the time itself.
    const std::uint32_t clause = clause_of(tree, anchor);
    if (const auto up = tree.head(clause); out.rank == 0 && up && *up >= interval.first && *up < interval.last) out.rank = 4;
    if (out.rank == 0 && at == clause && at != head) out.rank = 4;
    const std::uint32_t verb = clause_of(tree, head);
    // "has fired critics since the scandal erupted three years ago"
    if (const auto up = tree.head(verb); out.rank == 0 && up && tree.has_relation(verb, "advcl") && mark_of(tree, verb) == "since") {
      for (std::uint32_t below = clause, steps = 0; out.rank == 0 && steps <= most_clauses; ++steps) {
        if (clause_of(tree, *up) == below && ongoing("since then")) out.rank = 4;
        const auto above = completed(tree, below);
        if (!above) break;
        below = *above;
      }
      if (out.rank == 0) return out;
      out.range = range;
      return out;
    }
    std::uint32_t below = clause;
    for (int step = 0; out.rank == 0 && step < most_clauses; ++step) {
      const auto above = completed(tree, below);
      if (!above) break;
      below = *above;
      if (below == verb) {
        out.rank = 3;
        out.note = "the time of the clause that it completes";
      }
    }
    if (out.rank > 0 && interval.relation == "since") ongoing("since then");
    out.range = range;
    return out;
  }

  void settle(std::size_t i) {
    Event& event = out_.events[i];
    Trace& trace = *traces_[i];
    if (trace.sentence >= analysis_.sentences.size()) return;
    const Sentence& sentence = analysis_.sentences[trace.sentence];
    const Tree& tree = analysis_.trees[trace.sentence];
    const std::uint32_t anchor = word_at(sentence, event.anchor);
    if (anchor == nothing) return;
    Taken best;
    for (const auto& interval : analysis_.resolution.intervals) {
      if (interval.sentence != trace.sentence || interval.timex >= analysis_.resolution.timexes.size()) continue;
      Taken taken = taken_from(tree, anchor, event, interval);
      if (taken.rank > best.rank) best = std::move(taken);
    }
    std::erase_if(trace.fields, [](const Trace::Field& field) { return field.field == "date"; });
    event.date = best.range;
    event.date_precision = event.date_basis = std::nullopt;
    if (best.rank > 0) {
      event.date_precision = best.precision;
      event.date_basis = "named";
      trace.fields.push_back({"date", best.rule, best.note.empty() ? "the time in its clause" : best.note});
    }
    if (!event.place) take_scene(tree, anchor, event, trace);
  }

  /// A place that is the object, the owner or the goal of what happens.
  void take_scene(const Tree& tree, std::uint32_t anchor, Event& event, Trace& trace) const {
    const Sentence& sentence = tree.sentence();
    for (const SceneRow& row : tables_.scenes) {
      if (!row.types.empty() && !row.types.contains(event.type)) continue;
      if (!row.modes.empty() && !row.modes.contains(event.mode.value_or("-"))) continue;
      for (const Place& place : analysis_.resolution.places) {
        if (!sentence.span.contains(place.span) || (!row.kinds.empty() && !row.kinds.contains(place.kind))) continue;
        const std::uint32_t first = word_at(sentence, place.span);
        if (first == nothing) continue;
        std::uint32_t last = first;
        while (last < tree.size() && tree.word(last).span.overlaps(place.span)) ++last;
        const std::uint32_t head = head_of(tree, first, last);
        if (!stands(row, tree, anchor, head)) continue;
        event.place = EventPlace{place.span, place.name, place.country};
        trace.fields.push_back({"place", row.id, std::string(slice(article_.text, place.span))});
        return;
      }
    }
  }

  bool stands(const SceneRow& row, const Tree& tree, std::uint32_t anchor, std::uint32_t head) const {
    const auto up = tree.head(head);
    if (!up) return false;
    const auto preposition = case_of(tree, head);
    const bool right_case = row.prepositions.empty() ? !preposition || tree.word(*preposition).xpos == "POS"
                                                     : preposition && row.prepositions.contains(tree.lower(*preposition));
    if (!right_case) return false;
    if (row.slot == "object") return *up == anchor && tree.has_relation(head, "obj");
    if (row.slot == "passive")
      return *up == anchor && tree.has_relation(head, "nsubj") && (tree.word(head).deprel == "nsubj:pass" || tree.child(anchor, "aux:pass"));
    if (row.slot == "owner") return *up == anchor && tree.word(head).deprel == "nmod:poss";
    if (row.slot == "modifier") return *up == anchor && (tree.has_relation(head, "compound") || tree.word(head).deprel == "amod");
    if (row.slot == "oblique")
      return tree.has_relation(head, "obl") ? *up == anchor || *up == clause_of(tree, anchor) : *up == anchor && tree.has_relation(head, "nmod");
    // goal: "flew to Florida to meet", "left for Washington to sign"
    if (row.slot == "goal") {
      std::uint32_t below = clause_of(tree, anchor);
      for (int step = 0; step < most_clauses; ++step) {
        const auto above = completed(tree, below);
        if (!above) return false;
        below = *above;
        if (*up == below && row.governors.contains(tree.lemma(below))) return true;
      }
    }
    return false;
  }

  /// Tellings of one event have one date: a telling without takes it from the one that has.
  void share() {
    for (std::size_t i = 0; i < out_.events.size(); ++i) {
      Event& event = out_.events[i];
      if (!event.same_as) continue;
      const auto at = std::find_if(out_.events.begin(), out_.events.end(), [&](const Event& other) { return other.id == *event.same_as; });
      if (at == out_.events.end()) continue;
      Event& first = *at;
      const auto index = static_cast<std::size_t>(at - out_.events.begin());
      if (has_aux(event, "negated") != has_aux(first, "negated") || has_aux(event, "historical") != has_aux(first, "historical")) continue;
      if (!event.date && first.date && hands_on(first, event, i))
        copy(first, event, traces_[i]);
      else if (event.date && !first.date && hands_on(event, first, index))
        copy(event, first, traces_[index]);
    }
  }

  /// A date that was only supposed goes on to a telling that is told as news too: a noun ("the conviction"), or a verb that is not perfect.
  bool hands_on(const Event& from, const Event& to, std::size_t index) const {
    if (from.date_basis != "default") return true;
    if (!to.aux.empty() || traces_[index] == nullptr) return false;
    const Tree& tree = analysis_.trees[traces_[index]->sentence];
    const std::uint32_t anchor = word_at(tree.sentence(), to.anchor);
    return anchor != nothing && (!is_verb(tree.word(anchor)) || told_now(tree, clause_of(tree, anchor), true));
  }

  static void copy(const Event& from, Event& to, Trace* trace) {
    to.date = from.date;
    to.date_precision = from.date_precision;
    to.date_basis = from.date_basis == "default" ? "default" : "told";
    if (trace != nullptr) trace->fields.push_back({"date", "date.told", "the date of " + from.id + ", which tells the same"});
  }

  /// News of the day takes the day of the news; what is told as background, reported past or not done has none.
  void take_news_day(std::size_t i) {
    Event& event = out_.events[i];
    Trace& trace = *traces_[i];
    // Done, and now: not planned, possible, denied or told as history; but what somebody says that he will do is promised on that day.
    const bool promise = event.type == "AGREE" && event.aux.size() == 1 && has_aux(event, "future") && !event.sources.empty();
    if (!news_day_ || (!event.aux.empty() && !promise)) return;
    const Sentence& sentence = analysis_.sentences[trace.sentence];
    const Tree& tree = analysis_.trees[trace.sentence];
    const std::uint32_t anchor = word_at(sentence, event.anchor);
    if (anchor == nothing) return;
    const bool lead = trace.sentence < lead_sentences;
    const bool sourced = !event.sources.empty();
    const std::uint32_t clause = clause_of(tree, anchor);
    if (!told_now(tree, clause, lead) || told_before_another(tree, clause)) return;
    const bool verb = is_verb(tree.word(anchor));
    if (!lead && !(speaks(event) && (verb || sourced))) return;
    if (!verb && !sourced && !lead) return;
    event.date = news_day_;
    event.date_precision = "day";
    event.date_basis = "default";
    trace.fields.push_back(
        {"date", "date.news-of-the-day", lead ? "told in the lead, with no time of its own" : "a speech act that is the news of the article"});
  }

  /// "Prior to the ruling, the religion was banned": what is dated by what came after it is no news.
  bool told_before_another(const Tree& tree, std::uint32_t clause) const {
    for (const auto child : tree.children(clause)) {
      if (!tree.has_relation(child, "obl") || tree.word(child).upos != "NOUN") continue;
      for (const auto marker : tree.children(child)) {
        if (!tree.has_relation(marker, "case")) continue;
        std::string preposition(tree.lower(marker));
        for (const auto fixed : tree.children_of(marker, "fixed")) (preposition += ' ') += tree.lower(fixed);
        if (tables_.before.contains(preposition)) return true;
      }
    }
    return false;
  }

  /// Is the clause told as something that has just happened: finite, in a main clause, neither perfect nor a bare passive report?
  bool told_now(const Tree& tree, std::uint32_t clause, bool lead) const {
    std::uint32_t at = clause;
    for (int step = 0; step < most_clauses; ++step) {
      const auto above = completed(tree, at);
      if (!above) break;
      if (tree.word(at).deprel == "xcomp" && tree.lemma(*above) == "have") return false;  // "had to endorse it"
      at = *above;
    }
    bool have = false, had = false, be = false;
    for (const auto child : tree.children(at)) {
      if (!tree.has_relation(child, "aux")) continue;
      const std::string_view word = tree.lemma(child);
      have = have || word == "have";
      had = had || (word == "have" && tree.word(child).xpos == "VBD");
      be = be || word == "be" || word == "get";
    }
    if (had || (have && !lead)) return false;  // had agreed: before the news; has agreed is news only in the lead
    const bool going_on = be && (tree.word(at).xpos == "VBG" || has_feature(tree.word(at), "Tense=Pres"));
    const bool participle = be && !going_on && (tree.word(at).xpos == "VBN" || has_feature(tree.word(at), "VerbForm=Part"));
    if (!lead && (going_on || participle || is_passive(tree, clause))) return false;
    const std::string& relation = tree.word(at).deprel;
    if (relation == "acl:relcl" || relation == "acl" || relation == "amod") return false;
    if (relation == "advcl") return lead;
    return lead || is_finite(tree, at);
  }

  /// An event more than a year before publication is told as history.
  void tell_history(std::size_t i) {
    Event& event = out_.events[i];
    if (!event.date || !article_.published || has_aux(event, "historical")) return;
    if (event.date->end >= *article_.published - std::chrono::days(history_days)) return;
    event.aux.insert(event.aux.begin(), "historical");
    if (traces_[i] != nullptr) traces_[i]->fields.push_back({"aux", "date.over-a-year", "historical"});
  }

  const Article& article_;
  const Analysis& analysis_;
  const SettingTables& tables_;
  Extraction& out_;
  std::optional<DateRange> news_day_;
  std::vector<Trace*> traces_;  // by event
};

}  // namespace

Result<std::unique_ptr<SettingRules>> SettingRules::build(const Lexicon& lexicon) {
  auto out = std::make_unique<SettingTables>();
  static const std::set<std::string> slots = {"object", "passive", "owner", "modifier", "oblique", "goal"};
  if (const LexiconTable* table = lexicon.table("event_scene"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const LexiconRow row = table->row(i);
      SceneRow made{std::string(row.id()),  std::string(row["slot"]),      words_of(row["types"]),    words_of(row["modes"]),
                    words_of(row["kinds"]), words_of(row["prepositions"]), words_of(row["governors"])};
      if (!slots.contains(made.slot))
        return Error{ErrorCode::malformed_input,
                     "line " + std::to_string(row.line()) + ": " + made.id + ": unknown slot \"" + made.slot +
                         "\"; expected object, passive, owner, modifier, oblique or goal",
                     std::string(table->path()),
                     {}};
      out->scenes.push_back(std::move(made));
    }
  if (const LexiconTable* table = lexicon.table("timex_relations"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      if (table->row(i)["relation"] == "before")
        for (const auto form : split_cell(table->row(i)["form"])) out->before.insert(form);
  return std::unique_ptr<SettingRules>(std::move(out));
}

void settle_events(const Article& article, const Analysis& analysis, const SettingRules& rules, Extraction& out) {
  if (const auto* tables = dynamic_cast<const SettingTables*>(&rules)) Settler(article, analysis, *tables, out).run();
}

}  // namespace masudi
