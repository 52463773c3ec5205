// From words to annotated words by the network: forms in, columns of CoNLL-U out.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "language_model.h"
#include "masudi/pool.h"
#include "masudi/segment.h"

namespace masudi {

/// A language model and the memory of those who use it. Immutable to its callers, thread-safe: each call takes a worker's memory from a pool.
class NetworkAnnotator {
 public:
  NetworkAnnotator(LanguageModel model, const Kernels& kernels);
  ~NetworkAnnotator();
  NetworkAnnotator(const NetworkAnnotator&) = delete;
  NetworkAnnotator& operator=(const NetworkAnnotator&) = delete;

  /// Fills lemma, upos, xpos, feats, head, deprel and ner of every word.
  void annotate(std::vector<Sentence>& sentences) const;
  const LanguageModel& model() const { return model_; }

 private:
  struct Worker;
  void annotate(std::vector<Sentence>& sentences, std::size_t first, std::size_t last, Worker& worker) const;

  LanguageModel model_;
  const Kernels& kernels_;
  mutable Pool<Worker> workers_;
};

}  // namespace masudi
