// A person judges a commitment, with evidence; undo and history.
import { useState } from "preact/hooks";
import type { RecordDetail } from "../api/types";
import { useApp } from "../app/context";
import { VERDICTS } from "../lib/words";
import { AuthorField, sayMoment } from "./author";
import { useSend } from "./send";

export function isWebAddress(text: string): boolean { return /^https?:\/\/\S+$/.test(text); }

export function Evidence({ text }: { text: string }) {
  return isWebAddress(text) ? <a href={text} rel="noreferrer noopener" target="_blank">{text}</a> : <>“{text}”</>;
}

export function VerdictForm({ detail }: { detail: RecordDetail }) {
  const { session } = useApp();
  const [verdict, setVerdict] = useState("kept");
  const [evidence, setEvidence] = useState("");
  const { author, setAuthor, busy, error, send } = useSend("the verdict", "verdict-author");
  const counts = detail.verdicts.filter((one) => !one.undone_at);
  const current = counts[counts.length - 1];
  const judge = () => void send("verdicts", { commitment: detail.id, verdict, evidence }, "The verdict is set.").then((sent) => { if (sent) setEvidence(""); });
  return (
    <div class="verdict">
      {current ? <p class="verdict-now"><b>{VERDICTS[current.verdict]?.name ?? current.verdict}</b>, says {current.author} on {sayMoment(current.set_at)}: <Evidence text={current.evidence} /></p> : <p class="muted">Nobody has judged it yet.</p>}
      {session.read_only ? <p class="muted">This ledger is open for reading only.</p> : (
        <form onSubmit={(event) => { event.preventDefault(); judge(); }}>
          <label class="field" for="verdict-word">Verdict
            <select id="verdict-word" value={verdict} onChange={(event) => setVerdict(event.currentTarget.value)}>
              {session.verdicts.map((word) => <option key={word} value={word}>{VERDICTS[word]?.name ?? word}</option>)}
            </select>
          </label>
          <label class="field" for="verdict-evidence">Evidence: an address, or words
            <input id="verdict-evidence" type="text" required value={evidence} onInput={(event) => setEvidence(event.currentTarget.value)} />
          </label>
          <AuthorField id="verdict-author" value={author} onChange={setAuthor} />
          {error && <p class="failure" role="alert">{error}</p>}
          <div class="actions">
            <button type="submit" class="primary" aria-disabled={busy}>Set verdict</button>
            {current && <button type="button" aria-disabled={busy || !author} onClick={() => void send("verdicts/undo", { commitment: detail.id }, "The verdict is taken back.")}>Undo the last</button>}
          </div>
        </form>
      )}
      {detail.verdicts.length > 0 && (
        <details>
          <summary>History ({detail.verdicts.length})</summary>
          <ol class="history">{detail.verdicts.map((one) => <li key={one.verdict_id} class={one.undone_at ? "undone" : undefined}>{sayMoment(one.set_at)} {one.author}: <b>{VERDICTS[one.verdict]?.name ?? one.verdict}</b>, <Evidence text={one.evidence} />{one.undone_at && <span class="muted"> taken back by {one.undone_by} on {sayMoment(one.undone_at)}</span>}</li>)}</ol>
        </details>
      )}
    </div>
  );
}
