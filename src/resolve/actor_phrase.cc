#include "actor_phrase.h"

#include <algorithm>

namespace masudi {

namespace {

// How far from the head a name or an office of several words may begin and end.
constexpr std::uint32_t window = 7;

bool is_capital(const std::string& form) {
  return !form.empty() && ((form[0] >= 'A' && form[0] <= 'Z') || static_cast<unsigned char>(form[0]) >= 0x80);
}
bool is_hyphen(std::string_view form) { return form == "-" || form == "\u2013" || form == "\u2011"; }
bool is_possessive(std::string_view form) { return form == "'s" || form == "\u2019s"; }

class Reader {
 public:
  Reader(const Article& article, const Tree& tree, const WordPlaces& places, const ActorTables& tables)
      : article_(article), tree_(tree), places_(places), tables_(tables) {}

  PhraseReading read(const Mention& mention) {
    head_ = mention.head;
    name_first_ = mention.name_last > mention.name_first ? mention.name_first : head_;
    name_last_ = std::max(mention.name_last, head_ + 1);
    type_ = mention.type;
    const Word& head = tree_.word(head_);
    set_extent();
    if (mention.kind == MentionKind::nationality) {
      out_.country = tables_.country_of_adjective(head.form);
      if (out_.country) set_sector("GOV", Force::known, out_.country->id, head_, head_ + 1);
      return std::move(out_);
    }
    const bool name = mention.kind == MentionKind::name || head.upos == "PROPN" || head.ner.size() > 2 || (is_capital(head.form) && head_ > 0);
    if (name && find_body()) {
      read_modifiers(false);
      return std::move(out_);
    }
    if (find_place()) return std::move(out_);
    find_office();
    if (!out_.office && find_people()) {
      read_modifiers(false);
      return std::move(out_);
    }
    read_modifiers(true);
    if (mention.kind == MentionKind::name) set_name(mention);
    read_right();
    if (mention.kind == MentionKind::name && type_ != "PER") read_country_of_name();
    read_appositions();
    if (out_.office == nullptr && mention.kind == MentionKind::name) read_example();
    set_core(mention);
    return std::move(out_);
  }

 private:
  // --- the words of the phrase ----------------------------------------------------------------------------------------------------------

  /// Where a part of a name ends: its own words, not a clause or an apposition that hangs on it ("Ken [Otieno], who says").
  std::uint32_t end_of_part(std::uint32_t part) const {
    std::uint32_t end = part + 1;
    for (const auto c : tree_.children(part))
      if (c > part && !tree_.has_relation(c, "acl") && !tree_.has_relation(c, "appos") && !tree_.has_relation(c, "punct") &&
          !tree_.has_relation(c, "conj") && !tree_.has_relation(c, "parataxis"))
        end = std::max(end, tree_.extent(c).last);
    return end;
  }

  void set_extent() {
    left_ = head_;
    right_ = head_ + 1;
    owner_.assign(tree_.size(), false);
    used_.assign(tree_.size(), false);
    for (const auto c : tree_.children(head_)) {
      const auto extent = tree_.extent(c);
      const bool before = c < head_ && (tree_.has_relation(c, "det") || tree_.has_relation(c, "amod") || tree_.has_relation(c, "compound") ||
                                        tree_.has_relation(c, "nmod") || tree_.has_relation(c, "nummod") || tree_.has_relation(c, "flat") ||
                                        tree_.has_relation(c, "appos"));
      if (before) left_ = std::min(left_, extent.first);
      if (c > head_ && (tree_.has_relation(c, "flat") || tree_.has_relation(c, "compound") || tree_.has_relation(c, "nummod")))
        right_ = std::max(right_, end_of_part(c));
      if (tree_.has_relation(c, "nmod:poss"))
        for (auto i = extent.first; i < extent.last; ++i) owner_[i] = true;
    }
    // A possessor that the parser hung elsewhere: "Saudi Arabia's de facto ruler".
    for (std::uint32_t i = left_; i < head_; ++i)
      if (is_possessive(tree_.word(i).form))
        for (std::uint32_t k = left_; k <= i; ++k) owner_[k] = true;
  }

