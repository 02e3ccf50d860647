// Tries known patients, then a solver; see prover.h.
#include "analyse/prover.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyse/examples.h"
#include "evaluate/coverage.h"
#include "model/print.h"
#include "support/assert.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using facts::Cell;
using facts::CellState;
using symbolic::Answer;
using symbolic::AnswerCase;
using symbolic::Evaluation;
using symbolic::Patient;

namespace {

constexpr std::size_t kMostTestPatients = 400;

std::string CellWords(const model::Policy& policy, const model::Type& type, const Cell& cell) {
  if (cell.state == CellState::kAbsent) return "not given";
  if (cell.state == CellState::kKnown) return model::PrintValue(policy, cell.value, type);
  std::string text;
  if (cell.state == CellState::kList) {
    for (const Cell& child : cell.children)
      text += (text.empty() ? "" : ", ") + CellWords(policy, model::ElementType(type), child);
    return "[" + text + "]";
  }
  CORDON_ASSERT(cell.state == CellState::kRecord);
  const model::Record& record = policy.records[type.record.index];
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (record.fields[i].derived.valid()) continue;
    text += (text.empty() ? "" : ", ") + record.fields[i].name + " " +
            CellWords(policy, record.fields[i].type, cell.children[i]);
  }
  return "(" + text + ")";
}

// Whether a cell says no more than what nobody would mention.
bool IsPlain(const model::Type& type, const Cell& cell) {
  if (cell.state == CellState::kList) return cell.children.empty();
  if (cell.state != CellState::kKnown) return false;
  return cell.value.kind == value::Kind::kNone || (type.kind == model::TypeKind::kBool && cell.value.number == 0);
}

// What a test leaves out is plain.
void FillIn(facts::Subject& subject, const facts::Subject& plain) {
  for (std::size_t i = 0; i < subject.facts.size(); ++i) {
    Cell& cell = subject.facts[i];
    if (cell.state != CellState::kKnown && cell.state != CellState::kRecord && cell.state != CellState::kList)
      cell = plain.facts[i];
    if (cell.state == CellState::kList) cell.open = false;
  }
}

}  // namespace

Prover::Prover(const std::vector<const model::Policy*>& versions, const symbolic::Renames& renames,
               const ProveOptions& options, Proof& proof)
    : frame_(symbolic::MakeFrame(versions, renames)), options_(options), proof_(proof) {
  for (std::size_t v = 0; v < versions.size(); ++v) {
    if (!versions[v]->protocols.empty()) encoder(model::ProtocolId(0), v).AddRequires(axioms_);
    std::sort(axioms_.of_records.begin(), axioms_.of_records.end());
    const auto same = std::unique(axioms_.of_records.begin(), axioms_.of_records.end());
    axioms_.of_records.erase(same, axioms_.of_records.end());
  }
  Keep(symbolic::PlainPatient(frame_));
}

symbolic::Encoder& Prover::encoder(model::ProtocolId protocol, std::size_t version) {
  auto& known = encoders_[{version, protocol}];
  if (!known) known = std::make_unique<symbolic::Encoder>(terms_, frame_, version, protocol);
  return *known;
}

const std::vector<symbolic::DutyCase>& Prover::Duties(model::ProtocolId protocol, std::size_t version) {
  const auto known = duties_.find({version, protocol});
  if (known != duties_.end()) return known->second;
  return duties_.emplace(std::pair(version, protocol), encoder(protocol, version).Duties()).first->second;
}

bool Prover::Allowed(Evaluation& evaluation, const Patient& patient) const {
  for (const TermId axiom : axioms_.of_patients) {
    if (!evaluation.Holds(axiom)) return false;
  }
  for (const auto& [list, body] : axioms_.of_records) {
    for (const symbolic::Record& record : patient.lists[list.index]) {
      if (!evaluation.HoldsOf(body, record)) return false;
    }
  }
  return true;
}

