#!/usr/bin/env python3
"""Fill a ledger with made-up records, for measuring `masudi serve`: the shape of real ones, the words of nobody.

  bench/make_ledger.py --events 1000000 -o big.db

Ten events, six statements and two commitments an article; parties, places, outlets and words are drawn with the skew of news (a few are everywhere,
most are rare). Over 100,000 events the first 10,000 articles come again under other ids. The same arguments give the same ledger. It can be read and searched; explaining a record is without sense in it.
"""
import argparse
import bisect
import hashlib
import itertools
import json
import pathlib
import random
import sqlite3

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTORS = "GOV LEG JUD MIL COP PTY OPP REB CVL MED BUS NGO IGO".split()
MODES = {"ASSAULT": ["firearms", "explosives", "aerial", None], "COERCE": ["arrest", "seize", "restrict", None], "CONSULT": ["visit", "phone", None],
         "PROTEST": ["demo", "strike", "riot", None], "MOBILIZE": ["troops", "police", None]}
CONTEXTS = ["military", "diplomatic", "economic", "legal", "human-rights", "election", "terrorism", "migration", "environment", "health"]


class Skewed:
    """Draws from a list: the k-th entry with a weight of 1 / k."""

    def __init__(self, values, rng):
        self.values = values
        self.sums = list(itertools.accumulate(1 / (k + 1) for k in range(len(values))))
        self.rng = rng

    def __call__(self):
        return self.values[bisect.bisect_left(self.sums, self.rng.random() * self.sums[-1])]


def syllables(rng, count):
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(count))


def day(number):
    import datetime
    return (datetime.date(2015, 1, 1) + datetime.timedelta(days=number)).isoformat()


def span(begin, text):
    return {"begin": begin, "end": begin + len(text), "text": text}


BLOCK = 100000  # events that are drawn; more are copies of them


