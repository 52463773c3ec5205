#include "network_annotator.h"

#include <xxhash.h>

#include <algorithm>

#include "form.h"
#include "lemma_rule.h"

namespace masudi {

namespace {

/// Sentences are put together until they have this many words: the weights are then read once for many words, and all still lies in the cache.
constexpr std::size_t batch_words = 512;
/// Forms whose first layer a worker keeps, the most recently used ones. A form takes 32 * units bytes and a little more.
constexpr std::size_t kept_forms = 8192;

/// A form that was met: what depends on it alone.
struct Form {
  std::uint64_t hash = 0;
  std::string form, lower;
  bool used = false;        ///< since the clock's hand last passed
  std::uint32_t batch = 0;  ///< the last one it was asked for in
};

}  // namespace

/// The memory of one thread at work: what it computes in, and the forms it keeps. What is kept never changes a result, only when it is computed.
struct NetworkAnnotator::Worker final : FirstLayer {
  explicit Worker(const NetworkAnnotator& annotator)
      : model(annotator.model_), kernels(annotator.kernels_), sums_stride(model.weights().first.padded_rows()) {
    table.assign(2 * kept_forms, 0);
  }

  const LanguageModel& model;
  const Kernels& kernels;
  std::size_t sums_stride;
  NetworkRun run;
  std::vector<const Word*> words;  ///< of the batch
  std::vector<std::uint32_t> lengths;
  std::vector<std::uint32_t> slots;  ///< of the batch's words; of a long sentence only those that were asked for last

  std::vector<Form> forms;                      ///< at most kept_forms
  std::vector<Buffer<std::int32_t>> kept_sums;  ///< by form / forms_a_block
  std::vector<std::uint32_t> table;             ///< open addressing: form + 1, 0 for an empty slot
  std::uint32_t hand = 0, batch = 0;
  std::vector<std::uint32_t> fresh;  ///< forms whose sums are wanted
  Buffer<std::uint8_t> vectors;
  Buffer<std::int32_t> vector_sums, fresh_sums;

  static constexpr std::size_t forms_a_block = 256;
  std::int32_t* sums_of(std::uint32_t form) { return kept_sums[form / forms_a_block].data() + form % forms_a_block * sums_stride; }

  /// The number of the form's entry, made where there is none. Entries of this batch stay.
  std::uint32_t find(std::string_view form) {
    const std::uint64_t hash = XXH3_64bits(form.data(), form.size());
    const std::size_t mask = table.size() - 1;
    for (std::size_t at = hash & mask; table[at] != 0; at = (at + 1) & mask) {
      Form& known = forms[table[at] - 1];
      if (known.hash != hash || known.form != form) continue;
      known.used = true;
      known.batch = batch;
      return table[at] - 1;
    }
    std::uint32_t entry = 0;
    if (forms.size() < kept_forms) {
      entry = static_cast<std::uint32_t>(forms.size());
      if (entry % forms_a_block == 0) kept_sums.emplace_back(forms_a_block * sums_stride);
      forms.emplace_back();
    } else {
      while (forms[hand].used || forms[hand].batch == batch) {
        forms[hand].used = false;
        hand = (hand + 1) % static_cast<std::uint32_t>(kept_forms);
      }
      entry = hand;
      hand = (hand + 1) % static_cast<std::uint32_t>(kept_forms);
      forget(entry);
    }
    Form& made = forms[entry];
    made.hash = hash;
    made.form = form;
    made.lower = lower_form(form);
    made.used = true;
    made.batch = batch;
    std::size_t at = hash & mask;
    while (table[at] != 0) at = (at + 1) & mask;
    table[at] = entry + 1;
    fresh.push_back(entry);
    return entry;
  }

