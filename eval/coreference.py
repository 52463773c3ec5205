#!/usr/bin/env python3
"""Within-document coreference: CoNLL F1 (the mean of MUC, B3 and CEAFe) of masudi's `entities` against MEANTIME, from raw text.

usage: eval/coreference.py [MEANTIME] [--masudi PROGRAM] [--misses]     (MEANTIME: default ../shared/data/events/meantime-en)
       eval/coreference.py --test                                      (the measures on cases worked by hand)

Gold: entities of type PER, ORG and LOC with the mentions that refer to them; ours: those of type PER, ORG, GPE, LOC and FAC. The text is put together from MEANTIME's tokens and read as plain text:
no gold mention, sentence or token reaches the program. MEANTIME is annotated in the title and the first five sentences: mentions after those are
read but not counted. MEANTIME marks an apposition three times, "Lufthansa", "the German airline" and "Lufthansa, the German airline" (so do its
guidelines); our records have the two parts, so the whole of two neighbouring mentions of one entity is put beside them. Measures: MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998; mentions of one side alone count
against precision or recall), CEAFe (Luo 2005, phi4). Three ways of saying which mentions are the same: `exact` (the same bytes, as CoNLL-2012 has it),
`trimmed` (the same without determiners, titles' commas and what follows the head's phrase) and `head` (the last word of the name or noun phrase).
"""
import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))


# --- measures: each takes gold and system as lists of sets of mentions -----------------------------------------------------------------------

def muc(gold, system):
    def links(a, b):
        where = {m: i for i, c in enumerate(b) for m in c}
        right = total = 0
        for c in a:
            parts = {where[m] for m in c if m in where}
            right += len(c) - (len(parts) + sum(m not in where for m in c))
            total += len(c) - 1
        return right, total
    return links(gold, system), links(system, gold)  # recall, precision as fractions


def b_cubed(gold, system):
    def one(a, b):
        where = {m: c for c in b for m in c}
        return sum(len(c & where[m]) / len(c) for c in a for m in c if m in where), sum(len(c) for c in a)
    return one(gold, system), one(system, gold)


