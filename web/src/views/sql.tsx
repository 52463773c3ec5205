// SQL over the ledger's views, reading only.
import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { SqlAnswer } from "../api/types";
import { useApp } from "../app/context";
import { plural } from "../lib/words";

const EXAMPLES: readonly [string, string][] = [
  ["Events of each type", "SELECT type, count(*) AS events\nFROM events\nGROUP BY type\nORDER BY events DESC"],
  ["Promises with a last day", "SELECT deadline_end, debtors, consequent, antecedent\nFROM commitments\nWHERE deadline_end IS NOT NULL\nORDER BY deadline_end"],
  ["What unnamed sources say", "SELECT chain, content\nFROM statements\nWHERE anonymity = 'anonymous'"],
  ["Articles by outlet", "SELECT outlet, count(*) AS articles, min(published) AS first, max(published) AS last\nFROM articles\nGROUP BY outlet"],
];

export function Sql() {
  const { state, go, session, say } = useApp();
  const [sql, setSql] = useState(state.sql || EXAMPLES[0]![1]);
  const [answer, setAnswer] = useState<SqlAnswer | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async (text: string) => {
    setBusy(true);
    setError("");
    go({ sql: text }, true);
    try {
      const rows = await post<SqlAnswer>("sql.json", { sql: text });
      setAnswer(rows);
      say(plural(rows.rows.length, "row"));
    } catch (failure) {
      setAnswer(null);
      setError(failure instanceof globalThis.Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  };
  const csv = async () => {
    try {
      const text = await post<string>("sql.csv", { sql });
      const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      const anchor = document.createElement("a");
      anchor.href = url;
      anchor.download = "masudi.csv";
      anchor.click();
      URL.revokeObjectURL(url);
    } catch (failure) {
      setError(failure instanceof globalThis.Error ? failure.message : String(failure));
    }
  };
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Ask in SQL</h1>
        <p class="lead">One SELECT over the views <code>articles</code>, <code>events</code>, <code>statements</code>, <code>commitments</code>, <code>agreements</code>, <code>verdicts</code> and <code>rejects</code>. It can read and cannot write; it stops after {session.limits.sql_ms / 1000} seconds or {session.limits.sql_rows.toLocaleString("en")} rows.</p>
      </div>
      <form class="sql" onSubmit={(event) => { event.preventDefault(); void run(sql); }}>
        <label class="visually-hidden" for="sql-text">SQL</label>
        <textarea id="sql-text" rows={6} spellcheck={false} value={sql} onInput={(event) => setSql(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); void run(sql); } }} />
        <div class="actions">
          <button type="submit" class="primary" disabled={busy}>Ask</button>
          <button type="button" onClick={() => void csv()} disabled={busy}>Save as CSV</button>
          <span class="muted">Ctrl+Enter asks.</span>
        </div>
      </form>
      <p class="examples">Try: {EXAMPLES.map(([name, text], index) => <>{index > 0 && " · "}<button key={name} type="button" class="as-link" onClick={() => { setSql(text); void run(text); }}>{name}</button></>)}</p>
      {error && <p class="failure" role="alert">{error}</p>}
      {answer && (answer.rows.length === 0 ? <p class="muted">No rows.</p> : (
        <>
          <div class="scroll-x" tabIndex={0} role="group" aria-label="Answer, scrolls sideways">
            <table class="answer">
              <thead><tr>{answer.columns.map((column) => <th scope="col" key={column}>{column}</th>)}</tr></thead>
              <tbody>{answer.rows.map((row, index) => <tr key={index}>{(row as unknown[]).map((cell, at) => <td key={at} class={typeof cell === "number" ? "num" : undefined}>{cell === null ? <span class="nobody">null</span> : String(cell)}</td>)}</tr>)}</tbody>
            </table>
          </div>
          <p class="muted">{plural(answer.rows.length, "row")} in {answer.elapsed_ms.toFixed(0)} ms{answer.truncated && "; there are more than the limit allows"}</p>
        </>
      ))}
    </section>
  );
}
