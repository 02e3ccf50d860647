// Prepare: what a command that evaluates needs before it can: the policy, the protocol, one subject's facts.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/run.h"
#include "diagnostics/diagnostic.h"
#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::cli {

// What the command line says; empty where it says nothing.
struct Wanted {
  std::string policy;
  std::string protocol;
  std::string facts;  // empty: nothing is known yet
  std::string as_of;
  std::string setting;
  std::string language;
  std::optional<std::string> expect_digest;
};

// Registers POLICY, PROTOCOL and the options that fill the rest.
void AddWanted(CLI::App& app, Wanted& wanted);

struct ReadyPolicy {
  model::Policy policy;
  model::ProtocolId protocol;
  std::string language;
};

// Reports E0711 where `--expect-digest` is given no digest; then false.
bool CheckDigestOption(const Wanted& wanted, diagnostics::Sink& sink);

// The policy and protocol that are wanted, as of `day` where the policy's name leaves the version open. Nothing where
// there was a mistake.
std::optional<ReadyPolicy> PreparePolicy(const Environment& environment, const Wanted& wanted,
                                         const calendar::Date& day, diagnostics::Sources& sources,
                                         diagnostics::Sink& sink);

struct Ready {
  model::Policy policy;
  model::ProtocolId protocol;
  facts::Subject subject;
  std::string language;
};

// Nothing where there was a mistake, in the options, the policy or the facts; then the sink says which.
std::optional<Ready> Prepare(const Environment& environment, const Wanted& wanted, diagnostics::Sources& sources,
                             diagnostics::Sink& sink);

// The exit status that an outcome comes to: in conflict, not determined where that is asked for, or done.
int StatusOf(const evaluate::Outcome& outcome, bool require_determined);

}  // namespace cordon::cli
