// brat standoff (https://brat.nlplab.org/standoff.html): ARTICLE.txt with the text as it is, ARTICLE.ann with an event an event, statement,
// commitment and agreement (its trigger is the word that tells it; a statement's is its cue, as in PolNeAR), times and places as spans, and
// annotation.conf with the types.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <unordered_map>

#include "exporter.h"

namespace masudi {

namespace {

constexpr std::string_view configuration_head =
    "# Records of masudi. Spans count characters of the text.\n"
    "[entities]\n"
    "Actor\nRecipient\nWhere\n"
    "Source\nSpeaksFor\nContent\nVia\nReason\n"
    "Debtor\nCreditor\nConsequent\nAntecedent\nDeadline\nExcludes\nQuantity\n"
    "Party\n"
    "Time\nPlace\n\n"
    "[relations]\n\n"
    "[events]\n"
    "Event Actor*:Actor, Recipient*:Recipient, Where?:Where, ToldBy*:Attribution, SameAs?:Event\n"
    "Attribution Source?:Source, SpeaksFor?:SpeaksFor, Content*:Content, Via?:Via, Reason?:Reason, Inside?:Attribution\n"
    "Commitment Debtor*:Debtor, Creditor*:Creditor, Consequent:Consequent, Antecedent?:Antecedent, Deadline?:Deadline, Excludes*:Excludes, "
    "Quantity*:Quantity, ToldBy*:Attribution, SameAs?:Commitment\n"
    "Agreement Party*:Party, Stipulation*:Commitment\n\n"
    "[attributes]\n";

/// An attribute: of which annotations, and the values that annotation.conf offers besides those that stand in the files.
struct AttributeKind {
  std::string_view name, of;
  std::string_view values;  ///< separated by |
  bool flag = false;        ///< yes or no: no values
};
constexpr AttributeKind attribute_kinds[] = {
    {"Type", "Event", ""},
    {"Mode", "Event", ""},
    {"Historical", "Event", "", true},
    {"Future", "Event", "", true},
    {"Hypothetical", "Event", "", true},
    {"Negated", "Event", "", true},
    {"Anonymity", "Attribution", "named|anonymous|organisation|document"},
    {"Kind", "Attribution", "direct|mixed|indirect"},
    {"Stance", "Attribution", "neutral|factive|doubting|denying|promising|threatening|ordering"},
    {"Certainty", "Attribution", "certain|stated|probable|possible"},
    {"Status", "Commitment", "conditional|active|satisfied|violated|cancelled|expired"},
    {"Force", "Commitment", "vow|plan|offer|obligation|threat"},
    {"Polarity", "Commitment", "do|refrain"},
    {"TimeType", "Time", "DATE|TIME|DURATION|SET"},
    {"TimeMod", "Time", "START|MID|END|MORE_THAN|LESS_THAN|APPROX"},
    {"PlaceKind", "Place", "country|admin|city|region|facility|water|border"},
    {"Precision", "Place", "exact|area|near|none"},
    {"Stands", "Place", "place|actor"},
};

/// Does a character end a line for some reader of the file, or a field? No span may hold one. @return its bytes, or 0.
std::size_t break_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = byte(at);
  if ((first >= 0x09 && first <= 0x0D) || (first >= 0x1C && first <= 0x1E)) return 1;
  if (first == 0xC2 && byte(at + 1) == 0x85) return 2;
  if (first == 0xE2 && byte(at + 1) == 0x80 && (byte(at + 2) == 0xA8 || byte(at + 2) == 0xA9)) return 3;
  return 0;
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t broken = break_at(text, at);
    if (broken > 0)
      out += ' ';
    else
      out += text[at];
    at += std::max<std::size_t>(broken, 1);
  }
  return out;
}

using Values = std::map<std::string_view, std::set<std::string>>;  // attribute -> values that were written

/// The annotations of one article.
class Annotations {
 public:
  Annotations(const Ledger::StoredReading& reading, Values& values)
      : reading_(reading), text_(reading.article.text), characters_(text_), values_(values) {}

