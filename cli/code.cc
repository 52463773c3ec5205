// masudi code: one sentence a line, with id and date, to events.
#include "masudi/code.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::string file, format = "petrarch";
  double min_confidence = 0;
};

int code(std::istream& in, const std::string& path, const Options& options, const Engine& engine) {
  int status = done;
  std::string text;
  for (std::uint64_t number = 1; std::getline(in, text); ++number) {
    if (text.empty() || text == "\r") continue;
    const auto line = parse_code_line(text, number, path);
    if (!line) {
      status = std::max(status, report(line.error()));
      continue;
    }
    auto reading = read(document_of(*line), engine);
    if (!reading) {
      Error error = reading.error();
      error.message = "line " + std::to_string(number) + ": " + error.message;
      error.path = path;
      status = std::max(status, report(error));
      continue;
    }
    leave_out_below(reading->records, options.min_confidence);
    put(options.format == "json"     ? to_json(*reading) + "\n"
        : options.format == "plover" ? to_plover(*reading, *line, engine.lexicon())
                                     : to_petrarch(*reading, *line));
  }
  return status;
}

int run(const Options& options, const Context& context) {
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return report(engine.error());
  if (options.file == "-") return code(std::cin, "standard input", options, *engine);
  std::ifstream in(options.file, std::ios::binary);
  if (!in) return report({ErrorCode::io, "could not be read", options.file, {}});
  return code(in, options.file, options, *engine);
}

}  // namespace

void add_code(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("code", "Code one sentence a line: id, date and sentence, separated by tabs");
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "lines of ID, tab, date (YYYY-MM-DD or YYYYMMDD), tab, sentence; - is standard input")->required();
  verb->add_option("--format", options->format,
                   "petrarch: date, source, target, CAMEO code, id, PLOVER type, mode, auxiliary modes, words; plover: JSON lines of PLOVER; "
                   "json: the whole record")
      ->check(CLI::IsMember({"petrarch", "plover", "json"}))
      ->capture_default_str();
  verb->add_option("--min-confidence", options->min_confidence, "leave out events and commitments below it")->check(CLI::Range(0.0, 1.0));
  verb->footer("Example: printf 'a1\\t2024-03-05\\tFrance accused Iran of violating the agreement.\\n' | masudi code -");
  verb->callback([=, &context] { context.exit = run(*options, context); });
}

}  // namespace masudi::cli
