#!/usr/bin/env python3
"""Scores masudi's timexes on TimeML documents (TimeBank and AQUAINT, "TBAQ cleaned") as TempEval-3 does.

    eval/timex_tbaq.py

Relaxed span F1: a timex is found when one of the system overlaps it, one to one. Value F1: the same, but only pairs of equal value are right.
The document creation time is given, not scored. Evaluation only: nothing is learned from these texts.
"""
import argparse
import glob
import os
import sys
import xml.etree.ElementTree as ET

from masudi_reader import Case, add_options, f1, pair, read_all


def load(path):
    """(text, creation day or None, [(begin, end, type, value)]) of a .tml file."""
    root = ET.parse(path).getroot()
    creation = next((t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    pieces, timexes, at = [], [], 0

    def walk(node):
        nonlocal at
        begin = at
        for text in [node.text]:
            if text:
                pieces.append(text)
                at += len(text)
        for child in node:
            walk(child)
            if child.tail:
                pieces.append(child.tail)
                at += len(child.tail)
        if node.tag == "TIMEX3":
            timexes.append((begin, at, node.get("type"), node.get("value")))

    walk(root.find("TEXT"))
    return "".join(pieces), creation[:10] if creation and len(creation) >= 10 else None, sorted(timexes)


def score(gold, system):
    """(paired, of them of equal value); gold and system: lists of (begin, end, type, value)."""
    pairs = pair([g[:2] for g in gold], [s[:2] for s in system])
    return pairs, [(i, j) for i, j in pairs if gold[i][3] == system[j][3]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser, "temporal/tbaq-cleaned")
    options = parser.parse_args()
    paths = sorted(glob.glob(os.path.join(options.data, "*", "*.tml")))
    if not paths:
        sys.exit("%s: no .tml files; scripts/fetch-data says where they come from" % options.data)
    cases = []
    for path in paths:
        text, creation, timexes = load(path)
        cases.append(Case(os.path.basename(path), text, creation, gold=timexes))
    count = {"gold": 0, "system": 0, "span": 0, "value": 0, "type": 0}
    for case, record in read_all(cases, options.masudi):
        system = [(t["begin"], t["end"], t["type"], t["value"]) for t in record["timexes"]]
        pairs, equal = score(case.gold, system)
        count["gold"] += len(case.gold)
        count["system"] += len(system)
        count["span"] += len(pairs)
        count["value"] += len(equal)
        count["type"] += sum(case.gold[i][2] == system[j][2] for i, j in pairs)
        if options.misses:
            found = {i for i, _ in pairs}
            used = {j for _, j in pairs}
            for i, g in enumerate(case.gold):
                if i not in found:
                    print("missed    %-20s %s  %s" % (case.text[g[0]:g[1]].replace("\n", " "), g[3], context(case.text, g)))
            for j, s in enumerate(system):
                if j not in used:
                    print("spurious  %-20s %s  %s" % (case.text[s[0]:s[1]].replace("\n", " "), s[3], context(case.text, s)))
            for i, j in pairs:
                if (i, j) not in equal:
                    g, s = case.gold[i], system[j]
                    print("value     [%s] %s | [%s] %s  (%s) %s" % (case.text[g[0]:g[1]].replace("\n", " "), g[3], case.text[s[0]:s[1]].replace("\n", " "),
                                                               s[3], case.published, context(case.text, g)))
    for row, name in (("span", "relaxed span"), ("value", "value"), ("type", "type")):
        precision, recall, f = f1(count[row], count["gold"], count["system"])
        print("%-14s P %.3f  R %.3f  F1 %.3f   %d of %d gold, %d system" % (name, precision, recall, f, count[row], count["gold"], count["system"]))


def context(text, span):
    return "..." + text[max(0, span[0] - 40):span[1] + 30].replace("\n", " ") + "..."


if __name__ == "__main__":
    main()
