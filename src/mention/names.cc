// Spellings of names: rewriting into a common form, and the distance between two forms.
#include "masudi/names.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

namespace masudi {

namespace {

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Costs of editing one letter, in letters. A vowel weighs little, and less beside another one: "Zuhairi", "Zuheiri".
constexpr float other_vowel = 0.4F;
constexpr float vowel_beside_vowel = 0.25F;
constexpr float lone_vowel = 0.65F;
constexpr float end_vowel = 0.5F;
constexpr float silent_h = 0.3F;
constexpr float other_letter = 1.0F;
// A part of at most this many letters must agree but for one vowel: "Jong-il" is not "Jong-un".
constexpr std::size_t short_part = 3;
constexpr double short_budget = 0.36;
// What a letter of a longer part may cost on average.
constexpr double budget_a_letter = 0.17;
// What sums of floats may give back.
constexpr double rounding = 0.001;
// A given name that more than so many known persons have says too little to be looked up by alone.
constexpr std::size_t common_name = 40;
// A name of more parts is none.
constexpr std::size_t most_parts = 8;
// Only names of so few parts are compared turned.
constexpr std::size_t most_turned = 3;
// What missing middle names and a turned order take off.
constexpr double missing_middle = 0.01;
constexpr double turned = 0.03;

constexpr unsigned other_bit = 63;
constexpr unsigned letter_bit(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<unsigned>(c - 'a') : c >= 'A' && c <= 'Z' ? 26 + static_cast<unsigned>(c - 'A') : other_bit;
}

/// Parts as one, doubled letters once.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts)
    for (const char c : part)
      if (out.empty() || out.back() != c) out += c;
  return out;
}

std::vector<std::string> split_words(std::string_view folded) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : folded) {
    if (c == ' ' || c == '-' || c == '.' || c == ',' || c == '/') {
      if (!word.empty()) out.push_back(std::move(word));
      word.clear();
    } else if (c != '\'') {
      word += c;
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

}  // namespace

Result<NameSpellings> NameSpellings::build(const Lexicon& lexicon) {
  NameSpellings out;
  for (std::size_t a = 0; a < 256; ++a)
    for (std::size_t b = 0; b < 256; ++b) {
      const char x = static_cast<char>(a), y = static_cast<char>(b);
      out.costs_[a][b] = a == b ? 0 : is_vowel(x) && is_vowel(y) ? other_vowel : other_letter;
    }
  for (std::size_t a = 0; a < 256; ++a) out.classes_[a] = static_cast<char>(a);
  // What a letter costs at least by itself: to be dropped, or changed into any other.
  for (unsigned bit = 0; bit < other_bit; ++bit) {
    const char letter = static_cast<char>(bit < 26 ? 'a' + bit : 'A' + (bit - 26));
    const double least = letter == 'h' ? silent_h : is_vowel(letter) ? std::min(vowel_beside_vowel, other_vowel) : other_letter;
    out.missing_[bit] = {0, least, least};
  }
  const LexiconTable* table = lexicon.table("name_spellings");
  if (table == nullptr) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const std::string_view kind = row["kind"], from = row["from"], to = row["to"];
    const auto wrong = [&](const std::string& message) {
      return Error{ErrorCode::malformed_input, std::string(table->path()) + ":" + std::to_string(row.line()) + ": " + message, "", {}};
    };
    if (from.empty()) return wrong("an empty \"from\"");
    if (kind == "particle" || kind == "prefix" || kind == "light" || kind == "generation") {
      const Kind k = kind == "particle" ? Kind::particle : kind == "prefix" ? Kind::prefix : kind == "light" ? Kind::light : Kind::generation;
      out.parts_.emplace(std::string(from), std::pair(k, std::string(row.id())));
    } else if (kind == "rewrite" || kind == "start" || kind == "end") {
      out.rewrites_.push_back({std::string(from), std::string(to), std::string(row.id()), letters_of(from), kind == "start", kind == "end"});
    } else if (kind == "alike") {
      float cost = 0;
      const std::string_view number = row["cost"];
      const auto read = std::from_chars(number.data(), number.data() + number.size(), cost);
      if (from.size() != 1 || to.size() != 1 || read.ec != std::errc() || !(cost > 0 && cost <= 1))
        return wrong("letters that are alike are one letter each with a cost above 0, at most 1");
      const auto a = static_cast<unsigned char>(from[0]), b = static_cast<unsigned char>(to[0]);
      out.costs_[a][b] = out.costs_[b][a] = cost;
      for (const auto& [one, other] : {std::pair(from[0], to[0]), std::pair(to[0], from[0])}) {
        Missing& missing = out.missing_[letter_bit(one)];
        missing.alike |= std::uint64_t{1} << letter_bit(other);
        missing.with_alike = std::min(missing.with_alike, static_cast<double>(cost));
      }
      // Letters that are alike fall into one class of the skeleton.
      const char winner = std::min(out.classes_[a], out.classes_[b]), loser = std::max(out.classes_[a], out.classes_[b]);
      for (auto& c : out.classes_)
        if (c == loser) c = winner;
    } else {
      return wrong("unknown kind \"" + std::string(kind) + "\"; expected particle, prefix, light, generation, rewrite, start, end or alike");
    }
  }
  for (unsigned bit = 0; bit < other_bit; ++bit)
    if (std::min(out.missing_[bit].alone, out.missing_[bit].with_alike) >= static_cast<double>(other_letter)) out.dear_ |= std::uint64_t{1} << bit;
  return out;
}

