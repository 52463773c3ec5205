#include "boundaries.h"

#include <map>
#include <sstream>

#include "common.h"
#include "segment/boundaries.h"

namespace masudi::train {

namespace {

constexpr unsigned dropout = 30;  // percent of the features left out of each example
constexpr int token_epochs = 8, sentence_epochs = 10;
constexpr std::uint32_t least_updates = 2;  // rows with fewer are left out
constexpr double smallest_weight = 0.03;

/// Leaves out features at random, so that none of them can carry a decision alone: rare words and shapes are new in a new text.
void thin_out(std::vector<Feature>& features, std::mt19937& random) {
  std::erase_if(features, [&](Feature) { return random() % 100 < dropout; });
}

/// How the same text may reach us. Byte positions stay as they are.
enum class Layout : std::uint8_t { as_it_is, as_it_is_2, as_it_is_3, as_it_is_4, one_line_a_paragraph, wrapped, wrapped_tight, other_case };

std::string laid_out(std::string text, Layout layout, std::mt19937& random) {
  const bool tight = layout == Layout::wrapped_tight;
  if (layout == Layout::one_line_a_paragraph || tight)  // no blank lines
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
      if (text[i] == '\n' && text[i + 1] == '\n') text[i] = ' ';
  if (layout == Layout::wrapped || tight) {
    const std::size_t width = 50 + random() % 50;
    std::size_t line = 0, blank = 0;  // where the line began, its last blank
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') {
        line = i + 1;
      } else if (text[i] == ' ' && !(i + 1 < text.size() && text[i + 1] == '\n')) {
        blank = i;
      }
      if (i - line >= width && blank > line) {
        text[blank] = '\n';
        line = blank + 1;
      }
    }
  }
  if (layout == Layout::other_case) {
    const bool upper = random() % 2 == 0;
    for (char& c : text) {
      if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
      if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return text;
}

/// Words as tokens of the text; `ends` says which end a sentence.
std::vector<RawToken> tokens_of(const ConlluDocument& document, const std::string& text, std::vector<bool>& ends) {
  std::vector<RawToken> tokens;
  for (const Sentence& s : document.sentences)
    for (std::size_t w = 0; w < s.words.size(); ++w) {
      RawToken t{s.words[w].span.begin, s.words[w].span.end, 0, tokens.empty()};
      for (std::uint32_t b = tokens.empty() ? 0 : tokens.back().end; b < t.begin; ++b) {
        t.space_before = true;
        if (text[b] == '\n') ++t.breaks_before;
      }
      tokens.push_back(t);
      ends.push_back(w + 1 == s.words.size());
    }
  return tokens;
}

/// Forms of each kind of abbreviation, from train/abbreviations.tsv.
class Abbreviations {
 public:
  explicit Abbreviations(const std::string& table) {
    std::istringstream in(table);
    for (std::string line; std::getline(in, line);)
      if (const auto tab = line.find('\t'); tab != std::string::npos && line[0] != '#') {
        kind_of_[line.substr(tab + 1)] = line.substr(0, tab);
        forms_[line.substr(0, tab)].push_back(line.substr(tab + 1));
      }
  }
  /// Another form of the same kind; empty where the form is no abbreviation of the table.
  std::string other(const std::string& form, std::mt19937& random) const {
    const auto kind = kind_of_.find(form);
    if (kind == kind_of_.end()) return "";
    const auto& forms = forms_.at(kind->second);
    return forms[random() % forms.size()];
  }

 private:
  std::map<std::string, std::string> kind_of_;
  std::map<std::string, std::vector<std::string>> forms_;
};

/// The document with other abbreviations in the place of its own: new text, spans moved.
ConlluDocument with_other_abbreviations(const ConlluDocument& document, const Abbreviations& abbreviations, std::mt19937& random) {
  ConlluDocument out = document;
  std::string text;
  std::uint32_t copied = 0;                                   // bytes of the old text
  std::vector<std::pair<std::uint32_t, std::int64_t>> moves;  // from this old position on, by so much
  for (Sentence& sentence : out.sentences)
    for (Word& word : sentence.words) {
      const std::string form = word.span.begin >= copied ? abbreviations.other(word.form, random) : "";
      if (form.empty()) continue;
      text += document.article.text.substr(copied, word.span.begin - copied) + form;
      copied = word.span.end;
      moves.emplace_back(copied, static_cast<std::int64_t>(text.size()) - copied);
      word.form = form;
    }
  text += document.article.text.substr(copied);
  out.article.text = std::move(text);
  const auto moved = [&](std::uint32_t at) {
    const auto next = std::upper_bound(moves.begin(), moves.end(), at, [](std::uint32_t value, const auto& move) { return value < move.first; });
    return next == moves.begin() ? at : static_cast<std::uint32_t>(at + std::prev(next)->second);
  };
  for (Sentence& sentence : out.sentences)
    for (Word& word : sentence.words) word.span = {moved(word.span.begin), moved(word.span.end)};
  return out;
}

/// Classes of the boundary behind each word that another follows without a blank: a token's end, or a word's inside a multiword token.
std::map<std::uint32_t, std::uint32_t> token_classes(const ConlluDocument& document) {
  std::map<std::uint32_t, std::uint32_t> out;
  for (const Sentence& sentence : document.sentences) {
    for (const Word& word : sentence.words) out[word.span.begin] = 1;
    for (const MultiwordToken& t : sentence.tokens)
      for (std::uint32_t w = t.first + 1; w < t.last; ++w) out[sentence.words[w].span.begin] = 2;
  }
  return out;
}

std::vector<std::size_t> numbers(std::size_t size) {
  std::vector<std::size_t> out(size);
  for (std::size_t i = 0; i < size; ++i) out[i] = i;
  return out;
}

/// One step of training; gives the class that the model would have chosen.
struct Step {
  Perceptron& model;
  Progress progress;
  std::vector<float> scores;
  std::uint64_t wrong = 0, all = 0;
  std::uint32_t learn(const std::vector<Feature>& features, std::uint32_t right) {
    const std::uint32_t guess = model.classify(features, scores);
    ++all;
    model.tick();
    if (guess != right) {
      ++wrong;
      model.update(features, right, guess);
    }
    return guess;
  }
  void epoch(int number) {
    progress.epoch(number, wrong, all);
    wrong = all = 0;
  }
};

Perceptron train_tokens(const std::vector<ConlluDocument>& documents, const Abbreviations& abbreviations) {
  std::mt19937 random(7);
  Perceptron model(3);
  Step step{model, {"token"}, {}};
  std::vector<Feature> features;
  std::vector<std::size_t> order = numbers(documents.size());
  for (int epoch = 1; epoch <= token_epochs; ++epoch) {
    shuffle(order, random);
    for (const std::size_t d : order) {
      const ConlluDocument document = random() % 2 == 0 ? documents[d] : with_other_abbreviations(documents[d], abbreviations, random);
      const std::string& text = document.article.text;
      const auto gold = token_classes(document);
      const std::vector<Chunk> chunks = chunks_of(text, 0, static_cast<std::uint32_t>(text.size()));
      for (std::size_t c = 0; c < chunks.size(); ++c)
        for (const std::uint32_t at : inner_candidates(text, chunks[c])) {
          token_features(text, chunks, c, at, features);
          thin_out(features, random);
          const auto found = gold.find(at);
          step.learn(features, found == gold.end() ? 0 : found->second);
        }
    }
    step.epoch(epoch);
  }
  return model;
}

Perceptron train_sentences(const std::vector<ConlluDocument>& documents, const Abbreviations& abbreviations) {
  std::mt19937 random(7);
  Perceptron model(2);
  Step step{model, {"sentence"}, {}};
  std::vector<Feature> features;
  std::vector<std::size_t> order = numbers(documents.size());
  for (int epoch = 1; epoch <= sentence_epochs; ++epoch) {
    shuffle(order, random);
    for (const std::size_t d : order) {
      const ConlluDocument document = random() % 2 == 0 ? documents[d] : with_other_abbreviations(documents[d], abbreviations, random);
      const std::string text = laid_out(document.article.text, epoch == 1 ? Layout::as_it_is : static_cast<Layout>(random() % 8), random);
      std::vector<bool> ends;
      const std::vector<RawToken> tokens = tokens_of(document, text, ends);
      const SentenceView view(text, tokens);
      for (std::size_t i = 0, first = 0; i + 1 < tokens.size(); ++i) {
        bool end = tokens[i + 1].breaks_before >= 2;
        if (!end && view.candidate(i)) {
          view.features(i, first, features);
          thin_out(features, random);
          end = step.learn(features, ends[i] ? 1 : 0) == 1;
        }
        if (end) first = i + 1;
      }
    }
    step.epoch(epoch);
  }
  return model;
}

}  // namespace

void train_boundaries(const std::vector<ConlluDocument>& documents, const std::string& abbreviations, const std::filesystem::path& out) {
  const Abbreviations table(abbreviations);
  write_model(out, "token", {"same", "token", "word"}, train_tokens(documents, table), least_updates, smallest_weight);
  write_model(out, "sentence", {"on", "end"}, train_sentences(documents, table), least_updates, smallest_weight);
}

}  // namespace masudi::train
