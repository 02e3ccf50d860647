// Finds patients for goals; see generate.h.
#include "analyse/generate.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

#include "analyse/examples.h"
#include "analyse/goals.h"
#include "analyse/open_patients.h"
#include "analyse/patient_words.h"
#include "evaluate/coverage.h"
#include "evaluate/evaluate.h"
#include "symbolic/decode.h"
#include "symbolic/encode.h"
#include "symbolic/session.h"

namespace cordon::analyse {

using symbolic::Answer;
using symbolic::Patient;
using symbolic::TermId;

namespace {

// A day on which the policy could be in force, not the first.
std::int64_t DayOf(const model::Policy& policy) {
  const std::int64_t day = calendar::MakeDate(2025, 3, 10)->days;
  return policy.in_force && policy.in_force->from.days > day ? policy.in_force->from.days + 40 : day;
}

class Generator {
 public:
  Generator(const model::Policy& policy, model::ProtocolId protocol, const GenerateOptions& options)
      : policy_(policy),
        options_(options),
        frame_(symbolic::MakeFrame({&policy})),
        encoder_(terms_, frame_, 0, protocol),
        memory_(symbolic::MakeSolverMemory(terms_)) {
    result_.protocol = protocol;
  }

  GeneratedProtocol Run() {
    encoder_.AddRequires(axioms_);
    goals_ = ListGoals(terms_, encoder_, options_.text_at);
    AddGuarantees();
    NoteRead();
    AddPlain();
    for (std::size_t i = 0; i < goals_.size(); ++i) Reach(i);
    Choose();
    AddOpen();
    return std::move(result_);
  }

 private:
  struct Met {
    Patient patient;
    std::set<std::size_t> goals;
  };

  const model::Protocol& protocol() const { return policy_.protocols[result_.protocol.index]; }

  void AddGuarantees() {
    std::vector<TermId> held;
    for (const model::Guarantee& guarantee : protocol().guarantees) {
      const TermId condition = encoder_.Condition(guarantee.condition);
      held.push_back(guarantee.never ? terms_.Not(condition) : condition);
    }
    const TermId inside = encoder_.InSetting(result_.protocol);
    guarantees_ = terms_.Or(terms_.Not(inside), terms_.And(std::move(held)));
  }

  // What the protocol reads: a patient's other facts are not told.
  void NoteRead() {
    std::vector<TermId> conditions{guarantees_};
    for (const Goal& goal : goals_) conditions.push_back(goal.condition);
    for (const symbolic::DutyCase& duty : encoder_.Duties()) {
      for (const symbolic::AnswerCase& detail : duty.details) conditions.push_back(detail.when);
    }
    read_ = ReadBy(terms_, conditions);
  }

  // ---- patients

  symbolic::Found Find(const std::vector<TermId>& conditions) {
    symbolic::SessionOptions options;
    options.effort = options_.effort;
    options.memory = memory_;
    symbolic::Session session(terms_, frame_, axioms_, conditions, options);
    return session.Find(conditions);
  }

  void AddPlain() {
    const TermId inside = terms_.And(encoder_.InSetting(result_.protocol), guarantees_);
    const symbolic::Found found = Find({inside});
    const Patient patient = found.patient ? Plainest(terms_, frame_, axioms_, inside, *found.patient, DayOf(policy_))
                                          : symbolic::PlainPatient(frame_);
    result_.plain = SubjectOf(patient);
    if (found.patient) Meet(patient);
  }

  // Notes which goals a patient meets, whoever he was found for.
  void Meet(Patient patient) {
    met_.push_back({std::move(patient), {}});
    symbolic::Evaluation evaluation(terms_, met_.back().patient);
    for (std::size_t i = 0; i < goals_.size(); ++i) {
      if (!evaluation.Holds(goals_[i].condition)) continue;
      met_.back().goals.insert(i);
      reached_.insert(i);
    }
  }

  void Reach(std::size_t i) {
    if (reached_.count(i) > 0) return;
    Answer answer = TryFor(goals_[i].condition);
    if (answer == Answer::kNo && goals_[i].otherwise.valid()) {
      // What was to be met comes to what can be.
      goals_[i].condition = goals_[i].otherwise;
      goals_[i].words = goals_[i].otherwise_words;
      for (Met& met : met_) {
        symbolic::Evaluation evaluation(terms_, met.patient);
        if (!evaluation.Holds(goals_[i].condition)) continue;
        met.goals.insert(i);
        reached_.insert(i);
      }
      if (reached_.count(i) > 0) return;
      answer = TryFor(goals_[i].condition);
    }
    if (answer == Answer::kYes) return;
    const bool undecided = answer == Answer::kGaveUp;
    if (!undecided && !goals_[i].expected) return;
    Unreached why = undecided ? Unreached::kUndecided : Unreached::kProved;
    if (!undecided && Find({goals_[i].condition}).answer == Answer::kYes) why = Unreached::kGuarantee;
    result_.unreached.push_back({goals_[i].words, why});
  }

