// A ledger made from our own articles, `masudi serve` on it, and Debian's Chromium.
//   MASUDI    the program (default: build/dev/bin/masudi)
//   CHROMIUM  the browser (default: chromium of the PATH)
//   WEB_DIST  a folder whose files stand in for those inside the program: web/dist while one works on the page
// Exit status 77: something that this machine lacks; the line before it says what.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

export const root = new URL("../../", import.meta.url).pathname;
export const masudi = process.env.MASUDI ?? join(root, "build/dev/bin/masudi");

function which(name) {
  const found = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.trim() : "";
}

/** What is missing here, in words; empty where nothing is. */
export function missing() {
  if (!existsSync(masudi)) return `the program ${masudi} is not built`;
  if (!(process.env.CHROMIUM || which("chromium"))) return "no chromium (scripts/install-packages --dev brings it)";
  if (!existsSync(join(root, "web/node_modules/playwright-core"))) {
    const got = spawnSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: join(root, "web"), encoding: "utf8" });
    if (got.status !== 0) return `npm ci could not fetch Playwright: ${(got.stderr ?? String(got.error)).trim().split("\n")[0]}`;
  }
  return "";
}

/** Serves `ledger`; resolves with its address once it is printed. */
export function serve(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn(masudi, ["serve", ...args, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
    let heard = "";
    const late = setTimeout(() => { child.kill(); reject(new Error(`serve did not print an address: ${heard}`)); }, 60_000);
    const hear = (bytes) => {
      heard += bytes;
      const address = /http:\/\/[\w.:[\]-]+\/?\S*/.exec(heard)?.[0];
      if (address) { clearTimeout(late); resolve({ address: address.endsWith("/") ? address : `${address}/`, stop: () => new Promise((done) => { child.on("exit", done); child.kill(); }) }); }
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => { clearTimeout(late); reject(new Error(`serve ended with ${code}: ${heard}`)); });
  });
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain" };

/** With WEB_DIST set, answers what is not the API from that folder; else nothing. */
export function standIn(route, address, policy = "") {
  const url = route.request().url();
  if (!process.env.WEB_DIST || !url.startsWith(address)) return null;
  const path = new URL(url).pathname;
  if (path.startsWith("/api/")) return null;
  const file = join(process.env.WEB_DIST, path === "/" ? "index.html" : path);
  return existsSync(file) ? route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)], headers: { "Content-Security-Policy": policy } }) : route.fulfill({ status: 404 });
}

export class World {
  /** A ledger of these folders; by default our examples, hostile articles and broken input. */
  static async open(folders = [join(root, "examples"), join(root, "tests/browser/articles")]) {
    const world = new World();
    world.folder = mkdtempSync(join(tmpdir(), "masudi-browser-"));
    world.ledger = join(world.folder, "news.db");
    // Exit status 1 says that there were rejects, and there are in the default ledger: the views show them.
    const done = spawnSync(masudi, ["ingest", ...folders, "--ledger", world.ledger], { encoding: "utf8" });
    if (done.status !== 0 && done.status !== 1) throw new Error(`ingest ended with ${done.status}: ${done.stderr}`);
    world.server = await serve("--ledger", world.ledger);
    world.policy = (await fetch(world.server.address)).headers.get("content-security-policy");
    const { chromium } = createRequire(join(root, "web/"))("playwright-core");
    world.browser = await chromium.launch({ executablePath: process.env.CHROMIUM || which("chromium"), args: ["--no-sandbox"] });
    return world;
  }

  /** A page that keeps what it complained of and whom it asked. */
  async page({ width = 1280, height = 860, theme = "light", path = "", reducedMotion = "reduce", storage = {} } = {}) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion, locale: "en-GB" });
    const page = await context.newPage();
    page.complaints = [];
    page.outside = [];
    page.on("console", (message) => { if (message.type() === "error" || message.type() === "warning") page.complaints.push(message.text()); });
    page.on("pageerror", (error) => page.complaints.push(String(error)));
    page.on("dialog", (dialog) => { page.complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    await context.route("**/*", async (route) => {
      const url = route.request().url();
      const stand = standIn(route, this.server.address, this.policy);
      if (stand) return stand;
      if (url.startsWith(this.server.address) || url.startsWith("data:") || url.startsWith("blob:")) return route.continue();
      page.outside.push(url);
      return route.abort();
    });
    await page.addInitScript((values) => { for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value); }, storage);
    await page.goto(this.server.address + path);
    await this.settled(page);
    return page;
  }

  /** Nothing is being waited for any more. */
  async settled(page) {
    await page.waitForSelector("#main h1, .first .failure, .article-text h1, .article-head h1");
    await page.waitForFunction(() => !document.querySelector(".waiting, .stale"));
  }

  /** Goes on inside the page, as a link does: much quicker than loading it anew. */
  async go(page, path) {
    await page.evaluate((to) => { history.pushState(null, "", to); window.dispatchEvent(new PopStateEvent("popstate")); }, path || "./");
    // One turn, so that what is being waited for has been asked for.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));
    await this.settled(page);
  }

  /** Loads the page anew. */
  async load(page, path) {
    await page.goto(this.server.address + path);
    await this.settled(page);
  }

  async api(path) {
    const response = await fetch(`${this.server.address}api/v1/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async close() {
    await this.browser?.close();
    await this.server?.stop();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
  }
}

export function version() { return execFileSync(masudi, ["version"], { encoding: "utf8" }); }
