#include "security.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "assets.h"

namespace masudi::serve {

namespace {

constexpr std::string_view cookie_name = "masudi_token=";

bool is_address(std::string_view host) {
  const std::string text(host);
  unsigned char bytes[16];
  return inet_pton(AF_INET, text.c_str(), static_cast<unsigned char*>(bytes)) == 1 ||
         inet_pton(AF_INET6, text.c_str(), static_cast<unsigned char*>(bytes)) == 1;
}

/// "localhost:80" -> localhost, 80; "[::1]:80" -> ::1, 80. A port that is not there is 80.
std::optional<std::pair<std::string, int>> split_host(std::string_view host) {
  std::string_view name = host, port = "80";
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    name = host.substr(1, end - 1);
    const auto rest = host.substr(end + 1);
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
    if (!rest.empty()) port = rest.substr(1);
  } else if (const auto colon = host.find(':'); colon != std::string_view::npos) {
    name = host.substr(0, colon);
    port = host.substr(colon + 1);
  }
  int number = 0;
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (failed != std::errc() || end != port.data() + port.size() || name.empty()) return std::nullopt;
  return std::pair(ascii_lower(name), number);
}

/// The value of our cookie, of "a=1; masudi_token=T".
std::string_view cookie_token(std::string_view cookies) {
  while (!cookies.empty()) {
    const auto end = std::min(cookies.find(';'), cookies.size());
    std::string_view one = cookies.substr(0, end);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(cookie_name)) return one.substr(cookie_name.size());
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
  }
  return "";
}

}  // namespace

bool same_secret(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0U : 1U;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b.empty() ? '\0' : b[i % b.size()]));
  return difference == 0;
}

bool is_loopback(std::string_view address) {
  return address == "localhost" || address == "::1" || (address.starts_with("127.") && is_address(address));
}

Security::Security(const ServeOptions& options, int port, std::string write_token)
    : options_(options), port_(port), write_token_(std::move(write_token)) {}

bool Security::is_own_host(std::string_view host) const {
  const auto split = split_host(host);
  if (!split || split->second != port_) return false;
  const std::string& name = split->first;
  if (is_loopback(name)) return true;
  if (std::any_of(options_.hosts.begin(), options_.hosts.end(), [&](const std::string& own) { return ascii_lower(own) == name; })) return true;
  // A number cannot be pointed elsewhere by a name server: away from loopback any address of this machine will do.
  return !is_loopback(options_.listen) && is_address(name);
}

std::optional<Reply> Security::check(const Request& request, const Credentials& credentials) const {
  if (credentials.hosts != 1 || !is_own_host(credentials.host))
    return error_reply(421, "forbidden",
                       "this server is not \"" + credentials.host.substr(0, 100) + "\"; open the address that masudi serve printed");
  const bool navigation = request.method == "GET" && credentials.fetch_mode == "navigate" && find_asset(request.path) != nullptr;
  const bool foreign_site = !credentials.fetch_site.empty() && credentials.fetch_site != "same-origin" && credentials.fetch_site != "none";
  const bool foreign_origin = !credentials.origin.empty() && ascii_lower(credentials.origin) != "http://" + ascii_lower(credentials.host);
  if (foreign_origin || (foreign_site && !navigation)) return error_reply(403, "forbidden", "another site may not ask this server");

  if (!options_.token.empty()) {
    const std::string given = request.parameter("token");
    if (request.method == "GET" && request.path == "/" && !given.empty() && same_secret(given, options_.token)) {
      Reply out;
      out.status = 303;
      out.headers.emplace_back("Location", "/");
      out.headers.emplace_back("Set-Cookie", std::string(cookie_name) + options_.token + "; Path=/; HttpOnly; SameSite=Strict");
      return out;
    }
    constexpr std::string_view bearer = "Bearer ";
    const std::string_view header = credentials.authorization;
    const bool by_header = header.starts_with(bearer) && same_secret(header.substr(bearer.size()), options_.token);
    if (!by_header && !same_secret(cookie_token(credentials.cookie), options_.token))
      return error_reply(401, "unauthorized",
                         "this server wants a token: open the address that masudi serve printed, or send Authorization: Bearer TOKEN");
  }
  if (request.method == "POST") {
    if (!ascii_lower(credentials.content_type).starts_with("application/json"))
      return error_reply(415, "usage", "the body is to be JSON, with Content-Type: application/json");
    if (!same_secret(credentials.write_token, write_token_))
      return error_reply(403, "forbidden", "X-Masudi-Token is missing or not this server's: take it from /api/v1/session.json");
  }
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> answer_headers(bool hashed) {
  return {{"Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
           "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
          {"Cache-Control", hashed ? "private, max-age=31536000, immutable" : "no-store"}};
}

}  // namespace masudi::serve
