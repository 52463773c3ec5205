#include "linear_model.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

static_assert(std::endian::native == std::endian::little, "the models are little-endian and are used as they lie");

namespace masudi {

namespace {

constexpr std::string_view magic = "MASUDILM";
constexpr std::uint32_t layout_version = 1;
constexpr std::uint32_t last_of_row = 0x8000U;  // flag in the class half: the row ends here

struct Header {
  char magic[8];
  std::uint32_t version, classes, names_size, slots, weights, reserved;
  std::uint64_t checksum;  // XXH3 of all that follows
};
static_assert(sizeof(Header) == 40);

std::uint32_t fingerprint(Feature f) {
  const auto high = static_cast<std::uint32_t>(f >> 32U);
  return high == 0 ? 1 : high;  // 0 marks an empty slot
}

void append(std::string& out, const void* bytes, std::size_t size) { out.append(static_cast<const char*>(bytes), size); }

}  // namespace

struct LinearModel::Mapping {
  void* data = nullptr;
  std::size_t size = 0;
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (data != nullptr) munmap(data, size);
  }
};

LinearModel::LinearModel(std::unique_ptr<Mapping> mapping) : mapping_(std::move(mapping)) {}
LinearModel::LinearModel(LinearModel&&) noexcept = default;
LinearModel& LinearModel::operator=(LinearModel&&) noexcept = default;
LinearModel::~LinearModel() = default;

std::string LinearModel::pack(const std::vector<std::string>& classes, const std::vector<Row>& rows) {
  std::string names;
  for (const auto& name : classes) names += name + '\n';
  while (names.size() % 4 != 0) names += '\n';
  std::uint32_t size = 16;
  while (size < rows.size() + rows.size() / 2) size *= 2;
  std::vector<std::uint32_t> slots(2 * static_cast<std::size_t>(size), 0), weights;
  for (const Row& row : rows) {
    if (row.weights.empty()) continue;
    auto at = static_cast<std::uint32_t>(row.feature) & (size - 1);
    while (slots[2 * at] != 0) at = (at + 1) & (size - 1);
    slots[2 * at] = fingerprint(row.feature);
    slots[2 * at + 1] = static_cast<std::uint32_t>(weights.size());
    for (const Weight& w : row.weights) weights.push_back(w.label | static_cast<std::uint32_t>(static_cast<std::uint16_t>(w.value)) << 16U);
    weights.back() |= last_of_row;
  }
  std::string body = names;
  append(body, slots.data(), slots.size() * 4);
  append(body, weights.data(), weights.size() * 4);
  Header header{};
  std::memcpy(header.magic, magic.data(), 8);
  header.version = layout_version;
  header.classes = static_cast<std::uint32_t>(classes.size());
  header.names_size = static_cast<std::uint32_t>(names.size());
  header.slots = size;
  header.weights = static_cast<std::uint32_t>(weights.size());
  header.checksum = XXH3_64bits(body.data(), body.size());
  std::string out;
  append(out, &header, sizeof header);
  return out + body;
}

