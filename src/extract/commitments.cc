// Commitments: words that commit, with what they commit to. The order of work in a sentence: find anchors, take the complement as the consequent,
// ask who owes it and whether it is an undertaking at all, then conditions, deadline, exclusions and status.
#include <algorithm>
#include <set>

#include "commitments_rules.h"
#include "predicate.h"

namespace masudi {

namespace {

using Index = std::uint32_t;
using Entry = CommitmentKnowledge::Entry;
constexpr Index none = UINT32_MAX;
constexpr int party_depth = 2;             // how far into a noun phrase a party is looked for
constexpr Index infinitive_reach = 8;      // words between the anchor and its "to" ("promised the people of Kenya to")
constexpr Index exclusion_reach = 4;       // sentences after the anchor's in which an exclusion of its theme still counts
constexpr double restatement_share = 0.5;  // content words in common

bool is_verb(const Word& word) { return word.upos == "VERB" || word.upos == "AUX"; }
bool is_content_word(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "VERB" || word.upos == "NUM"; }
std::string lemma_of(const Word& word) { return ascii_lower(word.lemma.empty() || word.lemma == "_" ? word.form : word.lemma); }
bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }

/// What is undertaken: words [first, last) under a head.
struct Complement {
  Index head = none, first = 0, last = 0;
  bool whole_clause = false;  ///< with its subject
};

struct Draft {
  Commitment record;
  Trace trace;
  Index anchor = 0;
  Complement complement;
};

class Reader {
 public:
  Reader(const Article& article, const Analysis& analysis, const CommitmentKnowledge& knowledge, Extraction& out)
      : article_(article),
        analysis_(analysis),
        knowledge_(knowledge),
        out_(out),
        quotations_(find_quotations(article, analysis.sentences, knowledge.marks)) {
    trees_.reserve(analysis.sentences.size());
    for (const auto& sentence : analysis.sentences) trees_.emplace_back(sentence);
  }

  void read() {
    for (Index s = 0; s < trees_.size(); ++s) {
      std::vector<Draft> drafts;
      rejected_.clear();
      for (Index i = 0; i < tree(s).size(); ++i) read_word(s, i, drafts);
      drop_inner(drafts);
      for (Draft& draft : drafts) finish(s, draft);
    }
  }

 private:
  const Tree& tree(Index s) const { return trees_[s]; }
  const Word& word(Index s, Index i) const { return analysis_.sentences[s].words[i]; }
  std::string_view text(TextSpan span) const { return slice(article_.text, span); }
  std::string lower(Index s, Index i) const { return ascii_lower(word(s, i).form); }

  void reject(const std::string& rule, TextSpan span, std::string reason) { rejected_.push_back({rule, span, std::move(reason)}); }

  // ---- anchors -------------------------------------------------------------------------------------------------------------------

  void read_word(Index s, Index i, std::vector<Draft>& drafts) {
    const auto found = knowledge_.by_lemma.find(lemma_of(word(s, i)));
    const auto by_form = found == knowledge_.by_lemma.end() ? knowledge_.by_lemma.find(lower(s, i)) : found;
    if (by_form == knowledge_.by_lemma.end()) return;
    for (const CommitmentRow& row : by_form->second) {
      if (!pos_fits(row, s, i)) continue;
      Draft draft;
      draft.anchor = i;
      draft.record.anchor = word(s, i).span;
      draft.trace.sentence = s;
      draft.trace.words.push_back(i);
      if (take(row, s, draft)) {
        drafts.push_back(std::move(draft));
        return;
      }
    }
  }

  bool pos_fits(const CommitmentRow& row, Index s, Index i) const {
    const Word& w = word(s, i);
    if (row.pos == "verb") return is_verb(w) && w.deprel != "amod";
    if (row.pos == "noun") return w.upos == "NOUN" || w.upos == "PROPN";
    if (row.pos == "adj") return w.upos == "ADJ" || w.upos == "VERB";
    if (row.pos == "part") return w.upos == "PART" || w.upos == "ADP" || w.upos == "SCONJ";
    return w.upos == "AUX" || w.upos == "VERB";
  }

  std::optional<Complement> complement_of(const CommitmentRow& row, Index s, Index i) const {
    switch (row.frame) {
      case CommitmentFrame::to:
        return infinitive(s, i);
      case CommitmentFrame::that:
        return finite_clause(s, i);
      case CommitmentFrame::object:
        return noun_object(s, i);
      case CommitmentFrame::modal:
      case CommitmentFrame::past:
        return beside_modal(s, i);
      case CommitmentFrame::headline:
        return headline(s, i);
      case CommitmentFrame::periphrasis:
        // "is going to contest", "is to begin"; not "went to see", "the aim was to end".
        if (lemma_of(word(s, i)) != "be" && word(s, i).xpos != "VBG") return std::nullopt;
        return infinitive(s, i);
    }
    return std::nullopt;
  }

