#include "agreement.h"

#include <algorithm>

namespace masudi {

namespace {

using Index = std::uint32_t;
constexpr Index title_reach = 3;           // sentences in which a text names itself
constexpr std::size_t fewest_binding = 2;  // clauses that bind, below which a numbered list is no agreement
constexpr std::size_t longest_term = 40;   // bytes of a defined term

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Letters or roman numerals of an item: "a", "iv".
std::size_t item_letters(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && is_letter(text[n])) ++n;
  if (n == 1) return 1;
  for (std::size_t i = 0; i < n; ++i)
    if (std::string_view("ivxIVX").find(text[i]) == std::string_view::npos) return 0;
  return n <= 5 ? n : 0;
}

/// Digits with full stops between them: "3", "3.1".
std::size_t number_length(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && (is_digit(text[n]) || (text[n] == '.' && n > 0 && n + 1 < text.size() && is_digit(text[n + 1])))) ++n;
  return n;
}

/// Quotation marks as agreements print them.
constexpr std::string_view marks[] = {"\"", "“", "”", "'", "‘", "’"};
std::size_t mark_at(std::string_view text) {
  for (const auto mark : marks)
    if (text.substr(0, mark.size()) == mark) return mark.size();
  return 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == ',')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == ',' || text.back() == '.')) text.remove_suffix(1);
  return text;
}

class FormReader {
 public:
  FormReader(const Article& article, const Analysis& analysis, const AgreementWords& words)
      : article_(article), analysis_(analysis), trees_(analysis.trees), words_(words) {}

  std::optional<AgreementText> read() {
    if (!find_title()) return std::nullopt;
    find_clauses();
    std::size_t binding = 0;
    for (const Clause& clause : out_.clauses) binding += binds(clause) ? 1U : 0U;
    if (binding < fewest_binding) return std::nullopt;
    find_parties();
    find_days();
    return std::move(out_);
  }

 private:
  const Sentence& sentence(Index s) const { return analysis_.sentences[s]; }
  std::string_view text(TextSpan span) const { return slice(article_.text, span); }

  bool find_title() {
    for (Index s = 0; s < std::min<Index>(title_reach, static_cast<Index>(analysis_.sentences.size())); ++s)
      for (Index i = 0; i < trees_[s].size(); ++i)
        if (trees_[s].word(i).upos == "NOUN" || trees_[s].word(i).upos == "PROPN")
          if (const auto* row = words_.find("title", trees_[s].lemma(i))) {
            out_.title = sentence(s).span;
            out_.rule = *row;
            return true;
          }
    return false;
  }

  /// The first word at or after a byte.
  Index word_at(Index s, std::uint32_t byte) const {
    Index i = 0;
    while (i < sentence(s).words.size() && sentence(s).words[i].span.begin < byte) ++i;
    return i;
  }

  /// "Article 2 Supply", "PART I.", "Annex": the division that a sentence opens, and the bytes that name it.
  std::string division_of(std::string_view line) {
    std::size_t n = 0;
    while (n < line.size() && is_letter(line[n])) ++n;
    const auto* row = words_.find("division", ascii_lower(line.substr(0, n)));
    if (!row) return "";
    std::size_t end = n;
    if (n < line.size() && line[n] == ' ') {
      std::size_t k = n + 1;
      while (k < line.size() && (is_digit(line[k]) || is_letter(line[k]))) ++k;
      const std::string_view number = line.substr(n + 1, k - n - 1);
      if (!number.empty() && (is_digit(number.front()) || item_letters(number) == number.size())) end = k;
    }
    if (!ends_like_sentence(line)) out_.form_rules.insert(*row);
    return std::string(line.substr(0, end));
  }

  void find_clauses() {
    std::string division, paragraph;
    std::size_t lead = SIZE_MAX;  // clause that items complete
    for (Index s = 0; s < analysis_.sentences.size(); ++s) {
      const TextSpan span = sentence(s).span;
      const std::string_view line = text(span);
      const auto size = static_cast<Index>(sentence(s).words.size());
      if (const std::string opened = division_of(line); !opened.empty() && !ends_like_sentence(line)) {
        division = opened;
        paragraph.clear();
        lead = SIZE_MAX;
        continue;
      }
      const auto label = clause_label(line);
      Clause clause;
      clause.sentence = s;
      clause.last = size;
      clause.division = division;
      if (label) {
        clause.first = word_at(s, span.begin + static_cast<std::uint32_t>(label->bytes));
        clause.item = label->item && lead != SIZE_MAX;
        if (!label->item) paragraph = label->text, lead = SIZE_MAX;
        clause.label = label->item ? paragraph + "(" + label->text + ")" : label->text;
        if (clause.item) clause.lead = lead;
      } else {
        clause.label = paragraph;  // another sentence of the same paragraph
        lead = SIZE_MAX;
        if (paragraph.empty() && division.empty()) continue;
      }
      add_with_inner_items(clause, paragraph, lead);
    }
  }

