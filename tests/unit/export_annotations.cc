// The exports for annotators, read back as their tools read them: brat standoff against its own annotation.conf, Label Studio tasks.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "export_helpers.h"

namespace masudi {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* news =
    "Dam is safe 🌊 says “ministry”\n\n"
    "The minister said that the dam was safe. A senior official, who spoke on condition of anonymity, told Harbour News that the wall was old.\n\n"
    "“The 🌊 dam is safe,” the engineer said. Rebels attacked an army convoy near Gao on Monday. The rebels attacked the convoy in Mali, the "
    "army said. Norway promised to build two schools in Kenya by 30 June 2024, unless the rebels return.\n";
constexpr const char* treaty =
    "Agreement between the Republic of Kenya and the Republic of Uganda on the Malaba railway\n\n"
    "The Republic of Kenya (hereinafter \"Kenya\") and the Republic of Uganda (hereinafter \"Uganda\"), together \"the Parties\", have agreed as "
    "follows:\n\nArticle 1\n\n1. The Parties shall repair the line by 31 December 2025.\n\n2. This Agreement shall enter into force on 1 May 2024.\n";

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);) out.push_back(part);
  return out;
}

/// A UTF-8 text by characters.
class Characters {
 public:
  explicit Characters(const std::string& text) {
    for (const char c : text) {
      if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) all_.emplace_back();
      all_.back() += c;
    }
  }
  std::string slice(std::size_t begin, std::size_t end) const {
    std::string out;
    for (std::size_t i = begin; i < std::min(end, all_.size()); ++i) out += all_[i];
    return out;
  }
  std::size_t size() const { return all_.size(); }

 private:
  std::vector<std::string> all_;
};

/// annotation.conf as brat reads it.
struct Configuration {
  struct Event {
    std::map<std::string, std::pair<std::string, char>> roles;  // role -> type of its filler, and ? * or blank
  };
  struct Attribute {
    std::string of;
    std::set<std::string> values;
  };
  std::set<std::string> entities;
  std::map<std::string, Event> events;
  std::map<std::string, Attribute> attributes;

  explicit Configuration(const std::string& text) { read(text); }
  void read(const std::string& text) {
    std::string section;
    for (const std::string& line : split(text, '\n')) {
      if (line.empty() || line[0] == '#') continue;
      if (line[0] == '[') {
        section = line;
        continue;
      }
      const auto blank = line.find(' ');
      const std::string name = line.substr(0, blank), rest = blank == std::string::npos ? "" : line.substr(blank + 1);
      if (section == "[entities]") {
        EXPECT_TRUE(entities.insert(name).second) << name;
      }
      if (section == "[events]")
        for (std::string role : split(rest, ',')) {
          role.erase(0, role.find_first_not_of(' '));
          const auto colon = role.find(':');
          ASSERT_NE(colon, std::string::npos) << line;
          std::string key = role.substr(0, colon);
          char many = ' ';
          if (key.back() == '?' || key.back() == '*') {
            many = key.back();
            key.pop_back();
          }
          events[name].roles[key] = {role.substr(colon + 1), many};
        }
      if (section == "[attributes]") {
        Attribute& attribute = attributes[name];
        for (std::string part : split(rest, ',')) {
          part.erase(0, part.find_first_not_of(' '));
          if (part.starts_with("Arg:")) attribute.of = part.substr(4);
          if (part.starts_with("Value:"))
            for (const std::string& value : split(part.substr(6), '|')) attribute.values.insert(value);
        }
      }
    }
    for (const auto& [name, event] : events)
      for (const auto& [role, filler] : event.roles)
        EXPECT_TRUE(entities.contains(filler.first) || events.contains(filler.first)) << name << " " << role;
    for (const auto& [name, attribute] : attributes) EXPECT_TRUE(entities.contains(attribute.of) || events.contains(attribute.of)) << name;
  }
};

/// An .ann file, held against its text and its configuration: every line by brat's grammar, every id once, every reference there.
struct Annotated {
  std::map<std::string, std::string> types, words;                                       // of T and E; words of T
  std::map<std::string, std::multimap<std::string, std::string>> arguments, attributes;  // of E: role -> id; of any: name -> value
  std::map<std::string, std::string> notes;

