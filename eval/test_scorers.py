"""Tests of the scorers on cases made by hand: python3 -m unittest discover -s eval"""
import datetime
import os
import tempfile
import unittest

import metonymy
import timex_recognizers
import timex_tbaq
import toponyms
from masudi_reader import byte_offsets, f1, pair, to_characters
from timex_values import agrees, clock_of, days_of, seconds_of


def result(text, kind, values, start=0):
    return {"Text": text, "Start": start, "End": start + len(text) - 1, "TypeName": "datetimeV2." + kind, "Resolution": {"values": values}}


def found(*values):
    return [{"value": value, "begin": 3 * i, "end": 3 * i + 2} for i, value in enumerate(values)]


class Reader(unittest.TestCase):
    def test_bytes_become_characters(self):
        text = "né à Paris"
        self.assertEqual(byte_offsets("né"), [0, 1, 3])
        self.assertEqual(to_characters([{"begin": 7, "end": 12}], text), [{"begin": 5, "end": 10}])

    def test_pairs_are_one_to_one_and_the_longest_overlap_wins(self):
        self.assertEqual(pair([(0, 10)], [(0, 2), (1, 10)]), [(0, 1)])
        self.assertEqual(pair([(0, 4), (5, 9)], [(0, 9)]), [(0, 0)])
        self.assertEqual(pair([(0, 4)], [(4, 9)]), [])

    def test_f1(self):
        self.assertEqual(f1(1, 2, 1), (1.0, 0.5, 2 / 3))
        self.assertEqual(f1(0, 0, 0), (0.0, 0.0, 0.0))


class Values(unittest.TestCase):
    def test_days(self):
        day = datetime.date
        self.assertEqual(days_of("2016-02"), (day(2016, 2, 1), day(2016, 3, 1)))
        self.assertEqual(days_of("2018-W01"), (day(2018, 1, 1), day(2018, 1, 8)))
        self.assertEqual(days_of("2018-W01-WE"), (day(2018, 1, 6), day(2018, 1, 8)))
        self.assertEqual(days_of("2018-Q4"), (day(2018, 10, 1), day(2019, 1, 1)))
        self.assertEqual(days_of("199"), (day(1990, 1, 1), day(2000, 1, 1)))
        self.assertEqual(days_of("2018-03-01/2018-03-02"), (day(2018, 3, 1), day(2018, 3, 3)))
        self.assertIsNone(days_of("XXXX-03-01"))
        self.assertIsNone(days_of("2018-02-30"))

    def test_clocks_and_lengths(self):
        self.assertEqual(clock_of("2018-03-01T07:30"), "07:30:00")
        self.assertEqual(clock_of("2018-03-01TEV"), "TEV")
        self.assertIsNone(clock_of("P1D"))
        self.assertEqual(seconds_of("PT1H30M"), 5400)
        self.assertEqual(seconds_of("P1W"), 604800)
        self.assertIsNone(seconds_of("PXD"))

    def test_a_weekday_may_be_either(self):
        monday = result("monday", "date", [{"timex": "XXXX-WXX-1", "value": "2016-10-31"}, {"timex": "XXXX-WXX-1", "value": "2016-11-07"}])
        self.assertTrue(agrees(monday, found("2016-11-07")))
        self.assertFalse(agrees(monday, found("2016-11-14")))
        self.assertFalse(agrees(monday, []))

    def test_a_stretch_is_one_timex_or_two(self):
        week = result("4 to 22 jan", "daterange", [{"timex": "(2016-01-04,2016-01-22,P18D)", "start": "2016-01-04", "end": "2016-01-22"}])
        self.assertTrue(agrees(week, found("2016-01-04/2016-01-22")))
        self.assertTrue(agrees(week, found("2016-01-04", "2016-01-22")))
        self.assertFalse(agrees(week, found("2016-01-04")))
        self.assertFalse(agrees(week, found("2016-01-05", "2016-01-22")))

    def test_the_next_days_are_a_duration(self):
        days = result("next 3 days", "daterange", [{"timex": "(2016-11-08,2016-11-11,P3D)", "start": "2016-11-08", "end": "2016-11-11"}])
        reference = datetime.date(2016, 11, 7)
        self.assertTrue(agrees(days, found("P3D"), reference))
        self.assertFalse(agrees(days, found("P4D"), reference))
        self.assertFalse(agrees(days, found("P3D"), datetime.date(2015, 1, 1)))

    def test_open_stretches_ask_for_one_edge(self):
        before = result("before 2012", "daterange", [{"timex": "2012-06", "Mod": "before", "end": "2012-06-01"}])
        self.assertTrue(agrees(before, found("2012-06-01")))
        self.assertFalse(agrees(before, found("2013")))

    def test_months_ago(self):
        ago = result("two months ago", "date", [{"timex": "2018-08-17", "value": "2018-08-17"}])
        self.assertTrue(agrees(ago, found("2018-08")))
        self.assertFalse(agrees(result("august", "date", [{"timex": "2018-08-17", "value": "2018-08-17"}]), found("2018-08")))

    def test_clock_stretches(self):
        hours = result("5 to 6pm", "timerange", [{"timex": "(T17,T18,PT1H)", "start": "17:00:00", "end": "18:00:00"}])
        self.assertTrue(agrees(hours, found("2016-11-07T17:00/2016-11-07T18:00")))
        self.assertFalse(agrees(hours, found("2016-11-07T05:00/2016-11-07T18:00")))
        self.assertFalse(agrees(hours, found("2016-11-07T17:00")))

    def test_vague_amounts(self):
        few = result("few hours", "duration", [{"timex": "PT3H", "value": "10800"}])
        self.assertTrue(agrees(few, found("PTXH")))
        self.assertFalse(agrees(result("3 hours", "duration", [{"timex": "PT3H", "value": "10800"}]), found("PTXH")))


