// Texts to be checked, for tests of check: a vocabulary, and the files of a policy parsed and checked together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check/check.h"
#include "syntax/parse.h"

namespace cordon::check {

// The facts, types and names that the tests' policies use, as one file with the policy's header.
inline constexpr const char* kVocabulary = R"(policy t.vocabulary version 2025-01-01
  title en "A vocabulary" da "Et ordforråd"
  source guide "Guide 7"

subject ward
category Setting = hospital (inpatient, outpatient), home (flat, house)
category Kind = wide (narrow, other (deep, deeper)), plain
category Colour = red, blue
category Twice = left (same), right (same)
scale Level = low < middle < high
set wides : Kind = { wide }
  interpretation S1 "Wide is wide."
role nurse  en "nurse"
role doctor en "doctor"
event admission en "admission"
record Stay
  kind       : Kind
  admitted   : datetime
  discharged : datetime
  ended      : date or none
  calm       : bool
  length     = discharged - admitted
param look_back = 6 months
  interpretation P1 "Six months."
param some_hours = 36 hours
param two = 2
fact sure      : bool recorded
fact number    : int recorded
fact weight    : decimal recorded
fact note      : text recorded
fact day       : date recorded
fact moment    : datetime recorded
fact span      : duration recorded
fact maybe     : date or none recorded
fact kind      : Kind recorded
fact colour    : Colour recorded
fact same_one  : Twice recorded
fact level     : Level recorded
fact stays     : list of Stay recorded
fact days      : list of date recorded
fact last_stay : Stay recorded
fact asked     : bool ask en "Really?" assume no unless asked because "5"
fact decided   : bool recorded
fact closed of ward : bool recorded
group questions = asked, sure
define recent(about : date) = about within the last 6 months
action ask(what: Group) text en "Ask {what}"
action paint(in_colour: Colour, times: int) text en "Paint"
action rest text en "Rest"
)";

// What came of a check.
struct Checked {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  diagnostics::SourceId text;
  std::optional<model::Policy> policy;
};

// Parses and checks `files` as one policy with `libraries`; `text` is the last of the files.
inline void CheckTexts(Checked& checked, const std::vector<std::string>& files,
                       const std::vector<std::string>& libraries) {
  Unit unit;
  for (const std::string& file : files) {
    checked.text = checked.sources.Add("text", file);
    unit.files.push_back(syntax::Parse(checked.sources, checked.text, checked.sink));
  }
  for (const std::string& library : libraries) {
    const diagnostics::SourceId id = checked.sources.Add("library", library);
    unit.libraries.push_back(syntax::Parse(checked.sources, id, checked.sink));
  }
  unit.digest = "sha256:0";
  checked.policy = Check(checked.sources, unit, checked.sink);
}

// Every message and its help, for a test that failed.
inline std::string MessagesOf(const Checked& checked) {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : checked.sink.diagnostics()) {
    text += diagnostic.message + " / " + diagnostic.help + "\n";
  }
  return text;
}

// A rule of its own protocol around a condition.
inline std::string RuleWhen(const std::string& condition) {
  return "protocol p about patient in hospital\n"
         "  output out : bool strictest default no cite guide \"1\"\n"
         "  output grade : Level strictest\n"
         "  output shade : Colour unique\n"
         "  rule r cite guide \"2\"\n"
         "    when " +
         condition +
         "\n"
         "    then out = no\n"
         "protocol q\n"
         "  output other : bool strictest\n"
         "  output tint : Kind unique\n"
         "  output step : Level strictest\n";
}

}  // namespace cordon::check
