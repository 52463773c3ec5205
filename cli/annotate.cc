// masudi annotate: the linguistic layer alone.
#include <CLI/CLI.hpp>

#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::vector<std::string> files;
  SourceFlags source;
  std::string format = "conllu";
  unsigned threads = 0;
};

std::string print(const Reading& reading, const std::string& format) {
  if (format == "json") return annotation_to_json(reading, true) + "\n";
  if (format == "jsonl") return annotation_to_json(reading) + "\n";
  if (format == "tree") return annotation_to_tree(reading);
  return to_conllu(reading.article, reading.analysis.sentences);
}

int run(const Options& options, const Context& context) {
  const auto source = options.source.options();
  if (!source) return report(source.error());
  const auto files = list_files(options.files);
  if (!files) return report(files.error());
  ArchiveOptions archive;
  archive.source = *source;
  archive.annotate_only = true;
  archive.threads = options.threads == 0 && files->size() == 1 && files->front() != "-" ? 1 : options.threads;
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return report(engine.error());
  int status = done;
  bool first = true;
  const auto read = read_archive(*files, archive, *engine, [&](ArchiveItem&& item) -> Result<void> {
    if (const auto* reject = std::get_if<Reject>(&item.what)) {
      status = std::max(status, report(*reject));
    } else {
      if (!first && options.format == "tree") put("\n");
      put(print(std::get<Reading>(item.what), options.format));
      first = false;
    }
    return {};
  });
  if (!read) return report(read.error());
  return status;
}

}  // namespace

void add_annotate(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("annotate", "The linguistic layer alone: sentences, words, tags, dependency trees, named entities");
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->files,
                   "text, HTML, JSON lines or CoNLL-U (keeps its own parse); a folder stands for its files; - is standard input")
      ->required();
  verb->add_option("--format", options->format, "how to print")->check(CLI::IsMember({"conllu", "json", "jsonl", "tree"}))->capture_default_str();
  options->source.add_to(*verb);
  verb->add_option("--threads", options->threads, "workers; 0 is one a processor")->capture_default_str();
  verb->footer("Example: masudi annotate examples/agency.txt --format tree");
  verb->callback([=, &context] { context.exit = run(*options, context); });
}

}  // namespace masudi::cli
