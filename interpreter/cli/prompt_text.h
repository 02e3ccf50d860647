// PromptText: a question of an interview in the policy's words.
#pragma once

#include <string>
#include <string_view>

#include "evaluate/interview.h"
#include "model/model.h"

namespace cordon::cli {

// What is asked, in every language that the policy has texts for; empty where it has none. A field's help is its
// question.
const model::Texts& PromptTexts(const model::Policy& policy, const evaluate::Prompt& prompt);

// What explains the question further, in every language; may be empty.
const model::Texts& PromptHelp(const model::Policy& policy, const evaluate::Prompt& prompt);

// The field that a question is about; nothing where it is about a fact or a list's element as a whole.
const model::Field* PromptField(const model::Policy& policy, const evaluate::Prompt& prompt);

// The kind of answer, as messages spell it: `yes_no`, `int`, `decimal`, `text`, `date`, `datetime`, `duration`,
// `period`, `category`, `scale`.
std::string_view AnswerType(const model::Policy& policy, const model::Type& type);

}  // namespace cordon::cli
