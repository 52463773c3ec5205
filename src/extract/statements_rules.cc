#include "statements_rules.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace masudi {

namespace {

constexpr std::array<std::pair<std::string_view, Frame>, 14> frame_names{{{"clause", Frame::clause},
                                                                          {"bare", Frame::bare},
                                                                          {"quote", Frame::quote},
                                                                          {"infinitive", Frame::infinitive},
                                                                          {"infinitive_object", Frame::infinitive_object},
                                                                          {"object", Frame::object},
                                                                          {"object_long", Frame::object_long},
                                                                          {"object_short", Frame::object_short},
                                                                          {"object_report", Frame::object_report},
                                                                          {"object_as", Frame::object_as},
                                                                          {"addressee", Frame::addressee},
                                                                          {"quoting", Frame::quoting},
                                                                          {"whether", Frame::whether},
                                                                          {"additive", Frame::additive}}};

constexpr std::array<std::pair<std::string_view, CueSubject>, 7> subject_names{{{"any", CueSubject::any},
                                                                                {"party", CueSubject::party},
                                                                                {"person", CueSubject::person},
                                                                                {"document", CueSubject::document},
                                                                                {"body", CueSubject::body},
                                                                                {"group", CueSubject::group},
                                                                                {"quoted", CueSubject::quoted}}};

constexpr std::array<std::string_view, 7> stances{"neutral", "factive", "doubting", "denying", "promising", "threatening", "ordering"};
constexpr std::array<std::string_view, 4> certainties{"certain", "stated", "probable", "possible"};

Error wrong(const LexiconRow& row, std::string_view what, std::string_view found, std::string_view expected) {
  return {ErrorCode::malformed_input,
          std::string(row.table().path()) + ":" + std::to_string(row.line()) + ": unknown " + std::string(what) + " \"" + std::string(found) +
              "\"; expected " + std::string(expected),
          "",
          {}};
}

/// "0.85" as a number between 0 and 1.
bool parse_share(std::string_view text, double& out) {
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc() && end == text.data() + text.size() && out >= 0 && out <= 1;
}

Result<void> read_cues(const Lexicon& lexicon, StatementKnowledge& out) {
  const LexiconTable* table = lexicon.table("cues");
  if (!table) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    Cue cue;
    cue.rule = row.id();
    // The first alternative is the lemma; others are irregular forms that the model gives a wrong one.
    const auto lemmas = split_cell(row["lemma"]);
    if (lemmas.empty()) return wrong(row, "lemma", row["lemma"], "the dictionary form of a word");
    cue.lemma = lemmas.front();
    if (const auto joint = cue.lemma.find('_'); joint != std::string::npos) {
      cue.rest = cue.lemma.substr(joint + 1);
      cue.lemma.resize(joint);
    }
    cue.pos = row["pos"];
    if (cue.pos != "VERB" && cue.pos != "NOUN" && cue.pos != "ADJ") return wrong(row, "pos", cue.pos, "VERB, NOUN or ADJ");
    for (const auto name : split_cell(row["frames"])) {
      if (name == "prep:for_clause") {
        cue.frames |= static_cast<std::uint32_t>(Frame::for_clause);
        continue;
      }
      if (name.starts_with("prep:")) {
        cue.prepositions.emplace_back(name.substr(5));
        continue;
      }
      if (name.starts_with("object+")) {
        cue.object_prepositions.emplace_back(name.substr(7));
        continue;
      }
      const auto* found = std::find_if(frame_names.begin(), frame_names.end(), [&](const auto& f) { return f.first == name; });
      if (found == frame_names.end()) return wrong(row, "frame", name, "one of those in the comment above the table");
      cue.frames |= static_cast<std::uint32_t>(found->second);
    }
    const auto* subject = std::find_if(subject_names.begin(), subject_names.end(), [&](const auto& s) { return s.first == row["subject"]; });
    if (subject == subject_names.end()) return wrong(row, "subject", row["subject"], "any, party, person, document, body, group or quoted");
    cue.subject = subject->second;
    cue.stance = row["stance"];
    if (std::find(stances.begin(), stances.end(), cue.stance) == stances.end())
      return wrong(row, "stance", cue.stance, "neutral, factive, doubting, denying, promising, threatening or ordering");
    cue.certainty = row["certainty"];
    if (std::find(certainties.begin(), certainties.end(), cue.certainty) == certainties.end())
      return wrong(row, "certainty", cue.certainty, "certain, stated, probable or possible");
    if (!parse_share(row["confidence"], cue.confidence)) return wrong(row, "confidence", row["confidence"], "a number from 0 to 1");
    out.cues_by_lemma[cue.lemma].push_back(static_cast<std::uint32_t>(out.cues.size()));
    for (std::size_t form = 1; form < lemmas.size(); ++form)
      out.cues_by_lemma[std::string(lemmas[form])].push_back(static_cast<std::uint32_t>(out.cues.size()));
    out.cues.push_back(std::move(cue));
  }
  for (auto& [lemma, rows] : out.cues_by_lemma)
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return out.cues[a].rest.empty() < out.cues[b].rest.empty(); });
  return {};
}

