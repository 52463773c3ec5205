// An article and its records side by side. Pointing at either shows the other.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Agreement, ArticleText, Commitment, Correction, Event, ParsedSentence, Place, Sentence, Statement, Timex } from "../api/types";
import { useApp } from "../app/context";
import { sayDay, sayRange } from "../lib/dates";
import { agreementMarks, commitmentMarks, eventMarks, placeMark, statementMarks, timexMark } from "../lib/marks";
import { entityName, sayCommitment, sayEvent, sayPlace, sayTimex, shortPlace } from "../lib/say";
import { byteOffsets, paragraphs, pieces, type Mark } from "../lib/text";
import { ANONYMITY, AUX, STANCE, plural, quadOf, typeName } from "../lib/words";
import { AgreementFacts, CommitmentFacts, EventFacts, PlaceFacts, StatementFacts, TimexFacts } from "./facts";
import type { ByteMark } from "./marked";
import { Code, Reviewed, Swatch, Term } from "./parts";
import { Tree } from "./tree";

/** What a stored and a fresh reading have in common. */
export interface Whole {
  article: ArticleText;
  events: Event[];
  statements: Statement[];
  commitments: Commitment[];
  agreements: Agreement[];
  timexes: Timex[];
  places: Place[];
  sentences: (Sentence | ParsedSentence)[];
  corrections?: Correction[];
}

const LAYERS = [
  { kind: "agreement", name: "Agreements" }, { kind: "event", name: "Events" }, { kind: "statement", name: "Statements" }, { kind: "commitment", name: "Promises" }, { kind: "timex", name: "Dates" }, { kind: "place", name: "Places" },
] as const;
type Kind = (typeof LAYERS)[number]["kind"];

interface Entry { kind: Kind; id: string; at: number; event?: Event; statement?: Statement; commitment?: Commitment; timex?: Timex; place?: Place; agreement?: Agreement }

function entries(whole: Whole): Entry[] {
  const out: Entry[] = [
    ...whole.events.map((event): Entry => ({ kind: "event", id: event.id, at: event.anchor.begin, event })),
    ...whole.statements.map((statement): Entry => ({ kind: "statement", id: statement.id, at: statement.cue?.begin ?? statement.source.text.begin, statement })),
    ...whole.commitments.map((commitment): Entry => ({ kind: "commitment", id: commitment.id, at: commitment.anchor.begin, commitment })),
    ...whole.agreements.map((agreement): Entry => ({ kind: "agreement", id: agreement.id, at: agreement.title.begin, agreement })),
    ...whole.timexes.map((timex, index): Entry => ({ kind: "timex", id: `t${index + 1}`, at: timex.begin, timex })),
    ...whole.places.map((place, index): Entry => ({ kind: "place", id: `p${index + 1}`, at: place.begin, place })),
  ];
  return out.sort((a, b) => a.at - b.at);
}

/** Marks of a record: the quiet ones that always show, or all its parts while it is pointed at. */
function marksOf(entry: Entry, all: boolean): ByteMark[] {
  if (entry.event) return eventMarks(entry.event).filter((mark) => all || mark.part === "anchor");
  if (entry.statement) return statementMarks(entry.statement).filter((mark) => all || mark.part === "content" || mark.part === "cue");
  if (entry.commitment) return commitmentMarks(entry.commitment).filter((mark) => all || mark.part === "consequent");
  if (entry.agreement) return agreementMarks(entry.agreement).filter((mark) => all || mark.part === "title");
  if (entry.timex) return [timexMark(entry.timex, Number(entry.id.slice(1)) - 1)];
  if (entry.place) return [placeMark(entry.place, Number(entry.id.slice(1)) - 1)];
  return [];
}

