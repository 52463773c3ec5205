// names: when two spellings are one person's name. Transliterations differ in vowels, doubled letters and letters that sound alike
// ("Kadhimi", "Kazemi"; "Qaddafi", "Gadhafi"); people differ in whole parts ("Kim Jong-il", "Kim Jong-un").
// The knowledge is in lexicon/name_spellings.tsv: particles, rewrites, letters that are alike. No name is listed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "masudi/lexicon.h"

namespace masudi {

/// A name made comparable: its parts, folded and rewritten, without particles.
///   "Mustafa Al-Kazemi" -> parts {mustafa, kazemi}, with no light part and no generation
struct NameForm {
  std::vector<std::string> parts;  ///< in the order written, light ones ("bin", "van") left out; an initial is one letter
  std::string generation;          ///< "jr", "ii": two names that differ in it are two people
  std::vector<std::string> rules;  ///< rows that changed it
};

class NameSpellings {
 public:
  /// Reads the table `name_spellings`; without it names are compared as they are folded.
  static Result<NameSpellings> build(const Lexicon& lexicon);

  NameForm form(std::string_view name) const { return form(name, true); }
  /// How alike two names are: 1 the same spelling, 0 different people. Middle names may be missing; a first or last name may not differ.
  /// A single part is compared with the last part of the other, or with its first where `family_first`.
  double similarity(const NameForm& a, const NameForm& b, bool family_first = false) const;
  /// "al", "bin", "van", "ibn": a word that stands between the parts of a name, folded.
  bool is_particle(const std::string& word) const {
    const auto at = parts_.find(word);
    return at != parts_.end() && at->second.first != Kind::generation;
  }
  /// Two parts alone: 1 the same, 0 unlike.
  double part_similarity(std::string_view a, std::string_view b) const;
  /// Consonants in classes of sound: parts that are alike nearly always share it.
  std::string skeleton(std::string_view part) const;

  /// From this similarity on two spellings are taken for one name.
  static constexpr double alike = 0.8;

 private:
  enum class Kind : std::uint8_t { particle, prefix, light, generation };
  struct Rewrite {
    std::string from, to, id;
    std::uint32_t letters = 0;  ///< of `from`, as letters_of has them
    bool at_start = false, at_end = false;
  };
  friend class NameIndex;
  /// Without `rules` the rows that changed it are not told: an index of thousands has no use for them.
  NameForm form(std::string_view name, bool rules) const;
  std::string rewrite(std::string token, std::vector<std::string>* rules) const;
  float letter_cost(unsigned char a, unsigned char b) const { return costs_[a][b]; }

  std::unordered_map<std::string, std::pair<Kind, std::string>> parts_;
  std::vector<Rewrite> rewrites_;
  std::array<std::array<float, 256>, 256> costs_{};
  std::array<char, 256> classes_{};
};

/// Many names, found by any spelling. Immutable after the last add.
class NameIndex {
 public:
  explicit NameIndex(const NameSpellings* spellings) : spellings_(spellings) {}
  void add(std::string_view name, std::uint32_t value);
  struct Hit {
    std::uint32_t value = 0;
    double similarity = 0;
    std::string name;   ///< the name as it was added
    bool whole = true;  ///< false: only a single part was asked for
  };
  /// Names alike, the most alike first; of equal ones in the order in which they were added.
  std::vector<Hit> find(std::string_view name) const;

 private:
  struct Entry {
    NameForm form;
    std::string name;
    std::uint32_t value = 0;
  };
  const NameSpellings* spellings_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_skeleton_;
};

}  // namespace masudi
