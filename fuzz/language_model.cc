// Hostile language models: the file opens or is refused with a reason; what opens annotates any words, and every sentence gets a tree.
#include <cstdint>
#include <cstdlib>

#include "../src/annotate/network_annotator.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace masudi;
  auto model = LanguageModel::from_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz.model");
  if (!model) {
    if (model.error().code != ErrorCode::corrupt_store || model.error().message.empty()) std::abort();
    return 0;
  }
  std::vector<Sentence> sentences(3);
  for (const char* form : {"The", "talks", "in", "\xC3\x89tat", "U.S.", "\xFF", "", "the", "\xF0\x9F\x98\x80", "7-Eleven"}) {
    sentences[0].words.emplace_back().form = form;
    for (int i = 0; i < 60; ++i) sentences[2].words.emplace_back().form = form;  // over the words that are searched as a whole
  }
  std::vector<Sentence> plain = sentences;
  const NetworkAnnotator fast(*std::move(model), best_kernels());
  fast.annotate(sentences);
  for (const auto& sentence : sentences) {
    std::vector<std::int32_t> heads;
    for (const auto& word : sentence.words) heads.push_back(word.head);
    if (!is_tree(heads.data(), heads.size())) std::abort();
  }
  const NetworkAnnotator slow(*LanguageModel::from_bytes(std::string(reinterpret_cast<const char*>(data), size), "fuzz.model"),
                              *all_kernels().back());
  slow.annotate(plain);
  for (std::size_t s = 0; s < plain.size(); ++s)
    for (std::size_t i = 0; i < plain[s].words.size(); ++i) {
      const Word &a = sentences[s].words[i], &b = plain[s].words[i];
      if (a.head != b.head || a.lemma != b.lemma || a.xpos != b.xpos || a.feats != b.feats || a.deprel != b.deprel || a.ner != b.ner) std::abort();
    }
  return 0;
}
