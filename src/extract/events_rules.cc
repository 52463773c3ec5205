#include "events_rules.h"

#include <charconv>
#include <unordered_map>

namespace masudi {

namespace {

EventRole parse_role(std::string_view cell) {
  EventRole role;
  for (const auto term : split_cell(cell, '+')) {
    std::vector<std::string> alternatives;
    for (const auto slot : split_cell(term, '/')) alternatives.emplace_back(slot);
    if (!alternatives.empty()) role.push_back(std::move(alternatives));
  }
  return role;
}

Error wrong(const LexiconRow& row, std::string message) {
  message = "line " + std::to_string(row.line()) + ", row " + std::string(row.id()) + ": " + message;
  return {ErrorCode::malformed_input, std::move(message), std::string(row.table().path()), {}};
}

/// Tenths and hundredths only: parsed without a locale.
std::optional<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (failed != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

std::vector<std::string> strings(std::string_view cell) {
  std::vector<std::string> out;
  for (const auto part : split_cell(cell)) out.emplace_back(part);
  return out;
}

bool is_type(std::string_view value) {
  for (const char c : value)
    if (c < 'A' || c > 'Z') return false;
  return value.size() > 2;
}

Result<EventConstraint> parse_constraint(std::string_view text, const std::unordered_map<std::string, std::uint32_t>& classes,
                                         const LexiconRow& row) {
  EventConstraint out;
  const auto equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return wrong(row, "\"" + std::string(text) + "\" is no constraint; expected SLOT=VALUES");
  out.negated = text[equals - 1] == '!';
  out.slot = std::string(text.substr(0, equals - (out.negated ? 1 : 0)));
  for (const auto value : split_cell(text.substr(equals + 1), ',')) {
    if (value == "*") {
      out.anything = true;
    } else if (value == "@party") {
      out.party = true;
    } else if (value == "@political") {
      out.political = true;
    } else if (value == "@location") {
      out.location = true;
    } else if (value[0] == '@') {
      const auto found = classes.find(std::string(value.substr(1)));
      if (found == classes.end()) return wrong(row, "no class \"" + std::string(value) + "\" in classes.tsv");
      out.classes.push_back(found->second);
    } else if (out.slot == "about" && is_type(value)) {
      out.types.emplace_back(value);
    } else {
      out.lemmas.emplace_back(value);
    }
  }
  return out;
}

}  // namespace

std::optional<std::pair<EventRole, EventRole>> parse_event_frame(std::string_view cell) {
  const auto at = cell.find('>');
  if (at == std::string_view::npos) return std::nullopt;
  return std::pair{parse_role(cell.substr(0, at)), parse_role(cell.substr(at + 1))};
}

Result<std::unique_ptr<EventRules>> EventRules::build(const Lexicon& lexicon) {
  auto out = std::make_unique<EventKnowledge>();
  std::unordered_map<std::string, std::uint32_t> class_at;
  if (const auto* table = lexicon.table("classes"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      EventKnowledge::Class entry{std::string(row.id()), std::string(row["name"]), {}, row["name"].ends_with("_sector")};
      for (const auto lemma : split_cell(row["lemmas"])) entry.lemmas.insert(lemma);
      const auto index = static_cast<std::uint32_t>(out->classes.size());
      class_at[entry.name] = index;
      if (entry.name == "political_sector") out->political = index;
      if (entry.name == "document") out->document = index;
      if (entry.name == "weapon" || entry.name == "aircraft" || entry.name == "vehicle" || entry.name == "attack") out->instruments.push_back(index);
      if (!entry.sectors)
        for (const auto lemma : split_cell(row["lemmas"])) {
          auto& of = out->classes_of[std::string(lemma)];
          if (of.empty() || of.back() != index) of.push_back(index);
        }
      out->classes.push_back(std::move(entry));
    }
  if (const auto* table = lexicon.table("plover"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      out->scores[{std::string(row["type"]), std::string(row["mode"])}] = {std::string(row.id()), number(row["score"])};
    }
  if (const auto* table = lexicon.table("events"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      EventRow entry;
      entry.id = std::string(row.id());
      entry.lemma = std::string(row["lemma"]);
      if (const auto at = entry.lemma.find('_'); at != std::string::npos) {
        entry.particle = entry.lemma.substr(at + 1);
        entry.lemma.resize(at);
      }
      entry.pos = std::string(row["pos"]);
      if (entry.pos != "verb" && entry.pos != "noun" && entry.pos != "adj")
        return wrong(row, "pos \"" + entry.pos + "\"; expected verb, noun or adj");
      const auto frame = parse_event_frame(row["frame"]);
      if (!frame) return wrong(row, "frame \"" + std::string(row["frame"]) + "\"; expected ACTOR>RECIPIENT");
      std::tie(entry.actor, entry.recipient) = *frame;
      for (const auto text : split_cell(row["needs"], ' ')) {
        auto constraint = parse_constraint(text, class_at, row);
        if (!constraint) return constraint.error();
        entry.asks_about = entry.asks_about || !constraint->types.empty();
        entry.needs.push_back(*std::move(constraint));
      }
      entry.type = std::string(row["type"]);
      entry.mode = std::string(row["mode"]);
      if (!out->scores.count({entry.type, entry.mode})) return wrong(row, "no type and mode \"" + entry.type + " " + entry.mode + "\" in plover.tsv");
      entry.cameo = std::string(row["cameo"]);
      entry.contexts = strings(row["contexts"]);
      entry.aux = strings(row["aux"]);
      const auto confidence = number(row["confidence"]);
      if (!confidence) return wrong(row, "confidence \"" + std::string(row["confidence"]) + "\"; expected a number from 0 to 1");
      entry.confidence = *confidence;
      out->by_lemma[entry.lemma].push_back(static_cast<std::uint32_t>(out->rows.size()));
      out->rows.push_back(std::move(entry));
    }
  if (const auto* table = lexicon.table("contexts"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      EventKnowledge::Context entry{std::string(row.id()), std::string(row["context"]), {}, std::string(row["reach"]), std::string(row["asks"])};
      for (const auto lemma : split_cell(row["lemmas"])) {
        std::vector<std::string> run;
        for (const auto part : split_cell(lemma, '_')) run.emplace_back(part);
        // The tokenizer parts a word at its hyphens, as English treebanks do: "pro-government" is three.
        std::vector<std::string> parted;
        for (const std::string& part : run)
          for (const auto piece : split_cell(part, '-')) {
            if (!parted.empty() && piece.data() != part.data()) parted.emplace_back("-");
            parted.emplace_back(piece);
          }
        if (parted.size() > run.size()) entry.words.push_back(std::move(parted));
        entry.words.push_back(std::move(run));
      }
      for (std::size_t run = 0; run < entry.words.size(); ++run)
        if (!entry.words[run].empty())
          out->context_runs[entry.words[run].front()].emplace_back(static_cast<std::uint32_t>(out->contexts.size()), static_cast<std::uint32_t>(run));
      out->contexts.push_back(std::move(entry));
    }
  if (const auto* table = lexicon.table("event_blocks"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      for (const auto word : split_cell(row["words"]))
        out->blocks[row["slot"]][std::string(word)] = {std::string(row.id()), std::string(row["reason"])};
    }
  if (const auto* table = lexicon.table("event_domains"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      EventKnowledge::Domain entry{std::string(row.id()), std::string(row["domain"]), {}, {}, 0, {}, {}};
      const auto least = row["different"];
      const auto [end, failed] = std::from_chars(least.data(), least.data() + least.size(), entry.different);
      if (failed != std::errc() || end != least.data() + least.size())
        return wrong(row, "different \"" + std::string(least) + "\"; expected a whole number");
      for (const auto lemma : split_cell(row["lemmas"])) entry.lemmas.insert(lemma);
      for (const auto sector : split_cell(row["keep"])) entry.keep.insert(sector);
      for (const auto type : split_cell(row["pairs"])) entry.pairs.insert(type);
      for (const auto type : split_cell(row["types"])) {
        const auto slash = type.find('/');
        entry.types.emplace(type.substr(0, slash), slash == std::string_view::npos ? "" : type.substr(slash + 1));
      }
      out->domains.push_back(std::move(entry));
    }
  if (const auto* table = lexicon.table("event_shift"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      const auto cell = [&](std::string_view column) { return std::string(row[column]); };
      if (!out->scores.count({cell("to_type"), cell("to_mode")})) return wrong(row, "no such type and mode in plover.tsv");
      out->shifts.push_back({std::string(row.id()), cell("type"), cell("mode"), cell("aux"), cell("when"), cell("to_type"), cell("to_mode"),
                             cell("to_cameo"), strings(row["drops"]), strings(row["adds"])});
    }
  if (const auto* table = lexicon.table("event_place"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      EventKnowledge::PlaceRow entry{std::string(row.id()), std::string(row["mode"]), {}};
      for (const auto preposition : split_cell(row["prepositions"])) entry.prepositions.insert(preposition);
      out->places.push_back(std::move(entry));
    }
  auto referee = Referee::build(lexicon);
  if (!referee) return referee.error();
  out->referee = *std::move(referee);
  for (EventRow& row : out->rows) row.referee = out->referee.word(row.word());
  auto modality = ModalityRules::build(lexicon);
  if (!modality) return modality.error();
  out->modality = *std::move(modality);
  auto marks = quotation_marks(lexicon);
  if (!marks) return marks.error();
  out->marks = *std::move(marks);
  return std::unique_ptr<EventRules>(std::move(out));
}

}  // namespace masudi
