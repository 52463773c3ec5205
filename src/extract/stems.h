// Dictionary forms that an inflected English form may come from, for words whose lemma the model got wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace masudi {

/// "raped" -> rape, rap; "scaling" -> scale, scal; "denied" -> deny; "hits" -> hit; the form itself comes last. `form` is in lower case.
/// Regular inflection only; which of them is a word is the caller's question to its table.
std::vector<std::string> stems_of(std::string_view form);

}  // namespace masudi
