// Finds a question's words in the policy; see prompt_text.h. Tested by tests/golden/ask/.
#include "cli/prompt_text.h"

#include "support/assert.h"

namespace cordon::cli {

using evaluate::Prompt;
using model::TypeKind;

const model::Field* PromptField(const model::Policy& policy, const Prompt& prompt) {
  model::Type type = policy.facts[prompt.place.fact.index].type;
  const model::Field* field = nullptr;
  for (const std::size_t step : prompt.place.steps) {
    field = nullptr;
    if (type.kind == TypeKind::kRecord) {
      field = &policy.records[type.record.index].fields[step];
      type = field->type;
    } else {
      type = ElementType(type);
    }
  }
  return field;
}

const model::Texts& PromptTexts(const model::Policy& policy, const Prompt& prompt) {
  if (const model::Field* field = PromptField(policy, prompt)) return field->help;
  const model::Fact& fact = policy.facts[prompt.place.fact.index];
  return fact.ask.empty() ? fact.help : fact.ask;
}

const model::Texts& PromptHelp(const model::Policy& policy, const Prompt& prompt) {
  const model::Fact& fact = policy.facts[prompt.place.fact.index];
  if (PromptField(policy, prompt) != nullptr) return fact.ask.empty() ? fact.help : fact.ask;
  static const model::Texts kNone;
  return fact.ask.empty() ? kNone : fact.help;
}

std::string_view AnswerType(const model::Policy& policy, const model::Type& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return "yes_no";
    case TypeKind::kInt:
      return "int";
    case TypeKind::kDecimal:
      return "decimal";
    case TypeKind::kText:
      return "text";
    case TypeKind::kDate:
      return "date";
    case TypeKind::kDatetime:
      return "datetime";
    case TypeKind::kDuration:
      return "duration";
    case TypeKind::kPeriod:
      return "period";
    case TypeKind::kCategory:
      return policy.categories[type.category.index].is_scale ? "scale" : "category";
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  CORDON_ASSERT(false);
}

}  // namespace cordon::cli
