import { expect, test } from "vitest";
import { arcs, around, type Word } from "../src/lib/tree";

const words = (heads: number[]): Word[] => heads.map((head, index) => ({ id: index + 1, form: `w${index + 1}`, upos: "X", head, deprel: head ? "dep" : "root" }));

test("every word but the root has an arc", () => expect(arcs(words([2, 0, 2, 5, 2]))).toHaveLength(4));
test("arcs that overlap are at different heights", () => {
  let seed = 3;
  const random = (most: number) => { seed = (seed * 16807) % 2147483647; return seed % most; };
  for (let round = 0; round < 50; round += 1) {
    const size = 2 + random(18);
    const sentence = words(Array.from({ length: size }, (_, index) => (index === 0 ? 0 : 1 + random(index))));
    const out = arcs(sentence);
    const span = (arc: { from: number; to: number }) => [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)] as const;
    for (const a of out) for (const b of out) {
      if (a === b || a.level !== b.level) continue;
      const [al, ah] = span(a);
      const [bl, bh] = span(b);
      expect(ah <= bl || bh <= al).toBe(true);
    }
  }
});
test("a hostile parse (heads in a circle, heads that are nowhere) ends", () => {
  expect(arcs(words([2, 1, 99]))).toHaveLength(2);
  expect(around(words([2, 1, 99]), new Set([1, 3]))).toHaveLength(3);
});
test("around keeps what matters: the matched words, the way to the root, their dependents", () => {
  const sentence = words([2, 0, 2, 3, 4, 2, 6]);
  expect(around(sentence, new Set([3])).map((word) => word.id)).toEqual([2, 3, 4]);
});
