// Events in time. A bar is as long as the text is vague about the day; what is dated only by the day of the news is hollow.
import type { EventItem, EventPage, Timeline as Counts } from "../api/types";
import { useApp, useData, useWidth } from "../app/context";
import { dateScale, dayNumber, lanes, sayRange, ticks, type Range } from "../lib/dates";
import { sayEvent } from "../lib/say";
import { filterParams } from "../lib/state";
import { QUADS, QUAD_WORDS, plural, type Quad } from "../lib/words";
import { AsTable, Empty, Link, QuadKey, Show, Twins } from "../ui/parts";
import { UndatedArticles } from "../ui/undated";
import { EventList } from "./events";

const LIMIT = 400;
const ROW = 13;

export function Timeline() {
  const { state } = useApp();
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">When it happened</h1>
        <p class="lead">A mark is a day, a bar a longer time. Hollow marks have no day of their own and stand on the day of the news; faint bars say no more than a month or a year.</p>
        <div class="view-tools"><QuadKey /><AsTable chart="Timeline" /></div>
      </div>
      {state.table ? <EventList /> : <Chart />}
      <Twins kind="events" path={state.table ? "events" : "timeline"} extra={state.table ? {} : { kind: "events" }} />
    </section>
  );
}

/** When an event is drawn: on its own days, or, where the text gives none, on the day it was told. */
export function timeOf(item: EventItem): { time: Range; told: boolean } | null {
  if (item.record.date) return { time: item.record.date, told: item.record.date_basis === "default" };
  return item.article.published ? { time: { begin: item.article.published, end: item.article.published }, told: true } : null;
}

interface Timed { time: Range; told: boolean; item: EventItem }

function Chart() {
  const { state } = useApp();
  const [ref, width] = useWidth<HTMLDivElement>(900);
  const params = filterParams(state, "events");
  params.set("limit", String(LIMIT));
  params.set("sort", "date");
  const page = useData<EventPage>("events.json", params);
  const countParams = filterParams(state, "events");
  countParams.set("kind", "events");
  const counts = useData<Counts>("timeline.json", countParams);
  return (
    <div ref={ref} class="timeline-chart">
      <Show of={page} height="chart">
        {(data) => {
          const dated = data.items.flatMap((item) => { const time = timeOf(item); return time ? [{ ...time, item }] : []; });
          const undated = counts.data?.undated ?? 0;
          if (data.items.length === 0) return <Empty title="No event under these filters." />;
          if (dated.length === 0) return (
            <>
              <Empty title={`None of ${data.total === 1 ? "this 1 event" : `these ${data.total.toLocaleString("en")} events`} has a date.`}><UndatedArticles /><p>Below they stand in the order of their articles.</p></Empty>
              <EventList />
            </>
          );
          return (
            <>
              {counts.data && counts.data.total - undated > dated.length
                ? <><p class="note">These are {(counts.data.total - undated).toLocaleString("en")} events with a date, too many to draw one by one: counts by {counts.data.bucket}. Choose a bar to come closer.</p><Columns data={counts.data} width={width} /></>
                : <Lanes items={dated} width={width} />}
              {undated > 0 && <><p class="muted"><Link to={{ dated: ["no"], table: true, cursor: "" }}>{plural(undated, "event")} without any date</Link> {undated === 1 ? "is" : "are"} not drawn.</p><UndatedArticles /></>}
            </>
          );
        }}
      </Show>
    </div>
  );
}

/** Where there are too many events for marks: how many in each stretch of time, by group; a bar leads into its stretch. */
function Columns({ data, width }: { data: Counts; width: number }) {
  const { go, href } = useApp();
  const height = Math.min(420, Math.max(240, width * 0.32));
  const base = height - 24;
  const first = dayNumber(data.buckets[0]?.begin ?? "1970-01-01");
  const last = dayNumber(data.buckets[data.buckets.length - 1]?.end ?? "1970-01-01") + 1;
  const scale = dateScale(first, last, width - 8);
  const most = Math.max(1, ...data.buckets.map((bucket) => bucket.count));
  return (
    <svg class="timeline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Counts of events by ${data.bucket}; the table holds the events`}>
      {[0.25, 0.5, 0.75, 1].map((share) => <g key={share}><line class="grid" x1={0} x2={width} y1={base - share * (base - 14)} y2={base - share * (base - 14)} /><text class="tick" x={2} y={base - share * (base - 14) - 3}>{Math.round(most * share).toLocaleString("en")}</text></g>)}
      {ticks(scale, 90).map((tick) => <text key={tick.day} class="tick" x={Math.min(width - 44, scale.x(tick.day) + 2)} y={height - 8}>{tick.label}</text>)}
      {data.buckets.filter((bucket) => bucket.count > 0).map((bucket) => {
        const x = scale.x(dayNumber(bucket.begin));
        const w = Math.max(2, scale.x(dayNumber(bucket.end) + 1) - x - 1);
        let y = base;
        const words = `${sayRange(bucket)}: ${bucket.count.toLocaleString("en")} events; ${data.groups.filter((group) => bucket.by[group]).map((group) => `${QUAD_WORDS[group as Quad]?.name.toLowerCase() ?? group} ${bucket.by[group]!.toLocaleString("en")}`).join(", ")}`;
        const change = { from: bucket.begin, to: bucket.end, cursor: "" };
        return (
          <a key={bucket.begin} href={href(change)} aria-label={words} data-tip={words} onClick={(event) => { event.preventDefault(); go(change); }}>
            <rect x={x} y={14} width={w} height={base - 14} class="column-hit" />
            {data.groups.map((group) => {
              const h = ((bucket.by[group] ?? 0) / most) * (base - 14);
              y -= h;
              return h > 0 ? <rect key={group} x={x} y={y} width={w} height={h} class={`fill-${group}`} /> : null;
            })}
          </a>
        );
      })}
      <line class="axis" x1={0} x2={width} y1={base} y2={base} />
    </svg>
  );
}

