// Assumptions, drawn completions, and the evaluator in the end; see open_rows.h.
#include "evaluate/open_rows.h"

#include <algorithm>
#include <utility>

#include "evaluate/draw.h"
#include "evaluate/evaluate.h"
#include "evaluate/machine.h"
#include "evaluate/planes.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Columns;

namespace {

// How many completions are drawn for a row that is still open, one round after the other.
constexpr std::size_t kDraws[] = {4, 12, 48};
// How many completions are looked at together.
constexpr std::size_t kDrawnRows = 1024;

// How far one output of one row is decided.
struct Search {
  bool settled = false;
  bool assumed_one = false;  // where assumptions are made there is one answer: the last of `met`
  std::vector<Answer> met;   // answers that are given for certain
  Verdicts verdict;
};

}  // namespace

Status StatusOf(const Answer& answer) {
  if (std::holds_alternative<ValueAnswer>(answer)) return Status::kDetermined;
  if (std::holds_alternative<JudgementAnswer>(answer)) return Status::kJudgement;
  return std::holds_alternative<NotCoveredAnswer>(answer) ? Status::kNotCovered : Status::kConflict;
}

class OpenRows::Impl {
 public:
  explicit Impl(const program::Program& program)
      : program_(program),
        policy_(*program.policy),
        outputs_(policy_.protocols[program.protocol.index].outputs),
        machine_(program),
        draw_(program),
        assumed_(policy_, program.reads, Texts(program)),
        drawn_(policy_, program.reads, Texts(program)) {}

  std::vector<std::vector<Verdicts>> Decide(const Columns& columns, const std::vector<OpenRow>& rows) {
    searches_.assign(rows.size(), std::vector<Search>(outputs_.size()));
    MakeAssumptions(columns, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) Begin(rows[i], i);
    std::uint64_t number = 0;
    for (const std::size_t draws : kDraws) {
      DrawAll(columns, rows, number, draws, true);
      DrawAll(columns, rows, number, draws, false);
      number += draws;
    }
    std::vector<std::vector<Verdicts>> verdicts(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool settled =
          std::all_of(searches_[i].begin(), searches_[i].end(), [](const Search& search) { return search.settled; });
      if (settled) {
        for (const Search& search : searches_[i]) verdicts[i].push_back(search.verdict);
      } else {
        verdicts[i] = Evaluated(columns, rows[i].row);
      }
    }
    return verdicts;
  }

  std::uint64_t num_evaluated = 0;

 private:
  static std::vector<std::string> Texts(const program::Program& program) {
    std::vector<std::string> texts;
    for (const program::ScalarNode& node : program.scalars) {
      if (node.kind == program::ScalarKind::kConstant && node.type == model::TypeKind::kText)
        texts.push_back(node.text);
    }
    return texts;
  }

  // ---- assumptions

  static bool IsAbsent(const Columns& columns, const model::Policy& policy, model::FactId fact, std::size_t row) {
    const facts::FactColumn& column = columns.facts[fact.index];
    if (!column.touched) return true;
    const model::TypeKind kind = policy.facts[fact.index].type.kind;
    if (kind == model::TypeKind::kList) {
      return !facts::BitAt(column.list.given, row) && !facts::BitAt(column.list.null, row);
    }
    if (kind == model::TypeKind::kRecord) return !facts::BitAt(column.given, row) && !facts::BitAt(column.null, row);
    return columns.Get(column.scalar, static_cast<std::uint32_t>(row)).state == facts::CellState::kAbsent;
  }

  void Assume(model::FactId fact, std::size_t row) {
    const model::Assume& assume = *policy_.facts[fact.index].assume;
    facts::FactColumn& column = assumed_.Touch(fact);
    if (assume.empty_list) {
      facts::SetBit(column.list.given, row);
    } else {
      assumed_.Put(column.scalar, static_cast<std::uint32_t>(row), facts::Cell::Known(assume.value));
    }
  }

