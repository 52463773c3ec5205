// The segmenter: chunks between white space, tokens inside chunks, sentences over tokens.
#include "masudi/segment.h"

#include <algorithm>

#include "boundaries.h"

namespace masudi {

namespace {

constexpr std::size_t longest_sentence = 400;  // words; longer ones are lists and tables, cut so that no stage meets a sentence without end

/// Classes of the token model.
enum : std::uint32_t { same_token = 0, token_boundary = 1, word_boundary = 2 };

}  // namespace

struct Segmenter::Impl {
  LinearModel token, sentence;

  void segment(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<Sentence>& out) const;
};

Segmenter::Segmenter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Segmenter::Segmenter(Segmenter&&) noexcept = default;
Segmenter& Segmenter::operator=(Segmenter&&) noexcept = default;
Segmenter::~Segmenter() = default;

Result<Segmenter> Segmenter::open(const std::string& folder) {
  auto token = LinearModel::open(folder + "/token.model");
  if (!token) return token.error();
  auto sentence = LinearModel::open(folder + "/sentence.model");
  if (!sentence) return sentence.error();
  if (token->classes().size() != 3 || sentence->classes().size() != 2)
    return Error{ErrorCode::corrupt_store, "not the classes of a boundary model", folder, {}};
  return Segmenter(std::unique_ptr<Impl>(new Impl{*std::move(token), *std::move(sentence)}));
}

void Segmenter::Impl::segment(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<Sentence>& out) const {
  std::vector<RawToken> tokens;
  std::vector<std::uint8_t> joined;  // with the token before it, in one multiword token
  std::vector<Feature> features;
  std::vector<std::int32_t> scores;
  const std::vector<Chunk> chunks = chunks_of(text, begin, end);
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    const Chunk& chunk = chunks[c];
    RawToken current{chunk.begin, 0, chunk.breaks_before, true};
    bool is_joined = false;
    const auto close = [&](std::uint32_t at) {
      current.end = at;
      tokens.push_back(current);
      joined.push_back(is_joined ? 1 : 0);
    };
    for (const std::uint32_t at : inner_candidates(text, chunk)) {
      token_features(text, chunks, c, at, features);
      const auto answer = token.classify(features, scores);
      if (answer == same_token) continue;
      close(at);
      current = {at, 0, 0, false};
      is_joined = answer == word_boundary;
    }
    close(chunk.end);
  }
  const SentenceView view(text, tokens);
  std::size_t first = 0;  // token of the current sentence
  Sentence current_sentence;
  bool starts_paragraph = true;
  const auto finish = [&] {
    if (current_sentence.words.empty()) return;
    current_sentence.span = {current_sentence.words.front().span.begin, current_sentence.words.back().span.end};
    current_sentence.starts_paragraph = starts_paragraph;
    out.push_back(std::move(current_sentence));
    current_sentence = {};
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const RawToken& t = tokens[i];
    const auto number = static_cast<std::uint32_t>(current_sentence.words.size());
    if (joined[i] != 0 && number > 0) {
      if (!current_sentence.tokens.empty() && current_sentence.tokens.back().last == number) {
        current_sentence.tokens.back().last = number + 1;
        current_sentence.tokens.back().span.end = t.end;
      } else {
        current_sentence.tokens.push_back({number - 1, number + 1, {current_sentence.words.back().span.begin, t.end}});
      }
    }
    Word word;
    word.span = {t.begin, t.end};
    word.form = text.substr(t.begin, t.end - t.begin);
    current_sentence.words.push_back(std::move(word));
    const bool last = i + 1 == tokens.size();
    const bool next_joined = !last && joined[i + 1] != 0;
    const bool new_paragraph = !last && tokens[i + 1].breaks_before >= 2;
    bool ends = last || new_paragraph || view.before_item(i) || (current_sentence.words.size() >= longest_sentence && !next_joined);
    if (!ends && !next_joined && view.candidate(i)) {
      view.features(i, first, features);
      ends = sentence.classify(features, scores) == 1;
    }
    if (ends) {
      finish();
      first = i + 1;
      starts_paragraph = new_paragraph;
    }
  }
}

std::vector<Sentence> Segmenter::segment(const Article& article) const {
  std::vector<Sentence> out;
  std::uint32_t at = 0;
  const auto size = static_cast<std::uint32_t>(article.text.size());
  for (const TextSpan excluded : article.excluded) {
    if (excluded.begin > at) impl_->segment(article.text, at, std::min(excluded.begin, size), out);
    at = std::max(at, std::min(excluded.end, size));
  }
  if (at < size) impl_->segment(article.text, at, size, out);
  return out;
}

std::vector<Sentence> Segmenter::segment(std::string_view text) const {
  std::vector<Sentence> out;
  impl_->segment(text, 0, static_cast<std::uint32_t>(text.size()), out);
  return out;
}

}  // namespace masudi
