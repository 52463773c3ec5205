// Why a record is there, in parts: what `explain` tells in words, for a page to draw.
#pragma once

#include <string_view>

#include "masudi/pipeline.h"
#include "request.h"

namespace masudi::serve {

/// Sentence with its tree, words that matched, spans that fill fields, rules with file and line, what lost. not_found as of masudi::explain.
Result<Json> explanation_json(const Reading& reading, std::string_view record, const Engine& engine);

}  // namespace masudi::serve
