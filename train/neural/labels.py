"""Entity labels: the ones we predict, and what each corpus says about them. A corpus that does not tell two of our labels apart
permits both: a token's annotation is a set of permitted labels, held as a bit mask, and the loss sums over the set. What costs nothing is
overused, so a set is no wider than it must be: `masks` leaves a type out where the word cannot be of it, and a token outside a corpus's
entities that is called an entity of another type pays OUTSIDE_PRICE (losses.py)."""

TYPES = ("PER", "ORG", "LOC", "GPE", "NORP", "FAC", "EVT", "MISC", "WEAPON")
# Mentions that are no bare names: "the group", "we", "Foreign Secretary Boris Johnson", "the State Department". re3d marks them, the others do not.
MENTIONS = ("PER_NOM", "ORG_NOM", "LOC_NOM")
ENTITIES = ("O",) + tuple(f"{p}-{t}" for t in TYPES + MENTIONS for p in "BI")
NAMES = len(ENTITIES) - 2 * len(MENTIONS)  # the labels before those of mentions
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
        (),
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

# What tells a mention from a bare name: its first word, a word in lower case that is none of the small words of names, a title before a person's name.
DETERMINERS = frozenset(
    "the a an this that these those some any all many several both each every no other our their his her its your my we i he she it they us them who".split()
)
SMALL_WORDS = frozenset("of and for the in on to at al el de la le von van bin ibn da du s".split())
TITLES = frozenset(
    "president minister secretary general ambassador king queen prince sheikh mr mrs ms dr sir lord lady major colonel captain lieutenant commander chancellor "
    "senator governor chairman director deputy vice spokesman spokesperson envoy representative leader commissioner judge admiral sergeant".split()
)

OUTSIDE_PRICE = 1.0  # nats
# What is added to the scores of the trained model, in nats, because the development set of EWT and re3d's fifth gain by it.
LEANING = {"GPE": -0.25, "ORG": -0.25, "PER_NOM": 1.75, "ORG_NOM": 1.75, "LOC_NOM": 1.75}

# What a word must end in to be a people or an adherent ("Kurds", "Shiite", "Iraqi") where no list of demonyms tells it.
PEOPLE_ENDINGS = ("s", "an", "ish", "ese", "ite", "ites", "i", "ic", "ist", "ists", "men", "man", "ch")

# What a name of a place says of its kind, by its last or first word.
FACILITY_WORDS = frozenset(
    "airport bridge building hospital museum stadium station tower airfield airbase base camp prison port harbor harbour highway street avenue road "
    "palace cathedral mosque church temple library theater theatre hotel dam pipeline plant refinery cemetery square mall arena".split()
)
NATURE_WORDS = frozenset(
    "river lake sea ocean mount mountain mountains island islands valley desert bay gulf cape peninsula strait straits coast continent hills forest "
    "plateau canyon beach basin creek heights delta channel canal".split()
)


def leaning() -> dict[int, float]:
    """LEANING by the numbers of the labels."""
    return {i: LEANING[label.split("-")[-1]] for label, i in INDEX.items() if label.split("-")[-1] in LEANING}


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


def is_mention(words: list[str], kind: str) -> bool:
    """Is the span a mention, not a bare name? kind: PER, ORG or LOC."""
    low = [w.lower().rstrip(".") for w in words]
    if low[0] in DETERMINERS:
        return True
    if any(w.isalpha() and w.islower() and w not in SMALL_WORDS for w in words):
        return True
    return kind == "PER" and any(w in TITLES for w in low)


def names_alone(bits: int) -> int:
    """Permitted labels without those of mentions: a mention is of the kind that it mentions where nothing else is permitted."""
    plain = bits & ((1 << NAMES) - 1)
    if bits and not plain:
        for mention in MENTIONS:
            for place in "BI":
                if bits & 1 << INDEX[f"{place}-{mention}"]:
                    plain |= 1 << INDEX[f"{place}-{mention.split('_')[0]}"]
    return plain


def may_be_people(word: str, tag: str) -> bool:
    """May the word be a nationality or its like? tag: "UPOS|XPOS", empty where the corpus has none."""
    if not word[:1].isupper() or not word.lower().endswith(PEOPLE_ENDINGS):
        return False
    return not tag or tag.startswith("ADJ") or tag.endswith("NNPS")


def outside(word: str, tag: str, free: tuple[str, ...]) -> int:
    """The permitted labels of a token that the corpus has outside its entities."""
    if not word[:1].isupper() or (tag and not tag.startswith(("PROPN", "ADJ"))):
        return 1
    return outside_bits(tuple(t for t in free if t != "NORP" or may_be_people(word, tag)))


def masks(labels: list[str], corpus: str, words: list[str], settlements: frozenset[str], tags: list[str] | None = None) -> list[int]:
    """The permitted labels of each token, from a corpus's own IOB2 labels. Types we have no use for count as outside. tags: "UPOS|XPOS"."""
    known, free = CORPORA[corpus]
    tags = tags or [""] * len(labels)
    mentions = 0 if corpus == "re3d" else outside_bits(MENTIONS)
    out = [outside(w, t, free) | mentions for w, t in zip(words, tags)]
    for first, last, kind in spans(labels):
        if kind not in known:
            out[first:last] = [1 | mentions] * (last - first)
            continue
        types = known[kind]
        coarse_kind = "LOC" if types == PLACE else types[0]
        if corpus == "re3d" and coarse_kind + "_NOM" in MENTIONS and is_mention(words[first:last], coarse_kind):
            types = (coarse_kind + "_NOM",)
        elif types == PLACE:
            types = place_types(words[first:last], settlements)
        elif len(types) > 1 and "NORP" in types and not may_be_people(words[last - 1], tags[last - 1]):
            types = tuple(t for t in types if t != "NORP")
        begin, inside = span_bits(types)
        out[first:last] = [begin] + [inside] * (last - first - 1)
    return out


def coarse(label: str) -> str:
    """Our label as PER, ORG, LOC sets have it: places are LOC, the rest is outside."""
    kind = label[2:]
    if kind in ("PER", "ORG"):
        return label
    return label[:2] + "LOC" if kind in PLACE else "O"
