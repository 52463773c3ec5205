// segment: Article -> sentences and words in the Universal Dependencies scheme, with byte offsets into Article::text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"
#include "masudi/ingest.h"

namespace masudi {

/// A syntactic word; members are CoNLL-U's columns. Made by segment (span, form), filled by annotate.
struct Word {
  TextSpan span;  ///< its bytes; words of a multiword token share or split the token's bytes
  std::string form;
  std::string lemma;
  std::string upos, xpos, feats;  ///< feats: "Number=Sing|Person=3", empty for none
  std::int32_t head = -1;         ///< index into Sentence::words; -1 for the root
  std::string deprel;             ///< UD v2, with subtypes: nsubj:pass
  std::string ner = "O";          ///< IOB2 over PER, ORG, LOC, GPE, NORP, FAC, EVT, MISC: "B-PER"
};

/// A surface token of several words ("don't"): words [first, last).
struct MultiwordToken {
  std::uint32_t first = 0, last = 0;
  TextSpan span;
};

struct Sentence {
  TextSpan span;
  std::vector<Word> words;
  std::vector<MultiwordToken> tokens;
  bool starts_paragraph = false;
};

/// Boundary knowledge: trained weights. Immutable, thread-safe.
class Segmenter {
 public:
  static Result<Segmenter> open(const std::string& model_folder);
  Segmenter(Segmenter&&) noexcept;
  Segmenter& operator=(Segmenter&&) noexcept;
  ~Segmenter();
  /// Sentences of the article in order. Excluded ranges are not segmented: no sentence touches one.
  std::vector<Sentence> segment(const Article& article) const;
  /// The same over bare text with sentence boundaries only where the model puts them (for `eval --conllu`).
  std::vector<Sentence> segment(std::string_view text) const;

 private:
  struct Impl;
  explicit Segmenter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace masudi
