// masudi lexicon: build packs out of TSV tables.
#include "masudi/lexicon.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "verbs.h"

namespace masudi::cli {

namespace {

int build(const std::string& folder, const std::string& output) {
  const std::string label = std::filesystem::path(folder).filename().string();
  const auto files = Lexicon::read_folder(folder, label);
  if (!files) return report(files.error());
  const auto pack = Lexicon::compile(*files);
  if (!pack) return report(pack.error());
  std::ofstream out(output, std::ios::binary);
  out << *pack;
  out.close();
  if (!out) return report({ErrorCode::io, "could not be written", output, {}});
  return done;
}

}  // namespace

void add_lexicon(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("lexicon", "Look at and compile the tables of knowledge");
  verb->require_subcommand(1);
  auto folder = std::make_shared<std::string>();
  auto output = std::make_shared<std::string>();
  CLI::App* build_verb = verb->add_subcommand("build", "Compile a folder of .tsv tables to a pack");
  build_verb->add_option("FOLDER", *folder, "folder of .tsv tables")->required();
  build_verb->add_option("-o,--output", *output, "pack to write")->required();
  build_verb->callback([=, &context] { context.exit = build(*folder, *output); });
}

}  // namespace masudi::cli
