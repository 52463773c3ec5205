// Made by scripts/generate from schema/records.json. Edit that file, not this one.
// The records that masudi writes, as plain values. Meaning of each field: docs/record.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "masudi/core.h"

namespace masudi {

inline constexpr std::string_view schema_version = "2";

/// What made a record or filled a field.
struct Provenance {
  std::string rule;                  ///< id of the lexicon row, or name of the rule in code, that fired
  std::optional<std::string> model;  ///< the model that decided, where one did
  bool operator==(const Provenance&) const = default;
};

/// A party as it is named in this sentence, and who that is.
struct Entity {
  TextSpan text;                       ///< the words in this sentence, a pronoun included
  std::optional<std::string> name;     ///< who it is, resolved
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3; absent for international and stateless bodies
  std::optional<std::string>
      sector;  ///< GOV, LEG, JUD, MIL, COP, SPY, PTY, OPP, REB, UAF, CRM, CVL, MED, BUS, LAB, EDU, REL, NGO, IGO, REF, ELI or OTH
  bool operator==(const Entity&) const = default;
};

/// What is told of a source that is not named.
struct Unnamed {
  std::optional<std::string> role;  ///< what they are, in the text's words without article, number and affiliation: senior official
  std::optional<std::string>
      number;  ///< how many, where more than one: the text's word (3, two, several); plural where it only says that they are several
  std::optional<std::string> organisation;  ///< whose they are, in the text's words: the State Department, White House
  std::optional<std::string> nationality;   ///< ISO 3166-1 alpha-3 of the adjective or country beside them
  std::optional<TextSpan> reason;           ///< the words that say why, or on what condition, they are not named
  bool operator==(const Unnamed&) const = default;
};

/// Where an event happens.
struct EventPlace {
  TextSpan text;                       ///< the words that say where
  std::string name;                    ///< standard English name
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3
  bool operator==(const EventPlace&) const = default;
};

/// Who did what to whom, when and where: one record for each distinct political event in a sentence.
struct Event {
  std::string id;                     ///< e1, e2, ... in order of the text
  TextSpan anchor;                    ///< the word that expresses the event
  std::string type;                   ///< PLOVER type
  std::optional<std::string> mode;    ///< PLOVER mode of the type
  std::vector<std::string> contexts;  ///< PLOVER contexts
  std::vector<Entity> actor;          ///< who acts
  std::vector<Entity> recipient;      ///< who is acted on
  std::optional<DateRange> date;      ///< days on which it happens
  std::optional<std::string>
      date_precision;  ///< how finely the text dates it: day, week, month, quarter, season, year, decade, century or span (from one day to another)
  std::optional<std::string> date_basis;  ///< named: a time in its clause; told: the time of another telling or of the story around it; default: the
                                          ///< day of the news, for want of a time
  std::optional<EventPlace> place;        ///< where it happens
  std::vector<std::string> aux;           ///< historical, future, hypothetical, negated
  std::vector<std::string> sources;       ///< statements in whose content it stands, outermost first: who vouches for it
  std::optional<std::string> same_as;     ///< an earlier telling of this event in the article
  std::optional<std::string> cameo;       ///< CAMEO code
  std::optional<double> score;            ///< PLOVER conflict-cooperation score, -10 to 10
  double confidence = 0;                  ///< 0 to 1
  Provenance provenance;                  ///< the rule that made it
  bool operator==(const Event&) const = default;
};

/// Who says so: a source, a cue, a content.
struct Statement {
  std::string id;                     ///< s1, s2, ... in order of the text
  Entity source;                      ///< who says it; name absent when anonymous
  std::string anonymity;              ///< named, anonymous, organisation or document
  std::optional<Unnamed> unnamed;     ///< what is told of an anonymous source
  std::optional<Entity> speaks_for;   ///< the principal, where the source speaks for one: a spokesman's ministry
  std::optional<TextSpan> cue;        ///< the words that attribute
  std::vector<TextSpan> content;      ///< what is said, in one piece or several
  std::string kind;                   ///< direct, mixed or indirect
  std::string stance;                 ///< of the cue toward what is said: neutral, factive, doubting, denying, promising, threatening or ordering
  std::string certainty;              ///< how sure the source is said to be: certain, stated, probable or possible
  std::optional<TextSpan> via;        ///< the outlet through which it came
  std::optional<std::string> parent;  ///< the statement inside which it stands
  std::string chain;                  ///< who says so, from the article to this source, on one line
  double confidence = 0;              ///< 0 to 1
  Provenance provenance;              ///< the rule that made it
  bool operator==(const Statement&) const = default;
};

/// C(debtor, creditor, antecedent, consequent): who undertook what, by when, and what is left out.
struct Commitment {
  std::string id;                            ///< c1, c2, ... in order of the text
  TextSpan anchor;                           ///< the word that commits
  std::vector<Entity> debtor;                ///< who owes it
  std::vector<Entity> creditor;              ///< who is owed it
  TextSpan consequent;                       ///< what is to be brought about
  std::optional<TextSpan> antecedent;        ///< the condition
  std::optional<DateRange> deadline;         ///< from the publication date to the last day that still keeps it
  std::optional<TextSpan> deadline_words;    ///< the time expression that the deadline was read from
  std::optional<std::string> deadline_rule;  ///< how: the rule, and the row of the word before the time
  std::vector<TextSpan> excludes;            ///< what it does not cover
  std::string polarity;                      ///< + to do, - to refrain
  std::string force;                         ///< vow, plan, offer, obligation or threat
  std::vector<TextSpan> quantity;            ///< amounts that it names: 2,500 troops
  std::optional<std::string> not_testable;   ///< why nobody could tell whether it was kept; absent where somebody could
  std::string status;                        ///< conditional, active, satisfied, violated, cancelled or expired, as of this article
  std::vector<std::string> sources;          ///< statements that report it, outermost first
  std::optional<std::string> same_as;        ///< an earlier commitment of the article that this restates
  std::optional<std::string> agreement;      ///< the agreement whose stipulation it is
  std::optional<std::string> clause;         ///< where it stands in the agreement: Article 3, 2(c)
  double confidence = 0;                     ///< 0 to 1
  Provenance provenance;                     ///< the rule that made it
  bool operator==(const Commitment&) const = default;
};

/// A text that binds its parties, clause by clause; each stipulation is a commitment that names it.
struct Agreement {
  std::string id;                         ///< g1
  TextSpan title;                         ///< the words that name it
  std::vector<Entity> parties;            ///< who is bound
  std::optional<DateRange> dated;         ///< the day of the text, from which its time limits count
  std::optional<DateRange> in_force;      ///< the day on which it enters into force, where it names one
  std::optional<DateRange> lapses;        ///< the day on which it ceases to be in force
  std::vector<std::string> stipulations;  ///< its commitments, in text order
  double confidence = 0;                  ///< 0 to 1
  Provenance provenance;                  ///< the rule that made it
  bool operator==(const Agreement&) const = default;
};

/// A person, body, group or place that the article speaks of: its mentions, and who that is in the world.
struct Party {
  std::string id;                    ///< a1, a2, ... in order of the first mention
  std::optional<std::string> actor;  ///< who that is: a row of lexicon/ or gazetteer/ (act.hamas, people.joe-biden, cc.USA), else an id made of name,
                                     ///< country and sector; the same in every article
  std::optional<std::string> type;   ///< PER, ORG, GPE, LOC, FAC or NORP
  std::optional<std::string> name;   ///< standard name, else the fullest in the article
  std::optional<std::string> country;  ///< ISO 3166-1 alpha-3; absent for international and stateless bodies
  std::optional<std::string> sector;   ///< as of an Entity, on the day of publication
  std::vector<TextSpan>
      mentions;           ///< where it is spoken of: names, nouns, pronouns; of "Kenyan army chief Otto Haber" the whole, the role and the name
  Provenance provenance;  ///< the rows and rules that decided
  bool operator==(const Party&) const = default;
};

/// A TIMEX3 expression.
struct Timex {
  TextSpan span;                   ///< the words
  std::string type;                ///< DATE, TIME, DURATION or SET
  std::string value;               ///< TIMEX3 value
  std::optional<std::string> mod;  ///< START, MID, END, MORE_THAN, LESS_THAN or APPROX
  double confidence = 0;           ///< 0 to 1
  Provenance provenance;           ///< the rule that made it
  bool operator==(const Timex&) const = default;
};

/// A toponym used as a place or as a political entity.
struct Place {
  TextSpan span;                         ///< the words
  std::string name;                      ///< standard English name
  std::optional<std::string> country;    ///< ISO 3166-1 alpha-3
  std::string kind;                      ///< country, admin, city, region, facility, water or border
  std::optional<double> lat;             ///< degrees north; absent for countries and vague regions
  std::optional<double> lon;             ///< degrees east
  std::optional<std::int64_t> geonames;  ///< GeoNames id, where the gazetteer has one
  std::string precision;  ///< of lat and lon: exact (a town, a building), area (the middle of a division or region), near (those of the place it was
                          ///< named with), none
  std::string role;       ///< what the name stands for here: place (the territory) or actor (its government, people or team)
  double confidence = 0;  ///< 0 to 1
  Provenance provenance;  ///< the rule that made it
  bool operator==(const Place&) const = default;
};

// visit_fields calls visit(name, field) for every field of a record, in the order of the schema. JSON and SQL are written through it.

template <class Visitor>
void visit_fields(const Provenance& record, Visitor&& visit) {
  visit("rule", record.rule);
  visit("model", record.model);
}
template <class Visitor>
void visit_fields(Provenance& record, Visitor&& visit) {
  visit("rule", record.rule);
  visit("model", record.model);
}

template <class Visitor>
void visit_fields(const Entity& record, Visitor&& visit) {
  visit("text", record.text);
  visit("name", record.name);
  visit("country", record.country);
  visit("sector", record.sector);
}
template <class Visitor>
void visit_fields(Entity& record, Visitor&& visit) {
  visit("text", record.text);
  visit("name", record.name);
  visit("country", record.country);
  visit("sector", record.sector);
}

template <class Visitor>
void visit_fields(const Unnamed& record, Visitor&& visit) {
  visit("role", record.role);
  visit("number", record.number);
  visit("organisation", record.organisation);
  visit("nationality", record.nationality);
  visit("reason", record.reason);
}
template <class Visitor>
void visit_fields(Unnamed& record, Visitor&& visit) {
  visit("role", record.role);
  visit("number", record.number);
  visit("organisation", record.organisation);
  visit("nationality", record.nationality);
  visit("reason", record.reason);
}

template <class Visitor>
void visit_fields(const EventPlace& record, Visitor&& visit) {
  visit("text", record.text);
  visit("name", record.name);
  visit("country", record.country);
}
template <class Visitor>
void visit_fields(EventPlace& record, Visitor&& visit) {
  visit("text", record.text);
  visit("name", record.name);
  visit("country", record.country);
}

template <class Visitor>
void visit_fields(const Event& record, Visitor&& visit) {
  visit("id", record.id);
  visit("anchor", record.anchor);
  visit("type", record.type);
  visit("mode", record.mode);
  visit("contexts", record.contexts);
  visit("actor", record.actor);
  visit("recipient", record.recipient);
  visit("date", record.date);
  visit("date_precision", record.date_precision);
  visit("date_basis", record.date_basis);
  visit("place", record.place);
  visit("aux", record.aux);
  visit("sources", record.sources);
  visit("same_as", record.same_as);
  visit("cameo", record.cameo);
  visit("score", record.score);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Event& record, Visitor&& visit) {
  visit("id", record.id);
  visit("anchor", record.anchor);
  visit("type", record.type);
  visit("mode", record.mode);
  visit("contexts", record.contexts);
  visit("actor", record.actor);
  visit("recipient", record.recipient);
  visit("date", record.date);
  visit("date_precision", record.date_precision);
  visit("date_basis", record.date_basis);
  visit("place", record.place);
  visit("aux", record.aux);
  visit("sources", record.sources);
  visit("same_as", record.same_as);
  visit("cameo", record.cameo);
  visit("score", record.score);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Statement& record, Visitor&& visit) {
  visit("id", record.id);
  visit("source", record.source);
  visit("anonymity", record.anonymity);
  visit("unnamed", record.unnamed);
  visit("speaks_for", record.speaks_for);
  visit("cue", record.cue);
  visit("content", record.content);
  visit("kind", record.kind);
  visit("stance", record.stance);
  visit("certainty", record.certainty);
  visit("via", record.via);
  visit("parent", record.parent);
  visit("chain", record.chain);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Statement& record, Visitor&& visit) {
  visit("id", record.id);
  visit("source", record.source);
  visit("anonymity", record.anonymity);
  visit("unnamed", record.unnamed);
  visit("speaks_for", record.speaks_for);
  visit("cue", record.cue);
  visit("content", record.content);
  visit("kind", record.kind);
  visit("stance", record.stance);
  visit("certainty", record.certainty);
  visit("via", record.via);
  visit("parent", record.parent);
  visit("chain", record.chain);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Commitment& record, Visitor&& visit) {
  visit("id", record.id);
  visit("anchor", record.anchor);
  visit("debtor", record.debtor);
  visit("creditor", record.creditor);
  visit("consequent", record.consequent);
  visit("antecedent", record.antecedent);
  visit("deadline", record.deadline);
  visit("deadline_words", record.deadline_words);
  visit("deadline_rule", record.deadline_rule);
  visit("excludes", record.excludes);
  visit("polarity", record.polarity);
  visit("force", record.force);
  visit("quantity", record.quantity);
  visit("not_testable", record.not_testable);
  visit("status", record.status);
  visit("sources", record.sources);
  visit("same_as", record.same_as);
  visit("agreement", record.agreement);
  visit("clause", record.clause);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Commitment& record, Visitor&& visit) {
  visit("id", record.id);
  visit("anchor", record.anchor);
  visit("debtor", record.debtor);
  visit("creditor", record.creditor);
  visit("consequent", record.consequent);
  visit("antecedent", record.antecedent);
  visit("deadline", record.deadline);
  visit("deadline_words", record.deadline_words);
  visit("deadline_rule", record.deadline_rule);
  visit("excludes", record.excludes);
  visit("polarity", record.polarity);
  visit("force", record.force);
  visit("quantity", record.quantity);
  visit("not_testable", record.not_testable);
  visit("status", record.status);
  visit("sources", record.sources);
  visit("same_as", record.same_as);
  visit("agreement", record.agreement);
  visit("clause", record.clause);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Agreement& record, Visitor&& visit) {
  visit("id", record.id);
  visit("title", record.title);
  visit("parties", record.parties);
  visit("dated", record.dated);
  visit("in_force", record.in_force);
  visit("lapses", record.lapses);
  visit("stipulations", record.stipulations);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Agreement& record, Visitor&& visit) {
  visit("id", record.id);
  visit("title", record.title);
  visit("parties", record.parties);
  visit("dated", record.dated);
  visit("in_force", record.in_force);
  visit("lapses", record.lapses);
  visit("stipulations", record.stipulations);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Party& record, Visitor&& visit) {
  visit("id", record.id);
  visit("actor", record.actor);
  visit("type", record.type);
  visit("name", record.name);
  visit("country", record.country);
  visit("sector", record.sector);
  visit("mentions", record.mentions);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Party& record, Visitor&& visit) {
  visit("id", record.id);
  visit("actor", record.actor);
  visit("type", record.type);
  visit("name", record.name);
  visit("country", record.country);
  visit("sector", record.sector);
  visit("mentions", record.mentions);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Timex& record, Visitor&& visit) {
  visit("span", record.span);
  visit("type", record.type);
  visit("value", record.value);
  visit("mod", record.mod);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Timex& record, Visitor&& visit) {
  visit("span", record.span);
  visit("type", record.type);
  visit("value", record.value);
  visit("mod", record.mod);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

template <class Visitor>
void visit_fields(const Place& record, Visitor&& visit) {
  visit("span", record.span);
  visit("name", record.name);
  visit("country", record.country);
  visit("kind", record.kind);
  visit("lat", record.lat);
  visit("lon", record.lon);
  visit("geonames", record.geonames);
  visit("precision", record.precision);
  visit("role", record.role);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}
template <class Visitor>
void visit_fields(Place& record, Visitor&& visit) {
  visit("span", record.span);
  visit("name", record.name);
  visit("country", record.country);
  visit("kind", record.kind);
  visit("lat", record.lat);
  visit("lon", record.lon);
  visit("geonames", record.geonames);
  visit("precision", record.precision);
  visit("role", record.role);
  visit("confidence", record.confidence);
  visit("provenance", record.provenance);
}

}  // namespace masudi
