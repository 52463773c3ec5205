#include "masudi/annotate.h"
namespace masudi {
struct Annotator::Impl {
  std::string version;
};
Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;
Result<Annotator> Annotator::open(const std::string&) { return Annotator(std::make_unique<Impl>()); }
void Annotator::annotate(std::vector<Sentence>&) const {}
const std::string& Annotator::version() const { return impl_->version; }
std::string to_conllu(const Article&, const std::vector<Sentence>&) { return {}; }
Result<ConlluDocument> from_conllu(std::string_view, const Metadata&) { return Error{}; }
}  // namespace masudi
