// Lemmas and trees that the lexicon, or English, knows better than the network.
#include <gtest/gtest.h>

#include <sstream>

#include "../../src/annotate/irregular_forms.h"
#include "../../src/annotate/mend.h"

namespace masudi {
namespace {

/// A sentence out of "form xpos head deprel" lines; heads count from 1, 0 is the root.
Sentence sentence_of(const std::string& lines) {
  Sentence sentence;
  std::istringstream in(lines);
  std::string form, xpos, deprel;
  for (std::int32_t head = 0; in >> form >> xpos >> head >> deprel;) {
    Word word;
    word.form = form;
    word.lemma = ascii_lower(form);
    word.xpos = xpos;
    word.upos = xpos.starts_with("NNP")  ? "PROPN"
                : xpos.starts_with("NN") ? "NOUN"
                : xpos.starts_with("VB") ? "VERB"
                : xpos.starts_with("JJ") ? "ADJ"
                : xpos == "TO"           ? "PART"
                : xpos == "DT"           ? "DET"
                : xpos == "IN"           ? "ADP"
                                         : "PUNCT";
    word.head = head - 1;
    word.deprel = deprel;
    sentence.words.push_back(word);
  }
  return sentence;
}

std::string tree_of(const Sentence& sentence) {
  std::string out;
  for (const Word& word : sentence.words) out += word.form + "/" + word.xpos + ">" + std::to_string(word.head + 1) + ":" + word.deprel + " ";
  return out;
}

Lexicon lexicon_of(const std::string& name, const std::string& text) {
  auto pack = Lexicon::compile({{"lexicon/" + name + ".tsv", text}});
  EXPECT_TRUE(pack);
  auto lexicon = Lexicon::from_bytes(*std::move(pack));
  EXPECT_TRUE(lexicon);
  return *std::move(lexicon);
}

TEST(Mend, AParticipleBehindANounTellsASentenceWithoutAVerb) {
  Sentence sentence = sentence_of("Oman NNP 2 compound\nhosted VBN 3 amod\ntalks NNS 0 root\nwith IN 5 case\nIran NNP 3 nmod\n. . 3 punct\n");
  EXPECT_TRUE(mend_verbless(sentence));
  EXPECT_EQ(tree_of(sentence), "Oman/NNP>2:nsubj hosted/VBD>0:root talks/NNS>2:obj with/IN>5:case Iran/NNP>3:nmod ./.>2:punct ");
}

TEST(Mend, OfTwoSubjectsTheFirstIsWhoIsTold) {
  Sentence sentence = sentence_of(
      "Chad NNP 2 nsubj\ntold VBD 0 root\nthe DT 4 det\nUN NNP 8 nsubj\nroads NNS 8 nsubj:pass\nwould MD 8 aux\nbe VB 8 aux:pass\nclosed VBN 2 "
      "ccomp\n");
  mend_addressee(sentence);
  EXPECT_EQ(tree_of(sentence),
            "Chad/NNP>2:nsubj told/VBD>0:root the/DT>4:det UN/NNP>2:iobj roads/NNS>8:nsubj:pass would/MD>8:aux be/VB>8:aux:pass closed/VBN>2:ccomp ");
}

TEST(Mend, EqualNounsAreJoined) {
  Sentence sentence = sentence_of("Bank NN 0 root\nof IN 3 case\nChad NNP 1 nmod\nand CC 5 cc\nbank NN 3 conj\nof IN 7 case\nMali NNP 5 nmod\n");
  mend_parallel(sentence);
  EXPECT_EQ(tree_of(sentence), "Bank/NN>0:root of/IN>3:case Chad/NNP>1:nmod and/CC>5:cc bank/NN>1:conj of/IN>7:case Mali/NNP>5:nmod ");
}

TEST(Mend, AClauseWithOneSubjectStays) {
  const std::string lines = "Chad NNP 2 nsubj\nsaid VBD 0 root\nroads NNS 5 nsubj:pass\nwere VBD 5 aux:pass\nclosed VBN 2 ccomp\n";
  Sentence sentence = sentence_of(lines);
  const std::string before = tree_of(sentence);
  mend_addressee(sentence);
  EXPECT_EQ(tree_of(sentence), before);
}

TEST(Mend, NamesBeforeTheVerbAreCoordinatedUnlessACommaClosesThem) {
  Sentence sentence = sentence_of("Chad NNP 4 nsubj\n, , 1 punct\nMali NNP 1 appos\nagree VBP 0 root\n");
  mend_headline_subjects(sentence);
  EXPECT_EQ(tree_of(sentence), "Chad/NNP>4:nsubj ,/,>3:punct Mali/NNP>1:conj agree/VBP>0:root ");
  const std::string lines = "Haber NNP 5 nsubj\n, , 3 punct\nMinister NNP 1 appos\n, , 3 punct\nagreed VBD 0 root\n";
  sentence = sentence_of(lines);
  mend_headline_subjects(sentence);
  EXPECT_EQ(tree_of(sentence), tree_of(sentence_of(lines)));
}

TEST(Mend, ABareNounBehindAVerbIsItsObject) {
  Sentence sentence = sentence_of("Mali NNP 2 nsubj\nfreed VBD 0 root\non IN 4 case\nbail NN 2 obl\nministers NNS 2 obl\n");
  mend_bare_obliques(sentence);
  EXPECT_EQ(tree_of(sentence), "Mali/NNP>2:nsubj freed/VBD>0:root on/IN>4:case bail/NN>2:obl ministers/NNS>2:obj ");
  const std::string before = tree_of(sentence);
  mend_bare_obliques(sentence);  // it has its object now
  EXPECT_EQ(tree_of(sentence), before);
}

TEST(Mend, ATimeTakesNoPrepositionBehindItButOf) {
  Sentence sentence = sentence_of("Mali NNP 2 nsubj\nstruck VBD 0 root\nFriday NNP 2 obl:unmarked\nnear IN 5 case\nKano NNP 3 nmod\n");
  mend_behind_times(sentence);
  EXPECT_EQ(tree_of(sentence), "Mali/NNP>2:nsubj struck/VBD>0:root Friday/NNP>2:obl:unmarked near/IN>5:case Kano/NNP>2:obl ");
  const std::string lines = "Mali NNP 2 nsubj\nstruck VBD 0 root\nFriday NNP 2 obl:unmarked\nof IN 5 case\nMay NNP 3 nmod\n";
  sentence = sentence_of(lines);
  mend_behind_times(sentence);
  EXPECT_EQ(tree_of(sentence), tree_of(sentence_of(lines)));
}

TEST(Mend, ASentenceOpensWithAPluralNotWithAVerb) {
  Sentence sentence = sentence_of("Clashes VBZ 0 root\nbetween IN 3 case\nrebels NNS 1 obl\nbroke VBD 1 conj\nout RP 4 compound:prt\n. . 1 punct\n");
  mend_opening_noun(sentence);
  EXPECT_EQ(tree_of(sentence), "Clashes/NNS>4:nsubj between/IN>3:case rebels/NNS>1:nmod broke/VBD>0:root out/RP>4:compound:prt ./.>4:punct ");
  const std::string lines = "Says VBZ 0 root\nin IN 3 case\nParis NNP 1 obl\nHaber NNP 1 nsubj\n";
  sentence = sentence_of(lines);
  mend_opening_noun(sentence);
  EXPECT_EQ(tree_of(sentence), tree_of(sentence_of(lines)));
}

TEST(Mend, AParticipleBehindADeterminerModifies) {
  Sentence sentence = sentence_of("The DT 3 det\nhosted VBN 3 amod\ntalks NNS 0 root\n");
  EXPECT_FALSE(mend_verbless(sentence));
}

TEST(Mend, ANounWithASubjectIsAClauseAlready) {
  const std::string lines = "Talks NNS 4 nsubj\nOman NNP 3 compound\nhosted VBN 4 amod\ntalks NNS 0 root\n";
  Sentence sentence = sentence_of(lines);
  EXPECT_FALSE(mend_verbless(sentence));
  EXPECT_EQ(tree_of(sentence), tree_of(sentence_of(lines)));
}

TEST(Mend, AFormInEdWithASubjectIsAVerb) {
  Sentence sentence = sentence_of("Rebels NNS 2 nsubj\nadvanced JJ 0 root\non IN 4 case\nKano NNP 2 obl\n");
  mend_participle_root(sentence);
  EXPECT_EQ(sentence.words[1].upos, "VERB");
  EXPECT_EQ(sentence.words[1].xpos, "VBD");
}

TEST(Mend, ACopulaKeepsTheAdjective) {
  Sentence sentence = sentence_of("Rebels NNS 3 nsubj\nare VBP 3 cop\nadvanced JJ 0 root\n");
  mend_participle_root(sentence);
  EXPECT_EQ(sentence.words[2].upos, "ADJ");
}

TEST(Mend, AnInfinitiveBehindItsNounIsTheNouns) {
  const Lexicon lexicon = lexicon_of("infinitive_nouns", "id\tlemma\tsample\ninf.plot\tplot\tA plot to attack.\n");
  const InfinitiveNouns nouns = InfinitiveNouns::build(lexicon);
  Sentence sentence = sentence_of("Police NNS 2 nsubj\nfoiled VBD 0 root\nplot NN 2 obj\nto TO 5 mark\nattack VB 2 advcl\n");
  nouns.mend(sentence);
  EXPECT_EQ(sentence.words[4].head, 2);
  EXPECT_EQ(sentence.words[4].deprel, "acl");
  EXPECT_EQ(nouns.rule(sentence, 4), "inf.plot");

  Sentence other = sentence_of("Police NNS 2 nsubj\nused VBD 0 root\ngas NN 2 obj\nto TO 5 mark\nattack VB 2 advcl\n");
  nouns.mend(other);
  EXPECT_EQ(other.words[4].deprel, "advcl");
  EXPECT_TRUE(nouns.rule(other, 4).empty());
}

TEST(Mend, OneSubjectAVerb) {
  Sentence pair = sentence_of("France NNP 4 nsubj\nand CC 3 cc\nothers NNS 4 nsubj\nleft VBD 0 root\n");
  mend_subjects(pair);
  EXPECT_EQ(tree_of(pair), "France/NNP>4:nsubj and/CC>3:cc others/NNS>1:conj left/VBD>0:root ");
  Sentence name = sentence_of("Wan NNP 3 nsubj\nJan NNP 3 nsubj\nleft VBD 0 root\n");
  mend_subjects(name);
  EXPECT_EQ(tree_of(name), "Wan/NNP>3:nsubj Jan/NNP>1:flat left/VBD>0:root ");
  Sentence apposition = sentence_of("Choi NNP 5 nsubj\n, , 1 punct\nthe DT 4 det\ndaughter NN 5 nsubj\nleft VBD 0 root\n");
  mend_subjects(apposition);
  EXPECT_EQ(apposition.words[3].head, 0);
  EXPECT_EQ(apposition.words[3].deprel, "appos");
  Sentence dateline = sentence_of("CAIRO NNP 4 nsubj\n( ( 1 punct\nEgypt NNP 4 nsubj\nleft VBD 0 root\n");
  mend_subjects(dateline);
  EXPECT_EQ(dateline.words[0].deprel, "dep");
  EXPECT_EQ(dateline.words[2].deprel, "nsubj");
}

TEST(Mend, APossessorStandsBeforeWhatItPossesses) {
  Sentence sentence = sentence_of("Guards NNS 2 nsubj\nheld VBD 0 root\nOman NNP 1 nmod:poss\n's TO 3 case\nminister NN 2 obj\n");
  mend_possessors(sentence);
  EXPECT_EQ(sentence.words[2].head, 4);
}

TEST(Mend, ANameHungOnAVerbIsItsObject) {
  Sentence sentence = sentence_of("Guards NNS 2 nsubj\nheld VBD 0 root\nHariri NNP 2 flat\n");
  mend_flat_objects(sentence);
  EXPECT_EQ(sentence.words[2].deprel, "obj");
}

TEST(Mend, ANameEndsBeforeAVerbOrADay) {
  const DayNames days = DayNames::build(lexicon_of("timex_words", "id\tclass\tform\tvalue\tsample\ntxw.1\tWEEKDAY\tmonday\tweekday=1\tOn Monday.\n"));
  Sentence body = sentence_of("Council NNP 2 nsubj\nsaid VBD 0 root\nParty NNP 2 obj\n");
  body.words[0].ner = "B-ORG", body.words[1].ner = "I-ORG", body.words[2].ner = "I-ORG";
  days.mend(body);
  EXPECT_EQ(body.words[1].ner, "O");
  EXPECT_EQ(body.words[2].ner, "B-ORG");
  Sentence person = sentence_of("Sato NNP 3 nsubj\nMonday NNP 1 flat\nleft VBD 0 root\n");
  person.words[0].ner = "B-PER", person.words[1].ner = "I-PER";
  days.mend(person);
  EXPECT_EQ(person.words[1].ner, "O");
  EXPECT_EQ(person.words[1].head, 2);
}

TEST(Mend, NamesEndBeforeMoneyPossessionsAndModels) {
  Sentence money = sentence_of("US NNP 2 compound\n$ $ 0 root\n16 CD 2 nummod\n");
  money.words[0].ner = "B-GPE";
  money.words[0].span = {0, 2}, money.words[1].span = {3, 4};
  mend_name_bounds(money);
  EXPECT_EQ(money.words[0].ner, "B-GPE") << "apart, it is the country";
  money.words[1].span = {2, 3};
  mend_name_bounds(money);
  EXPECT_EQ(money.words[0].ner, "O");
  EXPECT_EQ(money.words[0].upos, "SYM");
  Sentence owned = sentence_of("Apple NNP 3 nmod:poss\n's POS 1 case\nphones NNS 0 root\n");
  owned.words[0].ner = "B-ORG", owned.words[1].ner = "I-ORG", owned.words[2].ner = "I-ORG";
  mend_name_bounds(owned);
  EXPECT_EQ(owned.words[0].ner + owned.words[1].ner + owned.words[2].ner, "B-ORGOO");
  Sentence model = sentence_of("Airbus NNP 0 root\nA380 NNP 1 flat\nZambia NNP 1 flat\n");
  model.words[0].ner = "B-ORG", model.words[1].ner = "I-ORG", model.words[2].ner = "B-GPE";
  mend_name_bounds(model);
  EXPECT_EQ(model.words[0].ner + " " + model.words[1].ner + " " + model.words[2].ner, "B-MISC I-MISC B-GPE");
}

TEST(Mend, ANameReadOnceIsReadAgain) {
  const DayNames days = DayNames::build(lexicon_of("timex_words", "id\tclass\tform\tvalue\tsample\ntxw.1\tMONTHRISKY\tMay\tmonth=5\tIn May.\n"));
  std::vector<Sentence> article = {sentence_of("The DT 2 det\nBoeing NNP 0 root\n"), sentence_of("Boeing VBG 0 root\nshows VBZ 1 dep\n"),
                                   sentence_of("Ms NNP 0 root\nMay NNP 1 flat\n"), sentence_of("In IN 2 case\nMay NNP 0 root\n"),
                                   sentence_of("Boeing NNP 2 compound\nField NNP 0 root\n")};
  article[0].words[1].ner = "B-ORG";
  article[2].words[1].ner = "B-PER";
  days.mend_repeated(article);
  EXPECT_EQ(article[1].words[0].ner + article[1].words[0].upos + article[1].words[0].lemma, "B-ORGPROPNBoeing");
  EXPECT_EQ(article[3].words[1].ner, "O") << "a month";
  EXPECT_EQ(article[4].words[0].ner, "O") << "a part of a longer name";
  std::vector<Sentence> torn = {article[0], article[1], article[0]};
  torn[1].words[0].ner = "O", torn[2].words[1].ner = "B-PER";
  days.mend_repeated(torn);
  EXPECT_EQ(torn[1].words[0].ner, "O") << "two kinds tell nothing";
}

TEST(Mend, AnAmountBehindItsVerb) {
  const AmountWords amounts = AmountWords::build(lexicon_of("amount_words", "id\tword\tsample\namt.over\tover\tOver 700.\n"));
  Sentence sentence = sentence_of("Crews NNS 2 nsubj\nsaved VBD 0 root\nover IN 4 case\n700 CD 5 nummod\nmen NNS 2 obl\n");
  sentence.words[3].upos = "NUM";
  amounts.mend(sentence);
  EXPECT_EQ(sentence.words[4].deprel, "obj");
  EXPECT_EQ(sentence.words[2].head, 3);
  EXPECT_EQ(amounts.rule(sentence, 2), "amt.over");
  EXPECT_TRUE(amounts.rule(sentence, 3).empty());
}

TEST(IrregularForms, FormsAndEndingsByTag) {
  const Lexicon lexicon = lexicon_of("irregular_forms",
                                     "id\ttags\tforms\tlemma\tsample\n"
                                     "irr.fight\tVBD|VBN\tfought\tfight\tThey fought.\n"
                                     "irr.man\tNNS\t-men\tman\tGunmen fired.\n");
  const auto forms = IrregularForms::build(lexicon);
  ASSERT_TRUE(forms);
  const auto lemma = [&](const std::string& line) {
    const auto hit = forms->find(sentence_of(line + " 0 root").words[0]);
    return hit ? hit->lemma + " " + std::string(hit->rule) : "";
  };
  EXPECT_EQ(lemma("Fought VBD"), "fight irr.fight");
  EXPECT_EQ(lemma("fought NN"), "");
  EXPECT_EQ(lemma("Gunmen NNS"), "gunman irr.man");
  EXPECT_EQ(lemma("men NNS"), "");  // an ending is the end of a longer form
}

TEST(IrregularForms, ARowWithoutALemmaIsRefusedWithItsLine) {
  const Lexicon lexicon = lexicon_of("irregular_forms", "id\ttags\tforms\tlemma\tsample\nirr.x\tVBD\tfought\t\tThey fought.\n");
  const auto forms = IrregularForms::build(lexicon);
  ASSERT_FALSE(forms);
  EXPECT_EQ(forms.error().path, "lexicon/irregular_forms.tsv:2");
}

}  // namespace
}  // namespace masudi
