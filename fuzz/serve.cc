// Hostile clients of `masudi serve`: bytes as they would come over one connection, through parsing, security and routes, on a small ledger in memory
// of this process. Whatever comes, every answer is whole HTTP with the headers that keep a browser safe, no answer says that the server failed
// inside, JSON is JSON, and nothing is written without the token.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "../src/serve/http_server.h"

namespace {

using masudi::Engine;
using Json = nlohmann::ordered_json;

void require(bool good) {
  if (!good) std::abort();
}

constexpr int port = 8123;

/// A ledger of two articles and a server that never listens.
class World {
 public:
  World() {
    std::string name = (std::filesystem::temp_directory_path() / "masudi-fuzz-XXXXXX").string();
    require(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    auto engine = Engine::open({MASUDI_DATA});
    require(engine.has_value());
    engine_ = std::make_unique<Engine>(std::move(*engine));
    options_.ledger = folder_ + "/news.db";
    options_.today = "2024-07-15";
    options_.now = [] { return std::string("2024-07-15T12:00:00Z"); };
    options_.limits.sql_ms = 50;
    auto ledger = masudi::Ledger::open(options_.ledger, masudi::Ledger::Mode::read_write);
    require(ledger.has_value());
    masudi::RunManifest manifest;
    manifest.engine = engine_->info();
    manifest.started = options_.now();
    const auto run = ledger->begin_run(manifest);
    require(run.has_value());
    std::vector<masudi::ArchiveItem> items;
    for (const char* text :
         {"Norway and Kenya agree\n\nNorway promised on Monday to build two schools in Kenya by 30 June 2024. Police in Nairobi arrested "
          "three men. \"We will pay,\" a senior official told Harbour News.\n",
          "Minister <script>alert(1)</script> wins\n\nThe minister of France met the envoy of Japan in Paris on Tuesday.\n"}) {
      masudi::Document document;
      document.bytes = text;
      document.metadata.published = masudi::parse_iso_day("2024-03-06");
      auto reading = masudi::read(document, *engine_);
      require(reading.has_value());
      if (article_.empty()) article_ = masudi::article_id(reading->article, "fuzz", {0, document.bytes.size()}).substr(0, 12);
      items.push_back({"fuzz", {0, document.bytes.size()}, std::move(*reading)});
    }
    require(ledger->add(*run, items).has_value());
    {
      const auto closed = std::move(ledger);  // so that the file has everything, for the copies
    }
    start();
    std::atexit([] { std::filesystem::remove_all(instance().folder_); });
  }
  static World& instance() {
    static World* const world = new World;  // lives as long as the process: its end is atexit's
    return *world;
  }
  std::string ask(std::string_view bytes) {
    if (++asked_ % asked_of_one == 0) start();
    return server_->answer_bytes(bytes);
  }
  const std::string& token() const { return service_->write_token(); }
  /// The id of the first article.
  const std::string& article() const { return article_; }

 private:
  static constexpr std::uint64_t asked_of_one = 2000;  // then what was written would make the ledger slow

  /// A server on a fresh copy of the ledger.
  void start() {
    server_.reset();
    service_.reset();
    for (const char* with : {"", "-wal", "-shm"}) std::filesystem::remove(folder_ + "/copy.db" + with);
    std::filesystem::copy_file(folder_ + "/news.db", folder_ + "/copy.db");
    masudi::ServeOptions copy = options_;
    copy.ledger = folder_ + "/copy.db";
    auto service = masudi::serve::Service::open(copy, *engine_);
    require(service.has_value());
    service_ = std::move(*service);
    server_ = std::make_unique<masudi::serve::HttpServer>(*service_, service_->options());
    server_->ready(port);
  }

  std::uint64_t asked_ = 0;
  std::string folder_, article_;
  std::unique_ptr<Engine> engine_;
  masudi::ServeOptions options_;
  std::unique_ptr<masudi::serve::Service> service_;
  std::unique_ptr<masudi::serve::HttpServer> server_;
};

std::string header(std::string_view head, std::string_view name) {
  const std::string wanted = "\r\n" + std::string(name) + ": ";
  const auto at = head.find(wanted);
  if (at == std::string_view::npos) return "";
  const auto begin = at + wanted.size();
  return std::string(head.substr(begin, head.find("\r\n", begin) - begin));
}

/// Takes one answer off the front of what was sent.
void check_answer(std::string_view& sent, bool head_only) {
  require(sent.starts_with("HTTP/1.1 "));
  const auto blank = sent.find("\r\n\r\n");
  require(blank != std::string_view::npos);
  const std::string_view head = sent.substr(0, blank + 2);
  const int status = std::atoi(std::string(head.substr(9, 3)).c_str());
  sent.remove_prefix(blank + 4);
  if (status == 100) return;  // "go on" before a body
  require(status >= 200 && status < 500);
  require(header(head, "Content-Security-Policy").find("default-src 'none'") != std::string::npos);
  require(header(head, "X-Content-Type-Options") == "nosniff");
  require(header(head, "Access-Control-Allow-Origin").empty());
  const auto size = static_cast<std::size_t>(std::atoll(header(head, "Content-Length").c_str()));
  if (head_only) return;
  require(size <= sent.size());
  if (header(head, "Content-Type").starts_with("application/json")) require(!Json::parse(sent.substr(0, size), nullptr, false).is_discarded());
  sent.remove_prefix(size);
}

}  // namespace

/// The first byte says how the rest is meant: as bytes of a connection; as the target of a good request; as the body of a good POST to one of the
/// paths that take one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 8192) return 0;
  World& world = World::instance();
  std::string rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr std::string_view some_article = "000000000000";  // in the corpus, whatever the ids are
  for (auto at = rest.find(some_article); at != std::string::npos; at = rest.find(some_article, at + some_article.size()))
    rest.replace(at, some_article.size(), world.article());
  const std::string host = "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
  constexpr const char* posts[] = {"read", "sql.json", "verdicts", "verdicts/undo", "corrections", "corrections/undo"};
  std::string bytes;
  bool head_only = false;
  switch (data[0] % 8) {
    case 0:
      bytes = rest;
      head_only = rest.find("HEAD") != std::string::npos;
      break;
    case 1:
    case 2: {
      std::string target = rest;
      for (char& c : target)
        if (c == '\r' || c == '\n' || c == ' ') c = '+';
      bytes = "GET /api/v1/" + target + " HTTP/1.1\r\n" + host + "\r\n";
      break;
    }
    default: {
      // "read" is slow: one call in many.
      const char* path = posts[1 + data[0] / 8 % 5];
      if (data[0] == 255) path = posts[0];
      bytes = "POST /api/v1/" + std::string(path) + " HTTP/1.1\r\n" + host + "Content-Type: application/json\r\nX-Masudi-Token: " + world.token() +
              "\r\nContent-Length: " + std::to_string(rest.size()) + "\r\n\r\n" + rest;
    }
  }
  const std::string sent = world.ask(bytes);
  std::string_view left = sent;
  if (data[0] % 8 != 0) require(!left.empty());
  if (head_only) return 0;
  while (!left.empty()) check_answer(left, false);
  return 0;
}