  /// One word past the end of what hangs on `head`: without conjuncts that have a subject or an auxiliary of their own, what is said
  /// beside it, and what stands outside the quotation that it began in.
  Index end_of(Index s, Index head, Index first) const {
    const Tree& t = tree(s);
    Index last = t.extent(head).last;
    std::vector<Index> chain{head};
    for (std::size_t at = 0; at < chain.size() && chain.size() <= t.size(); ++at)
      for (const auto c : t.children(chain[at])) {
        if (c < head) continue;
        const bool conjunct = t.has_relation(c, "conj");
        const bool apart = conjunct && (t.child(c, "nsubj") || (t.child(c, "aux") && is_verb(word(s, c))));
        if (apart || t.has_relation(c, "parataxis")) {
          last = std::min(last, std::max(t.extent(c).first, first));
          // ", and it will": the conjunction hangs on the conjunct, but a parse may put it before.
          while (last > first && (word(s, last - 1).upos == "CCONJ" || word(s, last - 1).upos == "PUNCT")) --last;
        } else if (conjunct) {
          chain.push_back(c);
        }
      }
    const std::uint32_t begin = word(s, first).span.begin;
    for (const auto& q : quotations_)
      if (q.inside.begin <= begin && begin < q.inside.end)
        while (last > first + 1 && word(s, last - 1).span.begin >= q.inside.end) --last;
    while (last > first && word(s, last - 1).upos == "PUNCT" && !closes_inside(word(s, last - 1).span, begin)) --last;
    return last;
  }
  /// Is it the closing mark of a quotation that begins after `from`?
  bool closes_inside(TextSpan mark, std::uint32_t from) const {
    return std::any_of(quotations_.begin(), quotations_.end(),
                       [&](const Quotation& q) { return q.closed && q.span.begin >= from && q.span.end == mark.end; });
  }

  std::optional<Complement> below(Index s, Index head, Index first) const {
    Complement out{head, first, end_of(s, head, first), false};
    if (out.first >= out.last) return std::nullopt;
    return out;
  }

  /// "to" before a verb that the anchor governs, in the tree or straight after it.
  std::optional<Complement> infinitive(Index s, Index i) const {
    const Tree& t = tree(s);
    const auto opens = [&](Index verb) -> std::optional<Index> {
      for (const auto c : t.children(verb))
        if (c < verb && (word(s, c).deprel == "mark" || word(s, c).upos == "PART") && word(s, c).xpos == "TO") return c;
      return std::nullopt;
    };
    for (const auto c : t.children(i)) {
      if (c <= i) continue;
      const bool clause = t.has_relation(c, "xcomp") || t.has_relation(c, "acl") || t.has_relation(c, "ccomp") || t.has_relation(c, "advcl");
      if (!clause) continue;
      const auto to = opens(c);
      if (to && *to > i && *to <= i + infinitive_reach) return below(s, c, *to + 1);
    }
    Index next = i + 1;
    while (next < t.size() && word(s, next).upos == "ADV") ++next;
    if (next < t.size() && word(s, next).upos == "PART" && has_feature(word(s, next), "Polarity=Neg")) ++next;
    if (next + 1 >= t.size() || word(s, next).xpos != "TO") return std::nullopt;
    Index verb = next + 1;
    while (verb < t.size() && (word(s, verb).upos == "ADV" || word(s, verb).upos == "AUX") && verb < next + 4) ++verb;
    if (verb >= t.size() || word(s, verb).upos != "VERB") return std::nullopt;
    return below(s, verb, next + 1);
  }

  std::optional<Complement> finite_clause(Index s, Index i) const {
    const Tree& t = tree(s);
    for (const auto c : t.children(i)) {
      if (c <= i || !(t.has_relation(c, "ccomp") || t.has_relation(c, "acl"))) continue;
      if (!t.child(c, "nsubj") || t.has_relation(c, "acl:relcl")) continue;
      Index first = std::max(t.extent(c).first, i + 1);
      while (first < c && (word(s, first).upos == "SCONJ" || word(s, first).upos == "PUNCT")) ++first;
      auto out = below(s, c, first);
      if (out) out->whole_clause = true;
      return out;
    }
    return std::nullopt;
  }

  std::optional<Complement> noun_object(Index s, Index i) const {
    const Tree& t = tree(s);
    if (t.child(i, "xcomp") || t.child(i, "ccomp")) return std::nullopt;
    const auto object = t.child(i, "obj");
    if (!object || *object < i || word(s, *object).upos == "PRON") return std::nullopt;
    return below(s, *object, t.extent(*object).first);
  }

