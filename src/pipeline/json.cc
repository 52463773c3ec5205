#include "masudi/json.h"

#include <nlohmann/json.hpp>

#include "masudi/pipeline.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

template <class Record>
Json list(const std::vector<Record>& records, std::string_view text) {
  Json out = Json::array();
  for (const Record& record : records) out.push_back(record_to_json(record, text));
  return out;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json article_to_json(const Article& article) {
  Json excluded = Json::array();
  for (const TextSpan span : article.excluded) excluded.push_back({{"begin", span.begin}, {"end", span.end}});
  Json other = Json::object();
  for (const auto& [name, value] : article.other) other[name] = Json::parse(value, nullptr, false);
  Json out{{"id", article.id},
           {"uri", article.uri},
           {"title", or_null(article.title)},
           {"published", article.published ? Json(to_iso(*article.published)) : Json(nullptr)},
           {"published_inferred", article.published_inferred},
           {"outlet", or_null(article.outlet)},
           {"byline", or_null(article.byline)},
           {"language", article.language},
           {"text_id", article.text_id},
           {"raw_sha256", article.raw_sha256},
           {"text", article.text},
           {"excluded", std::move(excluded)}};
  if (!other.empty()) out["other"] = std::move(other);
  return out;
}

Json engine_to_json(const EngineInfo& engine) {
  Json out{{"version", engine.version}, {"lexicon", engine.lexicon}, {"gazetteer", engine.gazetteer}, {"model", engine.model}};
  if (!engine.dictionaries.empty()) out["dictionaries"] = engine.dictionaries;
  return out;
}

Json sentence_to_json(const Sentence& sentence, std::string_view text) {
  Json words = Json::array(), tokens = Json::array(), entities = Json::array();
  for (std::size_t i = 0; i < sentence.words.size(); ++i) {
    const Word& word = sentence.words[i];
    words.push_back({{"id", i + 1},
                     {"begin", word.span.begin},
                     {"end", word.span.end},
                     {"form", word.form},
                     {"lemma", word.lemma},
                     {"upos", word.upos},
                     {"xpos", word.xpos},
                     {"feats", word.feats},
                     {"head", word.head + 1},
                     {"deprel", word.deprel}});
  }
  for (const MultiwordToken& token : sentence.tokens) {
    Json span = span_to_json(token.span, text);
    span["first"] = token.first + 1;
    span["last"] = token.last;
    tokens.push_back(std::move(span));
  }
  for (const NamedEntity& entity : named_entities(sentence)) {
    Json span = span_to_json(entity.span, text);
    span["first"] = entity.first + 1;
    span["last"] = entity.last;
    span["label"] = entity.label;
    entities.push_back(std::move(span));
  }
  Json out = span_to_json(sentence.span, text);
  out["starts_paragraph"] = sentence.starts_paragraph;
  out["words"] = std::move(words);
  out["tokens"] = std::move(tokens);
  out["entities"] = std::move(entities);
  return out;
}

}  // namespace

std::string annotation_to_json(const Reading& reading, bool pretty) {
  Json sentences = Json::array();
  for (const Sentence& sentence : reading.analysis.sentences) sentences.push_back(sentence_to_json(sentence, reading.article.text));
  const Json out{{"schema_version", schema_version},
                 {"engine", engine_to_json(reading.engine)},
                 {"article", article_to_json(reading.article)},
                 {"sentences", std::move(sentences)}};
  return out.dump(pretty ? 1 : -1, ' ', false, Json::error_handler_t::replace);
}

std::string to_json(const Reading& reading, bool pretty) {
  const std::string_view text = reading.article.text;
  const Json out{{"schema_version", schema_version},
                 {"engine", engine_to_json(reading.engine)},
                 {"article", article_to_json(reading.article)},
                 {"events", list(reading.records.events, text)},
                 {"statements", list(reading.records.statements, text)},
                 {"commitments", list(reading.records.commitments, text)},
                 {"agreements", list(reading.records.agreements, text)},
                 {"timexes", list(reading.analysis.resolution.timexes, text)},
                 {"places", list(reading.analysis.resolution.places, text)},
                 {"entities", list(parties(reading.analysis), text)}};
  return out.dump(pretty ? 1 : -1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace masudi
