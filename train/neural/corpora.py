"""Readers of the corpora in shared/data: sentences of words with whatever annotation each corpus bears."""

import hashlib
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from . import labels


@dataclass
class Sentence:
    forms: list[str]
    source: str
    document: str = ""
    sent_id: str = ""
    # The treebank layers, empty where the corpus has none. heads: index of the head word, -1 for the root.
    lemmas: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)  # "UPOS|XPOS"
    feats: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    entities: list[int] = field(default_factory=list)  # permitted labels as bits, see labels.py
    gold: list[str] = field(default_factory=list)  # the corpus's own entity labels, IOB2
    misc: list[str] = field(default_factory=list)


def read_conllu(path: Path, source: str) -> list[Sentence]:
    """Words of a CoNLL-U file; lines of multiword tokens and empty nodes are left out."""
    out: list[Sentence] = []
    document, sent_id = "", ""
    now = Sentence([], source)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id = "):
            document = line[14:]
        elif line.startswith("# sent_id = "):
            sent_id = line[12:]
        elif not line:
            if now.forms:
                now.document, now.sent_id = document, sent_id
                out.append(now)
                now = Sentence([], source)
        elif line[0] != "#":
            c = line.split("\t")
            if not c[0].isdigit():
                continue
            now.forms.append(c[1])
            now.lemmas.append(c[2])
            now.tags.append(c[3] + "|" + c[4])
            now.feats.append(c[5])
            now.heads.append(int(c[6]) - 1)
            now.deprels.append(c[7])
            now.misc.append(c[9])
    return out


def read_columns(path: Path, source: str, form: int = 0, label: int = -1, separator: str | None = None) -> list[Sentence]:
    """Token and label a line, a blank line between sentences; `# sent_id` is kept where there is one."""
    out: list[Sentence] = []
    now = Sentence([], source)
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n") + [""]:
        if line.startswith("# sent_id = "):
            now.sent_id = line[12:]
            continue
        if line.startswith("# ") and separator == "\t" and "\t" not in line:
            continue
        columns = line.split(separator) if separator else line.split()
        if not line.strip() or line.startswith("-DOCSTART-"):
            if now.forms:
                out.append(now)
            now = Sentence([], source)
        elif len(columns) >= 2:
            now.forms.append(columns[form])
            now.gold.append(columns[label])
    for sentence in out:
        sentence.gold = labels.to_iob2(sentence.gold)
    return out


class Places:
    """Names that tell a settlement, state or country, and the adjectives of countries, from the repository's gazetteer."""

    def __init__(self, gazetteer: Path):
        settlements: set[str] = set()
        self.demonyms: set[str] = set()
        for name in ("countries", "admin1", "cities"):
            rows = [line.split("\t") for line in (gazetteer / f"{name}.tsv").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
            column = {title: i for i, title in enumerate(rows[0])}
            for row in rows[1:]:
                settlements.add(row[column["name"]].lower())
                if name == "countries":
                    settlements.update(n.lstrip("=").lower() for n in row[column["names"]].split("|") if n)
                    for title in ("adjectives", "people"):
                        self.demonyms.update(n for n in row[column[title]].split("|") if n)
        self.settlements = frozenset(settlements)


def gum_entities(sentence_forms: list[str], tags: list[str], heads: list[int], misc: list[str], opened: list) -> list[tuple[int, int, str]]:
    """Names in a GUM sentence: entities whose head is a proper noun, cut to their first and last proper noun. `opened`: the stack that lives over sentences."""
    found: list[tuple[int, int, str]] = []
    for i, text in enumerate(misc):
        match = re.search(r"(?:^|\|)Entity=([^|]*)", text)
        if not match:
            continue
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", match.group(1)):
            if piece[0] == "(":
                fields = piece.strip("()").split("-")
                if len(fields) < 2:
                    continue
                opened.append((re.sub(r"\[.*\]", "", fields[0]), i, fields[1]))
            if piece[-1] == ")":
                key = re.sub(r"\[.*\]", "", piece.strip("()").split("-")[0])
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][0] == key:
                        _, first, kind = opened.pop(k)
                        found.append((first, i + 1, kind))
                        break
    names: list[tuple[int, int, str]] = []
    for first, last, kind in found:
        outer = [i for i in range(first, last) if not first <= heads[i] < last]
        if not outer or not tags[outer[0]].startswith("PROPN"):
            continue
        proper = [i for i in range(first, last) if tags[i].startswith("PROPN") or tags[i].endswith(("|NNP", "|NNPS"))]
        # The run of proper nouns around the head, over "of", "the" and the like between them.
        begin = end = outer[0]
        for i in sorted((p for p in proper if p < begin), reverse=True):
            if all(tags[k].split("|")[0] in ("ADP", "DET", "CCONJ", "PROPN", "ADJ", "NUM", "PART") for k in range(i, begin)):
                begin = i
        for i in (p for p in proper if p > end):
            if all(tags[k].split("|")[0] in ("ADP", "DET", "PROPN", "ADJ", "NUM", "PART") for k in range(end + 1, i)):
                end = i
        names.append((begin, end + 1, kind))
    # Outermost names only.
    names.sort(key=lambda n: (n[0], -n[1]))
    out: list[tuple[int, int, str]] = []
    for name in names:
        if not out or name[0] >= out[-1][1]:
            out.append(name)
    return out


