// JSON: one object to one document, and the linked data of pages.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#include <simdjson.h>
#pragma GCC diagnostic pop

#include <limits>

#include "ingest_impl.h"

namespace masudi::ingest_detail {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

std::string_view kind_of(const element& value) {
  switch (value.type()) {
    case element_type::ARRAY:
      return "an array";
    case element_type::OBJECT:
      return "an object";
    case element_type::STRING:
      return "a string";
    case element_type::BOOL:
      return "a truth value";
    case element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

std::optional<std::string> string_of(const element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

Error wrong(std::string message) { return {ErrorCode::malformed_input, std::move(message), "", {}}; }

/// Half of a surrogate pair alone ("\ud83d") is no character, but scrapers write it: it becomes U+FFFD, of the same length.
std::string mend_surrogates(std::string_view json) {
  std::string out(json);
  const auto unit_at = [&](std::size_t at) -> unsigned {
    if (at + 6 > out.size() || out[at] != '\\' || out[at + 1] != 'u') return 0;
    unsigned value = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = out[i];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) return 0;
      value = value << 4U | static_cast<unsigned>(digit);
    }
    return value;
  };
  for (std::size_t at = out.find('\\'); at != std::string::npos && at + 1 < out.size(); at = out.find('\\', at)) {
    const unsigned unit = unit_at(at);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      const unsigned low = unit_at(at + 6);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        at += 12;
        continue;
      }
      out.replace(at, 6, "\\ufffd");
    } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
      out.replace(at, 6, "\\ufffd");
    }
    at += unit == 0 ? 2 : 6;
  }
  return out;
}

/// [{"begin": 10, "end": 19}, ...] in order and disjoint, or nothing.
std::optional<std::vector<TextSpan>> spans_of(const element& value) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return std::nullopt;
  std::vector<TextSpan> out;
  for (const element item : list) {
    std::uint64_t begin = 0, end = 0;
    if (item["begin"].get(begin) != simdjson::SUCCESS || item["end"].get(end) != simdjson::SUCCESS) return std::nullopt;
    if (begin >= end || end > std::numeric_limits<std::uint32_t>::max() || (!out.empty() && begin < out.back().end)) return std::nullopt;
    out.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }
  return out;
}

std::optional<Day> day_of_field(std::string_view text) {
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ' && text[10] != 't') return std::nullopt;
  return text.size() >= 10 ? parse_iso_day(text.substr(0, 10)) : std::nullopt;
}

}  // namespace

