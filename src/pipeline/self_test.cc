#include "masudi/self_test.h"

#include <algorithm>
#include <set>

namespace masudi {

namespace {

constexpr std::string_view published = "2024-03-06";

/// A rule may be written as several ids, "a + b" or "a,b": each is one.
void add(std::set<std::string>& out, std::string_view rule) {
  constexpr std::string_view separators = " +,;|";
  while (!rule.empty()) {
    const auto begin = rule.find_first_not_of(separators);
    if (begin == std::string_view::npos) return;
    rule.remove_prefix(begin);
    const auto end = std::min(rule.find_first_of(separators), rule.size());
    out.emplace(rule.substr(0, end));
    rule.remove_prefix(end);
  }
}

/// A sample is one cell of a table: \n in it stands for a line break.
std::string with_line_breaks(std::string_view sample) {
  std::string out;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const bool escape = sample[i] == '\\' && i + 1 < sample.size() && sample[i + 1] == 'n';
    out += escape ? '\n' : sample[i];
    i += escape ? 1 : 0;
  }
  return out;
}

template <class Records>
void add_records(std::set<std::string>& out, const Records& records) {
  for (const auto& record : records) add(out, record.provenance.rule);
}

}  // namespace

std::vector<std::string> rules_of(const Reading& reading, const Engine& engine, const NameSpellings* spellings) {
  std::set<std::string> out;
  out.insert(reading.article.excluded_rules.begin(), reading.article.excluded_rules.end());
  out.insert(reading.article.rules.begin(), reading.article.rules.end());
  for (const Sentence& sentence : reading.analysis.sentences)
    for (std::size_t i = 0; i < sentence.words.size(); ++i)
      for (const std::string_view rule : engine.annotator().rules(sentence, i)) add(out, rule);
  if (spellings != nullptr)  // the spelling of a name takes part whenever it is compared
    for (const Mention& mention : reading.analysis.mentions.mentions)
      if (mention.kind == MentionKind::name && mention.name_last > mention.name_first) {
        const auto& words = reading.analysis.sentences[mention.sentence].words;
        const TextSpan name{words[mention.name_first].span.begin, words[mention.name_last - 1].span.end};
        std::vector<std::string> rules;
        spellings->form(reading.article.slice(name), &rules);
        out.insert(rules.begin(), rules.end());
      }
  for (const Mention& mention : reading.analysis.mentions.mentions) {
    add(out, mention.rule);
    add(out, mention.coref_rule);
  }
  for (const Actor& actor : reading.analysis.resolution.actors) add(out, actor.rule);
  add_records(out, reading.analysis.resolution.timexes);
  add_records(out, reading.analysis.resolution.places);
  add_records(out, reading.records.statements);
  add_records(out, reading.records.events);
  add_records(out, reading.records.commitments);
  add_records(out, reading.records.agreements);
  for (const Trace& trace : reading.records.traces) {
    for (const auto& field : trace.fields) add(out, field.rule);
    for (const auto& rejection : trace.rejected) add(out, rejection.rule);
  }
  return {out.begin(), out.end()};
}

SelfTest check_samples(const Engine& engine, const std::vector<std::string>& tables) {
  SelfTest out;
  const auto spellings = NameSpellings::build(engine.lexicon());
  for (const LexiconTable& table : engine.lexicon().tables()) {
    if (!tables.empty() && std::find(tables.begin(), tables.end(), table.name()) == tables.end()) continue;
    TableCheck check{std::string(table.name()), table.size(), 0, 0};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
      const LexiconRow row = table.row(i);
      const std::string_view sample = row["sample"];
      if (sample.empty()) continue;
      ++check.samples;
      Document document;
      document.bytes = with_line_breaks(sample);
      document.metadata.language = "en";
      document.metadata.published = parse_iso_day(published);
      SampleFailure failure{std::string(table.path()), row.line(), std::string(row.id()), std::string(sample), {}, ""};
      if (const auto reading = read(document, engine); reading) {
        failure.fired = rules_of(*reading, engine, spellings ? &*spellings : nullptr);
        if (std::binary_search(failure.fired.begin(), failure.fired.end(), failure.id)) continue;
      } else {
        failure.problem = to_string(reading.error());
      }
      ++check.failed;
      out.failures.push_back(std::move(failure));
    }
    out.tables.push_back(std::move(check));
  }
  return out;
}

}  // namespace masudi
