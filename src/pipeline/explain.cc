#include "masudi/explain.h"

#include <algorithm>

namespace masudi {

namespace {

/// A span of the sentence with the field that it fills.
struct Mark {
  TextSpan span;
  std::string label;
};

std::string quoted(const Reading& reading, TextSpan span) { return "\"" + std::string(reading.article.slice(span)) + "\""; }

std::string span_note(TextSpan span) { return "bytes " + std::to_string(span.begin) + ".." + std::to_string(span.end); }

std::string entity_note(const Reading& reading, const Entity& entity) {
  std::string out = quoted(reading, entity.text) + " -> " + entity.name.value_or("(unnamed)");
  return out + " [" + entity.country.value_or("---") + " " + entity.sector.value_or("---") + "]";
}

/// Lines "  label  text", the label padded.
class Lines {
 public:
  void heading(std::string_view text) { out_ += std::string(text) + "\n"; }
  void line(std::string_view label, std::string_view text) {
    out_ += "  " + std::string(label);
    out_.append(label.size() < 12 ? 12 - label.size() : 1, ' ');
    out_ += std::string(text) + "\n";
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Lists the fields of a record that hold something, and collects its spans as marks.
class FieldPrinter {
 public:
  FieldPrinter(const Reading& reading, Lines& lines, std::vector<Mark>& marks) : reading_(reading), lines_(lines), marks_(marks) {}

  void operator()(std::string_view name, const TextSpan& span) { put(name, span); }
  void operator()(std::string_view name, const std::optional<TextSpan>& span) {
    if (span) put(name, *span);
  }
  void operator()(std::string_view name, const std::vector<TextSpan>& spans) {
    for (const TextSpan span : spans) put(name, span);
  }
  void operator()(std::string_view name, const Entity& entity) {
    marks_.push_back({entity.text, std::string(name)});
    lines_.line(name, entity_note(reading_, entity));
  }
  void operator()(std::string_view name, const std::optional<Entity>& entity) {
    if (entity) (*this)(name, *entity);
  }
  void operator()(std::string_view name, const std::optional<Unnamed>& unnamed) {
    if (!unnamed) return;
    std::string words;
    for (const auto* value : {&unnamed->number, &unnamed->role, &unnamed->organisation, &unnamed->nationality})
      if (*value) words += (words.empty() ? "" : ", ") + **value;
    lines_.line(name, words);
    (*this)("reason", unnamed->reason);
  }
  void operator()(std::string_view name, const std::vector<Entity>& entities) {
    for (const Entity& entity : entities) (*this)(name, entity);
  }
  void operator()(std::string_view name, const std::optional<DateRange>& range) {
    if (range) lines_.line(name, to_iso(range->begin) + " .. " + to_iso(range->end));
  }
  void operator()(std::string_view name, const std::optional<EventPlace>& place) {
    if (!place) return;
    marks_.push_back({place->text, std::string(name)});
    lines_.line(name, quoted(reading_, place->text) + " -> " + place->name + " [" + place->country.value_or("---") + "]");
  }
  void operator()(std::string_view name, const std::vector<std::string>& values) {
    std::string all;
    for (const auto& value : values) all += (all.empty() ? "" : ", ") + value;
    if (!all.empty()) lines_.line(name, all);
  }
  void operator()(std::string_view name, const std::string& value) {
    if (name != "id") lines_.line(name, value);
  }
  void operator()(std::string_view name, const std::optional<std::string>& value) {
    if (value) lines_.line(name, *value);
  }
  void operator()(std::string_view name, double value) { lines_.line(name, number(value)); }
  void operator()(std::string_view name, const std::optional<double>& value) {
    if (value) lines_.line(name, number(*value));
  }
  void operator()(std::string_view name, const std::optional<std::int64_t>& value) {
    if (value) lines_.line(name, std::to_string(*value));
  }
  void operator()(std::string_view, const Provenance&) {}  // printed with its row, below

 private:
  void put(std::string_view name, TextSpan span) {
    marks_.push_back({span, std::string(name)});
    lines_.line(name, quoted(reading_, span) + "  " + span_note(span));
  }
  static std::string number(double value) {
    std::string out = std::to_string(value);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
    return out;
  }

  const Reading& reading_;
  Lines& lines_;
  std::vector<Mark>& marks_;
};

/// The words of `within` with each mark written as [words|label]; of marks that overlap, the longer one first begun is kept.
std::string marked(const Reading& reading, TextSpan within, std::vector<Mark> marks) {
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.size() > b.span.size(); });
  std::string out;
  std::uint32_t at = within.begin;
  for (const Mark& mark : marks) {
    if (mark.span.begin < at || mark.span.end > within.end || mark.span.empty()) continue;
    out += reading.article.slice({at, mark.span.begin});
    out += "[" + std::string(reading.article.slice(mark.span)) + "|" + mark.label + "]";
    at = mark.span.end;
  }
  out += reading.article.slice({at, within.end});
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

void print_rule(Lines& lines, std::string_view label, const std::string& rule, const Lexicon& lexicon, const Lexicon& gazetteer) {
  for (const Lexicon* tables : {&lexicon, &gazetteer}) {
    const auto row = tables->find(rule);
    if (!row) continue;
    lines.line(label, rule + "  " + std::string(row->table().path()) + ":" + std::to_string(row->line()));
    std::string cells;
    for (std::size_t c = 1; c < row->table().columns().size(); ++c) {
      const auto cell = row->cell(c);
      if (cell.empty() || row->table().columns()[c] == "sample") continue;
      cells += (cells.empty() ? "" : "  ") + std::string(row->table().columns()[c]) + "=" + std::string(cell.substr(0, 80));
    }
    lines.line("", cells);
    return;
  }
  lines.line(label, rule + "  (a rule of the program)");
}

template <class Record>
std::string explain_record(const Reading& reading, const std::string& id, const Record& record, TextSpan at, const Lexicon& lexicon,
                           const Lexicon& gazetteer, const std::vector<Candidate>* beaten) {
  Lines lines;
  std::vector<Mark> marks;
  lines.heading(id + " of " + reading.article.title.value_or(reading.article.id));
  lines.heading("fields");
  visit_fields(record, FieldPrinter(reading, lines, marks));

  const auto& sentences = reading.analysis.sentences;
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), at.begin, [](std::uint32_t byte, const Sentence& s) { return byte < s.span.begin; });
  const auto trace = std::find_if(reading.records.traces.begin(), reading.records.traces.end(), [&](const Trace& t) { return t.record == id; });
  if (after != sentences.begin()) {
    const Sentence& sentence = *(after - 1);
    lines.heading("sentence " + std::to_string(after - sentences.begin()) + ", " + span_note(sentence.span));
    lines.line("", marked(reading, sentence.span, marks));
    lines.heading("parse");
    std::vector<std::uint32_t> words;
    if (trace != reading.records.traces.end() && trace->sentence == static_cast<std::uint32_t>(after - sentences.begin() - 1)) words = trace->words;
    if (words.empty())
      for (std::uint32_t i = 0; i < sentence.words.size(); ++i)
        if (at.overlaps(sentence.words[i].span)) words.push_back(i);
    for (const std::uint32_t i : words) {
      if (i >= sentence.words.size()) continue;
      const Word& word = sentence.words[i];
      const bool rooted = word.head < 0 || static_cast<std::size_t>(word.head) >= sentence.words.size();
      lines.line("", (rooted ? std::string("(root)") : sentence.words[static_cast<std::size_t>(word.head)].form) + " -" + word.deprel + "-> " +
                         word.form + "  " + word.upos + " lemma=" + word.lemma + (word.ner == "O" ? "" : " " + word.ner));
    }
  }
  lines.heading("rules");
  // a time or a place is put together by several rows, parted by blanks
  std::string_view label = "record";
  for (const auto rule : split_cell(record.provenance.rule, ' ')) {
    if (rule.find_first_not_of("+,;|") == std::string_view::npos) continue;
    print_rule(lines, label, std::string(rule), lexicon, gazetteer);
    label = "with";
  }
  if (trace != reading.records.traces.end()) {
    for (const auto& field : trace->fields) {
      print_rule(lines, field.field, field.rule, lexicon, gazetteer);
      if (!field.note.empty()) lines.line("", field.note);
    }
    if (!trace->rejected.empty()) lines.heading("rejected");
    for (const Rejection& rejection : trace->rejected)
      lines.line("", rejection.rule + (rejection.span.empty() ? "" : " at " + quoted(reading, rejection.span)) + ": " + rejection.reason);
  }
  if (beaten != nullptr && !beaten->empty()) {
    lines.heading("rejected");
    for (const Candidate& candidate : *beaten)
      lines.line("", candidate.what + " (score " + std::to_string(candidate.score) + "): " + candidate.reason);
  }
  return lines.take();
}

/// Who a party is: its mentions, what said which field, whom the name might also have meant.
std::string explain_party(const Reading& reading, const Party& party, std::size_t index, const Lexicon& lexicon, const Lexicon& gazetteer) {
  Lines lines;
  lines.heading(party.id + " of " + reading.article.title.value_or(reading.article.id));
  lines.heading("fields");
  lines.line("who", party.name.value_or("---") + " [" + party.country.value_or("---") + " " + party.sector.value_or("---") + "]  " +
                        party.actor.value_or(""));
  lines.heading("mentions");
  const auto& mentions = reading.analysis.mentions;
  const Mention* first = nullptr;
  for (const Mention& mention : mentions.mentions)
    if (mention_span(reading.analysis.trees[mention.sentence], mention) == party.mentions.front()) {
      first = &mention;
      break;
    }
  if (first != nullptr)
    for (const auto m : mentions.clusters[first->cluster].mentions) {
      const Mention& mention = mentions.mentions[m];
      const TextSpan span = mention_span(reading.analysis.trees[mention.sentence], mention);
      lines.line("", quoted(reading, span) + "  " + span_note(span) + "  " + (mention.coref_rule.empty() ? "first" : mention.coref_rule));
    }
  lines.heading("rules");
  const auto all_evidence = party_evidence(reading.analysis);
  for (const ActorEvidence& evidence : all_evidence[index]) {
    print_rule(lines, evidence.field, evidence.rule, lexicon, gazetteer);
    lines.line("", evidence.value + (evidence.words.empty() ? "" : " by " + quoted(reading, evidence.words)));
  }
  const auto all_candidates = party_candidates(reading.analysis);
  const auto& candidates = all_candidates[index];
  if (!candidates.empty()) lines.heading("rejected");
  for (const Candidate& candidate : candidates)
    lines.line("", candidate.what + " (score " + std::to_string(candidate.score) + "): " + candidate.reason);
  return lines.take();
}

TextSpan statement_span(const Statement& statement) {
  if (statement.cue) return *statement.cue;
  return statement.content.empty() ? statement.source.text : statement.content.front();
}

}  // namespace

