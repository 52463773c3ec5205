#include <algorithm>
#include <string_view>

#include "masudi/pipeline.h"

namespace masudi {

namespace {

/// Does the word stand inside the name of a body or place as of its own words do: "Ministry [of] Defence", "[the] Hague"?
bool joins_names(const Word& word) {
  return word.upos == "PROPN" || word.upos == "ADP" || word.upos == "CCONJ" || word.upos == "DET" || word.upos == "PUNCT";
}

/// Where the name in a mention, words [first, last), begins: of a titled person at the first proper noun, as titles are read with the name; of a
/// body or place behind its article, where no other word stands beside proper nouns ("the State Department", not "the UK government"). last: none.
std::size_t name_in(const std::vector<Word>& words, std::size_t first, std::size_t last, bool person) {
  if (words[last - 1].upos != "PROPN") return last;
  std::size_t begin = first;
  while (words[begin].upos != "PROPN") ++begin;
  const auto at = [&](std::size_t i) { return words.begin() + static_cast<std::ptrdiff_t>(i); };
  const bool article = std::all_of(at(first), at(begin), [](const Word& word) { return word.upos == "DET"; });
  const bool capital = words[begin].form[0] < 'a' || words[begin].form[0] > 'z';
  return person || (article && capital && std::all_of(at(begin), at(last), joins_names)) ? begin : last;
}

/// Mentions name nothing ("the group"), and the rules of the reading find them for themselves; but some have a name in them, "Prime Minister Ada
/// Brice" (PER_NOM), "the State Department" (ORG_NOM): it stays.
void names_of_mentions(std::vector<Sentence>& sentences) {
  constexpr std::string_view mention = "_NOM";
  for (Sentence& sentence : sentences) {
    std::vector<Word>& words = sentence.words;
    for (std::size_t first = 0, last = 0; first < words.size(); first = std::max(first + 1, last)) {
      if (!words[first].ner.ends_with(mention)) continue;
      const std::string label = words[first].ner.substr(2), kind = label.substr(0, label.size() - mention.size());
      last = first + 1;
      while (last < words.size() && words[last].ner == "I-" + label) ++last;
      const std::size_t begin = name_in(words, first, last, kind == "PER");
      for (std::size_t i = first; i < last; ++i) words[i].ner = i < begin ? "O" : (i == begin ? "B-" : "I-") + kind;
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
