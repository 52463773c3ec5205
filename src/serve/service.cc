#include "service.h"

#include <openssl/rand.h>

namespace masudi::serve {

namespace {

constexpr auto between_looks = std::chrono::milliseconds(250);
constexpr auto patience = std::chrono::seconds(10);  // of a request for room to work in
constexpr auto between_tries = std::chrono::milliseconds(5);
constexpr std::size_t most_searches = 8;
constexpr std::size_t most_kept_bytes = 32U << 20U;
constexpr std::size_t most_readers = 16;

std::string random_token() {
  unsigned char bytes[24];
  if (RAND_bytes(static_cast<unsigned char*>(bytes), sizeof bytes) != 1) return "";
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4U];
    out += "0123456789abcdef"[byte & 15U];
  }
  return out;
}

/// Words as FTS5 terms, each quoted so that no word is an operator; a "quoted phrase" stays together.
std::string match_expression(std::string_view words) {
  std::string out, term;
  bool in_phrase = false;
  const auto finish = [&] {
    if (!term.empty()) out += (out.empty() ? "\"" : " \"") + term + "\"";
    term.clear();
  };
  for (const char c : words) {
    if (c == '"') {
      finish();
      in_phrase = !in_phrase;
    } else if (!in_phrase && (c == ' ' || c == '\t' || c == '\n')) {
      finish();
    } else if (c != '\0') {
      term += c;
    }
  }
  finish();
  return out;
}

}  // namespace

Result<sqlite3*> open_reader(const std::string& path) {
  sqlite3* db = nullptr;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) {
    const Error error = sqlite_error(db, path);
    sqlite3_close(db);
    return error;
  }
  sqlite3_busy_timeout(db, 5000);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_exec(db, "PRAGMA query_only = 1; PRAGMA cache_size = -16000; PRAGMA mmap_size = 1073741824", nullptr, nullptr, nullptr);
  return db;
}

Service::Service(ServeOptions options, const Engine& engine) : options_(std::move(options)), engine_(engine), write_token_(random_token()) {}

Result<std::unique_ptr<Service>> Service::open(ServeOptions options, const Engine& engine) {
  // Makes sure that it is there, and a ledger of ours; writing brings an older one up to date.
  if (auto ledger = Ledger::open(options.ledger, Ledger::Mode::read_only);
      !ledger && (options.read_only || ledger.error().code != ErrorCode::corrupt_store))
    return ledger.error();
  if (!options.read_only)
    if (auto upgraded = Ledger::open(options.ledger, Ledger::Mode::read_write); !upgraded) return upgraded.error();
  std::unique_ptr<Service> out(new Service(std::move(options), engine));
  if (out->write_token_.empty()) return Error{ErrorCode::io, "the system has no random numbers to give", "", {}};
  auto watcher = open_reader(out->options_.ledger);
  if (!watcher) return watcher.error();
  out->watcher_ = *watcher;
  if (Sql views(out->watcher_, "SELECT 1 FROM sqlite_master WHERE name = 'current_correction'"); views.step() != SQLITE_ROW)
    return Error{ErrorCode::corrupt_store,
                 "a ledger of before there were corrections; `masudi doctor --upgrade` adds the tables for them",
                 out->options_.ledger,
                 {}};
  {
    Sql version(out->watcher_, "PRAGMA data_version");  // what is written from here on is seen by look()
    if (version.step() == SQLITE_ROW) out->data_version_ = version.integer(0);
  }
  Sql size(out->watcher_, "SELECT max(sentence_id) FROM sentence");  // of the order of the records, and known at once
  if (size.step() == SQLITE_ROW && static_cast<std::uint64_t>(size.integer(0)) > out->options_.limits.load_at_once) {
    out->loading_ = true;
    out->loader_ = std::thread([service = out.get()] { service->first_load(); });
    return out;
  }
  if (auto loaded = out->load(); !loaded) return loaded.error();
  return out;
}

void Service::first_load() {
  const auto loaded = load();
  loading_ = false;
  if (loaded) return;
  const std::lock_guard lock(failure_mutex_);
  failure_ = loaded.error();
  if (failed_) failed_();
}

void Service::on_failure(std::function<void()> failed) {
  const std::lock_guard lock(failure_mutex_);
  failed_ = std::move(failed);
  if (failure_ && failed_) failed_();
}

std::optional<Error> Service::failure() const {
  const std::lock_guard lock(failure_mutex_);
  return failure_;
}

Service::~Service() {
  on_failure({});
  watch_.stop = true;
  if (loader_.joinable()) loader_.join();
  for (sqlite3* db : readers_) sqlite3_close(db);
  sqlite3_close(watcher_);
}

Result<void> Service::may_write() const {
  if (options_.read_only) return Error{ErrorCode::usage, "the ledger is served for reading only; start masudi serve without --read-only", "", {}};
  return {};
}

