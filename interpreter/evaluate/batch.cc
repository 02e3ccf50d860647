// Many subjects, one conclusion for all that are alike; see batch.h.
#include "evaluate/batch.h"

#include <algorithm>
#include <bit>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "diagnostics/diagnostic.h"
#include "evaluate/evaluate.h"
#include "evaluate/machine.h"
#include "evaluate/open_rows.h"
#include "evaluate/planes.h"
#include "evaluate/reads.h"
#include "evaluate/row_keys.h"
#include "program/lower.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

bool Requires(const model::Policy& policy, const model::Type& type) {
  return type.record.valid() && !policy.records[type.record.index].requires_.empty();
}

// What bears on the protocol's conclusions, and whatever can have no completion.
std::vector<bool> FactsWanted(const model::Policy& policy, model::ProtocolId root) {
  std::vector<bool> wanted(policy.facts.size(), false);
  std::set<model::ProtocolId> protocols = ProtocolsReadBy(policy, root);
  protocols.insert(root);
  for (model::ProtocolId protocol : protocols) {
    for (model::FactId fact : FactsOfProtocol(policy, root, protocol, Extent::kBearing)) wanted[fact.index] = true;
  }
  if (policy.setting.valid()) wanted[policy.setting.index] = true;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (Requires(policy, policy.facts[i].type)) wanted[i] = true;
  }
  return wanted;
}

std::vector<model::ProtocolId> ProtocolsRead(const model::Policy& policy, model::ProtocolId root) {
  const std::set<model::ProtocolId> read = ProtocolsReadBy(policy, root);
  return {read.begin(), read.end()};
}

std::vector<std::string> TextConstants(const model::Policy& policy) {
  std::vector<std::string> constants;
  for (const model::Expr& expr : policy.exprs) {
    const bool is_text = expr.kind == model::ExprKind::kConstant && expr.value.kind == value::Kind::kText;
    if (is_text) constants.push_back(expr.value.text);
  }
  return constants;
}

}  // namespace

class Batch::Impl {
 public:
  Impl(const model::Policy& policy, model::ProtocolId protocol, Detail detail)
      : policy_(policy),
        protocol_(protocol),
        detail_(detail),
        wanted(FactsWanted(policy, protocol)),
        constants(TextConstants(policy)),
        program_(program::Lower(policy, protocol, ProtocolsRead(policy, protocol), wanted)),
        machine_(program_),
        open_rows_(program_) {
    for (model::OutputId output : policy.protocols[protocol.index].outputs) {
      const program::OutputCode& code = program_.outputs[output.index];
      first_bit_.push_back(2 * asked_.size());
      asked_.push_back(code.inside);
      for (const program::Voice& voice : VoicesOf(code)) asked_.push_back(voice.stands);
    }
    keys_ = std::make_unique<RowKeys>(2 * asked_.size());
  }

  std::uint64_t num_evaluated() const { return num_evaluated_ + open_rows_.num_evaluated(); }

  void Evaluate(const facts::Columns& columns, std::vector<std::uint32_t>& numbers) {
    if (conclusions.empty() || conclusions.size() > kMostConclusions) StartAnew();
    numbers.assign(columns.num_rows(), kInfeasible);
    if (detail_ == Detail::kFull || !program_.whole) return EvaluateEach(columns, numbers);
    machine_.Run(columns, Learning::kMay);
    CheckRequired(columns);
    NumberRows(columns);
    std::vector<OpenRow> open;
    for (std::uint32_t row = 0; row < columns.num_rows(); ++row) {
      if (!infeasible_.empty() && infeasible_[row]) continue;
      const KeyInfo& info = infos_[key_numbers_[row]];
      numbers[row] = info.conclusion;
      if (info.conclusion == kOpen) open.push_back({row, &info.possible});
    }
    if (!open.empty()) DecideOpen(columns, open, numbers);
  }

 private:
  static constexpr std::uint32_t kOpen = UINT32_MAX - 1;
  // Beyond this many, all are forgotten.
  static constexpr std::size_t kMostConclusions = 100'000;

  // What is known of all rows with the same bits.
  struct KeyInfo {
    std::uint32_t conclusion = kOpen;
    PossibleAnswers possible;  // where it is open
  };

  const std::vector<program::Voice>& VoicesOf(const program::OutputCode& code) const {
    return detail_ == Detail::kValues ? code.groups : code.voices;
  }

  void StartAnew() {
    conclusions.clear();
    ++generation;
    by_text_.clear();
    keys_->Clear();
    infos_.clear();
  }

  // ---- rows whose facts have no completion

