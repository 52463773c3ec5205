// The board of promises: what is overdue first, then what is due, what waits for a condition, what has no date, what was judged.
import type { Board, CommitmentItem, CommitmentPage } from "../api/types";
import { useApp, useData, useWidth } from "../app/context";
import { dateScale, dayNumber, lanes, sayDay, sayDistance, ticks } from "../lib/dates";
import { entityName, sayCommitment } from "../lib/say";
import { filterParams } from "../lib/state";
import { GLOSSARY, STATUS, VERDICTS, plural } from "../lib/words";
import { ArticleLine, AsTable, Confidence, Empty, Link, Pager, Parties, Reviewed, Show, Term, Twins } from "../ui/parts";
import { Evidence } from "../ui/verdict";
import { listParams } from "./events";

const COLUMNS: Record<string, { name: string; about: string }> = {
  overdue: { name: "Overdue", about: GLOSSARY.overdue! },
  due: { name: "Still in time", about: "It has a last day, and that day has not passed." },
  conditional: { name: STATUS.conditional!.name, about: STATUS.conditional!.about },
  undated: { name: "No date given", about: "The text says no day by which it is to be done." },
};

export function stateWords(state: string): { name: string; about: string } { return COLUMNS[state] ?? VERDICTS[state] ?? STATUS[state] ?? { name: state, about: "" }; }

export function Commitments() {
  const { state, session } = useApp();
  const board = useData<Board>("board.json", filterParams(state, "commitments"));
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">What was promised</h1>
        <p class="lead">Who undertook what, by when, on what condition, and what they left out. “Overdue” is arithmetic for {sayDay(board.data?.today ?? session.today)}; whether a promise was kept is for a person to say, with evidence.</p>
        <div class="view-tools"><AsTable chart="Board" /></div>
      </div>
      {state.table ? <List /> : (
        <Show of={board} height="chart">
          {(data) => data.total === 0 ? <Empty title="No promise under these filters." /> : (
            <>
              <Calendar items={data.columns.flatMap((column) => column.items)} today={data.today} />
              <div class="board">
                {data.columns.filter((column) => column.count > 0).map((column) => {
                  const words = stateWords(column.state);
                  return (
                    <section key={column.state} class={`column state-${column.state}`} aria-labelledby={`column-${column.state}`}>
                      <h2 id={`column-${column.state}`}><Term tip={words.about}>{words.name}</Term> <span class="number muted">{column.count.toLocaleString("en")}</span></h2>
                      {firstTellings(column.items).map(({ item, again }) => <Card key={item.id} item={item} again={again} today={data.today} />)}
                      {column.items.length < column.count && <p><Link to={{ state: [column.state], table: true, cursor: "" }}>All {column.count.toLocaleString("en")}</Link></p>}
                    </section>
                  );
                })}
              </div>
            </>
          )}
        </Show>
      )}
      <Twins kind="commitments" path={state.table ? "commitments" : "board"} />
    </section>
  );
}

function Due({ item, today }: { item: CommitmentItem; today: string }) {
  const { deadline } = item.record;
  if (!deadline) return null;
  return <p class={item.overdue ? "due overdue" : "due"}><span>by {sayDay(deadline.end)}</span> <span class="muted">{sayDistance(deadline.end, today)}</span></p>;
}

/** One card an undertaking: tellings that restate another one of the same column stand on its card. */
export function firstTellings(items: readonly CommitmentItem[]): { item: CommitmentItem; again: CommitmentItem[] }[] {
  const ids = new Set(items.map((item) => item.id));
  const first = (item: CommitmentItem) => (item.record.same_as ? `${item.article.id}:${item.record.same_as}` : "");
  const out = items.filter((item) => !ids.has(first(item))).map((item) => ({ item, again: [] as CommitmentItem[] }));
  const byId = new Map(out.map((entry) => [entry.item.id, entry]));
  for (const item of items) byId.get(first(item))?.again.push(item);
  return out;
}

function Card({ item, again, today }: { item: CommitmentItem; again: readonly CommitmentItem[]; today: string }) {
  const { state } = useApp();
  const { record } = item;
  return (
    <article class={item.id === state.record ? "card chosen" : "card"}>
      <p class="card-who"><Parties entities={record.debtor} none="Somebody not named" />{record.creditor.length > 0 && <span class="muted"> to <Parties entities={record.creditor} /></span>}</p>
      <p class="card-what">{record.polarity === "-" && <b class="not">not to </b>}<Link to={{ record: item.id }} label={`Open: ${sayCommitment(record)}`}><q>{record.consequent.text}</q></Link></p>
      <Due item={item} today={today} />
      {record.antecedent && <p class="condition"><span class="word">only if</span> {record.antecedent.text}</p>}
      {record.excludes.map((span) => <p class="excludes" key={span.begin}><span class="word">leaves out</span> {span.text}</p>)}
      {item.verdict && <p class="card-verdict"><b>{VERDICTS[item.verdict.verdict]?.name ?? item.verdict.verdict}</b>, {item.verdict.author}: <Evidence text={item.verdict.evidence} /></p>}
      <p class="card-from">
        <ArticleLine article={item.article} record={item.id} />
        {item.accounts.length > again.length && <span class="tag" data-tip={GLOSSARY.same_as}>told {item.accounts.length + 1} times</span>}
        <Reviewed correction={item.correction} />
      </p>
      {again.length > 0 && (
        <ul class="retold" aria-label="Told again in the article">
          {again.map((other) => <li key={other.id}>told again: {other.record.debtor.map(entityName).join(" and ") || "somebody"} {other.record.polarity === "-" && "not to "}<Link to={{ record: other.id }}><q>{other.record.consequent.text}</q></Link></li>)}
        </ul>
      )}
    </article>
  );
}

