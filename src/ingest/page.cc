// The article in a page: metadata, and the part of the tree that holds the prose. The scoring follows the idea of Arc90's
// Readability: paragraphs vote for their ancestors, links vote against.
#include <algorithm>
#include <array>
#include <map>

#include "ingest_impl.h"
#include "page_tree.h"

namespace masudi::ingest_detail {

namespace {

constexpr std::uint32_t none = UINT32_MAX;
constexpr std::size_t enough_text = 500;  ///< bytes of body; with less, the search is tried again with fewer parts left out
constexpr std::size_t longest_byline = 100;

using Rows = std::vector<IngestPattern>;

const IngestPattern* match(const Rows& rows, const std::string& text) {
  for (const IngestPattern& row : rows)
    if (re2::RE2::PartialMatch(text, *row.pattern)) return &row;
  return nullptr;
}

/// Characters of a text node one by one, each with the bytes of the page that it stands for.
class TextWalk {
 public:
  explicit TextWalk(std::string_view html) : html_(html) {}

  template <class Take>
  void walk(std::string_view text, TextSpan span, const Take& take) {
    const std::string_view source = slice(html_, span);
    std::size_t at = 0, from = 0;  // in text, in source
    while (at < text.size()) {
      while (from < source.size() && source[from] == '<' && is_markup(source, from) &&
             !(text[at] == '<' && source[from + 1] != '/' && source[from + 1] != '!'))
        from = skip_markup(source, from);
      if (from >= source.size()) break;
      const CodePoint point = code_point_at(text, at);
      if (source[from] == '&') {
        std::size_t run = from + 1;
        while (run < source.size() && run - from < 40 && (is_name(source[run]) || (run == from + 1 && source[run] == '#'))) ++run;
        if (run < source.size() && source[run] == ';') ++run;
        const std::string* decoded = decode(source.substr(from, run - from));
        if (decoded == nullptr || text.substr(at, decoded->size()) != *decoded) break;
        // "&ampx" is "&x": what is the same at the end stands for itself
        std::size_t same = 0;
        while (same < decoded->size() && same < run - from && (*decoded)[decoded->size() - 1 - same] == source[run - 1 - same] &&
               source[run - 1 - same] != ';')
          ++same;
        if (*decoded == source.substr(from, run - from)) same = run - from;
        const std::size_t whole = decoded->size() - same;
        emit(text, at, at + whole, span.begin + from, span.begin + run - same, true, take);
        emit(text, at + whole, at + decoded->size(), span.begin + run - same, span.begin + run, false, take);
        at += decoded->size();
        from = run;
        continue;
      }
      if (text[at] == '\n' && source[from] == '\r') {
        const std::size_t size = from + 1 < source.size() && source[from + 1] == '\n' ? 2 : 1;
        emit(text, at, at + 1, span.begin + from, span.begin + from + size, true, take);
        ++at;
        from += size;
        continue;
      }
      if (source.substr(from, point.size) != text.substr(at, point.size)) break;
      emit(text, at, at + point.size, span.begin + from, span.begin + from + point.size, false, take);
      at += point.size;
      from += point.size;
    }
    // what does not follow the source byte for byte stands for the rest of the node as a whole
    if (at < text.size()) emit(text, at, text.size(), span.begin + std::min(from, source.size()), span.end, true, take);
  }

 private:
  static bool is_name(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'); }
  static bool is_markup(std::string_view source, std::size_t at) {
    if (at + 1 >= source.size()) return false;
    const char next = source[at + 1];
    return next == '/' || next == '!' || next == '?' || ((next | 0x20) >= 'a' && (next | 0x20) <= 'z');
  }
  static std::size_t skip_markup(std::string_view source, std::size_t at) {
    const bool comment = source.substr(at, 4) == "<!--";
    const auto end = source.find(comment ? "-->" : ">", at);
    return end == std::string_view::npos ? source.size() : end + (comment ? 3 : 1);
  }
  /// What a run such as "&eacute;" reads as. Null where too many different ones were asked for.
  const std::string* decode(std::string_view run) {
    const auto known = entities_.find(run);
    if (known != entities_.end()) return &known->second;
    if (entities_.size() >= 2048) return nullptr;
    std::string decoded;
    if (auto tree = PageTree::parse(run))
      for (std::uint32_t i = 0; i < tree->size(); ++i)
        if ((*tree)[i].is_text) decoded += tree->text(i);
    return &entities_.emplace(run, std::move(decoded)).first->second;
  }
  template <class Take>
  static void emit(std::string_view text, std::size_t begin, std::size_t end, std::size_t raw_begin, std::size_t raw_end, bool atomic,
                   const Take& take) {
    if (begin >= end) return;
    if (atomic) {
      take(text.substr(begin, end - begin), raw_begin, raw_end);
      return;
    }
    for (std::size_t at = begin; at < end;) {
      const std::size_t size = std::min<std::size_t>(code_point_at(text, at).size, end - at);
      take(text.substr(at, size), raw_begin + (at - begin), raw_begin + (at - begin) + size);
      at += size;
    }
  }

  std::string_view html_;
  std::map<std::string, std::string, std::less<>> entities_;
};

/// Text with runs of white space made one blank, and the way back.
struct Built {
  struct Run {
    std::size_t begin = 0, size = 0, raw_begin = 0, raw_end = 0;
  };
  std::string text;
  std::vector<Run> runs;

