// Random slips of a person's hand in correct texts: a word left out, doubled, exchanged or put in another's place, a
// line lost, a line indented otherwise.
//
// Whatever the slip, reading ends, each message lies in the text, a slip is told with few messages, and none passes
// unseen: where nothing is told, either the text says something else, which the tree shows, or it says the same. A
// failure prints its seed, the slip and the text round it.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parse_texts.h"
#include "syntax/print.h"

namespace cordon::syntax {
namespace {

constexpr std::uint32_t kNumSlips = 300;
// A single slip may spoil its statement and the one that it runs into; it is never told more often than this.
constexpr std::size_t kMostMessages = 4;

struct Sample {
  std::string name;
  std::string text;
  std::string dump;
};

const std::vector<Sample>& Samples() {
  static const std::vector<Sample> samples = [] {
    std::vector<std::string> names = {"tests/unit/parse_everything.cordon", "tests/unit/parse_sample.cordon"};
    const std::filesystem::path root = CORDON_SOURCE_DIR;
    for (const char* folder : {"policies", "stdlib"}) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
        if (entry.path().extension() == ".cordon") names.push_back(entry.path().lexically_relative(root).string());
      }
    }
    std::sort(names.begin(), names.end());
    std::vector<Sample> all;
    for (const std::string& name : names) {
      const std::string text = ReadFile(name);
      all.push_back({name, text, Print(Read(text).file)});
    }
    return all;
  }();
  return samples;
}

// A stretch of the text: [begin, end).
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Words, numbers, texts and signs; no blanks and no comments.
std::vector<Piece> PiecesOf(std::string_view text) {
  const auto is_letter = [&](std::size_t i) {
    const auto c = static_cast<unsigned char>(text[i]);
    return std::isalnum(c) != 0 || c == '_' || c >= 0x80;
  };
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    if (std::isspace(static_cast<unsigned char>(text[i])) != 0) {
      ++i;
      continue;
    }
    if (text[i] == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
      continue;
    }
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"' && text[i] != '\n'; ++i) {
        if (text[i] == '\\') ++i;
      }
      i = std::min(i + 1, text.size());
    } else if (is_letter(i)) {
      while (i < text.size() && is_letter(i)) ++i;
    } else {
      ++i;
      if (i < text.size() && (text.substr(begin, 2) == "||" || text.substr(begin, 2) == "->")) ++i;
    }
    pieces.push_back({begin, i});
  }
  return pieces;
}

enum class SlipKind : std::uint8_t { kLeftOut, kDoubled, kExchanged, kReplaced, kLineLost, kIndented, kToTheMargin };
constexpr std::size_t kNumKinds = 7;

struct Slip {
  std::string what;
  std::string text;
  bool layout = false;  // no word or sign differs
};

class Hand {
 public:
  Hand(const std::string& text, std::uint32_t seed) : text_(text), random_(seed), pieces_(PiecesOf(text)) {}

  Slip Make(SlipKind kind) {
    switch (kind) {
      case SlipKind::kLeftOut: {
        const Piece piece = Choose();
        return Put(piece, "", "left out " + Text(piece));
      }
      case SlipKind::kDoubled: {
        const Piece piece = Choose();
        return Put({piece.end, piece.end}, " " + Text(piece), "doubled " + Text(piece));
      }
      case SlipKind::kExchanged: {
        const std::size_t at = Below(pieces_.size() - 1);
        const Piece both = {pieces_[at].begin, pieces_[at + 1].end};
        const std::string between = Text({pieces_[at].end, pieces_[at + 1].begin});
        return Put(both, Text(pieces_[at + 1]) + between + Text(pieces_[at]), "exchanged in " + Text(both));
      }
      case SlipKind::kReplaced: {
        const Piece piece = Choose();
        const Piece other = Choose();
        return Put(piece, Text(other), Text(other) + " for " + Text(piece));
      }
      case SlipKind::kLineLost: {
        const Piece line = ChooseLine();
        return Put({line.begin, std::min(line.end + 1, text_.size())}, "", "lost " + Text(line));
      }
      case SlipKind::kIndented: {
        const Piece line = ChooseLine();
        return Layout(Put({line.begin, line.begin}, std::string(1 + Below(6), ' '), "indented " + Text(line)));
      }
      case SlipKind::kToTheMargin: {
        const Piece line = ChooseLine();
        const std::size_t word = std::min(text_.find_first_not_of(' ', line.begin), line.end);
        return Layout(Put({line.begin, word}, "", "to the margin: " + Text(line)));
      }
    }
    return {};
  }

 private:
  std::size_t Below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }
  Piece Choose() { return pieces_[Below(pieces_.size())]; }
  std::string Text(Piece piece) const { return text_.substr(piece.begin, piece.end - piece.begin); }
  Piece ChooseLine() {
    const Piece piece = Choose();
    const std::size_t before = text_.rfind('\n', piece.begin);
    const std::size_t after = text_.find('\n', piece.begin);
    return {before == std::string::npos ? 0 : before + 1, after == std::string::npos ? text_.size() : after};
  }
  Slip Put(Piece piece, const std::string& instead, std::string what) const {
    const auto line = 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(piece.begin), '\n');
    Slip slip{"line " + std::to_string(line) + ": " + std::move(what), text_, false};
    slip.text.replace(piece.begin, piece.end - piece.begin, instead);
    return slip;
  }
  static Slip Layout(Slip slip) {
    slip.layout = true;
    return slip;
  }

  const std::string& text_;
  std::mt19937 random_;
  std::vector<Piece> pieces_;
};

std::string Words(std::string_view text) {
  std::string words;
  for (const Piece piece : PiecesOf(text))
    words += std::string(text.substr(piece.begin, piece.end - piece.begin)) + " ";
  return words;
}

TEST(ParseRandomSlipsTest, NonePassesUnseenAndNoneIsToldOften) {
  std::size_t num_told = 0;
  std::size_t num_messages = 0;
  for (std::uint32_t seed = 1; seed <= kNumSlips; ++seed) {
    const Sample& sample = Samples()[seed % Samples().size()];
    const Slip slip = Hand(sample.text, seed).Make(static_cast<SlipKind>(seed / Samples().size() % kNumKinds));
    const Parsed parsed = Read(slip.text);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", " + sample.name + ", " + slip.what + "\n" + Told(parsed));
    for (const diagnostics::Diagnostic& diagnostic : parsed.sink.diagnostics()) {
      EXPECT_LE(diagnostic.span.begin, diagnostic.span.end);
      EXPECT_LE(diagnostic.span.end, slip.text.size());
    }
    EXPECT_LE(parsed.sink.diagnostics().size(), kMostMessages);
    num_messages += parsed.sink.diagnostics().size();
    num_told += parsed.sink.diagnostics().empty() ? 0 : 1;
    const std::string dump = Print(parsed.file);
    if (!parsed.sink.diagnostics().empty()) continue;
    // The one line whose depth says something: below `add`, which protocol a `define` belongs to.
    if (slip.layout && slip.what.find(" define ") != std::string::npos) continue;
    const bool same = slip.layout || Words(slip.text) == Words(sample.text);
    EXPECT_EQ(dump == sample.dump, same);
  }
  RecordProperty("told", static_cast<int>(num_told));
  RecordProperty("messages", static_cast<int>(num_messages));
  EXPECT_GT(num_told, kNumSlips / 2);
}

}  // namespace
}  // namespace cordon::syntax
