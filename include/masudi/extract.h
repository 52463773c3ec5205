// extract: statements, then events inside or outside them, then commitments. Each record names the rule that made it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "masudi/records.h"
#include "masudi/resolve.h"

namespace masudi {

/// Something that was considered and not taken, for `explain`.
struct Rejection {
  std::string rule;  ///< lexicon row or rule
  TextSpan span;
  std::string reason;
};

/// Why a record is there: the words whose arcs matched, the rule of each field, what was rejected.
struct Trace {
  std::string record;  ///< id of the record
  std::uint32_t sentence = 0;
  std::vector<std::uint32_t> words;  ///< of the sentence: anchor, arguments, markers that matched
  struct Field {
    std::string field, rule, note;
  };
  std::vector<Field> fields;
  std::vector<Rejection> rejected;
};

struct Extraction {
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Commitment> commitments;
  std::vector<Agreement> agreements;  ///< the article itself where it is an agreement text, else none
  std::vector<Trace> traces;          ///< one a record, in the order statements, events, commitments
};

class ExtractRules {
 public:
  static Result<ExtractRules> build(const Lexicon& lexicon);
  ExtractRules(ExtractRules&&) noexcept;
  ExtractRules& operator=(ExtractRules&&) noexcept;
  ~ExtractRules();
  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit ExtractRules(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

Extraction extract(const Article& article, const Analysis& analysis, const ExtractRules& rules);

/// Leaves out events and commitments (with their traces) of a lower confidence, 0 to 1. A `same_as` that led to one of them becomes absent;
/// statements stay, since records name them.
void leave_out_below(Extraction& records, double confidence);

}  // namespace masudi
