// Putting mentions together, in text order: each joins the group before it that fits best, or begins one of its own.
#include <algorithm>

#include "mention_impl.h"

namespace masudi {

namespace {

// What a thing counts less than a party as what "it" stands for.
constexpr double thing_penalty = 1.5;
// How many sentences back a pronoun and a noun may reach.
constexpr std::uint32_t pronoun_reach = 3;
constexpr std::uint32_t noun_reach = 8;
// A spelling variant within an article needs a part this long; shorter ones must be spelled alike.
constexpr std::size_t variant_length = 5;

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> out;
  std::string word;
  for (std::size_t i = 0; i <= folded.size(); ++i) {
    const char c = i < folded.size() ? folded[i] : ' ';
    if (c != ' ' && c != '-') {
      if (c != '.' && c != ',' && c != '\'') word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

/// Is it the initials of the name, with or without its small words? "UAW" of "United Automobile Workers", "ROS" of "Registrar of Societies".
bool abbreviates(std::string_view acronym, std::string_view name) {
  std::string letters, all, large;
  for (const char c : fold(acronym))
    if (c != '.') letters += c;
  for (const auto& word : words_of(name)) {
    if (word == "the" && all.empty()) continue;
    all += word[0];
    if (word != "of" && word != "the" && word != "and" && word != "for" && word != "in") large += word[0];
  }
  return letters.size() > 1 && (letters == all || letters == large);
}

bool is_acronym(const std::string& name) {
  if (name.size() < 2 || name.size() > 7) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '.' || (c >= '0' && c <= '9'); });
}

struct Group {
  std::vector<std::uint32_t> members;           ///< indices of mentions
  std::string known, type;                      ///< row; PER, ORG, GPE, ... of a name
  std::string_view longest;                     ///< longest name, folded
  std::vector<std::string> words;               ///< its words
  std::uint32_t spelled = 0;                    ///< the mention that has it
  std::vector<std::string_view> nouns, titles;  ///< of the mentions and the rules, each once
  char gender = '?';
  std::string gender_rule;
  bool plural = false, person = false, body = false, country = false, named = false;
  std::vector<std::uint32_t> parts;  ///< groups that a plural stands for
  std::uint32_t last_sentence = 0;
  std::uint32_t count = 0;
};

/// Few words each: looking through them beats a tree of them.
bool holds(const std::vector<std::string_view>& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }
void put(std::vector<std::string_view>& words, std::string_view word) {
  if (!holds(words, word)) words.push_back(word);
}

class Joiner {
 public:
  Joiner(std::vector<FoundMention> found, const MentionRules::Impl& rules) : found_(std::move(found)), rules_(rules) {
    groups_.reserve(found_.size());
  }

  Mentions run() {
    for (std::uint32_t i = 0; i < found_.size(); ++i) {
      FoundMention& here = found_[i];
      std::optional<std::uint32_t> group;
      std::string rule;
      switch (here.mention.kind) {
        case MentionKind::name:
        case MentionKind::nationality:
          group = for_name(here, rule);
          break;
        case MentionKind::nominal:
          group = for_nominal(here, rule);
          break;
        case MentionKind::pronoun:
          group = for_pronoun(here, rule);
          break;
      }
      std::vector<std::uint32_t> parts;
      if (!group) parts = parts_of(here, rule);
      if (!group) {
        group = static_cast<std::uint32_t>(groups_.size());
        groups_.emplace_back();
        groups_.back().parts = std::move(parts);
      }
      here.mention.coref_rule = rule;
      add(*group, i);
      if (here.grammatical_person == 1 && here.speaker && *here.speaker >= i) later_.push_back(i);
    }
    join_later();
    join_forward();
    return take();
  }

