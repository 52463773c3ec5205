// Text with its marks. Everything goes in as text nodes: an article may hold any markup it likes.
import { byteOffsets, pieces, type Mark } from "../lib/text";

export interface ByteMark { begin: number; end: number; kind: string; id: string; part: string }

/** Moves marks given in bytes of the whole article into UTF-16 units of a passage that begins at byte `base`. */
export function localMarks(text: string, base: number, marks: readonly ByteMark[]): Mark[] {
  const at = byteOffsets(text);
  const bytes = new TextEncoder().encode(text).length;
  return marks
    .filter((mark) => mark.end > base && mark.begin < base + bytes)
    .map((mark) => ({ ...mark, begin: at(Math.max(0, mark.begin - base)), end: at(Math.min(bytes, mark.end - base)) }));
}

const PART_WORDS: Record<string, string> = {
  anchor: "the word that tells it", actor: "who acts", recipient: "to whom", place: "where", source: "who says it", cue: "the word that attributes it", content: "what is said",
  debtor: "who owes it", creditor: "to whom", consequent: "what", antecedent: "the condition", excludes: "what is left out", deadline: "by when", deadline_words: "by when", via: "through whom", date: "when", time: "when", title: "what names it", party: "who is bound",
};

/** A sentence of a record, with the record's parts marked. */
export function MarkedSentence({ text, base, marks }: { text: string; base: number; marks: readonly ByteMark[] }) {
  return (
    <blockquote class="sentence">
      {pieces(text, localMarks(text, base, marks)).map((piece) => {
        if (piece.marks.length === 0) return piece.text;
        const part = piece.marks[piece.marks.length - 1]!.part;
        return <mark key={piece.begin} class={piece.marks.map((mark) => `part-${mark.part}`).join(" ")} data-tip={PART_WORDS[part] ?? part}>{piece.text}</mark>;
      })}
    </blockquote>
  );
}
