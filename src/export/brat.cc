// brat standoff (https://brat.nlplab.org/standoff.html): ARTICLE.txt with the text as it is, ARTICLE.ann with one Attribution event a
// statement (its cue is the trigger, as in PolNeAR), annotation.conf with the types.
#include <filesystem>

#include "exporter.h"

namespace masudi {

namespace {

constexpr std::string_view configuration =
    "# Statements of masudi. Spans count characters of the text.\n"
    "[entities]\nSource\nContent\nVia\nReason\n\n"
    "[relations]\n\n"
    "[events]\nAttribution Source?:Source, Content*:Content, Via?:Via, Reason?:Reason, Inside?:Attribution\n\n"
    "[attributes]\n"
    "Anonymity Arg:<EVENT>, Value:named|anonymous|organisation|document\n"
    "Kind Arg:<EVENT>, Value:direct|mixed|indirect\n"
    "Stance Arg:<EVENT>, Value:neutral|factive|doubting|denying|promising|threatening|ordering\n"
    "Certainty Arg:<EVENT>, Value:certain|stated|probable|possible\n";

class Brat final : public Exporter {
 public:
  explicit Brat(std::string folder) : folder_(std::move(folder)) {}

  Result<void> add(const Ledger::StoredReading& reading) override {
    if (reading.records.statements.empty()) return {};
    const std::string name = folder_ + "/" + reading.article_id.substr(0, 12);
    if (const auto written = write(name + ".txt", reading.article.text); !written) return written;
    return write(name + ".ann", annotations(reading));
  }

  Result<void> finish() override { return write(folder_ + "/annotation.conf", configuration); }

 private:
  Result<void> write(const std::string& path, std::string_view bytes) {
    auto output = Output::open(path);
    if (!output) return output.error();
    (*output)->write(bytes);
    ++counts.files;
    return (*output)->commit();
  }

  std::string annotations(const Ledger::StoredReading& reading) {
    const std::string_view text = reading.article.text;
    CharacterCounter characters(text);
    std::string out;
    std::size_t spans = 0, attributes = 0, notes = 0;
    // A span's fragments: brat has no line break inside one.
    const auto span = [&](std::string_view type, const std::vector<TextSpan>& pieces) -> std::string {
      std::string where, words;
      for (const TextSpan piece : pieces)
        for (std::uint32_t begin = piece.begin; begin < piece.end;) {
          auto end = begin;
          while (end < piece.end && text[end] != '\n' && text[end] != '\r') ++end;
          if (end > begin) {
            const auto first = characters.at(begin);
            where += (where.empty() ? "" : ";") + std::to_string(first) + " " + std::to_string(characters.at(end));
            words += (words.empty() ? "" : " ") + std::string(text.substr(begin, end - begin));
          }
          begin = end + 1;
        }
      if (where.empty()) return "";
      const std::string id = "T" + std::to_string(++spans);
      out += id + "\t" + std::string(type) + " " + where + "\t" + words + "\n";
      return id;
    };
    const auto attribute = [&](std::string_view name, const std::string& event, const std::string& value) {
      if (!value.empty()) out += "A" + std::to_string(++attributes) + "\t" + std::string(name) + " " + event + " " + value + "\n";
    };
    const auto event_of = [](const std::string& statement) { return "E" + statement.substr(1); };
    for (const Statement& statement : reading.records.statements) {
      const std::string source = span("Source", {statement.source.text}), content = span("Content", statement.content);
      const std::string via = statement.via ? span("Via", {*statement.via}) : "";
      const std::string reason = statement.unnamed && statement.unnamed->reason ? span("Reason", {*statement.unnamed->reason}) : "";
      // Words that stand side by side without a cue hang on their source.
      std::string trigger = span("Attribution", {statement.cue.value_or(statement.source.text)});
      if (trigger.empty() || content.empty()) continue;
      const std::string event = event_of(statement.id);
      out += event + "\tAttribution:" + trigger;
      const auto argument = [&](std::string_view role, const std::string& id) {
        if (!id.empty()) out += " " + std::string(role) + ":" + id;
      };
      argument("Source", source);
      argument("Content", content);
      argument("Via", via);
      argument("Reason", reason);
      if (statement.parent) argument("Inside", event_of(*statement.parent));
      out += "\n";
      attribute("Anonymity", event, statement.anonymity);
      attribute("Kind", event, statement.kind);
      attribute("Stance", event, statement.stance);
      attribute("Certainty", event, statement.certainty);
      std::string note = statement.chain;
      for (char& c : note)
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
      out += "#" + std::to_string(++notes) + "\tAnnotatorNotes " + event + "\t" + note + "\n";
      ++counts.records;
    }
    return out;
  }

  std::string folder_;
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
