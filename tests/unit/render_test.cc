// Diagnostics as people read them: places, marks, wide lines, several lines, colour, order and the cap.
#include "diagnostics/render.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cordon::diagnostics {
namespace {

class Render : public testing::Test {
 protected:
  SourceId Add(const std::string& text) { return sources_.Add("a.cordon", text); }
  // The rendering of one mistake at the bytes [begin, end) of the one source.
  std::string Show(const std::string& text, std::uint32_t begin, std::uint32_t end, const std::string& help = {}) {
    const Diagnostic diagnostic{Code::kUnknownName, {Add(text), begin, end}, "there is no `x`", help, {}};
    return diagnostics::Render(diagnostic, sources_, Colour::kNever);
  }
  Sources sources_;
};

TEST_F(Render, MarksThePlace) {
  EXPECT_EQ(Show("one\n    when x\n", 13, 14, "did you mean `y`?"),
            "error[E0201]: there is no `x`\n"
            " --> a.cordon:2:10\n"
            "  |\n"
            "2 |     when x\n"
            "  |          ^\n"
            "  = help: did you mean `y`?\n");
}

TEST_F(Render, WidensItsMarginForLargeLineNumbers) {
  EXPECT_EQ(Show(std::string(40, '\n') + "x", 40, 41),
            "error[E0201]: there is no `x`\n"
            "  --> a.cordon:41:1\n"
            "   |\n"
            "41 | x\n"
            "   | ^\n");
}

TEST_F(Render, CountsCodePoints) {
  EXPECT_EQ(Show("ærø\tx", 6, 7), "error[E0201]: there is no `x`\n --> a.cordon:1:5\n  |\n1 | ærø x\n  |     ^\n");
}

TEST_F(Render, MarksAnEmptySpanAndTheEndOfTheText) {
  EXPECT_EQ(Show("", 0, 0), "error[E0201]: there is no `x`\n --> a.cordon:1:1\n  |\n1 |\n  | ^\n");
  EXPECT_EQ(Show("ab", 2, 2), "error[E0201]: there is no `x`\n --> a.cordon:1:3\n  |\n1 | ab\n  |   ^\n");
  EXPECT_EQ(Show("ab", 900, 901), "error[E0201]: there is no `x`\n --> a.cordon:1:3\n  |\n1 | ab\n  |   ^\n");
}

TEST_F(Render, MarksTheFirstOfSeveralLines) {
  EXPECT_EQ(Show("one two\r\nthree", 4, 12),
            "error[E0201]: there is no `x`\n --> a.cordon:1:5\n  |\n1 | one two\n  |     ^^^ to line 2\n");
}

TEST_F(Render, ShowsAWideLineAroundItsMark) {
  const std::string text = Show(std::string(5000, 'a') + "x" + std::string(5000, 'b'), 5000, 5001);
  EXPECT_LT(text.size(), 700u);
  EXPECT_NE(text.find("1 | …" + std::string(40, 'a') + "x"), std::string::npos) << text;
  EXPECT_NE(text.find("  | " + std::string(41, ' ') + "^\n"), std::string::npos) << text;
}

TEST_F(Render, LetsNoControlCharacterThrough) {
  const std::string text = Show("\x1b[31m\x7f\xff x", 7, 8);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_NE(text.find("1 |  [31m ? x"), std::string::npos) << text;
}

TEST_F(Render, ShowsNotesAndMistakesWithoutAPlace) {
  const Span first{Add("fact a\nfact a\n"), 5, 6};
  const Diagnostic twice{Code::kUnknownName, {}, "it is declared twice", {}, {{first, "the first one is here"}}};
  EXPECT_EQ(diagnostics::Render(twice, sources_, Colour::kNever),
            "error[E0201]: it is declared twice\n"
            "  = note: the first one is here\n"
            " --> a.cordon:1:6\n"
            "  |\n"
            "1 | fact a\n"
            "  |      ^\n");
}

TEST_F(Render, ColoursOnlyWhenAsked) {
  const Diagnostic diagnostic{Code::kUnknownName, {Add("x"), 0, 1}, "there is no `x`", "look", {}};
  EXPECT_NE(diagnostics::Render(diagnostic, sources_, Colour::kAlways).find("\x1b["), std::string::npos);
  EXPECT_EQ(diagnostics::Render(diagnostic, sources_, Colour::kNever).find("\x1b["), std::string::npos);
}

TEST_F(Render, SortsByPlaceAndCounts) {
  const SourceId source = Add("one two");
  Sink sink;
  sink.Report(Code::kUnknownName, {source, 4, 7}, "second");
  sink.Report(Code::kUnknownName, {source, 0, 3}, "first");
  const std::string text = RenderAll(sink, sources_, Colour::kNever);
  EXPECT_LT(text.find("first"), text.find("second"));
  EXPECT_NE(text.find("\n\n2 errors\n"), std::string::npos) << text;
  EXPECT_EQ(RenderAll(Sink(), sources_, Colour::kNever), "");
}

TEST_F(Render, ShowsAtMostFifty) {
  const SourceId source = Add("x");
  Sink sink;
  for (int i = 0; i < 60; ++i) sink.Report(Code::kUnknownName, {source, 0, 1}, "again");
  const std::string text = RenderAll(sink, sources_, Colour::kNever);
  EXPECT_NE(text.find("60 errors (10 more not shown)\n"), std::string::npos);
}

TEST(Codes, AreUniqueAndHaveSummaries) {
  std::set<std::string_view> seen;
  for (const Code code : AllCodes()) {
    EXPECT_TRUE(seen.insert(CodeText(code)).second) << CodeText(code);
    EXPECT_FALSE(CodeSummary(code).empty());
    EXPECT_EQ(CodeText(code).front() == 'W', CodeSeverity(code) == Severity::kWarning) << CodeText(code);
  }
}

}  // namespace
}  // namespace cordon::diagnostics
