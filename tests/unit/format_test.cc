// What `cordon fmt` may never change, held against every policy text of the repository and against random disorder.
//
// The texts: policies/, stdlib/, the samples of the tests, the files of the transcripts and the blocks of the
// documents, as far as they parse. Each is laid out as it stands, and after random blanks, line breaks and comments
// were put in.
#include "format/format.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"
#include "check/stdlib.h"
#include "format/difference.h"
#include "format/display_width.h"
#include "model/print.h"
#include "syntax/lexemes.h"
#include "syntax/parse.h"
#include "syntax/print.h"

namespace cordon::format {
namespace {

// By a name that says where the text stands.
using Texts = std::map<std::string, std::string>;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The lines of `text` in blocks: a block begins behind a line for which `opens` holds and ends before one that closes.
template <typename Opens, typename Closes>
void AddBlocks(const std::string& place, const std::string& text, Opens opens, Closes closes, Texts& texts) {
  std::string block;
  bool inside = false;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    at = end;
    ++number;
    if (inside && closes(line)) {
      texts[place + ":" + std::to_string(number)] = block;
      inside = false;
    } else if (inside) {
      block += line;
    }
    if (!inside && opens(line)) {
      inside = true;
      block.clear();
    }
  }
  if (inside) texts[place + ":" + std::to_string(number)] = block;
}

Texts ReadTexts() {
  const std::filesystem::path root = CORDON_SOURCE_DIR;
  Texts texts;
  for (const char* folder : {"policies", "stdlib", "tests", "docs"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (!entry.is_regular_file()) continue;
      const std::string place = std::filesystem::relative(entry.path(), root).generic_string();
      const std::string text = ReadFile(entry.path());
      const auto heads = [](const std::string& line) { return line.starts_with("--- "); };
      if (place.ends_with(".cordon")) texts[place] = text;
      if (place.ends_with(".golden")) {
        AddBlocks(
            place, text, [&](const std::string& line) { return heads(line) && line.ends_with(".cordon\n"); },
            [&](const std::string& line) { return heads(line) || line.starts_with("$ "); }, texts);
      }
      if (place.ends_with(".md")) {
        AddBlocks(
            place, text, [](const std::string& line) { return line.starts_with("```cordon"); },
            [](const std::string& line) { return line.starts_with("```"); }, texts);
      }
    }
  }
  return texts;
}

// Without `!` the dump of the text's tree, with it the text does not parse.
std::string Tree(const std::string& text) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const std::string tree = syntax::Print(syntax::Parse(sources, sources.Add("a.cordon", text), sink));
  return sink.has_errors() ? "!" : tree;
}

// The texts that parse.
const Texts& Corpus() {
  static const Texts corpus = [] {
    Texts parsing;
    for (auto& [place, text] : ReadTexts()) {
      if (Tree(text) != "!") parsing[place] = text;
    }
    return parsing;
  }();
  return corpus;
}

std::string Formatted(const std::string& text) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const auto formatted = Format(sources, sources.Add("a.cordon", text), sink);
  EXPECT_TRUE(formatted.has_value()) << text;
  return formatted.value_or("");
}

// A blank of the language at `at`: its length, or 0.
std::size_t BlankLength(std::string_view text, std::size_t at) {
  if (std::string_view(" \t\r\n\f").find(text[at]) != std::string_view::npos) return 1;
  return text.substr(at).starts_with("\xC2\xA0") ? 2 : 0;
}

// `text` without blanks outside strings and comments. A comment that stands behind something is written `<#…>`, one on
// a line of its own `[#…]`: so where comments stand among the words is told apart without the formatter's own reader.
std::string Squash(std::string_view text) {
  std::string squashed;
  bool own_line = true;
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size();) {
    if (const std::size_t blank = BlankLength(text, at); blank > 0) {
      own_line = own_line || text[at] == '\n';
      at += blank;
      continue;
    }
    std::size_t end = at + 1;
    if (text[at] == '#') {
      end = std::min(text.find('\n', at), text.size());
      std::string comment(text.substr(at, end - at));
      while (std::string_view(" \t\r").find(comment.back()) != std::string_view::npos) comment.pop_back();
      squashed += own_line ? "[" + comment + "]" : "<" + comment + ">";
    } else {
      if (text[at] == '"') {
        while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
        end = std::min(end + 1, text.size());
      }
      squashed += text.substr(at, end - at);
      own_line = false;
    }
    at = end;
  }
  return squashed;
}

// All that laying out must keep, and that doing it twice is doing it once.
void ExpectKept(const std::string& text) {
  const std::string formatted = Formatted(text);
  EXPECT_EQ(Squash(text), Squash(formatted));
  EXPECT_EQ(Tree(text), Tree(formatted));
  EXPECT_EQ(formatted, Formatted(formatted));
  EXPECT_EQ(formatted.find(" \n"), std::string::npos) << "blanks at a line's end:\n" << formatted;
  EXPECT_EQ(formatted.find("\n\n\n"), std::string::npos) << "two empty lines";
  EXPECT_EQ(formatted.find('\r'), std::string::npos);
}