  void put(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) {
    if (!runs.empty()) {
      Run& last = runs.back();
      if (last.begin + last.size == text.size() && last.raw_end == raw_begin && last.size == last.raw_end - last.raw_begin &&
          bytes.size() == raw_end - raw_begin) {
        last.size += bytes.size();
        last.raw_end = raw_end;
        text += bytes;
        return;
      }
    }
    runs.push_back({text.size(), bytes.size(), raw_begin, raw_end});
    text += bytes;
  }
  void take(std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) {
    for (std::size_t at = 0; at < bytes.size();) {
      const CodePoint point = code_point_at(bytes, at);
      const std::size_t size = std::min<std::size_t>(point.size, bytes.size() - at);
      const bool whole = size == bytes.size();
      if (is_blank(point.value)) {
        if (!blank_) {
          blank_begin_ = raw_begin;
          blank_ = true;
        }
        blank_end_ = raw_end;
      } else if (point.value >= 0x20 && point.value != 0xAD) {  // control bytes and soft hyphens are not text
        if (blank_ && !text.empty()) put(" ", blank_begin_, std::max(blank_begin_, blank_end_));
        blank_ = false;
        if (whole) {
          put(bytes, raw_begin, raw_end);
        } else {  // part of an atom: the first part stands for all of it
          put(bytes.substr(at, size), raw_begin, at == 0 ? raw_end : raw_begin);
          if (at == 0) raw_begin = raw_end;
        }
      }
      at += size;
    }
  }
  void clear() {
    text.clear();
    runs.clear();
    blank_ = false;
  }

 private:
  bool blank_ = false;
  std::size_t blank_begin_ = 0, blank_end_ = 0;
};

/// Counts over a subtree.
struct Counts {
  double chars = 0, link_chars = 0, heading_chars = 0, list_chars = 0;
  std::uint32_t commas = 0, paragraphs = 0, images = 0, items = 0, inputs = 0;

  void add(const Counts& other) {
    chars += other.chars;
    link_chars += other.link_chars;
    heading_chars += other.heading_chars;
    list_chars += other.list_chars;
    commas += other.commas;
    paragraphs += other.paragraphs;
    images += other.images;
    items += other.items;
    inputs += other.inputs;
  }
  double link_density() const { return chars > 0 ? link_chars / chars : 0; }
};

/// Elements whose text is never prose of the article.
bool is_never_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
      return true;
    default:
      return false;
  }
}

class Finder {
 public:
  Finder(const PageTree& tree, const IngestRules::Impl& rules, std::set<std::string>& used)
      : tree_(tree), rules_(rules), used_(used), walk_(tree.html()), labels_(tree.size()), weights_(tree.size(), unknown) {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      if (tree_[i].is_text) continue;
      std::string label(tree_.attribute(i, "class"));
      if (const auto id = tree_.attribute(i, "id"); !id.empty()) label += " " + std::string(id);
      if (label.size() > 400) label.resize(400);
      labels_[i] = std::move(label);
      if (tree_[i].tag == GUMBO_TAG_BODY && body_ == none) body_ = i;
    }
    if (body_ == none) body_ = 0;
  }

  std::optional<std::string> byline() const { return byline_; }

