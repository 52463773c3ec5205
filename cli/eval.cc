// masudi eval: agreement with gold articles and treebanks.
#include <CLI/CLI.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "masudi/evaluate.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

/// Labels of the entity sets that we measure on, and ours, as those of the Universal NER sets. What no label of ours stands for is left out.
constexpr const char* default_map =
    "GPE=LOC,FAC=LOC,location=LOC,Location=LOC,country=LOC,person=PER,Person=PER,politician=PER,organisation=ORG,Organisation=ORG,politicalparty=ORG,"
    "corporation=ORG,group=ORG,Nationality=NORP,event=EVT,election=EVT,misc=MISC,product=MISC,creative-work=MISC,Temporal=,Quantity=,Money=,"
    "DocumentReference=,Weapon=,MilitaryPlatform=";

struct Options {
  std::string gold, system, write, conllu, map = default_map, documents_file;
  std::vector<std::string> entities, documents;
  double min_confidence = 0;
  bool misses = false, json = false, gold_tokens = false;
};

Result<GoldFile> load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  std::error_code failed;
  if (!in || std::filesystem::is_directory(path, failed)) return Error{ErrorCode::not_found, "no such file, or it cannot be read", path, {}};
  bytes << in.rdbuf();
  return GoldFile{path, std::move(bytes).str()};
}

Result<Evaluation> run_conllu(const Options& options, const Context& context) {
  const auto gold = load(options.conllu);
  if (!gold) return gold.error();
  if (!options.system.empty()) {
    const auto system = load(options.system);
    if (!system) return system.error();
    return evaluate_conllu(*gold, *system, options.documents);
  }
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return engine.error();
  std::string conllu;
  auto evaluation = evaluate_treebank(*gold, *engine, {options.gold_tokens, options.documents}, &conllu);
  if (evaluation && !options.write.empty()) {
    std::ofstream file(options.write, std::ios::binary);
    file << conllu;
    file.close();
    if (!file) return Error{ErrorCode::io, "could not be written", options.write, {}};
  }
  return evaluation;
}

Result<Evaluation> run_entities(const Options& options, const Context& context) {
  EntityOptions entities{options.map, options.documents};
  if (!options.documents_file.empty()) {
    const auto list = load(options.documents_file);
    if (!list) return list.error();
    std::istringstream names(list->bytes);
    for (std::string name; std::getline(names, name);) {
      while (!name.empty() && std::isspace(static_cast<unsigned char>(name.back())) != 0) name.pop_back();
      if (!name.empty()) entities.documents.push_back(name);
    }
    if (entities.documents.empty()) return Error{ErrorCode::malformed_input, "names no document; expected one a line", options.documents_file, {}};
  }
  const auto paths = list_files(options.entities);
  if (!paths) return paths.error();
  std::vector<GoldFile> files;
  for (const std::string& path : *paths) {
    auto file = load(path);
    if (!file) return file.error();
    files.push_back(*std::move(file));
  }
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return engine.error();
  return evaluate_entities(files, *engine, entities);
}

int run(const Options& options, const Context& context) {
  Result<Evaluation> evaluation = Error{ErrorCode::usage, "eval needs a folder of gold articles", "", {}};
  if (!options.conllu.empty()) {
    evaluation = run_conllu(options, context);
  } else if (!options.entities.empty()) {
    evaluation = run_entities(options, context);
  } else if (!options.system.empty()) {
    evaluation = evaluate_folder(options.gold, options.system);
  } else if (!options.gold.empty()) {
    const auto engine = Engine::open({context.data_folder});
    if (!engine) return report(engine.error());
    evaluation = evaluate_engine(options.gold, *engine, options.write, options.min_confidence);
  }
  if (!evaluation) return report(evaluation.error());
  for (const std::string& warning : evaluation->warnings) std::fprintf(stderr, "masudi: %s\n", warning.c_str());
  if (options.misses) put(evaluation->misses);
  const bool percent = !options.conllu.empty() || !options.entities.empty();
  put(options.json ? to_json(*evaluation) : percent ? to_percent_table(*evaluation) : to_table(*evaluation));
  return done;
}

}  // namespace

void add_eval(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("eval", "Score against gold articles, treebanks or named entities: precision, recall and F1");
  auto options = std::make_shared<Options>();
  CLI::Option* articles = verb->add_option("GOLD_DIR", options->gold, "folder of gold articles, one JSON file each");
  CLI::Option* conllu = verb->add_option("--conllu", options->conllu,
                                         "score the linguistic layer on the raw text of this treebank (CoNLL-U), as the CoNLL 2018 task does")
                            ->excludes(articles);
  CLI::Option* entities =
      verb->add_option("--entities", options->entities, "score named entities on these files or folders: word and O, B-TYPE or I-TYPE a line")
          ->excludes(articles)
          ->excludes(conllu);
  CLI::Option* system = verb->add_option("--system", options->system,
                                         "score the JSON files of this folder in place of reading the articles; with --conllu, this CoNLL-U file")
                            ->excludes(entities);
  verb->add_option("--write", options->write, "keep what was scored: in this folder, one JSON file an article; with --conllu, in this file")
      ->excludes(system)
      ->excludes(entities);
  verb->add_option("--min-confidence", options->min_confidence,
                   "leave out events and commitments below it: what precision it buys, and at which recall")
      ->check(CLI::Range(0.0, 1.0))
      ->excludes(conllu)
      ->excludes(entities)
      ->excludes(system);
  verb->add_flag("--gold-tokens", options->gold_tokens, "with --conllu: keep gold sentences and words, predict the rest")
      ->needs(conllu)
      ->excludes(system);
  verb->add_option("--documents", options->documents,
                   "with --conllu: only documents whose `# newdoc id` begins with one of these; with --entities: of exactly these names")
      ->delimiter(',')
      ->excludes(articles)
      ->type_name("NAME,...");
  verb->add_option("--documents-file", options->documents_file, "with --entities: only the documents named in this file, one a line")
      ->needs(entities);
  verb->add_option("--map", options->map, "with --entities: labels that count as another (GPE=LOC) or not at all (Money=), in gold and ours")
      ->needs(entities)
      ->capture_default_str();
  verb->add_flag("--misses", options->misses, "list what was missed and what was spurious, article by article")->excludes(conllu)->excludes(entities);
  verb->add_flag("--json", options->json, "print {row: [right, in gold, in system]}");
  verb->footer("Examples: masudi eval gold/dev --misses\n          masudi eval --conllu en_ewt-ud-test.conllu --gold-tokens");
  verb->callback([=, &context] {
    if (options->gold.empty() && options->conllu.empty() && options->entities.empty()) throw CLI::RequiredError("GOLD_DIR, --conllu or --entities");
    context.exit = run(*options, context);
  });
}

}  // namespace masudi::cli
