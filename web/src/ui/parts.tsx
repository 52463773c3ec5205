// The small parts that every view is made of.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { link } from "../api/client";
import type { ArticleHead, Correction, Entity, Event } from "../api/types";
import { useApp, type Loaded } from "../app/context";
import { sayDay } from "../lib/dates";
import { affiliation, entityName, percent, shortPlace } from "../lib/say";
import { filterParams, type Kind, type ListFilter, type State } from "../lib/state";
import { AUX, DECISIONS, GLOSSARY, QUAD_WORDS, SECTORS, TYPES, quadOf, verb, type Quad } from "../lib/words";

/** A link to another state of this page: a real link (it can be copied, opened in a tab), followed without loading. */
export function Link(props: { to: Partial<State>; class?: string; children: ComponentChildren; title?: string; label?: string; current?: boolean; id?: string; replace?: boolean }) {
  const app = useApp();
  return (
    <a
      id={props.id}
      class={props.class}
      href={app.href(props.to)}
      title={props.title}
      aria-label={props.label}
      aria-current={props.current ? "page" : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        app.go(props.to, props.replace);
      }}
    >
      {props.children}
    </a>
  );
}

/** A word with its meaning on hover and focus. */
export function Term(props: { tip?: string | undefined; word?: keyof typeof GLOSSARY; children: ComponentChildren }) {
  const tip = props.tip ?? (props.word ? GLOSSARY[props.word] : undefined);
  if (!tip) return <>{props.children}</>;
  return <span class="term" tabIndex={0} data-tip={tip} aria-description={tip}>{props.children}</span>;
}

export function Swatch({ quad }: { quad: Quad | string | null }) {
  return <span class={`swatch q-${quad ?? "none"}`} aria-hidden="true" />;
}

export function Code({ children }: { children: ComponentChildren }) {
  return <code class="code">{children}</code>;
}

/** A party: its name, and on hover who that is. Filters by it when clicked. */
export function Party({ entity, filter = "party" }: { entity: Entity; filter?: ListFilter }) {
  const { state } = useApp();
  const name = entityName(entity);
  const who = affiliation(entity, SECTORS);
  const words = entity.name && entity.text.text !== entity.name ? `“${entity.text.text}”` : "";
  const tip = [who, words && `in the text: ${words}`].filter(Boolean).join("; ");
  if (!entity.name) return <span class="party unnamed" data-tip={tip || undefined}>{name}</span>;
  const value = `=${entity.name}`;
  return (
    <span class="party" data-tip={tip || undefined}>
      <Link to={{ [filter]: state[filter].includes(value) ? state[filter] : [...state[filter], value], cursor: "" }} label={`${name}${who ? ` (${who})` : ""}: show only this party`}>{name}</Link>
    </span>
  );
}

export function Parties({ entities, none, filter = "party" }: { entities: readonly Entity[]; none?: string; filter?: ListFilter }) {
  if (entities.length === 0) return none ? <span class="nobody">{none}</span> : null;
  return (
    <>
      {entities.map((entity, index) => (
        <>
          {index > 0 && (index === entities.length - 1 ? " and " : ", ")}
          <Party entity={entity} filter={filter} />
        </>
      ))}
    </>
  );
}

/** "Georgia met or talked with Armenia", each word a way on. */
export function EventWords({ event }: { event: Event }) {
  const type = TYPES[event.type];
  const tip = `${type?.about ?? ""} PLOVER ${event.type}${event.mode ? `, ${event.mode}` : ""}${event.cameo ? `; CAMEO ${event.cameo}` : ""}`.trim();
  return (
    <span class="event-words">
      <Parties entities={event.actor} none="Somebody not named" />{" "}
      <span class={`verb q-${quadOf(event.type) ?? "none"}`} data-tip={tip} aria-description={tip}>{verb(event.type, event.mode, event.recipient.length > 0)}</span>
      {event.recipient.length > 0 && <> <Parties entities={event.recipient} /></>}
      {event.aux.map((aux) => <> <span class="tag" data-tip={AUX[aux]?.about}>{AUX[aux]?.name ?? aux}</span></>)}
    </span>
  );
}