 private:
  void add(std::uint32_t g, std::uint32_t i) {
    FoundMention& here = found_[i];
    Group& group = groups_[g];
    here.mention.cluster = g;
    if (here.mention.coref_rule == "mention.surname" && group.type == "PER") here.mention.type = "PER", here.person = true, here.body = false;
    group.members.push_back(i);
    group.last_sentence = here.mention.sentence;
    ++group.count;
    if (group.known.empty()) group.known = here.known;
    if (!here.known.empty()) by_known_.emplace(here.known, g);
    if (here.mention.kind == MentionKind::name) {
      if (group.longest.empty() || (here.folded.size() > group.longest.size() && !is_acronym(here.name))) {
        group.longest = here.folded;
        group.words = words_of(here.folded);
        group.spelled = i;
      }
      if (!group.named) named_.push_back(g);
      group.named = true;
      by_name_.emplace(here.folded, g);
      if (group.type.empty()) group.type = here.mention.type;
      for (const auto& title : here.titles) put(group.titles, title);
      if (here.body || here.known.starts_with("act."))
        for (const auto& word : words_of(here.folded)) {
          if (const auto office = rules_.offices.find(word); office != rules_.offices.end())
            put(group.nouns, office->first);
          else if (const std::string* body = rules_.body.find(word))
            put(group.nouns, *body);
        }
      if (const auto nouns = rules_.nouns_of_known.find(here.known); nouns != rules_.nouns_of_known.end())
        for (const auto& noun : nouns->second) put(group.nouns, noun);
    }
    if (here.mention.kind == MentionKind::nominal) put(group.nouns, here.noun);
    if (here.gender != '?' && (group.gender == '?' || here.mention.kind != MentionKind::pronoun)) {
      if (group.gender == '?') group.gender = here.gender, group.gender_rule = here.gender_rule;
    }
    if (here.mention.kind != MentionKind::pronoun) group.plural = group.plural || (here.plural && here.mention.kind == MentionKind::nominal);
    group.person = group.person || here.person;
    group.body = group.body || here.body;
    group.country = group.country || here.country;
  }

  /// "I will go," said Haber: the speaker is named after his words.
  void join_later() {
    for (const auto i : later_) {
      FoundMention& here = found_[i];
      const std::uint32_t own = here.mention.cluster, speaker = found_[*here.speaker].mention.cluster;
      if (own == speaker || groups_[own].members.size() != 1) continue;
      if (!here.plural) {
        groups_[own].members.clear();
        auto& members = groups_[speaker].members;
        members.insert(std::lower_bound(members.begin(), members.end(), i), i);
        here.mention.cluster = speaker;
        here.mention.coref_rule = "mention.speaker";
      } else {
        groups_[own].parts = {speaker};
        here.mention.coref_rule = "mention.we";
      }
    }
  }

  /// "In his first speech, Haber promised": a pronoun with nobody before it is the subject after it in its sentence.
  void join_forward() {
    for (std::uint32_t i = 0; i < found_.size(); ++i) {
      FoundMention& here = found_[i];
      if (here.mention.kind != MentionKind::pronoun || here.grammatical_person != 3 || (here.gender != 'm' && here.gender != 'f')) continue;
      const std::uint32_t own = here.mention.cluster;
      if (groups_[own].members.size() != 1) continue;
      for (std::uint32_t k = i + 1; k < found_.size() && found_[k].mention.sentence == here.mention.sentence; ++k) {
        const FoundMention& next = found_[k];
        const Group& group = groups_[next.mention.cluster];
        if (!next.subject || next.mention.kind != MentionKind::name || !group.person || (group.gender != '?' && group.gender != here.gender))
          continue;
        groups_[own].members.clear();
        auto& members = groups_[next.mention.cluster].members;
        members.insert(std::lower_bound(members.begin(), members.end(), i), i);
        here.mention.cluster = next.mention.cluster;
        here.mention.coref_rule = "mention.cataphora";
        break;
      }
    }
  }

  static bool types_agree(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty() || a == b) return true;
    const auto place = [](std::string_view t) { return t == "GPE" || t == "LOC" || t == "FAC" || t == "NORP"; };
    return place(a) && place(b);
  }