  /// The nodes that hold the article: subtrees in document order, with `left_out` marked.
  std::vector<std::uint32_t> find() {
    std::vector<std::uint32_t> best;
    std::vector<char> best_left_out;
    double best_size = -1;
    // with every rule; then without those on names of classes; then without cleaning
    for (int attempt = 0; attempt < 3; ++attempt) {
      leave_out(attempt == 0);
      count();
      auto roots = top_subtrees();
      if (attempt < 2) clean(roots);
      double size = 0;
      for (std::uint32_t root : roots)
        for (std::uint32_t i = root; i < tree_[root].end; i = left_out_[i] ? tree_[i].end : i + 1)
          if (!left_out_[i] && tree_[i].is_text) size += static_cast<double>(trim(tree_.text(i)).size());
      if (size > best_size) {
        best_size = size;
        best = std::move(roots);
        best_left_out = left_out_;
      }
      if (best_size >= static_cast<double>(enough_text)) break;
    }
    left_out_ = std::move(best_left_out);
    return best;
  }

  /// Paragraphs of the subtrees.
  std::vector<Built> paragraphs(const std::vector<std::uint32_t>& roots) {
    std::vector<Built> out;
    Built now;
    const auto end_paragraph = [&] {
      if (!now.text.empty()) out.push_back(std::move(now));
      now = Built();
    };
    for (const std::uint32_t root : roots) {
      end_paragraph();
      std::vector<std::uint32_t> open;  // ends of the blocks that are open
      std::uint32_t breaks = 0;
      for (std::uint32_t i = root; i < tree_[root].end;) {
        while (!open.empty() && i >= open.back()) {
          end_paragraph();
          open.pop_back();
        }
        if (left_out_[i]) {
          i = tree_[i].end;
          continue;
        }
        const PageNode& node = tree_[i];
        if (node.is_text) {
          if (!trim(tree_.text(i)).empty()) breaks = 0;
          walk_.walk(tree_.text(i), tree_.text_span(i),
                     [&](std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) { now.take(bytes, raw_begin, raw_end); });
        } else if (node.tag == GUMBO_TAG_BR) {
          const auto at = static_cast<std::size_t>(node.node->v.element.start_pos.offset);
          now.take(" ", at, at + node.node->v.element.original_tag.length);
          if (++breaks >= 2) end_paragraph();
        } else if (is_block(node.tag)) {
          end_paragraph();
          open.push_back(node.end);
        }
        ++i;
      }
      end_paragraph();
    }
    return out;
  }

  /// All text below a node, white space collapsed.
  Built text_of(std::uint32_t root) {
    Built out;
    for (std::uint32_t i = root; i < tree_[root].end; ++i) {
      if (tree_[i].is_text)
        walk_.walk(tree_.text(i), tree_.text_span(i),
                   [&](std::string_view bytes, std::size_t raw_begin, std::size_t raw_end) { out.take(bytes, raw_begin, raw_end); });
      if (out.text.size() > 4096) break;
    }
    return out;
  }

  const std::string& label(std::uint32_t i) const { return labels_[i]; }
  std::uint32_t body() const { return body_; }

 private:
  static constexpr int unknown = INT32_MIN;

  bool is_hidden(std::uint32_t i) const {
    if (tree_.has_attribute(i, "hidden") || tree_.attribute(i, "aria-hidden") == "true") return true;
    std::string style = ascii_lower(tree_.attribute(i, "style"));
    style.erase(std::remove(style.begin(), style.end(), ' '), style.end());
    return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
  }

  /// Marks what is no part of any article: never text, hidden, and (where `by_name`) what its class says is page furniture.
  void leave_out(bool by_name) {
    left_out_.assign(tree_.size(), 0);
    std::uint32_t table_end = 0;
    for (std::uint32_t i = 0; i < tree_.size();) {
      const PageNode& node = tree_[i];
      if (node.is_text || i <= body_) {
        if (node.tag == GUMBO_TAG_HEAD) left_out_[i] = 1;
        i = left_out_[i] ? node.end : i + 1;
        continue;
      }
      if (node.tag == GUMBO_TAG_TABLE) table_end = std::max(table_end, node.end);
      bool out = is_never_text(node.tag) || is_hidden(i);
      if (!out && is_byline(i)) out = true;
      const bool named = !labels_[i].empty() || tree_.has_attribute(i, "role");
      if (!out && named) {
        if (const auto* row = match(rules_.dropped, labels_[i] + " role=" + std::string(tree_.attribute(i, "role")));
            row != nullptr && node.tag != GUMBO_TAG_ARTICLE && node.tag != GUMBO_TAG_MAIN && small(i)) {
          out = true;
          used_.insert(row->id);
        }
      }
      if (!out && by_name && named && node.tag != GUMBO_TAG_A && node.tag != GUMBO_TAG_ARTICLE && node.tag != GUMBO_TAG_MAIN && i >= table_end) {
        if (const auto* row = match(rules_.unlikely, labels_[i])) {
          if (const auto* spared = match(rules_.maybe, labels_[i])) {
            used_.insert(spared->id);
          } else {
            out = true;
            used_.insert(row->id);
          }
        }
      }
      left_out_[i] = out;
      i = out ? node.end : i + 1;
    }
  }

