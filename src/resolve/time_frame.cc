#include "time_frame.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace masudi::times {

namespace {

namespace ch = std::chrono;

constexpr std::array<std::string_view, static_cast<std::size_t>(Slot::count)> slot_names = {
    "n",       "milli",        "year",    "month",     "day",   "week",    "weekday", "season", "quarter", "half",     "decade",
    "century", "weekend",      "year2",   "month2",    "day2",  "part",    "hour",    "minute", "second",  "meridiem", "unit",
    "amount",  "amount_milli", "vague",   "working",   "shift", "base",    "dir",     "reach",  "ref",     "mod",      "fiscal",
    "zone",    "hour2",        "minute2", "meridiem2", "unit2", "amount2", "nth",     "easter", "hijri",   "ymd",      "isoweek"};

// No article speaks of more: beyond it, arithmetic on days would overflow.
constexpr std::int64_t far = 400000;

std::string padded(std::int64_t value, int width) {
  std::string digits = std::to_string(value);
  if (static_cast<int>(digits.size()) < width) digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  return digits;
}

struct Civil {
  std::int64_t year = 0, month = 0, day = 0;
};
Civil civil(Day day) {
  const ch::year_month_day date{day};
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

/// Monday is 1, Sunday 7.
std::int64_t weekday_of(Day day) { return ch::weekday{day}.iso_encoding(); }
Day monday_of(Day day) { return day - ch::days{weekday_of(day) - 1}; }

/// ISO week of a day: its year is that of the week's Thursday.
std::string week_value(Day day) {
  const Day thursday = monday_of(day) + ch::days{3};
  const auto year = civil(thursday).year;
  const auto first = make_day(year, 1, 1);
  const auto week = first ? (thursday - *first).count() / 7 + 1 : 1;
  return padded(year, 4) + "-W" + padded(week, 2);
}

std::optional<DateRange> months_range(std::int64_t year, std::int64_t month, std::int64_t months) {
  const auto begin = make_day(year, month, 1);
  if (!begin) return std::nullopt;
  const auto after = add_months(*begin, months);
  if (!after) return std::nullopt;
  return DateRange{*begin, *after - ch::days{1}};
}

std::optional<DateRange> years_range(std::int64_t first, std::int64_t last) {
  const auto begin = make_day(first, 1, 1), end = make_day(last, 12, 31);
  if (!begin || !end) return std::nullopt;
  return DateRange{*begin, *end};
}

/// Meteorological seasons of the north; the winter of a year is the one that begins in it.
std::int64_t season_month(std::string_view season) {
  if (season == "SP") return 3;
  if (season == "SU") return 6;
  if (season == "FA") return 9;
  return 12;
}

/// The year of something that comes once a year, `first` being the first day of it in a given year.
template <class FirstDay>
std::int64_t pick_year(Day anchor, Direction direction, std::int64_t dir, bool month_wide, FirstDay&& first) {
  const auto now = civil(anchor);
  const auto begin_of_month = make_day(now.year, now.month, 1);
  const Day reference = month_wide && begin_of_month ? *begin_of_month : anchor;
  std::optional<std::int64_t> before, after, strictly_before, strictly_after;
  for (std::int64_t year = now.year - 9; year <= now.year + 9; ++year) {  // nine: 29 February may be that far away
    const std::optional<Day> day = first(year);
    if (!day) continue;
    if (*day <= reference) before = year;
    if (*day < reference) strictly_before = year;
    if (*day >= reference && !after) after = year;
    if (*day > reference && !strictly_after) strictly_after = year;
  }
  if (dir < 0) return strictly_before.value_or(now.year);
  if (dir > 0) return strictly_after.value_or(now.year);
  if (!before) return after.value_or(now.year);
  if (!after) return *before;
  const auto back = (reference - *first(*before)).count(), ahead = (*first(*after) - reference).count();
  // A day without a year that the tense would put most of a year away, while its twin is near, is the twin.
  constexpr std::int64_t distant = 300, near = 45;
  if (direction == Direction::past) return !month_wide && back > distant && ahead < near ? *after : *before;
  if (direction == Direction::future) return !month_wide && ahead > distant && back < near ? *before : *after;
  return back <= ahead ? *before : *after;
}

/// The time of day that an hour with its minutes and half of the day means, as minutes after midnight; nothing where there is none.
std::optional<std::int64_t> minutes_of_day(std::int64_t hour, std::int64_t minute, std::string_view meridiem, std::string_view part) {
  if (hour >= 100) {  // 2230 GMT
    minute = hour % 100;
    hour /= 100;
  }
  if (hour > 24 || minute > 59 || minute < -59) return std::nullopt;
  const bool later_half = meridiem.empty() ? part == "AF" || part == "EV" || (part == "NI" && hour >= 5) : meridiem == "PM";
  if (later_half && hour < 12) hour += 12;
  if (meridiem == "AM" && hour == 12) hour = 0;
  const std::int64_t out = hour * 60 + minute;  // "ten to seven" has -10 minutes
  return out < 0 ? out + 24 * 60 : out;
}

std::string clock(std::int64_t minutes) { return "T" + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2); }

/// "T22:30", "TAF", or nothing.
std::string time_suffix(const Frame& frame) {
  const auto part = frame.has(Slot::part) ? symbol_name(frame.get(Slot::part)) : std::string_view{};
  if (frame.has(Slot::hour)) {
    const auto minutes = minutes_of_day(frame.get(Slot::hour), frame.get(Slot::minute), symbol_name(frame.get(Slot::meridiem)), part);
    if (!minutes) return "";
    std::string out = clock(*minutes);
    if (frame.has(Slot::second)) out += ":" + padded(frame.get(Slot::second), 2);
    if (frame.has(Slot::zone)) out += symbol_name(frame.get(Slot::zone));
    return out;
  }
  return part.empty() ? "" : "T" + std::string(part);
}

/// Both ends of "5 to 6 pm", "8 am - 3", "between 7 and 9 last night". An end that does not say its half of the day follows the other:
/// it begins before it ends.
std::optional<std::pair<std::string, std::string>> time_stretch(const Frame& frame) {
  const auto part = frame.has(Slot::part) ? symbol_name(frame.get(Slot::part)) : std::string_view{};
  const auto first = symbol_name(frame.get(Slot::meridiem)), last = symbol_name(frame.get(Slot::meridiem2));
  const std::int64_t hour = frame.get(Slot::hour), hour2 = frame.get(Slot::hour2);
  auto begin = minutes_of_day(hour, frame.get(Slot::minute), first, first.empty() && !last.empty() ? last == "PM" ? "AF" : "MO" : part);
  auto end = minutes_of_day(hour2, frame.get(Slot::minute2), last, part);
  if (!begin || !end) return std::nullopt;
  constexpr std::int64_t half = 12 * 60;
  if (first.empty() && !last.empty() && *begin >= *end && *begin >= half) *begin -= half;  // 11 to 2 pm
  if (last.empty() && *end <= *begin && *end + half <= 2 * half) *end += half;             // 8 am - 3
  return std::pair(clock(*begin), clock(*end));
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
std::optional<Day> easter_sunday(std::int64_t year) {
  const std::int64_t a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const std::int64_t h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const std::int64_t m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return make_day(year, n / 31, n % 31 + 1);
}

/// First day of a month of the Islamic calendar, in its tabular form: the sighting of the moon may make it a day earlier or later.
Day hijri_day(std::int64_t year, std::int64_t month, std::int64_t day) {
  constexpr std::int64_t epoch = 492148;  // days from 1 Muharram of year 1 (16 July 622, Julian) to 1 January 1970
  const std::int64_t since = day - 1 + (59 * (month - 1) + 1) / 2 + (year - 1) * 354 + (3 + 11 * year) / 30;
  return Day{ch::days{since - epoch}};
}

/// The first day that a feast has in a Gregorian year, and nothing where the year has none.
std::optional<Day> feast_day(const Frame& frame, std::int64_t year) {
  if (frame.has(Slot::easter)) {
    const auto sunday = easter_sunday(year);
    return sunday ? std::optional(*sunday + ch::days{frame.get(Slot::easter)}) : std::nullopt;
  }
  if (frame.has(Slot::hijri)) {
    const auto new_year = make_day(year, 1, 1);
    if (!new_year || year < 623) return std::nullopt;
    const std::int64_t around = (year - 622) * 33 / 32;
    for (std::int64_t lunar = around - 2; lunar <= around + 2; ++lunar) {
      const Day day = hijri_day(lunar, frame.get(Slot::hijri), frame.get(Slot::day, 1));
      if (civil(day).year == year) return day;
    }
    return std::nullopt;
  }
  const std::int64_t month = frame.get(Slot::month), nth = frame.get(Slot::nth), weekday = frame.get(Slot::weekday);
  const auto first = make_day(year, month, 1);
  const auto next = first ? add_months(*first, 1) : std::nullopt;
  if (!next) return std::nullopt;
  if (nth < 0) {
    const Day last = *next - ch::days{1};
    return last - ch::days{(weekday_of(last) - weekday + 7) % 7 + 7 * (-nth - 1)};
  }
  return *first + ch::days{(weekday - weekday_of(*first) + 7) % 7 + 7 * (nth - 1)};
}

void append_part(std::string& out, std::int64_t amount, std::int64_t milli, std::string_view unit) {
  out += std::to_string(amount);
  if (milli > 0) {
    std::string fraction = padded(milli, 3);
    while (fraction.ends_with('0')) fraction.pop_back();
    out += "." + fraction;
  }
  out += unit;
}

/// A calendar unit `shift` units away from the anchor.
std::optional<ResolvedTime> shifted(Day anchor, std::string_view unit, std::int64_t shift) {
  if (std::abs(shift) > far) return std::nullopt;
  ResolvedTime out;
  const auto now = civil(anchor);
  if (unit == "D") {
    const Day day = anchor + ch::days{shift};
    if (!make_day(civil(day).year, 1, 1)) return std::nullopt;
    out.value = to_iso(day);
    out.range = DateRange{day, day};
    out.day = day;
    return out;
  }
  if (unit == "W" || unit == "WE") {
    const Day monday = monday_of(anchor) + ch::days{7 * shift};
    if (!make_day(civil(monday).year, 1, 1)) return std::nullopt;
    const bool weekend = unit == "WE";
    out.value = week_value(monday) + (weekend ? "-WE" : "");
    out.range = DateRange{weekend ? monday + ch::days{5} : monday, monday + ch::days{6}};
    return out;
  }
  if (unit == "M") {
    const auto month = make_day(now.year, now.month, 1);
    const auto first = month ? add_months(*month, shift) : std::nullopt;
    if (!first) return std::nullopt;
    const auto date = civil(*first);
    out.value = padded(date.year, 4) + "-" + padded(date.month, 2);
    out.range = months_range(date.year, date.month, 1);
    return out;
  }
  if (unit == "Q" || unit == "HY") {
    const std::int64_t months = unit == "Q" ? 3 : 6;
    const auto month = make_day(now.year, (now.month - 1) / months * months + 1, 1);
    const auto first = month ? add_months(*month, months * shift) : std::nullopt;
    if (!first) return std::nullopt;
    const auto date = civil(*first);
    out.value = padded(date.year, 4) + (unit == "Q" ? "-Q" : "-H") + std::to_string((date.month - 1) / months + 1);
    out.range = months_range(date.year, date.month, months);
    return out;
  }
  if (unit == "Y") {
    if (!make_day(now.year + shift, 1, 1)) return std::nullopt;
    out.value = padded(now.year + shift, 4);
    out.range = years_range(now.year + shift, now.year + shift);
    return out;
  }
  if (unit == "DE" || unit == "CE") {
    const std::int64_t years = unit == "DE" ? 10 : 100;
    const std::int64_t first = now.year / years + shift;
    if (!make_day(first * years + 1, 1, 1)) return std::nullopt;
    out.value = padded(first, unit == "DE" ? 3 : 2);
    out.range = years_range(std::max<std::int64_t>(first * years, 1), first * years + years - 1);
    return out;
  }
  return std::nullopt;
}

std::string reference_value(std::int64_t shift) { return shift < 0 ? "PAST_REF" : shift > 0 ? "FUTURE_REF" : "PRESENT_REF"; }

}  // namespace

std::optional<std::int64_t> symbol_number(std::string_view name) {
  for (std::size_t i = 0; i < symbols.size(); ++i)
    if (symbols.at(i) == name) return static_cast<std::int64_t>(i);
  return std::nullopt;
}

std::optional<Slot> slot_named(std::string_view name) {
  for (std::size_t i = 0; i < slot_names.size(); ++i)
    if (slot_names.at(i) == name) return static_cast<Slot>(i);
  return std::nullopt;
}

void Frame::merge(const Frame& other) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(Slot::count); ++i) {
    const auto slot = static_cast<Slot>(i);
    if (other.has(slot) && slot != Slot::n && slot != Slot::milli) put(slot, other.get(slot));
  }
}

