// The command line in process: arguments, policies by path, name and date, exit statuses, results only when all
// succeeded.
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/compare.h"
#include "cli/run.h"
#include "cli/versions.h"

namespace cordon::cli {
namespace {

// A policy of one file, in force from `from` (with more after it).
std::string PolicyText(const std::string& version, const std::string& in_force, const std::string& more = {}) {
  return "policy xx.demo version " + version +
         "\n"
         "  title en \"A demonstration\"\n"
         "        da \"En demonstration\"\n"
         "  issuer \"Nobody\"\n"
         "  source g \"Guideline\"\n"
         "  in force from " +
         in_force +
         "\n\n"
         "use std.settings\n\n"
         "role ward en \"ward\" da \"afdeling\"\n"
         "action isolate text en \"Isolate\" da \"Isoler\"\n"
         "fact fever : bool\n"
         "  ask en \"Is there a fever?\" da \"Er der feber?\"\n"
         "  cite g \"1\"\n"
         "group signs = fever\n\n"
         "protocol admission about patient in hospital.inpatient\n"
         "  output isolation : bool strictest\n"
         "    default no cite g \"2\"\n"
         "    means ward must isolate\n"
         "  rule feverish cite g \"3\"\n"
         "    when fever\n"
         "    then isolation = yes\n"
         "  test \"fever isolates\"\n"
         "    given fever = yes\n"
         "    expect isolation = yes because feverish, ward must isolate\n"
         "  test \"no fever\"\n"
         "    given fever = no\n"
         "    expect isolation = no, no duty ward must isolate\n"
         "  test \"not asked\"\n"
         "    expect isolation is unknown needs fever\n" +
         more;
}

struct Result {
  int status;
  std::string out;
  std::string err;
};

class Cli : public testing::Test {
 protected:
  Cli() {
    files_["policies/xx/demo/2020/demo.cordon"] = PolicyText("2020-01-01", "2020-01-01 to 2021-12-31");
    files_["policies/xx/demo/2022/demo.cordon"] = PolicyText("2022-01-01", "2022-01-01");
    files_["policies/yy/other/1/other.cordon"] = "role ward en \"ward\"\n";
    files_["fever.json"] =
        R"({"subject": "p1", "as_of": "2025-03-01", "setting": "hospital.inpatient", "facts": {"fever": true}})";
    files_["unasked.json"] = R"({"as_of": "2025-03-01", "setting": "hospital.inpatient"})";
    files_["wrong.json"] = R"({"as_of": "2025-03-01", "facts": {"fevr": true, "fever": "yes"}})";
  }

  Result Do(const std::vector<std::string>& args, const std::string& input = {}) {
    const support::MemoryFileSystem disk(files_);
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Environment environment{disk, in, out, err, false, "policies", *calendar::ParseDate("2024-05-01")};
    const int status = cli::Run(args, environment);
    return {status, out.str(), err.str()};
  }

  // Whether `args` are refused with `code` and status 64, with nothing in the results.
  void Refused(const std::vector<std::string>& args, const std::string& code, const std::string& words = {},
               int status = 64) {
    const Result result = Do(args);
    EXPECT_EQ(result.status, status) << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_NE(result.err.find("[" + code + "]"), std::string::npos) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  }

  std::map<std::string, std::string> files_;
};

bool Has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_F(Cli, ShowsHelpAndVersion) {
  EXPECT_TRUE(Has(Do({"--help"}).out, "examples:"));
  EXPECT_TRUE(Has(Do({"--version"}).out, "language 1"));
  for (const char* command : {"eval", "check", "test", "dump", "explain"}) {
    const Result result = Do({command, "--help"});
    EXPECT_EQ(result.status, 0);
    EXPECT_TRUE(Has(result.out, "usage: cordon " + std::string(command))) << command;
    EXPECT_TRUE(Has(result.out, "examples:\n  cordon " + std::string(command))) << command;
  }
}

TEST_F(Cli, RefusesWrongUsage) {
  Refused({}, "E0801");
  Refused({"evla"}, "E0802", "did you mean `eval`?");
  Refused({"eval", "xx.demo", "--fact", "fever.json"}, "E0803", "did you mean `--facts`?");
  Refused({"eval", "xx.demo"}, "E0804", "`--facts FILE`");
  Refused({"eval"}, "E0804", "2 errors");
  Refused({"test", "xx.demo", "more", "evenmore"}, "E0805", "`evenmore`");
  Refused({"eval", "xx.demo", "--facts"}, "E0806");
  Refused({"eval", "xx.demo", "--facts", "--explain"}, "E0806", "`--facts`");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--format", "xml"}, "E0807", "text or json");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--as-of", "2025-02-30"}, "E0807", "`2025-02-30`");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--explain=maybe"}, "E0807");
  Refused({"dump", "xx.demo", "--stage", "soup"}, "E0807", "ast, model or meaning");
  Refused({"explain", "E9999"}, "E0810");
}

