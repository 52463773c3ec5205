// masudi code: one sentence a line, with id and date, to events.
#include "masudi/code.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "verbs.h"

namespace masudi::cli {

namespace {

struct Options {
  std::string file, format = "petrarch", verbs;
  double min_confidence = 0;
};

int code(std::istream& in, const std::string& path, const Options& options, const Engine& engine, const VerbDictionary* verbs,
         const PhraseCoder* actors) {
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
        : verbs != nullptr           ? to_petrarch(*reading, *line, *verbs, actors)
                                     : to_petrarch(*reading, *line));
  }
  return status;
}

/// Reads a dictionary of verbs; tells on stderr which lines were left out.
Result<VerbDictionary> load_verbs(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return Error{ErrorCode::not_found, "a dictionary that cannot be read", path, {}};
  auto out = read_verb_dictionary({path, text});
  if (!out) return out;
  constexpr std::size_t shown = 20;
  for (std::size_t i = 0; i < out->problems.size() && i < shown; ++i)
    std::fprintf(stderr, "masudi: left out: %s\n", out->problems[i].message.c_str());
  if (out->problems.size() > shown) std::fprintf(stderr, "masudi: left out: %zu lines more\n", out->problems.size() - shown);
  return out;
}

int run(const Options& options, const DictionaryFlags& flags, const Context& context) {
  if (!options.verbs.empty() && options.format != "petrarch")
    return report({ErrorCode::usage, "--verbs gives events of a PETRARCH dictionary; expected --format petrarch, found " + options.format, "", {}});
  std::optional<VerbDictionary> verbs;
  if (!options.verbs.empty()) {
    auto loaded = load_verbs(options.verbs);
    if (!loaded) return report(loaded.error());
    verbs = *std::move(loaded);
  }
  auto dictionaries = flags.load();
  if (!dictionaries) return report(dictionaries.error());
  const ActorDictionaries own = *dictionaries;
  const auto engine = Engine::open({context.data_folder, *std::move(dictionaries)});
  if (!engine) return report(engine.error());
  std::optional<PhraseCoder> actors;
  if (!own.actors.empty() || !own.agents.empty()) {
    auto built = PhraseCoder::build(own, engine->lexicon());
    if (!built) return report(built.error());
    actors = *std::move(built);
  }
  if (options.file == "-") return code(std::cin, "standard input", options, *engine, verbs ? &*verbs : nullptr, actors ? &*actors : nullptr);
  std::ifstream in(options.file, std::ios::binary);
  if (!in) return report({ErrorCode::io, "could not be read", options.file, {}});
  return code(in, options.file, options, *engine, verbs ? &*verbs : nullptr, actors ? &*actors : nullptr);
}

}  // namespace

void add_code(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("code", "Code one sentence a line: id, date and sentence, separated by tabs");
  auto options = std::make_shared<Options>();
  auto dictionaries = std::make_shared<DictionaryFlags>();
  verb->add_option("FILE", options->file, "lines of ID, tab, date (YYYY-MM-DD or YYYYMMDD), tab, sentence; - is standard input")->required();
  verb->add_option("--format", options->format,
                   "petrarch: date, source, target, CAMEO code, id, PLOVER type, mode, auxiliary modes, words; plover: JSON lines of PLOVER; "
                   "json: the whole record")
      ->check(CLI::IsMember({"petrarch", "plover", "json"}))
      ->capture_default_str();
  verb->add_option("--verbs", options->verbs, "a verb dictionary in PETRARCH's format, in place of our lexicon (docs/petrarch.md)")
      ->type_name("FILE");
  dictionaries->add_to(*verb);
  verb->add_option("--min-confidence", options->min_confidence, "leave out events and commitments below it")->check(CLI::Range(0.0, 1.0));
  verb->footer("Example: printf 'a1\\t2024-03-05\\tFrance accused Iran of violating the agreement.\\n' | masudi code -");
  verb->callback([=, &context] { context.exit = run(*options, *dictionaries, context); });
}

}  // namespace masudi::cli
