// int8 matrices and buffers in the layout that the kernels read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <utility>

namespace masudi {

/// Memory on a cache line's boundary, for values that are copied byte by byte. Grows; new elements are zero, old ones are not kept.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) { reset(size); }
  Buffer(Buffer&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Buffer() { release(); }

  void reset(std::size_t size) {
    release();
    if (size == 0) return;
    data_ = static_cast<T*>(::operator new(size * sizeof(T), alignment));
    size_ = size;
    std::memset(static_cast<void*>(data_), 0, size * sizeof(T));
  }
  /// At least `size` elements; what was there is lost where it grows.
  void need(std::size_t size) {
    if (size > size_) reset(size + size / 4);
  }
  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }

 private:
  static constexpr std::align_val_t alignment{64};
  void release() {
    if (data_ != nullptr) ::operator delete(static_cast<void*>(data_), alignment);
    data_ = nullptr;
    size_ = 0;
  }
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

constexpr std::size_t round_up(std::size_t value, std::size_t step) { return (value + step - 1) / step * step; }

/// int8 weights [rows, columns]: an output each row, an input each column. Cells lie in panels of 16 rows, within a panel by four columns, then by
/// row: the four products of one output and one quad of inputs are neighbours. Rows and columns that fill up panels and quads are zero.
class Matrix {
 public:
  static constexpr std::size_t panel = 16, quad = 4;

  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns) { shape(rows, columns); }
  /// A matrix from its cells in row order.
  Matrix(const std::int8_t* cells, std::size_t rows, std::size_t columns) : Matrix(rows, columns) {
    for (std::size_t r = 0; r < rows; ++r) set_row(r, cells + r * columns);
  }
  /// Another shape, memory kept where it suffices. All cells are zero after it.
  void shape(std::size_t rows, std::size_t columns) {
    rows_ = rows;
    columns_ = columns;
    quads_ = round_up(columns, quad) / quad;
    const std::size_t padded = round_up(rows, panel);
    cells_.need(padded * quads_ * quad);
    corrections_.need(padded);
    std::memset(cells_.data(), 0, padded * quads_ * quad);
    std::memset(corrections_.data(), 0, padded * sizeof(std::int32_t));
  }
  /// Row `r` from `columns()` cells.
  void set_row(std::size_t r, const std::int8_t* cells) {
    std::int8_t* at = cells_.data() + r / panel * panel * quads_ * quad + r % panel * quad;
    std::int32_t sum = 0;
    for (std::size_t c = 0; c < columns_; c += quad) std::memcpy(at + c * panel, cells + c, columns_ - c < quad ? columns_ - c : quad);
    for (std::size_t c = 0; c < columns_; ++c) sum += cells[c];
    corrections_[r] = -128 * sum;
  }

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  std::size_t quads() const { return quads_; }
  std::size_t padded_rows() const { return round_up(rows_, panel); }
  /// The panel that holds row `r`; `r` is a multiple of 16.
  const std::int8_t* panel_at(std::size_t r) const { return cells_.data() + r * quads_ * quad; }
  /// What inputs that are stored with 128 added put too much into each row's sum, negated.
  const std::int32_t* corrections() const { return corrections_.data(); }

 private:
  std::size_t rows_ = 0, columns_ = 0, quads_ = 0;
  Buffer<std::int8_t> cells_;
  Buffer<std::int32_t> corrections_;
};

}  // namespace masudi
