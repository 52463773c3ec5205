// masudi explain: why a record is in a ledger.
#include "masudi/explain.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "masudi/store.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

int run(const std::string& id, const std::string& path, const DictionaryFlags& flags, const Context& context) {
  const auto colon = id.rfind(':');
  if (colon == std::string::npos || colon == 0)
    return report(Error{ErrorCode::usage,
                        "\"" + id + "\" is not a record's id; expected ARTICLE:RECORD as `masudi query` prints it, such as 7f3a01c2d4e5:e2",
                        "",
                        {}});
  const auto ledger = Ledger::open(path, Ledger::Mode::read_only);
  if (!ledger) return report(ledger.error());
  auto stored = ledger->article(std::string_view(id).substr(0, colon));
  if (!stored) return report(stored.error());
  auto dictionaries = flags.load();
  if (!dictionaries) return report(dictionaries.error());
  const auto engine = Engine::open({context.data_folder, *std::move(dictionaries)});
  if (!engine) return report(engine.error());
  EngineInfo shipped = engine->info();
  shipped.dictionaries.clear();  // the ledger keeps their hash with its run; which were used is the user's to say
  if (engine_key(shipped) != engine_key(stored->engine))
    std::fprintf(
        stderr,
        "masudi: the ledger was made by another engine (version %s, lexicon %.12s); this one (version %s, lexicon %.12s) may read it otherwise\n",
        stored->engine.version.c_str(), stored->engine.lexicon.c_str(), engine->info().version.c_str(), engine->info().lexicon.c_str());
  // A reading is a pure function of the article and the engine: the trace need not be stored.
  const Reading reading = read_article(std::move(stored->article), *engine);
  const auto why = explain(reading, id.substr(colon + 1), engine->lexicon(), engine->gazetteer());
  if (!why) return report(why.error());
  put(*why);
  return done;
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("explain", "Why a record is there: sentence, marked spans, arcs, rule with file and line, what was rejected");
  auto id = std::make_shared<std::string>();
  auto ledger = std::make_shared<std::string>();
  auto dictionaries = std::make_shared<DictionaryFlags>();
  verb->add_option("ID", *id, "a record's id as `masudi query` prints it; t1, t2 are timexes, p1, p2 places, a1, a2 actors")->required();
  verb->add_option("--ledger", *ledger, "the ledger")->required()->type_name("FILE");
  dictionaries->add_to(*verb);
  verb->footer("Example: masudi explain 7f3a01c2d4e5:e2 --ledger news.db   (for a file: masudi read FILE --explain)");
  verb->callback([=, &context] { context.exit = run(*id, *ledger, *dictionaries, context); });
}

}  // namespace masudi::cli
