"""The teacher of entities: MiniLM fine-tuned on the entity corpora. Its probabilities are what the small network learns from beside the gold labels."""

import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from . import evaluate, labels, losses, pretrained
from .corpora import Sentence
from .swap import Names

# corpus -> (share of its sentences in an epoch, weight of its loss)
MIXTURE = {"ewt": (1.0, 1.0), "gum": (0.4, 0.5), "wikigold": (0.7, 0.7), "crossner": (0.7, 0.7), "re3d": (2.0, 1.0), "wnut17": (0.25, 0.6), "btc": (0.15, 0.5),
           "wikiann": (0.1, 0.4)}
LONGEST = 80  # words of a sentence that is trained on
EMPTY = 0.5  # of the sentences without a name
SWAP = 0.25  # of the sentences with names are shown with others
CASES = 7


def case_of(word: str) -> int:
    """What the uncased pieces do not tell: 1 lower, 2 first letter upper, 3 all upper, 4 one upper letter, 5 mixed, 6 the rest."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 6
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 3 if len(upper) > 1 else 4
    return 2 if upper[0] and not any(upper[1:]) else 5


class Teacher(nn.Module):
    def __init__(self, pieces: pretrained.WordPieces):
        super().__init__()
        self.pieces = pieces
        self.names = {k.replace(".", "/"): k for k in pretrained.weights() if not k.startswith("pooler")}
        start = pretrained.weights()
        self.encoder = nn.ParameterDict({a: nn.Parameter(start[b]) for a, b in self.names.items()})
        self.encoder["embeddings/word_embeddings/weight"].requires_grad_(False)
        self.case = nn.Parameter(torch.zeros(2 * CASES, pretrained.WIDTH))
        self.out = nn.Linear(pretrained.WIDTH, labels.NAMES)

    def forward(self, sentences: list[Sentence], lower: np.ndarray | None = None) -> torch.Tensor:
        """Scores [words of all sentences, labels]. lower: which sentences are read as if in lower case."""
        rows, cases, places = [], [], []
        for k, s in enumerate(sentences):
            row, case = [self.pieces.begin], [0]
            for word in s.forms:
                split = self.pieces.split(word, 8)
                if len(row) + len(split) > 500:
                    split = split[:1] if len(row) < 510 else []
                places.append((k, min(len(row), 510)))
                kind = 1 if lower is not None and lower[k] else case_of(word)
                row += split
                case += [kind] + [CASES + kind] * (len(split) - 1) if split else []
            rows.append(row + [self.pieces.end])
            cases.append(case + [0])
        longest = max(map(len, rows))
        pad = lambda lists: torch.tensor([r + [0] * (longest - len(r)) for r in lists])
        keep = torch.tensor([[True] * len(r) + [False] * (longest - len(r)) for r in rows])
        w = {b: self.encoder[a] for a, b in self.names.items()}
        with torch.autocast("cpu", torch.bfloat16):
            states = pretrained.encode(w, pad(rows), keep, self.case[pad(cases)], 0.1 if self.training else 0.0)[-1]
        at = torch.tensor(places)
        return self.out(F.dropout(states[at[:, 0], at[:, 1]].float(), 0.2, self.training))


def groups(sentences: list[Sentence], words: int, random: np.random.Generator | None):
    """Sentences of like length together; without `random` in order of length. Yields lists of indices."""
    size = len(sentences)
    key = np.array([len(s.forms) for s in sentences], np.float64)
    order = np.argsort(key if random is None else key * random.uniform(0.9, 1.1, size), kind="stable")
    out, group, longest = [], [], 0
    for i in order:
        longest = max(longest, len(sentences[i].forms))
        if group and longest * (len(group) + 1) > words:
            out.append(group)
            group, longest = [], len(sentences[i].forms)
        group.append(int(i))
    if group:
        out.append(group)
    if random is not None:
        random.shuffle(out)
    return out


def epoch(every: dict[str, list[Sentence]], names: Names, random: np.random.Generator) -> list[Sentence]:
    out = []
    for corpus, (share, _) in MIXTURE.items():
        pool = every[corpus]
        for i in random.choice(len(pool), int(len(pool) * share), replace=share > 1):
            s = pool[i]
            if len(s.forms) > LONGEST or not s.entities:
                continue
            named = any(not bits & 1 for bits in s.entities)
            if not named and random.random() > EMPTY:
                continue
            swapped = names.swap(s, random) if named and random.random() < SWAP else None
            out.append(swapped or s)
    return out


def train(model: Teacher, every: dict[str, list[Sentence]], names: Names, epochs: int, seed: int, log, rate: float = 1.5e-4, words: int = 1100, check=None,
          minutes: float = float("inf")) -> None:
    """every: corpus -> its sentences (ewt: the training part). minutes: the schedule runs by the clock where the epochs would take longer."""
    random = np.random.default_rng(seed)
    torch.manual_seed(seed)
    fresh = [model.case, model.out.weight, model.out.bias]
    old = [p for p in model.encoder.values() if p.requires_grad]
    adam = torch.optim.AdamW([{"params": old, "lr": rate}, {"params": fresh, "lr": rate * 8}], betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rates = [g["lr"] for g in adam.param_groups]
    start, seen, done = time.time(), 0, 0.0
    for number in range(epochs):
        sentences = epoch(every, names, random)
        parts = groups(sentences, words, random)
        model.train()
        total = 0.0
        for step, part in enumerate(parts):
            done = max((number + step / len(parts)) / epochs, (time.time() - start) / 60 / minutes)
            if done >= 1:
                break
            pace = min(1.0, (seen + 1) / 60) * (1 - done)
            for g, r in zip(adam.param_groups, rates):
                g["lr"] = r * pace
            batch = [sentences[i] for i in part]
            scores = model(batch, random.random(len(batch)) < 0.06)
            bits = torch.tensor([labels.names_alone(b) for s in batch for b in s.entities])
            weight = torch.tensor([MIXTURE[s.source][1] for s in batch for _ in s.forms])
            loss = losses.entity_loss(scores, bits, weight)
            adam.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(old, 1.0)
            adam.step()
            seen += 1
            total += loss.item()
            if seen % 50 == 0:
                log(f"teacher {done:.3f} {(time.time() - start) / 60:.1f} min, loss {total / (step + 1):.4f}")
        if check:
            log(f"teacher after epoch {number}: {check()}")
        if done >= 1:
            break


@torch.no_grad()
def probabilities(model: Teacher, sentences: list[Sentence], words: int = 1500) -> list[np.ndarray]:
    """[words, labels] of each sentence."""
    model.eval()
    out: list[np.ndarray] = [np.zeros(0)] * len(sentences)
    for part in groups(sentences, words, None):
        batch = [sentences[i] for i in part]
        rows = torch.softmax(model(batch), 1).numpy().astype(np.float16)
        at = 0
        for i, s in zip(part, batch):
            out[i] = rows[at : at + len(s.forms)]
            at += len(s.forms)
    return out


def entities(rows: np.ndarray) -> list[str]:
    """The best sequence of labels."""
    best = evaluate.viterbi(np.log(rows.astype(np.float32) + 1e-7), evaluate.transitions()[: labels.NAMES, : labels.NAMES])
    return [labels.ENTITIES[e] for e in best]


def annotate(model: Teacher, sentences: list[Sentence]) -> list[dict]:
    """The entities of each sentence, as evaluate.figures takes them."""
    return [{"entities": entities(rows)} for rows in probabilities(model, sentences)]
