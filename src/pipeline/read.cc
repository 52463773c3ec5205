#include "masudi/pipeline.h"

namespace masudi {

namespace {

/// Leaves names alone: mentions without one ("the group": ORG_NOM) are what the rules of the reading find for themselves.
void forget_nominals(std::vector<Sentence>& sentences) {
  for (Sentence& sentence : sentences)
    for (Word& word : sentence.words)
      if (word.ner.ends_with("_NOM")) word.ner = "O";
}

}  // namespace

Reading read_annotated(Article article, std::vector<Sentence> sentences, const Engine& engine) {
  Reading reading{std::move(article), {}, {}, engine.info()};
  Analysis& analysis = reading.analysis;
  analysis.sentences = std::move(sentences);
  forget_nominals(analysis.sentences);
  analysis.trees = trees_of(analysis.sentences);
  analysis.mentions = find_mentions(reading.article, analysis.trees, engine.mention_rules());
  analysis.resolution = resolve(reading.article, analysis.trees, analysis.mentions, engine.resolve_rules());
  reading.records = extract(reading.article, analysis, engine.extract_rules());
  return reading;
}

Reading read_article(Article article, const Engine& engine) {
  auto sentences = annotate_article(article, engine);
  return read_annotated(std::move(article), std::move(sentences), engine);
}

std::vector<Sentence> annotate_article(const Article& article, const Engine& engine) {
  auto sentences = engine.segmenter().segment(article);
  engine.annotator().annotate(sentences);
  return sentences;
}

Result<Reading> annotate(const Document& document, const Engine& engine) {
  Reading reading{{}, {}, {}, engine.info()};
  if (document.metadata.format == Format::conllu) {
    auto parsed = from_conllu(document.bytes, document.metadata);
    if (!parsed) return parsed.error();
    reading.article = std::move(parsed->article);
    reading.analysis.sentences = std::move(parsed->sentences);
    return reading;
  }
  auto article = ingest(document, engine.ingest_rules());
  if (!article) return article.error();
  reading.article = *std::move(article);
  reading.analysis.sentences = annotate_article(reading.article, engine);
  return reading;
}

Result<Reading> read(const Document& document, const Engine& engine) {
  if (document.metadata.format == Format::conllu) {
    auto parsed = from_conllu(document.bytes, document.metadata);
    if (!parsed) return parsed.error();
    return read_annotated(std::move(parsed->article), std::move(parsed->sentences), engine);
  }
  auto article = ingest(document, engine.ingest_rules());
  if (!article) return article.error();
  return read_article(*std::move(article), engine);
}

}  // namespace masudi
