"""Vocabulary and batches: sentences as arrays of numbers, in their written case and in the cases of headlines and careless writers."""

from dataclasses import dataclass

import numpy as np
import torch

from . import labels, text
from .corpora import Sentence
from .inventory import Inventory

NONE = -1  # a layer that this sentence does not bear
CASES = ("written", "lower", "upper", "title")


def recase(form: str, case: str) -> str:
    if case == "lower":
        return text.lower(form)
    if case == "upper":
        return form.upper()
    if case == "title":
        return form[:1].upper() + form[1:]
    return form


@dataclass
class Encoded:
    """A sentence in numbers. Every array has one entry a word; whole layers are None where the corpus has none."""

    forms: np.ndarray
    source: str
    tag: np.ndarray | None = None
    feats: np.ndarray | None = None
    lemma: np.ndarray | None = None
    head: np.ndarray | None = None
    deprel: np.ndarray | None = None
    entity: np.ndarray | None = None
    soft: np.ndarray | None = None  # [words, labels of names] a teacher's probabilities of the entity labels
    cuttable: bool = False  # ends in a mark on which nothing hangs


class Encoder:
    """Numbers for words and labels. Distinct forms (in their case) are numbered as they come."""

    def __init__(self, inventory: Inventory, buckets: int):
        self.inventory, self.buckets = inventory, buckets
        self.row = {w: i + 1 for i, w in enumerate(inventory.vocabulary)}
        self.index = {name: {v: i for i, v in enumerate(getattr(inventory, name))} for name in ("tags", "feats", "lemmas", "deprels")}
        self.forms: list[str] = []
        self.number: dict[str, int] = {}
        self._hashes: list[list[int]] = []
        self._rows: list[int] = []

    def form(self, form: str) -> int:
        known = self.number.get(form)
        if known is None:
            known = self.number[form] = len(self.forms)
            self.forms.append(form)
            self._hashes.append(text.buckets(form, self.buckets))
            self._rows.append(self.row.get(text.lower(form), 0))
        return known

    def freeze(self) -> None:
        """To be called when every sentence is encoded."""
        width = max(len(h) for h in self._hashes)
        self.hashes = torch.full((len(self.forms), width), self.buckets, dtype=torch.long)
        for i, h in enumerate(self._hashes):
            self.hashes[i, : len(h)] = torch.tensor(h)
        self.rows = torch.tensor(self._rows)
        counts = self.inventory.counts
        self.count = torch.tensor([float(counts.get(text.lower(f), 0)) for f in self.forms])
        self.outer = torch.zeros(len(self.forms), dtype=torch.long)

    def attach(self, index: dict[str, int], rowless: torch.Tensor) -> None:
        """Forms get their rows among the vectors from outside; words without a row of their own are unknown to the table. See Network.attach."""
        self.outer = torch.tensor([index.get(text.lower(f), 0) for f in self.forms])
        self.rows = self.rows.masked_fill(rowless[self.rows], 0)

    def encode(self, sentence: Sentence, case: str = "written") -> Encoded:
        forms = [recase(f, case) for f in sentence.forms]
        out = Encoded(np.array([self.form(f) for f in forms], np.int64), sentence.source)
        if sentence.tags:
            get = lambda name, values: np.array([self.index[name].get(v, NONE) for v in values], np.int64)
            out.tag = get("tags", sentence.tags)
            out.feats = get("feats", sentence.feats)
            out.lemma = get("lemmas", [text.lemma_rule(f, l) if l != "_" else None for f, l in zip(forms, sentence.lemmas)])
            out.head = np.array(sentence.heads, np.int64)
            out.deprel = get("deprels", sentence.deprels)
            last = len(forms) - 1
            out.cuttable = last > 2 and sentence.tags[last].startswith("PUNCT") and last not in sentence.heads and sentence.heads[last] >= 0
        if sentence.entities:
            out.entity = np.array(sentence.entities, np.int64)
        return out