  /// Few enough bytes of text to be a widget rather than the article itself.
  bool small(std::uint32_t i) const {
    std::size_t bytes = 0;
    for (std::uint32_t at = i; at < tree_[i].end; ++at) {
      if (tree_[at].is_text && tree_[tree_[at].parent].tag != GUMBO_TAG_SCRIPT) bytes += trim(tree_.text(at)).size();
      if (bytes >= 500) return false;
    }
    return true;
  }

  bool is_byline(std::uint32_t i) {
    if (byline_ && byline_at_ != i) return false;
    const auto* row = match(rules_.byline, labels_[i]);
    const bool said = tree_.attribute(i, "rel") == "author" || tree_.attribute(i, "itemprop").find("author") != std::string_view::npos;
    if (row == nullptr && !said) return false;
    if (!small(i)) return false;
    const std::string text = text_of(i).text;
    if (text.empty() || text.size() >= longest_byline) return false;
    if (row != nullptr) used_.insert(row->id);
    byline_ = text;
    byline_at_ = i;
    return true;
  }

  /// What the names of its classes say for or against a node.
  int weight(std::uint32_t i) {
    if (weights_[i] != unknown) return weights_[i];
    int sum = 0;
    if (!labels_[i].empty()) {
      if (const auto* row = match(rules_.negative, labels_[i])) {
        sum -= 25;
        used_.insert(row->id);
      }
      if (const auto* row = match(rules_.positive, labels_[i])) {
        sum += 25;
        used_.insert(row->id);
      }
    }
    return weights_[i] = sum;
  }

  /// Counts of the node itself, given the counts below it.
  void count_node(std::uint32_t i, Counts& counts) const {
    const PageNode& node = tree_[i];
    if (node.is_text) {
      const std::string_view text = trim(tree_.text(i));
      counts.chars = static_cast<double>(text.size());
      for (std::size_t at = 0; at < text.size(); ++at)
        counts.commas += text[at] == ',' || text.compare(at, 2, "\xD8\x8C") == 0 || text.compare(at, 3, "\xE3\x80\x81") == 0 ||
                         text.compare(at, 3, "\xEF\xBC\x8C") == 0;
      return;
    }
    switch (node.tag) {
      case GUMBO_TAG_A: {
        const bool local = tree_.attribute(i, "href").starts_with('#');
        counts.link_chars = counts.chars * (local ? 0.3 : 1.0);
        break;
      }
      case GUMBO_TAG_P:
        ++counts.paragraphs;
        break;
      case GUMBO_TAG_IMG:
        ++counts.images;
        break;
      case GUMBO_TAG_LI:
        ++counts.items;
        break;
      case GUMBO_TAG_INPUT:
        ++counts.inputs;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
        counts.list_chars = counts.chars;
        break;
      default:
        if (is_heading(node.tag)) counts.heading_chars = counts.chars;
    }
  }

  void count() {
    counts_.assign(tree_.size(), {});
    has_block_.assign(tree_.size(), 0);
    std::vector<char> hidden(tree_.size(), 0);
    for (std::uint32_t i = 1; i < tree_.size(); ++i) hidden[i] = left_out_[i] || hidden[tree_[i].parent];
    for (std::uint32_t i = tree_.size(); i-- > 0;) {
      if (hidden[i]) continue;
      count_node(i, counts_[i]);
      if (i == 0) break;
      const std::uint32_t parent = tree_[i].parent;
      counts_[parent].add(counts_[i]);
      if (!tree_[i].is_text && (is_block(tree_[i].tag) || has_block_[i])) has_block_[parent] = 1;
    }
  }

  static double tag_weight(GumboTag tag) {
    switch (tag) {
      case GUMBO_TAG_DIV:
        return 5;
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_TD:
      case GUMBO_TAG_BLOCKQUOTE:
        return 3;
      case GUMBO_TAG_ADDRESS:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_UL:
      case GUMBO_TAG_DL:
      case GUMBO_TAG_DD:
      case GUMBO_TAG_DT:
      case GUMBO_TAG_LI:
      case GUMBO_TAG_FORM:
        return -3;
      default:
        return is_heading(tag) || tag == GUMBO_TAG_TH ? -5 : 0;
    }
  }

