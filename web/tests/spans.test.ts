import { expect, test } from "vitest";
import { findSpan, forServer } from "../src/lib/spans";

test("typed words become bytes of the article", () => {
  expect(findSpan(" promised ", "Peter Kováč promised it.", 100)).toEqual({ begin: 114, end: 122, text: "promised" });
  expect(findSpan("Kováč", "Peter Kováč promised it.", 100)).toEqual({ begin: 106, end: 113, text: "Kováč" });
  expect(findSpan("nowhere", "Peter Kováč promised it.", 100)).toBeNull();
  expect(findSpan("  ", "Peter", 0)).toBeNull();
});
test("spans go without their words, days and names stay", () => {
  expect(forServer({ text: { begin: 1, end: 4, text: "abc" }, name: "A", country: null })).toEqual({ text: { begin: 1, end: 4 }, name: "A", country: null });
  expect(forServer({ begin: "2024-01-01", end: "2024-01-02" })).toEqual({ begin: "2024-01-01", end: "2024-01-02" });
  expect(forServer([{ begin: 1, end: 2, text: "x" }])).toEqual([{ begin: 1, end: 2 }]);
  expect(forServer(null)).toBeNull();
});
