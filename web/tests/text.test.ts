import { describe, expect, test } from "vitest";
import { byteOffsets, paragraphs, pieces, type Mark } from "../src/lib/text";
import { localMarks } from "../src/ui/marked";

const slow = (text: string, byte: number) => new TextDecoder().decode(new TextEncoder().encode(text).slice(0, byte)).length;

describe("bytes to UTF-16", () => {
  test.each(["plain", "Gabčíkovo, Kováč: “not one”", "قال الوزير", "a😀b𝔘c", ""])("agrees with the decoder on %s", (text) => {
    const at = byteOffsets(text);
    const encoder = new TextEncoder();
    let byte = 0;
    for (const character of text) { expect(at(byte)).toBe(slow(text, byte)); byte += encoder.encode(character).length; }
    expect(at(byte)).toBe(text.length);
  });
  test("an offset out of the text stays in it", () => { expect(byteOffsets("čč")(99)).toBe(2); expect(byteOffsets("ab")(99)).toBe(2); });
});

const mark = (begin: number, end: number, id: string): Mark => ({ begin, end, id, kind: "event", part: "anchor" });

describe("pieces", () => {
  test("put together are the text, whatever overlaps", () => {
    const text = "The minister said the bridge would open.";
    const marks = [mark(0, 12, "a"), mark(4, 30, "b"), mark(18, 39, "c"), mark(18, 18, "empty"), mark(35, 99, "d")];
    const out = pieces(text, marks);
    expect(out.map((piece) => piece.text).join("")).toBe(text);
    for (const piece of out) for (const one of marks) expect(piece.marks.includes(one)).toBe(one.begin < one.end && one.begin <= piece.begin && one.end >= piece.end);
  });
  test("the longest mark is outermost", () => expect(pieces("abcdef", [mark(2, 4, "in"), mark(0, 6, "out")])[1]!.marks.map((one) => one.id)).toEqual(["out", "in"]));
  test("of a passage only", () => expect(pieces("abcdef", [mark(1, 5, "x")], 2, 4)).toEqual([{ begin: 2, end: 4, text: "cd", marks: [mark(1, 5, "x")] }]));
});

test("paragraphs leave blank lines out and keep their offsets", () => {
  const text = "Title\n\nOne.\n  \nTwo.";
  expect(paragraphs(text).map(({ begin, end }) => text.slice(begin, end))).toEqual(["Title", "One.", "Two."]);
});

test("marks of an article move into its sentence", () => {
  const article = "Kováč spoke. Peter Kováč promised.";
  const base = new TextEncoder().encode("Kováč spoke. ").length;
  const sentence = "Peter Kováč promised.";
  const begin = base + new TextEncoder().encode("Peter Kováč ").length;
  const marks = localMarks(sentence, base, [{ begin, end: begin + 8, kind: "event", id: "e1", part: "anchor" }, { begin: 0, end: 5, kind: "event", id: "e0", part: "anchor" }]);
  expect(article).toContain(sentence);
  expect(marks.map((one) => sentence.slice(one.begin, one.end))).toEqual(["promised"]);
});
