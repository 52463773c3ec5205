// Sending what a person says of a record: asked for a name first, one at a time, said aloud when done, and everything asked for again.
import { useState } from "preact/hooks";
import { post } from "../api/client";
import { useApp } from "../app/context";
import { useAuthor } from "./author";

export interface Sender {
  author: string;
  setAuthor(name: string): void;
  busy: boolean;
  error: string;
  setError(words: string): void;
  /** Posts `body` with the author; `done` is said aloud; true when it went well. */
  send(path: string, body: Record<string, unknown>, done: string): Promise<boolean>;
}

/** `what` is kept with the name: "the verdict". `authorField` is the id of the field that asks for it. */
export function useSend(what: string, authorField: string): Sender {
  const { changed, say } = useApp();
  const [author, setAuthor] = useAuthor();
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const send = async (path: string, body: Record<string, unknown>, done: string) => {
    if (busy) return false;
    if (!author.trim()) {
      setError(`Please say who you are first: ${what} is kept with your name.`);
      document.getElementById(authorField)?.focus();
      return false;
    }
    setBusy(true);
    setError("");
    try {
      await post(path, { ...body, author });
      say(done);
      await changed();
      document.getElementById("drawer-heading")?.focus({ preventScroll: true });
      return true;
    } catch (failure) {
      setError(failure instanceof globalThis.Error ? failure.message : String(failure));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { author, setAuthor, busy, error, setError, send };
}