  static bool ends_like_sentence(std::string_view line) {
    line = line.substr(0, line.find_last_not_of(" \n\r\t") + 1);
    return !line.empty() &&
           (line.back() == ':' || line.back() == ';' || (line.back() == '.' && line.find(' ') != std::string_view::npos && line.size() > 60));
  }

  /// Cuts "(a) ...; (b) ..." out of one sentence.
  void add_with_inner_items(Clause clause, const std::string& paragraph, std::size_t& lead) {
    const std::uint32_t begin = sentence(clause.sentence).span.begin;
    const std::string_view line = text(sentence(clause.sentence).span);
    std::vector<std::pair<std::size_t, ClauseLabel>> items;  // byte in the line
    const std::size_t from =
        clause.first < sentence(clause.sentence).words.size() ? sentence(clause.sentence).words[clause.first].span.begin - begin : line.size();
    for (std::size_t at = from; at + 2 < line.size(); ++at) {
      if (line[at] != '(' || at == 0 || !is_blank(line[at - 1])) continue;
      const auto label = clause_label(line.substr(at));
      if (label && label->item && follows_break(line.substr(0, at))) items.emplace_back(at, *label);
    }
    if (items.empty() || (items.front().second.text != "a" && items.front().second.text != "i" && items.front().second.text != "A")) {
      const auto end = line.find_last_not_of(" \n\r\t");
      clause.lead_in = end != std::string_view::npos && line[end] == ':';
      out_.clauses.push_back(clause);
      if (clause.lead_in && !clause.item) lead = out_.clauses.size() - 1;
      return;
    }
    const Index last = clause.last;
    clause.last = word_at(clause.sentence, begin + static_cast<std::uint32_t>(items.front().first));
    clause.lead_in = true;
    out_.clauses.push_back(clause);
    const std::size_t own_lead = out_.clauses.size() - 1;
    for (std::size_t k = 0; k < items.size(); ++k) {
      Clause item = clause;
      item.lead_in = false;
      item.item = true;
      item.lead = own_lead;
      item.first = word_at(clause.sentence, begin + static_cast<std::uint32_t>(items[k].first + items[k].second.bytes));
      item.last = k + 1 < items.size() ? word_at(clause.sentence, begin + static_cast<std::uint32_t>(items[k + 1].first)) : last;
      item.label = paragraph + "(" + items[k].second.text + ")";
      out_.clauses.push_back(item);
    }
    lead = own_lead;
  }
  /// Does a list item follow these words: a colon, semicolon or comma, or "and" after one?
  static bool follows_break(std::string_view before) {
    before = before.substr(0, before.find_last_not_of(" \n\r\t") + 1);
    for (const std::string_view joiner : {"and", "or"})
      if (before.size() > joiner.size() && before.substr(before.size() - joiner.size()) == joiner &&
          is_blank(before[before.size() - joiner.size() - 1])) {
        before.remove_suffix(joiner.size());
        before = before.substr(0, before.find_last_not_of(" \n\r\t") + 1);
        break;
      }
    return !before.empty() && (before.back() == ':' || before.back() == ';' || before.back() == ',');
  }

  bool binds(const Clause& clause) {
    for (Index i = clause.first; i < clause.last; ++i)
      if (const auto* row = words_.find("binding", trees_[clause.sentence].lemma(i))) {
        out_.form_rules.insert(*row);
        return true;
      }
    return false;
  }

  // ---- parties ---------------------------------------------------------------------------------------------------------------------

  /// A phrase that is defined names its country itself ("the Republic of Togo"): surer than what else the article calls a republic.
  std::vector<Entity> country_in(TextSpan phrase) const {
    for (const Place& place : analysis_.resolution.places)
      if (place.kind == "country" && place.country && place.span.begin >= phrase.begin && place.span.end == phrase.end)
        return {{phrase, place.name, place.country, "GOV"}};
    return {};
  }

