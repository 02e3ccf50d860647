// Assumptions, drawn completions, and the evaluator in the end; see open_rows.h.
#include "evaluate/open_rows.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "evaluate/draw.h"
#include "evaluate/evaluate.h"
#include "evaluate/machine.h"
#include "evaluate/planes.h"
#include "evaluate/split.h"
#include "support/assert.h"

namespace cordon::evaluate {

using facts::Columns;

namespace {

// How many completions are drawn for a row that is still open, one round after the other.
constexpr std::size_t kDraws[] = {4, 12, 48, 192};
constexpr std::size_t kAllDraws = 256;
// After how many rounds the rows that are still open are split into cases, and into how many at most.
constexpr std::size_t kRoundsBeforeSplit = 2;
constexpr std::size_t kMostCases = 64;
constexpr std::size_t kMostWays = 8;
// How many completions are looked at together.
constexpr std::size_t kDrawnRows = 1024;

// How far one output of one row is decided.
struct Search {
  bool settled = false;
  bool assumed_one = false;  // where assumptions are made there is one answer: the last of `met`
  std::vector<Answer> met;   // answers that are given for certain
  Verdicts verdict;
};

// One completion, or case, of a row.
struct Drawn {
  std::size_t owner = 0;
  std::size_t number = 0;
  bool check_asking = false;  // the facts that may have to be asked for were drawn, not assumed
};

}  // namespace

class OpenRows::Impl {
 public:
  explicit Impl(const program::Program& program)
      : program_(program),
        policy_(*program.policy),
        outputs_(policy_.protocols[program.protocol.index].outputs),
        machine_(program),
        draw_(program),
        split_(program),
        assumed_(policy_, program.reads, Texts(program)),
        supposed_(policy_, program.reads, Texts(program)),
        drawn_(policy_, program.reads, Texts(program)),
        order_(kAllDraws),
        scores_(kAllDraws, 0) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  std::vector<std::vector<Verdicts>> Decide(const Columns& columns, const std::vector<OpenRow>& rows) {
    searches_.assign(rows.size(), std::vector<Search>(outputs_.size()));
    MakeAssumptions(columns, rows);
    for (std::size_t i = 0; i < rows.size(); ++i) Begin(rows[i], i);
    std::stable_sort(order_.begin(), order_.end(),
                     [&](std::size_t a, std::size_t b) { return scores_[a] > scores_[b]; });
    std::size_t first = 0;
    for (std::size_t round = 0; round < std::size(kDraws); ++round) {
      if (round == kRoundsBeforeSplit) {
        LookAtAllTogether(columns, rows, true);
        LookAtAllTogether(columns, rows, false);
        SplitAll(columns, rows, true);
        SplitAll(columns, rows, false);
      }
      DrawAll(columns, rows, first, kDraws[round], true);
      DrawAll(columns, rows, first, kDraws[round], false);
      first += kDraws[round];
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

  void Assume(Columns& columns, model::FactId fact, std::size_t row) const {
    const model::Assume& assume = *policy_.facts[fact.index].assume;
    facts::FactColumn& column = columns.Touch(fact);
    if (assume.empty_list) {
      facts::SetBit(column.list.given, row);
    } else {
      columns.Put(column.scalar, static_cast<std::uint32_t>(row), facts::Cell::Known(assume.value));
    }
  }

  // Fills `assumed_` with the rows, what is assumed in them filled in; whether a fact must be asked for is found with
  // the plain assumptions made. Where that is open the fact stays open there, and is assumed in `supposed_`.
  void MakeAssumptions(const Columns& columns, const std::vector<OpenRow>& rows) {
    assumed_.Clear(rows.size());
    supposed_.Clear(rows.size());
    for (const OpenRow& row : rows) assumed_.AppendCopy(columns, row.row);
    asking_open_.assign(rows.size(), {});
    bool conditional = false;
    for (const program::Assumption& assumption : program_.assumptions) {
      conditional = conditional || assumption.must_ask.valid();
      for (std::size_t i = 0; i < rows.size() && !assumption.must_ask.valid(); ++i) {
        if (IsAbsent(columns, policy_, assumption.fact, rows[i].row)) Assume(assumed_, assumption.fact, i);
      }
    }
    machine_.Run(assumed_, Learning::kNever);
    if (conditional && AssumeUnlessAsked(columns, rows)) machine_.Run(assumed_, Learning::kNever);
    const auto asks = [](const auto& open) { return !open.empty(); };
    if (std::none_of(asking_open_.begin(), asking_open_.end(), asks)) return;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      supposed_.AppendCopy(assumed_, i);
      for (const program::Assumption* assumption : asking_open_[i]) Assume(supposed_, assumption->fact, i);
    }
  }

  // Returns whether anything was assumed.
  bool AssumeUnlessAsked(const Columns& columns, const std::vector<OpenRow>& rows) {
    bool any = false;
    for (const program::Assumption& assumption : program_.assumptions) {
      if (!assumption.must_ask.valid()) continue;
      const Planes& asked = machine_.Condition(assumption.must_ask);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (facts::BitAt(asked.sure, i) || !IsAbsent(columns, policy_, assumption.fact, rows[i].row)) continue;
        if (facts::BitAt(asked.possible(), i)) {
          asking_open_[i].push_back(&assumption);
        } else {
          Assume(assumed_, assumption.fact, i);
          any = true;
        }
      }
    }
    return any;
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

  // An answer that some completion gives. Returns whether it settles the search.
  static bool Meet(Search& search, const Answer& answer) {
    if (std::find(search.met.begin(), search.met.end(), answer) != search.met.end()) return false;
    search.met.push_back(answer);
    if (search.met.size() < 2) return false;
    if (search.assumed_one) {
      Settle(search, Status::kProvisional, search.met[0]);
    } else {
      Settle(search, Status::kUndetermined, std::nullopt);
    }
    return true;
  }

  bool Wants(std::size_t i, bool assuming) const {
    // A value that is drawn would be known.
    if (assuming && program_.asks_what_is_known) return false;
    return std::any_of(searches_[i].begin(), searches_[i].end(),
                       [&](const Search& search) { return !search.settled && search.assumed_one != assuming; });
  }

  // Draws `draws` completions, from the `first`th of the order on, of every row that wants them.
  void DrawAll(const Columns& columns, const std::vector<OpenRow>& rows, std::size_t first, std::size_t draws,
               bool assuming) {
    drawn_.Clear(kDrawnRows);
    owners_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!Wants(i, assuming)) continue;
      if (owners_.size() + draws > kDrawnRows) LookAt(assuming);
      for (std::size_t d = first; d < first + draws; ++d) {
        const bool supposed = assuming && !asking_open_[i].empty() && d % 2 == 1;
        owners_.push_back({i, order_[d], assuming && !supposed});
        const Columns& from = supposed ? supposed_ : assuming ? assumed_ : columns;
        draw_.Append(from, assuming ? i : rows[i].row, order_[d], drawn_);
      }
    }
    LookAt(assuming);
  }

