// What the tests of exports share: the engine, and files read back.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "masudi/export.h"

namespace masudi {

inline const Engine& export_engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return *opened;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace masudi
