// Compared: two versions, what Compare says of them, and whether that is so of a patient.
//
// For a patient, each output, duty, timing and assumption has one answer in each version. Where they differ the
// transition has to be listed, one of its regions has to hold, and no region of another transition may; where they do
// not, no region of the aspect may hold. The answers are those of terms, which symbolic_test.cc holds against the
// reference evaluator; AgreesWithReplay asks the evaluator itself.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "analyse/aspects.h"
#include "analyse/compare.h"
#include "diagnostics/source.h"
#include "symbolic/patient.h"

namespace cordon::testing {

struct Versions {
  diagnostics::Sources sources;
  std::optional<model::Policy> old_policy;
  std::optional<model::Policy> new_policy;
  std::string problems;  // why one is missing
};

// The policies of two texts.
std::unique_ptr<Versions> BuildVersions(const std::string& old_text, const std::string& new_text);
// The policies that two names or folders mean, as `cordon diff` takes them.
std::unique_ptr<Versions> LoadVersions(const std::string& old_name, const std::string& new_name);

class Compared {
 public:
  // REQUIRES: both policies are there.
  explicit Compared(const Versions& versions, analyse::CompareOptions options = {});

  analyse::Comparison& comparison() { return comparison_; }
  const analyse::Diff& diff() const { return comparison_.diff; }
  const std::vector<analyse::PairedProtocol>& protocols() const { return protocols_; }
  const symbolic::Axioms& axioms() const { return axioms_; }

  // One aspect in one patient.
  struct Change {
    std::string from;
    std::string to;
    bool differs() const { return !from.empty() && !to.empty() && from != to; }
  };
  Change ChangeOf(const analyse::PairedAspect& aspect, symbolic::Evaluation& evaluation) const;
  // Fails where the diff says of the patient what is not so. The index of the transition seen, if any.
  std::optional<std::size_t> Check(const analyse::PairedAspect& aspect, const symbolic::Patient& patient);
  std::optional<std::size_t> Check(const analyse::PairedAspect& aspect, symbolic::Evaluation& evaluation);
  // Fails where the reference evaluator says of the patient what the terms do not.
  void AgreesWithReplay(const symbolic::Patient& patient);

  // `admission.screen: no -> yes`, `admission ward: isolate: none -> must`; of timings and assumptions alike.
  std::vector<std::string> Transitions() const;

 private:
  std::size_t IndexOf(const analyse::PairedAspect& aspect) const;

  analyse::Comparison comparison_;
  std::vector<analyse::PairedProtocol> protocols_;
  symbolic::Axioms axioms_;
};

// A region in words, without its example: what two runs are compared by.
std::string InWords(const analyse::Diff& diff);

}  // namespace cordon::testing
