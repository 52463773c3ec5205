// Actors: what the phrases of a cluster say together, and who in the world that is.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "actor_phrase.h"

namespace masudi {

namespace {

// What counts for the country that the story is about: a mention in the title or the first sentences counts more.
constexpr std::uint32_t opening_sentences = 2;
constexpr int opening_weight = 3;
// What a dateline counts: two mentions of the opening.
constexpr int dateline_weight = 6;
// The story is of one country when at least this share of all mentions of countries is of it.
constexpr double home_share = 0.3;
// A surname alone is taken for a person of the tables only in office, or this long after it.
constexpr int surname_grace_days = 400;
// From this similarity on a full name is a person of the tables.
constexpr double same_person = 0.86;

std::string hexadecimal(std::uint64_t value) {
  char out[17];
  std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(value));
  return std::string(out, 12);
}

/// An id of content: the same name, country and sector have the same id everywhere.
std::string content_id(const Actor& actor) {
  std::uint64_t hash = 1469598103934665603ULL;
  const std::string key = fold(actor.name.value_or("")) + "|" + actor.country.value_or("") + "|" + actor.sector.value_or("");
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return "who." + hexadecimal(hash);
}

/// What is gathered of one cluster.
struct Gathered {
  std::vector<std::pair<std::uint32_t, PhraseReading>> readings;  ///< by mention, in text order
  Force force = Force::none;
  bool former = false, stateless = false, home = false, people = false, part = false, names_place = false;
  std::string government_rule;
  const Office* office = nullptr;
};

class Resolver {
 public:
  Resolver(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const ActorTables& tables, Resolution& out)
      : article_(article), trees_(trees), mentions_(mentions), tables_(tables), out_(out) {}

  void run() {
    out_.actors.assign(mentions_.clusters.size(), {});
    gathered_.resize(mentions_.clusters.size());
    read_phrases();
    expand_acronyms();
    find_home();
    for (std::uint32_t c = 0; c < gathered_.size(); ++c) settle(c);
    // What leans on others is filled when those are known; two rounds reach "aides to the head of the party".
    for (int round = 0; round < 2; ++round)
      for (std::uint32_t c = 0; c < gathered_.size(); ++c) lean(c);
    for (std::uint32_t c = 0; c < gathered_.size(); ++c) finish(c);
    for (std::uint32_t c = 0; c < gathered_.size(); ++c)
      if (gathered_[c].part) name_part(c);
  }

 private:
  void read_phrases() {
    std::vector<WordPlaces> places(trees_.size());
    std::size_t p = 0;
    for (std::uint32_t s = 0; s < trees_.size(); ++s) {
      places[s].assign(trees_[s].size(), nullptr);
      for (; p < out_.places.size() && out_.places[p].span.begin < trees_[s].sentence().span.end; ++p) {
        const TextSpan span = out_.places[p].span;
        for (std::uint32_t w = 0; w < trees_[s].size(); ++w)
          if (trees_[s].word(w).span.overlaps(span)) places[s][w] = &out_.places[p];
      }
    }
    for (std::uint32_t m = 0; m < mentions_.mentions.size(); ++m) {
      const Mention& mention = mentions_.mentions[m];
      const std::uint32_t s = mention.sentence;
      if (mention.kind == MentionKind::pronoun || s >= trees_.size() || mention.cluster >= gathered_.size()) continue;
      gathered_[mention.cluster].readings.emplace_back(m, read_phrase(article_, trees_[s], places[s], mention, tables_));
    }
  }

