// The annotator: the language model's network over the words of the sentences.
#include "masudi/annotate.h"

#include "network_annotator.h"

namespace masudi {

struct Annotator::Impl {
  NetworkAnnotator network;
};

Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::open(const std::string& folder) {
  auto model = LanguageModel::open(folder + "/language.model");
  if (!model) return model.error();
  return Annotator(std::unique_ptr<Impl>(new Impl{NetworkAnnotator(*std::move(model), best_kernels())}));
}

void Annotator::annotate(std::vector<Sentence>& sentences) const { impl_->network.annotate(sentences); }

const std::string& Annotator::version() const { return impl_->network.model().sha256(); }

}  // namespace masudi
