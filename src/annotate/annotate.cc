// The annotator: tags, then what follows from them, then entities and the tree; each a linear model over hashed features.
#include "masudi/annotate.h"

#include "model_features.h"

namespace masudi {

struct Annotator::Impl {
  LinearModel tag, feats, lemma, entity, parse;
  std::string version;
  std::vector<std::pair<std::string, std::string>> tags;  ///< upos, xpos by class of `tag`
  /// Class numbers of the parser: shift, then left and right by label number.
  std::uint32_t shift = 0;
  struct Action {
    char kind = 'S';
    std::uint32_t label = 0;
  };
  std::vector<Action> actions;
  std::vector<std::string> labels;
};

Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::open(const std::string& folder) {
  auto tag = LinearModel::open(folder + "/tag.model");
  if (!tag) return tag.error();
  auto feats = LinearModel::open(folder + "/feats.model");
  if (!feats) return feats.error();
  auto lemma = LinearModel::open(folder + "/lemma.model");
  if (!lemma) return lemma.error();
  auto entity = LinearModel::open(folder + "/entity.model");
  if (!entity) return entity.error();
  auto parse = LinearModel::open(folder + "/parse.model");
  if (!parse) return parse.error();
  std::string all;
  for (const auto* model : {&*tag, &*feats, &*lemma, &*entity, &*parse}) all += model->sha256() + "\n";
  auto impl = std::unique_ptr<Impl>(
      new Impl{*std::move(tag), *std::move(feats), *std::move(lemma), *std::move(entity), *std::move(parse), sha256_hex(all), {}, 0, {}, {}});
  for (const std::string& name : impl->tag.classes()) {
    const auto bar = name.find('|');
    impl->tags.emplace_back(name.substr(0, bar), bar == std::string::npos ? "" : name.substr(bar + 1));
  }
  for (std::uint32_t c = 0; c < impl->parse.classes().size(); ++c) {
    const std::string& name = impl->parse.classes()[c];  // "S", "L nsubj", "R obj"
    Impl::Action action;
    if (name.size() > 2) {
      action.kind = name[0];
      const std::string label = name.substr(2);
      while (action.label < impl->labels.size() && impl->labels[action.label] != label) ++action.label;
      if (action.label == impl->labels.size()) impl->labels.push_back(label);
    } else {
      impl->shift = c;
    }
    impl->actions.push_back(action);
  }
  return Annotator(std::move(impl));
}

namespace {

struct Scratch {
  std::vector<Feature> features;
  std::vector<std::int32_t> scores;
};

}  // namespace

void Annotator::annotate(std::vector<Sentence>& sentences) const {
  const Impl& m = *impl_;
  Scratch scratch;
  std::vector<std::uint32_t> tags, entities;
  for (Sentence& sentence : sentences) {
    const std::size_t n = sentence.words.size();
    const std::vector<Surface> surfaces = surfaces_of(sentence);
    tags.clear();
    for (std::size_t i = 0; i < n; ++i) {
      tag_features(surfaces, i, tags, scratch.features);
      tags.push_back(m.tag.classify(scratch.features, scratch.scores));
    }
    entities.clear();
    for (std::size_t i = 0; i < n; ++i) {
      Word& word = sentence.words[i];
      word.upos = m.tags[tags[i]].first;
      word.xpos = m.tags[tags[i]].second;
      feats_features(surfaces, i, tags, scratch.features);
      const std::string& feats = m.feats.classes()[m.feats.classify(scratch.features, scratch.scores)];
      word.feats = feats == "_" ? "" : feats;
      lemma_features(surfaces[i], tags[i], scratch.features);
      word.lemma = apply_lemma_rule(word.form, m.lemma.classes()[m.lemma.classify(scratch.features, scratch.scores)]);
      entity_features(surfaces, i, tags, entities, scratch.features);
      entities.push_back(m.entity.classify(scratch.features, scratch.scores));
      word.ner = m.entity.classes()[entities[i]];
      if (word.ner.starts_with("I-") && (i == 0 || sentence.words[i - 1].ner == "O" || sentence.words[i - 1].ner.substr(2) != word.ner.substr(2)))
        word.ner[0] = 'B';
    }
    ParserState state(n);
    while (!state.done()) {
      parser_features(state, surfaces, tags, scratch.features);
      m.parse.score(scratch.features, scratch.scores);
      std::size_t best = m.actions.size();
      for (std::size_t c = 0; c < m.actions.size(); ++c) {
        const char kind = m.actions[c].kind;
        if (kind == 'S' ? !state.can_shift() : kind == 'L' ? !state.can_left() : !state.can_right()) continue;
        // The root relation is the root's alone.
        const bool to_root = kind == 'L' && state.next == static_cast<std::int32_t>(n);
        if (kind != 'S' && to_root != (m.labels[m.actions[c].label] == "root")) continue;
        if (best == m.actions.size() || scratch.scores[c] > scratch.scores[best]) best = c;
      }
      if (best == m.actions.size()) break;
      if (m.actions[best].kind == 'S')
        state.shift();
      else if (m.actions[best].kind == 'L')
        state.left(m.actions[best].label);
      else
        state.right(m.actions[best].label);
    }
    for (std::size_t i = 0; i < n; ++i) {
      Word& word = sentence.words[i];
      const bool root = state.head[i] < 0 || state.head[i] == static_cast<std::int32_t>(n);
      word.head = root ? -1 : state.head[i];
      word.deprel = root ? "root" : m.labels[state.label[i]];
    }
  }
}

const std::string& Annotator::version() const { return impl_->version; }

}  // namespace masudi
