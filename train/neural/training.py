"""Training of the network, and its figures while it trains."""

import time

import numpy as np
import torch

from . import data, evaluate, labels, losses
from .data import Batch, Encoded, Encoder
from .network import Network


HIDDEN = 2.0  # a word that the text has so often is hidden half the time, once there are vectors from outside
BARE = 0.12  # the share of the hidden words that lose those too


def run(model: Network, encoder: Encoder, batch: Batch, dropout: float, unseen: bool = False) -> dict[str, torch.Tensor]:
    """In training some words, rare ones above all, are hidden so that what else is known of them learns to do without their rows. unseen: they are
    shown as words are that no training text had: by the vector they began with, or as unknown; and with some other word's bucket as their own."""
    rows, hashes, outer, fresh = encoder.rows[batch.distinct], encoder.hashes[batch.distinct], encoder.outer[batch.distinct], None
    if model.training:
        chance, count = torch.rand(len(rows)), encoder.count[batch.distinct]
        if model.attached:
            limit = torch.where(rows == 0, 0.15, (HIDDEN / (HIDDEN + count)).clamp(min=0.05))
            hidden = chance < limit
            hashes[hidden, 0] = torch.randint(model.sizes.buckets, (int(hidden.sum()),))
            rows = rows.masked_fill(hidden, 0)
            outer = outer.masked_fill(chance < BARE * limit, 0)
        elif unseen:
            limit = torch.where(rows == 0, 0.3, (1.0 / (1.0 + count)).clamp(min=0.04))
            fresh = chance < limit
            hashes[fresh, 0] = torch.randint(model.sizes.buckets, (int(fresh.sum()),))
            rows = rows.masked_fill(chance < 0.4 * limit, 0)
        else:
            rows = rows.masked_fill(chance < (0.25 / (0.25 + count)).clamp(min=0.02), 0)
    return model(rows, hashes, batch.forms, batch.offsets, dropout, outer, fresh)


@torch.no_grad()
def predict(model: Network, encoder: Encoder, sentences: list[Encoded], words: int = 3000) -> list[dict]:
    """Labels and trees of the sentences, in their order. Every sentence gets a tree, whatever its corpus has."""
    model.eval()
    inventory = encoder.inventory
    transition = evaluate.transitions() + model.heads.transition.numpy()
    out: list[dict] = [{} for _ in sentences]
    numbered = [(i, Encoded(s.forms, s.source, *[np.zeros(len(s.forms), np.int64)] * 5)) for i, s in enumerate(sentences)]
    where = {id(s): i for i, s in numbered}
    for group in data.batches([s for _, s in numbered], words, None):
        batch = data.collate(group)
        raw = run(model, encoder, batch, 0.0)
        arcs = model.heads.arcs(raw, batch.place, 0.0)
        heads_row = torch.full((batch.tree_words,), -1)
        trees = []
        for k, s in enumerate(batch.sentences):
            n = len(s.forms)
            heads = evaluate.tree(np.round(arcs[k, :n, : n + 1].numpy() * 4096).astype(np.int64))
            trees.append(heads)
            start = int(batch.offsets[k])
            heads_row[start : start + n] = torch.from_numpy(np.where(heads >= 0, heads + start, -1))
        scores = model.heads.relations(raw, torch.arange(batch.tree_words), heads_row, 0.0)
        root = inventory.deprels.index("root")
        scores[:, root] = -1e9
        relation = scores.argmax(1)
        relation[heads_row < 0] = root
        best = {k: raw[k].argmax(1).numpy() for k in ("tag", "feats", "lemma")}
        entity = raw["entity"].numpy()
        for k, s in enumerate(batch.sentences):
            a, b = int(batch.offsets[k]), int(batch.offsets[k + 1])
            tags = [inventory.tags[t] for t in best["tag"][a:b]]
            forms = [encoder.forms[f] for f in s.forms]
            out[where[id(s)]] = {
                "tags": tags,
                "feats": [inventory.feats[f] for f in best["feats"][a:b]],
                "lemmas": [evaluate.lemma_of(inventory, f, t, inventory.lemmas[r]) for f, t, r in zip(forms, tags, best["lemma"][a:b])],
                "heads": trees[k].tolist(),
                "deprels": [inventory.deprels[r] for r in relation[a:b].tolist()],
                "entities": [labels.ENTITIES[e] for e in evaluate.viterbi(entity[a:b], transition)],
            }
    return out


def report(model: Network, encoder: Encoder, sets: dict[str, tuple[list, list]]) -> dict[str, dict[str, float]]:
    """Figures of each set: its sentences, and the same encoded."""
    return {name: evaluate.figures(name, gold, predict(model, encoder, encoded)) for name, (gold, encoded) in sets.items()}


def show(figures: dict[str, dict[str, float]]) -> str:
    return "\n".join("  " + evaluate.line(name, values) for name, values in figures.items())