  Answer TryFor(TermId goal) {
    const TermId condition = terms_.And(goal, guarantees_);
    if (terms_.IsFalse(condition)) return Answer::kNo;
    symbolic::Found found = Find({condition});
    if (found.patient) Meet(Plainest(terms_, frame_, axioms_, condition, *found.patient, DayOf(policy_)));
    return found.answer;
  }

  // ---- choosing among them

  void Choose() {
    std::set<std::size_t> open = reached_;
    std::set<std::size_t> chosen;
    while (!open.empty()) {
      std::size_t best = 0;
      std::size_t most = 0;
      for (std::size_t i = 0; i < met_.size(); ++i) {
        const auto more = static_cast<std::size_t>(std::count_if(
            met_[i].goals.begin(), met_[i].goals.end(), [&](std::size_t goal) { return open.count(goal) > 0; }));
        if (more <= most) continue;
        best = i;
        most = more;
      }
      chosen.insert(best);
      for (const std::size_t goal : met_[best].goals) open.erase(goal);
    }
    DropNeedless(chosen);
    AddChosen(chosen);
  }

  // Of those chosen early, some have become needless by later ones.
  void DropNeedless(std::set<std::size_t>& chosen) const {
    for (const std::size_t one : std::set(chosen)) {
      const bool needed = std::any_of(met_[one].goals.begin(), met_[one].goals.end(), [&](std::size_t goal) {
        return std::none_of(chosen.begin(), chosen.end(),
                            [&](std::size_t other) { return other != one && met_[other].goals.count(goal) > 0; });
      });
      if (!needed) chosen.erase(one);
    }
  }

  void AddChosen(const std::set<std::size_t>& chosen) {
    result_.num_goals = reached_.size();
    std::set<std::size_t> shown;
    for (const std::size_t one : chosen) {
      GeneratedTest test;
      for (const std::size_t goal : met_[one].goals) {
        if (shown.insert(goal).second) test.shows.push_back(goals_[goal].words);
      }
      test.subject = SubjectOf(met_[one].patient);
      AddTest(std::move(test));
    }
  }

  void AddTest(GeneratedTest test) {
    std::string plain = test.shows.front();
    std::replace(plain.begin(), plain.end(), '"', '\'');
    std::erase(plain, '`');
    test.name = plain;
    for (int n = 2; !names_.insert(test.name).second; ++n) test.name = plain + " (" + std::to_string(n) + ")";
    test.outcome = evaluate::Evaluate(policy_, result_.protocol, test.subject);
    result_.tests.push_back(std::move(test));
  }

  // ---- what is not known

  void AddOpen() {
    std::vector<facts::Subject> known{result_.plain};
    for (const GeneratedTest& test : result_.tests) known.push_back(test.subject);
    for (OpenPatient& open : OpenPatients(policy_, result_.protocol, known)) {
      result_.num_goals += open.rules.size();
      GeneratedTest test;
      for (const model::RuleId rule : open.rules) {
        test.shows.push_back("it is unknown whether `" + policy_.rules[rule.index].name + "` applies");
      }
      test.subject = std::move(open.subject);
      AddTest(std::move(test));
    }
  }

  // ---- facts

  // The patient's facts that the protocol reads.
  facts::Subject SubjectOf(const Patient& patient) const {
    facts::Subject subject = symbolic::SubjectOf(frame_, 0, patient);
    std::set<std::string> told;
    for (const auto& [name, text] : AllFactsInWords(frame_, 0, read_, patient)) told.insert(name);
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (told.count(policy_.facts[i].name) == 0) subject.facts[i] = {};
      if (subject.facts[i].state != facts::CellState::kList || !policy_.facts[i].type.record.valid()) continue;
      for (facts::Cell& record : subject.facts[i].children) Strip(i, record);
    }
    return subject;
  }

  void Strip(std::size_t fact, facts::Cell& record) const {
    const symbolic::JointFact& joint = frame_.facts[frame_.versions[0].facts[fact]];
    for (std::size_t f = 0; f < record.children.size(); ++f) {
      const auto place =
          frame_.versions[0].fields.find({static_cast<std::uint32_t>(fact), static_cast<std::uint32_t>(f)});
      if (place == frame_.versions[0].fields.end()) continue;
      const symbolic::Slots& slots = joint.fields[place->second];
      const bool read = std::any_of(read_.fields.begin(), read_.fields.end(), [&](const auto& field) {
        return field.first == joint.list.index &&
               (field.second == slots.value || field.second == slots.minute || field.second == slots.is_none);
      });
      if (!read) record.children[f] = {};
    }
  }

  const model::Policy& policy_;
  const GenerateOptions& options_;
  symbolic::Terms terms_;
  symbolic::Frame frame_;
  symbolic::Encoder encoder_;
  symbolic::Axioms axioms_;
  std::shared_ptr<symbolic::SolverMemory> memory_;
  std::vector<Goal> goals_;
  TermId guarantees_;  // what no test may violate
  Read read_;
  std::deque<Met> met_;
  std::set<std::size_t> reached_;
  std::set<std::string> names_;
  GeneratedProtocol result_;
};

}  // namespace

GeneratedProtocol Generate(const model::Policy& policy, model::ProtocolId protocol, const GenerateOptions& options) {
  return Generator(policy, protocol, options).Run();
}

}  // namespace cordon::analyse
