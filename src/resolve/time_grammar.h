// The pattern language of the time tables (docs/timex.md): rows compiled to a small grammar, and its matcher over atoms.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/segment.h"
#include "masudi/string_map.h"
#include "time_frame.h"

namespace masudi::times {

/// A run of letters, a run of digits, or one mark. Finer than words, so that "11-year", "5pm", "1990s" and "22:30" read the same
/// however they were cut into words.
struct Atom {
  enum class Kind : std::uint8_t { letters, digits, mark };
  std::uint32_t begin = 0, end = 0;  ///< bytes of the text
  std::uint32_t word = 0;            ///< index into Sentence::words
  std::uint32_t form = 0;            ///< number in the vocabulary; 0: not in it
  std::int64_t number = 0;           ///< of digits
  std::uint32_t digits = 0;          ///< how many
  Kind kind = Kind::mark;
  bool glued = false;    ///< no blank before it
  bool capital = false;  ///< begins with an ASCII capital
};

/// Numbers words, whatever their case. 0 is every word that no row uses.
class Vocabulary {
 public:
  std::uint32_t add(std::string_view word);
  std::uint32_t find(std::string_view word) const;
  std::size_t size() const { return words_.size() + 1; }

 private:
  StringMap<std::uint32_t> words_;
};

/// Cuts a sentence's words into atoms. Words that overlap the one before them or do not fit the text are skipped.
std::vector<Atom> make_atoms(std::string_view text, const Sentence& sentence, const Vocabulary& vocabulary);
/// The same over a bare string: for the cells of tables. Every atom belongs to word 0.
std::vector<Atom> make_atoms(std::string_view text, const Vocabulary& vocabulary);

/// One way in which a class matches from some atom.
struct Match {
  std::uint32_t end = 0;  ///< one past its last atom
  Frame frame;
  std::uint32_t rule = 0;            ///< index into Grammar::rules
  std::vector<std::uint32_t> parts;  ///< rules of the rows inside it, in text order
};

/// What holds around a match, beside its words: asked for by the `when` column.
enum class Condition : std::uint8_t { sentence_start, lower, capital, present, not_count, not_name };

/// A set of words by their numbers in the vocabulary.
class Forms {
 public:
  void add(std::uint32_t form) {
    if (bits_.size() <= form / 64) bits_.resize(form / 64 + 1);
    bits_[form / 64] |= std::uint64_t{1} << form % 64;
  }
  void add(const Forms& others) {
    if (bits_.size() < others.bits_.size()) bits_.resize(others.bits_.size());
    for (std::size_t i = 0; i < others.bits_.size(); ++i) bits_[i] |= others.bits_[i];
  }
  bool has(std::uint32_t form) const { return form / 64 < bits_.size() && (bits_[form / 64] >> form % 64 & 1U) != 0; }
  bool operator==(const Forms&) const = default;

 private:
  std::vector<std::uint64_t> bits_;
};

/// The first two atoms that a match can have: nearly every place where a row could begin is refused by them.
struct Opening {
  Forms first, second;
  bool first_digits = false, second_digits = false;
  bool alone = false;  ///< a match can be of one atom
};

/// Openings of a numbered list, 64 to a word of bits: which of them can begin at an atom is read off for all at once.
class Openings {
 public:
  /// forms: the size of the vocabulary.
  void build(const std::vector<Opening>& openings, std::size_t forms);
  /// How many words of bits there are.
  std::size_t width() const { return alone_.size(); }
  /// Bit i: number 64 * word + i can begin at that atom.
  std::uint64_t at(const std::vector<Atom>& atoms, std::uint32_t at, std::size_t word) const {
    const std::uint64_t begun = first_[row(atoms[at]) * width() + word];
    if (begun == 0) return 0;
    return begun & (alone_[word] | (at + 1 < atoms.size() ? second_[row(atoms[at + 1]) * width() + word] : 0));
  }

 private:
  /// A row a word of the vocabulary, the last one for digits; words that came into the vocabulary later begin nothing, as those out of it.
  std::size_t row(const Atom& atom) const { return atom.kind == Atom::Kind::digits ? forms_ : atom.form < forms_ ? atom.form : 0; }

