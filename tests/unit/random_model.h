// A small language model of random weights as the bytes of its file, which a test may damage part by part.
#pragma once

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "../../src/segment/linear_model.h"
#include "random_network.h"

namespace masudi {

struct ModelFile {
  struct Part {
    std::string type;
    std::vector<std::uint64_t> shape;
    std::string bytes;
  };
  std::map<std::string, Part> tensors;
  std::map<std::string, std::string> metadata;

  void int8(const std::string& name, const std::vector<std::uint64_t>& shape, const std::vector<std::int8_t>& values) {
    tensors[name] = {"I8", shape, std::string(reinterpret_cast<const char*>(values.data()), values.size())};
  }
  template <class T>
  void words(const std::string& name, const char* type, const std::vector<std::uint64_t>& shape, const std::vector<T>& values) {
    tensors[name] = {type, shape, std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T))};
  }
  void floats(const std::string& name, const std::vector<float>& values) { words(name, "F32", {values.size()}, values); }
  void scale(const std::string& name, float value) { floats(name, {value}); }

  static std::string json(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      if (c == '\n')
        out += "\\n";
      else if (c == '\t')
        out += "\\t";
      else
        out += c;
    }
    return out + "\"";
  }
  std::string pack() const {
    std::string header = "{\"__metadata__\":{", data;
    bool first = true;
    for (const auto& [name, value] : metadata) {
      header += (first ? "" : ",") + json(name) + ":" + json(value);
      first = false;
    }
    header += "}";
    for (const auto& [name, part] : tensors) {
      header += "," + json(name) + ":{\"dtype\":" + json(part.type) + ",\"shape\":[";
      for (std::size_t i = 0; i < part.shape.size(); ++i) header += (i > 0 ? "," : "") + std::to_string(part.shape[i]);
      header += "],\"data_offsets\":[" + std::to_string(data.size()) + "," + std::to_string(data.size() + part.bytes.size()) + "]}";
      data += part.bytes;
    }
    header += "}";
    while (header.size() % 8 != 0) header += ' ';
    const std::uint64_t size = header.size();
    return std::string(reinterpret_cast<const char*>(&size), 8) + header + data;
  }
};

/// Words it knows: "the", "talks", "u.s.", "\u00e9tat". Labels enough to tell answers apart.
inline ModelFile random_model(std::uint64_t seed, const NetworkSizes& sizes = {20, 12, 2, 20, 12, 8, 4, 3, 5, 4, 5}) {
  Random random(seed);
  ModelFile out;
  const auto matrix = [&](const std::string& name, std::uint64_t rows, std::uint64_t columns, int limit) {
    out.int8(name + ".weight", {rows, columns}, random.bytes(rows * columns, -limit, limit));
    out.floats(name + ".weight_scale", random.scales(rows, 1.0F / (16.0F * static_cast<float>(std::sqrt(static_cast<double>(columns))))));
  };
  const std::uint64_t vector = sizes.vector, units = sizes.units, arc = sizes.arc;
  out.int8("word.table", {5, vector}, random.bytes(5 * vector, -60, 60));
  out.int8("hash.table", {64, vector}, random.bytes(64 * vector, -30, 30));
  out.scale("embed.scale", 0.01F);
  for (std::uint64_t l = 0; l < sizes.layers; ++l) {
    const std::string name = "layer" + std::to_string(l);
    matrix(name, 2 * (l == 0 ? 4 : 3) * units, l == 0 ? vector : 2 * units, 63);
    out.floats(name + ".bias", random.floats(4 * units, 0.5F));
    out.floats(name + ".peep", random.floats(4 * units, 0.5F));
    out.scale(name + ".in_scale", 0.01F);
  }
  const std::uint64_t heads = 2 * sizes.arc + 2 * sizes.relation + sizes.tags + sizes.feats + sizes.lemma_hidden + sizes.entities;
  matrix("heads", heads, 2 * units, 63);
  out.floats("heads.bias", random.floats(heads, 0.25F));
  out.scale("heads.in_scale", 0.01F);
  matrix("lemma", sizes.rules, sizes.lemma_hidden, 127);
  out.floats("lemma.bias", random.floats(sizes.rules, 0.25F));
  out.scale("lemma.in_scale", 0.01F);
  matrix("rel", sizes.relations, sizes.relation, 127);
  out.floats("rel.bias", random.floats(sizes.relations, 0.25F));
  out.floats("rel.root", random.floats(sizes.relation, 0.5F));
  out.scale("rel.in_scale", 0.01F);
  out.int8("arc.weight", {arc, arc}, random.bytes(arc * arc, -63, 63));
  out.int8("arc.root", {arc}, random.bytes(arc, 0, 127));
  out.int8("arc.head_bias", {arc}, random.bytes(arc, -40, 40));
  for (const char* name : {"arc.weight_scale", "arc.dep_scale", "arc.head_scale", "arc.mid_scale"}) out.scale(name, 0.01F);
  std::vector<std::int32_t> distance;
  for (int k = -3; k <= 3; ++k) distance.push_back(random.integer(-2000, 2000));
  out.words("arc.distance", "I32", {distance.size()}, distance);
  out.words("entity.transition", "F32", {sizes.entities, sizes.entities}, random.floats(sizes.entities * sizes.entities, 0.25F));

  // A word by its codes: "mosul", in one of three slots; the others are empty.
  const std::uint64_t hash = mix(feature(13), hash_text("mosul"));
  std::vector<std::int32_t> keys(3, 0);
  keys[(hash >> 32U) % 3] = static_cast<std::int32_t>(static_cast<std::uint32_t>(hash));
  out.words("coded.keys", "I32", {3}, keys);
  out.int8("coded.codes", {3, 2}, {7, -1, 7, -1, 7, -1});
  out.int8("coded.rows", {2, 256, vector}, random.bytes(2 * 256 * vector, -60, 60));

  const auto number = [](std::size_t n) { return std::to_string(n); };
  out.metadata["heads"] = "[[\"arc_dep\"," + number(arc) + "],[\"arc_head\"," + number(arc) + "],[\"rel_dep\"," + number(sizes.relation) +
                          "],[\"rel_head\"," + number(sizes.relation) + "],[\"tag\"," + number(sizes.tags) + "],[\"feats\"," + number(sizes.feats) +
                          "],[\"lemma_hidden\"," + number(sizes.lemma_hidden) + "],[\"entity\"," + number(sizes.entities) + "]]";
  const auto lines = [](const char* prefix, std::size_t count, std::vector<std::string> known) {
    std::string text;
    while (known.size() < count) known.push_back(prefix + std::to_string(known.size()));
    for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? "\n" : "") + known[i];
    return text;
  };
  out.metadata["vocab"] = "the\ntalks\nu.s.\n\u00e9tat";
  out.metadata["tags"] = lines("X|", sizes.tags, {"NOUN|NNS", "DET|DT", "PROPN|NNP", "X|_"});
  out.metadata["feats"] = lines("Number=", sizes.feats, {"_", "Number=Plur", "Definite=Def|PronType=Art"});
  out.metadata["lemmas"] = lines("=", sizes.rules, {"l0", "l1", "k0", "l3y", "=be"});
  out.metadata["deprels"] = lines("x:", sizes.relations, {"root", "nsubj", "det", "nmod:poss"});
  out.metadata["entities"] = lines("B-", sizes.entities, {"O", "B-PER", "I-PER", "B-ORG", "I-ORG"});
  out.metadata["lemma_forms"] = "talks\tNOUN|NNS\ttalk\nu.s.\tPROPN|NNP\tU.S.";
  return out;
}

}  // namespace masudi
