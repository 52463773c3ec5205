// A dependency parse as arcs over a line of words: how high each arc goes so that no two cross without need.

export interface Word { id: number; form: string; upos: string; head: number; deprel: string }
export interface Arc { from: number; to: number; label: string; level: number }

/** Arcs between word indexes (0-based); the root's arc is left out. Level 1 is the lowest. */
export function arcs(words: readonly Word[]): Arc[] {
  const index = new Map(words.map((word, at) => [word.id, at]));
  const out: Arc[] = [];
  words.forEach((word, at) => {
    const head = index.get(word.head);
    if (head !== undefined && head !== at) out.push({ from: head, to: at, label: word.deprel, level: 1 });
  });
  const width = (arc: Arc) => Math.abs(arc.from - arc.to);
  const low = (arc: Arc) => Math.min(arc.from, arc.to);
  const high = (arc: Arc) => Math.max(arc.from, arc.to);
  out.sort((a, b) => width(a) - width(b) || low(a) - low(b));
  out.forEach((arc, at) => {
    let level = 1;
    for (let before = 0; before < at; before += 1) {
      const other = out[before]!;
      if (low(other) < high(arc) && high(other) > low(arc)) level = Math.max(level, other.level + 1);
    }
    arc.level = level;
  });
  return out;
}

/** The words on the paths that matter, for a sentence too long to draw: kept words, their heads up to the root, and direct dependents of kept words. */
export function around<W extends Word>(words: readonly W[], kept: ReadonlySet<number>): W[] {
  const byId = new Map(words.map((word) => [word.id, word]));
  const chosen = new Set<number>();
  for (const id of kept) {
    for (let word = byId.get(id), steps = 0; word && steps <= words.length; word = byId.get(word.head), steps += 1) chosen.add(word.id);
  }
  for (const word of words) if (kept.has(word.head)) chosen.add(word.id);
  return words.filter((word) => chosen.has(word.id));
}
