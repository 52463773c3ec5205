// The time brush: how much there is in each stretch of time; drag over it to keep only that stretch. The two date fields beside it do
// the same by keyboard.
import { useRef, useState } from "preact/hooks";
import type { Timeline } from "../api/types";
import { dateScale, dayNumber, isoDay, sayRange, ticks, type Range } from "../lib/dates";
import { Show } from "../ui/parts";
import { useApp, useWidth, type Loaded } from "./context";

const HEIGHT = 64;
const FOOT = 16;

export function Brush({ timeline, around }: { timeline: Loaded<Timeline>; around: Range | null }) {
  const [ref, width] = useWidth<HTMLDivElement>(240);
  return (
    <div class="brush" ref={ref}>
      <Show of={timeline} height="line">{(data) => <Strip data={data} width={width} around={around} />}</Show>
    </div>
  );
}

function Strip({ data, width, around }: { data: Timeline; width: number; around: Range | null }) {
  const { state, go } = useApp();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  if (data.buckets.length === 0) return <p class="muted brush-none">{data.undated > 0 ? "Nothing here has a date." : "Nothing to show in time."}</p>;
  const first = dayNumber(around?.begin ?? data.buckets[0]!.begin);
  const last = dayNumber(around?.end ?? data.buckets[data.buckets.length - 1]!.end) + 1;
  const scale = dateScale(first, last, width);
  const most = Math.max(1, ...data.buckets.map((bucket) => bucket.count));
  const at = (event: PointerEvent) => {
    const box = svg.current!.getBoundingClientRect();
    return Math.max(first, Math.min(last - 1, scale.day(event.clientX - box.left)));
  };
  const chosen = drag ?? (state.from || state.to ? { from: state.from ? dayNumber(state.from) : first, to: state.to ? dayNumber(state.to) : last - 1 } : null);
  const low = chosen ? Math.min(chosen.from, chosen.to) : first;
  const high = chosen ? Math.max(chosen.from, chosen.to) + 1 : last;
  return (
    <svg
      ref={svg}
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={`Counts by ${data.bucket}, from ${sayRange({ begin: isoDay(first), end: isoDay(last - 1) })}; the date fields below choose a stretch`}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); const day = at(event); setDrag({ from: day, to: day }); }}
      onPointerMove={(event) => { if (drag) setDrag({ ...drag, to: at(event) }); }}
      onPointerUp={() => {
        if (!drag) return;
        setDrag(null);
        // A click without a drag takes the choice away.
        if (drag.from === drag.to) go({ from: "", to: "", cursor: "" });
        else go({ from: isoDay(Math.min(drag.from, drag.to)), to: isoDay(Math.max(drag.from, drag.to)), cursor: "" });
      }}
    >
      {data.buckets.map((bucket) => {
        const x = Math.max(0, scale.x(dayNumber(bucket.begin)));
        const w = Math.max(1.5, Math.min(width, scale.x(dayNumber(bucket.end) + 1)) - x - 0.5);
        let y = HEIGHT - FOOT;
        return data.groups.map((group) => {
          const count = bucket.by[group] ?? 0;
          const h = (count / most) * (HEIGHT - FOOT - 4);
          y -= h;
          return count > 0 ? <rect key={`${bucket.begin} ${group}`} x={x} y={y} width={w} height={h} class={`fill-${group}`} /> : null;
        });
      })}
      {chosen && (
        <>
          <rect class="brush-off" x={0} y={0} width={Math.max(0, scale.x(low))} height={HEIGHT - FOOT} />
          <rect class="brush-off" x={scale.x(high)} y={0} width={Math.max(0, width - scale.x(high))} height={HEIGHT - FOOT} />
          <rect class="brush-on" x={scale.x(low)} y={0.5} width={Math.max(2, scale.x(high) - scale.x(low))} height={HEIGHT - FOOT - 0.5} />
        </>
      )}
      <line class="axis" x1={0} x2={width} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      {ticks(scale, 64).map((tick) => <text key={tick.day} class="tick" x={Math.min(width - 24, Math.max(0, scale.x(tick.day)))} y={HEIGHT - 4}>{tick.label}</text>)}
    </svg>
  );
}
