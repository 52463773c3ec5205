#include <filesystem>
#include <future>

#include "masudi/file_hash.h"
#include "masudi/pipeline.h"

namespace masudi {

struct Engine::Impl {
  EngineInfo info;
  Lexicon lexicon;
  Lexicon gazetteer;  // its rows are read where they lie
  IngestRules ingest_rules;
  Segmenter segmenter;
  Annotator annotator;
  MentionRules mention_rules;
  ResolveRules resolve_rules;
  ExtractRules extract_rules;
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
  const std::filesystem::path folder(options.data_folder);
  const std::string models = (folder / "models").string();
  // Three parts that need nothing of each other are opened side by side: opening is most of the time to the first record.
  auto gazetteer_opening = std::async(std::launch::async, [&] { return Lexicon::open((folder / "gazetteer.pack").string()); });
  auto lexicon = Lexicon::open((folder / "lexicon.pack").string());
  if (!lexicon) return lexicon.error();
  auto annotator_opening = std::async(std::launch::async, [&] { return Annotator::open(models, *lexicon); });
  auto ingest_building = std::async(std::launch::async, [&] { return IngestRules::build(*lexicon); });
  auto gazetteer = gazetteer_opening.get();
  if (!gazetteer) return gazetteer.error();
  // Who, when and where need the tables alone: they are made ready while the models are read.
  auto resolving = std::async(std::launch::async, [&] { return ResolveRules::build(*lexicon, *gazetteer, options.dictionaries); });
  auto segmenter = Segmenter::open(models);
  if (!segmenter) return segmenter.error();
  auto mention_rules = MentionRules::build(*lexicon, *gazetteer);
  if (!mention_rules) return mention_rules.error();
  auto extract_rules = ExtractRules::build(*lexicon);
  if (!extract_rules) return extract_rules.error();
  auto resolve_rules = resolving.get();
  if (!resolve_rules) return resolve_rules.error();
  auto ingest_rules = ingest_building.get();
  if (!ingest_rules) return ingest_rules.error();
  auto annotator = annotator_opening.get();
  if (!annotator) return annotator.error();
  // One hash names all models: of tokens and sentences, and of the language.
  std::string all_models = annotator->version();
  for (const char* name : {"/sentence.model", "/token.model"}) {
    const auto hash = sha256_of_file(models + name);
    if (!hash) return hash.error();
    all_models += *hash;
  }
  std::string dictionaries;
  for (const auto* files : {&options.dictionaries.actors, &options.dictionaries.agents})
    for (const LexiconFile& file : *files) dictionaries += sha256_hex(file.text);
  if (!dictionaries.empty()) dictionaries = sha256_hex(dictionaries);
  EngineInfo info{MASUDI_VERSION, lexicon->version(), gazetteer->version(), sha256_hex(all_models), std::move(dictionaries)};
  return Engine(
      std::unique_ptr<Impl>(new Impl{std::move(info), *std::move(lexicon), *std::move(gazetteer), *std::move(ingest_rules), *std::move(segmenter),
                                     *std::move(annotator), *std::move(mention_rules), *std::move(resolve_rules), *std::move(extract_rules)}));
}

const EngineInfo& Engine::info() const { return impl_->info; }
const Lexicon& Engine::lexicon() const { return impl_->lexicon; }
const Lexicon& Engine::gazetteer() const { return impl_->gazetteer; }
const IngestRules& Engine::ingest_rules() const { return impl_->ingest_rules; }
const Segmenter& Engine::segmenter() const { return impl_->segmenter; }
const Annotator& Engine::annotator() const { return impl_->annotator; }
const MentionRules& Engine::mention_rules() const { return impl_->mention_rules; }
const ResolveRules& Engine::resolve_rules() const { return impl_->resolve_rules; }
const ExtractRules& Engine::extract_rules() const { return impl_->extract_rules; }

}  // namespace masudi
