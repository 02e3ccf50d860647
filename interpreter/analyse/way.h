// Way: one patient found, as a change of the facts that were given.
//
// Of what was not known only that is told on which the answer hangs: the rest is left unknown, one after the other, as
// long as the reference evaluator still concludes what is wanted.
#pragma once

#include <functional>
#include <vector>

#include "analyse/given.h"
#include "analyse/why_not.h"

namespace cordon::analyse {

// Whether everything wanted is concluded for a subject, whatever is not known of it.
using Concludes = std::function<bool(const facts::Subject&)>;

class WayMaker {
 public:
  // All must outlive this.
  WayMaker(const WhyNotQuestion& question, const symbolic::Frame& frame, const Given& given, const Concludes& concludes)
      : question_(question), policy_(question.policy), frame_(frame), given_(given), concludes_(concludes) {}

  // `patient`, of the frame with own records, differs from what is given at `changed` (places of Given) and in the
  // records that it has besides.
  Way Make(const symbolic::Patient& patient, const std::vector<std::size_t>& changed);
  // After Make: the open places that are told.
  const std::vector<const FactPlace*>& told() const { return told_; }

 private:
  void Read(const symbolic::Patient& patient);
  facts::Subject Assembled(const std::vector<const FactPlace*>& told) const;
  const facts::Cell& CompleteAt(const FactPlace& place) const;
  bool IsThere(const FactPlace& place) const;
  void Set(const FactPlace& place, facts::Subject& subject) const;
  void TellLittle();
  void LeaveOutFields();
  bool LeaveOut(facts::Cell& field);
  void AddChange(const FactPlace& place, std::vector<FactChange>& to) const;
  void AddRecords(Way& way) const;
  const model::Texts& TextsOf(const FactPlace& place) const;
  const model::Type& TypeOf(const FactPlace& place) const;
  std::vector<facts::Cell> NewChildren(model::FactId fact) const;

  const WhyNotQuestion& question_;
  const model::Policy& policy_;
  const symbolic::Frame& frame_;
  const Given& given_;
  const Concludes& concludes_;
  facts::Subject complete_;
  std::vector<std::vector<std::size_t>> kept_;  // by fact: the given children that are there
  std::vector<const GivenPlace*> changed_;
  std::vector<const FactPlace*> told_;
  facts::Subject result_;
};

}  // namespace cordon::analyse