class Recognizers(unittest.TestCase):
    def test_every_result_must_hold_and_nothing_means_nothing(self):
        case = {"Input": "2016 or 2017", "Results": [result("2016", "daterange", [{"timex": "2016", "start": "2016-01-01", "end": "2017-01-01"}]),
                                                     result("2017", "daterange", [{"timex": "2017", "start": "2017-01-01", "end": "2018-01-01"}], 8)]}
        both = [{"value": "2016", "begin": 0, "end": 4}, {"value": "2017", "begin": 8, "end": 12}]
        self.assertTrue(timex_recognizers.is_right(case, both))
        self.assertFalse(timex_recognizers.is_right(case, both[:1]))
        self.assertTrue(timex_recognizers.is_right({"Results": []}, []))
        self.assertFalse(timex_recognizers.is_right({"Results": []}, both))


class Tbaq(unittest.TestCase):
    def test_spans_count_characters_of_the_bare_text(self):
        tml = ('<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2001-02-03" functionInDocument="CREATION_TIME">x</TIMEX3></DCT>'
               '<TEXT>He <EVENT eid="e1">left</EVENT> <TIMEX3 tid="t1" type="DATE" value="2001-02-02">last <EVENT eid="e2">Friday</EVENT></TIMEX3>.</TEXT></TimeML>')
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.tml")
            with open(path, "w", encoding="utf-8") as out:
                out.write(tml)
            text, creation, timexes = timex_tbaq.load(path)
        self.assertEqual((text, creation), ("He left last Friday.", "2001-02-03"))
        self.assertEqual(timexes, [(8, 19, "DATE", "2001-02-02")])

    def test_score(self):
        gold = [(8, 19, "DATE", "2001-02-02"), (30, 34, "DATE", "2001")]
        pairs, equal = timex_tbaq.score(gold, [(13, 19, "DATE", "2001-02-02"), (30, 34, "DATE", "2002"), (50, 52, "DATE", "2001")])
        self.assertEqual((pairs, equal), ([(0, 0), (1, 1)], [(0, 0)]))


class Toponyms(unittest.TestCase):
    def test_distance(self):
        self.assertAlmostEqual(toponyms.distance(51.5, -0.13, 48.86, 2.35), 344, delta=3)
        self.assertEqual(toponyms.distance(10, 20, 10, 20), 0)

    def test_near(self):
        paris = toponyms.Toponym(0, 5, 48.86, 2.35, ("Paris", "Paris"))
        self.assertTrue(toponyms.is_near(paris, {"name": "Versailles", "lat": 48.8, "lon": 2.13}))
        self.assertFalse(toponyms.is_near(paris, {"name": "Paris", "lat": 33.66, "lon": -95.5}))
        gold = toponyms.Toponym(0, 5, 46.0, 2.0, ("France", "France"), geonames=3017382)
        self.assertTrue(toponyms.is_near(gold, {"name": "France", "lat": None, "lon": None}))
        self.assertTrue(toponyms.is_near(gold, {"name": "French Republic", "lat": None, "lon": None, "geonames": 3017382}))
        self.assertFalse(toponyms.is_near(gold, {"name": "Spain", "lat": None, "lon": None, "geonames": 2510769}))

    def test_neutral_spans_count_neither_way(self):
        gold = [toponyms.Toponym(0, 5), toponyms.Toponym(10, 16, neutral=True)]
        pairs, spared, wanted = toponyms.count_found(gold, [{"begin": 0, "end": 5}, {"begin": 10, "end": 16}, {"begin": 20, "end": 25}])
        self.assertEqual((pairs, spared, len(wanted)), ([(0, 0)], {1}, 1))

    def test_texts_that_are_known_are_left_out(self):
        text = "The harbour of the old town was closed for the third day in a row. " * 8
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "a.txt"), "w", encoding="utf-8") as out:
                out.write("Title\n\n" + text.replace(". ", ".\n"))
            cases = [toponyms.Case("a", text), toponyms.Case("b", text.upper())]
            self.assertEqual([case.id for case in toponyms.without(cases, folder)], ["b"])


class Metonymy(unittest.TestCase):
    def test_load_and_balance(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.txt")
            with open(path, "w", encoding="utf-8") as out:
                out.write("Peru<SEP>Then <ENT>Peru <ENT>signed.\nbroken line\n")
            cases = metonymy.load(path, "actor")
        self.assertEqual([(c.text, c.toponyms, c.gold) for c in cases], [("Then Peru signed.", [(5, 9)], "actor")])
        self.assertEqual(metonymy.balanced({"place": [9, 10], "actor": [1, 2]}), 0.7)


if __name__ == "__main__":
    unittest.main()