// ---- random disorder

class Disorder {
 public:
  explicit Disorder(unsigned seed, bool breaks) : random_(seed), breaks_(breaks) {}

  // The same words and signs, disordered.
  std::string Write(const syntax::LexedFile& file) {
    for (const syntax::Passage& passage : file.passages) {
      for (std::size_t i = 0; i < passage.lexemes.size(); ++i) Put(passage, i);
    }
    Comments(file.closing);
    if (OneIn(3)) text_ += "\n \n\t\n";
    if (!OneIn(4)) return text_;
    std::string windows;
    for (const char c : text_) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return windows;
  }

 private:
  bool OneIn(unsigned n) { return random_() % n == 0; }
  std::string Blanks() {
    static const char* const kBlanks[] = {" ", "  ", "\t", "\xC2\xA0", "     ", " \t "};
    return kBlanks[random_() % 6];
  }
  void Comments(const std::vector<syntax::Comment>& comments) {
    for (const syntax::Comment& comment : comments) {
      text_ += "\n" + (OneIn(2) ? Blanks() : "") + comment.text;
      if (OneIn(3)) text_ += "  \t";
    }
  }
  void Put(const syntax::Passage& passage, std::size_t index) {
    const syntax::Lexeme& lexeme = passage.lexemes[index];
    const syntax::Lexeme* before = index > 0 ? &passage.lexemes[index - 1] : nullptr;
    const bool in_row = before != nullptr && before->line == lexeme.line && IsRow(passage, lexeme.line);
    const bool broken = before != nullptr && before->line != lexeme.line;
    const bool begins_row = broken && (IsRow(passage, lexeme.line) || IsRow(passage, before->line));
    Comments(lexeme.above);
    // A word only at the begin of a line.
    const bool needs_line = broken && lexeme.text == "require";
    bool new_line =
        index == 0 || begins_row || needs_line || !lexeme.above.empty() || (before != nullptr && before->beside);
    if (!in_row && breaks_ && OneIn(6)) new_line = true;
    if (new_line && OneIn(8)) text_ += "\n" + Blanks() + "# an added comment  ";
    if (new_line && before != nullptr && !before->beside && OneIn(12)) text_ += "  # added behind";
    if (new_line) text_ += OneIn(5) ? "\n\n \n" : "\n";
    const bool tight = before != nullptr && (before->text == "(" || lexeme.text == ")" || lexeme.text == ",");
    if (index == 0 ? passage.place != syntax::PassagePlace::kMargin : (new_line || !tight || OneIn(2)))
      text_ += Blanks();
    text_ += lexeme.text;
    if (lexeme.beside) text_ += " " + lexeme.beside->text;
  }
  static bool IsRow(const syntax::Passage& passage, std::uint32_t line) {
    for (const syntax::Lexeme& lexeme : passage.lexemes) {
      if (lexeme.line == line && (lexeme.text == "|" || lexeme.text == "||")) return true;
    }
    return false;
  }

  std::mt19937 random_;
  bool breaks_;
  std::string text_;
};

std::string Disordered(const std::string& text, unsigned seed, bool breaks) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  const auto file = syntax::ReadLexemes(sources, sources.Add("a.cordon", text), sink);
  EXPECT_TRUE(file.has_value());
  return file ? Disorder(seed, breaks).Write(*file) : std::string();
}

// The same in the first disorder that says the same.
std::string ReadablyDisordered(const std::string& text) {
  const std::string tree = Tree(text);
  for (unsigned seed = 1; seed < 20; ++seed) {
    const std::string disordered = Disordered(text, seed, false);
    if (Tree(disordered) == tree) return disordered;
  }
  ADD_FAILURE() << "no disorder can be read: " << text;
  return text;
}

// ---- the tests

TEST(FormatTest, KeepsEveryTextOfTheRepository) {
  EXPECT_GT(Corpus().size(), 100U);
  for (const auto& [place, text] : Corpus()) {
    SCOPED_TRACE(place);
    ExpectKept(text);
  }
}

TEST(FormatTest, KeepsDisorderedTexts) {
  std::size_t num_read = 0;
  std::size_t num_tried = 0;
  std::size_t num_left = 0;  // as they were, since a word would begin a line
  for (const auto& [place, text] : Corpus()) {
    const std::string tree = Tree(text);
    for (unsigned seed = 1; seed <= (text.size() > 5000 ? 1U : 3U); ++seed) {
      SCOPED_TRACE(place + ", seed " + std::to_string(seed));
      const std::string disordered = Disordered(text, seed, seed % 2 != 0);
      ++num_tried;
      if (Tree(disordered) != tree) continue;  // a line break made a word the opening of a statement
      ++num_read;
      if (Formatted(disordered) == disordered && disordered != Formatted(text)) {
        ++num_left;
        continue;
      }
      ExpectKept(disordered);
      if (::testing::Test::HasFailure()) return;
    }
  }
  EXPECT_LT(num_left * 100, num_read) << num_left << " of " << num_read << " stayed as they were";
  EXPECT_GT(num_read * 10, num_tried * 7) << num_read << " of " << num_tried << " disordered texts could be read";
}

