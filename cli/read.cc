// masudi read: articles to records.
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "masudi/explain.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::vector<std::string> files;
  SourceFlags source;
  DictionaryFlags dictionaries;
  std::string format = "text", colour = "auto";
  bool explain = false, all = false;
  unsigned threads = 0;
  double min_confidence = 0;
};

std::string print(const Reading& reading, const Options& options, const Engine& engine, bool colour) {
  std::string out;
  if (options.format == "json")
    out = to_json(reading, true) + "\n";
  else if (options.format == "jsonl")
    out = to_json(reading) + "\n";
  else if (options.format == "conllu")
    out = to_conllu(reading.article, reading.analysis.sentences);
  else
    out = brief(reading, colour, options.all);
  if (!options.explain) return out;
  for (const std::string& id : record_ids(reading))
    if (const auto why = explain(reading, id, engine.lexicon(), engine.gazetteer())) out += "\n" + *why;
  return out;
}

int run(const Options& options, const Context& context) {
  ArchiveOptions archive;
  archive.threads = options.threads;
  const auto source = options.source.options();
  if (!source) return report(source.error());
  archive.source = *source;
  const auto files = list_files(options.files);
  if (!files) return report(files.error());
  if (options.threads == 0 && files->size() == 1 && files->front() != "-") archive.threads = 1;
  auto dictionaries = options.dictionaries.load();
  if (!dictionaries) return report(dictionaries.error());
  const auto engine = Engine::open({context.data_folder, *std::move(dictionaries)});
  if (!engine) return report(engine.error());

  const bool colour = options.colour == "always" || (options.colour == "auto" && isatty(STDOUT_FILENO) != 0);
  int status = done;
  bool first = true;
  const auto read = read_archive(*files, archive, *engine, [&](ArchiveItem&& item) -> Result<void> {
    if (const auto* reject = std::get_if<Reject>(&item.what)) {
      status = std::max(status, report(*reject));
    } else {
      if (!first && options.format == "text") put("\n");
      auto& reading = std::get<Reading>(item.what);
      leave_out_below(reading.records, options.min_confidence);
      put(print(reading, options, *engine, colour));
      first = false;
    }
    return {};
  });
  if (!read) return report(read.error());
  return status;
}

}  // namespace

void add_read(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("read", "Read articles: what happened, who says so, who promised what by when");
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->files, "text, HTML, JSON lines or CoNLL-U; a folder stands for its files; - is standard input")->required();
  verb->add_option("--format", options->format, "how to print")->check(CLI::IsMember({"text", "json", "jsonl", "conllu"}))->capture_default_str();
  verb->add_flag("--explain", options->explain, "add why each record is there: sentence, arcs, rule with file and line, what was rejected");
  verb->add_flag("--all", options->all, "text: every event and all that is said, not only what a brief needs");
  options->source.add_to(*verb);
  verb->add_option("--min-confidence", options->min_confidence, "leave out events and commitments below it")->check(CLI::Range(0.0, 1.0));
  options->dictionaries.add_to(*verb);
  verb->add_option("--threads", options->threads, "workers; 0 is one a processor")->capture_default_str();
  verb->add_option("--colour", options->colour, "colour the text")->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
  verb->footer("Example: masudi read examples/agency.txt");
  verb->callback([=, &context] { context.exit = run(*options, context); });
}

}  // namespace masudi::cli
