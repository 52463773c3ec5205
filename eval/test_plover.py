"""Tests of eval/plover.py on sentences that we made up."""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import plover  # noqa: E402


def reading(sentence_id, text, *events):
    def span(words):
        raw, found = text.encode("utf-8"), words.encode("utf-8")
        begin = raw.index(found)
        return {"begin": begin, "end": begin + len(found), "text": words}

    return {"article": {"id": sentence_id, "text": text},
            "events": [{"type": kind, "anchor": span(anchor), "provenance": {"rule": "r"}, "actor": [{"text": span(a)} for a in actors],
                        "recipient": [{"text": span(r)} for r in recipients]} for kind, anchor, actors, recipients in events]}


def row(sentence_id, marked, gold):
    return {"sentence_id": sentence_id, "marked_sentence": marked, "gold_root": gold}


class Unmark(unittest.TestCase):
    def test_spans_in_characters(self):
        self.assertEqual(plover.unmark("Now <s>Ruritania</s> praised <t>Élysée</t>."), ("Now Ruritania praised Élysée.", (4, 13), (22, 28)))

    def test_target_first_and_missing(self):
        self.assertEqual(plover.unmark("<t>B</t> fears A"), ("B fears A", None, (0, 1)))


class Choose(unittest.TestCase):
    def test_parties_decide_over_order(self):
        made = reading("1", "Élan says Ruritania attacked Borduria.", ("ACCUSE", "says", ["Élan"], []), ("ASSAULT", "attacked", ["Ruritania"], ["Borduria"]))
        rows = [row("1", "Élan says <s>Ruritania</s> attacked <t>Borduria</t>.", "ASSAULT")]
        scored = plover.score(rows, [made])
        self.assertEqual(scored[0][2], "ASSAULT")

    def test_word_inside_the_target_is_not_the_act(self):
        text = "Ruritania condemned the attack on Borduria."
        made = reading("1", text, ("ASSAULT", "attack", [], []), ("ACCUSE", "condemned", ["Ruritania"], []))
        scored = plover.score([row("1", "<s>Ruritania</s> condemned <t>the attack on Borduria</t>.", "ACCUSE")], [made])
        self.assertEqual(scored[0][2], "ACCUSE")

    def test_nothing_found_is_wrong(self):
        scored = plover.score([row("1", "<s>A</s> likes <t>B</t>.", "SUPPORT")], [reading("1", "A likes B.")])
        self.assertIsNone(scored[0][2])
        self.assertIn("root accuracy 0.000", plover.summary(scored))


class Score(unittest.TestCase):
    def test_concede_and_retreat_are_yield(self):
        rows = [row("1", "<s>A</s> freed <t>B</t>.", "YIELD"), row("2", "<s>A</s> pardoned <t>B</t>.", "YIELD"), row("3", "<s>A</s> met <t>B</t>.", "AGREE")]
        readings = [reading("1", "A freed B.", ("RETREAT", "freed", ["A"], ["B"])), reading("2", "A pardoned B.", ("CONCEDE", "pardoned", ["A"], ["B"])),
                    reading("3", "A met B.", ("CONSULT", "met", ["A"], ["B"]))]
        text = plover.summary(plover.score(rows, readings))
        self.assertIn("root accuracy 0.667  (2/3)", text)
        self.assertIn("quad accuracy 1.000  (3/3)", text)

    def test_reading_of_another_text_is_refused(self):
        with self.assertRaises(SystemExit):
            plover.score([row("1", "<s>A</s> met <t>B</t>.", "CONSULT")], [reading("1", "C met D.")])

    def test_missing_column_is_named(self):
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", delete=False) as file:
            file.write("sentence_id\tgold_root\n1\tAID\n")
        with self.assertRaises(SystemExit) as caught:
            plover.read_rows(file.name)
        os.unlink(file.name)
        self.assertIn("marked_sentence", str(caught.exception))


if __name__ == "__main__":
    unittest.main()
