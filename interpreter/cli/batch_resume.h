// BatchResume: whether a run that was left can be gone on with, and from where.
//
// Tested by tests/golden/batch/resume.golden.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/batch_input.h"
#include "cli/batch_options.h"
#include "cli/batch_record.h"
#include "cli/prepare.h"
#include "cli/run.h"
#include "diagnostics/diagnostic.h"

namespace cordon::cli {

// The record beside the results `out`. Nothing where there is none (E0874), or none that can be read (E0876).
std::optional<BatchRecord> FindRecord(const Environment& environment, const std::string& out, diagnostics::Sink& sink);

// What of a run decides its results: the policy's text, what is asked of it, the facts by their size and beginning.
std::vector<std::pair<std::string, std::string>> WhatMustBeTheSame(const BatchOptions& options,
                                                                   const ReadyPolicy& ready, const BatchInput& input);

// Reports E0875 where `now`, the run that is wanted, is another than the one that was `left`; E0876 where its results
// are not there any more; E0877 where the facts are no file. True where it can go on.
bool CheckResume(const Environment& environment, const BatchOptions& options, const BatchRecord& now,
                 const BatchRecord& left, diagnostics::Sink& sink);

}  // namespace cordon::cli
