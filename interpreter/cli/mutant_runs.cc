// Holds mutants against tests, group by group; see mutant_runs.h. Tested by tests/golden/test/mutants.golden.
//
// Mutants of one path form a group, which one thread takes as a whole: what noticed its neighbour is tried first, and
// no group depends on another.
#include "cli/mutant_runs.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <utility>

#include "analyse/reach.h"
#include "cli/test_runs.h"

namespace cordon::cli {
namespace {

using analyse::Mutant;

// How much what `seen` tells matters to a change of that rule.
int Weight(const evaluate::RuleSeen& seen) {
  if (seen.applies == value::Truth::kTrue) return 3;
  if (seen.applies == value::Truth::kUnknown) return 2;
  return std::any_of(seen.parts.begin(), seen.parts.end(),
                     [](const evaluate::PartSeen& part) { return part.failed_first || part.open; })
             ? 1
             : 0;
}

// What the model is evaluated without.
model::Policy WithoutTests(const model::Policy& policy) {
  model::Policy bare = policy;
  bare.tests.clear();
  bare.interpretation_places.clear();
  bare.answers.clear();
  bare.omissions.clear();
  bare.changes.clear();
  return bare;
}

class Runner {
 public:
  explicit Runner(const model::Policy& policy) : policy_(policy), bare_(WithoutTests(policy)), reach_(policy) {
    for (const model::Test& test : policy.tests) seen_.push_back(RunOneTest(policy, test, Watch::kRules).rules);
  }

  // The test that notices `mutant`; the number of tests where none does. `noticers` are those that noticed others of
  // its group, the latest last.
  std::size_t NoticedBy(const Mutant& mutant, std::vector<std::size_t>& noticers) const {
    const model::Policy changed = analyse::Apply(bare_, mutant);
    for (const std::size_t i : InOrder(mutant, noticers)) {
      if (RunOneTest(changed, policy_.tests[i], Watch::kResult).failures.empty()) continue;
      noticers.erase(std::remove(noticers.begin(), noticers.end(), i), noticers.end());
      noticers.push_back(i);
      return i;
    }
    return policy_.tests.size();
  }

 private:
  // The tests that can notice `mutant`, the likeliest first.
  std::vector<std::size_t> InOrder(const Mutant& mutant, const std::vector<std::size_t>& noticers) const {
    const analyse::Touched touched = reach_.TouchedBy(mutant);
    std::vector<std::pair<int, std::size_t>> weighed;
    for (std::size_t i = 0; i < policy_.tests.size(); ++i) {
      if (!touched.protocols[policy_.tests[i].protocol.index]) continue;
      int weight = 0;
      for (const evaluate::RuleSeen& seen : seen_[i]) {
        if (touched.rules[seen.rule.index]) weight = std::max(weight, Weight(seen));
      }
      const auto noticer = std::find(noticers.begin(), noticers.end(), i);
      if (noticer != noticers.end()) weight = kNoticer + static_cast<int>(noticer - noticers.begin());
      weighed.emplace_back(-weight, i);
    }
    std::sort(weighed.begin(), weighed.end());
    std::vector<std::size_t> tests;
    for (const auto& [weight, i] : weighed) tests.push_back(i);
    return tests;
  }

  static constexpr int kNoticer = 4;

  const model::Policy& policy_;
  const model::Policy bare_;
  const analyse::Reach reach_;
  std::vector<std::vector<evaluate::RuleSeen>> seen_;  // by test
};

// The numbers of the mutants of each path, in order of their first.
std::vector<std::vector<std::size_t>> Groups(const std::vector<Mutant>& mutants) {
  std::map<std::string, std::size_t> group_of;
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const auto [found, added] = group_of.emplace(mutants[i].path, groups.size());
    if (added) groups.emplace_back();
    groups[found->second].push_back(i);
  }
  return groups;
}

void RunGroups(const Runner& runner, const model::Policy& policy, const std::vector<std::vector<std::size_t>>& groups,
               std::atomic<std::size_t>& next, std::vector<report::MutantRun>& runs) {
  for (std::size_t group = next++; group < groups.size(); group = next++) {
    std::vector<std::size_t> noticers;
    for (const std::size_t i : groups[group]) {
      const std::size_t test = runner.NoticedBy(*runs[i].mutant, noticers);
      if (test < policy.tests.size()) runs[i].noticed_by = &policy.tests[test];
    }
  }
}

}  // namespace

std::vector<report::MutantRun> RunMutants(const model::Policy& policy, const std::vector<Mutant>& mutants,
                                          std::size_t num_threads, const analyse::EquivalenceCheck& check) {
  std::vector<report::MutantRun> runs;
  for (const Mutant& mutant : mutants) runs.push_back({&mutant, nullptr, std::nullopt});
  const Runner runner(policy);
  const std::vector<std::vector<std::size_t>> groups = Groups(mutants);
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < num_threads; ++i) {
      threads.emplace_back([&] { RunGroups(runner, policy, groups, next, runs); });
    }
    RunGroups(runner, policy, groups, next, runs);
  }
  for (report::MutantRun& run : runs) {
    if (run.noticed_by == nullptr && check) run.equivalent = check(policy, analyse::Apply(policy, *run.mutant));
  }
  return runs;
}

}  // namespace cordon::cli
