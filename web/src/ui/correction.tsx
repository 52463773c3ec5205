// A person accepts, rejects or changes a record. What the machine read stays; this lies over it, with its author, and can be undone.
import { useEffect, useState } from "preact/hooks";
import type { Correction, Entity, Event, EventPlace, RecordDetail } from "../api/types";
import { useApp } from "../app/context";
import { editors, fieldValue, partyFields, spanLists, wordFields, type Editor } from "../lib/fields";
import { AUX, DECISIONS, SECTORS, sayDecision } from "../lib/words";
import { findSpan, forServer } from "../lib/spans";
import type { Span } from "../lib/text";
import { AuthorField, sayMoment } from "./author";
import { useSend } from "./send";

/** Where typed words are looked for. */
interface Place { text: string; begin: number }

/** Words of the sentence for a field: typed, and found there, so that it works without a mouse. */
function WordsField({ id, label, sentence, value, onChange }: { id: string; label: string; sentence: Place; value: Span | null; onChange: (span: Span | null) => void }) {
  const [words, setWords] = useState(value?.text ?? "");
  const found = findSpan(words, sentence.text, sentence.begin);
  const wrong = words.trim() !== "" && words.trim() !== value?.text && !found;
  return (
    <label class="field" for={id}>{label}
      <input id={id} type="text" value={words} aria-invalid={wrong} onInput={(event) => {
        const typed = event.currentTarget.value;
        setWords(typed);
        const span = findSpan(typed, sentence.text, sentence.begin);
        event.currentTarget.setCustomValidity(typed.trim() && !span && typed.trim() !== value?.text ? "These words do not stand in the sentence." : "");
        if (!typed.trim()) onChange(null); else if (span) onChange(span);
      }} />
      {wrong && <span class="wrong">These words do not stand in the sentence.</span>}
    </label>
  );
}

function AddWords({ id, label, sentence, onAdd }: { id: string; label: string; sentence: Place; onAdd: (span: Span) => void }) {
  const [words, setWords] = useState("");
  const span = findSpan(words, sentence.text, sentence.begin);
  return (
    <div class="add-words">
      <label for={id}>{label} <input id={id} type="text" value={words} placeholder="words of the sentence" onInput={(event) => setWords(event.currentTarget.value)} /></label>
      <button type="button" class="quiet" aria-disabled={!span} onClick={() => { if (span) { onAdd(span); setWords(""); } }}>Add</button>
      {words.trim() && !span && <span class="wrong">These words do not stand in the sentence.</span>}
    </div>
  );
}

function SpanList({ id, label, values, sentence, onChange }: { id: string; label: string; values: Span[]; sentence: Place; onChange: (values: Span[]) => void }) {
  return (
    <fieldset><legend>{label}</legend>
      {values.map((span) => <p key={span.begin} class="party-row"><q>{span.text}</q> <button type="button" class="quiet" onClick={() => onChange(values.filter((other) => other !== span))}>Take out</button></p>)}
      <AddWords id={id} label="also" sentence={sentence} onAdd={(span) => onChange([...values, span])} />
    </fieldset>
  );
}

function PartyEditor({ id, label, values, sentence, single, onChange }: { id: string; label: string; values: Entity[]; sentence: Place; single: boolean; onChange: (values: Entity[]) => void }) {
  const set = (index: number, change: Partial<Entity>) => onChange(values.map((value, at) => (at === index ? { ...value, ...change } : value)));
  return (
    <fieldset class="parties">
      <legend>{label}</legend>
      {values.length === 0 && <p class="muted">nobody</p>}
      {values.map((entity, index) => (
        <div class="party-row" key={entity.text.begin}>
          <span class="party-words">“{entity.text.text}”</span>
          <label for={`${id}-name-${index}`}>name <input id={`${id}-name-${index}`} type="text" value={entity.name ?? ""} onInput={(event) => set(index, { name: event.currentTarget.value || null })} /></label>
          <label for={`${id}-country-${index}`}>country <input id={`${id}-country-${index}`} type="text" class="short" pattern="[A-Z]{3}" maxLength={3} title="three capital letters, such as IRQ" value={entity.country ?? ""} onInput={(event) => set(index, { country: event.currentTarget.value.toUpperCase() || null })} /></label>
          <label for={`${id}-sector-${index}`}>is <select id={`${id}-sector-${index}`} value={entity.sector ?? ""} onChange={(event) => set(index, { sector: event.currentTarget.value || null })}><option value="">not known</option>{Object.entries(SECTORS).map(([key, name]) => <option key={key} value={key}>{name}</option>)}</select></label>
          {!single && <button type="button" class="quiet" onClick={() => onChange(values.filter((_, at) => at !== index))}>Take out</button>}
        </div>
      ))}
      {!single && <AddWords id={`${id}-add`} label="also" sentence={sentence} onAdd={(text) => onChange([...values, { text, name: text.text, country: null, sector: null }])} />}
    </fieldset>
  );
}