  Annotated(const std::string& ann, const std::string& text, const Configuration& configuration) { read(ann, text, configuration); }
  void read(const std::string& ann, const std::string& text, const Configuration& configuration) {
    const Characters characters(text);
    std::set<std::string> ids;
    std::map<std::string, std::string> triggers;
    ASSERT_TRUE(ann.empty() || ann.back() == '\n');
    for (const std::string& line : split(ann, '\n')) {
      const auto fields = split(line, '\t');
      ASSERT_GE(fields.size(), 2U) << line;
      EXPECT_TRUE(ids.insert(fields[0]).second) << line;
      EXPECT_EQ(fields[0].find_first_not_of("0123456789", 1), std::string::npos) << line;
      const auto parts = split(fields[1], ' ');
      switch (line[0]) {
        case 'T': {
          ASSERT_EQ(fields.size(), 3U) << line;
          EXPECT_TRUE(configuration.entities.contains(parts[0]) || configuration.events.contains(parts[0])) << line;
          types[fields[0]] = parts[0];
          words[fields[0]] = fields[2];
          std::string found;
          std::size_t before = 0;
          for (const std::string& fragment : split(fields[1].substr(parts[0].size() + 1), ';')) {
            const auto ends = split(fragment, ' ');
            ASSERT_EQ(ends.size(), 2U) << line;
            const std::size_t begin = std::stoul(ends[0]), end = std::stoul(ends[1]);
            EXPECT_LT(begin, end) << line;
            EXPECT_LE(end, characters.size()) << line;
            EXPECT_GE(begin, before) << line;
            before = end;
            found += (found.empty() ? "" : " ") + characters.slice(begin, end);
          }
          EXPECT_EQ(found, fields[2]) << line;
          for (const char* broken : {"\r", "\v", "\f", "\xC2\x85", "\xE2\x80\xA8"}) EXPECT_EQ(fields[2].find(broken), std::string::npos) << line;
          break;
        }
        case 'E': {
          ASSERT_EQ(fields.size(), 2U) << line;
          const auto colon = parts[0].find(':');
          types[fields[0]] = parts[0].substr(0, colon);
          triggers[fields[0]] = parts[0].substr(colon + 1);
          for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto at = parts[i].find(':');
            std::string role = parts[i].substr(0, at);
            const auto letters = role.find_last_not_of("0123456789") + 1;
            role.resize(letters);
            arguments[fields[0]].emplace(role, parts[i].substr(at + 1));
          }
          break;
        }
        case 'A': {
          ASSERT_EQ(fields.size(), 2U) << line;
          const auto kind = configuration.attributes.find(parts[0]);
          ASSERT_NE(kind, configuration.attributes.end()) << line;
          ASSERT_EQ(parts.size(), kind->second.values.empty() ? 2U : 3U) << line;
          if (parts.size() == 3) {
            EXPECT_TRUE(kind->second.values.contains(parts[2])) << line;
          }
          attributes[parts[1]].emplace(parts[0], parts.size() == 3 ? parts[2] : "");
          break;
        }
        case '#':
          ASSERT_EQ(fields.size(), 3U) << line;
          EXPECT_EQ(parts[0], "AnnotatorNotes") << line;
          notes[parts[1]] = fields[2];
          break;
        default:
          ADD_FAILURE() << line;
      }
    }
    for (const auto& [event, trigger] : triggers) EXPECT_EQ(types[trigger], types[event]) << event;
    for (const auto& [event, given] : arguments) {
      const auto& roles = configuration.events.at(types[event]).roles;
      for (const auto& [role, id] : given) {
        ASSERT_TRUE(roles.contains(role)) << event << " " << role;
        EXPECT_EQ(types[id], roles.at(role).first) << event << " " << role << " " << id;
        if (roles.at(role).second != '*') {
          EXPECT_EQ(given.count(role), 1U) << event << " " << role;
        }
      }
    }
    for (const auto& [of, ignored] : attributes)
      for (const auto& [name, value] : ignored) EXPECT_EQ(types[of], configuration.attributes.at(name).of) << of;
    for (const auto& [of, note] : notes) EXPECT_TRUE(types.contains(of)) << of;
  }

  std::size_t count(const std::string& type, char letter) const {
    std::size_t out = 0;
    for (const auto& [id, found] : types) out += found == type && id[0] == letter ? 1U : 0U;
    return out;
  }
  /// The words that fill a role of the events of a type.
  std::multiset<std::string> fillers(const std::string& type, const std::string& role) const {
    std::multiset<std::string> out;
    for (const auto& [event, given] : arguments)
      if (types.at(event) == type)
        for (auto [at, end] = given.equal_range(role); at != end; ++at) out.insert(at->second[0] == 'T' ? words.at(at->second) : at->second);
    return out;
  }
};

