#include "network.h"

#include <algorithm>
#include <limits>

namespace masudi {

namespace {

using std::int32_t;
using std::size_t;
using std::uint32_t;
using std::uint8_t;

constexpr int32_t never = -(1 << 30);  // below every sum of an arc: LanguageModel bounds them

std::size_t input_stride(size_t columns) { return round_up(columns, Matrix::quad); }

/// One article's pass: what the steps share.
struct Pass {
  const NetworkWeights& w;
  const Kernels& k;
  NetworkRun& run;
  std::span<const uint32_t> lengths;
  size_t words = 0;

  size_t state_stride() const { return 2 * w.units; }
  size_t layer_stride() const { return input_stride(2 * w.units); }
  size_t arc_units() const { return w.arc.rows(); }
  size_t arc_stride() const { return input_stride(arc_units()); }

  void mark_sentences();
  void layer(size_t number, FirstLayer& first_layer);
  void heads();
  void trees();
  void whole_tree(size_t begin, size_t n, size_t head_row);
  void windowed_tree(size_t begin, size_t n, size_t head_row);
  void score_block(size_t begin, size_t head_row, size_t first, size_t count, size_t from, size_t to, bool root);
  void relations();
  void entities();
};

void Pass::mark_sentences() {
  run.begins.assign(words, 0);
  run.ends.assign(words, 0);
  size_t at = 0;
  for (const uint32_t n : lengths) {
    run.begins[at] = 1;
    at += n;
    run.ends[at - 1] = 1;
  }
}

void Pass::layer(size_t number, FirstLayer& first_layer) {
  const NetworkWeights::Layer& layer = w.layers[number];
  const size_t units = w.units, sums_stride = round_up(3 * units, Matrix::panel);
  run.sums.need(words_at_once * sums_stride);
  run.memory.need(units);
  run.pointers.resize(words);
  for (size_t d = 0; d < 2; ++d) {
    const NetworkWeights::Direction& weights = layer.direction[d];
    Recurrence r;
    r.units = units;
    r.scale_u = weights.scale.data();
    r.scale_f = r.scale_u + units;
    r.scale_r = r.scale_f + units;
    r.scale_skip = number == 0 ? r.scale_r + units : nullptr;
    r.bias_f = weights.bias.data();
    r.bias_r = r.bias_f + units;
    r.peep_f = weights.peep.data();
    r.peep_r = r.peep_f + units;
    r.inverse = layer.out_inverse;
    for (size_t done = 0; done < words; done += words_at_once) {
      const size_t count = std::min(words_at_once, words - done);
      const size_t first = d == 0 ? done : words - done - count;
      if (number == 0) {
        first_layer.sums(first, first + count, run.pointers.data() + first);
        for (size_t t = first; t < first + count; ++t) run.pointers[t] += d * 4 * units;
      } else {
        k.multiply(run.inputs.data() + first * layer_stride(), layer_stride(), count, weights.weight, Inputs::shifted, run.sums.data(), sums_stride);
        for (size_t t = 0; t < count; ++t) run.pointers[first + t] = run.sums.data() + t * sums_stride;
      }
      const size_t start = d == 0 ? first : first + count - 1;
      k.recur(r, static_cast<std::ptrdiff_t>(start), d == 0 ? 1 : -1, count, run.pointers.data(), d == 0 ? run.begins.data() : run.ends.data(),
              run.memory.data(), run.state.data() + d * units, state_stride(), run.outputs.data() + d * units, layer_stride());
    }
  }
  std::swap(run.inputs, run.outputs);
}

void Pass::heads() {
  const size_t sums_stride = w.heads.weight.padded_rows(), lemma_stride = input_stride(w.lemma_hidden.rows),
               rules_stride = w.lemma.weight.padded_rows();
  const size_t middle_stride = w.arc.padded_rows(), relation_units = w.relation_root.size();
  run.sums.need(words_at_once * std::max({sums_stride, rules_stride, middle_stride}));
  run.hidden.need(words_at_once * lemma_stride);
  run.values.need(std::max({w.arc_dependent.rows, w.arc_head.rows, w.lemma_hidden.rows}));
  run.arc_dependents.need(words_at_once * arc_stride());
  run.arc_middle.need(words * arc_units());
  run.arc_heads.need((words + lengths.size()) * arc_stride());
  run.relation_dependents.need(words * relation_units);
  run.relation_heads.need(words * relation_units);
  run.entities.need(words * w.entity_stride);
  run.tag.resize(words);
  run.feats.resize(words);
  run.lemma.resize(words);
  run.relation.resize(words);
  run.entity.resize(words);
  run.head.resize(words);

  const auto scale_of = [&](const NetworkWeights::Part& part) { return w.heads.scale.data() + part.first; };
  const auto bias_of = [&](const NetworkWeights::Part& part) { return w.heads.bias.data() + part.first; };
  const auto best = [&](const int32_t* sums, const NetworkWeights::Part& part) {
    return k.best(sums + part.first, scale_of(part), bias_of(part), part.rows);
  };
  const auto rescale = [&](const int32_t* sums, const NetworkWeights::Part& part, float* out) {
    k.rescale(sums + part.first, scale_of(part), bias_of(part), part.rows, out);
  };
  size_t head_row = 0;  // each sentence's rows follow one for the root
  for (size_t first = 0; first < words; first += words_at_once) {
    const size_t count = std::min(words_at_once, words - first);
    k.multiply(run.inputs.data() + first * layer_stride(), layer_stride(), count, w.heads.weight, Inputs::shifted, run.sums.data(), sums_stride);
    for (size_t i = 0; i < count; ++i) {
      const size_t word = first + i;
      const int32_t* sums = run.sums.data() + i * sums_stride;
      run.tag[word] = best(sums, w.tag);
      run.feats[word] = best(sums, w.feats);
      if (run.begins[word] != 0) std::copy(w.arc_root.begin(), w.arc_root.end(), run.arc_heads.data() + head_row++ * arc_stride());
      rescale(sums, w.arc_head, run.values.data());
      k.activate(run.values.data(), nullptr, w.head_inverse, w.arc_head.rows, run.arc_heads.data() + head_row++ * arc_stride());
      rescale(sums, w.arc_dependent, run.values.data());
      k.activate(run.values.data(), nullptr, w.dependent_inverse, w.arc_dependent.rows, run.arc_dependents.data() + i * arc_stride());
      rescale(sums, w.lemma_hidden, run.values.data());
      k.activate(run.values.data(), nullptr, w.lemma_inverse, w.lemma_hidden.rows, run.hidden.data() + i * lemma_stride);
      rescale(sums, w.relation_dependent, run.relation_dependents.data() + word * relation_units);
      rescale(sums, w.relation_head, run.relation_heads.data() + word * relation_units);
      rescale(sums, w.entity, run.entities.data() + word * w.entity_stride);
    }
    k.multiply(run.hidden.data(), lemma_stride, count, w.lemma.weight, Inputs::plain, run.sums.data(), rules_stride);
    for (size_t i = 0; i < count; ++i)
      run.lemma[first + i] = k.best(run.sums.data() + i * rules_stride, w.lemma.scale.data(), w.lemma.bias.data(), w.lemma.weight.rows());
    k.multiply(run.arc_dependents.data(), arc_stride(), count, w.arc, Inputs::plain, run.sums.data(), middle_stride);
    for (size_t i = 0; i < count; ++i)
      k.requantise(run.sums.data() + i * middle_stride, w.arc_scale, w.middle_inverse, arc_units(),
                   run.arc_middle.data() + (first + i) * arc_units());
  }
}

/// Scores, in run.scores, of the words first.. (count of them) of the sentence as dependents: a row for the root, then one for each of the words
/// from..to as heads; columns are the dependents. Their best heads into run.best (score) and run.head. `root`: the root is a candidate and distance
/// no bar; else heads over head_window away count as never.
void Pass::score_block(size_t begin, size_t head_row, size_t first, size_t count, size_t from, size_t to, bool root) {
  const size_t units = arc_units(), stride = round_up(count + 1, Matrix::panel);
  // The last column is the bias of heads: its product with a head is what that head gets from every dependent.
  run.dependents.shape(count + 1, units);
  run.cells.resize(units);
  for (size_t i = 0; i < count; ++i) {
    const uint8_t* middle = run.arc_middle.data() + (begin + first + i) * units;
    for (size_t u = 0; u < units; ++u) run.cells[u] = static_cast<std::int8_t>(static_cast<int>(middle[u]) - 128);
    run.dependents.set_row(i, run.cells.data());
  }
  run.dependents.set_row(count, w.arc_head_bias.data());
  const size_t rows = (to - from) + 1;
  run.scores.need(rows * stride);
  k.multiply(run.arc_heads.data() + head_row * arc_stride(), arc_stride(), 1, run.dependents, Inputs::plain, run.scores.data(), stride);
  k.multiply(run.arc_heads.data() + (head_row + 1 + from) * arc_stride(), arc_stride(), to - from, run.dependents, Inputs::plain,
             run.scores.data() + stride, stride);

  // What distance adds, by dependent - head; near[at] is that of equal ones.
  const auto reach = static_cast<std::ptrdiff_t>(w.arc_distance.size() / 2);
  const auto lowest = static_cast<std::ptrdiff_t>(first) - static_cast<std::ptrdiff_t>(to), at = -lowest;
  const size_t span = count + (to - from) + 1;
  run.near.need(span + count);
  for (size_t n = 0; n < span; ++n) {
    const std::ptrdiff_t difference = lowest + static_cast<std::ptrdiff_t>(n);
    int32_t value = w.arc_distance.empty() ? 0 : w.arc_distance[static_cast<size_t>(std::clamp(-difference, -reach, reach) + reach)];
    if (difference == 0 || (!root && std::abs(difference) > static_cast<std::ptrdiff_t>(head_window))) value = never;
    run.near[n] = value;
  }
  run.best.need(round_up(count, Matrix::panel));
  int32_t* heads = run.head.data() + begin + first;
  for (size_t i = 0; i < count; ++i) {
    run.scores[i] += run.scores[count];
    run.best[i] = root ? run.scores[i] : never;
    heads[i] = -1;
  }
  for (size_t j = from; j < to; ++j) {
    int32_t* row = run.scores.data() + (1 + j - from) * stride;
    k.best_heads(row, row[count], run.near.data() + (at + static_cast<std::ptrdiff_t>(first) - static_cast<std::ptrdiff_t>(j)),
                 static_cast<int32_t>(j), count, run.best.data(), heads);
  }
}

void Pass::whole_tree(size_t begin, size_t n, size_t head_row) {
  score_block(begin, head_row, 0, n, 0, n, true);
  int32_t* heads = run.head.data() + begin;
  if (!is_tree(heads, n)) best_tree(run.scores.data(), round_up(n + 1, Matrix::panel), n, heads, run.search);
}

/// Heads one by one, then one word for the root, then circles are opened. Linear in the words.
void Pass::windowed_tree(size_t begin, size_t n, size_t head_row) {
  int32_t* heads = run.head.data() + begin;
  std::int64_t dearest = std::numeric_limits<std::int64_t>::min();
  size_t root = 0;
  for (size_t first = 0; first < n; first += words_at_once) {
    const size_t count = std::min(words_at_once, n - first);
    const size_t from = first > head_window ? first - head_window : 0, to = std::min(n, first + count + head_window);
    score_block(begin, head_row, first, count, from, to, false);
    for (size_t i = 0; i < count; ++i) {
      const std::int64_t gain = std::int64_t{run.scores[i]} - run.best[i];
      if (gain <= dearest) continue;
      dearest = gain;
      root = first + i;
    }
  }
  heads[root] = -1;
  struct Again final : ArcScores {
    Pass& pass;
    size_t begin, n, head_row;
    Again(Pass& p, size_t b, size_t words, size_t row) : pass(p), begin(b), n(words), head_row(row) {}
    void of(size_t i, size_t& from, size_t& to, std::vector<int32_t>& scores) override {
      from = i > head_window ? i - head_window : 0;
      to = std::min(n, i + 1 + head_window);
      const int32_t kept = pass.run.head[begin + i];
      pass.score_block(begin, head_row, i, 1, from, to, false);
      pass.run.head[begin + i] = kept;
      scores.resize(to - from);
      for (size_t j = from; j < to; ++j) scores[j - from] = pass.run.scores[(1 + j - from) * Matrix::panel];
    }
  } again(*this, begin, n, head_row);
  break_cycles(root, n, heads, again);
}

void Pass::trees() {
  size_t begin = 0, head_row = 0;
  for (const uint32_t n : lengths) {
    if (n <= whole_search)
      whole_tree(begin, n, head_row);
    else
      windowed_tree(begin, n, head_row);
    begin += n;
    head_row += n + 1;
  }
}

void Pass::relations() {
  const size_t units = w.relation_root.size(), stride = input_stride(units), sums_stride = w.relation.weight.padded_rows();
  run.hidden.need(words_at_once * stride);
  run.sums.need(words_at_once * sums_stride);
  size_t begin = 0;
  for (const uint32_t n : lengths) {
    for (size_t first = 0; first < n; first += words_at_once) {
      const size_t count = std::min<size_t>(words_at_once, n - first);
      for (size_t i = 0; i < count; ++i) {
        const size_t word = begin + first + i;
        const int32_t head = run.head[word];
        const float* over = head < 0 ? w.relation_root.data() : run.relation_heads.data() + (begin + static_cast<size_t>(head)) * units;
        k.activate(run.relation_dependents.data() + word * units, over, w.relation_inverse, units, run.hidden.data() + i * stride);
      }
      k.multiply(run.hidden.data(), stride, count, w.relation.weight, Inputs::plain, run.sums.data(), sums_stride);
      for (size_t i = 0; i < count; ++i) {
        const size_t word = begin + first + i;
        run.relation[word] =
            run.head[word] < 0 ? w.root_relation
                               : k.best(run.sums.data() + i * sums_stride, w.relation.scale.data(), w.relation.bias.data(), w.relation.weight.rows());
      }
    }
    begin += n;
  }
}

void Pass::entities() {
  const size_t labels = w.entity.rows, stride = w.entity_stride;
  run.path.need(2 * stride);
  size_t begin = 0;
  for (const uint32_t n : lengths) {
    run.back.need(n * stride);
    float *before = run.path.data(), *now = before + stride;
    const float* scores = run.entities.data() + begin * stride;
    for (size_t l = 0; l < stride; ++l) before[l] = scores[l] + w.transition[l];
    for (size_t i = 1; i < n; ++i) {
      k.viterbi(before, w.transition.data(), labels, stride, scores + i * stride, now, run.back.data() + i * stride);
      std::swap(before, now);
    }
    auto label = static_cast<uint32_t>(std::max_element(before, before + labels) - before);
    for (size_t i = n; i-- > 0;) {
      run.entity[begin + i] = label;
      if (i > 0) label = static_cast<uint32_t>(run.back[i * stride + label]);
    }
    begin += n;
  }
}

}  // namespace

void run_network(const NetworkWeights& weights, const Kernels& kernels, FirstLayer& first_layer, std::span<const uint32_t> lengths, NetworkRun& run) {
  Pass pass{weights, kernels, run, lengths};
  for (const uint32_t n : lengths) pass.words += n;
  if (pass.words == 0) return;
  run.state.need(pass.words * pass.state_stride());
  run.inputs.need(pass.words * pass.layer_stride());
  run.outputs.need(pass.words * pass.layer_stride());
  pass.mark_sentences();
  for (size_t l = 0; l < weights.layers.size(); ++l) pass.layer(l, first_layer);
  pass.heads();
  pass.trees();
  pass.relations();
  pass.entities();
}

}  // namespace masudi