std::optional<Day> make_day(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const ch::year_month_day date{ch::year(static_cast<int>(year)), ch::month(static_cast<unsigned>(month)), ch::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Day{date};
}

std::optional<Day> add_months(Day day, std::int64_t months) {
  if (std::abs(months) > far) return std::nullopt;
  const auto date = civil(day);
  const std::int64_t index = date.year * 12 + date.month - 1 + months;
  if (index < 12 || index / 12 > 9999) return std::nullopt;
  for (std::int64_t d = date.day; d > 27; --d)  // 31 January and a month is the last day of February
    if (const auto made = make_day(index / 12, index % 12 + 1, d)) return made;
  return make_day(index / 12, index % 12 + 1, date.day);
}

std::string duration_value(const Frame& frame) {
  const auto unit = symbol_name(frame.get(Slot::unit));
  const bool clock = unit == "H" || unit == "MIN" || unit == "S";
  std::string out = clock ? "PT" : "P";
  const std::string letter = unit == "MIN" ? "M" : std::string(unit);
  if (frame.has(Slot::vague)) return out + "X" + letter;
  std::int64_t amount = frame.get(Slot::amount, 1), milli = frame.get(Slot::amount_milli);
  if (unit == "WE") return "P" + std::to_string(2 * std::min(amount, far)) + "D";
  if (unit == "HY") return "P" + std::to_string(6 * std::min(amount, far)) + "M";
  if (unit == "H" && milli > 0 && milli * 60 % 1000 == 0) {
    if (amount > 0) append_part(out, amount, 0, "H");
    append_part(out, milli * 60 / 1000, 0, "M");
    return out;
  }
  append_part(out, amount, milli, letter);
  if (frame.has(Slot::unit2)) {  // "two years and six months": the larger unit stands first
    constexpr std::string_view order = "YMWDHIS";
    const auto second = symbol_name(frame.get(Slot::unit2));
    const auto rank = [&](std::string_view name) { return name == "MIN" ? order.find('I') : name.size() == 1 ? order.find(name[0]) : order.npos; };
    if (rank(unit) == order.npos || rank(second) == order.npos || rank(unit) >= rank(second)) return out;
    const bool second_clock = second == "H" || second == "MIN" || second == "S";
    if (second_clock && !clock) out += "T";
    append_part(out, frame.get(Slot::amount2), 0, second == "MIN" ? "M" : second);
  }
  return out;
}

namespace {

std::optional<Day> moved(Day from, const Frame& frame, std::int64_t sign) {
  const auto unit = symbol_name(frame.get(Slot::unit));
  if (frame.has(Slot::vague) || unit.empty()) return std::nullopt;
  const std::int64_t amount = frame.get(Slot::amount, 1), milli = frame.get(Slot::amount_milli);
  if (amount < 0 || amount > far) return std::nullopt;
  if (unit == "Y") return add_months(from, sign * (amount * 12 + milli * 12 / 1000));
  if (unit == "HY") return add_months(from, sign * amount * 6);
  if (unit == "Q") return add_months(from, sign * amount * 3);
  if (unit == "M") return add_months(from, sign * amount);
  if (unit == "DE") return add_months(from, sign * amount * 120);
  if (unit == "CE") return add_months(from, sign * amount * 1200);
  std::int64_t days = 0;
  if (unit == "D")
    days = amount + (milli > 0 ? 1 : 0);
  else if (unit == "W")
    days = amount * 7 + milli * 7 / 1000;
  else if (unit == "WE")
    days = 2 * amount;
  else if (unit == "H")
    days = std::max<std::int64_t>((amount + 23) / 24 - 1, 0);
  // Minutes and seconds end on the day itself.
  Day day = from;
  if (unit == "D" && frame.has(Slot::working)) {
    for (std::int64_t left = days; left > 0;) {
      day += ch::days{sign};
      if (weekday_of(day) <= 5) --left;
    }
  } else {
    day += ch::days{sign * days};
  }
  return make_day(civil(day).year, 1, 1) ? std::optional(day) : std::nullopt;
}

}  // namespace

std::optional<Day> last_day_of(Day start, const Frame& frame) { return moved(start, frame, 1); }
std::optional<Day> first_day_of(Day end, const Frame& frame) { return moved(end, frame, -1); }

namespace {

/// The date alone, without its time of day.
ResolvedTime resolve_date(const Frame& frame, const TimeContext& context) {
  ResolvedTime out;
  if (frame.has(Slot::ref)) {
    out.value = symbol_name(frame.get(Slot::ref));
    return out;
  }
  // "a year ago" beside a quarter's figures is that quarter a year before
  const bool from_quarter = frame.is(Slot::base, "quarter") && context.discourse_is_quarter;
  const bool from_discourse = frame.is(Slot::base, "discourse") || from_quarter;
  const auto unit = symbol_name(frame.get(Slot::unit));
  const bool fine = unit == "D" || unit == "W" || unit == "WE" || !frame.has(Slot::shift);
  std::optional<Day> anchor = context.published;
  std::string anchor_name = anchor ? "published" : "";
  const auto& discourse = fine ? context.discourse_day : context.discourse_period;
  if (from_discourse && discourse) {
    anchor = discourse;
    anchor_name = "timex " + std::to_string((fine ? context.discourse_day_timex : context.discourse_period_timex).value_or(0));
  }
  Direction direction = context.direction;
  const std::int64_t dir = frame.get(Slot::dir);

  std::optional<std::int64_t> year;
  if (frame.has(Slot::year)) {
    year = frame.get(Slot::year);
    if (*year < 100) *year += *year < 50 ? 2000 : 1900;
  }
  if (frame.has(Slot::decade)) {
    std::int64_t decade = frame.get(Slot::decade);
    if (decade >= 1000)
      decade /= 10;  // the 1960s
    else if (decade < 100)
      decade = decade / 10 + (decade < 30 ? 200 : 190);  // the '60s; nobody means the 1920s by the '20s any more
    out.value = padded(decade, 3);
    out.range = years_range(decade * 10, decade * 10 + 9);
    return out;
  }
  if (frame.has(Slot::century)) {
    const std::int64_t century = frame.get(Slot::century) - 1;
    out.value = padded(century, 2);
    out.range = years_range(century * 100 + 1, century * 100 + 100);
    return out;
  }

  if (frame.has(Slot::ymd)) {
    const std::int64_t n = frame.get(Slot::ymd);
    const auto made = make_day(n / 10000, n / 100 % 100, n % 100);
    if (!made) return out;
    return {to_iso(*made), DateRange{*made, *made}, "", made};
  }
  if (frame.has(Slot::easter) || frame.has(Slot::hijri) || frame.has(Slot::nth)) {
    const auto feast = [&](std::int64_t y) { return feast_day(frame, y); };
    if (!year && frame.has(Slot::shift) && unit == "Y" && anchor) year = civil(*anchor).year + frame.get(Slot::shift);
    if (!year && anchor) {
      year = frame.is(Slot::base, "published") ? civil(*anchor).year : pick_year(*anchor, direction, dir, false, feast);
      out.anchor = anchor_name;
    }
    const auto made = year ? feast(*year) : std::nullopt;
    if (!made) {
      out.value = "XXXX-XX-XX";
      return out;
    }
    out.value = to_iso(*made);
    out.day = made;
    out.range = DateRange{*made, *made};
    if (frame.has(Slot::hijri) && !frame.has(Slot::day)) {  // a whole month: Ramadan
      const Day last = *made + ch::days{29};
      out.value += "/" + to_iso(last);
      out.range = DateRange{*made, last};
      out.day = std::nullopt;
    }
    return out;
  }
  if (frame.has(Slot::isoweek)) {
    if (!year && !anchor) return out;
    const auto fourth = make_day(year ? *year : civil(*anchor).year, 1, 4);  // lies in week 1
    if (!fourth) return out;
    const Day monday = monday_of(*fourth) + ch::days{7 * (frame.get(Slot::isoweek) - 1)};
    out.value = week_value(monday);
    out.range = DateRange{monday, monday + ch::days{6}};
    if (!year) out.anchor = anchor_name;
    return out;
  }

  const bool has_shift = frame.has(Slot::shift);
  const std::int64_t shift = frame.get(Slot::shift);
  if (has_shift && !anchor) {
    out.value = frame.has(Slot::weekday) ? "XXXX-WXX-" + std::to_string(frame.get(Slot::weekday)) : reference_value(shift);
    return out;
  }
  if (has_shift && std::abs(shift) <= far && anchor) {
    // "March last year", "last year's third quarter": the shift says which year
    const bool in_year = frame.has(Slot::month) || frame.has(Slot::season) || frame.has(Slot::quarter) || frame.has(Slot::half);
    if (unit == "Y" && in_year) {
      year = civil(*anchor).year + shift;
      out.anchor = anchor_name;
    } else if (unit == "Y" && from_discourse && context.discourse_is_quarter && context.discourse_period && *anchor == *context.discourse_period) {
      if (const auto first = add_months(*anchor, 12 * shift)) {
        auto made = shifted(*first, "Q", 0).value_or(ResolvedTime{});
        made.anchor = anchor_name;
        return made;
      }
      return out;
    } else if (unit == "W" && frame.has(Slot::weekday)) {
      const Day day = monday_of(*anchor) + ch::days{7 * shift + frame.get(Slot::weekday) - 1};
      return {to_iso(day), DateRange{day, day}, anchor_name, day};
    } else if (unit == "M" && frame.has(Slot::day)) {
      const auto first = make_day(civil(*anchor).year, civil(*anchor).month, 1);
      const auto month = first ? add_months(*first, shift) : std::nullopt;
      const auto day = month ? make_day(civil(*month).year, civil(*month).month, frame.get(Slot::day)) : std::nullopt;
      if (!day) return out;
      return {to_iso(*day), DateRange{*day, *day}, anchor_name, day};
    } else if (auto made = shifted(*anchor, unit, shift)) {
      made->anchor = anchor_name;
      return *made;
    } else {
      out.value = reference_value(shift);
      return out;
    }
  } else if (has_shift) {
    out.value = reference_value(shift);
    return out;
  }

  if (frame.has(Slot::month)) {
    const std::int64_t month = frame.get(Slot::month);
    const std::int64_t day = frame.get(Slot::day);
    const bool has_day = frame.has(Slot::day);
    if (!year && anchor) {
      const auto wanted = [&](std::int64_t y) -> std::optional<Day> {
        const auto made = make_day(y, month, has_day ? day : 1);
        // a weekday beside it ("Wednesday, April 4") says which year
        if (made && has_day && frame.has(Slot::weekday) && weekday_of(*made) != frame.get(Slot::weekday)) return std::nullopt;
        return made;
      };
      const auto loose = [&](std::int64_t y) { return make_day(y, month, has_day ? day : 1); };
      const auto now = civil(*anchor).year;
      const bool fits = wanted(now - 1) || wanted(now) || wanted(now + 1);
      if (frame.is(Slot::base, "published"))
        year = now;
      else
        year = fits ? pick_year(*anchor, has_day && frame.has(Slot::weekday) ? Direction::nearest : direction, dir, !has_day, wanted)
                    : pick_year(*anchor, direction, dir, !has_day, loose);
      out.anchor = anchor_name;
    }
    const std::string y = year ? padded(*year, 4) : "XXXX";
    out.value = y + "-" + padded(month, 2);
    if (!has_day) {
      if (year) out.range = months_range(*year, month, 1);
      if (year && out.range && frame.has(Slot::month2)) {  // June-August 2019, November-February 2019
        const std::int64_t last = frame.get(Slot::month2);
        const auto begin_year = last < month ? *year - 1 : *year;
        const auto begin = months_range(begin_year, month, 1), end = months_range(*year, last, 1);
        if (begin && end) {
          out.value = padded(begin_year, 4) + "-" + padded(month, 2) + "/" + y + "-" + padded(last, 2);
          out.range = DateRange{begin->begin, end->end};
        }
      }
      return out;
    }
    out.value += "-" + padded(day, 2);
    if (!make_day(2000, month, day)) out.value.clear();  // 30 February
    if (!year) return out;
    const auto made = make_day(*year, month, day);
    if (!made) out.value.clear();  // 30 February
    if (made) {
      out.range = DateRange{*made, *made};
      out.day = made;
    }
    if (frame.has(Slot::day2)) {
      const std::int64_t month2 = frame.get(Slot::month2, month);
      const std::int64_t year2 = frame.has(Slot::year2) ? frame.get(Slot::year2) : month2 < month ? *year + 1 : *year;
      const auto last = make_day(year2, month2, frame.get(Slot::day2));
      out.day = std::nullopt;
      if (made && last && *made <= *last) {
        out.value = to_iso(*made) + "/" + to_iso(*last);
        out.range = DateRange{*made, *last};
      }
    }
    return out;
  }

  if (frame.has(Slot::season) || frame.has(Slot::quarter) || frame.has(Slot::half)) {
    const auto season = symbol_name(frame.get(Slot::season));
    const bool is_quarter = frame.has(Slot::quarter);
    const std::int64_t months = frame.has(Slot::half) ? 6 : 3;
    const std::int64_t month = frame.has(Slot::season) ? season_month(season)
                               : is_quarter            ? (frame.get(Slot::quarter) - 1) * 3 + 1
                                                       : (frame.get(Slot::half) - 1) * 6 + 1;
    if (!year && anchor) {
      out.anchor = anchor_name;
      if (frame.is(Slot::base, "published"))
        year = civil(*anchor).year;
      else {
        // "last summer" is over: count from its last month
        const auto begin = [&](std::int64_t y) { return make_day(y, month, 1); };
        const auto end = [&](std::int64_t y) -> std::optional<Day> {
          const auto first = make_day(y, month, 1);
          const auto after = first ? add_months(*first, months) : std::nullopt;
          return after ? std::optional(*after - ch::days{1}) : std::nullopt;
        };
        // and plans speak of quarters that are over: ahead only where that is nearer
        const Direction near = direction == Direction::past ? direction : Direction::nearest;
        year = dir < 0 ? pick_year(*anchor, near, dir, false, end) : pick_year(*anchor, near, dir, true, begin);
      }
    }
    const std::string y = year ? padded(*year, 4) : "XXXX";
    if (frame.has(Slot::season))
      out.value = y + "-" + std::string(season);
    else
      out.value = y + (is_quarter ? "-Q" : "-H") + std::to_string(is_quarter ? frame.get(Slot::quarter) : frame.get(Slot::half));
    if (year) out.range = months_range(*year, month, months);
    return out;
  }

  if (frame.has(Slot::weekday) && !frame.has(Slot::day)) {
    const std::int64_t wanted = frame.get(Slot::weekday);
    if (!anchor) {
      out.value = "XXXX-WXX-" + std::to_string(wanted);
      return out;
    }
    const std::int64_t ahead = (wanted - weekday_of(*anchor) + 7) % 7;  // 0..6
    std::int64_t move = 0;
    if (frame.is(Slot::base, "published"))
      move = wanted - weekday_of(*anchor);  // "this Friday": of this week
    else if (dir < 0)
      move = ahead == 0 ? -7 : ahead - 7;
    else if (dir > 0)
      move = ahead == 0 ? 7 : ahead;
    else if (direction == Direction::future)
      move = ahead;
    else
      move = ahead == 0 ? 0 : ahead - 7;
    const Day day = *anchor + ch::days{move};
    return {to_iso(day), DateRange{day, day}, anchor_name, day};
  }

  if (frame.has(Slot::day)) {  // "on the 14th"
    if (!anchor) {
      out.value = "XXXX-XX-" + padded(frame.get(Slot::day), 2);
      return out;
    }
    const auto now = civil(*anchor);
    // beside a weekday ("Monday the 21st") it may be most of a year away
    for (std::int64_t ahead = 0; ahead <= (frame.has(Slot::weekday) ? 11 : 2); ++ahead) {
      const std::int64_t months = direction == Direction::future ? ahead : -ahead;
      const auto month = make_day(now.year, now.month, 1);
      const auto moved_month = month ? add_months(*month, months) : std::nullopt;
      const auto day = moved_month ? make_day(civil(*moved_month).year, civil(*moved_month).month, frame.get(Slot::day)) : std::nullopt;
      if (!day || (direction == Direction::future ? *day < *anchor : *day > *anchor)) continue;
      if (frame.has(Slot::weekday) && weekday_of(*day) != frame.get(Slot::weekday)) continue;  // "Monday the 21st"
      return {to_iso(*day), DateRange{*day, *day}, anchor_name, day};
    }
    return out;
  }

  if (year) {
    out.value = padded(*year, 4);
    out.range = years_range(*year, *year);
    if (!out.range) out.value.clear();
    if (frame.has(Slot::year2)) {  // 2014-2016, 2014-15
      std::int64_t last = frame.get(Slot::year2);
      if (last < 100) last += *year / 100 * 100;
      if (const auto range = years_range(*year, last); range && last > *year) {
        out.value += "/" + padded(last, 4);
        out.range = range;
      }
    }
    return out;
  }

  // A bare time of day belongs to the day that is being told of, or to the day of publication.
  const auto day = context.discourse_day && !frame.is(Slot::base, "published") ? context.discourse_day : context.published;
  if (!day) {
    out.value = "XXXX-XX-XX";
    return out;
  }
  out.value = to_iso(*day);
  out.range = DateRange{*day, *day};
  out.day = day;
  out.anchor =
      context.discourse_day && !frame.is(Slot::base, "published") ? "timex " + std::to_string(context.discourse_day_timex.value_or(0)) : "published";
  return out;
}

}  // namespace

ResolvedTime resolve_point(const Frame& frame, const TimeContext& context) {
  ResolvedTime out = resolve_date(frame, context);
  if (frame.has(Slot::week) && out.day) {  // "the week of March 6"
    const Day monday = monday_of(*out.day);
    out.value = week_value(monday);
    out.range = DateRange{monday, monday + ch::days{6}};
    out.day = std::nullopt;
    return out;
  }
  if (out.value.empty()) return out;  // no such day
  if (frame.has(Slot::hour2) && !frame.has(Slot::ref)) {
    const auto stretch = time_stretch(frame);
    if (!stretch) return out;
    if (out.value.ends_with("_REF")) out.value = "XXXX-XX-XX";
    out.value = out.value + stretch->first + "/" + out.value + stretch->second;
    return out;
  }
  const std::string suffix = time_suffix(frame);
  if (suffix.empty() || frame.has(Slot::ref)) return out;
  if (out.value.ends_with("_REF")) out.value = "XXXX-XX-XX";  // "yesterday evening" of an unknown day
  out.value += suffix;
  return out;
}

}  // namespace masudi::times