  void CheckRequired(const facts::Columns& columns) {
    infeasible_.clear();
    for (const program::Require& require : program_.requires_) {
      const program::SpaceId space = program_.bools[require.holds.index].space;
      const Planes& holds = machine_.Condition(require.holds);
      const std::size_t entries = machine_.NumEntries(space);
      for (std::size_t w = 0; w < WordsFor(entries); ++w) {
        const std::uint64_t mask = w + 1 == WordsFor(entries) ? LastMask(entries) : ~std::uint64_t{0};
        const std::uint64_t doubtful = require.plain ? ~holds.possible()[w] : ~holds.sure[w];
        for (std::uint64_t rest = doubtful & mask; rest != 0; rest &= rest - 1) {
          const std::size_t entry = w * 64 + static_cast<std::size_t>(std::countr_zero(rest));
          Doubt(columns, space == program::kRows ? entry : machine_.Parents(space)[entry]);
        }
      }
    }
  }

  void Doubt(const facts::Columns& columns, std::size_t row) {
    diagnostics::Sink sink;
    if (CheckFeasible(policy_, columns.ToSubject(row), sink)) return;
    if (infeasible_.empty()) infeasible_.assign(columns.num_rows(), false);
    infeasible_[row] = true;
  }

  // ---- rows by what is known of them

  void NumberRows(const facts::Columns& columns) {
    std::vector<const facts::Plane*> planes;
    for (program::BoolId id : asked_) {
      const Planes& condition = machine_.Condition(id);
      planes.push_back(&condition.sure);
      planes.push_back(&condition.possible());
    }
    keys_->Number(planes, columns.num_rows(), key_numbers_);
    while (infos_.size() < keys_->size())
      infos_.push_back(InfoOf(keys_->key(static_cast<std::uint32_t>(infos_.size()))));
  }

  KeyInfo InfoOf(KeyWords key) {
    KeyInfo info;
    Conclusion conclusion;
    bool open = false;
    const auto& outputs = policy_.protocols[protocol_.index].outputs;
    for (std::size_t k = 0; k < outputs.size(); ++k) {
      const program::OutputCode& code = program_.outputs[outputs[k].index];
      info.possible.push_back(AnswersFor(policy_, code, VoicesOf(code), key, first_bit_[k]));
      OutputOutcome outcome;
      outcome.output = outputs[k];
      open = open || info.possible.back().size() > 1;
      if (open) continue;
      outcome.answer = info.possible.back()[0];
      outcome.status = StatusOf(*outcome.answer);
      open = detail_ != Detail::kValues && !FindReasonsIn(key, k, outcome);
      conclusion.outputs.push_back(std::move(outcome));
    }
    if (!open) info.conclusion = NumberOf(std::move(conclusion));
    return info;
  }

  // What concludes the answer, read from the key. False: something of that is open.
  bool FindReasonsIn(KeyWords key, std::size_t k, OutputOutcome& outcome) const {
    const program::OutputCode& code = program_.outputs[outcome.output.index];
    outcome.outside_setting = !KeyBit(key, first_bit_[k] + 1);
    bool silent = KeyBit(key, first_bit_[k]);
    for (std::size_t i = 0; i < code.voices.size(); ++i) {
      const program::Voice& voice = code.voices[i];
      const bool stands = KeyBit(key, first_bit_[k] + 2 + 2 * i);
      const bool may_stand = KeyBit(key, first_bit_[k] + 3 + 2 * i);
      silent = silent && !may_stand;
      if (!may_stand || !IsPartOf(*outcome.answer, voice)) continue;
      if (!stands) return false;
      outcome.because.push_back({voice.rule, {}, voice.decision});
    }
    const auto* value = std::get_if<ValueAnswer>(&*outcome.answer);
    const auto& declared = policy_.outputs[outcome.output.index].default_value;
    if (value != nullptr && declared == value->value) {
      if (silent) outcome.because.push_back({{}, outcome.output, {}});
      if (!silent && outcome.because.empty()) return false;
    }
    if (auto* conflict = std::get_if<ConflictAnswer>(&*outcome.answer)) {
      for (const Reason& reason : outcome.because) conflict->rules.push_back(reason.rule);
    }
    return true;
  }

  static bool IsPartOf(const Answer& answer, const program::Voice& voice) {
    if (const auto* value = std::get_if<ValueAnswer>(&answer)) return voice.value == value->value;
    if (const auto* judgement = std::get_if<JudgementAnswer>(&answer)) {
      const auto& of = judgement->judgements;
      return !voice.value && std::find(of.begin(), of.end(), voice.judgement) != of.end();
    }
    return std::holds_alternative<ConflictAnswer>(answer);
  }

  // ---- open rows

