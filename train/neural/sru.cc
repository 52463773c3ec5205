// The recurrence of a bidirectional SRU over packed sentences, forward and backward; called through ctypes. Shapes: z [N, 2, G, H] with gates
// u, forget, reset (and skip when G is 4); bias and peep [2, 2, H]; skip [N, 2, H] when G is 3; offsets: first word of each sentence, then N.
#include <cmath>
#include <cstdint>
#include <vector>

namespace {

inline float sigma(float x) { return 1.0F / (1.0F + std::exp(-x)); }
inline float squash(float x) { return 2.0F / (1.0F + std::exp(-2.0F * x)) - 1.0F; }

/// One word of the forward pass, all units.
void step(std::int64_t width, const float* __restrict u, const float* __restrict zf, const float* __restrict zr, const float* __restrict skip,
          const float* __restrict bf, const float* __restrict br, const float* __restrict vf, const float* __restrict vr,
          const float* __restrict before, float* __restrict c, float* __restrict f, float* __restrict r, float* __restrict h) {
  for (std::int64_t i = 0; i < width; ++i) {
    const float forget = sigma(zf[i] + vf[i] * before[i] + bf[i]);
    const float reset = sigma(zr[i] + vr[i] * before[i] + br[i]);
    const float cell = forget * before[i] + (1.0F - forget) * u[i];
    f[i] = forget;
    r[i] = reset;
    c[i] = cell;
    h[i] = reset * squash(cell) + (1.0F - reset) * skip[i];
  }
}

/// One word of the backward pass; `carry` is the gradient of the cell that comes from the words after it, and becomes that for the word before.
void unstep(std::int64_t width, const float* __restrict u, const float* __restrict skip, const float* __restrict vf, const float* __restrict vr,
            const float* __restrict before, const float* __restrict c, const float* __restrict f, const float* __restrict r,
            const float* __restrict dh, float* __restrict carry, float* __restrict du, float* __restrict dzf, float* __restrict dzr,
            float* __restrict dskip, float* __restrict dbf, float* __restrict dbr, float* __restrict dvf, float* __restrict dvr) {
  for (std::int64_t i = 0; i < width; ++i) {
    const float bent = squash(c[i]);
    const float reset = dh[i] * (bent - skip[i]) * r[i] * (1.0F - r[i]);
    const float cell = carry[i] + dh[i] * r[i] * (1.0F - bent * bent);
    const float forget = cell * (before[i] - u[i]) * f[i] * (1.0F - f[i]);
    dskip[i] = dh[i] * (1.0F - r[i]);
    du[i] = cell * (1.0F - f[i]);
    dzf[i] = forget;
    dzr[i] = reset;
    dbf[i] += forget;
    dbr[i] += reset;
    dvf[i] += forget * before[i];
    dvr[i] += reset * before[i];
    carry[i] = cell * f[i] + forget * vf[i] + reset * vr[i];
  }
}

}  // namespace

extern "C" void sru_forward(std::int64_t sentences, std::int64_t gates, std::int64_t width, const std::int64_t* offsets, const float* z,
                            const float* bias, const float* peep, const float* skip, float* c, float* f, float* r, float* h) {
  const std::vector<float> zero(static_cast<std::size_t>(width), 0.0F);
#pragma omp parallel for schedule(dynamic, 8)
  for (std::int64_t job = 0; job < 2 * sentences; ++job) {
    const std::int64_t d = job % 2, s = job / 2, first = offsets[s], last = offsets[s + 1];
    const float *b = bias + d * 2 * width, *v = peep + d * 2 * width, *before = zero.data();
    for (std::int64_t k = 0; k < last - first; ++k) {
      const std::int64_t t = d == 0 ? first + k : last - 1 - k, at = (t * 2 + d) * width;
      const float* u = z + at * gates;
      step(width, u, u + width, u + 2 * width, gates == 4 ? u + 3 * width : skip + at, b, b + width, v, v + width, before, c + at, f + at, r + at,
           h + at);
      before = c + at;
    }
  }
}

/// dbias, dpeep [2, 2, H] are set, not added to.
extern "C" void sru_backward(std::int64_t sentences, std::int64_t gates, std::int64_t width, const std::int64_t* offsets, const float* z,
                             const float* peep, const float* skip, const float* c, const float* f, const float* r, const float* dh, float* dz,
                             float* dbias, float* dpeep, float* dskip) {
  const std::vector<float> zero(static_cast<std::size_t>(width), 0.0F);
#pragma omp parallel for
  for (std::int64_t d = 0; d < 2; ++d) {
    std::vector<float> carry(static_cast<std::size_t>(width));
    const float* v = peep + d * 2 * width;
    float *db = dbias + d * 2 * width, *dv = dpeep + d * 2 * width;
    std::fill(db, db + 2 * width, 0.0F);
    std::fill(dv, dv + 2 * width, 0.0F);
    for (std::int64_t s = 0; s < sentences; ++s) {
      const std::int64_t first = offsets[s], last = offsets[s + 1];
      std::fill(carry.begin(), carry.end(), 0.0F);
      for (std::int64_t k = last - first - 1; k >= 0; --k) {
        const std::int64_t t = d == 0 ? first + k : last - 1 - k, previous = d == 0 ? t - 1 : t + 1, at = (t * 2 + d) * width;
        const float *before = k > 0 ? c + (previous * 2 + d) * width : zero.data(), *u = z + at * gates;
        float* du = dz + at * gates;
        unstep(width, u, gates == 4 ? u + 3 * width : skip + at, v, v + width, before, c + at, f + at, r + at, dh + at, carry.data(), du, du + width,
               du + 2 * width, gates == 4 ? du + 3 * width : dskip + at, db, db + width, dv, dv + width);
      }
    }
  }
}
