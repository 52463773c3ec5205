#include "time_grammar.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

namespace masudi::times {

namespace {

// A sentence of ordinary news takes some hundred steps; this only stops sentences made to be slow.
constexpr std::uint32_t most_steps = 200000;
constexpr std::int64_t most = 1000000000000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Quotation marks, dashes and the like are several bytes long; their plain twin stands for them where there is one.
struct Mark {
  std::size_t size = 0;
  std::string_view plain;
};
Mark long_mark(std::string_view text) {
  if (text.size() >= 2 && text[0] == '\xC2' && text[1] == '\xA0') return {2, " "};
  if (text.size() < 3 || text[0] != '\xE2' || text[1] != '\x80') return {};
  switch (static_cast<unsigned char>(text[2])) {
    case 0x90:
    case 0x91:
    case 0x92:
    case 0x93:
      return {3, "-"};
    case 0x98:
    case 0x99:
      return {3, "'"};
    case 0x94:
    case 0x95:
    case 0x9C:
    case 0x9D:
    case 0xA6:
      return {3, text.substr(0, 3)};
    default:
      return {};
  }
}

void cut_atoms(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t word, const Vocabulary& vocabulary, std::vector<Atom>& out) {
  std::size_t at = begin;
  while (at < end) {
    if (is_blank(text[at])) {
      ++at;
      continue;
    }
    Atom atom;
    atom.begin = static_cast<std::uint32_t>(at);
    atom.word = word;
    atom.glued = !out.empty() && out.back().end == at;
    const auto mark = long_mark(text.substr(at, end - at));
    if (mark.size > 0) {
      at += mark.size;
      if (mark.plain == " ") continue;
      atom.form = vocabulary.find(mark.plain);
    } else if (is_digit(text[at])) {
      while (at < end && is_digit(text[at])) {
        if (atom.number < most) atom.number = atom.number * 10 + (text[at] - '0');
        ++at;
      }
      atom.kind = Atom::Kind::digits;
      atom.digits = static_cast<std::uint32_t>(at) - atom.begin;
    } else if (is_letter(text[at])) {
      const auto goes_on = [&](char c) {
        return is_letter(c) && (static_cast<unsigned char>(c) < 0x80 || long_mark(text.substr(at, end - at)).size == 0);
      };
      while (at < end && goes_on(text[at])) ++at;
      atom.kind = Atom::Kind::letters;
      const char first = text[atom.begin];
      atom.capital = first >= 'A' && first <= 'Z';
      atom.form = vocabulary.find(text.substr(atom.begin, at - atom.begin));
    } else {
      ++at;
      atom.form = vocabulary.find(text.substr(atom.begin, 1));
    }
    atom.end = static_cast<std::uint32_t>(at);
    out.push_back(atom);
  }
}

Error bad_row(const LexiconRow& row, std::string message) {
  return Error{ErrorCode::malformed_input,
               "line " + std::to_string(row.line()) + ": " + std::string(row.id()) + ": " + std::move(message),
               std::string(row.table().path()),
               {}};
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size() || value > most || value < -most) return std::nullopt;
  return value;
}

}  // namespace

std::uint32_t Vocabulary::add(std::string_view word) {
  return words_.emplace(ascii_lower(word), static_cast<std::uint32_t>(words_.size() + 1)).first->second;
}

std::uint32_t Vocabulary::find(std::string_view word) const {
  const auto at = words_.find(ascii_lower(word));
  return at == words_.end() ? 0 : at->second;
}

std::vector<Atom> make_atoms(std::string_view text, const Sentence& sentence, const Vocabulary& vocabulary) {
  std::vector<Atom> out;
  out.reserve(sentence.words.size() + 8);
  std::size_t last = 0;
  for (std::uint32_t i = 0; i < sentence.words.size(); ++i) {
    const TextSpan span = sentence.words[i].span;
    if (span.empty() || span.end > text.size() || span.begin < last) continue;
    cut_atoms(text, span.begin, span.end, i, vocabulary, out);
    last = span.end;
  }
  return out;
}

