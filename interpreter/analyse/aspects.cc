// Pairs answers; see aspects.h.
#include "analyse/aspects.h"

#include <algorithm>

#include "analyse/words.h"
#include "model/print.h"

namespace cordon::analyse {

using symbolic::AnswerCase;
using symbolic::DutyCase;
using symbolic::Encoder;

namespace {

class Pairer {
 public:
  Pairer(symbolic::Terms& terms, const symbolic::Frame& frame, const symbolic::Renames& renames)
      : terms_(terms), frame_(frame), renames_(renames) {}

  PairedProtocol Run(const ProtocolPair& pair) {
    paired_.pair = pair;
    if (pair.old_id) paired_.old_encoder = std::make_unique<Encoder>(terms_, frame_, 0, *pair.old_id);
    if (pair.new_id)
      paired_.new_encoder = std::make_unique<Encoder>(terms_, frame_, frame_.versions.size() - 1, *pair.new_id);
    AddOutputs();
    AddDuties();
    AddAssumptions();
    return std::move(paired_);
  }

 private:
  static const std::vector<model::OutputId>& OutputsOf(const Encoder& encoder) {
    return encoder.policy().protocols[encoder.protocol().index].outputs;
  }

  void AddOutputs() {
    std::vector<model::OutputId> unpaired;
    if (paired_.old_encoder) unpaired = OutputsOf(*paired_.old_encoder);
    const auto name_in_old = [&](model::OutputId id) {
      const std::string& own = paired_.old_encoder->policy().outputs[id.index].name;
      const std::string protocol = paired_.old_encoder->policy().protocols[paired_.pair.old_id->index].name;
      const std::string path = NewPath(renames_, protocol + "." + own);
      return path.substr(path.rfind('.') + 1);
    };
    if (paired_.new_encoder) {
      for (const model::OutputId id : OutputsOf(*paired_.new_encoder)) {
        const std::string& name = paired_.new_encoder->policy().outputs[id.index].name;
        std::optional<model::OutputId> old_id;
        for (std::size_t i = 0; i < unpaired.size() && !old_id; ++i) {
          if (name_in_old(unpaired[i]) != name) continue;
          old_id = unpaired[i];
          unpaired.erase(unpaired.begin() + static_cast<std::ptrdiff_t>(i));
        }
        AddOutput(name, old_id, id);
      }
    }
    for (const model::OutputId id : unpaired) AddOutput(name_in_old(id), id, std::nullopt);
  }

  void AddOutput(const std::string& name, const std::optional<model::OutputId>& old_id,
                 const std::optional<model::OutputId>& new_id) {
    PairedAspect aspect;
    aspect.aspect = {AspectKind::kOutput, paired_.pair.name, name, "", {}};
    const std::vector<AnswerCase> nothing{{std::string(symbolic::kNotCovered), terms_.True(), {}}};
    aspect.old_cases = old_id ? paired_.old_encoder->Answers(*old_id) : nothing;
    aspect.new_cases = new_id ? paired_.new_encoder->Answers(*new_id) : nothing;
    aspect.old_output = old_id;
    aspect.new_output = new_id;
    const model::Output& shown = new_id ? paired_.new_encoder->policy().outputs[new_id->index]
                                        : paired_.old_encoder->policy().outputs[old_id->index];
    aspect.aspect.texts = shown.texts;
    const model::Policy& policy = new_id ? paired_.new_encoder->policy() : paired_.old_encoder->policy();
    if (shown.texts.empty() && shown.means) aspect.aspect.texts = policy.actions[shown.means->action.index].texts;
    paired_.aspects.push_back(std::move(aspect));
  }

  // ---- duties

  void AddDuties() {
    std::vector<DutyCase> old_duties;
    std::vector<DutyCase> new_duties;
    if (paired_.old_encoder) old_duties = paired_.old_encoder->Duties();
    if (paired_.new_encoder) new_duties = paired_.new_encoder->Duties();
    const DutyCase none{"", {{"none", terms_.True(), {}}}, terms_.False(), {}, {}};
    const auto find = [&](const std::vector<DutyCase>& among, const std::string& key) -> const DutyCase& {
      for (const DutyCase& duty : among) {
        if (duty.key == key) return duty;
      }
      return none;
    };
    for (const DutyCase& duty : new_duties) AddDuty(duty.key, find(old_duties, duty.key), duty);
    for (const DutyCase& duty : old_duties) {
      if (&find(new_duties, duty.key) == &none) AddDuty(duty.key, duty, none);
    }
  }

  void AddDuty(const std::string& key, const DutyCase& old_duty, const DutyCase& new_duty) {
    PairedAspect aspect;
    aspect.aspect = {AspectKind::kDuty, paired_.pair.name, key, "", {}};
    aspect.old_cases = old_duty.states;
    aspect.new_cases = new_duty.states;
    aspect.duty = key;
    paired_.aspects.push_back(aspect);
    std::vector<std::string> details;
    for (const DutyCase* duty : {&new_duty, &old_duty}) {
      for (const AnswerCase& detail : duty->details) {
        if (std::find(details.begin(), details.end(), detail.text) == details.end()) details.push_back(detail.text);
      }
    }
    for (const std::string& detail : details) {
      const auto stated = [&](const DutyCase& duty) {
        for (const AnswerCase& own : duty.details) {
          if (own.text == detail) return own.when;
        }
        return terms_.False();
      };
      AddTiming(key, detail, {stated(old_duty), stated(new_duty)}, old_duty, new_duty);
    }
    AddDues(key, old_duty, new_duty);
  }

