#include "masudi/ingest.h"
namespace masudi {
void Alignment::add(Run run) { runs_.push_back(run); }
RawSpan Alignment::raw(TextSpan span) const { return {span.begin, span.end}; }
bool Article::is_excluded(TextSpan span) const {
  for (auto e : excluded)
    if (e.overlaps(span)) return true;
  return false;
}
struct IngestRules::Impl {};
IngestRules::IngestRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IngestRules::IngestRules(IngestRules&&) noexcept = default;
IngestRules& IngestRules::operator=(IngestRules&&) noexcept = default;
IngestRules::~IngestRules() = default;
Result<IngestRules> IngestRules::build(const Lexicon&) { return IngestRules(std::make_unique<Impl>()); }
Result<Article> ingest(const Document& document, const IngestRules&) {
  Article a;
  a.id = document.metadata.id;
  a.uri = document.metadata.uri;
  a.text = document.bytes;
  a.title = document.metadata.title;
  a.published = document.metadata.published;
  a.outlet = document.metadata.outlet;
  a.text_id = sha256_hex(a.text);
  a.raw_sha256 = a.text_id;
  return a;
}
struct SourceReader::Impl {
  bool done = false;
  Document d;
};
SourceReader::SourceReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SourceReader::SourceReader(SourceReader&&) noexcept = default;
SourceReader& SourceReader::operator=(SourceReader&&) noexcept = default;
SourceReader::~SourceReader() = default;
}  // namespace masudi
#include <fstream>
#include <sstream>
namespace masudi {
Result<SourceReader> SourceReader::open(const std::string& path, SourceOptions options) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{ErrorCode::not_found, "could not be opened", path, {}};
  std::ostringstream s;
  s << in.rdbuf();
  auto impl = std::make_unique<Impl>();
  impl->d.bytes = s.str();
  impl->d.metadata = options.metadata;
  impl->d.metadata.uri = path;
  return SourceReader(std::move(impl));
}
std::optional<std::variant<Document, Reject>> SourceReader::next() {
  if (impl_->done) return std::nullopt;
  impl_->done = true;
  return impl_->d;
}
}  // namespace masudi
