// Days are ISO strings everywhere; here they become numbers for scales, and words for people. No time zone: a day is a day.

const DAY_MS = 86_400_000;

/** Days since 1970-01-01; NaN for what is not a day. */
export function dayNumber(iso: string): number {
  const match = /^(-?\d{4,})-(\d{2})-(\d{2})$/.exec(iso.slice(0, 10));
  if (!match) return Number.NaN;
  return Math.round(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS);
}

export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export interface Range { begin: string; end: string }

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

export function sayDay(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  if (!year || !month || !day) return iso;
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** "5 March 2024", "March 2024", "2024", "5 to 9 March 2024": as finely as it was said. */
export function sayRange(range: Range | null | undefined): string {
  if (!range || !range.begin) return "no date";
  const { begin, end } = range;
  if (begin === end || !end) return sayDay(begin);
  const [by, bm, bd] = begin.split("-").map(Number) as [number, number, number];
  const [ey, em, ed] = end.split("-").map(Number) as [number, number, number];
  const lastOfMonth = new Date(Date.UTC(ey, em, 0)).getUTCDate();
  if (bd === 1 && ed === lastOfMonth) {
    if (by === ey && bm === em) return `${MONTHS[bm - 1]} ${by}`;
    if (bm === 1 && em === 12) return by === ey ? `${by}` : `${by} to ${ey}`;
  }
  if (by === ey && bm === em) return `${bd} to ${ed} ${MONTHS[bm - 1]} ${by}`;
  if (by === ey) return `${bd} ${MONTHS[bm - 1]} to ${ed} ${MONTHS[em - 1]} ${by}`;
  return `${sayDay(begin)} to ${sayDay(end)}`;
}

/** "in 12 days", "today", "3 years ago". */
export function sayDistance(iso: string, today: string): string {
  const days = dayNumber(iso) - dayNumber(today);
  if (Number.isNaN(days)) return "";
  if (days === 0) return "today";
  const size = Math.abs(days);
  const words = size < 60 ? `${size} ${size === 1 ? "day" : "days"}` : size < 730 ? `${Math.round(size / 30.44)} months` : `${Math.round(size / 365.25)} years`;
  return days > 0 ? `in ${words}` : `${words} ago`;
}

export interface Tick { day: number; label: string; major: boolean }
export interface Scale { begin: number; end: number; width: number; x(day: number): number; day(x: number): number }

export function dateScale(begin: number, end: number, width: number): Scale {
  const span = Math.max(1, end - begin);
  return { begin, end, width, x: (day) => ((day - begin) / span) * width, day: (x) => Math.round(begin + (x / Math.max(1, width)) * span) };
}

/** Ticks at round calendar places, at most about one in 80 pixels. */
export function ticks(scale: Scale, gap = 80): Tick[] {
  const most = Math.max(2, Math.floor(scale.width / gap));
  const span = Math.max(1, scale.end - scale.begin);
  const out: Tick[] = [];
  const date = (day: number) => new Date(day * DAY_MS);
  if (span / most > 180) {
    const years = span / 365.25 / most;
    const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].find((size) => size >= years) ?? 1000;
    for (let year = Math.ceil(date(scale.begin).getUTCFullYear() / step) * step; ; year += step) {
      const day = Date.UTC(year, 0, 1) / DAY_MS;
      if (day > scale.end) break;
      if (day >= scale.begin) out.push({ day, label: String(year), major: true });
    }
  } else if (span / most > 15) {
    const step = [1, 2, 3, 6].find((size) => size * 30.44 >= span / most) ?? 6;
    const first = date(scale.begin);
    for (let index = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; index += 1) {
      if (index % step !== 0) continue;
      const day = Date.UTC(Math.floor(index / 12), index % 12, 1) / DAY_MS;
      if (day > scale.end) break;
      const january = index % 12 === 0;
      if (day >= scale.begin) out.push({ day, label: january || out.length === 0 ? `${MONTHS[index % 12]!.slice(0, 3)} ${Math.floor(index / 12)}` : MONTHS[index % 12]!.slice(0, 3), major: january });
    }
  } else {
    const step = [1, 2, 7, 14].find((size) => size >= span / most) ?? 14;
    for (let day = Math.ceil(scale.begin); day <= scale.end; day += 1) {
      if ((day - Math.ceil(scale.begin)) % step !== 0) continue;
      const at = date(day);
      out.push({ day, label: `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]!.slice(0, 3)}`, major: at.getUTCDate() === 1 });
    }
  }
  return out;
}

/** Puts spans into as few rows as they need so that none touch; gives each its row. Spans come in any order. */
export function lanes(spans: readonly { from: number; to: number }[]): number[] {
  const order = spans.map((_, index) => index).sort((a, b) => spans[a]!.from - spans[b]!.from || spans[a]!.to - spans[b]!.to || a - b);
  const ends: number[] = [];
  const out = new Array<number>(spans.length).fill(0);
  for (const index of order) {
    const span = spans[index]!;
    let row = ends.findIndex((end) => end < span.from);
    if (row < 0) row = ends.length;
    ends[row] = span.to;
    out[index] = row;
  }
  return out;
}

/** The stretch of time that the brush shows: around the days of publication, wide enough for what is chosen. Background of long ago would
 *  press the news of the archive into one bar; the date fields still reach it. */
export function brushWindow(published: { first: string | null; last: string | null }, from: string, to: string): Range | null {
  if (!published.first || !published.last) return null;
  const first = dayNumber(published.first);
  const last = dayNumber(published.last);
  const pad = Math.max(45, Math.round((last - first) * 0.1));
  const chosen = [from, to].filter(Boolean).map(dayNumber);
  return { begin: isoDay(Math.min(first - pad, ...chosen)), end: isoDay(Math.max(last + pad, ...chosen)) };
}