  void vote(std::uint32_t first, double chars, std::uint32_t commas) {
    if (chars < 25) return;
    const double votes = 2.0 + commas + std::min(static_cast<int>(chars / 100), 3);
    std::uint32_t at = first;
    for (int level = 0; level < 5 && at != 0; ++level) {
      if (!scored_[at]) {
        scored_[at] = 1;
        scores_[at] = tag_weight(tree_[at].tag) + weight(at);
        candidates_.push_back(at);
      }
      scores_[at] += votes / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
      if (at == body_) break;
      at = tree_[at].parent;
    }
  }

  /// The element with most votes and those of its siblings that read like it.
  std::vector<std::uint32_t> top_subtrees() {
    scores_.assign(tree_.size(), 0);
    scored_.assign(tree_.size(), 0);
    candidates_.clear();
    std::vector<double> loose(tree_.size(), 0);  // text that stands in a block beside other blocks
    std::vector<std::uint32_t> loose_commas(tree_.size(), 0);
    for (std::uint32_t i = body_ + 1; i < tree_[body_].end;) {
      if (left_out_[i]) {
        i = tree_[i].end;
        continue;
      }
      const PageNode& node = tree_[i];
      const bool paragraph = node.tag == GUMBO_TAG_P || node.tag == GUMBO_TAG_PRE || node.tag == GUMBO_TAG_SECTION ||
                             (node.tag == GUMBO_TAG_TD && !has_block_[i]) || (is_heading(node.tag) && node.tag != GUMBO_TAG_H1);
      const bool bare_block = (node.tag == GUMBO_TAG_DIV || node.tag == GUMBO_TAG_BLOCKQUOTE || node.tag == GUMBO_TAG_ARTICLE) && !has_block_[i];
      if (paragraph)
        vote(node.parent, counts_[i].chars, counts_[i].commas);
      else if (bare_block)
        vote(node.tag == GUMBO_TAG_DIV && counts_[i].chars < 200 ? node.parent : i, counts_[i].chars, counts_[i].commas);
      else if ((node.is_text || !is_block(node.tag)) && node.parent != i && has_block_[node.parent] && is_block(tree_[node.parent].tag)) {
        loose[node.parent] += counts_[i].chars;
        loose_commas[node.parent] += counts_[i].commas;
      }
      ++i;
    }
    for (std::uint32_t i = body_; i < tree_[body_].end; ++i)
      if (loose[i] >= 80) vote(i, loose[i], loose_commas[i]);

    std::uint32_t top = none;
    for (const std::uint32_t i : candidates_) {
      scores_[i] *= 1 - counts_[i].link_density();
      if (top == none || scores_[i] > scores_[top] || (scores_[i] == scores_[top] && i < top)) top = i;
    }
    if (top == none || top == 0) return {body_};
    top = climb(top);
    if (top == body_) return {body_};

    std::vector<std::uint32_t> out;
    const std::uint32_t parent = tree_[top].parent;
    const double threshold = std::max(10.0, scores_[top] * 0.2);
    for (std::uint32_t i = parent + 1; i < tree_[parent].end; i = tree_[i].end) {
      if (left_out_[i] || tree_[i].is_text) continue;
      bool take = i == top;
      if (!take) {
        const double bonus = !labels_[top].empty() && tree_.attribute(i, "class") == tree_.attribute(top, "class") ? scores_[top] * 0.2 : 0;
        const Counts& counts = counts_[i];
        if (scored_[i] && scores_[i] + bonus >= threshold) {
          take = true;
        } else if (tree_[i].tag == GUMBO_TAG_P) {
          if (counts.chars > 80)
            take = counts.link_density() < 0.25;
          else if (counts.chars > 0 && counts.link_chars == 0)
            take = ends_sentence(i);
        }
      }
      if (take) out.push_back(i);
    }
    return out;
  }

  bool ends_sentence(std::uint32_t i) {
    const std::string text = text_of(i).text;
    return text.ends_with('.') || text.find(". ") != std::string::npos;
  }

