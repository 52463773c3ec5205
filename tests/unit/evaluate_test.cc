// The scorer: rows counted by hand on a small article, and the same text as the reference scorer on all gold, good output and bad.
#include "masudi/evaluate.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace masudi {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const fs::path shared = fs::path(MASUDI_SOURCE) / ".." / "shared";
const fs::path gold_folder = shared / "gold" / "dev";

const char* const small_gold = R"({"article": {"text": "Al-Kāẓimī said Iraq will end talks. Kāẓim left.", "sentence_starts": [0, 41]},
  "statements": [{"id": "s1", "sentence": "Al-", "source": {"text": "Al-Kāẓimī", "name": "Mustafa al-Kadhimi", "country": "IRQ", "sector": "GOV"},
    "anonymity": "named", "cue": "said", "content": ["Iraq will end talks"], "kind": "indirect", "via": null, "parent": null}],
  "commitments": [{"id": "c1", "sentence": "Al-", "anchor": "will", "debtor": [{"text": "Iraq", "country": "IRQ", "sector": "GOV"}],
    "creditor": [], "consequent": "end talks", "antecedent": null, "deadline": null, "excludes": [], "polarity": "+", "status": "active"}],
  "places": [{"text": "Iraq", "name": "Iraq", "country": "IRQ", "kind": "country", "lat": null, "lon": null}]})";

const ScoreRow* row(const Evaluation& evaluation, std::string_view name) {
  for (const ScoreRow& r : evaluation.rows)
    if (r.name == name) return &r;
  return nullptr;
}

TEST(Evaluate, CountsRowsOfASmallArticle) {
  // Offsets are bytes: "ā" has two, "ẓ" three, "ī" two, so that "said" begins at byte 14.
  const char* const system = R"({"article": {"text": "Al-Kāẓimī said Iraq will end talks. Kāẓim left."},
    "statements": [{"id": "s1", "source": {"text": {"begin": 0, "end": 13}, "name": null, "country": "IRQ", "sector": "LEG"},
      "anonymity": "named", "cue": {"begin": 14, "end": 18}, "content": [{"begin": 19, "end": 38}], "kind": "direct"}],
    "commitments": [{"id": "c1", "debtor": [{"text": {"begin": 19, "end": 23}, "country": "IRQ", "sector": "GOV"}],
      "consequent": {"begin": 24, "end": 38}, "polarity": "+", "status": "active"}],
    "places": [{"begin": 40, "end": 45, "text": "Kāẓ", "country": "IRQ"}]})";
  Evaluation out;
  const auto scored = evaluate_article(small_gold, system, "small", out);
  ASSERT_TRUE(scored) << to_string(scored.error());
  EXPECT_EQ(out.articles, 1U);
  EXPECT_TRUE(out.warnings.empty());
  const auto expect = [&](std::string_view name, std::int64_t right, std::int64_t in_gold, std::int64_t in_system) {
    const ScoreRow* r = row(out, name);
    ASSERT_NE(r, nullptr) << name;
    EXPECT_EQ(r->right, right) << name;
    EXPECT_EQ(r->gold, in_gold) << name;
    EXPECT_EQ(r->system, in_system) << name;
  };
  expect("statement: content", 1, 1, 1);
  expect("statement: content and source", 1, 1, 1);
  expect("statement: cue", 1, 1, 1);
  expect("statement: source country and sector, of those matched", 0, 1, 1);
  expect("statement: kind, of those matched", 0, 1, 1);
  expect("commitment: consequent", 1, 1, 1);  // 9 of 9 and 14 characters: Dice 18/23
  expect("commitment: consequent, debtor and deadline", 1, 1, 1);
  expect("place: span (relaxed)", 0, 1, 1);
  EXPECT_NE(out.misses.find("== small"), std::string::npos);
}

TEST(Evaluate, FindsWholeWordsAfterTheSentence) {
  // Without offsets both sides quote strings: "end" stands inside "endless" first.
  const char* const quoted = R"({"text": "An endless end.", "places": [{"text": "end", "sentence": "An"}, {"text": "An"}]})";
  const char* const offsets = R"({"text": "An endless end.", "places": [{"begin": 11, "end": 14}, {"begin": 3, "end": 6}]})";
  Evaluation out;
  ASSERT_TRUE(evaluate_article(quoted, offsets, "words", out));
  EXPECT_EQ(row(out, "place: span (relaxed)")->right, 1);
  EXPECT_NE(to_table(out).find("place: span (relaxed)                                                 0.500  0.500  0.500   1/2/2\n"),
            std::string::npos)
      << to_table(out);
}