  bool capital(std::uint32_t i) const { return is_capital(tree_.word(i).form); }
  std::string text(std::uint32_t first, std::uint32_t last) const {
    std::string out(article_.slice({tree_.word(first).span.begin, tree_.word(last - 1).span.end}));
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
  }
  TextSpan bytes(std::uint32_t first, std::uint32_t last) const { return {tree_.word(first).span.begin, tree_.word(last - 1).span.end}; }

  void set_sector(const std::string& sector, Force force, const std::string& rule, std::uint32_t first, std::uint32_t last) {
    const bool stronger = force > out_.force || (out_.sector == "OTH" && force == out_.force && force != Force::none);
    if (sector.empty() || !stronger) return;
    out_.sector = sector;
    out_.force = force;
    out_.evidence.push_back({"sector", sector, rule, bytes(first, last)});
  }
  void set_country(const std::string& code, const std::string& rule, std::uint32_t first, std::uint32_t last) {
    if (code.empty() || !out_.country_code.empty()) return;
    out_.country_code = code;
    out_.evidence.push_back({"country", code, rule, bytes(first, last)});
  }

  // --- names that the tables know -------------------------------------------------------------------------------------------------------

  /// The longest known name of [first, last) that holds `inside`.
  const KnownBody* body_around(std::uint32_t inside, std::uint32_t low, std::uint32_t high, std::uint32_t& first, std::uint32_t& last,
                               bool& building) const {
    // Only words that names are made of can be part of one.
    if (!tables_.in_name(tree_.folded(inside))) return nullptr;
    std::uint32_t from = inside, to = inside + 1;
    while (from > low && inside - from < window && tables_.in_name(tree_.folded(from - 1))) --from;
    while (to < high && to - inside <= window && tables_.in_name(tree_.folded(to))) ++to;
    for (std::uint32_t size = to - from; size > 0; --size)
      for (std::uint32_t a = from; a + size <= to; ++a) {
        const std::uint32_t b = a + size;
        if (a > inside || b <= inside || !has_capital(a, b) || (b - a > 1 && tree_.word(b - 1).upos == "PUNCT")) continue;
        if (size > 1 && tree_.word(a).upos == "PUNCT") continue;
        const std::string run = text(a, b);
        building = false;
        const KnownBody* body = tables_.own(run, article_.published);
        if (body == nullptr) body = tables_.body(run);
        if (body == nullptr) {
          body = tables_.building(run);
          building = body != nullptr;
        }
        if (body == nullptr) continue;
        first = a;
        last = b;
        return body;
      }
    return nullptr;
  }

  /// A name is written with a capital, an article before it apart: "al-Shabaab", not "the congress".
  bool has_capital(std::uint32_t first, std::uint32_t last) const {
    for (std::uint32_t i = first; i < last; ++i)
      if (tree_.word(i).upos != "DET" && (capital(i) || (tree_.word(i).form[0] >= '0' && tree_.word(i).form[0] <= '9'))) return true;
    return false;
  }

  bool find_body() {
    std::uint32_t first = 0, last = 0;
    bool building = false;
    // The name may go on where the parser hung the rest elsewhere: "USA Today".
    const std::uint32_t begin = std::min(left_, name_first_), end = std::max({right_, tree_.extent(head_).last, name_last_});
    const KnownBody* body = body_around(head_, begin, end, first, last, building);
    if (body == nullptr) return false;
    // A single word that is also a name of something else needs the model's word for it: "the Times", "total".
    if (!body->own && last - first == 1 && tree_.word(head_).upos != "PROPN" && tree_.word(head_).ner == "O" && type_ != "ORG") return false;
    // "the Neo Democrats" are no Democrats: a plural that names a party, behind a word that names another.
    if (!body->own && last - first == 1 && body->sector == "PTY" && first > begin && names_other(first - 1)) return false;
    // "Congress" of a person's name, a country of the same word: a place that covers more words wins.
    if (const Place* place = places_[head_]; !body->own && place && place->span.size() > bytes(first, last).size()) return false;
    // A person may be called like a firm: "Ford".
    if (!body->own && type_ == "PER" && body->sector != "REB" && body->sector != "IGO") return false;
    out_.body = body;
    out_.name = body->name;
    out_.seat = building;
    const std::string stated = building && body->sector == "GOV" ? "GOV" : body->sector;
    set_sector(stated, Force::known, body->id, first, last);
    out_.evidence.push_back({"name", body->name, body->id, bytes(first, last)});
    set_country(body->country, body->id, first, last);
    for (std::uint32_t i = first; i < last; ++i) used_[i] = true;
    return true;
  }

