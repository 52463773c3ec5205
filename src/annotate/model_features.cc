#include "model_features.h"

#include <algorithm>

namespace masudi {

namespace {

constexpr Feature outside = 0x0E0E0E0E0E0E0E0EULL;  // stands for a word beyond either end

Feature shape_of(std::string_view form) {
  Feature h = 17;
  char last = 0;
  int run = 0;
  for (const char c : form) {
    const auto byte = static_cast<unsigned char>(c);
    const char kind = byte >= 'A' && byte <= 'Z' ? 'X' : byte >= 'a' && byte <= 'z' ? 'x' : byte >= '0' && byte <= '9' ? 'd' : byte >= 0x80 ? 'u' : c;
    run = kind == last ? run + 1 : 0;
    last = kind;
    if (run < 2) h = mix(h, static_cast<unsigned char>(kind));
  }
  return h;
}

const Surface& at(const std::vector<Surface>& words, std::ptrdiff_t i) {
  static const Surface none{outside, outside, outside, {}, {}};
  return i < 0 || i >= static_cast<std::ptrdiff_t>(words.size()) ? none : words[static_cast<std::size_t>(i)];
}

Feature tag_at(const std::vector<std::uint32_t>& tags, std::ptrdiff_t i) {
  return i < 0 || i >= static_cast<std::ptrdiff_t>(tags.size()) ? outside : tags[static_cast<std::size_t>(i)] + 1;
}

/// Collects features, numbering the templates in the order of the calls.
class Templates {
 public:
  explicit Templates(std::vector<Feature>& out) : out_(out) { out_.clear(); }
  void add(Feature a) { out_.push_back(mix(feature(number_++), a)); }
  void add(Feature a, Feature b) { out_.push_back(mix(mix(feature(number_++), a), b)); }
  void add(Feature a, Feature b, Feature c) { out_.push_back(mix(mix(mix(feature(number_++), a), b), c)); }
  void add(Feature a, Feature b, Feature c, Feature d) { out_.push_back(mix(mix(mix(mix(feature(number_++), a), b), c), d)); }

 private:
  std::vector<Feature>& out_;
  unsigned number_ = 0;
};

}  // namespace

Surface surface_of(std::string_view form) {
  Surface out;
  const std::string lower = ascii_lower(form);
  out.form = hash_text(form);
  out.lower = hash_text(lower);
  out.shape = shape_of(form);
  for (std::size_t n = 1; n <= out.suffix.size(); ++n)
    out.suffix[n - 1] = hash_text(std::string_view(lower).substr(lower.size() > n ? lower.size() - n : 0));
  for (std::size_t n = 1; n <= out.prefix.size(); ++n) out.prefix[n - 1] = hash_text(std::string_view(lower).substr(0, n));
  return out;
}

std::vector<Surface> surfaces_of(const Sentence& sentence) {
  std::vector<Surface> out;
  out.reserve(sentence.words.size());
  for (const Word& word : sentence.words) out.push_back(surface_of(word.form));
  return out;
}

void tag_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out) {
  const auto n = static_cast<std::ptrdiff_t>(i);
  const Surface &w = words[i], &p = at(words, n - 1), &pp = at(words, n - 2), &f = at(words, n + 1), &ff = at(words, n + 2);
  const Feature t1 = n >= 1 ? tags[i - 1] + 1 : outside, t2 = n >= 2 ? tags[i - 2] + 1 : outside;
  Templates t(out);
  t.add(0);
  t.add(w.form);
  t.add(w.lower);
  t.add(w.shape, n == 0 ? 1 : 0);
  for (const Feature s : w.suffix) t.add(s);
  for (const Feature s : w.prefix) t.add(s);
  t.add(w.suffix[2], w.shape);
  t.add(t1);
  t.add(t1, t2);
  t.add(t1, w.lower);
  t.add(t1, w.suffix[2]);
  t.add(t1, f.lower);
  t.add(t1, t2, w.suffix[1]);
  t.add(p.lower);
  t.add(pp.lower);
  t.add(p.lower, w.lower);
  t.add(p.lower, t2);
  t.add(f.lower);
  t.add(f.suffix[2]);
  t.add(f.suffix[1], w.suffix[2]);
  t.add(f.shape, w.shape);
  t.add(f.lower, w.lower);
  t.add(ff.lower);
  t.add(p.suffix[2], w.suffix[2]);
  t.add(f.lower, ff.lower);
  t.add(p.lower, f.lower);
  t.add(w.shape, p.shape, f.shape);
}