  std::optional<std::uint32_t> for_name(const FoundMention& here, std::string& rule) const {
    if (here.country && here.renames && *here.renames < index_of(here))
      if (const auto role = role_over(*here.renames)) {
        rule = "mention.apposition cor.country-role";
        return found_[*role].mention.cluster;
      }
    if (here.renames && found_[*here.renames].mention.cluster < groups_.size() && *here.renames < index_of(here)) {
      // "the prime minister, Najib Razak": a name in apposition to a noun names it; two names in apposition are one only where one is short for the
      // other.
      const FoundMention& other = found_[*here.renames];
      const bool one = other.mention.kind == MentionKind::nominal ? here.mention.type != "GPE" && here.mention.type != "LOC"
                                                                  : (is_acronym(here.name) && abbreviates(here.name, other.folded));
      if (one) {
        rule = "mention.apposition";
        return other.mention.cluster;
      }
    }
    if (const auto known = by_known_.find(here.known); known != by_known_.end()) {
      rule = "mention.same_known";
      return known->second;
    }
    if (here.mention.kind == MentionKind::nationality || here.folded.empty()) return std::nullopt;
    if (const auto same = by_name_.find(here.folded); same != by_name_.end()) {
      rule = "mention.same_name";
      return same->second;
    }
    const auto here_words = words_of(here.folded);
    const bool acronym = is_acronym(here.name);
    for (std::size_t k = named_.size(); acronym && k-- > 0;) {
      const std::uint32_t g = named_[k];
      const Group& group = groups_[g];
      if (!group.known.empty() && !here.known.empty()) continue;
      if (group.longest.find(' ') != std::string::npos && abbreviates(here.name, group.longest)) {
        rule = "mention.acronym";
        return static_cast<std::uint32_t>(g);
      }
    }
    for (std::size_t k = named_.size(); k-- > 0;) {
      const std::uint32_t g = named_[k];
      const Group& group = groups_[g];
      if (group.country) continue;
      // The model often takes a surname alone for a body: the last word of a person's full name is that person.
      const bool surname =
          group.type == "PER" && here_words.size() == 1 && group.words.size() > 1 && group.words.back() == here_words[0] && here.known.empty();
      if (surname && here.mention.type != "PER") {
        rule = "mention.surname";
        return g;
      }
      if (!types_agree(group.type, here.mention.type)) continue;
      if (!group.known.empty() && !here.known.empty()) continue;               // two rows of the tables
      if (here.mention.type == "GPE" || here.mention.type == "LOC") continue;  // "Gaza" is not short for "Gaza City"
      if (group.gender != '?' && here.gender != '?' && group.gender != here.gender) continue;
      const auto& there = group.words;
      if (here_words.empty() || there.empty() || here_words.size() == there.size()) {
        if (variant(here, group)) {
          rule = "mention.variant";
          return static_cast<std::uint32_t>(g);
        }
        continue;
      }
      const auto& shorter = here_words.size() < there.size() ? here_words : there;
      const auto& longer = here_words.size() < there.size() ? there : here_words;
      const bool person = group.type == "PER" || here.mention.type == "PER" || (here.mention.type.empty() && group.type.empty());
      const bool tail = std::equal(shorter.rbegin(), shorter.rend(), longer.rbegin());
      const bool start = std::equal(shorter.begin(), shorter.end(), longer.begin());
      if (person ? (tail || (start && shorter.size() == 1 && shorter[0].size() > 2)) : (start && shorter[0].size() > 2)) {
        rule = person ? (tail ? "mention.surname" : "mention.given_name") : "mention.short_name";
        return static_cast<std::uint32_t>(g);
      }
      if (person && variant(here, group)) {
        rule = "mention.variant";
        return static_cast<std::uint32_t>(g);
      }
    }
    return std::nullopt;
  }

  /// "a fellow ally in the Gulf, Qatar": the noun that a country in apposition names, which may stand a phrase before the word that it hangs on.
  std::optional<std::uint32_t> role_over(std::uint32_t renamed) const {
    for (std::uint32_t k = renamed + 1, step = 0; k-- > 0 && step < 3; ++step) {
      const FoundMention& other = found_[k];
      if (other.mention.sentence != found_[renamed].mention.sentence) break;
      const bool covers = k == renamed || other.mention.last > found_[renamed].mention.head;
      if (covers && other.mention.kind == MentionKind::nominal && !other.plural && rules_.country_role.count(other.noun)) return k;
    }
    return std::nullopt;
  }

  std::size_t index_of(const FoundMention& here) const { return static_cast<std::size_t>(&here - found_.data()); }

