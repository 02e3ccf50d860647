// Random subjects for any policy, biased to where its conditions turn.
//
// Values lie at what they are compared with (boundaries.h), a minute, a day or a unit beside it, on month ends and leap
// days, at the ends of the calendar; symbols in and out of each set; lists of none to a few elements, some of them
// alike. Most records satisfy their `require`, some do not. Every choice comes from one Random, so that a seed makes
// the same subjects everywhere.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "boundaries.h"
#include "facts/subject.h"
#include "model/model.h"
#include "random_policies.h"

namespace cordon::testing {

// How much of a subject is absent, null or imprecise.
enum class Gaps : std::uint8_t { kNone, kFew, kMany };

class SubjectMaker {
 public:
  // `wanted` by FactId: the facts that bear on the protocol; the others are given now and then. `policy` outlives this.
  SubjectMaker(const model::Policy& policy, model::ProtocolId protocol, std::vector<bool> wanted);

  facts::Subject Make(Random& random, Gaps gaps) const;
  // Many, some of which differ from one before in one fact only, or not at all.
  std::vector<facts::Subject> MakeMany(Random& random, Gaps gaps, std::size_t count) const;

  const model::Policy& policy() const { return policy_; }
  model::ProtocolId protocol() const { return protocol_; }
  const Boundaries& boundaries() const { return boundaries_; }
  const std::vector<bool>& reads_facts() const { return reads_facts_; }
  const std::vector<bool>& wanted() const { return wanted_; }
  bool reads_now() const { return reads_now_; }

 private:
  const model::Policy& policy_;
  model::ProtocolId protocol_;
  std::vector<bool> wanted_;
  Boundaries boundaries_;
  std::vector<bool> reads_facts_;
  bool reads_now_ = false;
};

}  // namespace cordon::testing
