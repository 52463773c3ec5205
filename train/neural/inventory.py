"""The lists of words and labels that the model file names its rows by."""

from collections import Counter
from dataclasses import dataclass, field

from . import text
from .corpora import Sentence


@dataclass
class Inventory:
    vocabulary: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    lemma_forms: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # of lower-cased forms in the text that is trained on


def build_inventory(treebank: list[Sentence], others: list[Sentence], pieces: list[str], least: int = 2) -> Inventory:
    """Labels of the treebanks; words of all texts seen `least` times or more, and the whole words of the pre-trained vocabulary."""
    out = Inventory()
    counts = Counter(text.lower(f) for s in treebank + others for f in s.forms)
    words = {w for w, n in counts.items() if n >= least} | {w for w in pieces if w.isalpha() or counts[w]}
    out.vocabulary = sorted(words, key=lambda w: (-counts[w], w))
    out.counts = {w: counts[w] for w in out.vocabulary}

    def frequent(values, floor):
        ranked = Counter(values)
        return [v for v, n in sorted(ranked.items(), key=lambda item: (-item[1], item[0])) if n >= floor]

    out.tags = frequent((t for s in treebank for t in s.tags), 4)
    out.feats = frequent((f for s in treebank for f in s.feats), 5)
    out.deprels = frequent((r for s in treebank for r in s.deprels), 2)
    rules = frequent((text.lemma_rule(f, l) for s in treebank for f, l in zip(s.forms, s.lemmas) if l != "_"), 5)
    out.lemmas = [r for r in rules if r is not None]

    # Words whose lemma the treebanks agree on, by form and tag.
    seen: dict[tuple[str, str], Counter] = {}
    for s in treebank:
        for form, tag, lemma in zip(s.forms, s.tags, s.lemmas):
            if lemma != "_" and "\t" not in lemma:
                seen.setdefault((text.lower(form), tag), Counter())[lemma] += 1
    for key, found in sorted(seen.items()):
        lemma, n = found.most_common(1)[0]
        total = sum(found.values())
        if total >= 2 and n >= 0.97 * total and not any(c.isdigit() for c in key[0]):
            out.lemma_forms[key] = lemma
    return out
