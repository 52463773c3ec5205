// annotate: words -> lemma, upos, xpos, feats, head, deprel, named entities. CoNLL-U in and out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "masudi/ingest.h"
#include "masudi/lexicon.h"
#include "masudi/segment.h"

namespace masudi {

/// Trained tagger, lemmatiser, parser and entity recogniser. Immutable, thread-safe. Sums are of integers or in a fixed order: the same bytes for
/// any thread count, batch and vector width (docs/inference.md).
class Annotator {
 public:
  /// Opens language.model in the folder; lexicon/irregular_forms.tsv has the lemmas that no ending tells,
  /// lexicon/infinitive_nouns.tsv the nouns that an infinitive completes, amount_words.tsv the words before a number that tell how many.
  static Result<Annotator> open(const std::string& model_folder, const Lexicon& lexicon);
  Annotator(Annotator&&) noexcept;
  Annotator& operator=(Annotator&&) noexcept;
  ~Annotator();
  /// Fills lemma, upos, xpos, feats, head, deprel and ner of every word.
  void annotate(std::vector<Sentence>& sentences) const;
  /// The rows of the lexicon that speak of an annotated word: of its lemma, of where it hangs. None where the model alone does.
  std::vector<std::string_view> rules(const Sentence& sentence, std::size_t word) const;
  /// SHA-256 of language.model: what a run manifest names.
  const std::string& version() const;

 private:
  struct Impl;
  explicit Annotator(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Words [first, last) of a sentence that name something; what the IOB2 labels of its words say.
struct NamedEntity {
  std::uint32_t first = 0, last = 0;
  TextSpan span;
  std::string label;
};
std::vector<NamedEntity> named_entities(const Sentence& sentence);

/// CoNLL-U of an annotated article: `# newdoc`, `# newpar`, `# sent_id`, `# text`, SpaceAfter=No, `start_char|end_char` (bytes) in MISC,
/// NER=B-PER in MISC where there is one.
std::string to_conllu(const Article& article, const std::vector<Sentence>& sentences);

/// Reads CoNLL-U in place of our own parse: the article's text is built from FORM and SpaceAfter, with a blank line at `# newdoc` and `# newpar`;
/// where metadata has no id and the file is one document, its `# newdoc id` is the article's.
/// malformed_input names the line, what was found and what was expected.
struct ConlluDocument {
  Article article;
  std::vector<Sentence> sentences;
};
Result<ConlluDocument> from_conllu(std::string_view bytes, const Metadata& metadata);

}  // namespace masudi
