#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "masudi/dictionaries.h"
#include "verbs.h"

namespace masudi::cli {

namespace {

int status_of(ErrorCode code) {
  switch (code) {
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

}  // namespace

int report(const Error& error) {
  std::fprintf(stderr, "masudi: %s\n", to_string(error).c_str());
  return status_of(error.code);
}

int report(const Reject& reject) { return report(Error{reject.code, reject.message, reject.path, reject.at}); }

void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int finish_output(int status) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  std::fprintf(stderr, "masudi: standard output could not be written: %s\n", errno != 0 ? std::strerror(errno) : "not all of it was taken");
  return unreadable;
}

std::string now() {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[32];
  return {out, std::strftime(out, sizeof out, "%Y-%m-%dT%H:%M:%SZ", &parts)};
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

void SourceFlags::add_to(CLI::App& verb) {
  verb.add_option("--published", published, "publication date of the articles, YYYY-MM-DD, where they do not say")->type_name("DATE");
  verb.add_option("--outlet", outlet, "who published them");
  verb.add_option("--title", title, "title");
  verb.add_option("--url", url, "address of the article");
  verb.add_option("--input", input, "format of the input")->check(CLI::IsMember({"detect", "text", "html", "json", "conllu"}))->capture_default_str();
  verb.add_option("--encoding", encoding, "encoding of the input, such as windows-1252; detected when not given");
  verb.add_option("--max-bytes", max_bytes, "a larger article is rejected")->capture_default_str();
}

Result<SourceOptions> SourceFlags::options() const {
  SourceOptions out;
  const auto set = [](std::optional<std::string>& field, const std::string& value) {
    if (!value.empty()) field = value;
  };
  set(out.metadata.outlet, outlet);
  set(out.metadata.title, title);
  set(out.metadata.encoding, encoding);
  out.metadata.uri = url;
  out.max_article_bytes = max_bytes;
  if (!published.empty()) {
    out.metadata.published = parse_iso_day(published);
    if (!out.metadata.published) return Error{ErrorCode::usage, "--published: \"" + published + "\" is not a day; expected YYYY-MM-DD", "", {}};
  }
  out.metadata.format = input == "text"     ? Format::text
                        : input == "html"   ? Format::html
                        : input == "json"   ? Format::json
                        : input == "conllu" ? Format::conllu
                                            : Format::detect;
  return out;
}

void DictionaryFlags::add_to(CLI::App& verb) {
  verb.add_option("--actors", actors, "a dictionary of actors in PETRARCH's format (docs/dictionaries.md), dates respected; may be given again")
      ->type_name("FILE");
  verb.add_option("--agents", agents, "a dictionary of agents in PETRARCH's format; may be given again")->type_name("FILE");
}

Result<ActorDictionaries> DictionaryFlags::load() const {
  ActorDictionaries out;
  for (const auto& [paths, files] : {std::pair{&actors, &out.actors}, std::pair{&agents, &out.agents}})
    for (const std::string& path : *paths) {
      std::ifstream file(path, std::ios::binary);
      std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      if (!file) return Error{ErrorCode::not_found, "a dictionary that cannot be read", path, {}};
      files->push_back({path, std::move(text)});
    }
  constexpr std::size_t shown = 20;
  const auto problems = dictionary_problems(out);
  for (std::size_t i = 0; i < problems.size() && i < shown; ++i) std::fprintf(stderr, "masudi: left out: %s\n", problems[i].message.c_str());
  if (problems.size() > shown) std::fprintf(stderr, "masudi: left out: %zu lines more\n", problems.size() - shown);
  return out;
}

}  // namespace masudi::cli
