// Encodings, alignment, language, dates and furniture of plain text.
#include "ingest_helpers.h"

namespace masudi {
namespace {

const std::string english =
    "The two ministers met in Geneva on Monday and agreed to reopen the harbour before the end of the year, officials said after the meeting.\n";

/// Every word of the text, followed back to its bytes.
std::string raw_of(const Article& article, const std::string& bytes, std::string_view part) {
  const auto at = article.text.find(part);
  if (at == std::string::npos) return "(not in the text)";
  const RawSpan raw = article.alignment.raw({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())});
  return bytes.substr(raw.begin, raw.end - raw.begin);
}

TEST(Ingest, PlainTextIsUnchanged) {
  const std::string bytes = "Ministers meet\n\n" + english + "\n  \tA last   line.\r\n";
  const auto article = ingest_bytes(bytes);
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_EQ(article->text, bytes);
  EXPECT_EQ(article->title, "Ministers meet");
  EXPECT_EQ(article->id, "article");
  EXPECT_EQ(article->language, "en");
  EXPECT_EQ(article->text_id, sha256_hex(bytes));
  EXPECT_EQ(article->raw_sha256, sha256_hex(bytes));
  EXPECT_EQ(article->alignment.runs().size(), 1U);
  EXPECT_FALSE(article->published);
  EXPECT_TRUE(article->excluded.empty());
}

TEST(Ingest, ByteOrderMarkIsDropped) {
  const std::string bytes = "\xEF\xBB\xBF" + english;
  const auto article = ingest_bytes(bytes);
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_EQ(article->text, english);
  EXPECT_EQ(raw_of(*article, bytes, "The two"), "The two");
}

TEST(Ingest, WindowsTextIsRecognisedAndAligned) {
  const std::string bytes = "The ministers\x92 caf\xE9 in \x93Geneva\x94 was closed on Monday, and the officials went home \x96 to the harbour.\n";
  const auto article = ingest_bytes(bytes);
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_EQ(article->text, "The ministers’ café in “Geneva” was closed on Monday, and the officials went home – to the harbour.\n");
  EXPECT_EQ(raw_of(*article, bytes, "café"), "caf\xE9");
  EXPECT_EQ(raw_of(*article, bytes, "“Geneva”"), "\x93Geneva\x94");
  EXPECT_EQ(raw_of(*article, bytes, "harbour."), "harbour.");
}

TEST(Ingest, LabelsMeanWhatTheWebMeansByThem) {
  Document document = document_of("The minister said \x93no\x94 to the plan on Monday, and the harbour stayed closed for another day.\n");
  document.metadata.encoding = "ISO-8859-1";
  const auto article = ingest(document, shipped_rules());
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_NE(article->text.find("“no”"), std::string::npos);
}

TEST(Ingest, Utf16IsReadWithAndWithoutMark) {
  std::string little, big = "\xFE\xFF";
  for (const char c : english) {
    little += c;
    little += '\0';
    big += '\0';
    big += c;
  }
  for (const std::string& bytes : {little, std::string("\xFF\xFE") + little, big}) {
    const auto article = ingest_bytes(bytes);
    ASSERT_TRUE(article) << refusal(article);
    EXPECT_EQ(article->text, english);
    EXPECT_EQ(raw_of(*article, bytes, "Geneva").size(), 12U);
  }
}

TEST(Ingest, AstralCharactersKeepTheirPlaces) {
  const std::string bytes = "The minister wrote \xF0\x9F\x98\x80 to the harbour officials in Geneva on Monday, and they answered at once.\n";
  const auto article = ingest_bytes(bytes);
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_EQ(article->text, bytes);
  EXPECT_EQ(raw_of(*article, bytes, "\xF0\x9F\x98\x80 to"), "\xF0\x9F\x98\x80 to");
  std::string wide = "\xFF\xFE";  // the same in UTF-16, where it is a surrogate pair
  for (const char16_t unit : std::u16string(u"The minister wrote \U0001F600 to the harbour officials in Geneva on Monday.\n")) {
    wide += static_cast<char>(unit & 0xFF);
    wide += static_cast<char>(unit >> 8U);
  }
  const auto decoded = ingest_bytes(wide);
  ASSERT_TRUE(decoded) << refusal(decoded);
  EXPECT_EQ(raw_of(*decoded, wide, "\xF0\x9F\x98\x80"), "\x3D\xD8" + std::string("\x00\xDE", 2));
}

TEST(Ingest, BrokenUtf8IsReplacedAndStaysAligned) {
  const std::string bytes =
      "The caf\xC3\xA9 of the minister\xE2\x80 closed on Monday, as the na\xC3\xAFve officials of Geneva had said it would. \xE2\x82";
  const auto article = ingest_bytes(bytes);
  ASSERT_TRUE(article) << refusal(article);
  EXPECT_NE(article->text.find("café of the minister\xEF\xBF\xBD closed"), std::string::npos) << article->text;
  EXPECT_EQ(raw_of(*article, bytes, "minister\xEF\xBF\xBD closed"), "minister\xE2\x80 closed");
  EXPECT_TRUE(article->text.ends_with("\xEF\xBF\xBD"));
}

TEST(Ingest, BytesThatFitNoEncodingAreRefused) {
  Document document = document_of(english);
  for (int i = 0; i < 40; ++i) document.bytes += "\x81\xFF\x30 ";
  document.metadata.encoding = "shift_jis";
  const auto article = ingest(document, shipped_rules());
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().code, ErrorCode::bad_encoding) << refusal(article);
}

