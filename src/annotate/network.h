// The network over the words of some sentences: recurrent layers, heads, trees, entities. Numbers in, class numbers out; it knows nothing of text or
// files. docs/inference.md describes the computation.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels.h"
#include "spanning_tree.h"

namespace masudi {

/// Weights of outputs: value = sum * scale[row] + bias[row].
struct Dense {
  Matrix weight;
  std::vector<float> scale, bias;
};

/// The weights, as the kernels want them. Shapes are consistent: LanguageModel sees to it.
struct NetworkWeights {
  std::size_t vector = 0;  ///< inputs of the first layer
  std::size_t units = 0;   ///< of each direction of each layer

  struct Direction {
    Matrix weight;  ///< u, forget, reset; none in the first layer
    std::vector<float> scale, bias, peep;
  };
  struct Layer {
    std::array<Direction, 2> direction;
    float out_inverse = 1;  ///< reciprocal of the scale of the inputs of the layer above, or of the heads
  };
  Matrix first;  ///< the first layer's sums of both directions: u, forget, reset, skip, twice
  std::vector<Layer> layers;

  struct Part {
    std::size_t first = 0, rows = 0;
  };
  Dense heads;
  Part arc_dependent, arc_head, relation_dependent, relation_head, tag, feats, lemma_hidden, entity;
  Dense lemma, relation;
  float lemma_inverse = 1, relation_inverse = 1;
  std::vector<float> relation_root;
  std::uint32_t root_relation = 0;

  Matrix arc;
  float arc_scale = 1, dependent_inverse = 1, head_inverse = 1, middle_inverse = 1;
  std::vector<std::uint8_t> arc_root;      ///< plain
  std::vector<std::int8_t> arc_head_bias;  ///< by unit
  std::vector<std::int32_t> arc_distance;  ///< by head - dependent, from -K to K; may be empty
  std::size_t entity_stride = 0;           ///< labels, filled up to a multiple of 16
  std::vector<float> transition;           ///< [from][to], rows of entity_stride
};

/// Where the first layer's sums of each word come from: they depend on the form alone, so the caller keeps them.
class FirstLayer {
 public:
  virtual ~FirstLayer() = default;
  /// Points out[i - first] to the sums (weights.first.rows() numbers) of words first..last; at most words_at_once of them. They must last until the
  /// next call.
  virtual void sums(std::size_t first, std::size_t last, const std::int32_t** out) = 0;
};

/// Words that go through a layer together.
constexpr std::size_t words_at_once = 64;
/// Sentences of more words have their heads sought among this many words on each side.
constexpr std::size_t whole_search = 512, head_window = 256;

/// Memory and results of run_network. Reuse it; not for two threads at once.
struct NetworkRun {
  // Results, by word.
  std::vector<std::uint32_t> tag, feats, lemma, relation, entity;
  std::vector<std::int32_t> head;  ///< within the sentence; -1 for the root

  // The last layer's output, 2 * units numbers a word.
  Buffer<float> state;

  Buffer<std::uint8_t> inputs, outputs, arc_dependents, arc_middle, arc_heads, hidden;
  Buffer<std::int32_t> sums, scores, best, near, back;
  Buffer<float> memory, relation_dependents, relation_heads, entities, values, path;
  std::vector<std::uint8_t> begins, ends;
  std::vector<const std::int32_t*> pointers;
  Matrix dependents;
  std::vector<std::int8_t> cells;
  TreeSearch search;
};

/// @param lengths  words of each sentence, none 0.
void run_network(const NetworkWeights& weights, const Kernels& kernels, FirstLayer& first_layer, std::span<const std::uint32_t> lengths,
                 NetworkRun& run);

}  // namespace masudi
