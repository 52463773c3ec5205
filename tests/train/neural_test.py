"""The trainer's pure functions, against values that the C++ side gives. Exit status 77: numpy is missing, nothing was tested."""

import sys
import tempfile
import types
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "train"))

try:
    import numpy as np
except ImportError:
    print("skipped: this python3 has no numpy, which train/neural needs")
    sys.exit(77)

from neural import corpora, evaluate, labels, swap, text


class Hashing(unittest.TestCase):
    def test_equals_linear_model_h(self):
        for template, word, value, row in (
            (1, "minister", 9636989419500721102, 30417),
            (3, "er", 15699211052901955898, 19782),
            (7, "é", 6044872236852997453, 13125),
            (11, "Xxx-d", 10169320977008711960, 12172),
            (12, "1001", 7050889695089918957, 19154),
        ):
            value_here = text.mix(text.feature(template), text.hash_text(word))
            self.assertEqual(value_here, value)
            self.assertEqual((value_here >> 32) % 32768, row)

    def test_templates_skip_what_is_too_short(self):
        self.assertEqual(
            text.templates("Éa"), [(1, "éa"), (2, "a"), (3, "éa"), (7, "é"), (8, "éa"), (11, "Xx"), (12, "1000")]
        )
        self.assertEqual(len(text.templates("ministers")), 12)

    def test_lower_case_keeps_the_count_of_code_points(self):
        self.assertEqual(text.lower("İSTANBUL ΣΑΣ"), "İstanbul σασ")

    def test_shape(self):
        self.assertEqual(text.shape("McDonald's"), "XxXxx'x")
        self.assertEqual(text.shape("F-16s"), "X-ddx")
        self.assertEqual(text.shape("¥100"), "odd")
        self.assertEqual(text.shape("العراق"), "cc")
        self.assertEqual(len(text.shape("aB1" * 9)), 12)

    def test_flags(self):
        self.assertEqual(text.flags("NATO"), "1100")
        self.assertEqual(text.flags("A"), "1000")
        self.assertEqual(text.flags("'Mid-2014"), "1011")
        self.assertEqual(text.flags("iPhone"), "0000")


class Lemmas(unittest.TestCase):
    CASES = (
        ("Ministers", "minister", "l1"),
        ("said", "say", "l2y"),
        ("KYIV", "Kyiv", "t0"),
        ("is", "be", "=be"),
        ("NATO", "NATO", "k0"),
        ("Cafés", "café", "l1"),
        ("internationalisations", "x", "=x"),
    )

    def test_rules_equal_model_features_cc(self):
        for form, lemma, rule in self.CASES:
            self.assertEqual(text.lemma_rule(form, lemma), rule)
            self.assertEqual(text.apply_lemma_rule(form, rule), lemma)

    def test_a_rule_that_would_eat_a_whole_shorter_word_leaves_it(self):
        self.assertEqual(text.apply_lemma_rule("s", "l1"), "s")


