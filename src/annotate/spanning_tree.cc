#include "spanning_tree.h"

#include <cstddef>
#include <limits>

namespace masudi {

namespace {

using std::int32_t;
using std::int64_t;
using std::size_t;

constexpr int64_t none = std::numeric_limits<int64_t>::min() / 4;
constexpr int64_t root_price = int64_t{1} << 45U;  // more than any two trees without the root's arc can differ by: 2^14 words, scores under 2^30

}  // namespace

bool is_tree(const int32_t* heads, size_t words) {
  size_t roots = 0;
  std::vector<uint32_t> seen(words, 0);  // by which walk
  for (size_t i = 0; i < words; ++i) {
    if (heads[i] < -1 || heads[i] >= static_cast<int32_t>(words)) return false;
    if (heads[i] == -1) ++roots;
    const auto walk = static_cast<uint32_t>(i + 1);
    for (auto at = static_cast<int32_t>(i); at >= 0; at = heads[at]) {
      if (seen[static_cast<size_t>(at)] == walk) return false;
      if (seen[static_cast<size_t>(at)] != 0) break;
      seen[static_cast<size_t>(at)] = walk;
      if (heads[at] >= static_cast<int32_t>(words)) return false;
    }
  }
  return words == 0 || roots == 1;
}

void best_tree(const int32_t* scores, size_t stride, size_t words, int32_t* heads, TreeSearch& s) {
  // Sources are columns: 0 is the root, 1 + j is word j. Nodes are words, then the circles that were contracted. Each node has a row of `weights`:
  // its best arc from every source, with what choosing that arc would undo inside the node already taken off.
  const size_t columns = words + 1, nodes = 2 * words;
  s.weights.resize(words * columns);
  s.targets.resize(words * columns);
  s.top.resize(words);
  s.parent.assign(nodes, -1);
  s.source.assign(nodes, 0);
  s.target.assign(nodes, 0);
  s.row.assign(nodes, 0);
  s.on_path.assign(nodes, 0);
  if (s.members.size() < nodes) s.members.resize(nodes);
  s.path.clear();
  for (size_t i = 0; i < words; ++i) {
    int64_t* weights = s.weights.data() + i * columns;
    int32_t* targets = s.targets.data() + i * columns;
    for (size_t from = 0; from < columns; ++from) {
      weights[from] = scores[from * stride + i];
      targets[from] = static_cast<int32_t>(i);
    }
    weights[0] -= root_price;
    weights[i + 1] = none;
    s.top[i] = s.row[i] = static_cast<int32_t>(i);
  }
  s.chosen.assign(nodes, 0);
  auto next_node = static_cast<int32_t>(words);
  int32_t node = 0;
  for (;;) {
    // Follow the best arc backwards until the root is all that is left.
    s.path.push_back(node);
    s.on_path[static_cast<size_t>(node)] = 1;
    const size_t at = static_cast<size_t>(s.row[static_cast<size_t>(node)]) * columns;
    size_t best = 0;
    for (size_t from = 1; from < columns; ++from)
      if (s.weights[at + from] > s.weights[at + best]) best = from;
    s.source[static_cast<size_t>(node)] = static_cast<int32_t>(best);
    s.target[static_cast<size_t>(node)] = s.targets[at + best];
    s.chosen[static_cast<size_t>(node)] = s.weights[at + best];
    if (best == 0) break;
    const int32_t before = s.top[best - 1];
    if (s.on_path[static_cast<size_t>(before)] == 0) {
      node = before;
      continue;
    }
    // The path has met itself: its end becomes one node.
    const int32_t circle = next_node++;
    auto& members = s.members[static_cast<size_t>(circle)];
    members.clear();
    for (;;) {
      const int32_t last = s.path.back();
      s.path.pop_back();
      s.on_path[static_cast<size_t>(last)] = 0;
      s.parent[static_cast<size_t>(last)] = circle;
      members.push_back(last);
      if (last == before) break;
    }
    const int32_t into = s.row[static_cast<size_t>(members.front())];
    s.row[static_cast<size_t>(circle)] = into;
    int64_t* weights = s.weights.data() + static_cast<size_t>(into) * columns;
    int32_t* targets = s.targets.data() + static_cast<size_t>(into) * columns;
    const int64_t own = s.chosen[static_cast<size_t>(members.front())];
    for (size_t from = 0; from < columns; ++from) weights[from] = weights[from] == none ? none : weights[from] - own;
    for (size_t m = 1; m < members.size(); ++m) {
      const auto member = static_cast<size_t>(members[m]);
      const size_t other = static_cast<size_t>(s.row[member]) * columns;
      for (size_t from = 0; from < columns; ++from) {
        if (s.weights[other + from] == none || s.weights[other + from] - s.chosen[member] <= weights[from]) continue;
        weights[from] = s.weights[other + from] - s.chosen[member];
        targets[from] = s.targets[other + from];
      }
    }
    for (size_t i = 0; i < words; ++i) {
      if (s.parent[static_cast<size_t>(s.top[i])] == circle) s.top[i] = circle;
      if (s.top[i] == circle) weights[i + 1] = none;
    }
    node = circle;
  }
  // Open the circles from the outside in: the arc into a circle replaces the one that its target had.
  s.pending.assign(1, node);
  while (!s.pending.empty()) {
    const int32_t outer = s.pending.back();
    s.pending.pop_back();
    const int32_t word = s.target[static_cast<size_t>(outer)];
    heads[word] = s.source[static_cast<size_t>(outer)] - 1;
    for (int32_t inner = word; inner != outer; inner = s.parent[static_cast<size_t>(inner)])
      for (const int32_t sibling : s.members[static_cast<size_t>(s.parent[static_cast<size_t>(inner)])])
        if (sibling != inner) s.pending.push_back(sibling);
  }
}

void break_cycles(size_t root, size_t words, int32_t* heads, ArcScores& arcs) {
  // Parts: words that lead to the same circle, or to the root. Joined parts are found through `joined`.
  std::vector<int32_t> part(words, -1), joined, walk;
  const auto part_of = [&](size_t i) {
    int32_t p = part[i];
    while (joined[static_cast<size_t>(p)] != p) p = joined[static_cast<size_t>(p)] = joined[static_cast<size_t>(joined[static_cast<size_t>(p)])];
    return p;
  };
  std::vector<std::vector<int32_t>> circles;  // by part; empty for the root's
  joined.push_back(0);
  circles.emplace_back();
  part[root] = 0;
  for (size_t i = 0; i < words; ++i) {
    walk.clear();
    auto at = static_cast<int32_t>(i);
    const auto fresh = static_cast<int32_t>(joined.size());
    for (; part[static_cast<size_t>(at)] == -1; at = heads[at]) {
      part[static_cast<size_t>(at)] = fresh;
      walk.push_back(at);
    }
    const int32_t met = part[static_cast<size_t>(at)];
    if (walk.empty()) continue;
    if (met != fresh) {
      for (const int32_t w : walk) part[static_cast<size_t>(w)] = met;
      continue;
    }
    joined.push_back(fresh);
    circles.emplace_back();
    for (auto w = at;;) {
      circles.back().push_back(w);
      w = heads[w];
      if (w == at) break;
    }
  }
  std::vector<int32_t> scores;
  for (size_t c = 1; c < circles.size(); ++c) {
    int64_t best = std::numeric_limits<int64_t>::min();
    size_t best_word = 0, best_head = root;
    for (const int32_t member : circles[c]) {
      const auto i = static_cast<size_t>(member);
      size_t first = 0, last = 0;
      arcs.of(i, first, last, scores);
      const auto now = static_cast<size_t>(heads[i]);
      const int64_t own = now >= first && now < last ? scores[now - first] : 0;
      for (size_t j = first; j < last; ++j) {
        if (part_of(j) == part_of(i) || int64_t{scores[j - first]} - own <= best) continue;
        best = int64_t{scores[j - first]} - own;
        best_word = i;
        best_head = j;
      }
    }
    if (best == std::numeric_limits<int64_t>::min()) {  // nothing but this part is near
      best_word = static_cast<size_t>(circles[c].front());
      for (const int32_t member : circles[c])
        if (static_cast<size_t>(member) < best_word) best_word = static_cast<size_t>(member);
    }
    joined[static_cast<size_t>(part_of(best_word))] = part_of(best_head);
    heads[best_word] = static_cast<int32_t>(best_head);
  }
}

}  // namespace masudi
