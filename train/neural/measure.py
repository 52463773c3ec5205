"""The figures of a model file over gold tokens, by the numpy reference: tags, lemmas, trees and entities on the test sets.

    python3 -m neural.measure models/language.model --data ../shared/data --gazetteer gazetteer
"""

import argparse
from pathlib import Path

from . import corpora, evaluate
from .reference import Model


def sets(data: Path, gazetteer: Path, parts: tuple[str, ...]) -> dict[str, list[corpora.Sentence]]:
    """The sets that are measured, by name. gum-PART-news: the news and interview documents alone."""
    places = corpora.Places(gazetteer)
    treebanks = corpora.read_treebanks(data, places)
    out = {}
    for part in parts:
        out[f"ewt-{part}"] = treebanks[f"ewt-{part}"]
        out[f"gum-{part}"] = treebanks[f"gum-{part}"]
        out[f"gum-{part}-news"] = [s for s in treebanks[f"gum-{part}"] if s.document.startswith(("GUM_news_", "GUM_interview_"))]
    out["re3d-test"] = corpora.read_names(data, places)["re3d-test"]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--gazetteer", type=Path, default=Path("gazetteer"))
    parser.add_argument("--parts", default="test", help="dev, test or dev,test")
    arguments = parser.parse_args()
    model = Model(arguments.model)
    for name, gold in sets(arguments.data, arguments.gazetteer, tuple(arguments.parts.split(","))).items():
        predicted = [model.annotate(s.forms) for s in gold]
        print(evaluate.line(name, evaluate.figures(name, gold, predicted)), flush=True)


if __name__ == "__main__":
    main()
