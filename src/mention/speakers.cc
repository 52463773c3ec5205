// Who says the quotation that a mention stands in: for "I" and "we". Statements are read later and with more care; this is what coreference needs.
#include <algorithm>

#include "mention_impl.h"

namespace masudi {

namespace {

/// Byte ranges inside quotation marks. A mark that opens and never closes quotes to the end of its paragraph.
std::vector<TextSpan> quotations(std::string_view text) {
  std::vector<TextSpan> out;
  bool open = false;
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] != '"' && text[i] != '\n' && text[i] != '\xE2') continue;  // nearly every byte
    const bool straight = text[i] == '"';
    const bool left = text.substr(i, 3) == "\u201C", right = text.substr(i, 3) == "\u201D";
    if (!open && (straight || left)) {
      open = true;
      begin = i;
    } else if (open && (straight || right || (text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n'))) {
      out.push_back({begin, i});
      open = false;
    }
  }
  if (open) out.push_back({begin, static_cast<std::uint32_t>(text.size())});
  return out;
}

}  // namespace

void find_speakers(const Article& article, const std::vector<Tree>& trees, const MentionRules::Impl& rules, std::vector<FoundMention>& found) {
  const auto quoted = quotations(article.text);
  const auto inside = [&](TextSpan span) {
    const auto after = std::upper_bound(quoted.begin(), quoted.end(), span.begin, [](std::uint32_t b, TextSpan q) { return b < q.begin; });
    return after != quoted.begin() && (after - 1)->contains(span);
  };
  // The mention that says something in a sentence: the subject of a verb that says, outside quotation marks.
  std::vector<std::optional<std::uint32_t>> says(trees.size());
  for (std::uint32_t k = 0; k < found.size(); ++k) {
    FoundMention& mention = found[k];
    const Tree& tree = trees[mention.mention.sentence];
    const std::uint32_t head = mention.mention.head;
    mention.quoted = inside(tree.word(head).span);
    if (mention.quoted || !mention.subject) continue;
    const auto verb = tree.head(head);
    if (!verb || !rules.cues.count(tree.lemma(*verb))) continue;
    mention.says = true;
    auto& slot = says[mention.mention.sentence];
    if (!slot) slot = k;
  }
  std::optional<std::uint32_t> last;  // who spoke last, for quotations that run on
  std::uint32_t last_sentence = 0;
  std::vector<std::uint32_t> paragraph(trees.size());
  for (std::uint32_t s = 1; s < trees.size(); ++s) paragraph[s] = paragraph[s - 1] + (trees[s].sentence().starts_paragraph ? 1U : 0U);
  std::uint32_t seen = 0;
  for (FoundMention& mention : found) {
    const std::uint32_t s = mention.mention.sentence;
    for (; seen <= s; ++seen)
      if (seen > 0 && says[seen - 1]) last = says[seen - 1], last_sentence = seen - 1;
    if (mention.grammatical_person != 1) continue;
    if (says[s]) {
      // "I" outside the marks may be reported speech of the same sentence ("he said we must"): the sayer all the same.
      mention.speaker = says[s];
      continue;
    }
    if (!mention.quoted) continue;
    if (last && (paragraph[last_sentence] == paragraph[s] || s - last_sentence <= 2))
      mention.speaker = last;
    else if (s + 1 < trees.size() && paragraph[s + 1] == paragraph[s] && says[s + 1])
      mention.speaker = says[s + 1];
  }
}

}  // namespace masudi
