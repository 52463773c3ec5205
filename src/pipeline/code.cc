#include "masudi/code.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view nobody = "---";
constexpr std::size_t longest_shown = 40;

std::string compact(Day day) {
  std::string out = to_iso(day);
  std::erase(out, '-');
  return out;
}

std::optional<Day> day_of(std::string_view text) {
  if (text.size() == 8 && text.find('-') == std::string_view::npos)
    return parse_iso_day(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6, 2)));
  return parse_iso_day(text);
}

/// Sources and targets of an event: every pair, both ways for a symmetric event.
std::vector<std::pair<std::string, std::string>> dyads(const Event& event) {
  std::vector<std::string> actors, recipients;
  for (const auto& entity : event.actor) actors.push_back(party_code(entity));
  for (const auto& entity : event.recipient) recipients.push_back(party_code(entity));
  std::vector<std::pair<std::string, std::string>> out;
  const auto add = [&](const std::string& source, const std::string& target) {
    std::pair pair{source, target};
    if (std::find(out.begin(), out.end(), pair) == out.end()) out.push_back(std::move(pair));
  };
  if (recipients.empty() && actors.size() > 1) {
    for (std::size_t i = 0; i < actors.size(); ++i)
      for (std::size_t k = 0; k < actors.size(); ++k)
        if (i != k) add(actors[i], actors[k]);
    return out;
  }
  if (actors.empty()) actors.emplace_back(nobody);
  if (recipients.empty()) recipients.emplace_back(nobody);
  for (const auto& actor : actors)
    for (const auto& recipient : recipients) add(actor, recipient);
  return out;
}

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json entities(const Reading& reading, const std::vector<Entity>& list) {
  Json out = Json::array();
  for (const auto& entity : list)
    out.push_back({{"code", or_null(entity.country)},
                   {"sector", or_null(entity.sector)},
                   {"entity_text", std::string(reading.article.slice(entity.text))},
                   {"identifier_text", or_null(entity.name)}});
  return out;
}

/// The quad of a type, from plover.tsv's names: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
int quad_of(const Lexicon& lexicon, const std::string& type) {
  const auto* table = lexicon.table("plover");
  if (table == nullptr) return 0;
  constexpr std::string_view quads[] = {"verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"};
  for (std::uint32_t i = 0; i < table->size(); ++i)
    if (table->row(i)["type"] == type)
      for (int quad = 0; quad < 4; ++quad)
        if (table->row(i)["quad"] == quads[quad]) return quad + 1;
  return 0;
}

/// Words of the text in one cell of a table: no tabs or line ends.
std::string cell(std::string_view words) {
  std::string out(words.substr(0, longest_shown));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return out;
}

/// The parties of a sentence as coded runs of words, each where its own words stand.
std::vector<CodedPhrase> coded_phrases(const Reading& reading, std::uint32_t sentence) {
  const auto& words = reading.analysis.sentences[sentence].words;
  std::vector<CodedPhrase> out;
  for (std::uint32_t i = 0; i < words.size(); ++i)
    for (const auto& entity : parties_at(reading.article, reading.analysis, sentence, i)) {
      if (!entity.text.contains(words[i].span) || (!entity.country && !entity.sector)) continue;
      CodedPhrase phrase{i, i + 1, party_code(entity)};
      for (std::uint32_t k = 0; k < words.size(); ++k)
        if (entity.text.contains(words[k].span)) {
          phrase.first = std::min(phrase.first, k);
          phrase.last = std::max(phrase.last, k + 1);
        }
      if (out.empty() || out.back().first != phrase.first || out.back().code != phrase.code) out.push_back(std::move(phrase));
      break;
    }
  return out;
}

}  // namespace