  /// Is it a part of a name that neither a country, a place, an office nor another body gives?
  bool names_other(std::uint32_t i) const {
    if (!capital(i) || tree_.word(i).upos != "PROPN" || places_[i] || tree_.head(i) != head_) return false;
    return !tables_.country_of_adjective(tree_.word(i).form) && !tables_.office(tree_.lemma(i)) && !tables_.body(tree_.word(i).form);
  }

  bool find_place() {
    const Word& head = tree_.word(head_);
    const Place* place = places_[head_];
    const KnownCountry* named = nullptr;
    if (place == nullptr) {
      if (head.upos == "PROPN" && type_ != "PER" && type_ != "ORG")
        named = tables_.country_of_name(text(std::max(left_, first_name_word()), head_ + 1));
      if (named == nullptr) return false;
      out_.country = named;
      set_sector("GOV", Force::known, named->id, head_, head_ + 1);
      return true;
    }
    if (type_ == "PER" || (type_ == "ORG" && place->span.size() < head.span.size())) return false;
    // "Syria" in "Syria policy" is a place inside another phrase; here the head itself must be in the place's name.
    out_.place = place;
    if (place->country) out_.country = tables_.country(*place->country);
    const std::string rule = place->provenance.rule;
    out_.evidence.push_back({"country", place->country.value_or(""), rule, place->span});
    out_.seat = place->kind == "city" && place->country && tables_.is_capital(*place->country, place->name);
    if (place->kind == "country" || place->kind == "city" || place->kind == "admin") {
      set_sector("GOV", Force::known, "actor.place-acts", head_, head_ + 1);
    } else if (place->kind == "facility") {
      if (const KnownBody* building = tables_.building(place->name)) set_sector(building->sector, Force::known, building->id, head_, head_ + 1);
    }
    return true;
  }

  std::uint32_t first_name_word() const {
    std::uint32_t first = head_;
    while (first > left_ && tree_.word(first - 1).upos == "PROPN") --first;
    return first;
  }

  /// "Americans", "South Koreans".
  bool find_people() {
    const Word& head = tree_.word(head_);
    if (!is_capital(head.form)) return false;
    for (std::uint32_t first = head_ > left_ + 1 ? head_ - 1 : left_; first <= head_; ++first) {
      const KnownCountry* country = tables_.country_of_people(text(first, head_ + 1));
      if (country == nullptr) continue;
      out_.country = country;
      // "The Americans" without more act for their state; "an American", "most Americans" are people.
      const bool article = tree_.word(left_).feats.find("Definite=Def") != std::string::npos;
      const bool alone = article && left_ < head_ && tables_.country_of_people(text(left_ + 1, head_ + 1)) && head_ + 1 == tree_.extent(head_).last;
      out_.people = !alone;
      if (out_.people)
        set_sector("CVL", Force::person, country->id, first, head_ + 1);
      else
        set_sector("GOV", Force::known, "actor.people-for-state", left_, head_ + 1);
      return true;
    }
    return false;
  }

  // --- offices --------------------------------------------------------------------------------------------------------------------------

  /// Lower-case words of [first, last) as the table of offices has them.
  std::string office_key(std::uint32_t first, std::uint32_t last, bool spelled = false) const {
    std::string out;
    for (std::uint32_t i = first; i < last; ++i) {
      if (is_hyphen(tree_.word(i).form)) continue;
      std::string piece(!spelled && (i + 1 == last || i == head_) ? tree_.lemma(i) : tree_.lower(i));
      if (!out.empty() && (piece == "'s" || piece == "'" || piece == "\u2019s" || piece == "\u2019")) {
        out += piece.ends_with('s') ? "'s" : "'";
        continue;
      }
      if (piece.starts_with("ex-")) piece.erase(0, 3);
      std::replace(piece.begin(), piece.end(), '-', ' ');
      out += (out.empty() ? "" : " ") + piece;
    }
    return out;
  }

