// One set of filters for all views: words, days, and the values that are left under the other filters with their counts.
import { useEffect, useState } from "preact/hooks";
import type { Facets, Timeline } from "../api/types";
import { brushWindow, sayDay } from "../lib/dates";
import { applies, countFilters, filterParams, toggled, type Kind, type ListFilter, type State, type View } from "../lib/state";
import { ANONYMITY, AUX, CERTAINTY, QUAD_WORDS, STANCE, STATUS, TYPES, VERDICTS, type Quad } from "../lib/words";
import { Link, Show, Swatch, clearAll } from "../ui/parts";
import { countryName } from "../lib/countries";
import { useApp, useData } from "./context";
import { Brush } from "./brush";

export function kindOf(view: View): Kind {
  if (view === "commitments") return "commitments";
  if (view === "sources") return "statements";
  if (view === "reading") return "articles";
  return "events";
}

/** Which filters a view offers as lists; the others can still be set by links and are shown as chips. */
const OFFERED: Record<Kind, readonly ListFilter[]> = {
  events: ["type", "party", "country", "place", "source", "outlet", "aux", "review"],
  statements: ["source", "anonymity", "stance", "certainty", "via", "outlet", "country", "review"],
  commitments: ["state", "party", "country", "source", "outlet", "review"],
  articles: ["outlet", "party"],
};

export const FILTER_NAMES: Record<ListFilter, string> = {
  type: "What happened", quad: "Group", aux: "Did it happen?", party: "Who", actor: "By", recipient: "To", country: "Country", place: "Where", source: "Who says so", outlet: "Published in", via: "Through which outlet", dated: "Has a date", placed: "Has a place",
  anonymity: "Named or not", stance: "How it is said", certainty: "How sure", state: "State of the promise", verdict: "Verdict", review: "Checked by a person",
};

const STATE_NAMES: Record<string, string> = { overdue: "Overdue", due: "Due later", undated: "No date given", conditional: STATUS.conditional!.name };
const REVIEW_NAMES: Record<string, string> = { none: "not checked", accept: "accepted", reject: "rejected", change: "changed" };

export function valueName(filter: ListFilter, value: string, label?: string): string {
  switch (filter) {
    case "type": return TYPES[value]?.name ?? value;
    case "quad": return QUAD_WORDS[value as Quad]?.name ?? value;
    case "aux": return value === "none" ? "simply happened" : (AUX[value]?.name ?? value);
    case "country": return countryName(value);
    case "anonymity": return ANONYMITY[value]?.name ?? value;
    case "stance": return STANCE[value] ?? value;
    case "certainty": return CERTAINTY[value] ?? value;
    case "state": return STATE_NAMES[value] ?? VERDICTS[value]?.name ?? STATUS[value]?.name ?? value;
    case "verdict": return VERDICTS[value]?.name ?? value;
    case "dated": return value === "no" ? "without any date" : "with a date";
    case "placed": return value === "no" ? "without a place" : "with a place";
    case "review": return REVIEW_NAMES[value] ?? value;
    default: return label ?? value.replace(/^=/, "");
  }
}

function Search() {
  const { state, go } = useApp();
  const [text, setText] = useState(state.text);
  useEffect(() => setText(state.text), [state.text]);
  // Typing should not ask the server at every letter.
  useEffect(() => {
    if (text === state.text) return;
    const timer = setTimeout(() => go({ text, cursor: "" }, true), 300);
    return () => clearTimeout(timer);
  }, [text, state.text, go]);
  return (
    <form class="search" role="search" onSubmit={(event) => { event.preventDefault(); go({ text, cursor: "" }); }}>
      <label class="visually-hidden" for="search">Words in the sentence</label>
      <input id="search" type="search" placeholder="Words in the sentence" value={text} onInput={(event) => setText(event.currentTarget.value)} autocomplete="off" />
    </form>
  );
}

function Days() {
  const { state, go } = useApp();
  return (
    <div class="days">
      <label>From <input type="date" value={state.from} onChange={(event) => go({ from: event.currentTarget.value, cursor: "" })} /></label>
      <label>to <input type="date" value={state.to} onChange={(event) => go({ to: event.currentTarget.value, cursor: "" })} /></label>
    </div>
  );
}

