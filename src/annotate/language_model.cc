#include "language_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>

#include "../segment/linear_model.h"
#include "form.h"
#include "lemma_rule.h"
#include "masudi/file_hash.h"

namespace masudi {

namespace {

constexpr std::uint64_t widest = 4096;  // units and inputs: sums of that many products stay far inside 32 bits
constexpr std::uint64_t most_books = 64;
constexpr std::uint64_t most_layers = 16, most_labels = 1U << 16U, longest_label = 255;
constexpr float greatest_value = 2e9F, greatest_scale = 1e6F, least_scale = 1e-12F;
constexpr std::int32_t greatest_distance = 1 << 24;

std::string shape_text(std::span<const std::uint64_t> shape) {
  std::string out = "[";
  for (const auto n : shape) out += (out.size() > 1 ? ", " : "") + std::to_string(n);
  return out + "]";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto end = text.find('\n');
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

bool is_printable(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

std::uint64_t lemma_key(std::string_view lower, std::uint32_t tag) { return mix(hash_text(lower), tag); }

}  // namespace

/// Reads tensors one after another; the first thing that is not as it should be stays in `error`, and later reads give nothing.
struct LanguageModel::Builder {
  const TensorFile& file;
  std::optional<Error> error;

  void fail(std::string message) {
    if (!error) error = Error{ErrorCode::corrupt_store, std::move(message), file.path(), {}};
  }
  /// The bytes of a tensor. Where a dimension of `shape` is 0, any size from 1 to `most` will do, and it is put there.
  std::string_view tensor(const std::string& name, Tensor::Type type, std::vector<std::uint64_t>& shape, std::uint64_t most = widest) {
    if (error) return {};
    const Tensor* found = file.find(name);
    if (found == nullptr) {
      fail("there is no tensor " + name);
      return {};
    }
    bool fits = found->shape.size() == shape.size() && found->type == type;
    for (std::size_t i = 0; fits && i < shape.size(); ++i)
      fits = shape[i] == 0 ? found->shape[i] >= 1 && found->shape[i] <= most : found->shape[i] == shape[i];
    if (!fits) {
      const char* wanted = type == Tensor::Type::int8 ? "int8" : type == Tensor::Type::int32 ? "int32" : "float32";
      fail("the tensor " + name + " has the shape " + shape_text(found->shape) + "; expected " + wanted + " " + shape_text(shape) +
           " (0: any up to " + std::to_string(most) + ")");
      return {};
    }
    shape = found->shape;
    return found->bytes;
  }
  std::vector<float> floats(const std::string& name, std::vector<std::uint64_t> shape) {
    const std::string_view bytes = tensor(name, Tensor::Type::float32, shape);
    std::vector<float> out(bytes.size() / sizeof(float));
    if (!out.empty()) std::memcpy(out.data(), bytes.data(), bytes.size());
    for (const float value : out)
      if (!(std::abs(value) <= greatest_value)) fail("the tensor " + name + " holds " + std::to_string(value) + "; expected numbers up to 2e9");
    return out;
  }
  std::vector<float> scales(const std::string& name, std::uint64_t count) {
    std::vector<float> out = floats(name, {count});
    for (const float value : out)
      if (!(value >= least_scale && value <= greatest_scale))
        fail("the tensor " + name + " holds " + std::to_string(value) + "; expected scales from 1e-12 to 1e6");
    return out;
  }
  float scale(const std::string& name) {
    const auto out = scales(name, 1);
    return out.empty() ? 1.0F : out.front();
  }
  /// int8 cells between -limit and limit.
  const std::int8_t* cells(const std::string& name, std::vector<std::uint64_t>& shape, int low, int high, std::uint64_t most = widest) {
    const std::string_view bytes = tensor(name, Tensor::Type::int8, shape, most);
    const auto* out = reinterpret_cast<const std::int8_t*>(bytes.data());
    for (std::size_t i = 0; i < bytes.size(); ++i)
      if (out[i] < low || out[i] > high) {
        fail("the tensor " + name + " holds " + std::to_string(out[i]) + "; expected " + std::to_string(low) + " to " + std::to_string(high));
        return nullptr;
      }
    return error ? nullptr : out;
  }
  Dense dense(const std::string& name, std::uint64_t rows, std::uint64_t columns, int limit, float in_scale) {
    Dense out;
    std::vector<std::uint64_t> shape = {rows, columns};
    const std::int8_t* weights = cells(name + ".weight", shape, -limit, limit, most_labels);
    if (weights == nullptr) return out;
    out.weight = Matrix(weights, shape[0], shape[1]);
    out.scale = scales(name + ".weight_scale", shape[0]);
    for (float& value : out.scale) value *= in_scale;
    out.bias = floats(name + ".bias", {shape[0]});
    return out;
  }
  std::string_view text(const std::string& name) {
    const auto at = file.metadata().find(name);
    if (at == file.metadata().end()) {
      fail("there is no metadata \"" + name + "\"");
      return {};
    }
    return at->second;
  }
  std::vector<std::string> labels(const std::string& name, std::uint64_t count) {
    std::vector<std::string> out;
    const std::string_view all = text(name);
    if (error) return out;
    for (const std::string_view line : lines_of(all)) {
      if (line.empty() || line.size() > longest_label || !is_printable(line))
        fail("a line of the metadata \"" + name + "\" is \"" + std::string(line.substr(0, 40)) + "\"; expected a label of 1 to 255 bytes");
      out.emplace_back(line);
    }
    if (out.size() != count)
      fail("the metadata \"" + name + "\" has " + std::to_string(out.size()) + " lines; expected one for each of the " + std::to_string(count) +
           " outputs");
    return out;
  }
};

Result<LanguageModel> LanguageModel::open(const std::string& path) {
  auto file = TensorFile::open(path);
  if (!file) return file.error();
  return build(*std::move(file));
}

Result<LanguageModel> LanguageModel::from_bytes(std::string bytes, const std::string& path) {
  auto file = TensorFile::from_bytes(std::move(bytes), path);
  if (!file) return file.error();
  return build(*std::move(file));
}

void LanguageModel::Index::reset(std::size_t entries) {
  std::size_t size = 16;
  while (size < 2 * entries) size *= 2;
  slots.assign(size, 0);
}

Result<LanguageModel> LanguageModel::build(TensorFile file) {
  LanguageModel out(std::move(file));
  Builder b{out.file_, std::nullopt};
  NetworkWeights& w = out.weights_;

  // --- word vectors
  std::vector<std::uint64_t> shape = {0, 0};
  const std::string_view words = b.tensor("word.table", Tensor::Type::int8, shape, 1U << 24U);
  const std::uint64_t word_rows = shape[0];
  w.vector = shape[1];
  if (w.vector > widest) b.fail("word vectors of " + std::to_string(w.vector) + " numbers; expected at most " + std::to_string(widest));
  shape = {0, w.vector};
  const std::string_view hashes = b.tensor("hash.table", Tensor::Type::int8, shape, 1U << 24U);
  if (b.error) return *b.error;
  out.words_ = reinterpret_cast<const std::int8_t*>(words.data());
  out.hashes_ = reinterpret_cast<const std::int8_t*>(hashes.data());
  out.hash_rows_ = static_cast<std::uint32_t>(shape[0]);
  const float embed_scale = b.scale("embed.scale");
  if (const std::string_view all = b.text("vocab"); !all.empty()) out.vocabulary_ = lines_of(all);
  if (out.vocabulary_.size() + 1 != word_rows)
    b.fail("the metadata \"vocab\" has " + std::to_string(out.vocabulary_.size()) + " lines; expected one less than the " +
           std::to_string(word_rows) + " rows of word.table");
  if (b.error) return *b.error;
  out.vocabulary_index_.reset(out.vocabulary_.size());
  for (std::uint32_t i = 0; i < out.vocabulary_.size(); ++i) {
    const std::size_t mask = out.vocabulary_index_.slots.size() - 1;
    std::size_t at = hash_text(out.vocabulary_[i]) & mask;
    while (out.vocabulary_index_.slots[at] != 0) at = (at + 1) & mask;
    out.vocabulary_index_.slots[at] = i + 1;
  }

  // --- words by codes
  if (out.file_.find("coded.keys") != nullptr) {
    CodedWords& coded = out.coded_;
    shape = {0};
    coded.keys = b.tensor("coded.keys", Tensor::Type::int32, shape, 1U << 24U);
    coded.slots = shape[0];
    shape = {coded.slots, 0};
    coded.codes = b.tensor("coded.codes", Tensor::Type::int8, shape, most_books);
    coded.books = shape[1];
    coded.size = w.vector;
    shape = {coded.books, 256, w.vector};
    coded.rows = reinterpret_cast<const std::int8_t*>(b.tensor("coded.rows", Tensor::Type::int8, shape).data());
    if (b.error) return *b.error;
  }

  // --- recurrent layers
  std::uint64_t layers = 0;
  while (layers <= most_layers && out.file_.find("layer" + std::to_string(layers) + ".weight") != nullptr) ++layers;
  if (layers == 0 || layers > most_layers) b.fail("found " + std::to_string(layers) + " tensors layerN.weight; expected 1 to 16");
  std::vector<std::uint64_t> peep_shape = {0};
  (void)b.tensor("layer0.peep", Tensor::Type::float32, peep_shape, widest * 4);
  if (peep_shape[0] % 4 != 0) b.fail("layer0.peep has " + std::to_string(peep_shape[0]) + " numbers; expected a multiple of 4");
  if (b.error) return *b.error;
  const std::uint64_t units = peep_shape[0] / 4;
  if (2 * units > widest) b.fail(std::to_string(units) + " units in a direction; expected at most " + std::to_string(widest / 2));
  w.units = units;
  w.layers.resize(layers);
  for (std::uint64_t l = 0; l < layers; ++l) {
    const std::string name = "layer" + std::to_string(l);
    const std::uint64_t gates = l == 0 ? 4 : 3, inputs = l == 0 ? w.vector : 2 * units;
    shape = {2 * gates * units, inputs};
    const std::int8_t* cells = b.cells(name + ".weight", shape, -63, 63);
    const auto row_scales = b.scales(name + ".weight_scale", 2 * gates * units);
    const auto bias = b.floats(name + ".bias", {4 * units}), peep = b.floats(name + ".peep", {4 * units});
    const float in_scale = b.scale(name + ".in_scale");
    if (b.error) return *b.error;
    if (l == 0) {
      w.first = Matrix(cells, 2 * gates * units, inputs);
      out.vector_scale_ = embed_scale / in_scale;
    } else {
      w.layers[l - 1].out_inverse = 1.0F / in_scale;
    }
    for (std::size_t d = 0; d < 2; ++d) {
      auto& direction = w.layers[l].direction[d];
      if (l > 0) direction.weight = Matrix(cells + d * gates * units * inputs, gates * units, inputs);
      for (std::uint64_t r = 0; r < gates * units; ++r) direction.scale.push_back(row_scales[d * gates * units + r] * in_scale);
      const auto from = static_cast<std::ptrdiff_t>(d * 2 * units), to = static_cast<std::ptrdiff_t>((d + 1) * 2 * units);
      direction.bias.assign(bias.begin() + from, bias.begin() + to);
      direction.peep.assign(peep.begin() + from, peep.begin() + to);
    }
  }

  // --- heads
  const float heads_scale = b.scale("heads.in_scale");
  w.layers.back().out_inverse = 1.0F / heads_scale;
  w.heads = b.dense("heads", 0, 2 * units, 63, heads_scale);
  const std::map<std::string, NetworkWeights::Part*> parts = {
      {"arc_dep", &w.arc_dependent},     {"arc_head", &w.arc_head}, {"rel_dep", &w.relation_dependent},
      {"rel_head", &w.relation_head},    {"tag", &w.tag},           {"feats", &w.feats},
      {"lemma_hidden", &w.lemma_hidden}, {"entity", &w.entity}};
  {
    const std::string_view text = b.text("heads");
    if (b.error) return *b.error;
    const auto list = named_numbers(text);
    if (!list) b.fail("the metadata \"heads\" is not a JSON list of pairs, a name and a number");
    std::uint64_t at = 0;
    std::size_t found = 0;
    for (const auto& [name, rows] : list ? *list : std::vector<std::pair<std::string, std::uint64_t>>()) {
      const auto known = parts.find(name);
      if (known == parts.end() || known->second->rows != 0 || rows == 0 || rows > most_labels) {
        b.fail("an entry of the metadata \"heads\" is \"" + name.substr(0, 40) + "\", " + std::to_string(rows) +
               "; expected arc_dep, arc_head, rel_dep, rel_head, tag, feats, lemma_hidden and entity, each once, with their rows");
        break;
      }
      *known->second = {at, rows};
      at += rows;
      ++found;
    }
    if (found != parts.size() || at != w.heads.weight.rows())
      b.fail("the metadata \"heads\" names " + std::to_string(found) + " heads with " + std::to_string(at) + " rows; expected 8 with the " +
             std::to_string(w.heads.weight.rows()) + " rows of heads.weight");
  }
  if (b.error) return *b.error;
  if (w.arc_dependent.rows != w.arc_head.rows || w.relation_dependent.rows != w.relation_head.rows || w.arc_head.rows > widest ||
      w.relation_head.rows > widest || w.lemma_hidden.rows > widest)
    b.fail("heads of arcs or relations differ in their rows, or have over " + std::to_string(widest));

  const float lemma_scale = b.scale("lemma.in_scale"), relation_scale = b.scale("rel.in_scale");
  w.lemma = b.dense("lemma", 0, w.lemma_hidden.rows, 127, lemma_scale);
  w.lemma_inverse = 1.0F / lemma_scale;
  w.relation = b.dense("rel", 0, w.relation_head.rows, 127, relation_scale);
  w.relation_inverse = 1.0F / relation_scale;
  w.relation_root = b.floats("rel.root", {w.relation_head.rows});

  // --- arcs
  const std::uint64_t arc_units = w.arc_head.rows;
  shape = {arc_units, arc_units};
  if (const std::int8_t* cells = b.cells("arc.weight", shape, -63, 63); cells != nullptr) w.arc = Matrix(cells, arc_units, arc_units);
  const float dependent_scale = b.scale("arc.dep_scale");
  w.arc_scale = b.scale("arc.weight_scale") * dependent_scale;
  w.dependent_inverse = 1.0F / dependent_scale;
  w.head_inverse = 1.0F / b.scale("arc.head_scale");
  w.middle_inverse = 1.0F / b.scale("arc.mid_scale");
  shape = {arc_units};
  if (const std::int8_t* cells = b.cells("arc.root", shape, 0, 127); cells != nullptr) w.arc_root.assign(cells, cells + arc_units);
  if (const std::int8_t* cells = b.cells("arc.head_bias", shape, -127, 127); cells != nullptr) w.arc_head_bias.assign(cells, cells + arc_units);
  if (out.file_.find("arc.distance") != nullptr) {
    shape = {0};
    const std::string_view bytes = b.tensor("arc.distance", Tensor::Type::int32, shape, 2 * whole_search + 1);
    w.arc_distance.resize(bytes.size() / sizeof(std::int32_t));
    if (!bytes.empty()) std::memcpy(w.arc_distance.data(), bytes.data(), bytes.size());
    if (w.arc_distance.size() % 2 == 0) b.fail("arc.distance has " + std::to_string(w.arc_distance.size()) + " numbers; expected 2 K + 1");
    for (const std::int32_t value : w.arc_distance)
      if (value < -greatest_distance || value > greatest_distance)
        b.fail("arc.distance holds " + std::to_string(value) + "; expected numbers up to 2^24");
  }

  // --- entities
  const std::uint64_t labels = w.entity.rows;
  w.entity_stride = round_up(labels, 16);
  const auto transition = b.floats("entity.transition", {labels, labels});
  if (b.error) return *b.error;
  w.transition.assign(labels * w.entity_stride, 0.0F);
  for (std::uint64_t from = 0; from < labels; ++from)
    for (std::uint64_t to = 0; to < labels; ++to) w.transition[from * w.entity_stride + to] = transition[from * labels + to];

  // --- labels
  for (const std::string& line : b.labels("tags", w.tag.rows)) {
    const auto bar = line.find('|');
    if (bar == std::string::npos || bar == 0) b.fail("a tag is \"" + line + "\"; expected UPOS|XPOS");
    out.tags_.push_back({line.substr(0, bar), bar == std::string::npos ? "" : line.substr(bar + 1)});
    if (out.tags_.back().xpos == "_") out.tags_.back().xpos.clear();
  }
  out.feats_ = b.labels("feats", w.feats.rows);
  for (std::string& feats : out.feats_)
    if (feats == "_") feats.clear();
  out.lemma_rules_ = b.labels("lemmas", w.lemma.weight.rows());
  for (const std::string& rule : out.lemma_rules_)
    if (!is_lemma_rule(rule)) b.fail("a lemma rule is \"" + rule + "\"; expected a letter l, k or t, a digit and letters to add, or = and a lemma");
  out.relations_ = b.labels("deprels", w.relation.weight.rows());
  out.entities_ = b.labels("entities", labels);
  for (const std::string& entity : out.entities_)
    if (entity != "O" && !(entity.size() > 2 && (entity.starts_with("B-") || entity.starts_with("I-"))))
      b.fail("an entity label is \"" + entity + "\"; expected O, B-TYPE or I-TYPE");
  if (b.error) return *b.error;
  const auto root = std::find(out.relations_.begin(), out.relations_.end(), "root");
  if (root == out.relations_.end() || out.relations_.size() < 2)
    return Error{ErrorCode::corrupt_store, "the metadata \"deprels\" is without root, or without another relation", out.file_.path(), {}};
  w.root_relation = static_cast<std::uint32_t>(root - out.relations_.begin());
  w.relation.bias[w.root_relation] = -1e9F;  // for the root's dependent alone, which asks for no score
  w.relation.scale[w.root_relation] = 0.0F;

  // --- lemmas that no rule gives
  std::map<std::string, std::uint32_t, std::less<>> tag_numbers;
  for (std::uint32_t t = 0; t < out.tags_.size(); ++t)
    tag_numbers.emplace(out.tags_[t].upos + "|" + (out.tags_[t].xpos.empty() ? "_" : out.tags_[t].xpos), t);
  if (const std::string_view all = out.file_.metadata().contains("lemma_forms") ? b.text("lemma_forms") : std::string_view(); !all.empty())
    for (const std::string_view line : lines_of(all)) {
      const auto first = line.find('\t'), second = first == std::string_view::npos ? first : line.find('\t', first + 1);
      if (second == std::string_view::npos || second + 1 == line.size() || !is_printable(line.substr(second + 1)))
        return Error{ErrorCode::corrupt_store,
                     "a line of the metadata \"lemma_forms\" is \"" + std::string(line.substr(0, 80)) +
                         "\"; expected a form, a tag and a lemma, separated by tabs",
                     out.file_.path(),
                     {}};
      const auto tag = tag_numbers.find(line.substr(first + 1, second - first - 1));
      if (tag == tag_numbers.end()) continue;  // the treebanks have rare tags that the network does not give
      out.known_lemmas_.push_back({line.substr(0, first), line.substr(second + 1), tag->second});
    }
  out.lemma_index_.reset(out.known_lemmas_.size());
  for (std::uint32_t i = 0; i < out.known_lemmas_.size(); ++i) {
    const std::size_t mask = out.lemma_index_.slots.size() - 1;
    std::size_t at = lemma_key(out.known_lemmas_[i].form, out.known_lemmas_[i].tag) & mask;
    while (out.lemma_index_.slots[at] != 0) at = (at + 1) & mask;
    out.lemma_index_.slots[at] = i + 1;
  }
  out.sha256_ = sha256_of_file(out.file_.path(), out.file_.bytes());
  return out;
}

void LanguageModel::word_vector(const Kernels& kernels, std::string_view form, std::string_view lower, std::int32_t* sums, std::uint8_t* out) const {
  const std::size_t size = weights_.vector;
  std::uint32_t row = 0;
  const std::size_t mask = vocabulary_index_.slots.size() - 1;
  for (std::size_t at = hash_text(lower) & mask; vocabulary_index_.slots[at] != 0; at = (at + 1) & mask)
    if (vocabulary_[vocabulary_index_.slots[at] - 1] == lower) {
      row = vocabulary_index_.slots[at];
      break;
    }
  const std::int8_t* first = words_ + row * size;
  for (std::size_t i = 0; i < size; ++i) sums[i] = first[i];
  if (row == 0) coded_.add(lower, sums);
  const FormFeatures features = form_features(form, lower);
  for (std::size_t f = 0; f < features.count; ++f) {
    const std::int8_t* more = hashes_ + feature_row(features.hash[f], hash_rows_) * size;
    for (std::size_t i = 0; i < size; ++i) sums[i] += more[i];
  }
  kernels.requantise(sums, vector_scale_, 1.0F, size, out);
}

std::string_view LanguageModel::known_lemma(std::string_view lower, std::uint32_t tag) const {
  const std::size_t mask = lemma_index_.slots.size() - 1;
  for (std::size_t at = lemma_key(lower, tag) & mask; lemma_index_.slots[at] != 0; at = (at + 1) & mask) {
    const KnownLemma& known = known_lemmas_[lemma_index_.slots[at] - 1];
    if (known.tag == tag && known.form == lower) return known.lemma;
  }
  return {};
}

}  // namespace masudi