void feats_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out) {
  const auto n = static_cast<std::ptrdiff_t>(i);
  const Surface& w = words[i];
  const Feature tag = tag_at(tags, n), before = tag_at(tags, n - 1), after = tag_at(tags, n + 1);
  Templates t(out);
  t.add(tag);
  t.add(tag, w.lower);
  t.add(tag, w.suffix[1]);
  t.add(tag, w.suffix[2]);
  t.add(tag, w.shape);
  t.add(tag, before);
  t.add(tag, after);
  t.add(tag, before, tag_at(tags, n - 2));
  t.add(tag, w.lower, at(words, n - 1).lower);
  t.add(tag, w.lower, at(words, n + 1).lower);
  t.add(tag, at(words, n - 1).lower);
}

void lemma_features(const Surface& word, std::uint32_t tag, std::vector<Feature>& out) {
  Templates t(out);
  t.add(tag, word.form);
  t.add(tag, word.lower);
  t.add(tag, word.shape);
  for (const Feature s : word.suffix) t.add(tag, s);
  t.add(tag, word.suffix[3], word.prefix[3]);
  t.add(tag, word.suffix[2], word.shape);
}

void entity_features(const std::vector<Surface>& words, std::size_t i, const std::vector<std::uint32_t>& tags,
                     const std::vector<std::uint32_t>& entities, std::vector<Feature>& out) {
  const auto n = static_cast<std::ptrdiff_t>(i);
  const Surface &w = words[i], &p = at(words, n - 1), &pp = at(words, n - 2), &f = at(words, n + 1), &ff = at(words, n + 2);
  const Feature e1 = n >= 1 ? entities[i - 1] + 1 : outside, e2 = n >= 2 ? entities[i - 2] + 1 : outside;
  const Feature tag = tag_at(tags, n), before = tag_at(tags, n - 1), after = tag_at(tags, n + 1);
  Templates t(out);
  t.add(0);
  t.add(w.form);
  t.add(w.lower);
  t.add(w.shape, n == 0 ? 1 : 0);
  for (const Feature s : w.suffix) t.add(s);
  for (const Feature s : w.prefix) t.add(s);
  t.add(tag);
  t.add(tag, before);
  t.add(tag, after);
  t.add(e1);
  t.add(e1, e2);
  t.add(e1, tag);
  t.add(e1, w.form);
  t.add(e1, w.shape);
  t.add(e1, p.lower);
  t.add(e1, f.lower);
  t.add(p.lower);
  t.add(p.shape, w.shape);
  t.add(p.lower, w.shape);
  t.add(p.form, w.form);
  t.add(pp.lower);
  t.add(f.lower);
  t.add(f.shape, w.shape);
  t.add(f.lower, w.shape);
  t.add(f.form, w.form);
  t.add(ff.lower);
  t.add(f.suffix[2], w.shape);
  t.add(p.suffix[2], w.shape);
  t.add(w.shape, p.shape, f.shape);
  t.add(w.suffix[3], w.shape);
}

ParserState::ParserState(std::size_t words)
    : size(words),
      head(words, -1),
      label(words, 0),
      left1(words + 1, -1),
      left2(words + 1, -1),
      right1(words + 1, -1),
      right2(words + 1, -1),
      left_count(words + 1, 0),
      right_count(words + 1, 0) {}

void ParserState::shift() { stack.push_back(next++); }

void ParserState::left(std::uint32_t relation) {
  attach(stack.back(), next, relation);
  stack.pop_back();
}

void ParserState::right(std::uint32_t relation) {
  attach(stack.back(), stack[stack.size() - 2], relation);
  stack.pop_back();
}

void ParserState::attach(std::int32_t dependent, std::int32_t to, std::uint32_t relation) {
  const auto d = static_cast<std::size_t>(dependent), h = static_cast<std::size_t>(to);
  head[d] = to;
  label[d] = relation;
  auto& count = dependent < to ? left_count[h] : right_count[h];
  count = static_cast<std::uint8_t>(std::min(count + 1, 7));
  auto& outer = dependent < to ? left1[h] : right1[h];
  (dependent < to ? left2[h] : right2[h]) = outer;
  outer = dependent;
}

