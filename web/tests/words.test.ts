import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { shortPlace } from "../src/lib/say";
import { MODES, TYPES, listing, plural, verb } from "../src/lib/words";

const table = readFileSync(new URL("../../lexicon/plover.tsv", import.meta.url), "utf8").split("\n").filter((line) => line.startsWith("plv.")).map((line) => line.split("\t"));

test("every type and mode of lexicon/plover.tsv has plain words, and its quad", () => {
  expect(table.length).toBeGreaterThan(70);
  for (const [, type, mode, quad] of table) {
    expect(TYPES[type!]?.quad, type).toBe(quad);
    if (mode) expect(MODES[`${type} ${mode}`], `${type} ${mode}`).toBeDefined();
  }
});
test("no words for what the lexicon does not have", () => {
  const known = new Set(table.map(([, type, mode]) => (mode ? `${type} ${mode}` : type)));
  for (const key of [...Object.keys(TYPES), ...Object.keys(MODES)]) expect(known, key).toContain(key);
});
test("verbs", () => { expect(verb("CONSULT", "visit", true)).toBe("visited"); expect(verb("AID", null, false)).toBe("gave aid"); expect(verb("NEW", null, true)).toBe("new"); });
test("lists", () => { expect(listing([])).toBe(""); expect(listing(["A"])).toBe("A"); expect(listing(["A", "B"])).toBe("A and B"); expect(listing(["A", "B", "C", "D"])).toBe("A, B and 2 more"); expect(listing(["A", "A"])).toBe("A"); });
test("numbers", () => { expect(plural(1, "event")).toBe("1 event"); expect(plural(1200, "event")).toBe("1,200 events"); });

test("places of articles: addresses whole, paths by their end", () => {
  expect(shortPlace("https://example.org/a/b/c")).toBe("https://example.org/a/b/c");
  expect(shortPlace("/srv/news/2024/a.txt")).toBe("…/2024/a.txt");
  expect(shortPlace("examples/a.txt")).toBe("examples/a.txt");
});
