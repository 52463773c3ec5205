// W3C Web Annotation Data Model (Recommendation, 23 February 2017): one Annotation a statement, its content as the target.
#include "exporter.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

// Characters of context on each side of a quotation: section 4.2.4 leaves the length open; enough to tell two equal quotations apart.
constexpr std::uint32_t context_bytes = 32;

/// Moved to where a character begins, down or up.
std::uint32_t character_edge(std::string_view text, std::uint32_t at, bool up) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) at = up ? at + 1 : at - 1;
  return at;
}

class WebAnnotation final : public Exporter {
 public:
  explicit WebAnnotation(std::unique_ptr<Output> output) : output_(std::move(output)) {
    output_->write(
        "{\"@context\":[\"http://www.w3.org/ns/anno.jsonld\",{\"masudi\":\"urn:masudi:schema:1:\"}],\"id\":\"urn:masudi:statements\","
        "\"type\":\"AnnotationCollection\",\"label\":\"Statements\",\"first\":{\"id\":\"urn:masudi:statements:page1\",\"type\":\"AnnotationPage\","
        "\"startIndex\":0,\"items\":[");
  }

  Result<void> add(const Ledger::StoredReading& reading) override {
    CharacterCounter characters(reading.article.text);
    for (const Statement& statement : reading.records.statements) {
      output_->write(counts.records == 0 ? "\n" : ",\n");
      output_->write(json_line(annotation(reading, statement, characters)));
      ++counts.records;
    }
    return {};
  }

  Result<void> finish() override {
    output_->write("\n]},\"total\":" + std::to_string(counts.records) + "}\n");
    ++counts.files;
    return output_->commit();
  }

 private:
  /// Section 4.2: the words by quotation, with the words around them, and by position in the article's text (in characters).
  static Json resource(const Ledger::StoredReading& reading, TextSpan span, CharacterCounter& characters) {
    const std::string_view text = reading.article.text;
    const auto before = character_edge(text, span.begin > context_bytes ? span.begin - context_bytes : 0, true);
    const auto after = character_edge(text, std::min(span.end + context_bytes, static_cast<std::uint32_t>(text.size())), false);
    const auto begin = characters.at(span.begin), end = characters.at(span.end);
    Json quotation{{"type", "TextQuoteSelector"},
                   {"exact", slice(text, span)},
                   {"prefix", slice(text, {before, span.begin})},
                   {"suffix", slice(text, {span.end, after})}};
    return {{"type", "SpecificResource"},
            {"source", source_iri(reading.article)},
            {"selector", Json::array({std::move(quotation), {{"type", "TextPositionSelector"}, {"start", begin}, {"end", end}}})}};
  }

  static Json annotation(const Ledger::StoredReading& reading, const Statement& statement, CharacterCounter& characters) {
    Json said{{"type", "masudi:Statement"}, {"masudi:source", resource(reading, statement.source.text, characters)}};
    const auto optional = [&](const char* name, const auto& value) {
      if (value) said[name] = *value;
    };
    optional("masudi:sourceName", statement.source.name);
    optional("masudi:sourceCountry", statement.source.country);
    optional("masudi:sourceSector", statement.source.sector);
    said["masudi:anonymity"] = statement.anonymity;
    if (statement.unnamed && statement.unnamed->reason) said["masudi:unnamedBecause"] = resource(reading, *statement.unnamed->reason, characters);
    if (statement.cue) said["masudi:cue"] = resource(reading, *statement.cue, characters);
    said["masudi:kind"] = statement.kind;
    said["masudi:stance"] = statement.stance;
    said["masudi:certainty"] = statement.certainty;
    if (statement.via) said["masudi:via"] = resource(reading, *statement.via, characters);
    if (statement.parent) said["masudi:inside"] = {{"id", record_iri(reading, *statement.parent)}};
    said["masudi:confidence"] = statement.confidence;
    said["masudi:rule"] = statement.provenance.rule;

    Json targets = Json::array();
    for (const TextSpan piece : statement.content) targets.push_back(resource(reading, piece, characters));
    // Section 4.4: pieces that only together are the target.
    Json target = targets.size() == 1 ? targets.front() : Json{{"type", "Composite"}, {"items", std::move(targets)}};
    return {{"id", record_iri(reading, statement.id)},
            {"type", "Annotation"},
            {"motivation", "describing"},
            {"generator",
             {{"id", "urn:masudi:engine:" + engine_key(reading.engine)}, {"type", "Software"}, {"name", "masudi " + reading.engine.version}}},
            {"body", Json::array({{{"type", "TextualBody"}, {"purpose", "describing"}, {"format", "text/plain"}, {"value", statement.chain}},
                                  std::move(said)})},
            {"target", std::move(target)}};
  }

  std::unique_ptr<Output> output_;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_web_annotation(const ExportOptions& options) {
  auto output = Output::open(options.path, options.output);
  if (!output) return output.error();
  return std::unique_ptr<Exporter>(new WebAnnotation(*std::move(output)));
}

}  // namespace masudi
