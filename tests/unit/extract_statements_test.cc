#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "../../src/extract/extract_impl.h"
#include "../../src/extract/quotation.h"

namespace masudi {
namespace {

const Lexicon& lexicon() {
  static const auto opened = Lexicon::open(std::string(MASUDI_DATA) + "/lexicon.pack");
  EXPECT_TRUE(opened) << (opened ? "" : to_string(opened.error()));
  return *opened;
}

/// Sentences cut at '|'; a sentence after "\n\n" starts a paragraph. The separators are not part of the text.
struct Text {
  Article article;
  std::vector<Sentence> sentences;
};
Text cut(const std::string& marked) {
  Text out;
  std::uint32_t begin = 0;
  bool paragraph = true;
  const auto close = [&] {
    auto& text = out.article.text;
    std::uint32_t b = begin, e = static_cast<std::uint32_t>(text.size());
    while (b < e && (text[b] == ' ' || text[b] == '\n')) ++b;
    while (e > b && (text[e - 1] == ' ' || text[e - 1] == '\n')) --e;
    if (b < e) out.sentences.push_back({{b, e}, {}, {}, paragraph});
    paragraph = false;
    begin = static_cast<std::uint32_t>(text.size());
  };
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == '|') {
      close();
    } else if (marked.compare(i, 2, "\n\n") == 0) {
      close();
      out.article.text += "\n\n";
      begin += 2;
      paragraph = true;
      ++i;
    } else {
      out.article.text += marked[i];
    }
  }
  close();
  return out;
}

std::vector<std::string> quoted(const std::string& marked) {
  const Text text = cut(marked);
  const auto marks = quotation_marks(lexicon());
  EXPECT_TRUE(marks);
  std::vector<std::string> out;
  for (const auto& q : find_quotations(text.article, text.sentences, *marks))
    if (q.depth == 0) out.push_back(std::string(text.article.slice(q.span)) + (q.closed ? "" : q.runs_on ? " >>" : " ..."));
  return out;
}
using Strings = std::vector<std::string>;

TEST(Quotation, MarksOfEveryScript) {
  EXPECT_EQ(quoted("\"Yes,\" he said. | \"No.\""), (Strings{"\"Yes,\"", "\"No.\""}));
  EXPECT_EQ(quoted("“Yes,” he said."), (Strings{"“Yes,”"}));
  EXPECT_EQ(quoted("«Yes,» he said, »no«."), (Strings{"«Yes,»", "»no«"}));
  EXPECT_EQ(quoted("„Yes,“ he said, „no,” she said."), (Strings{"„Yes,“", "„no,”"}));
  EXPECT_EQ(quoted("「Yes」 he said."), (Strings{"「Yes」"}));
  EXPECT_EQ(quoted("``Yes,'' he said."), (Strings{"``Yes,''"}));
}

TEST(Quotation, ApostrophesAreNone) {
  EXPECT_EQ(quoted("The rebels' demands aren't the people's."), Strings{});
  EXPECT_EQ(quoted("The rebels’ demands aren’t the people’s."), Strings{});
  EXPECT_EQ(quoted("'We don't know the rebels' demands,' he said."), (Strings{"'We don't know the rebels' demands,'"}));
  EXPECT_EQ(quoted("‘It’s ours,’ he said."), (Strings{"‘It’s ours,’"}));
  EXPECT_EQ(quoted("In the '90s a 6\" pipe burst."), Strings{});
}

TEST(Quotation, NestedAndBroken) {
  EXPECT_EQ(quoted("He said “the “Green Line” is open.” | She left."), (Strings{"“the “Green Line” is open.”"}));
  EXPECT_EQ(quoted("“the ‘Green Line’ is open,” he said."), (Strings{"“the ‘Green Line’ is open,”"}));
  // The first never closes: it ends with its sentence; the second closes over several.
  EXPECT_EQ(quoted("He explained that “the road will stay open. | The source said that “it is long. | It is the “Green Line” road.” | End."),
            (Strings{"“the road will stay open ...", "“it is long.  It is the “Green Line” road.”"}));
}

