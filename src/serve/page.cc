#include "page.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace masudi::serve {

namespace {

/// A place in an order: rows with equal values follow each other as their articles were read.
struct Key {
  std::int64_t value = 0, reading = 0;
  std::uint32_t number = 0;
  auto operator<=>(const Key&) const = default;
};

struct Entry {
  Key key;
  const Row* row;
  bool operator<(const Entry& other) const { return key < other.key; }
};

constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();

std::string cursor_text(const Key& key) { return std::to_string(key.value) + "." + std::to_string(key.reading) + "." + std::to_string(key.number); }

std::optional<Key> parse_cursor(std::string_view text) {
  Key out;
  const char* at = text.data();
  const char* end = text.data() + text.size();
  const auto take = [&](auto& value, bool more) {
    const auto [next, failed] = std::from_chars(at, end, value);
    if (failed != std::errc() || (more ? next == end || *next != '.' : next != end)) return false;
    at = more ? next + 1 : next;
    return true;
  };
  if (take(out.value, true) && take(out.reading, true) && take(out.number, false)) return out;
  return std::nullopt;
}

/// Numbers of words in the order of their letters.
std::vector<std::int64_t> ranks(const Words& words) {
  std::vector<std::uint32_t> order(words.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return words[a] < words[b]; });
  std::vector<std::int64_t> out(words.size());
  for (std::size_t i = 0; i < order.size(); ++i) out[order[i]] = static_cast<std::int64_t>(i);
  return out;
}

}  // namespace

Result<Page> take_page(const Columns& columns, const Filters& filters, const std::string& sort, const std::string& cursor, std::size_t limit) {
  const bool down = sort.starts_with('-');
  const std::string order = sort.empty() ? "date" : sort.substr(down ? 1 : 0);
  std::vector<std::int64_t> rank;
  if (order == "type") rank = ranks(columns.words);
  const auto turned = [down](std::int64_t value) { return down ? -value : value; };
  const auto day = [&](std::int32_t value) { return value == no_day ? last : turned(value); };
  std::function<std::int64_t(const Row&)> value;
  if (order == "date") value = [&](const Row& row) { return day(row.begin); };
  if (order == "published") value = [&](const Row& row) { return day(columns.articles[row.article].published); };
  if (order == "confidence") value = [&](const Row& row) { return turned(static_cast<std::int64_t>(row.confidence * 1e6F)); };
  if (order == "due") value = [&](const Row& row) { return day(row.due); };
  if (order == "type") value = [&](const Row& row) { return turned(rank[row.value[0]]); };
  if (!value) return Error{ErrorCode::usage, "no order \"" + sort + "\"; expected date, published, confidence, due or type, or - before one", "", {}};
  std::optional<Key> after;
  if (!cursor.empty() && !(after = parse_cursor(cursor))) return Error{ErrorCode::usage, "cursor=" + cursor + " is not the `next` of a page", "", {}};

  Page out;
  std::vector<Entry> heap;  // the first limit + 1 after the cursor, the last of them on top
  scan(columns, filters, [&](const Row& row) {
    ++out.total;
    const Entry entry{{value(row), columns.articles[row.article].reading, row.number}, &row};
    if (after && entry.key <= *after) return;
    if (heap.size() == limit + 1) {
      if (!(entry < heap.front())) return;
      std::pop_heap(heap.begin(), heap.end());
      heap.back() = entry;
    } else {
      heap.push_back(entry);
    }
    std::push_heap(heap.begin(), heap.end());
  });
  std::sort_heap(heap.begin(), heap.end());
  if (heap.size() > limit) {
    heap.pop_back();
    if (!heap.empty()) out.next = cursor_text(heap.back().key);
  }
  for (const Entry& entry : heap) out.rows.push_back(entry.row);
  return out;
}

}  // namespace masudi::serve