def assign(weights):
    """The best one-to-one assignment of rows to columns (Kuhn and Munkres), as its total weight."""
    if not weights or not weights[0]:
        return 0.0
    n = max(len(weights), len(weights[0]))
    cost = [[-(weights[i][j]) if i < len(weights) and j < len(weights[0]) else 0.0 for j in range(n)] for i in range(n)]
    u, v, match = [0.0] * (n + 1), [0.0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        match[0], j0 = i, 0
        low, way, used = [float("inf")] * (n + 1), [0] * (n + 1), [False] * (n + 1)
        while True:
            used[j0] = True
            i0, delta, j1 = match[j0], float("inf"), 0
            for j in range(1, n + 1):
                if used[j]:
                    continue
                now = cost[i0 - 1][j - 1] - u[i0] - v[j]
                if now < low[j]:
                    low[j], way[j] = now, j0
                if low[j] < delta:
                    delta, j1 = low[j], j
            for j in range(n + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    low[j] -= delta
            j0 = j1
            if match[j0] == 0:
                break
        while j0:
            match[j0] = match[way[j0]]
            j0 = way[j0]
    return sum(-cost[match[j] - 1][j - 1] for j in range(1, n + 1))


def ceaf_e(gold, system):
    weights = [[2 * len(g & s) / (len(g) + len(s)) for s in system] for g in gold]
    # Only clusters that share a mention can be paired: the matrix falls apart into small ones.
    total, seen = 0.0, set()
    for i in range(len(gold)):
        if i in seen:
            continue
        rows, cols, todo = {i}, set(), [("r", i)]
        while todo:
            side, k = todo.pop()
            if side == "r":
                for j in range(len(system)):
                    if weights[k][j] > 0 and j not in cols:
                        cols.add(j), todo.append(("c", j))
            else:
                for r in range(len(gold)):
                    if weights[r][k] > 0 and r not in rows:
                        rows.add(r), todo.append(("r", r))
        seen |= rows
        total += assign([[weights[r][c] for c in sorted(cols)] for r in sorted(rows)])
    return (total, len(gold)), (total, len(system))


MEASURES = (("MUC", muc), ("B3", b_cubed), ("CEAFe", ceaf_e))


def f1(sums):
    (rn, rd), (pn, pd) = sums
    r, p = rn / rd if rd else 0.0, pn / pd if pd else 0.0
    return 100 * r, 100 * p, 100 * (2 * p * r / (p + r) if p + r else 0.0)


def test():
    """The worked examples: Luo 2005 (figure 2) and Bagga and Baldwin 1998; a missing and a spurious mention."""
    def near(a, b):
        assert abs(a - b) < 1e-6, (a, b)
    truth = [{1, 2, 3, 4, 5}, {6, 7}, {8, 9, 10, 11, 12}]
    joined = [{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10, 11, 12}]  # Bagga and Baldwin: B3 precision 76.2 %, MUC precision 90 %
    wrong = [{1, 2, 3, 4, 5, 8, 9, 10, 11, 12}, {6, 7}]   # B3 precision 58.3 %, MUC precision 90 %
    for system, b3 in ((joined, 16 / 21), (wrong, 7 / 12)):
        (r, p) = b_cubed(truth, system)
        near(p[0] / p[1], b3), near(r[0] / r[1], 1.0)
        (r, p) = muc(truth, system)
        near(p[0] / p[1], 0.9), near(r[0] / r[1], 1.0)
    (r, p) = ceaf_e(truth, joined)
    near(p[0], 1 + 10 / 12), near(p[1], 2), near(r[1], 3)
    (r, p) = ceaf_e(truth, truth)
    near(r[0] / r[1], 1), near(p[0] / p[1], 1)
    (r, p) = b_cubed([{1, 2}], [{1}, {3}])
    near(r[0] / r[1], 0.25), near(p[0] / p[1], 0.5)
    (r, p) = muc([{1, 2, 3}], [{1, 2}, {3, 4}])
    near(r[0] / r[1], 0.5), near(p[0] / p[1], 0.5)
    near(assign([[1, 2], [2, 3]]), 4), near(assign([[5, 1, 1]]), 5), near(assign([]), 0)
    print("the measures agree with the worked cases")


# --- MEANTIME --------------------------------------------------------------------------------------------------------------------------------

NO_SPACE_BEFORE = {",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "'", "n't", "\u2019s", "''", "\u201d", "..."}
NO_SPACE_AFTER = {"(", "[", "$", "``", "\u201c", "\u00a3", "\u20ac"}


TYPES = ("PER", "ORG", "GPE", "LOC", "FAC")  # of our entities, what answers to MEANTIME's persons, organisations and places
ANNOTATED = 5  # the last sentence that is annotated; 0 is the title, 1 the date


def document(path):
    """Text, gold clusters of (begin, end) in characters, and where the annotation ends."""
    root = ET.parse(path).getroot()
    text, where, sentence, quote, limit = "", {}, None, False, 0
    for token in root.findall("token"):
        word = token.text or ""
        start_of_sentence = token.get("sentence") != sentence
        if sentence is not None and start_of_sentence:
            text += "\n\n" if sentence in ("0", "1") else " "
        elif text and not text.endswith((" ", "\n")) and word not in NO_SPACE_BEFORE and not any(text.endswith(x) for x in NO_SPACE_AFTER) and not (word == '"' and quote) \
                and not (text.endswith('"') and quote):
            text += " "
        if word == '"':
            quote = not quote
        sentence = token.get("sentence")
        where[token.get("t_id")] = (len(text), len(text) + len(word))
        text += word
        if int(sentence) <= ANNOTATED:
            limit = len(text)
    marks = root.find("Markables")
    kinds = {e.get("m_id"): e.get("ent_type") for e in marks.findall("ENTITY")}
    mentions = {}
    for m in marks.findall("ENTITY_MENTION"):
        spans = [where[a.get("t_id")] for a in m.findall("token_anchor")]
        if spans:
            mentions[m.get("m_id")] = (min(s[0] for s in spans), max(s[1] for s in spans))
    clusters = collections.defaultdict(set)
    for relation in root.find("Relations").findall("REFERS_TO"):
        target = relation.find("target").get("m_id")
        if kinds.get(target) in ("PER", "ORG", "LOC"):
            for source in relation.findall("source"):
                if source.get("m_id") in mentions:
                    clusters[target].add(mentions[source.get("m_id")])
    return text, [c for c in clusters.values() if c], limit


APPOSED = re.compile(r",\s|\s\(")  # what stands between the parts of an apposition


def with_wholes(text, mentions):
    """Mentions of one entity, and the whole of each two that only a comma or a parenthesis divides. A lower-case word by itself is a relative
    pronoun, no part of an apposition."""
    begins = collections.defaultdict(list)
    for begin, end in mentions:
        if not text[begin:end].isalpha() or not text[begin:end].islower():
            begins[begin].append(end)
    return mentions | {(b, far) for b, e in mentions if APPOSED.fullmatch(text[e:e + 2]) for far in begins.get(e + 2, ())}


CUT = re.compile(r"^(?:(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+)+", re.I)
AFTER = re.compile(r"(?:,|\(|\s-\s|\s(?:who|which|that|whose|where|of|in|for|from|at|on|with|to|by|formed|based|led)\s).*$", re.S)


def key(text, span, how):
    if how == "exact":
        return span
    b, e = span
    words = text[b:e]
    cut = CUT.match(words)
    if cut and cut.end() < len(words):
        b += cut.end()
    after = AFTER.search(text[b:e])
    if after and after.start() > 0:
        e = b + after.start()
    while e > b and text[e - 1] in " ,.;:'\"":
        e -= 1
    if how == "trimmed":
        return (b, e)
    last = re.search(r"\S+$", text[b:e])
    return (b + last.start(), e) if last else (b, e)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("meantime", nargs="?", default=os.path.join(HERE, "..", "..", "shared", "data", "events", "meantime-en"))
    ap.add_argument("--masudi", default=os.path.join(HERE, "..", "build", "dev", "bin", "masudi"))
    ap.add_argument("--misses", action="store_true")
    ap.add_argument("--test", action="store_true")
    args = ap.parse_args()
    if args.test:
        return test()
    paths = sorted(glob.glob(os.path.join(args.meantime, "intra-doc_annotation", "*", "*.xml")))
    if not paths:
        raise SystemExit(f"no intra-doc_annotation/*/*.xml in {args.meantime}")
    documents = [document(path) for path in paths]
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for i, (text, _, _) in enumerate(documents):
            names.append(os.path.join(folder, "%03d.txt" % i))
            open(names[-1], "w", encoding="utf-8").write(text)
        out = subprocess.run([args.masudi, "read", "--input", "text", "--format", "jsonl", "--threads", "1"] + names, capture_output=True, text=True)
        if out.returncode not in (0, 1):
            raise SystemExit(out.stderr)
        readings = [json.loads(line) for line in out.stdout.splitlines() if line]
    if len(readings) != len(documents):
        raise SystemExit(f"{len(documents)} articles, {len(readings)} readings: {out.stderr}")
    for how in ("exact", "trimmed", "head"):
        sums = {name: [[0.0, 0.0], [0.0, 0.0]] for name, _ in MEASURES}
        found = in_gold = in_system = 0
        for (text, clusters, limit), reading in zip(documents, readings):
            assert reading["article"]["text"] == text, "the text was changed"
            data = text.encode("utf-8")
            at = [0] * (len(data) + 1)
            for i, c in enumerate(data):
                at[i + 1] = at[i] + (1 if i + 1 == len(data) or data[i + 1] & 0xC0 != 0x80 else 0)
            seen, system = set(), []
            for entity in reading["entities"]:
                if entity.get("type") not in TYPES:
                    continue
                own = {(at[m["begin"]], at[m["end"]]) for m in entity["mentions"] if at[m["begin"]] < limit}
                cluster = {key(text, m, how) for m in with_wholes(text, own)} - seen
                seen |= cluster
                if cluster:
                    system.append(cluster)
            taken, gold = set(), []
            for c in clusters:
                cluster = {key(text, m, how) for m in c} - taken
                taken |= cluster
                if cluster:
                    gold.append(cluster)
            found, in_gold, in_system = found + len(seen & taken), in_gold + len(taken), in_system + len(seen)
            for name, measure in MEASURES:
                for side, (n, d) in enumerate(measure(gold, system)):
                    sums[name][side][0] += n
                    sums[name][side][1] += d
            if args.misses and how == "head":
                for m in sorted(taken - seen):
                    print("missed  ", text[max(0, m[0] - 30):m[1] + 10].replace("\n", " "), "|", text[m[0]:m[1]])
                for m in sorted(seen - taken):
                    print("spurious", text[max(0, m[0] - 30):m[1] + 10].replace("\n", " "), "|", text[m[0]:m[1]])
        scores = {name: f1(s) for name, s in sums.items()}
        mean = sum(s[2] for s in scores.values()) / len(scores)
        print(f"{how:8} mentions: {found} of {in_gold} found, {in_system} given   " + "   ".join(f"{n} R {s[0]:.1f} P {s[1]:.1f} F1 {s[2]:.1f}" for n, s in scores.items()) + f"   CoNLL F1 {mean:.1f}")


if __name__ == "__main__":
    main()
