// Who may ask, and what every answer says to the browser. The page shows hostile text and other sites run in the same browser:
// - a Host that is not ours is a name that somebody pointed at this machine (DNS rebinding): refused;
// - an Origin, or a Sec-Fetch-Site, of another site: refused; so is a body that is not JSON, which a form could send;
// - what writes or works needs the token of this process, which only the page's own script can read;
// - away from loopback everything needs the owner's token, by cookie or Authorization.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "masudi/serve.h"
#include "request.h"

namespace masudi::serve {

/// What is looked at, of a request's headers.
struct Credentials {
  std::string host, origin, fetch_site, fetch_mode, content_type, write_token, authorization, cookie;
  std::size_t hosts = 1;  ///< how often Host was given
};

class Security {
 public:
  Security(const ServeOptions& options, int port, std::string write_token);

  /// Nothing where the request may go on; otherwise the answer: 421 for a foreign Host, 403 for another site or a missing token, 401 for the owner's
  /// token, 415 for a body that is not JSON, 303 with a cookie for "/?token=T".
  std::optional<Reply> check(const Request& request, const Credentials& credentials) const;

 private:
  bool is_own_host(std::string_view host) const;

  const ServeOptions& options_;
  int port_;
  std::string write_token_;
};

bool is_loopback(std::string_view address);

/// Headers of every answer. `hashed`: an asset whose name changes with its content.
std::vector<std::pair<std::string, std::string>> answer_headers(bool hashed);

/// Equal, in a time that does not tell where they differ.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace masudi::serve
