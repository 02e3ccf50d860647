// Private to check/: what rules and rows conclude, and the duties that tests expect.
#pragma once

#include <optional>
#include <vector>

#include "check/expressions.h"

namespace cordon::check {

// duties.cc: where a duty stands, in a conclusion or in what a test expects.
enum class DutyUse : std::uint8_t { kConcluded, kExpected };
// The duty with all its names looked up; those of `scope` stay as they were. Reports E0205, E0317, E0321, E0427, E0437.
std::optional<model::Duty> ResolveDuty(Context& ctx, Scope& scope, const syntax::Duty& written, DutyUse use);
// The roles of `names`; `ok` becomes false where one is not declared (E0205).
std::vector<model::RoleId> ResolveRoles(Context& ctx, const std::vector<syntax::Name>& names, bool& ok);
// The output of the scope's own protocol that `name` means, or a report (E0407).
std::optional<model::OutputId> ResolveOutput(Context& ctx, const Scope& scope, const syntax::QName& name);
// Adds `output = value` to the rule.
void Conclude(Context& ctx, Scope& scope, const syntax::OutputConclusion& written, model::Rule& rule);
struct ConcludedValue {
  syntax::ConclusionValue value;
  bool exactly = false;
};
void Conclude(Context& ctx, Scope& scope, model::OutputId output, const ConcludedValue& concluded, const Span& span,
              model::Rule& rule);
model::Modality ModalityOf(syntax::Modality modality);

// ---- rules.cc

// The condition that the setting is one of `names`, as a part of its own; nothing where there are none.
void AddSettingPart(Context& ctx, const std::vector<syntax::QName>& names, model::Rule& rule);
// Enters the element of `for each`; returns false where its list is in error.
bool EnterForEach(Context& ctx, Scope& scope, const std::optional<syntax::ForEach>& for_each,
                  std::optional<model::ForEach>& made);
// Adds the rule to the policy and its protocol.
model::RuleId AddRule(Context& ctx, model::Rule rule);
// drops.cc: adds what `names` mean to what the rule drops, before AddRule. Reports E0205, E0208, E0435.
void ResolveDrops(Context& ctx, const Scope& scope, const std::vector<syntax::QName>& names, model::Rule& rule);
// tables.cc: makes every row a rule.
void BuildTable(Context& ctx, model::ProtocolId protocol, const syntax::File& file, const syntax::TableDecl& decl);

}  // namespace cordon::check