class Labels(unittest.TestCase):
    def test_iob1_becomes_iob2(self):
        self.assertEqual(labels.to_iob2(["I-PER", "I-PER", "O", "I-LOC", "B-LOC"]), ["B-PER", "I-PER", "O", "B-LOC", "B-LOC"])

    def test_spans(self):
        self.assertEqual(labels.spans(["B-PER", "I-PER", "B-PER", "O", "I-ORG"]), [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "ORG")])

    def permitted(self, bits):
        return {label for label, i in labels.INDEX.items() if bits >> i & 1}

    def test_an_undivided_place_permits_three_labels(self):
        masks = labels.masks(["B-LOC", "I-LOC", "O"], "uner", ["Upper", "Wexhill", "fell"], frozenset())
        self.assertEqual(self.permitted(masks[0]), {"B-LOC", "B-GPE", "B-FAC"})
        self.assertEqual(self.permitted(masks[1]), {"I-LOC", "I-GPE", "I-FAC"})
        self.assertEqual(self.permitted(masks[2]), {"O"} | self.MENTIONED)

    def test_outside_a_corpus_s_types_a_capital_may_be_of_another(self):
        words, tags = ["Kurds", "met", "Friday"], ["PROPN|NNPS", "VERB|VBD", "PROPN|NNP"]
        for given in (tags, None):
            kurds, met, friday = map(self.permitted, labels.masks(["O", "O", "O"], "uner", words, frozenset(), given))
            self.assertEqual(met, {"O"} | self.MENTIONED)
            self.assertLessEqual({"O", "B-NORP", "B-EVT", "B-MISC", "B-WEAPON"}, kurds)
            self.assertNotIn("B-PER", kurds)
            self.assertIn("B-EVT", friday)
            self.assertNotIn("B-NORP", friday)

    MENTIONED = {label for label in labels.ENTITIES if label.endswith("_NOM")}

    def test_mentions_are_no_bare_names(self):
        for words, kind, answer in (
            (["the", "convoy"], "ORG", True),
            (["We"], "ORG", True),
            (["Orrin", "soldiers"], "ORG", True),
            (["the", "State", "Bank"], "ORG", True),
            (["Foreign", "Secretary", "Ada", "Brice"], "PER", True),
            (["Ada", "Brice"], "PER", False),
            (["Bank", "of", "Orrin"], "ORG", False),
            (["al", "-", "Orrin"], "LOC", False),
        ):
            self.assertEqual(labels.is_mention(words, kind), answer, words)

    def test_only_re3d_tells_mentions(self):
        words = ["Orrin", "saw", "the", "convoy"]
        name, saw, the, convoy = labels.masks(["B-Organisation", "O", "B-Organisation", "I-Organisation"], "re3d", words, frozenset())
        self.assertEqual([self.permitted(m) for m in (name, saw, the, convoy)], [{"B-ORG"}, {"O"}, {"B-ORG_NOM"}, {"I-ORG_NOM"}])
        name, saw, _, _ = labels.masks(["B-ORG", "O", "O", "O"], "uner", words, frozenset())
        self.assertEqual([self.permitted(m) for m in (name, saw)], [{"B-ORG"}, {"O"} | self.MENTIONED])

    def test_the_teacher_s_labels_are_those_of_names(self):
        bit = lambda label: 1 << labels.INDEX[label]
        self.assertEqual(labels.names_alone(bit("O") | bit("B-PER_NOM")), bit("O"))
        self.assertEqual(labels.names_alone(bit("I-ORG_NOM")), bit("I-ORG"))
        self.assertEqual(labels.names_alone(0), 0)
        self.assertLess(labels.INDEX["I-WEAPON"], labels.NAMES)
        self.assertEqual(labels.INDEX["B-PER_NOM"], labels.NAMES)

    def test_a_person_is_a_people_only_where_the_word_may_be_one(self):
        masks = labels.masks(["B-person", "B-person"], "gum", ["Traci", "Finns"], frozenset(), ["PROPN|NNP", "PROPN|NNPS"])
        self.assertEqual(self.permitted(masks[0]), {"B-PER"})
        self.assertEqual(self.permitted(masks[1]), {"B-PER", "B-NORP"})

    def test_names_that_tell_their_kind(self):
        places = frozenset(["wexhill"])
        self.assertEqual(labels.place_types(["the", "Wexhill"], places), ("GPE",))
        self.assertEqual(labels.place_types(["Wexhill", "Airport"], places), ("FAC",))
        self.assertEqual(labels.place_types(["Lake", "Orrin"], places), ("LOC",))

    def test_types_of_no_use_are_outside(self):
        self.assertEqual(labels.masks(["B-Money", "I-Money"], "re3d", ["$", "5"], frozenset()), [1, 1])

    def test_every_mapped_type_is_one_of_ours(self):
        for types, free in labels.CORPORA.values():
            for mapped in list(types.values()) + [free]:
                self.assertLessEqual(set(mapped), set(labels.TYPES))


class Swaps(unittest.TestCase):
    PLACES = types.SimpleNamespace(settlements=frozenset(["orrin", "lower wexhill"]))

    def sentence(self, words, gold, tags=()):
        out = corpora.Sentence(words, "uner", gold=gold, tags=list(tags), lemmas=list(words) if tags else [])
        out.entities = labels.masks(gold, "uner", words, self.PLACES.settlements, out.tags or None)
        return out

    def test_names_give_way_to_names_of_as_many_words(self):
        source = self.sentence(["Ada", "Brice", "saw", "Cato", "Dunn"], ["B-PER", "I-PER", "O", "B-PER", "I-PER"])
        names = swap.Names([source], self.PLACES)
        goal = self.sentence(["Edda", "Frome", "left", "Wexhill"], ["B-PER", "I-PER", "O", "B-LOC"], ["PROPN|NNP"] * 2 + ["VERB|VBD", "PROPN|NNP"])
        other = None
        for seed in range(8):
            other = names.swap(goal, np.random.default_rng(seed))
            self.assertIn(other.forms[0], ("Ada", "Cato"))
            self.assertIn(other.forms[1], ("Brice", "Dunn"))
            self.assertEqual(other.forms[2], "left")
            self.assertIn(other.forms[3], ("Orrin", "Wexhill"))
            self.assertEqual(other.lemmas[0], other.forms[0])
        self.assertEqual(goal.forms[0], "Edda")

    def test_a_sentence_without_names_that_can_go(self):
        names = swap.Names([], self.PLACES)
        self.assertIsNone(names.swap(self.sentence(["They", "left"], ["O", "O"]), np.random.default_rng(1)))
        self.assertIsNone(names.swap(self.sentence(["ada", "left"], ["B-PER", "O"]), np.random.default_rng(1)))