  // Each date that either version has something due by: whether the other has anything due by that date, however it
  // states it.
  void AddDues(const std::string& key, const DutyCase& old_duty, const DutyCase& new_duty) {
    std::vector<std::pair<std::string, symbolic::TermId>> told;
    for (const DutyCase* duty : {&new_duty, &old_duty}) {
      for (const DutyCase::Due& due : duty->dues) {
        const std::string detail = due.what + " " + DateInWords(terms_, frame_, due.date);
        if (std::find(told.begin(), told.end(), std::pair(due.what, due.date)) != told.end()) continue;
        told.emplace_back(due.what, due.date);
        const auto stated = [&](const DutyCase& in) {
          std::vector<symbolic::TermId> any;
          for (const DutyCase::Due& own : in.dues) {
            if (own.what != due.what || own.is_time != due.is_time) continue;
            any.push_back(terms_.And(own.when, terms_.SameNumber(own.date, due.date)));
          }
          return terms_.Or(std::move(any));
        };
        AddTiming(key, detail, {stated(old_duty), stated(new_duty)}, old_duty, new_duty);
        paired_.aspects.back().due = due;
        paired_.aspects.back().no_later = NoLater(due, new_duty);
      }
    }
  }

  symbolic::TermId NoLater(const DutyCase::Due& than, const DutyCase& in) {
    std::vector<symbolic::TermId> any;
    for (const DutyCase::Due& own : in.dues) {
      if (own.what != than.what || own.is_time != than.is_time) continue;
      any.push_back(terms_.And(own.when, terms_.LessEqual(own.date, than.date)));
    }
    return terms_.Or(std::move(any));
  }

  // What a duty has of it where both versions have the duty; `stated`: in OLD, and in NEW.
  void AddTiming(const std::string& key, const std::string& detail,
                 const std::pair<symbolic::TermId, symbolic::TermId>& stated, const DutyCase& old_duty,
                 const DutyCase& new_duty) {
    const symbolic::TermId both = terms_.And(old_duty.arises, new_duty.arises);
    const auto cases = [&](symbolic::TermId own) {
      return std::vector<AnswerCase>{{"stated", terms_.And(both, own), {}},
                                     {"not stated", terms_.And(both, terms_.Not(own)), {}}};
    };
    PairedAspect aspect;
    aspect.aspect = {AspectKind::kTiming, paired_.pair.name, key, detail, {}};
    aspect.old_cases = cases(stated.first);
    aspect.new_cases = cases(stated.second);
    aspect.duty = key;
    paired_.aspects.push_back(std::move(aspect));
  }

  // ---- assumptions

  // What is assumed of a fact that was not given, where either version's answers rest on it.
  void AddAssumptions() {
    if (!paired_.old_encoder || !paired_.new_encoder) return;
    std::vector<std::size_t> facts;
    for (Encoder* encoder : {paired_.old_encoder.get(), paired_.new_encoder.get()}) {
      const std::size_t version = encoder == paired_.old_encoder.get() ? 0 : frame_.versions.size() - 1;
      for (const model::FactId id : encoder->assumed_facts()) {
        const std::size_t joint = frame_.versions[version].facts[id.index];
        if (std::find(facts.begin(), facts.end(), joint) == facts.end()) facts.push_back(joint);
      }
    }
    std::sort(facts.begin(), facts.end());
    for (const std::size_t fact : facts) AddAssumption(fact);
  }

  void AddAssumption(std::size_t joint) {
    const auto old_fact = FindFact(0, joint);
    const auto new_fact = FindFact(frame_.versions.size() - 1, joint);
    if (!old_fact || !new_fact) return;
    const std::size_t given = frame_.facts[joint].slots.given;
    const symbolic::TermId absent = terms_.Not(terms_.Is(terms_.Scalar(symbolic::ScalarId(given), {0, 1})));
    // Outside either's setting nothing is concluded, and so nothing assumed: that an answer comes to be given is said
    // there.
    const symbolic::TermId inside = terms_.And(paired_.old_encoder->InSetting(*paired_.pair.old_id),
                                               paired_.new_encoder->InSetting(*paired_.pair.new_id));
    const auto cases = [&](Encoder& encoder, model::FactId id) {
      const auto& assume = encoder.policy().facts[id.index].assume;
      const symbolic::TermId assumed = assume ? encoder.Assumed(id) : terms_.False();
      std::vector<AnswerCase> all{{"not assumed", terms_.And({inside, absent, terms_.Not(assumed)}), {}}};
      if (assume) all.push_back({AssumedText(encoder.policy(), id), terms_.And(inside, assumed), {}});
      return all;
    };
    PairedAspect aspect;
    aspect.aspect = {AspectKind::kAssumption, paired_.pair.name, frame_.facts[joint].name, "", {}};
    aspect.old_cases = cases(*paired_.old_encoder, *old_fact);
    aspect.new_cases = cases(*paired_.new_encoder, *new_fact);
    paired_.aspects.push_back(std::move(aspect));
  }

  static std::string AssumedText(const model::Policy& policy, model::FactId id) {
    const model::Fact& fact = policy.facts[id.index];
    if (fact.assume->empty_list) return "assumed empty";
    return "assumed " + model::PrintValue(policy, fact.assume->value, fact.type);
  }

  std::optional<model::FactId> FindFact(std::size_t version, std::size_t joint) const {
    const auto& facts = frame_.versions[version].facts;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (facts[i] == joint) return model::FactId(i);
    }
    return std::nullopt;
  }

  symbolic::Terms& terms_;
  const symbolic::Frame& frame_;
  const symbolic::Renames& renames_;
  PairedProtocol paired_;
};

}  // namespace

PairedProtocol PairAspects(symbolic::Terms& terms, const symbolic::Frame& frame, const ProtocolPair& pair,
                           const symbolic::Renames& renames) {
  return Pairer(terms, frame, renames).Run(pair);
}

}  // namespace cordon::analyse
