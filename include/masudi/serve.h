// serve: a ledger as an HTTP API and a page. schema/openapi.json is the contract; docs/serve.md tells how it is kept safe and quick.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "masudi/store.h"

namespace masudi {

/// What a client may ask of the server, so that no one of them can take it away from the others.
struct ServeLimits {
  std::uint64_t head_bytes = 32U << 10U;  ///< request line and headers
  std::uint64_t body_bytes = 4U << 20U;   ///< a pasted article is the largest
  unsigned head_seconds = 10;             ///< from the first byte of a request to the end of its headers
  unsigned request_seconds = 60;          ///< for all bytes of a request and of its answer
  unsigned idle_seconds = 15;             ///< a kept connection without a request
  unsigned requests_a_connection = 1000;  ///< then it is closed
  unsigned threads = 64;                  ///< connections that are served at once; the rest waits to be accepted
  unsigned page = 500;                    ///< rows of a list
  unsigned sql_rows = 10000;
  unsigned sql_ms = 2000;
  std::uint64_t sql_bytes = 16U << 20U;  ///< of an answer
  std::uint64_t load_at_once = 100000;   ///< records; a larger ledger is loaded while the server answers that it is not there yet
};

struct ServeOptions {
  std::string ledger;                ///< the file
  std::string listen = "127.0.0.1";  ///< an address of this machine; one that is not a loopback needs a token
  int port = 0;                      ///< 0: any that is free
  std::string token;                 ///< who does not show it gets nothing; "" for none
  std::vector<std::string> hosts;    ///< names under which the machine is called, besides its addresses
  bool read_only = false;            ///< no verdicts, corrections, stored readings
  bool demo = false;                 ///< told to the page
  std::string today;                 ///< ISO day for `overdue`; "": the clock's
  std::function<std::string()> now;  ///< the clock: an ISO time
  ServeLimits limits;
};

/// A ledger served. Loads what is needed for filters and counts into memory: about 200 bytes an event.
class Server {
 public:
  /// Opens the ledger and takes the port; a large ledger is loaded after that. usage: an address that needs a token; io: a port that is taken; the
  /// ledger's errors. The engine must live as long as the server.
  static Result<Server> open(ServeOptions options, const Engine& engine);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  int port() const;
  /// What a browser is to be given: "http://127.0.0.1:8123/" (with the token, where there is one).
  std::string address() const;
  /// Serves until stop(). io where the socket fails; the ledger's error where a large one could not be loaded.
  Result<void> run();
  /// From any thread, before run() too: a loading stops, open connections end after their answer.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// The contract: an OpenAPI 3.1 document.
std::string_view openapi_document();
/// "GET /api/v1/events.json", ...: what the server answers, for the test that holds it against the contract.
std::vector<std::string> served_routes();

}  // namespace masudi