std::vector<Atom> make_atoms(std::string_view text, const Vocabulary& vocabulary) {
  std::vector<Atom> out;
  cut_atoms(text, 0, text.size(), 0, vocabulary, out);
  return out;
}

std::uint32_t Grammar::class_of(std::string_view name) {
  const auto [at, added] = class_names_.try_emplace(std::string(name), static_cast<std::uint32_t>(classes_.size()));
  if (added) {
    classes_.emplace_back();
    classes_.back().name = name;
    classes_.back().number = name == "NUM";
    const bool top = name == "DATE" || name == "TIME" || name == "DURATION" || name == "SET" || name == "NONE";
    top_names_.emplace_back(top ? name : std::string_view{});
  }
  return at->second;
}

Result<Frame> Grammar::parse_frame(const LexiconRow& row, std::string_view value) const {
  Frame frame;
  for (const auto part : split_cell(value, ' ')) {
    const auto equals = part.find('=');
    const auto name = equals == std::string_view::npos ? std::string_view("n") : part.substr(0, equals);
    const auto text = equals == std::string_view::npos ? part : part.substr(equals + 1);
    const auto slot = slot_named(name);
    if (!slot) return bad_row(row, "unknown slot \"" + std::string(name) + "\" in value; docs/timex.md lists them");
    if (const auto number = whole_number(text))
      frame.put(*slot, *number);
    else if (const auto symbol = symbol_number(text))
      frame.put(*slot, *symbol);
    else
      return bad_row(row, "unknown value \"" + std::string(text) + "\"; expected a number or a symbol of docs/timex.md");
  }
  return frame;
}

Result<void> Grammar::add_word(const LexiconRow& row) {
  const auto cls = class_of(row["class"]);
  auto frame = parse_frame(row, row["value"]);
  if (!frame) return frame.error();
  const auto rule = static_cast<std::uint32_t>(rules_.size());
  rules_.emplace_back(row.id());
  const auto forms = split_cell(row["form"]);
  if (forms.empty() || row["class"].empty()) return bad_row(row, "a word needs a class and a form");
  for (const auto form : forms) {
    Entry entry;
    entry.rule = rule;
    entry.frame = *frame;
    if (form.starts_with('#')) {  // #LENGTH:LOW-HIGH
      const auto colon = form.find(':'), dash = form.find('-');
      if (colon == std::string_view::npos || dash == std::string_view::npos || dash < colon)
        return bad_row(row, "a shape is #LENGTH:LOW-HIGH, found \"" + std::string(form) + "\"");
      const auto digits = colon == 1 ? std::optional<std::int64_t>(0) : whole_number(form.substr(1, colon - 1));
      const auto low = whole_number(form.substr(colon + 1, dash - colon - 1)), high = whole_number(form.substr(dash + 1));
      if (!digits || !low || !high) return bad_row(row, "a shape is #LENGTH:LOW-HIGH, found \"" + std::string(form) + "\"");
      entry.shape = true;
      entry.digits = static_cast<std::uint32_t>(*digits);
      entry.low = *low;
      entry.high = *high;
    } else {
      Vocabulary scratch;
      for (const Atom& atom : make_atoms(form, scratch)) {
        if (atom.kind == Atom::Kind::digits) return bad_row(row, "digits in a form; write a shape: #2:1-31");
        entry.forms.push_back(vocabulary_.add(form.substr(atom.begin, atom.end - atom.begin)));
        entry.spaced.push_back(!atom.glued);
      }
      entry.capital = form.front() >= 'A' && form.front() <= 'Z';
    }
    classes_[cls].entries.push_back({entry.shape ? 0 : entry.forms.front(), static_cast<std::uint32_t>(entries_.size())});
    entries_.push_back(std::move(entry));
  }
  return {};
}

