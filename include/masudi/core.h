// Spans, days, errors and results: the small values that every stage shares.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace masudi {

/// Bytes of Article::text, half-open. Never mixed with RawSpan: they are different types.
struct TextSpan {
  std::uint32_t begin = 0, end = 0;

  constexpr std::uint32_t size() const { return end > begin ? end - begin : 0; }
  constexpr bool empty() const { return end <= begin; }
  constexpr bool contains(TextSpan other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(TextSpan other) const { return begin < other.end && other.begin < end; }
  constexpr auto operator<=>(const TextSpan&) const = default;
};

/// Bytes as received (before decoding), half-open.
struct RawSpan {
  std::uint64_t begin = 0, end = 0;
  constexpr auto operator<=>(const RawSpan&) const = default;
};

/// The words of `text` under `span`; empty where the span does not fit.
std::string_view slice(std::string_view text, TextSpan span);
std::string_view slice(std::string&& text, TextSpan span) = delete;  // a view into a temporary

/// A calendar day in UTC.
using Day = std::chrono::sys_days;

/// "2021-07-26" for a day.
std::string to_iso(Day day);
/// A day of "YYYY-MM-DD", or nothing where it is not one ("2021-02-30", "21-7-1").
std::optional<Day> parse_iso_day(std::string_view text);

/// A run of calendar days, both ends included.
struct DateRange {
  Day begin{}, end{};
  auto operator<=>(const DateRange&) const = default;
};

/// What went wrong. An enumerator is spelled as it is exported.
enum class ErrorCode : std::uint8_t {
  usage,                 ///< a wrong argument or option
  not_found,             ///< a file, a record or a row that is not there
  malformed_input,       ///< bytes that are not what they should be
  bad_encoding,          ///< text that no decoder reads
  unsupported_language,  ///< an article in a language that masudi does not read
  too_large,             ///< input over the limit that was set
  corrupt_store,         ///< a ledger or pack that fails its checks
  io,                    ///< reading or writing failed
};
std::string_view to_string(ErrorCode code);

/// What stopped a call: where, what was found, and what would have been accepted.
struct Error {
  ErrorCode code = ErrorCode::io;
  std::string message;
  std::string path;  ///< the file or source, if any
  RawSpan at;        ///< bytes of it, if known
};
/// "path: message" (with the byte offset where there is one), for a person.
std::string to_string(const Error& error);

/// A value, or the Error that kept it from being made. Borrows the names of std::expected (C++23).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

/// A call that gives nothing back but may fail.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

/// An article that could not be read: an ordinary answer, kept as a row. The run goes on.
struct Reject {
  std::string path;  ///< file or source
  RawSpan at;        ///< bytes of it
  ErrorCode code = ErrorCode::malformed_input;
  std::string message;
};

/// SHA-256 of the bytes in lower-case hexadecimal (64 characters).
std::string sha256_hex(std::string_view bytes);

/// ASCII lower case; other bytes are left alone. For lookup keys that are known to be ASCII.
std::string ascii_lower(std::string_view text);
/// The key under which names are compared: Unicode case folding, diacritics removed, typographic apostrophes and
/// dashes made plain, runs of white space made one blank. "Al‑Kāẓimī’s" -> "al-kazimi's".
std::string fold(std::string_view text);
/// Is fold() no more than ascii_lower() of that text? So it is of most words. May say no where it is.
bool folds_as_ascii(std::string_view text);

}  // namespace masudi
