#!/usr/bin/env python3
"""Fits the confidence of records to gold articles, and shows how far it can be believed.

  eval/confidence.py ../shared/gold/dev                      # reliability table, of articles that the weights were not fitted to
  eval/confidence.py ../shared/gold/dev --write lexicon/confidence.tsv

A record is right when the gold has one like it: an event of its type in its sentence, a commitment whose consequent shares half of its words, a
statement whose content does. Each kind has a logistic regression over a few things that can be seen of a record (FEATURES), drawn towards zero, so that
few gold records cannot move it far. It is fitted ten times, each time without a tenth of the articles, and judged on those: the table compares what
these fits say of records that they have not seen with how many were right. --write fits once more, to all, and writes whole numbers:
thousandths of log odds, which src/extract/confidence.cc adds up. The engine runs with a lexicon without that table, so that it says its rules' own
confidence.
"""
import argparse
import bisect
import collections
import glob
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

USUAL, LEAD, FOLDS, STRENGTH = 70, 3, 10, 8.0
SAMPLES = {
    "event": "The army attacked the rebels.",
    "commitment": "Norway pledged to pay for the school.",
    "statement": "The minister said that the bridge was safe.",
}


def features(kind, record, starts):
    out = {"base": 1.0, "rule": (round(record["confidence"] * 100) - USUAL) / 1.0}
    if kind == "event":
        out["actor"] = bool(record["actor"])
        out["recipient"] = bool(record["recipient"])
        out["reported"] = bool(record["sources"])
        out["lead"] = bisect.bisect_right(starts, record["anchor"]["begin"]) - 1 < LEAD
        out["unreal"] = bool({"hypothetical", "negated"} & set(record["aux"]))
        out["retold"] = record.get("same_as") is not None
        out["dated"] = record.get("date") is not None
    elif kind == "commitment":
        out["reported"] = bool(record["sources"])
    else:
        out["quoted"] = record["kind"] != "indirect"
        out["nested"] = record.get("parent") is not None
    return {name: float(value) for name, value in out.items()}


def words(pieces):
    return collections.Counter(w for piece in pieces for w in piece.lower().split())


def shares_half(a, b):
    return 2 * sum((a & b).values()) >= max(sum(a.values()), sum(b.values()), 1)


def judged(gold, read):
    """(kind, features, right) of every record."""
    raw = gold["article"]["text"].encode()
    starts = gold["article"]["sentence_starts"]
    at = lambda byte: bisect.bisect_right(starts, byte) - 1
    open_events = collections.Counter((at(raw.find(e["sentence"].encode())), e["type"]) for e in gold["events"])
    for event in read["events"]:
        key = (at(event["anchor"]["begin"]), event["type"])
        right = open_events[key] > 0
        open_events[key] -= right
        yield "event", features("event", event, starts), right
    for kind, plural, of_gold, of_read in (
        ("commitment", "commitments", lambda c: [c["consequent"]], lambda c: [c["consequent"]["text"]]),
        ("statement", "statements", lambda s: s["content"], lambda s: [p["text"] for p in s["content"]]),
    ):
        left = [words(of_gold(record)) for record in gold[plural]]
        for record in read[plural]:
            mine = words(of_read(record))
            found = next((i for i, other in enumerate(left) if shares_half(mine, other)), None)
            if found is not None:
                left.pop(found)
            yield kind, features(kind, record, starts), found is not None


def fit(rows, names):
    """Newton's method on the penalised likelihood; the base is free. Small and dense: no library needed."""
    weights = {name: 0.0 for name in names}
    scale = {name: 10.0 if name == "rule" else 1.0 for name in names}
    for _ in range(60):
        n = len(names)
        gradient = [0.0] * n
        hessian = [[0.0] * n for _ in range(n)]
        for x, right in rows:
            v = [x[name] / scale[name] for name in names]
            p = 1 / (1 + math.exp(-sum(weights[name] * v[i] for i, name in enumerate(names))))
            for i in range(n):
                gradient[i] += (right - p) * v[i]
                for j in range(n):
                    hessian[i][j] += p * (1 - p) * v[i] * v[j]
        for i, name in enumerate(names):
            strength = 0.01 if name == "base" else STRENGTH
            gradient[i] -= strength * weights[name]
            hessian[i][i] += strength
        step = solve(hessian, gradient)
        for i, name in enumerate(names):
            weights[name] += step[i]
        if max(map(abs, step)) < 1e-9:
            break
    return {name: weights[name] / scale[name] for name in names}


