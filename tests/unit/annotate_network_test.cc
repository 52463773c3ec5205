// The kernels against slow obvious ones, every instruction set against the plain one, trees against all trees. Needs nothing but the network's own
// files, so that it is also cross-built and run for arm64.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "../../src/annotate/network.h"
#include "random_network.h"

namespace masudi {
namespace {

TEST(Kernels, ThePlainPathIsThereAndTheFastestComesFirst) {
  ASSERT_FALSE(all_kernels().empty());
  EXPECT_STREQ(all_kernels().back()->name, "plain");
  EXPECT_EQ(&best_kernels(), all_kernels().front());
  for (const Kernels* kernels : all_kernels()) std::printf("path: %s\n", kernels->name);
}

TEST(Kernels, ProductsAreExactForEveryShape) {
  Random random(1);
  for (int round = 0; round < 200; ++round) {
    const auto rows = static_cast<std::size_t>(random.integer(1, 9)), outputs = static_cast<std::size_t>(random.integer(1, 70)),
               inputs = static_cast<std::size_t>(random.integer(1, 100));
    const bool shifted = round % 2 == 0, extreme = round % 5 == 0;
    const std::int32_t limit = shifted ? 63 : 127;
    auto cells = random.bytes(outputs * inputs, -limit, limit);
    if (extreme)  // the greatest sums of pairs
      for (auto& cell : cells) cell = static_cast<std::int8_t>(random.integer(0, 1) == 0 ? limit : -limit);
    const Matrix w(cells.data(), outputs, inputs);
    const std::size_t x_stride = round_up(inputs, 4) + 4 * static_cast<std::size_t>(random.integer(0, 2)), z_stride = w.padded_rows() + 3;
    std::vector<std::uint8_t> x(rows * x_stride);
    for (auto& value : x)
      value = static_cast<std::uint8_t>(extreme ? (shifted ? 255 : 127) : shifted ? random.integer(1, 255) : random.integer(0, 127));
    for (const Kernels* kernels : all_kernels()) {
      std::vector<std::int32_t> z(rows * z_stride);
      kernels->multiply(x.data(), x_stride, rows, w, shifted ? Inputs::shifted : Inputs::plain, z.data(), z_stride);
      for (std::size_t m = 0; m < rows; ++m)
        for (std::size_t n = 0; n < outputs; ++n) {
          std::int32_t sum = 0;
          for (std::size_t k = 0; k < inputs; ++k) sum += (x[m * x_stride + k] - (shifted ? 128 : 0)) * cells[n * inputs + k];
          ASSERT_EQ(z[m * z_stride + n], sum) << kernels->name << " " << rows << "x" << outputs << "x" << inputs;
        }
    }
  }
}

TEST(Kernels, TheRecurrenceIsTheFormula) {
  Random random(2);
  for (int round = 0; round < 40; ++round) {
    const auto units = static_cast<std::size_t>(random.integer(1, 40)), words = static_cast<std::size_t>(random.integer(1, 12));
    const bool skip_sums = round % 2 == 0, backwards = round % 3 == 0;
    const std::size_t gates = skip_sums ? 4 : 3;
    const auto scale = random.scales(gates * units, 0.01F), bias = random.floats(2 * units, 1.0F), peep = random.floats(2 * units, 1.0F);
    std::vector<std::int32_t> sums(words * gates * units);
    for (auto& value : sums) value = random.integer(-900, 900);
    std::vector<const std::int32_t*> pointers;
    for (std::size_t t = 0; t < words; ++t) pointers.push_back(sums.data() + t * gates * units);
    std::vector<std::uint8_t> fresh(words, 0);
    fresh[backwards ? words - 1 : 0] = 1;
    if (words > 4) fresh[words / 2] = 1;
    const auto below = random.floats(words * units, 1.0F);
    Recurrence layer;
    layer.units = units;
    layer.scale_u = scale.data();
    layer.scale_f = layer.scale_u + units;
    layer.scale_r = layer.scale_f + units;
    layer.scale_skip = skip_sums ? layer.scale_r + units : nullptr;
    layer.bias_f = bias.data();
    layer.bias_r = bias.data() + units;
    layer.peep_f = peep.data();
    layer.peep_r = peep.data() + units;
    layer.inverse = 80.0F;
    std::vector<float> plain_state;
    std::vector<std::uint8_t> plain_bytes;
    for (auto kernels = all_kernels().rbegin(); kernels != all_kernels().rend(); ++kernels) {
      std::vector<float> state = below, memory(units, 9.0F);
      std::vector<std::uint8_t> bytes(words * units, 0);
      (*kernels)->recur(layer, backwards ? static_cast<std::ptrdiff_t>(words) - 1 : 0, backwards ? -1 : 1, words, pointers.data(), fresh.data(),
                        memory.data(), state.data(), units, bytes.data(), units);
      if (plain_state.empty()) {
        plain_state = state;
        plain_bytes = bytes;
        for (std::size_t u = 0; u < units; ++u) {
          double c = 0;
          for (std::size_t n = 0; n < words; ++n) {
            const std::size_t t = backwards ? words - 1 - n : n;
            if (fresh[t] != 0) c = 0;
            const auto z = [&](std::size_t gate) {
              return static_cast<double>(sums[(t * gates + gate) * units + u]) * static_cast<double>(scale[gate * units + u]);
            };
            const auto logistic = [](double x) { return 1 / (1 + std::exp(-x)); };
            const double f = logistic(z(1) + static_cast<double>(peep[u]) * c + static_cast<double>(bias[u])),
                         r = logistic(z(2) + static_cast<double>(peep[units + u]) * c + static_cast<double>(bias[units + u]));
            c = f * c + (1 - f) * z(0);
            const double h = r * std::tanh(c) + (1 - r) * (skip_sums ? z(3) : static_cast<double>(below[t * units + u]));
            ASSERT_NEAR(static_cast<double>(state[t * units + u]), h, 3e-5);
            ASSERT_EQ(bytes[t * units + u], std::clamp(static_cast<int>(std::nearbyint(state[t * units + u] * 80.0F)), -127, 127) + 128);
          }
        }
      }
      ASSERT_EQ(std::memcmp(state.data(), plain_state.data(), state.size() * sizeof(float)), 0) << (*kernels)->name;
      ASSERT_EQ(bytes, plain_bytes) << (*kernels)->name;
    }
  }
}

TEST(Kernels, SquashingIsCloseToTheRealOnes) {
  // With forget and reset gates shut or open by their biases, the state is tanh of the input, or the logistic of the forget gate's.
  const Kernels& plain = *all_kernels().back();
  float greatest_error = 0;
  for (int step = -2000; step <= 2000; ++step) {
    const std::int32_t sums[3] = {step, 0, 0};
    const std::int32_t* pointer = sums;
    const float scale[3] = {0.005F, 0.0F, 0.0F}, bias[2] = {-1e9F, 1e9F}, peep[2] = {0.0F, 0.0F};
    Recurrence layer{1, scale, scale + 1, scale + 2, nullptr, bias, bias + 1, peep, peep + 1, 1.0F};
    float memory = 0, state = 0.5F;
    std::uint8_t byte = 0;
    const std::uint8_t fresh = 1;
    plain.recur(layer, 0, 1, 1, &pointer, &fresh, &memory, &state, 1, &byte, 1);
    greatest_error = std::max(greatest_error, std::abs(state - std::tanh(static_cast<float>(step) * 0.005F)));
  }
  EXPECT_LT(greatest_error, 2e-6F);
}

TEST(Kernels, RoundingGoesToTheNearestAndHalvesToEven) {
  const std::vector<float> values = {0.5F, 1.5F, 2.5F, -0.5F, -1.5F, 126.5F, 127.4F, 500.0F, -500.0F, 0.49999997F, -2.5F};
  const std::vector<int> rounded = {0, 2, 2, 0, 0, 126, 127, 127, 0, 0, 0};
  for (const Kernels* kernels : all_kernels()) {
    std::vector<std::uint8_t> out(values.size());
    kernels->activate(values.data(), nullptr, 1.0F, values.size(), out.data());
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_EQ(out[i], rounded[i]) << kernels->name << " " << values[i];
    const std::vector<std::int32_t> sums = {1, 3, 5, -1, -3, 253, 1000, -1000, -5};
    const std::vector<int> halves = {0, 2, 2, 0, -2, 126, 127, -127, -2};
    kernels->requantise(sums.data(), 0.5F, 1.0F, sums.size(), out.data());
    for (std::size_t i = 0; i < sums.size(); ++i) EXPECT_EQ(out[i] - 128, halves[i]) << kernels->name << " " << sums[i];
  }
}

TEST(Kernels, TheBestIsTheFirstOfTheGreatest) {
  Random random(3);
  for (int round = 0; round < 300; ++round) {
    const auto count = static_cast<std::size_t>(random.integer(1, 60));
    std::vector<std::int32_t> z(count);
    for (auto& value : z) value = random.integer(-4, 4);  // many ties
    const std::vector<float> scale(count, 0.5F), bias(count, 0.25F);
    const auto wanted = static_cast<std::uint32_t>(std::max_element(z.begin(), z.end()) - z.begin());
    for (const Kernels* kernels : all_kernels()) ASSERT_EQ(kernels->best(z.data(), scale.data(), bias.data(), count), wanted) << kernels->name;
  }
}

TEST(Kernels, ViterbiFindsTheBestPath) {
  Random random(4);
  for (int round = 0; round < 60; ++round) {
    const auto labels = static_cast<std::size_t>(random.integer(1, 20));
    const std::size_t stride = round_up(labels, 16);
    const auto before = random.floats(stride, 4.0F), transition = random.floats(labels * stride, 4.0F), scores = random.floats(stride, 4.0F);
    for (const Kernels* kernels : all_kernels()) {
      std::vector<float> out(stride);
      std::vector<std::int32_t> back(stride);
      kernels->viterbi(before.data(), transition.data(), labels, stride, scores.data(), out.data(), back.data());
      for (std::size_t to = 0; to < labels; ++to) {
        std::size_t best = 0;
        for (std::size_t from = 1; from < labels; ++from)
          if (before[from] + transition[from * stride + to] > before[best] + transition[best * stride + to]) best = from;
        ASSERT_EQ(back[to], static_cast<std::int32_t>(best)) << kernels->name;
        ASSERT_EQ(out[to], before[best] + transition[best * stride + to] + scores[to]) << kernels->name;
      }
    }
  }
}

// --- trees ------------------------------------------------------------------------------------------------------------

TEST(SpanningTree, IsTheBestOfAllTrees) {
  Random random(5);
  TreeSearch search;
  for (int round = 0; round < 600; ++round) {
    const auto words = static_cast<std::size_t>(random.integer(1, 5));
    const std::size_t stride = words + static_cast<std::size_t>(random.integer(0, 3));
    const std::int32_t range = round % 3 == 0 ? 3 : 1000000000;  // many ties, or greatest scores
    std::vector<std::int32_t> scores((words + 1) * stride);
    for (auto& score : scores) score = random.integer(-range, range);
    const auto sum = [&](const std::vector<std::int32_t>& heads) {
      std::int64_t out = 0;
      for (std::size_t i = 0; i < words; ++i) out += scores[static_cast<std::size_t>(heads[i] + 1) * stride + i];
      return out;
    };
    std::vector<std::int32_t> heads(words, -1);
    std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
    for (bool more = true; more;) {
      if (is_tree(heads.data(), words)) greatest = std::max(greatest, sum(heads));
      more = false;
      for (auto& head : heads) {
        if (++head < static_cast<std::int32_t>(words)) {
          more = true;
          break;
        }
        head = -1;
      }
    }
    std::vector<std::int32_t> found(words);
    best_tree(scores.data(), stride, words, found.data(), search);
    ASSERT_TRUE(is_tree(found.data(), words));
    ASSERT_EQ(sum(found), greatest);
  }
}

TEST(SpanningTree, OfLongSentencesIsATree) {
  Random random(6);
  TreeSearch search;
  for (const std::size_t words : {64U, 300U, 512U}) {
    std::vector<std::int32_t> scores((words + 1) * words), heads(words);
    for (auto& score : scores) score = random.integer(-9, 9);
    best_tree(scores.data(), words, words, heads.data(), search);
    EXPECT_TRUE(is_tree(heads.data(), words));
  }
}

TEST(SpanningTree, TellsTreesFromOthers) {
  const std::vector<std::pair<std::vector<std::int32_t>, bool>> cases = {{{-1}, true},          {{0}, false},     {{-1, -1}, false},
                                                                         {{1, -1}, true},       {{1, 0}, false},  {{-1, 2, 1}, false},
                                                                         {{1, 2, -1, 2}, true}, {{-1, 7}, false}, {{}, true}};
  for (const auto& [heads, tree] : cases) EXPECT_EQ(is_tree(heads.data(), heads.size()), tree);
}

TEST(SpanningTree, CirclesAreOpenedWhereItCostsLeast) {
  struct Table final : ArcScores {
    std::vector<std::vector<std::int32_t>> rows;
    std::size_t window = 100;
    void of(std::size_t i, std::size_t& first, std::size_t& last, std::vector<std::int32_t>& scores) override {
      first = i > window ? i - window : 0;
      last = std::min(rows.size(), i + 1 + window);
      scores.assign(rows[i].begin() + static_cast<std::ptrdiff_t>(first), rows[i].begin() + static_cast<std::ptrdiff_t>(last));
    }
  } table;
  // 1 and 2 go in a circle; 2 -> 0 costs 4, 1 -> 0 costs 7, 1 -> 3 would lead back.
  table.rows = {{0, 0, 0, 0}, {3, 0, 10, 9}, {5, 9, 0, 1}, {0, 8, 0, 0}};
  std::vector<std::int32_t> heads = {-1, 2, 1, 1};
  break_cycles(0, 4, heads.data(), table);
  EXPECT_EQ(heads, (std::vector<std::int32_t>{-1, 2, 0, 1}));
  // Nothing but the circle is near: its first word goes to the root's.
  table.window = 1;
  table.rows.assign(8, std::vector<std::int32_t>(8, 1));
  heads = {-1, 0, 0, 4, 5, 4, 7, 6};
  break_cycles(0, 8, heads.data(), table);
  EXPECT_TRUE(is_tree(heads.data(), heads.size()));
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    const auto words = static_cast<std::size_t>(random.integer(1, 30));
    table.window = static_cast<std::size_t>(random.integer(1, 10));
    table.rows.assign(words, {});
    for (auto& row : table.rows)
      for (std::size_t j = 0; j < words; ++j) row.push_back(random.integer(-5, 5));
    heads.assign(words, 0);
    const auto root = static_cast<std::size_t>(random.integer(0, static_cast<std::int32_t>(words) - 1));
    for (std::size_t i = 0; i < words; ++i) {
      do heads[i] = random.integer(0, static_cast<std::int32_t>(words) - 1);
      while (words > 1 && heads[i] == static_cast<std::int32_t>(i));
    }
    heads[root] = -1;
    break_cycles(root, words, heads.data(), table);
    ASSERT_TRUE(is_tree(heads.data(), words));
    ASSERT_EQ(heads[root], -1);
  }
}

// --- the whole network ------------------------------------------------------------------------------------------------

std::uint64_t digest(const NetworkRun& run, std::size_t words, std::size_t state) {
  std::uint64_t h = 0xCBF29CE484222325ULL;
  const auto add = [&](const void* data, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) h = (h ^ static_cast<const unsigned char*>(data)[i]) * 0x100000001B3ULL;
  };
  add(run.state.data(), words * state * sizeof(float));
  for (const auto* numbers : {&run.tag, &run.feats, &run.lemma, &run.relation, &run.entity}) add(numbers->data(), words * 4);
  add(run.head.data(), words * 4);
  return h;
}

