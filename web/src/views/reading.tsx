// The reading room: an article with everything that was read out of it, side by side; or an article pasted now.
import { useMemo, useRef, useState } from "preact/hooks";
import { link, post } from "../api/client";
import type { FreshReading, StoredReading } from "../api/types";
import { useApp, useData } from "../app/context";
import { corrected } from "../lib/corrected";
import { plural } from "../lib/words";
import { ArticleBody, type Whole } from "../ui/article";
import { Link, Show, Twins } from "../ui/parts";
import { ArticleTable } from "./corpus";

/** The last article that was pasted: it stands in no ledger, so only this page knows it. */
let pasted: FreshReading | null = null;

export function Reading() {
  const { state } = useApp();
  if (state.article === "now") return <Fresh />;
  if (state.article) return <Stored id={state.article} />;
  return (
    <section class="view" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">Read an article</h1>
        <p class="lead">Choose one from the archive, or paste one of your own and see at once what is read out of it. Nothing leaves this machine.</p>
      </div>
      <PasteForm />
      <h2>In the archive</h2>
      <ArticleTable />
      <Twins kind="articles" path="articles" />
    </section>
  );
}

const layered = new WeakMap<StoredReading, StoredReading>();

/** The stored reading with what people changed in place of the machine's values; the same object for the same reading. */
function withCorrections(reading: StoredReading): StoredReading {
  const changes = new Map(reading.corrections.filter((one) => one.decision === "change" && !one.undone_at).map((one) => [one.record.split(":")[1], one.changes ?? {}]));
  if (changes.size === 0) return reading;
  const known = layered.get(reading);
  if (known) return known;
  const over = <T extends object>(records: T[], idOf: (record: T, index: number) => string) => records.map((record, index) => {
    const change = changes.get(idOf(record, index));
    return change ? corrected(record, change, reading.article.text, 0) : record;
  });
  const own = (record: { id: string }) => record.id;
  const out = {
    ...reading, events: over(reading.events, own), statements: over(reading.statements, own), commitments: over(reading.commitments, own), agreements: over(reading.agreements, own),
    timexes: over(reading.timexes, (_, index) => `t${index + 1}`), places: over(reading.places, (_, index) => `p${index + 1}`),
  };
  layered.set(reading, out);
  return out;
}

function Stored({ id }: { id: string }) {
  const reading = useData<StoredReading>(`articles/${encodeURIComponent(id)}.json`);
  return (
    <Show of={reading} height="chart">
      {(data) => (
        <>
          <ArticleBody whole={withCorrections(data)} id={data.head.id} />
          <p class="twins">The same as data: <a href={link(`articles/${encodeURIComponent(data.head.id)}.json`)}>JSON</a>{(["events", "statements", "commitments"] as const).map((kind) => <> · <a href={link(`${kind}.csv`, new URLSearchParams({ article: data.head.id }))}>{kind === "commitments" ? "promises" : kind} as CSV</a></>)}</p>
        </>
      )}
    </Show>
  );
}

function Fresh() {
  if (!pasted) {
    return (
      <section class="view" aria-labelledby="view-title">
        <h1 id="view-title">Read an article now</h1>
        <p class="lead">An article that was pasted is not in the ledger and so not in the link. Paste it again.</p>
        <PasteForm />
      </section>
    );
  }
  return (
    <>
      <p class="note">Read just now with {plural(pasted.events.length, "event")}, {plural(pasted.statements.length, "statement")} and {plural(pasted.commitments.length, "promise")}; it is not in the ledger. <Link to={{ article: "", record: "" }}>Paste another</Link></p>
      <ArticleBody whole={pasted as Whole} id={null} />
    </>
  );
}

function PasteForm() {
  const { session, go, changed, say } = useApp();
  const [text, setText] = useState("");
  const [title, setTitle] = useState("");
  const [published, setPublished] = useState("");
  const [outlet, setOutlet] = useState("");
  const [store, setStore] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const bytes = useMemo(() => new TextEncoder().encode(text).length, [text]);
  const submit = async () => {
    if (!text.trim()) { setError("Paste an article first, or choose a file."); return; }
    if (bytes > session.limits.body_bytes) { setError(`This is ${bytes.toLocaleString("en")} bytes long; the most is ${session.limits.body_bytes.toLocaleString("en")}. A whole archive goes in with masudi ingest.`); return; }
    setBusy(true);
    setError("");
    try {
      const answer = await post<FreshReading>("read", { text, input: "detect", store, ...(title ? { title } : {}), ...(published ? { published } : {}), ...(outlet ? { outlet } : {}) });
      pasted = answer;
      say(`Read: ${plural(answer.events.length, "event")}, ${plural(answer.statements.length, "statement")}, ${plural(answer.commitments.length, "promise")}.`);
      if (answer.stored) { await changed(); go({ article: answer.stored, record: "" }); } else go({ article: "now", record: "" });
      window.scrollTo(0, 0);
    } catch (failure) {
      setError(failure instanceof globalThis.Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="paste" onSubmit={(event) => { event.preventDefault(); void submit(); }}>
      <label class="field" for="paste-text">The article: text, or the source of a web page
        <textarea id="paste-text" rows={7} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <div class="paste-fields">
        <label class="field" for="paste-published">Published on <input id="paste-published" type="date" value={published} onChange={(event) => setPublished(event.currentTarget.value)} /></label>
        <label class="field" for="paste-title">Title <input id="paste-title" type="text" value={title} onInput={(event) => setTitle(event.currentTarget.value)} /></label>
        <label class="field" for="paste-outlet">Outlet <input id="paste-outlet" type="text" value={outlet} onInput={(event) => setOutlet(event.currentTarget.value)} /></label>
      </div>
      <p class="muted">Without a day of publication, “yesterday” and “by Friday” stay open unless the text itself gives the day.</p>
      {error && <p class="failure" role="alert">{error}</p>}
      <div class="actions">
        <button type="submit" class="primary" disabled={busy}>{busy ? "Reading …" : "Read it now"}</button>
        <label class="button" for="paste-file">Choose a file …<input ref={file} id="paste-file" type="file" accept=".txt,.html,.htm,text/plain,text/html" class="visually-hidden" onChange={(event) => {
          const chosen = event.currentTarget.files?.[0];
          if (chosen) void chosen.text().then(setText);
        }} /></label>
        {!session.read_only && <label class="check"><input type="checkbox" checked={store} onChange={(event) => setStore(event.currentTarget.checked)} /> keep it in the ledger</label>}
        {text && <span class="muted number">{bytes.toLocaleString("en")} bytes</span>}
      </div>
    </form>
  );
}