export function ArticleBody({ whole, id }: { whole: Whole; id: string | null }) {
  const { state, go } = useApp();
  const [layers, setLayers] = useState<ReadonlySet<Kind>>(new Set(LAYERS.map((layer) => layer.kind)));
  const [hot, setHot] = useState("");
  const [picked, setPicked] = useState("");
  const textRef = useRef<HTMLDivElement>(null);
  const listRef = useRef<HTMLUListElement>(null);
  const all = useMemo(() => entries(whole), [whole]);
  const at = useMemo(() => byteOffsets(whole.article.text), [whole]);
  const blocks = useMemo(() => paragraphs(whole.article.text), [whole]);
  const chosen = id ? (state.record.startsWith(`${id}:`) ? state.record.slice(id.length + 1) : "") : picked;
  const furniture = useMemo(() => ((whole.article.excluded ?? []) as unknown as { begin: number; end: number }[]).map((span) => ({ begin: at(span.begin), end: at(span.end) })), [whole, at]);

  const decisions = useMemo(() => new Map((whole.corrections ?? []).filter((one) => !one.undone_at).map((one) => [one.record.split(":")[1] ?? "", one])), [whole]);

  const marks = useMemo(() => {
    const out: Mark[] = [];
    for (const entry of all) {
      const full = entry.id === hot || entry.id === chosen;
      // What a person rejected is marked only while it is looked at.
      if (!full && (!layers.has(entry.kind) || decisions.get(entry.id)?.decision === "reject")) continue;
      for (const mark of marksOf(entry, full)) out.push({ ...mark, begin: at(mark.begin), end: at(mark.end) });
    }
    return out;
  }, [all, at, hot, chosen, layers, decisions]);

  const byId = useMemo(() => new Map(all.map((entry) => [entry.id, entry])), [all]);
  const open = (record: string) => { if (id) go({ record: `${id}:${record}` }); else setPicked(record); };

  // A link to a record opens the article at its place.
  useEffect(() => {
    if (!chosen) return;
    textRef.current?.querySelector(`[data-ids~="${CSS.escape(chosen)}"]`)?.scrollIntoView({ block: "center" });
    const list = listRef.current?.parentElement;
    const entry = listRef.current?.querySelector<HTMLElement>(".entry.chosen");
    // Beside the text the list scrolls by itself; below it, on a narrow screen, it must not pull the page away from the text.
    if (list && entry && list.scrollHeight > list.clientHeight + 1) list.scrollTop = entry.offsetTop - list.clientHeight / 3;
  }, [chosen === "" ? "" : `${id} ${chosen}`]);

  const ids = (target: EventTarget | null) => (target instanceof Element ? (target.closest("[data-ids]")?.getAttribute("data-ids")?.split(" ") ?? []) : []);
  const lead = blocks[0] && whole.article.title && whole.article.text.slice(blocks[0].begin, blocks[0].end).trim() === whole.article.title.trim();

  return (
    <div class="reading">
      <article class="article" aria-label="The article">
        <header class="article-head">
          {!lead && <h1>{whole.article.title ?? shortPlace(whole.article.uri)}</h1>}
          <p class="muted">{[whole.article.outlet, whole.article.byline, whole.article.published ? sayDay(whole.article.published) + (whole.article.published_inferred ? " (worked out from the text)" : "") : "not dated", shortPlace(whole.article.uri)].filter(Boolean).join(" · ")}</p>
          {whole.agreements.map((agreement) => (
            <p key={agreement.id} class="note">The text is an agreement{agreement.parties.length > 0 && ` of ${agreement.parties.map(entityName).join(", ")}`}, with {plural(agreement.stipulations.length, "stipulation")}{agreement.in_force && `; in force from ${sayDay(agreement.in_force.begin)}`}{agreement.lapses && `; until ${sayDay(agreement.lapses.end)}`}.</p>
          ))}
          <fieldset class="layers"><legend class="visually-hidden">Show in the text</legend>
            {LAYERS.map(({ kind, name }) => {
              const count = all.filter((entry) => entry.kind === kind).length;
              if (count === 0 && kind === "agreement") return null;  // few articles are one
              return <label key={kind} class={`layer layer-${kind}`}><input type="checkbox" checked={layers.has(kind)} onChange={(event) => { const next = new Set(layers); if (event.currentTarget.checked) next.add(kind); else next.delete(kind); setLayers(next); }} /><span class="layer-mark">{name}</span> <span class="number muted">{count}</span></label>;
            })}
          </fieldset>
        </header>
        <div
          class="article-text" ref={textRef}
          onMouseOver={(event) => { const found = ids(event.target); setHot(found[found.length - 1] ?? ""); }}
          onMouseLeave={() => setHot("")}
          onClick={(event) => {
            if (!window.getSelection()?.isCollapsed) return;
            const found = ids(event.target);
            const last = found[found.length - 1];
            if (last) open(last);
          }}
        >
          {blocks.map((block, index) => {
            const off = furniture.some((span) => span.begin <= block.begin && span.end >= block.end);
            const Tag = index === 0 && lead ? "h1" : "p";
            return (
              <Tag key={block.begin} class={off ? "furniture" : undefined} data-tip={off ? "Not part of the article: left unread" : undefined}>
                {pieces(whole.article.text, marks, block.begin, block.end).map((piece) => {
                  if (piece.marks.length === 0) return piece.text;
                  const classes = new Set<string>(["m"]);
                  for (const mark of piece.marks) {
                    const isHot = mark.id === hot || mark.id === chosen;
                    classes.add(`m-${mark.kind}-${mark.part}`);
                    if (isHot) { classes.add("hot"); classes.add(`part-${mark.part}`); }
                    if (mark.kind === "event" && mark.part === "anchor") classes.add(`q-${quadOf(byId.get(mark.id)?.event?.type ?? "") ?? "none"}`);
                  }
                  const inner = piece.marks[piece.marks.length - 1]!;
                  const entry = byId.get(inner.id);
                  const tip = entry?.timex ? sayTimex(entry.timex) : entry?.place ? sayPlace(entry.place) : entry?.event && inner.part === "anchor" ? sayEvent(entry.event) : undefined;
                  return <mark key={piece.begin} class={[...classes].join(" ")} data-ids={[...new Set(piece.marks.map((mark) => mark.id))].join(" ")} data-tip={tip}>{piece.text}</mark>;
                })}
              </Tag>
            );
          })}
        </div>
      </article>
      <aside class="records-side" aria-label="What was read out of it">
        <ul class="entries" ref={listRef}>
          {all.filter((entry) => layers.has(entry.kind)).map((entry) => (
            <li key={entry.id} class={`entry k-${entry.kind}${entry.event ? ` q-${quadOf(entry.event.type) ?? "none"}` : ""}${entry.id === hot ? " hot" : ""}${entry.id === chosen ? " chosen" : ""}${decisions.get(entry.id)?.decision === "reject" ? " rejected" : ""}`} onMouseEnter={() => setHot(entry.id)} onMouseLeave={() => setHot("")}>
              <button type="button" onClick={() => open(entry.id)} onFocus={() => setHot(entry.id)} onBlur={() => setHot("")} aria-expanded={id ? undefined : entry.id === chosen}>
                <EntryWords entry={entry} />
                <Reviewed correction={decisions.get(entry.id) ?? null} />
              </button>
              {!id && entry.id === picked && <LocalDetail entry={entry} whole={whole} />}
            </li>
          ))}
        </ul>
        {all.length === 0 && <p class="muted">Nothing was found in this text. A short text without people who act, speak or promise has no records.</p>}
      </aside>
    </div>
  );
}