class AnnotationExport : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              ("masudi_annotations_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + std::to_string(::getpid()));
    fs::create_directories(folder_);
    auto opened = Ledger::open((folder_ / "news.db").string(), Ledger::Mode::read_write);
    ASSERT_TRUE(opened) << to_string(opened.error());
    ledger_ = std::make_unique<Ledger>(*std::move(opened));
    load("news.txt", news);
    load("treaty.txt", treaty);
    ASSERT_TRUE(ledger_->readings([&](const Ledger::StoredReading& reading) -> Result<void> {
      readings_.emplace(reading.article.text, reading);
      return {};
    }));
  }
  void TearDown() override { fs::remove_all(folder_); }

  void load(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    LoadOptions options;
    options.now = [] { return std::string("2024-03-06T00:00:00Z"); };
    options.archive.source.metadata.published = parse_iso_day("2024-03-06");
    const auto loaded = load_archive({(folder_ / name).string()}, options, export_engine(), *ledger_);
    ASSERT_TRUE(loaded) << to_string(loaded.error());
  }

  const Ledger::StoredReading& reading(const std::string& text) const { return readings_.at(text); }
  static std::string stem(const Ledger::StoredReading& reading) { return reading.article_id.substr(0, 12); }

  ExportCounts write(const ExportOptions& options) {
    const auto counts = export_ledger(*ledger_, options);
    EXPECT_TRUE(counts) << to_string(counts.error());
    return counts ? *counts : ExportCounts{};
  }
  Annotated brat(const Ledger::StoredReading& of, const std::string& folder = "brat") const {
    const Configuration configuration(read_file(folder_ / folder / "annotation.conf"));
    const std::string text = read_file(folder_ / folder / (stem(of) + ".txt"));
    EXPECT_EQ(text, of.article.text);
    return {read_file(folder_ / folder / (stem(of) + ".ann")), text, configuration};
  }
  void correct(const std::string& record, const std::string& decision, const std::string& changes = "{}") {
    Ledger::Correction correction;
    correction.record = record;
    correction.decision = decision;
    correction.changes = changes;
    correction.author = "Ana";
    correction.at = "2024-03-07T00:00:00Z";
    const auto set = ledger_->set_correction(correction);
    ASSERT_TRUE(set) << to_string(set.error());
  }

  fs::path folder_;
  std::unique_ptr<Ledger> ledger_;
  std::map<std::string, Ledger::StoredReading> readings_;
};

TEST_F(AnnotationExport, BratHasEveryRecordByItsOwnGrammar) {
  const auto counts = write({"brat", (folder_ / "brat").string(), {}});
  EXPECT_EQ(counts.files, 5U);
  std::uint64_t records = 0;
  for (const char* text : {news, treaty}) {
    const auto& stored = reading(text);
    const Annotated found = brat(stored);
    EXPECT_EQ(found.count("Event", 'E'), stored.records.events.size());
    EXPECT_EQ(found.count("Attribution", 'E'), stored.records.statements.size());
    EXPECT_EQ(found.count("Commitment", 'E'), stored.records.commitments.size());
    EXPECT_EQ(found.count("Agreement", 'E'), stored.records.agreements.size());
    EXPECT_EQ(found.count("Time", 'T'), stored.timexes.size());
    EXPECT_EQ(found.count("Place", 'T'), stored.places.size());
    records += stored.records.events.size() + stored.records.statements.size() + stored.records.commitments.size() +
               stored.records.agreements.size() + stored.timexes.size() + stored.places.size();
  }
  EXPECT_EQ(counts.records, records);
  const Annotated story = brat(reading(news));
  EXPECT_TRUE(story.fillers("Event", "Actor").contains("Rebels"));
  EXPECT_TRUE(story.fillers("Attribution", "Content").contains("the wall was old"));
  EXPECT_TRUE(story.fillers("Attribution", "Via").contains("Harbour News"));
  EXPECT_TRUE(story.fillers("Commitment", "Debtor").contains("Norway"));
  EXPECT_FALSE(story.fillers("Commitment", "Deadline").empty());
  EXPECT_FALSE(story.fillers("Event", "ToldBy").empty());
  const Annotated bound = brat(reading(treaty));
  EXPECT_GE(bound.fillers("Agreement", "Party").size(), 2U);
  EXPECT_EQ(bound.fillers("Agreement", "Stipulation").size(), reading(treaty).records.agreements.front().stipulations.size());
}

TEST_F(AnnotationExport, BratHasNoLineEndInsideASpan) {
  // A person may widen a span over anything that some reader takes for the end of a line.
  const std::string odd = "Rebels\tattacked\xE2\x80\xA8the \xC2\x85 army\vconvoy\non Monday near \xF0\x9F\x8C\x8A Gao.\n";
  load("odd.txt", odd);
  std::string id;
  std::size_t size = 0;
  ASSERT_TRUE(ledger_->readings([&](const Ledger::StoredReading& stored) -> Result<void> {
    if (!readings_.contains(stored.article.text) && !stored.records.events.empty()) {
      id = stored.article_id;
      size = stored.article.text.size();
      readings_.emplace("odd", stored);
    }
    return {};
  }));
  ASSERT_FALSE(id.empty());
  correct(id.substr(0, 12) + ":" + reading("odd").records.events.front().id, "change",
          R"({"anchor":{"begin":0,"end":)" + std::to_string(size) + R"(},"type":"ODD TYPE|\nT9","mode":"a b"})");
  ExportOptions options{"brat", (folder_ / "brat").string(), {}};
  options.corrected = true;
  write(options);
  const Annotated found = brat(reading("odd"));
  EXPECT_EQ(found.count("Event", 'E'), reading("odd").records.events.size());
}

