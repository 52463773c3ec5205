// The referee: where a word of events.tsv has several senses, it weighs the types that rows propose and "none" by what stands around the word. Its
// points are those of lexicon/referee.tsv, fitted by train/referee.cc to sentences written for it; it makes no event where no row fires.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/lexicon.h"
#include "masudi/string_map.h"

namespace masudi {

/// Something seen of a word: "obj@troops". `weight` in quarters: 4, or less for what stands farther off.
struct RefereeFeature {
  std::string name;
  int weight = 4;
};

/// A row that speaks for one option against another.
struct RefereeReason {
  std::string row, feature;
  int points = 0;  ///< thousandths of log odds; below 0 it speaks for the other
};

class Referee {
 public:
  /// The option that a word tells no event. It has 0 points: those of the types are counted from there.
  static constexpr std::string_view none = "none";

  /// A lexicon without the table has a referee that knows no word. malformed_input: a row without word, feature or
  /// points, or points that are no whole number from -99999 to 99999.
  static Result<Referee> build(const Lexicon& lexicon);
  /// Has it learned of the word, written as "strike/verb"? The number that `scores` asks for, or -1.
  int word(std::string_view key) const;
  /// Points of each option, thousandths of log odds, for what is seen of a word that it knows.
  std::vector<int> scores(int word, const std::vector<RefereeFeature>& features, const std::vector<std::string>& options) const;
  /// What decided between two options: at most `most` rows, strongest first.
  std::vector<RefereeReason> reasons(int word, const std::vector<RefereeFeature>& features, std::string_view option, std::string_view other,
                                     std::size_t most) const;

 private:
  struct Weight {
    int word = 0;  ///< 0: of all words
    int code = 0, points = 0;
    std::uint32_t row = 0;  ///< of rows_
  };
  int code(std::string_view name) const;

  StringMap<int> words_;
  std::vector<std::string> codes_, rows_;
  StringMap<std::vector<Weight>> weights_;  // by feature; looked up only
};

}  // namespace masudi