  /// "The Fisheries Safety Agency (FSA)": an acronym that the article itself spells out is what it says, not a body of the tables with the same
  /// letters.
  void expand_acronyms() {
    for (Gathered& cluster : gathered_)
      for (auto& [m, reading] : cluster.readings) {
        if (reading.body == nullptr) continue;
        const Mention& mention = mentions_.mentions[m];
        const std::string& form = trees_[mention.sentence].word(mention.head).form;
        const std::string spelled = spelled_out(form);
        if (spelled.empty()) continue;
        const KnownBody* body = tables_.body(spelled);
        if (body == reading.body || (body == nullptr && share_words(spelled, reading.body->name))) continue;
        PhraseReading said;
        said.name = spelled;
        said.body = body;
        if (body != nullptr) said.sector = body->sector, said.force = Force::known, said.country_code = body->country;
        const Office* office = body == nullptr ? tables_.office(ascii_lower(spelled.substr(spelled.rfind(' ') + 1))) : nullptr;
        if (office != nullptr && office->kind == OfficeKind::body) said.office = office, said.sector = office->sector, said.force = Force::noun;
        said.evidence.push_back({"name", spelled, "actor.spelled-out", trees_[mention.sentence].word(mention.head).span});
        reading = std::move(said);
      }
  }

  /// Do two spellings of a name begin with the same word: "Organisation" and "Organization" end in different ones?
  static bool share_words(const std::string& a, const std::string& b) { return fold(a.substr(0, a.find(' '))) == fold(b.substr(0, b.find(' '))); }

