// Which bytes of an article each record marks, and as what.
import type { Agreement, Commitment, Event, Place, RecordDetail, Statement, Timex } from "../api/types";
import type { ByteMark } from "../ui/marked";

export function eventMarks(event: Event): ByteMark[] {
  const out: ByteMark[] = [];
  const add = (span: { begin: number; end: number } | null | undefined, part: string) => { if (span) out.push({ begin: span.begin, end: span.end, kind: "event", id: event.id, part }); };
  add(event.anchor, "anchor");
  for (const entity of event.actor) add(entity.text, "actor");
  for (const entity of event.recipient) add(entity.text, "recipient");
  add(event.place?.text, "place");
  return out;
}

export function statementMarks(statement: Statement): ByteMark[] {
  const out: ByteMark[] = [];
  const add = (span: { begin: number; end: number } | null | undefined, part: string) => { if (span) out.push({ begin: span.begin, end: span.end, kind: "statement", id: statement.id, part }); };
  add(statement.source.text, "source");
  add(statement.cue, "cue");
  for (const span of statement.content) add(span, "content");
  add(statement.via, "via");
  return out;
}

export function commitmentMarks(commitment: Commitment): ByteMark[] {
  const out: ByteMark[] = [];
  const add = (span: { begin: number; end: number } | null | undefined, part: string) => { if (span) out.push({ begin: span.begin, end: span.end, kind: "commitment", id: commitment.id, part }); };
  add(commitment.consequent, "consequent");
  add(commitment.anchor, "anchor");
  for (const entity of commitment.debtor) add(entity.text, "debtor");
  for (const entity of commitment.creditor) add(entity.text, "creditor");
  add(commitment.antecedent, "antecedent");
  add(commitment.deadline_words, "deadline");
  for (const span of commitment.excludes) add(span, "excludes");
  return out;
}

export function timexMark(timex: Timex, index: number): ByteMark { return { begin: timex.begin, end: timex.end, kind: "timex", id: `t${index + 1}`, part: "time" }; }
export function placeMark(place: Place, index: number): ByteMark { return { begin: place.begin, end: place.end, kind: "place", id: `p${index + 1}`, part: "place" }; }

export function agreementMarks(agreement: Agreement): ByteMark[] {
  const id = agreement.id;
  return [{ begin: agreement.title.begin, end: agreement.title.end, kind: "agreement", id, part: "title" }, ...agreement.parties.map((party) => ({ begin: party.text.begin, end: party.text.end, kind: "agreement", id, part: "party" }))];
}

/** The marks of any record with its history. */
export function detailMarks(detail: RecordDetail): ByteMark[] {
  const record: unknown = detail.item.record;
  const index = Number(detail.id.split(":")[1]?.slice(1)) - 1;
  switch (detail.kind) {
    case "event": return eventMarks(record as Event);
    case "statement": return statementMarks(record as Statement);
    case "commitment": return commitmentMarks(record as Commitment);
    case "agreement": return agreementMarks(record as Agreement);
    case "timex": return [timexMark(record as Timex, index)];
    case "place": return [placeMark(record as Place, index)];
  }
}