Result<void> Grammar::add_pattern(const LexiconRow& row) {
  Pattern pattern;
  if (row["makes"].empty()) return bad_row(row, "makes is empty; expected DATE, TIME, DURATION, SET, NONE or the name of a class");
  pattern.cls = class_of(row["makes"]);
  pattern.rule = static_cast<std::uint32_t>(rules_.size());
  rules_.emplace_back(row.id());
  bool required = false;
  for (auto token : split_cell(row["pattern"], ' ')) {
    Pattern::Element element;
    if (token.size() > 1 && token.ends_with('?')) {
      element.optional = true;
      token.remove_suffix(1);
    }
    if (token.size() > 1 && token.starts_with('~')) {
      element.glued = true;
      token.remove_prefix(1);
    }
    if (token.starts_with('{') && token.ends_with('}')) {
      element.cls = static_cast<std::int32_t>(class_of(token.substr(1, token.size() - 2)));
      if (pattern.captures == most_captures) return bad_row(row, "more than " + std::to_string(most_captures) + " classes; expected at most so many");
      element.capture = static_cast<std::int32_t>(pattern.captures++);
    } else {
      for (const auto form : split_cell(token)) element.forms.push_back(vocabulary_.add(form == "…" ? "..." : form));
    }
    required = required || !element.optional;
    pattern.elements.push_back(std::move(element));
  }
  if (!required) return bad_row(row, "the pattern is empty, or all of it is optional");
  for (auto part : split_cell(row["value"], ' ')) {
    Pattern::Setting setting;
    const auto capture_number = [&](std::string_view text) -> std::int32_t {
      const auto number = text.starts_with('$') ? whole_number(text.substr(1)) : std::nullopt;
      return number && *number >= 1 && *number <= pattern.captures ? static_cast<std::int32_t>(*number - 1) : -1;
    };
    if (part.starts_with('$')) {
      setting.merge = true;
      setting.capture = capture_number(part);
      if (setting.capture < 0) return bad_row(row, "no such capture: " + std::string(part));
    } else {
      const auto equals = part.find('=');
      const auto slot = slot_named(part.substr(0, equals));
      if (equals == std::string_view::npos || !slot) return bad_row(row, "expected SLOT=VALUE or $CAPTURE, found \"" + std::string(part) + "\"");
      setting.slot = *slot;
      auto text = part.substr(equals + 1);
      if (text.starts_with('-') && text.size() > 1 && text[1] == '$') {
        setting.negative = true;
        text.remove_prefix(1);
      }
      if (text.starts_with('$')) {
        const auto dot = text.find('.');
        setting.capture = capture_number(text.substr(0, dot));
        if (dot != std::string_view::npos) setting.second_capture = capture_number(text.substr(dot + 1));
        if (setting.capture < 0 || (dot != std::string_view::npos && setting.second_capture < 0))
          return bad_row(row, "no such capture: " + std::string(text));
      } else if (const auto number = whole_number(text)) {
        setting.constant = *number;
      } else if (const auto symbol = symbol_number(text)) {
        setting.constant = *symbol;
      } else {
        return bad_row(row, "unknown value \"" + std::string(text) + "\"; expected a number, $CAPTURE or a symbol of docs/timex.md");
      }
    }
    pattern.settings.push_back(setting);
  }
  for (auto* side : {&pattern.before, &pattern.after}) {
    for (auto cell : split_cell(row[side == &pattern.before ? "before" : "after"], ' ')) {
      Pattern::Beside beside;
      if (cell.size() > 1 && cell.starts_with('!')) {
        beside.forbidden = true;
        cell.remove_prefix(1);
      }
      for (const auto form : split_cell(cell)) beside.forms.push_back(vocabulary_.add(form));
      side->push_back(std::move(beside));
    }
  }
  for (const auto name : split_cell(row["when"], ' ')) {
    if (name == "sentence_start")
      pattern.conditions.push_back(Condition::sentence_start);
    else if (name == "lower")
      pattern.conditions.push_back(Condition::lower);
    else if (name == "capital")
      pattern.conditions.push_back(Condition::capital);
    else if (name == "present")
      pattern.conditions.push_back(Condition::present);
    else if (name == "not_count")
      pattern.conditions.push_back(Condition::not_count);
    else if (name == "not_name")
      pattern.conditions.push_back(Condition::not_name);
    else
      return bad_row(row, "unknown condition \"" + std::string(name) + "\"; expected sentence_start, lower, capital, present, not_count or not_name");
  }
  const auto index = static_cast<std::uint32_t>(patterns_.size());
  auto& bits = classes_[pattern.cls].patterns;
  if (bits.size() <= index / 64) bits.resize(index / 64 + 1);
  bits[index / 64] |= std::uint64_t{1} << index % 64;
  patterns_.push_back(std::move(pattern));
  return {};
}