// Blanks, tabs and line ends alone, without added line breaks and comments, leave no trace at all.
TEST(FormatTest, BlanksDoNotMatter) {
  for (const auto& [place, text] : Corpus()) {
    SCOPED_TRACE(place);
    std::string spread;
    bool quoted = false;
    bool comment = false;
    for (const char c : text) {
      quoted = !comment && (c == '"' ? !quoted : quoted) && c != '\n';
      comment = c != '\n' && (comment || (c == '#' && !quoted));
      const bool inner = !spread.empty() && spread.back() != '\n' && !quoted && !comment;
      spread += c == ' ' && inner ? std::string("\t \xC2\xA0") : c == '\n' ? std::string(" \r\n") : std::string(1, c);
    }
    if (Tree(spread) != Tree(text)) continue;  // an escaped quote
    EXPECT_EQ(Formatted(spread), Formatted(text));
  }
}

// Whether one of the policy's files uses the library at `place`, `stdlib/roles.cordon`.
bool Uses(const Texts& files, const std::string& place) {
  const std::size_t begin = place.find('/') + 1;
  const std::string name = "std." + place.substr(begin, place.rfind('.') - begin);
  return std::any_of(files.begin(), files.end(),
                     [&](const auto& file) { return file.second.find(name) != std::string::npos; });
}

// True for a version that changes another: by itself it is no policy.
bool ChangesAnother(const check::Unit& unit) {
  for (const syntax::File& file : unit.files) {
    for (const syntax::Decl& decl : file.decls) {
      const auto* header = std::get_if<syntax::PolicyHeader>(&decl);
      if (header != nullptr && (header->revises || header->adapts)) return true;
    }
  }
  return false;
}

TEST(FormatTest, KeepsTheModelOfEveryPolicy) {
  std::map<std::string, Texts> versions;
  std::size_t num_compared = 0;
  for (const auto& [place, text] : Corpus()) {
    if (place.starts_with("policies/")) versions[place.substr(0, place.rfind('/'))][place] = text;
  }
  EXPECT_FALSE(versions.empty());
  for (const auto& [folder, files] : versions) {
    SCOPED_TRACE(folder);
    std::vector<std::string> models;
    for (const bool formatted : {false, true}) {
      diagnostics::Sources sources;
      diagnostics::Sink sink;
      check::Unit unit;
      for (const auto& [place, text] : files) {
        const std::string read = formatted ? Formatted(ReadablyDisordered(text)) : text;
        unit.files.push_back(syntax::Parse(sources, sources.Add(place, read), sink));
      }
      if (ChangesAnother(unit)) continue;
      for (const auto& [place, text] : Corpus()) {
        if (!place.starts_with("stdlib/") || !Uses(files, place)) continue;
        unit.libraries.push_back(syntax::Parse(sources, sources.Add(place, formatted ? Formatted(text) : text), sink));
      }
      const auto policy = check::Check(sources, unit, sink);
      ASSERT_TRUE(policy.has_value()) << sink.diagnostics().front().message;
      models.push_back(model::Print(*policy));
    }
    if (models.empty()) continue;
    EXPECT_EQ(models[0], models[1]);
    ++num_compared;
  }
  EXPECT_GT(num_compared, 0U);
}

// `fmt --check policies stdlib` is green.
TEST(FormatTest, PoliciesAndLibrariesAreInTheHouseStyle) {
  for (const auto& [place, text] : Corpus()) {
    if (!place.starts_with("policies/") && !place.starts_with("stdlib/")) continue;
    EXPECT_EQ(Difference(place, text, Formatted(text)), "") << "type `cordon fmt " << place << "`";
  }
}

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("skema"), 5U);
  EXPECT_EQ(DisplayWidth("hæmatologi"), 10U);
  EXPECT_EQ(DisplayWidth("e\xCC\x81t\xC3\xA9"), 3U) << "a combining accent takes no column";
  EXPECT_EQ(DisplayWidth("\xE7\x97\x85\xE6\xA3\x9F"), 4U) << "a wide character takes two";
}

TEST(DifferenceTest, IsThatOfDiff) {
  EXPECT_EQ(Difference("a", "x\n", "x\n"), "");
  EXPECT_EQ(Difference("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  EXPECT_EQ(Difference("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
  EXPECT_EQ(Difference("a", "x", "x\n"), "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
  EXPECT_EQ(Difference("a", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "2\n3\n4\n5\n6\n7\n8\nnine\n"),
            "--- a\n+++ a\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -6,4 +5,4 @@\n 6\n 7\n 8\n-9\n+nine\n");
}

}  // namespace
}  // namespace cordon::format