  /// From the element with most votes to the one that holds the whole article.
  std::uint32_t climb(std::uint32_t top) const {
    std::vector<std::uint32_t> rivals;
    std::vector<std::uint32_t> sorted = candidates_;
    std::sort(sorted.begin(), sorted.end(),
              [&](std::uint32_t a, std::uint32_t b) { return scores_[a] != scores_[b] ? scores_[a] > scores_[b] : a < b; });
    for (std::size_t i = 0; i < sorted.size() && i < 5; ++i)
      if (sorted[i] != top && scores_[sorted[i]] >= scores_[top] * 0.75) rivals.push_back(sorted[i]);
    if (rivals.size() >= 3) {
      for (std::uint32_t at = tree_[top].parent; at != 0 && at != body_; at = tree_[at].parent) {
        const auto below = std::count_if(rivals.begin(), rivals.end(), [&](std::uint32_t rival) { return rival > at && rival < tree_[at].end; });
        if (below >= 3) {
          top = at;
          break;
        }
      }
    }
    double last = scores_[top];
    const double least = last / 3;
    for (std::uint32_t at = tree_[top].parent; at != 0 && at != body_; at = tree_[at].parent) {
      if (!scored_[at]) continue;
      if (scores_[at] < least) break;
      if (scores_[at] > last) {
        top = at;
        break;
      }
      last = scores_[at];
    }
    for (std::uint32_t at = tree_[top].parent; at != 0 && at != body_; at = tree_[at].parent) {
      std::uint32_t elements = 0;
      for (std::uint32_t i = at + 1; i < tree_[at].end && elements < 2; i = tree_[i].end) elements += tree_[i].is_text ? 0U : 1U;
      if (elements != 1) break;
      top = at;
    }
    return top;
  }

  /// Leaves out lists, tables, forms and boxes inside the article that read like furniture. Innermost first.
  void clean(const std::vector<std::uint32_t>& roots) {
    for (const std::uint32_t root : roots) {
      std::vector<Counts> counts(tree_[root].end - root);
      std::vector<char> hidden(counts.size(), 0);
      std::vector<char> in_figure(counts.size(), 0);
      for (std::uint32_t i = root; i < tree_[root].end; ++i) {
        const std::uint32_t parent = tree_[i].parent;
        hidden[i - root] = left_out_[i] || (i > root && hidden[parent - root]);
        in_figure[i - root] = tree_[i].tag == GUMBO_TAG_FIGURE || (i > root && in_figure[parent - root]);
      }
      for (std::uint32_t i = tree_[root].end; i-- > root;) {
        if (hidden[i - root]) continue;
        Counts& own = counts[i - root];
        count_node(i, own);
        if (i == root) break;
        if (!in_figure[i - root] && is_furniture(i, own))
          left_out_[i] = 1;
        else
          counts[tree_[i].parent - root].add(own);
      }
    }
  }

  bool is_furniture(std::uint32_t i, const Counts& counts) {
    const GumboTag tag = tree_[i].tag;
    if ((tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2) && weight(i) < 0) return true;
    if (tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_UL && tag != GUMBO_TAG_OL && tag != GUMBO_TAG_TABLE && tag != GUMBO_TAG_FORM &&
        tag != GUMBO_TAG_FIELDSET && tag != GUMBO_TAG_SECTION)
      return false;
    const int names = weight(i);
    if (names < 0) return true;
    if (tag == GUMBO_TAG_SECTION || counts.commas >= 10) return false;
    const bool list = tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL || (counts.chars > 0 && counts.list_chars / counts.chars > 0.9);
    const double headings = counts.chars > 0 ? counts.heading_chars / counts.chars : 0;
    const double links = counts.link_density();
    if (counts.images > 1 && counts.paragraphs * 2 < counts.images) return true;
    if (!list && counts.items > counts.paragraphs + 100) return true;
    if (counts.inputs > counts.paragraphs / 3) return true;
    if (!list && headings < 0.9 && counts.chars < 25 && links > 0 && (counts.images == 0 || counts.images > 2)) return true;
    if (!list && names < 25 && links > 0.2) return true;
    if (list && links > 0.6 && counts.commas < 3) return true;
    return names >= 25 && links > 0.5;
  }

  const PageTree& tree_;
  const IngestRules::Impl& rules_;
  std::set<std::string>& used_;
  TextWalk walk_;
  std::vector<std::string> labels_;  ///< class and id of each element
  std::vector<int> weights_;
  std::vector<char> left_out_, has_block_, scored_;
  std::vector<Counts> counts_;
  std::vector<double> scores_;
  std::vector<std::uint32_t> candidates_;
  std::uint32_t body_ = none;
  std::optional<std::string> byline_;
  std::uint32_t byline_at_ = none;
};

