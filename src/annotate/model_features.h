// What the models look at. The trainer and the annotator call the same functions: there is no second definition to drift from.
#pragma once

#include <array>
#include <vector>

#include "../segment/linear_model.h"
#include "lemma_rule.h"
#include "masudi/segment.h"

namespace masudi {

/// Hashes of a word's surface, computed once.
struct Surface {
  Feature form = 0, lower = 0, shape = 0;
  std::array<Feature, 5> suffix{};  ///< of 1 to 5 bytes, lower case
  std::array<Feature, 4> prefix{};  ///< of 1 to 4 bytes, lower case
};
Surface surface_of(std::string_view form);
std::vector<Surface> surfaces_of(const Sentence& sentence);

/// Features of one word's tag, given the tags (class numbers) of the words before it.
void tag_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out);
/// Features of its FEATS column and of its lemma rule, given its tag.
void feats_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out);
void lemma_features(const Surface& word, std::uint32_t tag, std::vector<Feature>& out);
/// Features of its entity tag, given the entity tags before it.
void entity_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags,
                     const std::vector<std::uint32_t>& entities, std::vector<Feature>& out);

/// A parser state: arc-hybrid, the root stands behind the last word.
struct ParserState {
  explicit ParserState(std::size_t words);
  std::size_t size;  ///< words; the root is number `size`
  std::vector<std::int32_t> stack;
  std::int32_t next = 0;                                   ///< first word of the buffer
  std::vector<std::int32_t> head;                          ///< -1 while unattached
  std::vector<std::uint32_t> label;                        ///< label numbers
  std::vector<std::int32_t> left1, left2, right1, right2;  ///< outermost dependents, -1 for none
  std::vector<std::uint8_t> left_count, right_count;

  bool done() const { return next == static_cast<std::int32_t>(size) && stack.empty(); }
  bool can_shift() const { return next < static_cast<std::int32_t>(size); }
  /// The last word to be attached goes to the root, and only that one.
  bool can_left() const { return !stack.empty() && (next < static_cast<std::int32_t>(size) || stack.size() == 1); }
  bool can_right() const { return stack.size() >= 2; }
  void shift();
  void left(std::uint32_t relation);
  void right(std::uint32_t relation);

 private:
  void attach(std::int32_t dependent, std::int32_t to, std::uint32_t relation);
};
void parser_features(const ParserState& state, const std::vector<Surface>& words, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out);

}  // namespace masudi
