// One connection with limits in front of the HTTP library: bytes of a head and of a whole request are counted, and a request must be there and
// answered in its time, however slowly its bytes come.
#pragma once

#include <httplib.h>

#include <chrono>
#include <string>

#include "masudi/serve.h"

namespace masudi::serve {

class Connection final : public httplib::Stream {
 public:
  Connection(socket_t socket, const ServeLimits& limits) : socket_(socket), limits_(limits) {}

  /// Waits for the first byte of a request. False when the client has gone, has been idle for too long, or `stop` said so.
  bool wait(const std::function<bool()>& stop);
  /// A request begins: its clocks and counts start.
  void begin_request();
  /// The head has been read; the body may have so many bytes.
  void begin_body();
  /// Something went over its limit: the connection is to be closed.
  bool broken() const { return broken_; }

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* bytes, std::size_t size) override;
  ssize_t write(const char* bytes, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  /// Waits until the socket is ready or the request's time is over.
  bool ready(short events) const;

  socket_t socket_;
  const ServeLimits& limits_;
  std::chrono::steady_clock::time_point deadline_;
  std::uint64_t left_ = 0;  ///< bytes that may still come
  bool broken_ = false;
  std::string buffer_;
  std::size_t at_ = 0;
};

}  // namespace masudi::serve
