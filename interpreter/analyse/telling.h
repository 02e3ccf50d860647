// Telling: a region in the policies' own words, with its rules, edits and example.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analyse/aspects.h"
#include "analyse/diff.h"
#include "analyse/edits.h"
#include "analyse/patient_words.h"
#include "analyse/regions.h"
#include "facts/subject.h"

namespace cordon::analyse {

class Teller {
 public:
  // All must outlive this.
  Teller(symbolic::Terms& terms, const symbolic::Frame& frame, const PairedProtocol& paired,
         const std::vector<ListedEdit>& edits, const EditTexts& texts)
      : terms_(terms), frame_(frame), paired_(paired), edits_(edits), texts_(texts) {}

  // All but the example.
  Region Tell(const RegionCore& core, const PairedAspect& aspect) const;

  // The example's facts, in words, as a document and as a test. REQUIRES: its answers are filled in.
  using DocumentOf = std::function<std::string(const model::Policy&, const facts::Subject&)>;
  void FillExample(const RegionCore& core, const PairedAspect& aspect, const DocumentOf& document,
                   Example& example) const;

 private:
  std::string TestText(const RegionCore& core, const PairedAspect& aspect, const Read& read,
                       const Example& example) const;
  Condition TellLiteral(const Literal& literal, const PairedAspect& aspect) const;
  std::string KnownWordsOf(TermId term, bool holds) const;
  const model::Cites& CitesOf(const symbolic::Encoder& encoder, const symbolic::Encoder::Origin& origin) const;
  void AddRules(const RegionCore& core, const PairedAspect& aspect, Region& region) const;
  std::vector<std::string> ThingsOf(const Cube& cube, const PairedAspect& aspect) const;
  std::vector<model::RuleId> RulesOf(const symbolic::Encoder& encoder, TermId term, const PairedAspect& aspect) const;
  bool IsContext(const Literal& literal) const;
  std::vector<std::string> ChangedThings(const Cube& cube) const;
  void AddEdits(const RegionCore& core, const PairedAspect& aspect, Region& region) const;

  symbolic::Terms& terms_;
  const symbolic::Frame& frame_;
  const PairedProtocol& paired_;
  const std::vector<ListedEdit>& edits_;
  const EditTexts texts_;
};

}  // namespace cordon::analyse
