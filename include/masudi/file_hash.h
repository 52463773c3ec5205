// Content hashes of the files that a program starts with. SHA-256 names them, but computing it of some 20 MB is a good part of the time to the first
// record. So whoever installs the files notes their hashes beside them, and starting only checks, by a hash ten times as fast, that the bytes are
// those of the note.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi {

/// SHA-256 of the file's bytes: out of the note FILE.sha256 where that was made of these very bytes (XXH3 of 128 bits tells), else computed. A file
/// that was changed is told as what it is, noted or not.
std::string sha256_of_file(const std::string& path, std::string_view bytes);
/// The same of a file that nobody has mapped.
Result<std::string> sha256_of_file(const std::string& path);

/// Writes the note: a line that `sha256sum -c` reads, after a comment with the XXH3.
Result<void> note_sha256(const std::string& path);
/// Does the note say what is true? Computes both hashes. Without a note: true.
Result<bool> note_is_true(const std::string& path);

/// The files of a data folder that are noted: packs and models that are there.
std::vector<std::string> hashed_files(const std::string& data_folder);

}  // namespace masudi
