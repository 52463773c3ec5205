// Actor and agent dictionaries in PETRARCH's format, as users have them. docs/dictionaries.md has the format.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/resolve.h"

namespace masudi {

/// One actor: its names, the first is the one it is called by, and its codes, each for some days.
struct DictionaryActor {
  struct Code {
    std::string code;               ///< CAMEO actor code in capitals: "AFGGOV"
    std::optional<Day> begin, end;  ///< days on which it holds, both included; absent: always
    bool operator==(const Code&) const = default;
  };
  std::vector<std::string> names;  ///< blanks for "_"
  std::vector<Code> codes;
  std::uint32_t line = 0;
};

/// One agent: a noun and what it says of whoever it is said of.
struct DictionaryAgent {
  std::vector<std::string> names;  ///< in lower case, singular and plural
  std::string code;                ///< what "~" is added to: "GOV"
  std::uint32_t line = 0;
  bool regular = true;  ///< its plural is made by rule; false where the dictionary gives one, or says that there is none
};

/// What could be read, and what could not: one error a line, with the line and the column in its message.
struct ActorDictionary {
  std::vector<DictionaryActor> actors;
  std::vector<Error> problems;
};
struct AgentDictionary {
  std::vector<DictionaryAgent> agents;
  std::vector<Error> problems;
};

/// A line that cannot be read is left out and told in `problems`. too_large over 64 MiB; malformed_input where nothing can be read.
Result<ActorDictionary> read_actor_dictionary(const LexiconFile& file);
Result<AgentDictionary> read_agent_dictionary(const LexiconFile& file);

/// The lines of all dictionaries that were left out.
std::vector<Error> dictionary_problems(const ActorDictionaries& dictionaries);

}  // namespace masudi
