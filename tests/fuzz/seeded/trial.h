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

// Runs the commands of a trial; what is wrong with one, or nothing. An assertion ends the process.
std::string RunTrial(const Trial& trial);

// `text` with a few changes.
std::string Mutated(const std::string& text, const Corpus& corpus, std::uint64_t seed);

}  // namespace cordon::tests
