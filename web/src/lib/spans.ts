// Words that a person types, found in a sentence, as bytes of the article.
import type { Span } from "./text";

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** The first place of `words` in the sentence that begins at byte `base`; null where they do not stand there. */
export function findSpan(words: string, sentence: string, base: number): Span | null {
  const wanted = words.trim();
  const at = wanted ? sentence.indexOf(wanted) : -1;
  if (at < 0) return null;
  const begin = base + bytes(sentence.slice(0, at));
  return { begin, end: begin + bytes(wanted), text: wanted };
}

/** As the server takes changes: spans as bytes alone, since their words are the article's and not ours to send. */
export function forServer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forServer);
  if (!value || typeof value !== "object") return value;
  const entries = Object.entries(value);
  const span = "begin" in value && "end" in value && typeof value.begin === "number";
  return Object.fromEntries(entries.filter(([name]) => !(span && name === "text")).map(([name, part]) => [name, forServer(part)]));
}
