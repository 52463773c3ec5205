#include "explanation.h"

#include <algorithm>

#include "masudi/explain.h"
#include "masudi/json.h"

namespace masudi::serve {

namespace {

/// Collects the spans of a record's fields.
class Marks {
 public:
  explicit Marks(std::string_view text) : text_(text) {}
  Json take() { return std::move(out_); }

  void operator()(std::string_view name, const TextSpan& span) { add(name, span); }
  void operator()(std::string_view name, const Entity& entity) { add(name, entity.text); }
  void operator()(std::string_view name, const EventPlace& place) { add(name, place.text); }
  void operator()(std::string_view name, const Unnamed& unnamed) {
    if (unnamed.reason) add(std::string(name) + " reason", *unnamed.reason);
  }
  template <class T>
  void operator()(std::string_view name, const std::optional<T>& value) {
    if (value) (*this)(name, *value);
  }
  template <class T>
  void operator()(std::string_view name, const std::vector<T>& values) {
    for (const T& value : values) (*this)(name, value);
  }
  template <class T>
  void operator()(std::string_view, const T&) {}  // not in the text

 private:
  void add(std::string_view name, TextSpan span) {
    if (span.empty()) return;
    Json mark{{"field", name}};
    mark.update(span_to_json(span, text_));
    out_.push_back(std::move(mark));
  }
  std::string_view text_;
  Json out_ = Json::array();
};

Json rule_row(std::string_view field, const std::string& rule, std::string_view note, const Engine& engine) {
  Json out{{"field", field}, {"rule", rule}, {"file", nullptr}, {"line", nullptr}, {"cells", Json::object()}, {"note", note}};
  for (const Lexicon* tables : {&engine.lexicon(), &engine.gazetteer()}) {
    const auto row = tables->find(rule);
    if (!row) continue;
    out["file"] = row->table().path();
    out["line"] = row->line();
    for (std::size_t c = 1; c < row->table().columns().size(); ++c)
      if (const auto cell = row->cell(c); !cell.empty()) out["cells"][std::string(row->table().columns()[c])] = cell;
    break;
  }
  return out;
}

class Explainer {
 public:
  Explainer(const Reading& reading, const Engine& engine) : reading_(reading), engine_(engine) {}

  template <class Record>
  void record(const std::string& id, const Record& record, TextSpan at, const std::vector<Candidate>* beaten) {
    Marks marks(reading_.article.text);
    visit_fields(record, marks);
    marks_ = marks.take();
    at_ = at;
    std::string_view field = "record";
    for (const auto rule : split_cell(record.provenance.rule, ' ')) {
      if (rule.find_first_not_of("+,;|") == std::string_view::npos) continue;
      rules_.push_back(rule_row(field, std::string(rule), "", engine_));
      field = "with";
    }
    const auto& traces = reading_.records.traces;
    const auto trace = std::find_if(traces.begin(), traces.end(), [&](const Trace& t) { return t.record == id; });
    if (trace != traces.end()) {
      trace_ = &*trace;
      for (const auto& filled : trace->fields) rules_.push_back(rule_row(filled.field, filled.rule, filled.note, engine_));
      for (const Rejection& rejection : trace->rejected) {
        const bool somewhere = !rejection.span.empty();
        rejected_.push_back({{"what", rejection.rule},
                             {"reason", rejection.reason},
                             {"score", nullptr},
                             {"begin", somewhere ? Json(rejection.span.begin) : Json(nullptr)},
                             {"end", somewhere ? Json(rejection.span.end) : Json(nullptr)}});
      }
    }
    if (beaten != nullptr) candidates(*beaten);
  }

  void party(const Party& party, std::size_t index) {
    at_ = party.mentions.empty() ? TextSpan{} : party.mentions.front();
    Marks marks(reading_.article.text);
    marks("mentions", party.mentions);
    marks_ = marks.take();
    const auto evidence = party_evidence(reading_.analysis);
    for (const ActorEvidence& one : evidence[index]) rules_.push_back(rule_row(one.field, one.rule, one.value, engine_));
    candidates(party_candidates(reading_.analysis)[index]);
  }

