// The annotator: the language model's network over the words of the sentences, and the lemmas that the lexicon knows better.
#include "masudi/annotate.h"

#include "irregular_forms.h"
#include "mend.h"
#include "network_annotator.h"

namespace masudi {

struct Annotator::Impl {
  NetworkAnnotator network;
  IrregularForms irregular;
  InfinitiveNouns infinitive_nouns;
  DayNames day_names;
  AmountWords amount_words;
};

Annotator::Annotator(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::open(const std::string& folder, const Lexicon& lexicon) {
  auto irregular = IrregularForms::build(lexicon);
  if (!irregular) return irregular.error();
  auto model = LanguageModel::open(folder + "/language.model");
  if (!model) return model.error();
  return Annotator(std::unique_ptr<Impl>(new Impl{NetworkAnnotator(*std::move(model), best_kernels()), *std::move(irregular),
                                                  InfinitiveNouns::build(lexicon), DayNames::build(lexicon), AmountWords::build(lexicon)}));
}

void Annotator::annotate(std::vector<Sentence>& sentences) const {
  impl_->network.annotate(sentences);
  for (Sentence& sentence : sentences) {
    mend_verbless(sentence);
    mend_opening_noun(sentence);
    mend_participle_root(sentence);
    mend_addressee(sentence);
    mend_parallel(sentence);
    mend_headline_subjects(sentence);
    mend_subjects(sentence);
    mend_possessors(sentence);
    mend_bare_obliques(sentence);
    mend_behind_times(sentence);
    mend_flat_objects(sentence);
    impl_->amount_words.mend(sentence);
    impl_->day_names.mend(sentence);
    mend_name_bounds(sentence);
    for (Word& word : sentence.words)
      if (auto known = impl_->irregular.find(word)) word.lemma = std::move(known->lemma);
    impl_->infinitive_nouns.mend(sentence);
  }
  impl_->day_names.mend_repeated(sentences);
}

std::vector<std::string_view> Annotator::rules(const Sentence& sentence, std::size_t word) const {
  std::vector<std::string_view> out;
  if (const auto known = impl_->irregular.find(sentence.words[word])) out.push_back(known->rule);
  if (const auto rule = impl_->infinitive_nouns.rule(sentence, word); !rule.empty()) out.push_back(rule);
  if (const auto rule = impl_->amount_words.rule(sentence, word); !rule.empty()) out.push_back(rule);
  return out;
}

const std::string& Annotator::version() const { return impl_->network.model().sha256(); }

}  // namespace masudi
