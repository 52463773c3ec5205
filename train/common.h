// What the trainers of the models share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "perceptron.h"

namespace masudi::train {

struct Progress {
  const char* model;
  void epoch(int number, std::uint64_t wrong, std::uint64_t all) const {
    std::fprintf(stderr, "%-9s epoch %d: %.2f %% right\n", model, number,
                 100.0 - 100.0 * static_cast<double>(wrong) / static_cast<double>(std::max<std::uint64_t>(all, 1)));
  }
};

inline void write_model(const std::filesystem::path& out, const char* name, const std::vector<std::string>& classes, const Perceptron& perceptron,
                        std::uint32_t least, double smallest) {
  const std::string bytes = LinearModel::pack(classes, perceptron.rows(least, smallest));
  std::ofstream(out / (std::string(name) + ".model"), std::ios::binary) << bytes;
  std::fprintf(stderr, "%s.model: %.2f MB, %zu classes\n", name, static_cast<double>(bytes.size()) / 1e6, classes.size());
}

template <class T>
void shuffle(std::vector<T>& items, std::mt19937& random) {  // std::shuffle's order is the library's own
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random() % i]);
}

}  // namespace masudi::train
