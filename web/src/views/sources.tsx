// Who says so: the sources with how they speak, and below what they say.
import type { Facets, Sources as SourceList, StatementPage } from "../api/types";
import { useApp, useData } from "../app/context";
import { sayDay } from "../lib/dates";
import { affiliation } from "../lib/say";
import { filterParams, toggled } from "../lib/state";
import { ANONYMITY, CERTAINTY, SECTORS, STANCE, plural } from "../lib/words";
import { ArticleLine, Confidence, Empty, Link, Pager, Party, Reviewed, Shares, Show, Twins } from "../ui/parts";
import { listParams } from "./events";

/** What a line of the table stands for: the filter that its name is a value of. */
type By = "source" | "via" | "outlet";
const GROUPS: readonly { by: By; name: string; heading: string }[] = [
  { by: "source", name: "Whoever says it", heading: "Source" },
  { by: "via", name: "The outlet it came through", heading: "Through" },
  { by: "outlet", name: "Where it was published", heading: "Published in" },
];

export function Sources() {
  const { state } = useApp();
  const by: By = state.by === "via" || state.by === "outlet" ? state.by : "source";
  const params = filterParams(state, "statements");
  params.set("limit", "60");
  if (by !== "source") params.set("by", by);
  const sources = useData<SourceList>("sources.json", params);
  const shareParams = filterParams(state, "statements");
  shareParams.set("kind", "statements");
  shareParams.set("facets", "anonymity");
  const named = useData<Facets>("facets.json", shareParams);
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Who says so</h1>
        <p class="lead">Every claim has somebody behind it, named or not. Choose a source to see its words; the filters tell named from unnamed, denying from promising, certain from possible.</p>
        <div class="view-tools">
          <div class="switch" role="group" aria-label="A line stands for">
            {GROUPS.map((group) => <Link key={group.by} to={{ by: group.by === "source" ? "" : group.by, cursor: "" }} current={group.by === by} class="switch-item">{group.name}</Link>)}
          </div>
        </div>
      </div>
      <Show of={named} height="line">{(data) => <NamedShares by={Object.fromEntries((data.facets[0]?.values ?? []).map((value) => [value.value, value.count]))} />}</Show>
      <Show of={sources} height="chart">{(data) => data.items.length > 0 ? <SourceTable data={data} /> : data.total > 0 && by !== "source"
        ? <Empty title={by === "via" ? "None of these statements came through another outlet." : "None of these articles names its outlet."}><p><Link to={{ by: "", cursor: "" }}>Group them by whoever says it</Link>.</p></Empty>
        : <Empty title="No statement under these filters." />}</Show>
      <h2>{state.source.length ? `What ${state.source.map((one) => one.replace(/^=/, "")).join(" and ")} said` : state.via.length ? `What came through ${state.via.map((one) => one.replace(/^=/, "")).join(" and ")}` : "What they say"}</h2>
      <Statements />
      <Twins kind="statements" path="sources" extra={by === "source" ? {} : { by }} /><Twins kind="statements" path="statements" />
    </section>
  );
}

function counts(by: Record<string, number>, words: Record<string, string>): string {
  return Object.entries(by).sort((a, b) => b[1] - a[1]).map(([key, count]) => `${words[key] ?? key} ${count}`).join(", ");
}

function names(by: Record<string, number>): string {
  const entries = Object.entries(by).sort((a, b) => b[1] - a[1]);
  return `${entries.slice(0, 3).map(([name, count]) => `${name || "outlet unknown"} ${count}`).join(", ")}${entries.length > 3 ? ` and ${entries.length - 3} more` : ""}`;
}

