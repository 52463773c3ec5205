// Finding mentions: one for each noun, pronoun or nationality that heads a phrase, with its name, number, gender and person.
#include <algorithm>

#include "masudi/word_shape.h"
#include "mention_impl.h"

namespace masudi {

namespace {

bool has(const std::string& feats, std::string_view feature) { return feats.find(feature) != std::string::npos; }

std::string two_words(std::string_view first, std::string_view second) {
  std::string out(first);
  (out += ' ') += second;
  return out;
}

bool is_part_of_name(const Tree& tree, std::uint32_t i) {
  return tree.has_relation(i, "flat") || tree.has_relation(i, "compound") || tree.has_relation(i, "nmod:desc") || tree.has_relation(i, "goeswith");
}

/// First and last+1 word of the name that a word heads: its entity where the model found one, else the run of proper nouns that hang on it.
std::pair<std::uint32_t, std::uint32_t> name_words(const Tree& tree, std::uint32_t head, const MentionRules::Impl& rules) {
  const auto entity = [&](std::uint32_t i) -> std::string { return tree.word(i).ner.size() > 2 ? tree.word(i).ner.substr(2) : ""; };
  const std::string type = entity(head);
  std::uint32_t first = head, last = head + 1;
  if (!type.empty()) {
    while (first > 0 && entity(first - 1) == type && tree.word(first).ner[0] == 'I') --first;
    while (last < tree.size() && tree.word(last).ner[0] == 'I' && entity(last) == type) ++last;
    // "Mustafa Al-Kazemi of Iraq": a preposition that is no particle of names ends a person's; "Minister of Education Stefania Giannini": after a
    // title the name begins behind what the title is of.
    for (std::uint32_t i = first + 1; type == "PER" && i < last; ++i) {
      if (tree.word(i).upos != "ADP" || rules.spellings.is_particle(tree.lower(i))) continue;
      if (rules.offices.count(tree.lemma(i - 1)) && i + 2 < last) {
        first = i + 2;
      } else {
        last = i;
      }
    }
    if (first > head) return {first, last};
    last = std::max(last, head + 1);
    while (last > head + 1 && tree.word(last - 1).upos == "ADP") --last;
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
  // "Musa as-Sadr": a particle that the tagger takes for a word of the language joins the parts of a person's name.
  const auto name_part = [&](std::uint32_t i) { return i < tree.size() && tree.word(i).upos == "PROPN" && tree.word(i).ner.ends_with("PER"); };
  while (type == "PER" && last + 1 < tree.size() && rules.spellings.is_particle(tree.lower(last))) {
    const bool hyphen = tree.word(last + 1).form == "-" && touches(last) && last + 2 < tree.size() && touches(last + 1);
    if (!name_part(last + (hyphen ? 2 : 1))) break;
    last += hyphen ? 3 : 2;
  }
  return {first, last};
}

}  // namespace

const std::string* MentionRules::Impl::find_known(std::string_view spelled) const {
  if (const auto at = exact.find(spelled); at != exact.end()) return &at->second;
  const auto at = known.find(fold(spelled));
  return at == known.end() ? nullptr : &at->second;
}

std::string first_word(std::string_view name) {
  std::size_t n = 0;
  while (n < name.size() && is_word_byte(name[n])) ++n;
  return fold(name.substr(0, n));
}

namespace {

class Detector {
 public:
  Detector(const Article& article, const MentionRules::Impl& rules) : article_(article), rules_(rules) {}

  /// The last words of the full names of persons: "Ford" of a Harrison Ford is no firm.
  void note_surnames(const Tree& tree) {
    for (std::uint32_t i = 1; i < tree.size(); ++i)
      if (tree.word(i).ner == "I-PER" && (i + 1 == tree.size() || tree.word(i + 1).ner != "I-PER")) surnames_.emplace(tree.folded(i));
  }

