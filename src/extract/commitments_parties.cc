// Who owes an undertaking, and to whom.
#include <algorithm>

#include "commitments_reader.h"

namespace masudi {

namespace {
constexpr int party_depth = 2;  // how far into a noun phrase a party is looked for

/// Does one political party speak of another?
bool of_rivals(const Entity& source, const std::vector<Entity>& debtor) {
  return !debtor.empty() && source.name && debtor.front().name && source.sector == "PTY" && debtor.front().sector == "PTY" &&
         source.name != debtor.front().name;
}
}  // namespace

const Statement* CommitmentReader::statement_at(TextSpan at) const {
  const Statement* best = nullptr;
  std::uint32_t smallest = UINT32_MAX;
  for (const auto& statement : out_.statements) {
    std::uint32_t size = 0;
    bool holds = false;
    for (const auto piece : statement.content) {
      size += piece.size();
      holds = holds || piece.contains(at);
    }
    if (holds && size < smallest) smallest = size, best = &statement;
  }
  return best;
}

bool CommitmentReader::quoted(TextSpan at) const {
  return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.span.contains(at); });
}

std::vector<Entity> CommitmentReader::parties(Index s, Index i, int depth) const {
  auto out = parties_at(article_, analysis_, s, i);
  if (!out.empty() || depth >= party_depth) return out;
  const Tree& t = tree(s);
  for (const auto c : t.children(i)) {
    const bool inside = t.has_relation(c, "nmod") || t.has_relation(c, "compound") || word(s, c).deprel == "amod";
    if (!inside) continue;
    out = parties(s, c, depth + 1);
    if (!out.empty()) return out;
  }
  return out;
}

bool CommitmentReader::same_party(const Entity& a, const Entity& b) {
  if (a.name && b.name && *a.name == *b.name) return true;
  return a.country && b.country && *a.country == *b.country;
}

void CommitmentReader::add(std::vector<Entity>& out, const std::vector<Entity>& more) const {
  for (const auto& entity : more)
    if (std::none_of(out.begin(), out.end(), [&](const Entity& e) { return e.text == entity.text && e.name == entity.name; })) out.push_back(entity);
}

std::optional<CommitmentReader::Voice> CommitmentReader::find_voice() const {
  if (agreement_) return std::nullopt;
  const auto row_of = [&](std::string_view lemma) { return knowledge_.voices.find(lemma); };
  // In the text: "President Carter's address", "Message of the President to the Congress".
  for (Index s = 0; s < std::min<Index>(2, static_cast<Index>(trees_.size())); ++s) {
    const Tree& t = tree(s);
    if (t.size() == 0 || text(analysis_.sentences[s].words.back().span) == ".") break;
    for (Index i = 0; i < t.size(); ++i) {
      const auto row = row_of(tree(s).lemma(i));
      if (row == knowledge_.voices.end()) continue;
      Voice out{{}, row->second.id, row->second.value == "yes"};
      for (Index k = 0; k < t.size() && !known(out.speaker); ++k) {
        if (word(s, k).upos != "PROPN" && word(s, k).upos != "NOUN") continue;
        const bool before = k < i && k + 1 < t.size() && (word(s, k + 1).upos == "PART" || word(s, k + 1).xpos == "POS");
        const bool after = k > i && case_of(t, k) && (*case_of(t, k) == i + 1 || t.head(k) == std::optional<Index>(i));
        if (!before && !after) continue;
        if (const auto found = parties_at(article_, analysis_, s, k); !found.empty()) out.speaker = found.front();
      }
      if (!known(out.speaker)) {
        const Index last = i > 0 && word(s, i - 1).xpos == "POS" ? i - 1 : i;
        if (last > 0 && last < i) out.speaker.name = std::string(text(words_span(s, 0, last)));
      }
      return out;
    }
  }
  if (!article_.title) return std::nullopt;
  // In metadata alone: "Manifesto of the Labour Party".
  std::string_view title = *article_.title;
  std::size_t at = 0;
  while (at < title.size()) {
    std::size_t end = title.find(' ', at);
    if (end == std::string_view::npos) end = title.size();
    const auto row = row_of(ascii_lower(title.substr(at, end - at)));
    if (row != knowledge_.voices.end()) {
      Voice out{{}, row->second.id, row->second.value == "yes"};
      for (const std::string_view link : {" of the ", " of ", " by "})
        if (const auto found = title.find(link, end); found != std::string_view::npos) {
          out.speaker.name = std::string(title.substr(found + link.size()));
          break;
        }
      return out;
    }
    at = end + 1;
  }
  return std::nullopt;
}

