// Lists of statements: every text is read or refused with a reason, whatever it holds.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "diagnostics/diagnostic.h"
#include "diagnostics/source.h"
#include "statements/list.h"

namespace cordon::statements {
namespace {

struct Outcome {
  std::optional<std::vector<Entry>> entries;
  std::size_t num_errors = 0;
};

Outcome Read(const std::string& text) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const diagnostics::SourceId source = sources.Add("list.csv", text);
  Outcome outcome{ReadList(sources, source, sink), sink.num_errors()};
  for (const diagnostics::Diagnostic& diagnostic : sink.diagnostics()) {
    EXPECT_LE(diagnostic.span.begin, diagnostic.span.end);
    EXPECT_LE(diagnostic.span.end, text.size());
  }
  return outcome;
}

TEST(StatementsList, KeepsWhatQuotationMarksHold) {
  const Outcome outcome = Read("id,section,statement\r\nW-1, 2.1 ,\"a, \"\"b\"\"\r\nc\"\r\n");
  ASSERT_TRUE(outcome.entries.has_value());
  ASSERT_EQ(outcome.entries->size(), 1U);
  EXPECT_EQ(outcome.entries->front().id, "W-1");
  EXPECT_EQ(outcome.entries->front().section, "2.1");
  EXPECT_EQ(outcome.entries->front().text, "a, \"b\"\r\nc");
  EXPECT_EQ(outcome.entries->front().kind, EntryKind::kStatement);
}

TEST(StatementsList, MarksTheIdInItsRow) {
  const std::string text = "statement,id\nFever,\"W-1\"\n";
  const Outcome outcome = Read(text);
  ASSERT_TRUE(outcome.entries.has_value());
  const diagnostics::Span& span = outcome.entries->front().span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "\"W-1\"");
}

TEST(StatementsList, TakesTheLastRowWithoutALineEnd) {
  const Outcome outcome = Read("id,question\nQ-1,Why");
  ASSERT_TRUE(outcome.entries.has_value());
  EXPECT_EQ(outcome.entries->front().text, "Why");
  EXPECT_EQ(outcome.entries->front().kind, EntryKind::kOpenPoint);
}

TEST(StatementsList, TellsTheFirstOfManyMistakes) {
  std::string text = "id,statement\n";
  for (int i = 0; i < 3000; ++i) text += "W-1,x,y\n";
  EXPECT_EQ(Read(text).num_errors, 20U);
}

TEST(StatementsList, EveryTextIsReadOrRefused) {
  const unsigned seed = 20180904;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string signs = "\",,\n\r\t ;aæ\xEF\xBB\xBF\"\n";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = "id,statement\nW-1,\"a, \"\"b\"\"\"\nW-2,c\n";
    for (unsigned i = random() % 6; i > 0; --i) {
      const char sign = signs[random() % signs.size()];
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0) {
        text[at] = sign;
      } else {
        text.insert(at, 1, sign);
      }
    }
    const Outcome outcome = Read(text);
    EXPECT_EQ(outcome.entries.has_value(), outcome.num_errors == 0) << text;
  }
}

}  // namespace
}  // namespace cordon::statements
