// Trains the boundary models, token.model and sentence.model, from the treebanks: build/train/bin/train --data ../shared/data --out models
// The language model is trained by train/neural.
// Fixed seeds, one thread: the same data give the same bytes.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "boundaries.h"
#include "masudi/annotate.h"

namespace {

namespace fs = std::filesystem;
using namespace masudi;

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

}  // namespace

int main(int argc, char** argv) {
  fs::path data = "../shared/data", out = "models";
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--data")
      data = argv[i + 1];
    else if (option == "--out")
      out = argv[i + 1];
    else {
      std::fprintf(stderr, "usage: train [--data FOLDER] [--out FOLDER]\n");
      return 2;
    }
  }
  fs::create_directories(out);
  std::vector<ConlluDocument> documents = documents_of(read_file(data / "ud/UD_English-EWT/en_ewt-ud-train.conllu"));
  for (auto& document : documents_of(read_file(data / "ud/UD_English-GUM/en_gum-ud-train.ccby.conllu"))) documents.push_back(std::move(document));
  std::size_t sentences = 0;
  for (const auto& document : documents) sentences += document.sentences.size();
  std::fprintf(stderr, "%zu documents, %zu sentences\n", documents.size(), sentences);
  masudi::train::train_boundaries(documents, read_file(fs::path(MASUDI_SOURCE) / "train" / "abbreviations.tsv"), out);
}
