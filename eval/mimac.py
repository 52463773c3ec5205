#!/usr/bin/env python3
"""Election pledges: which sentences of a manifesto hold a commitment, against the labels of MiMac (eval only).

  eval/mimac.py ../shared/data/commitments/mimac-pledges/all210126.xlsx --masudi build/dev/bin/masudi

A manifesto is read as one article, a paragraph a row, with the title "Manifesto of the PARTY". A row is a pledge for masudi when the anchor or the
consequent of a commitment begins in it, and it can be told whether it was kept: a pledge is testable by its definition, so commitments with
`not_testable` are left out (--untestable counts them too). Rows of Swedish origin are left out. Prints precision, recall and F1 of the pledge class, for each
manifesto and for all. Needs openpyxl (in a virtual environment: pip install openpyxl).
"""
import argparse
import bisect
import collections
import json
import os
import subprocess
import sys
import tempfile

SKIPPED = 77  # the exit status that ctest takes for "not run"
ENGLISH = ("India",)  # countries whose manifestos were written in English


def read_rows(path):
    """Rows of English origin as (manifesto, party, year, text, is pledge), in the order of the file."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(values_only=True)
    names = next(rows)
    for name in ("file", "country", "party", "year", "binary_pledge", "text"):
        if name not in names:
            raise SystemExit(f"{path}: no column {name!r}; found {', '.join(map(str, names))}")
    for row in rows:
        row = dict(zip(names, row))
        if row["country"] in ENGLISH and row["text"]:
            yield row["file"], row["party"], row["year"], str(row["text"]), int(row["binary_pledge"] or 0) > 0


def manifestos(rows):
    """{manifesto: (article, [byte at which each row begins], [label of each row])}"""
    grouped = collections.OrderedDict()
    for name, party, year, text, pledge in rows:
        grouped.setdefault(name, (party, year, [], []))
        grouped[name][2].append(" ".join(text.split()))
        grouped[name][3].append(pledge)
    out = collections.OrderedDict()
    for name, (party, year, texts, labels) in grouped.items():
        starts, size = [], 0
        for text in texts:
            starts.append(size)
            size += len(text.encode("utf-8")) + 2
        article = {"id": name, "title": f"Manifesto of the {party}", "text": "\n\n".join(texts), "published": f"{year}-04-01", "language": "en"}
        out[name] = (article, starts, labels)
    return out


def rows_with_commitment(record, starts, untestable=False):
    """Indices of the rows in which a commitment stands."""
    found = set()
    for commitment in record.get("commitments", []):
        if commitment.get("not_testable") and not untestable:
            continue
        for span in (commitment["anchor"], commitment["consequent"]):
            found.add(bisect.bisect_right(starts, span["begin"]) - 1)
    return found


def score(labels, found):
    """(right, labelled, found)"""
    return sum(1 for i in found if labels[i]), sum(labels), len(found)


def line(name, right, gold, system):
    p, r = (right / system if system else 0), (right / gold if gold else 0)
    return f"{name:48}{p:7.3f}{r:7.3f}{2 * p * r / (p + r) if p + r else 0:7.3f}   {right}/{gold}/{system}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("xlsx")
    parser.add_argument("--masudi", default="build/dev/bin/masudi")
    parser.add_argument("--limit", type=int, default=0, help="only so many manifestos")
    parser.add_argument("--floor", type=float, default=0, help="exit 1 if F1 is below this")
    parser.add_argument("--untestable", action="store_true", help="count commitments of which nobody could tell whether they were kept")
    parser.add_argument("--misses", action="store_true", help="print rows that were missed or spurious")
    options = parser.parse_args()
    if not os.path.exists(options.xlsx):
        print(f"skipped: no {options.xlsx} (see scripts/fetch-data)")
        return SKIPPED
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        print("skipped: openpyxl is not installed (pip install openpyxl)")
        return SKIPPED
    texts = manifestos(read_rows(options.xlsx))
    names = list(texts)[: options.limit or None]
    total = [0, 0, 0]
    print(f"{'':48}{'P':>7}{'R':>7}{'F1':>7}   right/labelled/found")
    for name in names:
        article, starts, labels = texts[name]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.write(json.dumps(article) + "\n")
            file.flush()
            run = subprocess.run([options.masudi, "read", file.name, "--input", "json", "--format", "jsonl", "--threads", "1"], capture_output=True, text=True)
        if run.returncode != 0 or not run.stdout.strip():
            raise SystemExit(f"{name}: masudi read gave {run.returncode}: {run.stderr.strip()}")
        record = json.loads(run.stdout)
        if record["article"]["text"] != article["text"]:
            raise SystemExit(f"{name}: masudi changed the text, rows cannot be found")
        found = rows_with_commitment(record, starts, options.untestable)
        if options.misses:
            rows = article["text"].split("\n\n")
            for i, label in enumerate(labels):
                if label != (i in found):
                    print("  missed  " if label else "  spurious", rows[i][:200])
        counts = score(labels, found)
        total = [a + b for a, b in zip(total, counts)]
        print(line(name, *counts))
    print(line("all", *total))
    right, gold, system = total
    return 1 if 2 * right < options.floor * (gold + system) else 0


if __name__ == "__main__":
    sys.exit(main())
