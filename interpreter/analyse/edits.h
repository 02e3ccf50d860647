// Edits: what the texts of two versions state differently, whatever comes of it.
//
// Rule by rule, row by row, definition, parameter, output, fact: the structural difference. A region of patients is
// told with those edits that touch what decides it; `cordon diff --edits` lists them all.
#pragma once

#include <string>
#include <vector>

#include "analyse/diff.h"
#include "analyse/pairing.h"
#include "analyse/words.h"

namespace cordon::analyse {

struct ListedEdit {
  Edit edit;
  std::string thing;  // the rule, definition, output or fact that it belongs to, by NEW's path
};

struct EditTexts {
  TextAt text_at;
  std::function<Place(const diagnostics::Span&)> place_at;
};

// In order of declaration in NEW; what OLD alone has comes last.
std::vector<ListedEdit> ListEdits(const model::Policy& old_policy, const model::Policy& new_policy,
                                  const symbolic::Renames& renames, const EditTexts& texts);

// A rule or row as a version states it, for reading beside the other version's.
RuleText TextOf(const model::Policy& policy, model::RuleId rule, Whose whose, const EditTexts& texts);
// Marks the cells in which two texts of one rule differ.
void MarkChanges(RuleText& old_rule, RuleText& new_rule);

}  // namespace cordon::analyse
