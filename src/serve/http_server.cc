#include "http_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>

#include "assets.h"
#include "connection.h"
#include "routes.h"

namespace masudi::serve {

namespace {

constexpr std::size_t longest_path = 2048, most_parameters = 200;
constexpr std::string_view contract_path = "/openapi.json";  // needs no ledger
constexpr auto patience_of_new = std::chrono::seconds(1);
constexpr std::size_t waiting_a_thread = 4;  // connections that are accepted and wait; more wait in the kernel, and then are not accepted

/// Threads that serve connections. A full queue makes accepting wait: nothing grows.
class Pool final : public httplib::TaskQueue {
 public:
  Pool(std::size_t threads, std::atomic<std::size_t>& waiting) : most_(threads * waiting_a_thread), waiting_(waiting) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  void enqueue(std::function<void()> task) override {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return tasks_.size() < most_ || stop_; });
    tasks_.push_back(std::move(task));
    waiting_ = tasks_.size();
    ready_.notify_one();
  }
  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      stop_ = true;
    }
    ready_.notify_all();
    room_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    for (;;) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return !tasks_.empty() || stop_; });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
        waiting_ = tasks_.size();
        room_.notify_one();
      }
      task();
    }
  }

  std::size_t most_;
  std::atomic<std::size_t>& waiting_;
  std::mutex mutex_;
  std::condition_variable ready_, room_;
  std::deque<std::function<void()>> tasks_;
  bool stop_ = false;
  std::vector<std::thread> threads_;
};

Request request_of(const httplib::Request& from) {
  Request out;
  out.method = from.method == "HEAD" ? "GET" : from.method;
  out.path = from.path;
  for (const auto& [name, value] : from.params) out.parameters.emplace(name, value);
  out.body = from.body;
  return out;
}

Credentials credentials_of(const httplib::Request& from) {
  Credentials out;
  out.host = from.get_header_value("Host");
  out.hosts = from.get_header_value_count("Host");
  out.origin = from.get_header_value("Origin");
  out.fetch_site = from.get_header_value("Sec-Fetch-Site");
  out.fetch_mode = from.get_header_value("Sec-Fetch-Mode");
  out.content_type = from.get_header_value("Content-Type");
  out.write_token = from.get_header_value("X-Masudi-Token");
  out.authorization = from.get_header_value("Authorization");
  out.cookie = from.get_header_value("Cookie");
  return out;
}

/// A large ledger is still being loaded.
Reply loading(unsigned percent) {
  Reply out = error_reply(503, "loading", "the ledger is being opened: " + std::to_string(percent) + " % done");
  out.headers.emplace_back("Retry-After", "1");
  return out;
}

void send(const Reply& reply, httplib::Response& to, bool hashed = false) {
  to.status = reply.status;
  for (const auto& [name, value] : answer_headers(hashed)) to.set_header(name, value);
  for (const auto& [name, value] : reply.headers) to.set_header(name, value);
  to.set_content(reply.body, reply.type);
}

/// Requests that are there already, and a place for their answers: for tests and fuzzers, which need no socket.
class Memory final : public httplib::Stream {
 public:
  explicit Memory(std::string_view bytes) : left_(bytes) {}
  std::string take() { return std::move(sent_); }
  bool empty() const { return left_.empty(); }

  bool is_readable() const override { return !left_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* bytes, std::size_t size) override {
    const auto taken = left_.copy(bytes, size);
    left_.remove_prefix(taken);
    return static_cast<ssize_t>(taken);
  }
  ssize_t write(const char* bytes, std::size_t size) override {
    sent_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return -1; }

 private:
  std::string_view left_;
  std::string sent_;
};

}  // namespace

HttpServer::HttpServer(Service& service, const ServeOptions& options) : service_(service), options_(options) {
  new_task_queue = [this] { return new Pool(options_.limits.threads, waiting_); };
  set_payload_max_length(options.limits.body_bytes);
  set_keep_alive_max_count(options.limits.requests_a_connection);
  set_keep_alive_timeout(options.limits.idle_seconds);
  set_tcp_nodelay(true);
  set_pre_routing_handler([this](const httplib::Request& from, httplib::Response& to) { return before(from, to); });
  // Everything was answered before, but for what has a body: that is read now.
  const auto posted = [this](const httplib::Request& from, httplib::Response& to) { send(answer(request_of(from)), to); };
  Post(R"([\s\S]*)", posted);
  set_error_handler([](const httplib::Request&, httplib::Response& to) {
    if (!to.body.empty()) return;
    const bool large = to.status == 413;
    send(error_reply(to.status, large ? "too_large" : "usage",
                     large ? "the body is larger than this server takes" : "not a request that this server understands"),
         to);
  });
  set_exception_handler([](const httplib::Request&, httplib::Response& to, const std::exception_ptr&) {
    send(error_reply(500, "io", "the request failed inside the server"), to);
  });
}

