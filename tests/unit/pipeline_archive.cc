// Many articles on many threads: input order, the same bytes, rejects in their place, a stop that stops.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "masudi/archive.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;

const Engine& engine() {
  static const auto opened = Engine::open({MASUDI_DATA});
  if (!opened) throw std::runtime_error(to_string(opened.error()));
  return *opened;
}

class Archive : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("masudi_archive_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    for (int i = 0; i < 24; ++i) {
      const std::string name = "a" + std::to_string(100 + i) + ".txt";
      std::ofstream out(folder_ / name, std::ios::binary);
      if (i % 8 == 5)
        out << std::string(200, '\0');  // binary: a reject
      else
        out << "Letter " << i << " from Vienna\n\nThe Austrian chancellor met " << i + 2
            << " ministers on Monday. \"We will open the border by the end of May,\" she said. The ministry accused Hungary of delay.\n";
    }
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// One line an item: its file, then its records or the code of its reject.
  std::vector<std::string> read_with(unsigned threads) const {
    ArchiveOptions options;
    options.threads = threads;
    std::vector<std::string> out;
    const auto files = list_files({folder_.string()});
    EXPECT_TRUE(files);
    const auto read = read_archive(*files, options, engine(), [&](ArchiveItem&& item) -> Result<void> {
      const std::string name = fs::path(item.path).filename().string();
      if (const auto* reject = std::get_if<Reject>(&item.what))
        out.push_back(name + " " + std::string(to_string(reject->code)));
      else
        out.push_back(name + " " + to_json(std::get<Reading>(item.what)));
      return {};
    });
    EXPECT_TRUE(read);
    return out;
  }

  fs::path folder_;
};

TEST_F(Archive, ItemsComeInInputOrderWithTheSameBytesOnAnyNumberOfThreads) {
  const auto one = read_with(1);
  ASSERT_EQ(one.size(), 24U);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_TRUE(one[i].starts_with("a" + std::to_string(100 + i) + ".txt ")) << one[i].substr(0, 40);
    EXPECT_EQ(one[i].find("\"events\"") == std::string::npos, i % 8 == 5) << one[i].substr(0, 200);
  }
  EXPECT_EQ(read_with(2), one);
  EXPECT_EQ(read_with(7), one);
}

TEST_F(Archive, AnErrorOfTheTakerStopsTheRunAndIsReturned) {
  const auto files = list_files({folder_.string()});
  ASSERT_TRUE(files);
  for (const unsigned threads : {1U, 4U}) {
    ArchiveOptions options;
    options.threads = threads;
    int taken = 0;
    const auto read = read_archive(*files, options, engine(), [&](ArchiveItem&&) -> Result<void> {
      if (++taken == 3) return Error{ErrorCode::io, "the disk is full", "", {}};
      return {};
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, "the disk is full");
    EXPECT_EQ(taken, 3);
  }
}

TEST_F(Archive, ReadIsAPureFunction) {
  Document document;
  document.bytes = "The Spanish foreign minister promised to send a doctor to Malta within two weeks, the ministry said.";
  document.metadata.published = parse_iso_day("2024-05-02");
  const auto first = read(document, engine()), second = read(document, engine());
  ASSERT_TRUE(first);
  ASSERT_TRUE(second);
  EXPECT_EQ(to_json(*first), to_json(*second));
  EXPECT_EQ(document.bytes.substr(0, 11), "The Spanish");
}

}  // namespace
}  // namespace masudi
