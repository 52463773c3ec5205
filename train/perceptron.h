// The averaged perceptron (Collins 2002), sparse: weights live only where an update put them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "segment/linear_model.h"

namespace masudi::train {

class Perceptron {
 public:
  explicit Perceptron(std::size_t classes) : classes_(classes) {}

  void score(const std::vector<Feature>& features, std::vector<float>& scores) const {
    scores.assign(classes_, 0.0F);
    for (const Feature f : features) {
      const auto at = rows_.find(f);
      if (at == rows_.end()) continue;
      for (const Cell& cell : at->second.cells) scores[cell.label] += cell.weight;
    }
  }
  std::uint32_t classify(const std::vector<Feature>& features, std::vector<float>& scores) const {
    score(features, scores);
    std::uint32_t best = 0;
    for (std::uint32_t c = 1; c < classes_; ++c)
      if (scores[c] > scores[best]) best = c;
    return best;
  }
  /// One step towards `right` and away from `wrong`. Call tick() once for each example seen, right or not.
  void update(const std::vector<Feature>& features, std::uint32_t right, std::uint32_t wrong) {
    for (const Feature f : features) {
      Row& row = rows_[f];
      ++row.updates;
      change(row, right, 1.0F);
      change(row, wrong, -1.0F);
    }
  }
  void tick() { ++now_; }

  /// Averaged weights, scaled and rounded to 16 bits; rows updated fewer than `least` times are left out.
  std::vector<LinearModel::Row> rows(std::uint32_t least, double smallest) const {
    double greatest = 0;
    const auto average = [&](const Cell& cell) {
      return (cell.total + static_cast<double>(now_ - cell.last) * static_cast<double>(cell.weight)) / static_cast<double>(now_);
    };
    for (const auto& [f, row] : rows_)
      for (const Cell& cell : row.cells) greatest = std::max(greatest, std::abs(average(cell)));
    const double scale = std::min(1000.0, 32000.0 / std::max(greatest, 1e-9));
    std::vector<LinearModel::Row> out;
    for (const auto& [f, row] : rows_) {
      if (row.updates < least) continue;
      LinearModel::Row packed{f, {}};
      for (const Cell& cell : row.cells) {
        const double value = average(cell);
        const auto rounded = static_cast<std::int16_t>(std::lround(value * scale));
        if (std::abs(value) >= smallest && rounded != 0) packed.weights.push_back({cell.label, rounded});
      }
      if (packed.weights.empty()) continue;
      std::sort(packed.weights.begin(), packed.weights.end(), [](const auto& a, const auto& b) { return a.label < b.label; });
      out.push_back(std::move(packed));
    }
    // The hash map's order is the library's own: the file's must not be.
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.feature < b.feature; });
    return out;
  }

 private:
  struct Cell {
    std::uint16_t label;
    float weight;
    double total;
    std::uint64_t last;
  };
  struct Row {
    std::uint32_t updates = 0;
    std::vector<Cell> cells;
  };
  void change(Row& row, std::uint32_t label, float step) {
    for (Cell& cell : row.cells)
      if (cell.label == label) {
        cell.total += static_cast<double>(now_ - cell.last) * static_cast<double>(cell.weight);
        cell.last = now_;
        cell.weight += step;
        return;
      }
    row.cells.push_back({static_cast<std::uint16_t>(label), step, 0, now_});
  }

  std::size_t classes_;
  std::uint64_t now_ = 1;
  std::unordered_map<Feature, Row> rows_;
};

}  // namespace masudi::train