Entity CommitmentReader::voice_entity(const Word& pronoun) const {
  Entity out = voice_->speaker;
  out.text = pronoun.span;
  // "We" of a person who speaks for a country is the country.
  if (has_feature(pronoun, "Number=Plur") && out.country) out.name.reset();
  return out;
}

std::optional<CommitmentReader::Index> CommitmentReader::speaker_pronoun(Index s, Index head) const {
  const auto subject = tree(s).child(head, "nsubj");
  if (!subject) return std::nullopt;
  const auto first_person = [&](Index i) { return word(s, i).upos == "PRON" && has_feature(word(s, i), "Person=1"); };
  if (first_person(*subject)) return subject;
  for (const auto c : tree(s).children(*subject))
    if (first_person(c)) return c;
  return std::nullopt;
}
bool CommitmentReader::possessed_by_speaker(Index s, Index head) const { return speaker_pronoun(s, head).has_value(); }

bool CommitmentReader::named_before(Index s, Index pronoun, std::uint32_t from) const {
  const Mentions& mentions = analysis_.mentions;
  const Mention* mention = mentions.at(s, pronoun);
  if (!mention) return false;
  return std::any_of(mentions.clusters[mention->cluster].mentions.begin(), mentions.clusters[mention->cluster].mentions.end(), [&](std::uint32_t m) {
    const Mention& other = mentions.mentions[m];
    return other.sentence == s && other.kind != MentionKind::pronoun && other.span.begin >= from && other.head < pronoun;
  });
}

std::optional<Entity> CommitmentReader::speaker_again(Index s, Index pronoun, const Statement& inside) const {
  const Word& w = word(s, pronoun);
  if (!has_person(w) || !has_feature(w, "Person=3") || quoted(w.span) || !known(inside.source)) return std::nullopt;
  const Mention* source = nullptr;
  for (const Mention& mention : analysis_.mentions.mentions)
    if (inside.source.text.contains(mention.span) && (!source || mention.span.size() > source->span.size())) source = &mention;
  if (!source) return std::nullopt;
  const Word& head = word(source->sentence, source->head);
  const bool plural = has_feature(w, "Number=Plur"), neuter = has_feature(w, "Gender=Neut");
  const bool many = head.xpos == "NNS" || head.xpos == "NNPS" || has_feature(head, "Number=Plur");
  const bool body = source->type == "ORG" || source->type == "GPE" || source->type == "NORP" || inside.anonymity == "organisation";
  if (source->kind == MentionKind::pronoun ? lower(source->sentence, source->head) != lower(s, pronoun)
      : plural                             ? !many && !body
      : neuter                             ? !body
                                           : many || body)
    return std::nullopt;
  // "Ms Hewitt said he would": her other pronouns tell.
  for (const auto m : analysis_.mentions.clusters[source->cluster].mentions) {
    const Mention& other = analysis_.mentions.mentions[m];
    const Word& form = word(other.sentence, other.head);
    if (plural || other.kind != MentionKind::pronoun || !has_feature(form, "Person=3") || !has_feature(form, "Number=Sing")) continue;
    for (const std::string_view gender : {"Gender=Masc", "Gender=Fem"})
      if (has_feature(form, gender) && !has_feature(w, gender)) return std::nullopt;
  }
  for (const TextSpan piece : inside.content)
    if (piece.contains(w.span) && named_before(s, pronoun, piece.begin)) return std::nullopt;
  Entity out = inside.source;
  out.text = w.span;
  return out;
}

bool CommitmentReader::crowd(Index s, Index subject, const std::vector<Entity>& found, TextSpan span) {
  const Word& w = word(s, subject);
  if (w.xpos != "NNS" || found.empty()) return false;
  for (const auto c : tree(s).children(subject))  // "the teachers", "our companies" are somebody's to speak for
    if (word(s, c).xpos == "PRP$" || lower(s, c) == "the") return false;
  const Entry* row = nullptr;
  for (const Entity& entity : found) {
    row = entity.sector ? knowledge_.blocks.find("crowd", *entity.sector) : nullptr;
    if (!row) return false;
  }
  reject(row->id, span, "what a crowd will do is a forecast");
  return true;
}

