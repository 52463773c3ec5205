// What the lexicon knows of attribution: cues, sources, constructions, quotation marks.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract_impl.h"
#include "masudi/string_map.h"
#include "quotation.h"

namespace masudi {

/// Where the content of a cue stands. Values are bits; names in lexicon/cues.tsv are the same.
enum class Frame : std::uint32_t {
  clause = 1U << 0U,
  bare = 1U << 1U,
  quote = 1U << 2U,
  infinitive = 1U << 3U,
  infinitive_object = 1U << 4U,
  object = 1U << 5U,
  object_long = 1U << 6U,
  object_short = 1U << 7U,
  object_report = 1U << 8U,
  object_as = 1U << 9U,
  addressee = 1U << 10U,
  quoting = 1U << 14U,
  whether = 1U << 15U,
  additive = 1U << 16U,
  for_clause = 1U << 17U,
};

enum class CueSubject : std::uint8_t { any, party, person, document, body, group, quoted };

/// One row of lexicon/cues.tsv.
struct Cue {
  std::string rule;
  std::string lemma;                             ///< first word of the cue
  std::string rest;                              ///< what belongs to it: a particle, a preposition, a complement; "" for none
  std::string pos;                               ///< VERB, NOUN, ADJ
  std::uint32_t frames = 0;                      ///< bits of Frame
  std::vector<std::string> prepositions;         ///< prep:P
  std::vector<std::string> object_prepositions;  ///< object+P
  CueSubject subject = CueSubject::any;
  std::string stance, certainty;
  double confidence = 0;
  bool has(Frame frame) const { return (frames & static_cast<std::uint32_t>(frame)) != 0; }
};

/// One row of lexicon/cue_constructions.tsv.
struct CueConstruction {
  std::string rule, kind;
  std::vector<std::vector<std::string>> words;  ///< alternatives, each split at blanks
  double confidence = 0;
};

/// One row of lexicon/cue_sources.tsv.
struct SourceNoun {
  std::string rule, source_class;
  bool speaks_for = false;  ///< of a principal: spokesman, lawyer
};

/// One row of lexicon/anonymity.tsv.
struct AnonymityPhrase {
  struct Word {
    std::vector<std::string> forms;  ///< lower case; empty for any word
    bool optional = false;
  };
  std::string rule;
  std::vector<std::vector<Word>> alternatives;
  bool goes_on = false;  ///< its clause goes on to the next sign
};

/// One row of lexicon/outlets.tsv.
struct OutletName {
  enum class Match : std::uint8_t { whole, last, first };
  std::string rule;
  Match match = Match::whole;
};

struct StatementKnowledge final : StatementRules {
  std::vector<Cue> cues;
  StringMap<std::vector<std::uint32_t>> cues_by_lemma;  ///< those with more words first
  std::vector<CueConstruction> constructions;
  StringMap<SourceNoun> sources;
  std::vector<QuotationMark> marks;
  std::vector<AnonymityPhrase> anonymity;
  StringMap<std::vector<std::uint32_t>> anonymity_by_first;  ///< rows by the first word of an alternative
  StringMap<std::vector<OutletName>> outlets;                ///< by the row's words

  /// The first construction of a kind, or null.
  const CueConstruction* construction(std::string_view kind) const;
  /// The construction of that kind that lists the one word, or null.
  const CueConstruction* construction_with(std::string_view kind, std::string_view word) const;
  /// The row that makes a name an outlet's ("Sky News", "“Russia Today”"), or null. Articles and quotation marks do not count.
  const OutletName* outlet(std::string_view name) const;
};

}  // namespace masudi
