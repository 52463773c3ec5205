// Trains every model of models/ from the treebanks and entity sets: build/train/bin/train --data ../shared/data --out models
// Fixed seeds, one thread: the same data give the same bytes.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "annotate/model_features.h"
#include "boundaries.h"
#include "common.h"
#include "masudi/annotate.h"
#include "perceptron.h"

namespace {

namespace fs = std::filesystem;
using namespace masudi;
using masudi::train::Perceptron;
using masudi::train::Progress;
using masudi::train::shuffle;
using masudi::train::write_model;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) {
    std::fprintf(stderr, "%s: could not be read\n", path.c_str());
    std::exit(3);
  }
  return out.str();
}

/// Numbers for names, in order of first sight.
class Names {
 public:
  std::uint32_t operator[](const std::string& name) {
    const auto [at, fresh] = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(name);
    return at->second;
  }
  const std::vector<std::string>& all() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
};

/// Documents of the treebanks: text and sentences, as from_conllu lays them out.
std::vector<ConlluDocument> documents_of(const std::string& conllu) {
  std::vector<ConlluDocument> out;
  std::size_t at = 0;
  while (at < conllu.size()) {
    std::size_t next = conllu.find("# newdoc", at + 1);
    if (next == std::string::npos) next = conllu.size();
    auto parsed = from_conllu(std::string_view(conllu).substr(at, next - at), {});
    if (!parsed) {
      std::fprintf(stderr, "%s\n", to_string(parsed.error()).c_str());
      std::exit(3);
    }
    out.push_back(*std::move(parsed));
    at = next;
  }
  return out;
}

struct Tagged {
  std::vector<Surface> surfaces;
  std::vector<std::uint32_t> tags;
};

std::string tag_name(const Word& word) { return word.upos + "|" + word.xpos; }

Perceptron train_tags(const std::vector<const Sentence*>& sentences, Names& names, int epochs, unsigned seed) {
  std::vector<std::vector<Surface>> surfaces;
  for (const Sentence* s : sentences)
    for (const Word& word : s->words) names[tag_name(word)];
  for (const Sentence* s : sentences) surfaces.push_back(surfaces_of(*s));
  Perceptron perceptron(names.size());
  std::mt19937 random(seed);
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<Feature> features;
  std::vector<float> scores;
  std::vector<std::uint32_t> tags;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    std::uint64_t wrong = 0, all = 0;
    shuffle(order, random);
    for (const std::size_t s : order) {
      tags.clear();
      for (std::size_t i = 0; i < surfaces[s].size(); ++i) {
        tag_features(surfaces[s], i, tags, features);
        const std::uint32_t right = names[tag_name(sentences[s]->words[i])], guess = perceptron.classify(features, scores);
        ++all;
        perceptron.tick();
        if (guess != right) {
          ++wrong;
          perceptron.update(features, right, guess);
        }
        tags.push_back(guess);
      }
    }
    Progress{"tag"}.epoch(epoch, wrong, all);
  }
  return perceptron;
}

std::vector<std::uint32_t> predict_tags(const Perceptron& perceptron, const std::vector<Surface>& surfaces) {
  std::vector<std::uint32_t> tags;
  std::vector<Feature> features;
  std::vector<float> scores;
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    tag_features(surfaces, i, tags, features);
    tags.push_back(perceptron.classify(features, scores));
  }
  return tags;
}

/// Tags of each sentence by a tagger that has not seen it: what the later models will meet.
std::vector<Tagged> jackknife(const std::vector<const Sentence*>& sentences, Names& names) {
  constexpr std::size_t folds = 4;
  std::vector<Tagged> out(sentences.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<const Sentence*> rest;
    for (std::size_t i = 0; i < sentences.size(); ++i)
      if (i % folds != fold) rest.push_back(sentences[i]);
    const Perceptron tagger = train_tags(rest, names, 4, static_cast<unsigned>(100 + fold));
    for (std::size_t i = fold; i < sentences.size(); i += folds) {
      out[i].surfaces = surfaces_of(*sentences[i]);
      out[i].tags = predict_tags(tagger, out[i].surfaces);
    }
  }
  return out;
}

