// All that can be said of the page without a browser: types, unit tests, its weight, and that dist/ is what src/ builds to.
//   npm run check      needs node and, once, the npm registry (npm ci)
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const web = new URL("..", import.meta.url).pathname;
const MOST_GZIPPED = 600_000;
const skip = (why) => { console.log(`skipped: ${why}`); process.exit(77); };
const run = (name, command, ...args) => {
  const done = spawnSync(command, args, { cwd: web, stdio: "inherit" });
  if (done.status !== 0) { console.error(`${name} failed: cd web && ${[command, ...args].join(" ")}`); process.exit(1); }
};

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) skip(`node ${process.versions.node} is too old for Vite, which wants 20.19`);

if (!existsSync(join(web, "node_modules/.package-lock.json"))) {
  const got = spawnSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: web, encoding: "utf8" });
  if (got.status !== 0) skip(`npm ci could not fetch the packages (no registry?): ${(got.stderr ?? String(got.error)).trim().split("\n").slice(0, 2).join(" ")}`);
}

run("generated types", process.execPath, "scripts/types.mjs", "--check");
run("type check", "node_modules/.bin/tsc", "--noEmit", "-p", ".");
run("unit tests", "node_modules/.bin/vitest", "run", "--reporter=dot");

const files = (folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(join(folder, name)).isFile()).sort();
const fresh = mkdtempSync(join(tmpdir(), "masudi-web-"));
try {
  run("build", "node_modules/.bin/vite", "build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn");
  const kept = join(web, "dist");
  const [a, b] = [files(fresh), files(kept)];
  const differ = a.join() !== b.join() || a.some((name) => !readFileSync(join(fresh, name)).equals(readFileSync(join(kept, name))));
  if (differ) { console.error("web/dist is not what web/src builds to: cd web && npm run build"); process.exit(1); }
  const weight = a.filter((name) => !name.endsWith(".txt")).reduce((sum, name) => sum + gzipSync(readFileSync(join(fresh, name)), { level: 9 }).length, 0);
  console.log(`dist is fresh; ${weight.toLocaleString("en")} bytes gzipped, map shapes and fonts included (most: ${MOST_GZIPPED.toLocaleString("en")})`);
  if (weight > MOST_GZIPPED) process.exit(1);
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

const lock = readFileSync(join(web, "package-lock.json"), "utf8");
if (/"resolved"/.test(lock)) { console.error("package-lock.json names a registry: npm install --omit-lockfile-registry-resolved --package-lock-only"); process.exit(1); }
