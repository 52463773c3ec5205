// Writes src/api/types.ts from ../schema/openapi.json: page and server cannot drift apart unseen.
//   node scripts/types.mjs           writes the file
//   node scripts/types.mjs --check   says whether it is up to date
import { readFileSync, writeFileSync } from "node:fs";

const target = new URL("../src/api/types.ts", import.meta.url);
const document = JSON.parse(readFileSync(new URL("../../schema/openapi.json", import.meta.url), "utf8"));

function type(schema) {
  if (schema === undefined || schema === true) return "unknown";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.oneOf) return schema.oneOf.map(type).join(" | ");
  if (Array.isArray(schema.type)) return schema.type.map((name) => type({ ...schema, type: name })).join(" | ");
  switch (schema.type) {
    case "integer": return "number";
    case "array": return `Array<${type(schema.items)}>`;
    case "object": {
      if (!schema.properties) return `Record<string, ${type(typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined)}>`;
      const required = new Set(schema.required ?? []);
      return `{ ${Object.entries(schema.properties).map(([name, value]) => `${name}${required.has(name) ? "" : "?"}: ${type(value)}`).join("; ")} }`;
    }
    case undefined: return "unknown";
    default: return schema.type;
  }
}

const out = ["// Made by web/scripts/types.mjs from schema/openapi.json. Edit that file, not this one.", ""];
for (const [name, schema] of Object.entries(document.components.schemas)) {
  if (schema.description) out.push(`/** ${schema.description.replaceAll("*/", "* /")} */`);
  if (schema.type === "object" && schema.properties) {
    const required = new Set(schema.required ?? []);
    out.push(`export interface ${name} {`);
    for (const [field, value] of Object.entries(schema.properties)) {
      if (value.description) out.push(`  /** ${value.description.replaceAll("*/", "* /")} */`);
      out.push(`  ${field}${required.has(field) ? "" : "?"}: ${type(value)};`);
    }
    out.push("}", "");
  } else {
    out.push(`export type ${name} = ${type(schema)};`, "");
  }
}
const parameters = Object.values(document.components.parameters).map((parameter) => parameter.name);
out.push("/** Every query parameter that the document knows. */", `export type Parameter = ${[...new Set(parameters)].map((name) => JSON.stringify(name)).join(" | ")};`, "");
const text = out.join("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("schema/openapi.json changed: run `node scripts/types.mjs` in web/");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
