// What all routes share: the ledger's connections, the columns in memory, the engine, the clock.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "columns.h"
#include "filters.h"
#include "masudi/serve.h"
#include "request.h"
#include "review.h"

namespace masudi::serve {

/// A connection that may only read.
Result<sqlite3*> open_reader(const std::string& path);

class Service {
 public:
  /// A small ledger is loaded before this comes back; of a large one the loading has begun, and ready() says when it is done.
  static Result<std::unique_ptr<Service>> open(ServeOptions options, const Engine& engine);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  const ServeOptions& options() const { return options_; }
  const Engine& engine() const { return engine_; }
  const std::string& write_token() const { return write_token_; }
  std::string now() const { return options_.now(); }
  std::string today() const { return options_.today.empty() ? now().substr(0, 10) : options_.today; }
  /// "usage" errors where the server was told not to write.
  Result<void> may_write() const;

  /// Are the columns there? Until then nothing may be asked of them.
  bool ready() const { return ready_; }
  /// A loading that goes on ends before it is done.
  void stop_loading() { watch_.stop = true; }
  /// How much of the first loading is done, from 0 to 100.
  unsigned percent() const { return watch_.percent; }
  /// Calls `failed` where the first loading fails, now or later, from another thread.
  void on_failure(std::function<void()> failed);
  /// Why the first loading failed.
  std::optional<Error> failure() const;

  /// The columns, held still while the view lives.
  class View {
   public:
    View(const Columns& columns, std::shared_lock<std::shared_mutex> lock, std::uint64_t at)
        : version(at), columns_(&columns), lock_(std::move(lock)) {}
    const Columns& operator*() const { return *columns_; }
    const Columns* operator->() const { return columns_; }
    std::uint64_t version;  ///< grows with each change of the ledger

   private:
    const Columns* columns_;
    std::shared_lock<std::shared_mutex> lock_;
  };
  /// The columns as the ledger is now: verdicts and corrections at once; new articles at once in a ledger of up to 100,000 records, else when they
  /// have been loaded beside the old ones.
  View view();
  /// The next view looks whether the ledger has changed, however short the time since the last look.
  void changed() { look_again_ = true; }

  /// A connection for one request; given back at its end.
  class Lease {
   public:
    Lease(Service& service, sqlite3* db) : service_(&service), db_(db) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    operator sqlite3*() const { return db_; }

   private:
    Service* service_;
    sqlite3* db_;
  };
  Lease reader();
  Error error(sqlite3* db) const { return sqlite_error(db, options_.ledger); }

  /// Sentences that hold the words. The last searches are kept.
  Result<std::shared_ptr<const Sentences>> find_sentences(const std::string& words, std::uint64_t version, std::uint32_t last_sentence);

  /// Answers that were given since the last change of the ledger.
  bool recall(const std::string& question, std::uint64_t version, Reply& reply);
  void keep(const std::string& question, std::uint64_t version, const Reply& reply);

  /// A few requests at a time for what takes long (reading, SQL): others are told to come again. Empty where there is no room.
  std::unique_lock<std::mutex> heavy(std::size_t which);

 private:
  Service(ServeOptions options, const Engine& engine);
  Result<void> load();
  void first_load();
  void look();

  ServeOptions options_;
  const Engine& engine_;
  std::string write_token_;

  std::mutex look_mutex_;
  sqlite3* watcher_ = nullptr;  // sees commits of others by PRAGMA data_version
  std::int64_t data_version_ = 0;
  std::atomic<bool> look_again_{false}, loading_{false}, ready_{false};
  LoadWatch watch_;
  mutable std::mutex failure_mutex_;
  std::optional<Error> failure_;
  std::function<void()> failed_;
  std::chrono::steady_clock::time_point looked_;
  std::thread loader_;

  std::shared_mutex columns_mutex_;
  std::unique_ptr<Columns> columns_;
  Originals originals_;
  std::atomic<std::uint64_t> version_{1};

  std::mutex readers_mutex_;
  std::vector<sqlite3*> readers_;

  struct Search {
    std::string words;
    std::uint64_t version;
    std::shared_ptr<const Sentences> sentences;
  };
  std::mutex search_mutex_;
  std::list<Search> searches_;

  struct Kept {
    std::uint64_t version;
    Reply reply;
  };
  std::mutex kept_mutex_;
  std::unordered_map<std::string, Kept> kept_;
  std::size_t kept_bytes_ = 0;

  std::mutex heavy_[2][2];
};

}  // namespace masudi::serve