function SourceTable({ data }: { data: SourceList }) {
  const { state } = useApp();
  const by = data.by;
  const kinds = Object.fromEntries(Object.entries(ANONYMITY).map(([key, words]) => [key, words.name]));
  const through = by !== "via" && data.items.some((row) => Object.keys(row.vias).length > 0);
  return (
    <>
      <table class="records sources">
        <thead><tr><th scope="col">{GROUPS.find((group) => group.by === by)!.heading}</th><th scope="col" class="num">Statements</th><th scope="col">Named or not</th><th scope="col">How</th><th scope="col">How sure</th>{through && <th scope="col">Through</th>}{by !== "outlet" && <th scope="col">Published in</th>}<th scope="col">When</th></tr></thead>
        <tbody>{data.items.map((row) => {
          const on = state[by].includes(row.source);
          return (
            <tr key={row.source} class={on ? "chosen" : undefined}>
              <td class="wide"><Link to={{ [by]: toggled(state[by], row.source), cursor: "" }}>{row.label}</Link> <span class="muted">{affiliation(row, SECTORS)}</span></td>
              <td class="num" data-label="Statements">{row.count.toLocaleString("en")}</td>
              <td data-label="Named or not">{Object.keys(row.anonymity).length === 1 ? (kinds[Object.keys(row.anonymity)[0]!] ?? "") : counts(row.anonymity, kinds)}</td>
              <td data-label="How">{counts(row.stance, STANCE)}</td>
              <td data-label="How sure">{counts(row.certainty, CERTAINTY)}</td>
              {through && <td data-label="Through">{Object.keys(row.vias).length === 0 ? <span class="nobody">directly</span> : names(row.vias)}</td>}
              {by !== "outlet" && <td data-label="Published in">{Object.keys(row.outlets).length === 0 ? <span class="nobody">outlet unknown</span> : names(row.outlets)}</td>}
              <td class="nowrap" data-label="When">{row.first ? (row.first === row.last || !row.last ? sayDay(row.first) : `${row.first} to ${row.last}`) : <span class="nobody">not dated</span>}</td>
            </tr>
          );
        })}</tbody>
      </table>
      <p class="muted">{data.items.length < data.sources ? `The ${data.items.length} that speak most, of ${plural(data.sources, by === "source" ? "source" : "outlet")}.` : `${plural(data.sources, by === "source" ? "source" : "outlet")}, ${plural(data.items.reduce((sum, row) => sum + row.count, 0), "statement")}${by === "source" ? "" : ` of ${data.total.toLocaleString("en")}`}.`}</p>
    </>
  );
}

function Statements() {
  const { state } = useApp();
  const page = useData<StatementPage>("statements.json", listParams(state, "statements", 40));
  return (
    <Show of={page} height="chart">
      {(data) => data.items.length === 0 ? <Empty title="No statement under these filters." /> : (
        <>
          <ul class="statements">
            {data.items.map((item) => (
              <li key={item.id} class={`statement a-${item.record.anonymity}${item.id === state.record ? " chosen" : ""}`}>
                <p class="said"><Link to={{ record: item.id }} label={`Open: ${item.record.content.map((span) => span.text).join(" … ")}`}><q class={item.record.kind}>{item.record.content.map((span) => span.text).join(" … ")}</q></Link></p>
                <p class="by"><Party entity={item.record.source} filter="source" /> <span class="muted">{ANONYMITY[item.record.anonymity]?.name ?? item.record.anonymity}; {STANCE[item.record.stance] ?? item.record.stance}{item.record.certainty !== "stated" && `, ${CERTAINTY[item.record.certainty] ?? item.record.certainty}`}{item.record.via && `; through ${item.record.via.text}`}</span> <Reviewed correction={item.correction} /></p>
                <p class="by"><ArticleLine article={item.article} record={item.id} /> <Confidence value={item.record.confidence} /></p>
              </li>
            ))}
          </ul>
          <Pager total={data.total} next={data.next} shown={data.items.length} of="statements" />
        </>
      )}
    </Show>
  );
}

export function NamedShares({ by }: { by: Record<string, number> }) {
  return <Shares label="Named or not" parts={Object.entries(ANONYMITY).map(([key, words]) => ({ key, name: words.name, count: by[key] ?? 0, class: `anon-${key}`, to: { view: "sources", anonymity: [key], cursor: "" } }))} />;
}