Result<void> read_constructions(const Lexicon& lexicon, StatementKnowledge& out) {
  const LexiconTable* table = lexicon.table("cue_constructions");
  if (!table) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    CueConstruction construction;
    construction.rule = row.id();
    construction.kind = row["kind"];
    for (const auto words : split_cell(row["words"])) {
      construction.words.emplace_back();
      for (const auto word : split_cell(words, ' ')) construction.words.back().emplace_back(word);
    }
    if (!parse_share(row["confidence"], construction.confidence)) return wrong(row, "confidence", row["confidence"], "a number from 0 to 1");
    out.constructions.push_back(std::move(construction));
  }
  return {};
}

void read_sources(const Lexicon& lexicon, StatementKnowledge& out) {
  const LexiconTable* table = lexicon.table("cue_sources");
  if (!table) return;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    out.sources[std::string(row["lemma"])] = {std::string(row.id()), std::string(row["class"]), row["speaks_for"] == "yes"};
  }
}

Result<void> read_anonymity(const Lexicon& lexicon, StatementKnowledge& out) {
  const LexiconTable* table = lexicon.table("anonymity");
  if (!table) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    AnonymityPhrase phrase;
    phrase.rule = row.id();
    if (row["reason"] != "yes" && row["reason"] != "no") return wrong(row, "reason", row["reason"], "yes or no");
    phrase.goes_on = row["reason"] == "yes";
    for (const auto alternative : split_cell(row["words"])) {
      auto& words = phrase.alternatives.emplace_back();
      for (auto form : split_cell(alternative, ' ')) {
        auto& word = words.emplace_back();
        word.optional = form.ends_with('?');
        if (word.optional) form.remove_suffix(1);
        if (form == "_") continue;
        for (const auto one : split_cell(form, '/')) word.forms.emplace_back(one);
      }
      if (words.empty() || words.front().optional || words.front().forms.empty())
        return wrong(row, "beginning", alternative, "a first word that must stand");
      for (const auto& form : words.front().forms) {
        auto& rows = out.anonymity_by_first[form];
        const auto index = static_cast<std::uint32_t>(out.anonymity.size());
        if (rows.empty() || rows.back() != index) rows.push_back(index);
      }
    }
    out.anonymity.push_back(std::move(phrase));
  }
  return {};
}

Result<void> read_outlets(const Lexicon& lexicon, StatementKnowledge& out) {
  const LexiconTable* table = lexicon.table("outlets");
  if (!table) return {};
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const LexiconRow row = table->row(i);
    const std::string_view match = row["match"];
    if (match != "whole" && match != "last" && match != "first") return wrong(row, "match", match, "whole, last or first");
    out.outlets[std::string(row["words"])].push_back({std::string(row.id()), match == "whole"  ? OutletName::Match::whole
                                                                             : match == "last" ? OutletName::Match::last
                                                                                               : OutletName::Match::first});
  }
  return {};
}

}  // namespace

const CueConstruction* StatementKnowledge::construction(std::string_view kind) const {
  for (const auto& c : constructions)
    if (c.kind == kind) return &c;
  return nullptr;
}

const CueConstruction* StatementKnowledge::construction_with(std::string_view kind, std::string_view word) const {
  for (const auto& c : constructions)
    if (c.kind == kind)
      for (const auto& words : c.words)
        if (words.size() == 1 && words[0] == word) return &c;
  return nullptr;
}

const OutletName* StatementKnowledge::outlet(std::string_view name) const {
  std::string folded = fold(name);
  for (const std::string_view mark : {"\"", "\u201c", "\u201d", "\u2018", "'", "\u00ab", "\u00bb"})
    for (auto at = folded.find(mark); at != std::string::npos; at = folded.find(mark)) folded.erase(at, mark.size());
  std::string_view rest = folded;
  if (rest.starts_with("the ")) rest.remove_prefix(4);
  const auto with = [&](std::string_view words, OutletName::Match match) -> const OutletName* {
    const auto found = outlets.find(words);
    if (found == outlets.end()) return nullptr;
    for (const auto& row : found->second)
      if (row.match == match) return &row;
    return nullptr;
  };
  for (const std::string_view words : {std::string_view(folded), rest})
    if (const auto* row = with(words, OutletName::Match::whole)) return row;
  if (const auto blank = rest.rfind(' '); blank != std::string_view::npos)
    if (const auto* row = with(rest.substr(blank + 1), OutletName::Match::last)) return row;
  if (const auto blank = rest.find(' '); blank != std::string_view::npos)
    if (const auto* row = with(rest.substr(0, blank), OutletName::Match::first)) return row;
  return nullptr;
}

Result<std::unique_ptr<StatementRules>> StatementRules::build(const Lexicon& lexicon) {
  auto out = std::make_unique<StatementKnowledge>();
  if (auto read = read_cues(lexicon, *out); !read) return read.error();
  if (auto read = read_constructions(lexicon, *out); !read) return read.error();
  read_sources(lexicon, *out);
  if (auto read = read_anonymity(lexicon, *out); !read) return read.error();
  if (auto read = read_outlets(lexicon, *out); !read) return read.error();
  auto marks = quotation_marks(lexicon);
  if (!marks) return marks.error();
  out->marks = *std::move(marks);
  return std::unique_ptr<StatementRules>(std::move(out));
}

}  // namespace masudi
