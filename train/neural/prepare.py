"""What every stage of the training begins with: corpora read, inventory built, sentences numbered, and the mixture of an epoch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import corpora, data, inventory, labels, pretrained
from .network import Sizes

BUCKETS = 32768
# corpus -> (share of its sentences in an epoch, weight of its entity loss)
MIXTURE = {"wikigold": (1.0, 1.0), "crossner": (0.7, 1.0), "re3d": (2.0, 1.5), "wnut17": (0.15, 0.7), "btc": (0.08, 0.5), "wikiann": (0.08, 0.5)}
CASE_SHARE = {"lower": 0.04, "upper": 0.03, "title": 0.03}
CUT_SHARE = 0.06


@dataclass
class Material:
    treebanks: dict[str, list[corpora.Sentence]]
    names: dict[str, list[corpora.Sentence]]
    inventory: inventory.Inventory
    encoder: data.Encoder
    pieces: pretrained.WordPieces
    train: dict[str, list[data.Encoded]]  # case -> treebank sentences
    encoded: dict[str, list[data.Encoded]]  # every other set

    def sizes(self, **changes) -> Sizes:
        i = self.inventory
        return Sizes(
            len(i.vocabulary), BUCKETS, len(i.tags), len(i.feats), len(i.lemmas), len(i.deprels), len(labels.ENTITIES), **changes
        )

    def epoch(self, random: np.random.Generator):
        """Sentences of one epoch and the weights of their entity losses."""
        out = []
        size = len(self.train["written"])
        kinds = random.choice(len(data.CASES), size, p=[1 - sum(CASE_SHARE.values())] + list(CASE_SHARE.values()))
        cut = random.random(size) < CUT_SHARE
        for i, (kind, short) in enumerate(zip(kinds, cut)):
            s = self.train[data.CASES[kind]][i]
            out.append(data.cut_last(s) if short and s.cuttable else s)
        weights = {}
        for name, (part, weight) in MIXTURE.items():
            every = self.encoded[name]
            picks = random.choice(len(every), int(len(every) * part), replace=part > 1)
            out += [every[i] for i in picks]
            weights[name] = weight
        return out, weights


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
    encoder.freeze()
    return Material(treebanks, names, lists, encoder, pieces, encoded_train, encoded)