class Average:
    """The exponential moving average of the weights: the small ones every 4 steps, the big tables every 32."""

    def __init__(self, model: torch.nn.Module, decay: float):
        self.decay = decay
        self.steps = 0
        self.kept = {k: v.detach().clone() for k, v in model.named_parameters()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module) -> None:
        self.steps += 1
        for every, big in ((4, False), (32, True)):
            if self.steps % every:
                continue
            decay = min(self.decay**every, self.steps / (self.steps + 10.0 * every))
            pairs = [(self.kept[k], p.detach()) for k, p in model.named_parameters() if (p.numel() > 1_000_000) == big]
            torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - decay)

    @torch.no_grad()
    def copy_to(self, model: torch.nn.Module) -> None:
        for k, v in model.named_parameters():
            v.copy_(self.kept[k])


class TableAdam:
    """Adam over the touched rows of the big tables alone."""

    def __init__(self, tables: list[torch.nn.Parameter], betas: tuple[float, float] = (0.9, 0.95)):
        self.tables, self.betas = tables, betas
        self.state = [(torch.zeros_like(t), torch.zeros_like(t)) for t in tables]
        self.steps = 0

    @torch.no_grad()
    def step(self, rate: float) -> None:
        self.steps += 1
        a, b = self.betas
        correction = (1 - b**self.steps) ** 0.5 / (1 - a**self.steps)
        for table, (mean, square) in zip(self.tables, self.state):
            gradient = table.grad.coalesce()
            rows, values = gradient.indices()[0], gradient.values()
            m = mean[rows].lerp_(values, 1 - a)
            v = square[rows].mul_(b).addcmul_(values, values, value=1 - b)
            mean[rows], square[rows] = m, v
            table.index_add_(0, rows, m.div_(v.sqrt_().add_(1e-8)), alpha=-rate * correction)
            table.grad = None


FINISH = {"rate": 7e-4, "table_rate": 4e-4, "quantise_from": 0.0, "chain": True, "unseen": True, "dropout": 0.25}
NAMES = {**FINISH, "rate": 8e-4, "table_rate": 5e-4, "entity": 2.0}


def train(model: Network, encoder: Encoder, epoch_sentences, epochs: int, seed: int, log, rate: float = 2e-3, table_rate: float = 1e-3,
          dropout: float = 0.2, words: int = 1200, quantise_from: float = 0.85, check=None, chain: bool = False, unseen: bool = False,
          entity: float = 1.0, minutes: float = float("inf"), save=None, period: int = 6) -> dict:
    """Trains in place; ends with the averaged weights. epoch_sentences(random) gives (sentences, weights by source) of an epoch; from the share
    `quantise_from` of the schedule on, the int8 model is simulated. chain: see losses.gold_losses; unseen: see run; entity: the weight of their
    loss. `minutes`: the schedule runs by the clock where the epochs would take longer."""
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    model.quantise(False)
    tables = [model.words.weight, model.hashes.weight]
    small = [p for p in model.parameters() if all(p is not t for t in tables)]
    adam = torch.optim.Adam(small, lr=rate, betas=(0.9, 0.95), fused=True)
    table_adam = TableAdam(tables)
    average = Average(model, 0.998)
    start = time.time()
    seen = 0
    for epoch in range(epochs):
        sentences, weights = epoch_sentences(random)
        groups = list(data.batches(sentences, words, random))
        sums: dict[str, float] = {}
        model.train()
        for step, group in enumerate(groups):
            done = max((epoch + step / len(groups)) / epochs, (time.time() - start) / 60 / minutes)
            if done >= 1:
                break
            if done >= quantise_from and not model.quants[0].on:
                model.quantise(True)
                log(f"int8 from epoch {epoch} step {step}")
            warm = min(1.0, (seen + 1) / 200)
            pace = warm * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * done)))
            adam.param_groups[0]["lr"] = rate * pace
            batch = data.collate(group)
            out = run(model, encoder, batch, dropout, unseen)
            weight = torch.from_numpy(np.concatenate([np.full(len(s.forms), weights.get(s.source, 1.0), np.float32) for s in batch.sentences]))
            parts = losses.gold_losses(model.heads, out, batch, weight, dropout, chain)
            loss = losses.total(parts, entity)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(small, 2.0)
            adam.step()
            table_adam.step(table_rate * pace)
            average.update(model)
            seen += 1
            for k, v in parts.items():
                sums[k] = sums.get(k, 0.0) + v.item()
        if save:
            save(average.kept, model)
        log(f"epoch {epoch} {(time.time() - start) / 60:.1f} min " + " ".join(f"{k} {v / max(step, 1):.4f}" for k, v in sums.items()))
        last = done >= 1 or epoch == epochs - 1
        if check and (last or epoch % period == period - 1):
            saved = {k: v.detach().clone() for k, v in model.named_parameters()}
            average.copy_to(model)
            log(show(check()))
            if not last:
                with torch.no_grad():
                    for k, v in model.named_parameters():
                        v.copy_(saved[k])
        if last:
            break
    average.copy_to(model)
    return {"minutes": (time.time() - start) / 60, "steps": seen}
