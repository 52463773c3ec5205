// One function a verb. Each adds its subcommand to the application; its callback stores the exit status.
#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "masudi/archive.h"

namespace masudi::cli {

/// Exit statuses that every verb keeps to.
enum Exit : int {
  done = 0,
  rejects = 1,  ///< done with rejects, or nothing found
  usage = 2,
  unreadable = 3  ///< could not read or write
};

/// What all verbs share.
struct Context {
  std::string data_folder;  ///< lexicon.pack, gazetteer.pack, models/
  int exit = done;
};

/// Prints "masudi: message" to stderr and gives the exit status that fits the error.
int report(const Error& error);
int report(const Reject& reject);
/// Writes to stdout; what cannot be written (a full disk, a closed pipe) is noticed by `finish_output`.
void put(std::string_view text);
/// Flushes stdout; gives `status`, or unreadable with a message where not all could be written.
int finish_output(int status);
/// The time, as an ISO string in UTC; the day is its first ten characters.
std::string now();
/// Where the packs and models are: MASUDI_DATA, beside the program, or where they were installed.
std::string find_data_folder(const char* program);

/// Options that every verb which reads articles has: --published, --outlet, --title, --url, --input, --encoding, --max-bytes.
struct SourceFlags {
  std::string published, outlet, title, url, encoding, input = "detect";
  std::uint64_t max_bytes = SourceOptions{}.max_article_bytes;
  void add_to(CLI::App& verb);
  Result<SourceOptions> options() const;
};

/// Options of verbs that may read with the user's own actors: --actors, --agents.
struct DictionaryFlags {
  std::vector<std::string> actors, agents;
  void add_to(CLI::App& verb);
  /// Reads the files; tells on stderr which lines were left out.
  Result<ActorDictionaries> load() const;
};

/// An article's records for a busy person: the lead events, who says so (statements inside statements, outlet, anonymity), who promised what by when.
/// `all` leaves nothing out.
std::string brief(const Reading& reading, bool colour, bool all);

void add_read(CLI::App& app, Context& context);
void add_annotate(CLI::App& app, Context& context);
void add_code(CLI::App& app, Context& context);
void add_ingest(CLI::App& app, Context& context);
void add_query(CLI::App& app, Context& context);
void add_verdict(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_lexicon(CLI::App& app, Context& context);
void add_eval(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);

}  // namespace masudi::cli
