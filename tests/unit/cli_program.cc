// The program as a user meets it: exit statuses, messages, the same bytes every time.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = -1;
  std::string output;  ///< stdout, then stderr where it was asked for with 2>&1
};

Outcome run(const std::string& arguments, const std::string& before = "") {
  const std::string command = before + " " + MASUDI_PROGRAM + " " + arguments;
  Outcome out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  out.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return out;
}

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("masudi_cli_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return path(name);
  }
  static std::string example(const std::string& name) { return std::string(MASUDI_SOURCE) + "/examples/" + name; }

  fs::path folder_;
};

TEST_F(Program, WritesTheSameBytesOnAnyNumberOfThreadsInAnyTimeZoneAndLocale) {
  const std::string files = example("agency.txt") + " " + example("translated.txt") + " " + example("communique.txt") + " " + example("blog.html");
  const std::string base = "read --format json " + files;
  const Outcome first = run(base + " --threads 1");
  ASSERT_EQ(first.status, 0);
  ASSERT_GT(first.output.size(), 1000U);
  EXPECT_EQ(run(base + " --threads 1").output, first.output);
  EXPECT_EQ(run(base + " --threads 2").output, first.output);
  EXPECT_EQ(run(base + " --threads 5", "TZ=Asia/Kathmandu").output, first.output);
  EXPECT_EQ(run(base + " --threads 2", "TZ=America/St_Johns LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8").output, first.output);
  EXPECT_EQ(run(base + " --threads 2", "LC_ALL=C").output, first.output);
}

TEST_F(Program, BadInputGetsAClearWordAndTheRightStatus) {
  const auto expect = [&](const std::string& arguments, int status, const std::string& words) {
    const Outcome outcome = run(arguments + " 2>&1");
    EXPECT_EQ(outcome.status, status) << arguments << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find(words), std::string::npos) << arguments << "\n" << outcome.output;
  };
  expect("read " + path("missing.txt"), 3, "missing.txt");
  expect("read " + write("empty.txt", ""), 1, "empty");
  expect("read " + write("binary.txt", std::string("\x7f\x45\x4c\x46\0\0\1\2\0\0\0", 11) + std::string(500, '\0')), 1, "binary");
  expect("read " + write("bad.jsonl", "{\"text\": \"The minister met the envoy in Paris on Monday.\"}\n{\"text\": oops}\n"), 1, "bad.jsonl");
  expect("read --published yesterday " + example("agency.txt"), 2, "expected YYYY-MM-DD");
  expect("read --format poem " + example("agency.txt"), 2, "poem");
  expect("reed " + example("agency.txt"), 2, "reed");
  expect("query events --ledger " + path("missing.db"), 3, "no such ledger");
  expect("query events --ledger " + write("text.db", std::string(5000, 'x')), 3, "not a ledger");
  expect("explain e1 --ledger " + path("missing.db"), 2, "not a record's id");
  expect("export --format rdf -o out --ledger " + path("missing.db"), 2, "webannotation");
  expect("export --format claims -o out --ledger " + path("missing.db"), 3, "no such ledger");
  const Outcome full = run("read " + example("agency.txt") + " 2>&1 > /dev/full");
  EXPECT_EQ(full.status, 3);
  EXPECT_NE(full.output.find("could not be written"), std::string::npos) << full.output;
  const fs::path folder = folder_ / "nothing";
  fs::create_directories(folder);
  expect("ingest " + folder.string() + " --ledger " + path("none.db"), 1, "0 articles");
}