std::uint64_t NameSpellings::letters_of(std::string_view text) {
  std::uint64_t out = 0;
  for (const char c : text) out |= std::uint64_t{1} << letter_bit(c);
  return out;
}

std::string NameSpellings::rewrite(std::string token, std::vector<std::string>* rules) const {
  std::uint64_t letters = letters_of(token);
  for (const Rewrite& row : rewrites_) {
    if ((row.letters & ~letters) != 0) continue;
    bool changed = false;
    if (row.at_start) {
      if (token.size() >= row.from.size() + (row.to.empty() ? 1 : 0) && token.starts_with(row.from))
        token.replace(0, row.from.size(), row.to), changed = true;
    } else if (row.at_end) {
      if (token.size() > row.from.size() && token.ends_with(row.from))
        token.replace(token.size() - row.from.size(), row.from.size(), row.to), changed = true;
    } else {
      for (std::size_t at = 0; (at = token.find(row.from, at)) != std::string::npos; at += row.to.size())
        token.replace(at, row.from.size(), row.to), changed = true;
    }
    if (!changed) continue;
    letters = letters_of(token);
    if (rules != nullptr) rules->push_back(row.id);
  }
  std::string out;
  for (const char c : token)
    if (out.empty() || out.back() != c) out += c;
  return out;
}

NameForm NameSpellings::form(std::string_view name, std::vector<std::string>* rules) const {
  NameForm out;
  const std::string folded = fold(name);
  std::string_view rest = folded;
  if (rest.ends_with("'s")) rest.remove_suffix(2);
  const auto words = split_words(rest);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto special = parts_.find(words[i]);
    if (special != parts_.end() && words.size() > 1) {
      const auto& [kind, id] = special->second;
      const bool last = i + 1 == words.size();
      // A prefix ("as-", "ad-") stands only with its hyphen.
      const std::size_t at = folded.find(words[i] + "-");
      const bool hyphen = at != std::string::npos && (at == 0 || folded[at - 1] == ' ');
      const bool drops = (kind == Kind::particle && !last) || (kind == Kind::prefix && hyphen && !last) || (kind == Kind::light && !last && i > 0);
      if (drops) {
        if (rules) rules->push_back(id);
        continue;
      }
      if (kind == Kind::generation && i > 0) {
        out.generation = words[i];
        if (rules) rules->push_back(id);
        continue;
      }
    }
    std::string part = rewrite(words[i], rules);
    // One letter is an initial, and only what was written as one.
    if (part.size() < 2 && words[i].size() > 1) part = words[i];
    if (part.empty()) continue;
    out.letters.push_back(letters_of(part));
    out.parts.push_back(std::move(part));
  }
  const std::size_t n = out.parts.size();
  for (std::size_t i = 0; n > 1 && i < n; ++i) out.pairs.push_back(joined({out.parts[i], out.parts[i + 1 == n ? 0 : i + 1]}));
  return out;
}

