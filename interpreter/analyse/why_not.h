// WhyNot: the smallest changes of one patient's facts that lead to wanted answers, or the proof that none do.
//
// Facts that are not known may turn out to be anything; that counts before any change of what is known. Of what is
// known, as few places as can be are changed: a value, a field, a record that is there or is not. Then values as near
// as can be. Every way that comes out has been replayed by the reference evaluator. Source: docs/language/analysis.md.
// Tested by tests/golden/why_not.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analyse/given.h"
#include "analyse/wanted.h"
#include "facts/subject.h"
#include "model/model.h"
#include "symbolic/session.h"

namespace cordon::analyse {

enum class WhyNotResult : std::uint8_t { kAlready, kFound, kImpossible, kUndecided };

// One fact, field or record that is other than it was given.
struct FactChange {
  std::string path;    // `hospital_stays[1].discharged`
  std::string before;  // empty: a record that is added
  std::string after;   // empty: a record that is taken away
  model::Texts texts;  // what the fact is, as far as the policy says
};

// One smallest change.
struct Way {
  std::vector<FactChange> turns_out;  // what was not known, as far as the answer hangs on it
  std::vector<FactChange> changes;
  bool nearest = true;   // whether the values are proved to be the nearest
  std::string document;  // the facts after it, as `cordon eval --facts` reads them
};

// A rule that stands in the way: concludes what the answer is, or does not conclude what is wanted.
struct Hindrance {
  std::string path;
  std::string text;  // why it does not conclude; empty where it does
  model::Cites cites;
};

struct WantedNow {
  std::string name;
  std::string answer;
  std::string now;                   // what the answer is: `no`, `not known yet: no or yes`
  std::vector<Hindrance> concluded;  // kImpossible: rules that conclude what it is now
  std::vector<Hindrance> missing;    // kImpossible: other rules, and why they do not conclude
};

struct WhyNot {
  WhyNotResult result = WhyNotResult::kUndecided;
  std::string policy;
  std::string version;
  std::string digest;
  std::string protocol;
  std::string as_of;
  std::vector<WantedNow> wanted;
  std::vector<Way> ways;
  std::size_t num_changes = 0;        // of known facts, in each way
  bool all = false;                   // proved: there are no other places to change so few of
  std::vector<std::string> together;  // kImpossible: what cannot hold together
  std::size_t num_queries = 0;
};

struct WhyNotQuestion {
  const model::Policy& policy;
  model::ProtocolId protocol;
  const facts::Subject& subject;
  std::vector<std::string> wanted;  // as written
  Freedom freedom;
  std::function<std::string(const model::Policy&, const facts::Subject&)> document;
  std::uint64_t effort = symbolic::kUsualEffort;
};

// Nothing where what is wanted is in error, which `sink` is told. REQUIRES: evaluate::CheckFeasible holds.
std::optional<WhyNot> FindWays(const WhyNotQuestion& question, diagnostics::Sink& sink);

}  // namespace cordon::analyse
