#include "tensor_file.h"

#include <fcntl.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>

static_assert(std::endian::native == std::endian::little, "tensors are little-endian and are used as they lie");

namespace masudi {

namespace {

constexpr std::uint64_t longest_header = 64ULL << 20U;
constexpr std::size_t most_dimensions = 8;

std::string in_quotes(std::string_view name) { return "\"" + std::string(name.substr(0, 80)) + "\""; }

struct TypeName {
  std::string_view name;
  Tensor::Type type;
  std::uint64_t size;
};
constexpr TypeName types[] = {{"I8", Tensor::Type::int8, 1}, {"I32", Tensor::Type::int32, 4}, {"F32", Tensor::Type::float32, 4}};

}  // namespace

struct TensorFile::Memory {
  std::string owned;
  void* mapped = nullptr;
  std::size_t size = 0;
  Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() {
    if (mapped != nullptr) munmap(mapped, size);
  }
  std::string_view bytes() const { return mapped != nullptr ? std::string_view(static_cast<const char*>(mapped), size) : std::string_view(owned); }
};

TensorFile::TensorFile() : memory_(std::make_unique<Memory>()) {}
TensorFile::TensorFile(TensorFile&&) noexcept = default;
TensorFile& TensorFile::operator=(TensorFile&&) noexcept = default;
TensorFile::~TensorFile() = default;

Result<TensorFile> TensorFile::open(const std::string& path) {
  TensorFile out;
  out.path_ = path;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Error{ErrorCode::not_found, std::string(std::strerror(errno)) + "; expected a model made by train/", path, {}};
  struct stat info {};
  const bool regular = fstat(file, &info) == 0 && S_ISREG(info.st_mode);
  void* at = regular && info.st_size > 0 ? mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  ::close(file);
  if (!regular) return Error{ErrorCode::io, "not a regular file; expected a model made by train/", path, {}};
  if (at != MAP_FAILED) {
    out.memory_->mapped = at;
    out.memory_->size = static_cast<std::size_t>(info.st_size);
  }
  if (auto read = out.read_header(); !read) return read.error();
  return out;
}

Result<TensorFile> TensorFile::from_bytes(std::string bytes, const std::string& path) {
  TensorFile out;
  out.path_ = path;
  out.memory_->owned = std::move(bytes);
  if (auto read = out.read_header(); !read) return read.error();
  return out;
}

const Tensor* TensorFile::find(const std::string& name) const {
  const auto at = tensors_.find(name);
  return at == tensors_.end() ? nullptr : &at->second;
}

std::string_view TensorFile::bytes() const { return memory_->bytes(); }

Result<void> TensorFile::read_header() {
  const std::string_view all = memory_->bytes();
  const auto corrupt = [&](const std::string& message) { return Error{ErrorCode::corrupt_store, message, path_, {}}; };
  if (all.size() < 10) return corrupt(std::to_string(all.size()) + " bytes; expected a safetensors file");
  std::uint64_t header_size = 0;
  std::memcpy(&header_size, all.data(), 8);
  if (header_size > longest_header || header_size > all.size() - 8)
    return corrupt("the header says it has " + std::to_string(header_size) + " bytes; expected at most the " + std::to_string(all.size() - 8) +
                   " that follow");
  const std::string_view data = all.substr(8 + header_size);
  simdjson::dom::parser parser;
  simdjson::dom::object header;
  const simdjson::padded_string text(all.substr(8, header_size));
  if (const auto error = parser.parse(text).get_object().get(header); error != simdjson::SUCCESS)
    return corrupt(std::string("the header is not a JSON object: ") + simdjson::error_message(error));

  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  bool has_metadata = false;
  for (const auto [key, value] : header) {
    const std::string name(key);
    simdjson::dom::object fields;
    if (value.get_object().get(fields) != simdjson::SUCCESS) return corrupt("the header's " + in_quotes(name) + " is not an object");
    if (name == "__metadata__") {
      if (has_metadata) return corrupt("the header has __metadata__ twice");
      has_metadata = true;
      for (const auto [about, content] : fields) {
        std::string_view words;
        if (content.get_string().get(words) != simdjson::SUCCESS) return corrupt("the metadata " + in_quotes(about) + " is not a string");
        if (!metadata_.emplace(about, words).second) return corrupt("the metadata " + in_quotes(about) + " stands twice");
      }
      continue;
    }
    Tensor tensor;
    std::uint64_t item = 0, begin = 0, end = 0;
    std::string_view type_name;
    if (fields["dtype"].get_string().get(type_name) != simdjson::SUCCESS) return corrupt("the tensor " + in_quotes(name) + " has no dtype");
    for (const TypeName& known : types)
      if (known.name == type_name) {
        tensor.type = known.type;
        item = known.size;
      }
    if (item == 0) return corrupt("the tensor " + in_quotes(name) + " is of type " + in_quotes(type_name) + "; expected I8, I32 or F32");
    simdjson::dom::array shape, offsets;
    if (fields["shape"].get_array().get(shape) != simdjson::SUCCESS || shape.size() > most_dimensions)
      return corrupt("the tensor " + in_quotes(name) + " has no shape of at most 8 numbers");
    std::uint64_t size = item;
    for (const auto dimension : shape) {
      std::uint64_t n = 0;
      if (dimension.get_uint64().get(n) != simdjson::SUCCESS || (n != 0 && size > data.size() / n))
        return corrupt("the shape of the tensor " + in_quotes(name) + " does not fit into the file");
      size *= n;
      tensor.shape.push_back(n);
    }
    std::vector<std::uint64_t> place;
    if (fields["data_offsets"].get_array().get(offsets) == simdjson::SUCCESS)
      for (const auto offset : offsets) {
        std::uint64_t n = 0;
        if (offset.get_uint64().get(n) == simdjson::SUCCESS) place.push_back(n);
      }
    if (place.size() == 2) {
      begin = place[0];
      end = place[1];
    }
    if (place.size() != 2 || begin > end || end > data.size() || end - begin != size)
      return corrupt("the place of the tensor " + in_quotes(name) + " is bytes " + std::to_string(begin) + ".." + std::to_string(end) +
                     "; expected " + std::to_string(size) + " of the " + std::to_string(data.size()) + " after the header");
    tensor.bytes = data.substr(begin, size);
    ranges.emplace_back(begin, end);
    if (!tensors_.emplace(name, std::move(tensor)).second) return corrupt("the tensor " + in_quotes(name) + " stands twice");
  }
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t covered = 0;
  for (const auto& [begin, end] : ranges) {
    if (begin != covered) return corrupt("byte " + std::to_string(std::min(begin, covered)) + " after the header belongs to no or to two tensors");
    covered = end;
  }
  if (covered != data.size()) return corrupt(std::to_string(data.size() - covered) + " bytes behind the last tensor");
  return {};
}

std::optional<std::vector<std::pair<std::string, std::uint64_t>>> named_numbers(std::string_view json) {
  std::vector<std::pair<std::string, std::uint64_t>> out;
  simdjson::dom::parser parser;
  simdjson::dom::array list;
  const simdjson::padded_string text(json);
  if (parser.parse(text).get_array().get(list) != simdjson::SUCCESS) return std::nullopt;
  for (const auto item : list) {
    simdjson::dom::array pair;
    std::string_view name;
    std::uint64_t number = 0;
    if (item.get_array().get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get_string().get(name) != simdjson::SUCCESS ||
        pair.at(1).get_uint64().get(number) != simdjson::SUCCESS)
      return std::nullopt;
    out.emplace_back(name, number);
  }
  return out;
}

}  // namespace masudi
