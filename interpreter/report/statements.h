// What stands for the statements of a guideline, for people at a terminal, as a page for clinicians, and as JSON.
//
// See statements/account.h and docs/guidelines/README.md. Tested by tests/golden/statements.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "diagnostics/source.h"
#include "model/model.h"
#include "statements/account.h"

namespace cordon::report {

// One policy held against its lists.
struct StatementsReport {
  const model::Policy* policy = nullptr;
  statements::Account account;
};

// How many entries of one kind are what.
struct StatementsCount {
  std::size_t all = 0;
  std::size_t answered = 0;
  std::size_t omitted = 0;
  std::size_t missing = 0;
  std::size_t untested = 0;  // of those that are answered; open points are not counted here
};
StatementsCount Count(const statements::Account& account, statements::EntryKind kind);

// The statements counted by chapter, in the order of the lists: of `5.2.1` it is `5`, and what has no number belongs to
// the numbered one before it.
struct Chapter {
  std::string name;
  StatementsCount count;
};
std::vector<Chapter> CountChapters(const statements::Account& account);

// "applies in 5 tests, not in 20, unknown in 2", "no test shows it".
std::string EvidenceText(const statements::Evidence& evidence);

// A table of the chapters; what is left out, and why; what is missing; what no test shows.
std::string StatementsText(const std::vector<StatementsReport>& reports);
// The same with every statement, where it stands in the policy, and the names of tests, in Markdown. `made_by` is the
// command that makes the page, `cordon statements dk.cpo --format markdown`.
std::string StatementsMarkdown(const diagnostics::Sources& sources, const std::vector<StatementsReport>& reports,
                               const std::string& made_by);
// `{ policies: [ { policy, tests, failed, statements: [ { id, status, tested, answers, omitted } ], open_points } ] }`;
// a member that says nothing is left out.
std::string StatementsJson(const diagnostics::Sources& sources, const std::vector<StatementsReport>& reports);

}  // namespace cordon::report
