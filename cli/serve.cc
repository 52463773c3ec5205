// masudi serve: a ledger as a page and an HTTP API.
#include "masudi/serve.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>

#include "verbs.h"

namespace masudi::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  ServeOptions serve;
  bool quiet = false;
};

/// A folder for the demonstration's ledger; it goes away with the program.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "masudi-demo-XXXXXX").string();
    if (mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Ctrl-C and SIGTERM, taken by one thread: they end a server by its own way out, and the program at once where there is none yet. The signals are
/// blocked in the thread that makes this and in all that it starts.
class Signals {
 public:
  explicit Signals(const std::string& scratch) : scratch_(scratch) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    thread_ = std::thread([this] { wait(); });
  }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  /// From here on a signal ends this server; null: nothing.
  void end(Server* server) {
    const std::lock_guard lock(mutex_);
    server_ = server;
    over_ = server == nullptr;
  }

 private:
  void wait() {
    int which = 0;
    sigwait(&signals_, &which);
    const std::lock_guard lock(mutex_);
    if (server_ != nullptr) {
      server_->stop();
    } else if (!over_) {
      std::error_code ignored;
      if (!scratch_.empty()) fs::remove_all(scratch_, ignored);
      std::_Exit(done);
    }
  }

  sigset_t signals_{};
  std::string scratch_;
  std::mutex mutex_;
  Server* server_ = nullptr;
  bool over_ = false;
  std::thread thread_;
};

/// The examples, read into a ledger at `path`.
Result<void> make_demo(const std::string& examples, const std::string& path, const Engine& engine) {
  auto files = list_files({examples});
  if (!files) return files.error();
  std::erase_if(*files, [](const std::string& file) { return file.ends_with(".md"); });
  auto ledger = Ledger::open(path, Ledger::Mode::read_write);
  if (!ledger) return ledger.error();
  for (const std::string& file : *files) {
    LoadOptions load;
    load.now = now;
    load.archive.source.metadata.uri = "examples/" + fs::path(file).filename().string();  // not where this machine keeps them
    if (const auto counts = load_archive({file}, load, engine, *ledger); !counts) return counts.error();
  }
  return {};
}

int run(Options options, const Context& context) {
  if (options.serve.demo != options.serve.ledger.empty()) return report(Error{ErrorCode::usage, "expected one of --ledger FILE and --demo", "", {}});
  if (!options.serve.today.empty() && !parse_iso_day(options.serve.today))
    return report(Error{ErrorCode::usage, "\"" + options.serve.today + "\" is not a day; expected YYYY-MM-DD", "", {}});
  const Scratch scratch;
  Signals signals(scratch.path());  // before any other thread is there
  const auto engine = Engine::open({context.data_folder});
  if (!engine) return report(engine.error());
  if (options.serve.demo) {
    options.serve.ledger = scratch.path() + "/examples.db";
    if (const auto made = make_demo(context.data_folder + "/examples", options.serve.ledger, *engine); !made) return report(made.error());
  }
  options.serve.now = now;

  auto server = Server::open(options.serve, *engine);
  if (!server) return report(server.error());
  signals.end(&*server);
  put(server->address() + "\n");
  std::fflush(stdout);
  if (!options.quiet) std::fputs("masudi: open the address above in a browser; Ctrl-C ends\n", stderr);
  const auto served = server->run();
  signals.end(nullptr);
  return served ? done : report(served.error());
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("serve", "Look at a ledger, question it and correct it in a browser; also an HTTP API (/openapi.json)");
  auto options = std::make_shared<Options>();
  ServeOptions& serve = options->serve;
  verb->add_option("--ledger", serve.ledger, "the ledger")->type_name("FILE");
  verb->add_flag("--demo", serve.demo, "serve the example articles instead, in a ledger that goes away");
  verb->add_option("--port", serve.port, "0: any that is free")->capture_default_str()->check(CLI::Range(0, 65535));
  verb->add_option("--listen", serve.listen, "an address of this machine; one that others can reach needs --token")
      ->capture_default_str()
      ->type_name("ADDRESS");
  verb->add_option("--token", serve.token, "who does not show it gets nothing; the printed address carries it");
  verb->add_option("--host", serve.hosts, "a name under which others call this machine; may be given again")->type_name("NAME");
  verb->add_flag("--read-only", serve.read_only, "no verdicts, no corrections, nothing stored");
  verb->add_option("--today", serve.today, "the day for which overdue is computed; the system's date when not given")->type_name("DATE");
  verb->add_flag("--quiet", options->quiet, "print the address and nothing else");
  verb->footer("Example: masudi serve --demo --port 8123");
  verb->callback([=, &context] { context.exit = run(*options, context); });
}

}  // namespace masudi::cli
