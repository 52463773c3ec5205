// Trains the referee (lexicon/referee.tsv) from train/referee.tsv: sentences of ours, each with a word and the type that it tells there, or "none".
//
//   build/train/bin/train_referee --masudi-data build/train/share/masudi --sentences train/referee.tsv --out lexicon/referee.tsv
//
// What is seen of a word comes from the extractor itself, so that training and reading see the same. The samples of the words' own rows in
// lexicon/events.tsv are sentences too. For each word there is a logistic regression over its types, with "none" as the point that they are counted
// from; each weight is the word's own plus one that all words share, both drawn towards zero. Prints how many sentences are answered rightly by fits
// that have not seen them (a fifth is left out at a time, by the hash of the sentence), beside the rows alone and the word's most frequent answer.
// Without --out nothing is written. One thread, fixed order: the same sentences and the same engine give the same bytes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "extract/event_reader.h"
#include "masudi/pipeline.h"

namespace {

using namespace masudi;

constexpr int folds = 5, rounds = 500;
constexpr double own_strength = 2, shared_strength = 0.25, step = 0.05;  // of the pull towards zero; of a step of the descent
constexpr int least_points = 40;                                         // thousandths: smaller weights are not written
constexpr std::size_t least_sentences = 2;                               // a feature that fewer of a word's sentences have is no feature
const std::string every_word = "*";

struct Sample {
  std::string id, word, code, sentence;
};

/// A sentence as the regression sees it.
struct Example {
  Sample sample;
  std::string rows;  // what the rows say: a type, or "none"
  std::vector<RefereeFeature> features;
  std::vector<std::string> options;  // "none" first
  std::size_t answer = 0;            // of options
  int fold = 0;
};

[[noreturn]] void fail(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(3);
}

std::vector<Sample> read_samples(const std::string& path) {
  std::ifstream in(path);
  if (!in) fail(path + ": could not be read");
  std::vector<Sample> out;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    std::stringstream cut(line);
    for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
    if (cells.size() != 4)
      fail(path + ":" + std::to_string(number) + ": " + std::to_string(cells.size()) + " cells; expected id, word, code, sentence");
    if (cells[0] != "id") out.push_back({cells[0], cells[1], cells[2], cells[3]});
  }
  return out;
}

/// One weight: a word (or all), a feature, a type.
using Key = std::tuple<std::string, std::string, std::string>;

struct Model {
  std::map<Key, double> weights;

  double score(const Example& example, const std::string& option) const {
    if (option == Referee::none) return 0;
    double sum = 0;
    for (const auto& feature : example.features)
      for (const std::string& word : {every_word, example.sample.word})
        if (const auto found = weights.find({word, feature.name, option}); found != weights.end()) sum += found->second * feature.weight / 4.0;
    return sum;
  }
  std::size_t best(const Example& example) const {
    std::size_t best = 0;
    for (std::size_t i = 1; i < example.options.size(); ++i)
      if (score(example, example.options[i]) > score(example, example.options[best])) best = i;
    return best;
  }
};

