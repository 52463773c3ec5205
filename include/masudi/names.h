// names: when two spellings are one person's name. Transliterations differ in vowels, doubled letters and letters that sound alike
// ("Kadhimi", "Kazemi"; "Qaddafi", "Gadhafi"); people differ in whole parts ("Kim Jong-il", "Kim Jong-un").
// The knowledge is in lexicon/name_spellings.tsv: particles, rewrites, letters that are alike. No name is listed.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/pool.h"
#include "masudi/string_map.h"

namespace masudi {

/// A name made comparable: its parts, folded and rewritten, without particles.
///   "Mustafa Al-Kazemi" -> parts {mustafa, kazemi}, with no light part and no generation
struct NameForm {
  std::vector<std::string> parts;  ///< in the order written, light ones ("bin", "van") left out; an initial is one letter
  std::string generation;          ///< "jr", "ii": two names that differ in it are two people

  /// What comparing needs, kept because a name is made once and compared with thousands: the letters of each part, one bit each, and each part joined
  /// with the next ("Ahmadi-Nejad"), the last with the first.
  std::vector<std::uint64_t> letters;
  std::vector<std::string> pairs;
};

class NameSpellings {
 public:
  /// Reads the table `name_spellings`; without it names are compared as they are folded.
  static Result<NameSpellings> build(const Lexicon& lexicon);

  /// `rules`: where to add the rows that changed it.
  NameForm form(std::string_view name, std::vector<std::string>* rules = nullptr) const;
  /// How alike two names are: 1 the same spelling, 0 different people. Middle names may be missing; a first or last name may not differ.
  /// A single part is compared with the last part of the other, or with its first where `family_first`.
  double similarity(const NameForm& a, const NameForm& b, bool family_first = false) const;
  /// "al", "bin", "van", "ibn": a word that stands between the parts of a name, folded.
  bool is_particle(std::string_view word) const {
    const auto at = parts_.find(word);
    return at != parts_.end() && at->second.first != Kind::generation;
  }
  /// Two parts alone: 1 the same, 0 unlike.
  double part_similarity(std::string_view a, std::string_view b) const { return part_similarity({a, letters_of(a)}, {b, letters_of(b)}); }
  /// Consonants in classes of sound: parts that are alike nearly always share it.
  std::string skeleton(std::string_view part) const;

  /// From this similarity on two spellings are taken for one name.
  static constexpr double alike = 0.8;

 private:
  enum class Kind : std::uint8_t { particle, prefix, light, generation };
  struct Rewrite {
    std::string from, to, id;
    std::uint64_t letters = 0;  ///< of `from`
    bool at_start = false, at_end = false;
  };
  /// A part with its letters.
  struct Part {
    std::string_view text;
    std::uint64_t letters = 0;
  };
  /// The parts of a name in their order, or the first one behind the others.
  struct Order;
  friend class NameIndex;
  /// A bit for each letter that there is, one more for all other bytes.
  static std::uint64_t letters_of(std::string_view text);
  double part_similarity(Part a, Part b) const;
  /// Do the letters of one part that the other lacks cost more than that? Most pairs are told apart by it.
  bool costs_over(double limit, std::uint64_t a, std::uint64_t b) const;
  double align(const Order& x, const Order& y) const;

  /// What of a name tells at a glance that it is not like another: the letters of its ends. One line of the processor's cache, because a name is
  /// held against some hundred of one skeleton.
  struct Ends {
    std::array<std::uint64_t, 7> letters{};
    std::array<std::uint8_t, 7> sizes{};
    std::uint8_t parts = 0;
    enum At : std::uint8_t { first, second, last, first_pair, last_pair, last_three, last_and_first };
    void set(At at, std::uint64_t its_letters, std::size_t size) {
      letters[at] = its_letters;
      sizes[at] = static_cast<std::uint8_t>(std::min<std::size_t>(size, 255));
    }
  };
  static Ends ends_of(const NameForm& form);
  /// False only where similarity(a, b, true) is 0.
  bool may_be_alike(const Ends& a, const Ends& b) const;
  std::string rewrite(std::string token, std::vector<std::string>* rules) const;

  StringMap<std::pair<Kind, std::string>> parts_;
  std::vector<Rewrite> rewrites_;
  std::array<std::array<float, 256>, 256> costs_{};
  std::array<char, 256> classes_{};
  /// By letter: what it costs at least where none of `alike` is in the other part, and where one is.
  struct Missing {
    std::uint64_t alike = 0;
    double alone = 0, with_alike = 0;
  };
  std::array<Missing, 64> missing_{};
  std::uint64_t dear_ = 0;  ///< letters that cost a whole one, whatever the other part has
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
  /// Names alike, the most alike first; of equal ones in the order in which they were added. Thread-safe.
  std::vector<Hit> find(std::string_view name) const;

 private:
  /// What was found for a name before: news names the same people again and again. Changes no result, only when it is computed.
  struct Seen {
    std::string name;
    std::size_t entries = 0;  ///< that there were then
    std::vector<Hit> hits;
  };
  using Memory = std::vector<Seen>;  ///< of its places a name has one; who comes later takes it
  std::vector<Hit> look_up(std::string_view name) const;

  struct Entry {
    NameForm form;
    std::string name;
    std::uint32_t value = 0;
  };
  const NameSpellings* spellings_;
  std::vector<Entry> entries_;
  std::vector<NameSpellings::Ends> ends_;  ///< of the entries
  /// An end of names, a part or two as one: compared once for all the names that have it.
  struct End {
    std::string text;
    std::uint64_t letters = 0;
    std::vector<std::uint32_t> entries;
  };
  struct Alike {
    std::vector<End> ends;
    std::size_t entries = 0;          ///< that have one of them
    std::uint32_t last = UINT32_MAX;  ///< the entry filed last: one that has two of them counts once
  };
  StringMap<Alike> by_skeleton_;  ///< what has one skeleton
  mutable Pool<Memory> seen_;
};

}  // namespace masudi
