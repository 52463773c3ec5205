// Labels and references of clauses.
#include <gtest/gtest.h>

#include "../../src/extract/agreement.h"

namespace masudi {
namespace {

std::string label(std::string_view text) {
  const auto found = clause_label(text);
  return found ? found->text + (found->item ? " item " : " clause ") + std::to_string(found->bytes) : "none";
}

TEST(Agreement, LabelsOfClauses) {
  EXPECT_EQ(label("1. The Parties shall"), "1 clause 3");
  EXPECT_EQ(label("3.2 The Ministry shall"), "3.2 clause 4");
  EXPECT_EQ(label("12) The Parties"), "12 clause 4");
  EXPECT_EQ(label("A.1 The Movement"), "A.1 clause 4");
  EXPECT_EQ(label("(a) clear the land"), "a item 4");
  EXPECT_EQ(label("b) clear the land"), "b item 3");
  EXPECT_EQ(label("(iv) clear the land"), "iv item 5");
  EXPECT_EQ(label("(2) clear the land"), "2 item 4");
}

TEST(Agreement, WhatOnlyLooksLikeALabel) {
  EXPECT_EQ(label("3 ships sank"), "none");
  EXPECT_EQ(label("A minister said"), "none");
  EXPECT_EQ(label("J. Smith said"), "none");
  EXPECT_EQ(label("(hereinafter \"Togo\")"), "none");
  EXPECT_EQ(label("2024 was a year"), "none");
  EXPECT_EQ(label("1."), "none");
  EXPECT_EQ(label("("), "none");
  EXPECT_EQ(label(""), "none");
}

TEST(Agreement, References) {
  EXPECT_EQ(clause_reference(" 2(c) does not apply"), "2(c)");
  EXPECT_EQ(clause_reference(" 2 (c) does not apply"), "2(c)");
  EXPECT_EQ(clause_reference(" 3.1(ii) applies"), "3.1(ii)");
  EXPECT_EQ(clause_reference(" A.1 applies"), "A.1");
  EXPECT_EQ(clause_reference(" 2.2 does not"), "2.2");
  EXPECT_EQ(clause_reference(" 2 (see above)"), "2");
  EXPECT_EQ(clause_reference(" of the treaty"), "");
  EXPECT_EQ(clause_reference(""), "");
}

}  // namespace
}  // namespace masudi
