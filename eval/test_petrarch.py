"""Tests of eval/petrarch.py on records that we made up."""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import petrarch  # noqa: E402

XML = """
<!-- <Sentence date="19990101" id="OLD"><EventCoding eventcode="1"></EventCoding><Text>x</Text></Sentence> -->
<Sentence date="20010203" id ="A-1" category="DEMO" sentence="true">
<!-- a note -->
<EventCoding sourcecode="RUR" targetcode="BOR" eventcode="112"></EventCoding>
<EventCoding sourcecode="BOR" targetcode="RUR" eventcode="113"></EventCoding>
<Text>
Ruritania blamed
Borduria. </Text>
<Parse>(ROOT)</Parse>
</Sentence>
<Sentence date = "20010204" id="A-2" category="DEMO"><EventCoding noevents = "True"><Text>Nothing happened.</Text></Sentence>
<Sentence date="20010205" id="A-3" category="DEMO"><EventCoding targetcode="BOR" eventcode="190"></EventCoding><Text>Borduria was hit.</Text></Sentence>
"""


class Records(unittest.TestCase):
    def test_read(self):
        records = petrarch.read_records(XML)
        self.assertEqual([r[0] for r in records], ["A-1", "A-2", "A-3"])
        self.assertEqual(records[0][1:3], ("2001-02-03", "Ruritania blamed Borduria."))
        self.assertEqual(records[0][3], {("RUR", "BOR", "112"), ("BOR", "RUR", "113")})
        self.assertEqual(records[1][3], set())
        self.assertEqual(records[2][3], {("---", "BOR", "190")})


class Score(unittest.TestCase):
    def test_exact_triples(self):
        records = petrarch.read_records(XML)
        coded = petrarch.triples_of(["20010203\tRUR\tBOR\t112\t0\tACCUSE", "20010203\tRUR\tBOR\t999\t0\tACCUSE", "20010204\tRUR\tBOR\t040\t1\tCONSULT"])
        self.assertEqual(petrarch.score(records, coded), (1, 3, 3))
        self.assertAlmostEqual(petrarch.f1_of(1, 3, 3), 1 / 3)

    def test_nothing_coded(self):
        self.assertEqual(petrarch.f1_of(*petrarch.score(petrarch.read_records(XML), {})), 0.0)

    def test_short_line_is_refused(self):
        with self.assertRaises(SystemExit):
            petrarch.triples_of(["20010203\tRUR"])


if __name__ == "__main__":
    unittest.main()
