// Statements: who says what. One draft a cue (verb, noun, adjective or construction), from the tree where it shows the parts and from the
// surface (quotation marks, commas, colons beside the cue) where it does not; then drafts of one attribution are joined.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "predicate.h"
#include "statements_rules.h"

namespace masudi {

namespace {

using Index = std::uint32_t;
constexpr Index none = UINT32_MAX;

bool is_punctuation(const Word& word) {
  if (word.upos == "PUNCT") return true;
  return !word.form.empty() && std::all_of(word.form.begin(), word.form.end(), [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return u < 0x80 && (u < '0' || (u > '9' && u < 'A') || (u > 'Z' && u < 'a') || u > 'z') && c != '$' && c != '%' && c != '&';
  });
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_nominal(const Word& word) { return word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "PRON"; }
bool is_participle(const Word& word) { return word.xpos == "VBG"; }
/// A verb form that can carry a clause by itself.
bool is_finite(const Word& word) {
  return (word.upos == "VERB" || word.upos == "AUX") && (word.xpos == "VBD" || word.xpos == "VBZ" || word.xpos == "VBP" || word.xpos == "MD");
}
bool starts_upper(std::string_view form) {
  return !form.empty() && ((form[0] >= 'A' && form[0] <= 'Z') || static_cast<unsigned char>(form[0]) >= 0xc3);
}

/// Somebody who says something: the head word of a noun phrase.
struct Speaker {
  Index sentence = 0, word = none;
};

/// An attribution being put together.
struct Draft {
  Index sentence = 0;
  Index word = none;  // head word of the cue
  TextSpan cue;
  TextSpan clause;  // cue with its own words: subject, cue, addressee
  const Cue* row = nullptr;
  std::string rule;
  Speaker source;
  std::vector<TextSpan> content;
  std::optional<TextSpan> via;
  double confidence = 0;
  bool inverted = false;  // content stands before the cue
  bool quoted = false;    // a piece is a whole quotation
  bool dead = false;
  bool according = false;  // made by the according_to construction
  std::vector<Index> words;
  std::vector<Trace::Field> fields;
  std::vector<Rejection> rejected;
};

class Reader {
 public:
  Reader(const Article& article, const Analysis& analysis, const StatementKnowledge& knowledge)
      : article_(article), analysis_(analysis), sentences_(analysis.sentences), knowledge_(knowledge) {
    trees_.reserve(sentences_.size());
    for (const auto& sentence : sentences_) trees_.emplace_back(sentence);
    quotations_ = find_quotations(article_, sentences_, knowledge_.marks);
  }

  void read(Extraction& out) {
    count_turns();
    for (Index s = 0; s < sentences_.size(); ++s) {
      read_cues(s);
      read_according(s);
      read_headline(s);
      read_turn(s);
    }
    read_captions();
    join();
    attach_colon_quotations();
    attach_running_quotations();
    finish(out);
  }

 private:
  // ---- words and spans -------------------------------------------------------------------------------------------------------------
  const Tree& tree(Index s) const { return trees_[s]; }
  const Word& word(Index s, Index i) const { return sentences_[s].words[i]; }
  Index size(Index s) const { return static_cast<Index>(sentences_[s].words.size()); }
  std::string lower(Index s, Index i) const { return ascii_lower(word(s, i).form); }
  std::string lemma(Index s, Index i) const { return ascii_lower(word(s, i).lemma); }
  bool comma(Index s, Index i) const { return i < size(s) && word(s, i).form == ","; }

  const Quotation* quotation_over(std::uint32_t byte) const {
    const Quotation* best = nullptr;
    for (const auto& q : quotations_) {
      if (q.span.begin > byte) break;
      if (q.depth == 0 && byte < q.span.end) best = &q;
    }
    return best;
  }
  const Quotation* quotation_from(std::uint32_t byte) const {
    for (const auto& q : quotations_)
      if (q.depth == 0 && q.span.begin == byte) return &q;
    return nullptr;
  }
  /// The first outermost quotation that begins in [begin, end).
  const Quotation* quotation_between(std::uint32_t begin, std::uint32_t end) const {
    for (const auto& q : quotations_)
      if (q.depth == 0 && q.span.begin >= begin && q.span.begin < end) return &q;
    return nullptr;
  }
  /// The last outermost quotation that ends in (begin, end].
  const Quotation* quotation_ending(std::uint32_t begin, std::uint32_t end) const {
    const Quotation* best = nullptr;
    for (const auto& q : quotations_)
      if (q.depth == 0 && q.span.end > begin && q.span.end <= end) best = &q;
    return best;
  }
  bool mark_begins(std::uint32_t byte) const {
    return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.span.begin == byte; });
  }
  std::string_view between(std::uint32_t begin, std::uint32_t end) const {
    return begin < end ? std::string_view(article_.text).substr(begin, end - begin) : std::string_view();
  }
  static std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
  }
  /// No words: nothing but punctuation, blanks and what stands in brackets.
  static bool no_words(std::string_view text) {
    int bracket = 0;
    for (const char c : text) {
      const auto u = static_cast<unsigned char>(c);
      if (c == '(' || c == '[') ++bracket;
      if (c == ')' || c == ']') bracket = std::max(0, bracket - 1);
      if (bracket == 0 && (u >= 0x80 || (u >= '0' && u <= '9') || (u >= 'A' && u <= 'Z') || (u >= 'a' && u <= 'z'))) return false;
    }
    return true;
  }

