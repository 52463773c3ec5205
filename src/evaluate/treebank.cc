// Agreement of two analyses of one text: the measures of the CoNLL 2018 shared task, written from their definitions
// (universaldependencies.org/conll18/evaluation.html). docs/evaluation.md says them again.
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <span>

#include "masudi/evaluate.h"

namespace masudi {

namespace {

/// Relations that CLAS, MLAS and BLEX count, and those whose words MLAS looks at below such a word (UD v2, section 2.2 of the task's page).
constexpr std::array content_relations = {"nsubj",  "obj",        "iobj",       "csubj",  "ccomp",     "xcomp",    "obl",   "vocative",
                                          "expl",   "dislocated", "advcl",      "advmod", "discourse", "nmod",     "appos", "nummod",
                                          "acl",    "amod",       "conj",       "fixed",  "flat",      "compound", "list",  "parataxis",
                                          "orphan", "goeswith",   "reparandum", "root",   "dep"};
constexpr std::array functional_relations = {"aux", "cop", "mark", "det", "clf", "case", "cc"};
/// The features that every language's treebank may have; others are not compared.
constexpr std::array universal_features = {"PronType", "NumType", "Poss",  "Reflex",   "Foreign",  "Abbr",     "Gender",
                                           "Animacy",  "Number",  "Case",  "Definite", "Degree",   "VerbForm", "Mood",
                                           "Tense",    "Aspect",  "Voice", "Evident",  "Polarity", "Person",   "Polite"};

template <std::size_t size>
bool is_one_of(const std::array<const char*, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::int32_t none = -1;

/// Bytes of the text without its blanks, half-open.
struct Extent {
  std::uint32_t begin = 0, end = 0;
  auto operator<=>(const Extent&) const = default;
};

/// A syntactic word as the measures see it.
struct Item {
  Extent extent;  ///< of its token
  bool multiword = false;
  std::string folded;  ///< form in lower case
  std::string upos, xpos, feats, lemma, relation;
  std::int32_t head = none;            ///< index into Side::words
  std::vector<std::int32_t> function;  ///< dependents with a functional relation, in order
  bool content() const { return is_one_of(content_relations, relation); }
};

struct Side {
  std::string characters;
  std::vector<Extent> sentences, tokens;
  std::vector<Item> words;
};

/// The form in lower case, by Unicode's simple mapping of each character.
std::string lower(std::string_view form) {
  std::string out;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(form.data());
  auto rest = static_cast<utf8proc_ssize_t>(form.size());
  while (rest > 0) {
    utf8proc_int32_t character = 0;
    const auto size = utf8proc_iterate(at, rest, &character);
    if (size <= 0) return std::string(form);  // not UTF-8: compared as it is
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto written = utf8proc_encode_char(utf8proc_tolower(character), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(written));
    at += size;
    rest -= size;
  }
  return out;
}

/// Appends the form without its blanks (category Zs), which some treebanks have inside words.
void append_characters(std::string& out, std::string_view form) {
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(form.data());
  auto rest = static_cast<utf8proc_ssize_t>(form.size());
  while (rest > 0) {
    utf8proc_int32_t character = 0;
    auto size = utf8proc_iterate(at, rest, &character);
    const bool blank = size > 0 && utf8proc_category(character) == UTF8PROC_CATEGORY_ZS;
    size = std::max<utf8proc_ssize_t>(size, 1);
    if (!blank) out.append(reinterpret_cast<const char*>(at), static_cast<std::size_t>(size));
    at += size;
    rest -= size;
  }
}

std::string universal(std::string_view feats) {
  std::vector<std::string_view> kept;
  while (!feats.empty()) {
    const auto bar = std::min(feats.find('|'), feats.size());
    const std::string_view feature = feats.substr(0, bar);
    if (is_one_of(universal_features, feature.substr(0, feature.find('=')))) kept.push_back(feature);
    feats.remove_prefix(std::min(bar + 1, feats.size()));
  }
  std::sort(kept.begin(), kept.end());
  std::string out;
  for (const auto feature : kept) out.append(feature).append("|");
  return out;
}

Side side_of(const std::vector<Sentence>& sentences, std::string_view text) {
  Side side;
  for (const Sentence& sentence : sentences) {
    const auto first = static_cast<std::int32_t>(side.words.size());
    const auto sentence_begin = static_cast<std::uint32_t>(side.characters.size());
    auto token = sentence.tokens.begin();
    std::uint32_t token_end = 0;  // words before it belong to the last multiword token
    for (std::uint32_t i = 0; i < sentence.words.size(); ++i) {
      const Word& word = sentence.words[i];
      while (token != sentence.tokens.end() && token->first < i) ++token;
      const bool begins_multiword = token != sentence.tokens.end() && token->first == i && token->last > i;
      if (i >= token_end) {
        const auto begin = static_cast<std::uint32_t>(side.characters.size());
        append_characters(side.characters, begins_multiword ? slice(text, token->span) : std::string_view(word.form));
        side.tokens.push_back({begin, static_cast<std::uint32_t>(side.characters.size())});
        if (begins_multiword) token_end = token->last;
      }
      Item item{side.tokens.back(), i < token_end, lower(word.form), word.upos, word.xpos, universal(word.feats), word.lemma, {}, none, {}};
      item.relation = word.deprel.substr(0, word.deprel.find(':'));
      if (word.head >= 0 && static_cast<std::size_t>(word.head) < sentence.words.size()) item.head = first + word.head;
      side.words.push_back(std::move(item));
    }
    side.sentences.push_back({sentence_begin, static_cast<std::uint32_t>(side.characters.size())});
    for (auto w = first; w < static_cast<std::int32_t>(side.words.size()); ++w) {
      const Item& item = side.words[static_cast<std::size_t>(w)];
      if (item.head != none && is_one_of(functional_relations, item.relation)) side.words[static_cast<std::size_t>(item.head)].function.push_back(w);
    }
  }
  return side;
}

/// Words of the two sides that are the same: pairs of indices, growing on both sides.
struct Alignment {
  std::vector<std::pair<std::int32_t, std::int32_t>> pairs;  ///< gold, system
  std::vector<std::int32_t> gold_of;                         ///< of each system word, or none
};

/// A longest common subsequence of the forms, the earliest in gold.
void align_forms(std::span<const Item> gold, std::span<const Item> system, std::int32_t gold_first, std::int32_t system_first, Alignment& out) {
  const std::size_t width = system.size() + 1;
  std::vector<std::uint32_t> longest((gold.size() + 1) * width, 0);  // of the rests from (g, s) on
  for (std::size_t g = gold.size(); g-- > 0;)
    for (std::size_t s = system.size(); s-- > 0;) {
      auto& best = longest[g * width + s];
      best = std::max(longest[(g + 1) * width + s], longest[g * width + s + 1]);
      if (gold[g].folded == system[s].folded) best = std::max(best, longest[(g + 1) * width + s + 1] + 1);
    }
  for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (gold[g].folded == system[s].folded) {
      out.pairs.emplace_back(gold_first + static_cast<std::int32_t>(g++), system_first + static_cast<std::int32_t>(s++));
    } else if (longest[g * width + s] == longest[(g + 1) * width + s]) {
      ++g;
    } else {
      ++s;
    }
  }
}

/// Words of tokens with one word are the same where their characters are. Where either side has a multiword token, all words of both sides
/// under it, and under multiword tokens that overlap it in turn, are aligned by their forms.
Alignment align(const Side& gold, const Side& system) {
  Alignment out;
  std::size_t g = 0, s = 0;
  while (g < gold.words.size() && s < system.words.size()) {
    const Item &a = gold.words[g], &b = system.words[s];
    if (!a.multiword && !b.multiword) {
      if (a.extent == b.extent) out.pairs.emplace_back(static_cast<std::int32_t>(g), static_cast<std::int32_t>(s));
      if (a.extent == b.extent) {
        ++g;
        ++s;
      } else if (a.extent.begin <= b.extent.begin) {
        ++g;
      } else {
        ++s;
      }
      continue;
    }
    // The span begins with the multiword token: one word that begins before it is left behind.
    const std::uint32_t begin = a.multiword ? a.extent.begin : b.extent.begin;
    std::uint32_t end = a.multiword ? a.extent.end : b.extent.end;
    if (!a.multiword && a.extent.begin < begin) ++g;
    if (!b.multiword && b.extent.begin < begin) ++s;
    const std::size_t g_first = g, s_first = s;
    // A multiword token that begins inside belongs to the span and may carry its end on; a single word belongs where it ends inside.
    const auto inside = [&](const std::vector<Item>& words, std::size_t i) {
      return i < words.size() && (words[i].multiword ? words[i].extent.begin < end : words[i].extent.end <= end);
    };
    while (inside(gold.words, g) || inside(system.words, s)) {
      const bool from_gold = g < gold.words.size() && (s >= system.words.size() || gold.words[g].extent.begin <= system.words[s].extent.begin);
      const Item& next = from_gold ? gold.words[g++] : system.words[s++];
      if (next.multiword) end = std::max(end, next.extent.end);
    }
    align_forms(std::span(gold.words).subspan(g_first, g - g_first), std::span(system.words).subspan(s_first, s - s_first),
                static_cast<std::int32_t>(g_first), static_cast<std::int32_t>(s_first), out);
  }
  out.gold_of.assign(system.words.size(), none);
  for (const auto& [in_gold, in_system] : out.pairs) out.gold_of[static_cast<std::size_t>(in_system)] = in_gold;
  return out;
}

ScoreRow count_extents(const char* name, const std::vector<Extent>& gold, const std::vector<Extent>& system) {
  ScoreRow row{name, 0, static_cast<std::int64_t>(gold.size()), static_cast<std::int64_t>(system.size())};
  for (std::size_t g = 0, s = 0; g < gold.size() && s < system.size();) {
    if (gold[g].begin < system[s].begin) {
      ++g;
    } else if (system[s].begin < gold[g].begin) {
      ++s;
    } else {
      row.right += gold[g++].end == system[s++].end ? 1 : 0;
    }
  }
  return row;
}

class Scorer {
 public:
  Scorer(const Side& gold, const Side& system) : gold_(gold), system_(system), alignment_(align(gold, system)) {}

