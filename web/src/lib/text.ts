// Records point at bytes of the article's UTF-8 text; the browser counts UTF-16 units. Here one becomes the other, and marks that
// overlap become a row of pieces that do not.

export interface Span { begin: number; end: number; text: string }

/** Byte offset -> UTF-16 offset, for every offset that starts a character; others round down to the character they are in. */
export function byteOffsets(text: string): (byte: number) => number {
  let ascii = true;
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 127) { ascii = false; break; }
  if (ascii) return (byte) => Math.max(0, Math.min(text.length, byte));
  const starts: number[] = [];
  const units: number[] = [];
  let byte = 0;
  for (let unit = 0; unit < text.length; ) {
    starts.push(byte);
    units.push(unit);
    const code = text.codePointAt(unit)!;
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    unit += code > 0xffff ? 2 : 1;
  }
  starts.push(byte);
  units.push(text.length);
  return (wanted) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= wanted) low = middle; else high = middle - 1;
    }
    return units[low]!;
  };
}

export interface Mark { begin: number; end: number; kind: string; id: string; part: string }
export interface Piece { begin: number; end: number; text: string; marks: Mark[] }

/** Cuts the text wherever a mark begins or ends. Marks of a piece come outermost (longest) first. */
export function pieces(text: string, marks: readonly Mark[], from = 0, to = text.length): Piece[] {
  const inside = marks.filter((mark) => mark.begin < to && mark.end > from && mark.begin < mark.end);
  const cuts = new Set<number>([from, to]);
  for (const mark of inside) {
    if (mark.begin > from) cuts.add(mark.begin);
    if (mark.end < to) cuts.add(mark.end);
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const out: Piece[] = [];
  for (let index = 0; index + 1 < sorted.length; index += 1) {
    const begin = sorted[index]!;
    const end = sorted[index + 1]!;
    const over = inside.filter((mark) => mark.begin <= begin && mark.end >= end).sort((a, b) => b.end - b.begin - (a.end - a.begin));
    out.push({ begin, end, text: text.slice(begin, end), marks: over });
  }
  return out;
}

/** Paragraphs as [begin, end) of the text: what stands between line breaks, blank ones left out. */
export function paragraphs(text: string): { begin: number; end: number }[] {
  const out: { begin: number; end: number }[] = [];
  const pattern = /[^\n]+/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0].trim()) out.push({ begin: match.index, end: match.index + match[0].length });
  }
  return out;
}