  /// The office that the words of [first, last) name, the last by its lemma or as it is spelled.
  const Office* office_of(std::uint32_t first, std::uint32_t last) const {
    const std::string_view lemma = tree_.lemma(first), lower = tree_.lower(first);
    const bool plain = last == first + 1 && lemma.find('-') == std::string_view::npos && lower.find('-') == std::string_view::npos;
    const Office* office = tables_.office(plain ? lemma : office_key(first, last));
    if (office != nullptr || (plain && lemma == lower)) return office;
    return tables_.office(plain ? lower : office_key(first, last, true));
  }

  /// The longest office among the words of [low, high) that holds `inside`.
  const Office* office_around(std::uint32_t inside, std::uint32_t low, std::uint32_t high, std::uint32_t& first, std::uint32_t& last) const {
    if (owner_[inside] || tree_.word(inside).upos == "PUNCT") return nullptr;
    std::uint32_t from = inside, to = inside + 1;
    const std::uint32_t most = tables_.longest_office() + 2;
    const auto joins = [&](std::uint32_t i) {
      return is_hyphen(tree_.word(i).form) || tree_.word(i).upos == "PART" || tables_.in_office(tree_.lower(i)) || tables_.in_office(tree_.lemma(i));
    };
    while (from > low && inside - from < most && joins(from - 1)) --from;
    while (to < high && to - inside < most && joins(to)) ++to;
    const Office* best = nullptr;
    for (std::uint32_t a = from; a <= inside; ++a)
      for (std::uint32_t b = inside + 1; b <= to; ++b) {
        if (is_hyphen(tree_.word(a).form) || is_hyphen(tree_.word(b - 1).form)) continue;
        // What belongs to somebody is his only in a name of several words: "the prime minister's office".
        if (b - a == 1 && owner_[a]) continue;
        const Office* office = office_of(a, b);
        if (office == nullptr || (best != nullptr && office->words <= best->words)) continue;
        if (office->kind == OfficeKind::adj && b - 1 == head_) continue;
        best = office;
        first = a;
        last = b;
      }
    return best;
  }

  void take_office(const Office& office, Force force, std::uint32_t first, std::uint32_t last) {
    out_.office = &office;
    for (std::uint32_t i = first; i < last; ++i) used_[i] = true;
    if (office.kind == OfficeKind::part) return;
    if (office.kind == OfficeKind::role && force > Force::role) force = Force::role;
    if (office.kind == OfficeKind::person && force > Force::person) force = Force::person;
    set_sector(office.sector, force, office.id, first, last);
    if (office.sector.empty()) out_.evidence.push_back({"office", office.lemma, office.id, bytes(first, last)});
  }

  void find_office() {
    std::uint32_t first = 0, last = 0;
    const std::uint32_t end = std::min(tree_.size(), std::max(right_, head_ + 6));
    if (type_ != "PER" || !capital(head_))  // "the pope"
      if (const Office* office = office_around(head_, left_, end, first, last)) {
        take_office(*office, Force::noun, first, last);
        return;
      }
    // "Minister of Education Stefania Giannini": the title hangs over the name, or is all that there is of one.
    if (type_ == "PER")
      for (const auto over : {std::optional(head_), tree_.head(head_)}) {
        if (!over || *over > head_ || head_ - *over > window) continue;
        if (*over != head_ && !tree_.has_relation(head_, "nmod") && !tree_.has_relation(head_, "flat") && !tree_.has_relation(head_, "appos"))
          continue;
        const Office* office = tables_.office(tree_.lemma(*over));
        if (office == nullptr || office->kind != OfficeKind::post) continue;
        take_office(*office, Force::title, *over, *over + 1);
        return;
      }
    // The title before a person's name, the nearest first: "State Councilor and Foreign Minister" Wang Yi.
    if (tree_.word(head_).upos != "PROPN") return;
    for (std::uint32_t i = head_; i-- > left_;) {
      if (owner_[i]) continue;
      const Office* office = office_around(i, left_, i + 1, first, last);
      if (office == nullptr || office->kind == OfficeKind::part || office->kind == OfficeKind::adj) continue;
      take_office(*office, Force::title, first, last);
      return;
    }
    // "Said advocate James Grant": a title that the tagger takes for something else stands before the name all the same.
    if (type_ == "PER" && name_first_ > 0 && name_first_ <= head_ && !capital(name_first_ - 1) && tree_.word(name_first_ - 1).upos != "NOUN") {
      const Office* office = tables_.office(tree_.lower(name_first_ - 1));
      if (office != nullptr && office->kind == OfficeKind::post) take_office(*office, Force::title, name_first_ - 1, name_first_);
    }
  }

