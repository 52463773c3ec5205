// The language model's file: weights for the network, tables of word vectors, lists of labels. docs/inference.md has its layout.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "coded_words.h"
#include "masudi/core.h"
#include "network.h"
#include "tensor_file.h"

namespace masudi {

/// An opened model. Immutable, thread-safe. Everything in it was checked: shapes, ranges of weights and scales, labels.
class LanguageModel {
 public:
  /// not_found, io; corrupt_store says what was found and what was expected.
  static Result<LanguageModel> open(const std::string& path);
  static Result<LanguageModel> from_bytes(std::string bytes, const std::string& path);

  const NetworkWeights& weights() const { return weights_; }
  /// The inputs of the first layer for a form, shifted; `sums` is memory for weights().vector numbers, `out` gets as many bytes.
  void word_vector(const Kernels& kernels, std::string_view form, std::string_view lower, std::int32_t* sums, std::uint8_t* out) const;
  /// The lemma that the table of exceptions gives a form in lower case with a tag; empty for none.
  std::string_view known_lemma(std::string_view lower, std::uint32_t tag) const;

  struct Tag {
    std::string upos, xpos;
  };
  const std::vector<Tag>& tags() const { return tags_; }
  const std::vector<std::string>& feats() const { return feats_; }  ///< empty for none
  const std::vector<std::string>& lemma_rules() const { return lemma_rules_; }
  const std::vector<std::string>& relations() const { return relations_; }
  const std::vector<std::string>& entities() const { return entities_; }
  /// SHA-256 of the file.
  const std::string& sha256() const { return sha256_; }

 private:
  explicit LanguageModel(TensorFile file) : file_(std::move(file)) {}
  static Result<LanguageModel> build(TensorFile file);
  struct Builder;

  TensorFile file_;
  NetworkWeights weights_;
  const std::int8_t *words_ = nullptr, *hashes_ = nullptr;  ///< rows of weights_.vector
  std::uint32_t hash_rows_ = 0;
  CodedWords coded_;        ///< without slots where the file has none
  float vector_scale_ = 1;  ///< sums of rows as inputs of the first layer
  std::vector<Tag> tags_;
  std::vector<std::string> feats_, lemma_rules_, relations_, entities_;
  std::string sha256_;

  /// Strings and their numbers, by open addressing. The strings lie in the file's metadata.
  struct Index {
    std::vector<std::uint32_t> slots;  ///< number + 1, 0 for an empty slot
    void reset(std::size_t entries);
  };
  Index vocabulary_index_, lemma_index_;
  std::vector<std::string_view> vocabulary_;
  struct KnownLemma {
    std::string_view form, lemma;
    std::uint32_t tag = 0;
  };
  std::vector<KnownLemma> known_lemmas_;
};

}  // namespace masudi
