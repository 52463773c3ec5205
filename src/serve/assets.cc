#include "assets.h"

#include <algorithm>
#include <utility>
#include <vector>

// Made by the build from web/dist: asset_table, an array of {path, first byte, byte after the last}.
#include "web_assets.inc"

namespace masudi::serve {

namespace {

std::string_view type_of(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> types[] = {{".html", "text/html; charset=utf-8"},
                                                                     {".js", "text/javascript; charset=utf-8"},
                                                                     {".css", "text/css; charset=utf-8"},
                                                                     {".json", "application/json; charset=utf-8"},
                                                                     {".svg", "image/svg+xml"},
                                                                     {".png", "image/png"},
                                                                     {".ico", "image/x-icon"},
                                                                     {".woff2", "font/woff2"},
                                                                     {".webmanifest", "application/manifest+json"},
                                                                     {".txt", "text/plain; charset=utf-8"}};
  for (const auto& [ending, type] : types)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

}  // namespace

const Asset* find_asset(std::string_view path) {
  static const auto all = [] {
    std::vector<Asset> out;
    for (const EmbeddedFile& file : embedded_files) {
      const std::string_view name = file.path;
      if (!name.empty()) out.push_back({name, type_of(name), {file.begin, static_cast<std::size_t>(file.end - file.begin)}});
    }
    return out;
  }();
  if (path == "/") path = "/index.html";
  const auto found = std::find_if(all.begin(), all.end(), [&](const Asset& asset) { return asset.path == path; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace masudi::serve
