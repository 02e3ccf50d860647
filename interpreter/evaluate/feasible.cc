// Whether given facts have a completion at all: each record's conditions, alone; see evaluate.h.
//
// A record's conditions speak of its own fields only, so the facts have a completion where each record has one.
#include <string>

#include "evaluate/evaluate.h"
#include "evaluate/reads.h"
#include "evaluate/search.h"

namespace cordon::evaluate {
namespace {

using diagnostics::Code;

class Feasibility {
 public:
  Feasibility(const model::Policy& policy, const model::Moment& as_of, diagnostics::Sink& sink)
      : policy_(policy), as_of_(as_of), sink_(sink) {}

  void Check(const facts::Cell& cell, const model::Type& type, const std::string& path) {
    if (cell.state == facts::CellState::kList) {
      const model::Type element = ElementType(type);
      for (std::size_t i = 0; i < cell.children.size(); ++i) {
        Check(cell.children[i], element, path + "[" + std::to_string(i + 1) + "]");
      }
    }
    if (cell.state != facts::CellState::kRecord) return;
    const model::Record& record = policy_.records[type.record.index];
    const std::size_t before = sink_.num_errors();
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      Check(cell.children[i], record.fields[i].type, path + "." + record.fields[i].name);
    }
    if (sink_.num_errors() == before && !HasCompletion(cell, type)) ReportRecord(cell, record, path);
  }

 private:
  bool HasCompletion(const facts::Cell& cell, const model::Type& type) {
    if (reads_facts_.empty()) reads_facts_ = ExprsThatReadFacts(policy_);
    const DutyTable no_duties;
    Work work(kMostWork);
    const Context context{policy_, model::ProtocolId(0), as_of_, no_duties, reads_facts_, &work};
    Start start;
    MakeCell(policy_, cell, type, start.world);
    start.views.push_back({{}, MakeNow(policy_, as_of_, start.world)});
    const Asking nothing = [](Reference&) { return Possible{{0}, nullptr}; };
    return !AllAnswers(context, start, nothing).empty();
  }

  void ReportRecord(const facts::Cell& cell, const model::Record& record, const std::string& path) {
    std::vector<diagnostics::Note> notes;
    for (const model::Require& require : record.requires_) notes.push_back({require.span, "the policy requires this"});
    sink_.Report(Code::kNoCompletion, cell.span,
                 "`" + path + "` breaks a condition that every `" + record.name + "` satisfies",
                 "correct the values in this record; leave out a value that is not known", std::move(notes));
  }

  const model::Policy& policy_;
  const model::Moment& as_of_;
  diagnostics::Sink& sink_;
  std::vector<bool> reads_facts_;  // by ExprId, once a record is checked
};

}  // namespace

bool CheckFeasible(const model::Policy& policy, const facts::Subject& subject, diagnostics::Sink& sink) {
  const std::size_t before = sink.num_errors();
  Feasibility feasibility(policy, subject.as_of, sink);
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    feasibility.Check(subject.facts[i], policy.facts[i].type, "facts." + policy.facts[i].name);
  }
  return sink.num_errors() == before;
}

}  // namespace cordon::evaluate