std::vector<std::string> record_ids(const Reading& reading) {
  std::vector<std::string> out;
  for (const auto& event : reading.records.events) out.push_back(event.id);
  for (const auto& statement : reading.records.statements) out.push_back(statement.id);
  for (const auto& commitment : reading.records.commitments) out.push_back(commitment.id);
  for (const auto& agreement : reading.records.agreements) out.push_back(agreement.id);
  for (std::size_t i = 0; i < reading.analysis.resolution.timexes.size(); ++i) out.push_back("t" + std::to_string(i + 1));
  for (std::size_t i = 0; i < reading.analysis.resolution.places.size(); ++i) out.push_back("p" + std::to_string(i + 1));
  for (const auto& party : parties(reading.analysis)) out.push_back(party.id);
  return out;
}

std::string source_chain(const Reading& reading, const std::vector<std::string>& sources) {
  if (!sources.empty())
    for (const Statement& statement : reading.records.statements)
      if (statement.id == sources.back()) return statement.chain;
  return reading.article.outlet.value_or("the article");
}

Result<std::string> explain(const Reading& reading, std::string_view record, const Lexicon& lexicon, const Lexicon& gazetteer) {
  const std::string id(record);
  for (const auto& event : reading.records.events)
    if (event.id == id)
      return explain_record(reading, id, event, event.anchor, lexicon, gazetteer, nullptr) + "vouched for by\n  " +
             source_chain(reading, event.sources) + "\n";
  for (const auto& statement : reading.records.statements)
    if (statement.id == id) return explain_record(reading, id, statement, statement_span(statement), lexicon, gazetteer, nullptr);
  for (const auto& commitment : reading.records.commitments)
    if (commitment.id == id)
      return explain_record(reading, id, commitment, commitment.anchor, lexicon, gazetteer, nullptr) + "vouched for by\n  " +
             source_chain(reading, commitment.sources) + "\n";
  for (const auto& agreement : reading.records.agreements)
    if (agreement.id == id) return explain_record(reading, id, agreement, agreement.title, lexicon, gazetteer, nullptr);
  const auto& resolution = reading.analysis.resolution;
  for (std::size_t i = 0; i < resolution.timexes.size(); ++i)
    if (id == "t" + std::to_string(i + 1))
      return explain_record(reading, id, resolution.timexes[i], resolution.timexes[i].span, lexicon, gazetteer, nullptr);
  for (std::size_t i = 0; i < resolution.places.size(); ++i)
    if (id == "p" + std::to_string(i + 1))
      return explain_record(reading, id, resolution.places[i], resolution.places[i].span, lexicon, gazetteer,
                            i < resolution.place_candidates.size() ? &resolution.place_candidates[i] : nullptr);
  const auto all = parties(reading.analysis);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (id == all[i].id) return explain_party(reading, all[i], i, lexicon, gazetteer);
  std::string known;
  for (const auto& other : record_ids(reading)) known += (known.empty() ? "" : " ") + other;
  return Error{ErrorCode::not_found, "no record \"" + id + "\"; the article has " + (known.empty() ? "none" : known), reading.article.id, {}};
}

}  // namespace masudi
