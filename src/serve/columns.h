// What filters and counts look at, in memory: one row a record, its words as numbers. A list or a count is one pass over the rows; a page of records
// is then read from the ledger by key.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "masudi/lexicon.h"
#include "sqlite.h"

namespace masudi::serve {

/// Strings by number, in order of appearance. 0 is the empty string: absent.
class Words {
 public:
  Words() { add(""); }
  std::uint32_t add(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  const std::string& operator[](std::uint32_t number) const { return *texts_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> texts_;
};

enum class Kind : std::uint8_t { events, statements, commitments, articles };
inline constexpr std::size_t kind_count = 4;
std::string_view to_string(Kind kind);
std::optional<Kind> parse_kind(std::string_view text);

enum class Role : std::uint8_t { actor, recipient, source, debtor, creditor, party };

/// A party of a record: its name (or its words, where it has none), as numbers of Columns::names and ::words.
struct RowParty {
  std::uint32_t name = 0;
  std::uint16_t country = 0, sector = 0;
  Role role = Role::actor;
  bool named = false;
};

inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();

/// What a value slot of a row holds. Each kind of record has its own.
enum class Attribute : std::uint8_t {
  type,  // events
  mode,
  quad,
  place_country,
  anonymity,  // statements
  stance,
  certainty,
  kind_of,
  status,  // commitments
  verdict,
  force,
  polarity,
  review,  // all: none, accept, reject, change
};
/// The slot of an attribute, or -1 where the kind has none.
int slot_of(Kind kind, Attribute attribute);

struct Row {
  std::uint32_t article = 0;   ///< index into Columns::articles
  std::uint32_t number = 0;    ///< of its id: 12 for e12; 0 for an article
  std::uint32_t sentence = 0;  ///< sentence_id; an article's first
  std::uint32_t sentences = 1;
  std::int32_t begin = no_day, end = no_day;  ///< days; of publication where there are no others
  std::int32_t due = no_day;                  ///< last day of a deadline
  std::uint32_t party = 0, party_end = 0;     ///< range of Columns::parties
  std::uint32_t source = 0, source_end = 0;   ///< range of Columns::sources: who vouches for it
  std::uint32_t point = 0;                    ///< of Columns::points; 0 for none
  std::uint32_t same_as = 0;                  ///< number of the record that it tells again
  float confidence = 0, score = 0;
  std::uint32_t via = 0;        ///< of Columns::vias: the outlet through which a statement came
  std::uint64_t contexts = 0;   ///< bits of Columns::contexts
  std::uint16_t value[6] = {};  ///< numbers of Columns::words
  std::uint8_t aux = 0;         ///< bits of Columns::aux
};

struct ArticleKey {
  std::int64_t reading = 0;
  char id[13] = {};  ///< the first 12 characters of its id
  std::uint32_t outlet = 0;
  std::int32_t published = no_day;
};

/// Where something happens: a name with its point, if it has one.
struct PlacePoint {
  std::uint32_t name = 0;
  std::uint16_t country = 0, kind = 0, precision = 0;
  bool has_point = false;
  double lat = 0, lon = 0;
};

struct Columns {
  Words words, names, outlets, places, vias;
  std::vector<std::string> folded_names, folded_outlets, folded_places, folded_vias;
  std::vector<std::string> contexts, aux;  ///< by bit
  std::vector<ArticleKey> articles;        ///< by reading id
  std::vector<RowParty> parties, sources;
  std::vector<PlacePoint> points;
  std::vector<Row> rows[kind_count];  ///< by article, then as the ledger sorts them
  std::uint32_t last_sentence = 0;
  std::uint64_t superseded = 0, last_reading = 0, rejects = 0;
  std::unordered_map<std::string, std::string> quads;  ///< PLOVER type -> quad

  const std::vector<Row>& of(Kind kind) const { return rows[static_cast<std::size_t>(kind)]; }
  std::vector<Row>& of(Kind kind) { return rows[static_cast<std::size_t>(kind)]; }
  std::string id(Kind kind, const Row& row) const;
  /// The row of a record, or null.
  const Row* find(Kind kind, std::int64_t reading, std::uint32_t number) const;
  Row* find(Kind kind, std::int64_t reading, std::uint32_t number) { return const_cast<Row*>(std::as_const(*this).find(kind, reading, number)); }
  /// The index of a reading's article.
  std::optional<std::uint32_t> article_of(std::int64_t reading) const;
  /// The rows of an article: they stand together.
  std::span<const Row> of_article(Kind kind, std::uint32_t article) const;
  std::span<Row> of_article(Kind kind, std::uint32_t article) {
    const auto own = std::as_const(*this).of_article(kind, article);
    return {const_cast<Row*>(own.data()), own.size()};
  }
  /// The number of a word; 0 where there are too many of them, which only people's corrections could bring about.
  std::uint16_t word(std::string_view text);
  /// Bits of words in `contexts` or `aux`; words for which there is no bit left are left out.
  static std::uint64_t bits(std::vector<std::string>& words, const std::vector<std::string>& wanted, std::size_t most);
  static constexpr std::size_t most_contexts = 64, most_aux = 8;
  /// Words that were added since get their folded form.
  void fold_new();
};

/// The letter with which ids of a kind's records begin.
char letter_of(Kind kind);
std::optional<Role> parse_role(std::string_view text);
/// 12 of "e12"; 0 where it is none.
std::uint32_t number_of(std::string_view record);

/// How far a long loading has come, and whether it is to stop.
struct LoadWatch {
  std::atomic<bool> stop{false};
  std::atomic<unsigned> percent{0};
};

/// Reads the ledger. One pass over each table in the order of its key. io "stopped" where the watch says stop.
Result<std::unique_ptr<Columns>> load_columns(sqlite3* db, const std::string& path, const Lexicon& lexicon, LoadWatch& watch);

std::int32_t day_number(std::string_view iso);  ///< no_day where it is none
std::string day_text(std::int32_t day);         ///< "" for no_day

}  // namespace masudi::serve
