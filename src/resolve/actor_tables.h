// What is known of actors before an article is read: bodies, persons with dated offices, countries with their demonyms, nouns of office.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/names.h"
#include "masudi/string_map.h"
#include "resolve_impl.h"

namespace masudi {

/// A body that has a name.
struct KnownBody {
  std::string id, name, country, sector;
  bool own = false;  ///< of a dictionary of the user's: it is taken before all else
};

/// A country, by any of its names.
struct KnownCountry {
  std::string id, alpha3, name, adjective;
};

enum class OfficeKind : std::uint8_t { post, person, body, role, part, adj };

/// A noun of office.
struct Office {
  std::string id, lemma, sector;
  OfficeKind kind = OfficeKind::post;
  bool home = false;
  std::uint32_t words = 1;
};

/// An office that a person held.
struct PersonRole {
  std::string country, sector, office;
  std::optional<Day> begin, end;  ///< absent: unknown
  bool end_unknown = false;       ///< `end` is only the last day of which it is known
};

struct KnownPerson {
  std::string id, name, gender;
  std::vector<PersonRole> roles;
};

/// What a person is on a day.
struct RoleOnDay {
  std::string country, sector, office;
  bool former = false;  ///< held before that day
  bool certain = true;  ///< false where the table ends before that day
};

class ActorTables final : public ActorRules {
 public:
  static Result<std::unique_ptr<ActorTables>> load(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries);

  const KnownBody* body(std::string_view name) const;
  /// The user's own entry of that name, as its codes have it on a day; null where there is none, or none for that day.
  const KnownBody* own(std::string_view name, std::optional<Day> day) const;
  const KnownCountry* country_of_name(std::string_view name) const;
  const KnownCountry* country_of_adjective(std::string_view word) const;
  const KnownCountry* country_of_people(std::string_view word) const;
  const KnownCountry* country(std::string_view alpha3) const;
  const KnownBody* building(std::string_view name) const;  ///< "Kremlin": its country and sector
  /// The body of a country that a noun alone stands for: "forces" of SYR is the Syrian Arab Army. The first such row; null where there is none.
  const KnownBody* body_of_noun(std::string_view alpha3, std::string_view sector, const std::string& noun) const;
  bool is_capital(std::string_view alpha3, std::string_view name) const;
  const Office* office(std::string_view lemmas) const;
  /// May the word, folded, be part of a name of a body or building? of an office of several words?
  bool in_name(std::string_view folded) const { return name_words_.count(folded) > 0; }
  bool in_office(std::string_view lower) const { return office_words_.count(lower) > 0; }
  std::uint32_t longest_office() const { return longest_office_; }
  const KnownPerson& person(std::uint32_t index) const { return persons_[index]; }
  std::vector<NameIndex::Hit> find_person(std::string_view name) const { return index_->find(name); }
  static std::optional<RoleOnDay> role_on(const KnownPerson& person, std::optional<Day> day);
  /// The row of that kind that lists the word, or null.
  const std::string* word_class(std::string_view lemma, std::string_view kind) const;

 private:
  template <class Map>
  static const typename Map::mapped_type* at(const Map& map, std::string_view key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
  }
  /// Names to indices. One in capitals, or marked so, counts only as it is spelled: "US".
  struct Names {
    StringMap<std::uint32_t> exact, folded;
    const std::uint32_t* find(std::string_view name) const;
  };
  void put(Names& names, std::string_view name, std::uint32_t index);
  Result<void> read_persons(const LexiconTable& table);
  Result<void> read_dictionaries(const Lexicon& lexicon, const ActorDictionaries& dictionaries);

  /// A code of the user's: what it makes of the entry, and on which days.
  struct OwnCode {
    KnownBody body;
    std::optional<Day> begin, end;
  };
  std::vector<std::vector<OwnCode>> own_;
  StringMap<std::uint32_t> own_names_;
  std::vector<KnownBody> bodies_, buildings_;
  std::vector<KnownCountry> countries_;
  std::vector<KnownPerson> persons_;
  Names body_names_, country_names_, adjectives_, peoples_, building_names_;
  StringMap<std::uint32_t> alpha3_;
  StringMap<std::string> capitals_;
  StringMap<std::uint32_t> body_nouns_;  ///< "SYR MIL forces" -> body
  StringMap<Office> offices_;
  struct WordClass {
    std::string kind, row;
  };
  StringMap<std::vector<WordClass>> word_classes_;  ///< of a word, each kind once
  StringSet name_words_, office_words_;
  std::uint32_t longest_office_ = 1;
  NameSpellings spellings_;
  std::unique_ptr<NameIndex> index_;
};

}  // namespace masudi
