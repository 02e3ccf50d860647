// Compiled policies: every policy of the repository answers as its text does, and whatever the bytes are, reading them
// gives a policy that can be evaluated or says why not.
#include "compiled/compiled.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "check/check.h"
#include "cli/disk.h"
#include "cli/load.h"
#include "diagnostics/render.h"
#include "evaluate/evaluate.h"
#include "report/json.h"
#include "report/text.h"
#include "support/blake2b.h"
#include "syntax/parse.h"

namespace cordon::compiled {
namespace {

constexpr std::size_t kHeaderSize = 64;
constexpr std::size_t kChecksumAt = 32;

// Every construct that is held in a file, in a few lines.
constexpr const char* kDemo =
    "policy demo version 1\n"
    "  title en \"A demonstration\"\n"
    "  source book \"The ward's book\"\n"
    "use std.settings\n"
    "scale risk = none < low < high\n"
    "role ward en \"ward\"\n"
    "action isolate text en \"Isolate\"\n"
    "record Stay\n"
    "  admitted : date\n"
    "  discharged : date\n"
    "  require admitted <= discharged\n"
    "fact fever : bool ask en \"Is there a fever?\" cite book \"1\"\n"
    "fact stays : list of Stay ask en \"Which stays?\" cite book \"1\"\n"
    "define long_ago = some stay in stays has (stay.discharged within the last 6 months) cite book \"2\"\n"
    "protocol arrival about patient in hospital\n"
    "  output isolation : bool strictest\n"
    "    default no  cite book \"2\"\n"
    "    means ward must isolate\n"
    "  output danger : risk strictest\n"
    "    default none  cite book \"2\"\n"
    "  rule hot  cite book \"2\"\n"
    "    when fever\n"
    "    then isolation = yes\n"
    "  rule away  cite book \"2\"\n"
    "    when long_ago and isolation is yes\n"
    "    then danger = high\n";

struct Loaded {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  std::optional<model::Policy> policy;
  std::string Problems() const { return diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever); }
};

void ReadAgain(const std::string& bytes, Loaded& loaded) {
  loaded.policy = Read(bytes, "demo.cordonc", loaded.sources, loaded.sink);
}

// The policy in `path`, from its text.
void LoadText(const support::FileSystem& files, const std::string& path, Loaded& loaded) {
  std::istringstream in;
  std::ostringstream out;
  const cli::Environment environment{
      files, in, out, out, false, CORDON_SOURCE_DIR "/policies", *calendar::MakeDate(2025, 3, 1)};
  loaded.policy =
      cli::LoadPolicy(environment, {path, environment.policies_root, environment.today}, loaded.sources, loaded.sink);
}

std::string Demo() {
  Loaded text;
  const std::map<std::string, std::string> files = {{"demo.cordon", kDemo}};
  LoadText(support::MemoryFileSystem(files), "demo.cordon", text);
  EXPECT_TRUE(text.policy) << text.Problems();
  return text.policy ? Write(*text.policy, text.sources, {}) : std::string(kHeaderSize, '\0');
}

std::set<std::string> PolicyFolders() {
  std::set<std::string> folders;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(CORDON_SOURCE_DIR "/policies")) {
    if (entry.path().extension() == ".cordon") folders.insert(entry.path().parent_path().string());
  }
  return folders;
}

std::string Answer(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject) {
  const evaluate::Outcome outcome = evaluate::Evaluate(policy, protocol, subject);
  return report::Json(policy, subject, outcome, report::WhyNot::kInclude) +
         report::Text(policy, subject, outcome,
                      {policy.languages.empty() ? "" : policy.languages.front(), report::WhyNot::kInclude,
                       report::Emphasis::kNever});
}

// Of every protocol, what follows for somebody of whom nothing is known.
void AnswerAll(const model::Policy& policy) {
  const facts::Subject subject = facts::Unasked(policy, {*calendar::MakeDate(2025, 3, 1), std::nullopt});
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) Answer(policy, model::ProtocolId(i), subject);
}