  /// The verb that a modal stands beside, with what depends on it.
  std::optional<Complement> beside_modal(Index s, Index i) const {
    const Tree& t = tree(s);
    const auto up = t.head(i);
    Index head = none;
    if (up && t.has_relation(i, "aux")) {
      if (*up < i) return std::nullopt;  // a tag: "will it"
      head = *up;
    } else {
      return std::nullopt;
    }
    Index first = i + 1;
    while (first < head && word(s, first).upos == "PART") ++first;
    if (word(s, first).xpos == "TO" && first + 1 < t.size()) ++first;
    return below(s, head, std::min(first, head));
  }

  /// "US to end mission": a headline without a finite verb.
  std::optional<Complement> headline(Index s, Index i) const {
    const auto& sentence = analysis_.sentences[s];
    const Tree& t = tree(s);
    if (i == 0 || i + 1 >= t.size() || s > 1 || word(s, i).xpos != "TO" || text(sentence.words.back().span) == ".") return std::nullopt;
    for (Index k = 0; k < i; ++k)
      if (is_verb(word(s, k))) return std::nullopt;
    if (word(s, i + 1).upos != "VERB") return std::nullopt;
    Complement out{i + 1, i + 1, t.size(), false};
    while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
    return out;
  }

  // ---- is it one? ------------------------------------------------------------------------------------------------------------------

  bool blocked(std::string_view slot, Index s, Index i, TextSpan span, const std::string& reason) {
    const Entry* entry = CommitmentKnowledge::find(knowledge_.blocks, slot, lemma_of(word(s, i)));
    if (!entry) entry = CommitmentKnowledge::find(knowledge_.blocks, slot, lower(s, i));
    if (entry) reject(entry->id, span, reason + " (" + word(s, i).form + ")");
    return entry != nullptr;
  }

  /// Words around the anchor that take the undertaking back: "did not promise", "could agree", "urged them to pledge".
  bool unreal(Index s, Index i) {
    const Tree& t = tree(s);
    const TextSpan span = word(s, i).span;
    Index at = i;
    for (int step = 0; step < 3; ++step) {
      for (const auto c : t.children(at)) {
        if (c > i && c != at + 1) continue;
        if (t.has_relation(c, "aux") && blocked("modal", s, c, span, "only possible")) return true;
        if ((t.has_relation(c, "advmod") || t.has_relation(c, "det")) && blocked("negation", s, c, span, "negated")) return true;
        if (word(s, c).deprel == "mark" && blocked("mark", s, c, span, "only supposed")) return true;
      }
      const auto up = t.head(at);
      if (!up) return false;
      const bool complement = t.has_relation(at, "xcomp") || t.has_relation(at, "obj") || t.has_relation(at, "ccomp") || t.has_relation(at, "obl") ||
                              t.has_relation(at, "nsubj:pass") || t.has_relation(at, "nmod");
      if (!complement) return false;
      if (blocked("governor", s, *up, span, "asked of it, refused or only wished")) return true;
      if (!t.has_relation(at, "xcomp") && !t.has_relation(at, "obj")) return false;
      at = *up;
    }
    return false;
  }

  bool is_modal(const CommitmentRow& row) const {
    return row.frame == CommitmentFrame::modal || row.frame == CommitmentFrame::past || row.frame == CommitmentFrame::periphrasis;
  }

  bool take(const CommitmentRow& row, Index s, Draft& draft) {
    const Tree& t = tree(s);
    const Index i = draft.anchor;
    const auto complement = complement_of(row, s, i);
    if (!complement) return false;
    const TextSpan span = word(s, i).span;
    const Index head = complement->head;
    draft.complement = *complement;
    const Statement* inside = statement_at(word(s, head).span);
    if (is_modal(row)) {
      if (blocked("verb", s, head, span, "a forecast or a state, not an undertaking")) return false;
      if (word(s, head).upos != "VERB" && !passive(s, head)) {
        reject("commitment.state", span, "a state, not an act");
        return false;
      }
      for (const auto c : t.children(head)) {
        if (c > i && c < head && blocked("adverb", s, c, span, "only a forecast")) return false;
        if (c > i && c < head && t.has_relation(c, "aux") && blocked("perfect", s, c, span, "a past that did not come")) return false;
        if (c < i && word(s, c).deprel == "mark" && blocked("mark", s, c, span, "only supposed")) return false;
      }
      if (const auto up = t.head(head); up && (t.has_relation(head, "ccomp") || t.has_relation(head, "advcl")))
        if (blocked("opinion", s, *up, span, "somebody's expectation")) return false;
      if (t.has_relation(head, "acl:relcl") || t.has_relation(head, "advcl")) {
        const auto subject = t.child(head, "nsubj");
        if (t.has_relation(head, "acl:relcl") && (!subject || word(s, *subject).upos == "PRON")) {
          reject("commitment.relative", span, "only describes a noun");
          return false;
        }
      }
      if (inside && inside->cue && blocked_cue(*inside, span)) return false;
    } else if (unreal(s, i) && !ended(s, i)) {
      return false;
    }
    if (row.frame == CommitmentFrame::past && !inside) {
      reject("commitment.unsaid", span, "no statement around it");
      return false;
    }
    if (!find_debtor(row, s, draft, inside)) return false;
    draft.record.polarity = row.negative || negated(s, draft) ? "-" : "+";
    fill_spans(row, s, draft);
    draft.record.confidence = row.confidence;
    draft.record.provenance.rule = row.id;
    draft.trace.fields.push_back({"anchor", row.id, row.force});
    return !draft.record.consequent.empty();
  }

