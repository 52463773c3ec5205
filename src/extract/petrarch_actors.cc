// Coding the phrases of a parsed sentence with PETRARCH's dictionaries of actors and agents.
#include <algorithm>
#include <set>

#include "masudi/dictionaries.h"
#include "masudi/petrarch.h"
#include "masudi/tree.h"

namespace masudi {

namespace {

constexpr std::string_view no_code = "---";
// Codes are made of parts of three letters.
constexpr std::size_t part = 3;

/// A name as it is looked up: folded, hyphens as blanks, no ending of possession.
std::string key_of(std::string_view name) {
  std::string out = fold(name);
  std::replace(out.begin(), out.end(), '-', ' ');
  if (out.ends_with("'s")) out.resize(out.size() - 2);
  while (!out.empty() && out.back() == ' ') out.pop_back();
  std::string single;
  for (const char c : out)
    if (c != ' ' || (!single.empty() && single.back() != ' ')) single += c;
  return single;
}

std::uint32_t words_in(const std::string& key) { return static_cast<std::uint32_t>(1 + std::count(key.begin(), key.end(), ' ')); }

/// The code of a day: of those that hold on it the one that began last, else the one that always holds.
std::string code_on(const std::vector<DictionaryActor::Code>& codes, std::optional<Day> day) {
  const DictionaryActor::Code *always = nullptr, *dated = nullptr;
  for (const auto& code : codes) {
    if (!code.begin && !code.end) {
      if (always == nullptr) always = &code;
    } else if (!day || ((!code.begin || *code.begin <= *day) && (!code.end || *code.end >= *day))) {
      if (dated == nullptr || !dated->begin || (code.begin && *code.begin >= *dated->begin)) dated = &code;
    }
  }
  const auto* best = dated ? dated : always;
  return best ? best->code : std::string();
}

/// The plural of a noun by rule: "officers", "deputies".
std::string plural_of(std::string noun) {
  const bool consonant = noun.size() > 1 && std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos;
  if (noun.ends_with('y') && consonant) {
    noun.pop_back();
    return noun + "ies";
  }
  return noun + 's';
}

/// "ISR" and "GOV", "GOVFRM": what the agent adds that the actor has not.
void append(std::string& code, const std::string& agent) {
  for (std::size_t i = 0; i + part <= agent.size(); i += part) {
    const std::string piece = agent.substr(i, part);
    bool had = false;
    for (std::size_t k = 0; k + part <= code.size(); k += part) had = had || code.compare(k, part, piece) == 0;
    if (!had) code += piece;
  }
}

}  // namespace

Result<PhraseCoder> PhraseCoder::build(const ActorDictionaries& dictionaries, const Lexicon& lexicon) {
  PhraseCoder out;
  if (const auto* words = lexicon.table("actor_words"))
    for (std::uint32_t i = 0; i < words->size(); ++i)
      if (words->row(i)["kind"] == "part_of")
        for (const auto word : split_cell(words->row(i)["words"])) out.part_of_.emplace(word);
  for (const LexiconFile& file : dictionaries.actors) {
    const auto read = read_actor_dictionary(file);
    if (!read) return read.error();
    for (const DictionaryActor& actor : read->actors)
      for (const auto& name : actor.names) {
        const std::string key = key_of(name);
        out.longest_ = std::max(out.longest_, words_in(key));
        out.actors_[key] = actor.codes;
      }
  }
  for (const LexiconFile& file : dictionaries.agents) {
    const auto read = read_agent_dictionary(file);
    if (!read) return read.error();
    for (const DictionaryAgent& agent : read->agents)
      for (const auto& name : agent.names) {
        const std::string key = key_of(name);
        out.longest_ = std::max(out.longest_, words_in(key));
        out.agents_[key] = agent.code;
        if (agent.regular) out.agents_.emplace(plural_of(key), agent.code);
      }
  }
  return out;
}

std::string PhraseCoder::code(const Article& article, const Sentence& sentence, const std::vector<std::uint32_t>& words) const {
  std::string actor, agents;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t taken = 1;
    // The longest name that begins here; hyphens and marks of possession are words of their own.
    const std::size_t most = std::min(words.size() - i, 2 * static_cast<std::size_t>(longest_) + 1);
    for (std::size_t n = most; n > 0; --n) {
      const std::uint32_t last = words[i + n - 1];
      if (last - words[i] != n - 1) continue;  // words that stand apart are no name
      const std::string key = key_of(article.slice({sentence.words[words[i]].span.begin, sentence.words[last].span.end}));
      if (const auto found = actors_.find(key); found != actors_.end()) {
        const std::string code = code_on(found->second, article.published);
        if (actor.empty() && code != no_code) actor = code;
      } else if (const auto agent = agents_.find(key); agent != agents_.end()) {
        append(agents, agent->second);
      } else {
        continue;
      }
      taken = n;
      break;
    }
    i += taken;
  }
  if (actor.empty() && agents.empty()) return "";
  std::string out = actor.empty() ? std::string(no_code) : actor;
  append(out, agents);
  return out;
}

std::vector<CodedPhrase> PhraseCoder::phrases(const Article& article, const Sentence& sentence) const {
  const Tree tree(sentence);
  std::vector<CodedPhrase> out;
  for (std::uint32_t head = 0; head < tree.size(); ++head) {
    const std::string& upos = tree.word(head).upos;
    if (upos != "NOUN" && upos != "PROPN" && upos != "ADJ" && upos != "X") continue;
    bool inner = false;
    for (const char* relation : {"compound", "flat", "amod", "nmod:desc", "goeswith", "fixed"}) inner = inner || tree.has_relation(head, relation);
    if (inner) continue;
    // The head with what names it: no clause, no apposition, no sister, no phrase of place.
    std::vector<std::uint32_t> words{head};
    std::vector<std::uint32_t> open{head};
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      for (const auto c : tree.children(at)) {
        bool belongs = tree.has_relation(c, "det") || tree.has_relation(c, "case") || tree.has_relation(c, "nummod");
        for (const char* relation : {"compound", "flat", "amod", "nmod:desc", "nmod:poss", "goeswith", "fixed", "punct"})
          belongs = belongs || (tree.has_relation(c, relation) && (c < at || std::string_view(relation) != "punct"));
        if (tree.word(c).form == "-") belongs = true;
        if (!belongs && tree.has_relation(c, "nmod")) {
          const auto preposition = tree.child(c, "case");
          belongs = !preposition || part_of_.count(std::string(tree.lower(*preposition))) > 0;
        }
        if (!belongs || (at == head && tree.has_relation(c, "case") && c > at)) continue;
        words.push_back(c);
        open.push_back(c);
      }
    }
    std::sort(words.begin(), words.end());
    std::string code = this->code(article, sentence, words);
    if (code.empty()) continue;
    CodedPhrase phrase{head, head + 1, std::move(code)};
    // The run of words around the head.
    for (auto at = std::find(words.begin(), words.end(), head); at != words.begin() && *(at - 1) + 1 == *at; --at) phrase.first = *(at - 1);
    for (auto at = std::find(words.begin(), words.end(), head); at + 1 != words.end() && *at + 1 == *(at + 1); ++at) phrase.last = *(at + 1) + 1;
    out.push_back(std::move(phrase));
  }
  return out;
}

}  // namespace masudi
