// What the voices on an output come to; see combine.h.
#include "evaluate/combine.h"

#include <algorithm>
#include <set>

#include "support/assert.h"

namespace cordon::evaluate {

using value::Truth;

namespace {

// Adds `answer` where it is not there yet.
void Include(std::vector<Answer>& answers, const Answer& answer) {
  if (std::find(answers.begin(), answers.end(), answer) == answers.end()) answers.push_back(answer);
}

// The top of the scale beats a judgement; a judgement beats the rest and carries the strictest value beside it.
Answers Strictest(const model::Policy& policy, const model::Output& output, const std::vector<Voice>& voices,
                  const Answers& silent) {
  const std::int64_t top =
      output.type.kind == model::TypeKind::kBool
          ? 1
          : static_cast<std::int64_t>(policy.categories[output.type.category.index].leaves.size()) - 1;
  std::optional<std::int64_t> certain_value;
  std::set<std::int64_t> open_values;
  std::set<model::JudgementId> certain_judgements;
  std::set<model::JudgementId> open_judgements;
  for (const Voice& voice : voices) {
    const bool certain = voice.stands.truth == Truth::kTrue;
    if (voice.value && certain)
      certain_value = std::max(certain_value.value_or(voice.value->number), voice.value->number);
    if (voice.value && !certain) open_values.insert(voice.value->number);
    if (!voice.value) (certain ? certain_judgements : open_judgements).insert(voice.judgement);
  }
  for (model::JudgementId judgement : certain_judgements) open_judgements.erase(judgement);
  std::vector<std::optional<std::int64_t>> values{certain_value};
  for (std::int64_t open : open_values) {
    if (!certain_value || open > *certain_value) values.emplace_back(open);
  }
  Answers answers;
  const value::Kind kind = output.type.kind == model::TypeKind::kBool ? value::Kind::kBool : value::Kind::kSymbol;
  // Every choice of the open judgements (there are few) with every strictest value that may come out.
  const std::vector<model::JudgementId> open(open_judgements.begin(), open_judgements.end());
  for (std::size_t chosen = 0; chosen < (std::size_t{1} << std::min<std::size_t>(open.size(), 10)); ++chosen) {
    std::set<model::JudgementId> judgements = certain_judgements;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if ((chosen >> i & 1U) != 0) judgements.insert(open[i]);
    }
    for (const auto& number : values) {
      const auto value = number ? std::optional(value::Value{kind, *number, {}}) : std::nullopt;
      if (!judgements.empty() && number != top) {
        // At least the mildest value says nothing.
        const auto at_least = number != 0 ? value : std::nullopt;
        Include(answers.possible, JudgementAnswer{{judgements.begin(), judgements.end()}, at_least});
      } else if (value) {
        Include(answers.possible, ValueAnswer{*value});
      } else {
        for (const Answer& answer : silent.possible) Include(answers.possible, answer);
      }
    }
  }
  // The strictest voices first: they settle most.
  const Voice* strictest = nullptr;
  for (const Voice& voice : voices) {
    if (voice.stands.truth != Truth::kUnknown) continue;
    const bool matters = !voice.value || !certain_value || voice.value->number > *certain_value;
    if (!matters) continue;
    if (strictest == nullptr || (voice.value && (!strictest->value || voice.value->number > strictest->value->number)))
      strictest = &voice;
  }
  answers.open = strictest != nullptr ? strictest->stands.open : silent.open;
  return answers;
}

// All that stands must agree.
Answers Unique(const std::vector<Voice>& voices, const Answers& silent) {
  Answers answers;
  std::vector<Answer> certain;
  std::vector<Answer> open;
  for (const Voice& voice : voices) {
    const Answer answer =
        voice.value ? Answer(ValueAnswer{*voice.value}) : Answer(JudgementAnswer{{voice.judgement}, {}});
    Include(voice.stands.truth == Truth::kTrue ? certain : open, answer);
    if (voice.stands.truth == Truth::kUnknown && !answers.open) answers.open = voice.stands.open;
  }
  if (certain.size() > 1) return {{ConflictAnswer{}}, nullptr};
  if (certain.empty()) {
    for (const Answer& answer : silent.possible) Include(answers.possible, answer);
    for (const Answer& answer : open) Include(answers.possible, answer);
  } else {
    answers.possible = certain;
  }
  std::vector<Answer> all = certain;
  for (const Answer& answer : open) Include(all, answer);
  if (all.size() > 1) answers.possible.push_back(ConflictAnswer{});
  if (!answers.open) answers.open = silent.open;
  return answers;
}

// Where something is concluded exactly, all that stands must agree with it; else the strictest holds.
Answers WithExact(const model::Policy& policy, const model::Output& output, const std::vector<Voice>& voices,
                  const Answers& silent) {
  std::vector<Voice> others;
  const Voice* exact = nullptr;
  bool certain = false;
  for (const Voice& voice : voices) {
    if (!voice.exactly) {
      others.push_back(voice);
      continue;
    }
    if (exact == nullptr || (!certain && voice.stands.truth == Truth::kTrue)) exact = &voice;
    certain = certain || voice.stands.truth == Truth::kTrue;
  }
  if (exact == nullptr) return Strictest(policy, output, voices, silent);
  Answers answers = Unique(voices, silent);
  if (certain) return answers;
  for (const Answer& answer : Strictest(policy, output, others, silent).possible) Include(answers.possible, answer);
  answers.open = exact->stands.open;
  return answers;
}

}  // namespace

Answers Combine(const model::Policy& policy, model::OutputId id, const Verdict& inside,
                const std::vector<Voice>& voices) {
  const model::Output& output = policy.outputs[id.index];
  Answers silent;
  if (output.default_value) {
    silent.possible.push_back(ValueAnswer{*output.default_value});
  } else {
    silent.possible.push_back(NotCoveredAnswer{});
  }
  if (inside.truth == Truth::kUnknown) {
    // Outside its setting a protocol concludes nothing, not even its defaults.
    Include(silent.possible, NotCoveredAnswer{});
    silent.open = inside.open;
  }
  if (output.mode == model::Mode::kUnique) return Unique(voices, silent);
  return WithExact(policy, output, voices, silent);
}

bool Passes(model::OutputTest test, const value::Value& value, const Answer& answer) {
  const auto* given = std::get_if<ValueAnswer>(&answer);
  switch (test) {
    case model::OutputTest::kValue:
      return given != nullptr && given->value == value;
    case model::OutputTest::kAtLeast:
      return given != nullptr && given->value.number >= value.number;
    case model::OutputTest::kJudgement:
      return std::holds_alternative<JudgementAnswer>(answer);
    case model::OutputTest::kNotCovered:
      return std::holds_alternative<NotCoveredAnswer>(answer);
    case model::OutputTest::kConflict:
      return std::holds_alternative<ConflictAnswer>(answer);
  }
  CORDON_ASSERT(false);
}

}  // namespace cordon::evaluate