void Openings::build(const std::vector<Opening>& openings, std::size_t forms) {
  const std::size_t words = (openings.size() + 63) / 64;
  forms_ = forms;
  alone_.assign(words, 0);
  first_.assign((forms + 1) * words, 0);
  second_ = first_;
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const Opening& opening = openings[i];
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    if (opening.alone) alone_[i / 64] |= bit;
    for (std::size_t form = 0; form <= forms; ++form) {
      const auto number = static_cast<std::uint32_t>(form);
      const std::size_t at = form * words + i / 64;
      if (form == forms ? opening.first_digits : opening.first.has(number)) first_[at] |= bit;
      if (form == forms ? opening.second_digits : opening.second.has(number)) second_[at] |= bit;
    }
  }
}

std::span<const Grammar::Class::Filed> Grammar::Class::of_form(std::uint32_t form) const {
  const auto [first, last] = std::equal_range(entries.begin(), entries.end(), Filed{form, 0}, [](Filed a, Filed b) { return a.form < b.form; });
  return {first, last};
}

/// What the words of classes, and numbers, can begin with.
void Grammar::open_words(std::vector<Opening>& classes) const {
  const auto first_forms = [&](const char* name, Forms& into) {
    const auto at = class_names_.find(name);
    if (at == class_names_.end()) return;
    for (const auto& filed : classes_[at->second].entries)
      if (filed.form != 0) into.add(filed.form);
  };
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    Opening& opening = classes[c];
    for (const auto& filed : classes_[c].entries) {
      const Entry& entry = entries_[filed.entry];
      if (entry.shape)
        opening.first_digits = true;
      else
        opening.first.add(entry.forms.front());
      if (entry.shape || entry.forms.size() == 1)
        opening.alone = true;
      else
        opening.second.add(entry.forms[1]);
    }
    if (!classes_[c].number) continue;
    opening.first_digits = opening.alone = true;
    for (const char* name : {"NUMBER", "SCALE"}) first_forms(name, opening.first);
    for (const char* name : {"NUMBER", "SCALE", "NUMBER_AND"}) first_forms(name, opening.second);
    for (const char* joint : {",", ".", "-"})
      if (const auto form = vocabulary_.find(joint); form != 0) opening.second.add(form);
  }
}

/// A pattern's opening out of those of its elements, and its class's out of its own. True where the class's grew.
bool Grammar::open(const Pattern& pattern, Opening& opening, std::vector<Opening>& classes) {
  const auto first_of = [&](const Pattern::Element& element, Forms& forms, bool& digits) {
    for (const auto form : element.forms) forms.add(form);
    if (element.cls < 0) return;
    const Opening& cls = classes[static_cast<std::size_t>(element.cls)];
    forms.add(cls.first);
    digits = digits || cls.first_digits;
  };
  const auto& elements = pattern.elements;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    first_of(elements[i], opening.first, opening.first_digits);
    bool alone = true;
    if (elements[i].cls >= 0) {
      const Opening& cls = classes[static_cast<std::size_t>(elements[i].cls)];
      opening.second.add(cls.second);
      opening.second_digits = opening.second_digits || cls.second_digits;
      alone = cls.alone;
    }
    std::size_t next = i + 1;
    for (bool more = alone; more && next < elements.size(); ++next) {
      first_of(elements[next], opening.second, opening.second_digits);
      more = elements[next].optional;
    }
    const bool ends = std::all_of(elements.begin() + static_cast<std::ptrdiff_t>(i) + 1, elements.end(), [](const auto& e) { return e.optional; });
    opening.alone = opening.alone || (alone && ends);
    if (!elements[i].optional) break;
  }
  Opening& cls = classes[pattern.cls];
  const Opening before = cls;
  cls.first.add(opening.first);
  cls.second.add(opening.second);
  cls.first_digits = cls.first_digits || opening.first_digits;
  cls.second_digits = cls.second_digits || opening.second_digits;
  cls.alone = cls.alone || opening.alone;
  return cls.first != before.first || cls.second != before.second || cls.first_digits != before.first_digits ||
         cls.second_digits != before.second_digits || cls.alone != before.alone;
}

