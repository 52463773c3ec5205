// Events as a list of plain sentences; also the table twin of timeline, map and network.
import type { EventItem, EventPage } from "../api/types";
import { useApp, useData } from "../app/context";
import { sayDay, sayRange } from "../lib/dates";
import { filterParams, type Kind, type State } from "../lib/state";
import { DATE_BASIS } from "../lib/words";
import { ArticleLine, Confidence, Empty, EventWords, Link, Pager, QuadKey, Reviewed, Show, Twins } from "../ui/parts";

export function When({ item }: { item: EventItem }) {
  const { date, date_basis } = item.record;
  if (!date) return <span class="nobody" data-tip="The text gives no day for it; the article it stands in may have one.">{item.article.published ? `told ${sayDay(item.article.published)}` : "no date"}</span>;
  return <span class={date_basis === "default" ? "when guessed" : "when"} data-tip={date_basis ? DATE_BASIS[date_basis] : undefined}>{sayRange(date)}</span>;
}

function Header({ name, sort, children }: { name: string; sort?: string; children?: string }) {
  const { state } = useApp();
  if (!sort) return <th scope="col">{name}{children}</th>;
  const now = state.sort || "date";
  const direction = now === sort ? "ascending" : now === `-${sort}` ? "descending" : undefined;
  return <th scope="col" aria-sort={direction}><Link to={{ sort: now === sort ? `-${sort}` : sort, cursor: "" }}>{name}{direction === "ascending" ? " ↑" : direction === "descending" ? " ↓" : ""}</Link></th>;
}

export function EventTable({ items }: { items: readonly EventItem[] }) {
  const { state } = useApp();
  return (
    <table class="records">
      <thead><tr><Header name="When" sort="date" /><Header name="What happened" sort="type" /><Header name="Where" /><Header name="In the words of" /><Header name="Sure" sort="confidence" /></tr></thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id} class={[item.id === state.record ? "chosen" : "", item.correction?.decision === "reject" ? "rejected-row" : ""].join(" ").trim() || undefined}>
            <td class="nowrap" data-label="When"><When item={item} /></td>
            <td class="wide">
              <EventWords event={item.record} /> <Reviewed correction={item.correction} />
              <Link to={{ record: item.id }} class="row-open" label={`Open: ${item.sentence.text}`}><span class="quote">{item.sentence.text}</span></Link>
            </td>
            <td data-label="Where">{item.record.place ? <Link to={{ place: [`=${item.record.place.name}`], cursor: "" }}>{item.record.place.name}</Link> : <span class="nobody">unsaid</span>}</td>
            <td data-label="In the words of"><ArticleLine article={item.article} record={item.id} /></td>
            <td data-label="Sure"><Confidence value={item.record.confidence} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function listParams(state: State, kind: Kind, limit = 50): URLSearchParams {
  const params = filterParams(state, kind);
  params.set("limit", String(limit));
  if (state.sort) params.set("sort", state.sort);
  if (state.cursor) params.set("cursor", state.cursor);
  return params;
}

/** A page of events under the filters, as a table. */
export function EventList() {
  const { state } = useApp();
  const page = useData<EventPage>("events.json", listParams(state, "events"));
  return (
    <Show of={page} height="chart">
      {(data) => data.items.length === 0 ? <Empty title="No event under these filters." /> : (
        <>
          <EventTable items={data.items} />
          <Pager total={data.total} next={data.next} shown={data.items.length} of="events" />
        </>
      )}
    </Show>
  );
}

export function Events() {
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">What happened</h1>
        <p class="lead">Each line is one thing that somebody did, as an article tells it. Choose the sentence to see why it is here.</p>
        <QuadKey />
      </div>
      <EventList />
      <Twins kind="events" path="events" />
    </section>
  );
}
