// Label Studio tasks (https://labelstud.io/guide/export): one task an article, its records as one annotation: labelled regions with relations from a
// record's anchor to the words that fill its fields. Offsets count characters (code points).
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
    for (const Event& event : reading.records.events) {
      const std::string anchor = region(event.id, event.anchor, "Event", event.type + (event.mode ? " " + *event.mode : ""));
      entities(anchor, event.id, "Actor", event.actor);
      entities(anchor, event.id, "Recipient", event.recipient);
      if (event.place) relate(anchor, region(event.id + ".place", event.place->text, "Where", event.place->name), "Where");
    }
    for (const Statement& statement : reading.records.statements) {
      const std::string cue =
          region(statement.id, statement.cue.value_or(statement.source.text), "Statement", statement.anonymity + " " + statement.stance);
      entities(cue, statement.id, "Source", {statement.source});
      spans(cue, statement.id, "Content", statement.content);
      if (statement.via) spans(cue, statement.id, "Via", {*statement.via});
    }
    for (const Commitment& commitment : reading.records.commitments) {
      const std::string anchor = region(commitment.id, commitment.anchor, "Commitment", commitment.status + " " + commitment.polarity);
      entities(anchor, commitment.id, "Debtor", commitment.debtor);
      entities(anchor, commitment.id, "Creditor", commitment.creditor);
      spans(anchor, commitment.id, "Consequent", {commitment.consequent});
      if (commitment.antecedent) spans(anchor, commitment.id, "Antecedent", {*commitment.antecedent});
      if (commitment.deadline_words) spans(anchor, commitment.id, "Deadline", {*commitment.deadline_words});
      spans(anchor, commitment.id, "Excludes", commitment.excludes);
    }
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
    counts.records += reading.records.events.size() + reading.records.statements.size() + reading.records.commitments.size();
    return {};
  }

  Result<void> finish() override {
    output_->write("\n]\n");
    ++counts.files;
    return output_->commit();
  }

 private:
  std::string region(const std::string& id, TextSpan span, const char* label, const std::string& about) {
    CharacterCounter characters(text_);
    const auto begin = characters.at(span.begin), end = characters.at(span.end);
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

  std::unique_ptr<Output> output_;
  Json result_ = Json::array();
  std::string_view text_;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_label_studio(const ExportOptions& options) {
  auto output = Output::open(options.path, options.output);
  if (!output) return output.error();
  return std::unique_ptr<Exporter>(new LabelStudio(std::move(*output)));
}

}  // namespace masudi