  // --- modifiers ------------------------------------------------------------------------------------------------------------------------

  bool takes_sector() const {
    if (out_.office == nullptr) return false;
    // "army engineers", "a church lawyer": who has a calling works for the body before it.
    return out_.office->kind == OfficeKind::role || out_.office->sector == "OTH" ||
           (out_.office->kind == OfficeKind::body && out_.office->sector.empty());
  }

  void read_modifiers(bool sectors) {
    for (std::uint32_t i = head_; i-- > left_;) {
      const Word& word = tree_.word(i);
      const std::string_view lemma = tree_.lemma(i).starts_with("ex-") ? std::string_view("ex") : tree_.lemma(i);
      if (used_[i] && lemma != "ex") continue;
      // "Iranian-backed", "anti-Chinese": what a hyphen joins tells of somebody else.
      const bool hyphen = (i + 1 < tree_.size() && is_hyphen(tree_.word(i + 1).form)) || (i > 0 && is_hyphen(tree_.word(i - 1).form));
      if (!owner_[i]) {
        if (const auto* row = tables_.word_class(lemma, "former")) {
          out_.former = true;
          out_.evidence.push_back({"former", word.form, *row, word.span});
        }
        if (const auto* row = tables_.word_class(lemma, "opposition"); row && sectors && out_.office && out_.office->kind != OfficeKind::person)
          if (out_.office->sector != "REB") out_.force = std::min(out_.force, Force::noun), set_sector("OPP", Force::title, *row, i, i + 1);
        if (const auto* row = tables_.word_class(lemma, "armed"); row && sectors && out_.office && out_.office->kind == OfficeKind::person)
          set_sector("UAF", Force::noun, *row, i, i + 1);
      }
      if (hyphen || used_[i]) continue;
      if (const auto* row = owner_[i] ? nullptr : tables_.word_class(lemma, "several")) {
        out_.stateless = true;
        out_.evidence.push_back({"country", "", *row, word.span});
      }
      if (places_[i] && places_[i]->country) {
        set_country(*places_[i]->country, places_[i]->provenance.rule, i, i + 1);
        continue;
      }
      if (const KnownCountry* country = is_capital(word.form) ? demonym_at(i) : nullptr) {
        set_country(country->alpha3, country->id, i, i + 1);
        continue;
      }
      if (owner_[i]) {
        // "Labour's Shadow Home Secretary": the owner's country is his.
        std::uint32_t first = 0, last = 0;
        bool building = false;
        if (const KnownBody* body = is_capital(word.form) ? body_around(i, left_, i + 1, first, last, building) : nullptr)
          set_country(body->country, body->id, first, last);
        continue;
      }
      if (word.upos == "NOUN" || word.upos == "PROPN" || word.upos == "ADJ") {
        std::uint32_t first = 0, last = 0;
        bool building = false;
        const KnownBody* body = is_capital(word.form) ? body_around(i, left_, i + 1, first, last, building) : nullptr;
        // "the National Union" is no newspaper: an outlet with an article in its name modifies nothing.
        const bool outlet = body && body->sector == "MED" && tree_.word(first).upos == "DET";
        if (body && !outlet && !body_is_word(i, first, last)) {
          if (takes_sector() && sectors) set_sector(body->sector, Force::noun, body->id, first, last);
          if (!body->country.empty()) set_country(body->country, body->id, first, last);
          if (body->country.empty() && (body->sector == "IGO" || body->sector == "REB" || body->sector == "MED" || body->sector == "NGO"))
            out_.stateless = true;
          for (std::uint32_t k = first; k < last; ++k) used_[k] = true;
          continue;
        }
        if (takes_sector() && sectors) {
          const Office* office = office_around(i, left_, i + 1, first, last);
          if (office && office->kind != OfficeKind::part && !office->sector.empty() && office->kind != OfficeKind::role) {
            set_sector(office->sector, Force::noun, office->id, first, last);
            for (std::uint32_t k = first; k < last; ++k) used_[k] = true;
            continue;
          }
        }
        if (word.upos == "PROPN" && tree_.head(i) && (tree_.has_relation(i, "compound") || tree_.has_relation(i, "nmod")))
          out_.links.push_back({i, PhraseLink::Kind::modifier, "actor.belongs-to"});
      }
    }
    for (const auto c : tree_.children(head_))
      if (tree_.has_relation(c, "nmod:poss")) out_.links.push_back({c, PhraseLink::Kind::owner, "actor.belongs-to"});
  }

