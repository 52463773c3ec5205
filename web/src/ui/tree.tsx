// The parse of a sentence as arcs over its words, and the same as a list for whoever cannot see it.
import type { Word } from "../api/types";
import { arcs, around } from "../lib/tree";

const DEPREL: Record<string, string> = {
  nsubj: "subject", "nsubj:pass": "subject (passive)", obj: "object", iobj: "indirect object", obl: "adjunct", "obl:agent": "agent", "obl:unmarked": "adjunct", nmod: "of, in …", "nmod:poss": "possessor", amod: "adjective",
  advmod: "adverb", ccomp: "clause", xcomp: "infinitive", advcl: "adverbial clause", acl: "clause of a noun", "acl:relcl": "relative clause", conj: "joined", cc: "and, or", case: "preposition",
  mark: "conjunction", aux: "auxiliary", "aux:pass": "passive auxiliary", cop: "to be", det: "article", punct: "punctuation", appos: "apposition", compound: "compound", flat: "name", parataxis: "beside", root: "root", nummod: "number",
};

const GAP = 18;

export function Tree({ words, matched, marked }: { words: readonly Word[]; matched: ReadonlySet<number>; marked: ReadonlySet<number> }) {
  const kept = new Set([...matched, ...marked]);
  const shown = words.length > 14 && kept.size > 0 ? around(words.filter((word) => word.deprel !== "punct"), kept) : words.filter((word) => word.deprel !== "punct");
  const lines = arcs(shown);
  const top = Math.max(1, ...lines.map((arc) => arc.level)) * GAP + 16;
  let x = 12;
  const at = shown.map((word) => {
    const width = Math.max(word.form.length, word.deprel.length * 0.75) * 8.2 + 18;
    const middle = x + width / 2;
    x += width;
    return middle;
  });
  const width = x + 12;
  const height = top + 44;
  return (
    <figure class="tree">
      <div class="scroll-x" tabIndex={0} role="group" aria-label="Parse of the sentence, scrolls sideways">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label="Parse drawn as arcs; the list below says the same">
          {lines.map((arc) => {
            const from = at[arc.from]!;
            const to = at[arc.to]!;
            const y = top - arc.level * GAP;
            const side = to > from ? 5 : -5;
            const bend = Math.min(10, Math.abs(to - from) / 3) * (to > from ? 1 : -1);
            const strong = matched.has(shown[arc.from]!.id) && matched.has(shown[arc.to]!.id);
            return (
              <g key={`${arc.from}-${arc.to}`} class={strong ? "arc strong" : "arc"}>
                <path d={`M${from + side},${top} V${y + 8} Q${from + side},${y} ${from + side + bend},${y} H${to - bend} Q${to},${y} ${to},${y + 8} V${top - 3}`} />
                <path class="head" d={`M${to - 3.5},${top - 6} L${to},${top} L${to + 3.5},${top - 6} Z`} />
                <text x={(from + side + to) / 2} y={y - 3}>{arc.label}</text>
              </g>
            );
          })}
          {shown.map((word, index) => (
            <g key={word.id} class={matched.has(word.id) ? "word matched" : marked.has(word.id) ? "word marked" : "word"}>
              <text class="form" x={at[index]} y={top + 16}>{word.form}</text>
              <text class="upos" x={at[index]} y={top + 31}>{word.upos.toLowerCase()}</text>
            </g>
          ))}
        </svg>
      </div>
      {shown.length < words.length && <figcaption class="muted">Shown are the {shown.length} words around the match, of {words.length}.</figcaption>}
      <details>
        <summary>The same as a list</summary>
        <ul class="tree-list">
          {shown.map((word) => {
            const head = words.find((other) => other.id === word.head);
            return <li key={word.id}><b>{word.form}</b> ({word.lemma}, {word.upos.toLowerCase()}): {head ? <>{DEPREL[word.deprel] ?? word.deprel} of <b>{head.form}</b></> : "root of the sentence"} <code class="code">{word.deprel}</code></li>;
          })}
        </ul>
      </details>
    </figure>
  );
}
