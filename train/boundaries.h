// Training of the two boundary models: where a token ends inside a run without blanks, and where a sentence ends behind a token.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "masudi/annotate.h"

namespace masudi::train {

/// Writes token.model and sentence.model into `out`. `abbreviations`: the text of train/abbreviations.tsv. Fixed seeds: the same documents give the
/// same bytes.
void train_boundaries(const std::vector<ConlluDocument>& documents, const std::string& abbreviations, const std::filesystem::path& out);

}  // namespace masudi::train
