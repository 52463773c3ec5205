// masudi doctor and masudi version: health and hashes.
#include <CLI/CLI.hpp>
#include <filesystem>

#include "masudi/file_hash.h"
#include "masudi/pipeline.h"
#include "masudi/store.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

std::string hashes(const EngineInfo& info) {
  return "masudi    " + info.version + "\nschema    " + std::string(schema_version) + "\nlexicon   " + info.lexicon + "\ngazetteer " +
         info.gazetteer + "\nmodel     " + info.model + "\n";
}

/// Writes or checks the notes of the packs' and models' hashes.
Result<void> note_hashes(const std::string& folder) {
  for (const std::string& path : hashed_files(folder)) {
    if (auto noted = note_sha256(path); !noted) return noted.error();
    put("noted     " + path + ".sha256\n");
  }
  return {};
}

Result<void> check_hashes(const std::string& folder) {
  for (const std::string& path : hashed_files(folder)) {
    const auto is_true = note_is_true(path);
    if (!is_true) return is_true.error();
    if (!*is_true) return Error{ErrorCode::corrupt_store, "not the bytes that its hash was noted of; `masudi doctor --note` notes it anew", path, {}};
  }
  return {};
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  CLI::App* version = app.add_subcommand("version", "Version, and the hashes of lexicon, gazetteer and model");
  version->callback([&context] {
    const auto engine = Engine::open({context.data_folder});
    if (!engine) {
      context.exit = report(engine.error());
      return;
    }
    put(hashes(engine->info()));
  });
  CLI::App* doctor = app.add_subcommand("doctor", "Check that all is there and whole: packs, checksums, models, a reading");
  auto upgrade = std::make_shared<std::string>();
  doctor->add_option("--upgrade", *upgrade, "bring a ledger that an older version made to the present schema, and do no more")->type_name("LEDGER");
  auto note = std::make_shared<bool>(false);
  doctor->add_flag("--note", *note, "note the hashes of packs and models beside them, and do no more: starting then need not compute them");
  doctor->footer("Example: masudi doctor");
  doctor->callback([&context, upgrade, note] {
    if (*note) {
      if (const auto noted = note_hashes(context.data_folder); !noted) context.exit = report(noted.error());
      return;
    }
    if (!upgrade->empty()) {
      if (!std::filesystem::exists(*upgrade)) {
        context.exit = report(Error{ErrorCode::not_found, "no such ledger", *upgrade, {}});
        return;
      }
      const auto ledger = Ledger::open(*upgrade, Ledger::Mode::read_write);
      if (!ledger)
        context.exit = report(ledger.error());
      else
        put("schema    " + std::string(schema_version) + "  " + *upgrade + "\n");
      return;
    }
    put("data      " + context.data_folder + "\n");
    if (const auto checked = check_hashes(context.data_folder); !checked) {
      context.exit = report(checked.error());
      return;
    }
    const auto engine = Engine::open({context.data_folder});
    if (!engine) {
      context.exit = report(engine.error());
      return;
    }
    put(hashes(engine->info()));
    for (const Lexicon* pack : {&engine->lexicon(), &engine->gazetteer()})
      for (const LexiconTable& table : pack->tables())
        put("table     " + std::string(table.path()) + "  " + std::to_string(table.size()) + " rows\n");
    Document document;
    document.bytes = "The minister said on Monday that the talks would resume in Geneva within ten days.";
    document.metadata.id = "doctor";
    document.metadata.format = Format::text;
    document.metadata.published = parse_iso_day("2024-03-06");
    const auto reading = read(document, *engine);
    if (!reading) {
      context.exit = report(reading.error());
      return;
    }
    put("reading   " + std::to_string(reading->analysis.sentences.size()) + " sentence, " + std::to_string(reading->records.statements.size()) +
        " statement, " + std::to_string(reading->analysis.resolution.timexes.size()) + " timexes, " +
        std::to_string(reading->analysis.resolution.places.size()) + " place\n");
    put("healthy\n");
  });
}

}  // namespace masudi::cli
