// SourceReader: files cut into documents, and what cannot be.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "ingest_helpers.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;

/// A folder that goes away with the test.
class Source : public ::testing::Test {
 protected:
  Source()
      : folder_(fs::temp_directory_path() /
                ("masudi-ingest-" + std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(folder_);
  }
  ~Source() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string write(const std::string& name, const std::string& bytes) const {
    const auto path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  /// Each document as "begin-end text", each reject as "begin-end code: message".
  static std::vector<std::string> read(const std::string& path, SourceOptions options = {}) {
    auto reader = SourceReader::open(path, std::move(options));
    if (!reader) return {"error " + std::string(to_string(reader.error().code)) + ": " + reader.error().message};
    std::vector<std::string> out;
    while (auto item = reader->next()) {
      if (const auto* reject = std::get_if<Reject>(&*item)) {
        out.push_back(std::to_string(reject->at.begin) + "-" + std::to_string(reject->at.end) + " " + std::string(to_string(reject->code)) + ": " +
                      reject->message);
        continue;
      }
      const auto& document = std::get<Document>(*item);
      out.push_back(std::to_string(document.at.begin) + "-" + std::to_string(document.at.end) + " " + document.bytes);
      if (out.size() > 100) break;
    }
    return out;
  }
  fs::path folder_;
};

using Lines = std::vector<std::string>;

TEST_F(Source, JsonLinesGoOnAfterABadOne) {
  const std::string lines =
      "{\"text\": \"One.\", \"title\": \"T\", \"published\": \"2021-07-27T10:00:00Z\", \"url\": \"https://e.example/1\", \"outlet\": \"E\", "
      "\"score\": [1, 2]}\n"
      "{\"text\": \"Two\n"
      "\n"
      "{\"text\": 3}\n"
      "{\"title\": \"no body\"}\n"
      "[1]\n"
      "{\"text\": \"Four\\ud83d.\"}\n"
      "{\"text\": \"Five \\ud83d\\ude00\"}";
  const auto path = write("a.jsonl", lines);
  const auto out = read(path);
  ASSERT_EQ(out.size(), 7U);
  EXPECT_EQ(out[0].substr(0, 2), "0-");
  EXPECT_TRUE(out[0].ends_with(" One."));
  EXPECT_NE(out[1].find("malformed_input: not JSON: "), std::string::npos) << out[1];
  EXPECT_NE(out[1].find("expected one object such as"), std::string::npos) << out[1];
  EXPECT_NE(out[2].find("\"text\" is a number; expected a string"), std::string::npos) << out[2];
  EXPECT_NE(out[3].find("an object without \"text\", \"html\" or \"content\""), std::string::npos) << out[3];
  EXPECT_NE(out[4].find("JSON, but an array"), std::string::npos) << out[4];
  EXPECT_TRUE(out[5].ends_with(" Four\xEF\xBF\xBD.")) << out[5];
  EXPECT_TRUE(out[6].ends_with(" Five \xF0\x9F\x98\x80")) << out[6];
  const auto bad = lines.find("{\"text\": \"Two");
  EXPECT_EQ(out[1].substr(0, out[1].find(' ')), std::to_string(bad) + "-" + std::to_string(bad + 13));

  auto reader = SourceReader::open(path, {});
  ASSERT_TRUE(reader);
  const Metadata metadata = std::get<Document>(*reader->next()).metadata;
  EXPECT_EQ(metadata.title, "T");
  EXPECT_EQ(metadata.published, parse_iso_day("2021-07-27"));
  EXPECT_EQ(metadata.uri, "https://e.example/1");
  EXPECT_EQ(metadata.outlet, "E");
  EXPECT_EQ(metadata.id, "a-1");
  EXPECT_EQ(metadata.other.at("score"), "[1,2]");
}

TEST_F(Source, JsonWithWrongTypesSaysWhatItExpected) {
  const auto refused = [&](const std::string& line) { return read(write("w.jsonl", line)).at(0); };
  EXPECT_NE(refused("{\"text\": \"a\", \"title\": 5}").find("\"title\" is a number; expected a string"), std::string::npos);
  EXPECT_NE(refused("{\"text\": \"a\", \"published\": \"July\"}").find("expected a day such as \"2021-07-27\""), std::string::npos);
  EXPECT_NE(refused("{\"text\": \"a\", \"published\": {}}").find("\"published\" is an object; expected a string"), std::string::npos);
  EXPECT_NE(refused("{\"text\": null}").find("without \"text\""), std::string::npos);
  EXPECT_NE(refused("{\"text\": \"caf\xE9\"}").find("bad_encoding: JSON that is not in UTF-8"), std::string::npos);
  EXPECT_NE(refused("{\"text\": \"a\"").find("not JSON"), std::string::npos);
  EXPECT_EQ(refused("{\"text\": \"a\", \"title\": null}"), "0-28 a");
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += '[';
  EXPECT_NE(refused("{\"text\": \"a\", \"x\": " + deep).find("not JSON"), std::string::npos);
}

TEST_F(Source, OneObjectOverManyLinesAndLists) {
  EXPECT_EQ(read(write("o.json", "{\n  \"text\": \"One \\\"}\\\".\",\n  \"x\": {\"y\": []}\n}\n")), (Lines{"0-44 One \"}\"."}));
  EXPECT_EQ(read(write("l.json", "[\n {\"text\": \"One.\"},\n {\"text\": \"Two.\"}\n]\n")), (Lines{"3-19 One.", "22-38 Two."}));
  const auto mixed = read(write("m.json", "[{\"text\": \"One.\"}, 5, {\"text\" \"x\"}, {\"text\": \"Two.\"}, }]"));
  ASSERT_EQ(mixed.size(), 5U);
  EXPECT_TRUE(mixed[0].ends_with(" One."));
  EXPECT_NE(mixed[1].find("JSON, but a number"), std::string::npos);
  EXPECT_NE(mixed[2].find("not JSON"), std::string::npos);
  EXPECT_TRUE(mixed[3].ends_with(" Two."));
  EXPECT_NE(mixed[4].find("not JSON"), std::string::npos);
}

TEST_F(Source, HtmlInJsonIsAPage) {
  auto reader =
      SourceReader::open(write("h.jsonl", "{\"content\": \"<p>One.</p>\"}\n{\"content\": \"One.\"}\n{\"html\": \"x\", \"text\": \"\"}\n"), {});
  ASSERT_TRUE(reader);
  EXPECT_EQ(std::get<Document>(*reader->next()).metadata.format, Format::html);
  EXPECT_EQ(std::get<Document>(*reader->next()).metadata.format, Format::text);
}

TEST_F(Source, FormatsAreDetected) {
  const auto format = [&](const std::string& name, const std::string& bytes) {
    auto reader = SourceReader::open(write(name, bytes), {});
    if (!reader) return Format::detect;
    return std::get<Document>(*reader->next()).metadata.format;
  };
  EXPECT_EQ(format("a.conllu", "anything"), Format::conllu);
  EXPECT_EQ(format("b", "# sent_id = 1\n# text = One.\n"), Format::conllu);
  EXPECT_EQ(format("c", "1\tOne\tone\tNUM\tCD\t_\t0\troot\t_\t_\n"), Format::conllu);
  EXPECT_EQ(format("d", "<!DOCTYPE html><p>One."), Format::html);
  EXPECT_EQ(format("e.txt", "<html><body>One."), Format::html);
  EXPECT_EQ(format("f.txt", "{\"text\": 1} is how it begins."), Format::text);
  EXPECT_EQ(format("g", "{\"text\": \"One.\"}"), Format::text) << "taken out of its JSON";
}

TEST_F(Source, WhatIsNotThereIsAnError) {
  EXPECT_EQ(read((folder_ / "none.txt").string()), (Lines{"error not_found: no such file"}));
  EXPECT_EQ(read(folder_.string()), (Lines{"error io: a directory; expected a file"}));
  EXPECT_EQ(read(write("empty.txt", "")), (Lines{"0-0 malformed_input: empty; expected an article"}));
  EXPECT_EQ(read(write("empty.jsonl", "\n\n")), (Lines{"0-0 malformed_input: empty; expected an article"}));
  if (::geteuid() == 0) return;  // root may read anything
  const auto closed = write("closed.txt", "x");
  fs::permissions(closed, fs::perms::none);
  EXPECT_EQ(read(closed), (Lines{"error io: could not be opened: Permission denied"}));
}

TEST_F(Source, BinaryFilesAreNamed) {
  EXPECT_EQ(read(write("a.pdf", "%PDF-1.4 ...")), (Lines{"0-12 malformed_input: binary: a PDF document; expected text, HTML, JSON or CoNLL-U"}));
  EXPECT_EQ(read(write("a.jsonl", "\x1F\x8B\x08 gz")).at(0).substr(0, 39), "0-6 malformed_input: binary: a gzip arc");
}

TEST_F(Source, HugeFilesAreNotReadIntoMemory) {
  const auto path = (folder_ / "huge.txt").string();
  std::ofstream(path, std::ios::binary) << "The minister said";
  fs::resize_file(path, 200U << 20U);  // a hole: takes no room
  EXPECT_EQ(read(path), (Lines{"0-209715200 too_large: 209715200 bytes; an article has at most 67108864 (--max-bytes)"}));
}

TEST_F(Source, LongLinesAreRejectedAndPassedOver) {
  SourceOptions options;
  options.max_article_bytes = 1000;
  const std::string big = "{\"text\": \"" + std::string(1U << 20U, 'x') + "\"}";
  const auto lines = read(write("b.jsonl", big + "\n{\"text\": \"One.\"}\n"), options);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "0-1048588 too_large: 1048588 bytes; an article has at most 1000 (--max-bytes)");
  EXPECT_TRUE(lines[1].ends_with(" One."));
  const auto list = read(write("b.json", "[" + big + ", {\"text\": \"One.\"}]"), options);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_NE(list[0].find("too_large"), std::string::npos);
  EXPECT_TRUE(list[1].ends_with(" One."));
}

TEST_F(Source, StandardInputIsRead) {
  const auto path = write("in.txt", "The minister said no.");
  const int saved = ::dup(STDIN_FILENO);
  const int file = ::open(path.c_str(), O_RDONLY);
  ::dup2(file, STDIN_FILENO);
  const auto out = read("-");
  ::dup2(saved, STDIN_FILENO);
  ::close(file);
  ::close(saved);
  EXPECT_EQ(out, (Lines{"0-21 The minister said no."}));
}

}  // namespace
}  // namespace masudi
