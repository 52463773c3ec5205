#include "commitments_rules.h"

#include <charconv>
#include <utility>

namespace masudi {

namespace {

using Frames = std::pair<std::string_view, CommitmentFrame>;
constexpr Frames frame_names[] = {{"to", CommitmentFrame::to},
                                  {"gerund", CommitmentFrame::gerund},
                                  {"that", CommitmentFrame::that},
                                  {"object", CommitmentFrame::object},
                                  {"modal", CommitmentFrame::modal},
                                  {"past", CommitmentFrame::past},
                                  {"headline", CommitmentFrame::headline},
                                  {"periphrasis", CommitmentFrame::periphrasis}};

Error wrong(const LexiconRow& row, std::string_view column, std::string_view expected) {
  std::string message = "line " + std::to_string(row.line()) + ", row " + std::string(row.id()) + ": " + std::string(column) + " \"" +
                        std::string(row[column]) + "\"; expected " + std::string(expected);
  return {ErrorCode::malformed_input, std::move(message), std::string(row.table().path()), {}};
}

/// A table whose rows list words under a slot.
void add_words(const Lexicon& lexicon, std::string_view name, std::string_view slot, std::string_view value,
               StringMaps<CommitmentKnowledge::Entry>& out) {
  const auto* table = lexicon.table(name);
  if (!table) return;
  for (std::uint32_t i = 0; i < table->size(); ++i) {
    const auto row = table->row(i);
    for (const auto lemma : split_cell(row["lemmas"]))
      out[row[slot]][std::string(lemma)] = {std::string(row.id()), value.empty() ? std::string() : std::string(row[value])};
  }
}

}  // namespace

Result<std::unique_ptr<CommitmentRules>> CommitmentRules::build(const Lexicon& lexicon) {
  auto out = std::make_unique<CommitmentKnowledge>();
  if (const auto* table = lexicon.table("commitments"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      CommitmentRow base;
      base.id = std::string(row.id());
      base.pos = std::string(row["pos"]);
      base.force = std::string(row["force"]);
      base.mutual = row["mutual"] == "yes";
      base.negative = row["polarity"] == "-";
      if (row["polarity"] != "+" && row["polarity"] != "-") return wrong(row, "polarity", "+ or -");
      bool known = false;
      for (const auto& [name, frame] : frame_names)
        if (row["frame"] == name) base.frame = frame, known = true;
      if (!known) return wrong(row, "frame", "to, gerund, that, object, modal, past, periphrasis or headline");
      const auto cell = row["confidence"];
      const auto [end, failed] = std::from_chars(cell.data(), cell.data() + cell.size(), base.confidence);
      if (failed != std::errc() || end != cell.data() + cell.size()) return wrong(row, "confidence", "a number from 0 to 1");
      for (const auto lemma : split_cell(row["lemma"])) {
        base.lemma = std::string(lemma);
        out->by_lemma[base.lemma].push_back(base);
      }
    }
  add_words(lexicon, "commitment_blocks", "slot", "", out->blocks);
  add_words(lexicon, "commitment_excludes", "kind", "", out->excludes);
  add_words(lexicon, "commitment_creditors", "slot", "prepositions", out->creditors);
  add_words(lexicon, "commitment_status", "slot", "status", out->status);
  if (const auto* table = lexicon.table("commitment_conditions"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      const auto kept = row["kept"];
      if (!kept.empty() && kept != "keep" && kept != "inverted" && kept != "negative" && kept != "previous")
        return wrong(row, "kept", "keep, inverted, negative, previous or nothing");
      std::vector<std::string> heads;
      for (const auto head : split_cell(row["heads"])) heads.emplace_back(head);
      for (const auto word : split_cell(row["words"])) out->conditions[std::string(word)] = {std::string(row.id()), std::string(kept), heads};
    }
  if (const auto* table = lexicon.table("commitment_voices"))
    for (std::uint32_t i = 0; i < table->size(); ++i)
      for (const auto lemma : split_cell(table->row(i)["lemmas"]))
        out->voices[std::string(lemma)] = {std::string(table->row(i).id()), std::string(table->row(i)["items"])};
  add_words(lexicon, "commitment_vague", "kind", "reason", out->vague);
  out->agreements = AgreementWords::build(lexicon);
  auto marks = quotation_marks(lexicon);
  if (!marks) return marks.error();
  out->marks = *std::move(marks);
  return std::unique_ptr<CommitmentRules>(std::move(out));
}

}  // namespace masudi