function DayRange({ id, label, range, onChange }: { id: string; label: string; range: Event["date"]; onChange: (range: Event["date"]) => void }) {
  const put = (change: { begin?: string; end?: string }) => {
    const begin = change.begin ?? range?.begin ?? "";
    const end = change.end ?? range?.end ?? "";
    onChange(begin || end ? { begin: begin || end, end: end || begin } : null);
  };
  return (
    <fieldset><legend>{label}</legend>
      <label for={`${id}-begin`}>from <input id={`${id}-begin`} type="date" value={range?.begin ?? ""} onChange={(event) => put({ begin: event.currentTarget.value })} /></label>{" "}
      <label for={`${id}-end`}>to <input id={`${id}-end`} type="date" value={range?.end ?? ""} onChange={(event) => put({ end: event.currentTarget.value })} /></label>
    </fieldset>
  );
}

function FieldEditor({ editor, value, onChange }: { editor: Editor; value: unknown; onChange: (value: unknown) => void }) {
  const id = `edit-${editor.field}`;
  switch (editor.as) {
    case "days": return <DayRange id={id} label={editor.label} range={value as Event["date"]} onChange={onChange} />;
    case "flags": {
      const flags = (value as string[] | undefined) ?? [];
      return (
        <fieldset><legend>{editor.label}</legend>
          {Object.entries(AUX).map(([key, words]) => <label key={key} class="check"><input type="checkbox" checked={flags.includes(key)} onChange={(event) => onChange(event.currentTarget.checked ? [...flags, key] : flags.filter((flag) => flag !== key))} /> {words.name}</label>)}
        </fieldset>
      );
    }
    case "choice":
      if (Object.keys(editor.choices).length < 2) return null;
      return (
        <label class="field" for={id}>{editor.label}
          <select id={id} value={String(value ?? "")} onChange={(event) => onChange(event.currentTarget.value || null)}>
            {Object.entries(editor.choices).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
          </select>
        </label>
      );
    case "text":
      return <label class="field" for={id}>{editor.label} <input id={id} type="text" required={!editor.empty} pattern={editor.pattern} title={editor.hint} value={String(value ?? "")} onInput={(event) => onChange(fieldValue(editor, event.currentTarget.value))} /></label>;
    case "number":
      return <label class="field" for={id}>{editor.label} <input id={id} type="number" step="any" min={editor.least} max={editor.most} value={value === null || value === undefined ? "" : String(value)} onInput={(event) => onChange(fieldValue(editor, event.currentTarget.value))} /></label>;
  }
}

function PlaceEditor({ place, sentence, onChange }: { place: EventPlace | null; sentence: Place; onChange: (place: EventPlace | null) => void }) {
  return (
    <fieldset><legend>Where</legend>
      {place ? (
        <div class="party-row">
          <span class="party-words">“{place.text.text}”</span>
          <label for="edit-place-name">name <input id="edit-place-name" type="text" required value={place.name} onInput={(event) => onChange({ ...place, name: event.currentTarget.value })} /></label>
          <label for="edit-place-country">country <input id="edit-place-country" type="text" class="short" pattern="[A-Z]{3}" maxLength={3} title="three capital letters, such as IRQ" value={place.country ?? ""} onInput={(event) => onChange({ ...place, country: event.currentTarget.value.toUpperCase() || null })} /></label>
          <button type="button" class="quiet" onClick={() => onChange(null)}>Take out</button>
        </div>
      ) : <AddWords id="edit-place-add" label="in" sentence={sentence} onAdd={(text) => onChange({ text, name: text.text, country: null })} />}
    </fieldset>
  );
}

export function CorrectionForm({ detail }: { detail: RecordDetail }) {
  const { session } = useApp();
  const record = detail.item.record as unknown as Record<string, unknown>;
  // A change is said against what the machine read: the next one takes the place of the last, so it holds all that differs.
  const machine = ((detail.item as { machine?: object }).machine ?? record) as Record<string, unknown>;
  const [values, setValues] = useState<Record<string, unknown>>(record);
  const [editing, setEditing] = useState(false);
  const [note, setNote] = useState("");
  const { author, setAuthor, busy, error, setError, send } = useSend("the correction", "correction-author");
  useEffect(() => { setValues(record); setEditing(false); setError(""); }, [detail]);

  const sentence = detail.item.sentence;
  const standing = detail.corrections.filter((one) => !one.undone_at);
  const current = standing[standing.length - 1];

  const decide = (decision: Correction["decision"], changes?: Record<string, unknown>) =>
    void send("corrections", { record: detail.id, decision, note, ...(changes ? { changes } : {}) }, `The record is ${DECISIONS[decision]}.`).then((sent) => { if (sent) setNote(""); });

  const differences = () => {
    const out: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(values)) if (JSON.stringify(value) !== JSON.stringify(machine[name])) out[name] = forServer(value);
    return out;
  };

  const set = (name: string, value: unknown) => setValues((before) => ({ ...before, [name]: value, ...(name === "type" ? { mode: null } : {}) }));

  return (
    <div class="correction">
      {current && <p class="verdict-now"><b class="decision">{DECISIONS[current.decision]}</b> by {current.author} on {sayMoment(current.set_at)}{current.note && `: “${current.note}”`}</p>}
      {session.read_only ? <p class="muted">This ledger is open for reading only.</p> : (
        <form onSubmit={(event) => { event.preventDefault(); const changes = differences(); if (Object.keys(changes).length === 0) setError("Nothing is changed yet."); else decide("change", changes); }}>
          <AuthorField id="correction-author" value={author} onChange={setAuthor} />
          <label class="field" for="correction-note">Note, if you like <input id="correction-note" type="text" value={note} onInput={(event) => setNote(event.currentTarget.value)} /></label>
          {editing && (
            <div class="editor">
              {partyFields(detail.kind).map(([field, label]) => {
                const value = values[field];
                const list = Array.isArray(value) ? (value as Entity[]) : value ? [value as Entity] : [];
                return <PartyEditor key={field} id={`edit-${field}`} label={label} values={list} sentence={sentence} single={!Array.isArray(value)} onChange={(after) => set(field, Array.isArray(value) ? after : (after[0] ?? value))} />;
              })}
              {wordFields(detail.kind).map(([field, label]) => <WordsField key={field} id={`edit-${field}`} label={label} sentence={sentence} value={(record[field] as Span | null) ?? null} onChange={(span) => set(field, span)} />)}
              {spanLists(detail.kind).map(([field, label]) => <SpanList key={field} id={`edit-${field}-add`} label={label} sentence={sentence} values={(values[field] as Span[] | undefined) ?? []} onChange={(spans) => set(field, spans)} />)}
              {detail.kind === "event" && <PlaceEditor place={values.place as EventPlace | null} sentence={sentence} onChange={(place) => set("place", place)} />}
              {editors(detail.kind, values).map((editor) => <FieldEditor key={editor.field} editor={editor} value={values[editor.field]} onChange={(value) => set(editor.field, value)} />)}
            </div>
          )}
          {error && <p class="failure" role="alert">{error}</p>}
          <div class="actions">
            {editing ? (
              <>
                <button type="submit" class="primary" aria-disabled={busy}>Save changes</button>
                <button type="button" onClick={() => { setValues(record); setEditing(false); }}>Leave as it is</button>
              </>
            ) : (
              <>
                <button type="button" aria-disabled={busy} onClick={() => decide("accept")}>Right</button>
                <button type="button" aria-disabled={busy} onClick={() => decide("reject")}>Wrong</button>
                <button type="button" aria-disabled={busy} onClick={() => setEditing(true)}>Change …</button>
                {current && <button type="button" aria-disabled={busy} onClick={() => void send("corrections/undo", { record: detail.id }, "The correction is taken back.")}>Undo the last</button>}
              </>
            )}
          </div>
        </form>
      )}
      {detail.corrections.length > 0 && (
        <details>
          <summary>History ({detail.corrections.length})</summary>
          <ol class="history">{detail.corrections.map((one) => <li key={one.correction_id} class={one.undone_at ? "undone" : undefined}>{sayMoment(one.set_at)} {one.author}: <b>{sayDecision(one)}</b>{one.note && ` “${one.note}”`}{one.undone_at && <span class="muted"> taken back by {one.undone_by} on {sayMoment(one.undone_at)}</span>}</li>)}</ol>
        </details>
      )}
    </div>
  );
}
