import { describe, expect, test } from "vitest";
import { brushWindow, dateScale, dayNumber, isoDay, lanes, sayDistance, sayRange, ticks } from "../src/lib/dates";

describe("days", () => {
  test("become numbers and days again", () => { for (const day of ["1970-01-01", "2024-02-29", "1993-12-31", "0800-05-06"]) expect(isoDay(dayNumber(day))).toBe(day); });
  test("what is no day is no number", () => expect(dayNumber("2024")).toBeNaN());
  test.each([
    ["2024-03-05", "2024-03-05", "5 March 2024"],
    ["2024-03-01", "2024-03-31", "March 2024"],
    ["2024-02-01", "2024-02-29", "February 2024"],
    ["2024-01-01", "2024-12-31", "2024"],
    ["2018-01-01", "2020-12-31", "2018 to 2020"],
    ["2024-03-05", "2024-03-09", "5 to 9 March 2024"],
    ["2024-03-05", "2024-06-30", "5 March to 30 June 2024"],
    ["2018-01-01", "2024-03-05", "1 January 2018 to 5 March 2024"],
  ])("%s..%s is said as finely as the text does: %s", (begin, end, words) => expect(sayRange({ begin, end })).toBe(words));
  test("without a date there is none", () => expect(sayRange(null)).toBe("no date"));
  test("distances", () => {
    expect(sayDistance("2024-03-05", "2024-03-05")).toBe("today");
    expect(sayDistance("2024-03-06", "2024-03-05")).toBe("in 1 day");
    expect(sayDistance("2024-02-04", "2024-03-05")).toBe("30 days ago");
    expect(sayDistance("2027-03-05", "2024-03-05")).toBe("in 3 years");
  });
});

describe("the scale", () => {
  test("goes there and back", () => {
    const scale = dateScale(dayNumber("2024-01-01"), dayNumber("2024-12-31"), 1000);
    expect(scale.x(scale.begin)).toBe(0);
    expect(scale.x(scale.end)).toBe(1000);
    for (const day of ["2024-02-29", "2024-07-14"]) expect(isoDay(scale.day(scale.x(dayNumber(day))))).toBe(day);
  });
  test("one day is wide enough not to divide by nothing", () => expect(Number.isFinite(dateScale(5, 5, 100).x(5))).toBe(true));
  test.each([["2024-03-01", "2024-03-12"], ["2024-01-01", "2024-12-31"], ["2019-01-01", "2024-12-31"], ["1900-01-01", "2024-12-31"]])("ticks of %s to %s stand in it, in order, not too dense", (begin, end) => {
    const scale = dateScale(dayNumber(begin), dayNumber(end), 800);
    const marks = ticks(scale, 80);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.length).toBeLessThanOrEqual(13);
    marks.forEach((tick, index) => { expect(tick.day).toBeGreaterThanOrEqual(scale.begin); expect(tick.day).toBeLessThanOrEqual(scale.end); if (index) expect(tick.day).toBeGreaterThan(marks[index - 1]!.day); });
  });
});

describe("lanes", () => {
  test("what overlaps goes to another row, what does not stays", () => expect(lanes([{ from: 0, to: 10 }, { from: 5, to: 15 }, { from: 11, to: 20 }])).toEqual([0, 1, 0]));
  test("no two of a row touch, for any order", () => {
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const spans = Array.from({ length: 300 }, () => { const from = random() * 1000; return { from, to: from + random() * 40 }; });
    const rows = lanes(spans);
    for (let a = 0; a < spans.length; a += 1) for (let b = 0; b < a; b += 1) if (rows[a] === rows[b]) expect(spans[a]!.from > spans[b]!.to || spans[b]!.from > spans[a]!.to).toBe(true);
  });
});

describe("the brush", () => {
  test("shows the days of publication and some around them", () => expect(brushWindow({ first: "2024-03-05", last: "2024-04-18" }, "", "")).toEqual({ begin: "2024-01-20", end: "2024-06-02" }));
  test("always holds what is chosen", () => expect(brushWindow({ first: "2024-03-05", last: "2024-04-18" }, "1993-01-01", "")?.begin).toBe("1993-01-01"));
  test("without days of publication the server chooses", () => expect(brushWindow({ first: null, last: null }, "", "")).toBeNull());
});