TEST(Quotation, RunsOnIntoTheNextParagraph) {
  EXPECT_EQ(quoted("He said: \"One. | Two.\n\n\"Three.\" | He left."), (Strings{"\"One.  Two. >>", "\"Three.\""}));
  EXPECT_EQ(quoted("He said: \"One. | Two.\n\nThree. | He left."), (Strings{"\"One ..."}));
}

TEST(Quotation, AnyBytesAreRead) {
  std::uint32_t seed = 7;
  const Strings parts{"\"", "“", "”", "‘", "’", "'", "«", "»", "a", " ", ".", "„", "|", "\n\n", "\xe2", "\x80"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      seed = seed * 1664525U + 1013904223U;
      text += parts[(seed >> 16U) % parts.size()];
    }
    const Text made = cut(text);
    std::uint32_t last = 0;
    for (const auto& q : find_quotations(made.article, made.sentences, *quotation_marks(lexicon()))) {
      ASSERT_LE(q.span.begin, q.inside.begin) << text;
      ASSERT_LE(q.inside.end, q.span.end) << text;
      ASSERT_LE(q.span.end, made.article.text.size()) << text;
      ASSERT_GE(q.span.begin, last) << text;
      last = q.span.begin;
    }
  }
}

/// A parse written by hand: one word a line, "form lemma UPOS XPOS head deprel [feats]", heads from 1, a line "#" before each sentence and "#p"
/// before one that starts a paragraph; "_" before a form: no blank before it.
struct Parsed {
  Article article;
  Analysis analysis;
};
Parsed parse(const std::string& lines) {
  Parsed out;
  std::istringstream stream(lines);
  std::string line;
  const auto finish = [&] {
    if (out.analysis.sentences.empty()) return;
    auto& sentence = out.analysis.sentences.back();
    if (!sentence.words.empty()) sentence.span = {sentence.words.front().span.begin, sentence.words.back().span.end};
  };
  while (std::getline(stream, line)) {
    if (line.empty()) continue;
    if (line[0] == '#') {
      finish();
      if (!out.article.text.empty()) out.article.text += line == "#p" ? "\n\n" : " ";
      out.analysis.sentences.emplace_back();
      out.analysis.sentences.back().starts_paragraph = line == "#p";
      continue;
    }
    std::istringstream cells(line);
    Word word;
    std::int32_t head = 0;
    cells >> word.form >> word.lemma >> word.upos >> word.xpos >> head >> word.deprel >> word.feats;
    const bool joined = word.form.size() > 1 && word.form[0] == '_';
    if (joined) word.form.erase(0, 1);
    auto& words = out.analysis.sentences.back().words;
    if (!words.empty() && !joined) out.article.text += " ";
    word.head = head - 1;
    word.span.begin = static_cast<std::uint32_t>(out.article.text.size());
    out.article.text += word.form;
    word.span.end = static_cast<std::uint32_t>(out.article.text.size());
    words.push_back(word);
  }
  finish();
  out.analysis.trees = trees_of(out.analysis.sentences);
  return out;
}

struct Found {
  Parsed parsed;
  Extraction records;
  std::string source(std::size_t i) const { return std::string(parsed.article.slice(records.statements.at(i).source.text)); }
  std::string cue(std::size_t i) const { return std::string(parsed.article.slice(*records.statements.at(i).cue)); }
  Strings content(std::size_t i) const {
    Strings out;
    for (const auto piece : records.statements.at(i).content) out.emplace_back(parsed.article.slice(piece));
    return out;
  }
};
Found statements(const std::string& lines) {
  Found out{parse(lines), {}};
  const auto rules = StatementRules::build(lexicon());
  EXPECT_TRUE(rules);
  extract_statements(out.parsed.article, out.parsed.analysis, **rules, out.records);
  return out;
}

