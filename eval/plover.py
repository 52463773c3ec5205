#!/usr/bin/env python3
"""Scores masudi on PLV_train of Zero-Shot-PLOVER: the PLOVER root and the quad class of each sentence, source and target given.

  eval/plover.py ../shared/data/peers/Zero-Shot-PLOVER/PLV_train.tsv
  eval/plover.py PLV_train.tsv --misses        # each wrong sentence: gold, ours, the words between
  eval/plover.py PLV_train.tsv --readings F    # scores readings made before (masudi code --format json)
  eval/plover.py PLV_train.tsv --floor 62 78   # fails where root or quad accuracy, in percent, is lower

Exit status: 0; 1 below the floor; 77 where the table is not here.

A row has one sentence with its source and its target marked, and one of 15 roots. masudi codes the raw sentence; of its events the one
whose parties and place in the sentence fit the marked spans best is the answer (`choose`). A sentence without an event is wrong.
CONCEDE and RETREAT count as the set's YIELD. The set is for measuring only: nothing of it is trained on.
"""
import argparse
import collections
import csv
import json
import os
import re
import subprocess
import sys

QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "YIELD": 2, "COOPERATE": 2, "AID": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
         "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
SKIPPED = 77
MARK = re.compile(r"</?[st]>")


def unmark(marked):
    """'<s>A</s> hit <t>B</t>' -> ('A hit B', (0, 1), (6, 7)), in characters; a span that is not marked is None."""
    plain, spans, at = "", {}, 0
    for found in MARK.finditer(marked):
        plain += marked[at:found.start()]
        at = found.end()
        tag = found.group(0)
        spans.setdefault(tag.strip("</>"), []).append(len(plain))
    plain += marked[at:]
    pair = [tuple(spans[k][:2]) if len(spans.get(k, [])) >= 2 else None for k in "st"]
    return plain, pair[0], pair[1]


def overlap(a, b):
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def choose(events, source, target):
    """The event that speaks of source and target, or None. Ties go to the one that stands first."""
    best, most = None, None
    for event in events:
        value = 0.0
        for role, mine, other in (("actor", source, target), ("recipient", target, source)):
            spans = event[role]
            value += 4 if any(overlap(s, mine) for s in spans) else 0
            value += 1 if any(overlap(s, other) for s in spans) else 0
        if source and target:
            low, high = min(source[0], target[0]), max(source[1], target[1])
            if low <= event["anchor"][0] < high:
                value += 2
            # An event named by the target's own words ("condemned <t>the attack</t>") is what was acted on, not the act.
            if overlap(event["anchor"], target) or overlap(event["anchor"], source):
                value -= 1.5
        if most is None or value > most:
            best, most = event, value
    return best


def root(type_):
    return MERGED.get(type_, type_)


def characters(text, span):
    """Byte offsets of UTF-8 to characters."""
    raw = text.encode("utf-8")
    return tuple(len(raw[:span[k]].decode("utf-8", "ignore")) for k in ("begin", "end"))


def events_of(reading):
    text = reading["article"]["text"]
    out = []
    for event in reading["events"]:
        spans = {role: [characters(text, entity["text"]) for entity in event[role]] for role in ("actor", "recipient")}
        out.append({"type": event["type"], "anchor": characters(text, event["anchor"]), "rule": event["provenance"]["rule"], **spans})
    return out


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for need in ("sentence_id", "marked_sentence", "gold_root"):
        if rows and need not in rows[0]:
            raise SystemExit(f"{path}: no column {need!r}; found {', '.join(k for k in rows[0] if k)}")
    return rows


def read_with(program, rows):
    lines = "".join(f"{row['sentence_id']}\t2020-01-01\t{' '.join(unmark(row['marked_sentence'])[0].split())}\n" for row in rows)
    done = subprocess.run([program, "code", "-", "--format", "json"], input=lines.encode("utf-8"), stdout=subprocess.PIPE, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{program} code: exit status {done.returncode}")
    return done.stdout.decode("utf-8").splitlines()


def score(rows, readings):
    """[(row, gold, ours or None, event)] and the tallies."""
    by_id = {str(r["article"]["id"]): r for r in readings}
    out = []
    for row in rows:
        plain, source, target = unmark(row["marked_sentence"])
        reading = by_id.get(str(row["sentence_id"]))
        if reading and reading["article"]["text"].strip() != " ".join(plain.split()):
            raise SystemExit(f"sentence {row['sentence_id']}: the reading is of another text: {reading['article']['text'][:60]!r}")
        event = choose(events_of(reading), source, target) if reading else None
        out.append((row, row["gold_root"], root(event["type"]) if event else None, event))
    return out


def accuracies(scored):
    """Share of sentences with the right root, and with the right quad."""
    right = sum(gold == ours for _, gold, ours, _ in scored)
    quad = sum(ours is not None and QUADS[gold] == QUADS[ours] for _, gold, ours, _ in scored)
    return right / len(scored), quad / len(scored)


def summary(scored):
    n = len(scored)
    right, quad = (round(share * n) for share in accuracies(scored))
    lines = [f"sentences {n}", f"without an event {sum(o is None for _, _, o, _ in scored)}",
             f"root accuracy {right / n:.3f}  ({right}/{n})", f"quad accuracy {quad / n:.3f}  ({quad}/{n})"]
    f1s = []
    for name in sorted({gold for _, gold, _, _ in scored}):
        hit = sum(gold == ours == name for _, gold, ours, _ in scored)
        in_gold = sum(gold == name for _, gold, _, _ in scored)
        in_ours = sum(ours == name for _, _, ours, _ in scored)
        p, r = hit / in_ours if in_ours else 0, hit / in_gold
        f1s.append(2 * p * r / (p + r) if p + r else 0)
        lines.append(f"  {name:<10} P {p:.3f}  R {r:.3f}  F1 {f1s[-1]:.3f}  {hit}/{in_gold}/{in_ours}")
    lines.insert(4, f"root macro-F1 {sum(f1s) / len(f1s):.3f}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", help="PLV_train.tsv")
    parser.add_argument("--masudi", default=os.path.join(os.path.dirname(__file__), "..", "build", "dev", "bin", "masudi"), help="the program")
    parser.add_argument("--readings", help="a file of readings, one JSON object a line, in place of running the program")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--floor", nargs=2, type=float, metavar=("ROOT", "QUAD"), help="least accuracy of root and quad, in percent")
    options = parser.parse_args()
    if not os.path.exists(options.table):
        print(f"skipped: {options.table} is not here (scripts/fetch-data tells where it comes from)")
        return SKIPPED
    rows = read_rows(options.table)
    lines = open(options.readings, encoding="utf-8").read().splitlines() if options.readings else read_with(options.masudi, rows)
    scored = score(rows, [json.loads(line) for line in lines if line.strip()])
    if options.misses:
        for row, gold, ours, event in scored:
            if gold != ours:
                print(f"{gold:<9} {ours or '-':<9} {event['rule'] if event else '':<18} {row['marked_sentence']}")
    print(summary(scored))
    if options.floor:
        root_now, quad_now = accuracies(scored)
        if 100 * root_now < options.floor[0] or 100 * quad_now < options.floor[1]:
            print(f"below the floor: root {options.floor[0]}, quad {options.floor[1]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