  /// Two spellings of one person's name.
  bool variant(const FoundMention& here, const Group& group) const {
    if (here.mention.type != "PER" || group.type != "PER") return false;
    const NameForm& form = form_of(static_cast<std::uint32_t>(index_of(here)));
    if (form.parts.empty() || form.parts.back().size() < variant_length) return false;
    return rules_.spellings.similarity(form, form_of(group.spelled), true) >= 0.85;
  }

  /// The name of a mention made comparable.
  const NameForm& form_of(std::uint32_t i) const {
    const auto [at, added] = forms_.try_emplace(i);
    if (added) at->second = rules_.spellings.form(found_[i].name);
    return at->second;
  }

  std::optional<std::uint32_t> for_nominal(const FoundMention& here, std::string& rule) const {
    const std::size_t index = index_of(here);
    if (here.renames && *here.renames < index) {
      const FoundMention& other = found_[*here.renames];
      const bool fits =
          other.plural == here.plural && (other.mention.kind != MentionKind::name || other.country == false || rules_.country.count(here.noun));
      if (fits && (here.person || here.body || other.mention.kind == MentionKind::nominal)) {
        rule = "mention.apposition";
        return other.mention.cluster;
      }
    }
    if (!here.definite) return std::nullopt;
    // "the country": the one spoken of most so far, of two the nearer.
    if (rules_.country.count(here.noun) && !here.plural && here.marks.size() <= 1) {
      std::optional<std::uint32_t> best;
      for (std::uint32_t g = 0; g < groups_.size(); ++g) {
        if (!groups_[g].country || groups_[g].known.empty() || here.mention.sentence - groups_[g].last_sentence > noun_reach) continue;
        if (!best || groups_[g].count >= groups_[*best].count) best = g;
      }
      if (best) {
        rule = "cor.country";
        return best;
      }
    }
    for (std::size_t g = groups_.size(); g-- > 0;) {
      const Group& group = groups_[g];
      if (here.mention.sentence - group.last_sentence > noun_reach || group.plural != here.plural) continue;
      if (holds(group.nouns, here.noun) && marks_agree(here, group)) {
        rule = "mention.same_noun";
        return static_cast<std::uint32_t>(g);
      }
      if (group.named && group.person && !here.plural && title_fits(here, group)) {
        rule = "mention.title";
        return static_cast<std::uint32_t>(g);
      }
    }
    if (rules_.body.count(here.noun) && !here.plural && here.marks.empty())
      for (std::size_t k = named_.size(); k-- > 0;) {
        const Group& group = groups_[named_[k]];
        // Of a body of the tables it is known what it may be called.
        if (group.type == "ORG" && !group.country && !group.known.starts_with("act.") && here.mention.sentence - group.last_sentence <= 2 &&
            noun_fits(here.noun, group)) {
          rule = "cor.body";
          return named_[k];
        }
      }
    return std::nullopt;
  }

  /// May the body be called so? A court is no company: no noun of the group's name may say another sector.
  bool noun_fits(const std::string& noun, const Group& group) const {
    const auto sector = [&](std::string_view word) {
      const auto office = rules_.offices.find(word);
      return office == rules_.offices.end() ? std::string_view() : std::string_view(office->second.sector);
    };
    const std::string_view here = sector(noun);
    return std::all_of(group.nouns.begin(), group.nouns.end(), [&](std::string_view other) {
      const std::string_view there = sector(other);
      return here.empty() || there.empty() || here == there;
    });
  }

  /// "the president" after "President Park", "the crown prince" after "Crown Prince Salman".
  bool title_fits(const FoundMention& here, const Group& group) const {
    if (!here.person || !holds(group.titles, here.noun)) return false;
    return std::all_of(here.marks.begin(), here.marks.end(),
                       [&](const std::string& mark) { return holds(group.titles, mark) || rules_.demonyms.count(fold(mark)) || mark == "former"; });
  }

  /// A modifier that the group was never given tells of another: "the higher court" is not "the court".
  bool marks_agree(const FoundMention& here, const Group& group) const {
    for (const auto& mark : here.marks) {
      if (rules_.demonyms.count(fold(mark))) {
        // "the Iraqi source", "the US source": told apart by country.
        bool other = false, same = false;
        for (const auto i : group.members)
          for (const auto& m : found_[i].marks) {
            same = same || m == mark;
            other = other || (m != mark && rules_.demonyms.count(fold(m)));
          }
        if (other && !same) return false;
        continue;
      }
      bool given = false;
      for (const auto i : group.members) {
        const auto& marks = found_[i].marks;
        given = given || std::find(marks.begin(), marks.end(), mark) != marks.end() || found_[i].folded.find(mark) != std::string::npos;
      }
      if (!given) return false;
    }
    return true;
  }

