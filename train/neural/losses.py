"""The losses of the heads."""

import torch
import torch.nn.functional as F

from .data import Batch, permitted

WEIGHTS = {"tag": 1.0, "feats": 0.6, "lemma": 0.5, "arc": 1.0, "deprel": 1.0, "entity": 1.0}
SMOOTHING = 0.03


def cross_entropy(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(scores, gold, ignore_index=-1, label_smoothing=SMOOTHING) if bool((gold >= 0).any()) else scores.sum() * 0


def entity_loss(scores: torch.Tensor, bits: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Minus the log of the mass on the permitted labels."""
    known = bits != 0
    if not bool(known.any()):
        return scores.sum() * 0
    logp = F.log_softmax(scores[known], 1)
    loss = -logp.masked_fill(~permitted(bits[known]), -1e9).logsumexp(1)
    return (loss * weight[known]).sum() / len(bits)


def gold_losses(heads, out: dict, batch: Batch, weight: torch.Tensor, dropout: float) -> dict[str, torch.Tensor]:
    n = batch.tree_words
    losses = {"entity": entity_loss(out["entity"], batch.entity, weight)}
    if n == 0:
        return losses
    share = n / len(batch.forms)
    for name in ("tag", "feats", "lemma"):
        losses[name] = cross_entropy(out[name][:n], getattr(batch, name)) * share
    arcs = heads.arcs(out, batch.place, dropout)
    flat = arcs[batch.place >= 0]
    losses["arc"] = F.cross_entropy(flat, batch.head + 1) * share
    words = torch.arange(n)
    losses["deprel"] = cross_entropy(heads.relations(out, words, batch.head_row, dropout), batch.deprel) * share
    return losses


def total(losses: dict[str, torch.Tensor]) -> torch.Tensor:
    return sum(WEIGHTS[name] * loss for name, loss in losses.items())
