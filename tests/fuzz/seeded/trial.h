// Trial: one input of a fuzzer, made from a seed, and the commands that it is put through.
//
// A trial is made again from its seed, so that what ended the program can be shown by another process. See watch.cc.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cordon::tests {

// Path to content, as the commands see it.
using Files = std::map<std::string, std::string>;

struct Trial {
  Files files;
  std::string shown;  // the path of the file that chance made; the others are the repository's
  std::vector<std::vector<std::string>> commands;
  // Of a batch: what it reads, and a number that says how it is cut in pieces.
  std::string input;
  std::uint64_t cut = 0;
};

// What trials start from: the repository's policies and libraries, and the policies that its transcripts hold.
struct Corpus {
  std::vector<Files> policies;        // one or more files each, together a policy
  std::vector<std::string> snippets;  // texts to splice in
};
Corpus ReadCorpus(const std::string& repository);

// A policy with mistakes that are made a word at a time.
Trial SyntaxTrial(const Corpus& corpus, std::uint64_t seed);
// A subject of a policy: facts known, unknown, imprecise, wrong, broken; now and then of a policy with mistakes.
Trial EvaluateTrial(const Corpus& corpus, std::uint64_t seed);

// Many subjects of a policy, one a line: lines as above, blank, broken, of nothing but bytes.
Trial BatchTrial(const Corpus& corpus, std::uint64_t seed);

// Runs the commands of a trial; what is wrong with one, or nothing. An assertion ends the process.
std::string RunTrial(const Trial& trial);
// The same of a batch: as many results as lines, each what its line has alone, however the input is cut.
std::string RunBatchTrial(const Trial& trial);

// `text` with a few changes.
std::string Mutated(const std::string& text, const Corpus& corpus, std::uint64_t seed);

}  // namespace cordon::tests