  bool blocked_cue(const Statement& statement, TextSpan span) {
    for (Index s = 0; s < trees_.size(); ++s)
      if (analysis_.sentences[s].span.contains(*statement.cue))
        for (Index i = 0; i < tree(s).size(); ++i)
          if (statement.cue->contains(word(s, i).span) && blocked("opinion", s, i, span, "somebody's expectation")) return true;
    return false;
  }

  bool passive(Index s, Index head) const { return tree(s).child(head, "aux:pass").has_value() || tree(s).child(head, "nsubj:pass").has_value(); }

  bool negated(Index s, Draft& draft) const {
    const Tree& t = tree(s);
    const auto says_no = [&](Index i) {
      const Entry* entry = CommitmentKnowledge::find(knowledge_.blocks, "negation", lemma_of(word(s, i)));
      if (!entry) entry = CommitmentKnowledge::find(knowledge_.blocks, "negation", lower(s, i));
      if (entry) draft.trace.fields.push_back({"polarity", entry->id, word(s, i).form});
      return entry != nullptr;
    };
    for (const auto c : t.children(draft.complement.head)) {
      if (c < draft.complement.head && t.has_relation(c, "advmod") && says_no(c)) return true;
      if (!t.has_relation(c, "nsubj")) continue;
      if (says_no(c)) return true;
      for (const auto d : t.children(c))
        if (t.has_relation(d, "det") && says_no(d)) return true;
    }
    if (draft.complement.first > 1 && draft.complement.first <= t.size())
      for (Index k = draft.complement.first; k-- > draft.anchor + 1;)
        if (says_no(k)) return true;
    const Entry* refrain = CommitmentKnowledge::find(knowledge_.blocks, "refrain", lemma_of(word(s, draft.complement.head)));
    if (refrain) draft.trace.fields.push_back({"polarity", refrain->id, word(s, draft.complement.head).form});
    return refrain != nullptr;
  }

  // ---- who ---------------------------------------------------------------------------------------------------------------------------

  /// The innermost statement in whose content the bytes stand.
  const Statement* statement_at(TextSpan at) const {
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

  bool quoted(TextSpan at) const {
    return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.span.contains(at); });
  }

