// Finding mentions: one for each noun, pronoun or nationality that heads a phrase, with its name, number, gender and person.
#include <algorithm>

#include "mention_impl.h"

namespace masudi {

namespace {

bool has(const std::string& feats, std::string_view feature) { return feats.find(feature) != std::string::npos; }

std::string lower_lemma(const Word& word) { return ascii_lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma); }

bool is_part_of_name(const Tree& tree, std::uint32_t i) {
  return tree.has_relation(i, "flat") || tree.has_relation(i, "compound") || tree.has_relation(i, "nmod:desc") || tree.has_relation(i, "goeswith");
}

/// First and last+1 word of the name that a word heads: its entity where the model found one, else the run of proper nouns that hang on it.
std::pair<std::uint32_t, std::uint32_t> name_words(const Tree& tree, std::uint32_t head) {
  const auto entity = [&](std::uint32_t i) -> std::string { return tree.word(i).ner.size() > 2 ? tree.word(i).ner.substr(2) : ""; };
  const std::string type = entity(head);
  std::uint32_t first = head, last = head + 1;
  if (!type.empty()) {
    while (first > 0 && entity(first - 1) == type && tree.word(first).ner[0] == 'I') --first;
    while (last < tree.size() && tree.word(last).ner[0] == 'I' && entity(last) == type) ++last;
  }
  const auto joins = [&](std::uint32_t i) {
    const Word& word = tree.word(i);
    return word.upos == "PROPN" && is_part_of_name(tree, i) && tree.head(i) && *tree.head(i) >= std::min(first, i) &&
           *tree.head(i) <= std::max(last - 1, i);
  };
  while (first > 0 && (joins(first - 1) || (tree.word(first - 1).form == "-" && first > 1 && tree.word(first - 2).upos == "PROPN"))) --first;
  while (last < tree.size() && joins(last)) ++last;
  // "Park Geun-hye": what a hyphen joins without a blank is one word.
  const auto touches = [&](std::uint32_t i) { return tree.word(i).span.end == tree.word(i + 1).span.begin; };
  while (last + 1 < tree.size() && tree.word(last).form == "-" && touches(last - 1) && touches(last)) last += 2;
  return {first, last};
}

}  // namespace

const std::string* MentionRules::Impl::find_known(std::string_view spelled) const {
  if (const auto at = exact.find(std::string(spelled)); at != exact.end()) return &at->second;
  const auto at = known.find(fold(spelled));
  return at == known.end() ? nullptr : &at->second;
}

std::vector<Tree> trees_of(const std::vector<Sentence>& sentences) {
  std::vector<Tree> out;
  out.reserve(sentences.size());
  for (const Sentence& sentence : sentences) out.emplace_back(sentence);
  return out;
}

namespace {

class Detector {
 public:
  Detector(const Article& article, const MentionRules::Impl& rules) : article_(article), rules_(rules) {}