std::string NameSpellings::skeleton(std::string_view part) const {
  std::string out;
  for (const char c : part) {
    if (is_vowel(c) || c == 'h' || c == 'y') continue;
    const char k = classes_[static_cast<unsigned char>(c)];
    if (is_vowel(k)) continue;
    if (out.empty() || out.back() != k) out += k;
  }
  return out.empty() ? std::string(part.substr(0, 1)) : out;
}

bool NameSpellings::costs_over(double limit, std::uint64_t a, std::uint64_t b) const {
  const auto over = [&](std::uint64_t lacking, std::uint64_t there) {
    double sum = 0;
    for (std::uint64_t dear = lacking & dear_; dear != 0; dear &= dear - 1)
      if ((sum += static_cast<double>(other_letter)) > limit) return true;
    for (lacking &= ~(dear_ | std::uint64_t{1} << other_bit); lacking != 0; lacking &= lacking - 1) {
      const Missing& letter = missing_[static_cast<std::size_t>(std::countr_zero(lacking))];
      sum += (letter.alike & there) != 0 ? letter.with_alike : letter.alone;
      if (sum > limit) return true;
    }
    return false;
  };
  // One change may serve a letter of each: the two sums do not add up.
  return over(a & ~b, b) || over(b & ~a, a);
}

double NameSpellings::part_similarity(Part first, Part second) const {
  const std::string_view a = first.text, b = second.text;
  if (a == b) return 1;
  constexpr std::size_t longest = 40;
  if (a.empty() || b.empty() || a.size() > longest || b.size() > longest) return 0;
  if (a.size() == 1 || b.size() == 1) return a[0] == b[0] ? 0.9 : 0;  // an initial
  const std::size_t length = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  const double budget = shorter <= short_part ? short_budget : budget_a_letter * static_cast<double>(length);
  if (costs_over(budget + rounding, first.letters, second.letters)) return 0;
  const auto drop = [](std::string_view word, std::size_t i) -> float {
    const char c = word[i];
    if (c == 'h' && i > 0) return silent_h;
    if (!is_vowel(c)) return other_letter;
    const bool beside = (i > 0 && is_vowel(word[i - 1])) || (i + 1 < word.size() && is_vowel(word[i + 1]));
    return beside ? vowel_beside_vowel : i + 1 == word.size() ? end_vowel : lone_vowel;
  };
  std::array<float, longest + 1> row{}, other{}, drops{};
  float* before = row.data();
  float* now = other.data();
  for (std::size_t j = 1; j <= b.size(); ++j) {
    drops[j] = drop(b, j - 1);
    before[j] = before[j - 1] + drops[j];
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const float dropped = drop(a, i - 1);
    const auto& costs = costs_[static_cast<unsigned char>(a[i - 1])];
    float least = now[0] = before[0] + dropped;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const float change = before[j - 1] + costs[static_cast<unsigned char>(b[j - 1])];
      now[j] = std::min({change, before[j] + dropped, now[j - 1] + drops[j]});
      least = std::min(least, now[j]);
    }
    // Costs only grow.
    if (static_cast<double>(least) > budget + rounding) return 0;
    std::swap(before, now);
  }
  const double cost = std::round(static_cast<double>(before[b.size()]) * 1000) / 1000;
  if (cost > budget) return 0;
  return 1 - cost / static_cast<double>(length);
}

struct NameSpellings::Order {
  const NameForm& form;
  bool turned = false;

  std::size_t size() const { return form.parts.size(); }
  std::size_t at(std::size_t i) const { return turned ? (i + 1 == size() ? 0 : i + 1) : i; }
  Part part(std::size_t i) const { return {form.parts[at(i)], form.letters[at(i)]}; }
  /// Parts i and i + 1 as one.
  Part pair(std::size_t i) const { return {form.pairs[at(i)], form.letters[at(i)] | form.letters[at(i + 1)]}; }
  /// An initial stays a part of its own: "George H." is not "George".
  bool joins(std::size_t i) const { return i + 1 < size() && part(i).text.size() > 1 && part(i + 1).text.size() > 1; }
  /// Middle parts of one letter.
  std::size_t initials() const {
    std::size_t n = 0;
    for (std::size_t i = 1; i + 1 < size(); ++i) n += part(i).text.size() == 1 ? 1U : 0U;
    return n;
  }
};

