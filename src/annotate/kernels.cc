// Compiled once for each instruction set by Highway's foreach_target.h. -ffp-contract=off belongs to this file: a fused multiply-add rounds once
// where the plain path rounds twice.
#include "kernels.h"

// AVX-512 is left out: none of our machines can test it. NEON is every 64-bit Arm.
#define HWY_COMPILE_ALL_ATTAINABLE  // the plain path too: tests compare the others with it
#define HWY_BROKEN_EMU128 1         // by every compiler the plain path is of single numbers: else clang and g++ from 12.3 on emulate vectors
#define HWY_DISABLED_TARGETS (HWY_AVX3 | HWY_AVX3_DL | HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace masudi {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Int = hn::ScalableTag<std::int32_t>;
using Float = hn::ScalableTag<float>;

// --- integer products -------------------------------------------------------------------------------------------------

#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_SSE4 || HWY_TARGET == HWY_NEON
constexpr std::size_t tile_rows = 2;  // measured: docs/inference.md

/// acc + the sums of the four products in each 32-bit lane. Highway 1.0 has no such operation, so it is written in each set's own.
/// x86: x is unsigned, w signed; two products of at most 255 * 63 or 127 * 127 fit into 16 bits. Arm: both are signed, as the caller sees to.
template <class V8, class V32>
HWY_INLINE V32 add_products(V32 acc, V8 x, V8 w) {
#if HWY_TARGET == HWY_AVX2
  const __m256i pairs = _mm256_maddubs_epi16(x.raw, w.raw);
  return V32{_mm256_add_epi32(acc.raw, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))};
#elif HWY_TARGET == HWY_SSE4
  const __m128i pairs = _mm_maddubs_epi16(x.raw, w.raw);
  return V32{_mm_add_epi32(acc.raw, _mm_madd_epi16(pairs, _mm_set1_epi16(1)))};
#else
  const int16x8_t low = vmull_s8(vget_low_s8(x.raw), vget_low_s8(w.raw)), high = vmull_s8(vget_high_s8(x.raw), vget_high_s8(w.raw));
  return V32{vpadalq_s16(acc.raw, vpaddq_s16(low, high))};
#endif
}

// The loops over rows and vectors must vanish, or the sums would lie in memory.
#define MASUDI_UNROLL _Pragma("GCC unroll 8")

template <std::size_t rows>
HWY_INLINE void multiply_tile(const std::uint8_t* HWY_RESTRICT x, std::size_t x_stride, const std::int8_t* HWY_RESTRICT w, std::size_t quads,
                              const std::int32_t* HWY_RESTRICT corrections, Inputs inputs, std::int32_t* HWY_RESTRICT z, std::size_t z_stride) {
  const Int d;
  const hn::Repartition<std::int8_t, Int> d8;
  constexpr std::size_t lanes = HWY_MAX_BYTES / 4, vectors = Matrix::panel / lanes;
  hn::Vec<Int> acc[rows][vectors];
  MASUDI_UNROLL
  for (std::size_t v = 0; v < vectors; ++v) {
#if HWY_TARGET == HWY_NEON
    const auto start = hn::Zero(d);
    (void)corrections;
#else
    const auto start = inputs == Inputs::shifted ? hn::LoadU(d, corrections + v * lanes) : hn::Zero(d);
#endif
    MASUDI_UNROLL
    for (std::size_t m = 0; m < rows; ++m) acc[m][v] = start;
  }
#if HWY_TARGET == HWY_NEON
  const std::uint32_t flip = inputs == Inputs::shifted ? 0x80808080U : 0;  // back to a signed number
#endif
  for (std::size_t k = 0; k < quads; ++k) {
    hn::Vec<decltype(d8)> weights[vectors];
    MASUDI_UNROLL
    for (std::size_t v = 0; v < vectors; ++v) weights[v] = hn::LoadU(d8, w + k * Matrix::panel * Matrix::quad + v * lanes * 4);
    MASUDI_UNROLL
    for (std::size_t m = 0; m < rows; ++m) {
      std::uint32_t four = 0;
      std::memcpy(&four, x + m * x_stride + k * 4, 4);
#if HWY_TARGET == HWY_NEON
      four ^= flip;
#endif
      const auto all = hn::BitCast(d8, hn::Set(hn::Repartition<std::uint32_t, Int>(), four));
      MASUDI_UNROLL
      for (std::size_t v = 0; v < vectors; ++v) acc[m][v] = add_products(acc[m][v], all, weights[v]);
    }
  }
  MASUDI_UNROLL
  for (std::size_t m = 0; m < rows; ++m) {
    MASUDI_UNROLL
    for (std::size_t v = 0; v < vectors; ++v) hn::StoreU(acc[m][v], d, z + m * z_stride + v * lanes);
  }
}
#else
constexpr std::size_t tile_rows = 1;