TEST(Ingest, OtherLanguagesAreNamed) {
  EXPECT_EQ(
      refusal(ingest_bytes("Der Minister sagte am Montag, dass die Verhandlungen über das Abkommen noch in diesem Jahr abgeschlossen werden sollen. "
                           "Die Opposition forderte dagegen, dass zuerst das Parlament über die Folgen beraten müsse.\n")),
      "unsupported_language: German (de), 99 %; masudi reads: en");
  const struct {
    const char *bytes, *encoding, *tag;
  } others[] = {
      // "The government said on Monday that the talks will go on", in encodings of the web
      {"\xF0\xD2\xC1\xD7\xC9\xD4\xC5\xCC\xD8\xD3\xD4\xD7\xCF \xDA\xC1\xD1\xD7\xC9\xCC\xCF \xD7 \xD0\xCF\xCE\xC5\xC4\xC5\xCC\xD8\xCE\xC9\xCB, "
       "\xDE\xD4\xCF "
       "\xD0\xC5\xD2\xC5\xC7\xCF\xD7\xCF\xD2\xD9 \xC2\xD5\xC4\xD5\xD4 \xD0\xD2\xCF\xC4\xCF\xCC\xD6\xC5\xCE\xD9.",
       "koi8-r", "(ru)"},
      {"\xD5\xFE\xB8\xAE\xD0\xC7\xC6\xDA\xD2\xBB\xB1\xED\xCA\xBE\xA3\xAC\xCC\xB8\xC5\xD0\xBD\xAB\xBC\xCC\xD0\xF8\xBD\xF8\xD0\xD0\xA1\xA3\xD5\xFE\xB8"
       "\xAE"
       "\xD0\xC7\xC6\xDA\xD2\xBB\xB1\xED\xCA\xBE\xA3\xAC\xCC\xB8\xC5\xD0\xBD\xAB\xBC\xCC\xD0\xF8\xBD\xF8\xD0\xD0\xA1\xA3",
       "gb2312", "(zh)"},
  };
  for (const auto& other : others) {
    Document document = document_of(other.bytes);
    document.metadata.encoding = other.encoding;
    const auto article = ingest(document, shipped_rules());
    ASSERT_FALSE(article);
    EXPECT_EQ(article.error().code, ErrorCode::unsupported_language) << refusal(article);
    EXPECT_NE(article.error().message.find(other.tag), std::string::npos) << refusal(article);
  }
}

TEST(Ingest, ShortTextsInLatinLettersAreTakenForEnglish) {
  EXPECT_TRUE(ingest_bytes("Talks resume."));
  EXPECT_TRUE(ingest_bytes("OK"));
  Document document = document_of("Talks.");
  document.metadata.language = "en-GB";
  EXPECT_TRUE(ingest(document, shipped_rules()));
}

TEST(Ingest, TheTextIsTrustedOverItsLabel) {
  Document german =
      document_of("Der Minister sagte am Montag, dass die Verhandlungen über das Abkommen noch in diesem Jahr abgeschlossen werden sollen.\n");
  german.metadata.language = "en";
  EXPECT_EQ(refusal(ingest(german, shipped_rules())).substr(0, 20), "unsupported_language");
  Document really_english = document_of(english);
  really_english.metadata.language = "de";
  EXPECT_TRUE(ingest(really_english, shipped_rules()));
}