/** When things are due, as marks on a strip with today's line. */
function Calendar({ items, today }: { items: readonly CommitmentItem[]; today: string }) {
  const { go, href, state } = useApp();
  const [ref, width] = useWidth<HTMLDivElement>(900);
  const dated = items.filter((item) => item.record.deadline);
  if (dated.length === 0) return <div ref={ref} />;
  const days = dated.map((item) => dayNumber(item.record.deadline!.end));
  const now = dayNumber(today);
  let first = Math.min(...days);
  let last = Math.max(...days);
  // Today is drawn where it does not press the dates together.
  const near = Math.max(60, (last - first) * 1.5);
  if (now > last && now - last < near) last = now;
  if (now < first && first - now < near) first = now;
  const pad = Math.max(5, (last - first) * 0.04);
  const scale = dateScale(first - pad, last + pad, width - 16);
  const spans = dated.map((item) => { const x = scale.x(dayNumber(item.record.deadline!.end)); return { from: x - 7, to: x + 9 }; });
  const rows = lanes(spans);
  const depth = Math.min(6, Math.max(...rows) + 1);
  const height = depth * 17 + 34;
  const base = height - 20;
  return (
    <div class="calendar" ref={ref}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`Days on which ${plural(dated.length, "promise is", "promises are")} due; the columns below hold the same`}>
        <line class="axis" x1={0} x2={width} y1={base} y2={base} />
        {ticks(scale, 90).map((tick) => <g key={tick.day}><line class="axis" x1={8 + scale.x(tick.day)} x2={8 + scale.x(tick.day)} y1={base} y2={base + 4} /><text class="tick" x={Math.min(width - 50, 8 + scale.x(tick.day) + 3)} y={base + 15}>{tick.label}</text></g>)}
        {now >= first && now <= last && <g class="today"><line x1={8 + scale.x(now)} x2={8 + scale.x(now)} y1={0} y2={base} /><text x={Math.min(width - 40, 8 + scale.x(now) + 4)} y={11}>today</text></g>}
        {dated.map((item, index) => {
          const words = `due ${sayDay(item.record.deadline!.end)}: ${sayCommitment(item.record)}`;
          return (
            <a key={item.id} href={href({ record: item.id })} aria-label={words} data-tip={words} onClick={(event) => { event.preventDefault(); go({ record: item.id }); }}>
              <circle class={`due-mark state-${item.state}${item.id === state.record ? " chosen" : ""}`} cx={8 + spans[index]!.from + 7} cy={base - 10 - Math.min(5, rows[index]!) * 17} r={6} />
            </a>
          );
        })}
      </svg>
    </div>
  );
}

function List() {
  const { state } = useApp();
  const page = useData<CommitmentPage>("commitments.json", listParams(state, "commitments"));
  return (
    <Show of={page} height="chart">
      {(data) => data.items.length === 0 ? <Empty title="No promise under these filters." /> : (
        <>
          <table class="records">
            <thead><tr><th scope="col">Due</th><th scope="col">Promise</th><th scope="col">Condition and exclusions</th><th scope="col">State</th><th scope="col">In the words of</th><th scope="col">Sure</th></tr></thead>
            <tbody>{data.items.map((item) => (
              <tr key={item.id} class={item.id === state.record ? "chosen" : undefined}>
                <td class="nowrap" data-label="Due">{item.record.deadline ? sayDay(item.record.deadline.end) : <span class="nobody">no date</span>}</td>
                <td class="wide">{item.record.debtor.length ? item.record.debtor.map(entityName).join(" and ") : "Somebody not named"}{item.record.polarity === "-" ? " not to " : ": "}<Link to={{ record: item.id }}><q>{item.record.consequent.text}</q></Link> <Reviewed correction={item.correction} /></td>
                <td data-label="But">{item.record.antecedent && <p class="condition"><span class="word">only if</span> {item.record.antecedent.text}</p>}{item.record.excludes.map((span) => <p class="excludes" key={span.begin}><span class="word">leaves out</span> {span.text}</p>)}</td>
                <td data-label="State"><Term tip={stateWords(item.state).about}>{stateWords(item.state).name}</Term></td>
                <td data-label="In the words of"><ArticleLine article={item.article} record={item.id} /></td>
                <td data-label="Sure"><Confidence value={item.record.confidence} /></td>
              </tr>
            ))}</tbody>
          </table>
          <Pager total={data.total} next={data.next} shown={data.items.length} of="promises" />
        </>
      )}
    </Show>
  );
}