template <std::size_t rows>
void multiply_tile(const std::uint8_t* x, std::size_t, const std::int8_t* w, std::size_t quads, const std::int32_t* corrections, Inputs inputs,
                   std::int32_t* z, std::size_t) {
  std::int32_t acc[Matrix::panel];
  for (std::size_t n = 0; n < Matrix::panel; ++n) acc[n] = inputs == Inputs::shifted ? corrections[n] : 0;
  for (std::size_t k = 0; k < quads; ++k)
    for (std::size_t n = 0; n < Matrix::panel; ++n)
      for (std::size_t j = 0; j < 4; ++j) acc[n] += x[k * 4 + j] * w[(k * Matrix::panel + n) * 4 + j];
  for (std::size_t n = 0; n < Matrix::panel; ++n) z[n] = acc[n];
}
#endif

void multiply(const std::uint8_t* x, std::size_t x_stride, std::size_t rows, const Matrix& w, Inputs inputs, std::int32_t* z, std::size_t z_stride) {
  for (std::size_t n = 0; n < w.padded_rows(); n += Matrix::panel) {
    const std::int8_t* panel = w.panel_at(n);
    std::size_t m = 0;
    for (; m + tile_rows <= rows; m += tile_rows)
      multiply_tile<tile_rows>(x + m * x_stride, x_stride, panel, w.quads(), w.corrections() + n, inputs, z + m * z_stride + n, z_stride);
    for (; m < rows; ++m) multiply_tile<1>(x + m * x_stride, x_stride, panel, w.quads(), w.corrections() + n, inputs, z + m * z_stride + n, z_stride);
  }
}

// --- floats, lane by lane ---------------------------------------------------------------------------------------------

/// Calls body(tag, i) for whole vectors, then one lane at a time: the same operations on each lane either way.
template <class Body>
HWY_INLINE void over(std::size_t count, Body&& body) {
  const Float d;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) body(d, i);
  for (; i < count; ++i) body(hn::CappedTag<float, 1>(), i);
}

/// tanh by a rational function, |error| < 4e-7: least greatest error over [-7.8, 7.8], beyond which tanh is 1 to 3.4e-7. docs/inference.md.
template <class D, class V>
HWY_INLINE V hyperbolic_tangent(D d, V x) {
  x = hn::Min(hn::Max(x, hn::Set(d, -7.8F)), hn::Set(d, 7.8F));
  const V y = hn::Mul(x, x);
  V above = hn::Set(d, -6.262723171079159e-09F);
  above = hn::Add(hn::Mul(above, y), hn::Set(d, 7.218476693860118e-06F));
  above = hn::Add(hn::Mul(above, y), hn::Set(d, 0.0027025462125902697F));
  above = hn::Add(hn::Mul(above, y), hn::Set(d, 0.12717596200439132F));
  above = hn::Add(hn::Mul(above, y), hn::Set(d, 0.9999992427465423F));
  V below = hn::Set(d, 0.0001976125073097336F);
  below = hn::Add(hn::Mul(below, y), hn::Set(d, 0.022874422166004393F));
  below = hn::Add(hn::Mul(below, y), hn::Set(d, 0.46050649309037384F));
  below = hn::Add(hn::Mul(below, y), hn::Set(d, 1.0F));
  return hn::Div(hn::Mul(above, x), below);
}

template <class D, class V>
HWY_INLINE V logistic(D d, V x) {
  const V half = hn::Set(d, 0.5F);
  return hn::Add(hn::Mul(hyperbolic_tangent(d, hn::Mul(x, half)), half), half);
}

/// The nearest integer (halves to even) of each lane, between `low` and 127, plus `shift`, as bytes. Adding 1.5 * 2^23 leaves the integer in the low
/// bits of the float: no conversion whose rounding an instruction set could choose.
template <class D, class V>
HWY_INLINE void store_rounded(D d, V x, float low, std::int32_t shift, std::uint8_t* out) {
  const hn::RebindToSigned<D> di;
  x = hn::Min(hn::Max(x, hn::Set(d, low)), hn::Set(d, 127.0F));
  const auto integer = hn::Sub(hn::BitCast(di, hn::Add(x, hn::Set(d, 12582912.0F))), hn::Set(di, 0x4B400000 - shift));
  const hn::Rebind<std::uint8_t, decltype(di)> d8;
  hn::StoreU(hn::DemoteTo(d8, integer), d8, out);
}

