#include "statements_text.h"

#include <algorithm>

#include "stems.h"

namespace masudi {

StatementText::StatementText(const Article& article, const Analysis& analysis, const StatementKnowledge& knowledge)
    : article_(article), analysis_(analysis), sentences_(analysis.sentences), knowledge_(knowledge), trees_(analysis.trees) {
  quotations_ = find_quotations(article_, sentences_, knowledge_.marks);
}

std::string_view StatementText::lemma(Index s, Index i) const {
  const std::string_view out = tree(s).lemma(i);
  if (word(s, i).upos != "VERB" || knowledge_.cues_by_lemma.count(out) > 0) return out;
  for (const auto& stem : stems_of(lower(s, i)))
    if (const auto known = knowledge_.cues_by_lemma.find(stem); known != knowledge_.cues_by_lemma.end()) return known->first;
  return out;
}

const Quotation* StatementText::quotation_over(std::uint32_t byte) const {
  const Quotation* best = nullptr;
  for (const auto& q : quotations_) {
    if (q.span.begin > byte) break;
    if (q.depth == 0 && byte < q.span.end) best = &q;
  }
  return best;
}

const Quotation* StatementText::quotation_from(std::uint32_t byte) const {
  for (const auto& q : quotations_)
    if (q.depth == 0 && q.span.begin == byte) return &q;
  return nullptr;
}

const Quotation* StatementText::quotation_between(std::uint32_t begin, std::uint32_t end) const {
  for (const auto& q : quotations_)
    if (q.depth == 0 && q.span.begin >= begin && q.span.begin < end) return &q;
  return nullptr;
}

const Quotation* StatementText::quotation_ending(std::uint32_t begin, std::uint32_t end) const {
  const Quotation* best = nullptr;
  for (const auto& q : quotations_)
    if (q.depth == 0 && q.span.end > begin && q.span.end <= end) best = &q;
  return best;
}

bool StatementText::mark_begins(std::uint32_t byte) const {
  return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.span.begin == byte; });
}

bool StatementText::closing_mark_before(Index s, Index i) const {
  if (i == 0) return false;
  const TextSpan span = word(s, i - 1).span;
  return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.closed && q.span.end == span.end; });
}

bool StatementText::ends_quotation_inside(TextSpan mark, std::uint32_t from) const {
  return std::any_of(quotations_.begin(), quotations_.end(),
                     [&](const Quotation& q) { return q.closed && q.span.begin >= from && q.inside.end < mark.end && q.span.end >= mark.end; });
}

bool StatementText::starts_clause(const Quotation& q) const {
  const Index s = sentence_at(q.span.begin);
  if (s == none) return true;
  const auto before = trimmed(between(sentences_[s].span.begin, q.span.begin));
  return before.empty() || before.back() == ':' || before.back() == ',' || before.back() == ';' || before.back() == '.' || before.ends_with("\u2014");
}

bool StatementText::is_name(const Quotation& q) const {
  const auto inside = trimmed(between(q.inside.begin, q.inside.end));
  if (std::count(inside.begin(), inside.end(), ' ') > 2 || inside.size() > 40) return false;
  bool word_begins = true;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (word_begins && !(inside[i] >= 'A' && inside[i] <= 'Z')) return false;
    word_begins = is_blank(inside[i]);
  }
  return !inside.empty() && inside.find_first_of(".,!?") == std::string_view::npos;
}

std::string_view StatementText::between(std::uint32_t begin, std::uint32_t end) const {
  return begin < end ? std::string_view(article_.text).substr(begin, end - begin) : std::string_view();
}

std::string_view StatementText::trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool StatementText::no_words(std::string_view text) {
  int bracket = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '(' || c == '[') ++bracket;
    if (c == ')' || c == ']') bracket = std::max(0, bracket - 1);
    if (bracket == 0 && (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z'))) return false;
  }
  return true;
}

bool StatementText::starts_with_comma(std::string_view text) {
  text = trimmed(text);
  return !text.empty() && (text.front() == ',' || text.front() == ';');
}

std::uint32_t StatementText::next_text(std::uint32_t at) const {
  while (at < article_.text.size() && is_blank(article_.text[at])) ++at;
  return at;
}

Index StatementText::sentence_at(std::uint32_t byte) const {
  for (Index s = 0; s < sentences_.size(); ++s)
    if (sentences_[s].span.begin <= byte && byte < sentences_[s].span.end) return s;
  return none;
}

std::uint32_t StatementText::sentence_end_at(std::uint32_t byte) const {
  for (const auto& sentence : sentences_)
    if (byte <= sentence.span.end && byte > sentence.span.begin) return sentence.span.end;
  return byte;
}

Index StatementText::word_from(Index s, std::uint32_t byte) const {
  Index i = 0;
  while (i < size(s) && word(s, i).span.begin < byte) ++i;
  return i;
}

Index StatementText::next_comma(Index s, Index i) const {
  while (i < size(s) && !comma(s, i)) ++i;
  return i;
}