class ModelFile(unittest.TestCase):
    def test_one_network_is_the_same_bytes_whatever_the_order(self):
        try:
            from neural import quantise
        except ImportError:
            self.skipTest("quantise needs torch and safetensors")
        values, metadata = {"a": np.arange(6, dtype=np.int8).reshape(2, 3)}, {"vocab": "é\nb", "about": "x", "tags": "T"}
        with tempfile.TemporaryDirectory() as folder:
            first, second = Path(folder) / "1", Path(folder) / "2"
            quantise.write(values, metadata, first)
            quantise.write(values, dict(reversed(metadata.items())), second)
            self.assertEqual(first.read_bytes(), second.read_bytes())
            from safetensors import safe_open

            with safe_open(str(first), "numpy") as file:
                self.assertEqual(file.metadata(), metadata)
                self.assertTrue((file.get_tensor("a") == values["a"]).all())


class Trees(unittest.TestCase):
    def test_a_cycle_is_broken_where_it_costs_least(self):
        # 1 and 2 prefer each other; the root prefers 1.
        scores = np.array([[5, 0, 9], [1, 9, 0]])
        self.assertEqual(evaluate.tree(scores).tolist(), [-1, 0])

    def test_one_dependent_of_the_root(self):
        scores = np.array([[9, 0, 1, 1], [9, 5, 0, 1], [9, 1, 2, 0]])
        heads = evaluate.tree(scores).tolist()
        self.assertEqual(heads.count(-1), 1)

    def test_against_all_trees(self):
        random = np.random.default_rng(5)
        for _ in range(60):
            n = 4
            scores = random.integers(-50, 50, (n, n + 1))
            best = None
            for code in range((n + 1) ** n):
                heads = [code // (n + 1) ** i % (n + 1) - 1 for i in range(n)]
                if heads.count(-1) != 1 or not all(self.reaches_root(heads, i) for i in range(n)):
                    continue
                total = sum(int(scores[i, h + 1]) for i, h in enumerate(heads))
                best = total if best is None else max(best, total)
            found = evaluate.tree(scores).tolist()
            self.assertEqual(found.count(-1), 1)
            self.assertTrue(all(self.reaches_root(found, i) for i in range(n)))
            self.assertEqual(sum(int(scores[i, h + 1]) for i, h in enumerate(found)), best)

    @staticmethod
    def reaches_root(heads, i):
        for _ in range(len(heads) + 1):
            if i == -1:
                return True
            i = heads[i]
        return False

    def test_viterbi_never_continues_what_was_not_begun(self):
        scores = np.zeros((2, len(labels.ENTITIES)), np.float32)
        scores[0, labels.INDEX["O"]] = 1.0
        scores[1, labels.INDEX["I-PER"]] = 1.5
        scores[1, labels.INDEX["B-PER"]] = 1.0
        best = [labels.ENTITIES[i] for i in evaluate.viterbi(scores, evaluate.transitions())]
        self.assertNotEqual(best[1], "I-PER" if best[0] == "O" else "")
        self.assertEqual(best, ["O", "B-PER"])


class Readers(unittest.TestCase):
    def test_conllu_leaves_multiword_tokens_and_empty_nodes_out(self):
        rows = ["1-2\tCan't\t_\t_\t_\t_\t_\t_\t_\t_", "1\tCa\tcan\tAUX\tMD\t_\t2\taux\t_\t_", "2\tn't\tnot\tPART\tRB\t_\t0\troot\t_\t_"]
        rows.append("2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.conllu"
            path.write_text("# newdoc id = d\n# sent_id = s1\n" + "\n".join(rows) + "\n\n", encoding="utf-8")
            (sentence,) = corpora.read_conllu(path, "x")
        self.assertEqual((sentence.forms, sentence.heads, sentence.document), (["Ca", "n't"], [1, -1], "d"))
        self.assertEqual(sentence.tags, ["AUX|MD", "PART|RB"])

    def test_a_name_in_gum_is_cut_to_its_proper_nouns(self):
        forms = ["the", "old", "Bank", "of", "Wexhill", "closed"]
        tags = ["DET|DT", "ADJ|JJ", "PROPN|NNP", "ADP|IN", "PROPN|NNP", "VERB|VBD"]
        misc = ["Entity=(1-organization-new-cf1-1-sgl", "_", "_", "_", "Entity=(2-place-new-cf1-1-sgl)1)", "_"]
        names = corpora.gum_entities(forms, tags, [2, 2, 5, 4, 2, -1], misc, [])
        self.assertEqual(names, [(2, 5, "organization")])

    def test_held_out_is_fixed_by_the_name(self):
        share = sum(corpora.held_out(f"document-{i}") for i in range(1000))
        self.assertTrue(150 < share < 250, share)
        self.assertEqual([corpora.held_out(n) for n in "efghij"], [False, False, True, True, False, False])


if __name__ == "__main__":
    unittest.main()