  std::size_t forms_ = 0;
  std::vector<std::uint64_t> first_, second_, alone_;
};

/// Classes that a pattern may have.
inline constexpr std::size_t most_captures = 8;

struct Pattern {
  struct Element {
    bool optional = false, glued = false;
    std::vector<std::uint32_t> forms;  ///< any of these words; or
    std::int32_t cls = -1;             ///< a class
    std::int32_t capture = -1;         ///< number of the capture, from 0
  };
  struct Setting {
    Slot slot = Slot::n;
    bool merge = false;                ///< takes over all slots of a capture
    std::int32_t capture = -1;         ///< or the constant
    std::int32_t second_capture = -1;  ///< two two-digit numbers side by side: 19 and 96 make 1996
    std::int64_t constant = 0;
    bool negative = false;
  };
  struct Beside {
    std::vector<std::uint32_t> forms;
    bool forbidden = false;
  };
  std::vector<Element> elements;
  std::vector<Setting> settings;
  std::vector<Beside> before, after;  ///< one atom on either side
  std::vector<Condition> conditions;
  std::uint32_t rule = 0, cls = 0;
  std::uint32_t captures = 0;  ///< at most most_captures
};

/// A row of the words table: forms, or digits of a shape, that belong to a class.
struct Entry {
  std::vector<std::uint32_t> forms;  ///< atoms, all but the first glued to the one before unless spaced
  std::vector<bool> spaced;          ///< by atom: a blank stands before it
  bool capital = false;              ///< the first letter must be a capital
  bool shape = false;                ///< digits: `digits` of them (0: any), from low to high
  std::uint32_t digits = 0;
  std::int64_t low = 0, high = 0;
  Frame frame;
  std::uint32_t rule = 0;
};

/// Rows compiled. Immutable, thread-safe.
class Grammar {
 public:
  /// Reads tables timex_words and timex_patterns. malformed_input names the row and what is wrong with it.
  static Result<Grammar> build(const Lexicon& lexicon);

  const std::vector<std::string>& rules() const { return rules_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  Vocabulary& vocabulary() { return vocabulary_; }

 private:
  friend class Matcher;
  struct Class {
    std::string name;
    bool number = false;  ///< {NUM}
    /// A row of the words table: its first word, which is asked before the row is looked at; 0 of a shape, as of every atom of digits.
    struct Filed {
      std::uint32_t form = 0, entry = 0;
    };
    std::vector<Filed> entries;  ///< by form; of one form in table order
    std::span<const Filed> of_form(std::uint32_t form) const;
    std::vector<std::uint64_t> patterns;  ///< bit i: the class has pattern i
  };
  std::uint32_t class_of(std::string_view name);
  Result<Frame> parse_frame(const LexiconRow& row, std::string_view value) const;
  Result<void> add_word(const LexiconRow& row);
  Result<void> add_pattern(const LexiconRow& row);
  void open_words(std::vector<Opening>& classes) const;
  static bool open(const Pattern& pattern, Opening& opening, std::vector<Opening>& classes);
  void find_openings();
  /// The entry of one word of a class, or null.
  const Entry* word(std::uint32_t cls, std::uint32_t form) const;

  std::vector<std::string> rules_;
  Vocabulary vocabulary_;
  std::vector<Class> classes_;
  std::unordered_map<std::string, std::uint32_t> class_names_;
  std::vector<Entry> entries_;
  std::vector<Pattern> patterns_;
  Openings class_openings_, pattern_openings_;
  std::vector<std::uint64_t> top_;                         ///< bit i: pattern i gives a timex
  std::uint32_t number_ = 0, scale_ = 0, number_and_ = 0;  ///< classes of number words: "seven", "hundred", "and"
  std::uint32_t comma_ = 0, point_ = 0, hyphen_ = 0;       ///< in the vocabulary
  std::vector<std::string> top_names_;                     ///< by class: DATE, TIME, ..., NONE; "" for the others
};

/// An expression found: what kind it is, and what its words say.
struct Found {
  std::string_view type;              ///< DATE, TIME, DURATION, SET; NONE for what only looks like a time (ages)
  std::uint32_t first = 0, last = 0;  ///< atoms [first, last)
  Match match;
};

/// Answers a condition about atoms [first, last).
class ConditionJudge {
 public:
  virtual ~ConditionJudge() = default;
  virtual bool holds(Condition condition, std::uint32_t first, std::uint32_t last) const = 0;
};

/// Finds the expressions of one sentence: at each atom the longest, and of equals the row that comes first.
class Matcher {
 public:
  Matcher(const Grammar& grammar, const std::vector<Atom>& atoms, const ConditionJudge& judge);
  std::vector<Found> find_all();

 private:
  const std::vector<Match>& match_class(std::uint32_t cls, std::uint32_t at);
  /// Calls visit(pattern) for each pattern of a set of bits that can begin there, in table order.
  template <class Visitor>
  void each_beginning(const std::vector<std::uint64_t>& set, std::uint32_t at, Visitor&& visit) const;
  void match_pattern(const Pattern& pattern, std::uint32_t at, std::vector<Match>& out);
  void match_number(std::uint32_t at, std::vector<Match>& out) const;
  bool sides_hold(const Pattern& pattern, std::uint32_t first, std::uint32_t last) const;

  const Grammar& grammar_;
  const std::vector<Atom>& atoms_;
  const ConditionJudge& judge_;
  /// By atom and class: place in matches_, -1 not looked yet, -2 being looked at. Of most atoms no class is ever asked for.
  std::vector<std::vector<std::int32_t>> known_;
  std::deque<std::vector<Match>> matches_;  // grows while references into it are held
  std::uint32_t steps_ = 0;                 // a bound on the work that a hostile sentence can cause
};

}  // namespace masudi::times
