// masudi export: a ledger in the formats of others.
#include "masudi/export.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "verbs.h"

namespace masudi::cli {

namespace {

int run(const ExportOptions& options, const std::string& path) {
  const auto ledger = Ledger::open(path, Ledger::Mode::read_only);
  if (!ledger) return report(ledger.error());
  const auto counts = export_ledger(*ledger, options);
  if (!counts) return report(counts.error());
  std::fprintf(stderr, "masudi: %llu records of %llu articles in %llu %s\n", static_cast<unsigned long long>(counts->records),
               static_cast<unsigned long long>(counts->articles), static_cast<unsigned long long>(counts->files),
               counts->files == 1 ? "file" : "files");
  return counts->records > 0 ? done : rejects;
}

}  // namespace

void add_export(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("export", "Write a ledger in the formats of others");
  auto options = std::make_shared<ExportOptions>();
  auto ledger = std::make_shared<std::string>();
  std::vector<std::string> names;
  std::string formats = "Formats:\n";
  for (const ExportFormat& format : export_formats()) {
    names.emplace_back(format.name);
    formats += "  " + std::string(format.name);
    formats.append(format.name.size() < 16 ? 16 - format.name.size() : 1, ' ');
    formats += std::string(format.about) + "\n";
  }
  verb->add_option("--ledger", *ledger, "the ledger")->required()->type_name("FILE");
  verb->add_option("--format", options->format, "one of the formats below")->required()->check(CLI::IsMember(names));
  verb->add_option("--min-confidence", options->min_confidence, "leave out events and commitments below it")->check(CLI::Range(0.0, 1.0));
  verb->add_option("-o,--output", options->path, "the file or folder to write; - is standard output")->required()->type_name("PATH");
  verb->add_flag("--corrected", options->corrected, "only articles that people corrected (masudi serve), with their corrections in place");
  verb->add_flag_callback(
      "--reviewed-only", [options] { options->corrected = true, options->unreviewed = false; },
      "the same, without records of which nobody said anything");
  verb->footer(formats + "Example: masudi export --ledger news.db --format webannotation -o statements.jsonld");
  verb->callback([=, &context] {
    options->output = [](std::string_view bytes) { put(bytes); };
    context.exit = run(*options, *ledger);
  });
}

}  // namespace masudi::cli