  /// The mentions of one sentence, appended.
  void read(const Tree& tree, std::uint32_t sentence, std::vector<FoundMention>& out) {
    const std::size_t start = out.size();
    std::vector<std::int64_t> at(tree.size(), -1);
    // Words inside a name that another word heads are no mention of their own: "General" in "General Motors".
    std::vector<bool> inside(tree.size(), false);
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      const Word& word = tree.word(i);
      if (word.ner.size() < 3 || word.upos != "PROPN" || is_part_of_name(tree, i)) continue;
      const auto [first, last] = name_words(tree, i, rules_);
      // "Europe" in "Council of Europe" heads nothing: the word that the others of the name hang on does.
      std::optional<std::uint32_t> up = tree.head(i);
      for (std::uint32_t step = 0; up && step < 4 && (*up < first || *up >= last); ++step) up = tree.head(*up);
      if (up && *up >= first && *up < last && tree.word(*up).upos == "PROPN") continue;
      for (std::uint32_t k = first; k < last; ++k)
        if (k != i && tree.word(k).upos == "PROPN" && tree.word(k).ner.size() > 2 && tree.word(k).ner.substr(2) == word.ner.substr(2))
          inside[k] = true;
    }
    const std::vector<KnownRun> runs = known_runs(tree);
    std::vector<const KnownRun*> known_at(tree.size(), nullptr);
    for (const KnownRun& run : runs) {
      for (std::uint32_t k = run.first; k < run.last; ++k) inside[k] = true;
      known_at[run.head] = &run;
    }
    for (std::uint32_t i = 0; i < tree.size(); ++i) {
      const Word& word = tree.word(i);
      const KnownRun* known = known_at[i];
      const auto over = tree.head(i);
      // A name that the parser hangs flat on a verb is one for all that.
      const bool flat = (tree.has_relation(i, "flat") || tree.has_relation(i, "goeswith")) && !(over && tree.word(*over).upos == "VERB");
      if (known == nullptr && (flat || inside[i])) continue;
      // "President" in "President Park" is her title, not somebody beside her.
      if (const auto up = tree.head(i); up && *up > i && is_part_of_name(tree, i) && tree.word(*up).upos == "PROPN" &&
                                        tree.word(*up).ner.ends_with("PER") &&
                                        (rules_.title.count(tree.lemma(i)) || rules_.offices.count(tree.lemma(i))))
        continue;
      const std::string* country = nullptr;
      const auto kind = known != nullptr ? std::optional(MentionKind::name) : kind_of(tree, i, country);
      if (!kind) continue;
      at[i] = static_cast<std::int64_t>(out.size());
      FoundMention& found = out.emplace_back();
      Mention& mention = found.mention;
      mention.kind = *kind;
      if (country != nullptr) {
        found.known = *country;
        found.country = true;
        found.gender = 'n';
      }
      mention.sentence = sentence;
      mention.first = tree.extent(i).first;
      mention.last = tree.extent(i).last;
      mention.head = i;
      mention.span = tree.span(i);
      if (word.ner.size() > 2 && (word.upos != "NOUN" || rules_.offices.count(tree.lemma(i)))) mention.type = word.ner.substr(2);
      if (known != nullptr) mention.type = "ORG";
      mention.rule = "mention.head";
      found.plural = has(word.feats, "Number=Plur") || word.xpos == "NNS" || word.xpos == "NNPS";
      found.subject = tree.has_relation(i, "nsubj");
      found.possessive = tree.has_relation(i, "nmod:poss");
      for (const auto c : tree.children(i))
        found.definite = found.definite || has(tree.word(c).feats, "Definite=Def") || has(tree.word(c).feats, "Poss=Yes") ||
                         has(tree.word(c).feats, "PronType=Dem") || tree.has_relation(c, "nmod:poss");
      if (mention.kind == MentionKind::name) read_name(tree, found, known);
      if (mention.kind == MentionKind::nominal) read_nominal(tree, found);
      if (mention.kind == MentionKind::pronoun) read_pronoun(tree, found);
    }
    for (std::size_t k = start; k < out.size(); ++k) {
      const auto head = tree.head(out[k].mention.head);
      if (!head || at[*head] < 0) continue;
      if (tree.has_relation(out[k].mention.head, "appos")) out[k].renames = static_cast<std::uint32_t>(at[*head]);
    }
    // "carmaker Ford": a noun for bodies before a name is the same body.
    for (std::size_t k = start; k < out.size(); ++k) {
      const std::uint32_t word = out[k].mention.head;
      if (out[k].mention.kind != MentionKind::nominal || !out[k].body || out[k].plural || !tree.has_relation(word, "compound")) continue;
      const auto name = tree.head(word);
      if (!name || *name < word || at[*name] < 0) continue;
      FoundMention& named = out[static_cast<std::size_t>(at[*name])];
      if (named.mention.kind == MentionKind::name && !named.country && named.mention.type != "PER" && !named.renames)
        named.renames = static_cast<std::uint32_t>(k);
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
  /// What kind of mention the word heads, if any. country: of a nationality, the id of its country's row.
  std::optional<MentionKind> kind_of(const Tree& tree, std::uint32_t i, const std::string*& country) const {
    const Word& word = tree.word(i);
    const std::string_view upos = word.upos;
    if (nominal_adjective(tree, i)) return MentionKind::nominal;
    if (upos == "ADJ") {
      const auto demonym = rules_.demonyms.find(tree.folded(i));
      if (demonym == rules_.demonyms.end() || word.form.empty() || !(word.form[0] >= 'A' && word.form[0] <= 'Z')) return std::nullopt;
      if (i + 1 < tree.size() && tree.word(i + 1).form == "-") return std::nullopt;  // "Iranian-backed"
      country = &demonym->second;
      return MentionKind::nationality;
    }
    if (upos == "NOUN") return MentionKind::nominal;
    if (upos == "PROPN") return is_title_alone(tree, i) ? MentionKind::nominal : MentionKind::name;
    if (upos != "PRON" && !(upos == "DET" && has(word.feats, "Poss=Yes"))) return std::nullopt;
    if (tree.has_relation(i, "expl") || announces_clause(tree, i)) return std::nullopt;
    return MentionKind::pronoun;
  }

  void set_gender(FoundMention& found, std::string_view word) const {
    const auto at = rules_.genders.find(word);
    if (at == rules_.genders.end() || found.gender != '?') return;
    found.gender = at->second.first;
    found.gender_rule = at->second.second;
  }

  /// A run of words that is the name of a body of the tables, and the word of it that the others hang on.
  struct KnownRun {
    std::uint32_t first = 0, last = 0, head = 0;
  };

  /// first_word of what the sentence has from a word on.
  std::string first_word_from(const Tree& tree, std::uint32_t i) const {
    const Word& word = tree.word(i);
    const std::string_view rest = article_.slice({word.span.begin, tree.word(tree.size() - 1).span.end});
    const bool whole = rest.starts_with(word.form) && (rest.size() == word.form.size() || !is_word_byte(rest[word.form.size()]));
    if (whole && std::all_of(word.form.begin(), word.form.end(), is_word_byte)) return std::string(tree.folded(i));
    return first_word(rest);
  }

  /// Names of bodies, the longest first from the left, whatever the model takes them for.
  std::vector<KnownRun> known_runs(const Tree& tree) const {
    std::vector<KnownRun> out;
    std::uint32_t capital = 0;  // the first such word from `a` on: without one no run is a name
    for (std::uint32_t a = 0; a < tree.size(); ++a) {
      if (!is_word_byte(tree.word(a).form[0])) continue;
      if (capital < a) capital = a;
      while (capital < tree.size() && !is_capital(tree, capital)) ++capital;
      if (capital == tree.size()) break;
      const auto start = rules_.starts.find(first_word_from(tree, a));
      if (start == rules_.starts.end()) continue;
      for (std::uint32_t b = std::min(tree.size(), a + start->second); b > capital; --b) {
        const std::string* id = rules_.find_known(article_.slice(tree.span(a, b)));
        if (id == nullptr || !id->starts_with("act.") || !is_name(tree, a, b)) continue;
        KnownRun run{a, b, a};
        for (std::uint32_t k = a; k < b; ++k)
          if (const auto up = tree.head(k); tree.word(k).upos != "PUNCT" && (!up || *up < a || *up >= b)) {
            run.head = k;
            break;
          }
        out.push_back(run);
        a = b - 1;
        break;
      }
    }
    return out;
  }

  /// Is the word, no article, written with a capital, a digit or a letter beyond ASCII first?
  static bool is_capital(const Tree& tree, std::uint32_t i) {
    const std::string& form = tree.word(i).form;
    return tree.word(i).upos != "DET" &&
           ((form[0] >= 'A' && form[0] <= 'Z') || (form[0] >= '0' && form[0] <= '9') || static_cast<unsigned char>(form[0]) >= 0x80);
  }

  /// Are the words, with a capital among them, used as a name? Somebody called so, a word that is spelled alike, or a part of a longer name is not.
  bool is_name(const Tree& tree, std::uint32_t a, std::uint32_t b) const {
    const Word& first = tree.word(a);
    const bool person = first.ner.ends_with("PER");
    if (person && a > 0 && first.ner[0] == 'I') return false;
    if (person && b < tree.size() && tree.word(b).ner == "I-PER") return false;
    // "Airbus A380": a body's name that hangs together with a model's number right behind it is a part of the model's.
    if (b < tree.size() && is_model(tree.word(b).form)) {
      const auto up = tree.head(b), over = tree.head(b - 1);
      if ((up && *up >= a && *up < b) || (over && *over == b && tree.has_relation(b - 1, "compound"))) return false;
    }
    if (b - a > 1) return true;
    if (person && (surnames_.count(std::string(tree.folded(a))) || (a > 0 && tree.word(a - 1).upos == "PROPN"))) return false;
    const auto up = tree.head(a);
    if (tree.has_relation(a, "flat") && up && tree.word(*up).upos == "PROPN") return false;
    return first.upos == "PROPN" || first.ner != "O" || (first.form.size() > 2 && tree.lower(a) != first.form && first.form[1] < 'a');
  }

  /// "It is expected that", "it is clear that", taken for a subject: it stands for the clause, for nobody.
  static bool announces_clause(const Tree& tree, std::uint32_t i) {
    const auto up = tree.head(i);
    if (!up || *up < i || !tree.has_relation(i, "nsubj") || tree.lemma(i) != "it") return false;
    if (tree.child(*up, "csubj")) return true;
    return tree.child(*up, "ccomp") && (tree.has_relation(i, "nsubj:pass") || tree.child(*up, "cop"));
  }

  /// "The accused", "a militant", where the tagger sees no noun: a word of the table of offices that stands as a noun does.
  bool nominal_adjective(const Tree& tree, std::uint32_t i) const {
    const std::string_view upos = tree.word(i).upos;
    const auto children = tree.children(i);
    if (children.empty() || upos == "NOUN" || upos == "PROPN") return false;
    // "Some of the rebels", "one of the rebels".
    const bool has_whole = std::any_of(children.begin(), children.end(), [&](auto c) { return c > i && tree.child(c, "case"); });
    const bool is_argument = (tree.has_relation(i, "nsubj") || tree.has_relation(i, "obj") || tree.has_relation(i, "obl")) &&
                             tree.word(tree.extent(i).first).upos == "DET" && upos != "PRON" && upos != "DET";
    if (!has_whole && !is_argument) return false;
    const auto part = rules_.offices.find(tree.lower(i));
    if (part != rules_.offices.end() && part->second.kind == "part") return has_whole;
    if (!is_argument) return false;
    const auto is_office = [&](std::string_view key) {
      const auto office = rules_.offices.find(key);
      return office != rules_.offices.end() && office->second.kind != "part";
    };
    for (const std::string_view form : {tree.lemma(i), tree.lower(i)})
      if (is_office(form) || (i > 0 && is_office(two_words(tree.lower(i - 1), form)))) return true;
    return false;
  }

  /// "the President", "the crown prince" as the tagger's name: an office behind its article, with nothing that names anybody.
  bool is_title_alone(const Tree& tree, std::uint32_t i) const {
    const Word& word = tree.word(i);
    const auto office = rules_.offices.find(tree.lemma(i));
    if (word.ner != "O" || office == rules_.offices.end() || office->second.kind == "part") return false;
    bool article = false;
    for (const auto c : tree.children(i)) {
      article = article || (c < i && has(tree.word(c).feats, "Definite=Def"));
      if (tree.has_relation(c, "flat") || tree.has_relation(c, "appos") || (c > i && tree.has_relation(c, "nmod"))) return false;
      if (c < i && tree.word(c).upos == "PROPN") return false;
    }
    return article;
  }

  void read_name(const Tree& tree, FoundMention& found, const KnownRun* run) const {
    auto [first, last] = run ? std::pair(run->first, run->last) : name_words(tree, found.mention.head, rules_);
    // Titles are no part of the name: "Prime Minister" Mustafa Al-Kazemi.
    const std::uint32_t head = found.mention.head;
    // The parser may hang the name on its title: then the title has no entity of its own.
    for (std::uint32_t i = first; i < last && found.mention.type.empty(); ++i)
      if (tree.word(i).ner.size() > 2) found.mention.type = tree.word(i).ner.substr(2);
    const bool person = found.mention.type == "PER" || found.mention.type.empty();
    while (person && first + 1 < last) {
      const std::string_view word = tree.lower(first), bare = word.ends_with('.') ? word.substr(0, word.size() - 1) : word;
      if (!rules_.title.count(bare) && !rules_.offices.count(bare) && !rules_.demonyms.count(word)) break;
      if (found.titles.empty() && rules_.title.count(bare)) found.mention.rule += " " + rules_.title_rule;
      found.titles.emplace_back(bare);
      ++first;
    }
    const auto& children = tree.children(head);
    for (const auto c : children)
      if (c < head && (c < first || c >= last) &&
          (tree.has_relation(c, "nmod:desc") || tree.has_relation(c, "compound") || tree.has_relation(c, "amod")))
        for (std::uint32_t i = tree.extent(c).first; i < tree.extent(c).last; ++i) {
          const std::string_view title = tree.lemma(i);
          if (title.starts_with("ex-")) found.titles.emplace_back(title.substr(3));
          found.titles.emplace_back(title);
        }
    found.mention.name_first = first;
    found.mention.name_last = last;
    const TextSpan span = tree.span(first, last);
    found.name = std::string(article_.slice(span));
    std::replace(found.name.begin(), found.name.end(), '\n', ' ');
    found.folded = fold(found.name);
    if (const std::string* id = rules_.find_known(found.name))
      found.known = *id;
    else if (found.folded.starts_with("the "))
      if (const std::string* bare = rules_.find_known(std::string_view(found.name).substr(4))) found.known = *bare;
    if (found.known.starts_with("cc.")) found.country = true;
    // "A380", "the 787": a name of digits is a model's or a number, whatever the network takes it for.
    if (found.mention.type == "ORG" && found.known.empty() && last == first + 1 && is_model(tree.word(head).form)) found.mention.type = "MISC";
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
    const std::uint32_t head = found.mention.head;
    found.noun = tree.lemma(head);
    for (const auto c : tree.children(head)) {
      if (c > head) break;
      if (tree.lemma(c) == "two" || tree.lemma(c) == "both")
        found.pair = true;
      else if (tree.has_relation(c, "amod") || tree.has_relation(c, "compound") || tree.has_relation(c, "nummod"))
        found.marks.emplace_back(tree.lemma(c));
    }
    auto office = head > 0 ? rules_.offices.find(two_words(tree.lemma(head - 1), found.noun)) : rules_.offices.end();
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
    const std::string_view form = tree.lower(found.mention.head);
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
  std::unordered_set<std::string> surnames_;
};

}  // namespace

namespace {

/// A surname that the model takes for a place or a body where the article has the person's full name, or a title stands before it.
void retype_surnames(std::vector<FoundMention>& found, const MentionRules::Impl& rules) {
  std::unordered_set<std::string> surnames;
  for (const FoundMention& mention : found) {
    if (mention.mention.kind != MentionKind::name || mention.mention.type != "PER" || !mention.known.empty()) continue;
    const std::size_t first = mention.folded.find(' '), last = mention.folded.rfind(' ');
    if (first == std::string::npos) continue;
    surnames.insert(mention.folded.substr(last + 1));
    // "Park Geun-hye": with a hyphen in the given name the family's comes first.
    if (mention.folded.find('-', first) != std::string::npos && mention.folded.find('-') > first) surnames.insert(mention.folded.substr(0, first));
  }
  for (FoundMention& mention : found) {
    if (mention.mention.kind != MentionKind::name || mention.mention.type == "PER" || !mention.known.empty()) continue;
    if (mention.folded.find(' ') != std::string::npos || mention.folded.size() < 3) continue;
    const bool title = std::any_of(mention.titles.begin(), mention.titles.end(), [&](const std::string& word) {
      const auto office = rules.offices.find(word);
      return office != rules.offices.end() && office->second.kind == "post";
    });
    if (!title && !surnames.count(mention.folded)) continue;
    mention.mention.type = "PER";
    mention.person = true;
    mention.body = false;
    if (mention.gender == 'n') mention.gender = '?';
  }
}

}  // namespace

std::vector<FoundMention> detect(const Article& article, const std::vector<Tree>& trees, const MentionRules::Impl& rules) {
  std::vector<FoundMention> out;
  std::size_t words = 0;
  for (const Tree& tree : trees) words += tree.size();
  out.reserve(words / 3);  // of news some three words in ten head a phrase
  Detector detector(article, rules);
  for (const Tree& tree : trees) detector.note_surnames(tree);
  for (std::uint32_t s = 0; s < trees.size(); ++s) detector.read(trees[s], s, out);
  retype_surnames(out, rules);
  return out;
}

}  // namespace masudi
