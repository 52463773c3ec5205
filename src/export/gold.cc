// Gold files for `masudi eval`: ARTICLE.json with the text and all records. Words are quoted as an annotator would quote them, after the beginning of
// the item's `sentence`; words that would not be found there (a second "will", a part of a word) are given by their bytes.
#include <algorithm>
#include <filesystem>

#include "exporter.h"
#include "masudi/json.h"

namespace masudi {

namespace {

using Json = nlohmann::ordered_json;

bool is_word_byte(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class Gold final : public Exporter {
 public:
  explicit Gold(std::string folder) : folder_(std::move(folder)) {}

  Result<void> add(const Ledger::StoredReading& reading) override {
    const Article& article = reading.article;
    Json starts = Json::array();
    for (const TextSpan sentence : reading.sentences) starts.push_back(sentence.begin);
    const auto or_null = [](const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); };
    Json out{{"article",
              {{"id", reading.article_id.substr(0, 12)},
               {"uri", article.uri},
               {"title", or_null(article.title)},
               {"published", article.published ? Json(to_iso(*article.published)) : Json(nullptr)},
               {"outlet", or_null(article.outlet)},
               {"language", article.language},
               {"text", article.text},
               {"sentence_starts", std::move(starts)}}}};
    const auto at_anchor = [](const auto& record) { return record.anchor.begin; };
    const auto at_span = [](const auto& record) { return record.span.begin; };
    out["events"] = items(reading, reading.records.events, at_anchor);
    out["statements"] = items(reading, reading.records.statements, [](const Statement& statement) {
      return statement.cue ? statement.cue->begin : statement.content.empty() ? statement.source.text.begin : statement.content.front().begin;
    });
    out["commitments"] = items(reading, reading.records.commitments, at_anchor);
    out["timexes"] = items(reading, reading.timexes, at_span);
    out["places"] = items(reading, reading.places, at_span);
    auto output = Output::open(folder_ + "/" + reading.article_id.substr(0, 12) + ".json");
    if (!output) return output.error();
    (*output)->write(out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
    ++counts.files;
    return (*output)->commit();
  }

  Result<void> finish() override { return {}; }

 private:
  /// The sentence that holds a byte.
  static TextSpan sentence_at(const Ledger::StoredReading& reading, std::uint32_t byte) {
    const auto after =
        std::upper_bound(reading.sentences.begin(), reading.sentences.end(), byte, [](std::uint32_t at, TextSpan s) { return at < s.begin; });
    return after == reading.sentences.begin() ? TextSpan{0, static_cast<std::uint32_t>(reading.article.text.size())} : *(after - 1);
  }

  template <class Record, class Where>
  Json items(const Ledger::StoredReading& reading, const std::vector<Record>& records, Where where) {
    Json out = Json::array();
    const std::string_view text = reading.article.text;
    for (const Record& record : records) {
      Json item = record_to_json(record, text);
      item.erase("provenance");
      item.erase("confidence");
      const TextSpan sentence = sentence_at(reading, where(record));
      const std::string_view words = slice(text, sentence);
      const bool quotes = text.find(words) == sentence.begin;  // a sentence that stands twice names neither
      if (quotes) item["sentence"] = words;
      for (auto& [name, value] : item.items()) quote(value, text, quotes ? std::optional(sentence.begin) : std::nullopt);
      quote_itself(item, text, quotes ? std::optional(sentence.begin) : std::nullopt);
      out.push_back(std::move(item));
      ++counts.records;
    }
    return out;
  }

  /// Would the words of a span be found at its place, looking for whole words from `from` on?
  static bool found_there(std::string_view text, const Json& span, std::uint32_t from) {
    const auto begin = span["begin"].get<std::size_t>(), end = span["end"].get<std::size_t>();
    const std::string& words = span["text"].get_ref<const std::string&>();
    if (words.empty() || begin < from || end > text.size()) return false;
    const bool whole = (begin == 0 || !is_word_byte(text[begin - 1]) || !is_word_byte(text[begin])) &&
                       (end == text.size() || !is_word_byte(text[end]) || !is_word_byte(text[end - 1]));
    return whole && text.find(words, from) == begin;
  }

  static bool is_span(const Json& value) {
    return value.is_object() && value.contains("begin") && value["begin"].is_number() && value.contains("text");
  }

  static void quote(Json& value, std::string_view text, std::optional<std::uint32_t> from) {
    if (is_span(value)) {
      if (from && found_there(text, value, *from)) value = Json(value["text"].get<std::string>());
      return;
    }
    if (value.is_structured())
      for (Json& inner : value) quote(inner, text, from);
  }

  /// A timex or place has its bytes at its own top level.
  static void quote_itself(Json& item, std::string_view text, std::optional<std::uint32_t> from) {
    if (!is_span(item) || !from || !found_there(text, item, *from)) return;
    item.erase("begin");
    item.erase("end");
  }

  std::string folder_;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_gold(const ExportOptions& options) {
  std::error_code failed;
  std::filesystem::create_directories(options.path, failed);
  if (failed || !std::filesystem::is_directory(options.path))
    return Error{ErrorCode::io, "could not be made: " + (failed ? failed.message() : "not a folder"), options.path, {}};
  return std::unique_ptr<Exporter>(new Gold(options.path));
}

}  // namespace masudi
