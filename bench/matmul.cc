// Integer matrix products in the shapes of the network: our kernels on each instruction set, and, where CMake found them, Eigen and oneDNN.
//
//   build/bench/bin/bench_matmul
//
// Prints thousand millions of multiply-adds a second of processor time, the best of several runs. Every product is compared with a plain loop's.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "../src/annotate/kernels.h"
#include "../tests/unit/random_network.h"
#ifdef MASUDI_BENCH_EIGEN
#include <Eigen/Core>
#endif
#ifdef MASUDI_BENCH_DNNL
#include <dnnl.h>
#endif

namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <class Work>
void report(const char* name, std::size_t rows, std::size_t outputs, std::size_t inputs, bool right, Work&& work) {
  work();
  double best = 1e9;
  for (int run = 0; run < 7; ++run) {
    const double start = processor_seconds();
    work();
    best = std::min(best, processor_seconds() - start);
  }
  std::printf("%4zu x %4zu x %4zu  %-24s %8.1f%s\n", rows, outputs, inputs, name, 1e-9 * static_cast<double>(rows * outputs * inputs) / best,
              right ? "" : "  WRONG");
}

void measure(std::size_t rows, std::size_t outputs, std::size_t inputs) {
  masudi::Random random(rows);
  const auto cells = random.bytes(outputs * inputs, -63, 63);
  std::vector<std::uint8_t> x(rows * inputs);
  for (auto& value : x) value = static_cast<std::uint8_t>(random.integer(1, 127));
  std::vector<std::int32_t> wanted(rows * outputs);
  for (std::size_t m = 0; m < rows; ++m)
    for (std::size_t n = 0; n < outputs; ++n)
      for (std::size_t k = 0; k < inputs; ++k) wanted[m * outputs + n] += x[m * inputs + k] * cells[n * inputs + k];
  const masudi::Matrix w(cells.data(), outputs, inputs);
  masudi::Buffer<std::int32_t> z(rows * w.padded_rows());
  for (const masudi::Kernels* kernels : masudi::all_kernels()) {
    const auto work = [&] { kernels->multiply(x.data(), inputs, rows, w, masudi::Inputs::plain, z.data(), w.padded_rows()); };
    work();
    bool right = true;
    for (std::size_t m = 0; m < rows; ++m)
      for (std::size_t n = 0; n < outputs; ++n) right = right && z[m * w.padded_rows() + n] == wanted[m * outputs + n];
    report((std::string("ours, ") + kernels->name).c_str(), rows, outputs, inputs, right, work);
  }
#ifdef MASUDI_BENCH_EIGEN
  {
    using Rows = Eigen::Matrix<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Rows a(rows, inputs), b(outputs, inputs), out(rows, outputs);
    for (std::size_t i = 0; i < x.size(); ++i) a.data()[i] = x[i];
    for (std::size_t i = 0; i < cells.size(); ++i) b.data()[i] = cells[i];
    out.noalias() = a * b.transpose();
    report("Eigen, int32", rows, outputs, inputs, std::equal(wanted.begin(), wanted.end(), out.data()), [&] { out.noalias() = a * b.transpose(); });
    const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> af = a.cast<float>(), bf = b.cast<float>();
    Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> of(rows, outputs);
    report("Eigen, float", rows, outputs, inputs, true, [&] { of.noalias() = af * bf.transpose(); });
  }
#endif
#ifdef MASUDI_BENCH_DNNL
  {
    std::vector<std::int32_t> out(rows * outputs);
    const std::int32_t zero = 0;
    const auto m = static_cast<dnnl_dim_t>(rows), n = static_cast<dnnl_dim_t>(outputs), k = static_cast<dnnl_dim_t>(inputs);
    const auto work = [&] { dnnl_gemm_u8s8s32('N', 'T', 'F', m, n, k, 1.0F, x.data(), k, 0, cells.data(), k, 0, 0.0F, out.data(), n, &zero); };
    work();
    report("oneDNN, u8 s8 s32", rows, outputs, inputs, out == wanted, work);
  }
#endif
}

}  // namespace

int main() {
  std::printf("rows x outputs x inputs                   10^9 multiply-adds a second\n");
  for (const std::size_t rows : {16U, 64U, 512U}) {
    measure(rows, 384, 256);  // a direction of a layer
    measure(rows, 789, 256);  // the heads
  }
  return 0;
}
