// The page in a real browser, on a real ledger of our own articles.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { World, root } from "./harness.mjs";

const VIEWS = ["overview", "reading", "events", "timeline", "map", "network", "commitments", "sources", "corpus", "sql"];
const TABLED = ["timeline", "map", "network", "commitments"];
let world;
let examples;

before(async () => {
  world = await World.open();
  const articles = await world.api("articles.json");
  examples = Object.fromEntries(articles.items.map((item) => [item.article.uri.split("/").pop().split(":")[0].split("#")[0], item.article.id]));
});
after(() => world?.close());

const path = (view, more = "") => `?view=${view}${more ? `&${more}` : ""}`;
const text = (page, selector) => page.locator(selector).first().innerText();

/** Closes the page and says what it complained of. */
async function quiet(page) {
  assert.deepEqual(page.complaints, []);
  assert.deepEqual(page.outside, []);
  await page.context().close();
}

describe("views", () => {
  for (const view of VIEWS) {
    test(`${view} shows the ledger, asks nobody else, and complains of nothing`, async () => {
      const page = await world.page({ path: path(view) });
      assert.equal(await page.locator("h1").count(), 1);
      assert.equal(await page.locator(".opening").count(), 0);
      assert.equal(await page.locator(".failure").count(), 0, await page.locator("main").innerText());
      await quiet(page);
    });
  }

  test("the overview counts what the ledger holds", async () => {
    const page = await world.page();
    const { counts } = await world.api("session.json");
    const summary = await text(page, ".summary");
    for (const count of [`${counts.articles} articles`, `${counts.events} things`, `${counts.statements} statements`, `${counts.commitments} promises`]) assert.ok(summary.includes(count), `${count} in: ${summary}`);
    await quiet(page);
  });

  for (const view of TABLED) {
    test(`${view} has a table twin`, async () => {
      const page = await world.page({ path: path(view) });
      await page.getByRole("link", { name: "Table", exact: true }).click();
      await world.settled(page);
      assert.match(page.url(), /as=table/);
      assert.ok((await page.locator("table.records tbody tr").count()) > 0);
      await quiet(page);
    });
  }

  test("each view's data twins answer", async () => {
    const page = await world.page();
    for (const view of VIEWS) {
      await world.go(page, path(view, "party=%3DGeorgia"));
      for (const href of await page.locator(".twins a").evaluateAll((links) => links.map((link) => link.href))) {
        const answer = await fetch(href);
        assert.equal(answer.status, 200, href);
        assert.match(answer.headers.get("content-type"), href.includes(".csv") ? /text\/csv/ : /application\/json/, href);
      }
    }
    await quiet(page);
  });

  test("events of the map stand where the text says: a country has no pin", async () => {
    const map = await world.api("map.json");
    const page = await world.page({ path: path("map") });
    const pointed = map.places.filter((place) => place.lat !== null && place.kind !== "country" && place.precision !== "none");
    assert.equal(await page.locator(".map-mark").count(), pointed.length);
    assert.equal(await page.locator(".map-mark.filled").count(), pointed.filter((place) => place.precision === "exact").length);
    await quiet(page);
  });

  test("the archive shows what was refused, where and why, and the run", async () => {
    const page = await world.page({ path: path("corpus") });
    const main = await text(page, "main");
    assert.match(main, /broken\.jsonl/);
    assert.match(main, /expected one of them/);
    assert.match(main, /Run 1/);
    await quiet(page);
  });

  test("SQL answers, and does not write", async () => {
    const page = await world.page({ path: path("sql") });
    await page.locator("#sql-text").fill("SELECT count(*) AS n FROM events");
    await page.getByRole("button", { name: "Ask" }).click();
    const { counts } = await world.api("session.json");
    await page.locator(".answer td").waitFor();
    assert.equal(await text(page, ".answer td"), String(counts.events));
    assert.match(page.url(), /sql=SELECT/);
    await page.locator("#sql-text").fill("DELETE FROM event_row");
    await page.getByRole("button", { name: "Ask" }).click();
    await page.locator(".failure").waitFor();
    assert.equal((await world.api("session.json")).counts.events, counts.events);
    await page.context().close();
  });
});

