// mention composed: what is known from the lexicon, then found, then put together.
#include "masudi/mention.h"

#include <algorithm>

#include "mention_impl.h"

namespace masudi {

const Mention* Mentions::at(std::uint32_t sentence, std::uint32_t word) const {
  const auto before = [](const Mention& m, std::pair<std::uint32_t, std::uint32_t> key) { return std::pair(m.sentence, m.head) < key; };
  const auto at = std::lower_bound(mentions.begin(), mentions.end(), std::pair(sentence, word), before);
  if (at != mentions.end() && at->sentence == sentence && at->head == word) return &*at;
  // Where the parser broke a name, any word of it is the mention.
  for (auto near = at; near != mentions.begin() && (near - 1)->sentence == sentence; --near)
    if (word >= (near - 1)->name_first && word < (near - 1)->name_last) return &*(near - 1);
  for (auto near = at; near != mentions.end() && near->sentence == sentence; ++near)
    if (word >= near->name_first && word < near->name_last) return &*near;
  return nullptr;
}

MentionRules::MentionRules(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MentionRules::MentionRules(MentionRules&&) noexcept = default;
MentionRules& MentionRules::operator=(MentionRules&&) noexcept = default;
MentionRules::~MentionRules() = default;

namespace {

/// A name in capitals counts only as it is spelled: "AU" is not "au".
bool is_exact(std::string_view name) {
  return name.size() <= 7 && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

void put_name(MentionRules::Impl& impl, std::string_view name, std::string_view id) {
  if (name.empty()) return;
  if (name[0] == '=')
    impl.exact.emplace(std::string(name.substr(1)), std::string(id));
  else if (is_exact(name))
    impl.exact.emplace(std::string(name), std::string(id));
  else
    impl.known.emplace(fold(name), std::string(id));
}

/// Bodies are looked for in the words themselves, whatever the model takes them for: by the first word of their names.
void put_body(MentionRules::Impl& impl, std::string_view name, std::string_view id) {
  put_name(impl, name, id);
  if (name.starts_with('=')) name.remove_prefix(1);
  if (name.empty()) return;
  // As many words as the segmenter may cut it into: letters, digits and each mark between them apart.
  std::uint32_t words = 1;
  for (std::size_t i = 1; i < name.size(); ++i) {
    const bool digit = name[i] >= '0' && name[i] <= '9', before = name[i - 1] >= '0' && name[i - 1] <= '9';
    const bool joins = is_word_byte(name[i]) && is_word_byte(name[i - 1]) && digit == before;
    if (!joins && name[i] != ' ') ++words;
  }
  auto& longest = impl.starts[first_word(name)];
  longest = std::max(longest, words);
}

Result<void> read_coreference(const LexiconTable& table, MentionRules::Impl& impl) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    const std::string_view kind = row["kind"];
    const std::string id(row.id());
    if (kind == "title") impl.title_rule = id;
    for (const auto cell : split_cell(row["words"])) {
      const std::string word(cell);
      if (kind == "pair_person")
        impl.pair_person.insert(word);
      else if (kind == "pair_country")
        impl.pair_country.insert(word);
      else if (kind == "country")
        impl.country.insert(word);
      else if (kind == "country_role")
        impl.country_role.insert(word);
      else if (kind == "body")
        impl.body.insert(word);
      else if (kind == "title")
        impl.title.insert(word);
      else if (kind == "female")
        impl.genders.emplace(word, std::pair('f', id));
      else if (kind == "male")
        impl.genders.emplace(word, std::pair('m', id));
      else if (kind == "given_female")
        impl.given.emplace(word, std::pair('f', id));
      else if (kind == "given_male")
        impl.given.emplace(word, std::pair('m', id));
      else
        return Error{ErrorCode::malformed_input,
                     std::string(table.path()) + ":" + std::to_string(row.line()) + ": unknown kind \"" + std::string(kind) +
                         "\"; expected pair_person, pair_country, country, country_role, body, title, female, male, given_female or given_male",
                     "",
                     {}};
    }
  }
  return {};
}

}  // namespace

Result<MentionRules> MentionRules::build(const Lexicon& lexicon, const Lexicon& gazetteer) {
  auto impl = std::make_unique<Impl>();
  auto spellings = NameSpellings::build(lexicon);
  if (!spellings) return spellings.error();
  impl->spellings = *std::move(spellings);
  if (const auto* countries = gazetteer.table("countries"))
    for (std::uint32_t i = 0; i < countries->size(); ++i) {
      const LexiconRow row = countries->row(i);
      put_name(*impl, row["name"], row.id());
      for (const auto name : split_cell(row["names"])) put_name(*impl, name, row.id());
      for (const auto name : split_cell(row["adjectives"])) impl->demonyms.emplace(fold(name), std::string(row.id()));
    }
  if (const auto* actors = lexicon.table("actors"))
    for (std::uint32_t i = 0; i < actors->size(); ++i) {
      const LexiconRow row = actors->row(i);
      put_body(*impl, row["name"], row.id());
      for (const auto name : split_cell(row["aliases"])) put_body(*impl, name, row.id());
      auto& nouns = impl->nouns_of_known[std::string(row.id())];
      for (const auto noun : split_cell(row["nouns"])) nouns.emplace_back(noun);
    }
  if (const auto* offices = lexicon.table("offices"))
    for (std::uint32_t i = 0; i < offices->size(); ++i) {
      const LexiconRow row = offices->row(i);
      if (row["kind"] != "adj") impl->offices.emplace(std::string(row["lemma"]), OfficeNoun{std::string(row["sector"]), std::string(row["kind"])});
    }
  if (const auto* cues = lexicon.table("cues"))
    for (std::uint32_t i = 0; i < cues->size(); ++i)
      if (cues->row(i)["pos"] == "VERB") impl->cues.insert(std::string(cues->row(i)["lemma"]));
  if (const auto* coreference = lexicon.table("coreference"))
    if (auto read = read_coreference(*coreference, *impl); !read) return read.error();
  return MentionRules(std::move(impl));
}

Mentions find_mentions(const Article& article, const std::vector<Tree>& trees, const MentionRules& rules) {
  auto found = detect(article, trees, rules.impl());
  find_speakers(article, trees, rules.impl(), found);
  return join(std::move(found), rules.impl());
}

}  // namespace masudi
