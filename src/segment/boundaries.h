// Where tokens and sentences may end, and what the two boundary models look at there. Shared by the segmenter and the trainer.
#pragma once

#include <vector>

#include "linear_model.h"

namespace masudi {

/// A run of text without white space: [begin, end).
struct Chunk {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t breaks_before = 0;  ///< line breaks in the white space before it
};
std::vector<Chunk> chunks_of(std::string_view text, std::uint32_t begin, std::uint32_t end);

/// Byte positions inside a chunk at which a token may end: between characters that are not both letters or both digits, and inside words with an
/// apostrophe or of few letters ("cannot", "dont").
std::vector<std::uint32_t> inner_candidates(std::string_view text, Chunk chunk);
/// Features of a token boundary at byte `at` of a chunk.
void token_features(std::string_view text, Chunk chunk, std::uint32_t at, std::vector<Feature>& out);
/// Features of a sentence boundary behind token `i` of the tokens (byte ranges) of a text.
struct RawToken {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t breaks_before = 0;
  bool space_before = false;
};
/// May a sentence end behind token i? Only before a blank, a line break, or behind final punctuation.
bool sentence_candidate(std::string_view text, const std::vector<RawToken>& tokens, std::size_t i);
void sentence_features(std::string_view text, const std::vector<RawToken>& tokens, std::size_t i, std::vector<Feature>& out);

}  // namespace masudi
