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
/// What a boundary's neighbours look at of a chunk.
struct ChunkLook {
  Feature word = 1, shape = 1;
  char first = 1;  ///< kind of its first character
};
ChunkLook look_of(std::string_view text, Chunk chunk);
/// What features of a boundary's surroundings need of the boundary.
struct BoundaryPlace {
  Feature place = 0, left_part = 0, shape = 0;
};
/// Features of a token boundary at byte `at` of a chunk that look at nothing but the chunk: of a chunk that is plain ASCII and no longer than
/// `whole_chunk` bytes they depend on its letters alone.
constexpr std::uint32_t whole_chunk = 64;
BoundaryPlace inner_features(std::string_view text, Chunk whole, std::uint32_t at, std::vector<Feature>& out);
/// The others, added to `out`. No chunk before or behind: null.
void outer_features(const BoundaryPlace& place, const ChunkLook* before, const ChunkLook* behind, std::uint32_t breaks_behind,
                    std::vector<Feature>& out);
/// Both, in the order of their numbers, for a boundary of chunks[c].
void token_features(std::string_view text, const std::vector<Chunk>& chunks, std::size_t c, std::uint32_t at, std::vector<Feature>& out);

/// A token before sentences are known.
struct RawToken {
  std::uint32_t begin = 0, end = 0;
  std::uint32_t breaks_before = 0;  ///< line breaks in the white space before it
  bool space_before = false;
};

/// The tokens of a text as the sentence model sees them; what is looked at often is counted once. Keep it no longer than the text and the tokens.
/// Building it is O(text), and a feature vector O(1).
class SentenceView {
 public:
  SentenceView(std::string_view text, const std::vector<RawToken>& tokens);
  /// Does the line behind token i begin with a bullet or a number, as an item of a list? Then a sentence ends, whatever the model says.
  bool before_item(std::size_t i) const { return i + 1 < tokens_.size() && tokens_[i + 1].item; }
  /// May a sentence end behind token i? Before a blank or a line break, or behind final punctuation.
  bool candidate(std::size_t i) const;
  /// Features of a sentence boundary behind token i, in a sentence that began with token `first`.
  void features(std::size_t i, std::size_t first, std::vector<Feature>& out) const;

 private:
  struct Token {
    Feature word = 0, shape = 0;
    char first = 0, last = 0;        ///< kinds of its characters
    bool final = false;              ///< ends in . ! ? or an ellipsis
    bool item = false;               ///< the first of a list's item
    std::uint32_t quotes = 0;        ///< quotation marks in the paragraph up to and with it
    std::int32_t brackets = 0;       ///< open brackets behind it
    std::uint32_t line = 0;          ///< bytes of its line
    std::uint32_t line_begin = 0;    ///< number of the line's first token
    std::uint32_t block = 0;         ///< bytes of the longest line of its paragraph
    std::uint32_t small = 0;         ///< words with a small first letter up to and with it
    std::uint32_t next_final = 0;    ///< tokens to the next final punctuation in the paragraph
    std::uint32_t before_final = 0;  ///< tokens since the last
  };
  void measure_lines(std::string_view text);

  const std::vector<RawToken>& raw_;
  std::vector<Token> tokens_;
};

}  // namespace masudi
