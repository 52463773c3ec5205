import { describe, expect, test } from "vitest";
import { countryName, numericCode } from "../src/lib/countries";
import { labelled, markShape, radius, shares, slice } from "../src/lib/geo";

const place = { lat: 41.7, lon: 44.8, precision: "exact", kind: "city", country: "GEO" };

describe("marks", () => {
  test("only an exact place is filled", () => expect(markShape(place)).toBe("filled"));
  test.each(["area", "near"])("%s is hollow", (precision) => expect(markShape({ ...place, precision })).toBe("hollow"));
  test("a country is an area, even if somebody gave it a point", () => {
    expect(markShape({ ...place, kind: "country", precision: "none", lat: null, lon: null })).toBe("area");
    expect(markShape({ ...place, kind: "country", precision: "area" })).toBe("area");
  });
  test("what has no point has no mark", () => {
    expect(markShape({ ...place, precision: "none", lat: null, lon: null, kind: "region" })).toBe("none");
    expect(markShape({ ...place, lat: null, lon: null })).toBe("none");
  });
});

test("the area of a mark grows with the count", () => {
  expect(radius(100, 100)).toBeGreaterThan(radius(25, 100));
  expect(radius(1, 1)).toBeLessThan(9);
  expect(radius(1_000_000, 1_000_000)).toBeLessThanOrEqual(20);
});
test("shares fill the turn in order", () => {
  expect(shares({ b: 1, a: 3 }, ["a", "b", "c"])).toEqual([["a", 0, 0.75], ["b", 0.75, 1]]);
  expect(shares({}, ["a"])).toEqual([]);
});
test("slices are closed paths, also the full turn", () => { for (const [begin, end] of [[0, 1], [0, 0.3], [0.2, 0.9]] as const) { expect(slice(0, 5, begin, end)).toMatch(/^M.*Z$/); expect(slice(3, 5, begin, end)).toMatch(/^M.*Z$/); } });
test("countries", () => { expect(countryName("GEO")).toBe("Georgia"); expect(countryName("XKX")).toBe("Kosovo"); expect(countryName("ZZZ")).toBe("ZZZ"); expect(countryName(null)).toBe(""); expect(numericCode("SVK")).toBe("703"); });
test("names on the map do not write over one another; the first wins", () => {
  expect(labelled([{ x: 0, y: 0, r: 5, name: "London" }, { x: 3, y: 2, r: 5, name: "Leeds" }, { x: 0, y: 40, r: 5, name: "Paris" }])).toEqual([true, false, true]);
  // A name would lie under the middle of another mark.
  expect(labelled([{ x: 0, y: 0, r: 5, name: "Kigoma" }, { x: 30, y: -4, r: 6, name: "Bujora" }])).toEqual([false, true]);
});