describe("links between views", () => {
  test("a figure leads to what it counts; filters go along; back goes back", async () => {
    const page = await world.page();
    await page.locator("#o-what ~ * .bars a").filter({ hasText: "Attacked" }).first().click();
    await world.settled(page);
    assert.match(page.url(), /view=events/);
    assert.match(page.url(), /type=ASSAULT/);
    const { total } = await world.api("events.json?type=ASSAULT");
    assert.equal(await page.locator("table.records tbody tr").count(), total);
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Timeline" }).click();
    await world.settled(page);
    assert.match(page.url(), /type=ASSAULT/);
    assert.equal(await page.locator(".chip").count(), 1);
    await page.goBack();
    await world.settled(page);
    assert.match(page.url(), /view=events/);
    await page.getByRole("button", { name: /Take away/ }).click();
    await world.settled(page);
    assert.doesNotMatch(page.url(), /type=/);
    await quiet(page);
  });

  test("a mark on the map leads to the sentence behind it, and to its article", async () => {
    const page = await world.page({ path: path("map") });
    await page.locator(".map-mark").first().locator("xpath=..").click();
    await world.settled(page);
    await page.locator(".row-open").first().click();
    await page.locator(".drawer .sentence").waitFor();
    const sentence = await text(page, ".drawer .sentence");
    await page.locator(".drawer .article-link").first().click();
    await world.settled(page);
    assert.match(page.url(), /view=reading/);
    assert.ok((await text(page, ".article-text")).replaceAll(/\s+/g, " ").includes(sentence.replaceAll(/\s+/g, " ")));
    await quiet(page);
  });

  test("a line of the network leads to its events", async () => {
    const page = await world.page({ path: path("network", "as=table") });
    await page.locator("table.records tbody a").first().click();
    await world.settled(page);
    assert.match(page.url(), /actor=.*recipient=/);
    assert.ok((await page.locator(".row-open").count()) > 0);
    await quiet(page);
  });

  test("the time brush and the date fields are one choice", async () => {
    const page = await world.page({ path: path("events") });
    const strip = page.locator(".brush svg");
    const box = await strip.boundingBox();
    await page.mouse.move(box.x + box.width * 0.1, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.97, box.y + 20, { steps: 4 });
    await page.mouse.up();
    await world.settled(page);
    const url = new URL(page.url());
    assert.ok(url.searchParams.get("from") < url.searchParams.get("to"));
    assert.equal(await page.getByLabel("From", { exact: true }).inputValue(), url.searchParams.get("from"));
    await quiet(page);
  });

  test("words, party and state are found again from the link alone", async () => {
    const page = await world.page({ path: path("commitments", "party=%3DKenya&text=officers") });
    const { total } = await world.api("board.json?party=%3DKenya&text=officers");
    assert.ok(total > 0);
    assert.equal(await page.locator("#search").inputValue(), "officers");
    assert.equal(await page.locator(".chip").count(), 2);
    assert.equal(await page.locator(".card").count(), total);
    await quiet(page);
  });

  test("a filter that a view knows nothing of waits, and the page knows exactly which those are", async () => {
    const kinds = { events: "events", commitments: "commitments", sources: "statements", corpus: "articles" };
    const page = await world.page({ path: path("events") });
    for (const filter of ["type", "quad", "aux", "party", "actor", "recipient", "country", "place", "source", "outlet", "via", "anonymity", "stance", "certainty", "state", "verdict", "review"]) {
      for (const [view, kind] of Object.entries(kinds)) {
        await world.go(page, path(view, `${filter}=none`));
        assert.equal(await page.locator(".failure").count(), 0, `${view} ${filter}`);
        if (view === "corpus") continue;
        const known = (await fetch(`${world.server.address}api/v1/${kind}.json?${filter}=none&limit=1`)).status === 200;
        assert.equal(await page.locator(".chip.idle").count(), known ? 0 : 1, `${view} ${filter}`);
      }
    }
    await quiet(page);
  });

  test("sources are grouped by the outlet they came through, and filtered by how and how surely they speak", async () => {
    const page = await world.page({ path: path("sources") });
    const { total } = await world.api("statements.json?limit=0");
    assert.ok((await text(page, ".shares-key")).includes("named person"));
    await page.getByRole("link", { name: "The outlet it came through" }).click();
    await world.settled(page);
    const { items } = await world.api("sources.json?by=via");
    assert.ok(items.length > 0);
    assert.equal(await page.locator("table.sources tbody tr").count(), items.length);
    await page.locator("table.sources tbody a").first().click();
    await world.settled(page);
    assert.match(page.url(), /via=/);
    assert.equal(await page.locator(".statement").count(), items[0].count);
    await world.go(page, path("sources", "stance=neutral&certainty=stated"));
    const filtered = await world.api("statements.json?stance=neutral&certainty=stated&limit=0");
    assert.ok(filtered.total > 0 && filtered.total < total);
    assert.match(await text(page, ".pager"), new RegExp(`${filtered.total} statements`));
    await quiet(page);
  });

  test("filters that leave nothing offer a next step", async () => {
    const page = await world.page({ path: path("events", "text=zzzz") });
    await page.getByRole("link", { name: "Show everything" }).click();
    await world.settled(page);
    assert.ok((await page.locator(".row-open").count()) > 0);
    await quiet(page);
  });
});

