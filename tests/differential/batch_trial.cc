// Tries random subjects and shrinks what is found; see batch_trial.h.
#include "batch_trial.h"

#include <algorithm>
#include <utility>

#include "facts/read.h"
#include "random_policies.h"
#include "random_subjects.h"
#include "shrink.h"
#include "wide_policies.h"

namespace cordon::testing {
namespace {

using facts::Subject;

constexpr unsigned kMostInBlock = 90;
constexpr unsigned kMostInBigBlock = 1500;

Gaps SomeGaps(Random& random) {
  const unsigned n = random.Below(10);
  return n < 5 ? Gaps::kNone : n < 9 ? Gaps::kFew : Gaps::kMany;
}

// Fewer blocks, fewer subjects, smaller ones.
class Smaller {
 public:
  Smaller(const model::Policy& policy, model::ProtocolId protocol, Found found)
      : policy_(policy), protocol_(protocol), found_(std::move(found)) {}

  Found Run() {
    const Blocks last = {found_.blocks.back()};
    if (Still(last)) found_.blocks = last;
    TakeAway(found_.blocks);
    for (std::size_t b = 0; b < found_.blocks.size(); ++b) {
      TakeAway(found_.blocks[b]);
      for (std::size_t i = 0; i < found_.blocks[b].size(); ++i) {
        found_.blocks[b][i] = ShrinkSubject(policy_, found_.blocks[b][i], [&](const Subject& subject) {
          Blocks changed = found_.blocks;
          changed[b][i] = subject;
          return Still(changed);
        });
      }
    }
    // A difference that is not seen again shows that an engine does not answer alike twice.
    if (auto disagreement = Disagree(policy_, protocol_, found_.measure, found_.blocks))
      found_.disagreement = std::move(*disagreement);
    return std::move(found_);
  }

 private:
  bool Still(const Blocks& blocks) const { return Disagree(policy_, protocol_, found_.measure, blocks).has_value(); }

  // Takes away of `items`, which are blocks or one block's subjects, what is not needed.
  template <typename Item>
  void TakeAway(std::vector<Item>& items) {
    for (std::size_t size = items.size() / 2; size > 0; size /= 2) {
      for (std::size_t at = 0; at < items.size() && items.size() > 1;) {
        const std::vector<Item> before = items;
        const auto first = items.begin() + static_cast<std::ptrdiff_t>(at);
        items.erase(first, items.begin() + static_cast<std::ptrdiff_t>(std::min(at + size, items.size())));
        if (!items.empty() && Still(found_.blocks)) continue;
        items = before;
        at += size;
      }
    }
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  Found found_;
};

std::optional<Disagreement> Compare(BatchAgreement& agreement, Measure measure, const std::vector<Subject>& block) {
  return measure == Measure::kAnswers ? agreement.Answers(block) : agreement.Everything(block);
}

// The subjects as a policy reads them that may lack what they do not name.
std::optional<Blocks> ReadFor(const model::Policy& policy, const std::vector<std::vector<std::string>>& documents) {
  Blocks blocks;
  for (const auto& block : documents) {
    blocks.emplace_back();
    for (const std::string& document : block) {
      diagnostics::Sources sources;
      diagnostics::Sink sink;
      const auto subject = facts::ReadDocument(policy, sources, sources.Add("", document), {}, sink);
      if (!subject) return std::nullopt;
      blocks.back().push_back(*subject);
    }
  }
  return blocks;
}

}  // namespace

std::optional<Disagreement> Disagree(const model::Policy& policy, model::ProtocolId protocol, Measure measure,
                                     const Blocks& blocks) {
  BatchAgreement agreement(policy, protocol);
  for (const auto& block : blocks) {
    if (auto disagreement = Compare(agreement, measure, block)) return disagreement;
  }
  return std::nullopt;
}

std::optional<Found> TryProtocol(const model::Policy& policy, model::ProtocolId protocol, unsigned seed,
                                 const Plan& plan, Tally& tally) {
  BatchAgreement agreement(policy, protocol);
  const SubjectMaker maker(policy, protocol, agreement.wanted());
  Random random(seed);
  for (const Measure measure : {Measure::kAnswers, Measure::kEverything}) {
    const std::size_t count = measure == Measure::kAnswers ? plan.answers : plan.everything;
    std::size_t& done = measure == Measure::kAnswers ? tally.answers : tally.everything;
    Blocks blocks;
    for (std::size_t left = count; left > 0;) {
      const unsigned most = random.Once(6) ? kMostInBigBlock : kMostInBlock;
      const std::size_t size = std::min<std::size_t>(left, 1 + random.Below(most));
      left -= size;
      done += size;
      blocks.push_back(maker.MakeMany(random, SomeGaps(random), size));
      if (auto disagreement = Compare(agreement, measure, blocks.back()))
        return Smaller(policy, protocol, {measure, std::move(blocks), std::move(*disagreement)}).Run();
    }
  }
  tally.infeasible += agreement.num_infeasible();
  tally.open += agreement.num_open();
  tally.left_out += agreement.num_left_out();
  return std::nullopt;
}

std::string ShrinkPolicy(const std::string& text, const model::Policy& policy, model::ProtocolId protocol,
                         const Found& found) {
  std::vector<std::vector<std::string>> documents;
  for (const auto& block : found.blocks) {
    documents.emplace_back();
    for (const Subject& subject : block) documents.back().push_back(DocumentLine(policy, subject));
  }
  const std::string name = policy.protocols[protocol.index].name;
  return ShrinkText(text, [&](const std::string& shorter) {
    std::string problems;
    const auto built = BuildWide(shorter, problems);
    if (!built) return false;
    const auto blocks = ReadFor(*built, documents);
    for (std::size_t i = 0; blocks && i < built->protocols.size(); ++i) {
      if (built->protocols[i].name != name) continue;
      return Disagree(*built, model::ProtocolId(i), found.measure, *blocks).has_value();
    }
    return false;
  });
}

std::string Documents(const model::Policy& policy, const Blocks& blocks) {
  std::string text;
  for (const auto& block : blocks) {
    if (!text.empty()) text += "\n";
    for (const Subject& subject : block) text += DocumentLine(policy, subject) + "\n";
  }
  return text;
}

std::string Report(const model::Policy& policy, model::ProtocolId protocol, const std::string& name, unsigned seed,
                   const Found& found) {
  const std::string& of = policy.protocols[protocol.index].name;
  return "policy " + name + ", protocol " + of + ", seed " + std::to_string(seed) + ", in " +
         std::to_string(found.blocks.size()) + " blocks; to see it again:\n  cordon eval " + name + " " + of +
         " --facts subject.json\n  cordon batch " + name + " " + of + " --facts subject.json\n" +
         Documents(policy, found.blocks) + "---- under test\n" + found.disagreement.seen + "\n---- the reference\n" +
         found.disagreement.expected + "\n";
}

}  // namespace cordon::testing
