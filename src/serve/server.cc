// The server as others see it: a ledger, a port, a beginning and an end.
#include "http_server.h"

namespace masudi {

struct Server::Impl {
  std::unique_ptr<serve::Service> service;
  std::unique_ptr<serve::HttpServer> http;
  int port = 0;
  std::atomic<bool> stopped{false};
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Result<Server> Server::open(ServeOptions options, const Engine& engine) {
  if (!serve::is_loopback(options.listen) && options.token.empty())
    return Error{ErrorCode::usage, "listening on " + options.listen + " lets others in: it needs a token (--token)", "", {}};
  const std::string address = options.listen;
  const int wanted = options.port;
  auto impl = std::make_unique<Impl>();
  auto service = serve::Service::open(std::move(options), engine);
  if (!service) return service.error();
  impl->service = std::move(*service);
  impl->http = std::make_unique<serve::HttpServer>(*impl->service, impl->service->options());
  if (wanted == 0)
    impl->port = impl->http->bind_to_any_port(address);
  else
    impl->port = impl->http->bind_to_port(address, wanted) ? wanted : -1;
  if (impl->port <= 0)
    return Error{
        ErrorCode::io, "port " + std::to_string(wanted) + " of " + address + " cannot be taken; another program may have it (--port N)", "", {}};
  impl->http->ready(impl->port);
  return Server(std::move(impl));
}

int Server::port() const { return impl_->port; }

std::string Server::address() const {
  const ServeOptions& options = impl_->service->options();
  std::string host = options.hosts.empty() ? options.listen : options.hosts.front();
  if (host.find(':') != std::string::npos) host.insert(0, "[").append("]");
  return "http://" + host + ":" + std::to_string(impl_->port) + "/" + (options.token.empty() ? "" : "?token=" + options.token);
}

Result<void> Server::run() {
  impl_->service->on_failure([this] { impl_->http->end(); });
  const bool served = impl_->http->listen_after_bind();
  impl_->service->on_failure({});
  if (const auto failure = impl_->service->failure(); failure && !impl_->stopped) return *failure;
  if (!served) return Error{ErrorCode::io, "the server stopped: the socket failed", "", {}};
  return {};
}

void Server::stop() {
  impl_->stopped = true;
  impl_->service->stop_loading();
  impl_->http->end();
}

}  // namespace masudi
