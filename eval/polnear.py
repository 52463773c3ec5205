#!/usr/bin/env python3
"""Scores masudi's statements against PolNeAR, a corpus of political news with sources, cues and contents (brat standoff).

  eval/polnear.py DATA                          runs masudi over DATA/dev and prints the figures
  eval/polnear.py DATA --split train            another part of the corpus
  eval/polnear.py DATA --system readings.jsonl  scores JSON lines that `masudi read --format jsonl` wrote
  eval/polnear.py DATA --classes                with the kinds of miss, counted
  eval/polnear.py DATA --misses 20              with the first so many misses and spurious statements
  eval/polnear.py DATA --floor 62 55 65         exit 1 if content F1, content and source F1 or precision is below

DATA is the folder that holds dev/text, dev/attributions and so on. Without it nothing is scored: a message, exit 77.
PolNeAR is for measuring and reading only: nothing of it enters the project. How pairs are made: docs/evaluation.md.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

SKIPPED = 77  # the exit status that ctest takes for "not run"
PAIR = 0.5    # contents are the same when their Dice coefficient is at least this


class Attribution:
    """A source, a cue and a content, each a set of character positions; `text` spans are kept for printing."""

    def __init__(self, source, cue, content, rule=""):
        self.source, self.cue, self.content, self.rule = source, cue, content, rule
        self.places = {name: frozenset(i for begin, end in spans for i in range(begin, end))
                       for name, spans in (("source", source), ("cue", cue), ("content", content))}

    def at(self, name):
        return self.places[name]


def read_brat(text, name="brat"):
    """Attributions of a standoff file: E lines that hold a content, with the spans that they name."""
    spans, out = {}, []
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"T\d+\t", line):  # the words of a span may hold a line break: what follows it is no span
            try:
                ident, marked = line.split("\t")[:2]
                spans[ident] = [tuple(int(n) for n in part.split()) for part in marked.split(" ", 1)[1].split(";")]
                if any(len(s) != 2 or s[0] > s[1] for s in spans[ident]):
                    raise ValueError
            except (ValueError, IndexError):
                raise ValueError(f"{name}:{number}: not a standoff span: {line!r}; expected \"T1<tab>Type begin end<tab>words\"") from None
    for number, line in enumerate(text.split("\n"), 1):
        if not re.match(r"E\d+\t", line):
            continue
        roles = collections.defaultdict(list)
        for argument in line.split("\t")[1].split():
            role, _, ident = argument.partition(":")
            if ident not in spans:
                raise ValueError(f"{name}:{number}: {argument!r} names no span of this file")
            roles[role.rstrip("0123456789")] += spans[ident]
        if roles["Content"]:
            out.append(Attribution(sorted(roles["Source"]), sorted(roles["Cue"]), sorted(roles["Content"])))
    return out


def characters(text):
    """A function from byte offsets of the UTF-8 text to characters."""
    table, at = {}, 0
    for index, letter in enumerate(text):
        table[at] = index
        at += len(letter.encode())
    table[at] = len(text)
    return lambda byte: table[byte]


def outermost(reading):
    """Attributions of the statements of a reading that stand in no other statement."""
    to_character = characters(reading["article"]["text"])
    spans = lambda quoted: sorted((to_character(q["begin"]), to_character(q["end"])) for q in quoted if q)
    return [Attribution(spans([s["source"]["text"]]), spans([s["cue"]]), spans(s["content"]), s["provenance"]["rule"])
            for s in reading["statements"] if s["parent"] is None]


def dice(a, b):
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def paired(gold, system):
    """Pairs (gold index, system index) one to one, best Dice of contents first, down to PAIR."""
    scored = sorted(((-dice(g.at("content"), s.at("content")), i, k) for i, g in enumerate(gold) for k, s in enumerate(system)))
    used_gold, used_system, out = set(), set(), []
    for negative, i, k in scored:
        if -negative < PAIR:
            break
        if i in used_gold or k in used_system:
            continue
        used_gold.add(i)
        used_system.add(k)
        out.append((i, k))
    return sorted(out)


def right_source(gold, system):
    """The source's words overlap. A gold attribution without a source is never right: masudi makes no statement without one."""
    return bool(gold.at("source") & system.at("source"))


class Counts:
    def __init__(self):
        self.gold = self.system = self.content = self.source = self.sourceless = 0

    def add(self, gold, system):
        pairs = paired(gold, system)
        self.gold += len(gold)
        self.system += len(system)
        self.content += len(pairs)
        self.source += sum(right_source(gold[i], system[k]) for i, k in pairs)
        self.sourceless += sum(not g.source for g in gold)
        return pairs

    def figures(self):
        """Per cent: F1 of content, F1 of content and source, precision and recall of content."""
        f1 = lambda right: 200 * right / (self.gold + self.system) if self.gold + self.system else 0.0
        share = lambda right, of: 100 * right / of if of else 0.0
        return {"content_f1": f1(self.content), "content_and_source_f1": f1(self.source), "precision": share(self.content, self.system),
                "recall": share(self.content, self.gold)}


def miss_class(attribution, others):
    """Why an attribution has no partner among `others`: what stands at its cue and content instead."""
    if not attribution.source:
        return "no source in gold"
    if any(attribution.at("cue") & o.at("cue") for o in others):
        return "cue found, content bounded otherwise"
    best = max((dice(attribution.at("content"), o.at("content")) for o in others), default=0.0)
    if best >= PAIR:
        return "content found, given to another attribution"
    if best > 0:
        return "content overlaps another attribution"
    return "nothing there"