  std::string write() {
    number();
    const Extraction& records = reading_.records;
    for (const Event& event : records.events) write(event);
    for (const Statement& statement : records.statements) write(statement);
    for (const Commitment& commitment : records.commitments) write(commitment);
    for (const Agreement& agreement : records.agreements) write(agreement);
    for (const Timex& timex : reading_.timexes) {
      const std::string id = span("Time", {timex.span});
      if (id.empty()) continue;
      attribute("TimeType", id, timex.type);
      attribute("TimeMod", id, timex.mod.value_or(""));
      note(id, timex.value);
      ++records_;
    }
    for (const Place& place : reading_.places) {
      const std::string id = span("Place", {place.span});
      if (id.empty()) continue;
      attribute("PlaceKind", id, place.kind);
      attribute("Precision", id, place.precision);
      attribute("Stands", id, place.role);
      note(id, place.name + (place.country ? " " + *place.country : "") + (place.geonames ? " GeoNames " + std::to_string(*place.geonames) : ""));
      ++records_;
    }
    return std::move(out_);
  }
  std::uint64_t records() const { return records_; }

 private:
  struct Fragments {
    std::string where, words;
  };

  /// brat has no line break and no tab inside a span: fragments between them, in the order of the text.
  Fragments fragments(std::vector<TextSpan> pieces) {
    Fragments out;
    std::sort(pieces.begin(), pieces.end(), [](TextSpan a, TextSpan b) { return a.begin < b.begin; });
    std::size_t done = 0;
    for (const TextSpan piece : pieces)
      for (std::size_t begin = std::max<std::size_t>(piece.begin, done); begin < piece.end; done = begin) {
        std::size_t end = begin, broken = 0;
        while (end < piece.end && (broken = break_at(text_, end)) == 0) ++end;
        if (end > begin) {
          const auto first = characters_.at(static_cast<std::uint32_t>(begin));
          out.where += (out.where.empty() ? "" : ";") + std::to_string(first) + " " + std::to_string(characters_.at(static_cast<std::uint32_t>(end)));
          out.words += (out.words.empty() ? "" : " ") + std::string(text_.substr(begin, end - begin));
        }
        begin = end + std::max<std::size_t>(broken, 1);
      }
    return out;
  }

  std::string span(std::string_view type, const std::vector<TextSpan>& pieces) {
    const Fragments found = fragments(pieces);
    if (found.where.empty()) return "";
    const std::string id = "T" + std::to_string(++spans_);
    out_ += id + "\t" + std::string(type) + " " + found.where + "\t" + found.words + "\n";
    return id;
  }

  void attribute(std::string_view name, const std::string& of, const std::string& value) {
    if (value.empty()) return;
    std::string word = value;  // a person may have changed it to anything
    for (char& c : word)
      if (static_cast<unsigned char>(c) <= ' ' || c == '|' || c == ',') c = '_';
    out_ += "A" + std::to_string(++attributes_) + "\t" + std::string(name) + " " + of + " " + word + "\n";
    values_[name].insert(word);
  }
  void flag(std::string_view name, const std::string& of) {
    out_ += "A" + std::to_string(++attributes_) + "\t" + std::string(name) + " " + of + "\n";
  }

  void note(const std::string& of, std::string_view words) {
    if (!words.empty()) out_ += "#" + std::to_string(++notes_) + "\tAnnotatorNotes " + of + "\t" + on_one_line(words) + "\n";
  }

  /// Words that stand side by side without a cue hang on their source.
  static TextSpan trigger_of(const Statement& statement) { return statement.cue.value_or(statement.source.text); }