TEST(Evaluate, SaysWhatIsWrongWithItsInput) {
  Evaluation out;
  const auto broken = evaluate_article(R"({"text": "a",})", "{}", "broken.json", out);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::malformed_input);
  EXPECT_EQ(broken.error().at.begin, 13U);
  EXPECT_EQ(broken.error().path, "broken.json");
  const auto absent = evaluate_article(R"({"text": "a", "places": [{"id": "p1", "text": "b"}]})", R"({"text": "a"})", "absent.json", out);
  ASSERT_FALSE(absent);
  EXPECT_NE(absent.error().message.find("places not in the text: 'b'"), std::string::npos) << absent.error().message;
  const auto other = evaluate_article(R"({"text": "one"})", R"({"text": "ore"})", "other.json", out);
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().message.find("part at character 1"), std::string::npos) << other.error().message;
  EXPECT_FALSE(evaluate_article(R"([1])", "{}", "list.json", out));
  EXPECT_FALSE(evaluate_article(R"({"events": []})", "{}", "textless.json", out));
  EXPECT_EQ(evaluate_folder("/nowhere/at/all", MASUDI_SOURCE).error().code, ErrorCode::not_found);
  EXPECT_EQ(evaluate_folder(MASUDI_SOURCE, "/nowhere/at/all").error().code, ErrorCode::not_found);
  EXPECT_TRUE(out.rows.empty());  // nothing was counted by halves
}

TEST(Evaluate, TakesWrongTypesForAbsent) {
  Evaluation out;
  const auto scored = evaluate_article(
      R"({"text": "a b", "events": [{"id": 3, "anchor": "a", "actor": "x", "date": [1], "type": "AID"}], "places": 7})",
      R"({"text": "a b", "events": [{"anchor": {"begin": 0, "end": "x"}, "actor": [[]]}, {"anchor": {"begin": -9, "end": 99}}], "timexes": [null]})",
      "types", out);
  ASSERT_TRUE(scored) << to_string(scored.error());
  EXPECT_EQ(row(out, "event: type in its sentence")->system, 2);
}

// --- against the reference scorer ------------------------------------------------------------------------------------

std::string run(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "could not run " + command;
  std::array<char, 4096> buffer;
  while (const auto n = fread(buffer.data(), 1, buffer.size(), pipe)) out.append(buffer.data(), n);
  const int status = pclose(pipe);
  return status == 0 ? out : out + "\nexit status " + std::to_string(status);
}

bool have_reference() {
  return fs::exists(shared / "gold" / "score.py") && fs::is_directory(gold_folder) && run("python3 -c 'print(1)' 2>&1") == "1\n";
}

/// Both scorers print the same text, with and without the misses, and as JSON.
void expect_equal_output(const fs::path& system) {
  for (const char* option : {"", " --misses", " --json"}) {
    const std::string reference = run("python3 '" + (shared / "gold" / "score.py").string() + "' score '" + gold_folder.string() + "' '" +
                                      system.string() + "'" + option + " 2>/dev/null");
    const std::string ours =
        run("'" MASUDI_PROGRAM "' eval '" + gold_folder.string() + "' --system '" + system.string() + "'" + option + " 2>/dev/null");
    EXPECT_EQ(reference.find("exit status"), std::string::npos) << reference;
    EXPECT_TRUE(reference == ours) << option << "\n" << ours.substr(0, 3000);
  }
}

fs::path scratch(const std::string& name) {
  const fs::path out = fs::path(testing::TempDir()) / ("masudi_evaluate_" + name);
  fs::remove_all(out);
  fs::create_directories(out);
  return out;
}

TEST(Evaluate, PrintsWhatTheReferencePrintsOfTheEngine) {
  if (!have_reference()) GTEST_SKIP() << "needs ../shared/gold and python3";
  const fs::path folder = scratch("engine");
  const std::string direct = run("'" MASUDI_PROGRAM "' eval '" + gold_folder.string() + "' --write '" + folder.string() + "' 2>&1");
  EXPECT_EQ(direct, run("'" MASUDI_PROGRAM "' eval '" + gold_folder.string() + "' --system '" + folder.string() + "' 2>&1"));
  expect_equal_output(folder);
}

/// Gold turned into a system's output and spoilt: some records dropped, spans moved, types and parties changed, records made up.
class Spoiler {
 public:
  Spoiler(const std::string& text, std::uint32_t seed) : text_(text), dice_(seed) {}

  Json spoil(const Json& gold) {
    Json out = gold;
    for (const char* layer : {"statements", "events", "commitments", "timexes", "places"}) {
      Json kept = Json::array();
      for (const Json& record : gold.value(layer, Json::array())) {
        ++count_;
        if (count_ % 3 == 0) continue;
        kept.push_back(record_of(record, std::string(layer) == "timexes" || std::string(layer) == "places"));
        if (count_ % 11 == 0) kept.push_back(kept.back());
      }
      out[layer] = std::move(kept);
    }
    return out;
  }

