#include "referee.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace masudi {

namespace {

constexpr std::string_view every_word = "*";
constexpr int most_points = 99999;  // thousandths
constexpr std::int64_t most_sum = 99'999'999;
constexpr int whole = 4;  // quarters in a feature's full weight

}  // namespace

Result<Referee> Referee::build(const Lexicon& lexicon) {
  Referee out;
  const auto* table = lexicon.table("referee");
  if (!table) return out;
  const auto at_word = table->column("word"), at_feature = table->column("feature"), at_points = table->column("points");
  for (std::uint32_t i = 0; i < table->size(); ++i) out.rows_.emplace_back(table->row(i).id());
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const auto row = table->row(i);
    const auto wrong = [&](const std::string& message) {
      return Error{ErrorCode::malformed_input,
                   "line " + std::to_string(row.line()) + ", row " + std::string(row.id()) + ": " + message,
                   std::string(row.table().path()),
                   {}};
    };
    const auto word = at_word ? row.cell(*at_word) : std::string_view{}, feature = at_feature ? row.cell(*at_feature) : std::string_view{};
    if (word.empty() || feature.empty()) return wrong("no word or no feature; expected both");
    int number_of_word = 0;
    if (word != every_word) {
      const auto known = out.words_.find(word);
      number_of_word =
          known != out.words_.end() ? known->second : out.words_.emplace(std::string(word), static_cast<int>(out.words_.size()) + 1).first->second;
    }
    auto& weights = out.weights_[std::string(feature)];
    const auto pairs = split_cell(at_points ? row.cell(*at_points) : std::string_view{});
    if (pairs.empty()) return wrong("no points; expected TYPE=POINTS|...");
    for (const auto pair : pairs) {
      Weight weight;
      const auto equals = pair.find('=');
      const auto number = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
      const auto [end, failed] = std::from_chars(number.data(), number.data() + number.size(), weight.points);
      if (equals == 0 || number.empty() || failed != std::errc() || end != number.data() + number.size() || std::abs(weight.points) > most_points)
        return wrong("points \"" + std::string(pair) + "\"; expected TYPE=N, N a whole number from -" + std::to_string(most_points) + " to " +
                     std::to_string(most_points));
      const auto type = pair.substr(0, equals);
      if (type == none) return wrong("points of \"none\"; it has 0, and the types' points are counted from there");
      weight.word = number_of_word;
      weight.code = out.code(type);
      if (weight.code < 0) {
        weight.code = static_cast<int>(out.codes_.size());
        out.codes_.emplace_back(type);
      }
      weight.row = i;
      weights.push_back(weight);
    }
  }
  return out;
}

int Referee::code(std::string_view name) const {
  const auto found = std::find(codes_.begin(), codes_.end(), name);
  return found == codes_.end() ? -1 : static_cast<int>(found - codes_.begin());
}

int Referee::word(std::string_view key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? -1 : found->second;
}

std::vector<int> Referee::scores(int word, const std::vector<RefereeFeature>& features, const std::vector<std::string>& options) const {
  std::vector<std::int64_t> sums(codes_.size(), 0);
  for (const auto& feature : features) {
    const auto found = weights_.find(feature.name);
    if (found == weights_.end()) continue;
    for (const Weight& weight : found->second)
      if (weight.word == 0 || weight.word == word) sums[static_cast<std::size_t>(weight.code)] += std::int64_t{weight.points} * feature.weight;
  }
  std::vector<int> out;
  for (const auto& option : options) {
    const int at = code(option);
    out.push_back(at < 0 ? 0 : static_cast<int>(std::clamp<std::int64_t>(sums[static_cast<std::size_t>(at)] / whole, -most_sum, most_sum)));
  }
  return out;
}

std::vector<RefereeReason> Referee::reasons(int word, const std::vector<RefereeFeature>& features, std::string_view option, std::string_view other,
                                            std::size_t most) const {
  std::vector<RefereeReason> out;
  const int first = code(option), second = code(other);
  for (const auto& feature : features) {
    const auto found = weights_.find(feature.name);
    if (found == weights_.end()) continue;
    for (const Weight& weight : found->second) {
      if ((weight.word != 0 && weight.word != word) || (weight.code != first && weight.code != second)) continue;
      const int points = weight.points * feature.weight / whole * (weight.code == first ? 1 : -1);
      if (points != 0) out.push_back({rows_[weight.row], feature.name, points});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return std::abs(a.points) > std::abs(b.points); });
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace masudi
