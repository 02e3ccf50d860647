// Policies with mistakes, as writers and editors make them and as nobody would; see trial.h.
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "random.h"
#include "trial.h"

namespace cordon::tests {
namespace {

using Tokens = std::vector<std::string>;

// What the language has; a word from here is put anywhere.
const std::vector<std::string>& Dictionary() {
  static const std::vector<std::string> kWords = {"policy",     "use",
                                                  "fact",       "record",
                                                  "category",   "scale",
                                                  "define",     "param",
                                                  "protocol",   "output",
                                                  "rule",       "table",
                                                  "row",        "when",
                                                  "unless",     "then",
                                                  "also",       "overrides",
                                                  "default",    "cite",
                                                  "for each",   "some",
                                                  "every",      "no",
                                                  "has",        "where",
                                                  "and",        "or",
                                                  "not",        "implies",
                                                  "in",         "is",
                                                  "any",        "silent",
                                                  "test",       "cases",
                                                  "example",    "given",
                                                  "expect",     "today",
                                                  "otherwise",  "judgement",
                                                  "by",         "must",
                                                  "must not",   "may",
                                                  "at",         "before",
                                                  "due",        "until",
                                                  "within the", "last",
                                                  "ago",        "more than",
                                                  "count",      "latest",
                                                  "earliest",   "exactly",
                                                  "drops",      "release",
                                                  "claim",      "change",
                                                  "add",        "remove",
                                                  "rename",     "interpretation",
                                                  "quote",      "means",
                                                  "guarantee",  "always",
                                                  "never",      "known",
                                                  "unknown",    "yes",
                                                  "no",         "list of",
                                                  "or none",    "bool",
                                                  "date",       "in force from",
                                                  "(",          ")",
                                                  "[",          "]",
                                                  "{",          "}",
                                                  "|",          "||",
                                                  ",",          ":",
                                                  "=",          "<",
                                                  "<=",         ">",
                                                  "..",         ".",
                                                  "-",          "+",
                                                  "*",          "->",
                                                  "\"",         "“",
                                                  "–",          "≤",
                                                  "\xc2\xa0",   "\t",
                                                  "\r\n",       "0",
                                                  "-1",         "999999999999999999999",
                                                  "1.0005",     "24 hours",
                                                  "6 months",   "2025-02-30",
                                                  "2025-3-1",   "31 days",
                                                  "#",          "\\",
                                                  "@",          "\xef\xbb\xbf"};
  return kWords;
}

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

// Words, runs of blanks, line breaks with the blanks behind them, and single signs.
Tokens Split(const std::string& text) {
  Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (IsWord(text[at])) {
      while (end < text.size() && IsWord(text[end])) ++end;
    } else if (text[at] == ' ' || text[at] == '\n') {
      while (end < text.size() && text[end] == ' ') ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

std::string Joined(const Tokens& tokens) {
  std::string text;
  for (const std::string& token : tokens) text += token;
  return text;
}

std::string Repeated(const std::string& text, std::size_t count) {
  std::string repeated;
  repeated.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

std::string RandomBytes(Random& random) {
  std::string bytes;
  for (std::size_t left = random.Below(12) + 1; left > 0; --left) bytes += static_cast<char>(random.Below(256));
  return bytes;
}

// Much of one thing: brackets, operators, a line, a name.
std::string Nesting(Random& random) {
  static const std::vector<std::string> kPieces = {"(",
                                                   "[",
                                                   "{",
                                                   "not ",
                                                   "- ",
                                                   "a.",
                                                   "a and (",
                                                   "\"",
                                                   "| ",
                                                   "or x ",
                                                   "some s in x has (",
                                                   "a when b, otherwise (",
                                                   "\n  ",
                                                   "é",
                                                   "((("};
  const std::size_t most = random.Percent(5) ? 60000 : 300;
  return Repeated(random.Pick(kPieces), random.Below(most) + 1);
}

void ChangeTokens(Random& random, const Corpus& corpus, Tokens& tokens) {
  if (tokens.empty()) tokens.emplace_back(" ");
  const std::size_t at = random.Below(tokens.size());
  const std::size_t other = random.Below(tokens.size());
  const auto place = tokens.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random.Below(12)) {
    case 0:
      tokens.erase(place);
      break;
    case 1:
      tokens.insert(place, " " + random.Pick(Dictionary()) + " ");
      break;
    case 2:
      tokens.insert(place, tokens[at]);
      break;
    case 3:
      std::swap(tokens[at], tokens[other]);
      break;
    case 4:
      tokens[at] = tokens[other];
      break;
    case 5:
      tokens[at] = random.Pick(Dictionary());
      break;
    case 6:  // a run of words goes
      tokens.erase(place, tokens.begin() + static_cast<std::ptrdiff_t>(std::min(at + random.Below(40), tokens.size())));
      break;
    case 7:  // a run of words is written again elsewhere
      tokens[other] += Joined(
          Tokens(place, tokens.begin() + static_cast<std::ptrdiff_t>(std::min(at + random.Below(60), tokens.size()))));
      break;
    case 8: {  // some of another policy
      const std::string& snippet = random.Pick(corpus.snippets);
      const std::size_t from = random.Below(snippet.size() + 1);
      tokens[at] += snippet.substr(from, random.Below(300));
      break;
    }
    case 9:
      tokens[at] += RandomBytes(random);
      break;
    case 10:
      if (random.Percent(20)) tokens[at] += Nesting(random);
      break;
    default:
      if (random.Percent(20)) tokens.resize(at);
  }
}

}  // namespace

std::string Mutated(const std::string& text, const Corpus& corpus, std::uint64_t seed) {
  Random random(seed);
  Tokens tokens = Split(text);
  for (std::size_t left = random.Below(random.Percent(20) ? 30 : 3) + 1; left > 0; --left) {
    ChangeTokens(random, corpus, tokens);
  }
  return Joined(tokens);
}

Trial SyntaxTrial(const Corpus& corpus, std::uint64_t seed) {
  Random random(seed);
  Trial trial;
  trial.files = random.Pick(corpus.policies);
  auto file = trial.files.begin();
  std::advance(file, static_cast<std::ptrdiff_t>(random.Below(trial.files.size())));
  trial.shown = file->first;
  file->second = Mutated(file->second, corpus, random.Next());
  const std::string folder = "policy";
  trial.commands.push_back({"check", folder});
  if (random.Percent(10)) trial.commands.push_back({"check", folder, "--format", "json"});
  if (random.Percent(10)) trial.commands.push_back({"dump", folder, "--stage", "ast"});
  return trial;
}

}  // namespace cordon::tests