TEST(Statements, ClauseWithoutItsComplementiser) {
  const auto found = statements(R"(#p
The the DET DT 2 det
minister minister NOUN NN 3 nsubj
said say VERB VBD 0 root
that that SCONJ IN 8 mark
the the DET DT 6 det
bridge bridge NOUN NN 8 nsubj
was be AUX VBD 8 cop
safe safe ADJ JJ 3 ccomp
_. . PUNCT . 3 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.cue(0), "said");
  EXPECT_EQ(found.content(0), (Strings{"the bridge was safe"}));
  EXPECT_EQ(found.records.statements[0].kind, "indirect");
  EXPECT_EQ(found.records.statements[0].provenance.rule, "cue.say");
  ASSERT_EQ(found.records.traces.size(), 1U);
  EXPECT_EQ(found.records.traces[0].record, "s1");
}

TEST(Statements, QuotationBeforeTheCueGoesOnAfterIt) {
  const auto found = statements(R"(#p
" " PUNCT `` 4 punct
_It it PRON PRP 4 nsubj
is be AUX VBZ 4 cop
safe safe ADJ JJ 8 ccomp
_, , PUNCT , 8 punct
_" " PUNCT '' 8 punct
she she PRON PRP 8 nsubj
said say VERB VBD 0 root
_. . PUNCT . 8 punct
#
" " PUNCT `` 5 punct
_It it PRON PRP 5 nsubj
will will AUX MD 5 aux
surely surely ADV RB 5 advmod
last last VERB VB 0 root
_. . PUNCT . 5 punct
_" " PUNCT '' 5 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.content(0), (Strings{"\"It is safe,\"", "\"It will surely last.\""}));
  EXPECT_EQ(found.records.statements[0].kind, "direct");
  EXPECT_EQ(found.source(0), "she");
}

TEST(Statements, AccordingToAndItsRelay) {
  const auto found = statements(R"(#p
According accord VERB VBG 3 case
to to ADP IN 1 fixed
Reuters Reuters PROPN NNP 8 obl
_, , PUNCT , 3 punct
quoting quote VERB VBG 3 acl
police police NOUN NNS 5 obj
_, , PUNCT , 3 punct
left leave VERB VBD 0 root
he he PRON PRP 8 nsubj
_. . PUNCT . 8 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.cue(0), "quoting");
  EXPECT_EQ(found.source(0), "police");
  ASSERT_TRUE(found.records.statements[0].via);
  EXPECT_EQ(found.parsed.article.slice(*found.records.statements[0].via), "Reuters");
  EXPECT_EQ(found.content(0), (Strings{"left he"}));
}

TEST(Statements, ParticipleTakesTheSpeakerAndEndsTheFirstContent) {
  const auto found = statements(R"(#p
Police police NOUN NNS 2 nsubj
said say VERB VBD 0 root
he he PRON PRP 4 nsubj
left leave VERB VBD 2 ccomp
_, , PUNCT , 6 punct
adding add VERB VBG 2 advcl
that that SCONJ IN 9 mark
she she PRON PRP 9 nsubj
stayed stay VERB VBD 6 ccomp
_. . PUNCT . 2 punct
)");
  ASSERT_EQ(found.records.statements.size(), 2U);
  EXPECT_EQ(found.content(0), (Strings{"he left"}));
  EXPECT_EQ(found.content(1), (Strings{"she stayed"}));
  EXPECT_EQ(found.source(1), "Police");
}

TEST(Statements, NobodyNamedIsNoStatement) {
  EXPECT_TRUE(statements(R"(#p
It it PRON PRP 3 nsubj:pass
was be AUX VBD 3 aux:pass
said say VERB VBN 0 root
that that SCONJ IN 6 mark
he he PRON PRP 6 nsubj
left leave VERB VBD 3 ccomp
)")
                  .records.statements.empty());
  EXPECT_TRUE(statements(R"(#p
Police police NOUN NNS 4 nsubj
did do AUX VBD 4 aux
not not PART RB 4 advmod Polarity=Neg
say say VERB VB 0 root
that that SCONJ IN 7 mark
he he PRON PRP 7 nsubj
left leave VERB VBD 4 ccomp
)")
                  .records.statements.empty());
}