struct Case {
  std::vector<std::uint32_t> lengths;
  std::size_t kinds;
  std::uint64_t digest;  ///< of what every machine must compute
};

TEST(Network, GivesTheSameBytesOnEveryInstructionSetAndMachine) {
  const std::vector<Case> cases = {{{1, 7, 23, 64, 2, 40}, 50, 12218498649609993708U},
                                   {{130, 1, 65}, 9, 10329542812584144273U},
                                   {{700}, 300, 13938495047026816156U},
                                   {{600, 3}, 2, 16727142108066576653U}};
  for (const Case& c : cases) {
    const NetworkWeights w = random_network(c.kinds);
    std::size_t words = 0;
    for (const auto n : c.lengths) words += n;
    for (const Kernels* kernels : all_kernels()) {
      RandomWords first(w, *kernels, c.kinds, words, c.kinds);
      NetworkRun run;
      run_network(w, *kernels, first, c.lengths, run);
      EXPECT_EQ(digest(run, words, 2 * w.units), c.digest) << kernels->name;
      const auto answers = [&](std::vector<std::uint32_t> list) {
        std::sort(list.begin(), list.end());
        return std::unique(list.begin(), list.end()) - list.begin();
      };
      if (c.kinds >= 9) {  // words and their neighbours matter
        for (const auto* list : {&run.tag, &run.feats, &run.lemma, &run.relation, &run.entity}) EXPECT_GE(answers(*list), 3) << c.kinds;
      }
      std::size_t at = 0;
      for (const auto n : c.lengths) {
        EXPECT_TRUE(is_tree(run.head.data() + at, n)) << kernels->name << " " << n;
        for (std::size_t i = at; i < at + n; ++i) EXPECT_EQ(run.relation[i] == 0, run.head[i] < 0);
        at += n;
      }
    }
  }
}

