#include "filters.h"

#include <algorithm>
#include <charconv>

namespace masudi::serve {

namespace {

/// Which filters a kind of record has, by letter: e, s, c, a.
struct Known {
  const char *name, *kinds;
};
constexpr Known known[] = {
    {"from", "esca"},  {"to", "esca"},     {"party", "esca"}, {"actor", "esc"},  {"recipient", "ec"}, {"country", "esca"}, {"sector", "esca"},
    {"type", "e"},     {"quad", "e"},      {"mode", "e"},     {"context", "e"},  {"aux", "e"},        {"place", "e"},      {"place_country", "e"},
    {"source", "esc"}, {"outlet", "esca"}, {"via", "s"},      {"dated", "esca"}, {"placed", "e"},     {"text", "esca"},    {"anonymity", "s"},
    {"stance", "s"},   {"certainty", "s"}, {"kind_of", "s"},  {"status", "c"},   {"verdict", "c"},    {"state", "c"},      {"force", "c"},
    {"polarity", "c"}, {"due_from", "c"},  {"due_to", "c"},   {"overdue", "c"},  {"review", "esc"},   {"article", "esca"}, {"min_confidence", "esc"}};
constexpr char letters[] = {'e', 's', 'c', 'a'};

bool has(Kind kind, const Known& filter) {
  return std::string_view(filter.kinds).find(letters[static_cast<std::size_t>(kind)]) != std::string_view::npos;
}

bool is_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Which strings a name filter means: "=Name" exactly, else those that hold its letters.
std::vector<bool> matching(const std::vector<std::string>& values, const Words& words, const std::vector<std::string>& folded) {
  std::vector<bool> out(words.size());
  for (const std::string& value : values) {
    if (value.starts_with('=')) {
      if (const auto number = words.find(std::string_view(value).substr(1))) out[*number] = true;
      continue;
    }
    const std::string wanted = fold(value);
    for (std::size_t i = 1; i < folded.size(); ++i)
      if (folded[i].find(wanted) != std::string::npos) out[i] = true;
  }
  return out;
}

/// Which parties a filter means: a country, a country and a sector, or a name.
struct PartyMatch {
  std::vector<bool> names;
  std::vector<std::pair<std::uint16_t, std::uint16_t>> codes;  ///< sector 0: any

  PartyMatch(const std::vector<std::string>& values, const Columns& columns) {
    std::vector<std::string> plain;
    for (const std::string& value : values) {
      const auto blank = value.find(' ');
      const std::string first = value.substr(0, blank), second = blank == std::string::npos ? "" : value.substr(blank + 1);
      if (!is_code(first) || !(second.empty() || is_code(second))) {
        plain.push_back(value);
        continue;
      }
      const auto country = columns.words.find(first), sector = columns.words.find(second);
      if (country && sector) codes.emplace_back(static_cast<std::uint16_t>(*country), static_cast<std::uint16_t>(*sector));
    }
    names = matching(plain, columns.names, columns.folded_names);
  }
  bool operator()(const RowParty& party) const {
    if (names[party.name]) return true;
    return std::any_of(codes.begin(), codes.end(),
                       [&](const auto& code) { return party.country == code.first && (code.second == 0 || party.sector == code.second); });
  }
};

Error not_a_day(const std::string& name, const std::string& value) {
  return {ErrorCode::usage, name + "=" + value + " is not a day; expected YYYY-MM-DD", "", {}};
}

class Maker {
 public:
  Maker(const Request& request, Kind kind, const Columns& columns) : request_(request), columns_(columns) { out_.kind = kind; }

  Result<Filters> make(const std::string& today, const FindSentences& find) {
    for (const Known& filter : known)
      if (request_.parameters.contains(filter.name) && !request_.parameter(filter.name).empty() && !has(out_.kind, filter))
        return Error{ErrorCode::usage, std::string("the filter ") + filter.name + " does not apply to " + std::string(to_string(out_.kind)), "", {}};
    const std::string given = request_.parameter("today");
    out_.today = day_number(given.empty() ? today : given);
    if (out_.today == no_day) return not_a_day("today", given);
    if (auto good = days(); !good) return good.error();
    if (auto good = yes_or_no("dated", [](const Row& row) { return row.begin != no_day; }); !good) return good.error();
    if (auto good = yes_or_no("placed", [](const Row& row) { return row.point != 0; }); !good) return good.error();
    parties();
    words();
    names();
    if (auto good = rest(find); !good) return good.error();
    return std::move(out_);
  }

 private:
  template <class Holds>
  void add(std::string facet, Holds holds) {
    out_.conditions.push_back({std::move(facet), std::move(holds)});
  }