  std::optional<std::uint32_t> for_pronoun(const FoundMention& here, std::string& rule) const {
    const std::size_t index = index_of(here);
    if (here.renames && *here.renames < index) {
      rule = "mention.relative";
      return found_[*here.renames].mention.cluster;
    }
    if (here.grammatical_person == 1) {
      if (!here.speaker || *here.speaker >= index || here.plural) return std::nullopt;
      rule = "mention.speaker";
      return found_[*here.speaker].mention.cluster;
    }
    if (here.grammatical_person != 3) return std::nullopt;
    const bool they = here.plural;
    double best_score = -1e9;
    std::optional<std::uint32_t> best;
    for (std::uint32_t g = 0; g < groups_.size(); ++g) {
      const Group& group = groups_[g];
      if (here.mention.sentence - group.last_sentence > pronoun_reach) continue;
      const bool gendered = here.gender == 'm' || here.gender == 'f';
      bool thing = false;
      if (gendered) {
        const bool unknown = group.named && group.type.empty() && group.known.empty();  // a name of nobody knows what
        if (!(group.person || unknown) || group.plural || group.country || group.body || group.gender == 'n') continue;
        if (group.gender != '?' && group.gender != here.gender) continue;
      } else if (they) {
        const bool many = group.plural && (group.person || group.body || group.named);
        if (!many && !(group.body && !group.country) && group.parts.empty()) continue;
      } else {
        if (group.person || group.plural || group.gender == 'm' || group.gender == 'f') continue;
        thing = !(group.body || group.country || group.type == "ORG");
      }
      // "Najib is cheating," he said: who says something is not whom he speaks of.
      if (here.says && std::any_of(group.members.begin(), group.members.end(), [&](auto k) {
            return found_[k].quoted && found_[k].grammatical_person != 1 && found_[k].mention.sentence == here.mention.sentence;
          }))
        continue;
      // Near and prominent: the subject of the sentence before, then what is spoken of often.
      const FoundMention* nearest = nullptr;
      for (std::size_t k = group.members.size(); k-- > 0;)
        if (group.members[k] < index) {
          nearest = &found_[group.members[k]];
          break;
        }
      if (nearest == nullptr) continue;
      if (nearest->quoted != here.quoted && gendered && here.quoted) continue;  // who speaks is seldom "he" in his own words
      const std::uint32_t back = here.mention.sentence - nearest->mention.sentence;
      // Whom only quoted words name ("more Catholic than the Pope") is seldom whom the article goes on about.
      const bool only_quoted = gendered && !here.quoted && nearest->quoted &&
                               std::all_of(group.members.begin(), group.members.end(), [&](auto k) { return k > index || found_[k].quoted; });
      double score = -2.0 * back;
      for (std::size_t k = group.members.size(), n = 0; k-- > 0 && n < 3; ++n) {
        const FoundMention& m = found_[group.members[k]];
        if (m.subject && here.mention.sentence - m.mention.sentence <= 1) score += n == 0 ? 1.5 : 0.5;
      }
      if (only_quoted && back == 0) continue;
      if (only_quoted) score -= 3;
      if (nearest->possessive) score -= 0.4;
      // "The aircraft has wings. Its span": a thing may be meant, but parties are what is gone on about.
      if (thing) score -= thing_penalty;
      if (nearest->mention.kind == MentionKind::nationality) score -= 2;
      score += std::min(group.count, 6U) * 0.15;
      if (group.named) score += 0.3;
      if (they && group.plural) score += 1;
      // A mention that the pronoun's own phrase holds, or its sister argument, is not what it stands for.
      if (back == 0 && !here.reflexive && !here.possessive && nearest->subject && !here.subject) score -= 2;
      if (score > best_score) best_score = score, best = g;
    }
    if (best) {
      const Group& group = groups_[*best];
      rule = "mention.pronoun";
      if (!group.gender_rule.empty() && (here.gender == 'm' || here.gender == 'f')) rule += " " + group.gender_rule;
      if (!here.gender_rule.empty()) rule += " " + here.gender_rule;
    }
    return best;
  }

