// The fields of a record in plain words, codes second.
import type { Agreement, Commitment, Event, Place, Statement, Timex } from "../api/types";
import { countryName } from "../lib/countries";
import { sayDistance, sayRange } from "../lib/dates";
import { ANONYMITY, AUX, CERTAINTY, DATE_BASIS, FORCE, GLOSSARY, PLACE_KINDS, PRECISION, QUAD_WORDS, SECTORS, STANCE, STATUS, TIMEX_MODS, TIMEX_TYPES, plural, quadOf, typeName } from "../lib/words";
import { affiliation } from "../lib/say";
import { Code, Confidence, Parties, Swatch, Term } from "./parts";
import type { ComponentChildren } from "preact";
import type { Entity } from "../api/types";

function Row({ name, children, tip }: { name: string; children: ComponentChildren; tip?: string | undefined }) {
  return <div class="fact"><dt><Term tip={tip}>{name}</Term></dt><dd>{children}</dd></div>;
}

function People({ entities, none }: { entities: readonly Entity[]; none: string }) {
  if (entities.length === 0) return <span class="nobody">{none}</span>;
  return (
    <ul class="people">
      {entities.map((entity) => (
        <li key={entity.text.begin}>
          <Parties entities={[entity]} />
          {(entity.country || entity.sector) && <span class="muted"> {affiliation(entity, SECTORS)} <Code>{[entity.country, entity.sector].filter(Boolean).join(" ")}</Code></span>}
          {entity.name && entity.name !== entity.text.text && <span class="muted"> “{entity.text.text}”</span>}
        </li>
      ))}
    </ul>
  );
}

export function EventFacts({ event }: { event: Event }) {
  const quad = quadOf(event.type);
  return (
    <dl class="facts">
      <Row name="What"><Swatch quad={quad} /> {typeName(event.type)} <Code>{event.type}{event.mode ? ` ${event.mode}` : ""}</Code>{quad && <span class="muted"> {QUAD_WORDS[quad].name.toLowerCase()}</span>}</Row>
      <Row name="Who"><People entities={event.actor} none="nobody named" /></Row>
      {event.recipient.length > 0 && <Row name="To whom"><People entities={event.recipient} none="" /></Row>}
      <Row name="When">{event.date ? sayRange(event.date) : <span class="nobody">the text gives no day</span>}{event.date_basis && <span class="muted"> {DATE_BASIS[event.date_basis] ?? event.date_basis}</span>}</Row>
      <Row name="Where">{event.place ? <>{event.place.name}{event.place.country && event.place.name !== countryName(event.place.country) && <span class="muted"> {countryName(event.place.country)}</span>}</> : <span class="nobody">unsaid</span>}</Row>
      {event.aux.length > 0 && <Row name="Did it happen?">{event.aux.map((aux) => <span class="tag" data-tip={AUX[aux]?.about}>{AUX[aux]?.name ?? aux}</span>)}</Row>}
      {event.contexts.length > 0 && <Row name="About">{event.contexts.map((context) => context.replaceAll("_", " ")).join(", ")}</Row>}
      {event.cameo && <Row name="CAMEO" tip={GLOSSARY.CAMEO}><Code>{event.cameo}</Code></Row>}
      {event.score !== null && <Row name="Score" tip={GLOSSARY.score}><span class="number">{event.score > 0 ? "+" : ""}{event.score}</span></Row>}
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={event.confidence} /></Row>
    </dl>
  );
}

export function StatementFacts({ statement }: { statement: Statement }) {
  const unnamed = statement.unnamed;
  return (
    <dl class="facts">
      <Row name="Who says it"><People entities={[statement.source]} none="" /></Row>
      <Row name="Named or not">{ANONYMITY[statement.anonymity]?.name ?? statement.anonymity}
        {unnamed && <span class="muted"> {[unnamed.number, unnamed.role, unnamed.organisation && `of ${unnamed.organisation}`, unnamed.nationality && countryName(unnamed.nationality)].filter(Boolean).join(", ")}</span>}
        {unnamed?.reason && <div class="muted">reason given: “{unnamed.reason.text}”</div>}
      </Row>
      {statement.speaks_for && <Row name="Speaks for"><People entities={[statement.speaks_for]} none="" /></Row>}
      <Row name="What is said">{statement.content.map((span) => <q key={span.begin}>{span.text}</q>)}</Row>
      <Row name="Quoted" tip={GLOSSARY.quotation}>{{ direct: "word for word", mixed: "partly word for word", indirect: "in the article's words" }[statement.kind] ?? statement.kind} <Code>{statement.kind}</Code></Row>
      <Row name="How"><>{STANCE[statement.stance] ?? statement.stance}; {CERTAINTY[statement.certainty] ?? statement.certainty}{statement.cue && <span class="muted"> “{statement.cue.text}”</span>}</></Row>
      {statement.via && <Row name="Through">{statement.via.text}</Row>}
      <Row name="Chain" tip={GLOSSARY.chain}><Chain words={statement.chain} /></Row>
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={statement.confidence} /></Row>
    </dl>
  );
}

