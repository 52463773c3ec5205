// Random numbers that are the same everywhere, and random networks made of them.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "../../src/annotate/network.h"

namespace masudi {

/// SplitMix64: the standard library's distributions differ between libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  /// From low to high, both included.
  std::int32_t integer(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(next() % static_cast<std::uint64_t>(static_cast<std::int64_t>(high) - low + 1));
  }
  /// From -1 to 1, in steps of 2^-16: exact in a float.
  float unit() { return static_cast<float>(integer(-65536, 65536)) / 65536.0F; }

  std::vector<std::int8_t> bytes(std::size_t count, std::int32_t low, std::int32_t high) {
    std::vector<std::int8_t> out(count);
    for (auto& value : out) value = static_cast<std::int8_t>(integer(low, high));
    return out;
  }
  std::vector<float> floats(std::size_t count, float size) {
    std::vector<float> out(count);
    for (auto& value : out) value = unit() * size;
    return out;
  }
  std::vector<float> scales(std::size_t count, float size) {
    std::vector<float> out(count);
    for (auto& value : out) value = (1.25F + 0.5F * unit()) * size;
    return out;
  }

 private:
  std::uint64_t state_;
};

struct NetworkSizes {
  std::size_t vector = 20, units = 12, layers = 3, arc = 20, relation = 12, lemma_hidden = 8, tags = 19, feats = 7, rules = 9, relations = 6,
              entities = 5;
};

/// A network whose every part matters to its answers: no gate is always open, no head always the same.
inline NetworkWeights random_network(std::uint64_t seed, const NetworkSizes& sizes = {}) {
  Random random(seed);
  NetworkWeights w;
  w.vector = sizes.vector;
  w.units = sizes.units;
  const auto matrix = [&](std::size_t rows, std::size_t columns, std::int32_t limit) {
    return Matrix(random.bytes(rows * columns, -limit, limit).data(), rows, columns);
  };
  const auto fan = [](std::size_t inputs) { return 1.0F / (2048.0F * static_cast<float>(std::sqrt(static_cast<double>(inputs)))); };
  const auto dense = [&](std::size_t rows, std::size_t columns, std::int32_t limit) {
    return Dense{matrix(rows, columns, limit), random.scales(rows, fan(columns)), random.floats(rows, 0.25F)};
  };
  w.first = matrix(8 * sizes.units, sizes.vector, 63);
  for (std::size_t l = 0; l < sizes.layers; ++l) {
    auto& layer = w.layers.emplace_back();
    layer.out_inverse = 127.0F;
    for (auto& direction : layer.direction) {
      if (l > 0) direction.weight = matrix(3 * sizes.units, 2 * sizes.units, 63);
      direction.scale = random.scales((l == 0 ? 4 : 3) * sizes.units, fan(l == 0 ? sizes.vector : 2 * sizes.units));
      direction.bias = random.floats(2 * sizes.units, 0.5F);
      direction.peep = random.floats(2 * sizes.units, 0.5F);
    }
  }
  std::size_t rows = 0;
  for (const auto& [part, size] : {std::pair{&w.arc_dependent, sizes.arc},
                                   {&w.arc_head, sizes.arc},
                                   {&w.relation_dependent, sizes.relation},
                                   {&w.relation_head, sizes.relation},
                                   {&w.tag, sizes.tags},
                                   {&w.feats, sizes.feats},
                                   {&w.lemma_hidden, sizes.lemma_hidden},
                                   {&w.entity, sizes.entities}}) {
    *part = {rows, size};
    rows += size;
  }
  w.heads = dense(rows, 2 * sizes.units, 63);
  w.lemma = dense(sizes.rules, sizes.lemma_hidden, 127);
  w.relation = dense(sizes.relations, sizes.relation, 127);
  w.lemma_inverse = w.relation_inverse = 100.0F;
  w.relation_root = random.floats(sizes.relation, 0.5F);
  w.relation.bias[0] = -1e9F;
  w.arc = matrix(sizes.arc, sizes.arc, 63);
  w.arc_scale = fan(sizes.arc);
  w.dependent_inverse = w.head_inverse = 100.0F;
  w.middle_inverse = 200.0F;
  for (const std::int8_t value : random.bytes(sizes.arc, 0, 127)) w.arc_root.push_back(static_cast<std::uint8_t>(value));
  w.arc_head_bias = random.bytes(sizes.arc, -40, 40);
  for (int k = -4; k <= 4; ++k) w.arc_distance.push_back(random.integer(-3000, 3000));
  w.entity_stride = round_up(sizes.entities, 16);
  w.transition = random.floats(sizes.entities * w.entity_stride, 0.25F);
  return w;
}

/// First-layer sums of words that are numbers: a random vector for each of `kinds` words.
class RandomWords final : public FirstLayer {
 public:
  RandomWords(const NetworkWeights& w, const Kernels& kernels, std::uint64_t seed, std::size_t words, std::size_t kinds) {
    Random random(seed);
    const std::size_t stride = round_up(w.vector, 4);
    std::vector<std::uint8_t> vectors(kinds * stride);
    for (auto& value : vectors) value = static_cast<std::uint8_t>(random.integer(1, 255));
    stride_ = w.first.padded_rows();
    sums_.reset(kinds * stride_);
    kernels.multiply(vectors.data(), stride, kinds, w.first, Inputs::shifted, sums_.data(), stride_);
    for (std::size_t i = 0; i < words; ++i) words_.push_back(static_cast<std::size_t>(random.integer(0, static_cast<std::int32_t>(kinds) - 1)));
  }
  void sums(std::size_t first, std::size_t last, const std::int32_t** out) override {
    for (std::size_t i = first; i < last; ++i) out[i - first] = sums_.data() + words_[i] * stride_;
  }

 private:
  std::size_t stride_ = 0;
  Buffer<std::int32_t> sums_;
  std::vector<std::size_t> words_;
};

}  // namespace masudi
