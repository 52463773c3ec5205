"""Tests of the PolNeAR scorer on examples that we wrote."""
import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import polnear

TEXT = "The mayor said that the dam is safe. “It holds — for now,” an engineer added."


def span(words, kind, number, text=TEXT):
    at = text.index(words)
    return f"T{number}\t{kind} {at} {at + len(words)}\t{words}\n"


GOLD = (span("The mayor", "Source", 1) + span("said", "Cue", 2) + span("that the dam is safe", "Content", 3) + "T4\tAttribution 10 14\tsaid\n" +
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n" +
        span("an engineer", "Source", 5) + span("added", "Cue", 6) + span("“It holds — for now,”", "Content", 7) + "T8\tAttribution 72 77\tadded\n" +
        "E2\tSource:T5 Cue:T6 Content:T7 Attribution:T8\n")


def quoted(words, text=TEXT):
    begin = len(text[:text.index(words)].encode())
    return {"begin": begin, "end": begin + len(words.encode()), "text": words}


def statement(source, cue, *content, parent=None):
    return {"source": {"text": quoted(source)}, "cue": quoted(cue) if cue else None, "content": [quoted(c) for c in content], "parent": parent,
            "provenance": {"rule": "cue.say"}}


def reading(*statements, uri="dam.txt"):
    return {"article": {"id": "dam", "uri": uri, "text": TEXT}, "statements": list(statements)}


class Brat(unittest.TestCase):
    def test_reads_attributions(self):
        first, second = polnear.read_brat(GOLD)
        self.assertEqual([TEXT[b:e] for b, e in first.source], ["The mayor"])
        self.assertEqual([TEXT[b:e] for b, e in second.content], ["“It holds — for now,”"])

    def test_spans_in_pieces_and_second_contents(self):
        text = "T1\tSource 0 3\ta\nT2\tCue 4 8;12 14\tb\nT3\tContent 20 30\tc\nT4\tContent 40 50\td\nE1\tSource:T1 Cue:T2 Content:T3 Content2:T4\n"
        (one,) = polnear.read_brat(text)
        self.assertEqual(one.cue, [(4, 8), (12, 14)])
        self.assertEqual(one.content, [(20, 30), (40, 50)])

    def test_words_with_a_line_break(self):
        (one,) = polnear.read_brat("T1\tCue 0 9\tsaid\nThe dam\nT2\tContent 9 12\tEvery\nEvery\nE1\tCue:T1 Content:T2\n")
        self.assertEqual((one.cue, one.content), ([(0, 9)], [(9, 12)]))

    def test_an_event_without_content_is_none(self):
        self.assertEqual(polnear.read_brat("T1\tAttribution 0 3\ta\nE1\tAttribution:T1\n"), [])

    def test_says_where_it_is_broken(self):
        with self.assertRaisesRegex(ValueError, "dam.ann:2: not a standoff span"):
            polnear.read_brat("T1\tCue 0 3\ta\nT2\tCue zero\tb\n", "dam.ann")
        with self.assertRaisesRegex(ValueError, "dam.ann:1: 'Content:T9' names no span"):
            polnear.read_brat("E1\tContent:T9\n", "dam.ann")