TEST(Statements, ParentsAndOrder) {
  const auto found = statements(R"(#p
Anna Anna PROPN NNP 2 nsubj
says say VERB VBZ 0 root
Omar Omar PROPN NNP 4 nsubj
claimed claim VERB VBD 2 ccomp
that that SCONJ IN 7 mark
she she PRON PRP 7 nsubj
lied lie VERB VBD 4 ccomp
_. . PUNCT . 2 punct
)");
  ASSERT_EQ(found.records.statements.size(), 2U);
  EXPECT_EQ(found.records.statements[0].id, "s1");
  EXPECT_EQ(found.content(0), (Strings{"Omar claimed that she lied"}));
  EXPECT_EQ(found.content(1), (Strings{"she lied"}));
  EXPECT_EQ(found.records.statements[1].parent, "s1");
  EXPECT_EQ(found.records.statements[0].parent, std::nullopt);
}

TEST(Statements, StanceAndCertaintyAreOfTheCue) {
  const auto found = statements(R"(#p
The the DET DT 2 det
mayor mayor NOUN NN 3 nsubj
denied deny VERB VBD 0 root
that that SCONJ IN 8 mark
the the DET DT 6 det
wall wall NOUN NN 8 nsubj
was be AUX VBD 8 cop
weak weak ADJ JJ 3 ccomp
_. . PUNCT . 3 punct
#s
She she PRON PRP 2 nsubj Gender=Fem
confirmed confirm VERB VBD 0 root
the the DET DT 4 det
gate gate NOUN NN 6 nsubj
was be AUX VBD 6 cop
shut shut ADJ JJ 2 ccomp
_. . PUNCT . 2 punct
)");
  ASSERT_EQ(found.records.statements.size(), 2U);
  EXPECT_EQ(found.records.statements[0].stance, "denying");
  EXPECT_EQ(found.records.statements[0].certainty, "stated");
  EXPECT_EQ(found.records.statements[1].stance, "factive");
  EXPECT_EQ(found.records.statements[1].certainty, "certain");
  // Each field of a record has its reason.
  for (const auto& trace : found.records.traces)
    for (const char* field : {"cue", "source", "anonymity", "content", "kind", "stance", "certainty"})
      EXPECT_TRUE(std::any_of(trace.fields.begin(), trace.fields.end(), [&](const auto& f) { return f.field == field && !f.rule.empty(); })) << field;
}