  // Fills `assumed_` with the rows, what is assumed in them filled in; whether a fact must be asked for is found with
  // the plain assumptions made. Where that is open the fact stays open, and the row's completions are not drawn.
  void MakeAssumptions(const Columns& columns, const std::vector<OpenRow>& rows) {
    assumed_.Clear(rows.size());
    for (const OpenRow& row : rows) assumed_.AppendCopy(columns, row.row);
    asking_open_.assign(rows.size(), program_.asks_what_is_known);
    bool conditional = false;
    for (const program::Assumption& assumption : program_.assumptions) {
      if (assumption.must_ask.valid()) {
        conditional = true;
        continue;
      }
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (IsAbsent(columns, policy_, assumption.fact, rows[i].row)) Assume(assumption.fact, i);
      }
    }
    machine_.Run(assumed_, Learning::kNever);
    if (!conditional) return;
    bool any = false;
    for (const program::Assumption& assumption : program_.assumptions) {
      if (!assumption.must_ask.valid()) continue;
      const Planes& asked = machine_.Condition(assumption.must_ask);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (facts::BitAt(asked.sure, i) || !IsAbsent(columns, policy_, assumption.fact, rows[i].row)) continue;
        if (facts::BitAt(asked.possible(), i)) {
          asking_open_[i] = true;
        } else {
          Assume(assumption.fact, i);
          any = true;
        }
      }
    }
    if (any) machine_.Run(assumed_, Learning::kNever);
  }

  // ---- the search

  static void Settle(Search& search, Status status, std::optional<Answer> answer) {
    search.settled = true;
    search.verdict = {status, std::move(answer)};
  }

  void Begin(const OpenRow& row, std::size_t i) {
    for (std::size_t k = 0; k < outputs_.size(); ++k) {
      Search& search = searches_[i][k];
      const std::vector<Answer>& possible = (*row.possible)[k];
      if (possible.size() == 1) {
        Settle(search, StatusOf(possible[0]), possible[0]);
        continue;
      }
      const AnswerSets& assumed = machine_.AnswersOf(outputs_[k]);
      const std::vector<Answer>& left = assumed.sets[assumed.codes[i]];
      search.assumed_one = left.size() == 1;
      if (search.assumed_one) search.met = left;
    }
  }

  // An answer that some completion gives; of those with the assumptions made, `assuming`.
  static void Meet(Search& search, const Answer& answer) {
    if (search.settled) return;
    if (std::find(search.met.begin(), search.met.end(), answer) != search.met.end()) return;
    search.met.push_back(answer);
    if (search.met.size() < 2) return;
    if (search.assumed_one) {
      Settle(search, Status::kProvisional, search.met[0]);
    } else {
      Settle(search, Status::kUndetermined, std::nullopt);
    }
  }

  bool Wants(std::size_t i, bool assuming) const {
    if (assuming && asking_open_[i]) return false;
    return std::any_of(searches_[i].begin(), searches_[i].end(),
                       [&](const Search& search) { return !search.settled && search.assumed_one != assuming; });
  }

  // Draws completions `number` to `number + draws` of every row that wants them.
  void DrawAll(const Columns& columns, const std::vector<OpenRow>& rows, std::uint64_t number, std::size_t draws,
               bool assuming) {
    drawn_.Clear(kDrawnRows);
    owners_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!Wants(i, assuming)) continue;
      if (owners_.size() + draws > kDrawnRows) LookAt(assuming);
      for (std::size_t d = 0; d < draws; ++d) {
        owners_.push_back(i);
        if (assuming) {
          draw_.Append(assumed_, i, number + d, drawn_);
        } else {
          draw_.Append(columns, rows[i].row, number + d, drawn_);
        }
      }
    }
    LookAt(assuming);
  }

  void LookAt(bool assuming) {
    if (!owners_.empty()) {
      looking_.Run(drawn_, Learning::kMay);
      facts::Plane allowed;
      Fill(allowed, owners_.size(), true);
      for (const program::Require& require : program_.requires_) {
        const program::SpaceId space = program_.bools[require.holds.index].space;
        const Planes& holds = looking_.Condition(require.holds);
        for (std::size_t e = 0; e < looking_.NumEntries(space); ++e) {
          if (facts::BitAt(holds.sure, e)) continue;
          facts::ClearBit(allowed, space == program::kRows ? e : looking_.Parents(space)[e]);
        }
      }
      for (std::size_t k = 0; k < outputs_.size(); ++k) {
        const AnswerSets& answers = looking_.AnswersOf(outputs_[k]);
        ForEachBit(allowed, owners_.size(), [&](std::size_t d) {
          Search& search = searches_[owners_[d]][k];
          const std::vector<Answer>& set = answers.sets[answers.codes[d]];
          if (set.size() == 1 && search.assumed_one != assuming) Meet(search, set[0]);
        });
      }
    }
    drawn_.Clear(kDrawnRows);
    owners_.clear();
  }

  std::vector<Verdicts> Evaluated(const Columns& columns, std::uint32_t row) {
    ++num_evaluated;
    const Outcome outcome = Evaluate(policy_, program_.protocol, columns.ToSubject(row));
    std::vector<Verdicts> verdicts;
    for (const OutputOutcome& output : outcome.outputs) verdicts.push_back({output.status, output.answer});
    return verdicts;
  }

  const program::Program& program_;
  const model::Policy& policy_;
  const std::vector<model::OutputId>& outputs_;
  Machine machine_;
  Draw draw_;
  Columns assumed_;
  Columns drawn_;
  Machine looking_{program_};
  std::vector<bool> asking_open_;
  std::vector<std::vector<Search>> searches_;
  std::vector<std::size_t> owners_;
};

OpenRows::OpenRows(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
OpenRows::~OpenRows() = default;
std::vector<std::vector<Verdicts>> OpenRows::Decide(const Columns& columns, const std::vector<OpenRow>& rows) {
  return impl_->Decide(columns, rows);
}
std::uint64_t OpenRows::num_evaluated() const { return impl_->num_evaluated; }

}  // namespace cordon::evaluate
