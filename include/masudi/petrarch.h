// petrarch: verb dictionaries of PETRARCH (format 1, and the braces and parentheses of later ones), read as they are and used in place of
// our own lexicon. docs/petrarch.md has the formats and what is done with them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "masudi/dictionaries.h"
#include "masudi/lexicon.h"
#include "masudi/segment.h"

namespace masudi {

/// One word of a pattern.
struct VerbToken {
  enum class Kind : std::uint8_t { word, synset, source, target, both, skip };
  Kind kind = Kind::word;
  std::string text;       ///< the word in capitals, or the name of the synset
  bool adjacent = false;  ///< nothing may stand between it and the token (or the verb) that comes before it, reading away from the verb
};

/// A pattern around a verb: what stands before it (nearest first) and after it, and the code that it gives.
struct VerbPattern {
  std::vector<VerbToken> before, after;
  std::string code, reverse;  ///< "030:031" codes both directions; "---" codes nothing
  std::uint32_t line = 0;
};

/// One entry of a dictionary: a verb, alone or among fixed words ("CORDON OFF", "WIRE TAP").
struct DictionaryVerb {
  std::string verb;                        ///< in capitals
  std::vector<std::string> before, after;  ///< fixed words beside it, in text order
  std::string code, reverse;
  std::uint32_t block = 0;  ///< index of the patterns that it shares with its block
  std::uint32_t line = 0;
};

struct VerbDictionary {
  std::string path;
  std::vector<DictionaryVerb> verbs;
  std::vector<std::vector<VerbPattern>> blocks;
  std::unordered_map<std::string, std::vector<std::vector<std::string>>> synsets;  ///< name -> phrases
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_form;             ///< looked up only
  std::vector<Error> problems;                                                     ///< lines that were left out
};

/// Reads a dictionary. A line that cannot be read is left out and told in `problems`; too_large over 64 MiB; malformed_input where there is no verb.
Result<VerbDictionary> read_verb_dictionary(const LexiconFile& file);

/// A run of words [first, last) that an actor dictionary has coded.
struct CodedPhrase {
  std::uint32_t first = 0, last = 0;
  std::string code;
};

/// Codes the phrases of a sentence as PETRARCH does: the first actor's code with what the agents of the phrase add ("ISR" + "GOV"); an agent alone
/// has "---" before it.
class PhraseCoder {
 public:
  static Result<PhraseCoder> build(const ActorDictionaries& dictionaries, const Lexicon& lexicon);
  /// In the order of their heads; the codes are of the article's day.
  std::vector<CodedPhrase> phrases(const Article& article, const Sentence& sentence) const;

 private:
  std::string code(const Article& article, const Sentence& sentence, const std::vector<std::uint32_t>& words) const;
  std::unordered_map<std::string, std::vector<DictionaryActor::Code>> actors_;  ///< looked up only, as the next
  std::unordered_map<std::string, std::string> agents_;
  std::unordered_set<std::string> part_of_;
  std::uint32_t longest_ = 1;
};

struct PetrarchEvent {
  std::string source, target, code;
  std::uint32_t verb = 0;  ///< word of the sentence
  std::uint32_t line = 0;  ///< of the dictionary: the pattern or the verb that coded it
  bool operator==(const PetrarchEvent&) const = default;
};

/// Codes one parsed sentence. Sources and targets are the coded phrases that fill the verb's arguments; an event without one of them is none.
/// Pure; O(verbs x patterns x words).
std::vector<PetrarchEvent> code_with_verbs(const Sentence& sentence, const std::vector<CodedPhrase>& phrases, const VerbDictionary& dictionary);

}  // namespace masudi