TEST(Statements, AnUnnamedSourceWithItsReason) {
  const auto found = statements(R"(#p
Two two NUM CD 3 nummod
senior senior ADJ JJ 3 amod
officials official NOUN NNS 4 nsubj Number=Plur
said say VERB VBD 0 root
on on ADP IN 6 case
condition condition NOUN NN 4 obl
of of ADP IN 8 case
anonymity anonymity NOUN NN 6 nmod
that that SCONJ IN 13 mark
the the DET DT 11 det
wall wall NOUN NN 13 nsubj
was be AUX VBD 13 cop
weak weak ADJ JJ 4 ccomp
_. . PUNCT . 4 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  const Statement& s = found.records.statements[0];
  EXPECT_EQ(s.anonymity, "anonymous");
  ASSERT_TRUE(s.unnamed);
  EXPECT_EQ(s.unnamed->role, "senior officials");
  EXPECT_EQ(s.unnamed->number, "two");
  ASSERT_TRUE(s.unnamed->reason);
  EXPECT_EQ(found.parsed.article.slice(*s.unnamed->reason), "on condition of anonymity");
  EXPECT_EQ(found.content(0), (Strings{"the wall was weak"}));
  EXPECT_EQ(s.chain, "the article <- Two senior officials (anonymous: on condition of anonymity)");
}

TEST(Statements, ASpokeswomanSpeaksForSomebody) {
  const auto found = statements(R"(#p
A a DET DT 2 det
spokeswoman spokeswoman NOUN NN 6 nsubj
for for ADP IN 5 case
the the DET DT 5 det
ministry ministry NOUN NN 2 nmod
said say VERB VBD 0 root
the the DET DT 8 det
wall wall NOUN NN 10 nsubj
was be AUX VBD 10 cop
weak weak ADJ JJ 6 ccomp
_. . PUNCT . 6 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  ASSERT_TRUE(found.records.statements[0].speaks_for);
  EXPECT_EQ(found.parsed.article.slice(found.records.statements[0].speaks_for->text), "the ministry");
}

TEST(Statements, AnAttributionInsideItsSentence) {
  const auto found = statements(R"(#p
The the DET DT 2 det
wall wall NOUN NN 8 nsubj
_, , PUNCT , 5 punct
she she PRON PRP 5 nsubj Gender=Fem
said say VERB VBD 8 parataxis
_, , PUNCT , 5 punct
was be AUX VBD 8 aux:pass
built build VERB VBN 0 root
badly badly ADV RB 8 advmod
_. . PUNCT . 8 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.content(0), (Strings{"The wall", "was built badly"}));
}

TEST(Statements, AsTheAgencyReported) {
  const auto found = statements(R"(#p
The the DET DT 2 det
wall wall NOUN NN 4 nsubj
was be AUX VBD 4 cop
weak weak ADJ JJ 0 root
_, , PUNCT , 9 punct
as as SCONJ IN 9 mark
the the DET DT 8 det
agency agency NOUN NN 9 nsubj
reported report VERB VBD 4 advcl
_. . PUNCT . 4 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.content(0), (Strings{"The wall was weak"}));
}

TEST(Statements, ASecondThatClauseBelongsToTheContent) {
  const auto found = statements(R"(#p
She she PRON PRP 2 nsubj Gender=Fem
said say VERB VBD 0 root
that that SCONJ IN 7 mark
the the DET DT 5 det
dam dam NOUN NN 7 nsubj
was be AUX VBD 7 cop
safe safe ADJ JJ 2 ccomp
but but CCONJ CC 13 cc
that that SCONJ IN 13 mark
the the DET DT 11 det
wall wall NOUN NN 13 nsubj
was be AUX VBD 13 cop
old old ADJ JJ 2 conj
_. . PUNCT . 2 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.content(0), (Strings{"the dam was safe but that the wall was old"}));
}

TEST(Statements, AQuotationGoesOnAfterWordsThatWereTold) {
  const auto found = statements(R"(#p
She she PRON PRP 2 nsubj Gender=Fem
said say VERB VBD 0 root
the the DET DT 4 det
dam dam NOUN NN 6 nsubj
was be AUX VBD 6 cop
safe safe ADJ JJ 2 ccomp
_. . PUNCT . 2 punct
#s
" " PUNCT `` 5 punct
_It it PRON PRP 3 nsubj
held hold VERB VBD 0 root
all all DET DT 5 det
winter winter NOUN NN 3 obl
_. . PUNCT . 3 punct
_" " PUNCT '' 3 punct
)");
  ASSERT_EQ(found.records.statements.size(), 1U);
  EXPECT_EQ(found.content(0), (Strings{"the dam was safe", "\"It held all winter.\""}));
  EXPECT_EQ(found.records.statements[0].kind, "mixed");
}

TEST(Statements, TheChainRunsFromTheArticleInward) {
  const auto found = statements(R"(#p
The the DET DT 2 det
mayor mayor NOUN NN 3 nsubj
said say VERB VBD 0 root
the the DET DT 5 det
guard guard NOUN NN 6 nsubj
promised promise VERB VBD 3 ccomp
that that SCONJ IN 11 mark
the the DET DT 9 det
gate gate NOUN NN 11 nsubj
was be AUX VBD 11 cop
shut shut ADJ JJ 6 ccomp
_. . PUNCT . 3 punct
)");
  ASSERT_EQ(found.records.statements.size(), 2U);
  EXPECT_EQ(found.records.statements[1].parent, "s1");
  EXPECT_EQ(found.records.statements[1].chain, "the article <- mayor (anonymous) <- guard (anonymous)");
}

TEST(Statements, HostileTreesAreRead) {
  // Heads that form a cycle, point at themselves or out of the sentence.
  const Strings forms{"said", "that", "\"", "Police", ",", "according", "to", ":", "quoted", "saying", "he"};
  const Strings tags{"VERB", "SCONJ", "PUNCT", "PROPN", "NOUN", "ADP", "PRON"};
  const Strings relations{"nsubj", "ccomp", "conj", "root", "obl", "case", "mark", "acl", "xcomp", "obj", "advcl", "punct"};
  const auto rules = StatementRules::build(lexicon());
  ASSERT_TRUE(rules);
  std::uint32_t seed = 3;
  const auto next = [&](std::size_t n) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 16U) % n;
  };
  for (int round = 0; round < 4000; ++round) {
    std::string lines;
    for (std::size_t s = 0, sentences = 1 + next(3); s < sentences; ++s) {
      lines += next(2) == 0 ? "#\n" : "#p\n";
      for (std::size_t i = 0, words = next(12); i < words; ++i) {
        const auto& form = forms[next(forms.size())];
        const std::string lemma = form == "said" || form == "saying" ? "say" : form == "quoted" ? "quote" : form;
        lines += form + " " + lemma + " " + tags[next(tags.size())] + (next(2) == 0 ? " VBD " : " VBG ") + std::to_string(next(15)) + " " +
                 relations[next(relations.size())] + "\n";
      }
    }
    Parsed parsed = parse(lines);
    Extraction records;
    extract_statements(parsed.article, parsed.analysis, **rules, records);
    for (const auto& statement : records.statements)
      for (const auto piece : statement.content) ASSERT_LE(piece.end, parsed.article.text.size()) << lines;
  }
}

