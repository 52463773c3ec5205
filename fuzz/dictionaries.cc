// PETRARCH dictionaries: any bytes give entries and problems, or an error; every entry has a name, every problem its place.
#include "masudi/dictionaries.h"

#include <cstdint>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const masudi::LexiconFile file{"f", std::string(reinterpret_cast<const char*>(data), size)};
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (const auto read = masudi::read_actor_dictionary(file)) {
    for (const auto& actor : read->actors) {
      require(!actor.names.empty() && actor.line > 0);
      for (const auto& name : actor.names) require(!name.empty());
      for (const auto& code : actor.codes) require(!code.begin || !code.end || *code.begin <= *code.end);
    }
    for (const auto& problem : read->problems) require(problem.message.starts_with("f:") && problem.at.begin <= size);
  }
  if (const auto read = masudi::read_agent_dictionary(file)) {
    for (const auto& agent : read->agents) require(!agent.names.empty() && agent.code.size() >= 3);
    for (const auto& problem : read->problems) require(problem.message.starts_with("f:") && problem.at.begin <= size);
  }
  return 0;
}