void Grammar::find_openings() {
  std::vector<Opening> classes(classes_.size()), patterns(patterns_.size());
  open_words(classes);
  // Classes may stand in each other's patterns: repeat until nothing is added. Each round adds at least one, so it ends.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < patterns_.size(); ++i) changed = open(patterns_[i], patterns[i], classes) || changed;
  }
  class_openings_.build(classes, vocabulary_.size());
  pattern_openings_.build(patterns, vocabulary_.size());
  top_.assign(pattern_openings_.width(), 0);
  for (std::size_t c = 0; c < classes_.size(); ++c)
    for (std::size_t w = 0; !top_names_[c].empty() && w < classes_[c].patterns.size(); ++w) top_[w] |= classes_[c].patterns[w];
}

Result<Grammar> Grammar::build(const Lexicon& lexicon) {
  Grammar grammar;
  for (const auto* name : {"timex_words", "timex_patterns"}) {
    const LexiconTable* table = lexicon.table(name);
    if (table == nullptr) continue;  // a lexicon without time tables finds no times
    const bool words = std::string_view(name) == "timex_words";
    for (std::uint32_t i = 0; i < table->size(); ++i)
      if (auto added = words ? grammar.add_word(table->row(i)) : grammar.add_pattern(table->row(i)); !added) return added.error();
  }
  for (const auto& pattern : grammar.patterns_)
    for (const auto& element : pattern.elements)
      if (element.cls >= 0) {
        const auto& cls = grammar.classes_[static_cast<std::size_t>(element.cls)];
        if (cls.entries.empty() && cls.patterns.empty() && !cls.number)
          return Error{ErrorCode::malformed_input,
                       grammar.rules_[pattern.rule] + ": no row makes the class {" + cls.name + "}",
                       "lexicon/timex_patterns.tsv",
                       {}};
      }
  grammar.number_ = grammar.class_of("NUMBER");
  grammar.scale_ = grammar.class_of("SCALE");
  grammar.number_and_ = grammar.class_of("NUMBER_AND");
  grammar.comma_ = grammar.vocabulary_.find(",");
  grammar.point_ = grammar.vocabulary_.find(".");
  grammar.hyphen_ = grammar.vocabulary_.find("-");
  for (auto& cls : grammar.classes_)
    std::stable_sort(cls.entries.begin(), cls.entries.end(), [](Class::Filed a, Class::Filed b) { return a.form < b.form; });
  grammar.find_openings();
  return grammar;
}

Matcher::Matcher(const Grammar& grammar, const std::vector<Atom>& atoms, const ConditionJudge& judge)
    : grammar_(grammar), atoms_(atoms), judge_(judge), known_(atoms.size()) {}

const Entry* Grammar::word(std::uint32_t cls, std::uint32_t form) const {
  if (form == 0) return nullptr;
  for (const auto filed : classes_[cls].of_form(form))
    if (entries_[filed.entry].forms.size() == 1) return &entries_[filed.entry];
  return nullptr;
}