Result<LinearModel> LinearModel::open(const std::string& path) {
  const auto corrupt = [&](const char* message) { return Error{ErrorCode::corrupt_store, message, path, {}}; };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return Error{ErrorCode::not_found, std::string(std::strerror(errno)) + "; expected a model made by train/", path, {}};
  auto mapping = std::make_unique<Mapping>();
  struct stat info {};
  if (fstat(file, &info) == 0 && info.st_size > 0) {
    void* at = mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (at != MAP_FAILED) {
      mapping->data = at;
      mapping->size = static_cast<std::size_t>(info.st_size);
    }
  }
  ::close(file);
  const std::string_view bytes(static_cast<const char*>(mapping->data), mapping->size);
  Header header{};
  if (bytes.size() < sizeof header) return corrupt("too short to be a model");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic, 8) != magic || header.version != layout_version) return corrupt("not a model of this program's layout");
  const std::string_view body = bytes.substr(sizeof header);
  const std::uint64_t wanted = static_cast<std::uint64_t>(header.names_size) + 8ULL * header.slots + 4ULL * header.weights;
  if (wanted != body.size() || !std::has_single_bit(header.slots) || header.names_size % 4 != 0)
    return corrupt("the parts do not add up to the file");
  if (XXH3_64bits(body.data(), body.size()) != header.checksum) return corrupt("the checksum does not match: the file is damaged");

  LinearModel out(std::move(mapping));
  std::string_view names = body.substr(0, header.names_size);
  for (std::uint32_t c = 0; c < header.classes; ++c) {
    const auto end = names.find('\n');
    if (end == std::string_view::npos) return corrupt("class names are missing");
    out.classes_.emplace_back(names.substr(0, end));
    names.remove_prefix(end + 1);
  }
  // The parts begin at multiples of four bytes of a page-aligned mapping.
  out.slots_ = reinterpret_cast<const std::uint32_t*>(body.data() + header.names_size);
  out.weights_ = out.slots_ + 2 * static_cast<std::size_t>(header.slots);
  out.mask_ = header.slots - 1;
  out.weight_count_ = header.weights;
  for (std::uint32_t i = 0; i < header.weights; ++i)
    if ((out.weights_[i] & 0x7FFFU) >= header.classes) return corrupt("a weight is of no class");
  if (header.weights > 0 && (out.weights_[header.weights - 1] & last_of_row) == 0) return corrupt("the last row does not end");
  out.present_shift_ = 32U - static_cast<std::uint32_t>(std::bit_width(8 * header.weights | 63U));
  out.present_.assign((std::size_t{1} << (32U - out.present_shift_)) / 64, 0);
  bool full = true;
  for (std::uint32_t s = 0; s < header.slots; ++s) {
    full = full && out.slots_[2 * s] != 0;
    if (out.slots_[2 * s] == 0) continue;
    if (out.slots_[2 * s + 1] >= header.weights) return corrupt("a row lies outside the file");
    const std::uint32_t bit = out.slots_[2 * s] >> out.present_shift_;
    out.present_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  if (full) return corrupt("no empty slot");  // a search would never end
  return out;
}

void LinearModel::score(std::span<const Feature> features, std::vector<std::int32_t>& scores) const {
  scores.assign(classes_.size(), 0);
  // Three rounds, each of which asks for the memory of the next: the lines come while others are waited for.
  constexpr std::size_t at_once = 64;
  std::array<Feature, at_once> found;
  std::array<const std::uint32_t*, at_once> rows;
  while (!features.empty()) {
    const std::size_t count = std::min(at_once, features.size());
    std::size_t n = 0, there = 0;
    for (std::size_t i = 0; i < count; ++i) {  // without a jump: it would be foretold wrongly time and again
      found[n] = features[i];
      const std::uint32_t bit = fingerprint(features[i]) >> present_shift_;
      n += present_[bit / 64] >> bit % 64 & 1U;
    }
    for (std::size_t i = 0; i < n; ++i) __builtin_prefetch(slots_ + 2 * (static_cast<std::uint32_t>(found[i]) & mask_));
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint32_t wanted = fingerprint(found[i]);
      auto at = static_cast<std::uint32_t>(found[i]) & mask_;
      while (slots_[2 * at] != 0 && slots_[2 * at] != wanted) at = (at + 1) & mask_;
      if (slots_[2 * at] == 0) continue;
      rows[there++] = weights_ + slots_[2 * at + 1];
      __builtin_prefetch(rows[there - 1]);
    }
    for (std::size_t i = 0; i < there; ++i)
      for (const std::uint32_t* w = rows[i];; ++w) {
        scores[*w & 0x7FFFU] += static_cast<std::int16_t>(*w >> 16U);
        if ((*w & last_of_row) != 0) break;
      }
    features = features.subspan(count);
  }
}

std::uint32_t LinearModel::classify(std::span<const Feature> features, std::vector<std::int32_t>& scores) const {
  score(features, scores);
  return best(scores);
}

}  // namespace masudi
