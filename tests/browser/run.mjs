// Runs the browser tests, or says why it cannot (exit status 77).
import { spawnSync } from "node:child_process";
import { missing } from "./harness.mjs";

const why = missing();
if (why) { console.log(`skipped: ${why}`); process.exit(77); }
const args = ["--test", "--test-reporter=spec", ...process.argv.slice(2), new URL("page.test.mjs", import.meta.url).pathname];
process.exit(spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1);
