// Differences made by hand, for diff_report_test.cc: what a comparison of two guidelines may find, and what a hostile
// policy may call its things.
#pragma once

#include <string>

#include "analyse/diff.h"

namespace cordon::report {

inline analyse::Version SampleVersion(const std::string& version) {
  return {"dk.cpo",
          version,
          "sha256:" + std::string(64, version.back()),
          {{"en", "Carbapenemase-producing organisms: preventing their spread"},
           {"da", "Forebyggelse af spredning af carbapenemase-producerende organismer"}}};
}

inline analyse::Scope SampleScope() {
  return {"1901-01-01",
          "2099-12-31",
          {{"hospital_stays", 3}, {"tests", 2}},
          {"every hospital_stays record has discharged >= admitted", "setting is hospital.inpatient or below"},
          {"country XK is known to 2025-07-01 alone"}};
}

inline analyse::Diff NoChangeSample() {
  analyse::Diff diff;
  diff.verdict = analyse::Verdict::kProved;
  diff.old_version = SampleVersion("2018-09-04");
  diff.new_version = SampleVersion("2025-07-01");
  diff.protocols = {"admission", "sampling"};
  diff.num_aspects = 14;
  diff.num_identical = 13;
  diff.num_queries = 2;
  diff.scope = SampleScope();
  return diff;
}

// A stay of exactly 24 hours is sampled after all.
inline analyse::Region StayRegion() {
  using analyse::Whose;
  analyse::Region region;
  region.id = "screen-3f2a";
  region.conditions = {
      {Whose::kBoth, "cpo_ever_detected", "admission.skema_2.1", false, {"Vejledning 9714, 9.2, skema 2"}},
      {Whose::kOld, "stay.length < 24 hours", "admission.skema_2.3c", false, {"Vejledning 9714, 9.2, skema 2"}},
      {Whose::kBoth, "encounter_kind is planned", "", true, {"Vejledning 9714, 5.2.1"}}};
  region.records = {{"hospital_stays",
                     "stay",
                     {{Whose::kBoth, "stay.length = 24 hours", "", true, {"Vejledning 9714, 9.2, skema 2"}},
                      {Whose::kBoth,
                       "stay.discharged within the last 6 months, counted from the day of admission",
                       "",
                       true,
                       {"Vejledning 9714, 5.1.1, question 3", "Vejledning 9714, 9.1"}},
                      {Whose::kNew, "stay.country not in nordic_countries", "", true, {}}}}};
  region.others = {{Whose::kNew,
                    "valid_negative and encounter_kind is planned",
                    "admission.negative_on_referral",
                    false,
                    {"Vejledning 9714, 5.2.1"}}};
  region.rules = {{Whose::kOld,
                   "admission.skema_2.3f",
                   {{"stay.length", "= 24 hours", false},
                    {"stay.invasive_procedure", "no", false},
                    {"screen", "no", true},
                    {"isolate_until_result", "no", false}},
                   {"Vejledning 9714, 9.2, skema 2"},
                   {"policies/dk/cpo/2018-09-04/admission.cordon", 98}},
                  {Whose::kNew,
                   "admission.skema_2.3f",
                   {{"stay.length", "= 24 hours", false},
                    {"stay.invasive_procedure", "no", false},
                    {"screen", "yes", true},
                    {"isolate_until_result", "no", false},
                    {"note", "a stay of exactly one day counts as a long one, whatever was done during it", true}},
                   {"Vejledning 2025, 9.2, skema 2"},
                   {"policies/dk/cpo/2025-07-01/policy.cordon", 31}}};
  region.edits = {{"admission.skema_2.3f.screen",
                   "no",
                   "yes",
                   "the edge of 24 hours was left out by mistake",
                   {"Vejledning 2025, 9.2"},
                   {"policies/dk/cpo/2025-07-01/policy.cordon", 31}}};
  region.example = {"2025-03-01",
                    {{"encounter_kind", "planned"},
                     {"cpo_ever_detected", "no"},
                     {"hospital_stays[1].country", "TR (Turkey)"},
                     {"hospital_stays[1].admitted", "2025-02-01 10:00"},
                     {"hospital_stays[1].discharged", "2025-02-02 10:00"}},
                    R"({"as_of": "2025-03-01", "facts": {"cpo_ever_detected": false, "encounter_kind": "planned"}})",
                    "test \"a stay of exactly 24 hours\"\n  given cpo_ever_detected = no\n  expect screen = yes\n",
                    "no",
                    "yes"};
  return region;
}

// OLD's default and a rule that NEW has added; two edits.
inline analyse::Region AddedRuleRegion(const std::string& id) {
  using analyse::Whose;
  analyse::Region region;
  region.id = id;
  region.conditions = {{Whose::kNew, "", "admission.dialysis_abroad", true, {"Vejledning 2025, 5.3"}}};
  region.rules = {{Whose::kOld, "admission.screen.default", {{"screen", "no", false}}, {}, {}},
                  {Whose::kNew,
                   "admission.dialysis_abroad",
                   {{"when", "some visit in dialysis_visits has visit.country not in nordic_countries", true},
                    {"screen", "judgement by treating_physician", true}},
                   {"Vejledning 2025, 5.3"},
                   {"policies/dk/cpo/2025-07-01/policy.cordon", 44}}};
  region.edits = {{"admission.dialysis_abroad",
                   "",
                   "rule dialysis_abroad when dialysis_outside_the_nordic_countries",
                   "",
                   {},
                   {"policies/dk/cpo/2025-07-01/policy.cordon", 44}},
                  {"dialysis_abroad_was_never_asked",
                   "define dialysis_abroad_was_never_asked = no",
                   "",
                   "asked now",
                   {"Vejledning 2025, 5.3"},
                   {}}};
  region.example = {
      "2025-03-01", {{"dialysis_visits[1].country", "EG (Egypt)"}}, "{}", "", "no", "judgement by treating_physician"};
  return region;
}

inline analyse::Region BareRegion(const std::string& id, const std::string& old_answer, const std::string& new_answer) {
  analyse::Region region;
  region.id = id;
  region.example = {"2025-03-01", {{"setting", "hospital.inpatient"}}, "", "", old_answer, new_answer};
  return region;
}

// One aspect of every kind.
inline analyse::Diff ChangedSample() {
  using analyse::AspectKind;
  analyse::Diff diff = NoChangeSample();
  diff.verdict = analyse::Verdict::kRefuted;
  diff.num_identical = 9;
  diff.num_queries = 41;
  diff.aspects = {
      {AspectKind::kOutput, "admission", "screen", "", {{"en", "Sample for CPO"}, {"da", "Undersøg for CPO"}}},
      {AspectKind::kDuty, "admission", "ward: isolate", "", {{"da", "Isolér på enestue"}}},
      {AspectKind::kTiming, "sampling", "physician: notify to laboratory", "due 7 days after find_date", {}},
      {AspectKind::kAssumption, "", "hospital_stays", "", {}}};
  diff.transitions = {
      {0, "no", "yes", true, {StayRegion()}},
      {0, "no", "judgement by treating_physician", true, {AddedRuleRegion("screen-77b0")}},
      {0, "yes", "not covered", true, {BareRegion("screen-01aa", "yes", "not covered")}},
      {1, "none", "must", true, {AddedRuleRegion("isolate-c001"), BareRegion("isolate-c002", "none", "must")}},
      {2, "2025-03-08", "2025-03-15", true, {BareRegion("notify-9e9e", "2025-03-08", "2025-03-15")}},
      {3, "assumed empty", "not assumed", true, {BareRegion("hospital_stays-1111", "assumed empty", "not assumed")}}};
  return diff;
}

inline analyse::Diff UndecidedSample() {
  analyse::Diff diff = NoChangeSample();
  diff.verdict = analyse::Verdict::kUndecided;
  diff.num_identical = 0;
  diff.num_queries = 40;
  diff.undecided = {
      {"admission: screen: does any patient change from no to yes?", "admission-screen-no-yes.smt2", "2,000,000 steps"},
      {"sampling: is due the same in both?", "", ""}};
  return diff;
}

// Some changes were found, and a query was given up.
inline analyse::Diff PartlySample() {
  analyse::Diff diff = UndecidedSample();
  diff.undecided.pop_back();
  diff.aspects = {ChangedSample().aspects[0]};
  diff.transitions = {{0, "no", "yes", false, {StayRegion()}}};
  return diff;
}

// Two files of one version; nothing that may be empty is there.
inline analyse::Diff SparseSample() {
  analyse::Diff diff;
  diff.verdict = analyse::Verdict::kRefuted;
  diff.aspects.resize(1);
  diff.aspects[0].name = "screen";
  diff.transitions.resize(1);
  diff.transitions[0] = {0, "no", "yes", true, {analyse::Region()}};
  diff.transitions[0].regions[0].records = {{"tests", "test", {}}};
  diff.num_aspects = 1;
  return diff;
}

// A policy whose every text tries to be something else.
inline analyse::Diff HostileSample() {
  using analyse::Whose;
  const std::string evil = "</style><script>alert(\"1\" & '2')</script>\x1b[31m\xC2\x9B\xE2\x80\xAE\xFF\r\n<b>";
  analyse::Diff diff;
  diff.verdict = analyse::Verdict::kRefuted;
  diff.old_version = {evil, "1" + evil, evil, {{evil, evil}}};
  diff.new_version = {evil, "2" + evil, evil, {{evil, evil}}};
  diff.protocols = {evil};
  diff.aspects = {{analyse::AspectKind::kOutput, evil, evil, evil, {{evil, evil}}}};
  analyse::Region region;
  region.id = evil;
  region.conditions = {{Whose::kOld, evil, evil, true, {evil}}};
  region.records = {{evil, evil, {{Whose::kNew, evil, "", true, {evil}}}}};
  region.others = region.conditions;
  region.rules = {{Whose::kBoth, evil, {{evil, evil, true}}, {evil}, {evil, 1}}};
  region.edits = {{evil, evil, evil, evil, {evil}, {evil, 1}}};
  region.example = {evil, {{evil, evil}}, evil, evil, evil, evil};
  diff.transitions = {{0, evil, evil + "2", true, {region, region}}};
  diff.undecided = {{evil, evil, evil}};
  diff.scope = {evil, evil + "2", {{evil, 1}}, {evil}, {evil}};
  return diff;
}

}  // namespace cordon::report