template <class D>
HWY_INLINE hn::Vec<D> load_scaled(D d, const std::int32_t* z, const float* scale) {
  const hn::RebindToSigned<D> di;
  return hn::Mul(hn::ConvertTo(d, hn::LoadU(di, z)), hn::LoadU(d, scale));
}

void recur(const Recurrence& layer, std::ptrdiff_t first, std::ptrdiff_t step, std::size_t count, const std::int32_t* const* z,
           const std::uint8_t* fresh, float* c, float* h, std::size_t h_stride, std::uint8_t* out, std::size_t out_stride) {
  // The bytes written may alias whatever is reached through a pointer: what does not change is read once.
  const Recurrence all = layer;
  const std::size_t units = all.units;
  const float inverse = all.inverse;
  std::ptrdiff_t t = first;
  for (std::size_t n = 0; n < count; ++n, t += step) {
    const auto word = static_cast<std::size_t>(t);
    if (fresh[word] != 0) std::memset(c, 0, units * sizeof(float));
    const std::int32_t* HWY_RESTRICT sums = z[word];
    float* state = h + word * h_stride;
    std::uint8_t* bytes = out + word * out_stride;
    over(units, [&](auto d, std::size_t i) HWY_ATTR {
      using V = hn::Vec<decltype(d)>;
      const V one = hn::Set(d, 1.0F), before = hn::LoadU(d, c + i);
      const V u = load_scaled(d, sums + i, all.scale_u + i);
      const V forget_sum = load_scaled(d, sums + units + i, all.scale_f + i), reset_sum = load_scaled(d, sums + 2 * units + i, all.scale_r + i);
      const V forget = logistic(d, hn::Add(hn::Add(forget_sum, hn::Mul(hn::LoadU(d, all.peep_f + i), before)), hn::LoadU(d, all.bias_f + i)));
      const V reset = logistic(d, hn::Add(hn::Add(reset_sum, hn::Mul(hn::LoadU(d, all.peep_r + i), before)), hn::LoadU(d, all.bias_r + i)));
      const V now = hn::Add(hn::Mul(forget, before), hn::Mul(hn::Sub(one, forget), u));
      const V skip = all.scale_skip != nullptr ? load_scaled(d, sums + 3 * units + i, all.scale_skip + i) : hn::LoadU(d, state + i);
      const V result = hn::Add(hn::Mul(reset, hyperbolic_tangent(d, now)), hn::Mul(hn::Sub(one, reset), skip));
      hn::StoreU(now, d, c + i);
      hn::StoreU(result, d, state + i);
      store_rounded(d, hn::Mul(result, hn::Set(d, inverse)), -127.0F, 128, bytes + i);
    });
  }
}

void requantise(const std::int32_t* z, float scale, float inverse, std::size_t count, std::uint8_t* out) {
  over(count, [&](auto d, std::size_t i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const auto value = hn::Mul(hn::ConvertTo(d, hn::LoadU(di, z + i)), hn::Set(d, scale));
    store_rounded(d, hn::Mul(value, hn::Set(d, inverse)), -127.0F, 128, out + i);
  });
}

void rescale(const std::int32_t* z, const float* scale, const float* bias, std::size_t count, float* out) {
  over(count, [&](auto d, std::size_t i) HWY_ATTR { hn::StoreU(hn::Add(load_scaled(d, z + i, scale + i), hn::LoadU(d, bias + i)), d, out + i); });
}

void activate(const float* a, const float* b, float inverse, std::size_t count, std::uint8_t* out) {
  over(count, [&](auto d, std::size_t i) HWY_ATTR {
    auto value = hn::LoadU(d, a + i);
    if (b != nullptr) value = hn::Add(value, hn::LoadU(d, b + i));
    store_rounded(d, hn::Mul(value, hn::Set(d, inverse)), 0.0F, 0, out + i);
  });
}

/// The greatest of `count` lanes and its index; of equal ones, the lowest index.
std::uint32_t best_lane(const float* values, const std::int32_t* index, std::size_t count) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < count; ++i)
    if (values[i] > values[best] || (!(values[i] < values[best]) && index[i] < index[best])) best = i;
  return static_cast<std::uint32_t>(index[best]);
}