function EntryWords({ entry }: { entry: Entry }) {
  if (entry.event) {
    const event = entry.event;
    return (
      <>
        <span class="entry-kind"><Swatch quad={quadOf(event.type)} />{typeName(event.type)}</span>
        <span class="entry-words">{sayEvent(event)}</span>
        <span class="entry-more muted">{[event.date ? sayRange(event.date) : "", event.place?.name ?? "", ...event.aux.map((aux) => AUX[aux]?.name ?? aux), event.same_as ? "told again" : ""].filter(Boolean).join(" · ")}</span>
      </>
    );
  }
  if (entry.statement) {
    const { source, anonymity, content, stance } = entry.statement;
    return (
      <>
        <span class="entry-kind">Says so</span>
        <span class="entry-words">{entityName(source)}: <q>{clip(content.map((span) => span.text).join(" … "), 110)}</q></span>
        <span class="entry-more muted">{ANONYMITY[anonymity]?.name ?? anonymity} · {STANCE[stance] ?? stance}</span>
      </>
    );
  }
  if (entry.commitment) {
    const { deadline, antecedent, excludes } = entry.commitment;
    return (
      <>
        <span class="entry-kind">Promise</span>
        <span class="entry-words">{clip(sayCommitment(entry.commitment), 150)}</span>
        <span class="entry-more muted">{[deadline ? `by ${sayDay(deadline.end)}` : "no date", antecedent ? `only if ${clip(antecedent.text, 60)}` : "", excludes.length ? `leaves out ${clip(excludes.map((span) => span.text).join("; "), 60)}` : ""].filter(Boolean).join(" · ")}</span>
      </>
    );
  }
  if (entry.agreement) {
    const { title, parties, stipulations, in_force } = entry.agreement;
    return (
      <>
        <span class="entry-kind">Agreement</span>
        <span class="entry-words">{clip(title.text, 150)}</span>
        <span class="entry-more muted">{[parties.map(entityName).join(", "), plural(stipulations.length, "stipulation"), in_force ? `in force from ${sayDay(in_force.begin)}` : ""].filter(Boolean).join(" · ")}</span>
      </>
    );
  }
  // Dates and places are many and small: the words, what they stand for, the rest on pointing at them.
  if (entry.timex) return <span class="entry-words" data-tip={sayTimex(entry.timex)}>{entry.timex.text}{entry.timex.value !== entry.timex.text && <span class="muted"> {entry.timex.value}</span>}</span>;
  const place = entry.place!;
  return <span class="entry-words" data-tip={sayPlace(place)}>{place.text}{place.name.toLowerCase() !== place.text.toLowerCase() && <span class="muted"> {place.name}</span>}</span>;
}

