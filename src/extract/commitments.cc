// The extractor of commitments: the order of work in an article.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

CommitmentReader::CommitmentReader(const Article& article, const Analysis& analysis, const CommitmentKnowledge& knowledge, Extraction& out)
    : article_(article),
      analysis_(analysis),
      knowledge_(knowledge),
      out_(out),
      quotations_(find_quotations(article, analysis.sentences, knowledge.marks)),
      trees_(analysis.trees) {
  agreement_ = read_agreement(article, analysis, knowledge.agreements);
  voice_ = find_voice();
}

void CommitmentReader::read() {
  for (Index s = 0; s < trees_.size(); ++s) {
    std::vector<Draft> drafts;
    rejected_.clear();
    for (Index i = 0; i < tree(s).size(); ++i)
      if (!is_lead_in(s, i)) read_word(s, i, drafts);
    if (voice_ && voice_->items && drafts.empty()) read_manifesto_item(s, drafts);
    drop_inner(drafts);
    if (agreement_)
      for (std::size_t k = 0; k < agreement_->clauses.size(); ++k)
        if (agreement_->clauses[k].sentence == s && agreement_->clauses[k].lead_in) read_items(k, drafts);
    std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
      return std::pair(a.record.anchor.begin, a.record.consequent.begin) < std::pair(b.record.anchor.begin, b.record.consequent.begin);
    });
    for (Draft& draft : drafts) finish(draft.sentence, draft);
  }
  if (agreement_) add_agreement();
}

void extract_commitments(const Article& article, const Analysis& analysis, const CommitmentRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const CommitmentKnowledge*>(&rules);
  if (!knowledge) return;
  CommitmentReader(article, analysis, *knowledge, out).read();
}

}  // namespace masudi
