import { expect, test } from "vitest";
import { corrected, layer } from "../src/lib/corrected";

const sentence = { text: "Peter Kováč promised it.", begin: 100 };

test("changes lie over the record, and their spans get their words back", () => {
  const record = { type: "AGREE", anchor: { begin: 100, end: 105, text: "Peter" }, aux: [] as string[] };
  expect(corrected(record, { type: "ASSAULT", anchor: { begin: 106, end: 113 } }, sentence.text, sentence.begin)).toEqual({ type: "ASSAULT", anchor: { begin: 106, end: 113, text: "Kováč" }, aux: [] });
  expect(corrected(record, { anchor: { begin: 0, end: 5 } }, sentence.text, sentence.begin).anchor.text).toBe("…");
});
test("in every answer that holds records; the machine's own stays beside it", () => {
  const record = { id: "e1", date: { begin: "2024-01-01", end: "2024-01-01" } };
  const item = { id: "a:e1", record, sentence, correction: { decision: "change", changes: { date: null } } };
  const page = layer({ total: 1, items: [item] });
  expect(page.items[0]!.record.date).toBeNull();
  expect((page.items[0] as unknown as { machine: object }).machine).toEqual(record);
  expect(layer({ columns: [{ state: "due", items: [item] }] }).columns[0]!.items[0]!.record.date).toBeNull();
  expect(layer({ item }).item.record.date).toBeNull();
});
test("what was accepted, rejected or never looked at is as it was", () => {
  for (const correction of [null, { decision: "accept", changes: {} }, { decision: "reject", changes: {} }]) {
    const item = { record: { id: "e1" }, sentence, correction };
    expect(layer({ items: [item] }).items[0]).toEqual(item);
  }
});