void Matcher::match_number(std::uint32_t at, std::vector<Match>& out) const {
  const auto size = static_cast<std::uint32_t>(atoms_.size());
  const auto word_of = [&](std::uint32_t i, std::uint32_t cls) { return i < size ? grammar_.word(cls, atoms_[i].form) : nullptr; };
  const auto glued_mark = [&](std::uint32_t i, std::uint32_t mark) {
    return i < size && atoms_[i].glued && atoms_[i].kind == Atom::Kind::mark && atoms_[i].form != 0 && atoms_[i].form == mark;
  };
  Match match;
  std::int64_t total = 0, current = 0, milli = 0;
  std::uint32_t i = at;
  const auto take_part = [&](const Entry& entry) { match.parts.push_back(entry.rule); };
  if (atoms_[at].kind == Atom::Kind::digits) {
    current = atoms_[at].number;
    ++i;
    while (glued_mark(i, grammar_.comma_) && i + 1 < size && atoms_[i + 1].glued && atoms_[i + 1].kind == Atom::Kind::digits &&
           atoms_[i + 1].digits == 3 && current < most) {
      current = current * 1000 + atoms_[i + 1].number;
      i += 2;
    }
    if (glued_mark(i, grammar_.point_) && i + 1 < size && atoms_[i + 1].glued && atoms_[i + 1].kind == Atom::Kind::digits &&
        atoms_[i + 1].digits <= 3) {
      milli = atoms_[i + 1].number;
      for (auto digits = atoms_[i + 1].digits; digits < 3; ++digits) milli *= 10;
      i += 2;
    }
    if (const Entry* scale = word_of(i, grammar_.scale_);
        scale != nullptr && scale->frame.get(Slot::n) >= 1000 && current < most / scale->frame.get(Slot::n)) {
      current = current * scale->frame.get(Slot::n) + milli * scale->frame.get(Slot::n) / 1000;
      milli = 0;
      take_part(*scale);
      ++i;
    }
  } else {
    bool any = false;
    std::int64_t room = 100;  // the next small number must be below it: "sixty" leaves room for units
    while (i < size) {
      std::uint32_t next = i;
      const Entry* joined = nullptr;
      if (any && glued_mark(next, grammar_.hyphen_))
        ++next;
      else if (any && room == 100 && current + total > 0 && word_of(next + 1, grammar_.number_) != nullptr &&
               (joined = word_of(next, grammar_.number_and_)) != nullptr)
        ++next;
      if (const Entry* number = word_of(next, grammar_.number_); number != nullptr && number->frame.get(Slot::n) < room) {
        const auto n = number->frame.get(Slot::n);
        current += n;
        room = n >= 20 && n % 10 == 0 ? 10 : 0;
        if (joined != nullptr) take_part(*joined);
        take_part(*number);
      } else if (const Entry* scale = word_of(next, grammar_.scale_); scale != nullptr) {
        const auto n = scale->frame.get(Slot::n);
        if (n >= 1000) {
          if (current > most / n) break;
          total += std::max<std::int64_t>(current, 1) * n;
          current = 0;
        } else {
          if (current > most / n) break;
          current = std::max<std::int64_t>(current, 1) * n;
        }
        room = 100;
        take_part(*scale);
      } else {
        break;
      }
      any = true;
      i = next + 1;
    }
    if (!any) return;
  }
  match.end = i;
  match.frame.put(Slot::n, std::min(total + current, most));
  if (milli > 0) match.frame.put(Slot::milli, milli);
  out.push_back(std::move(match));
}

template <class Visitor>
void Matcher::each_beginning(const std::vector<std::uint64_t>& set, std::uint32_t at, Visitor&& visit) const {
  for (std::size_t word = 0; word < set.size(); ++word)
    for (std::uint64_t bits = set[word] == 0 ? 0 : set[word] & grammar_.pattern_openings_.at(atoms_, at, word); bits != 0; bits &= bits - 1)
      visit(grammar_.patterns_[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))]);
}