  /// Words, or content words, for whose aligned pair `same(gold, system)` holds.
  template <class Same>
  ScoreRow count(const char* name, bool content_only, Same same) const {
    const auto counted = [&](const Item& item) { return !content_only || item.content(); };
    ScoreRow row{name, 0, std::count_if(gold_.words.begin(), gold_.words.end(), counted),
                 std::count_if(system_.words.begin(), system_.words.end(), counted)};
    for (const auto& [g, s] : alignment_.pairs) {
      const Item &a = gold_.words[static_cast<std::size_t>(g)], &b = system_.words[static_cast<std::size_t>(s)];
      row.right += counted(a) && same(a, b) ? 1 : 0;
    }
    return row;
  }
  bool same_head(const Item& a, const Item& b) const {
    if (a.head == none || b.head == none) return a.head == b.head;
    return alignment_.gold_of[static_cast<std::size_t>(b.head)] == a.head;
  }
  /// The same functional words below, with the same relations, tags and features.
  bool same_function(const Item& a, const Item& b) const {
    return std::equal(a.function.begin(), a.function.end(), b.function.begin(), b.function.end(), [&](std::int32_t in_gold, std::int32_t in_system) {
      const Item &x = gold_.words[static_cast<std::size_t>(in_gold)], &y = system_.words[static_cast<std::size_t>(in_system)];
      return alignment_.gold_of[static_cast<std::size_t>(in_system)] == in_gold && x.relation == y.relation && x.upos == y.upos && x.feats == y.feats;
    });
  }

