// Lemmas as edits of the form.
#pragma once

#include <string>
#include <string_view>

namespace masudi {

/// "form -> lemma" as an edit: letter case ('l' lower, 'k' kept, 't' first letter upper; ASCII), bytes cut at the end (one digit), bytes added:
/// "l3y" turns "Countries" into "country". "=" and the lemma for the rest.
std::string lemma_rule(std::string_view form, std::string_view lemma);
/// The lemma that a rule makes of a form. A rule that would cut a character in two leaves the form's letters as they are.
std::string apply_lemma_rule(std::string_view form, std::string_view rule);
/// Is this a rule that `apply_lemma_rule` understands?
bool is_lemma_rule(std::string_view rule);

}  // namespace masudi
