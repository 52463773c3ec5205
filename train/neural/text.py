"""What the network sees of a word's form, and the edit rules of lemmas: pure functions that the C++ side computes to the same bytes."""

import unicodedata

MASK = (1 << 64) - 1
ASCII_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
TEMPLATE_LOWER = 1
TEMPLATE_SUFFIX = 1  # suffix of n code points: template 1 + n, n in 1..5
TEMPLATE_PREFIX = 6  # prefix of n code points: template 6 + n, n in 1..4
TEMPLATE_SHAPE = 11
TEMPLATE_FLAGS = 12
TEMPLATE_CODED = 13


def mix(state: int, value: int) -> int:
    """`mix` of src/segment/linear_model.h, with the wrap-around of 64 bits."""
    state ^= (value + 0x9E3779B97F4A7C15 + (state << 12) + (state >> 4)) & MASK
    state = (state * 0xBF58476D1CE4E5B9) & MASK
    return state ^ (state >> 29)


def feature(template: int) -> int:
    return mix(0x6D61737564690000, template)


def hash_text(text: str) -> int:
    """FNV-1a of the UTF-8 bytes."""
    h = 0xCBF29CE484222325
    for byte in text.encode("utf-8", "surrogatepass"):
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


def lower(form: str) -> str:
    """Simple lower case of each code point; one whose lower case is longer stays as it is."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in form)


def shape(form: str) -> str:
    """X upper or title case, x lower case, d decimal digit, c other letter or mark, ASCII punctuation itself, o the rest; runs cut to 2, 12 symbols at most."""
    out: list[str] = []
    for c in form:
        category = unicodedata.category(c)
        if category in ("Lu", "Lt"):
            kind = "X"
        elif category == "Ll":
            kind = "x"
        elif category == "Nd":
            kind = "d"
        elif category[0] in "LM":
            kind = "c"
        elif c in ASCII_PUNCTUATION:
            kind = c
        else:
            kind = "o"
        if len(out) >= 2 and out[-1] == kind and out[-2] == kind:
            continue
        out.append(kind)
        if len(out) == 12:
            break
    return "".join(out)


def flags(form: str) -> str:
    """Four of 0 or 1: the first letter is upper (or title) case; two letters or more, all upper; a decimal digit; an ASCII hyphen."""
    categories = [unicodedata.category(c) for c in form]
    letters = [c for c in categories if c[0] == "L"]
    upper = [c in ("Lu", "Lt") for c in letters]
    return "".join(
        "1" if flag else "0"
        for flag in (bool(upper) and upper[0], len(upper) >= 2 and all(upper), "Nd" in categories, "-" in form)
    )


def templates(form: str) -> list[tuple[int, str]]:
    """(template, text) of each hashed feature of the form, in the contract's order."""
    low = lower(form)
    out = [(TEMPLATE_LOWER, low)]
    out += [(TEMPLATE_SUFFIX + n, low[len(low) - n :]) for n in range(1, 6) if n <= len(low)]
    out += [(TEMPLATE_PREFIX + n, low[:n]) for n in range(1, 5) if n <= len(low)]
    return out + [(TEMPLATE_SHAPE, shape(form)), (TEMPLATE_FLAGS, flags(form))]


_FEATURES = [feature(t) for t in range(TEMPLATE_FLAGS + 1)]


def buckets(form: str, size: int) -> list[int]:
    """Rows of `hash.table` (of `size` rows) that are summed for the form."""
    return [(mix(_FEATURES[t], hash_text(text)) >> 32) % size for t, text in templates(form)]


def coded_hash(low: str) -> int:
    """The hash of a lower-cased word in the table of coded words."""
    return mix(feature(TEMPLATE_CODED), hash_text(low))


def _ascii_lower(raw: bytes) -> bytes:
    return bytes(b + 32 if 65 <= b <= 90 else b for b in raw)


def _ascii_title(low: bytes) -> bytes:
    return bytes([low[0] - 32]) + low[1:] if low and 97 <= low[0] <= 122 else low


def lemma_rule(form: str, lemma: str) -> str | None:
    """`lemma_rule` of src/annotate/model_features.cc: case, bytes to cut, bytes to add. None where the rule would split a code point."""
    raw, goal = form.encode(), lemma.encode()
    low = _ascii_lower(raw)
    best_case, best = "", 0
    for kind, base in (("l", low), ("k", raw), ("t", _ascii_title(low))):
        same = 0
        while same < len(base) and same < len(goal) and base[same] == goal[same]:
            same += 1
        if not best_case or same > best:
            best_case, best = kind, same
    if best == 0 or len(raw) - best > 6:
        return "=" + lemma
    try:
        return best_case + str(len(raw) - best) + goal[best:].decode()
    except UnicodeDecodeError:
        return None


def apply_lemma_rule(form: str, rule: str) -> str:
    if len(rule) < 2:
        return form
    if rule[0] == "=":
        return rule[1:]
    raw = form.encode()
    out = raw if rule[0] == "k" else _ascii_lower(raw)
    if rule[0] == "t":
        out = _ascii_title(out)
    cut = int(rule[1])
    if cut >= len(out) and len(rule) == 2:
        return out.decode()
    out = out[: len(out) - min(cut, len(out))] + rule[2:].encode()
    return out.decode("utf-8", "replace")