 private:
  const Side &gold_, &system_;
  Alignment alignment_;
};

/// A gold word without a lemma has every lemma.
bool same_lemma(const Item& a, const Item& b) { return a.lemma.empty() || a.lemma == "_" || a.lemma == b.lemma; }

Result<Evaluation> score(const ConlluDocument& in_gold, const std::vector<Sentence>& system_sentences, std::string_view system_text) {
  const Side gold = side_of(in_gold.sentences, in_gold.article.text), system = side_of(system_sentences, system_text);
  if (gold.characters != system.characters) {
    const auto size = std::min(gold.characters.size(), system.characters.size());
    const auto at = static_cast<std::size_t>(
        std::mismatch(gold.characters.begin(), gold.characters.begin() + static_cast<std::ptrdiff_t>(size), system.characters.begin()).first -
        gold.characters.begin());
    return Error{ErrorCode::malformed_input,
                 "the system's words spell another text: they part at byte " + std::to_string(at) + " (blanks not counted): \"" +
                     system.characters.substr(at, 30) + "\", gold \"" + gold.characters.substr(at, 30) + "\"",
                 "",
                 {}};
  }
  const Scorer scorer(gold, system);
  const auto tree = [&](const Item& a, const Item& b) { return scorer.same_head(a, b) && a.relation == b.relation; };
  Evaluation out;
  out.rows.push_back(count_extents("Tokens", gold.tokens, system.tokens));
  out.rows.push_back(count_extents("Sentences", gold.sentences, system.sentences));
  const auto row = [&](const char* name, bool content_only, auto same) { out.rows.push_back(scorer.count(name, content_only, same)); };
  row("Words", false, [](const Item&, const Item&) { return true; });
  row("UPOS", false, [](const Item& a, const Item& b) { return a.upos == b.upos; });
  row("XPOS", false, [](const Item& a, const Item& b) { return a.xpos == b.xpos; });
  row("UFeats", false, [](const Item& a, const Item& b) { return a.feats == b.feats; });
  row("AllTags", false, [](const Item& a, const Item& b) { return a.upos == b.upos && a.xpos == b.xpos && a.feats == b.feats; });
  row("Lemmas", false, same_lemma);
  row("UAS", false, [&](const Item& a, const Item& b) { return scorer.same_head(a, b); });
  row("LAS", false, tree);
  row("CLAS", true, tree);
  row("MLAS", true, [&](const Item& a, const Item& b) { return tree(a, b) && a.upos == b.upos && a.feats == b.feats && scorer.same_function(a, b); });
  row("BLEX", true, [&](const Item& a, const Item& b) { return tree(a, b) && same_lemma(a, b); });
  return out;
}

/// The bytes with the lines of other documents emptied: lines keep their numbers.
Result<std::string> keep_documents(std::string_view bytes, const std::vector<std::string>& prefixes, const std::string& path) {
  if (prefixes.empty()) return std::string(bytes);
  constexpr std::string_view marker = "# newdoc id = ";
  std::string out, first;
  bool keep = false, found = false;
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.starts_with("# newdoc")) {
      const std::string_view id = line.starts_with(marker) ? line.substr(marker.size()) : std::string_view();
      if (first.empty()) first = id;
      keep = std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) { return id.starts_with(prefix); });
      found = found || keep;
    }
    if (keep) out += line;
    out += '\n';
  }
  if (found) return out;
  std::string wanted;
  for (const auto& prefix : prefixes) wanted += (wanted.empty() ? "\"" : "\" or \"") + prefix;
  return Error{ErrorCode::not_found,
               "no document's id (\"# newdoc id = ...\") begins with " + wanted + "\"" + (first.empty() ? "" : "; the first is \"" + first + "\""),
               path,
               {}};
}