  /// Groups that a plural stands for: "the two leaders", "we" of a speaker.
  std::vector<std::uint32_t> parts_of(const FoundMention& here, std::string& rule) const {
    const std::size_t index = index_of(here);
    std::vector<std::uint32_t> out;
    if (here.grammatical_person == 1 && here.speaker && *here.speaker < index) {
      rule = "mention.we";
      return {found_[*here.speaker].mention.cluster};
    }
    if (here.mention.kind != MentionKind::nominal || !here.plural) return out;
    if (!here.pair) return out;
    const bool persons = rules_.pair_person.count(here.noun) > 0, countries = rules_.pair_country.count(here.noun) > 0;
    if (!persons && !countries) return out;
    // The two that were spoken of most, within reach; of equals the nearer.
    std::vector<std::uint32_t> candidates;
    for (std::uint32_t g = 0; g < groups_.size(); ++g) {
      const Group& group = groups_[g];
      if (!group.named || group.plural || here.mention.sentence - group.last_sentence > noun_reach) continue;
      const bool person = group.person && !group.country, country = group.country;
      if ((persons && person) || (countries && country)) candidates.push_back(g);
    }
    const auto weight = [&](std::uint32_t g) {
      return static_cast<double>(std::min(groups_[g].count, 12U)) - 1.5 * (here.mention.sentence - groups_[g].last_sentence);
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](auto a, auto b) { return weight(a) > weight(b); });
    if (persons && countries) {
      // "the two sides": whichever kind the article names two of; persons first where they were named last.
      std::vector<std::uint32_t> only;
      const bool first_person = !candidates.empty() && !groups_[candidates[0]].country;
      for (const auto g : candidates)
        if (groups_[g].country != first_person) only.push_back(g);
      candidates = std::move(only);
    }
    if (candidates.size() < 2) return out;
    candidates.resize(2);
    std::sort(candidates.begin(), candidates.end());
    rule = persons ? "cor.pair.person" : "cor.pair.country";
    return candidates;
  }

  Mentions take() {
    Mentions out;
    std::vector<std::uint32_t> number(groups_.size());
    std::uint32_t next = 0;
    for (std::size_t g = 0; g < groups_.size(); ++g)
      if (!groups_[g].members.empty()) number[g] = next++;
    for (auto& found : found_) {
      found.mention.cluster = number[found.mention.cluster];
      out.mentions.push_back(std::move(found.mention));
    }
    for (const Group& group : groups_) {
      if (group.members.empty()) continue;
      Cluster cluster;
      cluster.mentions = group.members;
      for (const auto part : group.parts) cluster.members.push_back(number[part]);
      // The best name: of a person the longest, of a body the longest that is no acronym; without a name the first noun.
      std::uint32_t best = group.members.front();
      const auto value = [&](std::uint32_t i) -> std::size_t {
        const Mention& m = out.mentions[i];
        if (m.kind == MentionKind::name) return 1000 + std::min<std::size_t>(found_[i].folded.size(), 200);
        return m.kind == MentionKind::nominal ? 100 : m.kind == MentionKind::nationality ? 50 : 1;
      };
      for (const auto i : group.members)
        if (value(i) > value(best)) best = i;
      cluster.best = best;
      out.clusters.push_back(std::move(cluster));
    }
    return out;
  }

  std::vector<FoundMention> found_;
  const MentionRules::Impl& rules_;
  std::vector<Group> groups_;
  std::vector<std::uint32_t> later_;                           ///< first persons whose speaker is named after them
  std::vector<std::uint32_t> named_;                           ///< groups with a name, in the order in which they got it
  mutable std::unordered_map<std::uint32_t, NameForm> forms_;  ///< of the mentions whose names were compared
  std::unordered_map<std::string, std::uint32_t> by_name_, by_known_;
};

}  // namespace

Mentions join(std::vector<FoundMention> found, const MentionRules::Impl& rules) { return Joiner(std::move(found), rules).run(); }

}  // namespace masudi
