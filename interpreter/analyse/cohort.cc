// Counts subjects; see cohort.h.
#include "analyse/cohort.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "analyse/aspects.h"
#include "analyse/pairing.h"
#include "analyse/replay.h"
#include "support/assert.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

namespace {

// So many subjects of each change are named.
constexpr std::size_t kMostNamed = 20;

}  // namespace

class CohortCounter::Impl {
 public:
  Impl(const model::Policy& old_policy, const model::Policy& new_policy, Comparison& comparison)
      : comparison_(comparison) {
    const symbolic::Renames renames = RenamesOf(old_policy, new_policy);
    const auto& compared = comparison.diff.protocols;
    for (const ProtocolPair& pair : PairProtocols(old_policy, new_policy, renames)) {
      if (std::find(compared.begin(), compared.end(), pair.name) == compared.end()) continue;
      PairedProtocol paired = PairAspects(comparison.terms, comparison.frame, pair, renames);
      const auto is_left_out = [&](const PairedAspect& aspect) { return !IsCounted(aspect); };
      auto& aspects = paired.aspects;
      aspects.erase(std::remove_if(aspects.begin(), aspects.end(), is_left_out), aspects.end());
      for (const PairedAspect& aspect : aspects) {
        cohort_.aspects.push_back({aspect.aspect.kind, aspect.aspect.protocol, aspect.aspect.name, 0, 0, {}});
      }
      protocols_.push_back(std::move(paired));
    }
  }

  void Add(const facts::Subject& old_subject, const facts::Subject& new_subject, const std::string& id) {
    ++cohort_.subjects;
    const auto patient = symbolic::PatientOf(comparison_.frame, {&old_subject, &new_subject});
    if (patient) ++cohort_.complete;
    std::size_t next = 0;
    bool changed = false;
    bool open = false;
    for (const PairedProtocol& paired : protocols_) {
      std::optional<Replay> before;
      std::optional<Replay> after;
      if (paired.pair.old_id) before.emplace(comparison_.frame, 0, *paired.pair.old_id, old_subject, Replay::Asked{});
      if (paired.pair.new_id) after.emplace(comparison_.frame, 1, *paired.pair.new_id, new_subject, Replay::Asked{});
      for (const PairedAspect& aspect : paired.aspects) {
        CohortAspect& counted = cohort_.aspects[next++];
        const auto from = AnswersOf(before, aspect, aspect.old_output);
        const auto to = AnswersOf(after, aspect, aspect.new_output);
        if (from.size() != 1 || to.size() != 1) {
          ++counted.not_settled;
          open = true;
          continue;
        }
        changed = changed || from[0] != to[0];
        Count(counted, from[0], to[0], patient, id);
      }
    }
    cohort_.changed += changed ? 1 : 0;
    cohort_.not_settled += open ? 1 : 0;
  }

  const Cohort& cohort() const { return cohort_; }

 private:
  // Duties that differ by what a fact says are many, and decisions that are no constants have no name of their own.
  bool IsCounted(const PairedAspect& aspect) const {
    if (aspect.aspect.kind == AspectKind::kDuty) {
      const auto& any = comparison_.frame.arguments;
      return std::none_of(any.begin(), any.end(), [&](const symbolic::AnyArgument& one) {
        return aspect.duty.find(" " + one.action + "(") != std::string::npos;
      });
    }
    if (aspect.aspect.kind != AspectKind::kOutput) return false;
    const auto is_decided = [](const symbolic::AnswerCase& one) { return one.text.rfind("as decided in ", 0) == 0; };
    return std::none_of(aspect.old_cases.begin(), aspect.old_cases.end(), is_decided) &&
           std::none_of(aspect.new_cases.begin(), aspect.new_cases.end(), is_decided);
  }

  static std::vector<std::string> AnswersOf(const std::optional<Replay>& replay, const PairedAspect& aspect,
                                            const std::optional<model::OutputId>& output) {
    if (aspect.aspect.kind == AspectKind::kDuty) {
      return replay ? replay->StatesOf(aspect.duty) : std::vector<std::string>{"none"};
    }
    return replay && output ? replay->AnswersOf(*output) : std::vector<std::string>{std::string(symbolic::kNotCovered)};
  }

  void Count(CohortAspect& counted, const std::string& from, const std::string& to,
             const std::optional<symbolic::Patient>& patient, const std::string& id) {
    std::vector<std::string> regions;
    if (patient) regions = RegionsOf(counted, from, to, *patient);
    if (from == to) {
      ++counted.same;
      return;
    }
    const auto is_it = [&](const CohortChange& one) { return one.from == from && one.to == to; };
    auto change = std::find_if(counted.changes.begin(), counted.changes.end(), is_it);
    if (change == counted.changes.end()) change = counted.changes.insert(change, {from, to, 0, {}, {}});
    ++change->count;
    if (change->subjects.size() < kMostNamed) change->subjects.push_back(id);
    for (const std::string& region : regions) {
      auto& all = change->regions;
      const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == region; });
      if (at == all.end()) {
        all.emplace_back(region, 1);
      } else {
        ++at->second;
      }
    }
  }

  // The regions in which a patient lies who is told completely: of the change observed, and of no other.
  std::vector<std::string> RegionsOf(const CohortAspect& counted, const std::string& from, const std::string& to,
                                     const symbolic::Patient& patient) const {
    const Diff& diff = comparison_.diff;
    symbolic::Evaluation evaluation(comparison_.terms, patient);
    std::vector<std::string> regions;
    for (const RegionCondition& region : comparison_.regions) {
      const Transition& transition = diff.transitions[region.transition];
      const Aspect& aspect = diff.aspects[transition.aspect];
      if (aspect.kind != counted.kind || aspect.protocol != counted.protocol || aspect.name != counted.name) continue;
      if (!evaluation.Holds(region.condition)) continue;
      CORDON_ASSERT(transition.from == from && transition.to == to);
      regions.push_back(transition.regions[region.region].id);
    }
    const bool all_listed = diff.undecided.empty();
    CORDON_ASSERT(from == to || !regions.empty() || !all_listed);
    return regions;
  }

  Comparison& comparison_;
  std::vector<PairedProtocol> protocols_;
  Cohort cohort_;
};

CohortCounter::CohortCounter(const model::Policy& old_policy, const model::Policy& new_policy, Comparison& comparison)
    : impl_(std::make_unique<Impl>(old_policy, new_policy, comparison)) {}
CohortCounter::~CohortCounter() = default;

void CohortCounter::Add(const facts::Subject& old_subject, const facts::Subject& new_subject, const std::string& id) {
  impl_->Add(old_subject, new_subject, id);
}
const Cohort& CohortCounter::cohort() const { return impl_->cohort(); }

}  // namespace cordon::analyse