TEST_F(Program, AnnotatePrintsTheLinguisticLayerAndKeepsAParseThatIsGiven) {
  const std::string two = example("agency.txt") + " " + example("blog.html");
  const Outcome first = run("annotate --threads 1 " + two);
  ASSERT_EQ(first.status, 0);
  EXPECT_EQ(run("annotate --threads 3 " + two).output, first.output);
  EXPECT_NE(first.output.find("# newdoc id = "), std::string::npos);
  EXPECT_NE(first.output.find("\troot\t_\tstart_char="), std::string::npos);
  // What was written reads back as it is: nothing is cut or annotated again.
  const auto without_offsets = [](std::string text) {  // line breaks inside paragraphs became blanks, so positions moved
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const std::string line = text.substr(at, end - at);
      if (!line.starts_with('#')) out += line.substr(0, line.find("start_char=")) + (line.ends_with("SpaceAfter=No") ? "No" : "") + "\n";
      at = end + 1;
    }
    return out;
  };
  const std::string once = run("annotate " + example("agency.txt")).output;
  EXPECT_EQ(without_offsets(run("annotate " + write("once.conllu", once)).output), without_offsets(once));
  // A parse that no parser of ours would make.
  const std::string odd = write("odd.conllu",
                                "# newdoc id = odd\n# newpar\n1-2\tcannot\t_\t_\t_\t_\t_\t_\t_\t_\n1\tcan\tcan\tNOUN\tNN\t_\t2\tfixed\t_\tNER=B-ORG\n"
                                "2\tnot\tknot\tNOUN\tNN\t_\t0\troot\t_\tNER=I-ORG\n3\tgo\tgo\tINTJ\tUH\t_\t2\torphan\t_\t_\n\n");
  EXPECT_EQ(run("annotate --format tree " + odd).output,
            "odd\n\n1  cannot go\n\n   1  ┌─can  NOUN   fixed         ORG cannot\n   2  not    NOUN   root\n   3  └─go   INTJ   orphan\n");
  const std::string json = run("annotate --format jsonl " + odd).output;
  for (const char* part :
       {R"("text":"cannot go")", R"("form":"not","lemma":"knot")", R"("head":2,"deprel":"fixed")", R"("first":1,"last":2,"label":"ORG")"})
    EXPECT_NE(json.find(part), std::string::npos) << part << "\n" << json;
  const Outcome bad = run("annotate " + write("bad.conllu", "1\tA\ta\n\n") + " " + odd + " 2>&1");
  EXPECT_EQ(bad.status, 1);
  EXPECT_NE(bad.output.find("line 1: 3 columns"), std::string::npos) << bad.output;
  EXPECT_NE(bad.output.find("cannot"), std::string::npos) << "the run goes on";
  EXPECT_EQ(run("annotate " + path("missing.txt") + " 2>&1").status, 3);
  EXPECT_EQ(run("annotate --format poem " + odd + " 2>&1").status, 2);
}

TEST_F(Program, EvalMeasuresTreebanksAndEntities) {
  const std::string gold = write("gold.conllu",
                                 "# newdoc id = news_1\n# newpar\n1\tRain\train\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t_\t_\n"
                                 "2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n");
  const Outcome same = run("eval --conllu " + gold + " --system " + gold);
  EXPECT_EQ(same.status, 0);
  EXPECT_NE(same.output.find("LAS            100.00   100.00   100.00   3/3/3"), std::string::npos) << same.output;
  EXPECT_NE(run("eval --conllu " + gold + " --gold-tokens").output.find("Tokens         100.00   100.00   100.00   3/3/3"), std::string::npos);
  const auto expect = [&](const std::string& arguments, int status, const std::string& words) {
    const Outcome outcome = run(arguments + " 2>&1");
    EXPECT_EQ(outcome.status, status) << arguments << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find(words), std::string::npos) << arguments << "\n" << outcome.output;
  };
  expect("eval --conllu " + gold + " --documents fiction", 3, "news_1");
  expect("eval --conllu " + path("missing.conllu"), 3, "missing.conllu");
  expect("eval --conllu " + gold + " --system " + gold + " --gold-tokens", 2, "excludes");
  expect("eval", 2, "--conllu");
  const std::string entities = write("names.iob2", "1\tRain\tO\t-\t-\n2\tfell\tO\t-\t-\n3\tin\tO\t-\t-\n4\tBerlin\tB-LOC\t-\t-\n\n");
  expect("eval --entities " + entities, 0, "/1/");
  expect("eval --entities " + entities + " --map LOC", 2, "LABEL=LABEL");
  expect("eval --entities " + write("list", "") + " --documents-file " + path("list"), 1, "names no document");
}

TEST_F(Program, ATwoHundredMegabyteFileIsRefusedWithoutBeingHeld) {
  const std::string big = path("big.txt");
  {
    std::ofstream out(big, std::ios::binary);
    const std::string line = "The minister of the interior met the ambassador of a neighbouring country on Monday.\n";
    std::string block;
    while (block.size() < (1U << 20U)) block += line;
    for (int i = 0; i < 200; ++i) out << block;
  }
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  const char* limit = "";  // a sanitizer's shadow memory is larger than any limit
#else
  const char* limit = "ulimit -v 4000000;";
#endif
  const Outcome outcome = run("read " + big + " 2>&1", limit);
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  EXPECT_NE(outcome.output.find("big.txt"), std::string::npos);
}

