// The tables that events are read with, in memory: rows of events.tsv with their frames and constraints parsed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract_impl.h"
#include "masudi/string_map.h"
#include "modality.h"
#include "quotation.h"
#include "referee.h"

namespace masudi {

/// One condition of a row: a slot and what may (or may not) stand in it.
struct EventConstraint {
  std::string slot;  ///< subj, obj, iobj, mod, verb, case, clause, about, under, modal, cmodal, advmod, advcl, future, source, or a preposition
  bool negated = false;
  bool anything = false;   ///< '*'
  bool party = false;      ///< '@party'
  bool political = false;  ///< '@political': a party of politics or arms, by its sector
  bool location = false;   ///< '@location': a named place
  std::vector<std::string> lemmas, types;
  std::vector<std::uint32_t> classes;  ///< indices into EventKnowledge::classes
};

/// Slots that fill a role: every element is a list of alternatives, of which the first that names a party is taken.
using EventRole = std::vector<std::vector<std::string>>;

struct EventRow {
  std::string id, lemma, particle, pos;
  EventRole actor, recipient;
  std::vector<EventConstraint> needs;
  std::string type, mode, cameo;
  std::vector<std::string> contexts, aux;
  double confidence = 0;
  bool asks_about = false;  ///< a need of it asks for other events
  int referee = -1;         ///< the number of its word for the referee; -1: that one has not learned of it

  /// The word as the referee's table has it: "hand_over/verb".
  std::string word() const { return lemma + (particle.empty() ? "" : "_" + particle) + "/" + pos; }
};

struct EventKnowledge final : EventRules {
  struct Class {
    std::string id, name;
    StringSet lemmas;
    bool sectors = false;  ///< its words are sectors of parties: a class whose name ends in "_sector"
  };
  struct Context {
    std::string id, context;
    std::vector<std::vector<std::string>> words;  ///< each a run of lemmas
    std::string reach;                            ///< "article": an article that speaks of it often is about it
    std::string asks;                             ///< what a row's own context needs: international, armed or nothing
  };
  struct Shift {
    std::string id, type, mode, aux, when, to_type, to_mode, cameo;
    std::vector<std::string> drops, adds;
  };
  struct Score {
    std::string id;
    std::optional<double> score;
  };
  struct PlaceRow {
    std::string id, mode;
    StringSet prepositions;
  };

  /// A subject of articles that borrows the words of politics.
  struct Domain {
    std::string id, domain;
    StringSet lemmas, keep;                               ///< words of the subject; sectors that make an event political
    std::size_t different = 0;                            ///< words of the subject that an article must have at least
    StringSet pairs;                                      ///< types that need two such parties
    std::set<std::pair<std::string, std::string>> types;  ///< type and mode (empty: any) that stay whoever acts
  };

  /// Why a word is no event though a row fits.
  struct Block {
    std::string id, reason;
  };
  const Block* block(std::string_view slot, std::string_view word) const { return blocks.find(slot, word); }

  std::vector<EventRow> rows;
  StringMap<std::vector<std::uint32_t>> by_lemma;  ///< rows in the order of the table
  std::vector<Class> classes;
  StringMap<std::vector<std::uint32_t>> classes_of;             ///< of a lemma: the classes of words (not of sectors) that it is in
  std::optional<std::uint32_t> political;                       ///< the class of sectors that '@political' asks for
  std::optional<std::uint32_t> document;                        ///< the class of agreements, known by their compounds too
  std::vector<std::uint32_t> instruments;                       ///< classes of things that act for their owner
  std::map<std::pair<std::string, std::string>, Score> scores;  // by type and mode
  std::vector<Context> contexts;
  StringMap<std::vector<std::pair<std::uint32_t, std::uint32_t>>> context_runs;  ///< first word of a run -> (context, run)
  std::vector<Domain> domains;
  StringMaps<Block> blocks;  ///< by slot
  std::vector<Shift> shifts;
  std::vector<PlaceRow> places;
  ModalityRules modality;
  std::vector<QuotationMark> marks;
  Referee referee;
};

/// A frame cell such as "subj+with>obj/of" in two roles; nothing where it has no '>'.
std::optional<std::pair<EventRole, EventRole>> parse_event_frame(std::string_view cell);

}  // namespace masudi
