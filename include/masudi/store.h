// store: readings into the ledger (one SQLite file) and back out by query. docs/ledger.md describes its tables and views.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>
#include <vector>

#include "masudi/archive.h"

namespace masudi {

/// What a run is, written before its first article. `settings` is a JSON object; `started` an ISO time that the caller took.
struct RunManifest {
  EngineInfo engine;
  std::string settings = "{}";
  std::vector<std::string> inputs;
  std::string started;
};

struct RunCounts {
  std::uint64_t articles = 0;  ///< newly read
  std::uint64_t known = 0;     ///< in the ledger already, by this engine
  std::uint64_t rejects = 0;
  std::uint64_t events = 0, statements = 0, commitments = 0;
  std::uint64_t left_out = 0;  ///< events and commitments that were not stored: too unsure
  std::uint64_t text_bytes = 0;
};

/// Names an engine in the ledger: a digest of program version, lexicon, gazetteer and model.
std::string engine_key(const EngineInfo& engine);
/// Names how articles were read for the ledger: by which engine, and below which confidence records were left out (0: none). Articles are known,
/// and readings are told apart, by this key, so that what a stricter run left out comes in with a later one.
std::string reading_key(const EngineInfo& engine, double min_confidence);
/// Where an article was found: its URL, or its path and byte.
std::string source_key(const Article& article, const std::string& path, RawSpan at);
/// SHA-256 of source key, publication date and text_id: loading the same source twice gives the same id.
std::string article_id(const Article& article, const std::string& path, RawSpan at);

using Cell = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

/// Filters of `query`; an empty one does not filter. Dates are ISO days.
struct Query {
  std::string kind = "events";   ///< events, statements or commitments
  std::string from, to;          ///< event date (publication date where the event has none); publication date for the others
  std::string type, mode;        ///< of events
  std::string party;             ///< any party: part of a name (case ignored), or a country code with or without a sector ("IRQ GOV")
  std::string actor, recipient;  ///< of events, as party
  std::string source;            ///< of statements, as party
  std::string anonymity;         ///< of statements
  std::string via;               ///< of statements: part of the outlet's name
  std::string stance;            ///< of statements
  std::string about;             ///< of statements: words of what is said, as text
  std::string debtor, creditor;  ///< of commitments, as party
  std::string status;            ///< of commitments
  std::string due_before;        ///< of commitments: deadline ends before that day
  bool overdue = false;          ///< of commitments: due before `today`, with the verdict open
  std::string today;             ///< of commitments: the day for which `overdue` is computed; "" leaves it open
  std::string verdict;           ///< of commitments
  std::string outlet, text;      ///< text: words of the sentence, all of them; a "quoted phrase" stays together
  double min_confidence = 0;
  std::uint64_t limit = 0;  ///< 0: all
};

/// One ledger. Not thread-safe: one writer, any number of other Ledgers that read the same file.
class Ledger {
 public:
  enum class Mode : std::uint8_t { read_only, read_write };
  /// Opens, and with read_write creates. not_found, corrupt_store (not a ledger, or of another schema version), io.
  static Result<Ledger> open(const std::string& path, Mode mode);
  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  /// Writes the manifest; @return the run's id.
  Result<std::int64_t> begin_run(const RunManifest& manifest);
  /// Ids of the articles that were read already under a reading_key.
  Result<std::unordered_set<std::string>> known_articles(const std::string& key) const;
  /// Adds the items in one transaction: all of them, or none. Events and commitments below `min_confidence`, 0 to 1, are left out.
  Result<RunCounts> add(std::int64_t run, const std::vector<ArchiveItem>& items, double min_confidence = 0);
  Result<void> finish_run(std::int64_t run, const RunCounts& counts, const std::string& finished);

  /// Refuses to grow the file over so many pages, or over its present size for 0: stands for a full disk in tests, and for a quota.
  Result<void> limit_pages(std::uint32_t pages);

  /// Calls `row` for each answer; columns are given to `header` first. usage names a filter that the kind does not have.
  Result<std::uint64_t> query(const Query& query, const std::function<void(const std::vector<std::string>&)>& header,
                              const std::function<void(const std::vector<Cell>&)>& row) const;