  /// A phrase that a definition names: its parties as they are resolved, or its bare words.
  std::vector<Entity> named_before(Index s, Index word) {
    const Tree& tree = trees_[s];
    Index head = word;
    for (Index steps = 0; steps < tree.size(); ++steps) {
      const auto up = tree.head(head);
      if (!up || *up > word || (trees_[s].word(*up).upos != "NOUN" && trees_[s].word(*up).upos != "PROPN")) break;
      if (!tree.has_relation(head, "nmod") && !tree.has_relation(head, "flat") && !tree.has_relation(head, "compound") &&
          !tree.has_relation(head, "appos"))
        break;
      head = *up;
    }
    // The phrase ends where the definition begins, whatever the parse makes of it.
    TextSpan phrase = noun_phrase(trees_[s], head);
    phrase.end = std::max(phrase.begin + 1, sentence(s).words[word].span.end);
    const auto state = country_in(phrase);
    auto found = parties_at(article_, analysis_, s, head);
    if (found.size() > 1) found.erase(found.begin() + 1, found.end());
    if (found.empty()) found.push_back({});
    found.front().text = phrase;
    if (!state.empty()) {
      // "The Republic", "the Government" is the state, whatever else the article calls so; a ministry or a company of it is itself.
      const auto* office = words_.find("office", trees_[s].lemma(head));
      const auto sector = found.front().sector;
      const bool itself = sector && (office || *sector != "GOV") && (office || found.front().country == state.front().country);
      found = state;
      if (itself) {
        found.front().sector = sector;
        found.front().name.reset();
        if (office) out_.form_rules.insert(*office);
      }
    }
    if (const auto* row = words_.find("armed", trees_[s].lemma(head)); row && !found.front().sector) {
      found.front().sector = "REB";
      out_.form_rules.insert(*row);
    }
    if (!found.front().name) {
      std::string_view words = trimmed(text(found.front().text));
      for (const std::string_view article : {"the ", "The ", "a ", "an "})
        if (words.substr(0, article.size()) == article) words.remove_prefix(article.size());
      found.front().name = std::string(words);
    }
    return found;
  }

  /// Countries of parties that were resolved without one: of a place in their words ("the Durres Port Authority"), else the only country of the
  /// preamble, for those who act for a state or against it.
  void give_countries(Index preamble) {
    std::set<std::string> countries;
    for (const Entity& party : out_.parties)
      if (party.country) countries.insert(*party.country);
    const std::uint32_t end = preamble > 0 ? sentence(preamble - 1).span.end : 0;
    if (countries.empty())
      for (const Place& place : analysis_.resolution.places)
        if (place.country && place.span.end <= end) countries.insert(*place.country);
    const auto give = [&](Entity& party) {
      if (party.country || party.sector == "IGO") return;
      for (const Place& place : analysis_.resolution.places)
        if (place.country && party.text.contains(place.span)) party.country = place.country;
      const bool of_state = party.sector && *party.sector != "BUS" && *party.sector != "NGO";
      if (!party.country && of_state && countries.size() == 1) party.country = *countries.begin();
    };
    for (Entity& party : out_.parties) give(party);
    for (auto& [term, parties] : out_.terms)
      for (Entity& party : parties) give(party);
  }

  bool is_collective(std::string_view term) const {
    if (words_.find("collective", term)) return true;
    if (term.size() > 3 && term.substr(term.size() - 3) == "ies")
      return words_.find("collective", std::string(term.substr(0, term.size() - 3)) + "y") != nullptr;
    return !term.empty() && term.back() == 's' && words_.find("collective", term.substr(0, term.size() - 1)) != nullptr;
  }

  void define(std::string_view words, Index s, Index before) {
    words = trimmed(words);
    if (words.size() > 4 && ascii_lower(words.substr(0, 4)) == "the ") words.remove_prefix(4);
    if (words.empty() || words.size() > longest_term) return;
    const std::string term = ascii_lower(words);
    if (is_collective(term) || out_.terms.contains(term)) return;
    auto found = named_before(s, before);
    for (const Entity& entity : found) out_.parties.push_back(entity);
    out_.terms.emplace(term, std::move(found));
  }

