#include "masudi/core.h"

#include <gtest/gtest.h>

namespace masudi {
namespace {

using namespace std::chrono;

TEST(Core, IsoDaysRoundTripAndBadOnesAreRefused) {
  EXPECT_EQ(to_iso(Day{2021y / July / 26}), "2021-07-26");
  EXPECT_EQ(parse_iso_day("2024-02-29"), Day{2024y / February / 29});
  for (const char* bad : {"2021-02-29", "2021-7-1", "2021/07/01", "", "20210726", "2021-13-01", "-021-01-01"})
    EXPECT_FALSE(parse_iso_day(bad)) << bad;
}

TEST(Core, FoldMakesNamesComparable) {
  EXPECT_EQ(fold("Al\u2011K\u0101\u1E93im\u012B\u2019s"), "al-kazimi's");
  EXPECT_EQ(fold("  S\u00E3o\u00A0\tPaulo "), "sao paulo");
  EXPECT_EQ(fold("\xFF\xFE ok"), "ok");
}

TEST(Core, SliceOutsideTheTextIsEmpty) {
  const std::string text = "abc";
  EXPECT_EQ(slice(text, {1, 3}), "bc");
  EXPECT_EQ(slice(text, {2, 9}), "");
}

TEST(Core, Sha256IsTheStandardOne) { EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); }

}  // namespace
}  // namespace masudi
