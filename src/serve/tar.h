// A folder as one file for a browser to save: POSIX ustar, names and bytes only, the same bytes for the same files.
#pragma once

#include <string>
#include <string_view>

namespace masudi::serve {

/// Regular files right in `folder`, by name, as PREFIX/NAME. Names longer than ustar holds (100 bytes) are left out: ours are 16.
std::string tar_of_folder(const std::string& folder, std::string_view prefix);

}  // namespace masudi::serve