  /// The mentions of one sentence, appended.
  void read(const Tree& tree, std::uint32_t sentence, std::vector<FoundMention>& out) {
    const std::size_t start = out.size();
    std::vector<std::int64_t> at(tree.size(), -1);
    // Words inside a name that another word heads are no mention of their own: "General" in "General Motors".
    std::vector<bool> inside(tree.size(), false);
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      const Word& word = tree.word(i);
      if (word.upos != "PROPN" || word.ner.size() < 3 || is_part_of_name(tree, i)) continue;
      const auto [first, last] = name_words(tree, i);
      for (std::uint32_t k = first; k < last; ++k)
        if (k != i && tree.word(k).upos == "PROPN" && tree.word(k).ner.size() > 2 && tree.word(k).ner.substr(2) == word.ner.substr(2))
          inside[k] = true;
    }
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      const Word& word = tree.word(i);
      if (tree.has_relation(i, "flat") || tree.has_relation(i, "goeswith") || inside[i]) continue;
      // "President" in "President Park" is her title, not somebody beside her.
      if (const auto up = tree.head(i); up && *up > i && is_part_of_name(tree, i) && tree.word(*up).upos == "PROPN" &&
                                        tree.word(*up).ner.ends_with("PER") &&
                                        (rules_.title.count(lower_lemma(word)) || rules_.offices.count(lower_lemma(word))))
        continue;
      FoundMention found;
      if (word.upos == "ADJ") {
        const auto country = rules_.demonyms.find(fold(word.form));
        if (country == rules_.demonyms.end() || word.form.empty() || !(word.form[0] >= 'A' && word.form[0] <= 'Z')) continue;
        if (i + 1 < tree.size() && tree.word(i + 1).form == "-") continue;  // "Iranian-backed"
        found.mention.kind = MentionKind::nationality;
        found.known = country->second;
        found.country = true;
        found.gender = 'n';
      } else if (word.upos == "NOUN" || word.upos == "PROPN") {
        found.mention.kind = word.upos == "PROPN" ? MentionKind::name : MentionKind::nominal;
      } else if (word.upos == "PRON" || (word.upos == "DET" && has(word.feats, "Poss=Yes"))) {
        if (tree.has_relation(i, "expl")) continue;
        found.mention.kind = MentionKind::pronoun;
      } else {
        continue;
      }
      Mention& mention = found.mention;
      mention.sentence = sentence;
      mention.first = tree.extent(i).first;
      mention.last = tree.extent(i).last;
      mention.head = i;
      mention.span = tree.span(i);
      if (word.ner.size() > 2) mention.type = word.ner.substr(2);
      mention.rule = "mention.head";
      found.plural = has(word.feats, "Number=Plur") || word.xpos == "NNS" || word.xpos == "NNPS";
      found.subject = tree.has_relation(i, "nsubj");
      found.possessive = tree.has_relation(i, "nmod:poss");
      for (const auto c : tree.children(i))
        found.definite = found.definite || has(tree.word(c).feats, "Definite=Def") || has(tree.word(c).feats, "Poss=Yes") ||
                         has(tree.word(c).feats, "PronType=Dem") || tree.has_relation(c, "nmod:poss");
      if (mention.kind == MentionKind::name) read_name(tree, found);
      if (mention.kind == MentionKind::nominal) read_nominal(tree, found);
      if (mention.kind == MentionKind::pronoun) read_pronoun(tree, found);
      at[i] = static_cast<std::int64_t>(out.size());
      out.push_back(std::move(found));
    }
    for (std::size_t k = start; k < out.size(); ++k) {
      const auto head = tree.head(out[k].mention.head);
      if (!head || at[*head] < 0) continue;
      if (tree.has_relation(out[k].mention.head, "appos")) out[k].renames = static_cast<std::uint32_t>(at[*head]);
    }
    // A relative pronoun takes up the noun that its clause hangs on.
    for (std::size_t k = start; k < out.size(); ++k) {
      if (!out[k].relative) continue;
      std::uint32_t i = out[k].mention.head;
      for (std::uint32_t step = 0; step < 4; ++step) {
        const auto up = tree.head(i);
        if (!up) break;
        if (tree.has_relation(i, "acl") && at[*up] >= 0) {
          out[k].renames = static_cast<std::uint32_t>(at[*up]);
          break;
        }
        i = *up;
      }
    }
  }

 private:
  void set_gender(FoundMention& found, const std::string& word) const {
    const auto at = rules_.genders.find(word);
    if (at == rules_.genders.end() || found.gender != '?') return;
    found.gender = at->second.first;
    found.gender_rule = at->second.second;
  }

  void read_name(const Tree& tree, FoundMention& found) const {
    auto [first, last] = name_words(tree, found.mention.head);
    // Titles are no part of the name: "Prime Minister" Mustafa Al-Kazemi.
    const std::uint32_t head = found.mention.head;
    // The parser may hang the name on its title: then the title has no entity of its own.
    for (std::uint32_t i = first; i < last && found.mention.type.empty(); ++i)
      if (tree.word(i).ner.size() > 2) found.mention.type = tree.word(i).ner.substr(2);
    const bool person = found.mention.type == "PER" || found.mention.type.empty();
    while (person && first + 1 < last) {
      const std::string word = ascii_lower(tree.word(first).form);
      const std::string bare = word.ends_with('.') ? word.substr(0, word.size() - 1) : word;
      if (!rules_.title.count(bare) && !rules_.offices.count(bare) && !rules_.demonyms.count(word)) break;
      if (found.titles.empty() && rules_.title.count(bare)) found.mention.rule += " " + rules_.title_rule;
      found.titles.push_back(bare);
      ++first;
    }
    const auto& children = tree.children(head);
    for (const auto c : children)
      if (c < head && (c < first || c >= last) &&
          (tree.has_relation(c, "nmod:desc") || tree.has_relation(c, "compound") || tree.has_relation(c, "amod")))
        for (std::uint32_t i = tree.extent(c).first; i < tree.extent(c).last; ++i) found.titles.push_back(lower_lemma(tree.word(i)));
    const TextSpan span = tree.span(first, last);
    found.name = std::string(article_.slice(span));
    std::replace(found.name.begin(), found.name.end(), '\n', ' ');
    found.folded = fold(found.name);
    if (const std::string* id = rules_.find_known(found.name))
      found.known = *id;
    else if (found.folded.starts_with("the "))
      if (const std::string* bare = rules_.find_known(std::string_view(found.name).substr(4))) found.known = *bare;
    if (found.known.starts_with("cc.")) found.country = true;
    found.form = rules_.spellings.form(found.name);
    found.person = found.mention.type == "PER";
    found.body = found.mention.type == "ORG" || found.known.starts_with("act.");
    for (const auto& title : found.titles) set_gender(found, title);
    if (found.person && found.gender == '?' && !found.folded.empty()) {
      const auto given = rules_.given.find(found.folded.substr(0, found.folded.find_first_of(" -")));
      if (given != rules_.given.end() && found.folded.find(' ') != std::string::npos) {
        found.gender = given->second.first;
        found.gender_rule = given->second.second;
      }
    }
    if (!found.person && (found.body || found.country || found.mention.type == "GPE" || found.mention.type == "LOC" || found.mention.type == "FAC"))
      found.gender = 'n';
    if (found.mention.type == "NORP") found.plural = found.plural || found.folded.ends_with('s');
  }

  void read_nominal(const Tree& tree, FoundMention& found) const {
    const Word& word = tree.word(found.mention.head);
    found.noun = lower_lemma(word);
    for (const auto c : tree.children(found.mention.head)) {
      const bool modifies = tree.has_relation(c, "amod") || tree.has_relation(c, "compound") || tree.has_relation(c, "nummod");
      const std::string lemma = lower_lemma(tree.word(c));
      if (c < found.mention.head && (lemma == "two" || lemma == "both"))
        found.pair = true;
      else if (modifies && c < found.mention.head)
        found.marks.push_back(lemma);
    }
    std::string two = found.noun;
    if (found.mention.head > 0) two = lower_lemma(tree.word(found.mention.head - 1)) + " " + found.noun;
    auto office = rules_.offices.find(two);
    if (office == rules_.offices.end()) office = rules_.offices.find(found.noun);
    if (office != rules_.offices.end()) {
      found.person =
          office->second.kind == "post" || office->second.kind == "person" || (office->second.kind == "role" && !office->second.sector.empty());
      found.body = office->second.kind == "body";
    }
    set_gender(found, found.noun);
    if (found.body && found.gender == '?') found.gender = 'n';
  }

  void read_pronoun(const Tree& tree, FoundMention& found) const {
    const Word& word = tree.word(found.mention.head);
    const std::string form = ascii_lower(word.form);
    found.noun = form;
    found.relative = has(word.feats, "PronType=Rel") || ((form == "who" || form == "which" || form == "that") && word.xpos.starts_with("W"));
    if (has(word.feats, "PronType=Prs") || word.xpos == "PRP" || word.xpos == "PRP$") {
      found.grammatical_person = has(word.feats, "Person=1") ? 1 : has(word.feats, "Person=2") ? 2 : has(word.feats, "Person=3") ? 3 : 0;
      found.reflexive = has(word.feats, "Reflex=Yes") || form.ends_with("self") || form.ends_with("selves");
      if (has(word.feats, "Gender=Masc")) found.gender = 'm';
      if (has(word.feats, "Gender=Fem")) found.gender = 'f';
      if (has(word.feats, "Gender=Neut")) found.gender = 'n';
      set_gender(found, form);
      found.person = found.gender == 'm' || found.gender == 'f';
    }
  }

  const Article& article_;
  const MentionRules::Impl& rules_;
};

}  // namespace

std::vector<FoundMention> detect(const Article& article, const std::vector<Tree>& trees, const MentionRules::Impl& rules) {
  std::vector<FoundMention> out;
  Detector detector(article, rules);
  for (std::uint32_t s = 0; s < trees.size(); ++s) detector.read(trees[s], s, out);
  return out;
}

}  // namespace masudi