const std::vector<Match>& Matcher::match_class(std::uint32_t cls, std::uint32_t at) {
  static const std::vector<Match> nothing;
  const auto& rows = grammar_.classes_[cls];
  if ((grammar_.class_openings_.at(atoms_, at, cls / 64) >> cls % 64 & 1U) == 0) return nothing;
  auto& known = known_[at];
  if (known.empty()) known.assign(grammar_.classes_.size(), -1);
  if (known[cls] >= 0) return matches_[static_cast<std::size_t>(known[cls])];
  if (known[cls] == -2) return nothing;  // a class that begins with itself
  known[cls] = -2;
  std::vector<Match> found;
  if (rows.number) match_number(at, found);
  const Atom& first = atoms_[at];
  for (const auto filed : rows.of_form(first.form)) {
    const Entry& entry = grammar_.entries_[filed.entry];
    if (entry.shape) {
      if (first.kind != Atom::Kind::digits || (entry.digits != 0 && first.digits != entry.digits) || first.number < entry.low ||
          first.number > entry.high)
        continue;
    } else {
      if (at + entry.forms.size() > atoms_.size() || (entry.capital && !first.capital)) continue;
      bool same = true;
      for (std::size_t k = 1; same && k < entry.forms.size(); ++k) {
        const Atom& atom = atoms_[at + k];
        same = atom.form == entry.forms[k] && atom.kind != Atom::Kind::digits && atom.glued != entry.spaced[k];
      }
      if (!same) continue;
    }
    Match match;
    match.rule = entry.rule;
    match.frame = entry.frame;
    match.parts.push_back(entry.rule);
    match.end = at + static_cast<std::uint32_t>(entry.shape ? 1 : entry.forms.size());
    if (entry.shape) match.frame.put(Slot::n, first.number);
    found.push_back(std::move(match));
  }
  each_beginning(rows.patterns, at, [&](const Pattern& pattern) { match_pattern(pattern, at, found); });
  // One reading for each end: the row that comes first.
  std::vector<Match> kept;
  for (auto& match : found)
    if (std::none_of(kept.begin(), kept.end(), [&](const Match& other) { return other.end == match.end; })) kept.push_back(std::move(match));
  matches_.push_back(std::move(kept));
  known[cls] = static_cast<std::int32_t>(matches_.size() - 1);
  return matches_.back();
}

bool Matcher::sides_hold(const Pattern& pattern, std::uint32_t first, std::uint32_t last) const {
  const auto side = [&](const std::vector<Pattern::Beside>& demands, bool exists, std::uint32_t at) {
    for (const auto& demand : demands) {
      const bool there = exists && atoms_[at].kind != Atom::Kind::digits &&
                         std::find(demand.forms.begin(), demand.forms.end(), atoms_[at].form) != demand.forms.end();
      if (there == demand.forbidden) return false;
    }
    return true;
  };
  return side(pattern.before, first > 0, first - (first > 0 ? 1 : 0)) && side(pattern.after, last < atoms_.size(), last);
}

