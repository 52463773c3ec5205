#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "verbs.h"

namespace masudi::cli {

int report(const Error& error) {
  std::fprintf(stderr, "masudi: %s\n", to_string(error).c_str());
  switch (error.code) {
    case ErrorCode::usage:
      return usage;
    case ErrorCode::malformed_input:
    case ErrorCode::bad_encoding:
    case ErrorCode::unsupported_language:
    case ErrorCode::too_large:
      return rejects;
    case ErrorCode::not_found:
    case ErrorCode::corrupt_store:
    case ErrorCode::io:
      return unreadable;
  }
  return unreadable;
}

std::string find_data_folder(const char* program) {
  if (const char* set = std::getenv("MASUDI_DATA")) return set;
  std::error_code failed;
  auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) self = std::filesystem::absolute(program, failed);
  const auto beside = self.parent_path().parent_path() / "share" / "masudi";
  if (std::filesystem::exists(beside / "lexicon.pack", failed)) return beside.string();
  return MASUDI_INSTALLED_DATA;
}

}  // namespace masudi::cli
