// pipeline: the stages composed. What most callers include.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "masudi/extract.h"

namespace masudi {

/// Names everything that could have changed a result.
struct EngineInfo {
  std::string version;                    ///< of the program
  std::string lexicon, gazetteer, model;  ///< SHA-256
  std::string dictionaries;               ///< SHA-256 of the user's own actor and agent dictionaries; "" for none
};

struct EngineOptions {
  std::string data_folder;              ///< holds lexicon.pack, gazetteer.pack and models/
  ActorDictionaries dictionaries = {};  ///< the user's own
};

/// Lexicon, gazetteer and models. Immutable; shared by const reference among any number of threads.
class Engine {
 public:
  static Result<Engine> open(const EngineOptions& options);
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  const EngineInfo& info() const;
  const Lexicon& lexicon() const;
  const Lexicon& gazetteer() const;
  const IngestRules& ingest_rules() const;
  const Segmenter& segmenter() const;
  const Annotator& annotator() const;
  const MentionRules& mention_rules() const;
  const ResolveRules& resolve_rules() const;
  const ExtractRules& extract_rules() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// An article and all that was read out of it. Immutable.
struct Reading {
  Article article;
  Analysis analysis;
  Extraction records;
  EngineInfo engine;
};

/// A pure function of (bytes, metadata, engine): knows nothing of files, threads, databases or the clock. Thread-safe.
Result<Reading> read(const Document& document, const Engine& engine);
/// The same from an article that is decoded already. Thread-safe.
Reading read_article(Article article, const Engine& engine);
/// The same from an article and sentences that were annotated elsewhere (CoNLL-U).
Reading read_annotated(Article article, std::vector<Sentence> sentences, const Engine& engine);

/// The linguistic layer alone: sentences, words, tags, trees, entities. Thread-safe.
std::vector<Sentence> annotate_article(const Article& article, const Engine& engine);
/// A reading with that layer and nothing else: its analysis has sentences only, and no record is looked for. CoNLL-U keeps its own. Thread-safe.
Result<Reading> annotate(const Document& document, const Engine& engine);
/// The linguistic layer as one JSON object: docs/annotate.md names the fields. Deterministic.
std::string annotation_to_json(const Reading& reading, bool pretty = false);
/// The same for a terminal: each sentence as a tree that reads from top to bottom, with tags, relations and entities.
std::string annotation_to_tree(const Reading& reading);

/// One JSON object, fields as in docs/record.md. Deterministic: same reading, same bytes.
std::string to_json(const Reading& reading, bool pretty = false);

}  // namespace masudi
