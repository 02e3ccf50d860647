// Patients in words; see patient_words.h.
#include "analyse/patient_words.h"

#include "model/print.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using facts::Cell;
using facts::CellState;
using symbolic::JointFact;
using symbolic::Op;
using symbolic::Slots;

namespace {

bool Reads(const Slots& slots, const std::set<std::size_t>& scalars) {
  return scalars.count(slots.value) > 0 || scalars.count(slots.minute) > 0 || scalars.count(slots.is_none) > 0 ||
         scalars.count(slots.given) > 0;
}

bool ReadsFact(const JointFact& fact, const Read& read) {
  if (fact.slots.given != Slots::kNone && read.scalars.count(fact.slots.given) > 0) return true;
  if (fact.shape == symbolic::FactShape::kScalar) return Reads(fact.slots, read.scalars);
  if (fact.shape == symbolic::FactShape::kList) return read.lists.count(fact.list.index) > 0;
  for (const Slots& field : fact.fields) {
    if (Reads(field, read.scalars)) return true;
  }
  return false;
}

bool IsPlain(const Cell& cell) {
  if (cell.state == CellState::kAbsent) return true;
  if (cell.state == CellState::kList) return cell.children.empty();
  return cell.state == CellState::kKnown && cell.value.kind == value::Kind::kBool && cell.value.number == 0;
}

}  // namespace

Read ReadBy(const symbolic::Terms& terms, const std::vector<symbolic::TermId>& conditions) {
  Read read;
  std::set<symbolic::TermId> seen;
  std::vector<symbolic::TermId> open = conditions;
  while (!open.empty()) {
    const symbolic::TermId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const symbolic::Term& term = terms.at(id);
    if (term.op == Op::kScalar) read.scalars.insert(term.scalar.index);
    if (term.op == Op::kField) read.fields.emplace(term.list.index, term.field);
    if (term.list.valid()) read.lists.insert(term.list.index);
    open.insert(open.end(), term.args.begin(), term.args.end());
  }
  return read;
}

std::string CellText(const model::Policy& policy, const model::Type& type, const Cell& cell) {
  switch (cell.state) {
    case CellState::kKnown:
      if (cell.value.kind == value::Kind::kNone) return "none";
      return model::PrintValue(policy, cell.value, type);
    case CellState::kRecord: {
      std::string text;
      const model::Record& record = policy.records[type.record.index];
      for (std::size_t i = 0; i < record.fields.size(); ++i) {
        if (record.fields[i].derived.valid() || cell.children[i].state == CellState::kAbsent) continue;
        text += (text.empty() ? "{ " : ", ") + record.fields[i].name + ": " +
                CellText(policy, record.fields[i].type, cell.children[i]);
      }
      return text.empty() ? "{}" : text + " }";
    }
    case CellState::kList: {
      std::string text;
      for (const Cell& child : cell.children) {
        text += (text.empty() ? "[ " : ", ") + CellText(policy, model::ElementType(type), child);
      }
      return text.empty() ? "[]" : text + " ]";
    }
    case CellState::kAbsent:
    case CellState::kNull:
    case CellState::kRange:
    case CellState::kSymbols:
      break;
  }
  return "unknown";
}

std::vector<std::pair<std::string, std::string>> FactsInWords(const symbolic::Frame& frame, std::size_t version,
                                                              const Read& read, const symbolic::Patient& patient,
                                                              bool plain) {
  const symbolic::VersionView& view = frame.versions[version];
  const model::Policy& policy = *view.policy;
  facts::Subject subject = symbolic::SubjectOf(frame, version, patient);
  std::vector<std::pair<std::string, std::string>> words;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const JointFact& joint = frame.facts[view.facts[i]];
    if (!ReadsFact(joint, read)) continue;
    Cell& cell = subject.facts[i];
    if (!plain && IsPlain(cell) && cell.state != CellState::kAbsent) continue;
    if (cell.state == CellState::kAbsent && (policy.facts[i].is_decision || plain)) continue;
    // Fields that nothing reads are left out.
    const auto strip = [&](Cell& record) {
      for (std::size_t f = 0; f < record.children.size() && !plain; ++f) {
        const auto place = view.fields.find({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(f)});
        if (place == view.fields.end() || joint.shape != symbolic::FactShape::kList) continue;
        const Slots& slots = joint.fields[place->second];
        const bool is_read = read.fields.count({joint.list.index, static_cast<std::uint32_t>(slots.value)}) > 0;
        if (!is_read) record.children[f] = {};
      }
    };
    if (cell.state == CellState::kList && policy.facts[i].type.record.valid()) {
      for (Cell& record : cell.children) strip(record);
    }
    const std::string text =
        cell.state == CellState::kAbsent ? "not asked for" : CellText(policy, policy.facts[i].type, cell);
    words.emplace_back(policy.facts[i].name, text);
  }
  return words;
}

}  // namespace cordon::analyse