void train_words(const std::vector<const Sentence*>& sentences, const std::vector<Tagged>& tagged, const Names& tag_names, const fs::path& out) {
  Names feats, lemmas;
  std::map<std::string, std::uint32_t> counts;
  for (const Sentence* s : sentences)
    for (const Word& word : s->words) {
      feats[word.feats.empty() ? "_" : word.feats];
      ++counts[lemma_rule(word.form, word.lemma)];
    }
  for (const auto& [rule, count] : counts)
    if (count >= 2) lemmas[rule];
  Perceptron feats_model(feats.size()), lemma_model(lemmas.size());
  std::vector<Feature> features;
  std::vector<float> scores;
  std::mt19937 random(11);
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  (void)tag_names;
  for (int epoch = 1; epoch <= 4; ++epoch) {
    std::uint64_t wrong_feats = 0, wrong_lemmas = 0, all = 0;
    shuffle(order, random);
    for (const std::size_t s : order)
      for (std::size_t i = 0; i < tagged[s].surfaces.size(); ++i) {
        const Word& word = sentences[s]->words[i];
        ++all;
        feats_features(tagged[s].surfaces, i, tagged[s].tags, features);
        const std::uint32_t right = feats[word.feats.empty() ? "_" : word.feats], guess = feats_model.classify(features, scores);
        feats_model.tick();
        if (guess != right) {
          ++wrong_feats;
          feats_model.update(features, right, guess);
        }
        const std::string rule = lemma_rule(word.form, word.lemma);
        if (counts[rule] < 2) continue;
        lemma_features(tagged[s].surfaces[i], tagged[s].tags[i], features);
        const std::uint32_t right_rule = lemmas[rule], guess_rule = lemma_model.classify(features, scores);
        lemma_model.tick();
        if (guess_rule == right_rule) continue;
        ++wrong_lemmas;
        lemma_model.update(features, right_rule, guess_rule);
      }
    Progress{"feats"}.epoch(epoch, wrong_feats, all);
    Progress{"lemma"}.epoch(epoch, wrong_lemmas, all);
  }
  write_model(out, "feats", feats.all(), feats_model, 2, 0.02);
  write_model(out, "lemma", lemmas.all(), lemma_model, 1, 0.02);
}

/// Arcs that each action would put out of reach (Goldberg and Nivre 2013, arc-hybrid).
struct Costs {
  int shift = 0, left = 0, right = 0;
};
Costs costs_of(const ParserState& state, const std::vector<std::int32_t>& gold) {
  const auto root = static_cast<std::int32_t>(state.size);
  const auto head = [&](std::int32_t w) { return w == root ? -2 : gold[static_cast<std::size_t>(w)]; };
  Costs out;
  const std::int32_t b0 = state.next;
  const std::int32_t s0 = state.stack.empty() ? -1 : state.stack.back(), s1 = state.stack.size() > 1 ? state.stack[state.stack.size() - 2] : -1;
  if (state.can_shift())
    for (std::size_t k = 0; k < state.stack.size(); ++k) {
      const std::int32_t w = state.stack[k];
      if (w != s0 && head(b0) == w) ++out.shift;
      if (head(w) == b0) ++out.shift;
    }
  if (s0 >= 0) {
    int dependents = 0;
    for (std::int32_t w = b0; w < root; ++w)
      if (head(w) == s0) ++dependents;
    out.left = out.right = dependents;
    if (head(s0) == s1 || head(s0) > b0) ++out.left;
    if (head(s0) >= b0) ++out.right;
  }
  return out;
}