  /// Words [first, last) as a content: punctuation at the ends is dropped, but for the marks of a quotation that belongs to it; a quotation
  /// that begins inside goes on to its own end; inside a quotation it stays inside.
  TextSpan content_of(Index s, Index first, Index last) const {
    last = std::min(last, size(s));
    while (first < last && is_punctuation(word(s, first)) && !mark_begins(word(s, first).span.begin)) ++first;
    while (last > first && is_punctuation(word(s, last - 1)) && !ends_quotation_inside(word(s, last - 1).span, word(s, first).span.begin)) --last;
    while (last > first + 1 && word(s, last - 1).upos == "CCONJ") {
      --last;
      while (last > first + 1 && comma(s, last - 1)) --last;
    }
    if (first >= last) return {};
    TextSpan span{word(s, first).span.begin, word(s, last - 1).span.end};
    for (const auto& q : quotations_) {
      if (q.span.begin >= span.end) break;
      if (q.span.begin >= span.begin && q.span.end > span.end) span.end = q.span.end;
      if (q.span.begin < span.begin && q.span.end > span.begin && q.inside.end < span.end && q.inside.end > span.begin) span.end = q.inside.end;
    }
    return stripped(span);
  }
  bool ends_quotation_inside(TextSpan mark, std::uint32_t from) const {
    return std::any_of(quotations_.begin(), quotations_.end(),
                       [&](const Quotation& q) { return q.closed && q.span.begin >= from && q.inside.end < mark.end && q.span.end >= mark.end; });
  }
  /// Without blanks, commas and stops at the end.
  TextSpan stripped(TextSpan span) const {
    const std::string_view text = article_.text;
    const auto end_of_quotation = [&] {
      return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.closed && q.span.end == span.end; });
    };
    while (span.end > span.begin) {
      const char c = text[span.end - 1];
      if (is_blank(c) || ((c == ',' || c == ';' || c == ':') && !end_of_quotation()))
        --span.end;
      else
        break;
    }
    while (span.begin < span.end && (is_blank(text[span.begin]) || text[span.begin] == ',')) ++span.begin;
    return span;
  }

  // ---- who -------------------------------------------------------------------------------------------------------------------------
  TextSpan phrase(Speaker speaker) const {
    const auto& sentence = sentences_[speaker.sentence];
    const auto all = tree(speaker.sentence).conjuncts(speaker.word);
    TextSpan span = noun_phrase(sentence, speaker.word);
    for (const auto i : all) {
      if (i <= speaker.word || !is_nominal(word(speaker.sentence, i))) continue;
      const TextSpan more = noun_phrase(sentence, i);
      if (more.end > span.end && more.end - span.begin < 200) span.end = more.end;
    }
    return span;
  }
  const Mention* mention_at(Speaker speaker) const { return analysis_.mentions.at(speaker.sentence, speaker.word); }
  const SourceNoun* source_noun(Speaker speaker) const {
    const Word& head = word(speaker.sentence, speaker.word);
    if (head.upos == "PROPN" && starts_upper(head.form) && speaker.word > 0 && mention_at(speaker) && mention_at(speaker)->type == "PER")
      return nullptr;
    const auto found = knowledge_.sources.find(lemma(speaker.sentence, speaker.word));
    if (found != knowledge_.sources.end()) return &found->second;
    const auto form = knowledge_.sources.find(lower(speaker.sentence, speaker.word));
    return form != knowledge_.sources.end() ? &form->second : nullptr;
  }
  bool is_document(Speaker speaker) const {
    const SourceNoun* noun = source_noun(speaker);
    return noun && noun->source_class == "document";
  }
  bool is_outlet(Speaker speaker) const {
    for (const auto& party : parties_at(article_, analysis_, speaker.sentence, speaker.word))
      if (party.sector == "MED") return true;
    return false;
  }
  /// Can it say something at all? Names, pronouns of persons, mentions and nouns that the lexicon knows can.
  bool is_party(Speaker speaker) const {
    const Word& head = word(speaker.sentence, speaker.word);
    if (head.upos == "PROPN") return true;
    if (head.upos == "PRON") return head.xpos == "PRP" || head.xpos == "PRP$" || head.xpos == "WP";
    if (source_noun(speaker)) return true;
    return mention_at(speaker) != nullptr;
  }
  static bool has_feature(const Word& word, std::string_view feature) { return word.feats.find(feature) != std::string::npos; }

  bool fits(const Cue& cue, Speaker speaker, bool quoted, std::string& why) const {
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

  /// Left and right edge of the words of a clause that are not its content.
  struct CueClause {
    Index left = 0, right = 0;  // words [left, right)
  };

  std::optional<Speaker> speaker_of(Index s, Index v, Arguments& arguments) const {
    const Tree& t = tree(s);
    arguments = arguments_of(t, v);
    const Word& verb = word(s, v);
    const bool told = verb.xpos == "VBD" || verb.xpos == "VBZ" || verb.xpos == "VBP" || verb.xpos == "VBN";
    // ", said the minister": the parse may take what follows the verb for an object or lose it.
    if (told && v > 0 && (closing_mark_before(s, v) || (comma(s, v - 1) && (arguments.subjects.empty() || arguments.subjects.front() > v))))
      if (const Index i = nominal_after(s, v); i != none) return Speaker{s, i};
    // "and added that": the speaker of the verb before it, not the subject of what was said.
    if (is_finite(verb) && !arguments.passive)
      if (const Draft* earlier = coordinated_with(s, v)) return earlier->source;
    // The parse may reach into a quotation for the subject of the cue after it: what follows the closing mark is the subject.
    if (is_finite(verb) && !arguments.subjects.empty() && arguments.subjects.front() < v) {
      const Quotation* q = quotation_ending(word(s, arguments.subjects.front()).span.begin, verb.span.begin);
      if (q && !is_name(*q) && q->span.size() > 30 && q->span.begin <= word(s, arguments.subjects.front()).span.begin) {
        const Index after = word_from(s, q->span.end);
        if (after > 0 && after < v)
          if (const Index i = nominal_after(s, after - 1); i != none && i < v) return Speaker{s, i};
      }
    }
    for (const auto i : arguments.subjects)
      if (i != v && !is_punctuation(word(s, i)) && (is_nominal(word(s, i)) || !is_participle(verb))) return Speaker{s, i};
    if (arguments.passive) return std::nullopt;
    // The word before the verb, over adverbs and auxiliaries.
    if (is_finite(verb) || verb.xpos == "VBN") {
      Index i = v;
      while (i > 0 && (word(s, i - 1).upos == "ADV" || word(s, i - 1).upos == "AUX")) --i;
      if (i > 0 && is_nominal(word(s, i - 1)) && word(s, i - 1).deprel != "obl") return Speaker{s, i - 1};
    }
    const auto main_subject = [&](Index before) -> std::optional<Speaker> {
      for (Index i = 0; i < before; ++i)
        if (!t.head(i))
          for (const auto c : t.children(i))
            if (t.has_relation(c, "nsubj") && is_nominal(word(s, c))) return Speaker{s, c};
      return std::nullopt;
    };
    if (verb.xpos == "VB") return main_subject(v);
    // ", adding that": the speaker of the clause before it.
    if (is_participle(verb)) {
      Index before = v;
      while (before > 0 && word(s, before - 1).upos == "ADV") --before;
      if (before == 0 || !comma(s, before - 1)) return std::nullopt;
      for (auto draft = drafts_.rbegin(); draft != drafts_.rend() && draft->sentence == s; ++draft)
        if (draft->row && draft->row->pos == "VERB" && draft->word < v) return draft->source;
      return main_subject(before);
    }
    return std::nullopt;
  }
  /// The head of the noun phrase that begins right after a verb, or `none`.
  Index nominal_after(Index s, Index v) const {
    Index head = none;
    for (Index i = v + 1; i < std::min(size(s), v + 10); ++i) {
      const Word& w = word(s, i);
      if (w.upos == "PRON" && (w.xpos == "PRP" || w.xpos == "NN")) return head == none ? i : head;
      if (w.upos == "PROPN" || w.upos == "NOUN") {
        head = i;
        continue;
      }
      if (is_punctuation(w) && w.form != "." && w.form != "-") break;
      const bool inside =
          w.upos == "DET" || w.upos == "ADJ" || w.upos == "NUM" || w.form == "." || w.form == "-" || w.xpos == "POS" || w.xpos == "PRP$";
      const bool mistaken = head == none && i == v + 1 && w.upos == "VERB" && !is_finite(w);  // "said advocate J. G."
      if (!inside && !mistaken) break;
    }
    return head;
  }
  /// A cue verb before this one whose speaker goes on ("said ... and added"): no subject between the conjunction and the verb, the same form
  /// of the verb.
  const Draft* coordinated_with(Index s, Index v) const {
    Index before = v;
    while (before > 0 && word(s, before - 1).upos == "ADV") --before;
    if (before == 0 || word(s, before - 1).upos != "CCONJ") return nullptr;
    for (auto draft = drafts_.rbegin(); draft != drafts_.rend() && draft->sentence == s; ++draft)
      if (draft->row && draft->row->pos == "VERB" && draft->word < v && word(s, draft->word).xpos == word(s, v).xpos) return &*draft;
    return nullptr;
  }
  bool closing_mark_before(Index s, Index i) const {
    if (i == 0) return false;
    const TextSpan span = word(s, i - 1).span;
    return std::any_of(quotations_.begin(), quotations_.end(), [&](const Quotation& q) { return q.closed && q.span.end == span.end; });
  }

  // ---- cues ------------------------------------------------------------------------------------------------------------------------
  static bool same_class(const Cue& cue, const Word& word) {
    if (cue.pos == "VERB") return word.upos == "VERB";
    if (cue.pos == "NOUN") return word.upos == "NOUN";
    return word.upos == "ADJ" || (word.upos == "VERB" && word.xpos == "VBN");
  }
  /// Where the rest of a cue of several words stands, or `none`.
  Index rest_of(Index s, Index v, const std::string& rest) const {
    for (const auto c : tree(s).children(v))
      if (tree(s).has_relation(c, "compound") && lower(s, c) == rest) return c;
    for (Index i = v + 1; i < std::min(size(s), v + 4); ++i)
      if (lower(s, i) == rest) return i;
    return none;
  }

  void read_cues(Index s) {
    for (Index v = 0; v < size(s); ++v) {
      const auto found = knowledge_.cues_by_lemma.find(lemma(s, v));
      const auto by_form = knowledge_.cues_by_lemma.find(lower(s, v));  // "concerned", whatever the lemma
      std::vector<Index> rows;
      if (by_form != knowledge_.cues_by_lemma.end() && by_form != found) rows = by_form->second;
      if (found != knowledge_.cues_by_lemma.end()) rows.insert(rows.end(), found->second.begin(), found->second.end());
      std::vector<Rejection> rejected;
      for (const auto row : rows) {
        const Cue& cue = knowledge_.cues[row];
        if (!same_class(cue, word(s, v))) continue;
        Index rest = none;
        if (!cue.rest.empty() && (rest = rest_of(s, v, cue.rest)) == none) continue;
        Draft draft;
        draft.sentence = s;
        draft.word = v;
        draft.row = &cue;
        draft.rule = cue.rule;
        draft.confidence = cue.confidence;
        draft.cue = word(s, v).span;
        if (rest != none) {
          draft.cue.end = std::max(draft.cue.end, word(s, rest).span.end);
          draft.words.push_back(rest);
        }
        draft.words.push_back(v);
        std::string why;
        const bool taken = cue.pos == "NOUN" ? read_noun(draft, why) : read_verb(draft, rest, why);
        if (taken) {
          draft.rejected = rejected;
          drafts_.push_back(std::move(draft));
          break;
        }
        rejected.push_back({cue.rule, draft.cue, why});
      }
      if (!rejected.empty()) not_taken_.insert(not_taken_.end(), rejected.begin(), rejected.end());
    }
  }

  bool negated(Index s, Index v) const {
    for (const auto c : tree(s).children(v)) {
      const Word& child = word(s, c);
      if (child.deprel.starts_with("advmod") && (has_feature(child, "Polarity=Neg") || child.lemma == "not")) return true;
    }
    return false;
  }
  bool conditional(Index s, Index v) const {
    for (const auto c : tree(s).children(v)) {
      const Word& child = word(s, c);
      if (child.deprel == "mark" && (ascii_lower(child.form) == "if" || ascii_lower(child.form) == "whether")) return true;
      if (child.upos == "AUX" && child.xpos == "MD" && ascii_lower(child.lemma) != "will") return true;
    }
    return false;
  }

  /// "To say": saying only under a verb of beginning ("went on to say"); otherwise wanted, refused, asked for.
  bool bare_infinitive(const Draft& draft, std::string& why, std::vector<Trace::Field>& fields) const {
    const Index s = draft.sentence, v = draft.word;
    const Word& w = word(s, v);
    if (w.xpos != "VB") return true;
    const Tree& t = tree(s);
    bool to = false;
    for (const auto c : t.children(v))
      if (word(s, c).deprel == "mark" && lower(s, c) == "to") to = true;
    if (!to) return true;
    const auto up = t.head(v);
    if (!up || (w.deprel != "xcomp" && w.deprel != "advcl")) return true;
    if (const auto* goes_on = knowledge_.construction_with("goes_on", lemma(s, *up))) {
      fields.push_back({"cue", goes_on->rule, "the verb before it says that it was said"});
      return true;
    }
    if (w.deprel == "advcl" || word(s, *up).upos != "VERB") return true;  // "took to the stage to say", "other than to say"
    why = "an infinitive: not said that it was said";
    return false;
  }

  CueClause clause_words(Index s, Index v, Index rest, Speaker speaker) const {
    CueClause out{v, v + 1};
    const Tree& t = tree(s);
    if (rest != none) out.right = std::max(out.right, rest + 1);
    for (const auto c : t.children(v)) {
      const Word& child = word(s, c);
      const bool helper = t.has_relation(c, "aux") || child.deprel.starts_with("advmod");
      if (helper && c < v) out.left = std::min(out.left, t.extent(c).first);
    }
    if (speaker.sentence == s && speaker.word != none) {
      const auto all = t.conjuncts(speaker.word);
      bool apart = false;  // another verb stands between: the speaker belongs to that one
      for (Index i = speaker.word + 1; i < v; ++i)
        if (is_finite(word(s, i)) && word(s, i).upos == "VERB" && !(i < t.extent(speaker.word).last)) apart = true;
      if (speaker.word < v && speaker.word + 12 >= out.left && !apart) {
        Index first = t.extent(speaker.word).first;
        // The subject's own words, not a clause that the parse hung on them.
        const TextSpan own = noun_phrase(sentences_[s], speaker.word);
        Index own_first = speaker.word;
        while (own_first > 0 && word(s, own_first - 1).span.begin >= own.begin) --own_first;
        if (first < own_first && !(first == 0 || comma(s, first - 1) || closing_mark_before(s, first))) first = own_first;
        for (Index i = first; i < own_first; ++i)
          if (is_finite(word(s, i))) first = own_first;
        out.left = std::min(out.left, first);
      } else if (speaker.word > v && speaker.word <= v + 12) {
        out.right = std::max(out.right, t.extent(speaker.word).last);
      }
    }
    return out;
  }

  /// One past the last word that can belong to a content that begins at `from` under the cue `v`.
  /// `whole`: to the end of the sentence whatever the parse says.
  Index content_end(Index s, Index v, Index from, bool whole = false) const {
    const Tree& t = tree(s);
    Index last = whole ? size(s) : std::max(t.extent(v).last, std::min(size(s), from + 1));
    const auto inside_quotation = [&](Index i) {
      const Quotation* q = quotation_over(word(s, i).span.begin);
      return q && from < size(s) && q->span.begin >= word(s, from).span.begin && q->span.begin < word(s, i).span.begin;
    };
    for (const auto c : t.children(v)) {
      if (c <= from || !t.has_relation(c, "conj")) continue;
      const Index first = t.extent(c).first;
      // A verb coordinated with the cue: its own clause, not what was said. ("not a law, but a wish" coordinates nouns.)
      const Word& head = word(s, c);
      const bool clause = head.upos == "VERB" || head.upos == "AUX" || t.child(c, "cop");
      const bool joined =
          word(s, first).upos == "CCONJ" || comma(s, first) || (first > 0 && (comma(s, first - 1) || word(s, first - 1).upos == "CCONJ"));
      if (clause && joined && first > from && !inside_quotation(first)) last = std::min(last, first);
    }
    // A parse that lost the end of the clause: on to the next sign, as long as no other clause begins.
    if (last < size(s) && !is_punctuation(word(s, last)) && last > from) {
      Index more = last;
      while (more < size(s) && !is_punctuation(word(s, more)) && !is_finite(word(s, more)) && !is_relative(s, more)) ++more;
      if (more == size(s) || (is_punctuation(word(s, more)) && !(more > last && is_finite(word(s, more - 1))))) last = more;
    }
    for (Index i = from + 1; i < last; ++i) {
      if (inside_quotation(i)) continue;
      const Word& w = word(s, i);
      // A quotation after a colon is a piece of its own.
      if (w.form == ":" && i + 1 <= size(s)) {
        const std::uint32_t next = next_text(w.span.end);
        if (quotation_from(next)) last = std::min(last, i);
      }
      if (lower(s, i) == "according" && i + 1 < size(s) && lower(s, i + 1) == "to" && (comma(s, i - 1) || i + 8 > size(s))) last = std::min(last, i);
      const bool additive = w.upos == "VERB" && is_additive(s, i);
      if (!additive) continue;
      Index before = i;
      while (before > from && word(s, before - 1).upos == "ADV") --before;
      if (is_participle(w) && before > from && comma(s, before - 1)) last = std::min(last, before - 1);
      // ", with Y saying that"
      if (is_participle(w)) {
        Index k = i;
        while (k > from && k + 7 > i && !comma(s, k)) --k;
        if (k > from && comma(s, k) && k + 1 < i && lower(s, k + 1) == "with") last = std::min(last, k);
      }
      // "and added that", "but he pointed out that": the same speaker goes on.
      if (is_finite(w)) {
        if (before > from && word(s, before - 1).upos == "PRON") --before;
        // ", though she noted that"
        if (before > from + 1 && word(s, before - 1).upos == "SCONJ" && comma(s, before - 2)) last = std::min(last, before - 2);
        if (before > from && word(s, before - 1).upos == "CCONJ" && content_follows(s, i)) last = std::min(last, before - 1);
      }
    }
    // "deny they are leaving and say the talks go on": a second cue in the form of the first.
    for (Index i = from + 1; i < last; ++i) {
      const Word& w = word(s, i);
      if (inside_quotation(i) || w.upos != "VERB" || !is_finite(w) || w.xpos != word(s, v).xpos || !is_speech(s, i)) continue;
      Index before = i;
      while (before > from && word(s, before - 1).upos == "ADV") --before;
      if (before > from + 1 && word(s, before - 1).upos == "CCONJ") {
        last = std::min(last, before - 1);
        break;
      }
    }
    return last;
  }
  bool is_additive(Index s, Index i) const {
    const auto found = knowledge_.cues_by_lemma.find(lemma(s, i));
    if (found == knowledge_.cues_by_lemma.end()) return false;
    for (const auto row : found->second) {
      const Cue& cue = knowledge_.cues[row];
      if (cue.pos == "VERB" && (cue.has(Frame::additive) || (is_participle(word(s, i)) && cue.has(Frame::bare))) &&
          (cue.rest.empty() || rest_of(s, i, cue.rest) != none))
        return true;
    }
    return false;
  }
  bool content_follows(Index s, Index i) const {
    for (Index k = i + 1; k < std::min(size(s), i + 4); ++k)
      if (knowledge_.construction_with("complementiser", lower(s, k)) || word(s, k).form == ":" || mark_begins(word(s, k).span.begin)) return true;
    return tree(s).child(i, "ccomp").has_value();
  }
  std::uint32_t next_text(std::uint32_t at) const {
    while (at < article_.text.size() && is_blank(article_.text[at])) ++at;
    return at;
  }
  /// The word at or after a byte; size(s) past the end.
  Index word_from(Index s, std::uint32_t byte) const {
    Index i = 0;
    while (i < size(s) && word(s, i).span.begin < byte) ++i;
    return i;
  }
  bool has_verb(Index s, Index first, Index last) const {
    for (Index i = first; i < std::min(last, size(s)); ++i)
      if (word(s, i).upos == "VERB" || word(s, i).upos == "AUX") return true;
    return false;
  }
  bool has_finite(Index s, Index first, Index last) const {
    for (Index i = first; i < std::min(last, size(s)); ++i)
      if (is_finite(word(s, i))) return true;
    return false;
  }
  Index skip_complementiser(Index s, Index first, Index last, std::vector<Trace::Field>& fields) const {
    while (first < last && (is_punctuation(word(s, first)) && !mark_begins(word(s, first).span.begin))) ++first;
    if (first < last)
      if (const auto* c = knowledge_.construction_with("complementiser", lower(s, first))) {
        fields.push_back({"content", c->rule, "left out before the content"});
        ++first;
      }
    return first;
  }

  void take(Draft& draft, TextSpan span) const {
    if (!span.empty()) draft.content.push_back(span);
  }

  /// A quotation that begins right after the cue's clause.
  bool take_quotation_after(Draft& draft, const CueClause& clause) const {
    const Index s = draft.sentence, v = draft.word;
    const std::uint32_t from = word(s, std::min(clause.right, size(s)) - 1).span.end;
    std::uint32_t until = sentences_[s].span.end;
    bool next_sentence = false;
    const Quotation* q = quotation_between(from, until);
    if (!q && s + 1 < sentences_.size()) {
      const auto rest = trimmed(between(from, until));
      const char last = rest.empty() ? ' ' : rest.back();
      if (last == ':' || last == ',') {
        q = quotation_from(next_text(until));
        next_sentence = q != nullptr;
      }
    }
    if (!q) return false;
    const auto mid = trimmed(between(from, q->span.begin));
    const bool sign = !mid.empty() && (mid.back() == ',' || mid.back() == ':');
    if (!mid.empty() && !sign) return false;
    if (mid.empty() && is_name(*q)) return false;  // an outlet's or a thing's name in quotation marks
    const Index begin = word_from(s, from), end = next_sentence ? size(s) : word_from(s, q->span.begin);
    if (end > begin + 16) return false;
    for (Index i = begin; i < end; ++i) {
      const auto other = knowledge_.cues_by_lemma.find(lemma(s, i));
      if (other != knowledge_.cues_by_lemma.end() && word(s, i).upos == "VERB" && i != v && is_speech(s, i)) return false;
    }
    if (sign && has_finite(s, begin, end)) return false;
    // Words go on after it: part of a longer clause, unless another cue's clause takes over.
    const auto sentence_end = sentence_end_at(q->span.end);
    const auto tail = between(q->span.end, sentence_end);
    if (mid.empty() && !no_words(tail) && !starts_with_comma(tail)) return false;
    take(draft, q->span);
    draft.quoted = true;
    draft.fields.push_back({"content", knowledge_.marks[q->mark].rule, "the quotation after the cue"});
    return true;
  }
  static bool starts_with_comma(std::string_view text) {
    text = trimmed(text);
    return !text.empty() && (text.front() == ',' || text.front() == ';');
  }
  bool is_speech(Index s, Index i) const {
    const auto found = knowledge_.cues_by_lemma.find(lemma(s, i));
    if (found == knowledge_.cues_by_lemma.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [&](Index row) { return knowledge_.cues[row].pos == "VERB" && knowledge_.cues[row].has(Frame::quote); });
  }
  std::uint32_t sentence_end_at(std::uint32_t byte) const {
    for (const auto& sentence : sentences_)
      if (byte <= sentence.span.end && byte > sentence.span.begin) return sentence.span.end;
    return byte;
  }

  /// A quotation that ends right before the cue's clause.
  bool take_quotation_before(Draft& draft, const CueClause& clause) const {
    const Index s = draft.sentence;
    const std::uint32_t to = word(s, clause.left).span.begin;
    const std::uint32_t floor = s > 0 ? sentences_[s - 1].span.begin : 0;
    const Quotation* q = quotation_ending(floor, to);
    if (!q) return false;
    auto mid = trimmed(between(q->span.end, to));
    if (!mid.empty() && mid != "," && mid != "-" && mid != "\u2014" && mid != "\u2013" && mid != "," && !no_words(mid)) return false;
    if (mid.find('.') != std::string_view::npos) return false;
    const auto inside = trimmed(between(q->inside.begin, q->inside.end));
    if (inside.empty()) return false;
    const char last = inside.back();
    const bool comma_sign =
        last == ',' || last == '?' || last == '!' || starts_with_comma(mid) || inside.ends_with("\u2026") || inside.ends_with("\u2014");
    const bool same_sentence = q->span.end > sentences_[s].span.begin;
    if (!same_sentence) {
      // The segmenter may have cut after the closing mark.
      const bool lower_start = clause.left == 0 && !starts_upper(word(s, 0).form);
      if (clause.left != 0) return false;
      if (last == '.' && !lower_start) return false;
      if (!comma_sign && !lower_start) return false;
    } else if (!comma_sign && !q->runs_on && last != '.') {
      // A short quotation inside a clause ("called it "bad" and said ...") is no speech of this cue.
      if (word_from(s, to) > word_from(s, q->span.begin) && !starts_clause(*q)) return false;
      if (!mid.empty() || draft.source.word == none) return false;
    }
    // The words before it in its own sentence belong to the content too ("The plan was "a disaster," he said").
    TextSpan span = q->span;
    const Index first_sentence = sentence_at(q->span.begin);
    if (first_sentence != none && !starts_clause(*q)) {
      const Index begin = lead(first_sentence);
      const Index quoted = word_from(first_sentence, q->span.begin);
      if (begin < quoted && !speech_in(first_sentence, begin, quoted) && first_sentence == s) span.begin = word(first_sentence, begin).span.begin;
    }
    take(draft, stripped(span));
    draft.quoted = true;
    draft.inverted = true;
    draft.fields.push_back({"content", knowledge_.marks[q->mark].rule, "the quotation before the cue"});
    return true;
  }
  bool speech_in(Index s, Index first, Index last) const {
    for (Index i = first; i < last; ++i)
      if (word(s, i).upos == "VERB" && is_speech(s, i)) return true;
    return false;
  }
  Index sentence_at(std::uint32_t byte) const {
    for (Index s = 0; s < sentences_.size(); ++s)
      if (sentences_[s].span.begin <= byte && byte < sentences_[s].span.end) return s;
    return none;
  }
  /// Does the quotation begin a sentence, or stand after a colon or comma?
  bool starts_clause(const Quotation& q) const {
    const Index s = sentence_at(q.span.begin);
    if (s == none) return true;
    const auto before = trimmed(between(sentences_[s].span.begin, q.span.begin));
    return before.empty() || before.back() == ':' || before.back() == ',' || before.back() == ';' || before.back() == '.' ||
           before.ends_with("\u2014");
  }

  /// The first word of a sentence's own clause: without "but", "however," or a dateline ("WASHINGTON (AP) -").
  Index lead(Index s) const {
    Index i = 0;
    for (Index k = 0; k + 1 < std::min<Index>(size(s), 10); ++k) {
      const std::string& form = word(s, k).form;
      const bool dash = form == "-" || form == "--" || form == "\u2014" || form == "\u2013" || form == ":" ||
                        (form == ")" && k >= 2 && is_capital(word(s, k - 1).form));
      if (!dash) continue;
      if (k > 0 && is_capital(word(s, 0).form)) i = k + 1;
    }
    while (i < size(s) && is_punctuation(word(s, i)) && !mark_begins(word(s, i).span.begin)) ++i;
    while (i + 1 < size(s) && knowledge_.construction_with("lead_in", lower(s, i)) && (word(s, i).upos == "CCONJ" || word(s, i).upos == "ADV")) {
      ++i;
      while (i < size(s) && comma(s, i)) ++i;
    }
    return i;
  }
  static bool is_capital(std::string_view form) {
    return form.size() >= 3 && std::all_of(form.begin(), form.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  /// A clause before the cue's own: "C, the minister said".
  bool take_clause_before(Draft& draft, const CueClause& clause) const {
    const Index s = draft.sentence;
    for (Index i = 0; i < lead(s); ++i)
      if (const auto* lead_in = knowledge_.construction_with("lead_in", lower(s, i)))
        draft.fields.push_back({"content", lead_in->rule, "left out before it"});
    if (clause.left < 2 || !comma(s, clause.left - 1)) return false;
    const Index first = lead(s);
    const Index last = clause.left - 1;
    if (first >= last) return false;
    // What follows must not be a content of its own.
    const Index next = clause.right;
    if (next < size(s) && !is_punctuation(word(s, next)) && has_finite(s, next, next_comma(s, next))) return false;
    Index begin = first;
    if (!has_finite(s, begin, last)) return false;
    // Inside a relative clause or after another attribution the content is not the whole sentence.
    const TextSpan span = content_of(s, begin, last);
    if (span.empty()) return false;
    take(draft, span);
    draft.inverted = true;
    draft.fields.push_back({"content", "clause before the cue", ""});
    return true;
  }
  Index next_comma(Index s, Index i) const {
    while (i < size(s) && !comma(s, i)) ++i;
    return i;
  }

  bool read_verb(Draft& draft, Index rest, std::string& why) {
    const Index s = draft.sentence, v = draft.word;
    const Cue& cue = *draft.row;
    const Tree& t = tree(s);
    if (negated(s, v)) {
      why = "negated";
      return false;
    }
    if (!bare_infinitive(draft, why, draft.fields)) return false;
    Arguments arguments;
    std::optional<Speaker> speaker;
    if (cue.pos == "ADJ") {
      arguments = arguments_of(t, v);
      for (const auto c : t.children(v))
        if (t.has_relation(c, "nsubj")) speaker = Speaker{s, c};
    } else {
      speaker = speaker_of(s, v, arguments);
    }
    if (!speaker) {
      why = arguments.passive ? "passive without an agent: nobody is named" : "no source";
      return false;
    }
    // An auxiliary verb or title of the subject is no speaker of itself.
    if (speaker->word >= size(s)) return false;
    draft.source = *speaker;
    std::string unfit;
    const CueClause clause = clause_words(s, v, rest, *speaker);
    draft.clause = {word(s, clause.left).span.begin, word(s, std::min(clause.right, size(s)) - 1).span.end};
    const bool possible = fits(cue, *speaker, true, unfit);
    if (!possible) {
      why = unfit;
      return false;
    }
    if (cue.has(Frame::quoting)) return read_quoting(draft, arguments, why);

    const bool takes_quote = cue.has(Frame::quote);
    bool found = false;
    if (takes_quote) {
      const bool after = take_quotation_after(draft, clause);
      const bool before = !is_participle(word(s, v)) && !arguments.passive && word(s, v).xpos != "VB" && take_quotation_before(draft, clause);
      found = after || before;
      std::sort(draft.content.begin(), draft.content.end());
    }
    if (!found && conditional(s, v)) {
      why = "conditional";
      return false;
    }
    if (!found && !fits(cue, *speaker, false, unfit)) {
      why = unfit;
      return false;
    }
    if (!found && cue.has(Frame::clause)) found = take_clause(draft, clause, arguments);
    const bool purpose = word(s, v).xpos == "VB" && word(s, v).deprel.starts_with("advcl");
    const bool gerund = is_participle(word(s, v)) && under_preposition(s, v);
    if (!found && cue.has(Frame::infinitive) && !purpose) found = take_infinitive(draft, arguments);
    if (!found && cue.has(Frame::infinitive_object)) found = take_infinitive_with_object(draft, arguments);
    if (!found && !gerund) found = take_object(draft, arguments);
    if (!found && !gerund) found = take_preposition(draft);
    if (!found && (cue.has(Frame::clause) || takes_quote) && !arguments.passive && is_finite(word(s, v))) found = take_clause_before(draft, clause);
    if (!found && cue.has(Frame::bare)) found = take_rest(draft, clause);
    if (!found) {
      why = "no content";
      return false;
    }
    draft.words.push_back(speaker->word);
    find_via(draft, arguments);
    return true;
  }

  /// "from claiming asylum", "by proposing": no act of saying of its own.
  bool under_preposition(Index s, Index v) const {
    for (const auto c : tree(s).children(v))
      if (c < v && (word(s, c).deprel == "mark" || word(s, c).deprel == "case") && word(s, c).upos == "ADP") return true;
    return false;
  }
  bool take_clause(Draft& draft, const CueClause& clause, const Arguments& arguments) const {
    const Index s = draft.sentence, v = draft.word;
    const Tree& t = tree(s);
    const auto from_clause = [&](Index head) {
      Index first = t.extent(head).first;
      if (first <= v) first = v + 1;
      const Index end = content_end(s, v, first);
      Index begin = skip_complementiser(s, first, end, draft.fields);
      const TextSpan span = content_of(s, begin, end);
      if (span.empty()) return false;
      take(draft, span);
      draft.words.push_back(head);
      return true;
    };
    for (const auto c : t.children(v)) {
      if (c <= v) continue;
      const bool finite_complement = t.has_relation(c, "ccomp") || (word(s, c).deprel == "xcomp" && has_that(s, c));
      if (!finite_complement) continue;
      if (t.extent(c).first < v && t.extent(c).first < clause.left) continue;
      const auto mark = t.child(c, "mark");
      if (has_that(s, c)) return from_clause(c);
      if (mark && lower(s, *mark) == "to" && draft.row->has(Frame::infinitive)) continue;
      // Neither a verb nor a copula: no clause, whatever the parse says.
      if (!has_finite(s, t.extent(c).first, size(s)) && word(s, c).upos != "VERB") continue;
      if (!has_finite(s, t.extent(c).first, t.extent(c).last) && !mark && word(s, c).upos != "VERB" && word(s, c).upos != "AUX") continue;
      return from_clause(c);
    }
    // "agreed with accusations that", "reminded them of the fact that": the clause of a noun under the cue.
    for (const auto c : t.children(v)) {
      if (c <= v || !(t.has_relation(c, "obj") || t.has_relation(c, "obl"))) continue;
      for (const auto a : t.children(c))
        if ((t.has_relation(a, "acl") || t.has_relation(a, "ccomp")) && word(s, a).deprel != "acl:relcl" && has_that(s, a)) return from_clause(a);
    }
    // "that" itself, where the parse shows no clause.
    for (Index i = clause.right; i < std::min(size(s), clause.right + 14); ++i) {
      if (word(s, i).upos == "VERB" || word(s, i).form == ";") break;
      if (comma(s, i) && i + 1 < size(s) && !knowledge_.construction_with("complementiser", lower(s, i + 1)) && i > clause.right) break;
      if (word(s, i).upos != "SCONJ" && word(s, i).deprel != "mark") continue;
      if (!knowledge_.construction_with("complementiser", lower(s, i))) continue;
      const Index end = content_end(s, v, i + 1);
      const TextSpan span = content_of(s, i + 1, std::max(end, i + 2));
      if (span.empty() || !has_verb(s, i + 1, size(s))) continue;
      take(draft, span);
      draft.confidence *= 0.95;
      draft.fields.push_back(
          {"content", knowledge_.construction_with("complementiser", lower(s, i))->rule, "what follows it, without a clause in the parse"});
      return true;
    }
    (void)arguments;
    return false;
  }
  /// "a message that it agreed", taken for a relative clause: the subordinator stands before a subject of its own.
  bool that_clause(Index s, Index head) const {
    const auto extent = tree(s).extent(head);
    if (extent.first >= head || word(s, extent.first).upos != "SCONJ" || !knowledge_.construction_with("complementiser", lower(s, extent.first)))
      return false;
    for (const auto c : tree(s).children(head))
      if (tree(s).has_relation(c, "nsubj") && c > extent.first) return true;
    return false;
  }
  bool has_that(Index s, Index head) const {
    for (const auto c : tree(s).children(head))
      if (word(s, c).deprel == "mark" && knowledge_.construction_with("complementiser", lower(s, c))) return true;
    return false;
  }

  /// "urged both sides to stop": from "to" (or "not to") on.
  bool take_infinitive(Draft& draft, const Arguments& arguments) const {
    const Index s = draft.sentence, v = draft.word;
    const Tree& t = tree(s);
    if (arguments.passive) return false;
    for (const auto c : t.children(v)) {
      if (c <= v || !(t.has_relation(c, "xcomp") || t.has_relation(c, "advcl") || t.has_relation(c, "ccomp"))) continue;
      Index to = none;
      for (const auto m : t.children(c))
        if (word(s, m).deprel == "mark" && lower(s, m) == "to") to = m;
      if (to == none || to <= v) continue;
      Index first = to;
      while (first > v + 1 && (has_feature(word(s, first - 1), "Polarity=Neg") || lower(s, first - 1) == "not" || lower(s, first - 1) == "never"))
        --first;
      return take_words(draft, first, std::min(infinitive_end(s, v, c), content_end(s, v, first)), c);
    }
    // An object with the infinitive hung on it, or nothing in the parse: the next "to" before a verb.
    for (Index i = v + 1; i + 1 < std::min(size(s), v + 14); ++i) {
      if (word(s, i).upos == "VERB" || word(s, i).form == "." || word(s, i).form == ";") break;
      if (lower(s, i) != "to" || word(s, i + 1).xpos != "VB") continue;
      Index first = i;
      if (first > v + 1 && lower(s, first - 1) == "not") --first;
      draft.confidence *= 0.9;
      return take_words(draft, first, std::min(t.extent(i + 1).last, content_end(s, v, first)), i + 1);
    }
    return false;
  }
  Index infinitive_end(Index s, Index v, Index head) const {
    (void)v;
    return tree(s).extent(head).last;
  }
  bool take_words(Draft& draft, Index first, Index last, Index head) const {
    const TextSpan span = content_of(draft.sentence, first, last);
    if (span.empty()) return false;
    take(draft, span);
    draft.words.push_back(head);
    return true;
  }
  /// "expect Najib to win": the object belongs to the content.
  bool take_infinitive_with_object(Draft& draft, const Arguments& arguments) const {
    const Index s = draft.sentence, v = draft.word;
    const Tree& t = tree(s);
    if (arguments.passive) return false;
    for (const auto c : t.children(v)) {
      if (c <= v || !(t.has_relation(c, "xcomp") || t.has_relation(c, "ccomp"))) continue;
      Index first = t.extent(c).first;
      for (const auto o : arguments.objects)
        if (o > v && o < c) first = std::min(first, t.extent(o).first);
      if (first <= v) first = v + 1;
      const auto to = t.child(c, "mark");
      if (!to || first >= *to) continue;  // "expects to win": the party's own plan
      return take_words(draft, first, content_end(s, v, first), c);
    }
    return false;
  }

  bool take_object(Draft& draft, const Arguments& arguments) const {
    const Index s = draft.sentence, v = draft.word;
    const Cue& cue = *draft.row;
    const Tree& t = tree(s);
    if (arguments.passive) return false;
    Index object = none;
    for (const auto c : t.children(v))
      if (c > v && (t.has_relation(c, "obj") || (t.has_relation(c, "ccomp") && is_nominal(word(s, c))))) {
        object = c;
        break;
      }
    const Tree::Extent extent = object == none ? Tree::Extent{0, 0} : t.extent(object);
    if (object != none && extent.first <= v) return false;
    if (object != none && word(s, object).upos == "PRON" && has_feature(word(s, object), "Reflex=Yes")) return false;
    if (cue.has(Frame::object_as)) {
      Index last = 0, first = object == none ? v + 1 : extent.first;
      for (const auto c : t.children(v)) {
        if (c <= v || c == object) continue;
        const bool complement =
            t.has_relation(c, "xcomp") || as_phrase(s, c) || (word(s, c).deprel == "advcl" && as_phrase(s, c)) || word(s, c).deprel == "ccomp";
        if (complement) last = std::max(last, t.extent(c).last);
      }
      if (last == 0 && object != none && extent.last < size(s) && lower(s, extent.last) == "as") last = content_end(s, v, extent.last);
      // The complement may hang on the object ("described him as").
      if (last == 0 && object != none)
        for (const auto c : t.children(object))
          if (as_phrase(s, c) || mark_begins(word(s, t.extent(c).first).span.begin)) last = std::max(last, t.extent(c).last);
      if (last > first && (object != none || quotation_between(word(s, first).span.begin, sentences_[s].span.end)))
        return take_words(draft, first, content_end_capped(s, v, first, last), object == none ? v : object);
      // "called it "a disgrace"": a quotation after the object.
      if (object != none && extent.last < size(s) && mark_begins(word(s, extent.last).span.begin)) {
        const Quotation* q = quotation_from(word(s, extent.last).span.begin);
        if (q) {
          take(draft, stripped({word(s, extent.first).span.begin, q->span.end}));
          return true;
        }
      }
      if (object != none && quotation_between(word(s, extent.first).span.begin, word(s, extent.last - 1).span.end))
        return take_words(draft, extent.first, extent.last, object);
    }
    if (object != none)
      for (const auto& preposition : cue.object_prepositions)
        for (const auto c : oblique_under(s, v, object, preposition))
          return take_words(draft, extent.first, content_end_capped(s, v, extent.first, t.extent(c).last), object);
    if (object == none) return false;
    if (word(s, object).upos == "PRON" && !cue.has(Frame::object)) return false;
    const Index words = extent.last - extent.first;
    if (cue.has(Frame::object) || (cue.has(Frame::object_long) && words >= 4) || cue.has(Frame::object_short)) {
      if (word(s, object).upos == "PRON") return false;
      return take_words(draft, extent.first, content_end_capped(s, v, extent.first, extent.last), object);
    }
    if (cue.has(Frame::object_report) && knowledge_.cues_by_lemma.count(lemma(s, object)) > 0)
      return take_words(draft, extent.first, content_end_capped(s, v, extent.first, extent.last), object);
    return false;
  }
  Index content_end_capped(Index s, Index v, Index first, Index last) const { return std::min(last, std::max(content_end(s, v, first), first + 1)); }
  bool as_phrase(Index s, Index c) const {
    for (const auto m : tree(s).children(c))
      if ((word(s, m).deprel == "case" || word(s, m).deprel == "mark" || word(s, m).deprel.starts_with("advmod")) && lower(s, m) == "as") return true;
    return false;
  }
  std::vector<Index> oblique_under(Index s, Index v, Index object, std::string_view preposition) const {
    std::vector<Index> out;
    const Tree& t = tree(s);
    for (const Index owner : {v, object})
      for (const auto c : t.children(owner)) {
        if (c <= v) continue;
        for (const auto m : t.children(c))
          if ((word(s, m).deprel == "case" || word(s, m).deprel == "mark") && lower(s, m) == preposition && m > v) out.push_back(c);
      }
    return out;
  }

  bool take_preposition(Draft& draft) const {
    const Index s = draft.sentence, v = draft.word;
    const Cue& cue = *draft.row;
    const Tree& t = tree(s);
    for (const auto& preposition : cue.prepositions) {
      std::vector<Index> owners{v};
      for (const auto c : t.children(v))
        if (t.has_relation(c, "obj")) owners.push_back(c);
      for (const auto owner : owners)
        for (const auto c : t.children(owner)) {
          if (c <= v) continue;
          for (const auto m : t.children(c)) {
            const bool marks = word(s, m).deprel == "case" || word(s, m).deprel == "mark";
            if (!marks || m <= v || lower(s, m) != preposition) continue;
            return take_words(draft, m + 1, content_end_capped(s, v, m + 1, t.extent(c).last), c);
          }
        }
    }
    if (cue.has(Frame::for_clause)) {
      // "asked for Park to receive": with the "for".
      for (Index i = v + 1; i < std::min(size(s), v + 4); ++i) {
        if (lower(s, i) != "for") continue;
        for (Index k = i + 1; k + 1 < std::min(size(s), i + 10); ++k)
          if (lower(s, k) == "to" && word(s, k + 1).xpos == "VB") return take_words(draft, i, content_end(s, v, i), i);
      }
    }
    return false;
  }

  /// The rest of the sentence, where the subject stands right before the cue and the parse shows no clause.
  bool take_rest(Draft& draft, const CueClause& clause) const {
    const Index s = draft.sentence, v = draft.word;
    if (draft.source.sentence != s || draft.source.word > v) return false;
    Index first = clause.right;
    if (first >= size(s) || is_punctuation(word(s, first))) return false;
    // An addressee ("told reporters") is no content.
    const Tree& t = tree(s);
    for (const auto c : t.children(v))
      if (c > v && ((draft.row->has(Frame::addressee) && t.has_relation(c, "obj")) || t.has_relation(c, "iobj") || t.has_relation(c, "obl")) &&
          t.extent(c).first <= first && !has_finite(s, t.extent(c).first, t.extent(c).last))
        first = std::max(first, t.extent(c).last);
    if (first >= size(s)) return false;
    Index last = content_end(s, v, first);
    if (!has_finite(s, first, last)) last = content_end(s, v, first, true);
    if (!has_finite(s, first, last)) return false;
    const Index begin = skip_complementiser(s, first, last, draft.fields);
    const TextSpan span = content_of(s, begin, last);
    if (span.empty()) return false;
    take(draft, span);
    draft.confidence *= 0.85;
    draft.fields.push_back({"content", "rest of the sentence", "no clause in the parse"});
    return true;
  }

  /// "quoted X as saying C", "quoted X: C": the source is whom it quotes; the teller is the outlet.
  bool read_quoting(Draft& draft, const Arguments& arguments, std::string& why) {
    const Index s = draft.sentence, v = draft.word;
    const Tree& t = tree(s);
    Index object = none;
    for (const auto o : arguments.objects)
      if (o > v && !arguments.passive) object = o;
    if (object == none) {
      why = "nobody is quoted";
      return false;
    }
    // "as saying": the participle is the cue.
    for (Index i = v + 1; i < size(s); ++i) {
      if (word(s, i).upos != "VERB" || !is_participle(word(s, i)) || !is_speech(s, i)) continue;
      if (i == 0 || (lower(s, i - 1) != "as" && i > object + 12)) continue;
      Draft inner = draft;
      inner.word = i;
      inner.cue = word(s, i).span;
      inner.source = {s, object};
      CueClause clause{i, i + 1};
      inner.clause = {word(s, v).span.begin, word(s, i).span.end};
      inner.words = {v, i, object};
      const bool as = lower(s, i - 1) == "as";
      if (!as) continue;
      bool found = take_quotation_after(inner, clause) || take_after_colon(inner, i) || take_clause(inner, clause, arguments_of(t, i));
      if (!found) found = take_rest_from(inner, i + 1);
      if (!found) continue;
      inner.via = phrase(draft.source);
      taken_participles_.insert({s, i});
      draft = inner;
      return true;
    }
    Draft inner = draft;
    const CueClause clause{v, t.extent(object).last};
    if (word(s, v).xpos != "VBN" && is_party({s, object}) && !is_document({s, object}) && take_quotation_after(inner, clause)) {
      inner.source = {s, object};
      inner.via = phrase(draft.source);
      draft = inner;
      return true;
    }
    if (draft.row->has(Frame::object)) return take_object(draft, arguments);
    why = "no words are quoted";
    return false;
  }
  bool take_after_colon(Draft& draft, Index i) const {
    const Index s = draft.sentence;
    if (i + 1 >= size(s) || word(s, i + 1).form != ":") return false;
    if (i + 2 < size(s)) {
      const TextSpan span = content_of(s, i + 2, size(s));
      if (span.empty()) return false;
      take(draft, span);
      return true;
    }
    return take_next_sentence(draft, s + 1);
  }
  bool take_next_sentence(Draft& draft, Index s) const {
    if (s >= sentences_.size() || sentences_[s].words.empty()) return false;
    const TextSpan span = content_of(s, 0, size(s));
    if (span.empty()) return false;
    take(draft, span);
    return true;
  }
  bool take_rest_from(Draft& draft, Index first) const {
    const Index s = draft.sentence;
    if (first >= size(s)) return false;
    const Index begin = skip_complementiser(s, first, size(s), draft.fields);
    if (!has_finite(s, begin, size(s))) return false;
    const TextSpan span = content_of(s, begin, size(s));
    if (span.empty()) return false;
    take(draft, span);
    return true;
  }

  // ---- nouns -----------------------------------------------------------------------------------------------------------------------
  bool read_noun(Draft& draft, std::string& why) {
    const Index s = draft.sentence, n = draft.word;
    const Cue& cue = *draft.row;
    const Tree& t = tree(s);
    Index head = none, first = none;
    if (cue.has(Frame::clause))
      for (const auto c : t.children(n)) {
        if (c <= n || (word(s, c).deprel == "acl:relcl" ? !that_clause(s, c) : !has_that(s, c))) continue;
        if (t.has_relation(c, "acl") || t.has_relation(c, "ccomp") || t.has_relation(c, "advcl")) head = c;
      }
    if (head != none) first = t.extent(head).first;
    if (head == none && cue.has(Frame::infinitive))
      for (const auto c : t.children(n)) {
        if (c <= n || !t.has_relation(c, "acl") || word(s, c).xpos != "VB") continue;
        const auto to = t.child(c, "mark");
        if (to && *to > n && lower(s, *to) == "to") {
          head = c;
          first = *to;
        }
      }
    if (head == none && !cue.prepositions.empty() && t.child(n, "nmod:poss"))
      for (const auto c : t.children(n)) {
        if (c <= n || !t.has_relation(c, "nmod")) continue;
        const auto preposition = case_of(t, c);
        if (!preposition || std::find(cue.prepositions.begin(), cue.prepositions.end(), lower(s, *preposition)) == cue.prepositions.end()) continue;
        head = c;
        first = *preposition + 1;
      }
    if (head == none) {
      why = "no content";
      return false;
    }
    if (first <= n) first = n + 1;
    const auto arguments = arguments_of(t, n);
    std::optional<Speaker> speaker;
    for (const auto i : arguments.subjects)
      if (i != head && is_nominal(word(s, i))) {
        speaker = Speaker{s, i};
        break;
      }
    if (!speaker) {
      // "under the pretext that", "read a statement that": whoever does it.
      const auto verb = t.head(n);
      if (verb && word(s, *verb).upos == "VERB" && !t.child(n, "nmod:poss")) {
        const CueConstruction* light = nullptr;
        if (t.has_relation(n, "obj")) light = knowledge_.construction_with("light_verb", lemma(s, *verb));
        if (t.has_relation(n, "obl"))
          if (const auto preposition = case_of(t, n)) light = knowledge_.construction_with("light_preposition", lower(s, *preposition));
        const auto doer = arguments_of(t, *verb);
        if (light && !doer.passive && !doer.subjects.empty()) {
          speaker = Speaker{s, doer.subjects.front()};
          draft.fields.push_back({"source", light->rule, "whoever does it"});
        }
      }
    } else if (t.has_relation(n, "obj") && !t.child(n, "nmod:poss") && !arguments.subject_is_local) {
      const auto verb = t.head(n);
      const auto* light = verb ? knowledge_.construction_with("light_verb", lemma(s, *verb)) : nullptr;
      if (!light) {
        why = "the verb does not say that the subject says it";
        return false;
      }
      draft.fields.push_back({"source", light->rule, "whoever does it"});
    }
    if (!speaker) {
      why = "no source";
      return false;
    }
    if (!fits(cue, *speaker, false, why)) return false;
    draft.source = *speaker;
    draft.clause = word(s, n).span;
    const Index end = std::min(t.extent(head).last, content_end(s, n, first));
    const Index begin = skip_complementiser(s, first, end, draft.fields);
    if (!take_words(draft, begin, end, head)) {
      why = "no content";
      return false;
    }
    return true;
  }

  // ---- constructions ---------------------------------------------------------------------------------------------------------------
  bool words_stand(Index s, Index i, const std::vector<std::string>& words) const {
    if (words.empty() || i + words.size() > size(s)) return false;
    for (Index k = 0; k < words.size(); ++k)
      if (lower(s, i + k) != words[k]) return false;
    return true;
  }

  void read_according(Index s) {
    for (const auto& construction : knowledge_.constructions) {
      if (construction.kind != "according_to") continue;
      for (const auto& words : construction.words)
        for (Index i = 0; i < size(s); ++i)
          if (words_stand(s, i, words)) according(s, i, static_cast<Index>(words.size()), construction);
    }
  }
  void according(Index s, Index i, Index count, const CueConstruction& construction) {
    const Tree& t = tree(s);
    Index first = i + count;
    if (first >= size(s)) return;
    // Who: the noun phrase after the words, its head as the parse has it, else its last noun before punctuation or a verb.
    Index head = none;
    for (Index k = first; k < std::min(size(s), first + 12); ++k) {
      const Word& w = word(s, k);
      if (is_nominal(w) && !t.has_relation(k, "compound") && w.deprel != "nmod:poss" && !t.has_relation(k, "nmod") && w.deprel != "flat") {
        head = k;
        break;
      }
      if (w.upos == "VERB" || (comma(s, k) && k > first)) break;
    }
    if (head == none)
      for (Index k = first; k < std::min(size(s), first + 12) && (is_nominal(word(s, k)) || word(s, k).upos == "DET" || word(s, k).upos == "ADJ");
           ++k)
        if (is_nominal(word(s, k))) head = k;
    if (head == none && starts_upper(word(s, first).form)) head = first;
    if (head == none) return;
    Draft draft;
    draft.sentence = s;
    draft.word = i;
    draft.cue = {word(s, i).span.begin, word(s, i + count - 1).span.end};
    draft.rule = construction.rule;
    draft.confidence = construction.confidence;
    draft.source = {s, head};
    draft.according = true;
    for (Index k = i; k < i + count; ++k) draft.words.push_back(k);
    draft.words.push_back(head);
    // Where the phrase ends: the subtree, unless the parse hung the sentence's main clause on it.
    const TextSpan own = noun_phrase(sentences_[s], head);
    Index own_last = word_from(s, own.end);
    Index last = std::max(t.extent(head).last, own_last);
    for (Index k = own_last; k < last; ++k)
      if (is_finite(word(s, k)) && !relative_between(s, own_last, k)) {
        last = own_last;
        break;
      }
    // "quoting B": B is the source, A the way it came.
    for (Index k = own_last; k < std::min(size(s), own_last + 3); ++k)
      if (const auto* relay = knowledge_.construction_with("relay", lemma(s, k)); relay && is_participle(word(s, k))) {
        Index quoted = none;
        for (const auto c : t.children(k))
          if (c > k && (t.has_relation(c, "obj") || t.has_relation(c, "obl"))) quoted = c;
        if (quoted == none)
          for (Index m = k + 1; m < std::min(size(s), k + 8) && quoted == none; ++m)
            if (is_nominal(word(s, m)) && !t.has_relation(m, "compound") && word(s, m).deprel != "nmod:poss") quoted = m;
        if (quoted == none) break;
        draft.via = own;
        draft.source = {s, quoted};
        draft.cue = word(s, k).span;
        draft.fields.push_back({"via", relay->rule, "the outlet that quotes"});
        last = std::max(word_from(s, noun_phrase(sentences_[s], quoted).end), t.extent(quoted).last);
        const Index stop = next_comma(s, quoted);
        if (stop < last || has_finite(s, quoted, last)) last = std::min(last, stop);
        break;
      }
    draft.clause = {word(s, i).span.begin, word(s, std::min(last, size(s)) - 1).span.end};
    const Index begin = lead(s);
    if (i <= begin + 1 && begin <= i) {
      Index from = last;
      if (from < size(s) && !comma(s, from) && last < size(s)) {
        // No comma after the phrase: as it stands.
      }
      const TextSpan span = content_of(s, from, size(s));
      if (span.empty() || !has_finite(s, from, size(s))) return;
      draft.content.push_back(span);
    } else if (i > 0 && comma(s, i - 1) && i >= 2 && is_relative(s, i - 2)) {
      // "which, according to A, C": the rest of the relative clause.
      Index from = last;
      while (from < size(s) && is_punctuation(word(s, from))) ++from;
      const TextSpan span = content_of(s, from, size(s));
      if (span.empty()) return;
      draft.content.push_back(span);
    } else {
      Index until = i;
      while (until > begin && comma(s, until - 1)) --until;
      if (until <= begin) return;
      // A subject before it, the predicate after it.
      const bool whole = has_finite(s, begin, until);
      const TextSpan before = content_of(s, begin, until);
      if (!before.empty()) draft.content.push_back(before);
      if (!whole && last < size(s) && has_finite(s, last, size(s))) {
        const TextSpan after = content_of(s, last, size(s));
        if (!after.empty()) draft.content.push_back(after);
      } else if (!whole) {
        return;
      }
      draft.inverted = true;
      // Quotation that ends right before: its whole.
      for (auto& piece : draft.content)
        for (const auto& q : quotations_)
          if (q.depth == 0 && q.span.end == piece.end && q.span.begin < piece.begin) piece.begin = q.span.begin;
    }
    drafts_.push_back(std::move(draft));
  }
  bool is_relative(Index s, Index i) const {
    const Word& w = word(s, i);
    return w.xpos == "WDT" || w.xpos == "WP" || (w.upos == "PRON" && has_feature(w, "PronType=Rel"));
  }
  bool relative_between(Index s, Index first, Index last) const {
    for (Index i = first; i < last; ++i)
      if (is_relative(s, i) || word(s, i).upos == "SCONJ") return true;
    return false;
  }

  /// "Minister: bridge is safe", "Bridge is safe: minister". Only in the headline, where a colon stands for a verb of saying.
  void read_headline(Index s) {
    const bool title = article_.title && trimmed(between(sentences_[s].span.begin, sentences_[s].span.end)).size() >= 8 &&
                       article_.title->find(trimmed(between(sentences_[s].span.begin, sentences_[s].span.end))) != std::string::npos;
    Index paragraph = 0;
    for (Index k = 0; k <= s; ++k)
      if (sentences_[k].starts_paragraph) ++paragraph;
    if (paragraph > 1 && !title) return;
    if (sentences_[s].span.end - sentences_[s].span.begin > 300) return;
    Index colon = none, last_colon = none;
    for (Index i = 1; i + 1 < size(s); ++i)
      if (word(s, i).form == ":") {
        if (colon == none) colon = i;
        last_colon = i;
      }
    if (colon == none) return;
    const auto* first_kind = knowledge_.construction("headline_first");
    const auto* last_kind = knowledge_.construction("headline_last");
    const auto name_of = [&](Index from, Index to) -> Index {
      Index head = none;
      for (Index i = from; i < to; ++i) {
        const Word& w = word(s, i);
        if (w.upos == "VERB" || w.upos == "AUX" || w.upos == "NUM") {
          if (!starts_upper(w.form) && !is_capital(w.form)) return none;
        }
        if (is_punctuation(w) && w.form != "." && w.form != "-") return none;
        if (is_nominal(w) || starts_upper(w.form)) head = i;
      }
      if (head == none) return none;
      const Mention* mention = analysis_.mentions.at(s, head);
      const Speaker speaker{s, head};
      if (source_noun(speaker)) return head;
      if (mention)
        return mention->type == "PER" || mention->type == "ORG" || is_outlet(speaker) ? head : (mention->kind == MentionKind::nominal ? head : none);
      if (word(s, head).ner == "B-PER" || word(s, head).ner == "I-PER" || word(s, head).ner == "B-ORG" || word(s, head).ner == "I-ORG") return head;
      return none;
    };
    const auto make = [&](Index head, Index from, Index to, Index mark, const CueConstruction& construction) {
      const TextSpan span = content_of(s, from, to);
      if (span.empty()) return;
      Draft draft;
      draft.sentence = s;
      draft.word = mark;
      draft.cue = word(s, mark).span;
      draft.clause = draft.cue;
      draft.rule = construction.rule;
      draft.confidence = construction.confidence;
      draft.source = {s, head};
      draft.content.push_back(span);
      draft.words = {mark, head};
      drafts_.push_back(std::move(draft));
    };
    const bool spoken = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.sentence == s && d.word < colon; });
    if (first_kind && colon <= 5 && size(s) - colon > 3 && !spoken)
      if (const Index head = name_of(0, colon); head != none) {
        make(head, colon + 1, size(s), colon, *first_kind);
        return;
      }
    if (last_kind && size(s) - last_colon <= 5 && last_colon >= 3)
      if (const Index head = name_of(last_colon + 1, size(s)); head != none) make(head, 0, last_colon, last_colon, *last_kind);
  }

  /// The label of an interview's turn ("MILLER: …"): the words before the colon at the start of a paragraph; empty for none.
  std::string_view turn_label(Index s, Index& colon) const {
    if (!sentences_[s].starts_paragraph) return {};
    for (Index i = 1; i < std::min<Index>(size(s), 5); ++i) {
      if (word(s, i).form != ":") {
        if (is_punctuation(word(s, i)) && word(s, i).form != ".") return {};
        continue;
      }
      if (!starts_upper(word(s, 0).form) || i + 2 >= size(s)) return {};
      colon = i;
      return between(word(s, 0).span.begin, word(s, i - 1).span.end);
    }
    return {};
  }
  void count_turns() {
    for (Index s = 0; s < sentences_.size(); ++s) {
      Index colon = none;
      const auto label = turn_label(s, colon);
      if (!label.empty()) ++turns_[label];
    }
  }
  /// A turn of an interview: its label stands at least twice in the article.
  void read_turn(Index s) {
    const auto* construction = knowledge_.construction("transcript");
    Index colon = none;
    const auto label = turn_label(s, colon);
    if (!construction || label.empty() || turns_[label] < 2) return;
    const auto other = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.sentence == s && d.word <= colon; });
    if (other) return;
    Draft draft;
    draft.sentence = s;
    draft.word = colon;
    draft.cue = draft.clause = word(s, colon).span;
    draft.rule = construction->rule;
    draft.confidence = construction->confidence;
    draft.source = {s, colon - 1};
    draft.words = {colon - 1, colon};
    Index last = s;
    while (last + 1 < sentences_.size() && !sentences_[last + 1].starts_paragraph) ++last;
    draft.content.push_back(stripped({word(s, colon + 1).span.begin, sentences_[last].span.end}));
    drafts_.push_back(std::move(draft));
  }

  /// A quotation and, after a dash, whose it is.
  void read_captions() {
    const auto* construction = knowledge_.construction("caption");
    if (!construction) return;
    for (const auto& q : quotations_) {
      if (q.depth != 0 || !q.closed || q.span.size() < 20 || !starts_clause(q)) continue;
      const Index s = sentence_at(next_text(q.span.end));
      if (s == none) continue;
      const Index dash = word_from(s, q.span.end);
      if (dash + 1 >= size(s) || word(s, dash).span.begin != next_text(q.span.end)) continue;
      if (!knowledge_.construction_with("caption", word(s, dash).form) || !starts_upper(word(s, dash + 1).form)) continue;
      if (has_finite(s, dash + 1, size(s)) || size(s) - dash > 16) continue;
      Index head = none;
      for (Index i = dash + 1; i < size(s) && !is_punctuation(word(s, i)); ++i)
        if (is_nominal(word(s, i))) head = i;
      if (head == none || used(q)) continue;
      Draft draft;
      draft.sentence = s;
      draft.word = dash;
      draft.cue = draft.clause = word(s, dash).span;
      draft.rule = construction->rule;
      draft.confidence = construction->confidence;
      draft.source = {s, head};
      draft.words = {dash, head};
      draft.content.push_back(q.span);
      draft.quoted = true;
      drafts_.push_back(std::move(draft));
    }
  }

  // ---- via -------------------------------------------------------------------------------------------------------------------------
  void find_via(Draft& draft, const Arguments& arguments) const {
    const Index s = draft.sentence, v = draft.word;
    const Tree& t = tree(s);
    const auto quoted_name = [&](Index i) -> std::optional<TextSpan> {
      for (const auto& q : quotations_) {
        if (q.span.begin > word(s, i).span.begin) break;
        if (q.closed && q.span.begin < word(s, i).span.begin && word(s, i).span.end <= q.inside.end && q.span.size() < 40 &&
            starts_upper(between(q.inside.begin, q.inside.end)))
          return q.span;
      }
      return std::nullopt;
    };
    const auto outlet = [&](Index i, std::string_view rule) {
      if (draft.via || i >= size(s) || i == draft.source.word) return;
      const auto mark = quoted_name(i);
      const bool in_content = std::any_of(draft.content.begin(), draft.content.end(), [&](TextSpan c) { return c.contains(word(s, i).span); });
      if (in_content) return;
      if (mark && word(s, i).upos == "PROPN") {
        draft.via = *mark;
      } else if (is_outlet({s, i})) {
        draft.via = noun_phrase(sentences_[s], i);
      }
      if (draft.via) draft.fields.push_back({"via", std::string(rule), "the outlet to which it was said"});
    };
    if (arguments.indirect) outlet(*arguments.indirect, draft.rule);
    for (const auto i : arguments.objects) outlet(i, draft.rule);
    for (const auto& oblique : arguments.obliques)
      if (const auto* to = knowledge_.construction_with("outlet_to", lower(s, oblique.preposition))) outlet(oblique.word, to->rule);
    for (const auto c : t.children(v))
      if (c > v && t.has_relation(c, "obl"))
        for (const auto n : t.children(c))
          if (const auto preposition = case_of(t, n))
            if (const auto* to = knowledge_.construction_with("outlet_to", lower(s, *preposition))) outlet(n, to->rule);
    // "as quoted by Reuters", "a letter seen by Reuters"
    for (Index i = 0; i + 1 < size(s); ++i) {
      if (lower(s, i) != "by" || i == 0) continue;
      const auto* by = knowledge_.construction_with("outlet_by", lemma(s, i - 1));
      if (!by) continue;
      for (Index k = i + 1; k < std::min(size(s), i + 6); ++k)
        if (is_nominal(word(s, k)) && !t.has_relation(k, "compound") && t.head(k) && !t.has_relation(k, "flat")) {
          outlet(k, by->rule);
          break;
        }
    }
    // "It quoted critics, with Y stating": the teller of the clause above.
    auto up = t.head(v);
    for (int steps = 0; up && steps < 6 && !draft.via; ++steps) {
      const auto found = knowledge_.cues_by_lemma.find(lemma(s, *up));
      if (found != knowledge_.cues_by_lemma.end() && word(s, *up).upos == "VERB")
        for (const auto row : found->second)
          if (knowledge_.cues[row].has(Frame::quoting) && *up != draft.word) {
            const auto teller = arguments_of(t, *up);
            if (!teller.passive && !teller.subjects.empty() && teller.subjects.front() != draft.source.word) {
              draft.via = noun_phrase(sentences_[s], teller.subjects.front());
              draft.fields.push_back({"via", knowledge_.cues[row].rule, "who quotes"});
            }
            break;
          }
      up = t.head(*up);
    }
  }

  // ---- joining ---------------------------------------------------------------------------------------------------------------------
  static std::uint32_t first_of(const Draft& draft) {
    std::uint32_t out = draft.cue.empty() ? UINT32_MAX : draft.cue.begin;
    for (const auto& piece : draft.content) out = std::min(out, piece.begin);
    return out;
  }
  static bool covers(const Draft& outer, TextSpan span) {
    return std::any_of(outer.content.begin(), outer.content.end(), [&](TextSpan piece) { return piece.contains(span); });
  }

  void join() {
    // "quoted X as saying": the participle was read with its verb.
    for (auto& draft : drafts_)
      if (draft.row && !draft.row->has(Frame::quoting) && taken_participles_.count({draft.sentence, draft.word}) > 0) draft.dead = true;
    for (auto& outer : drafts_) {
      if (outer.dead) continue;
      for (auto& inner : drafts_) {
        if (&inner == &outer || inner.dead || outer.dead || inner.sentence != outer.sentence || !covers(outer, inner.cue)) continue;
        // "According to A, B says C" and "B says C, A reported": one statement of B, which came through A.
        const bool relays = is_outlet(outer.source) || (outer.inverted && is_document(outer.source));
        if ((outer.according || outer.inverted) && !outer.quoted && relays && !is_outlet(inner.source) && main_of(outer, inner)) {
          if (!inner.via) {
            inner.via = phrase(outer.source);
            inner.fields.push_back({"via", outer.rule, "who passes it on"});
          }
          clip(inner, outer);
          outer.dead = true;
          break;
        }
        if (outer.inverted || inner.inverted) clip(inner, outer);
        // "According to A, C, B said": B passes on what A says.
        if (outer.inverted && inner.according && inner.sentence == outer.sentence && (is_outlet(outer.source) || is_document(outer.source))) {
          inner.via = phrase(outer.source);
          inner.fields.push_back({"via", outer.rule, "who passes it on"});
          clip(inner, outer);
          outer.dead = true;
          break;
        }
      }
    }
    // Two drafts with one content and one source: the surer one.
    for (std::size_t a = 0; a < drafts_.size(); ++a)
      for (std::size_t b = a + 1; b < drafts_.size(); ++b) {
        Draft &x = drafts_[a], &y = drafts_[b];
        if (x.dead || y.dead || x.content != y.content || x.sentence != y.sentence) continue;
        if (x.source.sentence == y.source.sentence && x.source.word == y.source.word) (x.confidence >= y.confidence ? y : x).dead = true;
      }
    drafts_.erase(std::remove_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.dead || d.content.empty(); }), drafts_.end());
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) { return first_of(a) < first_of(b); });
  }
  /// Is the inner cue the main verb of what the outer one says?
  bool main_of(const Draft& outer, const Draft& inner) const {
    for (const auto& piece : outer.content)
      if (piece.contains(inner.cue)) {
        const auto lead_bytes = between(piece.begin, inner.cue.begin);
        return lead_bytes.size() < 120 && inner.clause.begin <= piece.begin + 40;
      }
    return false;
  }
  /// What an inner statement says ends where the outer cue's own clause begins.
  static void clip(Draft& inner, const Draft& outer) {
    if (inner.cue.begin >= outer.cue.begin && !outer.according) return;
    for (auto& piece : inner.content)
      for (const auto& limit : outer.content)
        if (limit.contains({piece.begin, piece.begin + 1}) && piece.end > limit.end) piece.end = limit.end;
  }

  // ---- quotations without a cue of their own -----------------------------------------------------------------------------------------
  bool used(const Quotation& q) const {
    return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) {
      if (q.span.contains(d.cue)) return false;  // an attribution within the quotation
      return std::any_of(d.content.begin(), d.content.end(), [&](TextSpan c) { return c.overlaps(q.span); });
    });
  }
  /// A quotation after a colon, with a cue in the clause before it.
  void attach_colon_quotations() {
    const auto* construction = knowledge_.construction("colon");
    if (!construction) return;
    for (const auto& q : quotations_) {
      if (q.depth != 0 || used(q)) continue;
      std::uint32_t at = q.span.begin;
      while (at > 0 && is_blank(article_.text[at - 1])) --at;
      if (at == 0 || article_.text[at - 1] != ':') continue;
      const Index s = sentence_at(at - 1);
      if (s == none || s == headline()) continue;
      Draft* best = nullptr;
      Index best_depth = 0;
      for (auto& draft : drafts_) {
        if (draft.sentence != s || draft.cue.end > at || !draft.row) continue;
        Index depth = 0;
        auto up = tree(s).head(draft.word);
        for (; up && depth < size(s); ++depth) up = tree(s).head(*up);
        if (!best || depth < best_depth) {
          best = &draft;
          best_depth = depth;
        }
      }
      // A cue that had no content before the colon.
      if (!best || best_depth > 0) {
        for (Index v = 0; v < size(s) && word(s, v).span.end <= at; ++v) {
          if (word(s, v).upos != "VERB" || tree(s).head(v)) continue;
          const auto rows = knowledge_.cues_by_lemma.find(lemma(s, v));
          if (rows == knowledge_.cues_by_lemma.end()) continue;
          Arguments arguments;
          const auto speaker = speaker_of(s, v, arguments);
          if (!speaker) continue;
          for (const auto row : rows->second) {
            const Cue& cue = knowledge_.cues[row];
            if (cue.pos != "VERB" || !cue.has(Frame::quote) || !cue.rest.empty()) continue;
            Draft draft;
            draft.sentence = s;
            draft.word = v;
            draft.row = &cue;
            draft.rule = cue.rule;
            draft.confidence = cue.confidence * construction->confidence;
            draft.cue = draft.clause = word(s, v).span;
            draft.source = *speaker;
            draft.words = {v, speaker->word};
            drafts_.push_back(std::move(draft));
            best = &drafts_.back();
            break;
          }
          break;
        }
      }
      if (!best) continue;
      best->content.push_back(q.span);
      best->quoted = true;
      best->fields.push_back({"content", construction->rule, "the quotation after the colon"});
    }
  }
  /// The headline: the first sentence, where the text goes on in another paragraph.
  Index headline() const { return sentences_.size() > 1 && sentences_[1].starts_paragraph ? 0 : none; }

  /// "…," X said. "…": the second quotation has no cue; it goes on with the words of the last speaker.
  void attach_running_quotations() {
    const auto* construction = knowledge_.construction("runs_on");
    if (!construction) return;
    for (const auto& q : quotations_) {
      if (q.depth != 0 || used(q)) continue;
      const Index s = sentence_at(q.span.begin);
      if (s == none) continue;
      const auto before = trimmed(between(sentences_[s].span.begin, q.span.begin));
      if (!before.empty()) continue;
      const auto inside = trimmed(between(q.inside.begin, q.inside.end));
      if (std::count(inside.begin(), inside.end(), ' ') < 2) continue;
      // Nothing but the quotation stands in its sentences.
      if (!no_words(between(q.span.end, sentence_end_at(q.span.end)))) continue;
      Draft* last = nullptr;
      std::uint32_t last_end = 0;
      for (auto& draft : drafts_) {
        std::uint32_t end = draft.cue.end;
        for (const auto& piece : draft.content) end = std::max(end, piece.end);
        if (end > q.span.begin || !draft.quoted) continue;
        if (end >= last_end) {
          last_end = end;
          last = &draft;
        }
      }
      if (!last) continue;
      // Only the sentence or paragraph right before it.
      const Index previous = sentence_at(last_end - 1);
      if (previous == none || s > previous + 1) continue;
      const bool new_paragraph = sentences_[s].starts_paragraph && s != previous;
      if (new_paragraph) {
        const Quotation* open = quotation_ending(0, q.span.begin);
        const bool runs_on =
            open && open->runs_on && std::any_of(last->content.begin(), last->content.end(), [&](TextSpan c) { return c.end >= open->inside.end; });
        if (!runs_on) continue;
      }
      last->content.push_back(q.span);
      last->fields.push_back({"content", construction->rule, "a quotation that goes on without a cue"});
    }
  }

  // ---- records ---------------------------------------------------------------------------------------------------------------------
  std::string kind_of(const Draft& draft, std::string& rule) const {
    bool any = false, outside = false;
    for (const auto& piece : draft.content) {
      std::uint32_t at = piece.begin;
      for (const auto& q : quotations_) {
        if (q.depth != 0 || q.span.end <= piece.begin || q.span.begin >= piece.end) continue;
        const bool inside_all = q.span.begin <= piece.begin && q.span.end >= piece.end && q.inside.contains(piece) && q.span.begin < piece.begin;
        if (inside_all && draft.cue.begin >= q.span.begin && draft.cue.end <= q.span.end) continue;  // an attribution within a quotation
        if (is_name(q)) continue;
        any = true;
        if (rule.empty()) rule = knowledge_.marks[q.mark].rule;
        if (!no_words(between(at, std::max(at, q.span.begin)))) outside = true;
        at = std::max(at, q.span.end);
      }
      // Inner quotations of an attribution that itself stands in a quotation.
      for (const auto& q : quotations_)
        if (q.depth > 0 && piece.contains(q.span) && !is_name(q) && quotation_over(piece.begin) &&
            quotation_over(draft.cue.begin) == quotation_over(piece.begin) && !any) {
          any = outside = true;
          rule = knowledge_.marks[q.mark].rule;
        }
      if (!no_words(between(at, piece.end))) outside = true;
    }
    if (!any) return "indirect";
    return outside ? "mixed" : "direct";
  }
  /// Marks around a mere name ("ISIS" in quotation marks) quote nobody.
  bool is_name(const Quotation& q) const {
    const auto inside = trimmed(between(q.inside.begin, q.inside.end));
    if (std::count(inside.begin(), inside.end(), ' ') > 2 || inside.size() > 40) return false;
    bool word_begins = true;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (word_begins && !(inside[i] >= 'A' && inside[i] <= 'Z')) return false;
      word_begins = is_blank(inside[i]);
    }
    return !inside.empty() && inside.find_first_of(".,!?") == std::string_view::npos;
  }

  struct Known {
    std::string anonymity, rule;
    bool keeps_name = true;
  };
  Known anonymity_of(Speaker speaker, const std::optional<std::string>& name) const {
    const Word& head = word(speaker.sentence, speaker.word);
    const Mention* mention = mention_at(speaker);
    const auto by_type = [&](const std::string& type) -> std::string {
      if (type == "PER") return "named";
      if (type == "ORG" || type == "GPE" || type == "LOC" || type == "FAC") return "organisation";
      if (type == "NORP") return "anonymous";
      return "";
    };
    const SourceNoun* noun = source_noun(speaker);
    if (noun && noun->source_class == "document") return {"document", noun->rule, true};
    if (mention && mention->kind == MentionKind::name && !by_type(mention->type).empty())
      return {by_type(mention->type), mention->rule, mention->type != "NORP"};
    if (noun && noun->source_class == "organisation") return {"organisation", noun->rule, true};
    std::string cluster_type;
    const Mention* best = nullptr;
    if (mention && mention->cluster < analysis_.mentions.clusters.size()) {
      const Cluster& cluster = analysis_.mentions.clusters[mention->cluster];
      if (cluster.best < analysis_.mentions.mentions.size()) best = &analysis_.mentions.mentions[cluster.best];
      if (best && best->kind == MentionKind::name) cluster_type = by_type(best->type);
      if (best && best != mention && cluster_type.empty()) {
        const Speaker other{best->sentence, best->head};
        if (const SourceNoun* known = source_noun(other)) {
          if (known->source_class == "organisation") return {"organisation", known->rule, true};
          if (known->source_class == "document") return {"document", known->rule, true};
        }
      }
    }
    const bool plural = has_feature(head, "Number=Plur") || head.xpos == "NNS" || head.xpos == "NNPS";
    if (noun && noun->source_class == "person") {
      if (plural || (cluster_type != "named" && !(name && best && best->kind == MentionKind::name && best->type == "PER")))
        return {"anonymous", noun->rule, false};
      return {"named", noun->rule, true};
    }
    if (!cluster_type.empty()) return {cluster_type, mention->coref_rule.empty() ? mention->rule : mention->coref_rule, true};
    if (head.ner.ends_with("PER")) return {"named", "entity", true};
    if (head.ner.ends_with("ORG") || head.ner.ends_with("GPE") || head.ner.ends_with("LOC")) return {"organisation", "entity", true};
    if (head.upos == "PROPN" && !plural) return {"named", "proper noun", true};
    return {"anonymous", "no name", false};
  }

  Entity entity_of(Speaker speaker, Known& known) const {
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
    known = anonymity_of(speaker, name);
    out.name = known.keeps_name ? name : std::nullopt;
    if (out.text.empty()) out.text = word(speaker.sentence, speaker.word).span;
    return out;
  }

  /// Pieces in order, joined where they touch, cut around excluded bytes.
  std::vector<TextSpan> pieces_of(std::vector<TextSpan> content) const {
    std::sort(content.begin(), content.end());
    std::vector<TextSpan> out;
    for (auto piece : content) {
      if (!out.empty() && piece.begin <= out.back().end) {
        out.back().end = std::max(out.back().end, piece.end);
        continue;
      }
      out.push_back(piece);
    }
    std::vector<TextSpan> cut;
    for (auto piece : out) {
      for (const auto& hole : article_.excluded) {
        if (!hole.overlaps(piece)) continue;
        if (hole.begin > piece.begin) cut.push_back(stripped({piece.begin, hole.begin}));
        piece.begin = std::min(hole.end, piece.end);
      }
      if (!piece.empty()) cut.push_back(piece);
    }
    cut.erase(std::remove_if(cut.begin(), cut.end(), [](TextSpan p) { return p.empty(); }), cut.end());
    return cut;
  }

  void finish(Extraction& out) {
    for (auto& draft : drafts_) draft.content = pieces_of(draft.content);
    drafts_.erase(std::remove_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.content.empty(); }), drafts_.end());
    std::stable_sort(drafts_.begin(), drafts_.end(), [](const Draft& a, const Draft& b) {
      return first_of(a) != first_of(b) ? first_of(a) < first_of(b) : a.cue.begin < b.cue.begin;
    });
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      const Draft& draft = drafts_[i];
      Statement statement;
      statement.id = "s" + std::to_string(i + 1);
      Known known;
      statement.source = entity_of(draft.source, known);
      statement.anonymity = known.anonymity;
      if (!draft.cue.empty()) statement.cue = draft.cue;
      statement.content = draft.content;
      std::string mark;
      statement.kind = kind_of(draft, mark);
      statement.via = draft.via;
      statement.confidence = draft.confidence;
      statement.provenance.rule = draft.rule;
      // The innermost other statement whose content holds this cue.
      std::uint32_t smallest = UINT32_MAX;
      for (std::size_t k = 0; k < drafts_.size(); ++k) {
        if (k == i || !covers(drafts_[k], draft.cue)) continue;
        if (covers(draft, drafts_[k].cue) && k > i) continue;
        std::uint32_t bytes = 0;
        for (const auto& piece : drafts_[k].content) bytes += piece.size();
        if (bytes < smallest) {
          smallest = bytes;
          statement.parent = "s" + std::to_string(k + 1);
        }
      }
      Trace trace;
      trace.record = statement.id;
      trace.sentence = draft.sentence;
      trace.words = draft.words;
      std::sort(trace.words.begin(), trace.words.end());
      trace.words.erase(std::unique(trace.words.begin(), trace.words.end()), trace.words.end());
      trace.fields.push_back({"cue", draft.rule, draft.row ? draft.row->stance : std::string()});
      trace.fields.push_back({"anonymity", known.rule, known.anonymity});
      if (!mark.empty()) trace.fields.push_back({"kind", mark, statement.kind});
      for (const auto& field : draft.fields) trace.fields.push_back(field);
      trace.rejected = draft.rejected;
      for (const auto& rejection : not_taken_)
        if (sentences_[draft.sentence].span.contains(rejection.span) && rejection.span != draft.cue) trace.rejected.push_back(rejection);
      out.statements.push_back(std::move(statement));
      out.traces.push_back(std::move(trace));
    }
  }

  const Article& article_;
  const Analysis& analysis_;
  const std::vector<Sentence>& sentences_;
  const StatementKnowledge& knowledge_;
  std::vector<Tree> trees_;
  std::vector<Quotation> quotations_;
  std::vector<Draft> drafts_;
  std::vector<Rejection> not_taken_;
  std::map<std::string_view, Index> turns_;
  std::set<std::pair<Index, Index>> taken_participles_;
};

}  // namespace

void extract_statements(const Article& article, const Analysis& analysis, const StatementRules& rules, Extraction& out) {
  const auto* knowledge = dynamic_cast<const StatementKnowledge*>(&rules);
  if (!knowledge) return;
  Reader(article, analysis, *knowledge).read(out);
}

}  // namespace masudi