/// Parts are aligned in order; two neighbours may be one part of the other name ("Ahmadi-Nejad"). First and last must be aligned.
double NameSpellings::align(const Order& x, const Order& y) const {
  const auto one = [&](std::size_t i, std::size_t j) { return part_similarity(x.part(i), y.part(j)); };
  const auto joined_x = [&](std::size_t i, std::size_t j) {
    return x.joins(i) && y.part(j).text.size() > short_part ? part_similarity(x.pair(i), y.part(j)) : 0.0;
  };
  const auto joined_y = [&](std::size_t i, std::size_t j) {
    return y.joins(j) && x.part(i).text.size() > short_part ? part_similarity(x.part(i), y.pair(j)) : 0.0;
  };
  // Most pairs of names fall here.
  const std::size_t last_x = x.size() - 1, last_y = y.size() - 1;
  if (!(one(0, 0) > 0 || joined_x(0, 0) > 0 || joined_y(0, 0) > 0)) return 0;
  if (!(one(last_x, last_y) > 0 || joined_x(last_x - 1, last_y) > 0 || joined_y(last_x, last_y - 1) > 0)) return 0;

  struct Cell {
    double sum;
    std::size_t pairs, left_x, left_y;
    bool word;  // more than initials are aligned
  };
  std::array<std::array<Cell, most_parts + 1>, most_parts + 1> best;
  for (std::size_t i = 0; i <= x.size(); ++i)
    for (std::size_t j = 0; j <= y.size(); ++j) best[i][j] = {-1, 0, 0, 0, false};
  best[0][0].sum = 0;
  const auto offer = [](Cell& cell, const Cell& from, double gain, std::size_t pairs, std::size_t skip_x, std::size_t skip_y, bool word) {
    const Cell made{from.sum + gain, from.pairs + pairs, from.left_x + skip_x, from.left_y + skip_y, from.word || word};
    const auto value = [](const Cell& c) { return c.sum - 0.5 * static_cast<double>(c.left_x + c.left_y); };
    if (cell.sum < 0 || value(made) > value(cell)) cell = made;
  };
  for (std::size_t i = 0; i <= x.size(); ++i)
    for (std::size_t j = 0; j <= y.size(); ++j) {
      const Cell& here = best[i][j];
      if (here.sum < 0) continue;
      const bool inside_x = i > 0 && i + 1 < x.size(), inside_y = j > 0 && j + 1 < y.size();
      if (inside_x && j > 0) offer(best[i + 1][j], here, 0, 0, 1, 0, false);
      if (inside_y && i > 0) offer(best[i][j + 1], here, 0, 0, 0, 1, false);
      if (i == x.size() || j == y.size()) continue;
      const bool word = x.part(i).text.size() > 1 && y.part(j).text.size() > 1;
      if (const double s = one(i, j); s > 0) offer(best[i + 1][j + 1], here, s, 1, 0, 0, word);
      if (const double s = joined_x(i, j); s > 0) offer(best[i + 2][j + 1], here, s, 1, 0, 0, true);
      if (const double s = joined_y(i, j); s > 0) offer(best[i + 1][j + 2], here, s, 1, 0, 0, true);
    }
  const Cell& end = best[x.size()][y.size()];
  // A middle name that is only in one of them may be left out; one in each is a different one.
  if (end.sum < 0 || end.pairs == 0 || (end.left_x > 0 && end.left_y > 0)) return 0;
  // Two initials say too little: "H. C. Hansen" is not "Clarence House".
  if (!end.word) return 0;
  // A name of initials and one with other initials are told apart by them: "George W.", "George H. W.".
  if (x.initials() > 0 && y.initials() > 0 && end.left_x + end.left_y > 0) return 0;
  return end.sum / static_cast<double>(end.pairs) - missing_middle * static_cast<double>(end.left_x + end.left_y);
}

