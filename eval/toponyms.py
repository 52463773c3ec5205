#!/usr/bin/env python3
"""Scores masudi's places on GeoVirus and GeoWebNews (GWN): toponyms found, and given toponyms resolved to a point.

    eval/toponyms.py geovirus                # toponym F1: a gold span is found when a place overlaps it, one to one
    eval/toponyms.py gwn --given             # Accuracy@161 km: masudi is handed the gold spans and says where they are

Definitions: Gritta, Pilehvar and Collier, "A Pragmatic Guide to Geoparsing Evaluation" (2019). How their annotation is mapped to
records, and what is left out: docs/evaluation.md. Evaluation only: nothing is learned from these texts.
"""
import argparse
import glob
import math
import os
import re
import sys
import unicodedata
import urllib.parse
import xml.etree.ElementTree as ET

from masudi_reader import Case, add_options, f1, overlap, pair, read_all

KILOMETRES = 161  # 100 miles
# GWN's types of names that stand for a territory or for who acts there.
GWN_NAMES = {"Literal", "Literal_Modifier", "Mixed", "Coercion", "Metonymic", "Non_Literal_Modifier"}
# Types that masudi's contract does not call places, though others may: a place found there is neither right nor wrong.
GWN_NEUTRAL = {"Embedded_Literal", "Embedded_Non_Lit", "Demonym", "Language", "Homonym"}


class Toponym:
    def __init__(self, begin, end, lat=None, lon=None, names=(), geonames=None, neutral=False):
        self.begin, self.end, self.lat, self.lon = begin, end, lat, lon
        self.names, self.geonames, self.neutral = names, geonames, neutral

    def span(self):
        return self.begin, self.end


def number(text):
    return float(text) if text and text.strip() else None


def load_geovirus(path):
    cases = []
    for i, article in enumerate(ET.parse(path).getroot().iter("article")):
        text = article.findtext("text")
        toponyms = []
        for place in article.iter("location"):
            begin, name = int(place.findtext("start")) - 1, place.findtext("name")  # its offsets count from 1
            if text[begin:begin + len(name)] != name:
                near = text.find(name, max(0, begin - 5))
                if near < 0 or near > begin + 5:
                    continue
                begin = near
            page = urllib.parse.unquote((place.findtext("page") or "").rsplit("/", 1)[-1]).replace("_", " ")
            toponyms.append(Toponym(begin, begin + len(name), number(place.findtext("lat")), number(place.findtext("lon")), (page, name)))
        cases.append(Case("geovirus %d" % i, text, None, gold=toponyms))
    return cases


def load_gwn(path):
    cases = []
    for article in ET.parse(path).getroot().iter("article"):
        text = article.findtext("text")
        toponyms = []
        for place in article.iter("toponym"):
            kind, adjective = place.findtext("type"), place.findtext("modifierType") == "Adjective"
            if kind not in GWN_NAMES | GWN_NEUTRAL:
                continue
            begin, end = int(place.findtext("start")), int(place.findtext("end"))
            ids = place.findtext("geonamesID")
            toponyms.append(Toponym(begin, end, number(place.findtext("latitude")), number(place.findtext("longitude")),
                                    (place.findtext("normalisedName") or "", text[begin:end]), int(ids) if ids and ids.strip().isdigit() else None,
                                    kind in GWN_NEUTRAL or adjective))
        cases.append(Case("gwn %s" % article.get("file"), text, None, gold=toponyms))
    return cases


def letters(text):
    return re.sub(r"\W+", "", text)


def without(cases, folder):
    """Leaves out the cases whose text stands in a file of the folder."""
    known = ""
    for path in glob.glob(os.path.join(folder, "*.txt")):
        with open(path, encoding="utf-8") as file:
            known += letters(file.read()) + "\n"
    kept = []
    for case in cases:
        text = letters(case.text)
        middle = len(text) // 2
        if not any(len(part) > 50 and part in known for part in (text[20:140], text[middle:middle + 120], text[-140:-20])):
            kept.append(case)
    return kept