TEST(Ingest, WhatIsNoTextIsNamed) {
  EXPECT_EQ(refusal(ingest_bytes("")), "malformed_input: empty; expected an article");
  EXPECT_EQ(refusal(ingest_bytes(" \n\t ")), "malformed_input: empty; expected an article");
  EXPECT_EQ(refusal(ingest_bytes("%PDF-1.7\n...")), "malformed_input: binary: a PDF document; expected text, HTML, JSON or CoNLL-U");
  EXPECT_EQ(refusal(ingest_bytes("PK\x03\x04 rest")),
            "malformed_input: binary: a zip archive (or an office document); expected text, HTML, JSON or CoNLL-U");
  EXPECT_EQ(refusal(ingest_bytes(std::string("\x1F\x8B\x08\x00 rest", 9))),
            "malformed_input: binary: a gzip archive; expected text, HTML, JSON or CoNLL-U");
  EXPECT_EQ(refusal(ingest_bytes("\x89PNG\r\n\x1A\n")), "malformed_input: binary: a PNG image; expected text, HTML, JSON or CoNLL-U");
  EXPECT_NE(refusal(ingest_bytes(english + std::string("\0\0", 2))).find("a NUL byte"), std::string::npos);
  EXPECT_NE(refusal(ingest_bytes("\x01\x02\x03\x04\x05\x06\x0E\x0F\x10\x11 abc")).find("10 control bytes"), std::string::npos);
}

std::string published(const std::string& text) {
  const auto article = ingest_bytes(text);
  if (!article) return refusal(article);
  return article->published ? to_iso(*article->published) + (article->published_inferred ? " inferred" : "") : "null";
}

TEST(Ingest, DatesInTheTextAreRead) {
  EXPECT_EQ(published("Ministers meet\n\nMonday, May 18, 2015\n\n" + english), "2015-05-18 inferred");
  EXPECT_EQ(published("April 5th, 2018\n\n" + english), "2018-04-05 inferred");
  EXPECT_EQ(published("BAGHDAD, July 27, 2021 (Example) - " + english), "2021-07-27 inferred");
  EXPECT_EQ(published("Ministers meet\n\nThe two ministers met yesterday, Monday, July 26, 2021, in Geneva.\n"), "2021-07-27 inferred");
}

TEST(Ingest, DatesAreNeverGuessed) {
  EXPECT_EQ(published("SOUTH HARBOUR, April 5 (EXP): " + english), "null");
  EXPECT_EQ(published("Ministers meet\n\nYesterday, Monday, the two ministers met in Geneva.\n"), "null");
  EXPECT_EQ(published("Tuesday, May 18, 2015\n\n" + english), "null") << "that day was a Monday";
  EXPECT_EQ(published("February 30, 2015\n\n" + english), "null");
  EXPECT_EQ(published("The treaty was signed on July 26, 2011, in Geneva.\n"), "null");
  Document document = document_of("Monday, May 18, 2015\n\n" + english);
  document.metadata.published = parse_iso_day("2015-05-19");
  const auto article = ingest(document, shipped_rules());
  ASSERT_TRUE(article);
  EXPECT_EQ(to_iso(*article->published), "2015-05-19");
  EXPECT_FALSE(article->published_inferred);
}

std::string furniture(const std::string& text) {
  const auto article = ingest_bytes(text);
  if (!article) return refusal(article);
  EXPECT_EQ(article->text, text);
  EXPECT_EQ(article->excluded.size(), article->excluded_rules.size());
  std::string out;
  for (const TextSpan span : article->excluded) out += "[" + std::string(article->slice(span)) + "]";
  return out;
}

TEST(Ingest, FurnitureIsListedAndNotCut) {
  EXPECT_EQ(furniture("Ministers meet\n\n" + english + "\n\nPlease enter your comment!\nPlease enter your name here\n"),
            "[Please enter your comment!\nPlease enter your name here]");
  EXPECT_EQ(furniture("Home | News | World | Sport\n" + english + "Advertisement\n" + english), "[Home | News | World | Sport][Advertisement]");
  EXPECT_EQ(furniture(english + "\nRelated articles\nTen things to know about the harbour\nWhy ministers meet in Geneva\n\n" + english),
            "[Related articles\nTen things to know about the harbour\nWhy ministers meet in Geneva]");
  EXPECT_EQ(
      furniture("The ministers met on Monday in Geneva. Copyright 2018 by Example News. All rights reserved. This material may not be published."),
      "[Copyright 2018 by Example News. All rights reserved. This material may not be published.]");
}