Result<ConlluDocument> parse(std::string_view bytes, const std::string& path, const std::vector<std::string>& documents) {
  const auto kept = keep_documents(bytes, documents, path);
  if (!kept) return kept.error();
  Metadata metadata;
  metadata.uri = path;
  return from_conllu(*kept, metadata);
}

}  // namespace

Result<Evaluation> evaluate_conllu(const GoldFile& gold, const GoldFile& system, const std::vector<std::string>& documents) {
  const auto in_gold = parse(gold.bytes, gold.path, documents);
  if (!in_gold) return in_gold.error();
  const auto in_system = parse(system.bytes, system.path, documents);
  if (!in_system) return in_system.error();
  auto out = score(*in_gold, in_system->sentences, in_system->article.text);
  if (!out) return Error{out.error().code, out.error().message, system.path, {}};
  return out;
}

Result<Evaluation> evaluate_treebank(const GoldFile& gold, const Engine& engine, const TreebankOptions& options, std::string* conllu) {
  const auto in_gold = parse(gold.bytes, gold.path, options.documents);
  if (!in_gold) return in_gold.error();
  std::vector<Sentence> sentences;
  if (options.gold_tokens) {
    for (const Sentence& known : in_gold->sentences) {
      Sentence bare{known.span, {}, known.tokens, known.starts_paragraph};
      for (const Word& word : known.words) {
        Word fresh;
        fresh.span = word.span;
        fresh.form = word.form;
        bare.words.push_back(std::move(fresh));
      }
      sentences.push_back(std::move(bare));
    }
  } else {
    sentences = engine.segmenter().segment(in_gold->article.text);
  }
  engine.annotator().annotate(sentences);
  if (conllu != nullptr) *conllu = to_conllu(in_gold->article, sentences);
  auto out = score(*in_gold, sentences, in_gold->article.text);
  if (!out) return Error{out.error().code, out.error().message, gold.path, {}};
  return out;
}

std::string to_percent_table(const Evaluation& evaluation) {
  std::array<char, 160> line{};
  std::snprintf(line.data(), line.size(), "%-12s%9s%9s%9s   right/gold/system\n", "", "P", "R", "F1");
  std::string out = line.data();
  for (const ScoreRow& row : evaluation.rows) {
    std::snprintf(line.data(), line.size(), "%-12.40s%9.2f%9.2f%9.2f   ", row.name.c_str(), 100 * row.precision(), 100 * row.recall(),
                  100 * row.f1());
    out += line.data() + std::to_string(row.right) + "/" + std::to_string(row.gold) + "/" + std::to_string(row.system) + "\n";
  }
  return out;
}

}  // namespace masudi