function Lanes({ items, width }: { items: readonly Timed[]; width: number }) {
  const { state, go, href } = useApp();
  const days = items.flatMap(({ time }) => [dayNumber(time.begin), dayNumber(time.end)]).sort((a, b) => a - b);
  // A single date of long ago would press all others into a corner: the middle 98 % decide, and what lies outside stands at the edge.
  const low = days[Math.floor(days.length * 0.01)]!;
  const high = days[Math.ceil(days.length * 0.99) - 1] ?? days[days.length - 1]!;
  let first = state.from ? dayNumber(state.from) : low;
  let last = (state.to ? dayNumber(state.to) : high) + 1;
  // Old background events among recent news: where most lie within a tenth of the span, the scale keeps to those.
  const q = days[Math.floor(days.length * 0.25)]!;
  if (!state.from && high - q < (high - low) / 10) first = q - Math.max(7, (high - q) / 4);
  const pad = Math.max(2, (last - first) * 0.02);
  first -= pad;
  last += pad;
  const left = width < 600 ? 0 : 170;
  const scale = dateScale(first, last, width - left - 8);
  const clamp = (day: number) => Math.max(first, Math.min(last, day));
  const bands = QUADS.map((quad) => {
    const mine = items.filter((timed) => timed.item.quad === quad);
    const spans = mine.map((item) => ({ from: scale.x(clamp(dayNumber(item.time.begin))), to: Math.max(scale.x(clamp(dayNumber(item.time.end) + 1)), scale.x(clamp(dayNumber(item.time.begin))) + 9) + 3 }));
    const rows = lanes(spans);
    return { quad, mine, spans, rows, height: Math.max(1, Math.max(0, ...rows.map((row) => row + 1))) * ROW + 26 };
  });
  const height = bands.reduce((sum, band) => sum + band.height, 0) + 28;
  let y = 0;
  const earlier = items.filter((item) => dayNumber(item.time.end) < first).length;
  return (
    <>
      <svg class="timeline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Timeline of ${items.length} events; the table holds the same`}>
        {ticks(scale, 90).map((tick) => (
          <g key={tick.day}>
            <line class={tick.major ? "grid major" : "grid"} x1={left + scale.x(tick.day)} x2={left + scale.x(tick.day)} y1={0} y2={height - 24} />
            <text class="tick" x={left + scale.x(tick.day) + 3} y={height - 8}>{tick.label}</text>
          </g>
        ))}
        {bands.map((band) => {
          const top = y;
          y += band.height;
          return (
            <g key={band.quad} role="group" aria-label={QUAD_WORDS[band.quad as Quad].name}>
              <line class="band" x1={0} x2={width} y1={y} y2={y} />
              <text class="band-name" x={left ? 0 : 4} y={top + 17}>{QUAD_WORDS[band.quad as Quad].name}</text>
              <text class="band-count" x={left ? 0 : width - 30} y={top + (left ? 32 : 17)}>{band.mine.length || (left ? "none" : "0")}</text>
              {band.mine.map((item, index) => {
                const span = band.spans[index]!;
                const date = item.time;
                const wide = dayNumber(date.end) - dayNumber(date.begin) > 31;
                const classes = ["time-mark", `q-${band.quad}`, item.told ? "hollow" : "", wide ? "vague" : "", item.item.record.aux.length ? "unreal" : "", item.item.id === state.record ? "chosen" : ""].filter(Boolean).join(" ");
                const words = `${sayRange(date)}: ${sayEvent(item.item.record)}`;
                return (
                  <a key={item.item.id} href={href({ record: item.item.id })} aria-label={words} data-tip={words} onClick={(event) => { event.preventDefault(); go({ record: item.item.id }); }}>
                    <rect class={classes} x={left + span.from} y={top + (left ? 8 : 24) + band.rows[index]! * ROW} width={Math.max(9, span.to - span.from - 3)} height={9} rx={4.5} />
                  </a>
                );
              })}
            </g>
          );
        })}
      </svg>
      {earlier > 0 && <p class="muted">{earlier.toLocaleString("en")} older events stand at the left edge. <Link to={{ table: true, sort: "date" }}>See the table</Link>.</p>}
    </>
  );
}