  Result<void> days() {
    for (const char* name : {"from", "to", "due_from", "due_to"}) {
      const std::string value = request_.parameter(name);
      if (value.empty()) continue;
      const auto day = day_number(value);
      if (day == no_day) return not_a_day(name, value);
      const std::string_view which = name;
      if (which == "from") add(name, [day](const Row& row) { return row.end != no_day && row.end >= day; });
      if (which == "to") add(name, [day](const Row& row) { return row.begin != no_day && row.begin <= day; });
      if (which == "due_from") add(name, [day](const Row& row) { return row.due != no_day && row.due >= day; });
      if (which == "due_to") add(name, [day](const Row& row) { return row.due != no_day && row.due <= day; });
    }
    return {};
  }

  /// "yes" keeps the rows that have it, "no" those that have it not.
  template <class Has>
  Result<void> yes_or_no(const char* name, Has has_it) {
    const auto values = request_.all(name);
    for (const std::string& value : values)
      if (value != "yes" && value != "no") return Error{ErrorCode::usage, std::string(name) + "=" + value + "; expected yes or no", "", {}};
    const auto given = [&](const char* value) { return std::find(values.begin(), values.end(), value) != values.end(); };
    if (given("yes") != given("no")) add(name, [has_it, wanted = given("yes")](const Row& row) { return has_it(row) == wanted; });
    return {};
  }

  void parties() {
    const auto any = [&](const char* name, auto match, auto role) {
      add(name, [match = std::move(match), role, &columns = columns_](const Row& row) {
        for (auto i = row.party; i < row.party_end; ++i)
          if (role(columns.parties[i].role) && match(columns.parties[i])) return true;
        return false;
      });
    };
    const auto every = [](Role) { return true; };
    if (const auto values = request_.all("party"); !values.empty()) any("party", PartyMatch(values, columns_), every);
    if (const auto values = request_.all("actor"); !values.empty())
      any("actor", PartyMatch(values, columns_), [](Role role) { return role == Role::actor || role == Role::source || role == Role::debtor; });
    if (const auto values = request_.all("recipient"); !values.empty())
      any("recipient", PartyMatch(values, columns_), [](Role role) { return role == Role::recipient || role == Role::creditor; });
    if (const auto numbers = numbers_of("country"); !numbers.empty())
      any(
          "country", [numbers](const RowParty& party) { return std::find(numbers.begin(), numbers.end(), party.country) != numbers.end(); }, every);
    if (const auto numbers = numbers_of("sector"); !numbers.empty())
      any(
          "sector", [numbers](const RowParty& party) { return std::find(numbers.begin(), numbers.end(), party.sector) != numbers.end(); }, every);
    if (const auto values = request_.all("source"); !values.empty()) {
      if (out_.kind == Kind::statements) {
        any("source", PartyMatch(values, columns_), every);
      } else {
        add("source", [match = PartyMatch(values, columns_), &columns = columns_](const Row& row) {
          for (auto i = row.source; i < row.source_end; ++i)
            if (match(columns.sources[i])) return true;
          return false;
        });
      }
    }
  }

  /// Numbers of the values of a filter; a word that the ledger does not have is a number that no row has.
  std::vector<std::uint16_t> numbers_of(const char* name) const {
    std::vector<std::uint16_t> out;
    for (const std::string& value : request_.all(name)) out.push_back(static_cast<std::uint16_t>(columns_.words.find(value).value_or(65535)));
    return out;
  }

  void words() {
    constexpr std::pair<const char*, Attribute> attributes[] = {{"type", Attribute::type},           {"mode", Attribute::mode},
                                                                {"quad", Attribute::quad},           {"place_country", Attribute::place_country},
                                                                {"anonymity", Attribute::anonymity}, {"stance", Attribute::stance},
                                                                {"certainty", Attribute::certainty}, {"kind_of", Attribute::kind_of},
                                                                {"status", Attribute::status},       {"verdict", Attribute::verdict},
                                                                {"force", Attribute::force},         {"polarity", Attribute::polarity},
                                                                {"review", Attribute::review}};
    for (const auto& [name, attribute] : attributes) {
      const auto numbers = numbers_of(name);
      if (numbers.empty()) continue;
      add(name, [numbers, slot = slot_of(out_.kind, attribute)](const Row& row) {
        return std::find(numbers.begin(), numbers.end(), row.value[slot]) != numbers.end();
      });
    }
    // What a person rejected is shown to whoever asks for it.
    if (out_.kind != Kind::articles && request_.all("review").empty())
      add("review", [rejected = columns_.words.find("reject").value_or(0), slot = slot_of(out_.kind, Attribute::review)](const Row& row) {
        return row.value[slot] != rejected;
      });
    if (const auto states = request_.all("state"); !states.empty())
      add("state", [states, &columns = columns_, today = out_.today](const Row& row) {
        return std::find(states.begin(), states.end(), state_of(columns, row, today)) != states.end();
      });
    const auto mask = [&](const char* name, const std::vector<std::string>& bits) {
      std::uint64_t out = 0;
      for (const std::string& value : request_.all(name))
        for (std::size_t i = 0; i < bits.size(); ++i)
          if (bits[i] == value) out |= std::uint64_t{1} << i;
      return out;
    };
    if (!request_.all("context").empty())
      add("context", [wanted = mask("context", columns_.contexts)](const Row& row) { return (row.contexts & wanted) != 0; });
    if (const auto values = request_.all("aux"); !values.empty())
      add("aux", [wanted = mask("aux", columns_.aux), plain = std::find(values.begin(), values.end(), "none") != values.end()](const Row& row) {
        return (row.aux & wanted) != 0 || (plain && row.aux == 0);
      });
  }

