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

namespace {

class Facts {
 public:
  Facts(const symbolic::Frame& frame, std::size_t version, const Read& read, const Read* needed,
        const symbolic::Patient& patient)
      : frame_(frame),
        view_(frame.versions[version]),
        policy_(*view_.policy),
        read_(read),
        needed_(needed),
        subject_(symbolic::SubjectOf(frame, version, patient)) {}

  std::vector<std::pair<std::string, std::string>> Run() {
    std::vector<std::pair<std::string, std::string>> words;
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (!IsTold(i)) continue;
      Cell& cell = subject_.facts[i];
      if (cell.state == CellState::kList && policy_.facts[i].type.record.valid()) {
        for (Cell& record : cell.children) Strip(i, record);
      }
      const std::string text =
          cell.state == CellState::kAbsent ? "not asked for" : CellText(policy_, policy_.facts[i].type, cell);
      words.emplace_back(policy_.facts[i].name, text);
    }
    return words;
  }

 private:
  bool IsTold(std::size_t fact) const {
    const JointFact& joint = frame_.facts[view_.facts[fact]];
    if (!ReadsFact(joint, read_)) return false;
    const Cell& cell = subject_.facts[fact];
    if (cell.state == CellState::kAbsent) return needed_ != nullptr && !policy_.facts[fact].is_decision;
    if (needed_ == nullptr) return true;
    if (IsPlain(cell)) return false;
    const bool is_symbol = cell.state == CellState::kKnown && cell.value.kind == value::Kind::kSymbol;
    return !is_symbol || cell.value.number != 0 || ReadsFact(joint, *needed_);
  }

  // Fields that nothing reads are left out.
  void Strip(std::size_t fact, Cell& record) const {
    const JointFact& joint = frame_.facts[view_.facts[fact]];
    for (std::size_t f = 0; f < record.children.size() && needed_ != nullptr; ++f) {
      const auto place = view_.fields.find({static_cast<std::uint32_t>(fact), static_cast<std::uint32_t>(f)});
      if (place == view_.fields.end()) continue;
      const auto slot = static_cast<std::uint32_t>(joint.fields[place->second].value);
      if (read_.fields.count({joint.list.index, slot}) == 0) record.children[f] = {};
    }
  }

  const symbolic::Frame& frame_;
  const symbolic::VersionView& view_;
  const model::Policy& policy_;
  const Read& read_;
  const Read* needed_;
  facts::Subject subject_;
};

}  // namespace

std::vector<std::pair<std::string, std::string>> AllFactsInWords(const symbolic::Frame& frame, std::size_t version,
                                                                 const Read& read, const symbolic::Patient& patient) {
  return Facts(frame, version, read, nullptr, patient).Run();
}

std::vector<std::pair<std::string, std::string>> FactsInWords(const symbolic::Frame& frame, std::size_t version,
                                                              const Read& read, const Read& needed,
                                                              const symbolic::Patient& patient) {
  return Facts(frame, version, read, &needed, patient).Run();
}

}  // namespace cordon::analyse
