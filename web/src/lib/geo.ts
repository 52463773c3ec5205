// Marks on the map. A filled mark says "here"; whatever is less exact is drawn open, and a whole country is an area, never a pin.
import type { MapPlace } from "../api/types";

export type MarkShape = "filled" | "hollow" | "area" | "none";

export function markShape(place: Pick<MapPlace, "lat" | "lon" | "precision" | "kind" | "country">): MarkShape {
  const pointed = place.lat !== null && place.lon !== null;
  if (place.precision === "exact" && pointed) return "filled";
  if ((place.precision === "area" || place.precision === "near") && pointed && place.kind !== "country") return "hollow";
  if (place.kind === "country" && place.country) return "area";
  return "none";
}

/** Area grows with the count; where even the most is little, marks stay small. */
export function radius(count: number, most: number): number {
  const largest = Math.min(20, 5 + 2.5 * Math.sqrt(most));
  return 4 + (largest - 4) * Math.sqrt(count / Math.max(1, most));
}

/** The arcs of a pie as [key, start, end] in turns from 0 to 1. */
export function shares(by: Readonly<Record<string, number>>, order: readonly string[]): [string, number, number][] {
  const total = order.reduce((sum, key) => sum + (by[key] ?? 0), 0);
  let at = 0;
  const out: [string, number, number][] = [];
  for (const key of order) {
    const share = total ? (by[key] ?? 0) / total : 0;
    if (share > 0) out.push([key, at, at + share]);
    at += share;
  }
  return out;
}

/** A slice between two radii, as an SVG path round the origin. */
export function slice(inner: number, outer: number, begin: number, end: number): string {
  const full = end - begin > 0.9999;
  const point = (radius: number, turn: number) => `${(radius * Math.sin(turn * 2 * Math.PI)).toFixed(2)},${(-radius * Math.cos(turn * 2 * Math.PI)).toFixed(2)}`;
  if (full) {
    const ring = (radius: number) => `M${point(radius, 0)}A${radius},${radius} 0 1 1 ${point(radius, 0.5)}A${radius},${radius} 0 1 1 ${point(radius, 0)}Z`;
    return inner > 0 ? ring(outer) + ring(inner) : ring(outer);
  }
  const large = end - begin > 0.5 ? 1 : 0;
  if (inner <= 0) return `M0,0L${point(outer, begin)}A${outer},${outer} 0 ${large} 1 ${point(outer, end)}Z`;
  return `M${point(outer, begin)}A${outer},${outer} 0 ${large} 1 ${point(outer, end)}L${point(inner, end)}A${inner},${inner} 0 ${large} 0 ${point(inner, begin)}Z`;
}

/** Which of the marks can have their name beside them without writing over another name or mark; given in order of importance. */
export function labelled(marks: readonly { x: number; y: number; r: number; name: string }[]): boolean[] {
  const taken: { left: number; right: number; top: number; bottom: number }[] = [];
  return marks.map(({ x, y, r, name }, index) => {
    const box = { left: x + r + 2, right: x + r + 8 + name.length * 6.8, top: y - 8, bottom: y + 8 };
    const over = (other: typeof box) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
    const under = (other: (typeof marks)[number]) => box.left < other.x && box.right > other.x && box.top < other.y && box.bottom > other.y;
    if (taken.some(over) || marks.some((other, at) => at !== index && under(other))) return false;
    taken.push(box);
    return true;
  });
}