Result<Document> document_of_json(std::string_view json, const Metadata& defaults) {
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  simdjson::dom::parser parser;
  const std::string mended = mend_surrogates(json);
  element root;
  if (const auto failed = parser.parse(mended.data(), mended.size(), true).get(root); failed != simdjson::SUCCESS) {
    if (failed == simdjson::UTF8_ERROR) return Error{ErrorCode::bad_encoding, "JSON that is not in UTF-8; expected JSON in UTF-8", "", {}};
    std::string begin = collapse(json.substr(0, 40));
    if (!is_valid_utf8(begin)) begin = "bytes that are no UTF-8";
    return wrong("not JSON: " + std::string(simdjson::error_message(failed)) + " (it begins \"" + begin +
                 "\"); expected one object such as {\"text\": \"...\"}");
  }
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS)
    return wrong("JSON, but " + std::string(kind_of(root)) + "; expected an object with \"text\", \"html\" or \"content\"");

  Document out;
  out.metadata = defaults;
  out.metadata.encoding = "utf-8";
  Metadata& metadata = out.metadata;
  std::string body_field;
  const auto rank = [](std::string_view name) { return name == "text" ? 3 : name == "html" ? 2 : name == "content" ? 1 : 0; };
  for (const auto field : object) {
    const std::string name(field.key);
    const element value = field.value;
    if (rank(name) > 0) {
      if (value.is_null()) continue;
      auto text = string_of(value);
      if (!text) return wrong("\"" + name + "\" is " + std::string(kind_of(value)) + "; expected a string");
      if (rank(name) <= rank(body_field) || (trim(*text).empty() && !body_field.empty())) continue;
      body_field = name;
      out.bytes = *std::move(text);
      continue;
    }
    const auto take = [&](std::optional<std::string>& into) {
      if (value.is_null()) return true;
      into = string_of(value);
      return into.has_value();
    };
    std::optional<std::string> scalar;
    bool right = true;
    if (name == "title") {
      right = take(metadata.title);
    } else if (name == "outlet") {
      right = take(metadata.outlet);
    } else if (name == "language") {
      right = take(metadata.language);
    } else if (name == "url") {
      right = take(scalar);
      if (scalar) metadata.uri = *scalar;
    } else if (name == "id") {
      if (!value.is_null()) {
        std::uint64_t count = 0;
        std::int64_t number = 0;
        if (value.get(count) == simdjson::SUCCESS)
          metadata.id = std::to_string(count);
        else if (value.get(number) == simdjson::SUCCESS)
          metadata.id = std::to_string(number);
        else if ((right = take(scalar)) && scalar)
          metadata.id = *scalar;
      }
    } else if (name == "published") {
      right = take(scalar);
      if (scalar && !scalar->empty()) {
        const auto day = day_of_field(*scalar);
        if (!day) return wrong("\"published\" is \"" + *scalar + "\"; expected a day such as \"2021-07-27\" or a time that begins with one");
        metadata.published = day;
      }
    } else if (name == "toponyms") {
      if (value.is_null()) continue;
      auto spans = spans_of(value);
      if (!spans)
        return wrong(
            "\"toponyms\" is not a list of spans; expected [{\"begin\": 10, \"end\": 19}, ...], bytes of \"text\", in order, none overlapping");
      metadata.toponyms = *std::move(spans);
    } else {
      metadata.other[name] = simdjson::to_string(value);
    }
    if (!right) return wrong("\"" + name + "\" is " + std::string(kind_of(value)) + "; expected a string");
  }
  if (body_field.empty()) return wrong("an object without \"text\", \"html\" or \"content\"; expected one of them, with the article as a string");
  if (metadata.toponyms && body_field != "text") return wrong("\"toponyms\" beside \"" + body_field + "\"; expected them beside \"text\"");
  if (metadata.toponyms && !metadata.toponyms->empty() && metadata.toponyms->back().end > out.bytes.size())
    return wrong("\"toponyms\" end at byte " + std::to_string(metadata.toponyms->back().end) + "; expected spans inside the " +
                 std::to_string(out.bytes.size()) + " bytes of \"text\"");
  metadata.format = body_field == "text" ? Format::text : body_field == "html" ? Format::html : Format::detect;
  if (metadata.format == Format::detect) {
    const bool markup = looks_like_html(out.bytes) || out.bytes.find("</p>") != std::string::npos || out.bytes.find("<br") != std::string::npos;
    metadata.format = markup ? Format::html : Format::text;
  }
  return out;
}

LinkedData read_linked_data(std::string_view json, const IngestRules::Impl& rules, std::set<std::string>& used) {
  LinkedData out;
  simdjson::dom::parser parser;
  const std::string mended = mend_surrogates(json);
  element root;
  if (parser.parse(mended.data(), mended.size(), true).get(root) != simdjson::SUCCESS) return out;
  std::vector<element> todo{root};
  const auto name_of = [](const element& value) -> std::optional<std::string> {
    if (auto text = string_of(value)) return text;
    element inner = value;
    simdjson::dom::array list;
    std::string joined;
    if (value.get(list) == simdjson::SUCCESS) {
      for (const element item : list) {
        std::string_view name;
        if (item.get(name) == simdjson::SUCCESS || item["name"].get(name) == simdjson::SUCCESS)
          joined += (joined.empty() ? "" : ", ") + std::string(name);
      }
      return joined.empty() ? std::nullopt : std::optional(joined);
    }
    std::string_view name;
    if (inner["name"].get(name) == simdjson::SUCCESS) return std::string(name);
    return std::nullopt;
  };
  // a page may hold one thing, a list of things, or a @graph of them: the first article wins
  for (std::size_t i = 0; i < todo.size() && i < 256; ++i) {
    const element thing = todo[i];
    simdjson::dom::array list;
    if (thing.get(list) == simdjson::SUCCESS) {
      for (const element item : list) todo.push_back(item);
      continue;
    }
    simdjson::dom::object object;
    if (thing.get(object) != simdjson::SUCCESS) continue;
    element value;
    if (object["@graph"].get(value) == simdjson::SUCCESS) todo.push_back(value);
    std::string type;
    if (object["@type"].get(value) == simdjson::SUCCESS) type = simdjson::to_string(value);
    bool article = false;
    for (const IngestPattern& row : rules.article_type)
      if (re2::RE2::PartialMatch(type, *row.pattern)) {
        article = true;
        used.insert(row.id);
        break;
      }
    if (!article) continue;
    if (object["datePublished"].get(value) == simdjson::SUCCESS) out.published = string_of(value);
    if (object["headline"].get(value) == simdjson::SUCCESS) out.headline = string_of(value);
    if (object["author"].get(value) == simdjson::SUCCESS) out.author = name_of(value);
    if (object["publisher"].get(value) == simdjson::SUCCESS) out.publisher = name_of(value);
    break;
  }
  return out;
}

}  // namespace masudi::ingest_detail