void parser_features(const ParserState& state, const std::vector<Surface>& words, const std::vector<std::uint32_t>& tags, std::vector<Feature>& out) {
  const auto root = static_cast<std::int32_t>(state.size);
  struct Node {
    std::int32_t i;
    Feature form, tag, label;
  };
  const auto node = [&](std::int32_t i) -> Node {
    if (i < 0) return {-1, outside, outside, outside};
    if (i == root) return {i, outside + 1, outside + 1, outside + 1};
    const auto u = static_cast<std::size_t>(i);
    return {i, words[u].lower, tags[u] + 1, state.head[u] < 0 ? outside : state.label[u] + 1};
  };
  const auto below = [&](std::size_t depth) { return node(state.stack.size() > depth ? state.stack[state.stack.size() - 1 - depth] : -1); };
  const auto ahead = [&](std::int32_t k) { return node(state.next + k <= root ? state.next + k : -1); };
  const auto child = [&](const std::vector<std::int32_t>& list, const Node& of) {
    return node(of.i < 0 ? -1 : list[static_cast<std::size_t>(of.i)]);
  };
  const auto valency = [&](const std::vector<std::uint8_t>& list, const Node& of) {
    return of.i < 0 ? Feature{9} : Feature{list[static_cast<std::size_t>(of.i)]};
  };
  const Node s0 = below(0), s1 = below(1), s2 = below(2), b0 = ahead(0), b1 = ahead(1), b2 = ahead(2);
  const Node s0l = child(state.left1, s0), s0l2 = child(state.left2, s0), s0r = child(state.right1, s0), s0r2 = child(state.right2, s0);
  const Node s1l = child(state.left1, s1), s1r = child(state.right1, s1), s1r2 = child(state.right2, s1), b0l = child(state.left1, b0),
             b0l2 = child(state.left2, b0);
  const Feature far = s0.i < 0 ? 0 : static_cast<Feature>(std::min(b0.i - s0.i, 10)),
                gap = s1.i < 0 ? 0 : static_cast<Feature>(std::min(s0.i - s1.i, 10));
  const Feature s0v = valency(state.left_count, s0) * 16 + valency(state.right_count, s0), b0v = valency(state.left_count, b0);
  const Feature s1v = valency(state.left_count, s1) * 16 + valency(state.right_count, s1);
  const auto suffix = [&](const Node& of) { return of.i < 0 || of.i == root ? outside : words[static_cast<std::size_t>(of.i)].suffix[2]; };

  Templates t(out);
  t.add(0);
  for (const Node* n : {&s0, &s1, &s2, &b0, &b1, &b2}) {
    t.add(n->form);
    t.add(n->tag);
    t.add(n->form, n->tag);
  }
  t.add(suffix(s0));
  t.add(suffix(b0));
  t.add(s0.form, b0.form);
  t.add(s0.form, b0.tag);
  t.add(s0.tag, b0.form);
  t.add(s0.tag, b0.tag);
  t.add(s0.form, s0.tag, b0.tag);
  t.add(s0.tag, b0.form, b0.tag);
  t.add(s0.form, s0.tag, b0.form, b0.tag);
  t.add(s1.form, s0.form);
  t.add(s1.form, s0.tag);
  t.add(s1.tag, s0.form);
  t.add(s1.tag, s0.tag);
  t.add(s1.form, s1.tag, s0.tag);
  t.add(s1.tag, s0.form, s0.tag);
  t.add(s1.form, s1.tag, s0.form, s0.tag);
  t.add(s0.tag, b0.tag, b1.tag);
  t.add(s1.tag, s0.tag, b0.tag);
  t.add(s2.tag, s1.tag, s0.tag);
  t.add(b0.tag, b1.tag, b2.tag);
  t.add(b0.tag, b1.tag);
  t.add(s1.tag, s0.tag, b0.tag, b1.tag);
  t.add(s1.form, s0.tag, b0.tag);
  t.add(s1.tag, s0.form, b0.tag);
  t.add(s1.tag, s0.tag, b0.form);
  t.add(s0.tag, b0.form, b1.tag);
  t.add(s0.form, b0.tag, b1.tag);
  for (const Node* n : {&s0l, &s0r, &s1l, &s1r, &b0l, &s0l2, &s0r2, &b0l2, &s1r2}) {
    t.add(n->label);
    t.add(n->form, n->label);
    t.add(n->tag, n->label);
  }
  t.add(s0.tag, s0l.tag, b0.tag);
  t.add(s0.tag, s0r.tag, b0.tag);
  t.add(s0.tag, b0l.tag, b0.tag);
  t.add(s1.tag, s1r.tag, s0.tag);
  t.add(s1.tag, s1l.tag, s0.tag);
  t.add(s1.tag, s0l.tag, s0.tag);
  t.add(s1.tag, s0r.tag, s0.tag);
  t.add(s0.form, s0l.label, s0r.label);
  t.add(s0.tag, s0l.label, s0l2.label);
  t.add(s0.tag, s0r.label, s0r2.label);
  t.add(s1.tag, s1r.label, s1r2.label);
  t.add(b0.tag, b0l.label, b0l2.label);
  t.add(s0.form, far);
  t.add(s0.tag, far);
  t.add(b0.tag, far);
  t.add(b0.form, far);
  t.add(s0.tag, b0.tag, far);
  t.add(s1.tag, s0.tag, gap);
  t.add(s1.form, gap);
  t.add(s0.form, gap);
  t.add(s0.form, s0v);
  t.add(s0.tag, s0v);
  t.add(s1.tag, s1v);
  t.add(s1.form, s1v);
  t.add(b0.tag, b0v);
  t.add(b0.form, b0v);
  t.add(s0.tag, s0.label, b0.tag);
}

}  // namespace masudi
