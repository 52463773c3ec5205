#include "masudi/file_hash.h"

#include <xxhash.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace masudi {

namespace {

constexpr std::string_view mark = "# xxh3-128 ";

std::string note_path(const std::string& path) { return path + ".sha256"; }

std::string quick_hash(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  std::array<char, 33> out{};
  std::snprintf(out.data(), out.size(), "%016llx%016llx", static_cast<unsigned long long>(hash.high64), static_cast<unsigned long long>(hash.low64));
  return out.data();
}

struct Note {
  std::string quick, sha256;
};

std::optional<Note> read_note(const std::string& path) {
  std::ifstream in(note_path(path));
  std::string first, second;
  if (!std::getline(in, first) || !std::getline(in, second) || !first.starts_with(mark) || second.size() < 64) return std::nullopt;
  return Note{first.substr(mark.size()), second.substr(0, 64)};
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) return Error{ErrorCode::io, "could not be read", path, {}};
  return std::move(bytes).str();
}

}  // namespace

std::string sha256_of_file(const std::string& path, std::string_view bytes) {
  const auto note = read_note(path);
  return note && note->quick == quick_hash(bytes) ? note->sha256 : sha256_hex(bytes);
}

Result<std::string> sha256_of_file(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  return sha256_of_file(path, *bytes);
}

Result<void> note_sha256(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  std::ofstream out(note_path(path), std::ios::binary | std::ios::trunc);
  out << mark << quick_hash(*bytes) << '\n' << sha256_hex(*bytes) << "  " << std::filesystem::path(path).filename().string() << '\n';
  out.flush();
  if (!out) return Error{ErrorCode::io, "could not be written", note_path(path), {}};
  return {};
}

Result<bool> note_is_true(const std::string& path) {
  const auto note = read_note(path);
  if (!note) return true;
  const auto bytes = read_file(path);
  if (!bytes) return bytes.error();
  return note->quick == quick_hash(*bytes) && note->sha256 == sha256_hex(*bytes);
}

std::vector<std::string> hashed_files(const std::string& data_folder) {
  std::vector<std::string> out;
  for (const char* name : {"lexicon.pack", "gazetteer.pack", "models/language.model", "models/sentence.model", "models/token.model"}) {
    const auto path = std::filesystem::path(data_folder) / name;
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) out.push_back(path.string());
  }
  return out;
}

}  // namespace masudi
