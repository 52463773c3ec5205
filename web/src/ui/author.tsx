// Whoever judges or corrects says who they are; the name is remembered in this browser only.
import { useState } from "preact/hooks";

const KEY = "masudi.author";

export function useAuthor(): [string, (name: string) => void] {
  const [author, setAuthor] = useState(() => { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } });
  return [author, (name) => {
    setAuthor(name);
    try { localStorage.setItem(KEY, name); } catch { /* private window: asked again next time */ }
  }];
}

export function AuthorField({ id, value, onChange }: { id: string; value: string; onChange: (name: string) => void }) {
  return <label class="field" for={id}>Your name <input id={id} type="text" required autocomplete="name" value={value} onInput={(event) => onChange(event.currentTarget.value)} /></label>;
}

/** "2024-05-01T10:00:00Z" -> "2024-05-01 10:00 UTC". */
export function sayMoment(iso: string): string { return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`; }