function Chips() {
  const { state, go } = useApp();
  const kind = kindOf(state.view);
  const chips: { key: string; name: string; off: Partial<State>; idle?: boolean }[] = [];
  if (state.text) chips.push({ key: "text", name: `words: ${state.text}`, off: { text: "" } });
  if (state.from || state.to) chips.push({ key: "days", name: state.from && state.to ? `${sayDay(state.from)} to ${sayDay(state.to)}` : state.from ? `from ${sayDay(state.from)}` : `until ${sayDay(state.to)}`, off: { from: "", to: "" } });
  for (const [name, value] of Object.entries(state)) {
    if (!Array.isArray(value)) continue;
    const filter = name as ListFilter;
    for (const one of value as string[]) chips.push({ key: `${filter} ${one}`, name: `${FILTER_NAMES[filter]}: ${valueName(filter, one)}`, off: { [filter]: state[filter].filter((other) => other !== one) }, idle: state.view !== "overview" && !applies(filter, kind) });
  }
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters in use">
      {chips.map((chip) => <li key={chip.key}><button type="button" class={chip.idle ? "chip idle" : "chip"} data-tip={chip.idle ? "What is shown here knows nothing of this filter; it waits for the next view." : undefined} onClick={() => go({ ...chip.off, cursor: "" })} aria-label={`Take away ${chip.name}${chip.idle ? " (not used here)" : ""}`}><span>{chip.name}{chip.idle && " (not used here)"}</span> <span aria-hidden="true">×</span></button></li>)}
      {chips.length > 1 && <li><Link to={clearAll(state)} class="clear">Clear all</Link></li>}
    </ul>
  );
}

function FacetList({ filter, values, more, open }: { filter: ListFilter; values: Facets["facets"][number]["values"]; more: number; open: boolean }) {
  const { state } = useApp();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, 8);
  if (values.length === 0) return null;
  const chosen = state[filter].length;
  return (
    <details class="facet" open={open || chosen > 0}>
      <summary>{FILTER_NAMES[filter]}{chosen > 0 && <span class="count-badge">{chosen}</span>}</summary>
      <ul>
        {shown.map(({ value, label, count }) => {
          const on = state[filter].includes(value);
          const quad = filter === "type" ? TYPES[value]?.quad ?? null : null;
          return (
            <li key={value} data-tip={filter === "type" ? `${TYPES[value]?.about ?? ""} PLOVER ${value}` : filter === "aux" ? AUX[value]?.about : undefined}>
              <Link to={{ [filter]: toggled(state[filter], value), cursor: "" }} class={on ? "facet-value on" : "facet-value"}>
                <span class="facet-name">{quad && <Swatch quad={quad} />}{valueName(filter, value, label)}{on && <span class="visually-hidden"> (chosen; take away)</span>}</span>{" "}
                <span class="number muted">{count.toLocaleString("en")}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {values.length > 8 && <button type="button" class="quiet" onClick={() => setAll(!all)}>{all ? "Fewer" : `${values.length - 8} more`}</button>}
      {all && more > 0 && <p class="muted">and {more.toLocaleString("en")} that are rarer</p>}
    </details>
  );
}

export function Filters() {
  const { state, session } = useApp();
  const kind = kindOf(state.view);
  const params = filterParams(state, kind);
  params.set("kind", kind);
  // The strip shows more than what is chosen, so that another stretch can be chosen on it.
  const around = brushWindow(session.published, state.from, state.to);
  const timelineParams = new URLSearchParams(params);
  timelineParams.delete("from");
  timelineParams.delete("to");
  if (around) { timelineParams.set("from", around.begin); timelineParams.set("to", around.end); }
  const timeline = useData<Timeline>("timeline.json", timelineParams);
  const facetParams = new URLSearchParams(params);
  facetParams.set("facets", OFFERED[kind].join(","));
  facetParams.set("top", "40");
  const facets = useData<Facets>("facets.json", facetParams);
  const used = countFilters(state, kind);
  const [narrow] = useState(() => window.matchMedia("(max-width: 899px)").matches);
  return (
    <aside class="filters" aria-label="Filters">
      <Search />
      <Chips />
      <details class="facets" open={!narrow}>
        <summary class="facets-summary">Time and other filters{used > 0 && <span class="count-badge">{used}</span>}</summary>
        <Brush timeline={timeline} around={around} />
        <Days />
        <Show of={facets} height="chart">
          {(data) => <>{OFFERED[kind].map((name, index) => {
            const facet = data.facets.find((one) => one.name === name);
            return facet ? <FacetList key={name} filter={name} values={facet.values} more={facet.more} open={index < 3} /> : null;
          })}</>}
        </Show>
      </details>
    </aside>
  );
}
