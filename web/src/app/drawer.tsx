// One record, beside whatever view is open: what it says, the sentence it came from, why it is there, and what people made of it.
import { useEffect, useRef } from "preact/hooks";
import { link } from "../api/client";
import type { Agreement, Commitment, CommitmentItem, Event, EventItem, Explanation, Place, RecordDetail, Statement, StatementItem, Timex } from "../api/types";
import { detailMarks } from "../lib/marks";
import { sayCommitment, sayPlace, sayTimex } from "../lib/say";
import { CorrectionForm } from "../ui/correction";
import { AgreementFacts, Chain, CommitmentFacts, EventFacts, PlaceFacts, StatementFacts, TimexFacts } from "../ui/facts";
import { MarkedSentence } from "../ui/marked";
import { ArticleLine, EventWords, Link, Parties, Reviewed, Show, Term } from "../ui/parts";
import { Why } from "../ui/why";
import { VerdictForm } from "../ui/verdict";
import { useApp, useData } from "./context";
import { GLOSSARY } from "../lib/words";

/** Parties are not kept in the ledger; the explanation is all there is to show. */
function isRecord(id: string): boolean { return /:[escgtp]\d+$/.test(id); }

const HEADINGS: Record<RecordDetail["kind"], string> = {
  event: "Something that happened", statement: "Something that was said", commitment: "A promise", agreement: "An agreement", timex: "A date", place: "A place",
};

export function Drawer({ id }: { id: string }) {
  return isRecord(id) ? <RecordDrawer id={id} /> : <WhyDrawer id={id} />;
}

function WhyDrawer({ id }: { id: string }) {
  const { go } = useApp();
  const explain = useData<Explanation>(`explain/${encodeURIComponent(id)}.json`);
  return (
    <aside class="drawer" aria-labelledby="drawer-heading">
      <div class="drawer-head">
        <h2 id="drawer-heading" tabIndex={-1}>A party</h2>
        <button type="button" class="quiet close" onClick={() => go({ record: "" })} aria-label="Close this record">×</button>
      </div>
      <Show of={explain} height="chart">
        {(data) => (
          <>
            {data.sentence && <MarkedSentence text={data.sentence.text} base={data.sentence.begin} marks={data.marks.map((mark) => ({ begin: mark.begin, end: mark.end, kind: "", id: "", part: "anchor" }))} />}
            <section class="why"><h3>Why it is read so</h3><Why explanation={data} /></section>
          </>
        )}
      </Show>
    </aside>
  );
}

function RecordDrawer({ id }: { id: string }) {
  const { go } = useApp();
  const path = `records/${encodeURIComponent(id)}.json`;
  const detail = useData<RecordDetail>(path);
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current = document.activeElement;
    heading.current?.focus({ preventScroll: window.matchMedia("(min-width: 1100px)").matches });
    return () => { if (opener.current instanceof HTMLElement && opener.current.isConnected) opener.current.focus({ preventScroll: true }); };
  }, [id]);
  return (
    <aside class="drawer" aria-labelledby="drawer-heading">
      <div class="drawer-head">
        <h2 id="drawer-heading" ref={heading} tabIndex={-1}>{detail.data ? HEADINGS[detail.data.kind] : "Record"}</h2>
        <button type="button" class="quiet close" onClick={() => go({ record: "" })} aria-label="Close this record">×</button>
      </div>
      <Show of={detail} height="chart">{(data) => <Detail detail={data} path={path} />}</Show>
    </aside>
  );
}