/// A piece of metadata with where it stands in the page.
struct Found {
  std::string text;
  TextSpan at;
};

std::size_t words_of(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i) words += text[i] != ' ' && (i == 0 || text[i - 1] == ' ');
  return words;
}

/// A title without the name of the outlet: "Talks resume in Geneva | The Daily Example" -> "Talks resume in Geneva".
std::string trim_outlet(const std::string& title, const std::optional<std::string>& outlet, bool guess) {
  static constexpr std::array<std::string_view, 8> separators{" | ",        " - ",  " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                                              " \xC2\xBB ", " :: ", " \xC2\xB7 ",     " // "};
  std::size_t last = std::string::npos, size = 0;
  for (const std::string_view separator : separators) {
    const auto at = title.rfind(separator);
    if (at != std::string::npos && (last == std::string::npos || at > last)) {
      last = at;
      size = separator.size();
    }
  }
  if (last == std::string::npos) return title;
  const std::string head = title.substr(0, last), tail = title.substr(last + size);
  if (outlet && ascii_lower(tail) == ascii_lower(*outlet)) return head;
  if (guess && words_of(head) >= 3 && words_of(tail) <= 5 && words_of(tail) < words_of(head)) return head;
  return title;
}

struct Meta {
  std::map<std::string, Found> values;  ///< of <meta>, by name, property or itemprop in lower case; the first wins
  std::optional<Found> title, heading;
  std::optional<std::string> language, visible_date;
  LinkedData linked;
};

Meta read_meta(const PageTree& tree, Finder& finder, const IngestRules::Impl& rules, std::set<std::string>& used) {
  Meta out;
  int dated = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    const PageNode& node = tree[i];
    if (node.is_text) continue;
    switch (node.tag) {
      case GUMBO_TAG_HTML:
        if (const auto language = tree.attribute(i, "lang"); !language.empty() && !out.language) out.language = std::string(trim(language));
        break;
      case GUMBO_TAG_META:
        for (const char* attribute : {"property", "name", "itemprop"}) {
          const auto name = tree.attribute(i, attribute);
          if (name.empty() || name.size() > 100) continue;
          std::string content = collapse(tree.attribute(i, "content"));
          if (!content.empty()) out.values.try_emplace(ascii_lower(trim(name)), Found{std::move(content), tree.attribute_span(i, "content")});
        }
        break;
      case GUMBO_TAG_TITLE:
        if (!out.title && tree[node.parent].tag == GUMBO_TAG_HEAD) {
          const Built built = finder.text_of(i);
          if (!built.text.empty())
            out.title =
                Found{built.text, {static_cast<std::uint32_t>(built.runs.front().raw_begin), static_cast<std::uint32_t>(built.runs.back().raw_end)}};
        }
        break;
      case GUMBO_TAG_H1:
        if (!out.heading) {
          const Built built = finder.text_of(i);
          if (!built.text.empty())
            out.heading =
                Found{built.text, {static_cast<std::uint32_t>(built.runs.front().raw_begin), static_cast<std::uint32_t>(built.runs.back().raw_end)}};
        }
        break;
      case GUMBO_TAG_SCRIPT:
        if (!out.linked.published && ascii_lower(trim(tree.attribute(i, "type"))) == "application/ld+json" && node.end > i + 1 &&
            tree[i + 1].is_text) {
          LinkedData linked = read_linked_data(tree.text(i + 1), rules, used);
          if (linked.published || linked.headline) out.linked = std::move(linked);
        }
        break;
      case GUMBO_TAG_TIME:
        if (!out.visible_date && dated < 20) {
          ++dated;
          const std::string said(tree.attribute(i, "datetime"));
          if (parse_date(said, rules)) {
            out.visible_date = said;
          } else if (const std::string shown = finder.text_of(i).text; parse_date(shown, rules, &used)) {
            out.visible_date = shown;
          }
        }
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace

Result<Page> read_page(std::string_view html, const IngestRules::Impl& rules, std::set<std::string>& used) {
  auto parsed = PageTree::parse(html);
  if (!parsed) return parsed.error();
  const PageTree& tree = *parsed;
  Finder finder(tree, rules, used);
  Meta meta = read_meta(tree, finder, rules, used);
  const auto value = [&](std::initializer_list<const char*> names) -> std::optional<std::string> {
    for (const char* name : names)
      if (const auto at = meta.values.find(name); at != meta.values.end()) return at->second.text;
    return std::nullopt;
  };

  Page page;
  page.language = meta.language ? meta.language : value({"og:locale", "language"});
  page.outlet = value({"og:site_name", "application-name"});
  if (!page.outlet) page.outlet = meta.linked.publisher;
  for (const char* name : {"article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued",
                           "dcterms.created", "parsely-pub-date", "sailthru.date", "og:published_time", "publish-date"})
    if (const auto at = meta.values.find(name); at != meta.values.end() && !page.published) page.published = parse_date(at->second.text, rules);
  if (!page.published && meta.linked.published) page.published = parse_date(*meta.linked.published, rules);
  if (!page.published && meta.visible_date) page.published = parse_date(*meta.visible_date, rules);

  const auto roots = finder.find();
  auto paragraphs = finder.paragraphs(roots);
  page.byline = value({"author", "dc.creator", "parsely-author", "article:author"});
  if (page.byline && page.byline->find("://") != std::string::npos) page.byline.reset();
  if (!page.byline) page.byline = meta.linked.author;
  if (!page.byline) page.byline = finder.byline();

  // the title: what the page is shared under, its heading, its window's title
  Found title;
  if (const auto at = meta.values.find("og:title"); at != meta.values.end()) {
    title = at->second;
    title.text = trim_outlet(title.text, page.outlet, false);
  } else if (meta.heading && meta.heading->text.size() < 300 && words_of(meta.heading->text) >= 3) {
    title = *meta.heading;
  } else if (meta.title) {
    title = *meta.title;
    title.text = trim_outlet(title.text, page.outlet, true);
  } else if (meta.heading && meta.heading->text.size() < 300) {
    title = *meta.heading;
  }
  if (!title.text.empty()) page.title = title.text;

  // the body does not say the title again
  const std::string key = ascii_lower(title.text);
  for (std::size_t i = 0; i < paragraphs.size() && i < 4; ++i)
    if (!key.empty() && ascii_lower(paragraphs[i].text) == key) {
      if (paragraphs[i].runs.front().raw_begin >= title.at.end)
        title.at = {static_cast<std::uint32_t>(paragraphs[i].runs.front().raw_begin), static_cast<std::uint32_t>(paragraphs[i].runs.back().raw_end)};
      paragraphs.erase(paragraphs.begin() + static_cast<std::ptrdiff_t>(i));
      break;
    }
  if (paragraphs.empty()) {  // a page without prose is no article, whatever its title
    page.title.reset();
    return page;
  }
  if (!title.text.empty()) {
    page.text = title.text;
    const std::size_t body_begin = paragraphs.front().runs.front().raw_begin;
    if (title.at.end <= body_begin && title.at.size() > 0) {
      const auto size = static_cast<std::uint32_t>(title.text.size());
      const auto within = slice(html, title.at).find(title.text);
      if (within != std::string_view::npos)
        page.alignment.add({0, title.at.begin + within, size, size});
      else
        page.alignment.add({0, title.at.begin, size, title.at.size()});
    }
  }
  for (const Built& paragraph : paragraphs) {
    if (!page.text.empty()) page.text += "\n\n";
    const std::size_t base = page.text.size();
    for (const Built::Run& run : paragraph.runs)
      page.alignment.add(
          {static_cast<std::uint32_t>(base + run.begin), run.raw_begin, static_cast<std::uint32_t>(run.size), run.raw_end - run.raw_begin});
    page.text += paragraph.text;
  }
  return page;
}

Result<void> build_page_parts(const Lexicon& lexicon, IngestRules::Impl& rules) {
  const LexiconTable* table = lexicon.table("page_parts");
  if (table == nullptr) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const std::string_view where = row["where"];
    Rows* rows = where == "unlikely"   ? &rules.unlikely
                 : where == "maybe"    ? &rules.maybe
                 : where == "positive" ? &rules.positive
                 : where == "negative" ? &rules.negative
                 : where == "dropped"  ? &rules.dropped
                 : where == "byline"   ? &rules.byline
                 : where == "type"     ? &rules.article_type
                                       : nullptr;
    if (rows == nullptr)
      return Error{ErrorCode::malformed_input,
                   "where is \"" + std::string(where) + "\"; expected unlikely, maybe, positive, negative, dropped, byline or type",
                   std::string(table->path()) + ":" + std::to_string(row.line()),
                   {}};
    auto compiled = compile_pattern(row, "(?i)" + std::string(row["pattern"]));
    if (!compiled) return compiled.error();
    rows->push_back(*std::move(compiled));
  }
  return {};
}

}  // namespace masudi::ingest_detail