def solve(matrix, vector):
    n = len(vector)
    rows = [matrix[i][:] + [vector[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for r in range(n):
            if r != i:
                factor = rows[r][i] / rows[i][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def say(weights, x):
    return 1 / (1 + math.exp(-sum(weights[name] * x[name] for name in weights)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--masudi", default="build/dev/bin/masudi")
    parser.add_argument("--write", metavar="TSV", help="fit to all articles and write the weights")
    options = parser.parse_args()
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    files = sorted(glob.glob(os.path.join(options.gold, "*.json")))
    if not files:
        print(f"skipped: no gold articles in {options.gold}")
        return 77
    share = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(options.masudi))), "share", "masudi")
    with tempfile.TemporaryDirectory() as folder:
        data, tables, out = (os.path.join(folder, name) for name in ("data", "lexicon", "read"))
        shutil.copytree(share, data)
        shutil.copytree(os.path.join(root, "lexicon"), tables, ignore=shutil.ignore_patterns("confidence.tsv"))
        os.mkdir(out)
        subprocess.run([options.masudi, "lexicon", "build", tables, "-o", os.path.join(data, "lexicon.pack")], check=True)
        environment = dict(os.environ, MASUDI_DATA=data)
        subprocess.run([options.masudi, "eval", options.gold, "--write", out], check=True, env=environment, stdout=subprocess.DEVNULL)
        records = []
        for n, file in enumerate(files):
            read = json.load(open(os.path.join(out, os.path.basename(file)), encoding="utf-8"))
            records += [(n % FOLDS, *judgement) for judgement in judged(json.load(open(file, encoding="utf-8")), read)]
    lines = []
    for kind in ("event", "commitment", "statement"):
        mine = [(fold, x, right) for fold, k, x, right in records if k == kind]
        names = list(mine[0][1])
        said = []
        for fold in range(FOLDS):
            weights = fit([(x, right) for f, x, right in mine if f != fold], names)
            said += [(say(weights, x), right) for f, x, right in mine if f == fold]
        rule = sum(((x["rule"] + USUAL) / 100 - right) ** 2 for _, x, right in mine) / len(mine)
        print(f"{kind}: {len(mine)} records; Brier score {sum((p - right) ** 2 for p, right in said) / len(said):.3f}, of the rules alone {rule:.3f}")
        print("   said        records   mean said   right")
        for low, high in ((0, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
            part = [(p, right) for p, right in said if low <= p < high]
            if part:
                mean, share = sum(p for p, _ in part) / len(part), sum(right for _, right in part) / len(part)
                print(f"   {low:.1f} to {min(high, 1):.1f}   {len(part):5d}       {mean:.2f}       {share:.2f}")
        weights = fit([(x, right) for _, x, right in mine], names)
        for name in names:
            lines.append((f"cnf.{kind}.{name}", kind, name, str(round(1000 * weights[name])), SAMPLES[kind] if name == "base" else ""))
    if options.write:
        with open(options.write, "w", encoding="utf-8") as file:
            file.write(
                "# How sure a record is, by what can be seen of it. Written by eval/confidence.py out of gold articles: do not edit.\n"
                "# id       cnf.KIND.FEATURE\n# kind     event, commitment or statement\n"
                "# feature  base, rule (for each percent of its rule's confidence above 70), or what is seen; src/extract/confidence.cc tells them\n"
                "# points   thousandths of log odds that it adds\n# sample   a sentence in which the row takes part\n"
                "id\tkind\tfeature\tpoints\tsample\n"
            )
            file.writelines("\t".join(line) + "\n" for line in lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
