import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isWebAddress } from "../src/ui/verdict";

const root = new URL("../src/", import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));

test("no text ever becomes markup, and nothing is run that was not built in", () => {
  expect(sources.length).toBeGreaterThan(20);
  for (const name of sources) expect(readFileSync(join(root, name), "utf8"), name).not.toMatch(/dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc/);
});
test("no address outside", () => { for (const name of sources) expect(readFileSync(join(root, name), "utf8").replaceAll(/https\?:/g, ""), name).not.toMatch(/["'`](https?:)?\/\/[a-z]/); });
test("evidence becomes a link only when it is one", () => {
  expect(isWebAddress("https://example.org/a")).toBe(true);
  for (const text of ["javascript:alert(1)", "data:text/html,x", " https://example.org", "https://example.org and more", "ftp://x"]) expect(isWebAddress(text), text).toBe(false);
});
