// evaluate: how well records agree with gold articles that people annotated. docs/evaluation.md says what each row measures.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/pipeline.h"

namespace masudi {

/// One measure: how many were right, of how many in gold, of how many in the system's output.
struct ScoreRow {
  std::string name;
  std::int64_t right = 0, gold = 0, system = 0;
  double precision() const { return system != 0 ? static_cast<double>(right) / static_cast<double>(system) : 0; }
  double recall() const { return gold != 0 ? static_cast<double>(right) / static_cast<double>(gold) : 0; }
  /// Harmonic mean of precision and recall.
  double f1() const;
};

struct Evaluation {
  std::size_t articles = 0;
  std::vector<ScoreRow> rows;         ///< in the order in which they were first counted
  std::string misses;                 ///< what was missed and what was spurious, article by article
  std::vector<std::string> warnings;  ///< "file: message": records of the system that could not be placed, articles that have none
};

/// Scores one system file (JSON) against one gold file (JSON) and adds to `out`. `name` is the file's name, for messages.
/// malformed_input: JSON that does not parse (with its byte), no text, gold strings that are not in the text, or two different texts.
Result<void> evaluate_article(std::string_view gold_json, std::string_view system_json, const std::string& name, Evaluation& out);

/// Scores a folder of system files against a folder of gold files of the same names; a file that is not there is scored as empty.
Result<Evaluation> evaluate_folder(const std::string& gold_folder, const std::string& system_folder);

/// Reads each gold article (its text, title, publication date and outlet, nothing else) and scores what comes out.
/// Where `write_folder` is not empty the readings are written there as JSON files of the same names. Events and commitments below `min_confidence`, 0
/// to 1, are left out first.
Result<Evaluation> evaluate_engine(const std::string& gold_folder, const Engine& engine, const std::string& write_folder = "",
                                   double min_confidence = 0);

/// The bytes of a file, with its path for messages.
struct GoldFile {
  std::string path, bytes;
};

struct TreebankOptions {
  bool gold_tokens = false;            ///< keep gold sentences and words, predict the rest
  std::vector<std::string> documents;  ///< beginnings of `# newdoc id`: only these documents; empty: all
};

/// Annotates the raw text of a treebank (CoNLL-U) and scores what comes out by the measures of the CoNLL 2018 shared task, in its order:
/// Tokens, Sentences, Words, UPOS, XPOS, UFeats, AllTags, Lemmas, UAS, LAS, CLAS, MLAS, BLEX. Raw text: a blank line at `# newdoc` and
/// `# newpar`, otherwise one blank or none by SpaceAfter=No. Where `conllu` is not null it becomes what was scored.
/// malformed_input: no CoNLL-U; not_found: no document of that name.
Result<Evaluation> evaluate_treebank(const GoldFile& gold, const Engine& engine, const TreebankOptions& options, std::string* conllu = nullptr);
/// The same of another program's CoNLL-U. malformed_input too where its words do not spell the gold text.
Result<Evaluation> evaluate_conllu(const GoldFile& gold, const GoldFile& system, const std::vector<std::string>& documents = {});

struct EntityOptions {
  /// "Person=PER,GPE=LOC,Money=": labels of gold and system that count as another, or as none. A label that is not named stays as it is.
  std::string map;
  /// Only these documents: names of files without their extension, or `# newdoc id`. Empty: all.
  std::vector<std::string> documents;
};

/// Annotates the sentences and words of files with a B-, I- or O label for each word and scores the entities: the same words and the same label.
/// Files: UNER's .iob2 (number, word, label, ...), or word first and label last, separated by tabs or blanks; an empty line ends a sentence.
/// Rows: all entities, then each label of gold. Entities of the system with a label that gold does not have are not counted.
/// malformed_input names the line; usage: a map that cannot be read; not_found: no sentence is left.
Result<Evaluation> evaluate_entities(const std::vector<GoldFile>& files, const Engine& engine, const EntityOptions& options);

/// The same from labels that are there already: one list of B-, I- or O for each sentence.
Result<Evaluation> score_entities(const std::vector<std::vector<std::string>>& gold, const std::vector<std::vector<std::string>>& system,
                                  const std::string& map);

/// The rows in percent: precision, recall, F1.
std::string to_percent_table(const Evaluation& evaluation);
/// The rows as a table with precision, recall and F1.
std::string to_table(const Evaluation& evaluation);
/// {"row": [right, in gold, in system], ...}
std::string to_json(const Evaluation& evaluation);

}  // namespace masudi