TEST_F(Cli, ExplainsCodes) {
  const Result result = Do({"explain", "e0201"});
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(Has(result.out, "E0201: ") && Has(result.out, "## How to mend it")) << result.out;
}

TEST_F(Cli, EvaluatesForPeople) {
  const Result result = Do({"eval", "xx.demo", "admission", "--facts", "fever.json"});
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out.substr(0, 13), "Isolate: YES\n") << result.out;
  EXPECT_TRUE(Has(Do({"eval", "xx.demo", "--facts", "fever.json", "--lang", "da"}).out, "Isoler: YES\n"));
}

TEST_F(Cli, EvaluatesForPrograms) {
  const Result result = Do({"eval", "xx.demo", "--facts", "-", "--format=json"}, files_["fever.json"]);
  EXPECT_EQ(result.status, 0) << result.err;
  EXPECT_TRUE(Has(result.out, "\"value\": true")) << result.out;
  EXPECT_TRUE(Has(result.out, "\"version\": \"2022-01-01\"")) << result.out;
}

TEST_F(Cli, ChoosesTheVersionInForce) {
  EXPECT_TRUE(Has(Do({"eval", "xx.demo", "--facts", "fever.json", "--as-of", "2021-12-31"}).out, "xx.demo 2020-01-01"));
  EXPECT_TRUE(Has(Do({"eval", "xx.demo@2020", "--facts", "fever.json"}).out, "xx.demo 2020-01-01"));
  EXPECT_TRUE(
      Has(Do({"eval", "policies/xx/demo/2020/demo.cordon", "--facts", "fever.json"}).out, "xx.demo 2020-01-01"));
  EXPECT_TRUE(Has(Do({"eval", "policies/xx/demo/2020/", "--facts", "fever.json"}).out, "xx.demo 2020-01-01"));
  EXPECT_TRUE(Has(Do({"check", "xx.demo"}).out, "xx.demo 2022-01-01"));
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--as-of", "2019-12-31"}, "E0704",
          "`2020` (from 2020-01-01 to 2021-12-31)");
  Refused({"check", "xx.demo@2021"}, "E0703", "`2020` and `2022`");
  Refused({"check", "xx.dmeo"}, "E0702", "did you mean `xx.demo`?");
  Refused({"test", "policies/xx/demo"}, "E0705", "`2020` and `2022`", 2);
  Refused({"check", "policies/none.cordon"}, "E0701");
  Refused({"check", ""}, "E0804");
}

TEST_F(Cli, RefusesWhatThePolicyDoesNotHave) {
  Refused({"eval", "xx.demo", "admision", "--facts", "fever.json"}, "E0808", "did you mean `admission`?");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--lang", "fr"}, "E0811", "en and da");
  Refused({"eval", "xx.demo", "--facts", "none.json"}, "E0701", "none.json");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--setting", "ship"}, "E0517", "", 3);
}

TEST_F(Cli, PutsUsageBeforePolicyBeforeFacts) {
  Refused({"eval", "xx.demo", "--facts", "wrong.json"}, "E0508", "2 errors", 3);
  Refused({"eval", "policies/yy/other/1", "--facts", "wrong.json"}, "E0401", "", 2);
  Refused({"eval", "xx.demo", "nowhere", "--facts", "wrong.json"}, "E0808", "", 64);
}

TEST_F(Cli, RequiresWhatIsAsked) {
  EXPECT_EQ(Do({"eval", "xx.demo", "--facts", "unasked.json"}).status, 0);
  const Result open = Do({"eval", "xx.demo", "--facts", "unasked.json", "--require-determined"});
  EXPECT_EQ(open.status, 4);
  EXPECT_TRUE(Has(open.out, "NOT KNOWN YET: yes or no")) << open.out;
  EXPECT_EQ(Do({"eval", "xx.demo", "--facts", "fever.json", "--require-determined"}).status, 0);
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--expect-digest", "sha256:0"}, "E0711");
  Refused({"eval", "xx.demo", "--facts", "fever.json", "--expect-digest", "sha256:" + std::string(64, '0')}, "E0706",
          "", 2);
  const std::string out = Do({"eval", "xx.demo", "--facts", "fever.json"}).out;
  const std::string digest = out.substr(out.find("sha256:"), 71);
  EXPECT_EQ(Do({"eval", "xx.demo", "--facts", "fever.json", "--expect-digest", digest}).status, 0);
}

