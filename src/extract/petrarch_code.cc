// Coding a parsed sentence with a PETRARCH verb dictionary.
#include <algorithm>
#include <optional>

#include "masudi/petrarch.h"
#include "masudi/tree.h"
#include "predicate.h"

namespace masudi {

namespace {

constexpr std::uint32_t none = 0xFFFFFFFFU;
constexpr std::string_view no_code = "---";

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

class Coder {
 public:
  Coder(const Sentence& sentence, const std::vector<CodedPhrase>& phrases, const VerbDictionary& dictionary)
      : tree_(sentence), phrases_(phrases), dictionary_(dictionary) {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      forms_.push_back(upper(tree_.word(i).form));
      lemmas_.push_back(upper(tree_.word(i).lemma));
    }
  }

  std::vector<PetrarchEvent> read() {
    for (std::uint32_t i = 0; i < tree_.size(); ++i) {
      const std::string& upos = tree_.word(i).upos;
      if (upos != "VERB" && upos != "AUX" && upos != "ADJ") continue;
      auto found = dictionary_.by_form.find(forms_[i]);
      if (found == dictionary_.by_form.end()) found = dictionary_.by_form.find(lemmas_[i]);
      if (found == dictionary_.by_form.end()) continue;
      if (upos == "ADJ" && forms_[i] == lemmas_[i]) continue;
      for (const auto v : found->second)
        if (code_verb(i, dictionary_.verbs[v])) break;
    }
    return std::move(out_);
  }

 private:
  bool is(std::uint32_t i, const std::string& word) const { return forms_[i] == word || lemmas_[i] == word; }

  /// Words [first, last) that the token may match from `i` on: the end of the match, or none.
  std::uint32_t match_at(const VerbToken& token, std::uint32_t i) const {
    switch (token.kind) {
      case VerbToken::Kind::word:
        return is(i, token.text) ? i + 1 : none;
      case VerbToken::Kind::synset:
        return match_synset(token.text, i, 0);
      case VerbToken::Kind::source:
      case VerbToken::Kind::target:
      case VerbToken::Kind::both:
        for (const auto& phrase : phrases_)
          if (phrase.first == i) return phrase.last;
        return none;
      case VerbToken::Kind::skip:
        return i + 1;
    }
    return none;
  }

  std::uint32_t match_synset(const std::string& name, std::uint32_t i, int depth) const {
    constexpr int deepest = 4;  // a synset may name another
    std::string key = name;
    auto found = dictionary_.synsets.find(key);
    if (found == dictionary_.synsets.end() && key.ends_with('_')) found = dictionary_.synsets.find(key.substr(0, key.size() - 1));
    if (found == dictionary_.synsets.end() || depth > deepest) return none;
    std::uint32_t longest = none;
    for (const auto& phrase : found->second) {
      std::uint32_t at = i;
      bool all = !phrase.empty();
      for (const auto& word : phrase) {
        if (!all || at >= tree_.size()) {
          all = false;
          break;
        }
        if (word[0] == '&') {
          const auto end = match_synset(word.substr(1), at, depth + 1);
          all = end != none;
          at = end;
        } else {
          all = is(at, word);
          ++at;
        }
      }
      if (all && (longest == none || at > longest)) longest = at;
    }
    return longest;
  }

  struct Match {
    std::optional<std::uint32_t> source, target, both;  ///< first word of the phrase that the pattern names
  };

  void bind(const VerbToken& token, std::uint32_t first, Match& match) const {
    if (token.kind == VerbToken::Kind::source) match.source = first;
    if (token.kind == VerbToken::Kind::target) match.target = first;
    if (token.kind == VerbToken::Kind::both) match.both = first;
  }

  bool match_after(const std::vector<VerbToken>& tokens, std::uint32_t from, Match& match) const {
    std::uint32_t at = from;
    for (const auto& token : tokens) {
      std::uint32_t end = none;
      for (std::uint32_t i = at; i < tree_.size(); ++i) {
        end = match_at(token, i);
        if (end != none) bind(token, i, match);
        if (end != none || token.adjacent) break;
      }
      if (end == none) return false;
      at = end;
    }
    return true;
  }

  bool match_before(const std::vector<VerbToken>& tokens, std::uint32_t to, Match& match) const {
    std::uint32_t at = to;
    for (const auto& token : tokens) {
      bool found = false;
      for (std::uint32_t i = at; i-- > 0;) {
        const auto end = match_at(token, i);
        if (end != none && end <= at && (!token.adjacent || end == at)) {
          bind(token, i, match);
          at = i;
          found = true;
          break;
        }
        if (token.adjacent && at - i > 4) break;
      }
      if (!found) return false;
    }
    return true;
  }

  bool beside(std::uint32_t verb, const DictionaryVerb& entry) const {
    if (entry.before.size() > verb || verb + entry.after.size() >= tree_.size()) return false;
    for (std::size_t k = 0; k < entry.before.size(); ++k)
      if (!is(verb - static_cast<std::uint32_t>(entry.before.size() - k), entry.before[k])) return false;
    for (std::size_t k = 0; k < entry.after.size(); ++k)
      if (!is(verb + 1 + static_cast<std::uint32_t>(k), entry.after[k])) return false;
    return true;
  }

