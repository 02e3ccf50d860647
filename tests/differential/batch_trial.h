// BatchTrial: many random subjects of one protocol, and the fewest and smallest of them on which something disagrees.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "batch_agreement.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::testing {

// How many subjects are compared in which way; see batch_agreement.h.
struct Plan {
  std::size_t answers = 0;
  std::size_t everything = 0;
};

struct Tally {
  std::size_t answers = 0;
  std::size_t everything = 0;
  std::size_t infeasible = 0;
  std::size_t open = 0;      // outputs
  std::size_t left_out = 0;  // of both, not compared
};

enum class Measure : std::uint8_t { kAnswers, kEverything };

// Blocks that one Batch is given one after the other, the last of which it is wrong about.
using Blocks = std::vector<std::vector<facts::Subject>>;

struct Found {
  Measure measure = Measure::kAnswers;
  Blocks blocks;
  Disagreement disagreement;
};

// Compares as many random subjects as `plan` says. What is found first is shrunk.
std::optional<Found> TryProtocol(const model::Policy& policy, model::ProtocolId protocol, unsigned seed,
                                 const Plan& plan, Tally& tally);

// What a new Batch disagrees about when it is given these blocks.
std::optional<Disagreement> Disagree(const model::Policy& policy, model::ProtocolId protocol, Measure measure,
                                     const Blocks& blocks);

// The same case with the shortest text of a policy of which it is one. REQUIRES: `policy` is what `text` says.
std::string ShrinkPolicy(const std::string& text, const model::Policy& policy, model::ProtocolId protocol,
                         const Found& found);

// The documents of blocks, a line each, blank lines between blocks.
std::string Documents(const model::Policy& policy, const Blocks& blocks);

// Everything that is needed to see it again. `name` is what `cordon eval` takes.
std::string Report(const model::Policy& policy, model::ProtocolId protocol, const std::string& name, unsigned seed,
                   const Found& found);

}  // namespace cordon::testing
