// The language model's file (hostile input) and the annotator over it: every word gets its columns, whatever the text is, and the same bytes on every
// instruction set, in any company and on any number of threads.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <limits>
#include <stdexcept>
#include <thread>
#include <tuple>

#include "../../src/annotate/form.h"
#include "../../src/annotate/lemma_rule.h"
#include "../../src/annotate/network_annotator.h"
#include "masudi/annotate.h"
#include "random_model.h"

namespace masudi {
namespace {

// --- forms ------------------------------------------------------------------------------------------------------------

TEST(Form, IsMadeLowerByCodePoint) {
  EXPECT_EQ(lower_form("U.S."), "u.s.");
  EXPECT_EQ(lower_form("\u00c9TAT \u0391\u03a3"), "\u00e9tat \u03b1\u03c3");
  EXPECT_EQ(lower_form("\u0130stanbul"), "\u0130stanbul");  // its lower case is two code points
  EXPECT_EQ(lower_form("A\xFF\xC3"), "a\xFF\xC3");
  EXPECT_EQ(lower_form(""), "");
}

TEST(Form, HasAShapeAndFlags) {
  EXPECT_EQ(form_shape("McDonald's"), "XxXxx'x");
  EXPECT_EQ(form_shape("1,000,000"), "d,dd,dd");
  EXPECT_EQ(form_shape("\u0645\u0631\u062d\u0628\u0627"), "cc");
  EXPECT_EQ(form_shape("\U0001F600\u2014\u20AC"), "oo");
  EXPECT_EQ(form_shape("aB1-aB1-aB1-aB1"), "xXd-xXd-xXd-");
  EXPECT_EQ(form_flags("U.S."), "1100");
  EXPECT_EQ(form_flags("mid-1990s"), "0011");
  EXPECT_EQ(form_flags("7-Eleven"), "1011");
  EXPECT_EQ(form_flags("I"), "1000");
}

TEST(Form, FeaturesCountCharactersNotBytes) {
  EXPECT_EQ(form_features("\u00c9tats-Unis", "\u00e9tats-unis").count, 12U);
  EXPECT_EQ(form_features("\u00e9", "\u00e9").count, 5U);
  EXPECT_EQ(form_features("", "").count, 3U);
  // Hashes as the trainer computes them: row of the lower-cased form among 32,768.
  EXPECT_EQ(form_features("ab", "ab").hash[1], form_features("cb", "cb").hash[1]);  // the suffix of one
  EXPECT_NE(form_features("ab", "ab").hash[2], form_features("cb", "cb").hash[2]);
}

TEST(LemmaRule, TurnsFormsIntoLemmasAndBack) {
  for (const auto& [form, lemma, rule] : {std::tuple{"Countries", "country", "l3y"},
                                          {"went", "go", "=go"},
                                          {"Talks", "talk", "l1"},
                                          {"NATO", "NATO", "k0"},
                                          {"SYRIA", "Syria", "t0"},
                                          {"'s", "be", "=be"}}) {
    EXPECT_EQ(lemma_rule(form, lemma), rule);
    EXPECT_EQ(apply_lemma_rule(form, rule), lemma);
    EXPECT_TRUE(is_lemma_rule(rule));
  }
  EXPECT_EQ(apply_lemma_rule("s", "l1"), "s");
  EXPECT_EQ(apply_lemma_rule("caf\u00e9", "l1e"), "caf\u00e9");  // never half a character
  for (const char* bad : {"", "l", "x1", "=", "lx"}) EXPECT_FALSE(is_lemma_rule(bad)) << bad;
}

// --- the file ---------------------------------------------------------------------------------------------------------

std::string open_error(const ModelFile& file) {
  const auto model = LanguageModel::from_bytes(file.pack(), "test.model");
  return model ? "" : to_string(model.error());
}

TEST(LanguageModel, OpensAndKnowsItsLabels) {
  const auto model = LanguageModel::from_bytes(random_model(1).pack(), "test.model");
  ASSERT_TRUE(model) << to_string(model.error());
  EXPECT_EQ(model->tags().at(0).upos, "NOUN");
  EXPECT_EQ(model->tags().at(0).xpos, "NNS");
  EXPECT_EQ(model->tags().at(3).xpos, "");
  EXPECT_EQ(model->feats().at(0), "");
  EXPECT_EQ(model->known_lemma("talks", 0), "talk");
  EXPECT_EQ(model->known_lemma("talks", 1), "");
  EXPECT_EQ(model->sha256(), sha256_hex(random_model(1).pack()));
  EXPECT_TRUE(LanguageModel::open("no/such/file").error().code == ErrorCode::not_found);
}

TEST(LanguageModel, AddsTheRowsOfAWordsCodes) {
  const ModelFile file = random_model(1);
  const auto model = LanguageModel::from_bytes(file.pack(), "test.model");
  ASSERT_TRUE(model) << to_string(model.error());
  ModelFile without = file;
  for (const char* name : {"coded.keys", "coded.codes", "coded.rows"}) without.tensors.erase(name);
  const auto plain = LanguageModel::from_bytes(without.pack(), "test.model");
  ASSERT_TRUE(plain) << to_string(plain.error());
  const std::size_t size = model->weights().vector;
  std::vector<std::uint8_t> inputs(size);
  const auto sums = [&](const LanguageModel& m, const char* form, const char* lower) {
    std::vector<std::int32_t> out(size);
    m.word_vector(best_kernels(), form, lower, out.data(), inputs.data());
    return out;
  };
  std::vector<std::int32_t> expected = sums(*plain, "Mosul", "mosul");
  const std::string& rows = file.tensors.at("coded.rows").bytes;
  for (std::size_t i = 0; i < size; ++i) expected[i] += static_cast<std::int8_t>(rows[7 * size + i]) + static_cast<std::int8_t>(rows[511 * size + i]);
  EXPECT_EQ(sums(*model, "Mosul", "mosul"), expected);
  for (const char* other : {"basra", "the", ""}) EXPECT_EQ(sums(*model, other, other), sums(*plain, other, other)) << other;

  // A table without an empty slot ends too.
  ModelFile full = file;
  full.words<std::int32_t>("coded.keys", "I32", {3}, {5, 6, 7});
  const auto crowded = LanguageModel::from_bytes(full.pack(), "test.model");
  ASSERT_TRUE(crowded) << to_string(crowded.error());
  EXPECT_EQ(sums(*crowded, "Mosul", "mosul"), sums(*plain, "Mosul", "mosul"));
}

TEST(LanguageModel, RefusesWhatIsNotAsItShouldBeAndSaysWhat) {
  const auto broken = [](auto&& change) {
    ModelFile file = random_model(1);
    change(file);
    return open_error(file);
  };
  const std::vector<std::pair<std::string, std::string>> cases = {
      {broken([](ModelFile& f) { f.tensors.erase("arc.weight"); }), "there is no tensor arc.weight"},
      {broken([](ModelFile& f) { f.tensors.erase("layer0.weight"); }), "found 0 tensors layerN.weight"},
      {broken([](ModelFile& f) { f.tensors["layer1.weight"].bytes[5] = 64; }), "layer1.weight holds 64; expected -63 to 63"},
      {broken([](ModelFile& f) {
         f.tensors["heads.weight"].shape = {f.tensors["heads.weight"].shape[0] * 2, 12};
       }),
       "heads.weight has the shape"},
      {broken([](ModelFile& f) { f.scale("heads.in_scale", 0.0F); }), "expected scales from 1e-12"},
      {broken([](ModelFile& f) { f.scale("embed.scale", std::numeric_limits<float>::quiet_NaN()); }), "embed.scale holds"},
      {broken([](ModelFile& f) { std::memcpy(f.tensors["layer1.peep"].bytes.data(), "\x00\x00\x80\x7F", 4); }), "layer1.peep holds inf"},
      {broken([](ModelFile& f) {
         f.words<std::int32_t>("arc.distance", "I32", {2}, {1, 2});
       }),
       "arc.distance has 2 numbers; expected 2 K + 1"},
      {broken([](ModelFile& f) { f.words<std::int32_t>("arc.distance", "I32", {1}, {1 << 30}); }), "arc.distance holds 1073741824"},
      {broken([](ModelFile& f) { f.tensors.erase("coded.rows"); }), "there is no tensor coded.rows"},
      {broken([](ModelFile& f) {
         f.tensors["coded.codes"] = {"I8", {2, 2}, "abcd"};
       }),
       "coded.codes has the shape [2, 2]; expected int8 [3, 0]"},
      {broken([](ModelFile& f) { f.tensors["arc.root"].bytes[0] = -1; }), "arc.root holds -1; expected 0 to 127"},
      {broken([](ModelFile& f) { f.metadata["vocab"] += "\nmore"; }), "\"vocab\" has 5 lines"},
      {broken([](ModelFile& f) { f.metadata.erase("tags"); }), "there is no metadata \"tags\""},
      {broken([](ModelFile& f) { f.metadata["tags"] += "\nX|Y"; }), "\"tags\" has 5 lines"},
      {broken([](ModelFile& f) { f.metadata["tags"] = "NOUN|NNS\nDET|DT\nPROPN\nX|_"; }), "a tag is \"PROPN\""},
      {broken([](ModelFile& f) { f.metadata["lemmas"] = "l0\nq\nk0\nl3y\n=be"; }), "a lemma rule is \"q\""},
      {broken([](ModelFile& f) { f.metadata["entities"] = "O\nB-PER\nPER\nB-ORG\nI-ORG"; }), "an entity label is \"PER\""},
      {broken([](ModelFile& f) { f.metadata["deprels"] = "dep\nnsubj\ndet\nobj"; }), "without root"},
      {broken([](ModelFile& f) { f.metadata["heads"] = "[[\"tag\",4],[\"tag\",4]]"; }), "each once"},
      {broken([](ModelFile& f) { f.metadata["heads"] = "{}"; }), "not a JSON list"},
      {broken([](ModelFile& f) { f.metadata["lemma_forms"] = "a\tNOUN|NNS"; }), "expected a form, a tag"},
      {broken([](ModelFile& f) {
         f.tensors["spare"] = {"I8", {3}, "ab"};
       }),
       "the place of the tensor \"spare\""},
      {broken([](ModelFile& f) {
         f.tensors["spare"] = {"F16", {1}, "ab"};
       }),
       "expected I8, I32 or F32"},
      {broken([](ModelFile& f) {
         f.tensors["spare"] = {"I8", {1ULL << 62U, 1ULL << 62U}, "ab"};
       }),
       "does not fit into the file"},
  };
  for (const auto& [found, wanted] : cases) EXPECT_NE(found.find(wanted), std::string::npos) << "found: " << found << "\nwanted: " << wanted;

  std::string bytes = random_model(1).pack();
  for (const std::string& bad : {std::string(), std::string("abc"), std::string(200, '\xFF'), bytes + "x", bytes.substr(0, bytes.size() - 1),
                                 bytes.substr(0, 300), std::string("\x02\0\0\0\0\0\0\0[]", 10), std::string("\x02\0\0\0\0\0\0\0{}", 10)}) {
    const auto model = LanguageModel::from_bytes(bad, "test.model");
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, ErrorCode::corrupt_store);
    EXPECT_FALSE(model.error().message.empty());
  }
}

// --- annotation -------------------------------------------------------------------------------------------------------

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

Sentence sentence_of(const std::vector<std::string>& forms) {
  Sentence out;
  std::uint32_t at = 0;
  for (const auto& form : forms) {
    Word word;
    word.form = form;
    word.span = {at, at + static_cast<std::uint32_t>(form.size())};
    at = word.span.end + 1;
    out.words.push_back(std::move(word));
  }
  if (!out.words.empty()) out.span = {0, out.words.back().span.end};
  return out;
}

std::string columns(const std::vector<Sentence>& sentences) {
  std::string out;
  for (const auto& sentence : sentences) {
    for (const auto& w : sentence.words)
      out += w.form + "\t" + w.lemma + "\t" + w.upos + "\t" + w.xpos + "\t" + w.feats + "\t" + std::to_string(w.head) + "\t" + w.deprel + "\t" +
             w.ner + "\n";
    out += "\n";
  }
  return out;
}

/// Texts that news has and texts that it should not have.
std::vector<Sentence> strange_sentences() {
  std::vector<Sentence> out;
  for (const char* text : {"TALKS END WITHOUT DEAL AS MINISTERS LEAVE GENEVA", "the minister left the talks and the talks went on",
                           "No stop at the end", "The U.S. said \u201cnothing\u201d \u2014 again .",
                           "\u0645\u0631\u062d\u0628\u0627 \u041f\u0440\u0438\u0432\u0435\u0442 \u4f60\u597d \u00e9tat mixed",
                           "\U0001F600 \U0001F1EC\U0001F1EA \U0001F468\u200D\U0001F469\u200D\U0001F467",
                           "a\x01"
                           "b \x1b[31m \x7f .",
                           "\xFF\xFE broken \xC3 bytes", "I", "\u0130stanbul \u1E9E \u01C5"})
    out.push_back(sentence_of(split(text)));
  out.insert(out.begin() + 3, Sentence());
  return out;
}

NetworkAnnotator annotator_of(const Kernels& kernels, std::uint64_t seed = 7) {
  auto model = LanguageModel::from_bytes(random_model(seed).pack(), "test.model");
  if (!model) throw std::runtime_error(to_string(model.error()));
  return NetworkAnnotator(*std::move(model), kernels);
}

void expect_whole(const std::vector<Sentence>& sentences) {
  for (const auto& sentence : sentences) {
    std::vector<std::int32_t> heads;
    for (const auto& word : sentence.words) {
      heads.push_back(word.head);
      EXPECT_FALSE(word.upos.empty());
      EXPECT_EQ(word.deprel == "root", word.head < 0) << word.form;
      EXPECT_TRUE(word.ner == "O" || word.ner.size() > 2);
    }
    EXPECT_TRUE(is_tree(heads.data(), heads.size()));
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {  // IOB2: an entity begins with B
      const std::string& ner = sentence.words[i].ner;
      if (ner[0] != 'I') continue;
      EXPECT_TRUE(i > 0 && sentence.words[i - 1].ner.size() > 2 && sentence.words[i - 1].ner.substr(2) == ner.substr(2));
    }
  }
}

TEST(NetworkAnnotator, FillsEveryWordOfStrangeText) {
  const NetworkAnnotator annotator = annotator_of(best_kernels());
  std::vector<Sentence> none;
  annotator.annotate(none);
  EXPECT_TRUE(none.empty());
  std::vector<Sentence> empty(3);
  annotator.annotate(empty);
  auto sentences = strange_sentences();
  annotator.annotate(sentences);
  expect_whole(sentences);
}

TEST(NetworkAnnotator, GivesTheSameBytesOnEveryInstructionSet) {
  auto wanted = strange_sentences();
  annotator_of(*all_kernels().back()).annotate(wanted);
  for (const Kernels* kernels : all_kernels()) {
    auto found = strange_sentences();
    annotator_of(*kernels).annotate(found);
    EXPECT_EQ(columns(found), columns(wanted)) << kernels->name;
  }
}

/// Many sentences of few words: forms leave the memory of the worker and come back.
std::vector<Sentence> many_sentences(std::uint64_t seed, std::size_t count, std::int32_t kinds) {
  Random random(seed);
  std::vector<Sentence> out;
  for (std::size_t s = 0; s < count; ++s) {
    std::vector<std::string> forms;
    for (std::int32_t i = random.integer(0, 40); i > 0; --i) forms.push_back("w" + std::to_string(random.integer(0, kinds)));
    out.push_back(sentence_of(forms));
  }
  return out;
}

TEST(NetworkAnnotator, CompanyDoesNotMatter) {
  const NetworkAnnotator annotator = annotator_of(best_kernels());
  auto together = many_sentences(3, 1500, 40000);  // more forms than a worker keeps
  auto alone = together;
  annotator.annotate(together);
  expect_whole(together);
  for (std::size_t s = alone.size(); s-- > 0;) {
    std::vector<Sentence> one = {alone[s]};
    annotator.annotate(one);
    alone[s] = one.front();
  }
  EXPECT_EQ(columns(alone), columns(together));
}

TEST(NetworkAnnotator, ThreadsDoNotMatter) {
  const NetworkAnnotator annotator = annotator_of(best_kernels());
  std::vector<std::vector<Sentence>> articles;
  for (std::uint64_t a = 0; a < 16; ++a) articles.push_back(many_sentences(a, 12, 300));
  auto one_thread = articles;
  for (auto& article : one_thread) annotator.annotate(article);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t a = t; a < articles.size(); a += 4) annotator.annotate(articles[a]);
    });
  for (auto& thread : threads) thread.join();
  for (std::size_t a = 0; a < articles.size(); ++a) EXPECT_EQ(columns(articles[a]), columns(one_thread[a]));
}

TEST(NetworkAnnotator, LongSentencesAreTreesInLinearTimeAndMemory) {
  const NetworkAnnotator annotator = annotator_of(best_kernels());
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  const std::vector<std::size_t> sizes = {513, 5000};
#else
  const std::vector<std::size_t> sizes = {513, 5000, 100000};
#endif
  for (const std::size_t words : sizes) {
    Random random(words);
    std::vector<std::string> forms;
    for (std::size_t i = 0; i < words; ++i) forms.push_back(i % 7 == 0 ? "the" : "w" + std::to_string(random.integer(0, 20000)));
    std::vector<Sentence> sentences = {sentence_of(forms)};
    const auto start = std::chrono::steady_clock::now();
    annotator.annotate(sentences);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    expect_whole(sentences);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu words: %.2f s, peak memory of the test %ld MB\n", words, seconds, usage.ru_maxrss / 1024);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_LT(usage.ru_maxrss / 1024, 600);
#endif
  }
  // The same word again and again: every arc is as good as every other.
  std::vector<Sentence> same = {sentence_of(std::vector<std::string>(3000, "the"))};
  annotator.annotate(same);
  expect_whole(same);
}

}  // namespace
}  // namespace masudi
