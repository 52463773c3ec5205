#!/usr/bin/env python3
"""Scores whether masudi reads a place's name as a place or as who acts there, on ReLocaR and on SemEval-2007 (locations).

    eval/metonymy.py relocar
    eval/metonymy.py semeval --part train --misses

Balanced accuracy: the mean of the share of literal names read as "place" and of metonymic names read as "actor". Names that annotators
called both (mixed) are left out, as in Gritta et al., "Vancouver Welcomes You!" (2017). Evaluation only: nothing is learned from these texts.
"""
import argparse
import os
import sys

from masudi_reader import Case, add_options, read_all


def load(path, label):
    """Lines NAME<SEP>text with the name in <ENT>...<ENT>."""
    cases = []
    with open(path, encoding="utf-8") as file:
        for i, line in enumerate(file):
            if "<SEP>" not in line:
                continue
            parts = line.rstrip("\n").split("<SEP>", 1)[1].split("<ENT>")
            if len(parts) != 3:
                continue
            begin = len(parts[0])
            text, end = "".join(parts), begin + len(parts[1])
            while begin < end and text[begin].isspace():
                begin += 1
            while end > begin and text[end - 1].isspace():
                end -= 1
            cases.append(Case("%s:%d" % (os.path.basename(path), i + 1), text, None, toponyms=[(begin, end)], gold=label))
    return cases


def balanced(counts):
    """counts: {label: [right, all]}. The mean of the labels' accuracies."""
    return sum(right / every for right, every in counts.values() if every) / max(1, sum(1 for _, every in counts.values() if every))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", choices=("relocar", "semeval"))
    add_options(parser, "geo/metonymy")
    parser.add_argument("--part", choices=("train", "test"), default="test")
    options = parser.parse_args()
    cases = []
    for name, label in (("literal", "place"), ("metonymic", "actor")):
        path = os.path.join(options.data, "%s_%s_%s.txt" % (options.corpus, name, options.part))
        if not os.path.exists(path):
            sys.exit("%s: not there; scripts/fetch-data says where it comes from" % path)
        cases += load(path, label)
    counts = {"place": [0, 0], "actor": [0, 0]}
    for case, record in read_all(cases, options.masudi):
        begin, end = case.toponyms[0]
        place = next((p for p in record["places"] if p["begin"] < end and begin < p["end"]), None)
        said = place["role"] if place else "place"
        counts[case.gold][0] += said == case.gold
        counts[case.gold][1] += 1
        if options.misses and said != case.gold:
            print("%s read as %-5s by %-20s %s[%s]%s" % (case.gold, said, place["provenance"]["rule"] if place else "nothing", case.text[max(0, begin - 60):begin],
                                                 case.text[begin:end], case.text[end:end + 60]))
    for label, (right, every) in counts.items():
        print("%-18s %.3f   %d of %d" % (label, right / every if every else 0, right, every))
    print("balanced accuracy  %.3f" % balanced(counts))


if __name__ == "__main__":
    main()
