// What one phrase says of its party: a known name, an office, a country, and the other phrases that it leans on.
#pragma once

#include <string>
#include <vector>

#include "actor_tables.h"

namespace masudi {

/// Another mention that tells what a phrase leaves open: "spokesman" leans on "army", "units" on what they are of.
struct PhraseLink {
  enum class Kind : std::uint8_t { owner, modifier, prepositional };
  std::uint32_t word = 0;
  Kind kind = Kind::owner;
  std::string rule = "actor.belongs-to";
};

/// A sector said with more or less force: a later, weaker word does not overrule.
enum class Force : std::uint8_t { none, person, role, noun, title, known };

struct PhraseReading {
  std::string name;                       ///< a proper name as written, titles left out
  const KnownBody* body = nullptr;        ///< a body of the tables
  const KnownCountry* country = nullptr;  ///< the country that the head itself names, or whose capital, seat or people it is
  const Place* place = nullptr;           ///< the place that the head names
  const Office* office = nullptr;
  std::string sector;
  Force force = Force::none;
  std::string country_code;  ///< of a modifier or an owner
  bool former = false, people = false, seat = false;
  bool stateless = false;       ///< of a body without a country, or of several countries: a country is not to be guessed
  std::string adherent;         ///< the row of "member", "follower": of a church, one of the people; "" none
  std::string government_rule;  ///< a noun that stands for the government, and the row that says so
  std::string core;             ///< modifiers and noun of a nominal, without determiner and demonym: "interior ministry"
  std::vector<PhraseLink> links;
  std::vector<ActorEvidence> evidence;
};

/// Which place, if any, each word of a sentence belongs to.
using WordPlaces = std::vector<const Place*>;

PhraseReading read_phrase(const Article& article, const Tree& tree, const WordPlaces& places, const Mention& mention, const ActorTables& tables);

}  // namespace masudi
