#include <algorithm>
#include <string_view>

#include "masudi/pipeline.h"

namespace masudi {

namespace {

/// Mentions name nothing ("the group"), and the rules of the reading find them for themselves; but titled persons have a name at their end, "Prime
/// Minister Ada Brice" (PER_NOM): they stay persons from their first proper noun on, as titles are read with the name.
void names_of_mentions(std::vector<Sentence>& sentences) {
  constexpr std::string_view person = "PER_NOM";
  for (Sentence& sentence : sentences) {
    std::vector<Word>& words = sentence.words;
    for (std::size_t first = 0, last = 0; first < words.size(); first = std::max(first + 1, last)) {
      if (!words[first].ner.ends_with("_NOM")) continue;
      const std::string label = words[first].ner.substr(2);
      last = first + 1;
      while (last < words.size() && words[last].ner == "I-" + label) ++last;
      bool begun = false;
      for (std::size_t i = first; i < last; ++i) {
        const bool named = label == person && words[last - 1].upos == "PROPN" && (begun || words[i].upos == "PROPN");
        words[i].ner = !named ? "O" : begun ? "I-PER" : "B-PER";
        begun = named;
      }
    }
  }
}

}  // namespace

Reading read_annotated(Article article, std::vector<Sentence> sentences, const Engine& engine) {
  Reading reading{std::move(article), {}, {}, engine.info()};
  Analysis& analysis = reading.analysis;
  analysis.sentences = std::move(sentences);
  names_of_mentions(analysis.sentences);
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
