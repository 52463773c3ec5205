// What every part of the page may know: the state in the URL, the session, and how to change them.
import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { get } from "../api/client";
import type { Session } from "../api/types";
import { formatState, type State } from "../lib/state";

export interface App {
  state: State;
  session: Session;
  /** Changes the state; `replace` when the change is not worth a step of the back button. */
  go(change: Partial<State>, replace?: boolean): void;
  /** The link of a changed state. */
  href(change: Partial<State>): string;
  /** After something was written: everything is asked for again. */
  changed(): Promise<void>;
  /** Said aloud by screen readers. */
  say(words: string): void;
  /** Grows with every change of the ledger. */
  version: number;
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new globalThis.Error("no application around this part");
  return app;
}

export interface Loaded<T> { data: T | null; error: globalThis.Error | null; loading: boolean }

/** Asks once for each address; what was there stays on screen until the new answer has come, so that nothing jumps. */
export function useData<T>(path: string | null, params?: URLSearchParams): Loaded<T> {
  const { version } = useApp();
  const [answer, setAnswer] = useState<Loaded<T>>({ data: null, error: null, loading: true });
  const query = params?.toString() ?? "";
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (path === null) {
      setAnswer({ data: null, error: null, loading: false });
      asked.current = null;
      return;
    }
    let current = true;
    // Data of another address would be wrong to show; data of the same one under other filters is only late.
    const samePath = asked.current === path;
    asked.current = path;
    setAnswer((before) => ({ data: samePath ? before.data : null, error: null, loading: true }));
    get<T>(path, params).then(
      (data) => { if (current) setAnswer({ data, error: null, loading: false }); },
      (error: unknown) => { if (current) setAnswer({ data: null, error: error instanceof globalThis.Error ? error : new globalThis.Error(String(error)), loading: false }); },
    );
    return () => { current = false; };
  }, [path, query, version]);
  return answer;
}

export function hrefOf(state: State, change: Partial<State>): string {
  return formatState({ ...state, ...change });
}

/** The width of an element, for charts that are drawn to fit. */
export function useWidth<E extends HTMLElement>(first = 800): [{ current: E | null }, number] {
  const ref = useRef<E>(null);
  const [width, setWidth] = useState(first);
  // Measured before the first paint, so that the chart is drawn once.
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(200, Math.floor(element.clientWidth))));
    observer.observe(element);
    setWidth(Math.max(200, Math.floor(element.clientWidth)));
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}