def force_demonyms(sentence: Sentence, places: Places) -> None:
    """Adjectives and people of countries are NORP wherever the corpus leaves that open and does not put them inside a longer name."""
    norp_b, norp_i = labels.span_bits(("NORP",))
    insides = sum(labels.span_bits((t,))[1] for t in labels.TYPES)
    for i, form in enumerate(sentence.forms):
        permitted = sentence.entities[i]
        tag = sentence.tags[i] if sentence.tags else "ADJ|"
        if form in places.demonyms and permitted & norp_b and (tag.startswith("ADJ") or tag.endswith("NNPS")):
            after = sentence.entities[i + 1] if i + 1 < len(sentence.forms) else 1
            if permitted & 1 or not (after & insides and not after & 1):
                sentence.entities[i] = norp_b


def held_out(document: str) -> bool:
    """re3d: is the document in the 20 % that only measures? By the SHA-256 of its file name without ".conll"."""
    return hashlib.sha256(document.encode()).digest()[0] % 5 == 0


def read_treebanks(data: Path, places: Places) -> dict[str, list[Sentence]]:
    """ewt-train with UNER's entities, gum-train with the names among GUM's, and the development and test files."""
    ud, ner = data / "ud", data / "ner"
    out: dict[str, list[Sentence]] = {}
    for part in ("train", "dev", "test"):
        sentences = read_conllu(ud / "UD_English-EWT" / f"en_ewt-ud-{part}.conllu", "ewt")
        marked = {s.sent_id: s for s in read_columns(ner / "uner-en_ewt" / f"en_ewt-ud-{part}.iob2", "uner", form=1, label=2, separator="\t")}
        for s in sentences:
            mark = marked.get(s.sent_id)
            if mark and len(mark.forms) == len(s.forms):
                s.gold = mark.gold
                s.entities = labels.masks(s.gold, "uner", s.forms, places.settlements, s.tags)
                force_demonyms(s, places)
        out[f"ewt-{part}"] = sentences
    for part, name in (("train", "train.ccby"), ("dev", "dev"), ("test", "test")):
        sentences = read_conllu(ud / "UD_English-GUM" / f"en_gum-ud-{name}.conllu", "gum")
        opened: list = []
        document = ""
        for s in sentences:
            if s.document != document:
                opened, document = [], s.document
            opened = [(key, 0, kind) for key, _, kind in opened] if opened else opened
            names = gum_entities(s.forms, s.tags, s.heads, s.misc, opened)
            s.gold = ["O"] * len(s.forms)
            for first, last, kind in names:
                if kind in labels.CORPORA["gum"][0]:
                    s.gold[first:last] = ["B-" + kind] + ["I-" + kind] * (last - first - 1)
            s.entities = labels.masks(s.gold, "gum", s.forms, places.settlements, s.tags)
            force_demonyms(s, places)
        out[f"gum-{part}"] = sentences
    return out