  /// Takes an entry out of the table; those behind it move up so that no search is cut short.
  void forget(std::uint32_t entry) {
    const std::size_t mask = table.size() - 1;
    std::size_t hole = forms[entry].hash & mask;
    while (table[hole] != entry + 1) hole = (hole + 1) & mask;
    table[hole] = 0;
    for (std::size_t at = (hole + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      const std::size_t home = forms[table[at] - 1].hash & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;  // it lies between its home and the hole's other side
      table[hole] = table[at];
      table[at] = 0;
      hole = at;
    }
  }

  /// The first layer of the forms that are new.
  void project() {
    const NetworkWeights& w = model.weights();
    const std::size_t stride = round_up(w.vector, Matrix::quad);
    vectors.need(words_at_once * stride);
    vector_sums.need(w.vector);
    fresh_sums.need(words_at_once * sums_stride);
    for (std::size_t done = 0; done < fresh.size(); done += words_at_once) {
      const std::size_t count = std::min(words_at_once, fresh.size() - done);
      for (std::size_t i = 0; i < count; ++i) {
        const Form& form = forms[fresh[done + i]];
        model.word_vector(kernels, form.form, form.lower, vector_sums.data(), vectors.data() + i * stride);
      }
      kernels.multiply(vectors.data(), stride, count, w.first, Inputs::shifted, fresh_sums.data(), sums_stride);
      for (std::size_t i = 0; i < count; ++i) std::copy_n(fresh_sums.data() + i * sums_stride, w.first.rows(), sums_of(fresh[done + i]));
    }
    fresh.clear();
  }

  void look_up(std::size_t first, std::size_t last) {
    ++batch;
    for (std::size_t i = first; i < last; ++i) slots[i] = find(words[i]->form);
    project();
  }

  bool kept_whole() const { return words.size() <= kept_forms / 2; }

  void begin_batch() {
    slots.resize(words.size());
    if (kept_whole()) look_up(0, words.size());
  }

  void sums(std::size_t first, std::size_t last, const std::int32_t** out) override {
    if (!kept_whole()) look_up(first, last);
    for (std::size_t i = first; i < last; ++i) out[i - first] = sums_of(slots[i]);
  }
};

NetworkAnnotator::NetworkAnnotator(LanguageModel model, const Kernels& kernels) : model_(std::move(model)), kernels_(kernels) {}
NetworkAnnotator::~NetworkAnnotator() = default;

void NetworkAnnotator::annotate(std::vector<Sentence>& sentences) const {
  auto worker = workers_.take([this] { return std::make_unique<Worker>(*this); });
  std::size_t first = 0;
  while (first < sentences.size()) {
    std::size_t last = first, words = 0;
    while (last < sentences.size() && (last == first || words + sentences[last].words.size() <= batch_words)) words += sentences[last++].words.size();
    annotate(sentences, first, last, *worker);
    first = last;
  }
  if (worker->words.size() > 8 * batch_words) worker->run = NetworkRun();  // one long sentence shall not hold its memory for ever
  workers_.give_back(std::move(worker));
}

void NetworkAnnotator::annotate(std::vector<Sentence>& sentences, std::size_t first, std::size_t last, Worker& worker) const {
  worker.words.clear();
  worker.lengths.clear();
  for (std::size_t s = first; s < last; ++s) {
    if (sentences[s].words.empty()) continue;
    worker.lengths.push_back(static_cast<std::uint32_t>(sentences[s].words.size()));
    for (const Word& word : sentences[s].words) worker.words.push_back(&word);
  }
  if (worker.words.empty()) return;
  worker.begin_batch();
  NetworkRun& run = worker.run;
  run_network(model_.weights(), kernels_, worker, worker.lengths, run);

  std::size_t at = 0;
  std::string lower_memory;
  for (std::size_t s = first; s < last; ++s) {
    std::string_view type_before;
    for (Word& word : sentences[s].words) {
      const LanguageModel::Tag& tag = model_.tags()[run.tag[at]];
      word.upos = tag.upos;
      word.xpos = tag.xpos;
      word.feats = model_.feats()[run.feats[at]];
      if (!worker.kept_whole()) lower_memory = lower_form(word.form);
      const std::string_view lower = worker.kept_whole() ? std::string_view(worker.forms[worker.slots[at]].lower) : std::string_view(lower_memory);
      if (const std::string_view known = model_.known_lemma(lower, run.tag[at]); !known.empty())
        word.lemma = known;
      else
        word.lemma = apply_lemma_rule(word.form, model_.lemma_rules()[run.lemma[at]]);
      word.head = run.head[at];
      word.deprel = model_.relations()[run.relation[at]];
      // An entity begins with B, whatever the transitions of the model say.
      const std::string& entity = model_.entities()[run.entity[at]];
      word.ner = entity;
      const std::string_view type = entity == "O" ? std::string_view() : std::string_view(entity).substr(2);
      if (entity[0] == 'I' && type != type_before) word.ner[0] = 'B';
      type_before = type;
      ++at;
    }
  }
}

}  // namespace masudi
