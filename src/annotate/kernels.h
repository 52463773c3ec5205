// The inner loops of the network, once for each instruction set. All of them give the same bytes: integer sums are exact, and float values are made
// lane by lane by +, -, * and / in one order, never fused. docs/inference.md says why and how.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "matrix.h"

namespace masudi {

/// How 8-bit inputs are stored: as they are (0..127), or with 128 added (-127..127 as 1..255).
enum class Inputs : std::uint8_t { plain, shifted };

/// One direction of a recurrent layer over a run of words (docs/inference.md, "Recurrence"). Arrays of units have `units` elements.
struct Recurrence {
  std::size_t units = 0;
  const float *scale_u = nullptr, *scale_f = nullptr, *scale_r = nullptr,
              *scale_skip = nullptr;  ///< of the integer sums; no skip sums: the last is null
  const float *bias_f = nullptr, *bias_r = nullptr, *peep_f = nullptr, *peep_r = nullptr;
  float inverse = 1;  ///< reciprocal of the scale of the next layer's inputs
};

struct Kernels {
  const char* name;  ///< as Highway names the instruction set: "AVX2"
  /// z[m][n] = sum over k of x[m][k] * w[n][k], for `rows` rows of x. `x` has x_stride bytes a row, a multiple of 4 and at least 4 * w.quads();
  /// z has z_stride numbers a row, at least w.padded_rows(). Exact where |w| <= 63, or |w| <= 127 and the inputs are plain.
  void (*multiply)(const std::uint8_t* x, std::size_t x_stride, std::size_t rows, const Matrix& w, Inputs inputs, std::int32_t* z,
                   std::size_t z_stride);
  /// Words first, first + step, ... of `count`. z[t]: the sums of word t (u, forget, reset, and skip where scale_skip is there; `units` each).
  /// fresh[t] is not 0 where the memory `c` begins anew before word t. h + t * h_stride: the float state, read as skip where there are no skip sums,
  /// then overwritten; out + t * out_stride: the same as shifted 8-bit inputs.
  void (*recur)(const Recurrence& layer, std::ptrdiff_t first, std::ptrdiff_t step, std::size_t count, const std::int32_t* const* z,
                const std::uint8_t* fresh, float* c, float* h, std::size_t h_stride, std::uint8_t* out, std::size_t out_stride);
  /// out = round(clamp(z * scale * inverse)), shifted: an integer sum as an 8-bit input.
  void (*requantise)(const std::int32_t* z, float scale, float inverse, std::size_t count, std::uint8_t* out);
  /// out = z * scale + bias.
  void (*rescale)(const std::int32_t* z, const float* scale, const float* bias, std::size_t count, float* out);
  /// out = round(clamp(max(a + b, 0) * inverse)), plain. Where `b` is null, a alone.
  void (*activate)(const float* a, const float* b, float inverse, std::size_t count, std::uint8_t* out);
  /// The first index of the greatest z * scale + bias. `count` > 0.
  std::uint32_t (*best)(const std::int32_t* z, const float* scale, const float* bias, std::size_t count);
  /// Column i of `scores` (rows of `stride` numbers) gets bias + near[i] added, and where the sum is over best[i], best[i] and arg[i] become
  /// the sum and `row`.
  void (*best_heads)(std::int32_t* scores, std::int32_t bias, const std::int32_t* near, std::int32_t row, std::size_t count, std::int32_t* best,
                     std::int32_t* arg);
  /// One word of Viterbi's search: out[to] = max over from of (before[from] + transition[from * stride + to]) + scores[to]; back[to] = the first
  /// such from. `stride` is a multiple of 16; all arrays are that long.
  void (*viterbi)(const float* before, const float* transition, std::size_t labels, std::size_t stride, const float* scores, float* out,
                  std::int32_t* back);
};

/// The kernels that this machine can run, the fastest first; the last is plain C++.
const std::vector<const Kernels*>& all_kernels();
/// The fastest of them.
const Kernels& best_kernels();

}  // namespace masudi