  /// Codes of the phrases in a noun phrase and of what is coordinated with it.
  std::vector<std::string> codes_at(std::uint32_t head) const {
    std::vector<std::string> out;
    for (const auto conjunct : tree_.conjuncts(head)) {
      const auto extent = tree_.extent(conjunct);
      std::uint32_t end = extent.last;
      // The coordinated heads have their own turn.
      for (const auto c : tree_.children(conjunct))
        if (tree_.has_relation(c, "conj")) end = std::min(end, tree_.extent(c).first);
      const CodedPhrase* best = nullptr;
      for (const auto& phrase : phrases_) {
        if (phrase.first < extent.first || phrase.last > end) continue;
        const bool holds_head = phrase.first <= conjunct && conjunct < phrase.last;
        if (best == nullptr || holds_head) best = &phrase;
        if (holds_head) break;
      }
      if (best != nullptr && std::find(out.begin(), out.end(), best->code) == out.end()) out.push_back(best->code);
    }
    return out;
  }

  std::vector<std::string> codes_of(const std::vector<std::uint32_t>& heads) const {
    std::vector<std::string> out;
    for (const auto head : heads)
      for (auto& code : codes_at(head))
        if (std::find(out.begin(), out.end(), code) == out.end()) out.push_back(std::move(code));
    return out;
  }

  /// Codes of the phrase that begins at a word, and of those coordinated with it.
  std::vector<std::string> codes_from(std::uint32_t first) const {
    for (const auto& phrase : phrases_)
      if (phrase.first == first) {
        for (std::uint32_t i = phrase.first; i < phrase.last; ++i) {
          const auto up = tree_.head(i);
          if (!up || *up < phrase.first || *up >= phrase.last) {
            auto out = codes_at(i);
            if (!out.empty()) return out;
          }
        }
        return {phrase.code};
      }
    return {};
  }

  bool code_verb(std::uint32_t verb, const DictionaryVerb& entry) {
    if (!beside(verb, entry)) return false;
    std::string code = entry.code, reverse = entry.reverse;
    std::uint32_t line = entry.line;
    Match match;
    const auto before = verb - static_cast<std::uint32_t>(entry.before.size());
    const auto after = verb + 1 + static_cast<std::uint32_t>(entry.after.size());
    for (const auto& pattern : dictionary_.blocks[entry.block]) {
      Match trial;
      if (!match_after(pattern.after, after, trial) || !match_before(pattern.before, before, trial)) continue;
      match = trial;
      code = pattern.code, reverse = pattern.reverse, line = pattern.line;
      break;
    }
    if (code == no_code || code.empty()) return true;
    const Arguments arguments = arguments_of(tree_, verb);
    std::vector<std::string> sources = match.source ? codes_from(*match.source) : codes_of(arguments.subjects);
    std::vector<std::string> targets;
    if (match.target) targets = codes_from(*match.target);
    if (match.both) {
      sources = codes_from(*match.both);
      targets = sources;
    }
    if (targets.empty()) targets = targets_of(verb, arguments, sources);
    if (sources.empty()) sources = nearest_before(verb, targets);
    for (const auto& source : each_party(sources))
      for (const auto& target : each_party(targets)) {
        if (source == target) continue;
        add({source, target, code, verb, line});
        if (!reverse.empty()) add({target, source, reverse, verb, line});
      }
    return true;
  }

  std::vector<std::string> without(std::vector<std::string> codes, const std::vector<std::string>& others) const {
    std::erase_if(codes, [&](const auto& code) { return std::find(others.begin(), others.end(), code) != others.end(); });
    return codes;
  }

  std::vector<std::string> targets_of(std::uint32_t verb, const Arguments& arguments, const std::vector<std::string>& sources) const {
    auto out = without(codes_of(arguments.objects), sources);
    if (out.empty() && arguments.indirect) out = without(codes_of({*arguments.indirect}), sources);
    if (!out.empty()) return out;
    // The first coded phrase after the verb, inside what it governs.
    const auto extent = tree_.extent(verb);
    for (const auto& phrase : phrases_) {
      if (phrase.first <= verb || phrase.first >= extent.last) continue;
      out = without(codes_from(phrase.first), sources);
      if (!out.empty()) return out;
    }
    return out;
  }

  std::vector<std::string> nearest_before(std::uint32_t verb, const std::vector<std::string>& targets) const {
    for (std::size_t k = phrases_.size(); k-- > 0;) {
      if (phrases_[k].last > verb) continue;
      auto out = without(codes_from(phrases_[k].first), targets);
      if (!out.empty()) return out;
    }
    return {};
  }

  /// An entry of several parties ("ELF/DWA") acts and is acted on as each of them.
  static std::vector<std::string> each_party(const std::vector<std::string>& codes) {
    std::vector<std::string> out;
    for (const auto& code : codes)
      for (const auto party : split_cell(code, '/'))
        if (!party.empty()) out.emplace_back(party);
    return out;
  }

  void add(PetrarchEvent event) {
    for (const auto& old : out_)
      if (old.source == event.source && old.target == event.target && old.code == event.code) return;
    out_.push_back(std::move(event));
  }

  Tree tree_;
  const std::vector<CodedPhrase>& phrases_;
  const VerbDictionary& dictionary_;
  std::vector<std::string> forms_, lemmas_;
  std::vector<PetrarchEvent> out_;
};

}  // namespace

std::vector<PetrarchEvent> code_with_verbs(const Sentence& sentence, const std::vector<CodedPhrase>& phrases, const VerbDictionary& dictionary) {
  return Coder(sentence, phrases, dictionary).read();
}

}  // namespace masudi