bool CommitmentReader::find_debtor(const CommitmentRow& row, Index s, Draft& draft, const Statement* inside) {
  const Tree& t = tree(s);
  const Index i = draft.anchor;
  const TextSpan span = word(s, i).span;
  std::vector<Index> subjects;
  bool is_passive = false;
  if (row.frame == CommitmentFrame::headline) {
    subjects.push_back(i - 1);
  } else {
    // "Is to open", "is due to open": the parse hangs the word on the deed, or the deed on it.
    const bool hangs = t.head(i) == std::optional<Index>(draft.complement.head);
    const bool beside = is_modal(row) ? row.frame != CommitmentFrame::periphrasis || hangs : row.pos == "adj" && hangs;
    const Index predicate = beside ? draft.complement.head : i;
    const Arguments arguments = arguments_of(t, predicate);
    is_passive = is_modal(row) && arguments.passive;
    // "They are going to be stopped": the anchor is active, the deed is not; its subject is whom it is done to.
    if (row.frame == CommitmentFrame::periphrasis && passive(s, draft.complement.head)) is_passive = true;
    subjects = arguments.passive && !is_modal(row) && row.pos != "noun" ? t.children_of(i, "nsubj") : arguments.subjects;
    if (row.pos == "adj" && subjects.empty()) subjects = t.children_of(i, "nsubj");
    if (row.mutual)
      for (const auto& oblique : arguments.obliques)
        if (lower(s, oblique.preposition) == "with") subjects.push_back(oblique.word);
  }
  // "The Information Act will cover": a thing, though its name or a name in front of it is a party's.
  if (is_modal(row) && !draft.clause)
    for (const auto subject : subjects)
      if (blocked("thing", s, subject, span, "what a thing will do is a forecast")) return false;
  std::vector<Entity>& debtor = draft.record.debtor;
  bool whole = draft.complement.whole_clause;
  if (row.frame == CommitmentFrame::periphrasis && is_passive) subjects.clear();
  for (const auto subject : subjects) {
    const Word& w = word(s, subject);
    if (w.upos == "PRON" && has_feature(w, "Person=2")) {
      reject("commitment.addressee", span, "said of whoever is spoken to");
      return false;
    }
    if (agreement_ && draft.clause) {
      std::string rule;
      auto bound = agreement_party(s, subject, rule);
      if (bound.empty())
        if (const auto body = agreement_body(s, subject, rule)) bound.push_back(*body);
      if (!bound.empty()) {
        add(debtor, bound);
        draft.trace.fields.push_back({"debtor", rule, "a party of the agreement, or its body"});
        continue;
      }
    }
    if (!inside && voice_ && w.upos == "PRON" && has_feature(w, "Person=1") && !quoted(w.span)) {
      add(debtor, {voice_entity(w)});
      draft.trace.fields.push_back({"debtor", voice_->rule, "the first person of the text is its speaker"});
      continue;
    }
    draft.trace.words.push_back(subject);
    if (inside && w.upos == "PRON" && has_feature(w, "Person=1")) {
      Entity speaker = inside->source;
      speaker.text = w.span;
      add(debtor, {speaker});
      draft.trace.fields.push_back({"debtor", "commitment.speaker", "the first person of a quotation is its source"});
      continue;
    }
    if (inside)
      if (const auto speaker = speaker_again(s, subject, *inside)) {
        add(debtor, {*speaker});
        draft.trace.fields.push_back({"debtor", "commitment.speaker-again", "who says so says it of himself"});
        continue;
      }
    // "Ministers say it would help": a thing, unless the sentence names whom it stands for.
    if (inside && is_modal(row) && has_person(w) && has_feature(w, "Gender=Neut") && !named_before(s, subject, 0)) {
      reject("commitment.thing", span, "what a thing will do is a forecast");
      return false;
    }
    auto found = parties_at(article_, analysis_, s, subject);
    // "The review of the ministry is due to report": what a thing is due to do is not its owner's promise.
    const bool thing = row.pos == "adj" && found.empty() && !has_person(w);
    if (found.empty() && !is_modal(row) && !thing) found = parties(s, subject);
    if (thing) {
      reject("commitment.thing", span, "what a thing will do is a forecast");
      return false;
    }
    if (inside && (is_modal(row) || row.pos == "adj") && crowd(s, subject, found, span)) return false;
    if (std::none_of(found.begin(), found.end(), known))
      if (auto owner = owner_of(s, i, subject); !owner.empty()) {
        found = std::move(owner);
        draft.trace.fields.push_back({"debtor", "commitment.owner", "whose it is: the subject of the verb above it"});
      }
    add(debtor, found);
  }
  if (!debtor.empty()) draft.trace.fields.push_back({"debtor", row.id, "who does it"});
  const bool person = !subjects.empty() && has_person(word(s, subjects.front())) && !has_feature(word(s, subjects.front()), "Gender=Neut");
  if (is_modal(row)) {
    whole = is_passive || (debtor.empty() && !person);
    if (debtor.empty() && agreement_ && draft.clause) {
      if (!is_passive) {
        reject("commitment.no-party", span, "nobody who could owe it");
        return false;
      }
      // "Any dispute shall be settled by consultation": it binds them all.
      for (Entity entity : agreement_->parties) {
        if (const auto subject = t.child(draft.complement.head, "nsubj")) entity.text = noun_phrase(tree(s), *subject);
        debtor.push_back(std::move(entity));
      }
      draft.trace.fields.push_back({"debtor", "commitment.all-parties", "a passive stipulation binds the parties"});
    } else if (debtor.empty() && !inside && voice_ && !quoted(span) &&
               ((is_passive && (voice_->items || possessed_by_speaker(s, draft.complement.head))) ||
                possessed_by_speaker(s, draft.complement.head))) {
      const auto owner = speaker_pronoun(s, draft.complement.head);
      const auto subject = t.child(draft.complement.head, "nsubj");
      Entity speaker = voice_->speaker;
      speaker.text = subject ? noun_phrase(tree(s), *subject) : span;
      debtor.push_back(owner ? voice_entity(word(s, *owner)) : speaker);
      draft.trace.fields.push_back({"debtor", voice_->rule, "what is announced in the first person"});
    } else if (debtor.empty()) {
      const bool lets = !is_passive && !t.child(draft.complement.head, "obj");
      const Entry* going_on = lets ? knowledge_.blocks.find("going_on", tree(s).lemma(draft.complement.head)) : nullptr;
      // "He would be remembered": what is done to a person is nobody's to promise.
      if (is_passive && person && !subjects.empty() && !has_feature(word(s, subjects.front()), "Number=Plur")) {
        reject("commitment.thing", span, "done to a person");
        return false;
      }
      if (!is_passive && !going_on && !person) {
        reject("commitment.thing", span, "what a thing will do is a forecast");
        return false;
      }
      if (going_on) draft.trace.fields.push_back({"consequent", going_on->id, "a thing that its owner lets go on"});
      const Entry* outsider = inside && inside->source.sector ? knowledge_.blocks.find("outsider", *inside->source.sector) : nullptr;
      if (outsider) {
        reject(outsider->id, span, "said by somebody who has nothing to do himself");
        return false;
      }
      if (!inside || !known(inside->source)) {
        reject("commitment.no-party", span, "nobody who could owe it");
        return false;
      }
      debtor.push_back(inside->source);
      draft.trace.fields.push_back({"debtor", "commitment.source", "what the source says will be done is its own to do"});
    } else if (inside && !person && !is_passive && !draft.clause && std::none_of(debtor.begin(), debtor.end(), can_undertake)) {
      // "The election will give", "people will pay": somebody else says what a thing or a crowd will do.
      reject("commitment.thing", span, "what a thing or a crowd will do is a forecast");
      return false;
    } else if (inside && !person && !is_passive && inside->stance == "doubting") {
      // "Claimed the government would cut": an accusation.
      reject("commitment.other-party", span, "claimed of another party");
      return false;
    } else if (inside && of_rivals(inside->source, debtor)) {
      reject("commitment.other-party", span, "said of another party");
      return false;
    } else if (inside && known(inside->source) && inside->source.sector != "MED" && inside->anonymity != "anonymous") {
      // What one party says another will do is a forecast or a demand, unless they are of one country.
      const bool own = std::any_of(debtor.begin(), debtor.end(), [&](const Entity& e) { return same_party(e, inside->source) || !known(e); });
      if (!own && inside->source.country && debtor.front().country) {
        reject("commitment.other-party", span, "said of another party");
        return false;
      }
    } else if (!inside && !voice_ && !draft.clause && std::none_of(debtor.begin(), debtor.end(), known)) {
      reject("commitment.no-party", span, "nobody known who could owe it");
      return false;
    }
    if (quoted(span) && row.frame == CommitmentFrame::past && !find_condition(s, draft.complement, false)) {
      reject("commitment.wish", span, "would in a quotation is a wish or a supposition");
      return false;
    }
  } else if (row.pos == "adj" && inside && of_rivals(inside->source, debtor)) {
    reject("commitment.other-party", span, "said of another party");
    return false;
  } else if (debtor.empty() && row.pos == "noun" && !row.mutual && !person) {
    reject("commitment.no-party", span, "nobody is said to have it");
    return false;
  } else if (debtor.empty() && (row.pos != "noun" || person)) {
    // "An emergency threatening the life of the nation" is no threat of whoever tells it.
    if (row.pos == "verb" && !subjects.empty() && !person &&
        std::none_of(subjects.begin(), subjects.end(), [&](Index k) { return has_person(word(s, k)); })) {
      reject("commitment.thing", span, "what a thing will do is a forecast");
      return false;
    }
    if (!inside || !known(inside->source)) {
      reject("commitment.no-party", span, "nobody who could owe it");
      return false;
    }
    debtor.push_back(inside->source);
    draft.trace.fields.push_back({"debtor", "commitment.source", "the source of the statement"});
  }
  draft.complement.whole_clause = whole;
  find_creditor(s, draft);
  return true;
}

