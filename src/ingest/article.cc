// ingest(): one document to one article, the parts put together.
#include <algorithm>
#include <filesystem>

#include "ingest_impl.h"

namespace masudi {

using namespace ingest_detail;

void Alignment::add(Run run) {
  if (run.text_size == 0) return;
  if (!runs_.empty()) {
    Run& last = runs_.back();
    if (run.text_begin < last.text_begin + last.text_size || run.raw_begin < last.raw_begin + last.raw_size) return;
    if (last.text_size == last.raw_size && run.text_size == run.raw_size && last.text_begin + last.text_size == run.text_begin &&
        last.raw_begin + last.raw_size == run.raw_begin) {
      last.text_size += run.text_size;
      last.raw_size += run.raw_size;
      return;
    }
  }
  runs_.push_back(run);
}

RawSpan Alignment::raw(TextSpan span) const {
  if (runs_.empty()) return {};
  const auto exact = [](const Run& run) { return run.text_size == run.raw_size; };
  // the first run that ends after the span begins, and the last that begins before it ends
  const auto first = std::partition_point(runs_.begin(), runs_.end(), [&](const Run& run) { return run.text_begin + run.text_size <= span.begin; });
  if (first == runs_.end()) {
    const std::uint64_t end = runs_.back().raw_begin + runs_.back().raw_size;
    return {end, end};
  }
  std::uint64_t begin = first->raw_begin;
  if (exact(*first) && span.begin > first->text_begin) begin += span.begin - first->text_begin;
  if (span.empty()) return {begin, begin};
  const auto after = std::partition_point(first, runs_.end(), [&](const Run& run) { return run.text_begin < span.end; });
  if (after == first) return {begin, begin};  // only text that stands for no bytes
  const Run& last = *std::prev(after);
  std::uint64_t end = last.raw_begin + last.raw_size;
  if (exact(last) && span.end < last.text_begin + last.text_size) end = last.raw_begin + (span.end - last.text_begin);
  return {begin, std::max(begin, end)};
}

bool Article::is_excluded(TextSpan span) const {
  const auto at = std::partition_point(excluded.begin(), excluded.end(), [&](TextSpan range) { return range.end <= span.begin; });
  return at != excluded.end() && at->overlaps(span);
}

IngestRules::IngestRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IngestRules::IngestRules(IngestRules&&) noexcept = default;
IngestRules& IngestRules::operator=(IngestRules&&) noexcept = default;
IngestRules::~IngestRules() = default;

Result<IngestRules> IngestRules::build(const Lexicon& lexicon) {
  auto impl = std::make_unique<Impl>();
  for (const auto build_part : {build_furniture, build_dates, build_page_parts})
    if (auto built = build_part(lexicon, *impl); !built) return built.error();
  return IngestRules(std::move(impl));
}

namespace {

constexpr std::uint64_t largest_document = 1U << 30U;  ///< bytes: offsets of text have 32 bits
constexpr std::size_t longest_title = 250;             ///< bytes of a first line that is still a headline

/// Control bytes that no text has. A few are tolerated: old systems leave some behind.
std::optional<Error> refuse_control_bytes(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0)
      return Error{ErrorCode::malformed_input,
                   "binary: a NUL byte at character data " + std::to_string(at) + "; expected text, HTML, JSON or CoNLL-U",
                   "",
                   {}};
    if (byte < 0x20 && !(byte >= '\t' && byte <= '\r')) ++count;
  }
  if (count > 8 && count * 50 > text.size())
    return Error{ErrorCode::malformed_input,
                 "binary: " + std::to_string(count) + " control bytes in " + std::to_string(text.size()) + "; expected text, HTML, JSON or CoNLL-U",
                 "",
                 {}};
  return std::nullopt;
}

/// The headline of a plain text: a first line without a full stop, with a blank line and more text after it.
std::optional<std::string> title_of(const Article& article, const IngestRules::Impl& rules) {
  const std::string_view text = article.text;
  std::size_t at = 0;
  for (int lines = 0; lines < 3 && at < text.size(); ++lines) {
    while (at < text.size() && trim(text.substr(at, text.find('\n', at) - at)).empty()) {
      const auto end = text.find('\n', at);
      if (end == std::string_view::npos) return std::nullopt;
      at = end + 1;
    }
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = trim(text.substr(at, end - at));
    const TextSpan span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    at = end + 1;
    if (article.is_excluded(span) || parse_date(line, rules)) continue;
    const auto next = text.find('\n', at);
    const bool blank_follows = trim(text.substr(at, next == std::string_view::npos ? next : next - at)).empty() && !trim(text.substr(at)).empty();
    if (!blank_follows || line.size() > longest_title || std::string_view(".:;,").find(line.back()) != std::string_view::npos) return std::nullopt;
    return collapse(line);
  }
  return std::nullopt;
}

std::string make_id(const Metadata& metadata, const std::string& text_id) {
  if (!metadata.id.empty()) return metadata.id;
  const std::string stem = metadata.uri.find("://") == std::string::npos ? std::filesystem::path(metadata.uri).stem().string() : std::string();
  if (!stem.empty() && stem != "-" && is_valid_utf8(stem)) return stem;
  return text_id.substr(0, 16);
}

