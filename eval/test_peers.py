"""Tests of the comparison with peers on cases made by hand: python3 -m unittest discover -s eval"""
import unittest

import peers

CONLLU = """# newdoc id = a
# sent_id = a-1
1\tAda\tAda\tPROPN\tNNP\t_\t3\tnsubj\t_\tNER=B-PER
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t2\txcomp\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newpar
# sent_id = a-2
1\tUpper\tUpper\tPROPN\tNNP\t_\t0\troot\t_\tNER=B-GPE
2\tWexhill\tWexhill\tPROPN\tNNP\t_\t1\tflat\t_\tNER=I-GPE

# newdoc id = b
# sent_id = b-1
1-2\tau\t_\t_\t_\t_\t_\t_\t_\t_
1\tà\tà\tADP\tIN\t_\t2\tcase\t_\t_
2\tle\tle\tDET\tDT\t_\t0\troot\t_\tNER=B-NORP

"""


class Conllu(unittest.TestCase):
    def test_text_words_and_sentences(self):
        (text, a), (other, b) = peers.read_conllu(CONLLU)
        self.assertEqual(text, "Ada didn't go.\n\nUpper Wexhill")
        self.assertEqual(other, "au")
        self.assertEqual(a.words, [(0, 3), (3, 6), (6, 9), (9, 11), (11, 12), (12, 17), (17, 24)])
        self.assertEqual(a.sentences, [(0, 12), (12, 24)])
        self.assertEqual(a.tags[:3], ["NNP", "VBD", "RB"])
        self.assertEqual(b.words, [(0, 2), (0, 2)])

    def test_entities_of_the_compared_types(self):
        (_, a), (_, b) = peers.read_conllu(CONLLU)
        self.assertEqual(a.entities, [(0, 3, "PER"), (12, 24, "LOC")])
        self.assertEqual(b.entities, [])
        (_, a), _ = peers.read_conllu(CONLLU, {"a-1": ["B-ORG", "O", "O", "O", "O"]})
        self.assertEqual(a.entities[0], (0, 3, "ORG"))

    def test_white_space_counts_nothing(self):
        self.assertEqual(peers.squeeze("a b\u00a0c"), [0, 1, 1, 2, 2, 3])


class Scores(unittest.TestCase):
    def test_a_label_counts_with_its_characters_alone(self):
        (_, gold), _ = peers.read_conllu(CONLLU)
        (_, system), _ = peers.read_conllu(CONLLU.replace("didn't", "didnt").replace("\tRB\t", "\tUH\t"))
        rows = peers.score([gold], [system])
        self.assertEqual(rows["Sentences"], (0, 2, 2))
        self.assertEqual(rows["PER"], (1, 1, 1))
        self.assertEqual(peers.score([gold], [gold])["XPOS"], (7, 7, 7))

    def test_spans(self):
        self.assertEqual(peers.spans(["B-PER", "I-PER", "B-PER", "O", "I-ORG"]), [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "ORG")])


if __name__ == "__main__":
    unittest.main()
