// Gaps and overlaps of tables, with what columns have to do with each other; see prover.h.
//
// What the boxes of check/table_lints.cc call possible is decided here: a gap that no patient falls into is none.
#include <fmt/format.h>

#include "analyse/prover.h"
#include "support/assert.h"

namespace cordon::analyse {

using diagnostics::Code;
using model::RuleId;
using symbolic::Answer;

namespace {

// What the lint says under a condition that is known to hold now.
std::string Certainly(const std::string& help) {
  constexpr std::string_view kDoubt = "if these can occur together, ";
  return help.rfind(kDoubt, 0) == 0 ? help.substr(kDoubt.size()) : help;
}

class TableProof {
 public:
  TableProof(Prover& prover, const model::Table& table, const model::TablePart& part)
      : prover_(prover),
        policy_(prover.policy()),
        table_(table),
        part_(part),
        encoder_(prover.encoder(table.protocol)),
        shared_(table.in_setting ? 1 : 0) {}

  void Run() {
    if (part_.rows.empty() || part_.independent || table_.first_row_wins) return;
    Overlaps();
    if (!table_.with_gaps) Gap();
  }

 private:
  void Gap() {
    const TermId gap = encoder_.Together({}, part_.rows, shared_);
    const Asked asked = prover_.Find(gap);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kTables);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kTables, table_.span,
                               fmt::format("some row of each part of `{}` covers every patient", table_.name));
    }
    const symbolic::Patient patient = prover_.Plain(gap, *asked.patient);
    if (!policy_.rules[part_.rows[0].index].for_each) {
      for (const RuleId row : part_.rows) CORDON_ASSERT(prover_.Applies(row, patient) != value::Truth::kTrue);
    }
    const diagnostics::Span first = policy_.rules[part_.rows[0].index].span;
    const diagnostics::Diagnostic* suspected = SuspectedAbove(first);
    prover_.Refuted(
        Topic::kTables,
        {Code::kExactGap,
         suspected != nullptr ? suspected->span : first,
         fmt::format("the rows of this part of `{}` leave somebody out", table_.name),
         suspected != nullptr ? Certainly(suspected->help)
                              : "add a row for such patients; where the guideline leaves them open, say `with gaps`",
         {}},
        prover_.Show(gap, patient));
  }

  // What the lint said at the heading of these rows.
  const diagnostics::Diagnostic* SuspectedAbove(const diagnostics::Span& row) const {
    const diagnostics::Diagnostic* nearest = nullptr;
    for (const diagnostics::Diagnostic& gap : prover_.options().gaps) {
      const bool above =
          gap.span.source == row.source && gap.span.begin > table_.span.begin && gap.span.begin < row.begin;
      if (above && (nearest == nullptr || nearest->span.begin < gap.span.begin)) nearest = &gap;
    }
    return nearest;
  }

  void Overlaps() {
    std::vector<TermId> any;
    for (std::size_t j = 1; j < part_.rows.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) any.push_back(encoder_.Together({part_.rows[i], part_.rows[j]}, {}, shared_));
    }
    const Asked asked = prover_.Find(prover_.terms().Or(any));
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kTables);
    for (std::size_t j = 1; j < part_.rows.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) Overlap(part_.rows[i], part_.rows[j]);
    }
  }

  void Overlap(RuleId above, RuleId below) {
    const TermId both = encoder_.Together({above, below}, {}, shared_);
    const Asked asked = prover_.Find(both);
    if (asked.answer == Answer::kNo) return;
    const model::Rule& rule = policy_.rules[below.index];
    const std::string names =
        fmt::format("rows `{}` and `{}` of `{}`", policy_.rules[above.index].row, rule.row, table_.name);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kTables, rule.span, names + " can hold together");
    }
    const symbolic::Patient patient = prover_.Plain(both, *asked.patient);
    for (const RuleId row : {above, below}) CORDON_ASSERT(prover_.Applies(row, patient) != value::Truth::kFalse);
    prover_.Refuted(Topic::kTables,
                    {Code::kExactOverlap,
                     rule.span,
                     names + " hold together",
                     "narrow one of the two; or let the order decide: `first row wins`",
                     {{policy_.rules[above.index].span, "the other row is here"}}},
                    prover_.Show(both, patient));
  }

  Prover& prover_;
  const model::Policy& policy_;
  const model::Table& table_;
  const model::TablePart& part_;
  symbolic::Encoder& encoder_;
  std::size_t shared_;
};

}  // namespace

void ProveTables(Prover& prover) {
  for (const model::Table& table : prover.policy().tables) {
    for (const model::TablePart& part : table.parts) TableProof(prover, table, part).Run();
  }
}

}  // namespace cordon::analyse