  void find_parties() {
    const Index preamble = out_.clauses.empty() ? 0 : out_.clauses.front().sentence + 1;
    for (Index s = 0; s < preamble; ++s) {
      const std::string_view line = text(sentence(s).span);
      for (std::size_t open = line.find('('); open != std::string_view::npos; open = line.find('(', open + 1)) {
        const std::size_t close = line.find(')', open);
        if (close == std::string_view::npos) break;
        const std::string_view inside = line.substr(open + 1, close - open - 1);
        std::size_t first = 0;
        while (first < inside.size() && mark_at(inside.substr(first)) == 0) ++first;
        if (first == inside.size()) continue;
        const std::size_t begin = first + mark_at(inside.substr(first));
        std::size_t end = begin;
        while (end < inside.size() && mark_at(inside.substr(end)) == 0) ++end;
        const Index at = word_at(s, sentence(s).span.begin + static_cast<std::uint32_t>(open));
        if (at > 0) define(inside.substr(begin, end - begin), s, at - 1);
      }
    }
    // "..., hereinafter called "Kenya", ...": without brackets.
    for (Index s = 0; s < preamble; ++s)
      for (Index i = 2; i < sentence(s).words.size(); ++i) {
        const auto* row = words_.find("defining", trees_[s].lemma(i));
        if (!row || sentence(s).words[i - 1].upos != "PUNCT") continue;
        const std::string_view rest = text({sentence(s).words[i].span.end, sentence(s).span.end});
        std::size_t open = 0;
        while (open < rest.size() && mark_at(rest.substr(open)) == 0) ++open;
        if (open >= std::min(rest.size(), longest_term)) continue;
        const std::size_t begin = open + mark_at(rest.substr(open));
        std::size_t end = begin;
        while (end < rest.size() && mark_at(rest.substr(end)) == 0) ++end;
        define(rest.substr(begin, end - begin), s, i - 2);
        out_.form_rules.insert(*row);
      }
    if (out_.parties.empty()) parties_of_title(preamble);
    give_countries(preamble);
  }

  /// Without definitions: "Agreement between A and B", else the countries that title and preamble name.
  void parties_of_title(Index preamble) {
    for (Index s = 0; s < std::min<Index>(title_reach, static_cast<Index>(trees_.size())); ++s)
      for (Index i = 0; i < trees_[s].size(); ++i) {
        if (trees_[s].lower(i) != "between" || !trees_[s].head(i)) continue;
        for (const auto named : trees_[s].conjuncts(*trees_[s].head(i))) {
          auto found = country_in(noun_phrase(trees_[s], named));
          if (found.empty()) found = parties_at(article_, analysis_, s, named);
          for (Entity& party : found) {
            const bool again = std::any_of(out_.parties.begin(), out_.parties.end(), [&](const Entity& old) { return old.text == party.text; });
            if (!again) out_.parties.push_back(std::move(party));
          }
        }
        if (!out_.parties.empty()) return;
      }
    if (preamble == 0) return;
    for (const Place& place : analysis_.resolution.places) {
      if (place.kind != "country" || !place.country || place.span.end > sentence(preamble - 1).span.end) continue;
      const bool known = std::any_of(out_.parties.begin(), out_.parties.end(), [&](const Entity& party) { return party.country == place.country; });
      if (!known) out_.parties.push_back({place.span, place.name, place.country, "GOV"});
    }
    if (out_.parties.size() < 2) out_.parties.clear();
  }

  // ---- in force --------------------------------------------------------------------------------------------------------------------

  void find_days() {
    if (article_.published) out_.signed_on = *article_.published;
    for (const Clause& clause : out_.clauses) {
      const std::string* taking_effect = nullptr;
      const std::string* ceasing = nullptr;
      std::size_t effect_at = 0, end_at = 0;
      for (Index i = clause.first; i < clause.last; ++i) {
        const std::string_view lemma = trees_[clause.sentence].lemma(i);
        if (const auto* row = words_.find("force", lemma); row && !taking_effect) taking_effect = row, effect_at = i;
        if (const auto* row = words_.find("ending", lemma); row && !ceasing) ceasing = row, end_at = i;
      }
      if (!taking_effect && !ceasing) continue;
      for (const auto& interval : analysis_.resolution.intervals) {
        if (interval.sentence != clause.sentence || interval.first < clause.first || interval.first >= clause.last) continue;
        const Timex& timex = analysis_.resolution.timexes[interval.timex];
        const bool duration = timex.type == "DURATION";
        const bool is_end = ceasing && interval.first > end_at && (!taking_effect || end_at > effect_at || duration);
        if (is_end && !out_.expires && duration) {
          const auto from = out_.in_force ? out_.in_force : out_.signed_on;
          const auto end = from ? day_after(*from, timex.value) : std::nullopt;
          if (!end) continue;
          out_.expires = *end - std::chrono::days{1};
          out_.form_rules.insert(*ceasing);
        } else if (!interval.range) {
          continue;
        } else if (is_end && !out_.expires) {
          out_.expires = interval.range->end;
          out_.form_rules.insert(*ceasing);
        } else if (taking_effect && !duration && interval.first > effect_at && !out_.in_force) {
          out_.in_force = interval.range->begin;
          out_.form_rules.insert(*taking_effect);
        }
      }
      if (taking_effect && !out_.in_force)
        for (Index i = static_cast<Index>(effect_at); i < clause.last; ++i)
          if (words_.find("signature", trees_[clause.sentence].lemma(i))) out_.in_force = out_.signed_on;
    }
  }

