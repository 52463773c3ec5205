// Asks the server of this page, and only it. Answers are kept until the ledger changes, so that going back is instant.
import { layer } from "../lib/corrected";
import type { Session } from "./types";

const BASE = "api/v1/";

/** What a person is told when an answer is an error: the server's own words, which say what would have been accepted. */
export class ApiError extends globalThis.Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
    this.name = "ApiError";
  }
}

let token = "";
const kept = new Map<string, Promise<unknown>>();
const MOST_KEPT = 200;

export function forget(): void { kept.clear(); }

async function failure(response: Response): Promise<ApiError> {
  let code = String(response.status);
  let message = `The server answered ${response.status} ${response.statusText}.`;
  try {
    const body: unknown = await response.json();
    const error = (body as { error?: { code?: unknown; message?: unknown } }).error;
    if (typeof error?.code === "string") code = error.code;
    if (typeof error?.message === "string") message = error.message;
  } catch { /* not JSON: the status line is all there is */ }
  return new ApiError(response.status, code, message);
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(BASE + path, { credentials: "same-origin", ...init });
  } catch {
    throw new ApiError(0, "unreachable", "The server does not answer. Is `masudi serve` still running?");
  }
  if (!response.ok) throw await failure(response);
  return response;
}

export function link(path: string, params?: URLSearchParams): string {
  const query = params?.toString() ?? "";
  return BASE + path + (query ? `?${query}` : "");
}

export function get<T>(path: string, params?: URLSearchParams): Promise<T> {
  const query = params?.toString() ?? "";
  const key = path + (query ? `?${query}` : "");
  const known = kept.get(key);
  if (known) return known as Promise<T>;
  const answer = ask(key).then(async (response) => layer((await response.json()) as T));
  kept.set(key, answer);
  answer.catch(() => kept.delete(key));
  if (kept.size > MOST_KEPT) for (const oldest of kept.keys()) { kept.delete(oldest); break; }
  return answer;
}

export async function session(): Promise<Session> {
  const answer = (await (await ask("session.json", { cache: "no-store" })).json()) as Session;
  token = answer.token;
  return answer;
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  const send = () => ask(path, { method: "POST", headers: { "Content-Type": "application/json", "X-Masudi-Token": token }, body: JSON.stringify(body) });
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    // A server that was started again has another token.
    if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) throw error;
    await session();
    response = await send();
  }
  return (response.headers.get("Content-Type") ?? "").includes("json") ? ((await response.json()) as T) : ((await response.text()) as T);
}