TEST(Statements, WrongRowsAreNamed) {
  const auto build = [](const std::string& row) {
    const auto pack =
        Lexicon::compile({{"lexicon/cues.tsv", "id\tlemma\tpos\tframes\tsubject\tstance\tcertainty\tconfidence\tsample\n" + row + "\n"}});
    EXPECT_TRUE(pack);
    const auto opened = Lexicon::from_bytes(*pack);
    const auto rules = StatementRules::build(*opened);
    return rules ? std::string("accepted") : to_string(rules.error());
  };
  EXPECT_EQ(build("cue.x\tsay\tVERB\tclause\tany\tneutral\tstated\t0.5\t"), "accepted");
  EXPECT_NE(build("cue.x\tsay\tADV\tclause\tany\tneutral\tstated\t0.5\t").find("lexicon/cues.tsv:2: unknown pos \"ADV\""), std::string::npos);
  EXPECT_NE(build("cue.x\tsay\tVERB\tclaus\tany\tneutral\tstated\t0.5\t").find("unknown frame \"claus\""), std::string::npos);
  EXPECT_NE(build("cue.x\tsay\tVERB\tclause\tany\tneutral\tstated\t1.5\t").find("unknown confidence \"1.5\""), std::string::npos);
  EXPECT_NE(build("cue.x\tsay\tVERB\tclause\tany\tangry\tstated\t0.5\t").find("unknown stance \"angry\""), std::string::npos);
  EXPECT_NE(build("cue.x\tsay\tVERB\tclause\tany\tneutral\tsure\t0.5\t").find("unknown certainty \"sure\""), std::string::npos);
}

}  // namespace
}  // namespace masudi