void Matcher::match_pattern(const Pattern& pattern, std::uint32_t at, std::vector<Match>& out) {
  // Depth-first over the elements; `taken` holds what each capture matched on this path.
  std::array<const Match*, most_captures> taken{};
  const auto finish = [&](std::uint32_t end) {
    if (end <= at || !sides_hold(pattern, at, end)) return;
    for (const Condition condition : pattern.conditions)
      if (!judge_.holds(condition, at, end)) return;
    Match match;
    match.end = end;
    match.rule = pattern.rule;
    for (const auto& setting : pattern.settings) {
      if (setting.capture < 0) {
        match.frame.put(setting.slot, setting.constant);
        continue;
      }
      const Match* capture = taken[static_cast<std::size_t>(setting.capture)];
      if (capture == nullptr) continue;
      if (setting.merge) {
        match.frame.merge(capture->frame);
        continue;
      }
      if (setting.slot == Slot::hour2) {  // hour2=$2: the whole clock of the second class
        const Frame& clock = capture->frame;
        match.frame.put(Slot::hour2, clock.get(clock.has(Slot::hour) ? Slot::hour : Slot::n));
        if (clock.has(Slot::minute)) match.frame.put(Slot::minute2, clock.get(Slot::minute));
        if (clock.has(Slot::meridiem)) match.frame.put(Slot::meridiem2, clock.get(Slot::meridiem));
        if (clock.has(Slot::part)) match.frame.put(Slot::part, clock.get(Slot::part));
        continue;
      }
      // month2=$3 is what the third class says of the month, unit2=$4 what the fourth says of the unit
      Slot said = setting.slot == Slot::month2 ? Slot::month : setting.slot == Slot::unit2 ? Slot::unit : Slot::n;
      if (!capture->frame.has(said)) said = Slot::n;
      std::int64_t n = capture->frame.get(said, said == Slot::n ? 1 : 0);
      if (setting.second_capture >= 0) {
        const Match* second = taken[static_cast<std::size_t>(setting.second_capture)];
        n = n * 100 + (second != nullptr ? second->frame.get(Slot::n) : 0);
      }
      match.frame.put(setting.slot, setting.negative ? -n : n);
      if (setting.slot == Slot::amount && capture->frame.has(Slot::milli)) match.frame.put(Slot::amount_milli, capture->frame.get(Slot::milli));
    }
    match.parts.push_back(pattern.rule);
    for (const Match* capture : taken)
      if (capture != nullptr) match.parts.insert(match.parts.end(), capture->parts.begin(), capture->parts.end());
    out.push_back(std::move(match));
  };
  const auto walk = [&](auto&& self, std::size_t element_index, std::uint32_t position) -> void {
    if (++steps_ > most_steps) return;
    if (element_index == pattern.elements.size()) {
      finish(position);
      return;
    }
    const auto& element = pattern.elements[element_index];
    if (position < atoms_.size() && (!element.glued || atoms_[position].glued)) {
      if (element.cls >= 0) {
        const std::vector<Match>& ways = match_class(static_cast<std::uint32_t>(element.cls), position);
        for (const Match& way : ways) {
          taken[static_cast<std::size_t>(element.capture)] = &way;
          self(self, element_index + 1, way.end);
        }
        taken[static_cast<std::size_t>(element.capture)] = nullptr;
      } else if (atoms_[position].kind != Atom::Kind::digits && atoms_[position].form != 0 &&
                 std::find(element.forms.begin(), element.forms.end(), atoms_[position].form) != element.forms.end()) {
        self(self, element_index + 1, position + 1);
      }
    }
    if (element.optional) self(self, element_index + 1, position);
  };
  walk(walk, 0, at);
}

std::vector<Found> Matcher::find_all() {
  std::vector<Found> out;
  const auto size = static_cast<std::uint32_t>(atoms_.size());
  // A number is not cut in two: 2,016 and 18.5 and F16 hold no year.
  const auto cuts_number = [&](std::uint32_t first, std::uint32_t last) {
    const Atom& begin = atoms_[first];
    if (begin.kind == Atom::Kind::digits && begin.glued && first > 0) {
      const Atom& before = atoms_[first - 1];
      if (before.kind != Atom::Kind::mark) return true;
      if (before.glued && first > 1 && atoms_[first - 2].kind == Atom::Kind::digits) return true;
    }
    if (last < size && atoms_[last].glued && atoms_[last - 1].kind == Atom::Kind::digits) {
      const Atom& next = atoms_[last];
      if (next.kind != Atom::Kind::mark) return true;
      if (last + 1 < size && atoms_[last + 1].glued && atoms_[last + 1].kind == Atom::Kind::digits) return true;
    }
    if (last < size && atoms_[last].glued && atoms_[last - 1].kind == Atom::Kind::letters && atoms_[last].kind != Atom::Kind::mark) return true;
    return false;
  };
  for (std::uint32_t at = 0; at < size;) {
    const Atom& atom = atoms_[at];
    const bool digits = atom.kind == Atom::Kind::digits;
    const bool inside_word = atom.kind == Atom::Kind::letters && atom.glued && at > 0 && atoms_[at - 1].kind != Atom::Kind::mark;
    if ((!digits && atom.form == 0) || inside_word) {
      ++at;
      continue;
    }
    std::optional<Found> best;
    each_beginning(grammar_.top_, at, [&](const Pattern& pattern) {
      std::vector<Match> found;
      match_pattern(pattern, at, found);
      for (auto& match : found) {
        if (cuts_number(at, match.end) || (best && match.end <= best->last)) continue;
        const auto end = match.end;
        best = Found{grammar_.top_names_[pattern.cls], at, end, std::move(match)};
      }
    });
    if (!best) {
      ++at;
      continue;
    }
    at = best->last;
    out.push_back(std::move(*best));
  }
  return out;
}

}  // namespace masudi::times