void train_parser(const std::vector<const Sentence*>& sentences, const std::vector<Tagged>& tagged, const fs::path& out, int epochs) {
  Names labels, actions;
  for (const Sentence* s : sentences)
    for (const Word& word : s->words) labels[word.deprel];
  actions["S"];
  for (const auto& label : labels.all()) {
    actions["L " + label];
    actions["R " + label];
  }
  const auto left_of = [&](std::uint32_t label) { return actions["L " + labels.all()[label]]; };
  const auto right_of = [&](std::uint32_t label) { return actions["R " + labels.all()[label]]; };
  std::vector<std::pair<char, std::uint32_t>> kinds(actions.size());
  for (std::uint32_t l = 0; l < labels.size(); ++l) {
    kinds[left_of(l)] = {'L', l};
    kinds[right_of(l)] = {'R', l};
  }
  kinds[0] = {'S', 0};
  const std::uint32_t root_label = labels["root"];

  Perceptron perceptron(actions.size());
  std::mt19937 random(23);
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<Feature> features;
  std::vector<float> scores;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    std::uint64_t wrong = 0, all = 0;
    shuffle(order, random);
    for (const std::size_t s : order) {
      const auto n = sentences[s]->words.size();
      std::vector<std::int32_t> gold(n);
      std::vector<std::uint32_t> gold_label(n);
      for (std::size_t i = 0; i < n; ++i) {
        const Word& word = sentences[s]->words[i];
        gold[i] = word.head < 0 ? static_cast<std::int32_t>(n) : word.head;
        gold_label[i] = labels[word.deprel];
      }
      ParserState state(n);
      while (!state.done()) {
        parser_features(state, tagged[s].surfaces, tagged[s].tags, features);
        perceptron.score(features, scores);
        const Costs costs = costs_of(state, gold);
        const int none = 1 << 20;
        const int cheapest =
            std::min({state.can_shift() ? costs.shift : none, state.can_left() ? costs.left : none, state.can_right() ? costs.right : none});
        const std::int32_t s0 = state.stack.empty() ? -1 : state.stack.back();
        std::uint32_t best = UINT32_MAX, best_right = UINT32_MAX;
        for (std::uint32_t a = 0; a < kinds.size(); ++a) {
          const auto [kind, label] = kinds[a];
          if (kind == 'S' ? !state.can_shift() : kind == 'L' ? !state.can_left() : !state.can_right()) continue;
          const bool to_root = kind == 'L' && state.next == static_cast<std::int32_t>(n);
          if (kind != 'S' && to_root != (label == root_label)) continue;
          if (best == UINT32_MAX || scores[a] > scores[best]) best = a;
          const int cost = kind == 'S' ? costs.shift : kind == 'L' ? costs.left : costs.right;
          if (cost > cheapest) continue;
          // An arc of the tree must carry its label; an arc that is wrong anyway may carry any.
          const std::int32_t to = kind == 'L' ? state.next : state.stack.size() > 1 ? state.stack[state.stack.size() - 2] : -1;
          if (kind != 'S' && gold[static_cast<std::size_t>(s0)] == to && gold_label[static_cast<std::size_t>(s0)] != label) continue;
          if (best_right == UINT32_MAX || scores[a] > scores[best_right]) best_right = a;
        }
        if (best_right == UINT32_MAX) best_right = best;
        ++all;
        perceptron.tick();
        if (best != best_right && (kinds[best].first != kinds[best_right].first || scores[best] > scores[best_right] || best < best_right)) {
          ++wrong;
          perceptron.update(features, best_right, best);
        }
        // From the second epoch on the parser walks where it would go by itself, errors included.
        const std::uint32_t go = epoch > 1 && random() % 10 < 9 ? best : best_right;
        if (kinds[go].first == 'S')
          state.shift();
        else if (kinds[go].first == 'L')
          state.left(kinds[go].second);
        else
          state.right(kinds[go].second);
      }
    }
    Progress{"parse"}.epoch(epoch, wrong, all);
  }
  write_model(out, "parse", actions.all(), perceptron, 4, 0.03);
}

/// One sentence of a two-column entity file.
struct EntitySentence {
  Sentence sentence;
  std::vector<std::string> labels;
};

std::string entity_label(std::string label, const std::string& before) {
  if (label.size() < 3 || label[1] != '-') return "O";
  static const std::map<std::string, std::string> mapped = {
      {"PER", "PER"},          {"person", "PER"},         {"Person", "PER"},  {"politician", "PER"},  {"LOC", "LOC"},   {"location", "LOC"},
      {"Location", "LOC"},     {"country", "GPE"},        {"ORG", "ORG"},     {"corporation", "ORG"}, {"group", "ORG"}, {"organisation", "ORG"},
      {"Organisation", "ORG"}, {"politicalparty", "ORG"}, {"MISC", "MISC"},   {"misc", "MISC"},       {"event", "EVT"}, {"election", "EVT"},
      {"Nationality", "NORP"}, {"creative-work", "MISC"}, {"product", "MISC"}};
  const auto at = mapped.find(label.substr(2));
  if (at == mapped.end()) return "O";
  const bool inside = label[0] == 'I' && before.size() > 2 && before.substr(2) == at->second;
  return (inside ? "I-" : "B-") + at->second;
}

void read_entities(const fs::path& path, std::size_t form_column, std::size_t label_column, char separator, std::vector<EntitySentence>& out) {
  std::istringstream in(read_file(path));
  EntitySentence current;
  const auto finish = [&] {
    if (!current.labels.empty()) out.push_back(std::move(current));
    current = {};
  };
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#' || line.starts_with("-DOCSTART-")) {
      if (line.empty()) finish();
      continue;
    }
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; separator == '\t' ? static_cast<bool>(std::getline(parts, cell, '\t')) : static_cast<bool>(parts >> cell);)
      cells.push_back(cell);
    if (cells.size() <= std::max(form_column, label_column)) {
      finish();
      continue;
    }
    Word word;
    word.form = cells[form_column];
    if (const auto colon = word.form.find(':'); path.parent_path().filename() == "wikiann-en" && colon != std::string::npos)
      word.form = word.form.substr(colon + 1);
    current.sentence.words.push_back(word);
    current.labels.push_back(entity_label(cells[label_column], current.labels.empty() ? "" : current.labels.back()));
  }
  finish();
}

