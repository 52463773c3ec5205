// The page's state is its URL: a link shows another person exactly what one sees oneself.

export const VIEWS = ["overview", "reading", "events", "timeline", "map", "network", "commitments", "sources", "corpus", "sql"] as const;
export type View = (typeof VIEWS)[number];

/** Filters that every view shares, named as the server names them; in a list, either value will do. */
export const LIST_FILTERS = [
  "type", "quad", "aux", "party", "actor", "recipient", "country", "place", "source", "outlet", "via", "dated", "placed", "anonymity", "stance", "certainty", "state", "verdict", "review",
] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];
const WORDS = ["text", "from", "to", "article", "record", "sort", "cursor", "level", "by", "sql"] as const;
type Word = (typeof WORDS)[number];

export interface State extends Record<ListFilter, string[]>, Record<Word, string> {
  view: View;
  /** A table in place of the chart. */
  table: boolean;
}

export function emptyState(): State {
  const state = { view: "overview", table: false } as State;
  for (const name of WORDS) state[name] = "";
  for (const name of LIST_FILTERS) state[name] = [];
  return state;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads what it knows and drops the rest: a mistyped link still opens something. */
export function parseState(search: string): State {
  const given = new URLSearchParams(search);
  const state = emptyState();
  const view = given.get("view");
  if (view && (VIEWS as readonly string[]).includes(view)) state.view = view as View;
  for (const name of WORDS) state[name] = given.get(name) ?? "";
  if (!DAY.test(state.from)) state.from = "";
  if (!DAY.test(state.to)) state.to = "";
  for (const name of LIST_FILTERS) state[name] = [...new Set(given.getAll(name).filter((value) => value !== ""))];
  state.table = given.get("as") === "table";
  return state;
}

/** The same state always gives the same link; what is as it is by default is left out. */
export function formatState(state: State): string {
  const out = new URLSearchParams();
  if (state.view !== "overview") out.set("view", state.view);
  for (const name of WORDS) if (state[name]) out.set(name, state[name]);
  for (const name of LIST_FILTERS) for (const value of state[name]) out.append(name, value);
  if (state.table) out.set("as", "table");
  const text = out.toString();
  return text ? `?${text}` : "./";
}

export type Kind = "events" | "statements" | "commitments" | "articles";

/** Which kinds of records a filter can tell apart; words and days go for all. A test holds this against the server's own list. */
const APPLIES: Record<ListFilter, readonly Kind[]> = {
  type: ["events"], quad: ["events"], aux: ["events"], place: ["events"],
  party: ["events", "statements", "commitments", "articles"], country: ["events", "statements", "commitments", "articles"], outlet: ["events", "statements", "commitments", "articles"],
  actor: ["events", "statements", "commitments"], recipient: ["events", "commitments"], source: ["events", "statements", "commitments"], review: ["events", "statements", "commitments"],
  dated: ["events", "statements", "commitments", "articles"], placed: ["events"], via: ["statements"], anonymity: ["statements"], stance: ["statements"], certainty: ["statements"], state: ["commitments"], verdict: ["commitments"],
};

export function applies(filter: ListFilter, kind: Kind): boolean { return APPLIES[filter].includes(kind); }

/** What is asked of the server about records of a kind: its filters, and nothing of where the page stands. */
export function filterParams(state: State, kind: Kind): URLSearchParams {
  const out = new URLSearchParams();
  for (const name of ["text", "from", "to"] as const) if (state[name]) out.set(name, state[name]);
  for (const name of LIST_FILTERS) if (applies(name, kind)) for (const value of state[name]) out.append(name, value);
  return out;
}

export function countFilters(state: State, kind?: Kind): number {
  return LIST_FILTERS.reduce((sum, name) => sum + (kind && !applies(name, kind) ? 0 : state[name].length), 0) + (state.text ? 1 : 0) + (state.from || state.to ? 1 : 0);
}

export function withoutFilters(state: State): State {
  return { ...emptyState(), view: state.view, table: state.table, article: state.article, level: state.level, by: state.by };
}

export function toggled(values: readonly string[], value: string): string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
