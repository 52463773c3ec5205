import { readFileSync, readdirSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The licences of what is bundled, beside the bundle: licences.txt. */
function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      const root = new URL("./", import.meta.url);
      const own = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { dependencies: Record<string, string> };
      const direct = Object.keys(own.dependencies);
      // Only these bring code of others with them into the bundle.
      const through = ["d3-array", "d3-dispatch", "d3-quadtree", "d3-timer", "internmap"];
      const texts = [...direct, ...through].sort().map((name) => {
        const folder = new URL(`node_modules/${name}/`, root);
        const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as { version: string; license: string };
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
        const text = file ? readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n").trim() : `Licence: ${license}`;
        return `${name} ${version} (${license})\n\n${text}\n`;
      });
      texts.push("The map's shapes are those of Natural Earth (public domain), as world-atlas packs them.\n");
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join(`\n${"-".repeat(80)}\n\n`) });
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [licences()],
  build: {
    outDir: "dist",
    target: "es2022",
    // The policy forbids inline data in scripts and styles, and a data: URL is one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
