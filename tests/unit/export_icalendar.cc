// The calendar of due dates: RFC 5545.
#include <gtest/gtest.h>

#include "masudi/icalendar.h"

namespace masudi {
namespace {

TEST(ICalendar, LinesAreFoldedAndEscaped) {
  DueDate due;
  due.id = "0123456789ab:c1";
  due.due = *parse_iso_day("2024-12-31");
  due.published = parse_iso_day("2024-03-06");
  due.summary = "Norway: build two schools; \"one\" in Kisumu, one in Tromsø, and repair the road that leads from the harbour to the second of them";
  due.description = "line one\nline two\\";
  const std::string entry = icalendar_entry(due);
  EXPECT_NE(entry.find("DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250101\r\n"), std::string::npos);
  EXPECT_NE(entry.find("DTSTAMP:20240306T000000Z\r\n"), std::string::npos);
  EXPECT_NE(entry.find("DESCRIPTION:line one\\nline two\\\\\r\n"), std::string::npos);
  EXPECT_NE(entry.find("schools\\; \"one\" in Kisumu\\, one"), std::string::npos);
  std::size_t at = 0;
  while (at < entry.size()) {
    const auto end = entry.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75U);
    EXPECT_NE(static_cast<unsigned char>(entry[at]) & 0xC0U, 0x80U) << "a character was cut in two";
    at = end + 2;
  }
}

TEST(ICalendar, AFoldNeverCutsACharacter) {
  DueDate due;
  due.id = "x";
  due.due = *parse_iso_day("2024-01-01");
  for (std::size_t lead = 0; lead < 8; ++lead) {
    due.summary = std::string(lead, 'a');
    for (int i = 0; i < 60; ++i) due.summary += "ø";
    std::string unfolded = icalendar_entry(due);
    for (auto at = unfolded.find("\r\n "); at != std::string::npos; at = unfolded.find("\r\n ", at)) unfolded.erase(at, 3);
    EXPECT_NE(unfolded.find("SUMMARY:" + due.summary + "\r\n"), std::string::npos);
  }
}

TEST(ICalendar, OnlyAnAddressIsAnAddress) {
  DueDate due;
  due.id = "x";
  due.due = *parse_iso_day("2024-02-28");
  due.address = "https://example.org/a?b=c";
  EXPECT_NE(icalendar_entry(due).find("URL:https://example.org/a?b=c\r\n"), std::string::npos);
  due.address = "https://example.org/a\r\nATTENDEE:x";
  EXPECT_EQ(icalendar_entry(due).find("ATTENDEE"), std::string::npos);
  due.address.clear();
  due.summary = "bell \a and tab\t";
  const std::string entry = icalendar_entry(due);
  EXPECT_EQ(entry.find("URL"), std::string::npos);
  EXPECT_NE(entry.find("SUMMARY:bell   and tab \r\n"), std::string::npos);
}

TEST(ICalendar, TheEndIsTheDayAfter) {
  DueDate due;
  due.id = "x";
  due.due = *parse_iso_day("2024-02-29");
  EXPECT_NE(icalendar_entry(due).find("DTEND;VALUE=DATE:20240301\r\n"), std::string::npos);
  EXPECT_NE(icalendar_entry(due).find("DTSTAMP:20240229T000000Z\r\n"), std::string::npos);  // nobody knows when it was said
}

TEST(ICalendar, ACalendarBeginsAndEnds) {
  const std::string calendar = icalendar_begin() + icalendar_end();
  EXPECT_TRUE(calendar.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
  EXPECT_TRUE(calendar.ends_with("END:VCALENDAR\r\n"));
}

}  // namespace
}  // namespace masudi
