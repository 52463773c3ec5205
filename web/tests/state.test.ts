import { describe, expect, test } from "vitest";
import { countFilters, emptyState, filterParams, formatState, parseState, toggled } from "../src/lib/state";

describe("the state in the URL", () => {
  test("comes back as it went", () => {
    const state = { ...emptyState(), view: "map" as const, text: "border crossing", from: "2024-01-01", to: "2024-06-30", type: ["ASSAULT", "PROTEST"], party: ["=Côte d'Ivoire", "IRQ GOV"], table: true, record: "0123456789ab:e1" };
    expect(parseState(formatState(state))).toEqual(state);
  });
  test("says nothing of what is as it is by default", () => expect(formatState(emptyState())).toBe("./"));
  test("the same state gives the same link, whatever the order in which it was given", () => {
    expect(formatState(parseState("?to=2024-02-01&view=map&from=2024-01-01"))).toBe(formatState(parseState("?view=map&from=2024-01-01&to=2024-02-01")));
  });
  test("a mistyped link opens something", () => {
    const state = parseState("?view=nowhere&from=yesterday&to=2024-13&party=&party=A&party=A&unknown=1");
    expect(state.view).toBe("overview");
    expect([state.from, state.to]).toEqual(["", ""]);
    expect(state.party).toEqual(["A"]);
  });
  test("hostile values are values", () => {
    const state = parseState(`?text=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    expect(state.text).toBe("<img src=x onerror=alert(1)>");
    expect(formatState(state)).not.toContain("<");
  });
  test("only filters are asked of the server", () => {
    const params = filterParams({ ...emptyState(), view: "map", table: true, record: "a:e1", cursor: "x", party: ["A", "B"], text: "t", stance: ["denying"] }, "events");
    expect(params.toString()).toBe("text=t&party=A&party=B");
  });
  test("filters are counted, the two days as one", () => expect(countFilters({ ...emptyState(), from: "2024-01-01", to: "2024-02-01", party: ["A", "B"], text: "t" })).toBe(4));
  test("a value is put in, then taken out", () => { expect(toggled(["a"], "b")).toEqual(["a", "b"]); expect(toggled(["a", "b"], "a")).toEqual(["b"]); });
});