double NameSpellings::similarity(const NameForm& a, const NameForm& b, bool family_first) const {
  if (a.parts.empty() || b.parts.empty() || a.generation != b.generation) return 0;
  if (a.parts.size() > most_parts || b.parts.size() > most_parts) return 0;
  if (a.parts.size() == 1 || b.parts.size() == 1) {
    const auto& [one, many] =
        a.parts.size() == 1 ? std::pair<const NameForm&, const NameForm&>(a, b) : std::pair<const NameForm&, const NameForm&>(b, a);
    const Part single{one.parts[0], one.letters[0]};
    // An initial is short for a given name, and that alone names nobody: "A. Goode" is not "Akihito".
    const auto named_by = [&](std::size_t i) { return many.parts[i].size() > 1 ? part_similarity(single, {many.parts[i], many.letters[i]}) : 0.0; };
    double best = named_by(many.parts.size() - 1);
    if (family_first) best = std::max(best, named_by(0));
    std::uint64_t letters = many.letters.back();
    for (std::size_t k = 2; k <= many.parts.size() && k <= 3; ++k) {
      const std::size_t from = many.parts.size() - k;
      letters |= many.letters[from];
      const std::string three = k == 3 ? joined({many.parts[from], many.parts[from + 1], many.parts[from + 2]}) : std::string();
      best = std::max(best, part_similarity(single, {k == 2 ? std::string_view(many.pairs[from]) : std::string_view(three), letters}));
    }
    return best;
  }
  double best = align({a}, {b});
  if (best <= 0 && a.parts.size() <= most_turned && b.parts.size() <= most_turned) {
    best = std::max(best, align({a}, {b, true}) - turned);
    best = std::max(best, align({a, true}, {b}) - turned);
  }
  return std::max(0.0, best);
}

NameSpellings::Ends NameSpellings::ends_of(const NameForm& form) {
  Ends out;
  const std::size_t n = form.parts.size();
  const auto set = [&](Ends::At at, std::size_t from, std::size_t to) {
    std::uint64_t letters = 0;
    std::size_t size = 0;
    for (std::size_t i = from; i < to; ++i) letters |= form.letters[i], size += form.parts[i].size();
    out.set(at, letters, size);
  };
  out.parts = static_cast<std::uint8_t>(std::min<std::size_t>(n, 255));
  set(Ends::first, 0, 1);
  set(Ends::last, n - 1, n);
  if (n < 2) return out;
  set(Ends::second, 1, 2);
  set(Ends::first_pair, 0, 2);
  set(Ends::last_pair, n - 2, n);
  if (n > 2) set(Ends::last_three, n - 3, n);
  out.set(Ends::last_and_first, form.letters.front() | form.letters.back(), form.parts.front().size() + form.parts.back().size());
  return out;
}

bool NameSpellings::may_be_alike(const Ends& a, const Ends& b) const {
  const auto like = [&](std::uint64_t x, std::size_t size_x, std::uint64_t y, std::size_t size_y) {
    if (size_x == 1 || size_y == 1) return (x & y) != 0;
    return !costs_over(std::max(short_budget, budget_a_letter * static_cast<double>(std::max(size_x, size_y))) + rounding, x, y);
  };
  const auto meet = [&](const Ends& x, Ends::At at_x, const Ends& y, Ends::At at_y) {
    return like(x.letters[at_x], x.sizes[at_x], y.letters[at_y], y.sizes[at_y]);
  };
  if (a.parts == 1 || b.parts == 1) {
    const Ends &one = a.parts == 1 ? a : b, &many = a.parts == 1 ? b : a;
    return meet(one, Ends::first, many, Ends::last) || meet(one, Ends::first, many, Ends::first) ||
           (many.parts > 1 && meet(one, Ends::first, many, Ends::last_pair)) || (many.parts > 2 && meet(one, Ends::first, many, Ends::last_three));
  }
  // The three ways in which parts can stand at an end of both names: one for one, or two neighbours for one.
  const auto end = [&](Ends::At a_one, Ends::At a_pair, Ends::At b_one, Ends::At b_pair) {
    return meet(a, a_one, b, b_one) || meet(a, a_pair, b, b_one) || meet(a, a_one, b, b_pair);
  };
  if (end(Ends::first, Ends::first_pair, Ends::first, Ends::first_pair) && end(Ends::last, Ends::last_pair, Ends::last, Ends::last_pair)) return true;
  if (a.parts > most_turned || b.parts > most_turned) return false;
  return (end(Ends::last, Ends::last_pair, Ends::first, Ends::last_and_first) && end(Ends::first, Ends::first_pair, Ends::second, Ends::last_pair)) ||
         (end(Ends::first, Ends::last_and_first, Ends::last, Ends::last_pair) && end(Ends::second, Ends::last_pair, Ends::first, Ends::first_pair));
}

