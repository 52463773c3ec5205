#include "request.h"

#include <algorithm>
#include <charconv>

namespace masudi::serve {

Reply json_reply(const Json& json) {
  Reply out;
  out.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return out;
}

Reply error_reply(int status, std::string_view code, std::string_view message) {
  Reply out = json_reply({{"error", {{"code", code}, {"message", message}}}});
  out.status = status;
  return out;
}

Reply error_reply(const Error& error) {
  int status = 500;
  switch (error.code) {
    case ErrorCode::usage:
    case ErrorCode::malformed_input:
    case ErrorCode::bad_encoding:
    case ErrorCode::unsupported_language:
      status = 400;
      break;
    case ErrorCode::not_found:
      status = 404;
      break;
    case ErrorCode::too_large:
      status = 413;
      break;
    case ErrorCode::corrupt_store:
    case ErrorCode::io:
      break;
  }
  return error_reply(status, to_string(error.code), error.message);  // without the path: where files lie is nobody's business
}

Reply csv_reply(std::string text, std::string_view name) {
  Reply out;
  out.type = "text/csv; charset=utf-8";
  out.body = std::move(text);
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + std::string(name) + ".csv\"");
  return out;
}

Result<std::uint64_t> whole_number(const Request& request, const std::string& name, std::uint64_t otherwise, std::uint64_t most) {
  const std::string text = request.parameter(name);
  if (text.empty()) return otherwise;
  std::uint64_t out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size()) return Error{ErrorCode::usage, name + "=" + text + " is not a whole number", "", {}};
  return std::min(out, most);
}

}  // namespace masudi::serve