class Pairs(unittest.TestCase):
    def counts(self, *statements):
        counts = polnear.Counts()
        counts.add(polnear.read_brat(GOLD), polnear.outermost(reading(*statements)))
        return counts

    def test_bytes_become_characters(self):
        system = polnear.outermost(reading(statement("an engineer", "added", "“It holds — for now,”")))
        self.assertEqual(system[0].content, polnear.read_brat(GOLD)[1].content)

    def test_all_right(self):
        counts = self.counts(statement("mayor", "said", "the dam is safe"), statement("an engineer", "added", "“It holds — for now,”"))
        self.assertEqual((counts.content, counts.source), (2, 2))
        self.assertEqual(counts.figures(), {"content_f1": 100, "content_and_source_f1": 100, "precision": 100, "recall": 100})

    def test_half_of_the_content_is_the_limit(self):
        # 20 characters in gold: "that the dam is safe"; "safe" alone is too little, "dam is safe" is enough.
        self.assertEqual(self.counts(statement("The mayor", "said", "safe")).content, 0)
        self.assertEqual(self.counts(statement("The mayor", "said", "dam is safe")).content, 1)

    def test_a_wrong_source_counts_for_content_alone(self):
        counts = self.counts(statement("an engineer", "said", "that the dam is safe"))
        self.assertEqual((counts.content, counts.source), (1, 0))
        self.assertAlmostEqual(counts.figures()["content_f1"], 200 / 3)

    def test_one_to_one_best_first(self):
        counts = self.counts(statement("The mayor", "said", "the dam is safe"), statement("The mayor", "said", "that the dam is safe"))
        self.assertEqual((counts.content, counts.system), (1, 2))
        self.assertEqual(polnear.paired(polnear.read_brat(GOLD), polnear.outermost(reading(
            statement("The mayor", "said", "the dam is safe"), statement("The mayor", "said", "that the dam is safe")))), [(0, 1)])

    def test_nested_statements_are_left_out(self):
        self.assertEqual(self.counts(statement("The mayor", "said", "the dam is safe", parent="s9")).system, 0)

    def test_a_gold_attribution_without_source_has_no_right_source(self):
        gold = polnear.read_brat(GOLD.replace(" Source:T1", ""))
        counts = polnear.Counts()
        counts.add(gold, polnear.outermost(reading(statement("The mayor", "said", "that the dam is safe"))))
        self.assertEqual((counts.content, counts.source, counts.sourceless), (1, 0, 1))

    def test_kinds_of_miss(self):
        gold = polnear.read_brat(GOLD)
        system = polnear.outermost(reading(statement("The mayor", "said", "safe"), statement("The mayor", None, "engineer added")))
        self.assertEqual(polnear.miss_class(gold[0], system), "cue found, content bounded otherwise")
        self.assertEqual(polnear.miss_class(gold[1], []), "nothing there")
        self.assertEqual(polnear.miss_class(polnear.Attribution([], [], [(0, 5)]), system), "no source in gold")


class Program(unittest.TestCase):
    def corpus(self, folder):
        for name, content in (("text/dam.txt", TEXT), ("attributions/dam_4b22.ann", GOLD), ("attributions/dam_9e07.ann", "")):
            path = pathlib.Path(folder) / "dev" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return folder

    def run_on(self, folder, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = polnear.main([str(folder), *arguments])
        return status, out.getvalue()

    def test_figures_floor_and_misses(self):
        with tempfile.TemporaryDirectory() as folder:
            self.corpus(folder)
            system = pathlib.Path(folder) / "readings.jsonl"
            system.write_text(json.dumps(reading(statement("The mayor", "said", "that the dam is safe"))) + "\n")
            status, out = self.run_on(folder, "--system", str(system), "--json", "--floor", "60", "60", "90")
            self.assertEqual(status, 0)
            self.assertEqual(json.loads(out)["content"], 1)
            status, out = self.run_on(folder, "--system", str(system), "--floor", "70", "60", "90", "--misses", "5", "--classes")
            self.assertEqual(status, 1)
            self.assertIn("content F1 is 66.7, below its floor 70", out)
            self.assertIn("dam missed: 'an engineer' | 'added'", out)
            self.assertIn("1  nothing there: added 1", out)

    def test_an_article_without_reading_is_scored_as_empty(self):
        with tempfile.TemporaryDirectory() as folder:
            self.corpus(folder)
            system = pathlib.Path(folder) / "readings.jsonl"
            system.write_text("")
            status, out = self.run_on(folder, "--system", str(system))
            self.assertEqual(status, 0)
            self.assertIn("dam: no reading; scored as empty", out)
            self.assertIn("content, F1                0.0", out)

    def test_without_the_corpus_it_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            status, out = self.run_on(folder)
            self.assertEqual(status, polnear.SKIPPED)
            self.assertIn("skipped: ", out)


if __name__ == "__main__":
    unittest.main()
