"""The model file read and run with numpy in the integers of the contract: what the C++ inference must agree with.

    python3 -m neural.reference models/language.model FILE.conllu [--entities FILE.iob2]
"""

import argparse
import json
import struct
from pathlib import Path

import numpy as np

from . import codes, evaluate, text
from .corpora import read_conllu


class Model:
    def __init__(self, path: Path):
        raw = path.read_bytes()
        size = struct.unpack("<Q", raw[:8])[0]
        header = json.loads(raw[8 : 8 + size])
        self.meta = header.pop("__metadata__")
        kinds = {"I8": np.int8, "I32": np.int32, "F32": np.float32}
        self.t = {}
        for name, about in header.items():
            a, b = about["data_offsets"]
            self.t[name] = np.frombuffer(raw[8 + size + a : 8 + size + b], kinds[about["dtype"]]).reshape(about["shape"])
        self.lists = {k: self.meta[k].split("\n") for k in ("tags", "feats", "lemmas", "deprels", "entities", "vocab")}
        self.row = {w: i + 1 for i, w in enumerate(self.lists["vocab"])}
        self.lemma_forms = {tuple(line.split("\t")[:2]): line.split("\t")[2] for line in self.meta["lemma_forms"].split("\n") if line}
        self.layers = sum(1 for k in self.t if k.endswith(".peep"))
        self.width = len(self.t["layer0.peep"]) // 4
        self._vectors: dict[str, np.ndarray] = {}

    @staticmethod
    def quantise(x: np.ndarray, scale: np.ndarray, low: int = -127) -> np.ndarray:
        inverse = np.float32(1) / scale.astype(np.float32)
        return np.clip(np.rint(x.astype(np.float32) * inverse), low, 127).astype(np.int32)

    def vector(self, form: str) -> np.ndarray:
        """The form's vector in integers of layer0.in_scale."""
        known = self._vectors.get(form)
        if known is None:
            low = text.lower(form)
            row = self.row.get(low, 0)
            total = self.t["word.table"][row].astype(np.int32)
            if row == 0 and "coded.keys" in self.t and (slot := codes.look_up(self.t["coded.keys"], low)) >= 0:
                for book, code in enumerate(self.t["coded.codes"][slot].view(np.uint8)):
                    total = total + self.t["coded.rows"][book, code]
            for bucket in text.buckets(form, len(self.t["hash.table"])):
                total = total + self.t["hash.table"][bucket]
            factor = (self.t["embed.scale"] / self.t["layer0.in_scale"]).astype(np.float32)
            known = self._vectors[form] = np.clip(np.rint(total.astype(np.float32) * factor), -127, 127).astype(np.int32)
        return known

    def dense(self, x: np.ndarray, name: str, in_scale: np.ndarray) -> np.ndarray:
        product = (x.astype(np.float64) @ self.t[f"{name}.weight"].T.astype(np.float64)).astype(np.int32)
        out = product.astype(np.float32) * (self.t[f"{name}.weight_scale"] * in_scale)
        bias = self.t.get(f"{name}.bias")
        return out if name.startswith("layer") else out + bias

    def encode(self, forms: list[str]) -> np.ndarray:
        """The last layer's output [words, 2H], float32."""
        x = np.stack([self.vector(f) for f in forms])
        n, h = len(forms), self.width
        below = None
        for l in range(self.layers):
            gates = 4 if l == 0 else 3
            scale = self.t[f"layer{l}.in_scale"]
            if l > 0:
                x = self.quantise(below, scale)
            z = self.dense(x, f"layer{l}", scale).reshape(n, 2, gates, h)
            bias, peep = self.t[f"layer{l}.bias"].reshape(2, 2, h), self.t[f"layer{l}.peep"].reshape(2, 2, h)
            out = np.zeros((n, 2 * h), np.float32)
            one = np.float32(1)
            for d in (0, 1):
                c = np.zeros(h, np.float32)
                for t in range(n) if d == 0 else range(n - 1, -1, -1):
                    f = one / (one + np.exp(-(z[t, d, 1] + peep[d, 0] * c + bias[d, 0])))
                    r = one / (one + np.exp(-(z[t, d, 2] + peep[d, 1] * c + bias[d, 1])))
                    c = f * c + (one - f) * z[t, d, 0]
                    skip = z[t, d, 3] if l == 0 else below[t, d * h : (d + 1) * h]
                    out[t, d * h : (d + 1) * h] = r * np.tanh(c) + (one - r) * skip
            below = out
        return below

    def annotate(self, forms: list[str]) -> dict:
        t = self.t
        h = self.encode(forms)
        z = self.dense(self.quantise(h, t["heads.in_scale"]), "heads", t["heads.in_scale"])
        parts, at = {}, 0
        for name, rows in json.loads(self.meta["heads"]):
            parts[name] = z[:, at : at + rows]
            at += rows
        positive = lambda x: np.maximum(x, np.float32(0))
        tags = [self.lists["tags"][i] for i in parts["tag"].argmax(1)]
        feats = [self.lists["feats"][i] for i in parts["feats"].argmax(1)]
        hidden = self.quantise(positive(parts["lemma_hidden"]), t["lemma.in_scale"])
        rules = self.dense(hidden, "lemma", t["lemma.in_scale"]).argmax(1)
        lemmas = [
            self.lemma_forms.get((text.lower(f), tag)) or text.apply_lemma_rule(f, self.lists["lemmas"][r]) for f, tag, r in zip(forms, tags, rules)
        ]
        dep = self.quantise(positive(parts["arc_dep"]), t["arc.dep_scale"])
        head = self.quantise(positive(parts["arc_head"]), t["arc.head_scale"])
        middle = (dep @ t["arc.weight"].T.astype(np.int32)).astype(np.float32) * (t["arc.weight_scale"] * t["arc.dep_scale"])
        middle = self.quantise(middle, t["arc.mid_scale"]).astype(np.int64)
        every = np.concatenate([t["arc.root"][None].astype(np.int64), head])
        scores = middle @ every.T + t["arc.head_bias"].astype(np.int64) @ every.T
        if "arc.distance" in t:
            k = len(t["arc.distance"]) // 2
            n = len(forms)
            scores[:, 1:] += t["arc.distance"][np.clip(np.arange(n)[None] - np.arange(n)[:, None], -k, k) + k]
        heads = evaluate.tree(scores)
        over = np.concatenate([t["rel.root"][None], parts["rel_head"]])[heads + 1]
        hidden = self.quantise(positive(parts["rel_dep"] + over), t["rel.in_scale"])
        scores = self.dense(hidden, "rel", t["rel.in_scale"])
        root = self.lists["deprels"].index("root")
        scores[:, root] = -1e9
        relations = scores.argmax(1)
        relations[heads < 0] = root
        entities = evaluate.viterbi(parts["entity"], t["entity.transition"])
        return {
            "tags": tags,
            "feats": feats,
            "lemmas": lemmas,
            "heads": heads.tolist(),
            "deprels": [self.lists["deprels"][r] for r in relations],
            "entities": [self.lists["entities"][e] for e in entities],
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("conllu", type=Path)
    parser.add_argument("--write", type=Path, help="write what the model says as CoNLL-U, entities as NER= in MISC")
    arguments = parser.parse_args()
    model = Model(arguments.model)
    gold = read_conllu(arguments.conllu, "gold")
    predicted = [model.annotate(s.forms) for s in gold]
    print(" ".join(f"{k} {v:.2f}" for k, v in evaluate.tree_figures(gold, predicted).items()))
    if arguments.write:
        with arguments.write.open("w", encoding="utf-8") as out:
            for s, p in zip(gold, predicted):
                out.write(f"# sent_id = {s.sent_id}\n" if s.sent_id else "")
                for i, form in enumerate(s.forms):
                    upos, xpos = p["tags"][i].split("|", 1)
                    misc = "_" if p["entities"][i] == "O" else "NER=" + p["entities"][i]
                    out.write("\t".join([str(i + 1), form, p["lemmas"][i], upos, xpos, p["feats"][i], str(p["heads"][i] + 1), p["deprels"][i], "_", misc]) + "\n")
                out.write("\n")


if __name__ == "__main__":
    main()
