// Tables of knowledge looked up by words. Nearly all words of a text are in none of them: a bit that a word's hash gives says so before anything is
// searched, and no string is made to ask.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace masudi {

/// A quick hash of short texts.
inline std::uint64_t word_hash(std::string_view text) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
  std::uint64_t h = text.size() * odd;
  const auto mix = [&h](std::uint64_t value) {
    h = (h ^ value) * odd;
    h ^= h >> 32U;
  };
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, 8);
    mix(eight);
  }
  if (left >= 4) {
    std::uint32_t first = 0, last = 0;
    std::memcpy(&first, at, 4);
    std::memcpy(&last, at + left - 4, 4);
    mix(static_cast<std::uint64_t>(first) << 32U | last);
  } else if (left > 0) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])); };
    mix(byte(0) << 16U | byte(left / 2) << 8U | byte(left - 1));
  }
  return h ^ h >> 29U;
}

/// A map from strings that is filled once and asked often: the part of std::unordered_map's face that tables need.
template <class Value>
class StringMap {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return word_hash(text); }
  };
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

 public:
  using mapped_type = Value;
  using const_iterator = typename Map::const_iterator;

  const_iterator find(std::string_view key) const { return may_hold(key) ? map_.find(key) : map_.end(); }
  std::size_t count(std::string_view key) const { return may_hold(key) ? map_.count(key) : 0; }
  bool contains(std::string_view key) const { return count(key) > 0; }
  auto begin() { return map_.begin(); }
  auto end() { return map_.end(); }
  const_iterator begin() const { return map_.begin(); }
  const_iterator end() const { return map_.end(); }
  bool empty() const { return map_.empty(); }
  std::size_t size() const { return map_.size(); }

  template <class... Arguments>
  auto emplace(std::string key, Arguments&&... arguments) {
    note(key);
    return map_.emplace(std::move(key), std::forward<Arguments>(arguments)...);
  }
  Value& operator[](std::string key) {
    note(key);
    return map_[std::move(key)];
  }

 private:
  static constexpr std::size_t bits_a_key = 8;

  bool may_hold(std::string_view key) const {
    if (bits_.empty()) return false;
    const std::uint64_t bit = word_hash(key) >> 32U & (bits_.size() * 64 - 1);
    return (bits_[bit / 64] >> bit % 64 & 1U) != 0;
  }
  void set(std::string_view key) {
    const std::uint64_t bit = word_hash(key) >> 32U & (bits_.size() * 64 - 1);
    bits_[bit / 64] |= std::uint64_t{1} << bit % 64;
  }
  void note(std::string_view key) {
    if (bits_.size() * 64 < (map_.size() + 1) * bits_a_key) {
      bits_.assign(std::bit_ceil((map_.size() + 1) * bits_a_key * 2) / 64 + 1, 0);
      bits_.resize(std::bit_ceil(bits_.size()));
      for (const auto& [known, value] : map_) set(known);
    }
    set(key);
  }

  Map map_;
  std::vector<std::uint64_t> bits_;
};

/// Such maps by the kind of what they list: few kinds, each with words of its own.
template <class Value>
class StringMaps {
 public:
  /// What is listed under a kind for a word, or null.
  const Value* find(std::string_view kind, std::string_view word) const {
    const auto map = maps_.find(kind);
    if (map == maps_.end()) return nullptr;
    const auto found = map->second.find(word);
    return found == map->second.end() ? nullptr : &found->second;
  }
  StringMap<Value>& operator[](std::string_view kind) { return maps_.try_emplace(std::string(kind)).first->second; }

 private:
  std::map<std::string, StringMap<Value>, std::less<>> maps_;
};

/// A set of the same kind.
class StringSet {
 public:
  std::size_t count(std::string_view key) const { return map_.count(key); }
  bool contains(std::string_view key) const { return map_.contains(key); }
  /// The word as it is kept, for who would keep a view of it; null where it is not in the set.
  const std::string* find(std::string_view key) const {
    const auto at = map_.find(key);
    return at == map_.end() ? nullptr : &at->first;
  }
  bool empty() const { return map_.empty(); }
  void insert(std::string_view key) { map_.emplace(std::string(key), char{}); }

 private:
  StringMap<char> map_;
};

}  // namespace masudi