  bool body_is_word(std::uint32_t i, std::uint32_t first, std::uint32_t last) const {
    return last - first == 1 && tree_.word(i).upos != "PROPN" && tree_.word(i).ner == "O";
  }

  const KnownCountry* demonym_at(std::uint32_t i) const {
    if (i > left_ && capital(i - 1))
      if (const KnownCountry* two = tables_.country_of_adjective(text(i - 1, i + 1))) return two;
    if (const KnownCountry* one = tables_.country_of_adjective(tree_.word(i).form)) return one;
    return tables_.country_of_name(tree_.word(i).form);
  }

  // --- after the head -------------------------------------------------------------------------------------------------------------------

  /// "the Federation of Port Workers of Chile": the country that ends the name of a body, however deep the tree hangs it.
  void read_country_of_name() {
    constexpr int deepest = 4;
    std::uint32_t at = head_;
    for (int step = 0; step < deepest && out_.country_code.empty(); ++step) {
      std::uint32_t next = at;
      for (const auto c : tree_.children(at))
        if (c > at && tree_.has_relation(c, "nmod") && capital(c) && is_of(c)) next = c;
      if (next == at) return;
      at = next;
      if (places_[at] && places_[at]->kind == "country" && places_[at]->country)
        set_country(*places_[at]->country, places_[at]->provenance.rule, at, at + 1);
      else if (const KnownCountry* country = tables_.country_of_name(tree_.word(at).form))
        set_country(country->alpha3, country->id, at, at + 1);
    }
  }

  bool is_of(std::uint32_t i) const {
    for (const auto c : tree_.children(i))
      if (tree_.has_relation(c, "case")) return tree_.lemma(c) == "of";
    return false;
  }

  void read_right() {
    for (const auto c : tree_.children(head_)) {
      const bool part = out_.office && out_.office->kind == OfficeKind::part && tree_.has_relation(c, "obl");  // "several of the rebels"
      if (c <= head_ || !(tree_.has_relation(c, "nmod") || part)) continue;
      for (const auto m : tree_.children(c))
        if (const auto* row = tree_.has_relation(m, "case") ? tables_.word_class(tree_.lemma(m), "belongs") : nullptr) {
          out_.links.push_back({c, PhraseLink::Kind::prepositional, *row});
          break;
        }
    }
  }

  /// "Rex Tillerson, the secretary of state": what the apposition says of the name.
  void read_appositions() {
    if (depth_ > 0) return;
    for (const auto c : tree_.children(head_)) {
      // Behind a comma a noun of office renames a name, whatever the parser calls it: "Claudio De Vincenti, undersecretary to the premier".
      const std::uint32_t begin = tree_.extent(c).first;
      const bool behind = c > head_ + 1 && begin > head_ && tree_.word(c).upos == "NOUN" && tree_.word(head_).upos == "PROPN" &&
                          (tree_.word(begin - 1).form == "," || tree_.word(begin).form == ",") && !tree_.has_relation(c, "conj");
      if ((!tree_.has_relation(c, "appos") && !behind) || c >= tree_.size()) continue;
      Mention other;
      other.head = c;
      other.kind = tree_.word(c).upos == "PROPN" ? MentionKind::name : MentionKind::nominal;
      Reader reader(article_, tree_, places_, tables_);
      reader.depth_ = 1;
      PhraseReading more = reader.read(other);
      if (more.office == nullptr || more.office->kind == OfficeKind::part) continue;
      // "Advocate James Grant, a former professor": what somebody was does not overrule what he is.
      if (out_.office != nullptr && more.former && !out_.former) continue;
      if (out_.office == nullptr) out_.office = more.office;
      if (!more.sector.empty() && more.force >= out_.force) {
        out_.sector = more.sector;
        out_.force = more.force == Force::noun ? Force::title : more.force;
      }
      if (out_.country_code.empty()) out_.country_code = more.country_code;
      if (out_.country_code.empty() && more.country) out_.country_code = more.country->alpha3;
      out_.former = out_.former || more.former;
      if (out_.adherent.empty()) out_.adherent = more.adherent;
      out_.evidence.insert(out_.evidence.end(), more.evidence.begin(), more.evidence.end());
      out_.links.insert(out_.links.end(), more.links.begin(), more.links.end());
    }
  }

