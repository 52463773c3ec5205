// The exports of the statement layer, read back: offsets fall on the words, nothing is invented, broken writes leave what was there.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "export_helpers.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* dam =
    "Dam is safe 🌊 says “ministry”\n\n"
    "The minister said that the dam was safe. A senior official, who spoke on condition of anonymity, told Harbour News that the wall was old.\n\n"
    "The mayor denied that the dam was weak. “The 🌊 dam is safe,” the engineer said.\n";

std::string text_of(const Json& json) { return json.get<std::string>(); }

/// Characters [begin, end) of a UTF-8 text.
std::string characters(const std::string& text, std::size_t begin, std::size_t end) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++at;
    if (at > begin && at <= end) out += text[i];
  }
  return out;
}

class Export : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ("masudi_export_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
    std::ofstream(folder_ / "dam.txt", std::ios::binary) << dam;
    LoadOptions options;
    options.now = [] { return std::string("2024-03-06T00:00:00Z"); };
    options.archive.source.metadata.published = parse_iso_day("2024-03-05");
    auto opened = Ledger::open((folder_ / "news.db").string(), Ledger::Mode::read_write);
    ASSERT_TRUE(opened) << to_string(opened.error());
    ledger_ = std::make_unique<Ledger>(*std::move(opened));
    const auto loaded = load_archive({(folder_ / "dam.txt").string()}, options, export_engine(), *ledger_);
    ASSERT_TRUE(loaded) << to_string(loaded.error());
    ASSERT_GE(loaded->statements, 4U);
  }
  void TearDown() override { fs::remove_all(folder_); }
  ExportCounts write(const std::string& format, const std::string& name) {
    const auto counts = export_ledger(*ledger_, {format, (folder_ / name).string(), {}});
    EXPECT_TRUE(counts) << to_string(counts.error());
    return counts ? *counts : ExportCounts{};
  }
  Json parsed(const std::string& format) {
    write(format, "out.json");
    return Json::parse(read_file(folder_ / "out.json"));
  }

  fs::path folder_;
  std::unique_ptr<Ledger> ledger_;
};

