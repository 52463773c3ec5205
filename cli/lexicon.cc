// masudi lexicon: build packs out of TSV tables, run the samples of their rows, look words up.
#include "masudi/lexicon.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "masudi/coverage.h"
#include "masudi/self_test.h"
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

int check(const std::vector<std::string>& tables, const Context& context) {
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return report(engine.error());
  for (const std::string& name : tables)
    if (engine->lexicon().table(name) == nullptr) return report({ErrorCode::usage, "the lexicon has no table of that name", name, {}});
  const SelfTest test = check_samples(*engine, tables);
  for (const SampleFailure& failure : test.failures) {
    put(failure.path + ":" + std::to_string(failure.line) + ": " + failure.id + " did not fire on \"" + failure.sample + "\"\n");
    if (!failure.problem.empty()) put("    " + failure.problem + "\n");
    std::string fired;
    for (const std::string& rule : failure.fired) fired += " " + rule;
    put("    fired:" + (fired.empty() ? " nothing" : fired) + "\n");
  }
  const auto conflicts = find_conflicts(engine->lexicon());
  for (const RowConflict& conflict : conflicts)
    put(conflict.path + ":" + std::to_string(conflict.line) + ": " + conflict.second + " against " + conflict.first + ": " + conflict.reason + "\n");
  TableCheck total{"all", 0, 0, 0};
  const auto line = [](const TableCheck& t) {
    char text[160];
    std::snprintf(text, sizeof text, "%-28.100s%8zu%10zu%8zu\n", t.name.c_str(), t.rows, t.samples, t.failed);
    put(text);
  };
  char heading[160];
  std::snprintf(heading, sizeof heading, "%-28s%8s%10s%8s\n", "table", "rows", "samples", "failed");
  put(heading);
  for (const TableCheck& t : test.tables) {
    line(t);
    total.rows += t.rows, total.samples += t.samples, total.failed += t.failed;
  }
  line(total);
  return test.failures.empty() && conflicts.empty() ? done : rejects;
}

int coverage(const std::vector<std::string>& paths, std::size_t most, const Context& context) {
  const auto files = list_files(paths);
  if (!files) return report(files.error());
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return report(engine.error());
  PredicateCounts counts;
  int status = done;
  const auto read = read_archive(*files, {}, *engine, [&](ArchiveItem&& item) -> Result<void> {
    if (const auto* reject = std::get_if<Reject>(&item.what)) status = std::max(status, report(*reject));
    if (const auto* reading = std::get_if<Reading>(&item.what)) count_predicates(*reading, counts);
    return {};
  });
  if (!read) return report(read.error());
  const Coverage found = coverage_of(counts, engine->lexicon(), most);
  if (found.lemmas == 0) return report({ErrorCode::not_found, "no verb with a political party in these articles", "", {}});
  char text[200];
  std::snprintf(text, sizeof text, "%llu of the %llu most frequent political predicates have an entry (%.1f %%); of their uses %.1f %%\n",
                static_cast<unsigned long long>(found.covered_lemmas), static_cast<unsigned long long>(found.lemmas),
                100.0 * static_cast<double>(found.covered_lemmas) / static_cast<double>(found.lemmas),
                100.0 * static_cast<double>(found.covered_uses) / static_cast<double>(found.uses));
  put(text);
  for (const auto& missing : found.missing) put(std::to_string(missing.count) + "\t" + missing.lemma + "\n");
  return status;
}

/// Does the word stand in the cell as a whole word? Both folded.
bool has_word(std::string_view cell, std::string_view word) {
  const auto in_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0; };
  for (auto at = cell.find(word); at != std::string_view::npos; at = cell.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !in_word(cell[at - 1])) && (end == cell.size() || !in_word(cell[end]))) return true;
  }
  return false;
}

int show(const std::string& word, const Context& context) {
  const std::string wanted = fold(word);
  if (wanted.empty()) return report({ErrorCode::usage, "expected a word, an id or a phrase", "", {}});
  bool found = false;
  for (const char* pack : {"lexicon.pack", "gazetteer.pack"}) {
    const auto lexicon = Lexicon::open((std::filesystem::path(context.data_folder) / pack).string());
    if (!lexicon) return report(lexicon.error());
    for (const LexiconTable& table : lexicon->tables()) {
      const auto& columns = table.columns();
      for (std::uint32_t i = 0; i < table.size(); ++i) {
        const LexiconRow row = table.row(i);
        bool match = false;
        for (std::size_t c = 0; c < columns.size() && !match; ++c) match = columns[c] != "sample" && has_word(fold(row.cell(c)), wanted);
        if (!match) continue;
        found = true;
        const std::string place = std::string(table.path()) + ":" + std::to_string(row.line()) + ": " + std::string(row.id());
        if (table.column("points")) {  // a learned weight: there may be hundreds
          put(place + "  " + std::string(row["points"]) + "\n");
          continue;
        }
        put(place + "\n");
        for (std::size_t c = 1; c < columns.size(); ++c)
          if (!row.cell(c).empty()) put("    " + std::string(columns[c]) + ": " + std::string(row.cell(c)) + "\n");
      }
    }
  }
  return found ? done : rejects;
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

  auto tables = std::make_shared<std::vector<std::string>>();
  CLI::App* check_verb =
      verb->add_subcommand("check", "Read the sample of every row: the row must fire on it; find rows that contradict or never fire");
  check_verb->add_option("TABLE", *tables, "only the rows of these tables");
  check_verb->footer("Example: masudi lexicon check cues events");
  check_verb->callback([=, &context] { context.exit = check(*tables, context); });

  auto corpus = std::make_shared<std::vector<std::string>>();
  auto most = std::make_shared<std::size_t>(500);
  CLI::App* coverage_verb = verb->add_subcommand("coverage", "Which of a corpus's frequent political predicates have an entry, and which have none");
  coverage_verb->add_option("CORPUS", *corpus, "files or folders of articles")->required();
  coverage_verb->add_option("--most", *most, "how many of the most frequent are asked for")->capture_default_str();
  coverage_verb->footer("Example: masudi lexicon coverage examples");
  coverage_verb->callback([=, &context] { context.exit = coverage(*corpus, *most, context); });

  auto word = std::make_shared<std::string>();
  CLI::App* show_verb = verb->add_subcommand("show", "Rows of any table that have a word, with file and line");
  show_verb->add_option("WORD", *word, "word, phrase or id")->required();
  show_verb->footer("Example: masudi lexicon show pledge");
  show_verb->callback([=, &context] { context.exit = show(*word, context); });
}

}  // namespace masudi::cli