describe("the reading room", () => {
  test("pointing at a record shows its words, and pointing at words shows the record", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["agency.txt"]}`) });
    const entry = page.locator(".entry.k-event").filter({ hasText: "visited" }).first();
    await entry.hover();
    assert.ok((await page.locator(".m.hot").allInnerTexts()).includes("visited"));
    await page.mouse.move(0, 0);
    await page.locator("mark.m-event-anchor", { hasText: "visited" }).hover();
    assert.match((await entry.getAttribute("class")) ?? "", /hot/);
    await quiet(page);
  });

  test("choosing a mark tells why: the rule, the parse as a tree, what lost", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["agency.txt"]}`) });
    await page.locator("mark.m-event-anchor", { hasText: "visited" }).click();
    await page.locator(".why .tree svg").waitFor();
    assert.match(page.url(), /record=[0-9a-f]{12}%3Ae\d+/);
    assert.match(await text(page, ".why"), /Made by the rule\s+ev\./);
    assert.ok((await page.locator(".why .tree .arc").count()) > 2);
    assert.ok((await page.locator(".why .word.matched").count()) > 0);
    await quiet(page);
  });

  test("layers are switched off and on", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["agency.txt"]}`) });
    assert.ok((await page.locator("mark.m-timex-time").count()) > 0);
    await page.getByLabel("Dates").uncheck();
    assert.equal(await page.locator("mark.m-timex-time").count(), 0);
    await quiet(page);
  });

  test("marks lie on the right words beyond ASCII", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["blog.html"]}`) });
    assert.ok((await page.locator("mark.m-event-anchor").allInnerTexts()).includes("arrested"));
    await quiet(page);
  });

  test("an article is pasted and read now, and is not kept", async () => {
    const { counts } = await world.api("session.json");
    const page = await world.page({ path: path("reading") });
    await page.getByLabel("The article: text, or the source of a web page").fill("Rebels in Mali attacked an army convoy on Tuesday, the army said. Mali will send 500 soldiers to Gao by 1 June.");
    await page.getByLabel("Published on").fill("2024-05-15");
    await page.getByRole("button", { name: "Read it now" }).click();
    await page.locator(".article-text").waitFor();
    assert.ok((await page.locator(".entry.k-event").count()) > 0);
    assert.ok((await page.locator(".entry.k-commitment").count()) > 0);
    await page.locator(".entry.k-event button").first().click();
    await page.locator(".local-detail .tree svg").waitFor();
    assert.deepEqual((await world.api("session.json")).counts, counts);
    await quiet(page);
  });

  test("a file is read", async () => {
    const page = await world.page({ path: path("reading") });
    await page.locator("#paste-file").setInputFiles(join(root, "examples/blog.html"));
    await page.waitForFunction(() => document.querySelector("#paste-text")?.value.includes("Danube"));
    await page.getByRole("button", { name: "Read it now" }).click();
    await page.locator(".article-text").waitFor();
    assert.ok(!(await text(page, ".article-text")).includes("Accept all"));
    await quiet(page);
  });
});

