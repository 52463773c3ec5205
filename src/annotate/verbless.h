// Sentences that the parser left without a verb although they have one.
#pragma once

#include "masudi/segment.h"

namespace masudi {

/// "Oman hosted talks with Iran." read as a noun with a participle in front of it becomes a clause: the participle is its verb, the noun before it
/// the subject, the noun behind it the object. English writes a hyphen where a noun and a participle modify together ("Oman-hosted talks"), so a
/// sentence whose root is such a noun, with no subject, copula or auxiliary of its own, is told by the participle. Changes nothing else.
/// @return whether the tree was changed.
bool mend_verbless(Sentence& sentence);

}  // namespace masudi