TEST_F(AnnotationExport, CorrectedBratIsWhatPeopleSaid) {
  const auto& stored = reading(news);
  ASSERT_FALSE(stored.records.commitments.empty());
  ASSERT_FALSE(stored.places.empty());
  ASSERT_GE(stored.timexes.size(), 2U);
  const std::string article = stem(stored) + ":";
  const auto attack = std::find_if(stored.records.events.begin(), stored.records.events.end(), [](const Event& e) { return e.type == "ASSAULT"; });
  ASSERT_NE(attack, stored.records.events.end());
  correct(article + attack->id, "change", R"({"type":"PROTEST","mode":null})");
  correct(article + stored.records.statements.front().id, "reject");
  correct(article + "p1", "reject");
  correct(article + "t2", "accept");
  ExportOptions options{"brat", (folder_ / "brat").string(), {}};
  options.corrected = true;
  const auto counts = write(options);
  EXPECT_EQ(counts.articles, 1U);
  const Annotated found = brat(stored);
  EXPECT_EQ(found.count("Attribution", 'E'), stored.records.statements.size() - 1);
  EXPECT_EQ(found.count("Place", 'T'), stored.places.size() - 1);
  std::multiset<std::string> types;
  for (const auto& [of, values] : found.attributes)
    for (const auto& [name, value] : values)
      if (name == "Type") types.insert(value);
  EXPECT_TRUE(types.contains("PROTEST"));
  // Only what somebody looked at: the changed event and the accepted date.
  options.unreviewed = false;
  options.path = (folder_ / "reviewed").string();
  write(options);
  const Annotated reviewed = brat(stored, "reviewed");
  EXPECT_EQ(reviewed.count("Event", 'E'), 1U);
  EXPECT_EQ(reviewed.count("Commitment", 'E'), 0U);
  ASSERT_EQ(reviewed.count("Time", 'T'), 1U);
  for (const auto& [id, type] : reviewed.types)
    if (type == "Time") {
      EXPECT_EQ(reviewed.words.at(id), std::string(stored.article.slice(stored.timexes[1].span)));
    }
}

TEST_F(AnnotationExport, LabelStudioHasEveryRecordAndEveryRelationIsThere) {
  write({"labelstudio", (folder_ / "tasks.json").string(), {}});
  const Json tasks = Json::parse(read_file(folder_ / "tasks.json"));
  ASSERT_EQ(tasks.size(), 2U);
  for (const Json& task : tasks) {
    const std::string text = task["data"]["text"].get<std::string>();
    const auto& stored = reading(text);
    const Characters characters(text);
    std::map<std::string, std::string> labels;
    std::map<std::string, std::size_t> relations;
    for (const Json& one : task["annotations"][0]["result"]) {
      if (one["type"] != "labels") continue;
      const Json& value = one["value"];
      EXPECT_EQ(characters.slice(value["start"].get<std::size_t>(), value["end"].get<std::size_t>()), value["text"].get<std::string>());
      EXPECT_TRUE(labels.emplace(one["id"].get<std::string>(), value["labels"][0].get<std::string>()).second) << one.dump();
    }
    for (const Json& one : task["annotations"][0]["result"]) {
      if (one["type"] != "relation") continue;
      EXPECT_TRUE(labels.contains(one["from_id"].get<std::string>())) << one.dump();
      EXPECT_TRUE(labels.contains(one["to_id"].get<std::string>())) << one.dump();
      ++relations[one["labels"][0].get<std::string>()];
    }
    const auto count = [&](const std::string& label) {
      return static_cast<std::size_t>(std::count_if(labels.begin(), labels.end(), [&](const auto& entry) { return entry.second == label; }));
    };
    EXPECT_EQ(count("Event"), stored.records.events.size());
    EXPECT_EQ(count("Statement"), stored.records.statements.size());
    EXPECT_EQ(count("Commitment"), stored.records.commitments.size());
    EXPECT_EQ(count("Agreement"), stored.records.agreements.size());
    EXPECT_EQ(count("Time"), stored.timexes.size());
    EXPECT_EQ(count("Place"), stored.places.size());
    std::size_t told = 0, stipulations = 0;
    for (const Event& event : stored.records.events) told += event.sources.size();
    for (const Commitment& commitment : stored.records.commitments) told += commitment.sources.size();
    for (const Agreement& agreement : stored.records.agreements) stipulations += agreement.stipulations.size();
    EXPECT_EQ(relations["ToldBy"], told);
    EXPECT_EQ(relations["Stipulation"], stipulations);
  }
}

}  // namespace
}  // namespace masudi
