// code: one sentence a line with its id and date, as users of PETRARCH have them, to events in the shapes that their tools read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "masudi/petrarch.h"
#include "masudi/pipeline.h"

namespace masudi {

/// One line of input: id, date and sentence, separated by tabs.
struct CodeLine {
  std::string id;
  Day date;
  std::string text;
};

/// Reads "id <tab> date <tab> sentence". Dates are YYYY-MM-DD or YYYYMMDD.
/// @param number  of the line, from 1, for the message.
/// @return the line; or malformed_input, which says what was found and what was expected.
Result<CodeLine> parse_code_line(std::string_view line, std::uint64_t number, const std::string& path);

/// The article that a line stands for: its sentence as text, its id, its date as day of publication.
Document document_of(const CodeLine& line);

/// A party in one word: country and sector ("USAGOV", "---REB"), as event data of the CAMEO family has it; "---" for nobody.
std::string party_code(const Entity& entity);

/// Events in the columns of PETRARCH: date (YYYYMMDD), source, target, CAMEO code, id of the sentence; then PLOVER type and mode, auxiliary
/// modes, and the words of the event. One line for each pair of parties; all pairs, both ways, of a symmetric event; "---" where nobody is named.
std::string to_petrarch(const Reading& reading, const CodeLine& line);

/// The same columns from a PETRARCH verb dictionary in place of our lexicon: parties are those of the reading, verbs and codes the dictionary's.
/// PLOVER type, mode and auxiliary modes stay empty. With `actors` the parties are coded by the user's own dictionaries alone.
std::string to_petrarch(const Reading& reading, const CodeLine& line, const VerbDictionary& verbs, const PhraseCoder* actors = nullptr);

/// One JSON object an event and line, with the field names of the PLOVER record (codebook v0.8).
/// @param lexicon  the engine's: quads come from its table plover.
std::string to_plover(const Reading& reading, const CodeLine& line, const Lexicon& lexicon);

}  // namespace masudi
