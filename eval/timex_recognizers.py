#!/usr/bin/env python3
"""Scores masudi on the English DateTimeModel cases of Microsoft's Recognizers-Text.

    eval/timex_recognizers.py --misses

A case is right when each of its expected results has a timex that overlaps it and one of whose values is equal, under the mapping of
docs/evaluation.md, and when a case that expects nothing gets nothing. Counted are the cases that are not marked NotSupported.
"""
import argparse
import datetime
import json
import os
import sys

from masudi_reader import Case, add_options, overlap, read_all
from timex_values import agrees

FILE = "Specs/DateTime/English/DateTimeModel.json"


def load(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def is_right(case, timexes):
    """timexes: what masudi found in the text, with character offsets."""
    if not case["Results"]:
        return not timexes
    for result in case["Results"]:
        span = (result["Start"], result["End"] + 1)  # their end is the last character
        found = [t for t in timexes if overlap(span, (t["begin"], t["end"]))]
        reference = case.get("Context", {}).get("ReferenceDateTime")
        if not agrees(result, found, datetime.date.fromisoformat(reference[:10]) if reference else None):
            return False
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, "temporal/recognizers-text-specs")
    parser.add_argument("--all", action="store_true", help="count the cases marked NotSupported too")
    options = parser.parse_args()
    path = os.path.join(options.data, FILE)
    if not os.path.exists(path):
        sys.exit("%s: not there; scripts/fetch-data says where it comes from" % path)
    cases = [case for case in load(path) if options.all or "NotSupported" not in case]
    texts = []
    for i, case in enumerate(cases):
        reference = case.get("Context", {}).get("ReferenceDateTime", "")
        texts.append(Case(str(i), case["Input"], reference[:10] or None, gold=case))
    right, by_type = 0, {}
    for text, record in read_all(texts, options.masudi):
        good = is_right(text.gold, record["timexes"])
        right += good
        for kind in {r["TypeName"].split(".")[-1] for r in text.gold["Results"]} or {"nothing"}:
            row = by_type.setdefault(kind, [0, 0])
            row[0] += good
            row[1] += 1
        if options.misses and not good:
            print("miss  %s | %s" % (text.published, text.text))
            for result in text.gold["Results"]:
                values = [{k: v for k, v in value.items() if k not in ("type", "sourceEntity")} for value in result["Resolution"]["values"]]
                print("        wanted [%s] %s" % (result["Text"], json.dumps(values)))
            for t in record["timexes"]:
                print("        found  [%s] %s %s %s" % (t["text"], t["type"], t["value"], t.get("mod") or ""))
    for kind in sorted(by_type):
        print("%-16s %4d / %4d  %.3f" % (kind, by_type[kind][0], by_type[kind][1], by_type[kind][0] / by_type[kind][1]))
    print("%-16s %4d / %4d  %.3f" % ("cases", right, len(cases), right / len(cases)))


if __name__ == "__main__":
    main()
