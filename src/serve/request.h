// A request and its answer, without sockets: what routes are made of.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi::serve {

using Json = nlohmann::ordered_json;

struct Request {
  std::string method, path;
  std::multimap<std::string, std::string> parameters;
  std::string body;
  std::string id;  ///< what stands for {id} in the route's pattern

  /// The first value, or "".
  std::string parameter(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? "" : found->second;
  }
  std::vector<std::string> all(const std::string& name) const {
    std::vector<std::string> out;
    for (auto [at, end] = parameters.equal_range(name); at != end; ++at)
      if (!at->second.empty()) out.push_back(at->second);
    return out;
  }
};

struct Reply {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

Reply json_reply(const Json& json);
/// {"error": {"code", "message"}} with the status that fits the code.
Reply error_reply(const Error& error);
Reply error_reply(int status, std::string_view code, std::string_view message);
/// Text of a CSV file, offered under a name.
Reply csv_reply(std::string text, std::string_view name);

/// A whole number between bounds; `otherwise` where it is not given. usage where it is none.
Result<std::uint64_t> whole_number(const Request& request, const std::string& name, std::uint64_t otherwise, std::uint64_t most);

}  // namespace masudi::serve