const Patient& Prover::Keep(Patient patient) {
  patients_.push_back(std::move(patient));
  evaluations_.emplace_back(terms_, patients_.back());
  if (Allowed(evaluations_.back(), patients_.back())) return patients_.back();
  evaluations_.pop_back();
  patients_.pop_back();
  return patients_.front();
}

void Prover::AddTests() {
  const model::Policy& policy = this->policy();
  Patient plain = symbolic::PlainPatient(frame_);
  plain.scalars[frame_.today.index] = DayOf(policy);
  const model::Moment day{calendar::Date{DayOf(policy)}, {}};
  const facts::Subject plain_subject = symbolic::SubjectOf(frame_, 0, plain);
  for (const model::Test& test : policy.tests) {
    if (patients_.size() >= kMostTestPatients) return;
    facts::Subject subject = facts::FromSetup(policy, test.setup, day);
    FillIn(subject, plain_subject);
    std::vector<const facts::Subject*> subjects(frame_.versions.size(), &subject);
    if (auto patient = symbolic::PatientOf(frame_, subjects)) Keep(*std::move(patient));
  }
}

Asked Prover::Find(TermId condition) {
  if (terms_.IsFalse(condition)) return {Answer::kNo, nullptr};
  const auto known = known_.find(condition);
  if (known != known_.end()) return known->second;
  Asked asked;
  for (std::size_t i = 0; i < patients_.size(); ++i) {
    if (!evaluations_[i].Holds(condition)) continue;
    asked = {Answer::kYes, &patients_[i]};
    break;
  }
  if (asked.patient == nullptr) {
    symbolic::SessionOptions options;
    options.effort = options_.effort;
    options.log = options_.log;
    options.name = fmt::format("prove-{}", ++proof_.num_queries);
    symbolic::Session session(terms_, frame_, axioms_, {condition}, options);
    symbolic::Found found = session.Find({condition});
    asked.answer = found.answer;
    if (found.patient) asked.patient = &Keep(*std::move(found.patient));
  }
  known_.emplace(condition, asked);
  return asked;
}

Patient Prover::Plain(TermId condition, const Patient& patient) const {
  return Plainest(terms_, frame_, axioms_, condition, patient, DayOf(policy(frame_.versions.size() - 1)));
}

Shown Prover::Show(TermId condition, const Patient& patient, std::size_t version) const {
  Shown shown;
  shown.words = PatientWords(frame_, version, patient, FactsRead(terms_, frame_, {condition}));
  if (options_.document) {
    shown.document = options_.document(policy(version), symbolic::SubjectOf(frame_, version, patient));
  }
  return shown;
}

value::Truth Prover::Applies(model::RuleId rule, const Patient& patient) const {
  const model::Policy& policy = *frame_.versions[0].policy;
  const facts::Subject subject = symbolic::SubjectOf(frame_, 0, patient);
  for (const evaluate::RuleSeen& seen : evaluate::ObserveRules(policy, policy.rules[rule.index].protocol, subject)) {
    if (seen.rule == rule) return seen.applies;
  }
  return value::Truth::kUnknown;
}

void Prover::Refuted(Topic topic, diagnostics::Diagnostic diagnostic, std::optional<Shown> shown) {
  ++At(topic).refuted;
  if (shown) diagnostic.notes.push_back({{}, "for example " + shown->words});
  proof_.findings.push_back({topic, Verdict::kRefuted, std::move(diagnostic), std::move(shown), "", ""});
}

void Prover::Warned(Topic topic, diagnostics::Diagnostic diagnostic) {
  proof_.findings.push_back({topic, Verdict::kProved, std::move(diagnostic), {}, "", ""});
}

