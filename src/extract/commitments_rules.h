// What the lexicon knows of undertakings: words that commit, and what stands against it, conditions, exclusions, who is owed, how it ended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agreement.h"
#include "extract_impl.h"
#include "masudi/string_map.h"
#include "quotation.h"

namespace masudi {

/// Where what is undertaken stands, seen from the word that commits. Names in lexicon/commitments.tsv are the same.
enum class CommitmentFrame : std::uint8_t {
  to,           ///< infinitive complement: "agreed to end"
  gerund,       ///< gerund under "to": "is committed to ending"
  that,         ///< finite clause: "promised that", "guarantees nobody is refused"
  object,       ///< noun phrase: "pledged $2 billion"
  modal,        ///< auxiliary beside the verb: "will end"
  past,         ///< the same in reported speech only: "said it would end"
  periphrasis,  ///< infinitive of a word that is no more than an auxiliary: "is going to end", "is to end"
  headline,     ///< "US to end"
};

/// One row of lexicon/commitments.tsv.
struct CommitmentRow {
  std::string id, lemma, pos, force;
  CommitmentFrame frame = CommitmentFrame::to;
  bool mutual = false;    ///< parties under "with" owe it too
  bool negative = false;  ///< an undertaking to refrain
  double confidence = 0;
};

struct CommitmentKnowledge final : CommitmentRules {
  /// A word of one of the smaller tables.
  struct Entry {
    std::string id, value;
  };
  StringMap<std::vector<CommitmentRow>> by_lemma;
  StringMaps<Entry> blocks;  ///< slot -> lemma
  /// How a condition's first words are read: lexicon/commitment_conditions.tsv.
  struct ConditionRow {
    std::string id;
    std::string kept;                ///< keep, inverted, negative, previous or ""
    std::vector<std::string> heads;  ///< lemmas that its head must be one of; empty: any
  };
  StringMap<ConditionRow> conditions;  ///< by its words, '_' between them
  StringMaps<Entry> excludes;          ///< kind -> word or lemma
  StringMaps<Entry> creditors;         ///< slot -> lemma of the verb
  StringMaps<Entry> status;            ///< slot -> lemma; value is the status
  StringMap<Entry> voices;             ///< nouns that name a text in the first person; "yes" where bare verbs are items
  StringMaps<Entry> vague;             ///< kind -> lemma of the verb of the deed; value is the reason
  AgreementWords agreements;
  std::vector<QuotationMark> marks;
};

}  // namespace masudi
