// Boundaries of words and sentences: what newswire is full of, and text that no reporter wrote.
#include <gtest/gtest.h>

#include <ctime>

#include "masudi/segment.h"

namespace masudi {
namespace {

const Segmenter& segmenter() {
  static const auto opened = Segmenter::open(std::string(MASUDI_DATA) + "/models");
  EXPECT_TRUE(opened) << to_string(opened.error());
  return *opened;
}

/// Words with a blank between them, "+" inside a multiword token, " // " between sentences.
std::string shown(const std::vector<Sentence>& sentences) {
  std::string out;
  for (const Sentence& sentence : sentences) {
    if (!out.empty()) out += " // ";
    for (std::uint32_t i = 0; i < sentence.words.size(); ++i) {
      bool inside = false;
      for (const MultiwordToken& token : sentence.tokens) inside = inside || (token.first < i && i < token.last);
      if (i > 0) out += inside ? "+" : " ";
      out += sentence.words[i].form;
    }
  }
  return out;
}

std::string segmented(const std::string& text) { return shown(segmenter().segment(text)); }

/// Offsets are exact, in order, and nothing but white space lies between them.
void expect_exact(const std::string& text) {
  const auto sentences = segmenter().segment(text);
  std::uint32_t at = 0;
  const auto blank_between = [&](std::uint32_t end) {
    for (; at < end; ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const bool blank = byte <= 0x20 || byte == 0xC2 || byte == 0xA0 || byte == 0xE2 || byte == 0x80 || byte == 0xE3 ||
                         (byte >= 0x81 && byte <= 0x8B) || byte == 0xA8 || byte == 0xA9 || byte == 0xAF;
      if (!blank) return false;
    }
    return true;
  };
  for (const Sentence& sentence : sentences) {
    ASSERT_FALSE(sentence.words.empty());
    ASSERT_EQ(sentence.span.begin, sentence.words.front().span.begin);
    ASSERT_EQ(sentence.span.end, sentence.words.back().span.end);
    for (const Word& word : sentence.words) {
      ASSERT_FALSE(word.span.empty());
      ASSERT_GE(word.span.begin, at);
      ASSERT_LE(word.span.end, text.size());
      ASSERT_TRUE(blank_between(word.span.begin)) << "byte " << at;
      ASSERT_EQ(word.form, std::string_view(text).substr(word.span.begin, word.span.size()));
      at = word.span.end;
    }
    for (const MultiwordToken& token : sentence.tokens) {
      ASSERT_LT(token.first, token.last);
      ASSERT_LE(token.last, sentence.words.size());
      ASSERT_EQ(token.span.begin, sentence.words[token.first].span.begin);
      ASSERT_EQ(token.span.end, sentence.words[token.last - 1].span.end);
    }
  }
  ASSERT_TRUE(blank_between(static_cast<std::uint32_t>(text.size()))) << "byte " << at;
}

struct Sample {
  const char *text, *expected;
};

class Newswire : public ::testing::TestWithParam<Sample> {};

TEST_P(Newswire, IsCutAsTheTreebanksCutIt) {
  EXPECT_EQ(segmented(GetParam().text), GetParam().expected);
  expect_exact(GetParam().text);
}

const Sample samples[] = {
    // abbreviations and initials
    {"Mr. Hadi met Gen. J. R. Okafor at 5 p.m. on Tuesday. They spoke for an hour.",
     "Mr. Hadi met Gen. J. R. Okafor at 5 p.m. on Tuesday . // They spoke for an hour ."},
    {"The U.S. Embassy in Baku declined to comment. The U.S. and the U.K. had agreed.",
     "The U.S. Embassy in Baku declined to comment . // The U.S. and the U.K. had agreed ."},
    {"On Jan. 5 the St. Mark hospital reopened. Dr. Amina Yusuf runs it.", "On Jan. 5 the St. Mark hospital reopened . // Dr. Amina Yusuf runs it ."},
    {"Sen. Tom Reilly, D-Ohio, and Rep. Ana Lopez voted against it.", "Sen. Tom Reilly , D - Ohio , and Rep. Ana Lopez voted against it ."},
    {"The firm, Harbour Lines Inc., said it would cut jobs.", "The firm , Harbour Lines Inc. , said it would cut jobs ."},
    {"Gov. Kim Doyle and Lt. Gov. Ann Ross of Hartford, Conn., met Adm. Paul Wirth in Oct. 2019.",
     "Gov. Kim Doyle and Lt. Gov. Ann Ross of Hartford , Conn. , met Adm. Paul Wirth in Oct. 2019 ."},
    // numbers
    {"Growth slowed to 3.5 percent from 4.1 percent in March. Exports rose by 1,200 tons.",
     "Growth slowed to 3.5 percent from 4.1 percent in March . // Exports rose by 1,200 tons ."},
    {"The $2.3 billion loan runs to 2031.", "The $ 2.3 billion loan runs to 2031 ."},
    // contractions and possessives
    {"Al-Kazemi's office didn't say whether they'd return.", "Al - Kazemi+'s office did+n't say whether they+'d return ."},
    {"The ministers’ aides said it wasn’t clear who’ll pay.", "The ministers+’ aides said it was+n’t clear who+’ll pay ."},
    // hyphenated compounds
    {"The London-based group rejected a cease-fire.", "The London - based group rejected a cease - fire ."},
    // quotations
    {"\"We will sign,\" she said. \"It is done.\" He left.", "\" We will sign , \" she said . // \" It is done . \" // He left ."},
    {"“We will sign,” she said. “It is done.” He left.", "“ We will sign , ” she said . // “ It is done . ” // He left ."},
    {"\"We will not wait, the minister said. Talks resume on Monday.", "\" We will not wait , the minister said . // Talks resume on Monday ."},
    // ellipses
    {"He waited... and then he left.", "He waited ... and then he left ."},
    // headlines and lists
    {"Floods kill nine in north\n\nHeavy rain fell overnight.", "Floods kill nine in north // Heavy rain fell overnight ."},
    {"Floods kill nine in north\nHeavy rain fell overnight, the governor said, and two bridges were closed.",
     "Floods kill nine in north // Heavy rain fell overnight , the governor said , and two bridges were closed ."},
    {"The plan has three parts:\n- a new bridge over the river\n- a ferry\n- a tunnel",
     "The plan has three parts : // - a new bridge over the river // - a ferry // - a tunnel"},
    {"The ministers agreed on Monday\n- for the first time - to a joint patrol of the border.",
     "The ministers agreed on Monday - for the first time - to a joint patrol of the border ."},
    // a letter's line ends are no sentence ends
    {"The two foreign ministers agreed on Monday to reopen\nthe border crossing, which has been closed since the\nsummer. Trade will follow.",
     "The two foreign ministers agreed on Monday to reopen the border crossing , which has been closed since the summer . // Trade will follow ."},
    {"The two foreign ministers agreed on Monday to reopen\r\nthe border crossing, which has been closed since the\r\nsummer. Trade will follow.",
     "The two foreign ministers agreed on Monday to reopen the border crossing , which has been closed since the summer . // Trade will follow ."},
    // names are no sentences
    {"Prime Minister Leila Haddad met German Chancellor Karl Brandt at Schloss Meseberg near Berlin on Friday.",
     "Prime Minister Leila Haddad met German Chancellor Karl Brandt at Schloss Meseberg near Berlin on Friday ."},
};

INSTANTIATE_TEST_SUITE_P(Segment, Newswire, ::testing::ValuesIn(samples));

TEST(Segment, OffsetsAreExactInAnyText) {
  const char* const texts[] = {
      "",
      " \t\r\n\n",
      "?!?!?! ... --- ((( ]]] \"\"\" ''' ,,, ;;; :::",
      "....................................................................................................",
      "Family \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 and thumbs \xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD, flags "
      "\xF0\x9F\x87\xAE\xF0\x9F\x87\xB6.",
      "A bell\x07 rings\x01\x02 and\x1B[31m red\x1B[0m text\x7F ends.",
      "Президент met الرئيس and 总统 yesterday。Then he left.",
      "One.\r\nTwo.\r\n\r\nThree\rFour",
      "e\xCC\x81te\xCC\x81 in Paris\xC2\xA0: 5\xE2\x80\xAF%",
      "zero\xE2\x80\x8Bwidth\xE2\x80\xA8line\xE2\x80\xA9paragraph",
      "broken \xFF\xFE bytes \xE2\x80 and \xF0\x9F end \xC2",
      "\x80\x80\x80 starts in the middle",
  };
  for (const char* text : texts) {
    SCOPED_TRACE(text);
    expect_exact(text);
  }
}

TEST(Segment, AnEmojiAndAnAccentAreNotCut) {
  const std::string family = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7", thumb = "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD", cafe = "cafe\xCC\x81";
  for (const std::string& whole : {family, thumb, cafe}) {
    bool found = false;
    for (const Sentence& sentence : segmenter().segment("They sent " + whole + " on Monday."))
      for (const Word& word : sentence.words) found = found || word.form == whole;
    EXPECT_TRUE(found) << whole;
  }
}

TEST(Segment, ASentenceWithoutEndIsCutAndNothingIsLost) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word ";
  expect_exact(text);
  std::size_t words = 0;
  for (const Sentence& sentence : segmenter().segment(text)) {
    EXPECT_LE(sentence.words.size(), 400U);
    words += sentence.words.size();
  }
  EXPECT_EQ(words, 5000U);
}

TEST(Segment, TimeIsLinear) {
  const auto seconds = [&](const std::string& unit, std::size_t size) {
    std::string text;
    while (text.size() < size) text += unit;
    const std::clock_t begin = std::clock();
    const auto sentences = segmenter().segment(text);
    EXPECT_FALSE(sentences.empty());
    return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  };
  // Runs without a blank, marks alone, a line without end, an open bracket for ever.
  for (const char* unit : {"x", "a-b.", "!", "Word ", "( \" ", "a\n"}) {
    const double small = seconds(unit, 1U << 16U), large = seconds(unit, 1U << 19U);  // eight times the size
    EXPECT_LT(large, 24 * small + 0.2) << unit;
  }
}

}  // namespace
}  // namespace masudi
