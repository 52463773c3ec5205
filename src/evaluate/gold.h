// A gold or system file with its strings placed in the text. All positions are in characters (code points), as the gold has them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "masudi/core.h"

namespace masudi::gold {

using Json = nlohmann::ordered_json;
using Characters = std::u32string;

/// Characters [begin, end).
struct Range {
  std::int64_t begin = 0, end = 0;
  auto operator<=>(const Range&) const = default;
};
using Place = std::optional<Range>;

/// A letter or digit of any script: what a word consists of, with '_'.
bool is_alphanumeric(char32_t c);
bool is_word(char32_t c);
bool is_space(char32_t c);
Characters decode(std::string_view utf8);
std::string encode(const Characters& text, std::int64_t begin, std::int64_t end);
/// Lower case, everything but a-z and 0-9 made one blank, none at the ends: the key under which names are compared.
std::string name_key(const Json& name);
/// A value as it is shown in lists of misses: strings quoted and escaped, null as None.
std::string show(const Json& value, int depth = 0);
/// The string itself, or show() of any other value.
std::string show_plain(const Json& value);
/// The first characters of a string.
std::string cut(const std::string& text, std::size_t characters);

/// The member of that name; null where there is none or `value` is no object.
const Json& get(const Json& value, const char* name);
/// A list of the value's elements; a single value is a list of one, null of none.
std::vector<const Json*> as_list(const Json& value);
/// Is there something: not null, not "", not an empty list?
bool given(const Json& value);

class File {
 public:
  /// Parses a file. The bytes are not kept. malformed_input names the byte.
  static Result<File> parse(std::string_view bytes, const std::string& name);
  /// A file with this text and no records.
  static File empty(const File& other);

  const Characters& text() const { return text_; }
  const Json& meta() const;
  std::vector<const Json*> items(const char* layer) const { return as_list(get(root_, layer)); }
  /// Where the quoted value of a field of `item` stands; nothing where it is absent or cannot be placed (then problems() grows).
  Place place(const Json& value, const Json& item, const std::string& what);
  /// The sentence that a position lies in.
  std::size_t sentence_of(std::int64_t position) const;
  const std::vector<std::string>& problems() const { return problems_; }
  /// With offsets somewhere in the file, a bare string is a problem.
  void demand_offsets_if_any();

 private:
  std::int64_t character(std::int64_t byte) const;
  std::int64_t find(const Characters& value, std::int64_t from) const;
  void find_sentences();

  Json root_;
  Characters text_;
  std::vector<std::int64_t> byte_ends_;  // of each character
  std::vector<std::int64_t> sentences_;  // first character of each
  std::vector<std::string> problems_;
  bool strings_ = true;
};

}  // namespace masudi::gold
