"""Entity labels: the ones we predict, and what each corpus says about them. A corpus that does not tell two of our labels apart
permits both: a token's annotation is a set of permitted labels, held as a bit mask, and the loss sums over the set."""

TYPES = ("PER", "ORG", "LOC", "GPE", "NORP", "FAC", "EVT", "MISC", "WEAPON")
ENTITIES = ("O",) + tuple(f"{p}-{t}" for t in TYPES for p in "BI")
INDEX = {label: i for i, label in enumerate(ENTITIES)}

PLACE = ("LOC", "GPE", "FAC")
ANY = ("NORP", "EVT", "MISC", "WEAPON")
# corpus -> (its types -> ours, what a token outside its entities may still be)
CORPORA: dict[str, tuple[dict[str, tuple[str, ...]], tuple[str, ...]]] = {
    "uner": ({"PER": ("PER",), "ORG": ("ORG",), "LOC": PLACE}, ANY),
    "btc": ({"PER": ("PER",), "ORG": ("ORG",), "LOC": PLACE}, ANY),
    "wikiann": ({"PER": ("PER",), "ORG": ("ORG",), "LOC": PLACE}, ANY),
    "wikigold": ({"PER": ("PER",), "ORG": ("ORG",), "LOC": PLACE, "MISC": ("MISC", "NORP", "EVT", "WEAPON")}, ()),
    "wnut17": (
        {
            "person": ("PER",),
            "location": PLACE,
            "group": ("ORG", "NORP"),
            "corporation": ("ORG",),
            "product": ("MISC", "WEAPON"),
            "creative-work": ("MISC",),
        },
        ANY,
    ),
    "crossner": (
        {
            "politician": ("PER",),
            "person": ("PER",),
            "politicalparty": ("ORG",),
            "organisation": ("ORG",),
            "country": ("GPE",),
            "location": PLACE,
            "election": ("EVT",),
            "event": ("EVT",),
            "misc": ("MISC", "NORP", "WEAPON"),
        },
        (),
    ),
    "re3d": (
        {
            "Person": ("PER",),
            "Organisation": ("ORG",),
            "Location": PLACE,
            "Nationality": ("NORP",),
            "Weapon": ("WEAPON",),
            "MilitaryPlatform": ("WEAPON",),
        },
        ("EVT",),
    ),
    "gum": (
        {
            "person": ("PER", "NORP"),
            "organization": ("ORG",),
            "place": PLACE,
            "event": ("EVT",),
            "abstract": ("MISC", "NORP", "EVT"),
            "object": ("MISC", "FAC", "WEAPON"),
            "animal": ("MISC",),
            "plant": ("MISC",),
            "substance": ("MISC",),
        },
        ("NORP",),
    ),
}

# What a name of a place says of its kind, by its last or first word.
FACILITY_WORDS = frozenset(
    "airport bridge building hospital museum stadium station tower airfield airbase base camp prison port harbor harbour highway street avenue road "
    "palace cathedral mosque church temple library theater theatre hotel dam pipeline plant refinery cemetery square mall arena".split()
)
NATURE_WORDS = frozenset(
    "river lake sea ocean mount mountain mountains island islands valley desert bay gulf cape peninsula strait straits coast continent hills forest "
    "plateau canyon beach basin creek heights delta channel canal".split()
)


def span_bits(types: tuple[str, ...]) -> tuple[int, int]:
    """Masks of the first and of the following tokens of an entity of one of the types."""
    first = sum(1 << INDEX["B-" + t] for t in types)
    return first, sum(1 << INDEX["I-" + t] for t in types)


def outside_bits(types: tuple[str, ...]) -> int:
    first, inside = span_bits(types)
    return 1 | first | inside


def place_types(words: list[str], settlements: frozenset[str]) -> tuple[str, ...]:
    """Which of LOC, GPE and FAC the name may be; all three where nothing tells."""
    low = [w.lower() for w in words]
    if low[:1] == ["the"]:
        low = low[1:]
    if not low:
        return PLACE
    if low[-1] in FACILITY_WORDS:
        return ("FAC",)
    if low[-1] in NATURE_WORDS or low[0] in NATURE_WORDS:
        return ("LOC",)
    return ("GPE",) if " ".join(low) in settlements else PLACE


def to_iob2(labels: list[str]) -> list[str]:
    """IOB1 or IO labels ("I-PER" opening an entity) as IOB2."""
    out: list[str] = []
    before = "O"
    for label in labels:
        if label.startswith("I-") and before[2:] != label[2:]:
            out.append("B" + label[1:])
        else:
            out.append(label)
        before = label
    return out


def spans(labels: list[str]) -> list[tuple[int, int, str]]:
    """(first, one past the last, type) of the entities of IOB2 labels; a stray I- opens one."""
    out: list[tuple[int, int, str]] = []
    start, kind = -1, ""
    for i, label in enumerate(list(labels) + ["O"]):
        if start >= 0 and (label == "O" or label.startswith("B-") or label[2:] != kind):
            out.append((start, i, kind))
            start = -1
        if label != "O" and start < 0:
            start, kind = i, label[2:]
    return out


def masks(labels: list[str], corpus: str, words: list[str], settlements: frozenset[str]) -> list[int]:
    """The permitted labels of each token, from a corpus's own IOB2 labels. Types we have no use for count as outside."""
    known, free = CORPORA[corpus]
    out = [outside_bits(free)] * len(labels)
    for first, last, kind in spans(labels):
        if kind not in known:
            out[first:last] = [1] * (last - first)
            continue
        types = known[kind]
        if types == PLACE:
            types = place_types(words[first:last], settlements)
        begin, inside = span_bits(types)
        out[first:last] = [begin] + [inside] * (last - first - 1)
    return out


def coarse(label: str) -> str:
    """Our label as PER, ORG, LOC sets have it: places are LOC, the rest is outside."""
    kind = label[2:]
    if kind in ("PER", "ORG"):
        return label
    return label[:2] + "LOC" if kind in PLACE else "O"
