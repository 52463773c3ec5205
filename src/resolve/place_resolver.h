// The toponyms of one article: found, weighed, chosen (places.cc), and what the gazetteer's names alone do not give (place_extensions.cc).
#pragma once

#include <map>

#include "place_pieces.h"
#include "place_rules.h"

namespace masudi::place_detail {

struct Match {
  std::uint32_t sentence = 0, first = 0, last = 0;  // pieces [first, last)
  TextSpan span;
  std::string key;
  std::vector<SiteRef> hits;
  std::vector<int> scores;      // by hit
  std::vector<int> containing;  // by hit: how well the places named around it hold it
  int support = 0;              // evidence that it is a place at all, whichever
  bool certain = false;         // nothing can talk it out: an abbreviation or a short name in its place
  bool barred = false;
  bool inside = false;         // of a span given by the caller, the name is only a part
  std::string rule;            // what found it, where not the row
  const Head* head = nullptr;  // the noun beside the name that says what it is: "Borno [state]"
  std::optional<std::size_t> best;
};

struct Entity {
  std::uint32_t first = 0, last = 0;  // words
  std::string_view type;
};

struct Line {
  std::vector<Piece> pieces;
  std::vector<Entity> entities;
  std::vector<std::uint32_t> entity_of;  // by word: 1 + index; 0: none
  std::vector<bool> taken;               // by piece
  bool shouted = false;                  // all in capitals
};

struct Found {
  Place place;
  std::vector<Candidate> beaten;
};

class Resolver {
 public:
  Resolver(const Article& article, const std::vector<Tree>& trees, const Rules& rules, Resolution& out)
      : article_(article), text_(article.text), trees_(trees), rules_(rules), out_(out) {}

  /// Fills Resolution::places and place_candidates.
  void run();

 private:
  // places.cc: what the gazetteer knows
  Line line_of(const Tree& tree);
  const Entity* entity(const Line& line, std::uint32_t piece) const;
  std::string_view form(const Piece& piece) const { return slice(text_, piece.span); }
  void find_names(std::uint32_t s);
  void find_abbreviation(std::uint32_t s, std::uint32_t comma);
  void count_countries();
  int mentions(std::string_view country) const;
  const Match* match_at(std::uint32_t sentence, std::uint32_t piece) const;
  const Match* container(const Match& match) const;
  int holds(const Site& inner, const Match& outer) const;
  const Head* head_of(const std::vector<Piece>& pieces, std::uint32_t first, std::uint32_t last) const;
  void weigh(Match& match);
  int support(Match& match, bool contained, std::string_view head_kind);
  void agree();
  void choose(Match& match);
  Found found_of(const Match& match) const;
  void give_roles();

  // place_extensions.cc: what it does not
  void find_short_names();
  void extend();
  void widen_to_division(const Match& match, Found& found) const;
  std::string_view demonym_at(const Piece& piece) const;
  void find_borders();
  std::string_view other_side(std::uint32_t, std::string_view near) const;
  void find_unknown();
  void unknown_run(std::uint32_t s, std::uint32_t first, std::uint32_t last, const Entity* entity);
  void emit_unknown(TextSpan span, std::string_view kind, std::string_view rule, const Match* inside, std::uint32_t s, int percent);

  // place_given.cc: spans that the caller says are toponyms
  void take_given();
  bool look_up(std::string_view name, TextSpan span, std::uint32_t s, std::uint32_t first, std::uint32_t last, bool part);
  void keep_given();

  const Article& article_;
  std::string_view text_;
  const std::vector<Tree>& trees_;
  const Rules& rules_;
  Resolution& out_;
  std::vector<Line> lines_;
  std::vector<Match> matches_;
  std::vector<Found> found_;
  std::map<std::string_view, int> mentioned_;
  std::string_view story_;
  int story_count_ = 0;
  bool recognised_ = false;
  std::unordered_map<std::string, bool> surnames_, seen_;
};

}  // namespace masudi::place_detail