TEST(Network, SentencesDoNotTouchEachOther) {
  const NetworkWeights w = random_network(11);
  const std::vector<std::uint32_t> lengths = {3, 90, 1, 17, 64};
  std::size_t words = 0;
  for (const auto n : lengths) words += n;
  RandomWords all(w, best_kernels(), 5, words, 40);
  NetworkRun together;
  run_network(w, best_kernels(), all, lengths, together);
  struct Shifted final : FirstLayer {
    FirstLayer& of;
    std::size_t by = 0;
    explicit Shifted(FirstLayer& f) : of(f) {}
    void sums(std::size_t first, std::size_t last, const std::int32_t** out) override { of.sums(first + by, last + by, out); }
  } one(all);
  NetworkRun alone;
  for (const auto n : lengths) {
    run_network(w, best_kernels(), one, std::span(&n, 1), alone);
    for (std::size_t i = 0; i < n; ++i) {
      ASSERT_EQ(alone.tag[i], together.tag[one.by + i]);
      ASSERT_EQ(alone.head[i], together.head[one.by + i]);
      ASSERT_EQ(alone.relation[i], together.relation[one.by + i]);
      ASSERT_EQ(alone.entity[i], together.entity[one.by + i]);
    }
    one.by += n;
  }
}

TEST(Network, HeadsOfLongSentencesAreNear) {
  const NetworkWeights w = random_network(12);
  const std::uint32_t words = 2000;
  RandomWords first(w, best_kernels(), 8, words, 500);
  NetworkRun run;
  run_network(w, best_kernels(), first, std::span(&words, 1), run);
  ASSERT_TRUE(is_tree(run.head.data(), words));
  std::size_t far = 0;
  for (std::size_t i = 0; i < words; ++i)
    if (run.head[i] >= 0 && std::abs(static_cast<int>(i) - run.head[i]) > static_cast<int>(head_window)) ++far;
  EXPECT_EQ(far, 0U);
}

}  // namespace
}  // namespace masudi