function Detail({ detail, path }: { detail: RecordDetail; path: string }) {
  const { session, state } = useApp();
  const item = detail.item;
  const record = item.record;
  const explain = useData<Explanation>(`explain/${encodeURIComponent(detail.id)}.json`);
  return (
    <>
      <p class="drawer-says">
        {detail.kind === "event" && <EventWords event={record as Event} />}
        {detail.kind === "statement" && <><Parties entities={[(record as Statement).source]} filter="source" /> says it</>}
        {detail.kind === "commitment" && sayCommitment(record as Commitment)}
        {detail.kind === "agreement" && <><Parties entities={(record as Agreement).parties} none="Parties not named" /> are bound by it</>}
        {detail.kind === "timex" && sayTimex(record as Timex)}
        {detail.kind === "place" && sayPlace(record as Place)}
        {" "}<Reviewed correction={item.correction} />
      </p>
      <MarkedSentence text={item.sentence.text} base={item.sentence.begin} marks={detailMarks(detail)} />
      <p class="from"><ArticleLine article={item.article} record={state.view === "reading" ? detail.id : ""} /></p>
      {detail.kind === "event" && <EventFacts event={(item as EventItem).record} />}
      {detail.kind === "statement" && <StatementFacts statement={(item as StatementItem).record} />}
      {detail.kind === "commitment" && <CommitmentFacts commitment={(item as CommitmentItem).record} today={session.today} />}
      {detail.kind === "agreement" && <AgreementFacts agreement={record as Agreement} />}
      {detail.kind === "timex" && <TimexFacts timex={record as Timex} />}
      {detail.kind === "place" && <PlaceFacts place={record as Place} />}
      {(detail.kind === "event" || detail.kind === "commitment") && explain.data?.chain && <section><h3><Term tip={GLOSSARY.chain}>Who vouches for it</Term></h3><Chain words={explain.data.chain} /></section>}
      {detail.kind === "commitment" && <Judgement item={item as CommitmentItem} detail={detail} />}
      <section class="why">
        <h3>Why this record is here</h3>
        <Show of={explain}>{(data) => <Why explanation={data} />}</Show>
      </section>
      <section>
        <h3>Is it right?</h3>
        <CorrectionForm detail={detail} />
      </section>
      <p class="twins">The same as data: <a href={link(path)}>JSON</a></p>
    </>
  );
}

function Judgement({ item, detail }: { item: CommitmentItem; detail: RecordDetail }) {
  return (
    <>
      {item.overdue_rule && <p class={item.overdue ? "overdue-rule overdue" : "overdue-rule"}><Term word="overdue">{item.overdue ? "Overdue" : "Due"}</Term>: {item.overdue_rule}</p>}
      {item.accounts.length > 0 && <section><h3><Term word="same_as">Told more than once</Term></h3><Accounts ids={[detail.id, ...item.accounts]} /></section>}
      <section>
        <h3><Term word="verdict">Was it kept?</Term></h3>
        <VerdictForm detail={detail} />
      </section>
    </>
  );
}

/** The tellings of one undertaking side by side, so that what differs can be seen. */
function Accounts({ ids }: { ids: readonly string[] }) {
  return <div class="accounts scroll-x" tabIndex={0} role="group" aria-label="Accounts side by side">{ids.map((id) => <Account key={id} id={id} />)}</div>;
}

function Account({ id }: { id: string }) {
  const { state } = useApp();
  const detail = useData<RecordDetail>(`records/${encodeURIComponent(id)}.json`);
  return (
    <article class={id === state.record ? "account current" : "account"}>
      <Show of={detail}>
        {(data) => {
          const commitment = (data.item as CommitmentItem).record;
          return (
            <>
              <p><Parties entities={commitment.debtor} none="nobody named" /></p>
              <p>{commitment.polarity === "-" && <b>not: </b>}<q>{commitment.consequent.text}</q></p>
              {commitment.deadline && <p class="muted">by {commitment.deadline.end}</p>}
              {commitment.antecedent && <p class="muted">if {commitment.antecedent.text}</p>}
              {commitment.excludes.map((span) => <p class="muted" key={span.begin}>not: {span.text}</p>)}
              {id === state.record ? <p class="muted">this record</p> : <p><Link to={{ record: id }}>Open</Link></p>}
            </>
          );
        }}
      </Show>
    </article>
  );
}