TEST(Ingest, ProseIsNoFurniture) {
  for (const char* prose : {
           "Please enter your comment, the minister told the two reporters in Geneva.\n",
           "Share this burden, the president said on Monday, or the alliance will fail.\n",
           "The home secretary told world news agencies about politics, business and sport on Monday.\n",
           "Advertisement of tobacco will be banned from next year, the minister said.\n",
           "Follow us on the path of peace, the general told the rebels on Tuesday.\n",
           "Comments by the president were rejected by the opposition on Monday.\n",
           "Photos of the detained ministers were published on Monday by the army.\n",
           "Support our troops, the senator said; the house agreed on Monday.\n",
           "By continuing the strikes, the union risks a split, the minister said.\n",
       })
    EXPECT_EQ(furniture(prose), "") << prose;
}

TEST(Ingest, EveryRowAppliesToItsSample) {
  int rows = 0;
  for (const char* name : {"furniture", "date_inference", "page_parts"}) {
    const LexiconTable* table = shipped_lexicon().table(name);
    ASSERT_NE(table, nullptr) << name;
    for (std::uint32_t i = 0; i < table->size(); ++i, ++rows) {
      const LexiconRow row = table->row(i);
      const auto article = ingest_bytes(std::string(row["sample"]));
      if (!article) {
        ADD_FAILURE() << row.id() << ": " << refusal(article);
        continue;
      }
      if (row["where"] == "month" || row["where"] == "weekday") {
        EXPECT_TRUE(article->published) << row.id();
        continue;
      }
      const auto has = [&](const std::vector<std::string>& rules) { return std::find(rules.begin(), rules.end(), row.id()) != rules.end(); };
      EXPECT_TRUE(has(article->rules) || has(article->excluded_rules)) << row.id() << " does not apply to its sample: " << row["sample"];
    }
  }
  EXPECT_GT(rows, 90);
}

TEST(Ingest, RunsAreFoundByBisection) {
  Alignment alignment;
  alignment.add({0, 10, 5, 5});
  alignment.add({5, 15, 3, 3});   // continues: merged
  alignment.add({8, 18, 1, 6});   // an entity
  alignment.add({11, 24, 4, 4});  // two bytes of text before it stand for nothing
  alignment.add({15, 20, 4, 4});  // backwards: left out
  ASSERT_EQ(alignment.runs().size(), 3U);
  EXPECT_EQ(alignment.raw({2, 7}), (RawSpan{12, 17}));
  EXPECT_EQ(alignment.raw({7, 9}), (RawSpan{17, 24}));
  EXPECT_EQ(alignment.raw({8, 9}), (RawSpan{18, 24}));
  EXPECT_EQ(alignment.raw({9, 11}), (RawSpan{24, 24}));
  EXPECT_EQ(alignment.raw({9, 12}), (RawSpan{24, 25}));
  EXPECT_EQ(alignment.raw({14, 99}), (RawSpan{27, 28}));
  EXPECT_EQ(alignment.raw({50, 99}), (RawSpan{28, 28}));
}

TEST(Ingest, TheCommentFormOfTheFirstArticleIsExcluded) {
  const std::string path = std::string(MASUDI_SOURCE) + "/../shared/articles/iraq-combat-mission.txt";
  auto reader = SourceReader::open(path, {});
  if (!reader) GTEST_SKIP() << "no ../shared/articles beside the repository";
  auto item = reader->next();
  ASSERT_TRUE(item);
  const auto article = ingest(std::get<Document>(*item), shipped_rules());
  ASSERT_TRUE(article) << refusal(article);
  ASSERT_EQ(article->excluded.size(), 1U);
  EXPECT_TRUE(article->slice(article->excluded[0]).starts_with("Please enter your comment!"));
  EXPECT_TRUE(article->slice(article->excluded[0]).ends_with("Please enter your name here"));
  EXPECT_FALSE(article->published) << "no year stands in it";
  EXPECT_EQ(article->id, "iraq-combat-mission");
}

}  // namespace
}  // namespace masudi
