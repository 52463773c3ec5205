// The parts of mention: what is known (built once), what is found in an article, and how mentions are put together.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "masudi/mention.h"
#include "masudi/names.h"
#include "masudi/string_map.h"

namespace masudi {

/// What a noun of lexicon/offices.tsv says of whom it names.
struct OfficeNoun {
  std::string sector, kind;
};

struct MentionRules::Impl {
  NameSpellings spellings;
  StringMap<std::string> known;                        ///< folded name -> id of its row ("cc.USA", "act.hamas")
  StringMap<std::string> exact;                        ///< the same for names that count only as they are spelled ("US")
  StringMap<std::uint32_t> starts;                     ///< first word of a body's name, folded -> words of the longest such
  StringMap<std::string> demonyms;                     ///< folded adjective -> id of the country
  StringMap<std::vector<std::string>> nouns_of_known;  ///< id -> nouns that take it up again
  StringMap<OfficeNoun> offices;                       ///< lemma, or lemmas with blanks between
  StringSet pair_person, pair_country, country, country_role, body, title;
  std::string title_rule;
  StringMap<std::pair<char, std::string>> genders;  ///< noun, title or pronoun -> m or f, and the row
  StringMap<std::pair<char, std::string>> given;    ///< given name -> the same
  StringSet cues;                                   ///< verbs that say

  const std::string* find_known(std::string_view spelled) const;
};

/// A mention with what putting it together with others needs to know.
struct FoundMention {
  Mention mention;
  std::string name;                 ///< as written, without titles; empty for what is no name
  std::string folded;               ///< the same folded
  std::string noun;                 ///< lemma of a nominal's head
  std::vector<std::string> marks;   ///< lemmas of modifiers, for nominals
  std::vector<std::string> titles;  ///< lemmas of the titles before a name
  std::string known;                ///< id of the row that it is a name of, or of the country of a demonym
  char gender = '?';                ///< m, f, n (no person), ? unknown
  std::string gender_rule;
  bool plural = false, definite = false, person = false, body = false, country = false, subject = false, possessive = false;
  bool quoted = false;
  bool says = false;           ///< subject of a verb that says, outside quotation marks
  bool pair = false;           ///< "two" or "both" before it
  int grammatical_person = 0;  ///< of a pronoun: 1, 2, 3; 0: none
  bool relative = false, reflexive = false;
  std::optional<std::uint32_t> renames;  ///< index of the mention that it stands in apposition to, or that a relative pronoun takes up
  std::optional<std::uint32_t> speaker;  ///< index of the mention that says the quotation around it
};

inline bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}
/// The first word of a name, folded: letters and digits up to the first other character.
std::string first_word(std::string_view name);

/// Every noun, pronoun and nationality that heads a phrase, in text order.
std::vector<FoundMention> detect(const Article& article, const std::vector<Tree>& trees, const MentionRules::Impl& rules);
/// Fills `quoted`, `says` and `speaker`.
void find_speakers(const Article& article, const std::vector<Tree>& trees, const MentionRules::Impl& rules, std::vector<FoundMention>& found);
/// Puts mentions of the same party into clusters.
Mentions join(std::vector<FoundMention> found, const MentionRules::Impl& rules);

}  // namespace masudi