TEST_F(Program, AnArchiveGoesThroughTheLedgerAndIsExplained) {
  const std::string ledger = path("news.db");
  const std::string load = "ingest " + std::string(MASUDI_SOURCE) + "/examples --ledger " + ledger + " 2>&1";
  EXPECT_NE(run(load).output.find("articles read"), std::string::npos);
  EXPECT_NE(run(load).output.find("0 articles read"), std::string::npos);
  const Outcome ids = run("query statements --format csv --fields id --ledger " + ledger);
  ASSERT_EQ(ids.status, 0) << ids.output;
  const auto line = ids.output.find("\r\n");
  const std::string id = ids.output.substr(line + 2, ids.output.find("\r\n", line + 2) - line - 2);
  const Outcome why = run("explain " + id + " --ledger " + ledger);
  EXPECT_EQ(why.status, 0);
  for (const char* part : {"fields", "sentence", "parse", "rules", "lexicon/"})
    EXPECT_NE(why.output.find(part), std::string::npos) << part << "\n" << why.output;
  // The statements' chain on one line, whole; a claim for those that say something is so.
  const Outcome chain = run("query statements --about \"lorries\" --anonymous --fields chain --ledger " + ledger);
  EXPECT_EQ(chain.status, 0);
  EXPECT_NE(chain.output.find("the article <- senior Georgian official (anonymous: spoke on condition of anonymity)\n"), std::string::npos)
      << chain.output;
  const Outcome claims = run("export --format claims -o - --ledger " + ledger + " 2>/dev/null");
  EXPECT_EQ(claims.status, 0);
  EXPECT_NE(claims.output.find("\"text\":\"the agreement does not cover lorries\""), std::string::npos) << claims.output;
  EXPECT_EQ(run("export --format claims -o - --ledger " + ledger + " 2>/dev/null > /dev/full").status, 3);
  EXPECT_EQ(run("export --format brat -o - --ledger " + ledger + " 2>/dev/null").status, 2);
  const Outcome none = run("query events --party ZZZ --ledger " + ledger);
  EXPECT_EQ(none.status, 1);
}