TEST_F(Export, StoredReadingsAreWhatWasRead) {
  Document document;
  document.bytes = dam;
  document.metadata.published = parse_iso_day("2024-03-05");
  document.metadata.format = Format::text;
  const auto reading = read(document, export_engine());
  ASSERT_TRUE(reading);
  std::size_t seen = 0;
  const auto walked = ledger_->readings([&](const Ledger::StoredReading& stored) -> Result<void> {
    ++seen;
    EXPECT_EQ(stored.article.text, dam);
    EXPECT_EQ(stored.records.statements, reading->records.statements);
    EXPECT_EQ(stored.records.events, reading->records.events);
    EXPECT_EQ(stored.records.commitments, reading->records.commitments);
    EXPECT_EQ(stored.timexes, reading->analysis.resolution.timexes);
    EXPECT_EQ(stored.places, reading->analysis.resolution.places);
    return {};
  });
  EXPECT_TRUE(walked);
  EXPECT_EQ(seen, 1U);
  const auto stopped = ledger_->readings([](const auto&) -> Result<void> { return Error{ErrorCode::io, "enough", "", {}}; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().message, "enough");
}

TEST_F(Export, WebAnnotationsSelectTheirWords) {
  const Json all = parsed("webannotation");
  ASSERT_TRUE(all.is_object());
  EXPECT_EQ(text_of(all["type"]), "AnnotationCollection");
  EXPECT_EQ(text_of(all["@context"][0]), "http://www.w3.org/ns/anno.jsonld");
  const Json& items = all["first"]["items"];
  EXPECT_EQ(all["total"].get<std::size_t>(), items.size());
  ASSERT_GE(items.size(), 4U);
  std::size_t selectors = 0;
  std::set<std::string> ids;
  const auto check = [&](const Json& resource) {
    std::string exact, around;
    for (const auto& selector : resource["selector"]) {
      if (text_of(selector["type"]) == "TextQuoteSelector") {
        exact = text_of(selector["exact"]);
        around = text_of(selector["prefix"]) + exact + text_of(selector["suffix"]);
      } else {
        EXPECT_EQ(text_of(selector["type"]), "TextPositionSelector");
        EXPECT_EQ(characters(dam, selector["start"].get<std::size_t>(), selector["end"].get<std::size_t>()), exact);
      }
    }
    EXPECT_FALSE(exact.empty());
    EXPECT_NE(std::string(dam).find(around), std::string::npos) << around;
    ++selectors;
  };
  for (const auto& item : items) {
    EXPECT_EQ(text_of(item["type"]), "Annotation");
    EXPECT_TRUE(ids.insert(text_of(item["id"])).second);
    check(item["body"][1]["masudi:source"]);
    if (item["body"][1].contains("masudi:cue")) check(item["body"][1]["masudi:cue"]);
    if (text_of(item["target"]["type"]) == "Composite")
      for (const auto& piece : item["target"]["items"]) check(piece);
    else
      check(item["target"]);
  }
  EXPECT_GE(selectors, 12U);
}

TEST_F(Export, ClaimsHaveNoRatingsAndNoDenials) {
  const Json all = parsed("claims");
  const std::string bytes = read_file(folder_ / "out.json");
  EXPECT_EQ(bytes.find("Rating"), std::string::npos);
  EXPECT_EQ(bytes.find("ClaimReview"), std::string::npos);
  std::set<std::string> articles, texts;
  for (const auto& node : all["@graph"]) {
    if (text_of(node["@type"]) == "NewsArticle") articles.insert(text_of(node["@id"]));
    if (text_of(node["@type"]) != "Claim") continue;
    EXPECT_TRUE(articles.contains(text_of(node["appearance"]["@id"])));
    texts.insert(text_of(node["text"]));
    if (text_of(node["text"]) == "the wall was old") {
      EXPECT_FALSE(node["author"].contains("name"));
      EXPECT_EQ(text_of(node["author"]["description"]), "A senior official");
      EXPECT_EQ(text_of(node["provider"]["name"]), "Harbour News");
    }
  }
  EXPECT_TRUE(texts.contains("the dam was safe"));
  EXPECT_TRUE(texts.contains("the wall was old"));
  EXPECT_FALSE(texts.contains("the dam was weak"));
}

TEST_F(Export, TheSameLedgerGivesTheSameBytes) {
  for (const auto& format : export_formats()) {
    if (format.folder) continue;
    write(std::string(format.name), "a");
    write(std::string(format.name), "b");
    EXPECT_EQ(read_file(folder_ / "a"), read_file(folder_ / "b"));
    std::string out;
    ASSERT_TRUE(export_ledger(*ledger_, {std::string(format.name), "-", [&](std::string_view bytes) { out += bytes; }}));
    EXPECT_EQ(out, read_file(folder_ / "a"));
  }
}

TEST_F(Export, WhatCannotBeWrittenLeavesWhatWasThere) {
  std::ofstream(folder_ / "out.json") << "earlier";
  fs::create_directories(folder_ / "out.json.part" / "in the way");
  const auto counts = export_ledger(*ledger_, {"claims", (folder_ / "out.json").string(), {}});
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().code, ErrorCode::io);
  EXPECT_EQ(read_file(folder_ / "out.json"), "earlier");
}

TEST_F(Export, RefusesWithWhatWouldHaveBeenAccepted) {
  const auto unknown = export_ledger(*ledger_, {"rdf", "-", {}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::usage);
  EXPECT_EQ(unknown.error().message, "unknown format \"rdf\"; expected brat, claims, gold, icalendar, labelstudio, webannotation");
  const auto folder = export_ledger(*ledger_, {"brat", "-", {}});
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().message, "brat writes a folder; expected its path instead of \"-\"");
}

}  // namespace
}  // namespace masudi
