// masudi eval: agreement with gold articles and treebanks.
#include <CLI/CLI.hpp>

#include "masudi/evaluate.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::string gold, system, write;
  bool misses = false, json = false;
};

int run(const Options& options, const Context& context) {
  Result<Evaluation> evaluation = Error{ErrorCode::usage, "eval needs a folder of gold articles", "", {}};
  if (!options.system.empty()) {
    evaluation = evaluate_folder(options.gold, options.system);
  } else if (!options.gold.empty()) {
    const auto engine = Engine::open({context.data_folder});
    if (!engine) return report(engine.error());
    evaluation = evaluate_engine(options.gold, *engine, options.write);
  }
  if (!evaluation) return report(evaluation.error());
  for (const std::string& warning : evaluation->warnings) std::fprintf(stderr, "masudi: %s\n", warning.c_str());
  if (options.misses) put(evaluation->misses);
  put(options.json ? to_json(*evaluation) : to_table(*evaluation));
  return done;
}

}  // namespace

void add_eval(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("eval", "Score records against gold articles: precision, recall and F1 for each field");
  auto options = std::make_shared<Options>();
  verb->add_option("GOLD_DIR", options->gold, "folder of gold articles, one JSON file each");
  CLI::Option* system = verb->add_option("--system", options->system, "score the JSON files of this folder in place of reading the articles");
  verb->add_option("--write", options->write, "keep what was read, one JSON file an article, in this folder")->excludes(system);
  verb->add_flag("--misses", options->misses, "list what was missed and what was spurious, article by article");
  verb->add_flag("--json", options->json, "print {row: [right, in gold, in system]}");
  verb->footer("Example: masudi eval gold/dev --misses");
  verb->callback([=, &context] {
    if (options->gold.empty()) throw CLI::RequiredError("GOLD_DIR");
    context.exit = run(*options, context);
  });
}

}  // namespace masudi::cli
