// How sure a record is: what can be seen of it adds points to the confidence of its rule. The points are those of lexicon/confidence.tsv, fitted to
// gold articles by eval/confidence.py; without that table a record has its rule's confidence.
#include "confidence.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace masudi {

namespace {

/// The log odds of 1 to 99 percent, in thousandths: integers, so that every machine comes to the same percent.
constexpr int log_odds[] = {-4595, -3892, -3476, -3178, -2944, -2752, -2587, -2442, -2314, -2197, -2091, -1992, -1901, -1815, -1735, -1658, -1586,
                            -1516, -1450, -1386, -1325, -1266, -1208, -1153, -1099, -1046, -995,  -944,  -895,  -847,  -800,  -754,  -708,  -663,
                            -619,  -575,  -532,  -490,  -447,  -405,  -364,  -323,  -282,  -241,  -201,  -160,  -120,  -80,   -40,   0,     40,
                            80,    120,   160,   201,   241,   282,   323,   364,   405,   447,   490,   532,   575,   619,   663,   708,   754,
                            800,   847,   895,   944,   995,   1046,  1099,  1153,  1208,  1266,  1325,  1386,  1450,  1516,  1586,  1658,  1735,
                            1815,  1901,  1992,  2091,  2197,  2314,  2442,  2587,  2752,  2944,  3178,  3476,  3892,  4595};

/// The greatest percent whose log odds are not above; 1 to 99.
int percent_of(int thousandths) {
  const auto above = std::upper_bound(std::begin(log_odds), std::end(log_odds), thousandths);
  return std::max(1, static_cast<int>(above - std::begin(log_odds)));
}

constexpr int usual_rule = 70;     // percent: a row's confidence counts from here
constexpr std::uint32_t lead = 3;  // sentences

struct Weighing {
  const ConfidenceRules& rules;
  std::string_view kind;
  int sum = 0;
  std::vector<Trace::Field> why;

  void add(std::string_view feature, bool holds, int times = 1) {
    const ConfidenceRules::Weight* weight = holds ? rules.find(kind, feature) : nullptr;
    if (!weight || times == 0 || weight->points == 0) return;
    sum += weight->points * times;
    why.push_back({"confidence", weight->id, (weight->points * times > 0 ? "+" : "") + std::to_string(weight->points * times)});
  }
};

int rule_percent(double confidence) { return static_cast<int>(std::lround(confidence * 100)); }

template <class Record, class Features>
void weigh(std::string_view kind, std::vector<Record>& records, const ConfidenceRules& rules, std::vector<Trace>& traces, const Features& features) {
  if (!rules.find(kind, "base")) return;
  for (Record& record : records) {
    Weighing weighing{rules, kind, 0, {}};
    weighing.add("base", true);
    weighing.add("rule", true, rule_percent(record.confidence) - usual_rule);
    features(record, weighing);
    record.confidence = percent_of(weighing.sum) / 100.0;
    for (Trace& trace : traces)
      if (trace.record == record.id) trace.fields.insert(trace.fields.end(), weighing.why.begin(), weighing.why.end());
  }
}

std::uint32_t sentence_of(const Analysis& analysis, TextSpan span) {
  const auto& sentences = analysis.sentences;
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), span.begin, [](std::uint32_t byte, const Sentence& s) { return byte < s.span.begin; });
  return after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin() - 1);
}

}  // namespace

const ConfidenceRules::Weight* ConfidenceRules::find(std::string_view kind, std::string_view feature) const {
  const auto found = weights_.find(std::string(kind) + ":" + std::string(feature));
  return found == weights_.end() ? nullptr : &found->second;
}

Result<ConfidenceRules> ConfidenceRules::build(const Lexicon& lexicon) {
  ConfidenceRules out;
  const auto* table = lexicon.table("confidence");
  if (!table) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const auto row = table->row(i);
    Weight weight{std::string(row.id()), 0};
    const auto cell = row["points"];
    const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), weight.points);
    if (failed != std::errc() || end != cell.data() + cell.size() || weight.points < -9999 || weight.points > 9999)
      return Error{ErrorCode::malformed_input,
                   "line " + std::to_string(row.line()) + ", row " + weight.id + ": points \"" + std::string(cell) + "\"; expected a whole number",
                   std::string(row.table().path()),
                   {}};
    out.weights_[std::string(row["kind"]) + ":" + std::string(row["feature"])] = weight;
  }
  return out;
}

void weigh_records(const Analysis& analysis, const ConfidenceRules& rules, Extraction& out) {
  weigh("event", out.events, rules, out.traces, [&](const Event& event, Weighing& weighing) {
    const auto has = [&](const char* mode) { return std::find(event.aux.begin(), event.aux.end(), mode) != event.aux.end(); };
    weighing.add("actor", !event.actor.empty());
    weighing.add("recipient", !event.recipient.empty());
    weighing.add("reported", !event.sources.empty());
    weighing.add("lead", sentence_of(analysis, event.anchor) < lead);
    weighing.add("unreal", has("hypothetical") || has("negated"));
    weighing.add("retold", event.same_as.has_value());
    weighing.add("dated", event.date.has_value());
  });
  weigh("commitment", out.commitments, rules, out.traces,
        [&](const Commitment& commitment, Weighing& weighing) { weighing.add("reported", !commitment.sources.empty()); });
  weigh("statement", out.statements, rules, out.traces, [&](const Statement& statement, Weighing& weighing) {
    weighing.add("quoted", statement.kind != "indirect");
    weighing.add("nested", statement.parent.has_value());
  });
}

}  // namespace masudi
