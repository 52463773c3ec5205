"""What every stage of the training begins with: corpora read, inventory built, sentences numbered, and the mixture of an epoch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import corpora, data, inventory, labels, pretrained
from .network import Sizes
from .swap import Names

BUCKETS = 32768
# corpus -> (share of its sentences in an epoch, weight of its entity loss)
MIXTURE = {"wikigold": (1.0, 1.0), "crossner": (0.7, 1.0), "re3d": (2.0, 1.5), "wnut17": (0.15, 0.7), "btc": (0.08, 0.5), "wikiann": (0.08, 0.5)}
CASE_SHARE = {"lower": 0.04, "upper": 0.03, "title": 0.03}
CUT_SHARE = 0.06
# The same in the last round, for names; and the share of its sentences that are shown with other names, how often each is written so.
NAMES_MIXTURE = {"wikigold": (1.0, 1.0), "crossner": (0.7, 1.0), "re3d": (3.0, 1.5), "wnut17": (0.2, 0.7), "btc": (0.1, 0.5), "wikiann": (0.1, 0.5), "gum": (0.0, 0.6),
                 "raw": (0.13, 0.5)}
SWAP_SHARE, SWAPS = 0.3, 2
RAW = 8000  # sentences of text without any annotation that the teacher reads
SEED = 20


@dataclass
class Material:
    treebanks: dict[str, list[corpora.Sentence]]
    names: dict[str, list[corpora.Sentence]]
    places: corpora.Places
    inventory: inventory.Inventory
    encoder: data.Encoder
    pieces: pretrained.WordPieces
    train: dict[str, list[data.Encoded]]  # case -> treebank sentences
    encoded: dict[str, list[data.Encoded]]  # every other set
    swapped: dict[str, list[list[data.Encoded]]]  # "train" and the entity corpora: each sentence with other names, none where none can go

    def sizes(self, **changes) -> Sizes:
        i = self.inventory
        return Sizes(
            len(i.vocabulary), BUCKETS, len(i.tags), len(i.feats), len(i.lemmas), len(i.deprels), len(labels.ENTITIES), **changes
        )

    def epoch(self, random: np.random.Generator, swap: float = 0.0, mixture: dict[str, tuple[float, float]] | None = None):
        """Sentences of one epoch and the weights of their entity losses. swap: the share of sentences shown with other names."""
        out = []
        size = len(self.train["written"])
        kinds = random.choice(len(data.CASES), size, p=[1 - sum(CASE_SHARE.values())] + list(CASE_SHARE.values()))
        cut = random.random(size) < CUT_SHARE

        def named(sentence: data.Encoded, others: list[data.Encoded]) -> data.Encoded:
            return others[random.integers(len(others))] if swap and others and random.random() < swap else sentence

        for i, (kind, short) in enumerate(zip(kinds, cut)):
            s = self.train[data.CASES[kind]][i]
            if kind == 0:
                s = named(s, self.swapped["train"][i])
            out.append(data.cut_last(s) if short and s.cuttable else s)
        weights = {}
        for name, (part, weight) in (mixture or MIXTURE).items():
            weights[name] = weight
            if part:
                every = self.encoded[name]
                out += [named(every[i], self.swapped[name][i]) for i in random.choice(len(every), int(len(every) * part), replace=part > 1)]
        return out, weights

    def names_epoch(self, random: np.random.Generator):
        """An epoch of the last round."""
        return self.epoch(random, SWAP_SHARE, NAMES_MIXTURE)


def prepare(shared: Path, gazetteer: Path) -> Material:
    places = corpora.Places(gazetteer)
    treebanks, names, raw = corpora.read_treebanks(shared, places), corpora.read_names(shared, places), corpora.read_raw(shared)
    train = treebanks["ewt-train"] + treebanks["gum-train"]
    pieces = pretrained.WordPieces(pretrained.folder() / "vocab.txt")
    others = [s for name, sentences in names.items() if name != "re3d-test" for s in sentences] + raw
    lists = inventory.build_inventory(train, others, pieces.whole_words())
    encoder = data.Encoder(lists, BUCKETS)
    encoded_train = {case: [encoder.encode(s, case) for s in train] for case in data.CASES}
    encoded = {name: [encoder.encode(s) for s in sentences] for name, sentences in {**treebanks, **names}.items() if not name.endswith("-train")}
    random = np.random.default_rng(SEED)
    swapper = Names(train + [s for name in MIXTURE for s in names[name]], places)
    swap = lambda s: [encoder.encode(w) for w in (swapper.swap(s, random) for _ in range(SWAPS)) if w]
    encoded["raw"] = [encoder.encode(raw[i]) for i in sorted(random.permutation(len(raw))[:RAW])]
    swapped = {"raw": [[]] * RAW, "train": [swap(s) for s in train], **{name: [swap(s) for s in names[name]] for name in MIXTURE}}
    encoder.freeze()
    return Material(treebanks, names, places, lists, encoder, pieces, encoded_train, encoded, swapped)