TEST_F(Program, WhatIsTooUnsureIsNotStoredAndTheManifestSaysSo) {
  const std::string ledger = path("sure.db");
  const std::string article =
      write("norway.txt", "Norway and Kenya agree\n\nNorway promised on Monday to build two schools in Kenya by 30 June 2024.\n");
  const std::string load = "ingest --published 2024-03-06 --ledger " + ledger + " " + article;
  EXPECT_EQ(run(load + " --min-confidence 1.5 2>&1").status, 2);
  const Outcome strict = run(load + " --min-confidence 0.99 2>&1");
  EXPECT_EQ(strict.status, 0) << strict.output;
  EXPECT_NE(strict.output.find("records too unsure, left out"), std::string::npos) << strict.output;
  EXPECT_EQ(run("query commitments --ledger " + ledger + " 2>/dev/null").status, 1);
  std::ifstream file(ledger, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_NE(bytes.find("\"min_confidence\":0.99"), std::string::npos);
  const Outcome again = run(load + " 2>&1");
  EXPECT_NE(again.output.find("1 articles read, 0 known"), std::string::npos) << again.output;
  EXPECT_EQ(run("query commitments --ledger " + ledger + " 2>/dev/null").status, 0);
}

TEST_F(Program, LexiconShowsARowWholeAndALearnedWeightOnALine) {
  const Outcome shown = run("lexicon show strike");
  EXPECT_EQ(shown.status, 0);
  EXPECT_NE(shown.output.find("    sample: Nurses went on strike on Monday.\n"), std::string::npos);
  const auto weight = shown.output.find("lexicon/referee.tsv:");
  ASSERT_NE(weight, std::string::npos);
  const std::string line = shown.output.substr(weight, shown.output.find('\n', weight) - weight);
  EXPECT_NE(line.find("  "), std::string::npos) << line;
  EXPECT_NE(line.find('=', line.find("  ")), std::string::npos) << line;
}

TEST_F(Program, EvalLeavesOutWhatIsTooUnsure) {
  fs::create_directories(path("gold"));
  write("gold/a.json",
        R"({"article":{"id":"a","title":"Norway","published":"2024-03-05","text":"Norway accused Iran of spying on Monday.","sentence_starts":[0]},)"
        R"("events":[],"statements":[],"commitments":[],"timexes":[],"places":[]})");
  const std::string score = "eval " + path("gold") + " --json";
  const Outcome all = run(score), none = run(score + " --min-confidence 1");
  ASSERT_EQ(all.status, 0) << all.output;
  EXPECT_NE(all.output.find("\"event: type in its sentence\": [0, 0, 1]"), std::string::npos) << all.output;
  EXPECT_EQ(none.output.find("\"event: type in its sentence\": [0, 0, 1]"), std::string::npos) << none.output;
  EXPECT_EQ(run("eval --conllu x --min-confidence 0.5 2>&1").status, 2);
}

TEST_F(Program, CommitmentsAreFollowedToTheirEnd) {
  const std::string article =
      write("norway.txt", "Norway and Kenya agree\n\nNorway promised on Monday to build two schools in Kenya by 30 June 2024.\n");
  const std::string ledger = path("due.db");
  ASSERT_EQ(run("ingest --quiet --published 2024-03-06 --ledger " + ledger + " " + article).status, 0);
  const std::string ask = "query commitments --ledger " + ledger + " --format csv --fields id,overdue,overdue_rule,verdict ";
  EXPECT_EQ(run(ask + "--due-before 2024-06-30 --today 2024-07-05 2>/dev/null").status, 1);
  EXPECT_EQ(run(ask + "--overdue --debtor KEN --today 2024-07-05 2>/dev/null").status, 1);
  const Outcome late = run(ask + "--overdue --debtor NOR --today 2024-07-05");
  ASSERT_EQ(late.status, 0) << late.output;
  EXPECT_NE(late.output.find("due 2024-06-30, 5 days before 2024-07-05"), std::string::npos) << late.output;
  const auto line = late.output.find('\n') + 1;
  const std::string id = late.output.substr(line, late.output.find(',', line) - line);
  const Outcome today = run(ask + " 2>&1");
  EXPECT_NE(today.output.find("masudi: overdue is computed for today, "), std::string::npos);

  const std::string judge = "verdict " + id + " --ledger " + ledger + " ";
  const Outcome no_evidence = run(judge + "--set kept --by Ana 2>&1");
  EXPECT_EQ(no_evidence.status, 2);
  EXPECT_NE(no_evidence.output.find("evidence"), std::string::npos);
  EXPECT_EQ(run(judge + "--set fulfilled --evidence x --by Ana 2>&1").status, 2);
  EXPECT_EQ(run(judge + "2>&1").status, 2);
  EXPECT_EQ(run(judge + "--history").status, 1);
  ASSERT_EQ(run(judge + "--set kept --evidence 'both schools opened' --by Ana").status, 0);
  EXPECT_EQ(run(ask + "--overdue --today 2024-07-05").status, 1);
  EXPECT_EQ(run(ask + "--verdict kept --today 2024-07-05").status, 0);
  EXPECT_NE(run(judge + "--history --format jsonl").output.find("\"evidence\":\"both schools opened\",\"author\":\"Ana\""), std::string::npos);
  ASSERT_EQ(run(judge + "--undo --by Ben").status, 0);
  EXPECT_NE(run(judge + "--history").output.find("by Ben"), std::string::npos);
  EXPECT_EQ(run(ask + "--overdue --today 2024-07-05").status, 0);
  EXPECT_EQ(run("verdict 000000000000:c1 --history --ledger " + ledger + " 2>&1").status, 3);

  const Outcome calendar = run("query commitments --format ics --today 2024-07-05 --ledger " + ledger);
  EXPECT_EQ(calendar.status, 0);
  EXPECT_NE(calendar.output.find("DTSTART;VALUE=DATE:20240630\r\n"), std::string::npos);
  EXPECT_NE(calendar.output.find("UID:" + id + "@masudi\r\n"), std::string::npos);
  EXPECT_EQ(run("query events --format ics --ledger " + ledger + " 2>&1").status, 2);
  EXPECT_NE(run("export --format icalendar -o - --ledger " + ledger + " 2>/dev/null").output.find("DTSTART;VALUE=DATE:20240630\r\n"),
            std::string::npos);
  EXPECT_EQ(run("doctor --upgrade " + ledger).status, 0);
  EXPECT_EQ(run("doctor --upgrade " + path("none.db") + " 2>&1").status, 3);
}

}  // namespace
