#!/usr/bin/env python3
"""Scores masudi on petrarch2's unit records: exact (source, target, CAMEO code) triples from raw text, with the records' own dictionaries.

  eval/petrarch.py ../shared/data/peers/petrarch2             # precision, recall and F1 over all records
  eval/petrarch.py ../shared/data/peers/petrarch2 --misses    # each record that is not exactly right
  eval/petrarch.py ../shared/data/peers/petrarch2 --floor 55  # fails below that F1, in percent

The peers were given parses; masudi reads the text. The dictionaries PETR.Validate.{verbs,actors,agents}.txt are loaded at run time
(`masudi code --verbs --actors --agents`). A record that expects no event, or an error, has no triple: whatever is coded there is wrong.
A side that a record leaves out counts as "---". Exit status: 0; 1 below the floor; 77 where the records are not here.
"""
import argparse
import os
import re
import subprocess
import sys

SKIPPED = 77
NOBODY = "---"


def attributes(text):
    return {name.lower(): value for name, value in re.findall(r'(\w+)\s*=\s*"([^"]*)"', text)}


def read_records(xml):
    """[(id, date, text, {triples})] in the order of the file. Comments are no records."""
    out = []
    for head, body in re.findall(r"<Sentence\s+([^>]*)>(.*?)</Sentence>", re.sub(r"<!--.*?-->", "", xml, flags=re.S), re.S):
        fields = attributes(head)
        text = re.search(r"<Text>(.*?)</Text>", body, re.S)
        triples = set()
        for coding in re.findall(r"<EventCoding([^>]*)>", body):
            event = attributes(coding)
            if "eventcode" in event:
                triples.add((event.get("sourcecode", NOBODY), event.get("targetcode", NOBODY), event["eventcode"]))
        day = fields["date"]
        out.append((fields["id"], f"{day[:4]}-{day[4:6]}-{day[6:8]}", " ".join(text.group(1).split()) if text else "", triples))
    return out


def code(program, folder, records):
    """{index of the record: {triples}}"""
    dictionaries = [x for kind in ("verbs", "actors", "agents") for x in ("--" + kind, os.path.join(folder, "dictionaries", f"PETR.Validate.{kind}.txt"))]
    lines = "".join(f"{index}\t{day}\t{text}\n" for index, (_, day, text, _) in enumerate(records) if text)
    done = subprocess.run([program, "code", "-", "--format", "petrarch", *dictionaries], input=lines.encode("utf-8"), stdout=subprocess.PIPE, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{program} code: exit status {done.returncode}")
    return triples_of(done.stdout.decode("utf-8").splitlines())


def triples_of(lines):
    out = {}
    for line in lines:
        cells = line.split("\t")
        if len(cells) < 5:
            raise SystemExit(f"masudi code: {len(cells)} columns in {line!r}; expected date, source, target, code, id")
        out.setdefault(int(cells[4]), set()).add((cells[1], cells[2], cells[3]))
    return out


def score(records, coded):
    """(right, in gold, in ours)"""
    right = in_gold = in_ours = 0
    for index, (_, _, _, gold) in enumerate(records):
        ours = coded.get(index, set())
        right, in_gold, in_ours = right + len(gold & ours), in_gold + len(gold), in_ours + len(ours)
    return right, in_gold, in_ours


def f1_of(right, in_gold, in_ours):
    return 2 * right / (in_gold + in_ours) if in_gold + in_ours else 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="with records/PETR.UnitTest.records.xml and dictionaries/")
    parser.add_argument("--masudi", default=os.path.join(os.path.dirname(__file__), "..", "build", "dev", "bin", "masudi"), help="the program")
    parser.add_argument("--misses", action="store_true", help="list the records that are not exactly right")
    parser.add_argument("--floor", type=float, help="least F1, in percent")
    options = parser.parse_args()
    path = os.path.join(options.folder, "records", "PETR.UnitTest.records.xml")
    if not os.path.exists(path):
        print(f"skipped: {path} is not here (scripts/fetch-data tells where it comes from)")
        return SKIPPED
    with open(path, encoding="utf-8") as file:
        records = read_records(file.read())
    coded = code(options.masudi, options.folder, records)
    if options.misses:
        for index, (name, _, text, gold) in enumerate(records):
            ours = coded.get(index, set())
            if ours != gold:
                print(f"{name}: missed {sorted(gold - ours)} spurious {sorted(ours - gold)}\n    {text}")
    right, in_gold, in_ours = score(records, coded)
    f1 = f1_of(right, in_gold, in_ours)
    print(f"records {len(records)}  P {right / in_ours if in_ours else 0:.3f}  R {right / in_gold if in_gold else 0:.3f}  F1 {f1:.3f}  {right}/{in_gold}/{in_ours}")
    if options.floor is not None and 100 * f1 < options.floor:
        print(f"below the floor: {options.floor}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
