// Quotations: which bytes of an article stand in quotation marks, in any script's marks, nested, broken or never closed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/ingest.h"
#include "masudi/lexicon.h"
#include "masudi/segment.h"

namespace masudi {

/// A pair of marks: one row of lexicon/quotation_marks.tsv.
struct QuotationMark {
  std::string rule;         ///< id of the row
  std::string open, close;  ///< UTF-8; the same for marks without a direction
  bool apostrophe = false;  ///< the closing mark is also an apostrophe: a pair counts only where it closes
};

struct Quotation {
  TextSpan span;            ///< marks included; without a closing mark it ends with its sentence or paragraph
  TextSpan inside;          ///< without the marks
  std::uint32_t mark = 0;   ///< index of the pair
  std::uint32_t depth = 0;  ///< 0: not inside another quotation
  bool closed = true;       ///< a closing mark was found
  bool runs_on = false;     ///< unclosed because the next paragraph opens with the same mark and goes on
  bool operator==(const Quotation&) const = default;
};

/// Reads the table; malformed_input where a row has no marks.
Result<std::vector<QuotationMark>> quotation_marks(const Lexicon& lexicon);

/// Quotations of an article in text order. Only bytes between the sentences of one paragraph are looked at, so that nothing
/// excluded is read. A mark that closes nothing is passed over. Pure; O(bytes x marks).
std::vector<Quotation> find_quotations(const Article& article, const std::vector<Sentence>& sentences, const std::vector<QuotationMark>& marks);

}  // namespace masudi
