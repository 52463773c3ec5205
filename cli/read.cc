// masudi read: articles to records.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "masudi/pipeline.h"
#include "verbs.h"

namespace masudi::cli {

void add_read(CLI::App& app, Context& context) {
  CLI::App* verb = app.add_subcommand("read", "Read articles; print what happened, who says so, who promised what");
  auto files = std::make_shared<std::vector<std::string>>();
  auto format = std::make_shared<std::string>("text");
  auto published = std::make_shared<std::string>();
  verb->add_option("FILE", *files, "files to read; - is standard input")->required();
  verb->add_option("--format", *format, "text or json");
  verb->add_option("--published", *published, "publication date, YYYY-MM-DD");
  verb->callback([=, &context] {
    const auto engine = Engine::open({context.data_folder});
    if (!engine) {
      context.exit = report(engine.error());
      return;
    }
    for (const std::string& file : *files) {
      SourceOptions options;
      if (!published->empty()) options.metadata.published = parse_iso_day(*published);
      auto source = SourceReader::open(file, options);
      if (!source) {
        context.exit = report(source.error());
        continue;
      }
      while (auto item = source->next()) {
        if (const auto* document = std::get_if<Document>(&*item)) {
          const auto reading = read(*document, *engine);
          if (!reading)
            context.exit = report(reading.error());
          else
            std::printf("%s\n", to_json(*reading, true).c_str());
        }
      }
    }
  });
}

}  // namespace masudi::cli