  /// Every record that will be written gets its event's id first: records point forwards, too.
  void number() {
    const auto give = [&](const std::string& record, const std::vector<TextSpan>& trigger) {
      if (!fragments(trigger).where.empty()) events_.emplace(record, "E" + std::to_string(events_.size() + 1));
    };
    for (const Event& event : reading_.records.events) give(event.id, {event.anchor});
    for (const Statement& statement : reading_.records.statements) give(statement.id, {trigger_of(statement)});
    for (const Commitment& commitment : reading_.records.commitments)
      if (!fragments({commitment.consequent}).where.empty()) give(commitment.id, {commitment.anchor});
    for (const Agreement& agreement : reading_.records.agreements) give(agreement.id, {agreement.title});
  }

  /// The line of an event, role by role. A role that stands more than once is numbered from the second on, as brat does it.
  class Line {
   public:
    Line(Annotations& all, const std::string& id, const char* type, TextSpan trigger)
        : all_(all), text_(id + "\t" + type + ":" + all.span(type, {trigger})) {}
    void words(const char* role, const std::vector<TextSpan>& pieces) { argument(role, all_.span(role, pieces)); }
    void words(const char* role, const std::optional<TextSpan>& piece) {
      if (piece) words(role, std::vector{*piece});
    }
    void each(const char* role, const std::vector<TextSpan>& pieces) {
      for (const TextSpan piece : pieces) words(role, std::vector{piece});
    }
    void entity(const char* role, const Entity& entity) {
      const std::string id = all_.span(role, {entity.text});
      argument(role, id);
      if (!id.empty() && (entity.name || entity.country || entity.sector))
        all_.note(id, entity.name.value_or("-") + " " + entity.country.value_or("---") + " " + entity.sector.value_or("---"));
    }
    void entities(const char* role, const std::vector<Entity>& entities) {
      for (const Entity& one : entities) entity(role, one);
    }
    void record(const char* role, const std::string& id) {
      if (const auto found = all_.events_.find(id); found != all_.events_.end()) argument(role, found->second);
    }
    void write() { all_.out_ += text_ + "\n"; }

   private:
    void argument(const char* role, const std::string& id) {
      if (id.empty()) return;
      const int number = ++roles_[role];
      text_ += " " + std::string(role) + (number > 1 ? std::to_string(number) : "") + ":" + id;
    }
    Annotations& all_;
    std::string text_;
    std::map<std::string, int> roles_;
  };

  /// The event's id of a record; "" where it has no words to hang on.
  std::string started(const std::string& record) {
    const auto found = events_.find(record);
    if (found == events_.end()) return "";
    ++records_;
    return found->second;
  }

  static std::string after(const char* what, const std::string& words) { return words.empty() ? "" : what + words; }

  void write(const Event& event) {
    const std::string id = started(event.id);
    if (id.empty()) return;
    Line line(*this, id, "Event", event.anchor);
    line.entities("Actor", event.actor);
    line.entities("Recipient", event.recipient);
    if (event.place) line.words("Where", std::vector{event.place->text});
    for (const std::string& source : event.sources) line.record("ToldBy", source);
    if (event.same_as) line.record("SameAs", *event.same_as);
    line.write();
    attribute("Type", id, event.type);
    attribute("Mode", id, event.mode.value_or(""));
    for (const AttributeKind& kind : attribute_kinds)
      for (const std::string& aux : event.aux)
        if (kind.flag && ascii_lower(kind.name) == aux) flag(kind.name, id);
    note(id, joined({after("date ", iso_days(event.date)), event.place ? "in " + event.place->name : "",
                     after("about ", joined(event.contexts, ", ")), event.cameo ? "CAMEO " + *event.cameo : ""}));
  }

  void write(const Statement& statement) {
    const std::string id = started(statement.id);
    if (id.empty()) return;
    Line line(*this, id, "Attribution", trigger_of(statement));
    line.entity("Source", statement.source);
    if (statement.speaks_for) line.entity("SpeaksFor", *statement.speaks_for);
    line.words("Content", statement.content);
    line.words("Via", statement.via);
    if (statement.unnamed) line.words("Reason", statement.unnamed->reason);
    if (statement.parent) line.record("Inside", *statement.parent);
    line.write();
    attribute("Anonymity", id, statement.anonymity);
    attribute("Kind", id, statement.kind);
    attribute("Stance", id, statement.stance);
    attribute("Certainty", id, statement.certainty);
    note(id, statement.chain);
  }

