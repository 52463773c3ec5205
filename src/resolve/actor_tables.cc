// Reading the tables of actors.
#include "actor_tables.h"

#include <algorithm>

#include "masudi/dictionaries.h"

namespace masudi {

namespace {

Error wrong(const LexiconRow& row, const std::string& message) {
  return Error{ErrorCode::malformed_input, std::string(row.table().path()) + ":" + std::to_string(row.line()) + ": " + message, "", {}};
}

/// A name in capitals counts only as it is spelled; its key is marked, so that it never meets a folded one.
bool is_exact(std::string_view name) {
  return name.size() <= 7 && std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<OfficeKind> kind_of(std::string_view cell) {
  if (cell == "post") return OfficeKind::post;
  if (cell == "person") return OfficeKind::person;
  if (cell == "body") return OfficeKind::body;
  if (cell == "role") return OfficeKind::role;
  if (cell == "part") return OfficeKind::part;
  if (cell == "adj") return OfficeKind::adj;
  return std::nullopt;
}

}  // namespace

namespace {

/// The words of a name as the segmenter cuts them, and with their hyphens and possessives.
void add_words(StringSet& words, std::string_view name) {
  const std::string folded = fold(name);
  std::string word;
  const auto end = [&](std::string& text) {
    if (!text.empty()) words.insert(std::move(text));
    text.clear();
  };
  for (const auto part : split_cell(folded, ' ')) {
    words.insert(std::string(part));
    for (std::size_t i = 0; i < part.size(); ++i) {
      const char c = part[i];
      const bool digit = c >= '0' && c <= '9';
      if (!word.empty() && digit != (word.back() >= '0' && word.back() <= '9')) end(word);  // "M23"
      if (c == '-' || c == '\'' || c == ',' || c == '/' || c == '&' || c == '.' || c == '(' || c == ')') {
        if (c == '.' && !word.empty()) words.insert(word + c);  // "S." of "S. Paulo"
        end(word);
        words.insert(std::string(1, c));
      } else {
        word += c;
      }
    }
    end(word);
  }
  words.insert("'s");
  words.insert("the");
}

}  // namespace

void ActorTables::put(Names& names, std::string_view name, std::uint32_t index) {
  if (name.empty()) return;
  if (&names == &body_names_ || &names == &building_names_) add_words(name_words_, name[0] == '=' ? name.substr(1) : name);
  const bool marked = name[0] == '=';
  if (marked) name.remove_prefix(1);
  if (marked || is_exact(name))
    names.exact.emplace(std::string(name), index);
  else
    names.folded.emplace(fold(name), index);
}

const std::uint32_t* ActorTables::Names::find(std::string_view name) const {
  if (const auto at = exact.find(name); at != exact.end()) return &at->second;
  const std::string key = fold(name);
  if (const auto at = folded.find(key); at != folded.end()) return &at->second;
  if (key.starts_with("the "))
    if (const auto at = folded.find(std::string_view(key).substr(4)); at != folded.end()) return &at->second;
  return nullptr;
}

const KnownBody* ActorTables::body(std::string_view name) const {
  const auto* i = body_names_.find(name);
  return i ? &bodies_[*i] : nullptr;
}
const KnownBody* ActorTables::building(std::string_view name) const {
  const auto* i = building_names_.find(name);
  return i ? &buildings_[*i] : nullptr;
}
const KnownBody* ActorTables::body_of_noun(std::string_view alpha3, std::string_view sector, const std::string& noun) const {
  const auto* i = at(body_nouns_, std::string(alpha3) + " " + std::string(sector) + " " + noun);
  return i ? &bodies_[*i] : nullptr;
}
const KnownCountry* ActorTables::country_of_name(std::string_view name) const {
  const auto* i = country_names_.find(name);
  return i ? &countries_[*i] : nullptr;
}
const KnownCountry* ActorTables::country_of_adjective(std::string_view word) const {
  const auto* i = adjectives_.find(word);
  return i ? &countries_[*i] : nullptr;
}
const KnownCountry* ActorTables::country_of_people(std::string_view word) const {
  const auto* i = peoples_.find(word);
  return i ? &countries_[*i] : nullptr;
}
const KnownCountry* ActorTables::country(std::string_view alpha3) const {
  const auto found = alpha3_.find(alpha3);
  return found == alpha3_.end() ? nullptr : &countries_[found->second];
}
bool ActorTables::is_capital(std::string_view alpha3, std::string_view name) const {
  const auto found = capitals_.find(alpha3);
  return found != capitals_.end() && found->second == fold(name);
}
const Office* ActorTables::office(std::string_view lemmas) const { return at(offices_, lemmas); }
const std::string* ActorTables::word_class(std::string_view lemma, std::string_view kind) const {
  if (const auto* classes = at(word_classes_, lemma))
    for (const WordClass& of : *classes)
      if (of.kind == kind) return &of.row;
  return nullptr;
}

/// The office held on a day; the last one before it where that is over. Nothing before the first.
std::optional<RoleOnDay> ActorTables::role_on(const KnownPerson& person, std::optional<Day> day) {
  if (person.roles.empty()) return std::nullopt;
  const PersonRole* best = nullptr;
  if (!day) {
    best = &person.roles.back();
    return RoleOnDay{best->country, best->sector, best->office, false, false};
  }
  for (const PersonRole& role : person.roles) {
    const bool begun = !role.begin || *role.begin <= *day;
    const bool open = !role.end || *role.end >= *day;
    if (begun && open) best = &role;
  }
  if (best) return RoleOnDay{best->country, best->sector, best->office, false, true};
  for (const PersonRole& role : person.roles)
    if (role.end && *role.end < *day && (!best || *role.end > *best->end)) best = &role;
  if (!best) return std::nullopt;
  if (best->end_unknown) return RoleOnDay{best->country, best->sector, best->office, false, false};
  return RoleOnDay{best->country, best->sector, best->office, true, true};
}

Result<void> ActorTables::read_persons(const LexiconTable& table) {
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const LexiconRow row = table.row(i);
    KnownPerson person{std::string(row.id()), std::string(row["name"]), std::string(row["gender"]), {}};
    for (const auto cell : split_cell(row["roles"])) {
      const auto parts = split_cell(cell, ' ');
      if (parts.size() != 5) return wrong(row, "a role is \"COUNTRY SECTOR FROM TO OFFICE\"; found \"" + std::string(cell) + "\"");
      PersonRole role{std::string(parts[0] == "-" ? "" : parts[0]), std::string(parts[1]), std::string(parts[4]), {}, {}, false};
      std::string_view to = parts[3];
      role.end_unknown = to.ends_with('?');
      if (role.end_unknown) to.remove_suffix(1);
      role.begin = parse_iso_day(parts[2]);
      role.end = parse_iso_day(to);
      if ((!role.begin && parts[2] != "-") || (!role.end && to != "-"))
        return wrong(row, "a day is YYYY-MM-DD or \"-\"; found \"" + std::string(cell) + "\"");
      person.roles.push_back(std::move(role));
    }
    const auto index = static_cast<std::uint32_t>(persons_.size());
    index_->add(person.name, index);
    for (const auto alias : split_cell(row["aliases"])) index_->add(alias, index);
    persons_.push_back(std::move(person));
  }
  return {};
}

const KnownBody* ActorTables::own(std::string_view name, std::optional<Day> day) const {
  if (own_names_.empty()) return nullptr;
  std::string key = fold(name);
  auto found = own_names_.find(key);
  if (found == own_names_.end() && key.ends_with("'s")) found = own_names_.find(key.substr(0, key.size() - 2));
  if (found == own_names_.end()) return nullptr;
  const KnownBody* always = nullptr;
  const OwnCode* dated = nullptr;
  for (const OwnCode& code : own_[found->second]) {
    if (!code.begin && !code.end) {
      if (always == nullptr) always = &code.body;
      continue;
    }
    // Of codes that hold on the day the one that began last; without a day the last of all.
    if (day && ((code.begin && *code.begin > *day) || (code.end && *code.end < *day))) continue;
    if (dated == nullptr || !dated->begin || (code.begin && *code.begin >= *dated->begin)) dated = &code;
  }
  return dated ? &dated->body : always;
}

namespace {

/// "AFGGOVMIL" -> country and sector. The first letters are a country's, or already a sector ("IGOUNO", "NGOUSA").
std::pair<std::string, std::string> read_cameo(const std::string& code, const StringMap<std::string>& sectors,
                                               const StringMap<std::uint32_t>& countries) {
  std::string country, sector;
  for (std::size_t i = 0; i + 3 <= code.size(); i += 3) {
    const std::string part = code.substr(i, 3);
    const auto known = sectors.find(part);
    if (known != sectors.end()) {
      // The first that says more than whose side it is on: "AFGGOVMIL" is the army.
      if (sector.empty() || (sector == "GOV" && known->second != "OTH")) sector = known->second;
    } else if (country.empty() && countries.count(part)) {
      country = part;
    }
  }
  if (sector == "IGO") country.clear();
  if (sector.empty() && !country.empty()) sector = "GOV";
  return {country, sector};
}

/// "HAMID KARZAI" -> "Hamid Karzai"; a name that has small letters stays.
std::string printed(const std::string& name) {
  if (std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return name;
  std::string out = ascii_lower(name);
  bool start = true;
  for (char& c : out) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == ' ' || c == '-' || c == '.';
  }
  return out;
}

/// The rule by which an entry shows: file and line, without blanks.
std::string own_rule(const std::string& path, std::uint32_t line) {
  std::string file = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  std::replace(file.begin(), file.end(), ' ', '_');
  return file + ":" + std::to_string(line);
}

}  // namespace

Result<void> ActorTables::read_dictionaries(const Lexicon& lexicon, const ActorDictionaries& dictionaries) {
  StringMap<std::string> sectors;
  if (const auto* table = lexicon.table("cameo_actors"))
    for (std::uint32_t i = 0; i < table->size(); ++i) sectors.emplace(std::string(table->row(i)["code"]), std::string(table->row(i)["sector"]));
  for (const LexiconFile& file : dictionaries.actors) {
    const auto read = read_actor_dictionary(file);
    if (!read) return read.error();
    for (const DictionaryActor& actor : read->actors) {
      const auto index = static_cast<std::uint32_t>(own_.size());
      std::vector<OwnCode> codes;
      for (const auto& code : actor.codes) {
        auto [country, sector] = read_cameo(code.code, sectors, alpha3_);
        if (country.empty() && sector.empty()) continue;
        codes.push_back({{own_rule(file.path, actor.line), printed(actor.names.front()), country, sector, true}, code.begin, code.end});
      }
      if (codes.empty()) continue;
      own_.push_back(std::move(codes));
      // A later dictionary overrules an earlier one.
      for (const auto& name : actor.names) {
        own_names_[fold(name)] = index;
        add_words(name_words_, name);
      }
    }
  }
  for (const LexiconFile& file : dictionaries.agents) {
    const auto read = read_agent_dictionary(file);
    if (!read) return read.error();
    for (const DictionaryAgent& agent : read->agents) {
      const std::string sector = read_cameo(agent.code, sectors, {}).second;
      if (sector.empty()) continue;
      for (std::string name : agent.names) {
        std::replace(name.begin(), name.end(), '-', ' ');
        const auto words = static_cast<std::uint32_t>(1 + std::count(name.begin(), name.end(), ' '));
        longest_office_ = std::max(longest_office_, std::min(words, std::uint32_t{8}));
        if (words > 1)
          for (const auto word : split_cell(name, ' ')) office_words_.insert(std::string(word));
        const Office* before = office(name);
        offices_[name] =
            Office{own_rule(file.path, agent.line), name, sector, before ? before->kind : OfficeKind::post, before ? before->home : true, words};
      }
    }
  }
  return {};
}

Result<std::unique_ptr<ActorTables>> ActorTables::load(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries) {
  auto out = std::make_unique<ActorTables>();
  if (auto spellings = NameSpellings::build(lexicon))
    out->spellings_ = *std::move(spellings);
  else
    return spellings.error();
  out->index_ = std::make_unique<NameIndex>(&out->spellings_);
  if (const auto* actors = lexicon.table("actors"))
    for (std::uint32_t i = 0; i < actors->size(); ++i) {
      const LexiconRow row = actors->row(i);
      const auto index = static_cast<std::uint32_t>(out->bodies_.size());
      out->bodies_.push_back({std::string(row.id()), std::string(row["name"]), std::string(row["country"]), std::string(row["sector"])});
      out->put(out->body_names_, row["name"], index);
      for (const auto alias : split_cell(row["aliases"])) out->put(out->body_names_, alias, index);
      if (row["country"].empty()) continue;
      for (const auto noun : split_cell(row["nouns"]))
        out->body_nouns_.emplace(std::string(row["country"]) + " " + std::string(row["sector"]) + " " + std::string(noun), index);
    }
  if (const auto* facilities = gazetteer.table("facilities"))
    for (std::uint32_t i = 0; i < facilities->size(); ++i) {
      const LexiconRow row = facilities->row(i);
      if (row["sector"].empty()) continue;
      const auto index = static_cast<std::uint32_t>(out->buildings_.size());
      out->buildings_.push_back({std::string(row.id()), std::string(row["name"]), std::string(row["country"]), std::string(row["sector"])});
      out->put(out->building_names_, row["name"], index);
      for (const auto name : split_cell(row["names"])) out->put(out->building_names_, name, index);
    }
  if (const auto* countries = gazetteer.table("countries"))
    for (std::uint32_t i = 0; i < countries->size(); ++i) {
      const LexiconRow row = countries->row(i);
      const auto adjectives = split_cell(row["adjectives"]);
      const auto index = static_cast<std::uint32_t>(out->countries_.size());
      out->countries_.push_back({std::string(row.id()), std::string(row["alpha3"]), std::string(row["name"]),
                                 adjectives.empty() ? std::string() : std::string(adjectives[0])});
      out->alpha3_.emplace(std::string(row["alpha3"]), index);
      out->put(out->country_names_, row["name"], index);
      for (const auto name : split_cell(row["names"])) out->put(out->country_names_, name, index);
      for (const auto name : adjectives) out->put(out->adjectives_, name, index);
      for (const auto name : split_cell(row["people"])) out->put(out->peoples_, name, index);
      out->capitals_.emplace(std::string(row["alpha3"]), fold(row["capital"]));
    }
  if (const auto* offices = lexicon.table("offices"))
    for (std::uint32_t i = 0; i < offices->size(); ++i) {
      const LexiconRow row = offices->row(i);
      const auto kind = kind_of(row["kind"]);
      if (!kind) return wrong(row, "unknown kind \"" + std::string(row["kind"]) + "\"; expected post, person, body, role, part or adj");
      const auto words = static_cast<std::uint32_t>(1 + std::count(row["lemma"].begin(), row["lemma"].end(), ' '));
      out->longest_office_ = std::max(out->longest_office_, words);
      if (words > 1)
        for (auto word : split_cell(row["lemma"], ' ')) {
          // The segmenter cuts the ending of possession off.
          if (word.ends_with("'s")) word.remove_suffix(2);
          if (word.ends_with('\'')) word.remove_suffix(1);
          out->office_words_.insert(std::string(word));
        }
      out->offices_.emplace(std::string(row["lemma"]),
                            Office{std::string(row.id()), std::string(row["lemma"]), std::string(row["sector"]), *kind, row["home"] == "yes", words});
    }
  if (const auto* words = lexicon.table("actor_words"))
    for (std::uint32_t i = 0; i < words->size(); ++i) {
      const LexiconRow row = words->row(i);
      for (const auto word : split_cell(row["words"]))
        if (!out->word_class(word, row["kind"])) out->word_classes_[std::string(word)].push_back({std::string(row["kind"]), std::string(row.id())});
    }
  if (auto read = out->read_dictionaries(lexicon, dictionaries); !read) return read.error();
  // Ours first: it knows offices that the others lack.
  for (const char* name : {"actor_people", "actor_wikidata", "actor_archigos", "actor_congress"})
    if (const auto* table = gazetteer.table(name))
      if (auto read = out->read_persons(*table); !read) return read.error();
  return out;
}

Result<std::unique_ptr<ActorRules>> ActorRules::build(const Lexicon& lexicon, const Lexicon& gazetteer, const ActorDictionaries& dictionaries) {
  auto tables = ActorTables::load(lexicon, gazetteer, dictionaries);
  if (!tables) return tables.error();
  return std::unique_ptr<ActorRules>(*std::move(tables));
}

}  // namespace masudi
