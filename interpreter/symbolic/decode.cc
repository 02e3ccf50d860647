// Patients to subjects and back; see decode.h.
#include "symbolic/decode.h"

#include <algorithm>

#include "support/assert.h"

namespace cordon::symbolic {

namespace {

using facts::Cell;
using facts::CellState;
using model::TypeKind;
using value::Value;

bool ReadsNow(const model::Policy& policy) {
  return std::any_of(policy.exprs.begin(), policy.exprs.end(),
                     [](const model::Expr& expr) { return expr.kind == model::ExprKind::kNow; });
}

// Values of one version out of numbers.
class Decoder {
 public:
  Decoder(const Frame& frame, std::size_t version)
      : frame_(frame), view_(frame.versions[version]), policy_(*view_.policy) {}

  // `numbers`: the patient's, or a record's.
  Cell Scalar(const Slots& slots, const model::Type& type, const std::vector<std::int64_t>& numbers) const {
    if (slots.given != Slots::kNone && numbers[slots.given] == 0) return {};
    if (slots.is_none != Slots::kNone && numbers[slots.is_none] != 0) return Cell::Known(Value::None());
    const std::int64_t number = numbers[slots.value];
    switch (type.kind) {
      case TypeKind::kBool:
        return Cell::Known(Value::Bool(number != 0));
      case TypeKind::kDate:
        return Cell::Known(Value::OfDate({number}));
      case TypeKind::kDatetime:
        return Cell::Known(Value::OfDatetime({number * calendar::kMinutesPerDay + numbers[slots.minute]}));
      case TypeKind::kInt:
        return Cell::Known(Value::Int(number));
      case TypeKind::kDecimal:
        return Cell::Known(Value::Decimal(number));
      case TypeKind::kDuration:
        return Cell::Known(Value::Duration(number));
      case TypeKind::kPeriod:
        return Cell::Known(Value::Months(number));
      case TypeKind::kText:
        return Cell::Known(Value::Text(TextOf(number)));
      case TypeKind::kCategory: {
        const auto& leaves = view_.leaves[type.category.index];
        const auto leaf = std::find(leaves.begin(), leaves.end(), number);
        CORDON_ASSERT(leaf != leaves.end());
        return Cell::Known(Value::Symbol(static_cast<std::size_t>(leaf - leaves.begin())));
      }
      case TypeKind::kRecord:
      case TypeKind::kList:
      case TypeKind::kGroup:
        break;
    }
    CORDON_ASSERT(false);
  }

  Cell Record(model::FactId fact, const JointFact& joint, const std::vector<std::int64_t>& numbers) const {
    const model::Record& record = policy_.records[policy_.facts[fact.index].type.record.index];
    Cell cell;
    cell.state = CellState::kRecord;
    cell.children.resize(record.fields.size());
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) continue;
      const std::size_t place = view_.fields.at({fact.index, static_cast<std::uint32_t>(i)});
      cell.children[i] = Scalar(joint.fields[place], record.fields[i].type, numbers);
    }
    return cell;
  }

  Cell Fact(model::FactId id, const Patient& patient) const {
    const model::Fact& fact = policy_.facts[id.index];
    const JointFact& joint = frame_.facts[view_.facts[id.index]];
    if (joint.slots.given != Slots::kNone && patient.scalars[joint.slots.given] == 0) return {};
    if (joint.shape == FactShape::kScalar) return Scalar(joint.slots, fact.type, patient.scalars);
    if (joint.shape == FactShape::kRecord) return Record(id, joint, patient.scalars);
    Cell cell;
    cell.state = CellState::kList;
    for (const symbolic::Record& record : patient.lists[joint.list.index]) {
      cell.children.push_back(fact.type.record.valid()
                                  ? Record(id, joint, record)
                                  : Scalar(joint.fields[0], model::ElementType(fact.type), record));
    }
    return cell;
  }

 private:
  std::string TextOf(std::int64_t number) const {
    if (number < static_cast<std::int64_t>(frame_.texts.size())) return frame_.texts[static_cast<std::size_t>(number)];
    return "text " + std::to_string(number - static_cast<std::int64_t>(frame_.texts.size()) + 1);
  }

  const Frame& frame_;
  const VersionView& view_;
  const model::Policy& policy_;
};

// Numbers out of one version's values.
class Reader {
 public:
  Reader(const Frame& frame, std::size_t version) : frame_(frame), view_(frame.versions[version]) {}

  bool Scalar(const Slots& slots, const model::Type& type, const Cell& cell, std::vector<std::int64_t>& to) {
    if (cell.state == CellState::kAbsent && slots.given != Slots::kNone) {
      to[slots.given] = 0;
      return true;
    }
    if (cell.state != CellState::kKnown) return false;
    if (slots.is_none != Slots::kNone) to[slots.is_none] = cell.value.kind == value::Kind::kNone ? 1 : 0;
    if (cell.value.kind == value::Kind::kNone) return true;
    const std::int64_t number = cell.value.number;
    to[slots.value] = number;
    if (type.kind == TypeKind::kDatetime) {
      to[slots.value] = calendar::DayOf({number}).days;
      to[slots.minute] = number - to[slots.value] * calendar::kMinutesPerDay;
    }
    if (type.kind == TypeKind::kText) to[slots.value] = NumberOf(cell.value.text);
    if (type.kind == TypeKind::kCategory) {
      to[slots.value] = view_.leaves[type.category.index][static_cast<std::size_t>(number)];
    }
    return true;
  }

