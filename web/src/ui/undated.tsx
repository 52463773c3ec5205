// What cannot be drawn for want of a date or a place: how many, where they are, and what can be done about it.
import type { ArticlePage } from "../api/types";
import { useApp, useData } from "../app/context";
import { filterParams } from "../lib/state";
import { plural } from "../lib/words";
import { Code, Link } from "./parts";

/** That so many articles have no day of publication, with a way to them and a way out. */
export function UndatedNote({ count }: { count: number }) {
  const { session } = useApp();
  const one = count === 1;
  return (
    <p class="note">
      <Link to={{ view: "reading", article: "", record: "", dated: ["no"], cursor: "" }}>{plural(count, "article")}</Link> {one ? "has" : "have"} no day of publication, so that “yesterday” and “on Monday” in {one ? "it" : "them"} stay open.
      {!session.demo && <>Give one when you read an archive: <Code>masudi ingest FOLDER --published 2024-05-01 --ledger {session.ledger}</Code>, or </>}
      <Link to={{ view: "reading", article: "", record: "", dated: [], cursor: "" }}>{session.demo ? "Paste" : "paste"} an article with its day</Link>.
    </p>
  );
}

/** The note for the articles under the filters; nothing where all have a day. */
export function UndatedArticles() {
  const { state } = useApp();
  const params = filterParams(state, "articles");
  params.delete("dated");
  params.set("dated", "no");
  params.set("limit", "0");
  const page = useData<ArticlePage>("articles.json", params);
  return page.data && page.data.total > 0 ? <UndatedNote count={page.data.total} /> : null;
}
