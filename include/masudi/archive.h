// archive: many files to readings, on several threads, in input order. Memory is bounded by the articles in flight, not by the archive.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "masudi/pipeline.h"

namespace masudi {

/// An article that the caller already has (a stopped run resumes): it was decoded, but not read again.
struct KnownArticle {
  Article article;
};

/// One article's answer, with where it stands in its source.
struct ArchiveItem {
  std::string path;  ///< the file it came from; "-" for standard input
  RawSpan at;        ///< its bytes in that file
  std::variant<Reading, Reject, KnownArticle> what;
};

struct ArchiveOptions {
  SourceOptions source;
  unsigned threads = 0;        ///< workers; 0 is one a processor
  bool annotate_only = false;  ///< stop after the linguistic layer: readings without records (`known` is not asked)
  /// Is this article known already? Called from worker threads; must be thread-safe. Empty: none is.
  std::function<bool(const Article&, const std::string& path, RawSpan at)> known;
};

/// Files of the paths: a folder stands for all regular files below it (hidden ones left out), sorted by name; "-" is standard input.
/// not_found names the first path that is not there.
Result<std::vector<std::string>> list_files(const std::vector<std::string>& paths);

/// Reads every article of the files and hands each to `take` in input order, on the calling thread's behalf but one at a time.
/// A file that cannot be opened is a Reject; `take` returning an Error stops the run and is returned.
Result<void> read_archive(const std::vector<std::string>& files, const ArchiveOptions& options, const Engine& engine,
                          const std::function<Result<void>(ArchiveItem&&)>& take);

}  // namespace masudi