TEST_F(Cli, ChecksPolicies) {
  const Result good = Do({"check", "xx.demo"});
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_EQ(good.out, "xx.demo 2022-01-01: no errors (1 rule, 1 fact, 3 tests)\n");  // nobody asks for the fever
  files_["bad.cordon"] =
      PolicyText("1", "2022-01-01", "  rule bad cite g \"4\"\n    when feverr\n    then isolation = yes\n");
  Refused({"check", "bad.cordon"}, "E0201", "bad.cordon:", 2);
  const Result json = Do({"check", "bad.cordon", "--format", "json"});
  EXPECT_EQ(json.status, 2);
  EXPECT_TRUE(Has(json.out, "\"code\": \"E0201\"")) << json.out;
}

TEST_F(Cli, RunsThePolicysTests) {
  const Result good = Do({"test", "xx.demo"});
  EXPECT_EQ(good.status, 0) << good.out << good.err;
  EXPECT_EQ(good.out, "3 passed, 0 failed\n");
  files_["bad.cordon"] =
      PolicyText("1", "2022-01-01", "  test \"wrong\"\n    given fever = yes\n    expect isolation = no\n");
  const Result bad = Do({"test", "bad.cordon"});
  EXPECT_EQ(bad.status, 1);
  EXPECT_EQ(bad.out,
            "FAILED admission: wrong\n"
            "  at        bad.cordon:34:12\n"
            "  expected  isolation = no\n"
            "  seen      isolation = yes because feverish\n\n"
            "3 passed, 1 failed\n");
}

TEST_F(Cli, Dumps) {
  EXPECT_TRUE(Has(Do({"dump", "--stage", "ast", "xx.demo"}).out, "protocol admission"));
  EXPECT_TRUE(Has(Do({"dump", "--stage", "model", "xx.demo"}).out, "admission"));
}

TEST_F(Cli, RefusesLargeFiles) {
  files_["large.json"] = std::string(100U << 20U, ' ');
  Refused({"eval", "xx.demo", "--facts", "large.json"}, "E0501", "", 3);
  files_["large.cordon"] = std::string(100U << 20U, '#');
  EXPECT_EQ(Do({"check", "large.cordon"}).status, 2);
}

TEST_F(Cli, TheDigestIsOfNamesAndContents) {
  auto digest = [&](const std::string& policy) {
    const std::string out = Do({"eval", policy, "--facts", "fever.json"}).out;
    return out.substr(out.find("sha256:"));
  };
  files_["a/demo.cordon"] = files_["b/demo.cordon"] = PolicyText("1", "2022-01-01");
  files_["c/other.cordon"] = PolicyText("1", "2022-01-01");
  files_["d/demo.cordon"] = PolicyText("1", "2022-01-01", "# more\n");
  EXPECT_EQ(digest("a/"), digest("b/demo.cordon"));
  EXPECT_NE(digest("a/"), digest("c/"));
  EXPECT_NE(digest("a/"), digest("d/"));
}

TEST(ScanHeader, FindsDatesInTheHeaderOnly) {
  const auto dates = ScanHeader(
      "# in force from 1999-01-01\n"
      "policy a.b version 1\n"
      "  title en \"in force from 1998-01-01\"\n"
      "  in force from 2018-09-04 to 2020-01-31 # until then\n"
      "use std.settings\n");
  ASSERT_TRUE(dates && dates->from && dates->until);
  EXPECT_EQ(calendar::Format(*dates->from), "2018-09-04");
  EXPECT_EQ(calendar::Format(*dates->until), "2020-01-31");
  EXPECT_FALSE(ScanHeader("library std.x\n  in force from 2018-09-04\n"));
  EXPECT_FALSE(ScanHeader("policy a.b version 1\nuse x\n  in force from 2018-09-04\n")->from);
  EXPECT_FALSE(ScanHeader(""));
}

