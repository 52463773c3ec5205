// Makes the pictures of docs/page.md from our own examples:  node tests/browser/screenshots.mjs
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { missing, root, serve, standIn } from "./harness.mjs";

const why = missing();
if (why) { console.error(why); process.exit(77); }
const folder = join(root, "docs/images");
mkdirSync(folder, { recursive: true });
const server = await serve("--demo", "--today", "2024-07-15");
const { chromium } = createRequire(join(root, "web/"))("playwright-core");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--hide-scrollbars"] });
const ask = async (path) => (await fetch(`${server.address}api/v1/${path}`)).json();
const agency = (await ask("articles.json")).items.find((item) => item.article.uri.includes("agency")).article.id;
const event = (await ask("events.json?type=CONSULT")).items.find((item) => item.article.id === agency).id;
const promise = (await ask("commitments.json?limit=100")).items.find((item) => item.accounts.length > 0).id;

const shots = [
  ["overview", 1280, 900, "light", ""],
  ["reading", 1280, 900, "light", `?view=reading&article=${agency}&record=${encodeURIComponent(event)}`],
  ["promises", 1280, 900, "light", `?view=commitments&record=${encodeURIComponent(promise)}`],
  ["timeline", 1280, 720, "light", "?view=timeline"],
  ["map", 1280, 860, "dark", "?view=map"],
  ["network", 1280, 860, "dark", "?view=network"],
  ["sources", 1280, 860, "light", "?view=sources"],
  ["narrow-reading", 360, 740, "light", `?view=reading&article=${agency}`],
  ["narrow-promises", 360, 740, "dark", "?view=commitments"],
];
for (const [name, width, height, colorScheme, path] of shots) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
  await page.route("**/*", (route) => standIn(route, server.address) ?? route.continue());
  await page.goto(server.address + path, { waitUntil: "networkidle" });
  await page.waitForFunction(() => !document.querySelector(".waiting, .stale"));
  const file = join(folder, `page-${name}.png`);
  await page.screenshot({ path: file });
  // Where pngquant (Debian) is there, pictures get a palette and become a third as large.
  spawnSync("pngquant", ["--force", "--speed", "1", "--strip", "--output", file, "128", file]);
  await page.close();
}
await browser.close();
await server.stop();