def word(text, attribution):
    """The cue's words, lower case, for counting."""
    return re.sub(r"\s+", " ", " ".join(text[b:e] for b, e in attribution.cue)).lower() or "(no cue)"


def run_masudi(program, texts):
    done = subprocess.run([program, "read", "--format", "jsonl", *map(str, texts)], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"eval/polnear.py: {program} stopped with status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def readings_of(lines):
    """Readings by the name of their article."""
    out = {}
    for number, line in enumerate(lines.split("\n"), 1):
        if not line.strip():
            continue
        try:
            reading = json.loads(line)
            out[pathlib.PurePath(reading["article"]["uri"] or reading["article"]["id"]).stem] = reading
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is no reading as `masudi read --format jsonl` writes it: {error!r}") from None
    return out


def annotations(folder):
    """The standoff file of each article, by the article's name. A file is called ARTICLE_ANNOTATOR.ann; of several annotators the first counts."""
    out = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        out.setdefault(path.stem.rpartition("_")[0], path)
    return dict(sorted(out.items()))


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="Example: eval/polnear.py ../shared/data/quotation/polnear/data")
    parser.add_argument("data", type=pathlib.Path, help="the corpus: the folder that holds dev/text and dev/attributions")
    parser.add_argument("--split", default="dev", help="part of the corpus (default: dev)")
    parser.add_argument("--masudi", default="build/dev/bin/masudi", help="the program (default: build/dev/bin/masudi)")
    parser.add_argument("--system", type=pathlib.Path, help="readings as JSON lines, instead of running the program")
    parser.add_argument("--present", action="store_true", help="leave out articles without a reading, instead of scoring them as empty")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many articles")
    parser.add_argument("--classes", action="store_true", help="count the kinds of miss, by cue and by rule")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="print the first N misses and spurious statements")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--floor", type=float, nargs=3, metavar=("CONTENT", "SOURCE", "PRECISION"), help="exit 1 below these")
    options = parser.parse_args(arguments)
    folder = options.data / options.split
    if not (folder / "attributions").is_dir():
        print(f"skipped: {folder}/attributions is not there; it holds PolNeAR's standoff files where the corpus was fetched (scripts/fetch-data)")
        return SKIPPED
    files = annotations(folder)
    names = list(files)[:options.limit] if options.limit else list(files)
    lines = options.system.read_text() if options.system else run_masudi(options.masudi, [folder / "text" / f"{n}.txt" for n in names])
    readings = readings_of(lines)
    if options.present:
        names = [name for name in names if name in readings]

    counts, shown = Counts(), 0
    missed, spurious = collections.Counter(), collections.Counter()
    missed_cues, spurious_rules = collections.Counter(), collections.Counter()
    for name in names:
        # newline="": offsets count every character as it stands.
        with open(folder / "text" / f"{name}.txt", newline="", encoding="utf-8") as file:
            text = file.read()
        with open(files[name], newline="", encoding="utf-8") as file:
            gold = read_brat(file.read(), files[name].name)
        reading = readings.get(name)
        if reading is None:
            print(f"{name}: no reading; scored as empty", file=sys.stderr)
        elif reading["article"]["text"] != text:
            sys.exit(f"eval/polnear.py: {name}: the text that was read is not the corpus's text")
        system = outermost(reading) if reading else []
        pairs = counts.add(gold, system)
        lost = [g for i, g in enumerate(gold) if i not in {p[0] for p in pairs}]
        extra = [s for k, s in enumerate(system) if k not in {p[1] for p in pairs}]
        for g in lost:
            kind = miss_class(g, system)
            missed[kind] += 1
            missed_cues[(kind, word(text, g))] += 1
        for s in extra:
            kind = miss_class(s, gold)
            spurious[kind] += 1
            spurious_rules[(kind, s.rule)] += 1
        wrong = [(gold[i], system[k]) for i, k in pairs if not right_source(gold[i], system[k])]
        missed["content paired, source wrong"] += sum(bool(g.source) for g, _ in wrong)
        quote = lambda spans: " [...] ".join(re.sub(r"\s+", " ", text[b:e]) for b, e in spans)
        for label, attributions in (("missed", lost), ("spurious", extra), ("source", [g for g, _ in wrong if g.source])):
            for a in attributions:
                if shown < options.misses:
                    shown += 1
                    print(f"{name} {label}: {quote(a.source)!r} | {quote(a.cue)!r} | {quote(a.content)!r} {a.rule}")
    figures = counts.figures()
    if options.json:
        print(json.dumps({**figures, "gold": counts.gold, "system": counts.system, "content": counts.content, "source": counts.source}))
    else:
        print(f"PolNeAR {options.split}, outermost layer: {len(names)} articles, {counts.gold} attributions ({counts.sourceless} without a source),"
              f" {counts.system} statements")
        print(f"  content, F1              {figures['content_f1']:5.1f}   precision {figures['precision']:.1f}  recall {figures['recall']:.1f}")
        print(f"  content and source, F1   {figures['content_and_source_f1']:5.1f}")
    if options.classes:
        for title, kinds, details in (("missed", missed, missed_cues), ("spurious", spurious, spurious_rules)):
            print(title)
            for kind, count in kinds.most_common():
                most = [f"{detail} {n}" for (k, detail), n in details.most_common() if k == kind][:40]
                print(f"  {count:5d}  {kind}" + (": " + ", ".join(most) if most else ""))
    if options.floor:
        got = (figures["content_f1"], figures["content_and_source_f1"], figures["precision"])
        for label, value, floor in zip(("content F1", "content and source F1", "precision"), got, options.floor):
            if value < floor:
                print(f"{label} is {value:.1f}, below its floor {floor:g}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
