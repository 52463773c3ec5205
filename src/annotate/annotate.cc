// The annotator: the language model's network over the words of the sentences, and the lemmas that the lexicon knows better.
#include "masudi/annotate.h"

#include "irregular_forms.h"
#include "network_annotator.h"
#include "verbless.h"

namespace masudi {

struct Annotator::Impl {
  NetworkAnnotator network;
  IrregularForms irregular;
};

Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::open(const std::string& folder, const Lexicon& lexicon) {
  auto irregular = IrregularForms::build(lexicon);
  if (!irregular) return irregular.error();
  auto model = LanguageModel::open(folder + "/language.model");
  if (!model) return model.error();
  return Annotator(std::unique_ptr<Impl>(new Impl{NetworkAnnotator(*std::move(model), best_kernels()), *std::move(irregular)}));
}

void Annotator::annotate(std::vector<Sentence>& sentences) const {
  impl_->network.annotate(sentences);
  for (Sentence& sentence : sentences) {
    mend_verbless(sentence);
    for (Word& word : sentence.words)
      if (auto known = impl_->irregular.find(word)) word.lemma = std::move(known->lemma);
  }
}

std::string_view Annotator::lemma_rule(const Word& word) const {
  const auto known = impl_->irregular.find(word);
  return known ? known->rule : std::string_view();
}

const std::string& Annotator::version() const { return impl_->network.model().sha256(); }

}  // namespace masudi
