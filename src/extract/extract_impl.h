// The three extractors. Each has its knowledge (built once from the lexicon) and one function that adds its records and their traces.
#pragma once

#include "masudi/extract.h"

namespace masudi {

struct StatementRules {
  static Result<std::unique_ptr<StatementRules>> build(const Lexicon& lexicon);
  virtual ~StatementRules() = default;
};
struct EventRules {
  static Result<std::unique_ptr<EventRules>> build(const Lexicon& lexicon);
  virtual ~EventRules() = default;
};
struct SettingRules {
  static Result<std::unique_ptr<SettingRules>> build(const Lexicon& lexicon);
  virtual ~SettingRules() = default;
};
struct CommitmentRules {
  static Result<std::unique_ptr<CommitmentRules>> build(const Lexicon& lexicon);
  virtual ~CommitmentRules() = default;
};

/// Adds statements (ids s1, s2, ... in text order, parents set) and their traces.
void extract_statements(const Article& article, const Analysis& analysis, const StatementRules& rules, Extraction& out);
/// Adds events; reads out.statements for who vouches.
void extract_events(const Article& article, const Analysis& analysis, const EventRules& rules, Extraction& out);
/// Gives the events their dates and places, seen over the whole article.
void settle_events(const Article& article, const Analysis& analysis, const SettingRules& rules, Extraction& out);
/// Adds commitments; reads statements and events.
void extract_commitments(const Article& article, const Analysis& analysis, const CommitmentRules& rules, Extraction& out);

class ConfidenceRules;  // confidence.h

struct ExtractRules::Impl {
  Impl();
  ~Impl();
  std::unique_ptr<StatementRules> statements;
  std::unique_ptr<EventRules> events;
  std::unique_ptr<SettingRules> settings;
  std::unique_ptr<CommitmentRules> commitments;
  std::unique_ptr<ConfidenceRules> confidence;
};

}  // namespace masudi
