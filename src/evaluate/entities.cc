// Agreement of named entities with files that label each word B-, I- or O.
#include <algorithm>
#include <map>
#include <set>

#include "masudi/evaluate.h"

namespace masudi {

namespace {

/// Words [first, last) of a sentence.
struct EntitySpan {
  std::size_t sentence = 0, first = 0, last = 0;
  std::string label;
  auto operator<=>(const EntitySpan&) const = default;
};

using LabelMap = std::map<std::string, std::string, std::less<>>;

Result<LabelMap> parse_map(std::string_view text) {
  LabelMap out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, comma);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || equals == 0)
      return Error{
          ErrorCode::usage, "--map: \"" + std::string(part) + "\" is not a mapping; expected LABEL=LABEL, or LABEL= to leave it out", "", {}};
    out.emplace(part.substr(0, equals), part.substr(equals + 1));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

bool is_label(std::string_view text) { return text == "O" || ((text.starts_with("B-") || text.starts_with("I-")) && text.size() > 2); }

/// The spans of one sentence's labels. I- without a span of its label before it begins one, as in the CoNLL files.
void add_spans(const std::vector<std::string>& labels, std::size_t sentence, const LabelMap& map, std::vector<EntitySpan>& out) {
  for (std::size_t i = 0; i < labels.size();) {
    if (labels[i] == "O") {
      ++i;
      continue;
    }
    const std::string_view label = std::string_view(labels[i]).substr(2);
    EntitySpan span{sentence, i, i + 1, std::string(label)};
    while (span.last < labels.size() && labels[span.last].starts_with("I-") && std::string_view(labels[span.last]).substr(2) == label) ++span.last;
    i = span.last;
    if (const auto other = map.find(label); other != map.end()) span.label = other->second;
    if (!span.label.empty()) out.push_back(std::move(span));
  }
}

std::vector<std::string_view> columns_of(std::string_view line) {
  const std::string_view separators = line.find('\t') != std::string_view::npos ? "\t" : " ";
  std::vector<std::string_view> out;
  while (!line.empty()) {
    const auto end = std::min(line.find_first_of(separators), line.size());
    if (end > 0) out.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

/// The documents of a file, each with its sentences, and the labels of all sentences.
class Reader {
 public:
  Reader(const GoldFile& file, const EntityOptions& options) : file_(file), wanted_(options.documents.begin(), options.documents.end()) {
    const auto slash = file.path.find_last_of('/');
    document_ = slash == std::string::npos ? file.path : file.path.substr(slash + 1);
    document_ = document_.substr(0, document_.find_last_of('.'));
  }

  Result<void> read(std::vector<std::vector<Sentence>>& documents, std::vector<std::vector<std::string>>& labels) {
    documents.emplace_back();
    const std::vector<std::string_view> lines = split_lines();
    // UNER numbers the words of a sentence; plain files have the word itself there. The first word tells.
    const auto first = std::find_if(lines.begin(), lines.end(), [](std::string_view line) { return !line.empty() && !line.starts_with('#'); });
    bool numbered = false;
    if (first != lines.end()) {
      const auto columns = columns_of(*first);
      numbered = columns.size() >= 3 && columns[0] == "1" && is_label(columns[2]) && (columns.size() == 3 || !is_label(columns.back()));
    }
    for (std::size_t n = 0; n < lines.size(); ++n) {
      const std::string_view line = lines[n];
      if (line.empty() || line.starts_with("-DOCSTART-")) {
        finish(documents.back(), labels);
        if (!line.empty()) documents.emplace_back();
        continue;
      }
      const auto columns = columns_of(line);
      const std::size_t form = numbered ? 1 : 0, label = numbered ? 2 : columns.size() - 1;
      const bool word = columns.size() >= 2 && label < columns.size() && is_label(columns[label]) && (!numbered || is_number(columns[0]));
      if (!word && line.starts_with('#')) {
        constexpr std::string_view marker = "# newdoc id = ";
        if (line.starts_with(marker)) {
          document_ = line.substr(marker.size());
          documents.emplace_back();
        }
        continue;
      }
      if (!word)
        return Error{ErrorCode::malformed_input,
                     "line " + std::to_string(n + 1) + ": \"" + std::string(line.substr(0, 60)) +
                         "\"; expected a word and its label, O, B-TYPE or I-TYPE, separated by tabs or blanks",
                     file_.path,
                     {}};
      Word next;
      next.form = columns[form];
      next.span = {at_, at_ + static_cast<std::uint32_t>(next.form.size())};
      at_ = next.span.end + 1;
      sentence_.words.push_back(std::move(next));
      labels_.emplace_back(columns[label]);
    }
    finish(documents.back(), labels);
    return {};
  }

 private:
  std::vector<std::string_view> split_lines() const {
    std::vector<std::string_view> lines;
    for (std::string_view rest = file_.bytes; !rest.empty();) {
      const auto end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      lines.push_back(line);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
  }
  void finish(std::vector<Sentence>& sentences, std::vector<std::vector<std::string>>& labels) {
    if (!sentence_.words.empty() && (wanted_.empty() || wanted_.contains(document_))) {
      sentence_.span = {sentence_.words.front().span.begin, sentence_.words.back().span.end};
      sentences.push_back(std::move(sentence_));
      labels.push_back(std::move(labels_));
    }
    sentence_ = {};
    labels_.clear();
  }

  const GoldFile& file_;
  std::set<std::string, std::less<>> wanted_;
  std::string document_;
  Sentence sentence_;
  std::vector<std::string> labels_;
  std::uint32_t at_ = 0;
};

}  // namespace

Result<Evaluation> score_entities(const std::vector<std::vector<std::string>>& gold_labels,
                                  const std::vector<std::vector<std::string>>& system_labels, const std::string& label_map) {
  const auto map = parse_map(label_map);
  if (!map) return map.error();
  std::vector<EntitySpan> gold, system;
  for (std::size_t i = 0; i < gold_labels.size(); ++i) add_spans(gold_labels[i], i, *map, gold);
  for (std::size_t i = 0; i < system_labels.size(); ++i) add_spans(system_labels[i], i, *map, system);
  std::map<std::string, ScoreRow> rows;
  for (const EntitySpan& span : gold) ++rows.try_emplace(span.label, ScoreRow{span.label}).first->second.gold;
  std::map<std::string, std::size_t> uncounted;
  const std::set<EntitySpan> in_gold(gold.begin(), gold.end());
  for (const EntitySpan& span : system) {
    const auto row = rows.find(span.label);
    if (row == rows.end()) {
      ++uncounted[span.label];
      continue;
    }
    ++row->second.system;
    row->second.right += in_gold.contains(span) ? 1 : 0;
  }
  Evaluation out;
  out.rows.push_back({"entities"});
  for (const auto& [label, row] : rows) {
    out.rows.front().right += row.right;
    out.rows.front().gold += row.gold;
    out.rows.front().system += row.system;
    out.rows.push_back(row);
  }
  for (const auto& [label, count] : uncounted)
    out.warnings.push_back(std::to_string(count) + " entities with the label " + label + " are not counted: gold has no such label");
  return out;
}

Result<Evaluation> evaluate_entities(const std::vector<GoldFile>& files, const Engine& engine, const EntityOptions& options) {
  std::vector<std::vector<Sentence>> documents;
  std::vector<std::vector<std::string>> labels;
  for (const GoldFile& file : files)
    if (auto read = Reader(file, options).read(documents, labels); !read) return read.error();
  if (labels.empty())
    return Error{ErrorCode::not_found, "no sentence of the documents that were asked for", files.empty() ? "" : files.front().path, {}};

  std::vector<std::vector<std::string>> own;
  // Each document by itself, as `read` has articles: what one says of a name is no evidence in another.
  for (std::vector<Sentence>& document : documents) {
    engine.annotator().annotate(document);
    for (const Sentence& sentence : document) {
      own.emplace_back();
      for (const Word& word : sentence.words) own.back().push_back(word.ner);
    }
  }
  return score_entities(labels, own, options.map);
}

}  // namespace masudi