  // The rows of `drawn_` that satisfy what records require: all that do, or all that may.
  facts::Plane Allowed(bool for_certain) {
    facts::Plane allowed;
    Fill(allowed, drawn_.num_rows(), true);
    for (const program::Require& require : program_.requires_) {
      const program::SpaceId space = program_.bools[require.holds.index].space;
      const Planes& holds = looking_.Condition(require.holds);
      const facts::Plane& plane = for_certain ? holds.sure : holds.possible();
      for (std::size_t e = 0; e < looking_.NumEntries(space); ++e) {
        if (!facts::BitAt(plane, e)) facts::ClearBit(allowed, space == program::kRows ? e : looking_.Parents(space)[e]);
      }
    }
    return allowed;
  }

  // Whether what was drawn for facts that may have to be asked for is what they may be: then they must be.
  bool IsAsked(const Drawn& drawn, std::size_t row) {
    if (!drawn.check_asking) return true;
    const auto& open = asking_open_[drawn.owner];
    return std::all_of(open.begin(), open.end(), [&](const program::Assumption* assumption) {
      return facts::BitAt(looking_.Condition(assumption->must_ask).sure, row);
    });
  }

  void LookAt(bool assuming) {
    if (!owners_.empty()) {
      looking_.Run(drawn_, Learning::kMay);
      const facts::Plane allowed = Allowed(true);
      for (std::size_t k = 0; k < outputs_.size(); ++k) {
        const AnswerSets& answers = looking_.AnswersOf(outputs_[k]);
        ForEachBit(allowed, owners_.size(), [&](std::size_t d) {
          Search& search = searches_[owners_[d].owner][k];
          const std::vector<Answer>& set = answers.sets[answers.codes[d]];
          if (set.size() != 1 || search.settled || search.assumed_one == assuming || !IsAsked(owners_[d], d)) return;
          if (Meet(search, set[0])) ++scores_[owners_[d].number];
        });
      }
    }
    drawn_.Clear(kDrawnRows);
    owners_.clear();
  }

  bool IsOpen(std::size_t i, bool assuming) const {
    return std::any_of(searches_[i].begin(), searches_[i].end(),
                       [&](const Search& search) { return !search.settled && !(assuming && search.assumed_one); });
  }