/// Runs of `outer` (text of an article to a decoded page) carried on through `inner` (decoded page to bytes).
Alignment compose(const Alignment& outer, const Alignment& inner) {
  Alignment out;
  const auto& steps = inner.runs();
  std::size_t at = 0;
  for (const Alignment::Run& run : outer.runs()) {
    if (run.text_size != run.raw_size) {
      const RawSpan raw = inner.raw({static_cast<std::uint32_t>(run.raw_begin), static_cast<std::uint32_t>(run.raw_begin + run.raw_size)});
      out.add({run.text_begin, raw.begin, run.text_size, raw.end - raw.begin});
      continue;
    }
    const std::uint64_t end = run.raw_begin + run.raw_size;
    while (at < steps.size() && steps[at].text_begin + steps[at].text_size <= run.raw_begin) ++at;
    for (std::size_t i = at; i < steps.size() && steps[i].text_begin < end; ++i) {
      const Alignment::Run& step = steps[i];
      const std::uint64_t from = std::max<std::uint64_t>(step.text_begin, run.raw_begin);
      const std::uint64_t to = std::min<std::uint64_t>(std::uint64_t{step.text_begin} + step.text_size, end);
      const auto text_begin = static_cast<std::uint32_t>(run.text_begin + (from - run.raw_begin));
      const auto size = static_cast<std::uint32_t>(to - from);
      if (step.text_size == step.raw_size)
        out.add({text_begin, step.raw_begin + (from - step.text_begin), size, size});
      else
        out.add({text_begin, step.raw_begin, size, step.raw_size});
    }
  }
  return out;
}

Result<Article> ingest_part(const Document& document, const IngestRules& rules);

}  // namespace

Result<Article> ingest(const Document& document, const IngestRules& rules) {
  if (document.metadata.format == Format::json || (document.metadata.format == Format::detect && looks_like_json(document.bytes))) {
    auto part = document_of_json(document.bytes, document.metadata);
    if (part) {
      auto article = ingest_part(*part, rules);
      if (article) article->raw_sha256 = sha256_hex(document.bytes);
      return article;
    }
    if (document.metadata.format == Format::json) return part.error();
  }
  return ingest_part(document, rules);
}

namespace {

Result<Article> ingest_part(const Document& document, const IngestRules& rules) {
  const std::string_view bytes = document.bytes;
  const Metadata& metadata = document.metadata;
  const auto fail = [&](Error error) {
    error.path = metadata.uri;
    return error;
  };
  if (bytes.size() > largest_document)
    return fail({ErrorCode::too_large, std::to_string(bytes.size()) + " bytes; an article has at most " + std::to_string(largest_document), "", {}});
  if (trim(bytes).empty()) return fail({ErrorCode::malformed_input, "empty; expected an article", "", {}});
  if (const auto kind = binary_kind(bytes); !kind.empty())
    return fail({ErrorCode::malformed_input, "binary: " + std::string(kind) + "; expected text, HTML, JSON or CoNLL-U", "", {}});

  Format format = metadata.format;
  if (format == Format::json) format = Format::text;  // taken out of its JSON already
  const bool detect = format == Format::detect;
  const bool maybe_page = format == Format::html || (detect && looks_like_html(bytes));
  auto decoded = decode(bytes, metadata.encoding, maybe_page);
  if (!decoded) return fail(decoded.error());
  if (detect) format = maybe_page || looks_like_html(decoded->text) ? Format::html : Format::text;

  Article article;
  article.uri = metadata.uri;
  article.other = metadata.other;
  article.title = metadata.title;
  article.published = metadata.published;
  article.outlet = metadata.outlet;
  if (format == Format::text) article.toponyms = metadata.toponyms;
  article.raw_sha256 = sha256_hex(bytes);
  std::optional<std::string> declared = metadata.language;
  std::set<std::string> used;
  if (format == Format::html) {
    auto page = read_page(decoded->text, rules.impl(), used);
    if (!page) return fail(page.error());
    article.text = std::move(page->text);
    article.alignment = compose(page->alignment, decoded->alignment);
    if (!article.title) article.title = std::move(page->title);
    if (!article.published) article.published = page->published;
    if (!article.outlet) article.outlet = std::move(page->outlet);
    article.byline = std::move(page->byline);
    if (!declared) declared = std::move(page->language);
  } else {
    if (auto refused = refuse_control_bytes(decoded->text)) return fail(*std::move(refused));
    article.text = std::move(decoded->text);
    article.alignment = std::move(decoded->alignment);
  }
  if (article.toponyms) std::erase_if(*article.toponyms, [&](TextSpan span) { return span.end > article.text.size(); });
  if (trim(article.text).empty())
    return fail(
        {ErrorCode::malformed_input, format == Format::html ? "no text in the page; expected an article" : "empty; expected an article", "", {}});
  if (auto refused = check_language(article.text, declared, article.language)) return fail(*std::move(refused));

  find_furniture(article, rules.impl());
  if (!article.title && format != Format::html) article.title = title_of(article, rules.impl());
  // asked even where the day is known, so that the rows that speak of it are on record
  const auto inferred = infer_published(article.text, rules.impl(), used);
  if (!article.published && inferred) {
    article.published = inferred;
    article.published_inferred = true;
  }
  article.rules.assign(used.begin(), used.end());
  article.text_id = sha256_hex(article.text);
  article.id = make_id(metadata, article.text_id);
  return article;
}

}  // namespace

}  // namespace masudi
