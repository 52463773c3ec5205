// masudi verdict: what people judge of commitments, with evidence.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "masudi/store.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string commitment, ledger, set, evidence, author, format = "text";
  bool history = false, undo = false;
};

void print(const Options& options, const std::vector<Ledger::Verdict>& verdicts) {
  for (const auto& verdict : verdicts) {
    if (options.format == "jsonl") {
      const auto or_null = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
      const Json line{{"id", verdict.commitment},
                      {"verdict", verdict.verdict},
                      {"evidence", verdict.evidence},
                      {"author", verdict.author},
                      {"set_at", verdict.at},
                      {"undone_by", or_null(verdict.undone_by)},
                      {"undone_at", or_null(verdict.undone_at)}};
      put(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
    } else {
      put(verdict.commitment + "  " + verdict.verdict + "  " + verdict.at + "  by " + verdict.author + "\n    evidence  " + verdict.evidence + "\n" +
          (verdict.undone_at.empty() ? "" : "    taken back  " + verdict.undone_at + "  by " + verdict.undone_by + "\n"));
    }
  }
}

int run(const Options& options) {
  const int asked = static_cast<int>(!options.set.empty()) + static_cast<int>(options.history) + static_cast<int>(options.undo);
  if (asked != 1) return report(Error{ErrorCode::usage, "expected one of --set VERDICT, --history and --undo", "", {}});
  auto ledger = Ledger::open(options.ledger, Ledger::Mode::read_only);  // a wrong path makes no new ledger
  if (!ledger) return report(ledger.error());
  if (options.history) {
    const auto verdicts = ledger->verdicts(options.commitment);
    if (!verdicts) return report(verdicts.error());
    print(options, *verdicts);
    return verdicts->empty() ? rejects : done;
  }
  ledger = Ledger::open(options.ledger, Ledger::Mode::read_write);
  if (!ledger) return report(ledger.error());
  Ledger::Verdict wanted;
  wanted.commitment = options.commitment;
  wanted.verdict = options.set;
  wanted.evidence = options.evidence;
  wanted.author = options.author;
  wanted.at = now();
  const auto verdict = options.undo ? ledger->undo_verdict(options.commitment, options.author, now()) : ledger->set_verdict(wanted);
  if (!verdict) return report(verdict.error());
  print(options, {*verdict});
  return done;
}

}  // namespace

void add_verdict(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("verdict", "Judge a commitment of a ledger, with evidence; see or take back what was judged");
  auto options = std::make_shared<Options>();
  std::string words;
  for (const auto word : verdict_words) words += (words.empty() ? "" : ", ") + std::string(word);
  verb->add_option("ID", options->commitment, "the commitment, as `masudi query commitments` prints it")->required();
  verb->add_option("--ledger", options->ledger, "the ledger")->required()->type_name("FILE");
  verb->add_option("--set", options->set, words)->type_name("VERDICT");
  verb->add_option("--evidence", options->evidence, "why: a text, or the address of one");
  verb->add_option("--by", options->author, "who judges")->type_name("NAME");
  verb->add_flag("--history", options->history, "print all verdicts, oldest first, those taken back included");
  verb->add_flag("--undo", options->undo, "take back the last verdict; the history keeps it");
  verb->add_option("--format", options->format, "how to print")->check(CLI::IsMember({"text", "jsonl"}))->capture_default_str();
  verb->footer(
      "Example: masudi ingest examples --ledger news.db && masudi verdict $(masudi query commitments --ledger news.db --limit 1 --fields id --format "
      "csv | tail "
      "-n 1 | tr -d '\\r') --ledger news.db --set kept --evidence 'the bridge opened on 3 June' --by Ana");
  verb->callback([=, &context] { context.exit = run(*options); });
}

}  // namespace masudi::cli
