// The extractor of commitments: the order of work in an article.
#include "commitments_reader.h"

namespace masudi {

CommitmentReader::CommitmentReader(const Article& article, const Analysis& analysis, const CommitmentKnowledge& knowledge, Extraction& out)
    : article_(article),
      analysis_(analysis),
      knowledge_(knowledge),
      out_(out),
      quotations_(find_quotations(article, analysis.sentences, knowledge.marks)) {
  trees_.reserve(analysis.sentences.size());
  for (const auto& sentence : analysis.sentences) trees_.emplace_back(sentence);
}

void CommitmentReader::read() {
  for (Index s = 0; s < trees_.size(); ++s) {
    std::vector<Draft> drafts;
    rejected_.clear();
    for (Index i = 0; i < tree(s).size(); ++i) read_word(s, i, drafts);
    drop_inner(drafts);
    for (Draft& draft : drafts) finish(s, draft);
  }
}

void extract_commitments(const Article& article, const Analysis& analysis, const CommitmentRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const CommitmentKnowledge*>(&rules);
  if (!knowledge) return;
  CommitmentReader(article, analysis, *knowledge, out).read();
}

}  // namespace masudi