 private:
  /// The same throws in every run.
  bool one_in(std::uint32_t sides) {
    dice_ = dice_ * 1664525U + 1013904223U;
    return (dice_ >> 16U) % sides == 0;
  }
  Json span(const Json& value, std::size_t from) {
    const auto quoted = value.get<std::string>();
    std::size_t at = text_.find(quoted, from);
    if (at == std::string::npos) at = text_.find(quoted);
    if (at == std::string::npos) at = 0;
    ++spans_;
    const std::size_t shift = spans_ % 4 == 0 ? spans_ % 23 : 0;
    const std::size_t begin = std::min(text_.size(), at + shift), end = std::min(text_.size(), at + quoted.size() + (spans_ % 5 == 0 ? 17 : 0));
    return {{"begin", begin}, {"end", std::max(begin, end)}, {"text", quoted}};  // may cut a character in two: both scorers must bear it
  }
  Json entity(Json value, std::size_t from) {
    if (!value.is_object()) return value;
    if (value["text"].is_string()) value["text"] = span(value["text"], from);
    if (++entities_ % 7 == 0) value["country"] = nullptr;
    if (entities_ % 5 == 0) value["sector"] = "OTH";
    if (entities_ % 6 == 0) value["name"] = "İ. Kim (\u212a) Ø";
    return value;
  }
  Json record_of(Json record, bool flat) {
    const auto sentence = record.value("sentence", "");
    const std::size_t from = std::min(text_.find(sentence), text_.size());
    record.erase("sentence");
    if (flat) record.update(span(record["text"], from));
    for (const char* field : {"anchor", "cue", "via", "consequent", "antecedent"})
      if (record.contains(field) && record[field].is_string()) record[field] = span(record[field], from);
    for (const char* field : {"content", "excludes"})
      if (record.contains(field)) {
        if (record[field].is_string()) record[field] = Json::array({record[field]});
        for (Json& piece : record[field]) piece = span(piece, from);
      }
    for (const char* field : {"actor", "recipient", "debtor", "creditor"})
      if (record.contains(field) && record[field].is_array())
        for (Json& party : record[field]) party = entity(party, from);
    if (count_ % 6 == 1 && record.contains("contexts") && !record["contexts"].empty()) record["contexts"].erase(0);
    if (record.contains("source")) record["source"] = entity(record["source"], from);
    if (count_ % 10 == 1 && record.contains("type")) record["type"] = "AID";
    if (count_ % 8 == 1 && record.contains("kind")) record["kind"] = "other";
    if (count_ % 7 == 1 && record.contains("aux")) record["aux"].push_back("negated"), record["contexts"].push_back("legal");
    if (count_ % 7 == 2 && record.contains("sources")) record["sources"].push_back("s1");
    if (count_ % 9 == 1 && record.contains("parent")) record["parent"] = "s2";
    if (count_ % 2 == 1 && record.contains("lat") && record["lat"].is_number())
      record["lat"] = record["lat"].get<double>() + (count_ % 4 == 1 ? 1.4 : 1.5);
    for (const char* field : {"mode", "polarity", "status", "name", "anonymity"})
      if (one_in(5) && record.contains(field)) record[field] = "other";
    if (record.contains("mod") && record["mod"].is_string() && one_in(4)) record["mod"] = "START";
    if (one_in(5) && record.contains("place") && record["place"].is_object()) record["place"]["country"] = "OTH";
    if (one_in(3) && record.contains("antecedent")) record["antecedent"] = span("the", 0);
    for (const char* field : {"date", "deadline"})
      if (count_ % 5 == 1 && record.contains(field)) record[field] = {{"begin", nullptr}, {"end", "2018-03-01"}};
    return record;
  }

  const std::string& text_;
  std::size_t count_ = 0, spans_ = 0, entities_ = 0;
  std::uint32_t dice_;
};

TEST(Evaluate, PrintsWhatTheReferencePrintsOfSpoiltGold) {
  if (!have_reference()) GTEST_SKIP() << "needs ../shared/gold and python3";
  const fs::path folder = scratch("spoilt");
  std::size_t files = 0;
  const std::set<fs::path> sorted{fs::directory_iterator(gold_folder), fs::directory_iterator()};
  for (const fs::path& file : sorted) {
    if (file.extension() != ".json" || file.stem() == "wikinews-stampede") continue;  // one has no system file
    std::ifstream in(file);
    const Json gold = Json::parse(in);
    const auto text = gold["article"]["text"].get<std::string>();
    std::ofstream(folder / file.filename()) << Spoiler(text, static_cast<std::uint32_t>(files)).spoil(gold);
    ++files;
  }
  ASSERT_GT(files, 5U);
  const auto evaluation = evaluate_folder(gold_folder.string(), folder.string());
  ASSERT_TRUE(evaluation) << to_string(evaluation.error());
  for (const ScoreRow& r : evaluation->rows)
    EXPECT_TRUE(r.right > 0 && r.right < std::max(r.gold, r.system)) << r.name << " is trivial: the test shows little";
  expect_equal_output(folder);
}

TEST(Evaluate, PrintsWhatTheReferencePrintsOfASecondAnnotator) {
  if (!have_reference()) GTEST_SKIP() << "needs ../shared/gold and python3";
  expect_equal_output(gold_folder);  // quotes strings, gives no offsets: everything is right
}

}  // namespace
}  // namespace masudi