  void DecideOpen(const facts::Columns& columns, const std::vector<OpenRow>& open,
                  std::vector<std::uint32_t>& numbers) {
    if (detail_ != Detail::kValues) {
      for (const OpenRow& row : open) numbers[row.row] = EvaluateRow(columns, row.row);
      return;
    }
    const auto& outputs = policy_.protocols[protocol_.index].outputs;
    const std::vector<std::vector<Verdicts>> decided = open_rows_.Decide(columns, open);
    for (std::size_t i = 0; i < open.size(); ++i) {
      Conclusion conclusion;
      for (std::size_t k = 0; k < outputs.size(); ++k) {
        OutputOutcome& outcome = conclusion.outputs.emplace_back();
        outcome.output = outputs[k];
        outcome.status = decided[i][k].status;
        outcome.answer = decided[i][k].answer;
      }
      numbers[open[i].row] = NumberOf(std::move(conclusion));
    }
  }

  void EvaluateEach(const facts::Columns& columns, std::vector<std::uint32_t>& numbers) {
    for (std::uint32_t row = 0; row < columns.num_rows(); ++row) {
      diagnostics::Sink sink;
      if (CheckFeasible(policy_, columns.ToSubject(row), sink)) numbers[row] = EvaluateRow(columns, row);
    }
  }

  std::uint32_t EvaluateRow(const facts::Columns& columns, std::uint32_t row) {
    ++num_evaluated_;
    Outcome outcome = evaluate::Evaluate(policy_, protocol_, columns.ToSubject(row));
    Conclusion conclusion;
    for (OutputOutcome& output : outcome.outputs) {
      output.why_not.clear();
      if (detail_ != Detail::kFull) output.open.clear();  // a report cites them for a duty that is open
      if (detail_ == Detail::kValues) {
        OutputOutcome values;
        values.output = output.output;
        values.status = output.status;
        values.answer = output.answer;
        output = std::move(values);
      }
      conclusion.outputs.push_back(output);
    }
    if (detail_ == Detail::kFull) conclusion.outcome = std::move(outcome);
    return NumberOf(std::move(conclusion));
  }

  // ---- conclusions

  std::uint32_t NumberOf(Conclusion conclusion) {
    const auto number = static_cast<std::uint32_t>(conclusions.size());
    if (detail_ == Detail::kValues) {
      const auto [known, is_new] = by_text_.emplace(TextOf(conclusion), number);
      if (!is_new) return known->second;
    }
    conclusions.push_back(std::move(conclusion));
    return number;
  }

  // Statuses and answers, spelt out.
  static std::string TextOf(const Conclusion& conclusion) {
    std::string text;
    const auto add = [&](std::int64_t number) { text += std::to_string(number) + ","; };
    const auto add_value = [&](const value::Value& value) {
      add(static_cast<std::int64_t>(value.kind));
      add(value.number);
      add(static_cast<std::int64_t>(value.text.size()));
      text += value.text;
    };
    for (const OutputOutcome& outcome : conclusion.outputs) {
      add(static_cast<std::int64_t>(outcome.status));
      if (!outcome.answer) continue;
      add(static_cast<std::int64_t>(outcome.answer->index()));
      if (const auto* value = std::get_if<ValueAnswer>(&*outcome.answer)) add_value(value->value);
      if (const auto* judgement = std::get_if<JudgementAnswer>(&*outcome.answer)) {
        for (model::JudgementId id : judgement->judgements) add(id.index);
        if (judgement->at_least) add_value(*judgement->at_least);
      }
      text += ';';
    }
    return text;
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  Detail detail_;

 public:
  std::vector<bool> wanted;
  std::vector<std::string> constants;
  std::vector<Conclusion> conclusions;
  std::uint64_t generation = 0;

 private:
  program::Program program_;
  Machine machine_;
  OpenRows open_rows_;
  std::vector<program::BoolId> asked_;
  std::vector<std::size_t> first_bit_;  // by output of the protocol
  std::unique_ptr<RowKeys> keys_;
  std::vector<KeyInfo> infos_;  // by key
  std::vector<std::uint32_t> key_numbers_;
  std::map<std::string, std::uint32_t> by_text_;
  std::uint64_t num_evaluated_ = 0;
  std::vector<bool> infeasible_;  // by row; empty: none is
};

Batch::Batch(const model::Policy& policy, model::ProtocolId protocol, Detail detail)
    : impl_(std::make_unique<Impl>(policy, protocol, detail)) {}
Batch::~Batch() = default;

const std::vector<bool>& Batch::wanted() const { return impl_->wanted; }
const std::vector<std::string>& Batch::constants() const { return impl_->constants; }
void Batch::Evaluate(const facts::Columns& columns, std::vector<std::uint32_t>& conclusions) {
  impl_->Evaluate(columns, conclusions);
}
const Conclusion& Batch::conclusion(std::uint32_t number) const { return impl_->conclusions[number]; }
std::size_t Batch::num_conclusions() const { return impl_->conclusions.size(); }
std::uint64_t Batch::generation() const { return impl_->generation; }
std::uint64_t Batch::num_evaluated() const { return impl_->num_evaluated(); }

}  // namespace cordon::evaluate
