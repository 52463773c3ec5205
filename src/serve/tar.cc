#include "tar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

namespace masudi::serve {

namespace {

constexpr std::size_t block = 512;

std::string header(const std::string& name, std::size_t size) {
  std::array<char, block> out{};
  const auto put = [&](std::size_t at, std::string_view text) { std::copy(text.begin(), text.end(), out.begin() + static_cast<std::ptrdiff_t>(at)); };
  const auto octal = [&](std::size_t at, std::size_t digits, std::size_t value) {
    for (std::size_t i = digits; i-- > 0; value /= 8) out[at + i] = static_cast<char>('0' + value % 8);
  };
  put(0, name);
  octal(100, 7, 0644);
  octal(108, 7, 0);
  octal(116, 7, 0);
  octal(124, 11, size);
  octal(136, 11, 0);  // no time: the same files give the same bytes
  put(148, "        ");
  out[156] = '0';
  put(257, "ustar");
  put(263, "00");
  std::size_t sum = 0;
  for (const char c : out) sum += static_cast<unsigned char>(c);
  octal(148, 6, sum);
  out[154] = '\0';
  return {out.begin(), out.end()};
}

}  // namespace

std::string tar_of_folder(const std::string& folder, std::string_view prefix) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string out;
  for (const auto& path : files) {
    const std::string name = std::string(prefix) + "/" + path.filename().string();
    if (name.size() > 99) continue;
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    out += header(name, bytes.size()) + bytes;
    out.append((block - bytes.size() % block) % block, '\0');
  }
  out.append(2 * block, '\0');
  return out;
}

}  // namespace masudi::serve
