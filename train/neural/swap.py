"""Names put in place of others of their kind: sentences whose names the training text does not have where they stand."""

from dataclasses import replace

import numpy as np

from . import labels
from .corpora import Places, Sentence

LONGEST = 4  # words of a name that is taken or given
KINDS = ("PER", "ORG", "GPE")


def _plain(word: str) -> bool:
    """A word as names in running text have it: its first letter upper, letters and hyphens."""
    return word[:1].isupper() and len(word) > 1 and word.replace("-", "").replace("'", "").isalpha()


def spans(sentence: Sentence) -> list[tuple[int, int, str]]:
    """The sentence's names of one certain kind; a place that may be GPE counts as one."""
    out = []
    first_bits = {kind: labels.span_bits((kind,)) for kind in labels.TYPES}
    for i, bits in enumerate(sentence.entities):
        for kind in KINDS:
            begin, inside = first_bits[kind]
            place = kind == "GPE" and bits & begin and not bits & 1
            if bits == begin or place:
                end = i + 1
                while end < len(sentence.entities) and sentence.entities[end] & inside and not sentence.entities[end] & 1:
                    end += 1
                out.append((i, end, kind))
    return out


class Names:
    """Names by kind and count of words, each once: those of the texts, in their order, and the gazetteer's settlements, which give every second
    place. Persons are put together of one's first and another's last name."""

    def __init__(self, sentences: list[Sentence], places: Places):
        found: dict[tuple[str, int], dict[tuple[str, ...], None]] = {}
        for sentence in sentences:
            for first, last, kind in spans(sentence):
                words = tuple(sentence.forms[first:last])
                if last - first <= LONGEST and all(map(_plain, words)):
                    found.setdefault((kind, last - first), {})[words] = None
        for name in sorted(places.settlements):
            words = tuple(w[:1].upper() + w[1:] for w in name.split())
            if 0 < len(words) <= 3 and all(map(_plain, words)):
                found.setdefault(("gazetteer", len(words)), {})[words] = None
        self.pools = {key: list(names) for key, names in found.items()}

    def draw(self, kind: str, count: int, random: np.random.Generator) -> tuple[str, ...] | None:
        listed = kind == "GPE" and random.random() < 0.5
        pool = self.pools.get(("gazetteer" if listed else kind, count))
        if not pool:
            return None
        name = pool[random.integers(len(pool))]
        if kind == "PER" and count == 2:
            name = (name[0], pool[random.integers(len(pool))][1])
        return name

    def swap(self, sentence: Sentence, random: np.random.Generator) -> Sentence | None:
        """The sentence with other names of as many words, its trees and tags untouched; None where it has no name that can go."""
        forms, entities, lemmas = list(sentence.forms), list(sentence.entities), list(sentence.lemmas)
        changed = False
        for first, last, kind in spans(sentence):
            words = sentence.forms[first:last]
            if not all(map(_plain, words)) or (sentence.tags and not all(t == "PROPN|NNP" for t in sentence.tags[first:last])):
                continue
            name = self.draw(kind, last - first, random)
            if name is None:
                continue
            begin, inside = labels.span_bits((kind,))
            forms[first:last] = name
            entities[first:last] = [begin] + [inside] * (last - first - 1)
            if lemmas:
                lemmas[first:last] = name
            changed = True
        return replace(sentence, forms=forms, entities=entities, lemmas=lemmas) if changed else None