  /// A judgement of a commitment. `evidence` is a text or an address, `at` an ISO time that the caller took.
  struct Verdict {
    std::int64_t id = 0;     ///< given by the ledger
    std::string commitment;  ///< ARTICLE:RECORD of the current reading
    std::string verdict;     ///< a word of `verdict_words`
    std::string evidence, author, at;
    std::string undone_by, undone_at;  ///< empty while it counts
  };
  /// Adds a verdict. usage: an unknown word, no evidence or author; not_found: no such commitment. @return it, with its id.
  Result<Verdict> set_verdict(const Verdict& verdict);
  /// Takes back the last verdict of a commitment that counts; the history keeps it. not_found where there is none.
  Result<Verdict> undo_verdict(const std::string& commitment, const std::string& author, const std::string& at);
  /// All verdicts that were set on a commitment, oldest first, those taken back included.
  Result<std::vector<Verdict>> verdicts(const std::string& commitment) const;

  /// What a person said of a record: a layer over the machine's, never in its place. `at` is an ISO time that the caller took.
  struct Correction {
    std::int64_t id = 0;         ///< given by the ledger
    std::string record;          ///< ARTICLE:RECORD of the current reading
    std::string decision;        ///< accept, reject or change
    std::string changes = "{}";  ///< JSON object: field of docs/record.md -> its value instead; for change only
    std::string note, author, at;
    std::string undone_by, undone_at;  ///< empty while it counts
  };
  /// Adds a correction. usage: an unknown decision, no author, a field that the record does not have or a value that does not have its shape (spans
  /// and parties need begin and end within the text); not_found: no such record. @return it, with its id.
  Result<Correction> set_correction(const Correction& correction);
  /// Takes back the last correction of a record that counts; the history keeps it. not_found where there is none.
  Result<Correction> undo_correction(const std::string& record, const std::string& author, const std::string& at);
  struct CorrectionFilter {
    std::string record;   ///< ARTICLE:RECORD; "" for all
    std::string article;  ///< id or beginning of one; "" for all
    std::string author;   ///< exactly; "" for all
    bool undone = false;  ///< those taken back too, and those that a later one of the same record replaced
  };
  /// Corrections, oldest first.
  Result<std::vector<Correction>> corrections(const CorrectionFilter& filter) const;

  /// An article as it was stored, and the engine that read it last. `id` is an article id or a unique beginning of one.
  struct StoredArticle {
    std::string article_id;
    Article article;
    EngineInfo engine;
  };
  Result<StoredArticle> article(std::string_view id) const;

  /// A current reading as it is stored: the article with its records and sentences. Words, trees and traces are not.
  struct StoredReading : StoredArticle {
    Extraction records;
    std::vector<Timex> timexes;
    std::vector<Place> places;
    std::vector<TextSpan> sentences;
  };
  /// Calls `reading` for each current reading, in the order of article ids; an error that it gives stops the walk and is given back.
  Result<void> readings(const std::function<Result<void>(const StoredReading&)>& reading) const;

 private:
  struct Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The records as people corrected them: rejected ones are left out (with what pointed to them), changed fields have their new values. Corrections of
/// other articles do nothing. Without `unreviewed`, records of which nobody said anything are left out, too (of a reading that has others).
/// @return ids of the records that somebody said something of, in the order of the corrections.
std::vector<std::string> apply_corrections(Ledger::StoredReading& reading, const std::vector<Ledger::Correction>& corrections,
                                           bool unreviewed = true);

/// The words of a verdict; `open` is what a commitment without one has.
inline constexpr std::string_view verdict_words[] = {"open",       "in_progress", "stalled",           "kept",     "kept_partly", "broken",
                                                     "superseded", "withdrawn",   "condition_not_met", "released", "not_testable"};

inline constexpr std::size_t default_batch = 128;  ///< articles a transaction

struct LoadOptions {
  ArchiveOptions archive;
  std::size_t batch = default_batch;               ///< articles a transaction
  double min_confidence = 0;                       ///< events and commitments below it, 0 to 1, are not stored
  std::string settings = "{}";                     ///< JSON object for the manifest
  std::function<std::string()> now;                ///< the clock: an ISO time
  std::function<void(const RunCounts&)> progress;  ///< after each transaction
  std::function<void(const Reject&)> rejected;     ///< for each reject, in input order
};

/// Reads the files into the ledger. What was committed stays committed when it stops early; running it again resumes.
Result<RunCounts> load_archive(const std::vector<std::string>& files, const LoadOptions& options, const Engine& engine, Ledger& ledger);

}  // namespace masudi