function clip(text: string, most: number): string { return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text; }

/** Details of a record that stands in no ledger: its facts, its rule, and the parse of its sentence. */
function LocalDetail({ entry, whole }: { entry: Entry; whole: Whole }) {
  const { session } = useApp();
  const sentence = whole.sentences.find((one) => one.begin <= entry.at && entry.at < one.end);
  const words = sentence && "words" in sentence ? sentence.words : [];
  const marks = marksOf(entry, true);
  const anchors = marks.filter((mark) => mark.part === "anchor" || mark.part === "cue");
  const inside = (list: readonly ByteMark[]) => new Set(words.filter((word) => list.some((mark) => mark.begin < word.end && mark.end > word.begin)).map((word) => word.id));
  const rule = (entry.event ?? entry.statement ?? entry.commitment ?? entry.agreement ?? entry.timex ?? entry.place)?.provenance.rule;
  return (
    <div class="local-detail">
      {entry.event && <EventFacts event={entry.event} />}
      {entry.statement && <StatementFacts statement={entry.statement} />}
      {entry.commitment && <CommitmentFacts commitment={entry.commitment} today={session.today} />}
      {entry.agreement && <AgreementFacts agreement={entry.agreement} />}
      {entry.timex && <TimexFacts timex={entry.timex} />}
      {entry.place && <PlaceFacts place={entry.place} />}
      {rule && <p><Term word="rule">Made by</Term> <Code>{rule}</Code></p>}
      {words.length > 0 && <Tree words={words} matched={inside(anchors)} marked={inside(marks.filter((mark) => mark.end - mark.begin < 60))} />}
    </div>
  );
}
