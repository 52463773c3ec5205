"""Runs the masudi program over many texts in one process, and turns its byte offsets into characters.

    for case, record in read_all([Case("1", "The court sat on Monday.", "2024-03-06")], program="build/release/bin/masudi"):
        print(case.id, record["timexes"])

Shared by the scorers beside it. Nothing here knows what is measured.
"""
import bisect
import json
import os
import subprocess
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "..", "shared", "data")


class Case:
    """One text to read. toponyms: character spans that are known to be places, or None where the program finds them."""

    def __init__(self, name, text, published=None, toponyms=None, gold=None):
        self.id, self.text, self.published, self.toponyms, self.gold = name, text, published, toponyms, gold


def byte_offsets(text):
    """The byte at which each character begins, and one past the last."""
    offsets, at = [0], 0
    for char in text:
        at += len(char.encode("utf-8"))
        offsets.append(at)
    return offsets


def to_characters(spans, text):
    """Rewrites begin and end of each record of a list from bytes to characters."""
    offsets = byte_offsets(text)
    out = []
    for span in spans:
        span = dict(span)
        span["begin"] = bisect.bisect_left(offsets, span["begin"])
        span["end"] = bisect.bisect_left(offsets, span["end"])
        out.append(span)
    return out


def add_options(parser, data):
    """--masudi, --data, --misses and --system, the same for every scorer."""
    parser.add_argument("--masudi", default=os.path.join(ROOT, "masudi"), help="the program (default: the one of this folder)")
    parser.add_argument("--data", default=os.path.join(DATA, data), help="where the corpus lies (default: %(default)s)")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was spurious")


def read_all(cases, program):
    """Yields (case, record) in order; the record of a text that the program rejects is empty. Raises OSError where it cannot run."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.jsonl")
        with open(path, "w", encoding="utf-8") as out:
            for i, case in enumerate(cases):
                line = {"id": str(i), "text": case.text, "language": "en"}
                if case.published:
                    line["published"] = case.published
                if case.toponyms is not None:
                    offsets = byte_offsets(case.text)
                    line["toponyms"] = [{"begin": offsets[b], "end": offsets[e]} for b, e in case.toponyms]
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
        done = subprocess.run([program, "read", path, "--format", "jsonl"], stdout=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):  # 1: some were rejected
            raise OSError("%s ended with status %d" % (program, done.returncode))
    records = {}
    for line in done.stdout.decode("utf-8").splitlines():
        record = json.loads(line)
        records[record["article"]["id"]] = record
    for i, case in enumerate(cases):
        record = records.get(str(i), {})
        if record and record["article"]["text"] != case.text:
            raise OSError("%s: the program read another text than it was given" % case.id)
        for name in ("timexes", "places"):
            record[name] = to_characters(record.get(name, []), case.text)
        yield case, record


def f1(right, gold, system):
    """Precision, recall and their harmonic mean."""
    precision, recall = right / system if system else 0.0, right / gold if gold else 0.0
    return precision, recall, 2 * right / (gold + system) if gold + system else 0.0


def overlap(a, b):
    """Characters that two (begin, end) spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def pair(gold, system):
    """Pairs spans one to one, those that share most first. Returns (index in gold, index in system) of each pair."""
    ways = sorted(((-overlap(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(system) if overlap(g, s)))
    pairs, left, right = [], set(), set()
    for _, i, j in ways:
        if i not in left and j not in right:
            pairs.append((i, j))
            left.add(i)
            right.add(j)
    return sorted(pairs)
