"""What the teacher says of the text that the small network learns from: its probabilities beside the gold labels, and alone where there are none."""

import numpy as np

from . import prepare, teacher
from .corpora import Sentence
from .swap import Names

# corpus -> the share of its sentences that the teacher reads; all of EWT's and every one with other names
SHARES = {"wikigold": 1.0, "crossner": 1.0, "re3d": 1.0, "wnut17": 0.35, "btc": 0.25, "wikiann": 0.12, "raw": 1.0}


def teach(material: prepare.Material, seed: int, log, check=None, **options) -> teacher.Teacher:
    """The teacher, trained on the entity corpora. options: of teacher.train."""
    every = {"ewt": material.treebanks["ewt-train"], "gum": material.treebanks["gum-train"]}
    every |= {name: sentences for name, sentences in material.names.items() if name != "re3d-test"}
    model = teacher.Teacher(material.pieces)
    names = Names([s for sentences in every.values() for s in sentences], material.places)
    teacher.train(model, every, names, seed=seed, log=log, check=check and (lambda: check(model)), **options)
    return model


def soften(material: prepare.Material, model: teacher.Teacher, seed: int) -> None:
    """Gives sentences their `soft`; raw text is from here on in the mixture of the last round."""
    random = np.random.default_rng(seed)
    size = len(material.treebanks["ewt-train"])
    chosen = material.train["written"][:size] + [s for others in material.swapped["train"][:size] for s in others[:1]]
    for name, share in SHARES.items():
        for sentence, others in zip(material.encoded[name], material.swapped[name]):
            if random.random() < share:
                chosen += [sentence, *others[:1]]
    forms = material.encoder.forms
    read = teacher.probabilities(model, [Sentence([forms[f] for f in s.forms], s.source) for s in chosen])
    for sentence, soft in zip(chosen, read):
        sentence.soft = soft
    for sentences in material.train.values():
        for sentence, written in zip(sentences[:size], material.train["written"]):
            sentence.soft = written.soft
