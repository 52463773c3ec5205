#include "page_tree.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdlib>

namespace masudi::ingest_detail {

namespace {

constexpr std::size_t deepest = 5000;                  ///< elements open at once; the deepest real pages have some hundreds
constexpr std::size_t allocation_floor = 256U << 20U;  ///< bytes that parsing any page may allocate
constexpr std::size_t allocation_factor = 400;         ///< and this many more for each byte of the page

/// Names of elements that end by themselves, or never hold anything: leaving them open nests nothing.
constexpr std::array<std::string_view, 31> self_ending{
    "p",    "li",   "dd",   "dt",   "option", "optgroup", "tr",    "td",     "th",    "tbody", "thead", "tfoot", "br",   "hr", "img", "input",
    "link", "meta", "area", "base", "col",    "embed",    "param", "source", "track", "wbr",   "html",  "body",  "head", "rp", "rt"};

/// How many elements are open at once, by counting tags. Cheap, and an upper bound where it matters.
std::size_t nesting(std::string_view html) {
  std::size_t depth = 0, most = 0;
  for (auto at = html.find('<'); at != std::string_view::npos && at + 1 < html.size(); at = html.find('<', at + 1)) {
    const bool closing = html[at + 1] == '/';
    std::size_t from = at + (closing ? 2 : 1), to = from;
    while (to < html.size() && to - from < 24 && ((html[to] | 0x20) >= 'a' && (html[to] | 0x20) <= 'z')) ++to;
    while (to < html.size() && to > from && to - from < 24 && html[to] >= '0' && html[to] <= '9') ++to;
    if (to == from) continue;
    const std::string name = ascii_lower(html.substr(from, to - from));
    if (std::find(self_ending.begin(), self_ending.end(), name) != self_ending.end()) continue;
    if (closing)
      depth -= depth > 0 ? 1 : 0;
    else
      most = std::max(most, ++depth);
    if (!closing && (name == "script" || name == "style")) {
      const auto end = html.find("</", to);
      if (end == std::string_view::npos) break;
      at = end - 1;
    }
  }
  return most;
}

}  // namespace

/// Gumbo's memory in one place: freed as a list, for gumbo_destroy_output walks the tree on the stack.
struct PageTree::Arena {
  struct alignas(std::max_align_t) Header {
    Header *before, *after;
  };
  Header first{&first, &first};
  std::size_t budget = 0;
  std::jmp_buf exhausted;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    for (Header* at = first.after; at != &first;) {
      Header* after = at->after;
      std::free(at);
      at = after;
    }
  }
  static void* allocate(void* self, std::size_t size) {
    auto& arena = *static_cast<Arena*>(self);
    // Gumbo does not look whether it got memory; only C frames lie between here and the setjmp
    if (size + sizeof(Header) > arena.budget) std::longjmp(arena.exhausted, 1);
    arena.budget -= size + sizeof(Header);
    auto* header = static_cast<Header*>(std::malloc(size + sizeof(Header)));
    if (header == nullptr) std::longjmp(arena.exhausted, 1);
    header->before = &arena.first;
    header->after = arena.first.after;
    header->after->before = header;
    arena.first.after = header;
    return header + 1;
  }
  static void release(void*, void* memory) {
    if (memory == nullptr) return;
    auto* header = static_cast<Header*>(memory) - 1;
    header->before->after = header->after;
    header->after->before = header->before;
    std::free(header);
  }
  GumboOutput* parse(std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = release;
    options.userdata = this;
    options.max_errors = 0;
    return guarded(options, html);
  }

 private:
  GumboOutput* guarded(const GumboOptions& options, std::string_view html) {
    if (setjmp(exhausted) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size());
  }
};

PageTree::PageTree() : arena_(std::make_unique<Arena>()) {}
PageTree::PageTree(PageTree&&) noexcept = default;
PageTree& PageTree::operator=(PageTree&&) noexcept = default;
PageTree::~PageTree() = default;

Result<PageTree> PageTree::parse(std::string_view html) {
  if (const std::size_t depth = nesting(html); depth > deepest)
    return Error{ErrorCode::malformed_input,
                 "a page with " + std::to_string(depth) + " elements nested in one another; expected at most " + std::to_string(deepest),
                 "",
                 {}};
  PageTree tree;
  tree.html_ = html;
  tree.arena_->budget = allocation_floor + html.size() * allocation_factor;
  const GumboOutput* output = tree.arena_->parse(html);
  if (output == nullptr || output->document == nullptr)
    return Error{ErrorCode::malformed_input, "a page whose tags open one another without end; no tree of it fits into memory", "", {}};

  const auto children = [](const GumboNode* node) -> const GumboVector* {
    if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) return &node->v.element.children;
    return nullptr;
  };
  struct Open {
    const GumboVector* children;
    unsigned next;
    std::uint32_t index;
  };
  std::vector<Open> open;
  const auto add = [&](const GumboNode* node) {
    PageNode flat;
    flat.node = node;
    flat.is_text = node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) flat.tag = node->v.element.tag;
    flat.parent = open.empty() ? 0 : open.back().index;
    flat.end = static_cast<std::uint32_t>(tree.nodes_.size() + 1);
    tree.nodes_.push_back(flat);
    if (const auto* below = children(node)) open.push_back({below, 0, static_cast<std::uint32_t>(tree.nodes_.size() - 1)});
  };
  add(output->document);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next == top.children->length) {
      tree.nodes_[top.index].end = static_cast<std::uint32_t>(tree.nodes_.size());
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(top.children->data[top.next++]);
    if (child->type != GUMBO_NODE_COMMENT) add(child);
  }
  return tree;
}

namespace {
const GumboAttribute* find_attribute(const PageNode& node, const char* name) {
  if (node.is_text || (node.node->type != GUMBO_NODE_ELEMENT && node.node->type != GUMBO_NODE_TEMPLATE)) return nullptr;
  return gumbo_get_attribute(&node.node->v.element.attributes, name);
}
}  // namespace

std::string_view PageTree::attribute(std::uint32_t i, const char* name) const {
  const auto* found = find_attribute(nodes_[i], name);
  return found == nullptr || found->value == nullptr ? std::string_view{} : std::string_view(found->value);
}

bool PageTree::has_attribute(std::uint32_t i, const char* name) const { return find_attribute(nodes_[i], name) != nullptr; }

namespace {
TextSpan span_in(std::string_view html, const char* begin, std::size_t size) {
  if (begin == nullptr || begin < html.data() || begin > html.data() + html.size()) return {};
  const auto at = static_cast<std::size_t>(begin - html.data());
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + std::min(size, html.size() - at))};
}
}  // namespace

TextSpan PageTree::attribute_span(std::uint32_t i, const char* name) const {
  const auto* found = find_attribute(nodes_[i], name);
  if (found == nullptr) return {};
  TextSpan span = span_in(html_, found->original_value.data, found->original_value.length);
  if (span.size() >= 2 && (html_[span.begin] == '"' || html_[span.begin] == '\'')) {
    ++span.begin;
    --span.end;
  }
  return span;
}

std::string_view PageTree::text(std::uint32_t i) const {
  const char* text = nodes_[i].node->v.text.text;
  return text == nullptr ? std::string_view{} : std::string_view(text);
}

TextSpan PageTree::text_span(std::uint32_t i) const {
  const GumboStringPiece& piece = nodes_[i].node->v.text.original_text;
  return span_in(html_, piece.data, piece.length);
}

bool is_heading(GumboTag tag) { return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6; }

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_P:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_UL:
      return true;
    default:
      return false;
  }
}

}  // namespace masudi::ingest_detail