  std::vector<Entity> parties(Index s, Index i, int depth = 0) const {
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

  static bool same_party(const Entity& a, const Entity& b) {
    if (a.name && b.name && *a.name == *b.name) return true;
    return a.country && b.country && *a.country == *b.country;
  }
  static bool known(const Entity& entity) { return entity.name || entity.country || entity.sector; }

  void add(std::vector<Entity>& out, const std::vector<Entity>& more) const {
    for (const auto& entity : more)
      if (std::none_of(out.begin(), out.end(), [&](const Entity& e) { return e.text == entity.text && e.name == entity.name; }))
        out.push_back(entity);
  }

  bool find_debtor(const CommitmentRow& row, Index s, Draft& draft, const Statement* inside) {
    const Tree& t = tree(s);
    const Index i = draft.anchor;
    const TextSpan span = word(s, i).span;
    std::vector<Index> subjects;
    bool is_passive = false;
    if (row.frame == CommitmentFrame::headline) {
      subjects.push_back(i - 1);
    } else {
      const Index predicate = is_modal(row) && row.frame != CommitmentFrame::periphrasis ? draft.complement.head : i;
      const Arguments arguments = arguments_of(t, predicate);
      is_passive = is_modal(row) && arguments.passive;
      subjects = arguments.passive && !is_modal(row) && row.pos != "noun" ? t.children_of(i, "nsubj") : arguments.subjects;
      if (row.pos == "adj" && subjects.empty()) subjects = t.children_of(i, "nsubj");
      if (row.mutual)
        for (const auto& oblique : arguments.obliques)
          if (lower(s, oblique.preposition) == "with") subjects.push_back(oblique.word);
    }
    std::vector<Entity>& debtor = draft.record.debtor;
    bool whole = draft.complement.whole_clause;
    for (const auto subject : subjects) {
      const Word& w = word(s, subject);
      draft.trace.words.push_back(subject);
      if (inside && w.upos == "PRON" && has_feature(w, "Person=1")) {
        Entity speaker = inside->source;
        speaker.text = w.span;
        add(debtor, {speaker});
        draft.trace.fields.push_back({"debtor", "commitment.speaker", "the first person of a quotation is its source"});
        continue;
      }
      auto found = parties_at(article_, analysis_, s, subject);
      if (found.empty() && !is_modal(row)) found = parties(s, subject);
      add(debtor, found);
    }
    if (!debtor.empty()) draft.trace.fields.push_back({"debtor", row.id, "who does it"});
    if (is_modal(row)) {
      const bool person = !subjects.empty() && has_person(word(s, subjects.front()));
      whole = is_passive || (debtor.empty() && !person);
      if (debtor.empty()) {
        if (!inside || !known(inside->source) || inside->source.sector == "MED") {
          reject("commitment.no-party", span, "nobody who could owe it");
          return false;
        }
        debtor.push_back(inside->source);
        draft.trace.fields.push_back({"debtor", "commitment.source", "what the source says will be done is its own to do"});
      } else if (inside && known(inside->source) && inside->source.sector != "MED" && inside->anonymity != "anonymous") {
        // What one party says another will do is a forecast or a demand, unless they are of one country.
        const bool own = std::any_of(debtor.begin(), debtor.end(), [&](const Entity& e) { return same_party(e, inside->source) || !known(e); });
        if (!own && inside->source.country && debtor.front().country) {
          reject("commitment.other-party", span, "said of another party");
          return false;
        }
      } else if (!inside && std::none_of(debtor.begin(), debtor.end(), known)) {
        reject("commitment.no-party", span, "nobody known who could owe it");
        return false;
      }
      if (quoted(span) && row.frame == CommitmentFrame::past && !find_condition(s, draft.complement.head)) {
        reject("commitment.wish", span, "would in a quotation is a wish or a supposition");
        return false;
      }
    } else if (debtor.empty() && row.pos != "noun") {
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

  /// A pronoun that stands for somebody, even where nobody knows for whom.
  static bool has_person(const Word& w) { return w.upos == "PRON" && w.xpos == "PRP"; }

  void find_creditor(Index s, Draft& draft) {
    const Tree& t = tree(s);
    const auto take_slot = [&](std::string_view slot, Index predicate, Index filler) {
      const Entry* entry = CommitmentKnowledge::find(knowledge_.creditors, slot, lemma_of(word(s, predicate)));
      if (!entry) return;
      if (!entry->value.empty()) {
        const auto preposition = case_of(t, filler);
        const auto allowed = split_cell(entry->value);
        if (!preposition || std::find(allowed.begin(), allowed.end(), lower(s, *preposition)) == allowed.end()) return;
      }
      const auto found = parties_at(article_, analysis_, s, filler);
      if (found.empty()) return;
      add(draft.record.creditor, found);
      draft.trace.words.push_back(filler);
      draft.trace.fields.push_back({"creditor", entry->id, word(s, filler).form});
    };
    for (const auto c : t.children(draft.anchor)) {
      if (t.has_relation(c, "iobj") || t.has_relation(c, "obj")) take_slot("anchor_object", draft.anchor, c);
      if (t.has_relation(c, "obl") || t.has_relation(c, "nmod")) take_slot("anchor_oblique", draft.anchor, c);
    }
    const Index head = draft.complement.head;
    for (const auto c : t.children(head)) {
      if (word(s, c).deprel == "iobj") take_slot("deed_indirect", head, c);
      if (word(s, c).deprel == "obj" && !t.child(head, "iobj")) take_slot("deed_object", head, c);
      if (t.has_relation(c, "obl")) take_slot("deed_oblique", head, c);
    }
    std::erase_if(draft.record.creditor, [&](const Entity& entity) {
      return std::any_of(draft.record.debtor.begin(), draft.record.debtor.end(), [&](const Entity& e) { return e.text == entity.text; });
    });
  }

  // ---- what, unless, by when -----------------------------------------------------------------------------------------------------------

  struct Condition {
    Index head = 0, first = 0, last = 0;
    std::string rule;
  };

  /// A clause that says on what condition, hung on the head, on a verb that governs it, or on its conjunct.
  std::optional<Condition> find_condition(Index s, Index head) const {
    const Tree& t = tree(s);
    std::vector<Index> places{head};
    for (Index at = head; places.size() < 4;) {
      const auto up = t.head(at);
      if (!up || !(t.has_relation(at, "xcomp") || (t.has_relation(at, "conj") && !t.child(at, "nsubj")) || t.has_relation(at, "acl"))) break;
      places.push_back(at = *up);
    }
    for (const auto c : t.children(head))
      if ((t.has_relation(c, "conj") && !t.child(c, "nsubj") && !t.child(c, "aux")) || t.has_relation(c, "xcomp")) places.push_back(c);
    for (const auto place : places)
      for (const auto c : t.children(place)) {
        if (!t.has_relation(c, "advcl") && !t.has_relation(c, "obl") && !t.has_relation(c, "advmod") && !t.has_relation(c, "ccomp") &&
            !t.has_relation(c, "parataxis"))
          continue;
        const auto extent = t.extent(c);
        if (extent.first <= head && head < extent.last) continue;
        // The conjunction is one of the clause's first words: "if", "just as soon as", "provided that".
        std::string phrase;
        const Entry* entry = nullptr;
        Index after = extent.first;
        for (Index k = extent.first; k < std::min(extent.last, extent.first + 5); ++k) {
          for (Index from = extent.first; from <= k && !entry; ++from) {
            phrase.clear();
            for (Index m = from; m <= k; ++m) phrase += (phrase.empty() ? "" : "_") + lower(s, m);
            const auto found = knowledge_.conditions.find(phrase);
            if (found != knowledge_.conditions.end()) entry = &found->second, after = found->second.value == "keep" ? from : k + 1;
          }
          if (entry) break;
        }
        if (!entry || after >= extent.last) continue;
        Condition out{c, after, extent.last, entry->id};
        while (out.first < out.last && word(s, out.first).upos == "PUNCT") ++out.first;
        while (out.last > out.first && word(s, out.last - 1).upos == "PUNCT") --out.last;
        if (out.first < out.last) return out;
      }
    return std::nullopt;
  }

  TextSpan words_span(Index s, Index first, Index last) const {
    if (first >= last) return {};
    return {word(s, first).span.begin, word(s, last - 1).span.end};
  }

  void fill_spans(const CommitmentRow& row, Index s, Draft& draft) {
    const Tree& t = tree(s);
    Complement& c = draft.complement;
    if (c.whole_clause && is_modal(row)) {
      const auto subject = t.child(c.head, "nsubj");
      if (subject && t.extent(*subject).first < c.first) c.first = t.extent(*subject).first;
      while (c.first < c.last && (word(s, c.first).upos == "PUNCT" || word(s, c.first).upos == "CCONJ")) ++c.first;
    }
    const auto condition = find_condition(s, c.head);
    if (condition) {
      draft.record.antecedent = words_span(s, condition->first, condition->last);
      draft.trace.fields.push_back({"antecedent", condition->rule, std::string(text(*draft.record.antecedent))});
      const auto extent = t.extent(condition->head);
      if (extent.first > c.head && extent.first < c.last) c.last = extent.first;
      if (extent.last <= c.head && extent.first <= c.first && extent.last > c.first) c.first = extent.last;
      while (c.last > c.first && word(s, c.last - 1).upos == "PUNCT") --c.last;
      while (c.first < c.last && word(s, c.first).upos == "PUNCT") ++c.first;
    }
    draft.record.consequent = words_span(s, c.first, c.last);
    draft.trace.words.push_back(c.head);
    find_deadline(s, draft, condition);
  }

  /// The time that binds the act: in its words or hung on its verb or on the anchor, not inside the condition or a relative clause.
  void find_deadline(Index s, Draft& draft, const std::optional<Condition>& condition) const {
    const Tree& t = tree(s);
    const Complement& c = draft.complement;
    int best = 0;
    for (const auto& interval : analysis_.resolution.intervals) {
      if (interval.sentence != s || interval.first >= t.size()) continue;
      if (condition && interval.first >= condition->first && interval.first < condition->last) continue;
      int close = 0;
      Index at = interval.first;
      for (Index steps = 0; steps < t.size(); ++steps) {
        if (at == c.head) {
          close = 3;
          break;
        }
        if (t.has_relation(at, "acl:relcl")) break;
        const auto up = t.head(at);
        if (!up) break;
        if (at == draft.anchor || *up == draft.anchor) {
          // A past verb's own time is when it was promised, not when it is due.
          if (*up == draft.anchor && interval.first > draft.anchor && interval.first < c.first) break;
          close = word(s, draft.anchor).upos == "AUX" || interval.first > c.head ? 2 : 0;
          break;
        }
        at = *up;
      }
      if (close == 0 && interval.first >= c.first && interval.first < c.last) close = 1;
      if (close <= best) continue;
      const auto deadline = deadline_for(article_, analysis_, s, interval.timex);
      if (!deadline) continue;
      best = close;
      draft.record.deadline = deadline->range;
      std::erase_if(draft.trace.fields, [](const auto& field) { return field.field == "deadline"; });
      draft.trace.fields.push_back({"deadline", deadline->rule, to_iso(deadline->range.end)});
    }
  }

  // ---- what is left out --------------------------------------------------------------------------------------------------------------

  std::set<std::string> content_lemmas(TextSpan span) const {
    std::set<std::string> out;
    for (const auto& sentence : analysis_.sentences) {
      if (!sentence.span.overlaps(span)) continue;
      for (const auto& w : sentence.words)
        if (span.contains(w.span) && is_content_word(w)) out.insert(lemma_of(w));
    }
    return out;
  }

  void exclude(Draft& draft, TextSpan span, const std::string& rule) const {
    if (span.empty()) return;
    for (const auto old : draft.record.excludes)
      if (old.overlaps(span)) return;
    draft.record.excludes.push_back(span);
    draft.trace.fields.push_back({"excludes", rule, std::string(text(span))});
  }

  /// The clause of a verb, without what introduces it.
  TextSpan clause_span(Index s, Index verb) const {
    const Tree& t = tree(s);
    const auto subject = t.child(verb, "nsubj");
    const Index first = subject ? std::min(t.extent(*subject).first, verb) : verb;
    return words_span(s, first, end_of(s, verb, first));
  }

  void find_excludes(Index s, Draft& draft) {
    const Tree& t = tree(s);
    const Complement& c = draft.complement;
    for (Index i = c.first; i < t.size(); ++i) {
      if (i < c.last)
        if (const Entry* only = CommitmentKnowledge::find(knowledge_.excludes, "limit", lower(s, i))) {
          const auto up = t.head(i);
          TextSpan span = word(s, i).span;
          if (up && *up > i && !is_verb(word(s, *up))) span.end = std::max(span.end, noun_phrase(analysis_.sentences[s], *up).end);
          exclude(draft, span, only->id);
        }
      for (Index length = 1; length <= 4 && i + length < t.size(); ++length) {
        std::string phrase;
        for (Index k = 0; k < length; ++k) phrase += (k == 0 ? "" : "_") + lower(s, i + k);
        const Entry* except = CommitmentKnowledge::find(knowledge_.excludes, "phrase", phrase);
        if (!except || !t.dominates(c.head, i)) continue;
        const Index last = exception_end(s, i, i + length);
        if (last > i + length) exclude(draft, words_span(s, i + length, last), except->id);
      }
    }
    const Entry* ending = CommitmentKnowledge::find(knowledge_.excludes, "ending", lemma_of(word(s, c.head)));
    auto theme = content_lemmas(draft.record.consequent);
    if (!ending)
      for (const auto& lemma : theme)
        if (const Entry* found = CommitmentKnowledge::find(knowledge_.excludes, "ending", lemma)) ending = found;
    for (Index k = s; k < std::min<Index>(static_cast<Index>(trees_.size()), s + exclusion_reach); ++k)
      for (Index v = 0; v < tree(k).size(); ++v) {
        if (!is_verb(word(k, v)) || (k == s && v >= c.first && v < c.last)) continue;
        const auto subject = tree(k).child(v, "nsubj");
        if (!subject) continue;
        if (const Entry* cover = CommitmentKnowledge::find(knowledge_.excludes, "cover", lemma_of(word(k, v))); cover && denies(k, v)) {
          const std::string about = lemma_of(word(k, *subject));
          const bool kin = CommitmentKnowledge::find(knowledge_.excludes, "ending", about) != nullptr && ending != nullptr;
          const bool named = knowledge_.by_lemma.count(about) > 0;
          if (theme.count(about) > 0 || kin || named) exclude(draft, clause_span(k, v), cover->id);
        }
        if (const Entry* kept = CommitmentKnowledge::find(knowledge_.excludes, "kept", lemma_of(word(k, v))); kept && ending && modal(k, v)) {
          draft.trace.fields.push_back({"excludes", ending->id, "something ends, so what stays is left out"});
          exclude(draft, clause_span(k, v), kept->id);
        }
      }
  }
  Index exception_end(Index s, Index marker, Index first) const {
    const Tree& t = tree(s);
    Index last = first;
    for (Index i = first; i < std::min(t.size(), first + 3); ++i) {
      const auto extent = t.extent(i);
      const auto up = t.head(i);
      if (up && *up >= first && *up < extent.last + 8 && *up > i) continue;
      last = std::max(last, extent.last);
      break;
    }
    if (last <= first && marker < t.size()) last = t.extent(marker).last;
    while (last > first && word(s, last - 1).upos == "PUNCT") --last;
    return last;
  }
  bool denies(Index s, Index v) const {
    for (const auto c : tree(s).children(v))
      if (c < v && tree(s).has_relation(c, "advmod") && CommitmentKnowledge::find(knowledge_.blocks, "negation", lower(s, c))) return true;
    return false;
  }
  bool modal(Index s, Index v) const {
    for (const auto c : tree(s).children(v)) {
      if (!tree(s).has_relation(c, "aux")) continue;
      const auto found = knowledge_.by_lemma.find(lemma_of(word(s, c)));
      if (found != knowledge_.by_lemma.end() && is_modal(found->second.front())) return true;
    }
    return false;
  }

  // ---- status, sources, restatements ---------------------------------------------------------------------------------------------------

  /// The row of a verb that governs the anchor and says how the undertaking ended: "abandoning plans to".
  const Entry* ended(Index s, Index i) const {
    const Tree& t = tree(s);
    const auto up = t.head(i);
    if (up && (t.has_relation(i, "obj") || t.has_relation(i, "nsubj:pass") || t.has_relation(i, "obl") || t.has_relation(i, "nmod")))
      if (const Entry* found = CommitmentKnowledge::find(knowledge_.status, "governor", lemma_of(word(s, *up)))) {
        // "will keep its promise" has not kept it; "is abandoning plans" has dropped them.
        const bool past = (word(s, *up).xpos == "VBD" || word(s, *up).xpos == "VBN") && !modal(s, *up);
        if (past || found->value == "cancelled") return found;
      }
    return nullptr;
  }

  void set_status(Index s, Draft& draft) const {
    draft.record.status = draft.record.antecedent ? "conditional" : "active";
    if (const Entry* end = ended(s, draft.anchor)) {
      draft.record.status = end->value;
      draft.trace.fields.push_back({"status", end->id, "the verb above it"});
    }
  }

  std::vector<std::string> sources_of(TextSpan at) const {
    std::vector<const Statement*> around;
    const auto size = [](const Statement& statement) {
      std::uint32_t bytes = 0;
      for (const auto piece : statement.content) bytes += piece.size();
      return bytes;
    };
    for (const auto& statement : out_.statements)
      if (std::any_of(statement.content.begin(), statement.content.end(), [&](TextSpan piece) { return piece.contains(at); }))
        around.push_back(&statement);
    std::stable_sort(around.begin(), around.end(), [&](const auto* a, const auto* b) { return size(*a) > size(*b); });
    std::vector<std::string> out;
    for (const auto* statement : around) out.push_back(statement->id);
    return out;
  }

  std::optional<std::string> earlier(const Commitment& commitment) const {
    const auto words = content_lemmas(commitment.consequent);
    for (const auto& old : out_.commitments) {
      const bool same_debtor = old.debtor.empty() || commitment.debtor.empty() || same_party(old.debtor.front(), commitment.debtor.front());
      if (!same_debtor || old.polarity != commitment.polarity) continue;
      const auto known_words = content_lemmas(old.consequent);
      std::size_t shared = 0;
      for (const auto& w : words) shared += known_words.count(w);
      const auto smaller = static_cast<double>(std::min(words.size(), known_words.size()));
      if (shared >= 2 && static_cast<double>(shared) >= restatement_share * smaller) return old.same_as ? old.same_as : std::optional(old.id);
    }
    return std::nullopt;
  }

  /// "promised that it will send": one undertaking, said by the outer word.
  void drop_inner(std::vector<Draft>& drafts) {
    for (std::size_t i = 0; i < drafts.size(); ++i)
      for (std::size_t j = 0; j < drafts.size(); ++j) {
        if (i == j || drafts[j].complement.head == none || drafts[i].complement.head == none) continue;
        Draft &outer = drafts[i], &inner = drafts[j];
        const bool same_deed = outer.complement.head == inner.complement.head;
        const bool chained = outer.complement.head == inner.anchor;
        if (!(same_deed ? outer.anchor < inner.anchor : chained)) continue;
        outer.trace.rejected.push_back({inner.record.provenance.rule, inner.record.anchor, "part of another undertaking"});
        if (outer.record.creditor.empty()) outer.record.creditor = inner.record.creditor;
        inner.complement.head = none;
      }
    std::erase_if(drafts, [](const Draft& draft) { return draft.complement.head == none; });
  }

  void finish(Index s, Draft& draft) {
    Commitment& record = draft.record;
    record.id = "c" + std::to_string(out_.commitments.size() + 1);
    find_excludes(s, draft);
    set_status(s, draft);
    record.sources = sources_of(record.anchor);
    if (record.sources.empty()) record.sources = sources_of(record.consequent);
    record.same_as = earlier(record);
    Trace& trace = draft.trace;
    trace.record = record.id;
    trace.fields.push_back({"status", record.antecedent ? "commitment.condition" : "commitment.open", record.status});
    if (record.same_as) trace.fields.push_back({"same_as", "commitment.shared-words", *record.same_as});
    trace.rejected.insert(trace.rejected.end(), rejected_.begin(), rejected_.end());
    std::sort(trace.words.begin(), trace.words.end());
    trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
    out_.commitments.push_back(std::move(record));
    out_.traces.push_back(std::move(trace));
  }

  const Article& article_;
  const Analysis& analysis_;
  const CommitmentKnowledge& knowledge_;
  Extraction& out_;
  std::vector<Quotation> quotations_;
  std::vector<Tree> trees_;
  std::vector<Rejection> rejected_;  // of the sentence being read
};

}  // namespace

void extract_commitments(const Article& article, const Analysis& analysis, const CommitmentRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const CommitmentKnowledge*>(&rules);
  if (!knowledge) return;
  Reader(article, analysis, *knowledge, out).read();
}

}  // namespace masudi