def read_names(data: Path, places: Places) -> dict[str, list[Sentence]]:
    """The entity corpora. re3d without BBC_Online, split by document into re3d and re3d-test."""
    ner = data / "ner"
    out: dict[str, list[Sentence]] = {
        "wikigold": read_columns(ner / "wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold"),
        "wnut17": [s for n in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated") for s in read_columns(ner / "wnut17" / n, "wnut17")],
        "btc": [s for n in "abefgh" for s in read_columns(ner / f"btc/CONLL-format/data/{n}.conll", "btc")],
        "crossner": [s for n in ("train", "dev", "test") for s in read_columns(ner / f"crossner/politics/{n}.txt", "crossner")],
        "wikiann": [s for s in read_columns(ner / "wikiann-en/train", "wikiann")],
        "re3d": [],
        "re3d-test": [],
    }
    for s in out["wikiann"]:
        s.forms = [f.removeprefix("en:") for f in s.forms]
    for path in sorted((ner / "re3d/CONLL-format/data-by-source/conll").glob("*/*.conll")):
        if path.parent.name == "BBC_Online":
            continue
        sentences = read_columns(path, "re3d")
        for s in sentences:
            s.document = path.stem
        out["re3d-test" if held_out(path.stem) else "re3d"] += sentences
    for sentences in out.values():
        for s in sentences:
            s.entities = labels.masks(s.gold, s.source, s.forms, places.settlements)
            force_demonyms(s, places)
    return out


def split_words(text: str) -> list[str]:
    """Words of running text in the manner of the treebanks, well enough to count them."""
    text = re.sub(r"([.,;:!?\"()\[\]“”…]|--|[-–—/])", r" \1 ", text)
    text = re.sub(r"(\d) ([.,:]) (\d)", r"\1\2\3", text)
    text = re.sub(r"\b(Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Jr|Inc|Co|Corp|[A-Z]) \. ", r"\1. ", text)
    text = re.sub(r"(?i)\b(do|does|did|is|was|were|has|have|had|would|could|should|wo|ca|are|must|need)(n['’]t)\b", r"\1 \2", text)
    text = re.sub(r"(?i)(\w)(['’](?:s|re|ve|ll|d|m))\b", r"\1 \2", text)
    text = re.sub(r"(\w)(['’])(\s)", r"\1 \2\3", text)
    return text.split()


def read_raw(data: Path) -> list[Sentence]:
    """Unannotated text whose words widen the vocabulary: MEANTIME's Wikinews articles by their own tokens, and speeches."""
    out: list[Sentence] = []
    for path in sorted((data / "events/meantime-en/intra_cross-doc_annotation").glob("*/*.xml")):
        rows: dict[str, list[str]] = {}
        for token in ElementTree.parse(path).getroot().iter("token"):
            rows.setdefault(token.get("sentence", ""), []).append((token.text or "").strip())
        out += [Sentence([w for w in words if w], "wikinews") for words in rows.values()]
    for name in ("state_union.zip", "inaugural.zip"):
        with zipfile.ZipFile(data / "rawnews/us-speeches" / name) as archive:
            for member in sorted(archive.namelist(), reverse=True):
                if not member.endswith(".txt"):
                    continue
                text = archive.read(member).decode("utf-8", "replace")
                for paragraph in re.split(r"\n\s*\n|\n(?=[A-Z])", text):
                    for part in re.split(r"(?<=[.!?])[\"”']?\s+(?=[A-Z\"“])", " ".join(paragraph.split())):
                        words = split_words(part)
                        if 3 <= len(words) <= 60:
                            out.append(Sentence(words, "speech"))
    return [s for s in out if s.forms]