const sentence_has = (item, span) => span.begin >= item.sentence.begin && span.end <= item.sentence.end;

describe("people's judgement", () => {
  const storage = { "masudi.author": "Ana" };

  test("a record is accepted, changed, undone; the machine's reading stays", async () => {
    const { items } = await world.api("events.json?type=ASSAULT");
    const { id, record } = items[0];
    const page = await world.page({ path: path("events", `type=ASSAULT&record=${encodeURIComponent(id)}`), storage });
    await page.getByRole("button", { name: "Right", exact: true }).click();
    await page.locator(".drawer .review-accept").waitFor();
    assert.equal((await world.api(`records/${encodeURIComponent(id)}.json`)).corrections[0].author, "Ana");

    await page.getByRole("button", { name: "Change …" }).click();
    await page.locator("#edit-type").selectOption("COERCE");
    await page.getByLabel("Note, if you like").fill("a seizure");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.locator(".drawer .review-change").waitFor();
    let after = await world.api(`records/${encodeURIComponent(id)}.json`);
    assert.deepEqual(after.corrections.map((one) => one.decision), ["accept", "change"]);
    assert.equal(after.corrections[1].changes.type, "COERCE");

    await page.getByRole("button", { name: "Undo the last" }).click();
    await page.locator(".drawer .review-accept").waitFor();
    after = await world.api(`records/${encodeURIComponent(id)}.json`);
    assert.equal(after.item.record.type, record.type);
    assert.equal(after.corrections.length, 2);
    assert.equal(after.corrections[1].undone_by, "Ana");

    await world.go(page, path("corpus"));
    for (const name of ["gold files for masudi eval", "Label Studio", "brat"]) {
      const answer = await fetch(await page.getByRole("link", { name }).evaluate((link) => link.href));
      assert.equal(answer.status, 200, name);
      assert.ok((await answer.arrayBuffer()).byteLength > 200, name);
    }
    await quiet(page);
  });

  test("the words of a promise are changed: its condition taken away, an exclusion put in", async () => {
    const { items } = await world.api("commitments.json?limit=100");
    const { id, record, sentence } = items.find((item) => item.record.antecedent && sentence_has(item, item.record.antecedent));
    const page = await world.page({ path: path("commitments", `record=${encodeURIComponent(id)}`), storage });
    await page.getByRole("button", { name: "Change …" }).click();
    assert.equal(await page.locator("#edit-antecedent").inputValue(), record.antecedent.text);
    await page.locator("#edit-antecedent").fill("");
    const words = sentence.text.split(" ").slice(0, 2).join(" ");
    await page.locator("#edit-excludes-add").fill("words that stand nowhere");
    await page.getByText("These words do not stand in the sentence.").waitFor();
    await page.locator("#edit-excludes-add").fill(words);
    await page.locator(".add-words", { has: page.locator("#edit-excludes-add") }).getByRole("button", { name: "Add" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.locator(".drawer .review-change").waitFor();
    await page.locator(".card.chosen .review-change").waitFor();
    const after = await world.api(`records/${encodeURIComponent(id)}.json`);
    const { changes } = after.corrections.at(-1);
    assert.equal(changes.antecedent, null);
    assert.equal(changes.excludes.length, record.excludes.length + 1);
    assert.deepEqual(after.item.record, record, "the machine's reading stays");
    // The page shows the promise as it was changed, here, on the board and in the article.
    assert.doesNotMatch(await text(page, ".drawer .facts"), /Only if/);
    const card = page.locator(".card.chosen");
    assert.equal(await card.locator(".condition").count(), 0);
    assert.ok((await card.locator(".excludes").allInnerTexts()).some((shown) => shown.includes(words)));
    await page.locator(".correction").getByRole("button", { name: "Undo the last" }).click();
    await page.waitForFunction(() => !document.querySelector(".drawer .review-change"));
    assert.deepEqual((await world.api(`records/${encodeURIComponent(id)}.json`)).item.record, record);
    await quiet(page);
  });

  for (const [kind, heading, letter] of [["date", "A date", "t"], ["place", "A place", "p"]]) {
    test(`a ${kind} is accepted, rejected, changed, and each is taken back`, async () => {
      const article = examples["agency.txt"];
      const page = await world.page({ path: path("reading", `article=${article}&record=${article}%3A${letter}1`), storage });
      const id = `${article}:${letter}1`;
      const standing = async () => (await world.api(`records/${encodeURIComponent(id)}.json`)).item.correction;
      await page.getByRole("heading", { name: heading, exact: true }).waitFor();
      await page.getByRole("button", { name: "Right", exact: true }).click();
      await page.locator(".drawer .review-accept").waitFor();
      await page.getByRole("button", { name: "Wrong", exact: true }).click();
      await page.locator(".drawer .review-reject").waitFor();
      await page.locator(`.entry.rejected`).waitFor();
      assert.equal((await standing()).decision, "reject");
      await page.getByRole("button", { name: "Change …" }).click();
      const field = kind === "date" ? page.getByLabel("Stands for") : page.getByLabel("Name", { exact: true });
      await field.fill(kind === "date" ? "2023-12" : "Another Town");
      await page.getByRole("button", { name: "Save changes" }).click();
      await page.locator(".drawer .review-change").waitFor();
      assert.match(await text(page, ".drawer .facts"), kind === "date" ? /2023-12/ : /Another Town/);
      assert.equal((await standing()).changes[kind === "date" ? "value" : "name"], kind === "date" ? "2023-12" : "Another Town");
      await page.getByText("History (3)").click();
      assert.equal(await page.locator(".correction .history li").count(), 3);
      for (const left of ["reject", "accept"]) {
        await page.locator(".correction").getByRole("button", { name: "Undo the last" }).click();
        await page.locator(`.drawer .review-${left}`).first().waitFor();
      }
      await page.locator(".correction").getByRole("button", { name: "Undo the last" }).click();
      await page.waitForFunction(() => !document.querySelector(".drawer .review-accept, .entry.rejected"));
      assert.equal(await standing(), null);
      await quiet(page);
    });
  }

  test("an agreement is judged, and its days are changed", async () => {
    const article = examples["communique.txt"];
    const { agreements } = await world.api(`articles/${article}.json`);
    assert.equal(agreements.length, 1);
    const id = `${article}:${agreements[0].id}`;
    const page = await world.page({ path: path("reading", `article=${article}`), storage });
    await page.locator(".entry.k-agreement button").click();
    await page.getByRole("heading", { name: "An agreement", exact: true }).waitFor();
    await page.getByRole("button", { name: "Wrong", exact: true }).click();
    await page.locator(".drawer .review-reject").waitFor();
    await page.getByRole("button", { name: "Change …" }).click();
    await page.locator("#edit-in_force-begin").fill("2031-01-01");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.locator(".drawer .review-change").waitFor();
    assert.match(await text(page, ".drawer .facts"), /from 1 January 2031/);
    assert.match(await text(page, ".article-head"), /in force from 1 January 2031/);
    for (const left of [".review-reject", ""]) {
      await page.locator(".correction").getByRole("button", { name: "Undo the last" }).click();
      if (left) await page.locator(`.drawer ${left}`).first().waitFor();
    }
    await page.waitForFunction(() => !document.querySelector(".drawer .review-reject, .drawer .review-change"));
    const { corrections, item } = await world.api(`records/${encodeURIComponent(id)}.json`);
    assert.equal(corrections.length, 2);
    assert.equal(item.correction, null);
    await quiet(page);
  });

  test("a rejected record leaves lists and counts, is found under its filter, and comes back", async () => {
    const { items, total } = await world.api("events.json?type=CONSULT");
    const { id } = items[0];
    const page = await world.page({ path: path("events", `type=CONSULT&record=${encodeURIComponent(id)}`), storage });
    const rows = page.locator("table.records tbody tr");
    assert.equal(await rows.count(), total);
    await page.getByRole("button", { name: "Wrong", exact: true }).click();
    await page.waitForFunction((count) => document.querySelectorAll("table.records tbody tr").length === count || (count === 0 && document.querySelector("main .empty")), total - 1);
    await world.go(page, path("events", "review=reject"));
    assert.equal(await rows.count(), 1);
    assert.match(await text(page, ".chip"), /rejected/);
    await page.locator(".row-open").click();
    await page.locator(".correction").getByRole("button", { name: "Undo the last" }).click();
    await page.locator("main .empty").waitFor();
    assert.equal((await world.api("events.json?type=CONSULT")).total, total);
    await quiet(page);
  });

  test("nothing is written without a name", async () => {
    const { items } = await world.api("events.json?type=CONSULT");
    const written = async () => (await world.api(`records/${encodeURIComponent(items[0].id)}.json`)).corrections.length;
    const before = await written();
    const page = await world.page({ path: path("events", `record=${encodeURIComponent(items[0].id)}`) });
    await page.getByRole("button", { name: "Wrong", exact: true }).click();
    await page.locator(".correction .failure").waitFor();
    assert.equal(await written(), before);
    await quiet(page);
  });

  test("a promise is judged with evidence, moves its column, and is taken back", async () => {
    const board = await world.api("board.json");
    const overdue = board.columns.find((column) => column.state === "overdue");
    const { id } = overdue.items.find((item) => item.accounts.length === 0);
    const page = await world.page({ path: path("commitments", `record=${encodeURIComponent(id)}`), storage });
    await page.locator("#verdict-word").selectOption("kept");
    await page.getByLabel("Evidence: an address, or words").fill("https://example.org/opened");
    await page.getByRole("button", { name: "Set verdict" }).click();
    await page.locator(".state-kept .card").waitFor();
    assert.equal((await world.api("board.json")).columns.find((column) => column.state === "overdue").count, overdue.count - 1);
    assert.equal(await page.locator(".verdict-now a").first().getAttribute("href"), "https://example.org/opened");
    await page.locator(".verdict").getByRole("button", { name: "Undo the last" }).click();
    await page.waitForFunction(() => !document.querySelector(".state-kept .card"));
    const { verdicts } = await world.api(`records/${encodeURIComponent(id)}.json`);
    assert.equal(verdicts.length, 1);
    assert.equal(verdicts[0].undone_by, "Ana");
    await quiet(page);
  });

  test("what is told twice stands side by side", async () => {
    const { items } = await world.api("commitments.json?limit=100");
    const told = items.find((item) => item.accounts.length > 0);
    const page = await world.page({ path: path("commitments", `record=${encodeURIComponent(told.id)}`) });
    assert.equal(await page.locator(".drawer .account").count(), told.accounts.length + 1);
    await quiet(page);
  });
});

describe("without dates and places", () => {
  let bare;
  before(async () => { bare = await World.open([join(root, "tests/browser/undated")]); });
  after(() => bare?.close());

  test("timeline, map and overview say what is missing, lead to it, and show the events all the same", async () => {
    const { counts } = await bare.api("session.json");
    assert.equal(counts.undated, counts.articles);
    assert.ok(counts.events > 1);
    const page = await bare.page();
    assert.match(await text(page, ".note"), /no day of publication/);
    for (const view of ["timeline", "map"]) {
      await bare.go(page, path(view));
      assert.match(await text(page, ".empty-title"), new RegExp(`${counts.events} events`));
      assert.equal(await page.locator("table.records tbody tr").count(), counts.events);
    }
    await bare.go(page, path("timeline"));
    await page.getByRole("link", { name: /^\d+ articles?$/ }).click();
    await bare.settled(page);
    assert.match(page.url(), /view=reading.*dated=no/);
    assert.equal(await page.locator("table.records tbody tr").count(), counts.articles);
    await quiet(page);
  });
});

describe("safe", () => {
  test("a hostile article is text everywhere", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["hostile.html"]}`) });
    const article = await text(page, ".article-text");
    for (const words of ["<script>window.pwned=5</script>", "<iframe srcdoc=", "{{constructor.constructor"]) assert.ok(article.includes(words), words);
    const more = ["", path("events"), path("timeline"), path("network"), path("commitments"), path("sources"), path("corpus"), path("reading")];
    for (const record of (await world.api(`articles/${examples["hostile.html"]}.json`)).events) more.push(path("events", `record=${examples["hostile.html"]}%3A${record.id}`));
    more.push(`?view=events&text=${encodeURIComponent("<img src=x onerror=window.pwned=10>")}&party=${encodeURIComponent("\"><script>window.pwned=11</script>")}`);
    for (const where of more) {
      await world.go(page, where);
      assert.equal(await page.evaluate(() => window.pwned), undefined, where);
      assert.equal(await page.locator("iframe, script:not([src]), a[href^='javascript:'], [onerror], [onload], img").count(), 0, where);
    }
    await quiet(page);
  });

  test("the policy forbids inline script and style, and framing", async () => {
    const answer = await fetch(world.server.address);
    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|https?:|\*/);
  });
});

describe("made well", () => {
  const axe = readFileSync(createRequire(join(root, "web/")).resolve("axe-core/axe.min.js"), "utf8");
  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing serious in any view, ${theme}`, async () => {
      const page = await world.page({ theme });
      const { items } = await world.api("commitments.json?limit=1");
      const paths = [...VIEWS.map((view) => path(view)), ...TABLED.map((view) => path(view, "as=table")), path("reading", `article=${examples["agency.txt"]}`), path("commitments", `record=${encodeURIComponent(items[0].id)}`)];
      const found = [];
      for (const where of [...paths, "editor"]) {
        // The last of the paths is a record: its editor is looked at, too.
        if (where === "editor") await page.getByRole("button", { name: "Change …" }).click();
        else await world.go(page, where);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        for (const one of violations) if (one.impact === "serious" || one.impact === "critical") found.push(`${where}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 120)} ${node.failureSummary?.split("\n")[1] ?? ""}`).join(" | ")}`);
      }
      assert.deepEqual(found, []);
      await page.context().close();
    });
  }

  for (const width of [360, 900, 1280, 2560]) {
    test(`nothing scrolls sideways at ${width} px`, async () => {
      const page = await world.page({ width });
      const { items } = await world.api("events.json?limit=1");
      for (const where of [...VIEWS.map((view) => path(view)), ...TABLED.map((view) => path(view, "as=table")), path("reading", `article=${examples["translated.txt"]}`), path("events", `record=${encodeURIComponent(items[0].id)}`)]) {
        await world.go(page, where);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)) <= 0, where);
      }
      await quiet(page);
    });
  }

  test("by keyboard alone: to a view, a filter, a record, and back", async () => {
    const page = await world.page();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the content");
    const reach = async (wanted) => {
      for (let step = 0; step < 150; step += 1) {
        if (await page.evaluate((words) => { const now = document.activeElement; return (now?.getAttribute("aria-label") ?? now?.textContent ?? "").startsWith(words); }, wanted)) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`"${wanted}" cannot be reached`);
    };
    await reach("Events");
    await page.keyboard.press("Enter");
    await world.settled(page);
    await reach("Attacked");
    await page.keyboard.press("Enter");
    await world.settled(page);
    assert.match(page.url(), /type=ASSAULT/);
    await reach("Open: ");
    await page.keyboard.press("Enter");
    await page.locator(".drawer .sentence").waitFor();
    // The focus follows what is drawn, so it is waited for: it not coming fails.
    await page.waitForFunction(() => document.activeElement?.id === "drawer-heading");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".drawer"));
    await page.waitForFunction(() => (document.activeElement?.getAttribute("aria-label") ?? "").startsWith("Open: "));
    await page.keyboard.press("/");
    await page.waitForFunction(() => document.activeElement?.id === "search");
    await quiet(page);
  });

  test("first paint within a second, and nothing moves after it", async () => {
    const page = await world.page({ path: path("timeline") });
    const painted = ["overview", "events", "commitments"];
    for (const view of VIEWS) {
      const paints = [];
      // The machine may be busy with other tests: the quickest of three loads counts.
      for (let load = 0; load < (painted.includes(view) ? 3 : 1); load += 1) {
        await world.load(page, path(view));
        const { paint, shift } = await page.evaluate(async () => {
          const entries = (type) => new Promise((resolve) => { new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true }); setTimeout(() => resolve([]), 300); });
          const paints = await entries("paint");
          const shifts = await entries("layout-shift");
          return { paint: paints.find((entry) => entry.name === "first-contentful-paint")?.startTime, shift: shifts.filter((entry) => !entry.hadRecentInput).reduce((sum, entry) => sum + entry.value, 0) };
        });
        paints.push(paint);
        assert.ok(shift < 0.05, `${view}: layout shift ${shift}`);
        if (load === 0) console.log(`${view}: layout shift ${shift.toFixed(3)}`);
      }
      if (!painted.includes(view)) continue;
      console.log(`${view}: first contentful paint ${paints.map((paint) => Math.round(paint)).join(", ")} ms`);
      assert.ok(Math.min(...paints) < 1000, `${view}: ${paints} ms`);
    }
    await quiet(page);
  });

  test("print leaves the content", async () => {
    const page = await world.page({ path: path("reading", `article=${examples["agency.txt"]}`) });
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".article-text").isVisible());
    assert.ok(!(await page.locator(".top").isVisible()));
    for (const [view, content] of [["events", "table.records"], ["timeline", "svg.timeline"], ["map", "svg.map"], ["network", "svg.network"], ["commitments", ".board"], ["sources", "table.sources"], ["corpus", "table.records"]]) {
      await world.go(page, path(view));
      assert.ok(await page.locator(content).first().isVisible(), view);
      assert.ok(!(await page.locator(".filters, .top").first().isVisible()), view);
    }
    await quiet(page);
  });

  test("a glossary note shows on keyboard focus and goes with Escape", async () => {
    const page = await world.page({ path: path("commitments") });
    await page.locator(".column .term").first().focus();
    await page.locator(".tip").waitFor();
    assert.ok((await text(page, ".tip")).length > 10);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(".tip"));
    await quiet(page);
  });

  test("a mistyped link still opens something, and what is gone says so", async () => {
    const page = await world.page({ path: "?view=nowhere&from=never" });
    assert.ok((await text(page, "h1")).length > 0);
    await page.goto(`${world.server.address}?view=reading&article=ffffffffffff`);
    await page.locator(".failure").waitFor();
    assert.ok(await page.getByRole("button", { name: "Try again" }).isVisible());
    await page.context().close();
  });
});