void RepairChecksum(std::string& bytes) {
  const std::string sum = support::Blake2b({bytes.substr(0, kChecksumAt), bytes.substr(kHeaderSize)});
  bytes.replace(kChecksumAt, sum.size(), sum);
}

// Of each policy's tests one in kTested is answered twice, all of them in turn over the policies: an answer costs more
// than reading the policy.
TEST(Compiled, EveryPolicyIsReadAsItWasWrittenAndAnswersItsTestsAsTheTextDoes) {
  constexpr std::size_t kTested = 20;
  std::size_t which = 0;
  for (const std::string& folder : PolicyFolders()) {
    SCOPED_TRACE(folder);
    Loaded text;
    LoadText(cli::Disk(), folder, text);
    ASSERT_TRUE(text.policy) << text.Problems();
    Loaded again;
    const std::string bytes = Write(*text.policy, text.sources, {});
    ReadAgain(bytes, again);
    ASSERT_TRUE(again.policy) << again.Problems();
    EXPECT_TRUE(Write(*again.policy, again.sources, {}) == bytes);
    for (const model::Test& test : text.policy->tests) {
      if (which++ % kTested != 0) continue;
      const facts::Subject subject =
          facts::FromSetup(*text.policy, test.setup, {*calendar::MakeDate(2025, 3, 1), std::nullopt});
      diagnostics::Sink unfit;
      if (!evaluate::CheckFeasible(*text.policy, subject, unfit)) continue;
      EXPECT_EQ(Answer(*again.policy, test.protocol, subject), Answer(*text.policy, test.protocol, subject))
          << test.name;
    }
  }
}

TEST(Compiled, AFileThatIsCutAnywhereIsRefused) {
  const std::string bytes = Demo();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Loaded cut;
    ReadAgain(bytes.substr(0, size), cut);
    ASSERT_FALSE(cut.policy) << size;
    ASSERT_EQ(cut.sink.num_errors(), 1U);
    const diagnostics::Code expected = size == 0 ? diagnostics::Code::kNotCompiled : diagnostics::Code::kCompiledCut;
    EXPECT_EQ(cut.sink.diagnostics().front().code, expected) << size;
  }
}

TEST(Compiled, AFileInWhichAnyByteIsChangedIsRefused) {
  const std::string bytes = Demo();
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    Loaded again;
    ReadAgain(changed, again);
    ASSERT_FALSE(again.policy) << at;
    ASSERT_EQ(again.sink.num_errors(), 1U) << at;
    if (at >= kChecksumAt) {
      EXPECT_EQ(again.sink.diagnostics().front().code, diagnostics::Code::kCompiledChanged) << at;
    }
  }
}

// Bytes with a checksum that fits may still say anything: what is accepted can be evaluated, and the rest is refused.
TEST(Compiled, WhatIsAcceptedWithARepairedChecksumCanBeEvaluated) {
  const std::string bytes = Demo();
  std::size_t num_refused = 0;
  std::size_t num_accepted = 0;
  constexpr unsigned kChanges[] = {0x01, 0x02, 0x03, 0x7f, 0x80, 0xff};
  for (std::size_t at = kHeaderSize; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ kChanges[at % std::size(kChanges)]);
    RepairChecksum(changed);
    Loaded again;
    ReadAgain(changed, again);
    if (again.policy) {
      ++num_accepted;
      AnswerAll(*again.policy);
    } else {
      ++num_refused;
      ASSERT_EQ(again.sink.diagnostics().front().code, diagnostics::Code::kCompiledBroken) << at;
    }
  }
  EXPECT_GT(num_refused, 0U);
  EXPECT_GT(num_accepted, 0U);
}

// Whoever changes a field of the model, or an order in compiled/fields.h, raises kFormat and writes the new number
// here.
TEST(Compiled, TheLayoutIsTheOneOfTheFormat) {
  EXPECT_EQ(kFormat, 1U);
  EXPECT_EQ(Layout(), 6627438706422835717U);
}

}  // namespace
}  // namespace cordon::compiled
