#include "masudi/archive.h"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

namespace masudi {

namespace {

struct Pending {
  std::string path;
  RawSpan at;
  std::variant<Document, Reject> what;
};

/// Hands out the documents of the files one after the other.
class Feed {
 public:
  Feed(const std::vector<std::string>& files, const SourceOptions& options) : files_(files), options_(options) {}

  std::optional<Pending> next() {
    for (;;) {
      if (!reader_) {
        if (at_ == files_.size()) return std::nullopt;
        const std::string& path = files_[at_++];
        auto opened = SourceReader::open(path, options_);
        if (!opened) {
          const Error& error = opened.error();
          return Pending{path, error.at, Reject{path, error.at, error.code, error.message}};
        }
        reader_.emplace(*std::move(opened));
      }
      if (auto item = reader_->next()) {
        const std::string& path = files_[at_ - 1];
        const RawSpan at = std::visit([](const auto& value) { return value.at; }, *item);
        return Pending{path, at, *std::move(item)};
      }
      reader_.reset();
    }
  }

 private:
  const std::vector<std::string>& files_;
  const SourceOptions& options_;
  std::size_t at_ = 0;
  std::optional<SourceReader> reader_;
};

ArchiveItem process(Pending&& pending, const ArchiveOptions& options, const Engine& engine) {
  ArchiveItem item{std::move(pending.path), pending.at, Reject{}};
  const auto refuse = [&](const Error& error) { item.what = Reject{item.path, item.at, error.code, error.message}; };
  if (auto* reject = std::get_if<Reject>(&pending.what)) {
    item.what = std::move(*reject);
    return item;
  }
  const auto& document = std::get<Document>(pending.what);
  if (options.annotate_only || document.metadata.format == Format::conllu) {
    if (auto reading = options.annotate_only ? annotate(document, engine) : read(document, engine))
      item.what = *std::move(reading);
    else
      refuse(reading.error());
    return item;
  }
  auto article = ingest(document, engine.ingest_rules());
  if (!article)
    refuse(article.error());
  else if (options.known && options.known(*article, item.path, item.at))
    item.what = KnownArticle{*std::move(article)};
  else
    item.what = read_article(*std::move(article), engine);
  return item;
}

}  // namespace

Result<std::vector<std::string>> list_files(const std::vector<std::string>& paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code failed;
    if (path == "-" || !fs::is_directory(path, failed)) {
      if (path != "-" && !fs::exists(path, failed)) return Error{ErrorCode::not_found, "no such file or folder", path, {}};
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
      const bool hidden = at->path().filename().string().starts_with('.');
      std::error_code unknown;
      if (hidden && at->is_directory(unknown)) at.disable_recursion_pending();
      if (!hidden && at->is_regular_file(unknown)) found.push_back(at->path().string());
    }
    if (failed) return Error{ErrorCode::io, failed.message(), path, {}};
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

Result<void> read_archive(const std::vector<std::string>& files, const ArchiveOptions& options, const Engine& engine,
                          const std::function<Result<void>(ArchiveItem&&)>& take) {
  const unsigned threads = options.threads > 0 ? options.threads : static_cast<unsigned>(std::max(1, tbb::info::default_concurrency()));
  Feed feed(files, options.source);
  Result<void> outcome;
  if (threads == 1) {  // no pool to start: the first record comes sooner
    while (auto pending = feed.next()) {
      if (auto taken = take(process(*std::move(pending), options, engine)); !taken) return taken.error();
    }
    return {};
  }
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
  std::atomic<bool> stopped = false;  // set by the last filter, read by the first
  const auto feed_filter = tbb::make_filter<void, std::shared_ptr<Pending>>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& control) {
    std::shared_ptr<Pending> out;
    if (!stopped)
      if (auto pending = feed.next()) out = std::make_shared<Pending>(*std::move(pending));
    if (!out) control.stop();
    return out;
  });
  const auto read_filter = tbb::make_filter<std::shared_ptr<Pending>, std::shared_ptr<ArchiveItem>>(
      tbb::filter_mode::parallel,
      [&](const std::shared_ptr<Pending>& pending) { return std::make_shared<ArchiveItem>(process(std::move(*pending), options, engine)); });
  const auto take_filter =
      tbb::make_filter<std::shared_ptr<ArchiveItem>, void>(tbb::filter_mode::serial_in_order, [&](const std::shared_ptr<ArchiveItem>& item) {
        if (stopped) return;
        if (auto taken = take(std::move(*item)); !taken) {
          outcome = taken.error();
          stopped = true;
        }
      });
  tbb::parallel_pipeline(static_cast<std::size_t>(threads) * 4, feed_filter & read_filter & take_filter);
  return outcome;
}

}  // namespace masudi
