// The first look: what is in this archive, in sentences; each figure leads to what it counts.
import type { Board, Facets, Map as PlaceMap, Timeline } from "../api/types";
import { useApp, useData } from "../app/context";
import { sayDay } from "../lib/dates";
import { entityName } from "../lib/say";
import { countFilters, filterParams, type Kind } from "../lib/state";
import { countryName } from "../lib/countries";
import { GLOSSARY, QUADS, QUAD_WORDS, TYPES, plural } from "../lib/words";
import { Bars, Code, Empty, Link, QuadKey, Show, Term, Twins } from "../ui/parts";
import { UndatedNote } from "../ui/undated";
import { stateWords } from "./commitments";
import { NamedShares } from "./sources";

export function Overview() {
  const { state, session } = useApp();
  const facetParams = (kind: Kind, facets: string, top = "8") => { const out = filterParams(state, kind); out.set("kind", kind); out.set("facets", facets); out.set("top", top); return out; };
  const events = useData<Facets>("facets.json", facetParams("events", "type,party,quad", "16"));
  const statements = useData<Facets>("facets.json", facetParams("statements", "anonymity,source"));
  const board = useData<Board>("board.json", filterParams(state, "commitments"));
  const map = useData<PlaceMap>("map.json", filterParams(state, "events"));
  const timeline = useData<Timeline>("timeline.json", (() => { const out = filterParams(state, "articles"); out.set("kind", "articles"); return out; })());
  const { counts, published } = session;
  if (counts.articles === 0) {
    return (
      <section class="view" aria-labelledby="view-title">
        <h1 id="view-title">This ledger is still empty</h1>
        <Empty title="Nothing has been read into it yet."><p>Read an archive with <Code>masudi ingest FOLDER --ledger {session.ledger}</Code>, or <Link to={{ view: "reading", article: "" }}>paste one article</Link> and see at once what is read out of it.</p></Empty>
      </section>
    );
  }
  const overdue = board.data?.columns.find((column) => column.state === "overdue");
  const narrowed = countFilters(state) > 0;
  return (
    <section class="view overview" aria-labelledby="view-title">
      <div class="view-head">
        <h1 id="view-title">What is in {session.demo ? "the example articles" : "this archive"}</h1>
        <p class="summary">
          {narrowed ? "Under the filters, " : ""}<Link to={{ view: "corpus" }}>{plural(timeline.data?.total ?? counts.articles, "article")}</Link>
          {!narrowed && published.first && published.last && <>, published {published.first === published.last ? `on ${sayDay(published.first)}` : `between ${sayDay(published.first)} and ${sayDay(published.last)}`}</>}
          {": "}they tell of <Link to={{ view: "events" }}>{plural(events.data?.total ?? counts.events, "thing", "things")} that happened</Link>, quote <Link to={{ view: "sources" }}>{plural(statements.data?.total ?? counts.statements, "statement")}</Link>, and hold <Link to={{ view: "commitments" }}>{plural(board.data?.total ?? counts.commitments, "promise")}</Link>
          {overdue && overdue.count > 0 ? <>, of which <Link to={{ view: "commitments", state: ["overdue"] }}>{overdue.count.toLocaleString("en")}</Link> {overdue.count === 1 ? "is" : "are"} past the promised day</> : board.data === null ? <span class="hidden-ink">, of which 9 are past the promised day</span> : ""}.
        </p>
        {!narrowed && session.counts.undated > 0 && <UndatedNote count={session.counts.undated} />}
      </div>
      <div class="cards">
        <section class="panel" aria-labelledby="o-what">
          <h2 id="o-what"><Term word="event">What happened</Term></h2>
          <Show of={events} height="chart">
            {(data) => {
              const types = data.facets.find((facet) => facet.name === "type")?.values ?? [];
              return types.length === 0 ? <Empty title="No event under these filters." /> : (
                <>{QUADS.map((quad) => {
                  const rows = types.filter((value) => TYPES[value.value]?.quad === quad);
                  return rows.length === 0 ? null : (
                    <div key={quad} class="quad-group">
                      <h3><span class={`swatch q-${quad}`} aria-hidden="true" /><Term tip={QUAD_WORDS[quad].about}>{QUAD_WORDS[quad].name}</Term></h3>
                      <Bars label={QUAD_WORDS[quad].name} rows={rows.map((value) => ({ key: value.value, label: TYPES[value.value]?.name ?? value.value, count: value.count, quad, tip: `${TYPES[value.value]?.about ?? ""} PLOVER ${value.value}`, to: { view: "events", type: [value.value], cursor: "" } }))} />
                    </div>
                  );
                })}</>
              );
            }}
          </Show>
        </section>
        <section class="panel" aria-labelledby="o-promises">
          <h2 id="o-promises"><Term word="commitment">What was promised</Term></h2>
          <Show of={board} height="chart">
            {(data) => data.total === 0 ? <Empty title="No promise under these filters." /> : (
              <>
                <Bars label="Promises by state" rows={data.columns.filter((column) => column.count > 0).map((column) => ({ key: column.state, label: stateWords(column.state).name, tip: stateWords(column.state).about, count: column.count, to: { view: "commitments", state: [column.state], cursor: "" } }))} />
                {overdue && overdue.items.length > 0 && (
                  <>
                    <h3><Term tip={GLOSSARY.overdue}>Past the promised day</Term></h3>
                    <ul class="few">{overdue.items.slice(0, 4).map((item) => (
                      <li key={item.id}><Link to={{ record: item.id }}><b>{item.record.debtor.map(entityName).join(" and ") || "Somebody"}</b> {item.record.polarity === "-" ? "not to " : ""}<q>{item.record.consequent.text}</q></Link> <span class="muted">by {sayDay(item.record.deadline!.end)}</span></li>
                    ))}</ul>
                  </>
                )}
              </>
            )}
          </Show>
        </section>
        <section class="panel" aria-labelledby="o-who">
          <h2 id="o-who">Who is in it</h2>
          <Show of={events} height="chart">
            {(data) => {
              const values = data.facets.find((facet) => facet.name === "party")?.values ?? [];
              return <Bars label="Parties" rows={values.slice(0, 12).map((value) => ({ key: value.value, label: value.label, count: value.count, to: { view: "events", party: [value.value], cursor: "" } }))} />;
            }}
          </Show>
          <p><Link to={{ view: "network" }}>See who deals with whom</Link></p>
        </section>
        <section class="panel" aria-labelledby="o-says">
          <h2 id="o-says"><Term word="statement">Who says so</Term></h2>
          <Show of={statements} height="block">
            {(data) => {
              const by = Object.fromEntries((data.facets.find((facet) => facet.name === "anonymity")?.values ?? []).map((value) => [value.value, value.count]));
              const sources = data.facets.find((facet) => facet.name === "source")?.values ?? [];
              return (
                <>
                  <NamedShares by={by} />
                  <h3>Who speaks most</h3>
                  <Bars label="Sources" rows={sources.slice(0, 8).map((value) => ({ key: value.value, label: value.label, count: value.count, to: { view: "sources", source: [value.value], cursor: "" } }))} />
                </>
              );
            }}
          </Show>
        </section>
        <section class="panel" aria-labelledby="o-where">
          <h2 id="o-where">Where</h2>
          <Show of={map} height="block">
            {(data) => data.places.length === 0 ? <Empty title="No event under these filters has a place." /> : (
              <Bars label="Places" rows={data.places.slice(0, 8).map((place) => ({ key: `${place.name} ${place.country} ${place.lat}`, label: <>{place.name}{place.country && countryName(place.country) !== place.name && <span class="muted"> {countryName(place.country)}</span>}</>, count: place.count, to: { view: "map", place: [`=${place.name}`], cursor: "" } }))} />
            )}
          </Show>
          <p><Link to={{ view: "map" }}>See the map</Link></p>
        </section>
        <section class="panel" aria-labelledby="o-how">
          <h2 id="o-how">How to read this page</h2>
          <p>Each record is one of three things: something that <Term word="event">happened</Term>, something that was <Term word="statement">said</Term>, or something that was <Term word="commitment">promised</Term>. Colours tell cooperation from conflict, and words from deeds:</p>
          <QuadKey />
          <p>Words with a dotted line explain themselves when pointed at. Choose any record to see the sentence it came from, the rule that made it, and who vouches for it; say whether it is right, and the page keeps your judgement beside the machine's. <Link to={{ view: "reading", article: "" }}>Paste an article</Link> to see how one is read.</p>
        </section>
      </div>
      <Twins kind="events" path="facets" extra={{ kind: "events" }} />
    </section>
  );
}