// Compare, on outcomes made by hand.
class Comparing : public testing::Test {
 protected:
  Comparing() {
    policy_.roles = {{"ward", {}}, {"hygiene", {}}};
    policy_.events = {{"admission", {}}, {"transfer", {}}};
    policy_.actions.resize(1);
    policy_.actions[0].name = "isolate";
    policy_.rules.resize(2);
    policy_.rules[0].name = "one";
    policy_.rules[1].name = "two";
    policy_.outputs.resize(1);
    policy_.outputs[0].name = "screen";
    outcome_.outputs.resize(1);
    outcome_.outputs[0].output = model::OutputId(std::size_t{0});
    outcome_.outputs[0].status = evaluate::Status::kDetermined;
    outcome_.outputs[0].answer = evaluate::ValueAnswer{value::Value::Bool(true)};
    outcome_.outputs[0].because = {{model::RuleId(std::size_t{0}), {}, {}}};
    evaluate::DutyOutcome duty;
    duty.duty = Isolate();
    outcome_.duties = {duty};
    expected_.output = model::OutputId(std::size_t{0});
    expected_.value = value::Value::Bool(true);
  }
  static model::Duty Isolate() {
    model::Duty duty;
    duty.actor = model::RoleId(std::size_t{0});
    duty.action = model::ActionId(std::size_t{0});
    return duty;
  }
  // An expression of `kind`: 2019-10-07 where it is a constant.
  model::ExprId DueBy(model::ExprKind kind) {
    model::Expr due;
    due.kind = kind;
    due.type.kind = model::TypeKind::kDate;
    due.value = value::Value::OfDate(*calendar::MakeDate(2019, 10, 7));
    policy_.exprs.push_back(due);
    return model::ExprId(policy_.exprs.size() - 1);
  }
  // `expected | seen` of the one mismatch, or nothing.
  std::string Compared() {
    model::Test test;
    test.outputs = {expected_};
    if (duty_) test.duties = {*duty_};
    const std::vector<Mismatch> mismatches = Compare(policy_, test, outcome_);
    if (mismatches.empty()) return {};
    return mismatches.front().expected + " | " + mismatches.front().seen;
  }

  model::Policy policy_;
  evaluate::Outcome outcome_;
  model::OutputExpectation expected_;
  std::optional<model::DutyExpectation> duty_;
};

TEST_F(Comparing, Values) {
  EXPECT_EQ(Compared(), "");
  expected_.value = value::Value::Bool(false);
  EXPECT_EQ(Compared(), "screen = no | screen = yes because one");
}

TEST_F(Comparing, Statuses) {
  expected_.status = model::ExpectedStatus::kProvisionally;
  EXPECT_EQ(Compared(), "screen is provisionally yes | screen = yes because one");
  expected_.status = model::ExpectedStatus::kNotCovered;
  EXPECT_EQ(Compared(), "screen is not covered | screen = yes because one");
}

TEST_F(Comparing, ReasonsAsASet) {
  expected_.because = {model::RuleId(std::size_t{0})};
  EXPECT_EQ(Compared(), "");
  expected_.because = {model::RuleId(std::size_t{1})};
  EXPECT_EQ(Compared(), "screen = yes because two | screen = yes because one");
}

TEST_F(Comparing, NeedsAsASetWhereNamed) {
  outcome_.outputs[0].status = evaluate::Status::kUndetermined;
  outcome_.outputs[0].answer.reset();
  outcome_.outputs[0].because.clear();
  outcome_.outputs[0].needs = {"a", "b"};
  expected_.status = model::ExpectedStatus::kUnknown;
  EXPECT_EQ(Compared(), "");
  expected_.needs = {"b", "a"};
  EXPECT_EQ(Compared(), "");
  expected_.needs = {"a"};
  EXPECT_EQ(Compared(), "screen is unknown needs a | screen is unknown needs a, b");
}

TEST_F(Comparing, Duties) {
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  EXPECT_EQ(Compared(), "");
  duty_->absent = true;
  EXPECT_EQ(Compared(), "no duty ward must isolate | ward must isolate");
  duty_->absent = false;
  duty_->duty.modality = model::Modality::kMustNot;
  EXPECT_EQ(Compared(), "ward must not isolate | ward must isolate");
  outcome_.duties.clear();
  EXPECT_EQ(Compared(), "ward must not isolate | no such duty");
  duty_->absent = true;
  EXPECT_EQ(Compared(), "");
}

