#include "statements_source.h"

#include <algorithm>
#include <set>

namespace masudi {

TextSpan StatementSources::phrase(Speaker speaker) const {
  const Tree& t = tree(speaker.sentence);
  const auto all = t.conjuncts(speaker.word);
  TextSpan span = noun_phrase(t, speaker.word);
  for (const auto i : all) {
    if (i <= speaker.word || !is_nominal(word(speaker.sentence, i))) continue;
    const TextSpan more = noun_phrase(t, i);
    if (more.end > span.end && more.end - span.begin < 200) span.end = more.end;
  }
  return span;
}

const SourceNoun* StatementSources::source_noun(Speaker speaker) const {
  const Word& head = word(speaker.sentence, speaker.word);
  if (head.upos == "PROPN" && starts_upper(head.form) && speaker.word > 0 && mention_at(speaker) && mention_at(speaker)->type == "PER")
    return nullptr;
  const Index s = speaker.sentence, i = speaker.word;
  // "think-tank" is three words.
  if (i >= 2 && word(s, i - 1).form == "-" && word(s, i - 1).span.begin == word(s, i - 2).span.end && word(s, i - 1).span.end == head.span.begin)
    if (const auto joined = knowledge_.sources.find(std::string(lower(s, i - 2)) + "-" + std::string(lemma(s, i)));
        joined != knowledge_.sources.end())
      return &joined->second;
  const auto found = knowledge_.sources.find(lemma(s, i));
  if (found != knowledge_.sources.end()) return &found->second;
  const auto form = knowledge_.sources.find(lower(s, i));
  return form != knowledge_.sources.end() ? &form->second : nullptr;
}

bool StatementSources::is_document(Speaker speaker) const {
  const SourceNoun* noun = source_noun(speaker);
  return noun && noun->source_class == "document";
}

bool StatementSources::is_outlet(Speaker speaker) const {
  // "reporters" are of the media and relay nothing by that name.
  const SourceNoun* noun = source_noun(speaker);
  if (noun && noun->source_class == "person") return false;
  if (word(speaker.sentence, speaker.word).upos == "PROPN" && knowledge_.outlet(article_.slice(noun_phrase(tree(speaker.sentence), speaker.word))))
    return true;
  for (const auto& party : parties_at(article_, analysis_, speaker.sentence, speaker.word))
    if (party.sector == "MED") return true;
  return false;
}

bool StatementSources::is_party(Speaker speaker) const {
  const Word& head = word(speaker.sentence, speaker.word);
  if (head.upos == "PROPN") return true;
  if (head.upos == "PRON") return head.xpos == "PRP" || head.xpos == "PRP$" || head.xpos == "WP";
  if (source_noun(speaker)) return true;
  return mention_at(speaker) != nullptr;
}

bool StatementSources::fits(const Cue& cue, Speaker speaker, bool quoted, std::string& why) const {
  const Word& head = word(speaker.sentence, speaker.word);
  if (head.upos == "PRON" && (head.xpos == "DT" || head.xpos == "EX" || has_feature(head, "PronType=Dem"))) {
    why = "the subject points at a fact";
    return false;
  }
  if (!is_nominal(head) && !mention_at(speaker) && head.upos != "ADJ" && head.upos != "NUM" && head.upos != "DET" && head.upos != "X") {
    why = "the subject is no noun";
    return false;
  }
  const bool first_or_second = has_feature(head, "Person=1") || has_feature(head, "Person=2");
  if (first_or_second && quotation_over(head.span.begin)) {
    why = "a first or second person inside a quotation";
    return false;
  }
  const bool document = is_document(speaker);
  switch (cue.subject) {
    case CueSubject::any:
      return true;
    case CueSubject::party:
      if (is_party(speaker)) return true;
      why = "the subject is no party";
      return false;
    case CueSubject::person:
      if (!document) return true;
      why = "a document does not do this";
      return false;
    case CueSubject::document:
      if (document) return true;
      why = "only a document does this";
      return false;
    case CueSubject::body: {
      const SourceNoun* noun = source_noun(speaker);
      if (noun) return true;
      if (head.upos == "PROPN" && mention_at(speaker) && mention_at(speaker)->type == "ORG") return true;
      why = "a finding of a body is meant";
      return false;
    }
    case CueSubject::group:
      if (first_or_second) {
        why = "a private thought";
        return false;
      }
      if (head.upos == "PRON" && !quoted) {
        why = "a private thought";
        return false;
      }
      return is_party(speaker);
    case CueSubject::quoted:
      if (quoted) return true;
      why = "a thought without a quotation";
      return false;
  }
  return true;
}

Entity StatementSources::entity_of(Speaker speaker, SourceClass& known) const {
  Entity out;
  const auto parties = parties_at(article_, analysis_, speaker.sentence, speaker.word);
  std::optional<std::string> name;
  if (!parties.empty()) {
    out = parties.front();
    name = out.name;
    std::set<std::string> names;
    std::vector<std::string> order;
    for (const auto& party : parties) {
      if (party.country != out.country) out.country.reset();
      if (party.sector != out.sector) out.sector.reset();
      out.text.begin = std::min(out.text.begin, party.text.begin);
      out.text.end = std::max(out.text.end, party.text.end);
      if (party.name && names.insert(*party.name).second) order.push_back(*party.name);
    }
    if (parties.size() > 1 && order.size() > 1) {
      std::string joined;
      for (std::size_t i = 0; i < order.size(); ++i) joined += (i == 0 ? "" : i + 1 == order.size() ? " and " : ", ") + order[i];
      name = joined;
    }
  } else {
    out.text = phrase(speaker);
    // A report is of whoever issued it: the body that stands before its noun.
    if (is_document(speaker)) {
      const Tree& t = tree(speaker.sentence);
      for (const auto c : t.children(speaker.word)) {
        if (!(t.has_relation(c, "nmod") || t.has_relation(c, "compound") || t.has_relation(c, "amod"))) continue;
        const auto owner = parties_at(article_, analysis_, speaker.sentence, c);
        if (owner.empty()) continue;
        name = owner.front().name;
        out.country = owner.front().country;
        out.sector = owner.front().sector;
        break;
      }
    }
  }
  // Joint speakers: the words of all of them, also of those who are no party by themselves.
  if (tree(speaker.sentence).conjuncts(speaker.word).size() > 1) out.text.end = std::max(out.text.end, phrase(speaker).end);
  known = anonymity_of(speaker, name);
  out.name = known.keeps_name ? name : std::nullopt;
  if (out.text.empty()) out.text = word(speaker.sentence, speaker.word).span;
  return out;
}

}  // namespace masudi
