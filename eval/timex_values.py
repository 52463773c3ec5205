"""TIMEX3 values as calendar intervals, and the conventions of Recognizers-Text mapped to TIMEX3 (docs/evaluation.md)."""
import datetime
import re

DAY = datetime.timedelta(days=1)
# Nominal lengths by which Recognizers-Text states a duration in seconds.
SECONDS = {"Y": 31536000, "M": 2592000, "W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1, "Q": 7776000, "DE": 315360000, "CE": 3153600000}
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Parts of the day: TIMEX3 and Recognizers-Text write them alike.
PARTS = ("TMO", "TAF", "TEV", "TNI", "TMI", "TDT")


def month_after(year, month, months=1):
    index = year * 12 + month - 1 + months
    return datetime.date(index // 12, index % 12 + 1, 1)


def days_of(value):
    """(first day, day after the last) of a TIMEX3 DATE or TIME value; None where it is no stretch of the calendar."""
    if "/" in value:
        first, last = (days_of(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last else None
    value = value.split("T")[0] if not value.startswith("T") else ""
    try:
        if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
            day = datetime.date(*map(int, m.groups()))
            return day, day + DAY
        if m := re.fullmatch(r"(\d{4})-(\d\d)", value):
            year, month = map(int, m.groups())
            return datetime.date(year, month, 1), month_after(year, month)
        if m := re.fullmatch(r"(?:FY)?(\d{4})", value):
            return datetime.date(int(m[1]), 1, 1), datetime.date(int(m[1]) + 1, 1, 1)
        if m := re.fullmatch(r"(\d{3})", value):
            return datetime.date(int(m[1]) * 10, 1, 1), datetime.date(int(m[1]) * 10 + 10, 1, 1)
        if m := re.fullmatch(r"(\d{2})", value):
            return datetime.date(int(m[1]) * 100, 1, 1), datetime.date(int(m[1]) * 100 + 100, 1, 1)
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE|-\d)?", value):
            monday = datetime.date.fromisocalendar(int(m[1]), int(m[2]), 1)
            if m[3] == "-WE":
                return monday + 5 * DAY, monday + 7 * DAY
            if m[3]:
                day = monday + (int(m[3][1]) - 1) * DAY
                return day, day + DAY
            return monday, monday + 7 * DAY
        if m := re.fullmatch(r"(\d{4})-(Q|H)(\d)", value):
            months = 3 if m[2] == "Q" else 6
            first = month_after(int(m[1]), 1, (int(m[3]) - 1) * months)
            return first, month_after(first.year, first.month, months)
        if m := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
            first = datetime.date(int(m[1]), SEASONS[m[2]], 1)
            return first, month_after(first.year, first.month, 3)
    except ValueError:
        return None
    return None


def clock_of(value):
    """The time of day of a value as HH:MM:SS, or the code of a part of the day; None without one."""
    if "/" in value or "T" not in value or value.startswith("P"):
        return None
    time = "T" + value.split("T", 1)[1].rstrip("Z")
    if time in PARTS:
        return time
    if m := re.fullmatch(r"T(\d\d)(?::(\d\d))?(?::(\d\d))?", time):
        return "%s:%s:%s" % (m[1], m[2] or "00", m[3] or "00")
    return None


def seconds_of(value):
    """The nominal length of a duration "P1Y2M", "PT1.5H"; None where it is vague or none."""
    if not value.startswith("P") or "X" in value:
        return None
    total, found = 0.0, False
    date, _, time = value[1:].partition("T")
    for text, prefix in ((date, ""), (time, "T")):
        at = 0
        for m in re.finditer(r"([0-9.]+)(DE|CE|[YMWDHSQ])", text):
            if m.start() != at or prefix + m[2] not in SECONDS:
                return None
            total += float(m[1]) * SECONDS[prefix + m[2]]
            at, found = m.end(), True
        if at != len(text):
            return None
    return total if found else None


# --- Recognizers-Text -----------------------------------------------------------------------------------------------------------------


def day(text):
    return datetime.date.fromisoformat(text[:10])


def same_point(ours, timex, theirs, mod, text):
    """A date or a date with a time of day: equal as TIMEX3, or equal once the weekday or year is filled in."""
    if ours == timex:
        return True
    if not theirs or theirs == "not resolved":
        return False
    date, _, clock = theirs.partition(" ")
    where = days_of(ours)
    if clock == "23:59:59" and mod == "END":  # "end of tomorrow": TIMEX3 says END, they name the last second
        return where == days_of(date)
    if where != days_of(date):
        # "two months ago" is a month in TIMEX3 and a day with them
        relative = re.search(r"\b(ago|later|from now|hence|back)\b", text) and not clock
        return bool(relative and where and where[0] <= day(date) < where[1])
    return not clock or clock_of(ours) == clock


def same_range(spans, value, reference):
    """A stretch: one timex covers it, or, as TimeML writes "from A to B", its first timex begins it and its last ends it.

    spans: values of the timexes in the span, in text order. Ends that are open ("since", "before") ask for the one side alone.
    """
    start, end = value.get("start"), value.get("end")
    timex, mod = value["timex"], value.get("Mod", "")
    if timex in spans:
        return True
    if start is None and end is None:
        return False
    length = re.search(r",(P[^,)]+)\)$", timex)
    # "the next three days" is a DURATION in TIMEX3, anchored at the reference; they write out its ends
    if length and reference and start and end and "-" in start and length[1] in spans:
        near = {reference, reference + DAY}
        if day(start) in near or day(end) in near:
            return True
    clocked = any(side and ":" in side for side in (start, end))
    if clocked:
        def split(side):
            date, _, clock = side.partition(" ")
            return (date, clock) if clock else ("", date) if ":" in date else (date, "00:00:00")

        def holds(ours, side):
            date, clock = split(side)
            where = days_of(ours)
            return (not date or where is not None and where[0] == day(date)) and clock_of(ours) == clock

        part = re.search(r"T(MO|AF|EV|NI|MI|DT)$", timex)
        if part and any(clock_of(ours) == "T" + part[1] and (not split(start)[0] or (days_of(ours) or [None])[0] == day(start)) for ours in spans if start):
            return True
        if start and end and any("/" in ours and holds(ours.split("/")[0], start) and holds(ours.split("/")[1], end) for ours in spans):
            return True
        first, last = not start or holds(spans[0], start), not end or holds(spans[-1], end)
        return first and last and (len(spans) > 1 or not (start and end))
    spans = [reference.isoformat() if ours == "PRESENT_REF" and reference else ours for ours in spans]  # "between now and 15 November"
    first, last = days_of(spans[0]), days_of(spans[-1])
    if first is None or last is None:
        return False
    if start and end:
        if any((where := days_of(ours)) and where == (day(start), day(end)) for ours in spans):
            return True
        # "from A to B": their end is B itself, or the first day of B where B is a month or year
        pairs = [ours.split("/") for ours in spans if "/" in ours]
        pairs += [(spans[0], spans[-1])] if len(spans) > 1 else []
        for a, b in pairs:
            a, b = days_of(a), days_of(b)
            if a and b and a[0] == day(start) and day(end) in b:
                return True
        return False
    # "since 2012" and "before 2012" are the timex 2012: its near or far edge is the open stretch's edge
    edge = day(start or end)
    return edge in first or edge in last or (mod.endswith(("mid", "start", "end")) and first[0] <= edge <= first[1])


def vague(timex):
    """What TIMEX3 writes for "a few hours", where they say three: PTXH."""
    return re.sub(r"^(PT?)3(?=[A-Z]+$)", r"\1X", timex)


def agrees(result, found, reference=None):
    """Does the expected result hold? found: masudi's timexes that overlap it, in text order; reference: the day that it counts from."""
    if not found:
        return False
    kind, text = result["TypeName"].split(".")[-1], result["Text"]
    spans = [timex["value"] for timex in found]
    for value in result["Resolution"]["values"]:
        timex, theirs = value["timex"], value.get("value", "")
        if kind == "duration":
            length = float(theirs) if re.fullmatch(r"[0-9.]+", theirs) else None
            few = vague(timex) if re.search(r"\b(few|several|some)\b", text) else timex
            if any(ours in (timex, few) or length is not None and seconds_of(ours) == length for ours in spans):
                return True
        elif kind == "set":
            for ours in spans:
                # no date of its own: TIMEX3 fills the date with X, they leave it out
                bare = re.sub(r"^XXXX-XX-XX(?=T)", "", ours)
                if bare in (timex, timex + ":00") or seconds_of(ours) is not None and seconds_of(ours) == seconds_of(timex):
                    return True
        elif kind in ("daterange", "timerange", "datetimerange"):
            if same_range(spans, value, reference):
                return True
        elif kind == "time":
            if any(clock_of(ours) == theirs for ours in spans):
                return True
        elif any(same_point(t["value"], timex, theirs, t.get("mod"), text) for t in found):
            return True
    return False
