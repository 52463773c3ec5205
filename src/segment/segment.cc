#include "masudi/segment.h"
namespace masudi {
struct Segmenter::Impl {};
Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;
Result<Segmenter> Segmenter::open(const std::string&) { return Segmenter(std::make_unique<Impl>()); }
std::vector<Sentence> Segmenter::segment(const Article&) const { return {}; }
std::vector<Sentence> Segmenter::segment(std::string_view) const { return {}; }
}  // namespace masudi