std::vector<Entity> CommitmentReader::owner_of(Index s, Index noun, Index pronoun) const {
  const Tree& t = tree(s);
  if (word(s, pronoun).upos != "PRON" || word(s, pronoun).xpos != "PRP$" || has_feature(word(s, pronoun), "Person=1")) return {};
  const auto verb = t.head(noun);
  if (!verb || !t.has_relation(noun, "obj") || t.head(pronoun) != std::optional<Index>(noun)) return {};
  const Arguments arguments = arguments_of(t, *verb);
  if (arguments.passive || arguments.subjects.size() != 1) return {};
  const Word& subject = word(s, arguments.subjects.front());
  const bool plural = has_feature(subject, "Number=Plur");
  if (plural != has_feature(word(s, pronoun), "Number=Plur")) return {};
  auto out = parties_at(article_, analysis_, s, arguments.subjects.front());
  for (Entity& entity : out) entity.text = word(s, pronoun).span;
  return out;
}

void CommitmentReader::find_creditor(Index s, Draft& draft) {
  const Tree& t = tree(s);
  const auto take_slot = [&](std::string_view slot, Index predicate, Index filler) {
    const Entry* entry = knowledge_.creditors.find(slot, tree(s).lemma(predicate));
    if (!entry) return;
    if (!entry->value.empty()) {
      const auto preposition = case_of(t, filler);
      const auto allowed = split_cell(entry->value);
      if (!preposition || std::find(allowed.begin(), allowed.end(), lower(s, *preposition)) == allowed.end()) return;
    }
    std::string rule;
    auto found = agreement_party(s, filler, rule);
    if (found.empty()) found = parties_at(article_, analysis_, s, filler);
    if (found.empty()) return;
    add(draft.record.creditor, found);
    draft.trace.words.push_back(filler);
    draft.trace.fields.push_back({"creditor", entry->id, word(s, filler).form});
  };
  if (draft.anchor != none)
    for (const auto c : t.children(draft.anchor)) {
      // What is promised ("pledges troops") is not owed anything.
      const bool promised = c == draft.complement.head && !t.has_relation(c, "iobj");
      if ((t.has_relation(c, "iobj") || t.has_relation(c, "obj")) && !promised) take_slot("anchor_object", draft.anchor, c);
      if (t.has_relation(c, "obl") || t.has_relation(c, "nmod")) take_slot("anchor_oblique", draft.anchor, c);
    }
  const Index head = draft.complement.head;
  for (const auto c : t.children(head)) {
    // Of two objects the first is who gets the other, whatever the parse calls it.
    const bool first_of_two =
        word(s, c).deprel == "obj" && t.child(head, "obj") == std::optional(c) &&
        std::any_of(t.children(head).begin(), t.children(head).end(), [&](Index d) { return d > c && word(s, d).deprel == "obj"; });
    if (word(s, c).deprel == "iobj" || first_of_two) take_slot("deed_indirect", head, c);
    if (word(s, c).deprel == "obj" && !t.child(head, "iobj")) take_slot("deed_object", head, c);
    if (t.has_relation(c, "obl")) take_slot("deed_oblique", head, c);
    // "Send a bill to the Congress": the phrase may hang on the object.
    if (word(s, c).deprel == "obj")
      for (const auto d : t.children(c))
        if (d > c && t.has_relation(d, "nmod")) take_slot("deed_given", head, d);
  }
  std::erase_if(draft.record.creditor, [&](const Entity& entity) {
    return std::any_of(draft.record.debtor.begin(), draft.record.debtor.end(), [&](const Entity& e) { return e.text == entity.text; });
  });
}

}  // namespace masudi
