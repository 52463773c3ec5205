// Which bytes of an article each record marks, and as what.
import type { Commitment, Event, Place, Statement, Timex } from "../api/types";
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