  /// "Advocates such as Mannie Witz": an example of them is one of them.
  void read_example() {
    const std::string* row = nullptr;
    std::uint32_t over = head_;
    for (const auto c : tree_.children(head_))
      if (c > 0 && c < head_ && tree_.has_relation(c, "case") && row == nullptr) row = tables_.word_class(tree_.lemma(c), "example"), over = c - 1;
    const Office* office = row ? tables_.office(tree_.lemma(over)) : nullptr;
    if (office == nullptr || (office->kind != OfficeKind::post && office->kind != OfficeKind::person)) return;
    take_office(*office, Force::noun, over, over + 1);
    out_.evidence.push_back({"sector", office->sector, *row, bytes(over, over + 1)});
  }

  void set_name(const Mention& mention) {
    const Word& head = tree_.word(head_);
    std::uint32_t first = head_, last = right_;
    const auto in_entity = [&](std::uint32_t i) { return tree_.word(i).ner.size() > 2 && tree_.word(i).ner.substr(2) == mention.type; };
    while (first > left_ && !owner_[first - 1] &&
           (tree_.word(first - 1).upos == "PROPN" || is_hyphen(tree_.word(first - 1).form) || in_entity(first - 1)) &&
           !(mention.type == "PER" && is_title(first - 1)))
      --first;
    if (mention.type == "PER" && mention.name_last > head_) first = std::max(first, mention.name_first);
    if (mention.type == "PER" || mention.type.empty())
      while (first + 1 < last && is_title(first)) ++first;
    while (first < last && is_hyphen(tree_.word(first).form)) ++first;
    while (last < tree_.size() && tree_.word(last).ner.size() > 2 && tree_.word(last).ner[0] == 'I' && in_entity(last)) ++last;
    // "Park Geun-hye", "al-Assad": what a hyphen joins without a blank is one word.
    const auto touches = [&](std::uint32_t i) { return tree_.word(i).span.end == tree_.word(i + 1).span.begin; };
    while (last + 1 < tree_.size() && is_hyphen(tree_.word(last).form) && touches(last - 1) && touches(last)) last += 2;
    while (first >= 2 && is_hyphen(tree_.word(first - 1).form) && touches(first - 1) && touches(first - 2) &&
           !tree_.lower(first - 2).starts_with("ex"))
      first -= 2;
    while (last > head_ + 1 && (tree_.word(last - 1).upos == "DET" || tree_.word(last - 1).upos == "ADP")) --last;
    if (out_.office && mention.type != "PER" && last == head_ + 1) {
      // "Ministry of Culture", "Registrar of Societies": the phrase that follows belongs to the name.
      for (const auto c : tree_.children(head_)) {
        const auto preposition = tree_.child(c, "case");
        if (c > head_ && tree_.has_relation(c, "nmod") && tree_.word(c).upos == "PROPN" && preposition && tree_.lemma(*preposition) == "of" &&
            tree_.extent(c).last - c < 5)
          last = std::max(last, tree_.extent(c).last);
      }
      // "the Prime Minister", "Officials": a title in capitals is no name.
      const bool title = out_.office->kind != OfficeKind::body || out_.office->words == last - first;
      if (last == head_ + 1 && mention.type != "ORG" && title) {
        bool all = true;
        for (std::uint32_t i = first; i < last; ++i) all = all && (used_[i] || is_title(i));
        if (all) return;
      }
      if (tree_.word(head_).upos != "PROPN") return;
    }
    if (first >= last || (head.upos != "PROPN" && mention.type.empty())) return;
    if (mention.type == "PER" && mention.name_last > head_) {
      // "Mustafa Al-Kazemi of Iraq": the model's name goes on where the words do not.
      const bool of = mention.name_last < last && tree_.word(mention.name_last).upos == "ADP";
      last = of ? mention.name_last : std::max(last, mention.name_last);
    }
    // "Minister: dam is safe": a title alone is no name.
    const Office* alone = last == first + 1 ? tables_.office(tree_.lemma(first)) : nullptr;
    if (mention.type == "PER" && alone != nullptr && alone->kind == OfficeKind::post) return;
    if (!has_capital(first, last)) return;
    const TextSpan span = tree_.span(first, last);
    out_.name = std::string(article_.slice(span));
    std::replace(out_.name.begin(), out_.name.end(), '\n', ' ');
    out_.evidence.push_back({"name", out_.name, "actor.name", span});
  }