std::uint32_t best(const std::int32_t* z, const float* scale, const float* bias, std::size_t count) {
  const Float d;
  const Int di;
  const std::size_t lanes = hn::Lanes(d);
  float values[2 * HWY_MAX_BYTES / 4];
  std::int32_t index[2 * HWY_MAX_BYTES / 4];
  std::size_t i = 0, kept = 0;
  if (count >= lanes) {
    auto greatest = hn::Add(load_scaled(d, z, scale), hn::LoadU(d, bias));
    auto at = hn::Iota(di, 0), here = at;
    const auto step = hn::Set(di, static_cast<std::int32_t>(lanes));
    for (i = lanes; i + lanes <= count; i += lanes) {
      here = hn::Add(here, step);
      const auto value = hn::Add(load_scaled(d, z + i, scale + i), hn::LoadU(d, bias + i));
      const auto more = hn::Gt(value, greatest);
      greatest = hn::IfThenElse(more, value, greatest);
      at = hn::IfThenElse(hn::RebindMask(di, more), here, at);
    }
    hn::StoreU(greatest, d, values);
    hn::StoreU(at, di, index);
    kept = lanes;
  }
  for (; i < count; ++i, ++kept) {
    values[kept] = static_cast<float>(z[i]) * scale[i] + bias[i];
    index[kept] = static_cast<std::int32_t>(i);
  }
  return best_lane(values, index, kept);
}

void best_heads(std::int32_t* scores, std::int32_t bias, const std::int32_t* near, std::int32_t row, std::size_t count, std::int32_t* best_score,
                std::int32_t* arg) {
  over(count, [&](auto d, std::size_t i) HWY_ATTR {
    const hn::RebindToSigned<decltype(d)> di;
    const auto sum = hn::Add(hn::Add(hn::LoadU(di, scores + i), hn::Set(di, bias)), hn::LoadU(di, near + i));
    hn::StoreU(sum, di, scores + i);
    const auto known = hn::LoadU(di, best_score + i);
    const auto more = hn::Gt(sum, known);
    hn::StoreU(hn::IfThenElse(more, sum, known), di, best_score + i);
    hn::StoreU(hn::IfThenElse(more, hn::Set(di, row), hn::LoadU(di, arg + i)), di, arg + i);
  });
}

void viterbi(const float* before, const float* transition, std::size_t labels, std::size_t stride, const float* scores, float* out,
             std::int32_t* back) {
  const Float d;
  const Int di;
  for (std::size_t i = 0; i < stride; i += hn::Lanes(d)) {
    auto greatest = hn::Add(hn::Set(d, before[0]), hn::LoadU(d, transition + i));
    auto from = hn::Zero(di);
    for (std::size_t f = 1; f < labels; ++f) {
      const auto value = hn::Add(hn::Set(d, before[f]), hn::LoadU(d, transition + f * stride + i));
      const auto more = hn::Gt(value, greatest);
      greatest = hn::IfThenElse(more, value, greatest);
      from = hn::IfThenElse(hn::RebindMask(di, more), hn::Set(di, static_cast<std::int32_t>(f)), from);
    }
    hn::StoreU(hn::Add(greatest, hn::LoadU(d, scores + i)), d, out + i);
    hn::StoreU(from, di, back + i);
  }
}

const Kernels kernels = {
#if HWY_TARGET == HWY_AVX2
    "AVX2",
#elif HWY_TARGET == HWY_SSE4
    "SSE4",
#elif HWY_TARGET == HWY_NEON
    "NEON",
#else
    "plain",
#endif
    multiply, recur, requantise, rescale, activate, best, best_heads, viterbi};

}  // namespace HWY_NAMESPACE
}  // namespace masudi
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace masudi {

const std::vector<const Kernels*>& all_kernels() {
  static const std::vector<const Kernels*> list = [] {
    std::vector<const Kernels*> out;
#if HWY_ARCH_X86
    // Not hwy::SupportedTargets(): Highway's library measures its timer for some milliseconds whenever a program starts that is linked with it.
    __builtin_cpu_init();
    const bool sse4 = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("aes") && __builtin_cpu_supports("pclmul");
    const bool avx2 =
        sse4 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    if (avx2) out.push_back(&N_AVX2::kernels);
    if (sse4) out.push_back(&N_SSE4::kernels);
#elif HWY_ARCH_ARM_A64
    out.push_back(&N_NEON::kernels);
#endif
    out.push_back(&N_SCALAR::kernels);
    return out;
  }();
  return list;
}

const Kernels& best_kernels() { return *all_kernels().front(); }

}  // namespace masudi
#endif  // HWY_ONCE
