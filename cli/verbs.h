// One function a verb. Each adds its subcommand to the application; its callback stores the exit status.
#pragma once

#include <CLI/App.hpp>
#include <string>

#include "masudi/core.h"

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
/// Where the packs and models are: MASUDI_DATA, beside the program, or where they were installed.
std::string find_data_folder(const char* program);

void add_read(CLI::App& app, Context& context);
void add_lexicon(CLI::App& app, Context& context);

}  // namespace masudi::cli
