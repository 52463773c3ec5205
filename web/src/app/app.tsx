// The shell: header, views, filters, the view itself, and the drawer of one record.
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, forget, session as askSession } from "../api/client";
import type { Session } from "../api/types";
import { formatState, parseState, type State, type View } from "../lib/state";
import { Tips } from "../ui/parts";
import { Link } from "../ui/parts";
import { Commitments } from "../views/commitments";
import { Corpus } from "../views/corpus";
import { Events } from "../views/events";
import { MapView } from "../views/map";
import { Network } from "../views/network";
import { Overview } from "../views/overview";
import { Reading } from "../views/reading";
import { Sources } from "../views/sources";
import { Sql } from "../views/sql";
import { Timeline } from "../views/timeline";
import { AppContext, hrefOf, type App as AppValue } from "./context";
import { Filters } from "./filters";
import { Drawer } from "./drawer";

const NAMES: Record<View, { name: string; about: string }> = {
  overview: { name: "Overview", about: "What is in this archive" },
  reading: { name: "Reading", about: "One article with everything that was read out of it" },
  events: { name: "Events", about: "Who did what to whom" },
  timeline: { name: "Timeline", about: "When it happened" },
  map: { name: "Map", about: "Where it happened" },
  network: { name: "Network", about: "Who deals with whom" },
  commitments: { name: "Promises", about: "Who undertook what, by when" },
  sources: { name: "Sources", about: "Who says so" },
  corpus: { name: "Archive", about: "What was read, and what could not be" },
  sql: { name: "SQL", about: "Ask the ledger directly" },
};

function body(view: View) {
  switch (view) {
    case "overview": return <Overview />;
    case "reading": return <Reading />;
    case "events": return <Events />;
    case "timeline": return <Timeline />;
    case "map": return <MapView />;
    case "network": return <Network />;
    case "commitments": return <Commitments />;
    case "sources": return <Sources />;
    case "corpus": return <Corpus />;
    case "sql": return <Sql />;
  }
}

const ASK_AGAIN_MS = 700;

type Theme = "auto" | "light" | "dark";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];

function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem("masudi.theme");
    return kept === "light" || kept === "dark" ? kept : "auto";
  } catch { return "auto"; }
}

function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(keptTheme);
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try { localStorage.setItem("masudi.theme", theme); } catch { /* private window: for this visit only */ }
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
  return <button type="button" class="quiet theme" onClick={() => setTheme(next)} aria-label={`Colours: ${theme}. Change to ${next}.`}>{{ auto: "◐ Auto", light: "○ Light", dark: "● Dark" }[theme]}</button>;
}

export function App() {
  const [state, setState] = useState<State>(() => parseState(location.search));
  const [session, setSession] = useState<Session | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [opening, setOpening] = useState("masudi: opening the ledger …");
  const [version, setVersion] = useState(0);
  const [said, setSaid] = useState("");

  const load = useCallback(async () => {
    forget();
    try {
      const answer = await askSession();
      setSession(answer);
      setFailure(null);
      setVersion((before) => before + 1);
    } catch (error) {
      // A large ledger takes a while to be opened; the server says how far it is.
      if (error instanceof ApiError && error.code === "loading") {
        setOpening(`masudi: ${error.message} …`);
        setFailure(null);
        setTimeout(() => void load(), ASK_AGAIN_MS);
        return;
      }
      setFailure(error instanceof globalThis.Error ? error.message : String(error));
    }
  }, []);

  useEffect(() => { void load(); }, [load]);
  useEffect(() => {
    const back = () => setState(parseState(location.search));
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);
  useEffect(() => {
    document.title = `${NAMES[state.view].name}${session ? ` · ${session.ledger}` : ""} · masudi`;
  }, [state.view, session]);

  const go = useCallback((change: Partial<State>, replace = false) => {
    setState((before) => {
      const after = { ...before, ...change };
      const url = formatState(after);
      if (url !== formatState(before)) history[replace ? "replaceState" : "pushState"](null, "", url);
      if (after.view !== before.view) window.scrollTo(0, 0);
      return after;
    });
  }, []);

  const value = useMemo<AppValue | null>(
    () => session && { state, session, version, go, href: (change) => hrefOf(state, change), changed: load, say: setSaid },
    [state, session, version, go, load],
  );

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key === "Escape" && state.record && !(event.target instanceof HTMLInputElement) && !(event.target instanceof HTMLTextAreaElement)) go({ record: "" });
      if (event.key === "/" && !(event.target instanceof HTMLInputElement) && !(event.target instanceof HTMLTextAreaElement) && !(event.target instanceof HTMLSelectElement)) {
        event.preventDefault();
        document.getElementById("search")?.focus();
      }
    };
    document.addEventListener("keydown", key);
    return () => document.removeEventListener("keydown", key);
  }, [go, state.record]);

  if (!value) {
    return (
      <main class={failure ? "first" : "opening-main"}>
        {failure ? (
          <div class="failure" role="alert">
            <h1>masudi</h1>
            <p>{failure}</p>
            <p><button type="button" onClick={() => void load()}>Try again</button></p>
          </div>
        ) : <p class="opening" role="status">{opening}</p>}
      </main>
    );
  }

  const filtered = state.view !== "corpus" && state.view !== "sql" && !(state.view === "reading" && state.article !== "");
  return (
    <AppContext.Provider value={value}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>Skip to the content</a>
      <header class="top">
        <Link to={{ view: "overview", record: "", article: "", cursor: "" }} class="brand" label="masudi, overview">
          <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><rect width="32" height="32" rx="7" class="brand-ground" /><path d="M8 23V10l8 8 8-8v13" class="brand-line" /><circle cx="16" cy="25" r="1.8" class="brand-dot" /></svg>
          <span>masudi</span>
        </Link>
        <span class="ledger" data-tip={`${session!.counts.articles.toLocaleString("en")} articles; read by version ${session!.engine.version}`}>{session!.demo ? "the example articles" : session!.ledger}</span>
        <nav class="views" aria-label="Views">
          <ul>
            {(Object.keys(NAMES) as View[]).map((view) => (
              <li key={view}><Link to={{ view, cursor: "", sort: "", record: "", ...(view === "reading" ? {} : { article: "" }) }} current={state.view === view} title={NAMES[view].about}>{NAMES[view].name}</Link></li>
            ))}
          </ul>
        </nav>
        <ThemeButton />
      </header>
      <div class={`frame${filtered ? " with-filters" : ""}${state.record ? " with-drawer" : ""} view-${state.view}`}>
        {filtered && <Filters />}
        <main id="main" tabIndex={-1}>
          {body(state.view)}
        </main>
        {state.record && <Drawer id={state.record} />}
      </div>
      <footer class="foot">
        <span>masudi {session!.version}. Records are made by a program and are often wrong: each shows the sentence it came from.</span>
        <span class="muted">Map shapes: Natural Earth. <a href="./licences.txt">Licences</a>. Keys: / search, Esc closes a record.</span>
      </footer>
      <div class="visually-hidden" role="status" aria-live="polite">{said}</div>
      <Tips />
    </AppContext.Provider>
  );
}
