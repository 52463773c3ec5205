// masudi: the command line. Parsing and printing only; all work is done through include/masudi.
#include <CLI/CLI.hpp>

#include "verbs.h"

int main(int argc, char** argv) {
  CLI::App app{"masudi reads news articles and writes down what happened, who says so, and who promised what by when."};
  app.set_version_flag("--version", MASUDI_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Data goes to standard output, progress and rejects to standard error.\n"
      "Exit status: 0 done; 1 done with rejects, or nothing found; 2 wrong usage; 3 could not read or write.\n"
      "`masudi VERB --help` explains a verb, with a command that works pasted.");
  masudi::cli::Context context;
  context.data_folder = masudi::cli::find_data_folder(argv[0]);
  masudi::cli::add_read(app, context);
  masudi::cli::add_annotate(app, context);
  masudi::cli::add_code(app, context);
  masudi::cli::add_ingest(app, context);
  masudi::cli::add_query(app, context);
  masudi::cli::add_verdict(app, context);
  masudi::cli::add_explain(app, context);
  masudi::cli::add_export(app, context);
  masudi::cli::add_serve(app, context);
  masudi::cli::add_lexicon(app, context);
  masudi::cli::add_eval(app, context);
  masudi::cli::add_doctor(app, context);
  if (argc > 1 && argv[1][0] != '-') {
    std::string verbs;
    bool known = false;
    for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
      verbs += (verbs.empty() ? "" : ", ") + verb->get_name();
      known = known || verb->get_name() == argv[1];
    }
    if (!known)
      return masudi::cli::report(masudi::Error{masudi::ErrorCode::usage, "unknown verb \"" + std::string(argv[1]) + "\"; expected " + verbs, "", {}});
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? masudi::cli::done : masudi::cli::usage;
  }
  return masudi::cli::finish_output(context.exit);
}
