"""Unit tests of the scorers of commitments: python3 -m unittest discover -s eval"""
import unittest

import clauses
import mimac


class Mimac(unittest.TestCase):
    ROWS = [("a", "Green Party", 2020, "We are many.", False), ("a", "Green Party", 2020, "We will  plant ten trees — here.", True), ("b", "Red Party", 2021, "Hello.", False)]

    def test_rows_become_one_article_a_manifesto(self):
        texts = mimac.manifestos(self.ROWS)
        article, starts, labels = texts["a"]
        self.assertEqual(list(texts), ["a", "b"])
        self.assertEqual(article["title"], "Manifesto of the Green Party")
        self.assertEqual(article["text"], "We are many.\n\nWe will plant ten trees — here.")
        self.assertEqual(starts, [0, 14])
        self.assertEqual(labels, [False, True])

    def test_offsets_are_bytes(self):
        _, starts, _ = mimac.manifestos([("a", "P", 2020, "Ä.", True), ("a", "P", 2020, "B.", True)])["a"]
        self.assertEqual(starts, [0, 5])

    def test_a_commitment_counts_for_the_row_it_begins_in(self):
        record = {"commitments": [{"anchor": {"begin": 17}, "consequent": {"begin": 22}}]}
        self.assertEqual(mimac.rows_with_commitment(record, [0, 14]), {1})

    def test_what_cannot_be_tested_is_no_pledge(self):
        record = {"commitments": [{"anchor": {"begin": 17}, "consequent": {"begin": 22}, "not_testable": "an effort, not an outcome"}]}
        self.assertEqual(mimac.rows_with_commitment(record, [0, 14]), set())
        self.assertEqual(mimac.rows_with_commitment(record, [0, 14], untestable=True), {1})

    def test_score(self):
        self.assertEqual(mimac.score([True, False, True], {0, 1}), (1, 2, 2))
        self.assertIn("0.500  0.500  0.500", mimac.line("x", 1, 2, 2))


class Clauses(unittest.TestCase):
    TEXT = "1. Kenya shall pay if it rains. 2. Kenya shall leave."
    GOLD = {"sentence": "1. Kenya", "consequent": "pay", "debtor": [{"country": "KEN", "sector": "GOV"}], "polarity": "+", "deadline": None, "antecedent": "it rains"}

    def system(self, **changes):
        out = {"consequent": {"begin": 15, "end": 18}, "debtor": [{"country": "KEN", "sector": "GOV"}], "polarity": "+", "deadline": None, "antecedent": {"begin": 22, "end": 30}}
        out.update(changes)
        return out

    def test_right(self):
        self.assertEqual(clauses.compare(self.TEXT, [self.GOLD], [self.system()]), [[]])

    def test_each_field_is_asked(self):
        wrong = self.system(debtor=[], polarity="-", deadline={"begin": "2024-01-01", "end": "2024-01-02"}, antecedent=None)
        self.assertEqual(clauses.compare(self.TEXT, [self.GOLD], [wrong]), [["debtor", "polarity", "deadline", "condition"]])

    def test_missed(self):
        self.assertEqual(clauses.compare(self.TEXT, [self.GOLD], []), [["missed"]])
        self.assertEqual(clauses.compare(self.TEXT, [self.GOLD], [self.system(consequent={"begin": 47, "end": 52})]), [["missed"]])

    def test_strings_are_looked_for_after_their_sentence(self):
        self.assertEqual(clauses.gold_span("shall a shall b", "shall", "shall b"), (8, 13))


if __name__ == "__main__":
    unittest.main()
