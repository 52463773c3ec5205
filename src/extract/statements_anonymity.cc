// Is a source named? If not: what is told of it, and why it is not. For whom a spokesman speaks.
#include <algorithm>

#include "statements_source.h"

namespace masudi {

namespace {

/// The class that the type of a name gives; "" for none.
std::string class_of_type(const std::string& type) {
  if (type == "PER") return "named";
  if (type == "ORG" || type == "GPE" || type == "LOC" || type == "FAC") return "organisation";
  if (type == "NORP") return "anonymous";
  return "";
}

/// Does the pattern stand at word `i`? One past its last word, or none. Optional words are tried both ways.
Index match(const Tree& tree, Index i, const std::vector<AnonymityPhrase::Word>& pattern, std::size_t at) {
  if (at == pattern.size()) return i;
  const auto& word = pattern[at];
  if (i < tree.size() && (word.forms.empty() || std::find(word.forms.begin(), word.forms.end(), tree.lower(i)) != word.forms.end()))
    if (const Index last = match(tree, i + 1, pattern, at + 1); last != none) return last;
  return word.optional ? match(tree, i, pattern, at + 1) : none;
}

}  // namespace

StatementSources::StatementSources(const Article& article, const Analysis& analysis, const StatementKnowledge& knowledge)
    : StatementText(article, analysis, knowledge) {
  collect_names();
}

const SourceNoun* StatementSources::person_noun(Index s, Index i) const {
  std::string_view form = lower(s, i);
  if (form.size() > 2 && form.ends_with('.')) form.remove_suffix(1);  // "Mr."
  const auto found = knowledge_.sources.find(form);
  if (found != knowledge_.sources.end()) return found->second.source_class == "person" ? &found->second : nullptr;
  const auto by_lemma = knowledge_.sources.find(lemma(s, i));
  return by_lemma != knowledge_.sources.end() && by_lemma->second.source_class == "person" ? &by_lemma->second : nullptr;
}

void StatementSources::collect_names() {
  for (const auto& mention : analysis_.mentions.mentions)
    if (mention.kind == MentionKind::name && mention.type == "PER" && mention.last > mention.first)
      surnames_.insert(word(mention.sentence, mention.last - 1).form);
  for (Index s = 0; s < sentences_.size(); ++s)
    for (Index i = 0; i + 1 < size(s); ++i) {
      if (word(s, i + 1).upos != "PROPN" || !(word(s, i).upos == "NOUN" || word(s, i).upos == "PROPN") || !person_noun(s, i)) continue;
      if (person_noun(s, i + 1)) continue;
      named_titles_.insert(lemma(s, i));
      named_titles_.insert(lower(s, i));
      Index last = i + 1;
      while (last + 1 < size(s) && word(s, last + 1).upos == "PROPN") ++last;
      surnames_.insert(word(s, last).form);
    }
}

const SourceNoun* StatementSources::title_of_name(Speaker speaker) const {
  const Index s = speaker.sentence;
  const TextSpan phrase_span = noun_phrase(tree(s), speaker.word);
  Index first = word_from(s, phrase_span.begin);
  const Index last = word_from(s, phrase_span.end);
  while (first > 0 && first < size(s) && word(s, first).ner == "I-PER") --first;  // "Capt. Miller", which the parse took for two subjects
  for (Index i = first; i + 1 < last; ++i) {
    const SourceNoun* title = person_noun(s, i);
    if (!title) continue;
    Index next = i + 1;
    while (next < last && word(s, next).form == ".") ++next;  // "Mr. Moll" in two words
    if (next < last && word(s, next).upos == "PROPN" && starts_upper(word(s, next).form) && !person_noun(s, next)) return title;
  }
  if (const SourceNoun* title = person_noun(s, speaker.word))
    for (const auto c : tree(s).children(speaker.word)) {
      const Word& child = word(s, c);
      if (c > speaker.word && child.upos == "PROPN" && (child.deprel == "appos" || child.deprel == "flat") && !person_noun(s, c)) return title;
    }
  return nullptr;
}

bool StatementSources::is_he_or_she(const Word& word) const {
  return word.upos == "PRON" && (has_feature(word, "Gender=Masc") || has_feature(word, "Gender=Fem"));
}

bool StatementSources::is_person_elsewhere(Speaker speaker, const Mention* mention) const {
  const Word& head = word(speaker.sentence, speaker.word);
  Index last = speaker.word;
  while (last + 1 < size(speaker.sentence) && word(speaker.sentence, last + 1).deprel == "flat" && word(speaker.sentence, last + 1).upos == "PROPN")
    ++last;
  if (head.upos == "PROPN" && surnames_.count(word(speaker.sentence, last).form) > 0) return true;
  if (!mention || mention->cluster >= analysis_.mentions.clusters.size()) return false;
  for (const auto index : analysis_.mentions.clusters[mention->cluster].mentions) {
    const Mention& other = analysis_.mentions.mentions[index];
    if (other.kind == MentionKind::name && other.type == "PER") return true;
    if (is_he_or_she(word(other.sentence, other.head))) return true;
  }
  return false;
}

Speaker StatementSources::counted(Speaker speaker) const {
  const Index s = speaker.sentence;
  const Word& head = word(s, speaker.word);
  if (head.upos == "PROPN" || head.upos == "PRON" || source_noun(speaker)) return speaker;
  for (const auto c : tree(s).children(speaker.word))
    if (c > speaker.word && tree(s).has_relation(c, "nmod") && source_noun({s, c}))
      for (const auto m : tree(s).children(c))
        if (word(s, m).deprel == "case" && lower(s, m) == "of") return {s, c};
  return speaker;
}

bool StatementSources::is_plural(Speaker speaker) const {
  const Word& head = word(speaker.sentence, speaker.word);
  return has_feature(head, "Number=Plur") || head.xpos == "NNS" || head.xpos == "NNPS";
}

bool StatementSources::is_definite(Speaker speaker) const {
  for (const auto c : tree(speaker.sentence).children(speaker.word)) {
    const Word& child = word(speaker.sentence, c);
    if (child.deprel == "det" && (has_feature(child, "Definite=Def") || lower(speaker.sentence, c) == "the")) return true;
    if (child.deprel == "nmod:poss") return true;
  }
  return false;
}

SourceClass StatementSources::anonymity_of(Speaker speaker, const std::optional<std::string>& name) const {
  speaker = counted(speaker);
  const Word& head = word(speaker.sentence, speaker.word);
  const Mention* mention = mention_at(speaker);
  const SourceNoun* noun = source_noun(speaker);
  const SourceNoun* title = title_of_name(speaker);
  if (title && !is_plural(speaker)) return {"named", title->rule, true};
  if (noun && noun->source_class == "document") return {"document", noun->rule, true};

  const Cluster* cluster =
      mention && mention->cluster < analysis_.mentions.clusters.size() ? &analysis_.mentions.clusters[mention->cluster] : nullptr;
  const Mention* best = cluster && cluster->best < analysis_.mentions.mentions.size() ? &analysis_.mentions.mentions[cluster->best] : nullptr;
  const std::string cluster_class = best && best->kind == MentionKind::name ? class_of_type(best->type) : "";

  if (is_he_or_she(head)) {
    // One person: named, unless all that the article says of them is what they are.
    if (best && best != mention && best->kind == MentionKind::nominal && !is_person_elsewhere(speaker, nullptr)) {
      const Speaker other{best->sentence, best->head};
      if (const SourceNoun* known = source_noun(other); known && known->source_class == "person" && !title_of_name(other) &&
                                                        !(is_definite(other) && named_titles_.count(lemma(other.sentence, other.word)) > 0))
        return {"anonymous", known->rule, false};
    }
    return {"named", "he or she", true};
  }
  if (noun && head.upos != "PROPN") {
    if (noun->source_class == "organisation") return {"organisation", noun->rule, true};
    if (is_plural(speaker)) return {"anonymous", noun->rule, false};
    const bool named_before = cluster_class == "named" || (name && best && best->kind == MentionKind::name && best->type == "PER");
    // "the minister", where a minister is named somewhere.
    const bool post = is_definite(speaker) && named_titles_.count(lemma(speaker.sentence, speaker.word)) > 0;
    if (named_before || post) return {"named", noun->rule, true};
    return {"anonymous", noun->rule, false};
  }
  if (mention && mention->kind == MentionKind::name && !class_of_type(mention->type).empty()) {
    if (mention->type != "PER" && !is_plural(speaker) && is_person_elsewhere(speaker, mention)) return {"named", "a person elsewhere", true};
    return {class_of_type(mention->type), mention->rule, mention->type != "NORP"};
  }
  if (noun && noun->source_class == "organisation") return {"organisation", noun->rule, true};
  if (noun) {
    if (is_plural(speaker)) return {"anonymous", noun->rule, false};
    const bool post =
        named_titles_.count(lower(speaker.sentence, speaker.word)) > 0 || named_titles_.count(lemma(speaker.sentence, speaker.word)) > 0;
    if (cluster_class == "named" || post) return {"named", noun->rule, true};
    return {"anonymous", noun->rule, false};
  }
  if (head.upos == "PRON" && best && best != mention && cluster_class.empty())
    if (const SourceNoun* known = source_noun({best->sentence, best->head}))
      if (known->source_class != "person") return {known->source_class, known->rule, true};
  if (!cluster_class.empty()) return {cluster_class, mention->coref_rule.empty() ? mention->rule : mention->coref_rule, true};
  if (head.ner.ends_with("PER")) return {"named", "entity", true};
  if (head.upos == "PROPN" && is_person_elsewhere(speaker, mention)) return {"named", "a person elsewhere", true};
  if (head.ner.ends_with("ORG") || head.ner.ends_with("GPE") || head.ner.ends_with("LOC")) return {"organisation", "entity", true};
  if (head.upos == "PROPN" && !is_plural(speaker) && head.form.size() > 1) return {"named", "proper noun", true};  // "Q:" names nobody
  return {"anonymous", "no name", false};
}

Unnamed StatementSources::unnamed_of(Speaker speaker) const {
  Unnamed out;
  const Speaker who = counted(speaker);
  const Index s = who.sentence;
  const Tree& t = tree(s);
  const Word& head = word(s, who.word);
  if (head.upos == "PRON") return out;
  const auto add = [](std::optional<std::string>& field, const std::string& words) { field = field ? *field + " " + words : words; };
  const auto whose = [&](Index i) {
    const Mention* mention = mention_at({s, i});
    const auto parties = parties_at(article_, analysis_, s, i);
    const bool country = (mention && (mention->kind == MentionKind::nationality || mention->type == "GPE" || mention->type == "NORP")) ||
                         word(s, i).ner.ends_with("NORP") || word(s, i).ner.ends_with("GPE");
    if (country && !parties.empty() && parties.front().country)
      out.nationality = parties.front().country;
    else if (!country)
      out.organisation = std::string(article_.slice(noun_phrase(tree(s), i)));
  };
  if (who.word != speaker.word) out.number = lower(speaker.sentence, speaker.word);
  for (const auto c : t.children(who.word)) {
    const Word& child = word(s, c);
    const bool capital = starts_upper(child.form) && (child.upos == "PROPN" || child.upos == "ADJ");
    if (c < who.word) {
      if (t.has_relation(c, "nummod") || (child.deprel == "amod" && (lower(s, c) == "several" || lower(s, c) == "many" || lower(s, c) == "few")) ||
          (child.deprel == "det" && (lower(s, c) == "some" || lower(s, c) == "several")))
        out.number = lower(s, c);
      else if (t.has_relation(c, "nmod") || (t.has_relation(c, "compound") && capital) || (child.deprel == "amod" && capital))
        whose(c);
      else if (child.deprel == "amod" || t.has_relation(c, "compound"))
        add(out.role, child.form);
    } else if (t.has_relation(c, "nmod")) {
      const auto preposition = std::find_if(t.children(c).begin(), t.children(c).end(), [&](Index m) { return word(s, m).deprel == "case"; });
      if (preposition == t.children(c).end()) continue;
      const std::string_view form = lower(s, *preposition);
      if (form == "of" || form == "from" || form == "at" || form == "in" || form == "with") whose(c);
    }
  }
  add(out.role, head.form);
  if (!out.number && is_plural(who)) out.number = "plural";
  return out;
}

std::optional<Entity> StatementSources::principal_of(Speaker speaker, std::string& rule) const {
  const Index s = speaker.sentence;
  const Tree& t = tree(s);
  // The noun that speaks for somebody: in the noun phrase, or beside the name in apposition.
  const TextSpan own = noun_phrase(tree(s), speaker.word);
  const Index first = word_from(s, own.begin), last = word_from(s, own.end);
  Index spokesman = none;
  const auto consider = [&](Index i) {
    const SourceNoun* noun = person_noun(s, i);
    if (noun && noun->speaks_for && spokesman == none) {
      spokesman = i;
      rule = noun->rule;
    }
  };
  for (Index i = first; i < last; ++i) consider(i);
  for (const auto c : t.children(speaker.word))
    if (word(s, c).deprel == "appos") consider(c);
  if (word(s, speaker.word).deprel == "appos")
    if (const auto up = t.head(speaker.word)) consider(*up);
  if (spokesman == none) return std::nullopt;
  const auto entity = [&](Index i) -> std::optional<Entity> {
    const auto parties = parties_at(article_, analysis_, s, i);
    if (!parties.empty()) return parties.front();
    Entity out;
    out.text = noun_phrase(tree(s), i);
    return out.text.empty() ? std::nullopt : std::optional(out);
  };
  for (const auto c : t.children(spokesman)) {
    if (!t.has_relation(c, "nmod")) continue;
    if (word(s, c).deprel == "nmod:poss") return entity(c);
    for (const auto m : t.children(c))
      if (word(s, m).deprel == "case" && (lower(s, m) == "for" || lower(s, m) == "of" || lower(s, m) == "from")) return entity(c);
  }
  // "the Kremlin's spokesman", "Foreign Ministry spokeswoman": the word before it, over small adjectives.
  Index i = spokesman;
  while (i > first && (word(s, i - 1).xpos == "POS" || (word(s, i - 1).upos == "ADJ" && !starts_upper(word(s, i - 1).form)))) --i;
  if (i == first) return std::nullopt;
  const Index before = i - 1;
  const auto noun = knowledge_.sources.find(lemma(s, before));
  const bool body = word(s, before).upos == "PROPN" || (noun != knowledge_.sources.end() && noun->second.source_class == "organisation") ||
                    mention_at({s, before}) != nullptr;
  if (!body) return std::nullopt;
  return entity(before);
}

std::vector<Reticence> StatementSources::reticences() const {
  std::vector<Reticence> out;
  for (Index s = 0; s < sentences_.size(); ++s)
    for (Index i = 0; i < size(s); ++i) {
      const auto rows = knowledge_.anonymity_by_first.find(lower(s, i));
      if (rows == knowledge_.anonymity_by_first.end()) continue;
      Index longest = i;
      const AnonymityPhrase* found = nullptr;
      for (const auto row : rows->second)
        for (const auto& alternative : knowledge_.anonymity[row].alternatives)
          if (const Index last = match(tree(s), i, alternative, 0); last != none && last > longest) {
            longest = last;
            found = &knowledge_.anonymity[row];
          }
      if (!found) continue;
      if (found->goes_on)
        while (longest < size(s) && !is_punctuation(word(s, longest))) ++longest;
      const TextSpan span{word(s, i).span.begin, word(s, longest - 1).span.end};
      // A reason right after a condition belongs to it.
      if (!out.empty() && out.back().sentence == s && span.begin <= out.back().span.end + 1)
        out.back().span.end = std::max(out.back().span.end, span.end);
      else
        out.push_back({s, span, found->rule});
      i = longest - 1;
    }
  return out;
}

}  // namespace masudi