  void write(const Commitment& commitment) {
    const std::string id = started(commitment.id);
    if (id.empty()) return;
    Line line(*this, id, "Commitment", commitment.anchor);
    line.entities("Debtor", commitment.debtor);
    line.entities("Creditor", commitment.creditor);
    line.words("Consequent", std::vector{commitment.consequent});
    line.words("Antecedent", commitment.antecedent);
    line.words("Deadline", commitment.deadline_words);
    line.each("Excludes", commitment.excludes);
    line.each("Quantity", commitment.quantity);
    for (const std::string& source : commitment.sources) line.record("ToldBy", source);
    if (commitment.same_as) line.record("SameAs", *commitment.same_as);
    line.write();
    attribute("Status", id, commitment.status);
    attribute("Force", id, commitment.force);
    attribute("Polarity", id, commitment.polarity == "-" ? "refrain" : "do");
    note(id, joined({commitment.deadline ? "by " + to_iso(commitment.deadline->end) : "",
                     commitment.not_testable ? "cannot be tested: " + *commitment.not_testable : "", commitment.clause.value_or("")}));
  }

  void write(const Agreement& agreement) {
    const std::string id = started(agreement.id);
    if (id.empty()) return;
    Line line(*this, id, "Agreement", agreement.title);
    line.entities("Party", agreement.parties);
    for (const std::string& stipulation : agreement.stipulations) line.record("Stipulation", stipulation);
    line.write();
    note(id, joined({after("of ", iso_days(agreement.dated)), after("in force ", iso_days(agreement.in_force)),
                     after("lapses ", iso_days(agreement.lapses))}));
  }

  const Ledger::StoredReading& reading_;
  std::string_view text_;
  CharacterCounter characters_;
  Values& values_;
  std::unordered_map<std::string, std::string> events_;  // record -> its event
  std::string out_;
  std::size_t spans_ = 0, attributes_ = 0, notes_ = 0;
  std::uint64_t records_ = 0;
};

class Brat final : public Exporter {
 public:
  explicit Brat(std::string folder) : folder_(std::move(folder)) {}

  Result<void> add(const Ledger::StoredReading& reading) override {
    Annotations annotations(reading, values_);
    const std::string lines = annotations.write();
    if (lines.empty()) return {};
    const std::string name = folder_ + "/" + reading.article_id.substr(0, 12);
    if (const auto written = write(name + ".txt", reading.article.text); !written) return written;
    counts.records += annotations.records();
    return write(name + ".ann", lines);
  }

  Result<void> finish() override {
    std::string out(configuration_head);
    for (const AttributeKind& kind : attribute_kinds) {
      std::string values(kind.values);
      for (const std::string& value : values_[kind.name])
        if (("|" + values + "|").find("|" + value + "|") == std::string::npos) values += (values.empty() ? "" : "|") + value;
      if (values.empty() && !kind.flag) continue;
      out += std::string(kind.name) + " Arg:" + std::string(kind.of) + (values.empty() ? "" : ", Value:" + values) + "\n";
    }
    return write(folder_ + "/annotation.conf", out);
  }

 private:
  Result<void> write(const std::string& path, std::string_view bytes) {
    auto output = Output::open(path);
    if (!output) return output.error();
    (*output)->write(bytes);
    ++counts.files;
    return (*output)->commit();
  }

  std::string folder_;
  Values values_;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_brat(const ExportOptions& options) {
  std::error_code failed;
  std::filesystem::create_directories(options.path, failed);
  if (failed || !std::filesystem::is_directory(options.path))
    return Error{ErrorCode::io, "could not be made: " + (failed ? failed.message() : "not a folder"), options.path, {}};
  return std::unique_ptr<Exporter>(new Brat(options.path));
}

}  // namespace masudi
