"""The model file: a trained network as int8 tensors in the safetensors format, with its label lists as metadata."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from . import codes, evaluate, labels, text
from .inventory import Inventory
from .network import Network, row_scales


def _rows(weight: torch.Tensor, limit: int) -> tuple[np.ndarray, np.ndarray]:
    scale = row_scales(weight, limit)
    q = torch.round(weight.detach() / scale[:, None]).clamp(-limit, limit)
    return q.numpy().astype(np.int8), scale.numpy().astype(np.float32)


def _to_int8(value: torch.Tensor, scale: torch.Tensor, low: int = -127) -> np.ndarray:
    return torch.round(value.detach() / scale).clamp(low, 127).numpy().astype(np.int8)


BOOKS = 12  # so many codes stand for a word of the vectors from outside


def _coded(model: Network, vocabulary: list[str], outside: list[str]) -> dict[str, np.ndarray]:
    """The words that have a vector from outside and no row. outside: their words, in the order of the vectors."""
    known = set(vocabulary)
    numbers = [i for i, w in enumerate(outside) if w == text.lower(w) and w not in known and not any(c.isdigit() for c in w)]
    with torch.no_grad():
        values = model.outer_rows(torch.tensor(numbers) + 1) / model.embed_scale
    found, rows = codes.books(values, BOOKS, 1)
    keys, placed = codes.table([outside[i] for i in numbers], found)
    return {"coded.keys": keys, "coded.codes": placed, "coded.rows": rows}


def tensors(model: Network, keep: torch.Tensor, vocabulary: list[str], index: dict[str, int]) -> dict[str, np.ndarray]:
    """keep: the rows of the word table that the file gets; vocabulary: their words; index: row of a word among the vectors from outside."""
    one = lambda t: t.detach().reshape(1).numpy().astype(np.float32)
    scale = model.embed_scale
    words = model.words.weight.detach()[keep]
    if model.attached:
        words = words + model.outer_rows(torch.tensor([0] + [index.get(w, 0) for w in vocabulary])).detach()
    out = {
        "word.table": _to_int8(words, scale),
        "hash.table": _to_int8(model.hashes.weight[: model.sizes.buckets], scale),
        "embed.scale": one(scale),
    }
    for l in range(model.sizes.layers):
        out[f"layer{l}.weight"], out[f"layer{l}.weight_scale"] = _rows(model.weights[l], 63)
        out[f"layer{l}.bias"] = model.biases[l].detach().flatten().numpy().astype(np.float32)
        out[f"layer{l}.peep"] = model.peeps[l].detach().flatten().numpy().astype(np.float32)
        out[f"layer{l}.in_scale"] = one(model.quants[l].scale())
    heads = model.heads
    out["heads.weight"], out["heads.weight_scale"] = _rows(heads.fused.weight, 63)
    out["heads.bias"] = heads.fused.bias.detach().numpy().astype(np.float32)
    out["heads.in_scale"] = one(heads.quant_in.scale())
    out["lemma.weight"], out["lemma.weight_scale"] = _rows(heads.lemma.weight, 127)
    out["lemma.bias"] = heads.lemma.bias.detach().numpy().astype(np.float32)
    out["lemma.in_scale"] = one(heads.quant_lemma.scale())
    dep, head, mid = heads.quant_dep.scale(), heads.quant_head.scale(), heads.quant_mid.scale()
    weight_scale = (heads.arc_weight.detach().abs().max() / 63).clamp(min=1e-8)
    out["arc.dep_scale"], out["arc.head_scale"], out["arc.mid_scale"], out["arc.weight_scale"] = one(dep), one(head), one(mid), one(weight_scale)
    out["arc.weight"] = torch.round(heads.arc_weight.detach() / weight_scale).clamp(-63, 63).numpy().astype(np.int8)
    out["arc.root"] = _to_int8(heads.arc_root, head, 0)
    out["arc.head_bias"] = _to_int8(heads.head_bias, mid)
    out["arc.distance"] = torch.round(heads.distance.detach() / (mid * head)).numpy().astype(np.int32)
    out["rel.root"] = heads.rel_root.detach().numpy().astype(np.float32)
    out["rel.in_scale"] = one(heads.quant_rel.scale())
    out["rel.weight"], out["rel.weight_scale"] = _rows(heads.relation.weight, 127)
    out["rel.bias"] = heads.relation.bias.detach().numpy().astype(np.float32)
    out["entity.transition"] = evaluate.transitions() + heads.transition.detach().numpy().astype(np.float32)
    return {k: np.ascontiguousarray(v) for k, v in out.items()}


def write(values: dict[str, np.ndarray], metadata: dict[str, str], path: Path) -> None:
    """In the safetensors format. Its library puts the metadata in another order each time; here they are sorted: one network, the same bytes."""
    raw = save(values, metadata)
    size = int.from_bytes(raw[:8], "little")
    header = {**json.loads(raw[8 : 8 + size]), "__metadata__": dict(sorted(metadata.items()))}
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + raw[8 + size :])


def export(model: Network, inventory: Inventory, path: Path, about: dict[str, str], outside: list[str] | None = None) -> None:
    """outside: the words of the attached vectors, in their order."""
    keep = torch.nonzero(~model.rowless)[:, 0]
    vocabulary = [inventory.vocabulary[i - 1] for i in keep[1:].tolist()]
    index = {w: i + 1 for i, w in enumerate(outside or [])}
    values = tensors(model, keep, vocabulary, index)
    if outside:
        values |= _coded(model, vocabulary, outside)
    metadata = {
        "format": "masudi-language-1",
        "vocab": "\n".join(vocabulary),
        "heads": json.dumps([[n, k] for n, k in model.heads.parts]),
        "tags": "\n".join(inventory.tags),
        "feats": "\n".join(inventory.feats),
        "lemmas": "\n".join(inventory.lemmas),
        "deprels": "\n".join(inventory.deprels),
        "entities": "\n".join(labels.ENTITIES),
        "lemma_forms": "\n".join(f"{form}\t{tag}\t{lemma}" for (form, tag), lemma in sorted(inventory.lemma_forms.items())),
        **about,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write(values, metadata, path)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