  bool is_title(std::uint32_t i) const {
    if (tables_.office(tree_.lemma(i))) return true;
    std::uint32_t first = 0, last = 0;
    const Office* office = i + 1 < tree_.size() ? office_around(i, left_, head_ + 1, first, last) : nullptr;
    return office != nullptr || tables_.word_class(tree_.lemma(i), "former") != nullptr ||
           tables_.country_of_adjective(tree_.word(i).form) != nullptr;
  }

  void set_core(const Mention& mention) {
    if (mention.kind != MentionKind::nominal && !(out_.office && out_.name.empty())) return;
    for (std::uint32_t i = left_; i <= head_; ++i) {
      const Word& word = tree_.word(i);
      if (owner_[i] ||
          (i < head_ && (word.upos == "DET" || word.upos == "NUM" || word.upos == "PUNCT" || word.upos == "ADV" || word.upos == "PRON" ||
                         word.upos == "PART" || word.upos == "ADP" || word.upos == "VERB" || word.upos == "SCONJ" || word.upos == "CCONJ")))
        continue;
      if (const auto* empty = i < head_ ? tables_.word_class(tree_.lemma(i), "empty") : nullptr) {
        out_.evidence.push_back({"name", "", *empty, word.span});
        continue;
      }
      if (const Office* part = i < head_ ? tables_.office(tree_.lemma(i)) : nullptr; part && part->kind == OfficeKind::part) continue;
      if (i + 1 < head_ && tables_.country_of_adjective(text(i, i + 2))) continue;
      if (i < head_ && (places_[i] || (is_capital(word.form) && demonym_at(i)))) continue;
      if (!out_.core.empty()) out_.core += ' ';
      out_.core += word.upos == "PROPN" && !used_[i] ? std::string_view(word.form) : tree_.lower(i);
    }
    const std::string_view lemma = tree_.lemma(head_);
    if (const auto* faithful = tables_.word_class(lemma, "adherent")) out_.adherent = *faithful;
    if (const auto* states = tables_.word_class(lemma, "states"); states && out_.country_code.empty() && tree_.word(head_).xpos == "NNS") {
      out_.stateless = true;
      out_.evidence.push_back({"country", "", *states, bytes(head_, head_ + 1)});
    }
    const auto* row = tables_.word_class(lemma, "government");
    if (row == nullptr && tree_.word(head_).xpos == "NNS") row = tables_.word_class(lemma, "plural_body");
    if (row != nullptr) out_.government_rule = *row;
  }

  const Article& article_;
  const Tree& tree_;
  const WordPlaces& places_;
  const ActorTables& tables_;
  std::uint32_t name_first_ = 0, name_last_ = 0;
  std::uint32_t head_ = 0, left_ = 0, right_ = 0;
  int depth_ = 0;
  std::string type_;
  std::vector<bool> owner_, used_;
  PhraseReading out_;
};

}  // namespace

PhraseReading read_phrase(const Article& article, const Tree& tree, const WordPlaces& places, const Mention& mention, const ActorTables& tables) {
  return Reader(article, tree, places, tables).read(mention);
}

}  // namespace masudi