  bool Record(model::FactId fact, const JointFact& joint, const Cell& cell, std::vector<std::int64_t>& to) {
    if (cell.state != CellState::kRecord) return false;
    const model::Policy& policy = *view_.policy;
    const model::Record& record = policy.records[policy.facts[fact.index].type.record.index];
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) continue;
      const std::size_t place = view_.fields.at({fact.index, static_cast<std::uint32_t>(i)});
      if (!Scalar(joint.fields[place], record.fields[i].type, cell.children[i], to)) return false;
    }
    return true;
  }

  bool Fact(model::FactId id, const Cell& cell, Patient& to) {
    const model::Type& type = view_.policy->facts[id.index].type;
    const JointFact& joint = frame_.facts[view_.facts[id.index]];
    if (joint.slots.given != Slots::kNone) to.scalars[joint.slots.given] = cell.state == CellState::kAbsent ? 0 : 1;
    if (joint.slots.given != Slots::kNone && cell.state == CellState::kAbsent) return true;
    if (joint.shape == FactShape::kScalar) return Scalar(joint.slots, type, cell, to.scalars);
    if (joint.shape == FactShape::kRecord) return Record(id, joint, cell, to.scalars);
    return List(id, joint, cell, to.lists[joint.list.index]);
  }

 private:
  // The records of a list; what an earlier version told of them is added to.
  bool List(model::FactId id, const JointFact& joint, const Cell& cell, std::vector<symbolic::Record>& to) {
    if (cell.state != CellState::kList || cell.open) return false;
    const model::Type& type = view_.policy->facts[id.index].type;
    if (to.size() < cell.children.size()) {
      symbolic::Record plain;
      for (const Unknown& field : frame_.lists[joint.list.index].fields) plain.push_back(PlainValue(field));
      to.resize(cell.children.size(), plain);
    }
    for (std::size_t i = 0; i < cell.children.size(); ++i) {
      const bool ok = type.record.valid() ? Record(id, joint, cell.children[i], to[i])
                                          : Scalar(joint.fields[0], model::ElementType(type), cell.children[i], to[i]);
      if (!ok) return false;
    }
    return true;
  }

  // Texts that nobody names are told apart from those that somebody does, and from each other.
  std::int64_t NumberOf(const std::string& text) {
    const auto known = std::find(frame_.texts.begin(), frame_.texts.end(), text);
    if (known != frame_.texts.end()) return known - frame_.texts.begin();
    const auto further = std::find(further_.begin(), further_.end(), text);
    const auto place = further - further_.begin();
    if (further == further_.end()) further_.push_back(text);
    return static_cast<std::int64_t>(frame_.texts.size()) + place;
  }

  const Frame& frame_;
  const VersionView& view_;
  std::vector<std::string> further_;
};

}  // namespace

facts::Subject SubjectOf(const Frame& frame, std::size_t version, const Patient& patient) {
  const model::Policy& policy = *frame.versions[version].policy;
  const Decoder decoder(frame, version);
  facts::Subject subject;
  subject.as_of.date = calendar::Date{patient.scalars[frame.today.index]};
  if (ReadsNow(policy)) {
    subject.as_of.time =
        calendar::Datetime{subject.as_of.date.days * calendar::kMinutesPerDay + patient.scalars[frame.minute.index]};
  }
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    subject.facts.push_back(decoder.Fact(model::FactId(i), patient));
  }
  return subject;
}

std::optional<Patient> PatientOf(const Frame& frame, const std::vector<const facts::Subject*>& subjects) {
  Patient patient = PlainPatient(frame);
  for (std::size_t v = 0; v < subjects.size(); ++v) {
    const facts::Subject& subject = *subjects[v];
    patient.scalars[frame.today.index] = subject.as_of.date.days;
    if (subject.as_of.time) {
      patient.scalars[frame.minute.index] =
          subject.as_of.time->minutes - subject.as_of.date.days * calendar::kMinutesPerDay;
    }
    Reader reader(frame, v);
    for (std::size_t i = 0; i < subject.facts.size(); ++i) {
      if (!reader.Fact(model::FactId(i), subject.facts[i], patient)) return std::nullopt;
    }
  }
  for (std::size_t i = 0; i < frame.scalars.size(); ++i) {
    const auto& gaps = frame.scalars[i].gaps;
    if (std::binary_search(gaps.begin(), gaps.end(), patient.scalars[i])) return std::nullopt;
  }
  return patient;
}

}  // namespace cordon::symbolic
