// The segmenter: chunks between white space, tokens inside chunks, sentences over tokens.
#include "masudi/segment.h"

#include <algorithm>
#include <optional>

#include "boundaries.h"
#include "masudi/pool.h"

namespace masudi {

namespace {

constexpr std::size_t longest_sentence = 400;  // words; longer ones are lists and tables, cut so that no stage meets a sentence without end

/// Classes of the token model.
enum : std::uint32_t { same_token = 0, token_boundary = 1, word_boundary = 2 };

}  // namespace

namespace {

/// A chunk as the token model sees it by itself.
struct SeenChunk {
  struct Place {
    std::uint32_t offset = 0;  ///< from the chunk's first byte
    BoundaryPlace place;
    std::vector<std::int32_t> scores;  ///< of the features inside the chunk
  };
  std::string text;
  ChunkLook look;
  std::vector<Place> places;
};

/// Most chunks were seen before, and what the model says of them by themselves is most of finding the tokens. Of 16,384 places a chunk has one; who
/// comes later takes it. What is kept changes no result, only when it is computed. On bbc-raw five of six chunks are found, and the stage takes a
/// quarter less time.
class SeenChunks {
 public:
  const SeenChunk& of(std::string_view text, Chunk chunk, const LinearModel& model) {
    const std::string_view own = text.substr(chunk.begin, chunk.end - chunk.begin);
    const bool lasting =
        own.size() <= whole_chunk && std::all_of(own.begin(), own.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    SeenChunk& seen = lasting ? kept_[hash_text(own) % kept_.size()] : other_;
    if (lasting && seen.text == own) return seen;
    seen.text = lasting ? own : std::string_view();
    seen.look = look_of(text, chunk);
    seen.places.clear();
    for (const std::uint32_t at : inner_candidates(text, chunk)) {
      SeenChunk::Place place{at - chunk.begin, inner_features(text, chunk, at, features_), {}};
      model.score(features_, place.scores);
      seen.places.push_back(std::move(place));
    }
    return seen;
  }

 private:
  std::vector<SeenChunk> kept_{16384};
  SeenChunk other_;
  std::vector<Feature> features_;
};

}  // namespace

struct Segmenter::Impl {
  LinearModel token, sentence;
  mutable Pool<SeenChunks> seen;

  std::vector<RawToken> tokens_of(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<std::uint8_t>& joined) const;
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
  return Segmenter(std::unique_ptr<Impl>(new Impl{*std::move(token), *std::move(sentence), {}}));
}

/// The tokens, and of each whether it is `joined` with the one before it into a multiword token.
std::vector<RawToken> Segmenter::Impl::tokens_of(std::string_view text, std::uint32_t begin, std::uint32_t end,
                                                 std::vector<std::uint8_t>& joined) const {
  std::vector<RawToken> tokens;
  std::vector<Feature> features;
  std::vector<std::int32_t> scores;
  const std::vector<Chunk> chunks = chunks_of(text, begin, end);
  auto memory = seen.take([] { return std::make_unique<SeenChunks>(); });
  std::optional<ChunkLook> before;
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    const Chunk& chunk = chunks[c];
    RawToken current{chunk.begin, 0, chunk.breaks_before, true};
    bool is_joined = false;
    const auto close = [&](std::uint32_t at) {
      current.end = at;
      tokens.push_back(current);
      joined.push_back(is_joined ? 1 : 0);
    };
    const SeenChunk& seen_chunk = memory->of(text, chunk, token);
    std::optional<ChunkLook> behind;
    if (c + 1 < chunks.size() && !seen_chunk.places.empty()) behind = look_of(text, chunks[c + 1]);
    for (const SeenChunk::Place& place : seen_chunk.places) {
      features.clear();
      outer_features(place.place, before ? &*before : nullptr, behind ? &*behind : nullptr, behind ? chunks[c + 1].breaks_before : 0, features);
      token.score(features, scores);
      for (std::size_t s = 0; s < scores.size(); ++s) scores[s] += place.scores[s];
      const auto answer = LinearModel::best(scores);
      if (answer == same_token) continue;
      const std::uint32_t at = chunk.begin + place.offset;
      close(at);
      current = {at, 0, 0, false};
      is_joined = answer == word_boundary;
    }
    close(chunk.end);
    before = seen_chunk.look;
  }
  seen.give_back(std::move(memory));
  return tokens;
}

void Segmenter::Impl::segment(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<Sentence>& out) const {
  std::vector<std::uint8_t> joined;
  const std::vector<RawToken> tokens = tokens_of(text, begin, end, joined);
  std::vector<Feature> features;
  std::vector<std::int32_t> scores;
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
