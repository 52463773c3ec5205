#include "quotation.h"

#include <algorithm>
#include <array>
#include <optional>

namespace masudi {

namespace {

constexpr std::uint32_t no_mark = UINT32_MAX;

bool is_blank(unsigned char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_alnum(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/// A run of sentences between paragraph starts.
struct Paragraph {
  std::uint32_t first = 0, last = 0;  // sentences [first, last)
  TextSpan span;
};

std::vector<Paragraph> paragraphs_of(const std::vector<Sentence>& sentences, std::uint32_t size) {
  std::vector<Paragraph> out;
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    const TextSpan span = sentences[i].span;
    if (span.begin > span.end || span.end > size) continue;
    if (out.empty() || sentences[i].starts_paragraph || span.begin < out.back().span.end) {
      out.push_back({i, i + 1, span});
    } else {
      out.back().last = i + 1;
      out.back().span.end = span.end;
    }
  }
  return out;
}

/// One paragraph's scan. Marks that are open stand on a stack.
class Scan {
 public:
  Scan(const Article& article, const std::vector<QuotationMark>& marks, TextSpan paragraph) : text_(article.text), marks_(marks), at_(paragraph) {
    for (const auto& mark : marks) {
      begins_[static_cast<unsigned char>(mark.open[0])] = true;
      begins_[static_cast<unsigned char>(mark.close[0])] = true;
    }
  }

  void run() {
    for (std::uint32_t i = at_.begin; i < at_.end;) {
      const std::uint32_t step = begins_[static_cast<unsigned char>(text_[i])] ? mark_at(i) : 0;
      i += step == 0 ? 1 : step;
    }
  }
  std::vector<Quotation> closed;
  struct Open {
    std::uint32_t begin = 0, mark = 0;
  };
  std::vector<Open> open;

 private:
  bool stands(std::uint32_t i, const std::string& form) const { return i + form.size() <= at_.end && text_.compare(i, form.size(), form) == 0; }
  /// White space, nothing, or a character after which a quotation may open.
  bool free_before(std::uint32_t i) const {
    if (i <= at_.begin) return true;
    const auto c = static_cast<unsigned char>(text_[i - 1]);
    if (is_blank(c) || c == '(' || c == '[' || c == '{' || c == '/' || c == '-') return true;
    if (ends_here(i, "\u2014") || ends_here(i, "\u2013") || ends_here(i, "\u00a0")) return true;
    // Right after another opening mark.
    return !open.empty() && open.back().begin + marks_[open.back().mark].open.size() == i;
  }
  bool ends_here(std::uint32_t i, std::string_view form) const {
    return i >= at_.begin + form.size() && std::string_view(text_).substr(i - form.size(), form.size()) == form;
  }
  bool free_after(std::uint32_t i) const {
    if (i >= at_.end) return true;
    const auto c = static_cast<unsigned char>(text_[i]);
    return is_blank(c) || std::string_view(".,;:!?)]}-\"'").find(static_cast<char>(c)) != std::string_view::npos || starts_here(i, "\u2014") ||
           starts_here(i, "\u2013") || starts_here(i, "\u201d") || starts_here(i, "\u2019") || starts_here(i, "\u00a0") || starts_here(i, "\u2026");
  }
  bool starts_here(std::uint32_t i, std::string_view form) const {
    return i + form.size() <= at_.end && std::string_view(text_).substr(i, form.size()) == form;
  }
  bool letter_after(std::uint32_t i) const {
    return i < at_.end && (is_alnum(static_cast<unsigned char>(text_[i])) || static_cast<unsigned char>(text_[i]) >= 0x80);
  }
  bool blank_before(std::uint32_t i) const { return i <= at_.begin || is_blank(static_cast<unsigned char>(text_[i - 1])); }

  /// The open quotation that this mark would close: of the longest closing mark that stands here the innermost.
  std::optional<std::size_t> closes(std::uint32_t i) const {
    std::optional<std::size_t> best;
    std::uint32_t longest = 0;
    for (std::size_t k = open.size(); k-- > 0;)
      if (const auto size = closing_size(open[k], i); size > longest) {
        longest = size;
        best = k;
      }
    return best;
  }
  std::uint32_t closing_size(const Open& opened, std::uint32_t i) const {
    for (const auto& mark : marks_)
      if (mark.open == marks_[opened.mark].open && stands(i, mark.close)) return static_cast<std::uint32_t>(mark.close.size());  // pairs may share it
    return 0;
  }
  /// A plural's possessive ("the rebels' demands") that could be taken for a closing mark: another candidate follows.
  bool possessive(std::uint32_t i, const QuotationMark& mark) const {
    const auto after = i + static_cast<std::uint32_t>(mark.close.size());
    if (i <= at_.begin || text_[i - 1] != 's' || after + 1 >= at_.end || text_[after] != ' ' ||
        !is_lower(static_cast<unsigned char>(text_[after + 1])))
      return false;
    for (std::uint32_t j = after; j + mark.close.size() <= at_.end; ++j)
      if (stands(j, mark.close) && !blank_before(j) && !letter_after(j + static_cast<std::uint32_t>(mark.close.size()))) return true;
    return false;
  }

  std::uint32_t mark_at(std::uint32_t i) {
    if (const auto k = closes(i)) {
      const QuotationMark& mark = marks_[open[*k].mark];
      const auto size = closing_size(open[*k], i);
      const auto after = i + size;
      bool closing = true;
      if (mark.apostrophe) closing = !blank_before(i) && !letter_after(after) && !possessive(i, mark);
      // A mark without a direction, or one that also opens: the blanks around it decide.
      else if (may_open(i) != no_mark)
        closing = !(free_before(i) && !free_after(after)) && i > open[*k].begin + mark.open.size();
      if (closing) {
        std::uint32_t pair = open[*k].mark;
        for (std::uint32_t m = 0; m < marks_.size(); ++m)
          if (marks_[m].open == mark.open && marks_[m].close.size() == size && stands(i, marks_[m].close)) {
            pair = m;
            break;
          }
        closed.push_back({{open[*k].begin, after}, {open[*k].begin + static_cast<std::uint32_t>(mark.open.size()), i}, pair, 0, true, false});
        // What was opened inside and never closed ends here at the latest; a pair of apostrophes was none.
        for (std::size_t inner = *k + 1; inner < open.size(); ++inner)
          if (!marks_[open[inner].mark].apostrophe) unclosed_inside(open[inner], i);
        open.resize(*k);
        return size;
      }
      if (mark.apostrophe) return size;
    }
    const std::uint32_t m = may_open(i);
    if (m == no_mark) return 0;
    const QuotationMark& mark = marks_[m];
    const auto size = static_cast<std::uint32_t>(mark.open.size());
    const auto after = i + size;
    if (mark.apostrophe) {
      const bool twice = std::any_of(open.begin(), open.end(), [&](const Open& o) { return o.mark == m; });
      if (!twice && free_before(i) && letter_after(after) && !is_digit(static_cast<unsigned char>(text_[after]))) open.push_back({i, m});
      return size;
    }
    if (mark.open == mark.close) {
      if (!free_before(i)) return size;  // closes nothing: an inch mark or a stray
      // A second opening mark of the same undirected pair: the first was never closed.
      while (!open.empty() && std::any_of(open.begin(), open.end(), [&](const Open& o) { return o.mark == m; })) {
        if (open.back().mark == m) left.push_back(open.back());
        open.pop_back();
      }
    }
    open.push_back({i, m});
    return size;
  }
  std::uint32_t may_open(std::uint32_t i) const {
    std::uint32_t best = no_mark;
    for (std::uint32_t m = 0; m < marks_.size(); ++m)
      if (stands(i, marks_[m].open) && (best == no_mark || marks_[m].open.size() > marks_[best].open.size())) best = m;
    return best;
  }
  void unclosed_inside(const Open& inner, std::uint32_t end) {
    closed.push_back(
        {{inner.begin, end}, {inner.begin + static_cast<std::uint32_t>(marks_[inner.mark].open.size()), end}, inner.mark, 0, false, false});
  }

  std::array<bool, 256> begins_{};  // bytes with which a mark begins
  const std::string& text_;
  const std::vector<QuotationMark>& marks_;
  TextSpan at_;

 public:
  std::vector<Open> left;  ///< opened and never closed, before another of the same pair opened
};

}  // namespace

Result<std::vector<QuotationMark>> quotation_marks(const Lexicon& lexicon) {
  std::vector<QuotationMark> out;
  const LexiconTable* table = lexicon.table("quotation_marks");
  if (!table) return out;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    QuotationMark mark{std::string(row.id()), std::string(row["open"]), std::string(row["close"]), row["apostrophe"] == "yes"};
    if (mark.open.empty() || mark.close.empty())
      return Error{ErrorCode::malformed_input,
                   std::string(table->path()) + ":" + std::to_string(row.line()) + ": no mark; expected an opening and a closing one",
                   "",
                   {}};
    out.push_back(std::move(mark));
  }
  return out;
}

std::vector<Quotation> find_quotations(const Article& article, const std::vector<Sentence>& sentences, const std::vector<QuotationMark>& marks) {
  std::vector<Quotation> out;
  const auto size = static_cast<std::uint32_t>(article.text.size());
  const auto paragraphs = paragraphs_of(sentences, size);
  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    const Paragraph& paragraph = paragraphs[p];
    Scan scan(article, marks, paragraph.span);
    scan.run();
    for (const auto& quotation : scan.closed)
      if (quotation.inside.begin < quotation.inside.end) out.push_back(quotation);
    const auto end_of_sentence = [&](std::uint32_t at) {
      for (std::uint32_t s = paragraph.first; s < paragraph.last; ++s)
        if (at < sentences[s].span.end) return sentences[s].span.end;
      return paragraph.span.end;
    };
    const auto add_unclosed = [&](const Scan::Open& open, bool may_run_on) {
      const QuotationMark& mark = marks[open.mark];
      if (mark.apostrophe) return;
      Quotation quotation;
      quotation.mark = open.mark;
      quotation.closed = false;
      std::uint32_t end = end_of_sentence(open.begin);
      // News style: a quotation of several paragraphs opens each of them and closes only the last.
      if (may_run_on && p + 1 < paragraphs.size()) {
        const TextSpan next = paragraphs[p + 1].span;
        if (article.text.compare(next.begin, mark.open.size(), mark.open) == 0) {
          quotation.runs_on = true;
          end = paragraph.span.end;
        }
      }
      const auto begin = open.begin + static_cast<std::uint32_t>(mark.open.size());
      const auto strip = [&](std::string_view drop) {
        while (end > begin && drop.find(article.text[end - 1]) != std::string_view::npos) --end;
      };
      strip(" \t\n\r");
      if (!quotation.runs_on) strip(".,;: ");
      if (end <= begin) return;
      quotation.span = {open.begin, end};
      quotation.inside = {begin, end};
      out.push_back(quotation);
    };
    for (const auto& open : scan.left) add_unclosed(open, false);
    for (std::size_t k = 0; k < scan.open.size(); ++k) add_unclosed(scan.open[k], k == 0);
  }
  std::sort(out.begin(), out.end(), [](const Quotation& a, const Quotation& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<std::uint32_t> ends;
  for (auto& quotation : out) {
    while (!ends.empty() && ends.back() <= quotation.span.begin) ends.pop_back();
    quotation.depth = static_cast<std::uint32_t>(ends.size());
    ends.push_back(quotation.span.end);
  }
  return out;
}

}  // namespace masudi
