// A served ledger and a client that speaks HTTP over a socket, byte by byte where a test wants to.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "masudi/serve.h"

namespace masudi {

using Json = nlohmann::ordered_json;

inline const Engine& test_engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return *opened;
}

/// A connection to 127.0.0.1.
class Socket {
 public:
  explicit Socket(int port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  ~Socket() { ::close(fd_); }

  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return connected_;
  }
  /// What comes until the other side closes, or nothing comes for so long.
  std::string receive(int milliseconds = 20000) const {
    std::string out;
    char buffer[65536];
    for (;;) {
      pollfd one{fd_, POLLIN, 0};
      if (::poll(&one, 1, milliseconds) <= 0) return out;
      const auto found = ::recv(fd_, static_cast<char*>(buffer), sizeof buffer, 0);
      if (found <= 0) return out;
      out.append(static_cast<const char*>(buffer), static_cast<std::size_t>(found));
    }
  }
  /// Has the other side closed, within so long?
  bool closed(int milliseconds) const {
    pollfd one{fd_, POLLIN, 0};
    if (::poll(&one, 1, milliseconds) <= 0) return false;
    char byte = 0;
    return ::recv(fd_, &byte, 1, 0) <= 0;
  }

 private:
  int fd_;
  bool connected_ = false;
};

struct Answer {
  int status = 0;
  std::string head, body;
  Json json() const { return Json::parse(body, nullptr, false); }
  std::string header(const std::string& name) const {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return "";
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
  }
};

inline Answer parse_answer(const std::string& bytes) {
  Answer out;
  const auto blank = bytes.find("\r\n\r\n");
  if (blank == std::string::npos || bytes.size() < 12) return out;
  out.status = std::atoi(bytes.c_str() + 9);
  out.head = bytes.substr(0, blank + 2);
  out.body = bytes.substr(blank + 4);
  return out;
}

/// A ledger with one hostile article and one plain one, served in this process.
class ServeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) / ("masudi_serve_" + std::string(test->name()) + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    write("a.txt",
          "Norway and Kenya agree\n\nNorway promised on Monday to build two schools in Kenya by 30 June 2024. Police in Nairobi arrested three men. "
          "\"We will pay for the schools,\" a senior Norwegian official said, speaking on condition of anonymity.\n");
    write("b.txt", hostile);
    auto ledger = Ledger::open(path(), Ledger::Mode::read_write);
    ASSERT_TRUE(ledger) << to_string(ledger.error());
    LoadOptions load;
    load.archive.source.metadata.published = parse_iso_day("2024-03-06");
    load.archive.source.metadata.outlet = "=cmd|' /C calc'!A0";
    load.archive.threads = 1;
    load.now = [] { return std::string("2024-03-06T00:00:00Z"); };
    const auto counts = load_archive({file("a.txt"), file("b.txt"), file("gone.txt")}, load, test_engine(), *ledger);
    ASSERT_TRUE(counts) << to_string(counts.error());
    options_.ledger = path();
    options_.today = "2024-07-15";
    options_.now = [] { return std::string("2024-07-15T12:00:00Z"); };
    options_.limits.threads = 8;
  }
  void TearDown() override {
    if (server_) server_->stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
    std::filesystem::remove_all(folder_);
  }

  void start() {
    auto opened = Server::open(options_, test_engine());
    ASSERT_TRUE(opened) << to_string(opened.error());
    server_ = std::make_unique<Server>(std::move(*opened));
    thread_ = std::thread([this] { (void)server_->run(); });
    host_ = "127.0.0.1:" + std::to_string(server_->port());
    const std::string authorization = options_.token.empty() ? "" : "Authorization: Bearer " + options_.token + "\r\n";
    for (int i = 0; i < 100 && token_.empty(); ++i) {  // the thread has to begin listening
      const Answer session = get("/api/v1/session.json", authorization);
      if (session.status == 200) token_ = session.json()["token"].get<std::string>();
    }
    ASSERT_FALSE(token_.empty());
  }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }
  std::string path() const { return file("news.db"); }
  void write(const std::string& name, const std::string& bytes) const { std::ofstream(file(name), std::ios::binary) << bytes; }

  Answer raw(const std::string& bytes) const {
    const Socket socket(server_->port());
    socket.send(bytes);
    return parse_answer(socket.receive());
  }
  Answer get(const std::string& target, const std::string& headers = "") const {
    return raw("GET " + target + " HTTP/1.1\r\nHost: " + host_ + "\r\nConnection: close\r\n" + headers + "\r\n");
  }
  Answer post(const std::string& target, const std::string& body, const std::string& headers) const {
    return raw("POST " + target + " HTTP/1.1\r\nHost: " + host_ + "\r\nConnection: close\r\n" + headers +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  Answer post(const std::string& target, const Json& body) const {
    return post(target, body.dump(), "Content-Type: application/json\r\nX-Masudi-Token: " + token_ + "\r\n");
  }
  /// The id of the first record of a list.
  std::string first(const std::string& list, const std::string& filters = "") const {
    const Json items = get("/api/v1/" + list + ".json?" + filters).json()["items"];
    return items.empty() ? "" : items[0]["id"].get<std::string>();
  }

  static constexpr const char* hostile =
      "Minister <script>alert(1)</script> wins\n\nThe minister of <img src=x onerror=alert(1)> France met the envoy of Japan in Paris on Tuesday. "
      "France vowed to pay \"=HYPERLINK(1)\" to Japan by 1 May 2024, the ministry said.\n";
  std::filesystem::path folder_;
  ServeOptions options_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
  std::string host_, token_;
};

}  // namespace masudi