export function Confidence({ value }: { value: number }) {
  return (
    <span class="confidence" data-tip={GLOSSARY.confidence}>
      <meter min={0} max={1} value={value} aria-label="confidence" />
      <span class="number">{percent(value)}</span>
    </span>
  );
}

export function Reviewed({ correction }: { correction: Correction | null }) {
  if (!correction) return null;
  const words = DECISIONS[correction.decision];
  return <span class={`tag review-${correction.decision}`} data-tip={`${words} by ${correction.author}${correction.note ? `: ${correction.note}` : ""}`}>{words}</span>;
}

export function ArticleLine({ article, record }: { article: ArticleHead; record?: string }) {
  return (
    <span class="article-line">
      <Link to={{ view: "reading", article: article.id, record: record ?? "" }} class="article-link">{article.title ?? shortPlace(article.uri)}</Link>
      <span class="muted">{article.outlet ? ` ${article.outlet}` : ""}{article.published ? ` · ${sayDay(article.published)}` : " · not dated"}</span>
    </span>
  );
}

/** What to show where there is nothing, with a next step. */
export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      <div class="empty-next">{props.children ?? <NextSteps />}</div>
    </div>
  );
}

export function NextSteps() {
  const { state, session } = useApp();
  if (session.counts.articles === 0) return <p>This ledger is empty. Read an archive into it with <Code>masudi ingest FOLDER --ledger {session.ledger}</Code>, or <Link to={{ view: "reading", article: "" }}>paste one article</Link>.</p>;
  return <p><Link to={clearAll(state)}>Show everything</Link>, or take away one of the filters above.</p>;
}

export function clearAll(state: State): Partial<State> {
  const change: Partial<State> = { text: "", from: "", to: "", cursor: "" };
  for (const [name, value] of Object.entries(state)) if (Array.isArray(value)) Object.assign(change, { [name]: [] });
  return change;
}

export function Failure({ error }: { error: globalThis.Error }) {
  const { changed } = useApp();
  return (
    <div class="failure" role="alert">
      <p><strong>This could not be shown.</strong> {error.message}</p>
      <p><button type="button" onClick={() => void changed()}>Try again</button></p>
    </div>
  );
}

/** Waits, fails or shows; what waits keeps the height that the content will have. */
export function Show<T>(props: { of: Loaded<T>; height?: "line" | "block" | "chart"; children: (data: T) => ComponentChildren }) {
  const { data, error, loading } = props.of;
  if (error) return <Failure error={error} />;
  if (data === null) return loading ? <div class={`waiting ${props.height ?? "block"}`} role="status"><span class="visually-hidden">Loading</span></div> : null;
  return <div class={loading ? "stale" : "fresh"} aria-busy={loading}>{props.children(data)}</div>;
}

/** The same data for programs. */
export function Twins({ path, kind, extra }: { path: string; kind?: Kind; extra?: Record<string, string> }) {
  const { state } = useApp();
  const params = kind ? filterParams(state, kind) : new URLSearchParams();
  for (const [name, value] of Object.entries(extra ?? {})) params.set(name, value);
  return (
    <p class="twins">
      The same as data: <a href={link(`${path}.json`, params)}>JSON</a>{" · "}<a href={link(`${path}.csv`, params)}>CSV</a>
    </p>
  );
}

export function Pager({ total, next, shown, of }: { total: number; next: string | null; shown: number; of: string }) {
  const { state } = useApp();
  return (
    <nav class="pager" aria-label="Pages">
      <span class="muted">{shown < total ? `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} ${of}` : `${total.toLocaleString("en")} ${of}, all shown`}</span>
      {state.cursor && <Link to={{ cursor: "" }} class="button">First page</Link>}
      {next && <Link to={{ cursor: next }} class="button">Next page</Link>}
    </nav>
  );
}

export interface Bar { key: string; label: ComponentChildren; count: number; tip?: string | undefined; to?: Partial<State>; quad?: Quad | null | undefined; on?: boolean }

