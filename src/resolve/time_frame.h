// A time expression as its words say it (a Frame), and what it stands for once an anchor is known (a ResolvedTime).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "masudi/core.h"

namespace masudi::times {

/// What words can say about a time. The names are those of the `value` column (docs/timex.md).
enum class Slot : std::uint8_t {
  n,
  milli,  // a bare number, and its thousandths
  year,
  month,
  day,
  week,
  weekday,
  season,
  quarter,
  half,
  decade,
  century,
  weekend,
  year2,
  month2,
  day2,  // the other end of a range
  part,
  hour,
  minute,
  second,
  meridiem,  // time of day
  unit,
  amount,
  amount_milli,
  vague,
  working,  // durations and sets
  shift,
  base,
  dir,
  reach,  // how to count from the anchor
  ref,
  mod,
  fiscal,
  zone,  // of the clock: Z
  hour2,
  minute2,
  meridiem2,  // the other end of a stretch of the clock
  unit2,
  amount2,  // a second part of a duration: "two years and six months"
  nth,      // the how many-th weekday of a month; -1 the last
  easter,   // days from Easter Sunday
  hijri,    // month of the Islamic calendar
  ymd,      // a whole date in one number: 20161016
  isoweek,  // number of a week in its year
  count
};

/// Values of TIMEX3 and of the pattern language that are not numbers. A symbol's number is its place in `symbols`.
inline constexpr std::array<std::string_view, 40> symbols = {
    "",    "Y",         "M",         "W",      "D",         "H",         "MIN",         "S",          "Q",       "DE",
    "CE",  "HY",        "WE",        "SP",     "SU",        "FA",        "WI",          "MO",         "AF",      "EV",
    "NI",  "MI",        "DT",        "AM",     "PM",        "PAST_REF",  "PRESENT_REF", "FUTURE_REF", "START",   "MID",
    "END", "MORE_THAN", "LESS_THAN", "APPROX", "published", "discourse", "X",           "FY",         "quarter", "Z"};
/// The number of a symbol, or nothing.
std::optional<std::int64_t> symbol_number(std::string_view name);
inline std::string_view symbol_name(std::int64_t number) {
  return number >= 0 && number < static_cast<std::int64_t>(symbols.size()) ? symbols.at(static_cast<std::size_t>(number)) : std::string_view{};
}
/// The slot of a name, or nothing.
std::optional<Slot> slot_named(std::string_view name);

/// Slots that are filled; an absent slot is not zero.
class Frame {
 public:
  bool has(Slot slot) const { return (mask_ >> static_cast<unsigned>(slot) & 1U) != 0; }
  std::int64_t get(Slot slot, std::int64_t fallback = 0) const { return has(slot) ? values_.at(static_cast<std::size_t>(slot)) : fallback; }
  void put(Slot slot, std::int64_t value) {
    values_.at(static_cast<std::size_t>(slot)) = value;
    mask_ |= std::uint64_t{1} << static_cast<unsigned>(slot);
  }
  bool is(Slot slot, std::string_view symbol) const { return has(slot) && symbol_name(get(slot)) == symbol; }
  /// Takes the other's slots over this one's, but for the bare number.
  void merge(const Frame& other);
  bool empty() const { return mask_ == 0; }

 private:
  std::array<std::int64_t, static_cast<std::size_t>(Slot::count)> values_{};
  std::uint64_t mask_ = 0;
};

/// Where a weekday or month without a year lies, seen from the anchor.
enum class Direction : std::uint8_t { past, future, nearest };

/// What an expression is counted from.
struct TimeContext {
  std::optional<Day> published;
  std::optional<Day> discourse_day;  ///< the last day that the article named
  std::optional<std::uint32_t> discourse_day_timex;
  std::optional<Day> discourse_period;  ///< first day of the last date of any precision
  std::optional<std::uint32_t> discourse_period_timex;
  bool discourse_is_quarter = false;  ///< the last date was a quarter: "a year earlier" is one too
  Direction direction = Direction::past;
};

struct ResolvedTime {
  std::string value;               ///< TIMEX3
  std::optional<DateRange> range;  ///< days it stands for
  std::string anchor;              ///< "published", "timex 3" or ""
  std::optional<Day> day;          ///< where it is a single day
};

/// DATE and TIME.
ResolvedTime resolve_point(const Frame& frame, const TimeContext& context);
/// DURATION and SET: "P6M", "PT3H30M", "PXW".
std::string duration_value(const Frame& frame);
/// The last day of a stretch that starts on `start`; absent for vague stretches. Hours count from the start of that day.
std::optional<Day> last_day_of(Day start, const Frame& frame);
/// The first day of a stretch that ends on `end`.
std::optional<Day> first_day_of(Day end, const Frame& frame);

/// Calendar arithmetic that keeps within years 1 to 9999; nothing outside.
std::optional<Day> make_day(std::int64_t year, std::int64_t month, std::int64_t day);
std::optional<Day> add_months(Day day, std::int64_t months);

}  // namespace masudi::times
