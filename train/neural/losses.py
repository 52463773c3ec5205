"""The losses of the heads."""

import torch
import torch.nn.functional as F

from . import labels
from .data import ENTITY_COUNT, Batch, permitted
from .labels import OUTSIDE_PRICE
from .evaluate import transitions

WEIGHTS = {"tag": 1.0, "feats": 0.6, "lemma": 0.5, "arc": 1.0, "deprel": 1.0}
SMOOTHING = 0.03
IMPOSSIBLE = -60.0


def cross_entropy(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return F.cross_entropy(scores, gold, ignore_index=-1, label_smoothing=SMOOTHING) if bool((gold >= 0).any()) else scores.sum() * 0


def prices(bits: torch.Tensor) -> torch.Tensor:
    """[N, labels] what each label adds to its score where only the permitted count: nothing, the price of an entity where O is permitted too,
    or what forbids it. 0 bits permit all."""
    bits = bits.masked_fill(bits == 0, -1)
    out = torch.zeros(len(bits), ENTITY_COUNT)
    out[(bits & 1 == 1) & (bits != -1), 1:] = -OUTSIDE_PRICE
    return out.masked_fill(~permitted(bits), IMPOSSIBLE)


def entity_loss(scores: torch.Tensor, bits: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Minus the log of the mass on the permitted labels."""
    known = bits != 0
    if not bool(known.any()):
        return scores.sum() * 0
    logp = F.log_softmax(scores[known], 1)
    loss = -(logp + prices(bits[known])[:, : scores.shape[1]]).logsumexp(1)
    return (loss * weight[known]).sum() / len(bits)


def chain_loss(scores: torch.Tensor, transition: torch.Tensor, bits: torch.Tensor, offsets: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Minus the log of the mass of the permitted sequences of labels, in a chain that opens as if O stood before it."""
    lengths = offsets.diff()
    place = offsets[:-1, None] + torch.arange(int(lengths.max()))[None, :]
    inside = place < offsets[1:, None]
    rows = place.clamp(max=len(scores) - 1)
    every = scores[rows]
    # Both lattices at once: all sequences, and the permitted ones.
    lattice = torch.cat([every, every + prices(bits)[rows]])
    alive = torch.cat([inside, inside])
    step = transition.exp()
    alpha = lattice[:, 0] + transition[0]
    for t in range(1, lattice.shape[1]):
        top = alpha.detach().amax(1, keepdim=True)
        after = ((alpha - top).exp() @ step).clamp(min=1e-30).log() + top + lattice[:, t]
        alpha = torch.where(alive[:, t, None], after, alpha)
    whole, right = alpha.logsumexp(1).chunk(2)
    loss = (whole - right) * weight[offsets[:-1]]
    return loss[loss < -IMPOSSIBLE / 2].sum() / len(bits)


def soft_loss(scores: torch.Tensor, soft: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Cross-entropy with a teacher's probabilities, word by word; rows of zeros cost nothing. The teacher tells no mention from a name."""
    groups = scores[:, : labels.NAMES].clone()
    for mention in labels.MENTIONS:
        for place in "BI":
            of = labels.INDEX[f"{place}-{mention.split('_')[0]}"]
            groups[:, of] = torch.logaddexp(scores[:, of], scores[:, labels.INDEX[f"{place}-{mention}"]])
    scores = groups
    return -((soft * F.log_softmax(scores, 1)).sum(1) * weight).sum() / len(scores)


def gold_losses(heads, out: dict, batch: Batch, weight: torch.Tensor, dropout: float, chain: bool = False) -> dict[str, torch.Tensor]:
    """chain: the entities are judged as sequences, with learned transitions, not word by word."""
    n = batch.tree_words
    if chain:
        forbidden = torch.from_numpy(transitions()).clamp(min=IMPOSSIBLE)
        losses = {"entity": chain_loss(out["entity"], heads.transition + forbidden, batch.entity, batch.offsets, weight)}
    else:
        losses = {"entity": entity_loss(out["entity"], batch.entity, weight)}
    if batch.soft is not None:
        losses["soft"] = soft_loss(out["entity"], batch.soft, weight)
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


def total(losses: dict[str, torch.Tensor], entity: float = 1.0) -> torch.Tensor:
    """entity: the weight of the entities beside the rest; a teacher's word weighs as much as the gold."""
    return sum((entity if name in ("entity", "soft") else WEIGHTS[name]) * loss for name, loss in losses.items())
