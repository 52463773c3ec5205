// The server: the HTTP library with a bounded pool, each request through security, assets, routes.
#pragma once

#include <httplib.h>

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "request.h"
#include "security.h"
#include "service.h"

namespace masudi::serve {

class HttpServer final : public httplib::Server {
 public:
  HttpServer(Service& service, const ServeOptions& options);

  /// The port is known: requests can be judged from here on.
  void ready(int port) { security_.emplace(options_, port, service_.write_token()); }
  /// Listening ends, whether it has begun or not; open connections end after their answer, idle ones at once. From any thread.
  void end();

  /// Answers the requests in `bytes` as though they had come over one connection. @return the bytes that would have been sent.
  std::string answer_bytes(std::string_view bytes);

 private:
  /// Security for every request, and the answer to those without a body.
  HandlerResponse before(const httplib::Request& from, httplib::Response& to);
  Reply answer(Request request);
  bool process_and_close_socket(socket_t socket) override;
  /// Reads a request and answers it. `body_begins` is called when its head has been read.
  bool serve_one(httplib::Stream& stream, bool last, bool& closed, const std::function<void()>& body_begins);

  Service& service_;
  const ServeOptions& options_;
  std::optional<Security> security_;
  std::atomic<std::size_t> waiting_{0};
  std::atomic<bool> stopping_{false};
};

}  // namespace masudi::serve
