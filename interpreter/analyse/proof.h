// Proof: what is proved of a policy for every patient there can be, and what is refuted, by whom.
//
// The noun of `cordon check --prove`; made by Prove, printed by report/prove_text.h. What is refuted is a Finding with
// a patient on whom the reference evaluator has been asked; what is undecided names its query and its budget. Source:
// docs/language/analysis.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analyse/verdict.h"
#include "diagnostics/diagnostic.h"

namespace cordon::analyse {

// What is asked of a policy, in the order told.
enum class Topic : std::uint8_t {
  kTables,
  kRules,
  kConflicts,
  kExceptions,
  kGuarantees,
  kClaims,
  kAudiences,
  kCalendar
};

inline constexpr Topic kTopics[] = {Topic::kTables,     Topic::kRules,  Topic::kConflicts, Topic::kExceptions,
                                    Topic::kGuarantees, Topic::kClaims, Topic::kAudiences, Topic::kCalendar};

// Whether the policy promises it: a guarantee, a claim, or that an audience hears nothing else. Of the rest no answer
// is wrong in itself.
inline bool IsPromise(Topic topic) {
  return topic == Topic::kGuarantees || topic == Topic::kClaims || topic == Topic::kAudiences;
}

// A patient who shows it, in words, and as a document that `cordon eval --facts` reads.
struct Shown {
  std::string words;
  std::string document;
};

struct Finding {
  Topic topic = Topic::kTables;
  Verdict verdict = Verdict::kRefuted;
  diagnostics::Diagnostic diagnostic;
  std::optional<Shown> shown;
  std::string query;   // kUndecided: what was asked, in words
  std::string budget;  // kUndecided: what it was given
};

// How many questions of one topic came out how, and what else is worth telling of it.
struct TopicResult {
  Topic topic = Topic::kTables;
  std::size_t proved = 0;
  std::size_t refuted = 0;
  std::size_t undecided = 0;
  std::size_t noted = 0;  // questions of which the answer is neither, and told in the notes
  std::vector<std::string> notes;
};

struct Proof {
  Verdict verdict = Verdict::kProved;  // of what the policy promises
  std::vector<Finding> findings;       // by topic, in order of declaration
  std::vector<TopicResult> topics;     // by Topic
  std::size_t num_queries = 0;         // put to the solver; the rest some known patient answers
};

}  // namespace cordon::analyse