TEST_F(Comparing, DueDatesAsWritten) {
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->duty.dues = {{model::DueKind::kBy, DueBy(model::ExprKind::kConstant), {}}};
  EXPECT_EQ(Compared(), "ward must isolate due by 2019-10-07 | ward must isolate");
  outcome_.duties[0].dues = {{model::DueKind::kBy, "2019-10-08", {}, true}};
  EXPECT_EQ(Compared(), "ward must isolate due by 2019-10-07 | ward must isolate due by 2019-10-08");
  for (const char* same : {"2019-10-07", "2019-10-07T14:30"}) {
    outcome_.duties[0].dues = {{model::DueKind::kBy, same, {}, true}};
    EXPECT_EQ(Compared(), "");
  }
  outcome_.duties[0].dues = {{model::DueKind::kBy, std::nullopt, {}, true}};
  EXPECT_EQ(Compared(), "ward must isolate due by 2019-10-07 | ward must isolate due by a day that is not known");
}

TEST_F(Comparing, DueDatesThatMustBeAbsent) {
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->absent = true;
  duty_->duty.dues = {{model::DueKind::kBy, DueBy(model::ExprKind::kConstant), {}}};
  EXPECT_EQ(Compared(), "");
  outcome_.duties[0].dues = {{model::DueKind::kBy, "2019-10-07", {}, true}};
  EXPECT_EQ(Compared(), "no duty ward must isolate due by 2019-10-07 | ward must isolate due by 2019-10-07");
  outcome_.duties[0].dues = {{model::DueKind::kBy, "2019-10-08", {}, true}};
  EXPECT_EQ(Compared(), "");
  outcome_.duties[0].dues = {{model::DueKind::kBy, std::nullopt, {}, true}};
  EXPECT_EQ(Compared(),
            "no duty ward must isolate due by 2019-10-07 | ward must isolate due by a day that is not known");
}

TEST_F(Comparing, DueDatesThatAreNotWrittenOut) {
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->duty.dues = {{model::DueKind::kBy, DueBy(model::ExprKind::kFact), {}}};
  outcome_.duties[0].dues = {{model::DueKind::kBy, "2019-10-07", {}, true}};
  const std::string refused =
      "ward must isolate due by a date, as in 2025-03-01 | a due date that has to be worked out, and a test compares "
      "with the date as written";
  EXPECT_EQ(Compared(), refused);
  duty_->absent = true;
  EXPECT_EQ(Compared(), "no duty " + refused);
}

TEST_F(Comparing, EventsAmongThoseOfTheDuty) {
  const model::EventTiming at{model::EventRelation::kAt, model::EventId(std::size_t{0})};
  const model::EventTiming before{model::EventRelation::kBefore, model::EventId(std::size_t{0})};
  const model::EventTiming other{model::EventRelation::kAt, model::EventId(std::size_t{1})};
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->duty.timings = {at};
  EXPECT_EQ(Compared(), "ward must isolate at admission | ward must isolate");
  outcome_.duties[0].duty.timings = {before, at};
  EXPECT_EQ(Compared(), "");
  duty_->duty.timings = {other};
  EXPECT_EQ(Compared(), "ward must isolate at transfer | ward must isolate before admission at admission");
}

TEST_F(Comparing, EveryRecipient) {
  const model::RoleId ward(std::size_t{0});
  const model::RoleId hygiene(std::size_t{1});
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->duty.to = {ward, hygiene};
  EXPECT_EQ(Compared(), "ward must isolate to ward | ward must isolate");
  outcome_.duties[0].duty.to = {ward};
  EXPECT_EQ(Compared(), "ward must isolate to hygiene | ward must isolate to ward");
  outcome_.duties.push_back(outcome_.duties[0]);
  outcome_.duties[1].duty.to = {hygiene};
  EXPECT_EQ(Compared(), "");
  duty_->absent = true;
  duty_->duty.to = {hygiene};
  EXPECT_EQ(Compared(), "no duty ward must isolate to hygiene | ward must isolate to hygiene");
}

TEST_F(Comparing, AsFarAsPossibleWhereNamed) {
  duty_ = model::DutyExpectation{};
  duty_->duty = Isolate();
  duty_->duty.as_far_as_possible = true;
  EXPECT_EQ(Compared(), "ward must isolate as far as possible | ward must isolate");
  outcome_.duties[0].duty.as_far_as_possible = true;
  EXPECT_EQ(Compared(), "");
}

}  // namespace
}  // namespace cordon::cli
