"""Trees from scores, and the figures of the CoNLL 2018 task over gold tokens."""

from collections import Counter

import numpy as np

from . import labels, text
from .inventory import Inventory

UNIVERSAL_FEATURES = frozenset(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense Aspect Voice Evident Polarity Person Polite".split()
)


def _cycle(heads: np.ndarray) -> list[int] | None:
    """A cycle among nodes 1..n-1, node 0 being the root; None for a tree."""
    colour = np.zeros(len(heads), np.int8)
    for start in range(1, len(heads)):
        path = []
        node = start
        while node > 0 and colour[node] == 0:
            colour[node] = 1
            path.append(node)
            node = heads[node]
        if node > 0 and colour[node] == 1:
            return path[path.index(node) :]
        for p in path:
            colour[p] = 2
    return None


def _arborescence(scores: np.ndarray) -> np.ndarray:
    """Heads of the maximum arborescence. scores [n, n]: of head column for node row; node 0 is the root."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -(1 << 58))
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.array(cycle)
    gain = scores[members] - scores[members, heads[members]][:, None]  # of breaking the cycle at a member
    m = len(outside)
    small = np.full((m + 1, m + 1), -(1 << 58), np.int64)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    entering = gain[:, outside]
    entry = entering.argmax(0)
    small[m, :m] = entering[entry, np.arange(m)]
    leaving = scores[np.ix_(outside, members)]
    exit_ = leaving.argmax(1)
    small[:m, m] = leaving[np.arange(m), exit_]
    chosen = _arborescence(small)
    for i in range(1, m):
        heads[outside[i]] = members[exit_[i]] if chosen[i] == m else outside[chosen[i]]
    broken = members[entry[chosen[m]]]
    heads[broken] = outside[chosen[m]]
    return heads


def tree(scores: np.ndarray) -> np.ndarray:
    """Heads (-1 for the root's one dependent) of the best tree. scores [n, 1 + n] integers, the root first."""
    n = len(scores)
    full = np.full((n + 1, n + 1), -(1 << 40), np.int64)
    full[1:] = scores
    full[1:, 0] -= 1 << 36  # as few dependents of the root as can be: one
    return _arborescence(full)[1:] - 1


def viterbi(scores: np.ndarray, transition: np.ndarray) -> np.ndarray:
    """Best labels; scores [n, labels], transition [from, to]."""
    back = np.zeros(scores.shape, np.int64)
    best = scores[0] + transition[0]
    for i in range(1, len(scores)):
        through = best[:, None] + transition
        back[i] = through.argmax(0)
        best = through.max(0) + scores[i]
    out = np.zeros(len(scores), np.int64)
    out[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        out[i - 1] = back[i, out[i]]
    return out


def transitions() -> np.ndarray:
    """0 where the second label may follow the first, else -1e9. What follows O may also open a sentence."""
    n = len(labels.ENTITIES)
    out = np.zeros((n, n), np.float32)
    for i, a in enumerate(labels.ENTITIES):
        for j, b in enumerate(labels.ENTITIES):
            if b[0] == "I" and (a == "O" or a[2:] != b[2:]):
                out[i, j] = -1e9
    return out


def lemma_of(inventory: Inventory, form: str, tag: str, rule: str) -> str:
    return inventory.lemma_forms.get((text.lower(form), tag)) or text.apply_lemma_rule(form, rule)


def universal(feats: str) -> str:
    return "|".join(f for f in feats.split("|") if f.split("=")[0] in UNIVERSAL_FEATURES)


def tree_figures(gold, predicted) -> dict[str, float]:
    """Percentages over the words. predicted: one dict a sentence with tags, feats, lemmas, heads, deprels."""
    n = 0
    right: Counter = Counter()
    for s, p in zip(gold, predicted):
        n += len(s.forms)
        for i in range(len(s.forms)):
            gold_upos, gold_xpos = s.tags[i].split("|", 1)
            upos, xpos = p["tags"][i].split("|", 1)
            head = s.heads[i] == p["heads"][i]
            right["UPOS"] += gold_upos == upos
            right["XPOS"] += gold_xpos == xpos
            right["FEATS"] += universal(s.feats[i]) == universal(p["feats"][i])
            right["LEMMA"] += s.lemmas[i] == "_" or s.lemmas[i] == p["lemmas"][i]
            right["UAS"] += head
            right["LAS"] += head and s.deprels[i].split(":")[0] == p["deprels"][i].split(":")[0]
    return {k: 100.0 * right[k] / max(n, 1) for k in ("UPOS", "XPOS", "FEATS", "LEMMA", "UAS", "LAS")}


# Our types as re3d has them; its times, amounts and documents are not entities of ours.
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP", "Weapon": "WEAPON", "MilitaryPlatform": "WEAPON"}


def entity_f1(gold, predicted, to_gold, to_predicted) -> float:
    """F1 in percent of exact spans and types; the two functions map types (None drops an entity)."""
    both = found = wanted = 0
    for s, p in zip(gold, predicted):
        a = {(f, l, t) for f, l, k in labels.spans(s.gold) if (t := to_gold(k))}
        b = {(f, l, t) for f, l, k in labels.spans(p["entities"]) if (t := to_predicted(k))}
        both, found, wanted = both + len(a & b), found + len(b), wanted + len(a)
    return 200.0 * both / max(found + wanted, 1)


def coarse_type(kind: str) -> str | None:
    return kind if kind in ("PER", "ORG") else "LOC" if kind in labels.PLACE else None


def uner_f1(gold, predicted) -> float:
    return entity_f1(gold, predicted, lambda k: k, coarse_type)


def re3d_f1(gold, predicted) -> float:
    kinds = {k: k for k in RE3D.values()} | {k: "LOC" for k in labels.PLACE} | {k: k.split("_")[0] for k in labels.MENTIONS}
    return entity_f1(gold, predicted, RE3D.get, kinds.get)


def figures(name: str, gold, predicted) -> dict[str, float]:
    """What the set bears: trees and tags, and for EWT (with UNER's names) and re3d the entity F1."""
    out = tree_figures(gold, predicted) if gold[0].tags else {}
    if name.startswith("ewt"):
        out["NER"] = uner_f1(gold, predicted)
    elif name.startswith("re3d"):
        out["NER"] = re3d_f1(gold, predicted)
    return out


def line(name: str, values: dict[str, float]) -> str:
    return f"{name:14s} " + " ".join(f"{k} {v:.2f}" for k, v in values.items())
