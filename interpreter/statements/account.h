// Account: for every statement and open point of a guideline's lists, what in a policy stands for it, or why nothing
// does, and how the policy's tests show it.
//
// A statement is accounted for where something `answers` it or an `omit` names it; an open point also where an
// interpretation has its id. Of a version that changes another all of it counts, as it reads as a whole: the answer of
// a later version outweighs the omission of an earlier one. Source: docs/guidelines/README.md. Tested by
// tests/golden/statements.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compose/compose.h"
#include "evaluate/coverage.h"
#include "model/model.h"
#include "statements/list.h"
#include "statements/readers.h"
#include "value/truth.h"

namespace cordon::statements {

// What one test of the policy, which passed, made of the rules and guarantees of its protocol.
struct Observation {
  const model::Test* test = nullptr;
  std::vector<evaluate::RuleSeen> rules;
  std::vector<value::Truth> guarantees;
};

// What the tests are asked about: the rule itself, the rules that a table or protocol holds, the rules that read it, or
// where there is none the guarantees; the answers of an output; the guarantee itself.
enum class Basis : std::uint8_t { kRule, kHeld, kReaders, kGuaranteed, kExpectation, kGuarantee };

// How the tests show one thing.
struct Evidence {
  Basis basis = Basis::kRule;
  std::size_t num_rules = 0;          // kHeld, kReaders
  std::size_t num_shown = 0;          // tests: in which one of the rules applies, that expect an answer, where it holds
  std::size_t num_not = 0;            // tests in which none of the rules applies
  std::size_t num_unknown = 0;        // tests in which that is unknown
  std::vector<std::string> examples;  // at most two of num_shown, by full name: those that show the least else first
};

// One thing in the policy that answers a statement.
struct Answered {
  std::string what;  // "rule", "row", "fact"
  std::string path;
  diagnostics::Span span;  // of the `answers`
  Evidence evidence;
};

enum class Status : std::uint8_t { kAnswered, kOmitted, kMissing };

struct Line {
  Entry entry;
  Status status = Status::kMissing;
  std::vector<Answered> answers;                  // in order of the files
  std::vector<model::InterpretationId> readings;  // of an open point: those that have its id
  std::vector<std::string> stands_at;             // of an open point: "row `admission.skema_2.3c`", where it is read so
  const model::Omission* omission = nullptr;      // kOmitted
  bool tested() const;                            // whether a test shows one of the answers
};

struct Account {
  std::vector<Line> lines;  // in order of the lists
  std::size_t num_tests = 0;
  std::size_t num_failed = 0;  // tests that do not pass, and show nothing
};

// What the guideline says: the entries of the lists that count, and those of the lists of earlier versions, whose ids
// may still be named and need not be accounted for.
struct Listed {
  const std::vector<Entry>& entries;
  const std::vector<Entry>& superseded;
};

// Nothing where an answer or omission has an id that no list holds (E0856), or a statement is both answered and left
// out (E0857); the sink says so. The lines point into `policy`. REQUIRES: some entry.
std::optional<Account> MakeAccount(const compose::Composed& composed, const model::Policy& policy,
                                   const Readers& readers, const std::vector<Observation>& observations,
                                   const Listed& listed, diagnostics::Sink& sink);

// `admission: row_3: days_7`.
std::string TestName(const model::Policy& policy, const model::Test& test);

}  // namespace cordon::statements
