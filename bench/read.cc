// How fast articles become records, stage by stage, on one thread.
//
//   build/bench/bin/bench_read FOLDER [--repeat N] [--expect DIGEST]
//
// Prints sentences, words and MB a second for each stage and for all together, the peak memory, and a digest of all records as JSON: with --expect a
// run whose digest differs fails, so that a fast wrong answer is no answer. Seconds are of processor time, which other work on the machine changes
// least. Times are of this machine and this build; compare two builds only side by side on one machine.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "../src/extract/confidence.h"
#include "../src/extract/extract_impl.h"
#include "masudi/archive.h"

namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

class Stage {
 public:
  explicit Stage(const char* name) : name_(name) {}
  template <class Work>
  auto time(Work&& work) {
    const double start = processor_seconds();
    auto out = work();
    seconds_ += processor_seconds() - start;
    return out;
  }
  const char* name() const { return name_; }
  double seconds() const { return seconds_; }

 private:
  const char* name_;
  double seconds_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths;
  std::string expect;
  int repeat = 1;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--repeat" && i + 1 < argc)
      repeat = std::atoi(argv[++i]);
    else if (argument == "--expect" && i + 1 < argc)
      expect = argv[++i];
    else
      paths.push_back(argument);
  }
  if (paths.empty()) {
    std::fprintf(stderr, "usage: bench_read FOLDER... [--repeat N] [--expect DIGEST]\n");
    return 2;
  }
  const auto engine_start = std::chrono::steady_clock::now();
  const auto engine = masudi::Engine::open({MASUDI_DATA});
  const double engine_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - engine_start).count();
  const auto files = masudi::list_files(paths);
  if (!engine || !files) {
    std::fprintf(stderr, "%s\n", to_string(engine ? files.error() : engine.error()).c_str());
    return 3;
  }
  std::vector<masudi::Document> documents;
  for (const auto& file : *files) {
    auto source = masudi::SourceReader::open(file, {});
    if (!source) continue;
    while (auto item = source->next())
      if (auto* document = std::get_if<masudi::Document>(&*item)) documents.push_back(std::move(*document));
  }

  Stage ingest("ingest"), segment("segment"), annotate("annotate"), mention("mention"), resolve("resolve"), extract("extract"), print("json");
  Stage statements("statements");  // a part of extract, run once more alone
  std::uint64_t articles = 0, rejects = 0, sentences = 0, words = 0, bytes = 0, records = 0;
  std::string digests;
  for (int round = 0; round < repeat; ++round)
    for (const auto& document : documents) {
      auto article = ingest.time([&] { return masudi::ingest(document, engine->ingest_rules()); });
      if (!article) {
        ++rejects;
        continue;
      }
      masudi::Reading reading{*std::move(article), {}, {}, engine->info()};
      auto& analysis = reading.analysis;
      analysis.sentences = segment.time([&] { return engine->segmenter().segment(reading.article); });
      annotate.time([&] {
        engine->annotator().annotate(analysis.sentences);
        return 0;
      });
      analysis.mentions = mention.time([&] {
        analysis.trees = masudi::trees_of(analysis.sentences);
        return find_mentions(reading.article, analysis.trees, engine->mention_rules());
      });
      analysis.resolution =
          resolve.time([&] { return masudi::resolve(reading.article, analysis.trees, analysis.mentions, engine->resolve_rules()); });
      reading.records = extract.time([&] { return masudi::extract(reading.article, analysis, engine->extract_rules()); });
      masudi::Extraction alone;
      statements.time([&] {
        extract_statements(reading.article, analysis, *engine->extract_rules().impl().statements, alone);
        return 0;
      });
      weigh_records(analysis, *engine->extract_rules().impl().confidence, alone);
      if (alone.statements != reading.records.statements) {
        std::fprintf(stderr, "%s: the statements read alone are not those of the reading\n", reading.article.id.c_str());
        return 1;
      }
      const std::string json = print.time([&] { return to_json(reading); });
      if (round == 0) digests += masudi::sha256_hex(json);
      ++articles;
      sentences += analysis.sentences.size();
      for (const auto& sentence : analysis.sentences) words += sentence.words.size();
      bytes += reading.article.text.size();
      records += reading.records.events.size() + reading.records.statements.size() + reading.records.commitments.size();
    }

  const auto n = [](std::uint64_t value) { return static_cast<double>(value); };
  double total = 0;
  std::printf("%-10s %10s %12s %12s %8s\n", "stage", "seconds", "sentences/s", "words/s", "MB/s");
  for (const Stage* stage : {&ingest, &segment, &annotate, &mention, &resolve, &extract, &print}) {
    total += stage->seconds();
    std::printf("%-10s %10.3f %12.0f %12.0f %8.2f\n", stage->name(), stage->seconds(), n(sentences) / stage->seconds(), n(words) / stage->seconds(),
                n(bytes) / 1e6 / stage->seconds());
  }
  std::printf("%-10s %10.3f %12.0f %12.0f %8.2f\n", "all", total, n(sentences) / total, n(words) / total, n(bytes) / 1e6 / total);
  std::printf("of extract: statements %.3f s, %.0f sentences/s; annotate and statements take %+.1f %% of the time of annotate alone\n",
              statements.seconds(), n(sentences) / statements.seconds(), 100 * statements.seconds() / annotate.seconds());
  std::printf("mention and resolve add %.1f %% to the time of annotate alone\n", 100 * (mention.seconds() + resolve.seconds()) / annotate.seconds());
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("articles %llu  rejects %llu  sentences %llu  words %llu  records %llu  engine open %.1f ms  peak memory %.0f MB\n",
              static_cast<unsigned long long>(articles), static_cast<unsigned long long>(rejects), static_cast<unsigned long long>(sentences),
              static_cast<unsigned long long>(words), static_cast<unsigned long long>(records), engine_seconds * 1e3,
              n(static_cast<std::uint64_t>(usage.ru_maxrss)) / 1024);
  const std::string digest = masudi::sha256_hex(digests).substr(0, 12);
  std::printf("compiler %s  lexicon %.12s  model %.12s  digest %s\n", __VERSION__, engine->info().lexicon.c_str(), engine->info().model.c_str(),
              digest.c_str());
  if (!expect.empty() && expect != digest) {
    std::fprintf(stderr, "the records are not the expected ones: digest %s, expected %s\n", digest.c_str(), expect.c_str());
    return 1;
  }
  return 0;
}