  /// The words before "(ABC)" whose first letters it is; empty where the article does not spell it out.
  std::string spelled_out(const std::string& acronym) const {
    if (acronym.size() < 2 || !std::all_of(acronym.begin(), acronym.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) return {};
    const std::size_t bracket = article_.text.find("(" + acronym + ")");
    if (bracket == std::string::npos) return {};
    std::size_t end = bracket;
    while (end > 0 && article_.text[end - 1] == ' ') --end;
    std::size_t letters = acronym.size(), begin = end;
    while (letters > 0) {
      std::size_t word = begin;
      while (word > 0 && article_.text[word - 1] != ' ' && article_.text[word - 1] != '\n') --word;
      if (word == begin) return {};
      const char first = article_.text[word];
      if (first == acronym[letters - 1])
        --letters;
      else if (first < 'a' || first > 'z')  // "of", "and" have no letter in it
        return {};
      begin = word;
      while (letters > 0 && begin > 0 && article_.text[begin - 1] == ' ') --begin;
    }
    return article_.text.substr(begin, end - begin);
  }

  /// The country that the story is about, where it is about one.
  void find_home() {
    std::map<std::string, int> counts;
    int all = 0;
    const auto count = [&](const std::string& code, std::uint32_t s) {
      const int weight = s < opening_sentences ? opening_weight : 1;
      counts[code] += weight;
      all += weight;
    };
    for (const Gathered& cluster : gathered_)
      for (const auto& [m, reading] : cluster.readings) {
        const std::uint32_t s = mentions_.mentions[m].sentence;
        if (reading.country) count(reading.country->alpha3, s);
        if (reading.body && !reading.body->country.empty() && reading.body->sector != "MED") count(reading.body->country, s);
      }
    // "MEXICO CITY (AP)": where the story was written, more often than not it happened.
    for (const Place& place : out_.places) {
      const auto text = article_.slice(place.span);
      const bool capitals = text.size() > 2 && std::none_of(text.begin(), text.end(), [](char ch) { return ch >= 'a' && ch <= 'z'; });
      if (place.country && capitals && place.kind != "country" && starts_paragraph(place.span.begin))
        counts[*place.country] += dateline_weight, all += dateline_weight;
    }
    for (const auto& [code, n] : counts)
      if (n >= home_share * all && (home_.empty() || n > counts[home_])) home_ = code;
  }

  bool starts_paragraph(std::uint32_t byte) const {
    return std::any_of(trees_.begin(), trees_.end(),
                       [&](const Tree& tree) { return tree.sentence().starts_paragraph && tree.sentence().span.begin == byte; });
  }

  void say(Actor& actor, const std::string& field, const std::string& value, const std::string& rule) {
    actor.evidence.push_back({field, value, rule, {}});
    add_rule(actor, rule);
  }
  static void add_rule(Actor& actor, const std::string& rule) {
    if (rule.empty()) return;
    const std::string& said = actor.rule;
    for (std::size_t at = said.find(rule), end; at != std::string::npos; at = said.find(rule, at + 1)) {
      end = at + rule.size();
      if ((at == 0 || said[at - 1] == ' ') && (end == said.size() || said[end] == ' ')) return;
    }
    actor.rule += (actor.rule.empty() ? "" : " ") + rule;
  }

  /// What the cluster's own words say.
  void settle(std::uint32_t c) {
    Gathered& cluster = gathered_[c];
    Actor& actor = out_.actors[c];
    const PhraseReading* place = nullptr;
    std::vector<std::string> names;
    for (const auto& [m, reading] : cluster.readings) {
      const Mention& mention = mentions_.mentions[m];
      if (actor.type.empty() && mention.kind == MentionKind::name) actor.type = mention.type;
      if (reading.force > cluster.force && !reading.sector.empty()) {
        cluster.force = reading.force;
        actor.sector = reading.sector;
      }
      if (!actor.country && !reading.country_code.empty()) actor.country = reading.country_code;
      if (reading.office && (!cluster.office || cluster.office->sector.empty())) cluster.office = reading.office;
      if (reading.office) cluster.home = cluster.home || reading.office->home;
      if (reading.office && reading.office->kind == OfficeKind::part) cluster.part = true;
      cluster.former = cluster.former || (reading.former && (mention.kind == MentionKind::name || reading.office));
      cluster.people = cluster.people || reading.people;
      if (cluster.government_rule.empty()) cluster.government_rule = reading.government_rule;
      cluster.stateless = cluster.stateless || (reading.stateless && reading.country_code.empty());
      if (reading.body) {
        actor.id = reading.body->id;
        actor.name = reading.body->name;
        if (reading.body->country.empty()) {
          const std::string& sector = reading.body->sector;
          cluster.stateless = sector != "LEG" && sector != "JUD" && sector != "GOV" && sector != "MIL" && sector != "COP" && sector != "PTY";
          cluster.home = !cluster.stateless;
          if (cluster.stateless) actor.country.reset();
        }
      }
      if (!reading.body && reading.country && !reading.people && !place) place = &reading;
      if (!reading.name.empty() && !reading.body) names.push_back(reading.name);
      for (const auto& evidence : reading.evidence) {
        if (actor.evidence.size() < 24) actor.evidence.push_back(evidence);
        add_rule(actor, evidence.rule);
      }
    }
    if (place && actor.id.empty() && actor.type != "PER") settle_place(*place, cluster, actor);
    std::string longest;
    for (const auto& name : names)
      if (name.size() > longest.size()) longest = name;
    if (!actor.name && !longest.empty()) actor.name = longest;
    for (const auto& [m, reading] : cluster.readings)
      if (reading.people && reading.country && !actor.country) {
        actor.country = reading.country->alpha3;
      }
    if (actor.type.empty() && cluster.office)
      actor.type =
          cluster.office->kind == OfficeKind::body || (cluster.office->kind == OfficeKind::role && cluster.office->sector.empty()) ? "ORG" : "PER";
    if (actor.id.empty() && !longest.empty() && actor.type != "ORG" && actor.type != "GPE" && actor.type != "LOC" && actor.type != "FAC")
      find_person(names, cluster, actor);
    // "The former President": one person, though without a name.
    const bool one = cluster.office && cluster.office->kind == OfficeKind::post && mentions_.clusters[c].members.empty() && is_definite(cluster);
    if (cluster.former && actor.type == "PER" && (actor.name || one) && !actor.id.starts_with("people.") && actor.sector && *actor.sector != "CVL" &&
        *actor.sector != "REB")
      actor.sector = "ELI", say(actor, "sector", "ELI", "actor.former");
  }

  /// Does the cluster's first nominal say "the" of one?
  bool is_definite(const Gathered& cluster) const {
    for (const auto& [m, reading] : cluster.readings) {
      const Mention& mention = mentions_.mentions[m];
      const auto& words = trees_[mention.sentence].sentence().words;
      if (mention.kind != MentionKind::nominal || words[mention.head].xpos != "NN") continue;
      if (mention.first < words.size() && words[mention.first].feats.find("Definite=Def") != std::string::npos) return true;
    }
    return false;
  }

  void settle_place(const PhraseReading& place, Gathered& cluster, Actor& actor) {
    const bool country = place.place == nullptr || place.place->kind == "country";
    actor.country = place.country->alpha3;
    if (country || place.seat) {
      actor.id = place.country->id;
      actor.name = place.country->name;
      actor.sector = "GOV";
      cluster.force = Force::known;
      add_rule(actor, place.seat ? "actor.capital-for-government" : place.country->id);
    } else {
      actor.name = place.place->name;
      if (!place.sector.empty()) actor.sector = place.sector, cluster.force = place.force;
      cluster.names_place = true;
      add_rule(actor, "actor.place-acts");
    }
    if (actor.type.empty()) actor.type = "GPE";
  }

  /// The person of the tables whose name it is, by spelling, country and office on the day of publication.
  void find_person(const std::vector<std::string>& names, Gathered& cluster, Actor& actor) {
    std::set<std::string> seen;
    std::map<std::uint32_t, std::pair<double, bool>> hits;  // person -> similarity, by a full name
    for (const auto& name : names) {
      if (!seen.insert(fold(name)).second || seen.size() > 4) continue;
      for (const auto& hit : tables_.find_person(name)) {
        auto& best = hits[hit.value];
        const bool better = hit.whole != best.second ? hit.whole : hit.similarity > best.first;
        if (better) best = {hit.similarity, hit.whole};
      }
    }
    const bool full = std::any_of(names.begin(), names.end(), [](const std::string& n) { return n.find(' ') != std::string::npos; });
    const KnownPerson* best = nullptr;
    std::optional<RoleOnDay> best_role;
    double best_score = 0;
    bool tie = false;
    for (const auto& [index, found] : hits) {
      const KnownPerson& person = tables_.person(index);
      const auto role = ActorTables::role_on(person, article_.published);
      Candidate candidate{person.name + (role ? ", " + (role->country.empty() ? std::string("---") : role->country) + " " + role->sector : ""),
                          found.first, ""};
      bool country_fits = !actor.country;
      for (const auto& r : person.roles) country_fits = country_fits || r.country == actor.country.value_or("") || r.country.empty();
      double score = found.first;
      if (!country_fits) {
        candidate.reason = "the text says " + *actor.country;
        actor.candidates.push_back(candidate);
        continue;
      }
      if (full) {
        if (!found.second || found.first < same_person) {
          candidate.reason = "another spelling or part of the name";
          actor.candidates.push_back(candidate);
          continue;
        }
      } else {
        // A surname alone: of somebody in office, or of the country that the text names beside it.
        const bool recent = role && role->certain && (!role->former || in_office_lately(person));
        const bool near = role && !role->country.empty() && (role->country == home_ || role->country == actor.country.value_or(""));
        const bool head = role && (role->sector == "GOV" || role->sector == "IGO");
        if (found.first < 0.95 || !recent || !head || (!near && person.id.starts_with("congress."))) {
          candidate.reason = "a surname alone, of nobody in office then";
          actor.candidates.push_back(candidate);
          continue;
        }
        if (role->office == "president" || role->office == "premier" || role->office == "chancellor" || role->office == "leader" ||
            role->office == "prime-minister")
          score += 0.05;
        if (near) score += 0.1;
      }
      if (role && !role->former) score += 0.05;
      if (person.id.starts_with("people.")) score += 0.02;
      if (actor.country && role && role->country == *actor.country) score += 0.05;
      if (!best || score > best_score + 1e-9) {
        if (best) actor.candidates.push_back({best->name, best_score, "less fitting than " + person.name});
        tie = false;
        best = &person, best_role = role, best_score = score;
      } else {
        if (!full && score > best_score - 0.04) tie = true;
        candidate.score = score;
        candidate.reason = "less fitting than " + best->name;
        actor.candidates.push_back(candidate);
      }
    }
    if (!best) return;
    if (tie) {
      actor.candidates.push_back({best->name, best_score, "several of that surname in office"});
      return;
    }
    actor.id = best->id;
    actor.name = best->name;
    actor.type = "PER";
    say(actor, "name", best->name, best->id);
    if (!best_role) return;
    if (!actor.country && !best_role->country.empty()) actor.country = best_role->country, say(actor, "country", best_role->country, best->id);
    if (best_role->country.empty() && !best_role->former) actor.country.reset(), cluster.stateless = true;
    // An office held on that day is known for sure; one that is over makes a notable, unless the text gives another office.
    if (best_role->certain && !best_role->former) {
      actor.sector = best_role->sector;
      cluster.former = false;
      say(actor, "sector", best_role->sector, "actor.in-office");
    } else if (best_role->former && (cluster.force < Force::role || cluster.former)) {
      const bool office = best_role->sector != "REB" && best_role->sector != "BUS" && best_role->sector != "CVL" && best_role->sector != "CRM" &&
                          best_role->sector != "REL";
      actor.sector = office ? "ELI" : best_role->sector;
      say(actor, "sector", *actor.sector, "actor.former-office");
    } else if (!actor.sector) {
      actor.sector = best_role->sector;
      say(actor, "sector", best_role->sector, "actor.last-known-office");
    }
    cluster.force = Force::known;
  }

  bool in_office_lately(const KnownPerson& person) const {
    if (!article_.published) return true;
    return std::any_of(person.roles.begin(), person.roles.end(), [&](const PersonRole& r) {
      return r.end && *r.end + std::chrono::days(surname_grace_days) >= *article_.published && (!r.begin || *r.begin <= *article_.published);
    });
  }

  const Actor* linked(const Mention& mention, std::uint32_t word, std::uint32_t self) const {
    const Mention* other = mentions_.at(mention.sentence, word);
    if (other == nullptr || other->cluster == self || other->cluster >= out_.actors.size()) return nullptr;
    return &out_.actors[other->cluster];
  }

  bool target_is_name(const Mention& mention, std::uint32_t word) const {
    const Mention* other = mentions_.at(mention.sentence, word);
    return other != nullptr && other->kind == MentionKind::name;
  }

  /// Fills what the words themselves left open from what they lean on.
  void lean(std::uint32_t c) {
    Gathered& cluster = gathered_[c];
    Actor& actor = out_.actors[c];
    if (mentions_.clusters[c].members.size() == 1) {
      // "We" of somebody who speaks for a government is that government.
      const Actor& speaker = out_.actors[mentions_.clusters[c].members.front()];
      if (actor.sector || !speaker.sector) return;
      const KnownCountry* country = speaker.country ? tables_.country(*speaker.country) : nullptr;
      const bool government = *speaker.sector == "GOV" && country != nullptr;
      actor.id = government ? country->id : speaker.id;
      actor.type = government ? "GPE" : speaker.type;
      actor.name = government ? std::optional(country->name) : speaker.name;
      actor.country = speaker.country;
      actor.sector = speaker.sector;
      add_rule(actor, "actor.we");
      return;
    }
    for (const auto& [m, reading] : cluster.readings)
      for (const auto& link : reading.links) {
        const Mention& mention = mentions_.mentions[m];
        // "Former members of the church" are of it no more.
        if (reading.former && reading.office && reading.office->kind == OfficeKind::role && reading.office->sector.empty()) {
          if (!actor.sector) actor.sector = "CVL", say(actor, "sector", "CVL", "actor.former-member");
          cluster.force = Force::title;
        }
        const Actor* other = linked(mention, link.word, c);
        // "Mesec from the Left party": a name leans on the body that it is of.
        const bool name =
            reading.office == nullptr && actor.type == "PER" && !actor.sector && other != nullptr && other->sector && other->type == "ORG";
        if (other == nullptr || (!reading.office && !name)) continue;
        const OfficeKind kind = reading.office ? reading.office->kind : OfficeKind::role;
        if (kind == OfficeKind::part) {
          if (link.kind != PhraseLink::Kind::prepositional || actor.sector || !other->sector) continue;
          actor.sector = other->sector;
          actor.country = other->country;
          actor.name = other->name;
          actor.id = other->id;
          add_rule(actor, reading.office->id);
          continue;
        }
        const Mention* target = mentions_.at(mention.sentence, link.word);
        // "The president of the SDS party", "the president of the Supreme Court": whoever heads a body is of it, not of the state.
        const bool heads = kind == OfficeKind::post && reading.office && reading.office->sector == "GOV" &&
                           link.kind == PhraseLink::Kind::prepositional && other->type == "ORG" && target_is_name(mention, link.word);
        if (heads && other->sector && *other->sector != "GOV" && *other->sector != "CVL" && cluster.force <= Force::title) {
          actor.sector = other->sector;
          say(actor, "sector", *other->sector, link.rule);
        }
        // "A member of the church": the clergy are REL, the faithful are people.
        if (!reading.adherent.empty() && other->sector == "REL" && cluster.force <= Force::role && !actor.sector) {
          actor.sector = "CVL";
          cluster.force = Force::noun;
          say(actor, "sector", "CVL", reading.adherent);
        }
        // "An attorney for the church", "a church lawyer": a calling of its own sector only where it is for no body.
        const bool calling = reading.office && reading.office->sector == "OTH" && actor.sector == "OTH" && link.kind != PhraseLink::Kind::owner &&
                             other->type == "ORG" && other->sector != "MED";
        const bool of_body =
            other->sector && (calling || kind == OfficeKind::role || (kind == OfficeKind::body && reading.office && reading.office->sector.empty()));
        if (of_body && (calling || cluster.force <= Force::role) && target && other->sector != "CVL" && !gathered_[target->cluster].names_place) {
          actor.sector = other->sector;
          cluster.force = Force::noun;
          say(actor, "sector", *other->sector, link.rule);
        }
        if (!actor.country && !cluster.stateless) {
          if (other->country) {
            actor.country = other->country;
            say(actor, "country", *other->country, link.rule);
          } else if (other->sector && (*other->sector == "IGO" || *other->sector == "REB") && of_body) {
            cluster.stateless = true;
          }
        }
      }
  }

  void finish(std::uint32_t c) {
    Gathered& cluster = gathered_[c];
    Actor& actor = out_.actors[c];
    if (!actor.country && cluster.home && !cluster.stateless && actor.sector && *actor.sector != "IGO" && !home_.empty()) {
      actor.country = home_;
      say(actor, "country", home_, "actor.home-country");
    }
    if (actor.sector && *actor.sector == "IGO") actor.country.reset();
    if (!actor.sector && actor.name && actor.type == "ORG") company(c);
    if (!actor.sector && actor.name && actor.type == "PER") {
      // A person of whom the article says no office is one of the people, of where the story is.
      actor.sector = "CVL";
      say(actor, "sector", "CVL", "actor.no-office");
      if (!actor.country && !cluster.stateless && !home_.empty()) actor.country = home_, say(actor, "country", home_, "actor.home-country");
    }
    if (!actor.name && actor.sector && !cluster.part) name_nominal(c);
    if (actor.id.empty() && (actor.sector || actor.name)) actor.id = content_id(actor);
  }

  /// "Hundreds of rebels" are called as the rebels are.
  void name_part(std::uint32_t c) {
    Actor& actor = out_.actors[c];
    if (actor.name || !actor.sector) return;
    for (const auto& [m, reading] : gathered_[c].readings)
      for (const auto& link : reading.links)
        if (const Actor* other = linked(mentions_.mentions[m], link.word, c); other && other->name && link.kind == PhraseLink::Kind::prepositional) {
          actor.name = other->name;
          return;
        }
  }

  /// "Okapi Holdings Ltd": the last word of a firm's name.
  void company(std::uint32_t c) {
    Actor& actor = out_.actors[c];
    const std::size_t at = actor.name->rfind(' ');
    std::string last = ascii_lower(at == std::string::npos ? *actor.name : actor.name->substr(at + 1));
    if (last.ends_with('.')) last.pop_back();
    if (at == std::string::npos) return;
    if (const auto* row = tables_.word_class(last, "company")) {
      actor.sector = "BUS";
      say(actor, "sector", "BUS", *row);
    }
  }

  /// A party without a name is called by whom it belongs to and its noun: "lawyers of Park Geun-hye", "Home Minister of Malaysia", "Kenyan
  /// police"; a country's forces and government by their own names.
  void name_nominal(std::uint32_t c) {
    const Gathered& cluster = gathered_[c];
    Actor& actor = out_.actors[c];
    if (cluster.readings.empty()) return;
    const PhraseReading& first = cluster.readings.front().second;
    const KnownCountry* country = actor.country ? tables_.country(*actor.country) : nullptr;
    if (country && *actor.sector == "GOV" && !cluster.government_rule.empty()) {
      actor.name = country->name;
      add_rule(actor, cluster.government_rule);
      return;
    }
    if (first.core.empty()) return;
    if (const KnownBody* body =
            country && cluster.office && cluster.office->kind == OfficeKind::body ? national_body(*actor.sector, *country, first.core) : nullptr) {
      actor.name = body->name;
      actor.id = body->id;
      add_rule(actor, body->id);
      return;
    }
    const bool post = cluster.office && cluster.office->kind == OfficeKind::post;
    if (const Actor* owner = owner_of(c); owner && (!owner->id.starts_with("cc.") || post)) {
      actor.name = first.core + " of " + *owner->name;
      add_rule(actor, "actor.named-by-owner");
      return;
    }
    if (country == nullptr || country->adjective.empty()) return;
    actor.name = post && is_singular(cluster) ? first.core + " of " + country->name : country->adjective + " " + first.core;
  }

  const KnownBody* national_body(const std::string& sector, const KnownCountry& country, const std::string& core) const {
    for (const auto word : split_cell(core, ' '))
      if (const KnownBody* body = tables_.body_of_noun(country.alpha3, sector, std::string(word))) return body;
    return nullptr;
  }

  bool is_singular(const Gathered& cluster) const {
    const Mention& mention = mentions_.mentions[cluster.readings.front().first];
    return trees_[mention.sentence].word(mention.head).xpos == "NN";
  }

  /// Whose somebody is by the cluster's own words, where that is somebody with a name: "[his] lawyers", "supporters of [Park]".
  const Actor* owner_of(std::uint32_t c) const {
    for (const auto& [m, reading] : gathered_[c].readings)
      for (const auto& link : reading.links) {
        const Mention& mention = mentions_.mentions[m];
        const bool of = link.kind == PhraseLink::Kind::owner || (link.kind == PhraseLink::Kind::prepositional && is_of(mention.sentence, link.word));
        const Actor* other = of ? linked(mention, link.word, c) : nullptr;
        if (other && other->name && mentions_.at(mention.sentence, link.word)->kind != MentionKind::nominal) return other;
      }
    return nullptr;
  }

  bool is_of(std::uint32_t sentence, std::uint32_t word) const {
    const Tree& tree = trees_[sentence];
    for (const auto c : tree.children(word))
      if (tree.word(c).deprel == "case") return tree.lemma(c) == "of";
    return false;
  }

  const Article& article_;
  const std::vector<Tree>& trees_;
  const Mentions& mentions_;
  const ActorTables& tables_;
  Resolution& out_;
  std::vector<Gathered> gathered_;
  std::string home_;
};

}  // namespace

void resolve_actors(const Article& article, const std::vector<Tree>& trees, const Mentions& mentions, const ActorRules& rules, Resolution& out) {
  const auto* tables = dynamic_cast<const ActorTables*>(&rules);
  if (tables == nullptr) return;
  Resolver(article, trees, mentions, *tables, out).run();
}

}  // namespace masudi