void NameIndex::add(std::string_view name, std::uint32_t value) {
  Entry entry{spellings_->form(name), std::string(name), value};
  const auto index = static_cast<std::uint32_t>(entries_.size());
  const auto& [parts, generation, letters, pairs] = entry.form;
  if (parts.empty()) return;
  const auto file = [&](const std::string& text) {
    Alike& alike = by_skeleton_[spellings_->skeleton(text)];
    if (alike.last != index) ++alike.entries;
    alike.last = index;
    auto end = std::find_if(alike.ends.begin(), alike.ends.end(), [&](const End& e) { return e.text == text; });
    if (end == alike.ends.end()) end = alike.ends.insert(end, {text, NameSpellings::letters_of(text), {}});
    if (end->entries.empty() || end->entries.back() != index) end->entries.push_back(index);
  };
  file(parts.back());
  if (parts.size() > 1) {
    file(parts.front());
    file(pairs[parts.size() - 2]);
    if (parts.size() > 2) file(pairs.front());
  }
  ends_.push_back(NameSpellings::ends_of(entry.form));
  entries_.push_back(std::move(entry));
}

std::vector<NameIndex::Hit> NameIndex::find(std::string_view name) const {
  static constexpr std::size_t places = 4096;
  auto memory = seen_.take([] { return std::make_unique<Memory>(places); });
  Seen& seen = (*memory)[word_hash(name) % places];
  if (seen.name != name || seen.entries != entries_.size()) seen = {std::string(name), entries_.size(), look_up(name)};
  std::vector<Hit> out = seen.hits;
  seen_.give_back(std::move(memory));
  return out;
}

std::vector<NameIndex::Hit> NameIndex::look_up(std::string_view name) const {
  const NameForm form = spellings_->form(name);
  std::vector<Hit> out;
  if (form.parts.empty()) return out;
  const auto ends = NameSpellings::ends_of(form);
  std::vector<std::uint32_t> found;
  const std::string& last = form.parts.back();
  const std::string last_key = spellings_->skeleton(last);
  const auto look = [&](const std::string& text, bool given) {
    const std::string key = spellings_->skeleton(text);
    const auto alike = by_skeleton_.find(key);
    if (alike == by_skeleton_.end()) return;
    // A given name that many bear singles nobody out, and comparing them all is most of the work of finding a person.
    if (given && key != last_key && alike->second.entries > common_name) return;
    const NameSpellings::Part part{text, NameSpellings::letters_of(text)};
    for (const End& end : alike->second.ends) {
      if (spellings_->part_similarity(part, {end.text, end.letters}) <= 0) continue;
      for (const auto index : end.entries) {
        if (!spellings_->may_be_alike(ends, ends_[index])) continue;
        const Entry& entry = entries_[index];
        const double s = spellings_->similarity(form, entry.form, true);
        if (s < NameSpellings::alike || std::find(found.begin(), found.end(), index) != found.end()) continue;
        found.push_back(index);
        out.push_back({entry.value, s, entry.name, form.parts.size() > 1 || entry.form.parts.size() == 1});
      }
    }
  };
  look(last, false);
  if (form.parts.size() > 1) {
    look(form.pairs[form.parts.size() - 2], false);
    look(form.parts.front(), true);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Hit& a, const Hit& b) { return a.similarity != b.similarity ? a.similarity > b.similarity : a.value < b.value; });
  return out;
}

}  // namespace masudi