  const Article& article_;
  const Analysis& analysis_;
  const std::vector<Tree>& trees_;
  const AgreementWords& words_;
  AgreementText out_;
};

}  // namespace

std::optional<AgreementText> read_agreement(const Article& article, const Analysis& analysis, const AgreementWords& words) {
  return FormReader(article, analysis, words).read();
}

AgreementWords AgreementWords::build(const Lexicon& lexicon) {
  AgreementWords out;
  if (const auto* table = lexicon.table("commitment_agreements"))
    for (std::uint32_t i = 0; i < table->size(); ++i) {
      const auto row = table->row(i);
      for (const auto lemma : split_cell(row["lemmas"])) out.kinds[std::string(row["kind"])].emplace(std::string(lemma), std::string(row.id()));
    }
  return out;
}

const std::string* AgreementWords::find(std::string_view kind, std::string_view lemma) const {
  const auto rows = kinds.find(kind);
  if (rows == kinds.end()) return nullptr;
  const auto found = rows->second.find(lemma);
  return found == rows->second.end() ? nullptr : &found->second;
}

const Clause* AgreementText::clause_at(std::uint32_t sentence, std::uint32_t word) const {
  const Clause* out = nullptr;
  for (const Clause& clause : clauses)
    if (clause.sentence == sentence && clause.first <= word && word < clause.last) out = &clause;
  return out;
}

std::string clause_reference(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  std::size_t n = 0;
  if (text.size() > 2 && is_letter(text[0]) && text[1] == '.' && is_digit(text[2])) n = 2;
  const std::size_t digits = number_length(text.substr(n));
  if (digits == 0) return "";
  n += digits;
  std::string out(text.substr(0, n));
  for (;;) {
    std::size_t at = n;
    if (at < text.size() && text[at] == ' ') ++at;
    if (at >= text.size() || text[at] != '(') return out;
    const std::size_t letters = item_letters(text.substr(at + 1));
    const std::size_t number = letters == 0 ? number_length(text.substr(at + 1)) : letters;
    if (number == 0 || at + 1 + number >= text.size() || text[at + 1 + number] != ')') return out;
    out += text.substr(at, number + 2);
    n = at + number + 2;
  }
}

std::optional<ClauseLabel> clause_label(std::string_view text) {
  ClauseLabel out;
  std::size_t at = 0;
  const bool bracket = !text.empty() && text.front() == '(';
  if (bracket) at = 1;
  std::size_t prefix = 0;
  if (!bracket && text.size() > 2 && is_letter(text[0]) && text[1] == '.' && is_digit(text[2])) prefix = 2;
  std::size_t length = number_length(text.substr(at + prefix));
  const bool number = length > 0;
  if (number) length += prefix;
  if (!number) length = item_letters(text.substr(at));
  if (length == 0) return std::nullopt;
  out.text = std::string(text.substr(at, length));
  at += length;
  const bool closed = at < text.size() && text[at] == ')';
  const bool stop = at < text.size() && text[at] == '.';
  const bool dotted = out.text.find('.') != std::string::npos;
  if (bracket && !closed) return std::nullopt;
  if (!number && !closed && !(stop && out.text.size() > 1)) return std::nullopt;  // "A word", "I. Smith"
  if (number && !closed && !stop && !dotted) return std::nullopt;                 // "3 ships"
  if (closed || stop) ++at;
  if (at >= text.size() || !is_blank(text[at])) return std::nullopt;
  while (at < text.size() && is_blank(text[at])) ++at;
  out.item = !number || bracket;
  out.bytes = at;
  return out;
}

std::optional<Day> day_after(Day day, std::string_view duration) {
  if (duration.size() < 3 || duration.front() != 'P') return std::nullopt;
  int count = 0;
  for (const char c : duration.substr(1, duration.size() - 2)) {
    if (c < '0' || c > '9' || count > 9999) return std::nullopt;
    count = count * 10 + (c - '0');
  }
  switch (duration.back()) {
    case 'D':
      return day + std::chrono::days{count};
    case 'W':
      return day + std::chrono::weeks{count};
    case 'M':
    case 'Y': {
      const std::chrono::year_month_day date{day};
      const auto month = date.year() / date.month() + std::chrono::months{duration.back() == 'Y' ? 12 * count : count};
      const auto end = std::chrono::sys_days{month / std::chrono::last};
      return std::min(std::chrono::sys_days{month / std::chrono::day{1}} + (date.day() - std::chrono::day{1}), end);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace masudi
