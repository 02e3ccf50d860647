// What the voices on an output come to, for all rows with the same bits; see machine.h.
#include <algorithm>

#include "evaluate/combine.h"
#include "evaluate/machine_impl.h"

namespace cordon::evaluate {

using facts::Plane;
using program::BoolId;
using program::kRows;
using value::Truth;

// ---- answers

const AnswerSets& Machine::Impl::AnswersOf(model::OutputId output) {
  OutputState& state = outputs_[output.index];
  if (state.run == run_) return state.answers;
  state.run = run_;
  const program::OutputCode& code = program_.outputs[output.index];
  std::vector<const Plane*> planes;
  const auto add = [&](BoolId id) {
    const Planes& condition = Condition(id);
    planes.push_back(&condition.sure);
    planes.push_back(&condition.possible());
  };
  add(code.inside);
  for (const program::Voice& voice : code.groups) add(voice.stands);
  if (!state.keys) state.keys = std::make_unique<RowKeys>(planes.size());
  state.keys->Number(planes, NumEntries(kRows), state.numbers);
  for (std::size_t number = state.code_of.size(); number < state.keys->size(); ++number) {
    state.code_of.push_back(CodeOf(output, state.keys->key(static_cast<std::uint32_t>(number))));
  }
  state.answers.codes.resize(state.numbers.size());
  for (std::size_t row = 0; row < state.numbers.size(); ++row) {
    state.answers.codes[row] = state.code_of[state.numbers[row]];
  }
  return state.answers;
}

std::vector<Answer> AnswersFor(const model::Policy& policy, const program::OutputCode& code,
                               const std::vector<program::Voice>& voices, KeyWords key, std::size_t bit) {
  const auto verdict = [&](std::size_t at) {
    const Truth possible = KeyBit(key, at + 1) ? Truth::kUnknown : Truth::kFalse;
    return Verdict{KeyBit(key, at) ? Truth::kTrue : possible, nullptr};
  };
  const Verdict inside = verdict(bit);
  if (inside.truth == Truth::kFalse) return {NotCoveredAnswer{}};
  std::vector<Voice> standing;
  for (std::size_t i = 0; i < voices.size(); ++i) {
    Voice voice{voices[i].value, voices[i].judgement, voices[i].exactly, verdict(bit + 2 + 2 * i)};
    if (voice.stands.truth != Truth::kFalse) standing.push_back(std::move(voice));
  }
  return Combine(policy, code.output, inside, standing).possible;
}

std::uint16_t Machine::Impl::CodeOf(model::OutputId output, KeyWords key) {
  const std::vector<Answer> set =
      AnswersFor(policy_, program_.outputs[output.index], program_.outputs[output.index].groups, key, 0);
  std::vector<std::vector<Answer>>& sets = outputs_[output.index].answers.sets;
  const auto code = static_cast<std::uint16_t>(std::find(sets.begin(), sets.end(), set) - sets.begin());
  if (code == sets.size()) sets.push_back(set);
  return code;
}

}  // namespace cordon::evaluate