void train_entities(const fs::path& data, const Perceptron& tagger, const fs::path& out) {
  std::vector<EntitySentence> sentences;
  const fs::path ner = data / "ner";
  read_entities(ner / "uner-en_ewt/en_ewt-ud-train.iob2", 1, 2, '\t', sentences);
  read_entities(ner / "wikigold/CONLL-format/data/wikigold.conll.txt", 0, 1, ' ', sentences);
  read_entities(ner / "wnut17/wnut17train.conll", 0, 1, '\t', sentences);
  for (const char* part : {"train.txt", "dev.txt", "test.txt"}) read_entities(ner / "crossner/politics" / part, 0, 1, '\t', sentences);
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(ner / "re3d/CONLL-format/data-by-source/conll"))
    if (entry.path().extension() == ".conll" && entry.path().string().find("BBC_Online") == std::string::npos) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) read_entities(file, 0, 1, '\t', sentences);
  std::fprintf(stderr, "entity    %zu sentences\n", sentences.size());

  Names names;
  names["O"];
  for (const auto& s : sentences)
    for (const auto& label : s.labels) names[label];
  std::vector<Tagged> tagged;
  for (const auto& s : sentences) {
    Tagged t{surfaces_of(s.sentence), {}};
    t.tags = predict_tags(tagger, t.surfaces);
    tagged.push_back(std::move(t));
  }
  Perceptron perceptron(names.size());
  std::mt19937 random(31);
  std::vector<std::size_t> order(sentences.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<Feature> features;
  std::vector<float> scores;
  std::vector<std::uint32_t> entities;
  for (int epoch = 1; epoch <= 8; ++epoch) {
    std::uint64_t wrong = 0, all = 0;
    shuffle(order, random);
    for (const std::size_t s : order) {
      entities.clear();
      for (std::size_t i = 0; i < tagged[s].surfaces.size(); ++i) {
        entity_features(tagged[s].surfaces, i, tagged[s].tags, entities, features);
        const std::uint32_t right = names[sentences[s].labels[i]], guess = perceptron.classify(features, scores);
        ++all;
        perceptron.tick();
        if (guess != right) {
          ++wrong;
          perceptron.update(features, right, guess);
        }
        entities.push_back(epoch > 1 ? guess : right);
      }
    }
    Progress{"entity"}.epoch(epoch, wrong, all);
  }
  write_model(out, "entity", names.all(), perceptron, 2, 0.03);
}

}  // namespace

int main(int argc, char** argv) {
  fs::path data = "../shared/data", out = "models";
  int parser_epochs = 8;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--data")
      data = argv[i + 1];
    else if (option == "--out")
      out = argv[i + 1];
    else if (option == "--parser-epochs")
      parser_epochs = std::atoi(argv[i + 1]);
    else {
      std::fprintf(stderr, "usage: train [--data FOLDER] [--out FOLDER] [--parser-epochs N]\n");
      return 2;
    }
  }
  fs::create_directories(out);
  std::vector<ConlluDocument> documents = documents_of(read_file(data / "ud/UD_English-EWT/en_ewt-ud-train.conllu"));
  for (auto& document : documents_of(read_file(data / "ud/UD_English-GUM/en_gum-ud-train.ccby.conllu"))) documents.push_back(std::move(document));
  std::vector<const Sentence*> sentences;
  for (const auto& document : documents)
    for (const Sentence& sentence : document.sentences) sentences.push_back(&sentence);
  std::fprintf(stderr, "%zu documents, %zu sentences\n", documents.size(), sentences.size());
  masudi::train::train_boundaries(documents, read_file(fs::path(MASUDI_SOURCE) / "train" / "abbreviations.tsv"), out);

  Names tag_names;
  for (const Sentence* s : sentences)
    for (const Word& word : s->words) tag_names[tag_name(word)];
  const std::vector<Tagged> tagged = jackknife(sentences, tag_names);
  const Perceptron tagger = train_tags(sentences, tag_names, 6, 5);
  write_model(out, "tag", tag_names.all(), tagger, 2, 0.03);
  train_words(sentences, tagged, tag_names, out);
  train_entities(data, tagger, out);
  train_parser(sentences, tagged, out, parser_epochs);
}
