// Files of named tensors in the safetensors format: 8 bytes with the size of the header (little-endian), a JSON header that names type, shape and
// place of each tensor, then the tensors' bytes. docs/inference.md says what a language model holds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "masudi/core.h"

namespace masudi {

struct Tensor {
  enum class Type : std::uint8_t { int8, int32, float32 };
  Type type = Type::int8;
  std::vector<std::uint64_t> shape;
  std::string_view bytes;  ///< as they lie in the file; not aligned
};

/// An opened file. Hostile input: the header is checked against the file before anything of it is used. Immutable.
class TensorFile {
 public:
  /// The file is mapped, not read. not_found, io; corrupt_store says what was found and what was expected.
  static Result<TensorFile> open(const std::string& path);
  /// The same from bytes in memory. `path` is for messages.
  static Result<TensorFile> from_bytes(std::string bytes, const std::string& path);
  TensorFile(TensorFile&&) noexcept;
  TensorFile& operator=(TensorFile&&) noexcept;
  ~TensorFile();

  /// nullptr where there is none of this name.
  const Tensor* find(const std::string& name) const;
  const std::map<std::string, Tensor>& tensors() const { return tensors_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  /// All bytes of the file.
  std::string_view bytes() const;
  const std::string& path() const { return path_; }

 private:
  struct Memory;
  TensorFile();
  Result<void> read_header();

  std::unique_ptr<Memory> memory_;
  std::string path_;
  std::map<std::string, Tensor> tensors_;
  std::map<std::string, std::string> metadata_;
};

/// A JSON list of pairs, [["tag", 90], ...]; nothing where it is not one.
std::optional<std::vector<std::pair<std::string, std::uint64_t>>> named_numbers(std::string_view json);

}  // namespace masudi