  void names() {
    if (const auto values = request_.all("place"); !values.empty())
      add("place", [match = matching(values, columns_.places, columns_.folded_places), &columns = columns_](const Row& row) {
        return row.point != 0 && match[columns.points[row.point].name];
      });
    if (const auto values = request_.all("outlet"); !values.empty())
      add("outlet", [match = matching(values, columns_.outlets, columns_.folded_outlets), &columns = columns_](const Row& row) {
        return match[columns.articles[row.article].outlet];
      });
    if (const auto values = request_.all("via"); !values.empty())
      add("via", [match = matching(values, columns_.vias, columns_.folded_vias)](const Row& row) { return match[row.via]; });
    if (const std::string value = request_.parameter("article"); !value.empty())
      add("article", [wanted = value.substr(0, 12), &columns = columns_](const Row& row) {
        return std::string_view(static_cast<const char*>(columns.articles[row.article].id)).starts_with(wanted);
      });
  }

  Result<void> rest(const FindSentences& find) {
    if (const std::string value = request_.parameter("min_confidence"); !value.empty()) {
      double least = 0;
      const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), least);
      if (failed != std::errc() || end != value.data() + value.size())
        return Error{ErrorCode::usage, "min_confidence=" + value + " is not a number from 0 to 1", "", {}};
      add("min_confidence", [least = static_cast<float>(least)](const Row& row) { return row.confidence >= least; });
    }
    if (const std::string value = request_.parameter("overdue"); !value.empty() && value != "0")
      add("overdue", [&columns = columns_, today = out_.today](const Row& row) { return is_overdue(columns, row, today); });
    if (const std::string value = request_.parameter("text"); !value.empty()) {
      const auto sentences = find(value);
      if (!sentences) return sentences.error();
      out_.kept.push_back(*sentences);
      add("text", [found = sentences->get()](const Row& row) {
        for (std::uint32_t i = 0; i < row.sentences; ++i)
          if (row.sentence + i < found->size() && (*found)[row.sentence + i]) return true;
        return false;
      });
    }
    return {};
  }

  const Request& request_;
  const Columns& columns_;
  Filters out_;
};

}  // namespace

const std::vector<std::string>& filter_names(Kind kind) {
  static const std::vector<std::vector<std::string>> all = [] {
    std::vector<std::vector<std::string>> out(kind_count);
    for (std::size_t i = 0; i < kind_count; ++i)
      for (const Known& filter : known)
        if (has(static_cast<Kind>(i), filter)) out[i].emplace_back(filter.name);
    return out;
  }();
  return all[static_cast<std::size_t>(kind)];
}

bool is_overdue(const Columns& columns, const Row& row, std::int32_t today) {
  return row.due != no_day && row.due < today && columns.words[row.value[slot_of(Kind::commitments, Attribute::verdict)]] == "open";
}

std::string_view state_of(const Columns& columns, const Row& row, std::int32_t today) {
  const std::string& verdict = columns.words[row.value[slot_of(Kind::commitments, Attribute::verdict)]];
  if (verdict != "open") return verdict;
  const std::string& status = columns.words[row.value[slot_of(Kind::commitments, Attribute::status)]];
  if (status != "active" && status != "conditional") return status;
  if (is_overdue(columns, row, today)) return "overdue";
  if (status == "conditional") return "conditional";
  return row.due != no_day ? "due" : "undated";
}

Result<Filters> make_filters(const Request& request, Kind kind, const Columns& columns, const std::string& today, const FindSentences& find) {
  return Maker(request, kind, columns).make(today, find);
}

void scan(const Columns& columns, const Filters& filters, const std::function<void(const Row&)>& row,
          const std::function<void(const Row&, const std::string&)>& but) {
  for (const Row& candidate : columns.of(filters.kind)) {
    const std::string* failed = nullptr;
    bool out = false;
    for (const Condition& condition : filters.conditions) {
      if (condition.holds(candidate)) continue;
      // Two conditions of one facet ("from" and "to") are counted as two: a facet is left open one filter at a time.
      if (failed != nullptr || !but) {
        out = true;
        break;
      }
      failed = &condition.facet;
    }
    if (out) continue;
    if (failed != nullptr)
      but(candidate, *failed);
    else
      row(candidate);
  }
}

}  // namespace masudi::serve
