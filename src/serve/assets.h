// The page, inside the program: what web/dist held when it was built. A path names one of these or nothing: no file of the machine is ever opened.
#pragma once

#include <string_view>

namespace masudi::serve {

struct Asset {
  std::string_view path;  ///< "/index.html"
  std::string_view type;  ///< media type
  std::string_view bytes;
};

/// The asset of a path ("/" is "/index.html"), or null.
const Asset* find_asset(std::string_view path);

}  // namespace masudi::serve
