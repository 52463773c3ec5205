// masudi ingest: an archive into a ledger.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "masudi/store.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::vector<std::string> paths;
  std::string ledger;
  SourceFlags source;
  DictionaryFlags dictionaries;
  unsigned threads = 0;
  std::size_t batch = default_batch;
  double min_confidence = 0;
  bool quiet = false;
};

std::string counts_line(const RunCounts& counts, double seconds) {
  char out[200];
  const int size = std::snprintf(out, sizeof out,
                                 "%llu articles read, %llu known, %llu rejects; %llu events, %llu statements, %llu commitments; %.1f MB in %.1f s",
                                 static_cast<unsigned long long>(counts.articles), static_cast<unsigned long long>(counts.known),
                                 static_cast<unsigned long long>(counts.rejects), static_cast<unsigned long long>(counts.events),
                                 static_cast<unsigned long long>(counts.statements), static_cast<unsigned long long>(counts.commitments),
                                 static_cast<double>(counts.text_bytes) / 1e6, seconds);
  return std::string(out, static_cast<std::size_t>(std::max(size, 0))) +
         (counts.left_out > 0 ? "; " + std::to_string(counts.left_out) + " records too unsure, left out" : "");
}

std::string shortest(double value) {
  char out[32];
  return {std::begin(out), std::to_chars(std::begin(out), std::end(out), value).ptr};
}

int run(const Options& options, const Context& context) {
  const auto source = options.source.options();
  if (!source) return report(source.error());
  const auto files = list_files(options.paths);
  if (!files) return report(files.error());
  auto dictionaries = options.dictionaries.load();
  if (!dictionaries) return report(dictionaries.error());
  const auto engine = Engine::open({context.data_folder, *std::move(dictionaries)});
  if (!engine) return report(engine.error());
  auto ledger = Ledger::open(options.ledger, Ledger::Mode::read_write);
  if (!ledger) return report(ledger.error());

  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  const bool live = !options.quiet && isatty(STDERR_FILENO) != 0;
  LoadOptions load;
  load.archive.source = *source;
  load.archive.threads = options.threads;
  load.batch = std::max<std::size_t>(1, options.batch);
  load.min_confidence = options.min_confidence;
  load.settings = R"({"published":")" + options.source.published + R"(","input":")" + options.source.input + R"(","max_bytes":)" +
                  std::to_string(options.source.max_bytes) +
                  (options.min_confidence > 0 ? R"(,"min_confidence":)" + shortest(options.min_confidence) : "") +
                  (engine->info().dictionaries.empty() ? "" : R"(,"dictionaries":")" + engine->info().dictionaries + "\"") + "}";
  load.now = now;
  load.rejected = [&](const Reject& reject) { report(reject); };
  if (live) load.progress = [&](const RunCounts& counts) { std::fprintf(stderr, "\r\033[K%s", counts_line(counts, elapsed()).c_str()); };
  const auto counts = load_archive(*files, load, *engine, *ledger);
  if (live) std::fprintf(stderr, "\r\033[K");
  if (!counts) return report(counts.error());
  if (!options.quiet) std::fprintf(stderr, "%s\n", counts_line(*counts, elapsed()).c_str());
  return counts->rejects > 0 || counts->articles + counts->known == 0 ? rejects : done;
}

}  // namespace

void add_ingest(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("ingest", "Read an archive into a ledger (one SQLite file); running it again adds only what is new");
  auto options = std::make_shared<Options>();
  verb->add_option("PATH", options->paths, "files and folders; - is standard input")->required();
  verb->add_option("--ledger", options->ledger, "the ledger; made when it is not there")->required()->type_name("FILE");
  options->source.add_to(*verb);
  options->dictionaries.add_to(*verb);
  verb->add_option("--threads", options->threads, "workers; 0 is one a processor")->capture_default_str();
  verb->add_option("--batch", options->batch, "articles a transaction")->capture_default_str();
  verb->add_option("--min-confidence", options->min_confidence,
                   "do not store events and commitments below it; with another one, articles are read again")
      ->check(CLI::Range(0.0, 1.0));
  verb->add_flag("--quiet", options->quiet, "no progress and no summary");
  verb->footer("Example: masudi ingest examples --ledger news.db && masudi query events --ledger news.db");
  verb->callback([=, &context] { context.exit = run(*options, context); });
}

}  // namespace masudi::cli
