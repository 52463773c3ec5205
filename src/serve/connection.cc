#include "connection.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>

namespace masudi::serve {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t read_at_once = 16U << 10U;
constexpr int look_every_ms = 200;  // whether the server is to stop

int poll_once(socket_t socket, short events, int milliseconds) {
  pollfd one{socket, events, 0};
  int found = 0;
  do found = poll(&one, 1, milliseconds);
  while (found < 0 && errno == EINTR);
  return found;
}

void address_of(const sockaddr_storage& from, std::string& ip, int& port) {
  char text[INET6_ADDRSTRLEN] = {};
  if (from.ss_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(&from);
    inet_ntop(AF_INET, &four->sin_addr, static_cast<char*>(text), sizeof text);
    port = ntohs(four->sin_port);
  } else if (from.ss_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(&from);
    inet_ntop(AF_INET6, &six->sin6_addr, static_cast<char*>(text), sizeof text);
    port = ntohs(six->sin6_port);
  }
  ip = static_cast<const char*>(text);
}

}  // namespace

bool Connection::wait(const std::function<bool()>& stop) {
  if (at_ < buffer_.size()) return true;
  const auto until = Clock::now() + std::chrono::seconds(limits_.idle_seconds);
  while (Clock::now() < until && !stop()) {
    const int found = poll_once(socket_, POLLIN, look_every_ms);
    if (found != 0) return found > 0;
  }
  return false;
}

void Connection::begin_request() {
  deadline_ = Clock::now() + std::chrono::seconds(limits_.head_seconds);
  left_ = limits_.head_bytes;
}

void Connection::begin_body() {
  deadline_ = Clock::now() + std::chrono::seconds(limits_.request_seconds);
  left_ = limits_.body_bytes + limits_.head_bytes;  // chunks have heads of their own
}

bool Connection::ready(short events) const {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  return left > 0 && poll_once(socket_, events, static_cast<int>(left)) > 0;
}

bool Connection::is_readable() const { return at_ < buffer_.size() || ready(POLLIN); }
bool Connection::is_writable() const { return ready(POLLOUT); }

ssize_t Connection::read(char* bytes, std::size_t size) {
  if (broken_ || left_ == 0) {
    broken_ = true;
    return -1;
  }
  if (at_ == buffer_.size()) {
    if (!ready(POLLIN)) {
      broken_ = true;
      return -1;
    }
    buffer_.resize(read_at_once);
    at_ = 0;
    const ssize_t found = recv(socket_, buffer_.data(), buffer_.size(), 0);
    buffer_.resize(static_cast<std::size_t>(std::max<ssize_t>(found, 0)));
    if (found <= 0) {
      broken_ = true;
      return found;
    }
  }
  const std::size_t taken = std::min({size, buffer_.size() - at_, static_cast<std::size_t>(left_)});
  std::copy_n(buffer_.data() + at_, taken, bytes);
  at_ += taken;
  left_ -= taken;
  return static_cast<ssize_t>(taken);
}

ssize_t Connection::write(const char* bytes, std::size_t size) {
  if (!ready(POLLOUT)) {
    broken_ = true;
    return -1;
  }
  const ssize_t sent = send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (sent < 0) broken_ = true;
  return sent;
}

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  if (getpeername(socket_, reinterpret_cast<sockaddr*>(&from), &size) == 0) address_of(from, ip, port);
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  if (getsockname(socket_, reinterpret_cast<sockaddr*>(&from), &size) == 0) address_of(from, ip, port);
}

}  // namespace masudi::serve
