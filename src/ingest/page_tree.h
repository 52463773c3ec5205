// A page as a flat list of nodes in document order. Every walk is a loop: a page nested ten thousand deep costs no stack.
#pragma once

#include <gumbo.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi::ingest_detail {

struct PageNode {
  const GumboNode* node = nullptr;  ///< of Gumbo's tree, which PageTree keeps
  GumboTag tag = GUMBO_TAG_UNKNOWN;
  bool is_text = false;
  std::uint32_t parent = 0;  ///< index; the root is its own parent
  std::uint32_t end = 0;     ///< one past the last node below it
};

class PageTree {
 public:
  /// malformed_input where elements are nested absurdly deep, or the tree would need memory out of all proportion.
  static Result<PageTree> parse(std::string_view html);
  PageTree(PageTree&&) noexcept;
  PageTree& operator=(PageTree&&) noexcept;
  ~PageTree();

  const std::vector<PageNode>& nodes() const { return nodes_; }
  const PageNode& operator[](std::uint32_t i) const { return nodes_[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  /// The value of an attribute, or an empty view.
  std::string_view attribute(std::uint32_t i, const char* name) const;
  bool has_attribute(std::uint32_t i, const char* name) const;
  /// Where an attribute's value stands in the page, without quotation marks.
  TextSpan attribute_span(std::uint32_t i, const char* name) const;
  /// Decoded characters of a text node.
  std::string_view text(std::uint32_t i) const;
  /// Where a text node stands in the page.
  TextSpan text_span(std::uint32_t i) const;
  std::string_view html() const { return html_; }

 private:
  struct Arena;
  PageTree();
  std::string_view html_;
  std::unique_ptr<Arena> arena_;
  std::vector<PageNode> nodes_;
};

bool is_block(GumboTag tag);
bool is_heading(GumboTag tag);

}  // namespace masudi::ingest_detail