/// Descends the penalised likelihood with Adam's steps over all examples at once.
Model fit(const std::vector<const Example*>& examples) {
  std::map<std::pair<std::string, std::string>, std::set<std::string>> seen;  // (word, feature) -> sentences
  for (const auto* example : examples)
    for (const auto& feature : example->features)
      for (const std::string& word : {every_word, example->sample.word}) seen[{word, feature.name}].insert(example->sample.sentence);
  std::map<Key, std::size_t> index;
  struct Term {
    std::size_t weight = 0;
    double value = 0;
  };
  std::vector<std::vector<std::vector<Term>>> terms;  // example, option, terms
  for (const auto* example : examples) {
    auto& of = terms.emplace_back();
    for (const auto& option : example->options) {
      auto& list = of.emplace_back();
      if (option == Referee::none) continue;
      for (const auto& feature : example->features)
        for (const std::string& word : {every_word, example->sample.word})
          if (seen.at({word, feature.name}).size() >= least_sentences)
            list.push_back({index.emplace(Key{word, feature.name, option}, index.size()).first->second, feature.weight / 4.0});
    }
  }
  std::vector<double> theta(index.size()), gradient(index.size()), mean(index.size()), square(index.size()), strength(index.size());
  for (const auto& [key, at] : index) strength[at] = std::get<0>(key) == every_word ? shared_strength : own_strength;
  for (int round = 1; round <= rounds; ++round) {
    for (std::size_t i = 0; i < theta.size(); ++i) gradient[i] = strength[i] * theta[i];
    for (std::size_t e = 0; e < examples.size(); ++e) {
      std::vector<double> scores;
      for (const auto& list : terms[e]) {
        double sum = 0;
        for (const auto& term : list) sum += theta[term.weight] * term.value;
        scores.push_back(sum);
      }
      const double top = *std::max_element(scores.begin(), scores.end());
      double total = 0;
      for (double& score : scores) total += score = std::exp(score - top);
      for (std::size_t o = 0; o < scores.size(); ++o) {
        const double error = scores[o] / total - (o == examples[e]->answer ? 1 : 0);
        for (const auto& term : terms[e][o]) gradient[term.weight] += error * term.value;
      }
    }
    for (std::size_t i = 0; i < theta.size(); ++i) {
      mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
      square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
      theta[i] -= step * (mean[i] / (1 - std::pow(0.9, round))) / (std::sqrt(square[i] / (1 - std::pow(0.999, round))) + 1e-8);
    }
  }
  Model out;
  for (const auto& [key, at] : index) out.weights[key] = theta[at];
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::string data, sentences = "train/referee.tsv", out;
  bool misses = false;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--misses") {
      misses = true;
    } else if (i + 1 < argc && (option == "--masudi-data" || option == "--sentences" || option == "--out")) {
      (option == "--out" ? out : option == "--sentences" ? sentences : data) = argv[++i];
    } else {
      std::fprintf(stderr, "usage: train_referee --masudi-data FOLDER [--sentences TSV] [--out TSV] [--misses]\n");
      return 2;
    }
  }
  const auto engine = Engine::open({data});
  if (!engine) fail(to_string(engine.error()));
  std::vector<Sample> samples = read_samples(sentences);
  std::set<std::string> words;
  for (const auto& sample : samples) words.insert(sample.word);
  const auto* knowledge = dynamic_cast<const EventKnowledge*>(engine->extract_rules().impl().events.get());
  const auto* table = engine->lexicon().table("events");
  if (knowledge == nullptr || table == nullptr) fail(data + ": a lexicon without events");
  std::map<std::string, std::vector<std::string>> options;
  for (const EventRow& row : knowledge->rows) {
    if (!words.count(row.word()) || std::any_of(row.needs.begin(), row.needs.end(), [](const auto& need) { return !need.types.empty(); })) continue;
    auto& of = options[row.word()];
    if (of.empty()) of.emplace_back(Referee::none);
    if (std::find(of.begin(), of.end(), row.type) == of.end()) of.push_back(row.type);
    samples.push_back({row.id, row.word(), row.type, std::string(engine->lexicon().find(row.id)->operator[]("sample"))});
  }
  std::vector<Example> examples;
  for (const auto& sample : samples) {
    const auto& of = options[sample.word];
    const auto answer = std::find(of.begin(), of.end(), sample.code);
    if (answer == of.end()) fail(sample.id + ": \"" + sample.code + "\" is no answer for \"" + sample.word + "\": no row of the word has that type");
    Document document;
    document.bytes = sample.sentence;
    document.metadata.language = "en";
    document.metadata.published = parse_iso_day("2024-03-06");
    auto reading = read(document, *engine);
    if (!reading) fail(sample.id + ": " + to_string(reading.error()));
    Extraction records;
    std::vector<RefereeCase> cases;
    extract_statements(reading->article, reading->analysis, *engine->extract_rules().impl().statements, records);
    extract_events(reading->article, reading->analysis, *knowledge, records, &cases);
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const auto& c) { return std::find(c.words.begin(), c.words.end(), sample.word) != c.words.end(); });
    if (found == cases.end()) {
      std::fprintf(stderr, "%s: no \"%s\" read in: %s\n", sample.id.c_str(), sample.word.c_str(), sample.sentence.c_str());
      continue;
    }
    Example example{sample, found->rows.empty() ? std::string(Referee::none) : found->rows, found->features, of, 0, 0};
    if (!found->rows.empty()) example.features.push_back({"rows=" + found->rows, 4});
    example.answer = static_cast<std::size_t>(answer - of.begin());
    example.fold = static_cast<int>(word_hash(sample.sentence) % folds);
    examples.push_back(std::move(example));
  }
  // How good: each sentence by a fit that has not seen it. Those of the lexicon's own rows are for learning only.
  struct Count {
    int all = 0, referee = 0, rows = 0, most = 0, asked = 0, asked_referee = 0, asked_rows = 0;
  };
  std::map<std::string, Count> counts;
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<const Example*> seen;
    std::map<std::string, std::map<std::string, int>> frequent;
    for (const auto& example : examples)
      if (example.fold != fold) {
        seen.push_back(&example);
        ++frequent[example.sample.word][example.sample.code];
      }
    const Model model = fit(seen);
    for (const auto& example : examples) {
      if (example.fold != fold || example.sample.id.starts_with("ev.")) continue;
      const auto& answers = frequent[example.sample.word];
      const auto most = std::max_element(answers.begin(), answers.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
      const std::size_t best = model.best(example);
      const bool right = best == example.answer, by_rows = example.rows == example.sample.code;
      for (const std::string& word : {example.sample.word, every_word}) {
        Count& count = counts[word];
        ++count.all;
        count.referee += right;
        count.rows += by_rows;
        count.most += most != answers.end() && most->first == example.sample.code;
        if (example.rows == Referee::none) continue;
        ++count.asked;
        count.asked_referee += right;
        count.asked_rows += by_rows;
      }
      if (misses && !right)
        std::printf("%s\t%s\tis %s, referee %s (%+.1f), rows %s\t%s\n", example.sample.id.c_str(), example.sample.word.c_str(),
                    example.sample.code.c_str(), example.options[best].c_str(), model.score(example, example.options[best]), example.rows.c_str(),
                    example.sample.sentence.c_str());
    }
  }
  std::printf("%-24s sentences  referee  rows  most frequent | rows fire  referee  rows\n", "word");
  const auto percent = [](int part, int all) { return all == 0 ? 0.0 : 100.0 * part / all; };
  for (const auto& [word, count] : counts)
    std::printf("%-24s %9d  %6.1f  %5.1f  %6.1f        | %8d  %6.1f  %5.1f\n", word.c_str(), count.all, percent(count.referee, count.all),
                percent(count.rows, count.all), percent(count.most, count.all), count.asked, percent(count.asked_referee, count.asked),
                percent(count.asked_rows, count.asked));
  if (out.empty()) return 0;
  std::vector<const Example*> all;
  for (const auto& example : examples) all.push_back(&example);
  std::map<std::pair<std::string, std::string>, std::string> rows;
  for (const auto& [key, weight] : fit(all).weights) {
    const long points = std::lround(weight * 1000);
    if (std::labs(points) < least_points) continue;
    auto& cell = rows[{std::get<0>(key), std::get<1>(key)}];
    cell += (cell.empty() ? "" : "|") + std::get<2>(key) + "=" + std::to_string(points);
  }
  std::ofstream file(out, std::ios::binary);
  file
      << "# What speaks for which sense of a word. Written by train/referee.cc out of train/referee.tsv: do not edit.\n"
         "# id       ref.WORD.FEATURE\n"
         "# word     as lemma/pos of events.tsv; * is every word that has rows here\n"
         "# feature  what is seen: a slot (subj, obj, mod, a preposition, under: what it hangs on, near: the sentence) with a lemma (=), a class of\n"
         "#          classes.tsv (@) or a sector (#); the word's own form (tag, as, det, aux, case, passive, ...); rows: what the rows say\n"
         "# points   thousandths of log odds for each type, counted from \"none\", that the word tells no event\n"
         "# sample   a sentence in which the row takes part\n"
         "id\tword\tfeature\tpoints\tsample\n";
  for (const auto& [key, cell] : rows)
    file << "ref." << key.first << "." << key.second << "\t" << key.first << "\t" << key.second << "\t" << cell << "\t\n";
  return file ? 0 : 3;
}
