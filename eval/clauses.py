#!/usr/bin/env python3
"""Clauses of agreement texts: how many are read with the right debtor, polarity, deadline and condition at once.

  eval/clauses.py eval/commitments/unseen --masudi build/dev/bin/masudi

Gold files agreement-*.json of the folder. A clause is right when a commitment is found whose consequent overlaps it (Dice, 0.4 or more) and whose
debtors (country and sector), polarity, last day of the deadline, and condition (both without one, or Dice 0.5 or more) are those of gold.
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile


def dice(a, b):
    """Overlap of two spans (begin, end), 0 to 1."""
    if a is None or b is None:
        return 0.0
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return 2 * shared / (a[1] - a[0] + b[1] - b[0]) if shared else 0.0


def gold_span(text, value, sentence):
    """Bytes of a string that stands after its sentence's beginning, or anywhere."""
    if value is None:
        return None
    raw, wanted = text.encode("utf-8"), value.encode("utf-8")
    at = raw.find(wanted, max(0, raw.find((sentence or "").encode("utf-8"))))
    at = at if at >= 0 else raw.find(wanted)
    return (at, at + len(wanted)) if at >= 0 else None


def system_span(value):
    return None if value is None else (value["begin"], value["end"])


def codes(parties):
    return sorted({(p.get("country") or "---", p.get("sector") or "---") for p in parties})


def compare(text, gold, system):
    """For each gold commitment, the fields that are wrong ([] is right; ["missed"] where none matches)."""
    spans = [gold_span(text, g["consequent"], g.get("sentence")) for g in gold]
    pairs = sorted(((dice(spans[i], system_span(s["consequent"])), i, j) for i in range(len(gold)) for j, s in enumerate(system)), key=lambda p: (-p[0], p[1], p[2]))
    match, used = {}, set()
    for value, i, j in pairs:
        if value >= 0.4 and i not in match and j not in used:
            match[i] = j
            used.add(j)
    out = []
    for i, g in enumerate(gold):
        if i not in match:
            out.append(["missed"])
            continue
        s, wrong = system[match[i]], []
        if codes(g["debtor"]) != codes(s["debtor"]):
            wrong.append("debtor")
        if g["polarity"] != s["polarity"]:
            wrong.append("polarity")
        if (g["deadline"] or {}).get("end") != (s["deadline"] or {}).get("end"):
            wrong.append("deadline")
        a, b = gold_span(text, g["antecedent"], g.get("sentence")), system_span(s["antecedent"])
        if (a is None) != (b is None) or (a is not None and dice(a, b) < 0.5):
            wrong.append("condition")
        out.append(wrong)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--masudi", default="build/dev/bin/masudi")
    parser.add_argument("--misses", action="store_true", help="print the clauses that are not right, and what is wrong")
    parser.add_argument("--floor", type=float, default=0, help="exit 1 below this share of right clauses, in per cent")
    options = parser.parse_args()
    files = sorted(glob.glob(os.path.join(options.folder, "agreement-*.json")))
    if not files:
        raise SystemExit(f"{options.folder}: no agreement-*.json")
    right = total = without_codes = 0
    for path in files:
        with open(path, encoding="utf-8") as file:
            gold = json.load(file)
        article = gold["article"]
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
            file.write(article["text"])
            file.flush()
            run = subprocess.run([options.masudi, "read", file.name, "--input", "text", "--published", article["published"], "--title", article["title"], "--format", "jsonl"], capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"{path}: masudi read gave {run.returncode}: {run.stderr.strip()}")
        verdicts = compare(article["text"], gold["commitments"], json.loads(run.stdout)["commitments"])
        here = sum(1 for wrong in verdicts if not wrong)
        without_codes += sum(1 for wrong in verdicts if wrong in ([], ["debtor"]))
        right, total = right + here, total + len(verdicts)
        print(f"{os.path.basename(path):40}{here:4} of {len(verdicts):3} clauses right")
        if options.misses:
            for g, wrong in zip(gold["commitments"], verdicts):
                if wrong:
                    print(f"    {', '.join(wrong):28} {g['consequent'][:90]}")
    print(f"{'all':40}{right:4} of {total:3} clauses right: {100 * right / max(total, 1):.1f} %; {without_codes} where the debtor is not asked")
    return 1 if 100 * right / max(total, 1) < options.floor else 0


if __name__ == "__main__":
    sys.exit(main())
