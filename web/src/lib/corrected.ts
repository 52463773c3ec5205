// What people changed, laid over what the machine read, for showing. The server gives both and never mixes them.

const text = (bytes: Uint8Array, begin: number, end: number) => new TextDecoder().decode(bytes.slice(begin, end));

/** Changes hold spans as bytes alone; here their words come back from the passage that begins at byte `base`. */
function withWords(value: unknown, passage: Uint8Array, base: number): unknown {
  if (Array.isArray(value)) return value.map((one) => withWords(one, passage, base));
  if (!value || typeof value !== "object") return value;
  const out: Record<string, unknown> = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withWords(part, passage, base)]));
  if (typeof out.begin === "number" && typeof out.end === "number" && out.text === undefined) {
    const inside = out.begin >= base && out.end <= base + passage.length;
    out.text = inside ? text(passage, out.begin - base, out.end - base) : "…";
  }
  return out;
}

/** The record with the changes in place of the machine's values. */
export function corrected<T extends object>(record: T, changes: Readonly<Record<string, unknown>>, passage: string, base: number): T {
  return { ...record, ...(withWords(changes, new TextEncoder().encode(passage), base) as Partial<T>) };
}

interface Layered { record: object; machine?: object; sentence: { text: string; begin: number }; correction: { decision: string; changes: Record<string, unknown> } | null }

function isLayered(value: object): value is Layered { return "record" in value && "sentence" in value && "correction" in value && typeof value.record === "object"; }

/** Lays the changes over every record of an answer; the machine's own stays beside it as `machine`. */
export function layer<T>(answer: T): T {
  if (Array.isArray(answer)) return answer.map((one) => layer(one) as unknown) as T;
  if (!answer || typeof answer !== "object") return answer;
  if (isLayered(answer)) {
    const { correction, record, sentence } = answer;
    return correction?.decision === "change" ? { ...answer, machine: record, record: corrected(record, correction.changes ?? {}, sentence.text, sentence.begin) } : answer;
  }
  for (const name of ["items", "columns", "item"] as const) {
    const held = (answer as Record<string, unknown>)[name];
    if (held) (answer as Record<string, unknown>)[name] = layer(held);
  }
  return answer;
}
