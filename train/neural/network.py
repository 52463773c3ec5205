"""The network that is trained: as docs/inference.md has it, in floats, and with the rounding of the int8 file simulated."""

import ctypes
import hashlib
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn

_sru = None


def sru_library() -> ctypes.CDLL:
    """The recurrence, compiled at first use into the user's cache, by the hash of its source."""
    global _sru
    if _sru is None:
        source = Path(__file__).with_name("sru.cc")
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "masudi-train"
        target = cache / f"sru-{hashlib.sha256(source.read_bytes()).hexdigest()[:16]}.so"
        if not target.exists():
            cache.mkdir(parents=True, exist_ok=True)
            made = target.with_suffix(f".{os.getpid()}")
            flags = ["-std=c++20", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC"]
            subprocess.run([os.environ.get("CXX", "g++"), *flags, str(source), "-o", str(made), "-lmvec", "-lm"], check=True)
            made.replace(target)
        _sru = ctypes.CDLL(str(target))
    return _sru


def _pointer(t: torch.Tensor) -> ctypes.c_void_p:
    assert t.is_contiguous()
    return ctypes.c_void_p(t.data_ptr())


class Recurrence(torch.autograd.Function):
    """z [N, 2, gates, H], bias, peep [2, 2, H], skip [N, 2, H] (empty when z bears it), offsets -> h [N, 2, H]."""

    @staticmethod
    def forward(ctx, z, bias, peep, skip, offsets):
        n, _, gates, width = z.shape
        c, f, r, h = (torch.empty(n, 2, width) for _ in range(4))
        sizes = [ctypes.c_int64(v) for v in (len(offsets) - 1, gates, width)]
        sru_library().sru_forward(*sizes, *map(_pointer, (offsets, z, bias, peep, skip, c, f, r, h)))
        ctx.save_for_backward(z, peep, skip, offsets, c, f, r)
        return h

    @staticmethod
    def backward(ctx, dh):
        z, peep, skip, offsets, c, f, r = ctx.saved_tensors
        dz, dbias, dpeep, dskip = torch.empty_like(z), torch.empty_like(peep), torch.empty_like(peep), torch.empty_like(skip)
        sizes = [ctypes.c_int64(v) for v in (len(offsets) - 1, z.shape[2], z.shape[3])]
        sru_library().sru_backward(*sizes, *map(_pointer, (offsets, z, peep, skip, c, f, r, dh.contiguous(), dz, dbias, dpeep, dskip)))
        return dz, dbias, dpeep, dskip if skip.numel() else None, None


@dataclass
class Sizes:
    """Everything that shapes a network; the counts of labels come from the vocabulary."""

    vocabulary: int
    buckets: int
    tags: int
    feats: int
    lemmas: int
    deprels: int
    entities: int
    vector: int = 192
    hidden: int = 128
    layers: int = 3
    arc: int = 128
    relation: int = 96
    lemma_hidden: int = 64
    distance: int = 16
    outer: int = 100  # numbers of a vector from outside, see Network.attach

    def as_dict(self) -> dict:
        return asdict(self)


class FakeQuant(nn.Module):
    """Rounding to int8 of an activation, with the straight-through gradient. Until `on`, it only follows the greatest magnitude."""

    def __init__(self, limit: int = 127, unsigned: bool = False):
        super().__init__()
        self.limit, self.unsigned, self.on, self.calls = limit, unsigned, False, 0
        self.register_buffer("peak", torch.zeros(1))

    def scale(self) -> torch.Tensor:
        return (self.peak / self.limit).clamp(min=1e-6)

    @torch.no_grad()
    def follow(self, x: torch.Tensor) -> None:
        flat = x.flatten().abs()
        flat = flat[:: max(1, flat.numel() // 100_000)]
        peak = flat.kthvalue(max(1, int(flat.numel() * 0.9998))).values
        if self.peak > 0:
            self.peak.mul_(0.9).add_(0.1 * peak)
        else:
            self.peak.copy_(peak.reshape(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.training:
            self.calls += 1
            if self.calls % 8 == 1 and x.numel():
                self.follow(x.detach())
        if not self.on:
            return x
        scale = self.scale()
        q = (x / scale).clamp(0 if self.unsigned else -self.limit, self.limit)
        q = q + (torch.round(q) - q).detach()
        return q * scale


def row_scales(weight: torch.Tensor, limit: int) -> torch.Tensor:
    return (weight.detach().abs().amax(1) / limit).clamp(min=1e-8)


def fake_rows(weight: torch.Tensor, limit: int, on: bool) -> torch.Tensor:
    """Weights as their int8 rows give them back, with the straight-through gradient."""
    if not on:
        return weight
    scale = row_scales(weight, limit)[:, None]
    return weight + (torch.round(weight / scale).clamp(-limit, limit) * scale - weight).detach()


class Heads(nn.Module):
    """Tags, features, lemmas, arcs, relations and entities over the words' vectors."""

    def __init__(self, width: int, sizes: Sizes):
        super().__init__()
        self.sizes = sizes
        self.parts = [
            ("arc_dep", sizes.arc),
            ("arc_head", sizes.arc),
            ("rel_dep", sizes.relation),
            ("rel_head", sizes.relation),
            ("tag", sizes.tags),
            ("feats", sizes.feats),
            ("lemma_hidden", sizes.lemma_hidden),
            ("entity", sizes.entities),
        ]
        self.fused = nn.Linear(width, sum(n for _, n in self.parts))
        self.lemma = nn.Linear(sizes.lemma_hidden, sizes.lemmas)
        self.relation = nn.Linear(sizes.relation, sizes.deprels)
        self.arc_weight = nn.Parameter(torch.eye(sizes.arc) * 0.1 + torch.randn(sizes.arc, sizes.arc) * 0.02)
        self.arc_root = nn.Parameter(torch.rand(sizes.arc) * 0.5)
        self.head_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.distance = nn.Parameter(torch.zeros(2 * sizes.distance + 1))
        self.rel_root = nn.Parameter(torch.zeros(sizes.relation))
        self.transition = nn.Parameter(torch.zeros(sizes.entities, sizes.entities))  # beyond the forbidden ones
        self.quant_in = FakeQuant()
        self.quant_dep, self.quant_head = FakeQuant(unsigned=True), FakeQuant(unsigned=True)
        self.quant_mid = FakeQuant()
        self.quant_rel, self.quant_lemma = FakeQuant(unsigned=True), FakeQuant(unsigned=True)

    def forward(self, h: torch.Tensor, dropout: float) -> dict[str, torch.Tensor]:
        on = self.quant_in.on
        z = F.linear(self.quant_in(h), fake_rows(self.fused.weight, 63, on), self.fused.bias)
        out = dict(zip([n for n, _ in self.parts], z.split([n for _, n in self.parts], dim=1)))
        hidden = self.quant_lemma(F.dropout(F.relu(out.pop("lemma_hidden")), dropout * 0.5, self.training))
        out["lemma"] = F.linear(hidden, fake_rows(self.lemma.weight, 127, on), self.lemma.bias)
        return out

    def arcs(self, out: dict[str, torch.Tensor], place: torch.Tensor, dropout: float) -> torch.Tensor:
        """Scores [sentences, words, 1 + words] of each head, the root first. place: [sentences, words] row of each word in `out`, -1 beyond the end."""
        on = self.quant_in.on
        keep = (place >= 0)[..., None]
        rows = place.clamp(min=0)
        dep = self.quant_dep(F.dropout(F.relu(out["arc_dep"]), dropout, self.training))[rows]
        head = self.quant_head(F.dropout(F.relu(out["arc_head"]), dropout, self.training))[rows]
        root = F.relu(self.arc_root)
        if on:
            scale = self.quant_head.scale()
            root = root + (torch.round(root / scale).clamp(-127, 127) * scale - root).detach()
        head = torch.cat([root.expand(len(place), 1, -1), head * keep], 1)
        weight = self.arc_weight
        bias = self.head_bias
        if on:
            scale = (weight.detach().abs().max() / 63).clamp(min=1e-8)
            weight = weight + (torch.round(weight / scale).clamp(-63, 63) * scale - weight).detach()
            mid = self.quant_mid.scale()
            bias = bias + (torch.round(bias / mid).clamp(-127, 127) * mid - bias).detach()
        middle = self.quant_mid(dep @ weight.T)
        scores = (middle + bias) @ head.transpose(1, 2)
        n = place.shape[1]
        k = self.sizes.distance
        apart = (torch.arange(n)[None, :] - torch.arange(n)[:, None]).clamp(-k, k) + k
        scores = scores + F.pad(self.distance[apart], (1, 0))
        mask = torch.cat([torch.ones(len(place), 1, dtype=torch.bool), keep[..., 0]], 1)
        scores = scores.masked_fill(~mask[:, None, :], -1e9)
        return scores.diagonal_scatter(torch.full_like(scores.diagonal(1, 1, 2), -1e9), 1, 1, 2)

    def relations(self, out: dict[str, torch.Tensor], words: torch.Tensor, heads: torch.Tensor, dropout: float) -> torch.Tensor:
        """Scores of the labels of the words (rows of `out`) under the given heads (rows of `out`, -1 for the root)."""
        over = torch.cat([self.rel_root[None], out["rel_head"]])[heads + 1]
        hidden = self.quant_rel(F.dropout(F.relu(out["rel_dep"][words] + over), dropout, self.training))
        return F.linear(hidden, fake_rows(self.relation.weight, 127, self.quant_in.on), self.relation.bias)


class Network(nn.Module):
    def __init__(self, sizes: Sizes):
        super().__init__()
        self.sizes = sizes
        d, h = sizes.vector, sizes.hidden
        self.words = nn.Embedding(sizes.vocabulary + 1, d)
        self.outer = nn.Parameter(torch.zeros(sizes.outer + 1, d))
        self.register_buffer("outer_vectors", torch.zeros(1, sizes.outer), persistent=False)
        self.register_buffer("rowless", torch.zeros(sizes.vocabulary + 1, dtype=torch.bool), persistent=False)
        self.hashes = nn.Embedding(sizes.buckets + 1, d)  # the last row is none: it fills up short lists
        nn.init.normal_(self.words.weight, std=0.05)
        nn.init.normal_(self.hashes.weight, std=0.05)
        with torch.no_grad():
            self.hashes.weight[sizes.buckets] = 0
        self.weights = nn.ParameterList()
        self.biases = nn.ParameterList()
        self.peeps = nn.ParameterList()
        for layer in range(sizes.layers):
            gates, inputs = (4, d) if layer == 0 else (3, 2 * h)
            weight = torch.randn(2 * gates * h, inputs) * (1.0 / inputs**0.5)
            if layer == 0:
                weight *= 2.0
            self.weights.append(nn.Parameter(weight))
            bias = torch.zeros(2, 2, h)
            bias[:, 0] = torch.linspace(-1.0, 2.0, h)
            self.biases.append(nn.Parameter(bias))
            self.peeps.append(nn.Parameter(torch.randn(2, 2, h) * 0.1))
        self.quants = nn.ModuleList(FakeQuant() for _ in range(sizes.layers))
        self.register_buffer("first_words", torch.zeros(sizes.vocabulary + 1, d), persistent=False)
        self.register_buffer("embed_scale", torch.zeros(1))
        self.heads = Heads(2 * h, sizes)

    @torch.no_grad()
    def start_from(self, vectors: torch.Tensor) -> None:
        """The word table begins as these vectors."""
        self.words.weight.copy_(vectors)
        self.first_words.copy_(vectors)

    @property
    def attached(self) -> bool:
        return len(self.outer_vectors) > 1

    @torch.no_grad()
    def attach(self, vectors: torch.Tensor, index: torch.Tensor, counts: torch.Tensor) -> None:
        """From here on a word's vector is its row and a linear map of what `vectors` has for it, so that words that no training text had are read
        too. vectors [n + 1, outer], the first of zeros; index, counts [vocabulary + 1]: the row there and the word's count in the training text.
        The map begins as the ridge regression of the trained rows, and the rows as what that leaves: known words begin where they were. Words that
        no text had twice give up their rows."""
        known = (index > 0) & (counts >= 3)
        weight = counts[known].clamp(max=50).sqrt()[:, None]
        one = lambda rows: torch.cat([vectors[rows], (rows > 0).float()[:, None]], 1)
        x, y = one(index[known]).double(), (self.words.weight[known] - self.words.weight[0]).double()
        self.outer.copy_(torch.linalg.solve((x * weight).T @ x + torch.eye(x.shape[1], dtype=torch.float64), (x * weight).T @ y).float())
        rows = one(index) @ self.outer
        rows[0] = 0
        self.words.weight.sub_(rows)
        self.rowless.copy_((index > 0) & (counts < 2))
        self.outer_vectors = vectors

    @torch.no_grad()
    def lean(self, labels: dict[int, float]) -> None:
        """Adds to the scores of entity labels, by their numbers."""
        last = len(self.heads.fused.bias) - self.sizes.entities
        for label, more in labels.items():
            self.heads.fused.bias[last + label] += more

    def outer_rows(self, index: torch.Tensor) -> torch.Tensor:
        """What the vectors from outside add, by their rows; nothing for row 0."""
        return torch.cat([self.outer_vectors[index], (index > 0).float()[:, None]], 1) @ self.outer

    def quantise(self, on: bool = True) -> None:
        """Switches the simulation of the int8 model; the embedding's scale is set from the tables as they are."""
        for module in self.modules():
            if isinstance(module, FakeQuant):
                module.on, module.calls = on, 0
        if on:
            every = torch.cat([self.words.weight.detach().flatten(), self.hashes.weight.detach().flatten()]).abs()
            self.embed_scale.copy_(every.max().clamp(max=every[every > 0].mean() * 12).reshape(1) / 127)

    def table(self, rows: nn.Embedding, index: torch.Tensor, more: torch.Tensor | None = None) -> torch.Tensor:
        """Rows of a table, with `more` added, as int8 gives them back."""
        value = F.embedding(index, rows.weight, sparse=True)
        if more is not None:
            value = value + more
        if self.quants[0].on:
            scale = self.embed_scale
            value = value + (torch.round(value / scale).clamp(-127, 127) * scale - value).detach()
        return value

    def vectors(self, words: torch.Tensor, hashes: torch.Tensor, outer: torch.Tensor | None = None, fresh: torch.Tensor | None = None) -> torch.Tensor:
        """Vectors of forms. words [n] rows of the word table; hashes [n, k] buckets, filled up with the empty one; outer [n] rows of the vectors from
        outside; fresh [n]: the word's row is taken as it was before training."""
        rows = self.table(self.words, words, self.outer_rows(outer) if self.attached else None)
        if fresh is not None:
            rows = torch.where(fresh[:, None], self.first_words[words], rows)
        return rows + (self.table(self.hashes, hashes) * (hashes < self.sizes.buckets)[..., None]).sum(1)

    def forward(self, words, hashes, forms, offsets, dropout: float = 0.0, outer: torch.Tensor | None = None, fresh: torch.Tensor | None = None) -> dict[str, torch.Tensor]:
        """words, hashes: of the distinct forms of the batch; forms [N]: which form each word is; offsets: where sentences begin, then N."""
        h = self.sizes.hidden
        x = self.quants[0](self.vectors(words, hashes, outer, fresh))
        x = F.dropout(x, dropout, self.training)
        on = self.quants[0].on
        z = F.linear(x, fake_rows(self.weights[0], 63, on))[forms].view(-1, 2, 4, h)
        below = Recurrence.apply(z, self.biases[0], self.peeps[0], torch.empty(0), offsets)
        sentence = torch.repeat_interleave(torch.arange(len(offsets) - 1), offsets.diff()) if self.training else None
        for layer in range(1, self.sizes.layers + 1):
            flat = below.reshape(-1, 2 * h)
            if self.training and dropout > 0:
                keep = torch.empty(len(offsets) - 1, 2 * h).bernoulli_(1 - dropout).div_(1 - dropout)
                flat = flat * keep[sentence]
            if layer == self.sizes.layers:
                return self.heads(flat, dropout)
            z = F.linear(self.quants[layer](flat), fake_rows(self.weights[layer], 63, on)).view(-1, 2, 3, h)
            below = Recurrence.apply(z.contiguous(), self.biases[layer], self.peeps[layer], below.contiguous(), offsets)
        raise AssertionError