/** A list whose rows have bars: chart and table in one. */
export function Bars({ rows, label }: { rows: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul class="bars" aria-label={label}>
      {rows.map((row) => {
        const inner = (
          <>
            <span class="bar-label">{row.label}</span>
            <span class="bar-count number">{row.count.toLocaleString("en")}</span>
            <span class="bar-track" aria-hidden="true"><svg width="100%" height="4" preserveAspectRatio="none" viewBox="0 0 100 4"><rect width={(row.count / most) * 100} height="4" class={`fill-${row.quad ?? "plain"}`} /></svg></span>
          </>
        );
        return (
          <li key={row.key} data-tip={row.tip} class={row.on ? "on" : undefined}>
            {row.to ? <Link to={row.to}>{inner}</Link> : <span class="bar-row">{inner}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Parts of a whole, side by side, with the figures in words beside it. */
export function Shares({ parts, label }: { parts: readonly { key: string; name: string; count: number; class: string; to?: Partial<State> }[]; label: string }) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  let x = 0;
  return (
    <div class="shares">
      <svg class="shares-bar" viewBox="0 0 100 3" width="100%" height="14" preserveAspectRatio="none" role="img" aria-label={`${label}: ${parts.map((part) => `${part.name} ${part.count}`).join(", ")}`}>
        {parts.map((part) => {
          const width = total ? (part.count / total) * 100 : 0;
          const rect = <rect key={part.key} x={x} width={Math.max(0, width - 0.25)} height="3" class={part.class} />;
          x += width;
          return rect;
        })}
      </svg>
      <ul class="shares-key">
        {parts.filter((part) => part.count > 0).map((part) => (
          <li key={part.key}><span class={`key-mark ${part.class}`} aria-hidden="true" />{part.to ? <Link to={part.to}>{part.name}</Link> : part.name} <span class="number muted">{part.count.toLocaleString("en")}</span></li>
        ))}
      </ul>
    </div>
  );
}

export function QuadKey() {
  return (
    <ul class="quad-key" aria-label="Colours">
      {(Object.keys(QUAD_WORDS) as Quad[]).map((quad) => <li key={quad}><Swatch quad={quad} /><Term tip={QUAD_WORDS[quad].about}>{QUAD_WORDS[quad].name}</Term></li>)}
    </ul>
  );
}

/** Chart or table: the state is in the URL. */
export function AsTable({ chart }: { chart: string }) {
  const { state } = useApp();
  return (
    <div class="switch" role="group" aria-label="Show as">
      <Link to={{ table: false, cursor: "" }} current={!state.table} class="switch-item">{chart}</Link>
      <Link to={{ table: true, cursor: "" }} current={state.table} class="switch-item">Table</Link>
    </div>
  );
}

/** One floating note for all parts with data-tip: shown on hover and on keyboard focus, gone with Escape. */
export function Tips() {
  const [tip, setTip] = useState<{ text: string; x: number; y: number; below: boolean } | null>(null);
  useEffect(() => {
    const show = (event: globalThis.Event) => {
      const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
      const text = target?.getAttribute("data-tip");
      if (!target || !text) { setTip(null); return; }
      const box = (target.getClientRects()[0] ?? target.getBoundingClientRect());
      const width = Math.min(320, window.innerWidth - 16);
      const below = box.top < 120;
      setTip({ text, x: Math.max(8, Math.min(window.innerWidth - width - 8, box.left)), y: below ? box.bottom + 6 : window.innerHeight - box.top + 6, below });
    };
    const hide = () => setTip(null);
    const key = (event: KeyboardEvent) => { if (event.key === "Escape") hide(); };
    document.addEventListener("mouseover", show);
    document.addEventListener("focusin", show);
    document.addEventListener("focusout", hide);
    document.addEventListener("scroll", hide, true);
    document.addEventListener("keydown", key);
    return () => {
      document.removeEventListener("mouseover", show);
      document.removeEventListener("focusin", show);
      document.removeEventListener("focusout", hide);
      document.removeEventListener("scroll", hide, true);
      document.removeEventListener("keydown", key);
    };
  }, []);
  if (!tip) return null;
  const style = tip.below ? { left: `${tip.x}px`, top: `${tip.y}px` } : { left: `${tip.x}px`, bottom: `${tip.y}px` };
  return <div class="tip" style={style} aria-hidden="true">{tip.text}</div>;
}