def cut_last(sentence: Encoded) -> Encoded:
    """The sentence without its closing mark."""
    layers = {k: (v[:-1] if isinstance(v, np.ndarray) else v) for k, v in vars(sentence).items()}
    return Encoded(**layers)


@dataclass
class Batch:
    """Words of several sentences one after another, those that have trees first."""

    forms: torch.Tensor  # [N] into the distinct forms
    distinct: torch.Tensor  # [u] numbers of the distinct forms
    offsets: torch.Tensor
    place: torch.Tensor  # [sentences with trees, longest] rows, -1 beyond the end
    tree_words: int
    tag: torch.Tensor
    feats: torch.Tensor
    lemma: torch.Tensor
    head: torch.Tensor  # of the words with trees: index in its sentence, -1 for the root
    head_row: torch.Tensor  # the same as a row of the batch, -1 for the root
    deprel: torch.Tensor
    entity: torch.Tensor  # [N] bits, 0 where nothing is known
    soft: torch.Tensor | None  # [N, labels of names] probabilities, zeros where no teacher has spoken
    sentences: list


def collate(sentences: list[Encoded]) -> Batch:
    sentences = sorted(sentences, key=lambda s: s.head is None)
    trees = [s for s in sentences if s.head is not None]
    lengths = [len(s.forms) for s in sentences]
    offsets = torch.tensor(np.concatenate([[0], np.cumsum(lengths)]))
    every = torch.from_numpy(np.concatenate([s.forms for s in sentences]))
    distinct, forms = torch.unique(every, return_inverse=True)
    longest = max((len(s.forms) for s in trees), default=0)
    place = torch.full((len(trees), longest), -1)
    for i, s in enumerate(trees):
        place[i, : len(s.forms)] = torch.arange(len(s.forms)) + offsets[i]
    empty = np.zeros(0, np.int64)
    layer = lambda name: torch.from_numpy(np.concatenate([getattr(s, name) for s in trees] + [empty]))
    head_row = np.concatenate([np.where(s.head >= 0, s.head + int(offsets[i]), -1) for i, s in enumerate(trees)] + [empty])
    entity = np.concatenate([s.entity if s.entity is not None else np.zeros(len(s.forms), np.int64) for s in sentences])
    soft = None
    if any(s.soft is not None for s in sentences):
        none = lambda s: np.zeros((len(s.forms), labels.NAMES), np.float32)
        soft = torch.from_numpy(np.concatenate([s.soft.astype(np.float32) if s.soft is not None else none(s) for s in sentences]))
    return Batch(
        forms, distinct, offsets, place, sum(len(s.forms) for s in trees), layer("tag"), layer("feats"), layer("lemma"), layer("head"),
        torch.from_numpy(head_row), layer("deprel"), torch.from_numpy(entity), soft, sentences,
    )


def batches(sentences: list[Encoded], words: int, random: np.random.Generator | None, pool: int = 40):
    """Batches of about so many words, sentences of like length together. Without `random`: in order of length."""
    order = np.arange(len(sentences)) if random is None else random.permutation(len(sentences))
    if random is None:
        order = np.array(sorted(order, key=lambda i: len(sentences[i].forms)), np.int64)
    groups: list[list[int]] = []
    step = pool * 64 if random is not None else len(order) or 1
    for start in range(0, len(order), step):
        part = sorted(order[start : start + step], key=lambda i: len(sentences[i].forms))
        group: list[int] = []
        size = 0
        for i in part:
            if group and size + len(sentences[i].forms) > words:
                groups.append(group)
                group, size = [], 0
            group.append(i)
            size += len(sentences[i].forms)
        if group:
            groups.append(group)
    if random is not None:
        random.shuffle(groups)
    for group in groups:
        yield [sentences[i] for i in group]


ENTITY_COUNT = len(labels.ENTITIES)
_BITS = torch.arange(ENTITY_COUNT)


def permitted(bits: torch.Tensor) -> torch.Tensor:
    """[N] bits -> [N, labels] booleans."""
    return (bits[:, None] >> _BITS & 1).bool()