httplib::Server::HandlerResponse HttpServer::before(const httplib::Request& from, httplib::Response& to) {
  const auto refuse = [&](const Reply& reply) {
    send(reply, to);
    if (from.method == "POST") to.set_header("Connection", "close");  // its body is not read
    return HandlerResponse::Handled;
  };
  if (from.target.size() > longest_path || from.params.size() > most_parameters)
    return refuse(error_reply(414, "too_large", "the address is longer than this server takes"));
  Request request = request_of(from);
  if (auto refused = security_->check(request, credentials_of(from))) return refuse(*refused);
  if (from.method == "POST") return HandlerResponse::Unhandled;
  if (from.method != "GET" && from.method != "HEAD") return refuse(error_reply(405, "not_allowed", "this server answers GET, HEAD and POST"));
  if (const Asset* asset = find_asset(request.path)) {
    Reply page;
    page.type = asset->type;
    page.body = asset->bytes;
    send(page, to, request.path.starts_with("/assets/"));
    return HandlerResponse::Handled;
  }
  send(answer(std::move(request)), to);
  return HandlerResponse::Handled;
}

Reply HttpServer::answer(Request request) {
  int status = 404;
  const Route* route = find_route(request, status);
  if (route == nullptr)
    return status == 405 ? error_reply(405, "not_allowed", "this path does not answer " + request.method)
                         : error_reply(404, "not_found", "no such path; /openapi.json lists those that there are");
  if (const std::string unknown = unknown_parameter(*route, request); !unknown.empty()) return error_reply(400, "usage", unknown);
  if (!service_.ready() && route->pattern != contract_path) {
    const auto failure = service_.failure();
    return failure ? error_reply(*failure) : loading(service_.percent());
  }
  try {
    if (!route->counted) return route->answer(service_, request);
    // The question in one form, so that the same question finds its answer.
    std::string question = request.path;
    for (const auto& [name, value] : request.parameters) question += "\x1f" + name + "=" + value;
    question += "\x1f" + service_.today();
    Reply reply;
    const std::uint64_t version = service_.view().version;
    if (service_.recall(question, version, reply)) return reply;
    reply = route->answer(service_, request);
    if (reply.status == 200) service_.keep(question, version, reply);
    return reply;
  } catch (const std::exception&) {
    return error_reply(500, "io", "the request failed inside the server");
  }
}

void HttpServer::end() {
  stopping_ = true;
  // The library's own stop() does nothing before listening has begun.
  if (const socket_t listening = svr_sock_.exchange(INVALID_SOCKET); listening != INVALID_SOCKET) {
    shutdown(listening, SHUT_RDWR);
    close(listening);
  }
}

bool HttpServer::serve_one(httplib::Stream& stream, bool last, bool& closed, const std::function<void()>& body_begins) {
  return process_request(stream, last, closed, [&](httplib::Request& request) {
    body_begins();
    // What the library would do by itself and nobody here needs: parts of answers, packed answers at the slowest setting, packed bodies that
    // unpack without a limit, bodies in parts.
    request.ranges.clear();
    request.headers.erase("Accept-Encoding");
    request.headers.erase("Content-Encoding");
  });
}

std::string HttpServer::answer_bytes(std::string_view bytes) {
  Memory memory(bytes);
  bool closed = false, good = true;
  while (good && !closed && !memory.empty()) good = serve_one(memory, false, closed, [] {});
  return memory.take();
}

bool HttpServer::process_and_close_socket(socket_t socket) {
  Connection connection(socket, options_.limits);
  bool good = true;
  for (unsigned left = options_.limits.requests_a_connection; good && left > 0; --left) {
    // Browsers open connections that they may not need: while others wait, an idle one is given up, a new one after a moment.
    const auto since = std::chrono::steady_clock::now();
    const bool used = left < options_.limits.requests_a_connection;
    if (!connection.wait([&] { return stopping_ || (waiting_ > 0 && (used || std::chrono::steady_clock::now() - since > patience_of_new)); })) break;
    connection.begin_request();
    // Others are waiting: this client makes room after its answer.
    const bool last = left == 1 || waiting_ > 0 || stopping_;
    bool closed = false;
    good = serve_one(connection, last, closed, [&] { connection.begin_body(); });
    if (closed || last || connection.broken()) break;
  }
  shutdown(socket, SHUT_RDWR);
  close(socket);
  return good;
}

}  // namespace masudi::serve