  Json json() const {
    Json words = Json::array();
    Json sentence = nullptr;
    const auto& sentences = reading_.analysis.sentences;
    const auto after = std::upper_bound(sentences.begin(), sentences.end(), at_.begin,
                                        [](std::uint32_t byte, const Sentence& candidate) { return byte < candidate.span.begin; });
    if (after != sentences.begin()) {
      const auto number = static_cast<std::size_t>(after - sentences.begin() - 1);
      Json all = Json::parse(annotation_to_json(reading_))["sentences"];
      sentence = std::move(all[number]);
      if (trace_ != nullptr && trace_->sentence == number)
        for (const std::uint32_t word : trace_->words) words.push_back(word + 1);
      if (words.empty())
        for (std::size_t i = 0; i < sentences[number].words.size(); ++i)
          if (at_.overlaps(sentences[number].words[i].span)) words.push_back(i + 1);
    }
    return {{"sentence", std::move(sentence)}, {"words", std::move(words)}, {"marks", marks_}, {"rules", rules_}, {"rejected", rejected_}};
  }

 private:
  void candidates(const std::vector<Candidate>& beaten) {
    for (const Candidate& candidate : beaten)
      rejected_.push_back({{"what", candidate.what}, {"reason", candidate.reason}, {"score", candidate.score}, {"begin", nullptr}, {"end", nullptr}});
  }

  const Reading& reading_;
  const Engine& engine_;
  TextSpan at_;
  const Trace* trace_ = nullptr;
  Json marks_ = Json::array(), rules_ = Json::array(), rejected_ = Json::array();
};

TextSpan statement_span(const Statement& statement) {
  if (statement.cue) return *statement.cue;
  return statement.content.empty() ? statement.source.text : statement.content.front();
}

}  // namespace

Result<Json> explanation_json(const Reading& reading, std::string_view record, const Engine& engine) {
  const auto text = explain(reading, record, engine.lexicon(), engine.gazetteer());
  if (!text) return text.error();
  const std::string id(record);
  Explainer explainer(reading, engine);
  std::string chain = source_chain(reading, {});
  const auto numbered = [&](char letter, std::size_t i) { return id == std::string(1, letter) + std::to_string(i + 1); };
  const Extraction& records = reading.records;
  const auto& resolution = reading.analysis.resolution;
  for (const Event& event : records.events)
    if (event.id == id) {
      explainer.record(id, event, event.anchor, nullptr);
      chain = source_chain(reading, event.sources);
    }
  for (const Statement& statement : records.statements)
    if (statement.id == id) {
      explainer.record(id, statement, statement_span(statement), nullptr);
      chain = statement.chain;
    }
  for (const Commitment& commitment : records.commitments)
    if (commitment.id == id) {
      explainer.record(id, commitment, commitment.anchor, nullptr);
      chain = source_chain(reading, commitment.sources);
    }
  for (const Agreement& agreement : records.agreements)
    if (agreement.id == id) explainer.record(id, agreement, agreement.title, nullptr);
  for (std::size_t i = 0; i < resolution.timexes.size(); ++i)
    if (numbered('t', i)) explainer.record(id, resolution.timexes[i], resolution.timexes[i].span, nullptr);
  for (std::size_t i = 0; i < resolution.places.size(); ++i)
    if (numbered('p', i))
      explainer.record(id, resolution.places[i], resolution.places[i].span,
                       i < resolution.place_candidates.size() ? &resolution.place_candidates[i] : nullptr);
  const auto all = parties(reading.analysis);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].id == id) explainer.party(all[i], i);
  Json out{{"record", id}, {"text", *text}, {"chain", chain}};
  out.update(explainer.json());
  return out;
}

}  // namespace masudi::serve
