// schema.org Claim (https://schema.org/Claim), JSON-LD: one Claim a statement that says something is so. No ratings: masudi does not judge.
#include "exporter.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

/// A denial's content is what its source says is not so; an order, a promise or a threat says nothing that is so.
bool is_claim(const Statement& statement) {
  return statement.stance != "denying" && statement.stance != "ordering" && statement.stance != "promising" && statement.stance != "threatening";
}

class Claims final : public Exporter {
 public:
  explicit Claims(std::unique_ptr<Output> output) : output_(std::move(output)) {
    output_->write("{\"@context\":\"https://schema.org\",\"@graph\":[");
  }

  Result<void> add(const Ledger::StoredReading& reading) override {
    bool first = true;
    for (const Statement& statement : reading.records.statements) {
      if (!is_claim(statement)) continue;
      if (first) node(article(reading));
      first = false;
      node(claim(reading, statement));
      ++counts.records;
    }
    return {};
  }

  Result<void> finish() override {
    output_->write("\n]}\n");
    ++counts.files;
    return output_->commit();
  }

 private:
  void node(const Json& json) {
    output_->write(any_ ? ",\n" : "\n");
    output_->write(json_line(json));
    any_ = true;
  }

  static Json article(const Ledger::StoredReading& reading) {
    const Article& article = reading.article;
    Json out{{"@type", "NewsArticle"}, {"@id", article_iri(reading)}};
    if (article.uri.find("://") != std::string::npos) out["url"] = article.uri;
    if (article.title) out["headline"] = *article.title;
    if (article.published) out["datePublished"] = to_iso(*article.published);
    if (article.byline) out["author"] = {{"@type", "Person"}, {"name", *article.byline}};
    if (article.outlet) out["publisher"] = {{"@type", "Organization"}, {"name", *article.outlet}};
    out["inLanguage"] = article.language;
    return out;
  }

  /// Who says it. Only what the text says: an unnamed source has its words as a description and no name.
  static Json author(const Article& article, const Statement& statement) {
    const std::string words(article.slice(statement.source.text));
    Json out{{"@type", statement.anonymity == "organisation" ? "Organization" : "Person"}};
    if (statement.source.name)
      out["name"] = *statement.source.name;
    else
      out["description"] = words;
    if (statement.speaks_for) {
      const auto& principal = *statement.speaks_for;
      out["affiliation"] = {{"@type", "Organization"}, {"name", principal.name.value_or(std::string(article.slice(principal.text)))}};
    }
    return out;
  }

  static Json claim(const Ledger::StoredReading& reading, const Statement& statement) {
    const Article& article = reading.article;
    std::string text;
    for (const TextSpan piece : statement.content) text += (text.empty() ? "" : " [...] ") + std::string(article.slice(piece));
    Json out{{"@type", "Claim"}, {"@id", record_iri(reading, statement.id)}, {"text", text}};
    if (statement.anonymity == "document") {
      out["isBasedOn"] = {{"@type", "CreativeWork"}, {"description", article.slice(statement.source.text)}};
      if (statement.source.name) out["author"] = {{"@type", "Organization"}, {"name", *statement.source.name}};
    } else {
      out["author"] = author(article, statement);
    }
    if (statement.via) out["provider"] = {{"@type", "Organization"}, {"name", article.slice(*statement.via)}};
    out["appearance"] = {{"@id", article_iri(reading)}};
    if (statement.parent) out["isPartOf"] = {{"@id", record_iri(reading, *statement.parent)}};
    out["description"] = statement.chain;
    return out;
  }

  std::unique_ptr<Output> output_;
  bool any_ = false;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_claims(const ExportOptions& options) {
  auto output = Output::open(options.path, options.output);
  if (!output) return output.error();
  return std::unique_ptr<Exporter>(new Claims(*std::move(output)));
}

}  // namespace masudi
