// Who says so: the sources with how they speak, and below what they say.
import type { Sources as SourceList, StatementPage } from "../api/types";
import { useApp, useData } from "../app/context";
import { sayDay } from "../lib/dates";
import { affiliation } from "../lib/say";
import { filterParams, toggled } from "../lib/state";
import { ANONYMITY, CERTAINTY, SECTORS, STANCE, plural } from "../lib/words";
import { ArticleLine, Confidence, Empty, Link, Pager, Party, Reviewed, Shares, Show, Twins } from "../ui/parts";
import { listParams } from "./events";

export function Sources() {
  const { state } = useApp();
  const params = filterParams(state, "statements");
  params.set("limit", "60");
  const sources = useData<SourceList>("sources.json", params);
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Who says so</h1>
        <p class="lead">Every claim has somebody behind it, named or not. Choose a source to see its words; the filters tell named from unnamed, denying from promising, certain from possible.</p>
      </div>
      <Show of={sources} height="chart">{(data) => data.items.length === 0 ? <Empty title="No statement under these filters." /> : <SourceTable data={data} />}</Show>
      <h2>{state.source.length ? `What ${state.source.map((one) => one.replace(/^=/, "")).join(" and ")} said` : "What they say"}</h2>
      <Statements />
      <Twins kind="statements" path="sources" /><Twins kind="statements" path="statements" />
    </section>
  );
}

function counts(by: Record<string, number>, words: Record<string, string>): string {
  return Object.entries(by).sort((a, b) => b[1] - a[1]).map(([key, count]) => `${words[key] ?? key} ${count}`).join(", ");
}

function SourceTable({ data }: { data: SourceList }) {
  const { state } = useApp();
  const names = Object.fromEntries(Object.entries(ANONYMITY).map(([key, words]) => [key, words.name]));
  return (
    <>
      <table class="records sources">
        <thead><tr><th scope="col">Source</th><th scope="col" class="num">Statements</th><th scope="col">Named or not</th><th scope="col">How</th><th scope="col">How sure</th><th scope="col">Published in</th><th scope="col">When</th></tr></thead>
        <tbody>{data.items.map((row) => {
          const on = state.source.includes(row.source);
          const outlets = Object.entries(row.outlets).sort((a, b) => b[1] - a[1]);
          return (
            <tr key={row.source} class={on ? "chosen" : undefined}>
              <td class="wide"><Link to={{ source: toggled(state.source, row.source), cursor: "" }}>{row.label}</Link> <span class="muted">{affiliation(row, SECTORS)}</span></td>
              <td class="num" data-label="Statements">{row.count.toLocaleString("en")}</td>
              <td data-label="Named or not">{Object.keys(row.anonymity).length === 1 ? (names[Object.keys(row.anonymity)[0]!] ?? "") : counts(row.anonymity, names)}</td>
              <td data-label="How">{counts(row.stance, STANCE)}</td>
              <td data-label="How sure">{counts(row.certainty, CERTAINTY)}</td>
              <td data-label="Published in">{outlets.length === 0 ? <span class="nobody">outlet unknown</span> : `${outlets.slice(0, 3).map(([name, count]) => `${name || "outlet unknown"} ${count}`).join(", ")}${outlets.length > 3 ? ` and ${outlets.length - 3} more` : ""}`}</td>
              <td class="nowrap" data-label="When">{row.first ? (row.first === row.last || !row.last ? sayDay(row.first) : `${row.first} to ${row.last}`) : <span class="nobody">not dated</span>}</td>
            </tr>
          );
        })}</tbody>
      </table>
      <p class="muted">{data.items.length < data.sources ? `The ${data.items.length} that speak most, of ${plural(data.sources, "source")}.` : `${plural(data.sources, "source")}, ${plural(data.total, "statement")}.`}</p>
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
