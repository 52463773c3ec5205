// A trained linear classifier over hashed features: all our models are of this one kind. Integer weights, integer sums: the same
// answers on every machine. The file is mapped into memory and used as it lies; docs/models.md has its layout.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi {

/// A feature's hash. Build it with feature(template number) and then mix() of what the template looks at.
using Feature = std::uint64_t;

constexpr Feature mix(Feature state, Feature value) {
  state ^= value + 0x9E3779B97F4A7C15ULL + (state << 12U) + (state >> 4U);
  state *= 0xBF58476D1CE4E5B9ULL;
  return state ^ (state >> 29U);
}
constexpr Feature feature(unsigned template_number) { return mix(0x6D61737564690000ULL, template_number); }
constexpr Feature hash_text(std::string_view text) {
  Feature h = 0xCBF29CE484222325ULL;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return h;
}

class LinearModel {
 public:
  /// corrupt_store where the file is not a model or its checksum does not match.
  static Result<LinearModel> open(const std::string& path);
  LinearModel(LinearModel&&) noexcept;
  LinearModel& operator=(LinearModel&&) noexcept;
  ~LinearModel();

  const std::vector<std::string>& classes() const { return classes_; }
  /// The class with the greatest sum; of equal ones, the first.
  static std::uint32_t best(const std::vector<std::int32_t>& scores) {
    return static_cast<std::uint32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  }
  /// The best one of what score() gives. `scores` is scratch of classes().size().
  std::uint32_t classify(std::span<const Feature> features, std::vector<std::int32_t>& scores) const;
  /// Sums only: scores[c] for every class.
  void score(std::span<const Feature> features, std::vector<std::int32_t>& scores) const;

  /// What the trainer writes.
  struct Weight {
    std::uint16_t label = 0;
    std::int16_t value = 0;
  };
  struct Row {
    Feature feature = 0;
    std::vector<Weight> weights;
  };
  static std::string pack(const std::vector<std::string>& classes, const std::vector<Row>& rows);

 private:
  struct Mapping;
  explicit LinearModel(std::unique_ptr<Mapping> mapping);
  std::unique_ptr<Mapping> mapping_;
  std::vector<std::string> classes_;
  const std::uint32_t* slots_ = nullptr;    // pairs: high half of the hash, first weight
  const std::uint32_t* weights_ = nullptr;  // class in the low half, value in the high half; a row ends where the next begins
  std::uint32_t mask_ = 0, weight_count_ = 0;
  /// A bit for each feature that there is, in a place that its hash gives: most features that are asked for are not there, and this tells so out of
  /// the first cache. 8 places a row.
  std::vector<std::uint64_t> present_;
  std::uint32_t present_shift_ = 0;
};

}  // namespace masudi