def copy_block(db, articles, copy):
    """The first articles once more: other article ids, the same records."""
    def columns(table):
        return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    sentences = db.execute("SELECT count(*) FROM sentence WHERE reading_id <= ?", (articles,)).fetchone()[0]
    renamed = f"'{copy:04x}' || substr({{}}, 1, 60)"
    for table in ("article", "reading", "sentence", "participant", "event_row", "statement_row", "commitment_row", "place_row"):
        values = []
        for name in columns(table):
            if name == "reading_id":
                values.append(f"reading_id + {copy * articles}")
            elif name == "sentence_id":
                values.append(f"sentence_id + {copy * sentences}")
            elif name in ("article_id", "source_key") and table in ("article", "reading"):
                values.append(renamed.format(name))
            else:
                values.append(f'"{name}"')
        where = f"rowid <= {articles}" if table == "article" else f"reading_id <= {articles}"
        db.execute(f"INSERT INTO {table} SELECT {', '.join(values)} FROM {table} WHERE {where}")
    db.commit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    types = [line.split("\t")[1] for line in (ROOT / "lexicon/plover.tsv").read_text().splitlines() if line.startswith("plv.")]
    type_of = Skewed(sorted(set(types), key=types.index), rng)
    codes = [line.split("\t")[0][3:] for line in (ROOT / "gazetteer/countries.tsv").read_text().splitlines() if line.startswith("cc.")]
    country = Skewed(codes, rng)
    people = Skewed([(syllables(rng, 3).title() + " " + syllables(rng, 2).title(), country(), rng.choice(SECTORS)) for _ in range(40000)], rng)
    towns = Skewed([(syllables(rng, 3).title(), country(), round(rng.uniform(-60, 70), 3), round(rng.uniform(-180, 180), 3), rng.choice(["exact", "exact", "area", "near", "none"]))
                    for _ in range(8000)], rng)
    outlets = Skewed(["The " + syllables(rng, 2).title() + " " + kind for _ in range(60) for kind in ("Post", "Times", "Herald", "Agency")], rng)
    words = Skewed([syllables(rng, rng.randint(1, 4)) for _ in range(30000)], rng)

    args.output.unlink(missing_ok=True)
    db = sqlite3.connect(args.output)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    for name in ("ledger", "records", "views"):
        db.executescript((ROOT / f"src/store/{name}.sql").read_text())
    version = json.loads((ROOT / "schema/records.json").read_text())["schema_version"]
    db.execute("INSERT INTO meta VALUES ('schema_version', ?)", (version,))
    db.execute("INSERT INTO run VALUES (1, 'bench', 'bench', 'bench', 'bench', 'bench', '{}', '[]', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z', 0, 0, 0)")
    db.execute("PRAGMA foreign_keys = OFF")
    db.commit()
    width = {t: len(db.execute(f"PRAGMA table_info({t})").fetchall()) for t in ("event_row", "statement_row", "commitment_row", "place_row")}
    rows = {t: [] for t in ("article", "reading", "sentence", "participant", "event_row", "statement_row", "commitment_row", "place_row")}

    def flush():
        for table, values in rows.items():
            if values:
                db.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(values[0]))})", values)
                values.clear()
        db.commit()

    provenance = '{"rule":"bench","model":null}'
    copies = (args.events + BLOCK - 1) // BLOCK
    articles = (args.events // copies + 9) // 10
    sentence_id = 0
    for reading in range(1, articles + 1):
        article = hashlib.sha256(f"{args.seed} {reading}".encode()).hexdigest()
        published = rng.randrange(3650)
        outlet, text, sentences = outlets(), "", []
        for number in range(12):
            sentence = " ".join(words() for _ in range(14)).capitalize() + "."
            sentences.append((len(text), sentence))
            sentence_id += 1
            rows["sentence"].append((sentence_id, reading, number, len(text), len(text) + len(sentence), sentence))
            text += sentence + "\n"
        rows["article"].append((article, article, article, article, f"bench-{reading}", f"https://example.org/{reading}", sentences[0][1][:80], outlet, None,
                                day(published), 0, "en", text, "[]", "{}"))
        rows["reading"].append((reading, article, "bench", 1, None))

        def word_of(number, at):
            begin, sentence = sentences[number]
            pieces = sentence.split(" ")
            offset = sum(len(p) + 1 for p in pieces[:at])
            return span(begin + offset, pieces[at].rstrip("."))

        def party(record, role, position, number, at):
            name, code, sector = people()
            words_ = word_of(number, at)
            rows["participant"].append((reading, record, role, position, words_["begin"], words_["end"], words_["text"], name, code, sector))
            return {"text": words_, "name": name, "country": code, "sector": sector}

        for i in range(10):
            number, record = 1 + i, f"e{i + 1}"
            anchor, kind = word_of(number, 5), type_of()
            actor = [party(record, "actor", p, number, p) for p in range(1 + (rng.random() < 0.2))]
            recipient = [party(record, "recipient", 0, number, 7)] if rng.random() < 0.6 else []
            begin = published - rng.randrange(5) if rng.random() < 0.8 else published - rng.randrange(900)
            place = None
            if rng.random() < 0.6:
                name, code, lat, lon, precision = towns()
                at = word_of(number, 10)
                place = json.dumps({"text": at, "name": name, "country": code})
                has = precision != "none"
                rows["place_row"].append((reading, number, f"p{i + 1}", at["begin"], at["end"], at["text"], name, code, "city" if has else "country",
                                          lat if has else None, lon if has else None, None, precision, "place", 0.9, provenance))
            dated = rng.random() < 0.7
            rows["event_row"].append((reading, number, record, anchor["begin"], anchor["end"], anchor["text"], kind, rng.choice(MODES.get(kind, [None])),
                                      json.dumps(rng.sample(CONTEXTS, rng.randrange(3))), json.dumps(actor), json.dumps(recipient), day(begin) if dated else None,
                                      day(begin + (rng.random() < 0.1) * rng.randrange(60)) if dated else None, "day" if dated else None, "named" if dated else None,
                                      place, json.dumps(rng.choice([[], [], [], ["future"], ["historical"], ["hypothetical"]])),
                                      json.dumps([f"s{rng.randrange(1, 7)}"] if rng.random() < 0.5 else []), None, "010", round(rng.uniform(-10, 10), 1),
                                      round(rng.uniform(0.3, 0.98), 3), provenance))
        for i in range(6):
            number, record = 1 + i, f"s{i + 1}"
            source, cue = party(record, "source", 0, number, 1), word_of(number, 3)
            rows["statement_row"].append((reading, number, record, json.dumps(source), rng.choice(["named", "named", "named", "organisation", "anonymous", "document"]), None,
                                          None, cue["begin"], cue["end"], cue["text"], json.dumps([word_of(number, 8)]), rng.choice(["direct", "mixed", "indirect"]),
                                          rng.choice(["neutral", "neutral", "neutral", "factive", "doubting", "denying", "promising", "threatening", "ordering"]),
                                          rng.choice(["stated", "stated", "certain", "probable", "possible"]), None, None, None, None, f"{outlet} <- {source['name']}", 0.9,
                                          provenance))
        for i in range(2):
            number, record = 8 + i, f"c{i + 1}"
            anchor, what = word_of(number, 2), word_of(number, 6)
            debtor = [party(record, "debtor", 0, number, 0)]
            creditor = [party(record, "creditor", 0, number, 9)] if rng.random() < 0.3 else []
            due = day(published + rng.randrange(2000)) if rng.random() < 0.5 else None
            rows["commitment_row"].append((reading, number, record, anchor["begin"], anchor["end"], anchor["text"], json.dumps(debtor), json.dumps(creditor), what["begin"],
                                           what["end"], what["text"], None, None, None, day(published) if due else None, due, None, None, None, None, "[]",
                                           "+" if rng.random() < 0.9 else "-", rng.choice(["vow", "plan", "offer", "obligation", "threat"]), "[]", None,
                                           rng.choice(["active", "active", "active", "conditional", "satisfied", "violated"]), json.dumps([f"s{rng.randrange(1, 7)}"]), None,
                                           None, None, round(rng.uniform(0.3, 0.95), 3), provenance))
        if reading % 2000 == 0:
            for table in width:
                assert not rows[table] or len(rows[table][0]) == width[table], table
            flush()
    flush()
    for copy in range(1, copies):
        copy_block(db, articles, copy)
    db.execute("INSERT INTO sentence_fts(sentence_fts) VALUES ('optimize')")
    db.executescript("PRAGMA optimize;")
    db.commit()
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    print(f"{args.output}: {articles * copies} articles, {articles * copies * 10} events, {args.output.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