/** "the article <- agency <- official", outermost first, as steps. */
export function Chain({ words }: { words: string }) {
  const steps = words.split(" <- ");
  return <ol class="chain">{steps.map((step, index) => <li key={index}>{step}</li>)}</ol>;
}

export function CommitmentFacts({ commitment, today }: { commitment: Commitment; today: string }) {
  return (
    <dl class="facts">
      <Row name="Who owes it"><People entities={commitment.debtor} none="nobody named" /></Row>
      {commitment.creditor.length > 0 && <Row name="To whom"><People entities={commitment.creditor} none="" /></Row>}
      <Row name={commitment.polarity === "-" ? "What will not be done" : "What will be done"}><q>{commitment.consequent.text}</q></Row>
      {commitment.antecedent && <Row name="Only if" tip={GLOSSARY.antecedent}><q>{commitment.antecedent.text}</q></Row>}
      {commitment.excludes.length > 0 && <Row name="Leaves out" tip={GLOSSARY.excludes}>{commitment.excludes.map((span) => <q key={span.begin}>{span.text}</q>)}</Row>}
      <Row name="By when">{commitment.deadline ? <>{sayRange({ begin: commitment.deadline.end, end: commitment.deadline.end })} <span class="muted">{sayDistance(commitment.deadline.end, today)}{commitment.deadline_words && `; “${commitment.deadline_words.text}”`}</span></> : <span class="nobody">no date given</span>}</Row>
      {commitment.quantity.length > 0 && <Row name="How much">{commitment.quantity.map((span) => span.text).join(", ")}</Row>}
      <Row name="Kind">{FORCE[commitment.force] ?? commitment.force}</Row>
      <Row name="As of the article"><Term tip={STATUS[commitment.status]?.about}>{STATUS[commitment.status]?.name ?? commitment.status}</Term> <Code>{commitment.status}</Code></Row>
      {commitment.not_testable && <Row name="Cannot be tested">{commitment.not_testable}</Row>}
      {commitment.clause && <Row name="Clause">{commitment.clause}</Row>}
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={commitment.confidence} /></Row>
    </dl>
  );
}

export function AgreementFacts({ agreement }: { agreement: Agreement }) {
  return (
    <dl class="facts">
      <Row name="Who is bound"><People entities={agreement.parties} none="nobody named" /></Row>
      <Row name="Stipulations">{plural(agreement.stipulations.length, "stipulation")}, each a promise of its own</Row>
      <Row name="Dated">{agreement.dated ? sayRange(agreement.dated) : <span class="nobody">the text gives no day</span>}</Row>
      <Row name="In force">{agreement.in_force ? `from ${sayRange(agreement.in_force)}` : <span class="nobody">unsaid</span>}</Row>
      <Row name="Ends">{agreement.lapses ? sayRange(agreement.lapses) : <span class="nobody">unsaid</span>}</Row>
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={agreement.confidence} /></Row>
    </dl>
  );
}

export function TimexFacts({ timex }: { timex: Timex }) {
  return (
    <dl class="facts">
      <Row name="Words"><q>{timex.text}</q></Row>
      <Row name="Stands for"><Code>{timex.value}</Code>{timex.mod && <span class="muted"> {TIMEX_MODS[timex.mod] ?? timex.mod}</span>}</Row>
      <Row name="Kind">{TIMEX_TYPES[timex.type] ?? timex.type}</Row>
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={timex.confidence} /></Row>
    </dl>
  );
}

export function PlaceFacts({ place }: { place: Place }) {
  return (
    <dl class="facts">
      <Row name="Words"><q>{place.text}</q></Row>
      <Row name="Place">{place.name}{place.country && place.name !== countryName(place.country) && <span class="muted"> {countryName(place.country)}</span>}</Row>
      <Row name="Kind">{PLACE_KINDS[place.kind] ?? place.kind}{place.role === "actor" && <span class="muted"> here its government, people or team</span>}</Row>
      <Row name="Point">{place.lat !== null && place.lon !== null ? <><span class="number">{place.lat}, {place.lon}</span> <span class="muted">{PRECISION[place.precision] ?? place.precision}</span></> : <span class="nobody">none: the country or region as a whole</span>}</Row>
      <Row name="How sure we are" tip={GLOSSARY.confidence}><Confidence value={place.confidence} /></Row>
    </dl>
  );
}