  // Splits the rows that are still open into cases, in one way after the other.
  void SplitAll(const Columns& columns, const std::vector<OpenRow>& rows, bool assuming) {
    if (program_.asks_what_is_known) return;
    bool any = true;
    for (std::size_t way = 0; way < kMostWays && any; ++way) {
      any = false;
      drawn_.Clear(kDrawnRows);
      owners_.clear();
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!IsOpen(i, assuming)) continue;
        if (owners_.size() + kMostCases > kDrawnRows) LookAtCases(assuming);
        const auto row = assuming ? static_cast<std::uint32_t>(i) : rows[i].row;
        const auto num = split_.Append(assuming ? assumed_ : columns, row, way, kMostCases, drawn_);
        any = any || num;
        owners_.insert(owners_.end(), num.value_or(0), {i, 0, false});
      }
      LookAtCases(assuming);
    }
  }

  // Puts side by side all that the unknown elements of each row may be.
  void LookAtAllTogether(const Columns& columns, const std::vector<OpenRow>& rows, bool assuming) {
    if (program_.asks_what_is_known) return;
    drawn_.Clear(rows.size());
    owners_.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!IsOpen(i, assuming)) continue;
      split_.AppendTogether(assuming ? assumed_ : columns, assuming ? static_cast<std::uint32_t>(i) : rows[i].row,
                            drawn_);
      owners_.push_back({i, 0, false});
    }
    facts::Plane all;
    Fill(all, owners_.size(), true);
    looking_.Run(drawn_, Learning::kMay);
    LookAtCases(assuming, all);
  }

  void LookAtCases(bool assuming) {
    looking_.Run(drawn_, Learning::kMay);
    LookAtCases(assuming, Allowed(false));
  }

  // REQUIRES: `looking_` looks at them.
  void LookAtCases(bool assuming, const facts::Plane& allowed) {
    for (std::size_t k = 0; k < outputs_.size() && !owners_.empty(); ++k) {
      const AnswerSets& answers = looking_.AnswersOf(outputs_[k]);
      for (std::size_t d = 0; d < owners_.size();) d = LookAtCasesOf(d, answers, allowed, k, assuming);
    }
    drawn_.Clear(kDrawnRows);
    owners_.clear();
  }

  // The cases of the row that the `d`th is of; returns where the next row's begin.
  std::size_t LookAtCasesOf(std::size_t d, const AnswerSets& answers, const facts::Plane& allowed, std::size_t k,
                            bool assuming) {
    const std::size_t owner = owners_[d].owner;
    Search& search = searches_[owner][k];
    std::optional<Answer> one;
    bool several = false;
    for (; d < owners_.size() && owners_[d].owner == owner; ++d) {
      if (!facts::BitAt(allowed, d)) continue;
      const std::vector<Answer>& set = answers.sets[answers.codes[d]];
      several = several || set.size() > 1 || (one && *one != set[0]);
      if (!one) one = set[0];
    }
    if (search.settled || several || !one) return d;
    if (!assuming) {
      Settle(search, StatusOf(*one), one);
    } else if (!search.assumed_one) {
      search.assumed_one = true;
      search.met = {*one};
    }
    return d;
  }

  std::vector<Verdicts> Evaluated(const Columns& columns, std::uint32_t row) {
    ++num_evaluated;
    std::vector<Verdicts> verdicts;
    for (const OutputOutcome& output : EvaluateAnswers(policy_, program_.protocol, columns.ToSubject(row)))
      verdicts.push_back({output.status, output.answer});
    return verdicts;
  }

  const program::Program& program_;
  const model::Policy& policy_;
  const std::vector<model::OutputId>& outputs_;
  Machine machine_;
  Draw draw_;
  Split split_;
  Columns assumed_;
  Columns supposed_;
  Columns drawn_;
  Machine looking_{program_};
  std::vector<std::vector<const program::Assumption*>> asking_open_;  // by row: what may be assumed or not
  std::vector<std::vector<Search>> searches_;                         // by row, by output
  std::vector<Drawn> owners_;                                         // by row of `drawn_`
  std::vector<std::size_t> order_;                                    // of the draws: those that settled most first
  std::vector<std::uint64_t> scores_;
};

OpenRows::OpenRows(const program::Program& program) : impl_(std::make_unique<Impl>(program)) {}
OpenRows::~OpenRows() = default;
std::vector<std::vector<Verdicts>> OpenRows::Decide(const Columns& columns, const std::vector<OpenRow>& rows) {
  return impl_->Decide(columns, rows);
}
std::uint64_t OpenRows::num_evaluated() const { return impl_->num_evaluated; }

}  // namespace cordon::evaluate