void Prover::Undecided(Topic topic, diagnostics::Span span, const std::string& what) {
  ++At(topic).undecided;
  const std::string budget = std::to_string(options_.effort / 1'000'000);
  diagnostics::Diagnostic diagnostic{
      diagnostics::Code::kUndecided,
      span,
      fmt::format("it is undecided whether {}: the search was given up after {} million steps", what, budget),
      "this is no proof either way; simpler conditions, or fewer lists in one of them, make it easier",
      {}};
  proof_.findings.push_back({topic, Verdict::kUndecided, std::move(diagnostic), {}, what, budget});
}

std::int64_t DayOf(const model::Policy& policy) {
  const std::int64_t day = calendar::MakeDate(2025, 3, 10)->days;
  if (policy.in_force && policy.in_force->from.days > day) return policy.in_force->from.days + 40;
  return day;
}

std::string RuleName(const model::Policy& policy, model::RuleId id) {
  const model::Rule& rule = policy.rules[id.index];
  if (!rule.table.valid()) return "rule `" + rule.name + "`";
  return fmt::format("row `{}` of `{}`", rule.row, policy.tables[rule.table.index].name);
}

std::string PatientWords(const symbolic::Frame& frame, std::size_t version, const Patient& patient,
                         const std::set<std::size_t>& facts_read) {
  const model::Policy& policy = *frame.versions[version].policy;
  const facts::Subject subject = symbolic::SubjectOf(frame, version, patient);
  std::string text = "on " + calendar::Format(subject.as_of.date) + ": ";
  bool any = false;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const model::Fact& fact = policy.facts[i];
    if (facts_read.count(frame.versions[version].facts[i]) == 0) continue;
    if (IsPlain(fact.type, subject.facts[i])) continue;
    text += (any ? ", " : "") + fact.name + " = " + CellWords(policy, fact.type, subject.facts[i]);
    any = true;
  }
  return text + (any ? "; everything else no, none or empty" : "a patient of whom everything is no, none or empty");
}

std::set<std::size_t> FactsRead(const symbolic::Terms& terms, const symbolic::Frame& frame, std::vector<TermId> open) {
  std::map<std::uint32_t, std::size_t> scalars;
  std::map<std::uint32_t, std::size_t> lists;
  for (std::size_t i = 0; i < frame.facts.size(); ++i) {
    const symbolic::JointFact& fact = frame.facts[i];
    const auto add = [&](const symbolic::Slots& slots) {
      for (const std::size_t slot : {slots.value, slots.minute, slots.is_none, slots.given}) {
        if (slot != symbolic::Slots::kNone) scalars.emplace(slot, i);
      }
    };
    if (fact.shape == symbolic::FactShape::kScalar) add(fact.slots);
    if (fact.slots.given != symbolic::Slots::kNone) scalars.emplace(fact.slots.given, i);
    if (fact.shape == symbolic::FactShape::kList) lists.emplace(fact.list.index, i);
    if (fact.shape != symbolic::FactShape::kRecord) continue;
    for (const symbolic::Slots& slots : fact.fields) add(slots);
  }
  std::set<std::size_t> read;
  std::set<TermId> seen;
  while (!open.empty()) {
    const TermId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const symbolic::Term& term = terms.at(id);
    open.insert(open.end(), term.args.begin(), term.args.end());
    if (term.op == symbolic::Op::kScalar) {
      const auto fact = scalars.find(term.scalar.index);
      if (fact != scalars.end()) read.insert(fact->second);
    }
    if (term.list.valid()) {
      const auto fact = lists.find(term.list.index);
      if (fact != lists.end()) read.insert(fact->second);
    }
  }
  return read;
}

TermId Difference(symbolic::Terms& terms, const std::vector<AnswerCase>& a, const std::vector<AnswerCase>& b) {
  std::vector<TermId> differ;
  for (const AnswerCase& one : a) {
    TermId same = terms.False();
    for (const AnswerCase& two : b) {
      if (one.text == two.text && one.value == two.value) same = two.when;
    }
    if (one.when != same) differ.push_back(terms.And(one.when, terms.Not(same)));
  }
  return terms.Or(std::move(differ));
}

}  // namespace cordon::analyse