Result<void> Service::load() {
  auto db = open_reader(options_.ledger);
  if (!db) return db.error();
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> closer(*db, sqlite3_close);
  sqlite3_exec(*db, "BEGIN", nullptr, nullptr, nullptr);  // one state of the ledger in all passes
  watch_.percent = 0;
  auto columns = load_columns(*db, options_.ledger, engine_.lexicon(), watch_);
  if (!columns) return columns.error();
  Originals originals;
  if (auto reviewed = load_review(*db, options_.ledger, **columns, originals); !reviewed) return reviewed;
  const std::unique_lock lock(columns_mutex_);
  columns_ = std::move(*columns);
  originals_ = std::move(originals);
  ++version_;
  ready_ = true;
  return {};
}

void Service::look() {
  const std::unique_lock lock(look_mutex_, std::try_to_lock);
  if (!lock) return;  // somebody else is looking
  const auto now = std::chrono::steady_clock::now();
  if (!look_again_.exchange(false) && now - looked_ < between_looks) return;
  looked_ = now;
  std::int64_t found = 0;
  {
    Sql version(watcher_, "PRAGMA data_version");
    if (version.step() == SQLITE_ROW) found = version.integer(0);
  }
  if (found == data_version_ || loading_) return;
  std::uint64_t readings = 0, superseded = 0;
  {
    Sql all(watcher_, "SELECT max(reading_id), count(superseded_by) FROM reading");
    if (all.step() != SQLITE_ROW) return;
    readings = static_cast<std::uint64_t>(all.integer(0));
    superseded = static_cast<std::uint64_t>(all.integer(1));
  }
  data_version_ = found;
  std::size_t records = 0;
  bool same = false;
  {
    const std::shared_lock columns(columns_mutex_);
    for (const auto& rows : columns_->rows) records += rows.size();
    same = columns_->last_reading == readings && columns_->superseded == superseded;
  }
  if (same) {
    const std::unique_lock columns(columns_mutex_);
    (void)load_review(watcher_, options_.ledger, *columns_, originals_);
    ++version_;
    return;
  }
  if (records <= options_.limits.load_at_once) {
    (void)load();  // the old columns stay where it fails
    return;
  }
  if (loader_.joinable()) loader_.join();
  loading_ = true;
  loader_ = std::thread([this] {
    (void)load();
    loading_ = false;
  });
}

Service::View Service::view() {
  look();
  std::shared_lock lock(columns_mutex_);
  const std::uint64_t version = version_;
  return {*columns_, std::move(lock), version};
}

Service::Lease Service::reader() {
  {
    const std::lock_guard lock(readers_mutex_);
    if (!readers_.empty()) {
      sqlite3* db = readers_.back();
      readers_.pop_back();
      return {*this, db};
    }
  }
  const auto db = open_reader(options_.ledger);
  return {*this, db ? *db : nullptr};
}

Service::Lease::~Lease() {
  if (db_ == nullptr) return;
  const std::lock_guard lock(service_->readers_mutex_);
  if (service_->readers_.size() < most_readers)
    service_->readers_.push_back(db_);
  else
    sqlite3_close(db_);
}

Result<std::shared_ptr<const Sentences>> Service::find_sentences(const std::string& words, std::uint64_t version, std::uint32_t last_sentence) {
  {
    const std::lock_guard lock(search_mutex_);
    for (auto at = searches_.begin(); at != searches_.end(); ++at)
      if (at->words == words && at->version == version) {
        searches_.splice(searches_.begin(), searches_, at);
        return searches_.front().sentences;
      }
  }
  auto out = std::make_shared<Sentences>(last_sentence + 1);
  if (const std::string match = match_expression(words); !match.empty()) {
    const auto db = reader();
    Sql sql(db, "SELECT rowid FROM sentence_fts WHERE sentence_fts MATCH ?");
    sql.bind(1, match);
    int code = sql.step();
    for (; code == SQLITE_ROW; code = sql.step())
      if (const auto sentence = static_cast<std::uint64_t>(sql.integer(0)); sentence <= last_sentence) (*out)[sentence] = true;
    if (code != SQLITE_DONE) return error(db);
  }
  const std::lock_guard lock(search_mutex_);
  searches_.push_front({words, version, out});
  if (searches_.size() > most_searches) searches_.pop_back();
  return std::shared_ptr<const Sentences>(out);
}

bool Service::recall(const std::string& question, std::uint64_t version, Reply& reply) {
  const std::lock_guard lock(kept_mutex_);
  const auto found = kept_.find(question);
  if (found == kept_.end() || found->second.version != version) return false;
  reply = found->second.reply;
  return true;
}

void Service::keep(const std::string& question, std::uint64_t version, const Reply& reply) {
  const std::lock_guard lock(kept_mutex_);
  if (kept_bytes_ + question.size() + reply.body.size() > most_kept_bytes) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  if (reply.body.size() > most_kept_bytes / 8) return;
  kept_bytes_ += question.size() + reply.body.size();
  kept_[question] = {version, reply};
}

std::unique_lock<std::mutex> Service::heavy(std::size_t which) {
  const auto until = std::chrono::steady_clock::now() + patience;
  do {
    for (std::mutex& room : heavy_[which])
      if (std::unique_lock lock(room, std::try_to_lock); lock) return lock;
    std::this_thread::sleep_for(between_tries);
  } while (std::chrono::steady_clock::now() < until);
  return {};
}

}  // namespace masudi::serve