Result<CodeLine> parse_code_line(std::string_view line, std::uint64_t number, const std::string& path) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const auto wrong = [&](const std::string& message) {
    return Error{ErrorCode::malformed_input, "line " + std::to_string(number) + ": " + message, path, {}};
  };
  const auto first = line.find('\t');
  const auto second = first == std::string_view::npos ? first : line.find('\t', first + 1);
  if (second == std::string_view::npos) return wrong("found no two tabs; expected ID, a tab, a date, a tab, and the sentence");
  const std::string_view date = line.substr(first + 1, second - first - 1);
  const auto day = day_of(date);
  if (!day) return wrong("\"" + std::string(date.substr(0, longest_shown)) + "\" is not a date; expected YYYY-MM-DD or YYYYMMDD");
  CodeLine out{std::string(line.substr(0, first)), *day, std::string(line.substr(second + 1))};
  if (out.text.find_first_not_of(" \t") == std::string::npos) return wrong("no sentence after the date");
  return out;
}

Document document_of(const CodeLine& line) {
  Document out;
  out.bytes = line.text;
  out.metadata.id = line.id;
  out.metadata.published = line.date;
  out.metadata.format = Format::text;
  out.metadata.encoding = "utf-8";
  out.metadata.language = "en";
  return out;
}

std::string party_code(const Entity& entity) { return entity.country.value_or(std::string(nobody)) + entity.sector.value_or(""); }

std::string to_petrarch(const Reading& reading, const CodeLine& line) {
  std::string out;
  for (const auto& event : reading.records.events) {
    std::string aux;
    for (const auto& mode : event.aux) aux += (aux.empty() ? "" : ";") + mode;
    for (const auto& [source, target] : dyads(event))
      out += compact(line.date) + "\t" + source + "\t" + target + "\t" + event.cameo.value_or(std::string(nobody)) + "\t" + line.id + "\t" +
             event.type + "\t" + event.mode.value_or("") + "\t" + aux + "\t" + cell(reading.article.slice(event.anchor)) + "\n";
  }
  return out;
}

std::string to_petrarch(const Reading& reading, const CodeLine& line, const VerbDictionary& verbs, const PhraseCoder* actors) {
  std::string out;
  for (std::uint32_t s = 0; s < reading.analysis.sentences.size(); ++s) {
    const Sentence& sentence = reading.analysis.sentences[s];
    for (const auto& event : code_with_verbs(sentence, actors ? actors->phrases(reading.article, sentence) : coded_phrases(reading, s), verbs))
      out += compact(line.date) + "\t" + event.source + "\t" + event.target + "\t" + event.code + "\t" + line.id + "\t\t\t\t" +
             cell(sentence.words[event.verb].form) + "\n";
  }
  return out;
}

std::string to_plover(const Reading& reading, const CodeLine& line, const Lexicon& lexicon) {
  std::string out;
  for (const auto& event : reading.records.events) {
    const Json record{{"id", line.id + ":" + event.id},
                      {"date", to_iso(event.date ? event.date->begin : line.date)},
                      {"enddate", event.date && event.date->end != event.date->begin ? Json(to_iso(event.date->end)) : Json(nullptr)},
                      {"actor", entities(reading, event.actor)},
                      {"recipient", entities(reading, event.recipient)},
                      {"event", event.type},
                      {"mode", or_null(event.mode)},
                      {"context", event.contexts},
                      {"aux", event.aux},
                      {"event_text", std::string(reading.article.slice(event.anchor))},
                      {"event_loc", event.place ? Json{{"extracted_place", std::string(reading.article.slice(event.place->text))},
                                                       {"resolved_place", event.place->name},
                                                       {"country", or_null(event.place->country)}}
                                                : Json(nullptr)},
                      {"quad_code", quad_of(lexicon, event.type)},
                      {"event_scale", or_null(event.score)},
                      {"cameo", or_null(event.cameo)},
                      {"confidence", event.confidence},
                      {"text", reading.article.text},
                      {"coder", "masudi " + reading.engine.version},
                      {"comment", event.provenance.rule}};
    out += record.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  return out;
}

}  // namespace masudi