bool StatementText::words_stand(Index s, Index i, const std::vector<std::string>& words) const {
  if (words.empty() || i + words.size() > size(s)) return false;
  for (Index k = 0; k < words.size(); ++k)
    if (lower(s, i + k) != words[k]) return false;
  return true;
}

bool StatementText::has_verb(Index s, Index first, Index last) const {
  for (Index i = first; i < std::min(last, size(s)); ++i)
    if (word(s, i).upos == "VERB" || word(s, i).upos == "AUX") return true;
  return false;
}

bool StatementText::has_finite(Index s, Index first, Index last) const {
  for (Index i = first; i < std::min(last, size(s)); ++i)
    if (is_finite(word(s, i))) return true;
  return false;
}

bool StatementText::is_relative(Index s, Index i) const {
  const Word& w = word(s, i);
  return w.xpos == "WDT" || w.xpos == "WP" || (w.upos == "PRON" && has_feature(w, "PronType=Rel"));
}

bool StatementText::is_time(Index s, Index i) const {
  const TextSpan span = word(s, i).span;
  const auto& timexes = analysis_.resolution.timexes;
  const auto after = std::upper_bound(timexes.begin(), timexes.end(), span.begin, [](std::uint32_t at, const Timex& t) { return at < t.span.begin; });
  return after != timexes.begin() && (after - 1)->span.contains(span);
}

bool StatementText::relative_between(Index s, Index first, Index last) const {
  for (Index i = first; i < last; ++i)
    if (is_relative(s, i) || word(s, i).upos == "SCONJ") return true;
  return false;
}

Index StatementText::lead(Index s) const {
  Index i = 0;
  // "TBILISI, March 5, 2024 (Meridian News Agency) -" is twelve words.
  for (Index k = 0; k + 1 < std::min<Index>(size(s), 16); ++k) {
    const std::string& form = word(s, k).form;
    const bool dash = form == "-" || form == "--" || form == "\u2014" || form == "\u2013" || form == ":" ||
                      (form == ")" && k >= 2 && is_capital(word(s, k - 1).form));
    if (!dash) continue;
    if (k > 0 && is_capital(word(s, 0).form)) i = k + 1;
  }
  while (i < size(s) && is_punctuation(word(s, i)) && !mark_begins(word(s, i).span.begin)) ++i;
  while (i + 1 < size(s) && knowledge_.construction_with("lead_in", lower(s, i)) && (word(s, i).upos == "CCONJ" || word(s, i).upos == "ADV")) {
    ++i;
    while (i < size(s) && comma(s, i)) ++i;
  }
  return i;
}

TextSpan StatementText::content_of(Index s, Index first, Index last) const {
  last = std::min(last, size(s));
  while (first < last && is_punctuation(word(s, first)) && !mark_begins(word(s, first).span.begin)) ++first;
  while (last > first && is_punctuation(word(s, last - 1)) && !ends_quotation_inside(word(s, last - 1).span, word(s, first).span.begin)) --last;
  while (last > first + 1 && word(s, last - 1).upos == "CCONJ") {
    --last;
    while (last > first + 1 && comma(s, last - 1)) --last;
  }
  if (first >= last) return {};
  TextSpan span{word(s, first).span.begin, word(s, last - 1).span.end};
  for (const auto& q : quotations_) {
    if (q.span.begin >= span.end) break;
    if (q.span.begin >= span.begin && q.span.end > span.end) span.end = q.span.end;
    if (q.span.begin < span.begin && q.span.end > span.begin && q.inside.end < span.end && q.inside.end > span.begin) span.end = q.inside.end;
  }
  return stripped(span);
}

TextSpan StatementText::stripped(TextSpan span) const {
  const std::string_view text = article_.text;
  const auto end_of_quotation = [&] {
    return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.closed && q.span.end == span.end; });
  };
  while (span.end > span.begin) {
    const char c = text[span.end - 1];
    if (is_blank(c) || ((c == ',' || c == ';' || c == ':') && !end_of_quotation()))
      --span.end;
    else
      break;
  }
  while (span.begin < span.end && (is_blank(text[span.begin]) || text[span.begin] == ',')) ++span.begin;
  return span;
}

std::vector<TextSpan> StatementText::pieces_of(std::vector<TextSpan> content) const {
  std::sort(content.begin(), content.end());
  std::vector<TextSpan> out;
  for (auto piece : content) {
    if (!out.empty() && piece.begin <= out.back().end) {
      out.back().end = std::max(out.back().end, piece.end);
      continue;
    }
    out.push_back(piece);
  }
  std::vector<TextSpan> cut;
  for (auto piece : out) {
    for (const auto& hole : article_.excluded) {
      if (!hole.overlaps(piece)) continue;
      if (hole.begin > piece.begin) cut.push_back(stripped({piece.begin, hole.begin}));
      piece.begin = std::min(hole.end, piece.end);
    }
    if (!piece.empty()) cut.push_back(piece);
  }
  cut.erase(std::remove_if(cut.begin(), cut.end(), [](TextSpan p) { return p.empty(); }), cut.end());
  return cut;
}

}  // namespace masudi
