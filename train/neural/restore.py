"""A model file as the network that is trained: where another round begins when the floats it was rounded from are gone."""

from pathlib import Path

import numpy as np
import torch

from . import labels, reference
from .inventory import Inventory
from .network import Network, Sizes


MENTION_PRICE = 2.0


def with_mentions(rows: torch.Tensor, more: float = 0.0) -> torch.Tensor:
    """Rows whose last are of the labels of names, and after them those of mentions: as of the names of their kind, with `more` added."""
    first = len(rows) - labels.NAMES
    like = [labels.INDEX[label.removesuffix("_NOM")] for label in labels.ENTITIES[labels.NAMES :]]
    return torch.cat([rows, rows[first:][like] + more])


def restore(path: Path, inventory: Inventory, sizes: Sizes, first_words: torch.Tensor | None = None) -> Network:
    """The network whose export is the file. inventory, sizes: what prepare gives; the file must have the same lists.
    first_words: the word table before any training, for rounds that show words as unseen."""
    file = reference.Model(path)
    for name in ("tags", "feats", "lemmas", "deprels", "vocab"):
        if file.lists[name] != getattr(inventory, "vocabulary" if name == "vocab" else name):
            raise SystemExit(f"train: {path} has another list of {name} than the data give")
    if tuple(file.lists["entities"]) not in (labels.ENTITIES, labels.ENTITIES[: labels.NAMES]):
        raise SystemExit(f"train: {path} has other entity labels")
    t = {k: torch.from_numpy(np.array(v, np.float32)) for k, v in file.t.items()}
    if len(file.lists["entities"]) < len(labels.ENTITIES):
        for name in ("heads.weight", "heads.weight_scale", "heads.bias", "entity.transition"):
            t[name] = with_mentions(t[name], -MENTION_PRICE if name == "heads.bias" else 0.0)
        t["entity.transition"] = with_mentions(t["entity.transition"].T).T
    model = Network(sizes)
    if first_words is not None:
        model.start_from(first_words)
    heads = model.heads
    with torch.no_grad():
        model.embed_scale.copy_(t["embed.scale"])
        model.words.weight.copy_(t["word.table"] * t["embed.scale"])
        model.hashes.weight[: sizes.buckets].copy_(t["hash.table"] * t["embed.scale"])
        for l in range(sizes.layers):
            model.weights[l].copy_(t[f"layer{l}.weight"] * t[f"layer{l}.weight_scale"][:, None])
            model.biases[l].copy_(t[f"layer{l}.bias"].view(2, 2, -1))
            model.peeps[l].copy_(t[f"layer{l}.peep"].view(2, 2, -1))
            model.quants[l].peak.copy_(t[f"layer{l}.in_scale"] * model.quants[l].limit)
        for part, name in ((heads.fused, "heads"), (heads.lemma, "lemma"), (heads.relation, "rel")):
            part.weight.copy_(t[f"{name}.weight"] * t[f"{name}.weight_scale"][:, None])
            part.bias.copy_(t[f"{name}.bias"])
        dep, head, mid = t["arc.dep_scale"], t["arc.head_scale"], t["arc.mid_scale"]
        heads.arc_weight.copy_(t["arc.weight"] * t["arc.weight_scale"])
        heads.arc_root.copy_(t["arc.root"] * head)
        heads.head_bias.copy_(t["arc.head_bias"] * mid)
        heads.distance.copy_(t["arc.distance"] * (mid * head))
        heads.rel_root.copy_(t["rel.root"])
        heads.transition.copy_(torch.where(t["entity.transition"] > -1e6, t["entity.transition"], 0.0))  # without the forbidden ones
        for quant, scale in ((heads.quant_in, t["heads.in_scale"]), (heads.quant_dep, dep), (heads.quant_head, head), (heads.quant_mid, mid),
                             (heads.quant_rel, t["rel.in_scale"]), (heads.quant_lemma, t["lemma.in_scale"])):
            quant.peak.copy_(scale * quant.limit)
    return model
