"""What lists say of a word: is it a first name, a surname, of the name of a town, a country, a person in office? Numbers beside its vector from outside
(pretrained.py), so that the names that no training text had are known for what they are."""

import importlib.util
import math
import zipfile
from pathlib import Path

import numpy as np

from . import labels, text

# One number each, 0 to 1: for surnames by their rank, for towns by their inhabitants.
TITLES = (
    "female", "male", "surname", "person_first", "person_last", "town", "town_first", "town_last", "division", "division_part", "country", "country_part",
    "demonym", "facility_word", "nature_word",
)  # fmt: skip
PEOPLE = ("actor_people", "actor_congress", "actor_archigos", "actor_wikidata")


def _rows(path: Path) -> list[dict[str, str]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [dict(zip(lines[0], row)) for row in lines[1:]]


def _surnames() -> list[str]:
    """The surnames of the United States census of 1990, the most frequent first, out of the package `names`."""
    spec = importlib.util.find_spec("names")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("train: the package names is not installed; see train/requirements.txt")
    lines = (Path(list(spec.submodule_search_locations)[0]) / "dist.all.last").read_text(encoding="ascii").split("\n")
    return [line.split()[0].lower() for line in lines if line]


def word_facts(data: Path, gazetteer: Path) -> dict[str, np.ndarray]:
    """Lower-cased word -> its numbers, in the order of TITLES. data: shared/data; gazetteer: the repository's."""
    out: dict[str, np.ndarray] = {}

    def say(word: str, title: str, value: float = 1.0) -> None:
        row = out.setdefault(text.lower(word), np.zeros(len(TITLES), np.float32))
        row[TITLES.index(title)] = max(row[TITLES.index(title)], value)

    with zipfile.ZipFile(data / "gazetteers/nltk-names/names.zip") as archive:
        for title in ("female", "male"):
            for name in archive.read(f"names/{title}.txt").decode("ascii").split():
                say(name, title)
    surnames = _surnames()
    for rank, name in enumerate(surnames):
        say(name, "surname", 1.0 - 0.9 * math.log1p(rank) / math.log1p(len(surnames)))
    for name in PEOPLE:
        for row in _rows(gazetteer / f"{name}.tsv"):
            words = row["name"].split()
            say(words[-1], "person_last")
            if len(words) > 1:
                say(words[0], "person_first")
    for row in _rows(gazetteer / "cities.tsv"):
        words, size = row["name"].split(), min(1.0, math.log10(1 + float(row["population"] or 0)) / 7)
        if len(words) == 1:
            say(words[0], "town", size)
        else:
            say(words[0], "town_first", size)
            say(words[-1], "town_last", size)
    for file, title in (("admin1", "division"), ("countries", "country")):
        for row in _rows(gazetteer / f"{file}.tsv"):
            for name in [row["name"], *(row.get("names", "").split("|") if file == "countries" else ())]:
                words = name.lstrip("=").split()
                for word in words if any(c.isalpha() for c in name) else ():
                    say(word, title if len(words) == 1 else title + "_part")
            for name in "|".join((row.get("adjectives", ""), row.get("people", ""))).split("|"):
                if name and " " not in name:
                    say(name, "demonym")
    for title, words in (("facility_word", labels.FACILITY_WORDS), ("nature_word", labels.NATURE_WORDS)):
        for word in words:
            say(word, title)
    return out