def distance(lat, lon, other_lat, other_lon):
    """Great-circle distance in kilometres."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def fold(name):
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"\(.*?\)", "", plain).split(",")[0]
    plain = re.sub(r"^(the|republic of( the)?|state of|kingdom of|commonwealth of|province of) ", "", plain.strip())
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def is_near(gold, place):
    """Within 161 km; what has no point in a record (countries, vague regions) is near when it is the very same area."""
    if gold.geonames is not None and gold.geonames == place.get("geonames"):
        return True
    if place.get("lat") is None or place.get("lon") is None:
        name = fold(place["name"])
        return any(name == fold(other) for other in gold.names if other)
    return distance(gold.lat, gold.lon, place["lat"], place["lon"]) <= KILOMETRES


def count_found(gold, places):
    """(right, in gold, in system) for one text, neutral spans left out."""
    wanted = [g for g in gold if not g.neutral]
    spans = [(p["begin"], p["end"]) for p in places]
    pairs = pair([g.span() for g in wanted], spans)
    used = {j for _, j in pairs}
    spared = {j for j, span in enumerate(spans) if j not in used and any(overlap(span, g.span()) for g in gold)}
    return pairs, spared, wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", choices=("geovirus", "gwn"))
    add_options(parser, "geo/gritta")
    parser.add_argument("--articles", default=None, help="leave out texts that stand in this folder (default: articles beside the data)")
    parser.add_argument("--given", action="store_true", help="hand masudi the gold spans and measure where it puts them")
    options = parser.parse_args()
    path = os.path.join(options.data, {"geovirus": "GeoVirus.xml", "gwn": "GWN.xml"}[options.corpus])
    if not os.path.exists(path):
        sys.exit("%s: not there; scripts/fetch-data says where it comes from" % path)
    cases = {"geovirus": load_geovirus, "gwn": load_gwn}[options.corpus](path)
    every = len(cases)
    cases = without(cases, options.articles or os.path.join(options.data, "..", "..", "..", "articles"))
    print("%d texts, %d left out" % (len(cases), every - len(cases)))
    if options.given:
        resolve_given(cases, options)
    else:
        find(cases, options)


def find(cases, options):
    right = gold_count = system = 0
    for case, record in read_all(cases, options.masudi):
        places = record["places"]
        pairs, spared, wanted = count_found(case.gold, places)
        right += len(pairs)
        gold_count += len(wanted)
        system += len(places) - len(spared)
        if options.misses:
            found, used = {i for i, _ in pairs}, {j for _, j in pairs} | spared
            for i, g in enumerate(wanted):
                if i not in found:
                    print("missed    %-24s %s" % (case.text[g.begin:g.end], context(case.text, g.span())))
            for j, p in enumerate(places):
                if j not in used:
                    print("spurious  %-24s %s" % (p["text"], context(case.text, (p["begin"], p["end"]))))
    precision, recall, f = f1(right, gold_count, system)
    print("toponym, relaxed span  P %.3f  R %.3f  F1 %.3f   %d of %d gold, %d system" % (precision, recall, f, right, gold_count, system))


def resolve_given(cases, options):
    near = total = 0
    for case in cases:
        kept, end = [], 0
        for g in sorted(case.gold, key=lambda g: g.span()):
            if g.lat is not None and g.lon is not None and g.begin >= end:
                kept.append(g)
                end = g.end
        case.gold = kept
        case.toponyms = [g.span() for g in kept]
    for case, record in read_all(cases, options.masudi):
        by_span = {(p["begin"], p["end"]): p for p in record["places"]}
        for g in case.gold:
            place = by_span.get(g.span())
            good = place is not None and is_near(g, place)
            near += good
            total += 1
            if options.misses and not good:
                where = "nowhere" if place is None else "%s, %s %s %s" % (place["name"], place.get("country"), place.get("lat"), place.get("lon"))
                print("far       %-24s %s %s -> %s   %s" % (case.text[g.begin:g.end], g.lat, g.lon, where, context(case.text, g.span())))
    print("within %d km  %.3f   %d of %d given toponyms" % (KILOMETRES, near / total if total else 0, near, total))


def context(text, span):
    return "..." + text[max(0, span[0] - 40):span[1] + 30].replace("\n", " ") + "..."


if __name__ == "__main__":
    main()
