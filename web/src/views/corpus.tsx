// What was read, what could not be and why, by which program; and what people corrected, to take along.
import { link } from "../api/client";
import type { ArticlePage, Corpus as CorpusFacts, Corrections, Rejects, Runs } from "../api/types";
import { useApp, useData } from "../app/context";
import { sayDay } from "../lib/dates";
import { shortPlace } from "../lib/say";
import { plural, sayDecision } from "../lib/words";
import { sayMoment } from "../ui/author";
import { Code, Empty, Link, Pager, Show, Term, Twins } from "../ui/parts";
import { listParams } from "./events";

export function Corpus() {
  const corpus = useData<CorpusFacts>("corpus.json");
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">What was read</h1>
        <Show of={corpus} height="line">
          {(data) => <p class="lead">{plural(data.articles, "article")} with {plural(data.sentences, "sentence")}{data.outlets.length > 1 ? `, from ${plural(data.outlets.filter((one) => one.outlet).length, "outlet")}` : ""}. {data.rejects === 0 ? "Nothing was refused." : `${plural(data.rejects, "piece")} of input could not be read.`}{data.superseded > 0 && ` ${plural(data.superseded, "earlier reading")} replaced by newer ones are kept.`}</p>}
        </Show>
      </div>
      <h2>Articles</h2>
      <ArticleTable />
      <h2><Term word="reject">What could not be read</Term></h2>
      <RejectTable />
      <h2><Term word="run">Runs</Term></h2>
      <RunTable />
      <h2>Corrections by people</h2>
      <CorrectionTable />
      <Twins kind="articles" path="articles" /><Twins path="corpus" />
    </section>
  );
}

export function ArticleTable() {
  const { state } = useApp();
  const page = useData<ArticlePage>("articles.json", listParams(state, "articles"));
  return (
    <Show of={page} height="chart">
      {(data) => data.items.length === 0 ? <Empty title="No article." /> : (
        <>
          <table class="records">
            <thead><tr><th scope="col">Published</th><th scope="col">Article</th><th scope="col">Outlet</th><th scope="col" class="num">Events</th><th scope="col" class="num">Statements</th><th scope="col" class="num">Promises</th><th scope="col" class="num">Checked</th></tr></thead>
            <tbody>{data.items.map((item) => (
              <tr key={item.article.id}>
                <td class="nowrap" data-label="Published">{item.article.published ? <>{sayDay(item.article.published)}{item.published_inferred && <span class="muted" data-tip="Worked out from the text itself"> inferred</span>}</> : <span class="nobody">not dated</span>}</td>
                <td class="wide"><Link to={{ view: "reading", article: item.article.id }}>{item.article.title ?? shortPlace(item.article.uri)}</Link><span class="quote clip">{item.start}</span></td>
                <td data-label="Outlet">{item.article.outlet ?? <span class="nobody">unknown</span>}</td>
                <td class="num" data-label="Events">{item.events}</td><td class="num" data-label="Statements">{item.statements}</td><td class="num" data-label="Promises">{item.commitments}</td><td class="num" data-label="Checked">{item.reviewed}</td>
              </tr>
            ))}</tbody>
          </table>
          <Pager total={data.total} next={data.next} shown={data.items.length} of="articles" />
        </>
      )}
    </Show>
  );
}

function RejectTable() {
  const rejects = useData<Rejects>("rejects.json");
  return (
    <Show of={rejects}>
      {(data) => data.items.length === 0 ? <p class="muted">Nothing was refused.</p> : (
        <table class="records">
          <thead><tr><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">Reason</th></tr></thead>
          <tbody>{data.items.map((row, index) => <tr key={index}><td class="wide" data-tip={row.path}>{shortPlace(row.path)}</td><td class="nowrap number" data-label="Bytes">{row.begin.toLocaleString("en")} to {row.end.toLocaleString("en")}</td><td data-label="Reason">{row.message} <Code>{row.code}</Code></td></tr>)}</tbody>
        </table>
      )}
    </Show>
  );
}

function RunTable() {
  const runs = useData<Runs>("runs.json");
  return (
    <Show of={runs}>
      {(data) => (
        <ul class="runs">{data.items.map((run) => (
          <li key={run.run_id}>
            <p><b>Run {run.run_id}</b>, {sayMoment(run.started)}{run.finished ? "" : " (not finished)"}: {plural(run.articles, "article")} read, {run.known.toLocaleString("en")} known before, {plural(run.rejects, "refusal")}; from {run.inputs.map(shortPlace).join(", ")}</p>
            <dl class="hashes"><div><dt>program</dt><dd>{run.version}</dd></div><div><dt>lexicon</dt><dd><Code>{run.lexicon.slice(0, 16)}</Code></dd></div><div><dt>gazetteer</dt><dd><Code>{run.gazetteer.slice(0, 16)}</Code></dd></div><div><dt>model</dt><dd><Code>{run.model.slice(0, 16)}</Code></dd></div>{Object.entries(run.settings).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd></div>)}</dl>
          </li>
        ))}</ul>
      )}
    </Show>
  );
}

function CorrectionTable() {
  const corrections = useData<Corrections>("corrections.json", new URLSearchParams({ all: "1" }));
  return (
    <Show of={corrections}>
      {(data) => data.items.length === 0 ? <p class="muted">Nobody has checked a record yet. Open any record and say whether it is right.</p> : (
        <>
          <ol class="history">{data.items.map((one) => <li key={one.correction_id} class={one.undone_at ? "undone" : undefined}>{sayMoment(one.set_at)} {one.author}: <Link to={{ record: one.record }}>{one.record}</Link> <b>{sayDecision(one)}</b>{one.note && ` “${one.note}”`}{one.undone_at && <span class="muted"> taken back by {one.undone_by}</span>}</li>)}</ol>
          <p>Take them along: <a href={link("corrections/gold.tar")}>gold files for masudi eval</a> · <a href={link("corrections/labelstudio.json")}>Label Studio</a> · <a href={link("corrections/brat.tar")}>brat</a> · <a href={link("corrections.csv")}>CSV</a></p>
        </>
      )}
    </Show>
  );
}
