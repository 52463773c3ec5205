// Label Studio tasks (https://labelstud.io/guide/export): one task an article, its records as one annotation: labelled regions with relations from a
// record's anchor to the words that fill its fields. Offsets count characters (code points).
#include <set>

#include "exporter.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

class LabelStudio final : public Exporter {
 public:
  explicit LabelStudio(std::unique_ptr<Output> output) : output_(std::move(output)) { output_->write("["); }

  Result<void> add(const Ledger::StoredReading& reading) override {
    result_ = Json::array();
    text_ = reading.article.text;
    characters_ = CharacterCounter(text_);
    const Extraction& records = reading.records;
    for (const Event& event : records.events) {
      const std::string anchor = region(event.id, event.anchor, "Event",
                                        joined({event.type, event.mode.value_or(""), iso_days(event.date), joined(event.contexts, ", "),
                                                joined(event.aux, ", "), event.cameo.value_or("")}));
      entities(anchor, event.id, "Actor", event.actor);
      entities(anchor, event.id, "Recipient", event.recipient);
      if (event.place) relate(anchor, region(event.id + ".place", event.place->text, "Where", event.place->name), "Where");
    }
    for (const Statement& statement : records.statements) {
      const std::string cue = region(statement.id, statement.cue.value_or(statement.source.text), "Statement",
                                     joined({statement.anonymity, statement.kind, statement.stance, statement.certainty, statement.chain}));
      entities(cue, statement.id, "Source", {statement.source});
      if (statement.speaks_for) entities(cue, statement.id, "SpeaksFor", {*statement.speaks_for});
      spans(cue, statement.id, "Content", statement.content);
      if (statement.via) spans(cue, statement.id, "Via", {*statement.via});
      if (statement.unnamed && statement.unnamed->reason) spans(cue, statement.id, "Reason", {*statement.unnamed->reason});
    }
    for (const Commitment& commitment : records.commitments) {
      const std::string anchor = region(
          commitment.id, commitment.anchor, "Commitment",
          joined({commitment.status, commitment.polarity, commitment.force, commitment.deadline ? "by " + to_iso(commitment.deadline->end) : "",
                  commitment.clause.value_or(""), commitment.not_testable ? "cannot be tested: " + *commitment.not_testable : ""}));
      entities(anchor, commitment.id, "Debtor", commitment.debtor);
      entities(anchor, commitment.id, "Creditor", commitment.creditor);
      spans(anchor, commitment.id, "Consequent", {commitment.consequent});
      if (commitment.antecedent) spans(anchor, commitment.id, "Antecedent", {*commitment.antecedent});
      if (commitment.deadline_words) spans(anchor, commitment.id, "Deadline", {*commitment.deadline_words});
      spans(anchor, commitment.id, "Excludes", commitment.excludes);
      spans(anchor, commitment.id, "Quantity", commitment.quantity);
    }
    for (const Agreement& agreement : records.agreements) {
      const std::string title = region(agreement.id, agreement.title, "Agreement",
                                       joined({iso_days(agreement.dated), agreement.in_force ? "in force " + iso_days(agreement.in_force) : "",
                                               agreement.lapses ? "lapses " + iso_days(agreement.lapses) : ""}));
      entities(title, agreement.id, "Party", agreement.parties);
    }
    between(records);
    for (std::size_t i = 0; i < reading.timexes.size(); ++i)
      region("t" + std::to_string(i + 1), reading.timexes[i].span, "Time", reading.timexes[i].value);
    for (std::size_t i = 0; i < reading.places.size(); ++i)
      region("p" + std::to_string(i + 1), reading.places[i].span, "Place", reading.places[i].name);
    const Article& article = reading.article;
    const auto or_null = [](const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); };
    const Json task{{"data",
                     {{"text", article.text},
                      {"article_id", reading.article_id},
                      {"title", or_null(article.title)},
                      {"outlet", or_null(article.outlet)},
                      {"published", article.published ? Json(to_iso(*article.published)) : Json(nullptr)}}},
                    {"annotations", Json::array({{{"result", std::move(result_)}}})}};
    output_->write((counts.articles > 1 ? ",\n" : "\n") + json_line(task));
    counts.records += records.events.size() + records.statements.size() + records.commitments.size() + records.agreements.size() +
                      reading.timexes.size() + reading.places.size();
    return {};
  }

  Result<void> finish() override {
    output_->write("\n]\n");
    ++counts.files;
    return output_->commit();
  }

 private:
  std::string region(const std::string& id, TextSpan span, const char* label, const std::string& about) {
    const auto begin = characters_.at(span.begin), end = characters_.at(span.end);
    result_.push_back({{"id", id},
                       {"from_name", "label"},
                       {"to_name", "text"},
                       {"type", "labels"},
                       {"value", {{"start", begin}, {"end", end}, {"text", slice(text_, span)}, {"labels", Json::array({label})}}},
                       {"meta", {{"text", Json::array({about})}}}});
    return id;
  }
  void relate(const std::string& from, const std::string& to, const char* label) {
    result_.push_back({{"type", "relation"}, {"from_id", from}, {"to_id", to}, {"direction", "right"}, {"labels", Json::array({label})}});
  }
  void entities(const std::string& anchor, const std::string& record, const char* label, const std::vector<Entity>& parties) {
    for (std::size_t i = 0; i < parties.size(); ++i) {
      const Entity& party = parties[i];
      const std::string about = party.name.value_or("") + " " + party.country.value_or("---") + " " + party.sector.value_or("---");
      relate(anchor, region(record + "." + ascii_lower(label) + std::to_string(i + 1), party.text, label, about), label);
    }
  }
  void spans(const std::string& anchor, const std::string& record, const char* label, const std::vector<TextSpan>& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i)
      relate(anchor, region(record + "." + ascii_lower(label) + std::to_string(i + 1), pieces[i], label, ""), label);
  }

  /// How records hang together: who vouches for them, what they tell again, inside what they stand.
  void between(const Extraction& records) {
    std::set<std::string> known;
    const auto know = [&](const auto& all) {
      for (const auto& record : all) known.insert(record.id);
    };
    know(records.events);
    know(records.statements);
    know(records.commitments);
    const auto point = [&](const std::string& from, const std::string& to, const char* label) {
      if (known.contains(to)) relate(from, to, label);
    };
    for (const Event& event : records.events) {
      for (const std::string& source : event.sources) point(event.id, source, "ToldBy");
      if (event.same_as) point(event.id, *event.same_as, "SameAs");
    }
    for (const Statement& statement : records.statements)
      if (statement.parent) point(statement.id, *statement.parent, "Inside");
    for (const Commitment& commitment : records.commitments) {
      for (const std::string& source : commitment.sources) point(commitment.id, source, "ToldBy");
      if (commitment.same_as) point(commitment.id, *commitment.same_as, "SameAs");
    }
    for (const Agreement& agreement : records.agreements)
      for (const std::string& stipulation : agreement.stipulations) point(agreement.id, stipulation, "Stipulation");
  }

  std::unique_ptr<Output> output_;
  Json result_ = Json::array();
  std::string_view text_;
  CharacterCounter characters_{""};
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_label_studio(const ExportOptions& options) {
  auto output = Output::open(options.path, options.output);
  if (!output) return output.error();
  return std::unique_ptr<Exporter>(new LabelStudio(std::move(*output)));
}

}  // namespace masudi
