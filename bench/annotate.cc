// How fast the annotate stage is, and the segment stage before it, on one thread.
//
//   build/bench/bin/bench_annotate FOLDER... [--models FOLDER] [--repeat N] [--path NAME] [--expect DIGEST]
//
// Reads every file of the folders as plain text. Prints sentences, words and MB a second of processor time (the machine may be busy with other
// things) and of wall time, the memory that the model and one worker hold, the time to open the models, and a digest of all annotations: with
// --expect a run whose digest differs fails. --path measures one instruction set (plain, SSE4, AVX2, NEON) in place of the fastest.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "../src/annotate/network_annotator.h"
#include "masudi/segment.h"

namespace {

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double wall_seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// Memory that this process holds, in MB.
double resident_megabytes() {
  std::ifstream in("/proc/self/statm");
  long all = 0, resident = 0;
  in >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

struct Stage {
  double processor = 0, wall = 0;
  template <class Work>
  void time(Work&& work) {
    const double p = processor_seconds(), w = wall_seconds();
    work();
    processor += processor_seconds() - p;
    wall += wall_seconds() - w;
  }
};

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> folders;
  std::string expect, models = MASUDI_DATA "/models", path;
  int repeat = 1;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool more = i + 1 < argc;
    if (argument == "--repeat" && more)
      repeat = std::atoi(argv[++i]);
    else if (argument == "--expect" && more)
      expect = argv[++i];
    else if (argument == "--models" && more)
      models = argv[++i];
    else if (argument == "--path" && more)
      path = argv[++i];
    else
      folders.push_back(argument);
  }
  const masudi::Kernels* kernels = path.empty() ? &masudi::best_kernels() : nullptr;
  for (const masudi::Kernels* known : masudi::all_kernels())
    if (path == known->name) kernels = known;
  if (folders.empty() || kernels == nullptr) {
    std::fprintf(stderr, "usage: bench_annotate FOLDER... [--models FOLDER] [--repeat N] [--path plain|SSE4|AVX2|NEON] [--expect DIGEST]\n");
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());

  const auto segmenter = masudi::Segmenter::open(models);
  if (!segmenter) {
    std::fprintf(stderr, "%s\n", to_string(segmenter.error()).c_str());
    return 3;
  }
  Stage open, segment, annotate;
  std::vector<std::vector<masudi::Sentence>> articles;
  std::uint64_t bytes = 0, sentences = 0, words = 0;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    bytes += text.size();
    segment.time([&] { articles.push_back(segmenter->segment(text)); });
    sentences += articles.back().size();
    for (const auto& sentence : articles.back()) words += sentence.words.size();
  }

  const double before = resident_megabytes();
  masudi::Result<masudi::LanguageModel> model = masudi::Error{};
  open.time([&] { model = masudi::LanguageModel::open(models + "/language.model"); });
  if (!model) {
    std::fprintf(stderr, "%s\n", to_string(model.error()).c_str());
    return 3;
  }
  const std::string version = model->sha256();
  const masudi::NetworkAnnotator annotator(*std::move(model), *kernels);
  std::string digests;
  for (int round = 0; round < repeat; ++round)
    for (const auto& article : articles) {
      std::vector<masudi::Sentence> copy = article;
      annotate.time([&] { annotator.annotate(copy); });
      if (round > 0) continue;
      std::string columns;
      for (const auto& sentence : copy)
        for (const auto& w : sentence.words)
          columns += w.lemma + '\t' + w.upos + '\t' + w.xpos + '\t' + w.feats + '\t' + std::to_string(w.head) + '\t' + w.deprel + '\t' + w.ner + '\n';
      digests += masudi::sha256_hex(columns);
    }
  const double held = resident_megabytes() - before;

  const auto line = [&](const char* name, double seconds, double rounds) {
    const double n = rounds / seconds;
    std::printf("%-28s %9.3f %12.0f %12.0f %8.2f\n", name, seconds, static_cast<double>(sentences) * n, static_cast<double>(words) * n,
                static_cast<double>(bytes) / 1e6 * n);
  };
  const double rounds = repeat;
  std::printf("%-28s %9s %12s %12s %8s\n", "stage", "seconds", "sentences/s", "words/s", "MB/s");
  line("segment, processor", segment.processor, 1);
  line("annotate, processor", annotate.processor, rounds);
  line("annotate, wall", annotate.wall, rounds);
  line("segment+annotate, processor", segment.processor + annotate.processor / rounds, 1);
  std::printf("articles %zu  sentences %llu  words %llu  model opened in %.1f ms  model and worker %.0f MB\n", articles.size(),
              static_cast<unsigned long long>(sentences), static_cast<unsigned long long>(words), open.processor * 1e3, held);
  const std::string digest = masudi::sha256_hex(digests).substr(0, 12);
  std::printf("path %s  compiler %s  model %.12s  digest %s\n", kernels->name, __VERSION__, version.c_str(), digest.c_str());
  if (!expect.empty() && expect != digest) {
    std::fprintf(stderr, "the annotations are not the expected ones: digest %s, expected %s\n", digest.c_str(), expect.c_str());
    return 1;
  }
  return 0;
}
